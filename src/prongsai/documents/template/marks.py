"""The markers of a template: ``{{ name | filter }}``, ``{% for rows %}``, ``{% if name %}`` and their ends.

The grammar is closed: a name of a list, filters of a list, and nothing that is worked out.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from prongsai.documents.template.model import Said
from prongsai.thai.numerals import to_arabic, to_thai
from prongsai.thai.text import collapse

MARK_LENGTH_MAX = 300
_MARK = re.compile(r"\{\{(?P<field>[^{}]*)\}\}|\{%(?P<order>[^{}%]*)%\}")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_FOR = re.compile(r"for\s+(?:(?P<alias>[^\s%]+)\s+in\s+)?(?P<name>.+)")
_IF = re.compile(r"if\s+(?P<not>not\s+)?(?P<name>.+)")
_ENDS = {"endfor": "for", "endif": "if"}
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker in the text of a paragraph, from start to end. name, filters: of a field."""

    start: int
    end: int
    name: str
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """An instruction. verb: for, if, endfor, endif, or empty for one that there is none of. alias: of the row."""

    verb: str
    text: str
    name: str = ""
    alias: str = ""
    negated: bool = False

    @property
    def opens(self) -> str:
        """The verb that it ends, none for one that opens."""
        return _ENDS.get(self.verb, "")


def _dashed(said: Said) -> Said:
    return Said(("-",), "-") if said.is_empty else said


def _blank(said: Said) -> Said:
    return Said((), "", True) if said.is_empty else said


def _digits(change: Callable[[str], str]) -> Callable[[Said], Said]:
    return lambda said: Said(tuple(map(change, said.lines)), change(said.words), said.is_empty)


FILTERS: Mapping[str, Callable[[Said], Said]] = {
    "thai_digits": _digits(to_thai),
    "arabic_digits": _digits(to_arabic),
    "dash": _dashed,
    "blank": _blank,
}
FILTERS_TH = {
    "thai_digits": "เลขไทย",
    "arabic_digits": "เลขอารบิก",
    "dash": "ถ้าว่างให้พิมพ์ขีด -",
    "blank": "ถ้าว่างไม่ต้องพิมพ์อะไร",
}


def marks_of(text: str) -> tuple[Mark, ...]:
    """Find the fields in the text of a paragraph."""
    return tuple(_mark(found) for found in _MARK.finditer(text) if found["field"] is not None)


def _mark(found: re.Match[str]) -> Mark:
    name, *filters = (collapse(_UNSEEN.sub("", part)) for part in found["field"].split("|"))
    return Mark(found.start(), found.end(), name, tuple(filters))


def orders_of(text: str) -> tuple[Order, ...]:
    """Find the instructions in the text of a paragraph."""
    return tuple(_order(found["order"]) for found in _MARK.finditer(text) if found["order"] is not None)


def _order(inner: str) -> Order:
    text = collapse(_UNSEEN.sub("", inner))
    if text in _ENDS:
        return Order(text, text)
    if found := _FOR.fullmatch(text):
        return Order("for", text, found["name"].strip(), found["alias"] or "")
    if found := _IF.fullmatch(text):
        return Order("if", text, found["name"].strip(), negated=found["not"] is not None)
    return Order("", text)


def is_alone(text: str) -> bool:
    """Whether a paragraph holds one marker and nothing else."""
    return _MARK.fullmatch(text.strip()) is not None


def halves_of(text: str) -> tuple[str, ...]:
    """Give what looks like part of a marker and is none, with the words around it."""
    rest = _MARK.sub(lambda found: "\x00" * len(found[0]), text)
    return tuple(text[max(0, found.start() - 15) : found.end() + 25].strip() for found in _HALF.finditer(rest))


def is_too_long(mark: Mark) -> bool:
    """Whether a marker is longer than any name is."""
    return mark.end - mark.start > MARK_LENGTH_MAX
