import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import prongsai.thai

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/thai.md").read_text(encoding="utf-8")
MODULES = [info.name for info in pkgutil.iter_modules(prongsai.thai.__path__)]
INNER = {"date_parts", "date_tokens", "reading_of"}  # the machinery behind days and periods


@pytest.mark.parametrize("name", sorted(set(MODULES) - INNER))
def test_the_reference_page_names_every_public_function(name: str) -> None:
    module = importlib.import_module(f"prongsai.thai.{name}")
    public = [
        key
        for key, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not key.startswith("_")
        and key not in INNER
    ]
    assert [key for key in public if f"`{key}" not in PAGE] == []
