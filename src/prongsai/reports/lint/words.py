"""Words of the field that rules look for; the lists are ``data/words.yaml``."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    text = files("prongsai.reports.lint").joinpath("data/words.yaml").read_text(encoding="utf-8")
    lists: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return lists


@lru_cache
def listed(name: str) -> tuple[str, ...]:
    """Give a list of words by its name; of a table of terms the terms. Raises KeyError for an unknown name."""
    return tuple(_all()[name])


def terms(name: str) -> dict[str, str]:
    """Give a table of terms by its name: what is wrong, and what is right. Raises KeyError for an unknown name."""
    return dict(_all()[name])
