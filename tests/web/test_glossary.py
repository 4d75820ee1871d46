"""Every record of the platform stands in the glossary under its own name."""

import re
from pathlib import Path

from django.apps import apps

GLOSSARY = (Path(__file__).parents[2] / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")


def test_every_model_is_in_the_glossary():
    named = set(re.findall(r"^\| .+? \| `(?:\w+\.)*(\w+)` \|", GLOSSARY, flags=re.M))
    models = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("prongsai.web") and not model._meta.auto_created
    }
    assert models - named == set()
