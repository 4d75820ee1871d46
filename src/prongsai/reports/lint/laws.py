"""Laws that papers cite, with the years they are really of; the list is ``data/acts.yaml``."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz import fuzz

from prongsai.thai.text import fold

_SHORT_FORMS = {"พ.ร.บ.": "พระราชบัญญัติ", "พรบ.": "พระราชบัญญัติ", "พ.รบ.": "พระราชบัญญัติ", "พร.บ.": "พระราชบัญญัติ"}
_TITLE_LIKENESS = 92
_SHORT_TITLE = 12


@dataclass(frozen=True, slots=True)
class Act:
    """A law of the list. years_be: every Buddhist year in which one of that title was made, the one in force last.

    amended_be: the years of its amendments, with which it is cited too. key: the folded title.
    """

    form: str
    title: str
    years_be: tuple[int, ...]
    amended_be: tuple[int, ...]
    key: str


@lru_cache(maxsize=1)
def _acts() -> tuple[Act, ...]:
    text = files("prongsai.reports.lint").joinpath("data/acts.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(_act(row) for row in rows)


def _act(row: dict[str, Any]) -> Act:
    title = str(row["title"])
    years_be, amended_be = (tuple(map(int, row.get(name, ()))) for name in ("years_be", "amended_be"))
    return Act(row.get("form", "พระราชบัญญัติ"), title, years_be, amended_be, fold(title))


def known_act(form: str, title: str) -> Act | None:
    """Find the law of a printed title: nearly equal, or cut short with ฯ when only one begins so."""
    bare = fold(title)
    acts = [act for act in _acts() if act.form == _SHORT_FORMS.get(form, form)]
    if bare.endswith("ฯ"):
        begun = [act for act in acts if len(bare) > 5 and act.key.startswith(bare[:-1])]
        return begun[0] if len(begun) == 1 else None
    equal = next((act for act in acts if act.key == bare), None)
    if equal or len(bare) < _SHORT_TITLE:
        return equal
    return next((act for act in acts if fuzz.ratio(act.key, bare) >= _TITLE_LIKENESS), None)
