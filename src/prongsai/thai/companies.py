"""Names of companies and shops as offices write them: kinds spelt out or short, spaces and digits as they come.

A name is never corrected: two names are only held against each other.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from prongsai.thai.identity import find_ids
from prongsai.thai.names import name_key, read_name
from prongsai.thai.text import collapse, fold


class CompanyKind(StrEnum):
    """What a name says its bearer is; a public company is a company, with two words more."""

    COMPANY = "company"
    LIMITED_PARTNERSHIP = "limited_partnership"
    PARTNERSHIP = "partnership"
    SHOP = "shop"
    PERSON = "person"
    UNSAID = ""


class CompanyName(NamedTuple):
    """A name, taken apart. core: to compare, without kind, spaces and marks; "" when nothing else is there."""

    kind: CompanyKind
    core: str


class Likeness(StrEnum):
    """How two names stand to each other."""

    SAME = "same"
    ALIKE = "alike"  # one name under two kinds, as a shop that became a partnership
    NONE = ""


# Folded, those that hold another one first.
_OPENINGS = (
    ("ห้างหุ้นส่วนสามัญนิติบุคคล", CompanyKind.PARTNERSHIP),
    ("ห้างหุ้นส่วนสามัญ", CompanyKind.PARTNERSHIP),
    ("หสน", CompanyKind.PARTNERSHIP),
    ("หสม", CompanyKind.PARTNERSHIP),
    ("ห้างหุ้นส่วนจำกัด", CompanyKind.LIMITED_PARTNERSHIP),
    ("ห้างหุ้นส่วน", CompanyKind.LIMITED_PARTNERSHIP),
    ("หจก", CompanyKind.LIMITED_PARTNERSHIP),
    ("บริษัท", CompanyKind.COMPANY),
    ("บมจ", CompanyKind.COMPANY),
    ("บจก", CompanyKind.COMPANY),
    ("บจ", CompanyKind.COMPANY),
    ("ร้าน", CompanyKind.SHOP),
)
_DOTTED = re.compile(r"(?<![ก-๎])((?:[ก-ฮ] ?\. ?){1,3})")  # ห.จ.ก., บจก., บ.
_ENDINGS = ("มหาชน", "จำกัด", "จก", "สำนักงานใหญ่")
_PLACES = ("สำนักงานใหญ่", "สาขา")
_BY = re.compile(r"(?:^|(?<=[\s(]))โดย\s*")
_MARKS = re.compile(r"[^\wก-๎]+|_")
_BRACKETED = re.compile(r"\(([^()]*)\)")


def read_company(text: str) -> CompanyName:
    """Take the name of a company, a shop or a person apart."""
    person = read_name(text)
    if person is not None:
        return CompanyName(CompanyKind.PERSON, name_key(person))
    flat = _DOTTED.sub(_undotted, collapse(_without_ids(text)))
    core = _MARKS.sub("", fold(flat))
    opening, kind = next((one for one in _OPENINGS if core.startswith(one[0])), ("", CompanyKind.UNSAID))
    return CompanyName(kind, _without_endings(core.removeprefix(opening), kind))


def company_likeness(a: str, b: str) -> Likeness:
    """Say how two names stand to each other: by their numbers of 13 digits where both have one, else by what they say.

    A name may hold several: ``ร้านสวนพลูการค้า โดยนางสมใจ ใจดี`` is the shop and its owner.
    """
    numbers = ids_in(a), ids_in(b)
    if all(numbers):
        return Likeness.SAME if numbers[0] & numbers[1] else Likeness.NONE
    pairs = [(one, other) for one in _names_in(a) for other in _names_in(b) if one.core == other.core]
    if any(_agree(one.kind, other.kind) for one, other in pairs):
        return Likeness.SAME
    return Likeness.ALIKE if pairs else Likeness.NONE


def _names_in(text: str) -> frozenset[CompanyName]:
    return frozenset(found for part in parts_of(text) if (found := read_company(part)).core)


def ids_in(text: str) -> frozenset[str]:
    """Give the numbers of 13 digits in a text whose check digit agrees."""
    return frozenset(one.digits for one in find_ids(text) if one.valid)


def parts_of(text: str) -> Iterator[str]:
    """Give the names that stand in one text, as printed: before and after ``โดย``, and in brackets."""
    for part in _BY.split(_without_ids(text)):
        yield _BRACKETED.sub(lambda found: " " if _stands_apart(found[1]) else found[0], part).strip(" ,;")
        yield from (found.strip() for found in _BRACKETED.findall(part) if read_name(found.strip()) is not None)


def _stands_apart(bracketed: str) -> bool:
    """Whether what is in brackets is a person or a place of business; a year is part of the name."""
    return read_name(bracketed.strip()) is not None or bracketed.strip().startswith(_PLACES)


def _agree(one: CompanyKind, other: CompanyKind) -> bool:
    return one is other or CompanyKind.UNSAID in (one, other)


def _undotted(found: re.Match[str]) -> str:
    letters = re.sub(r"[ .]", "", found[1])
    return "บริษัท" if letters == "บ" else letters


def _without_endings(core: str, kind: CompanyKind) -> str:
    if kind in (CompanyKind.SHOP, CompanyKind.PERSON):
        return core
    while ending := next((one for one in _ENDINGS if core.endswith(one)), ""):
        core = core.removesuffix(ending)
    return core


def _without_ids(text: str) -> str:
    for one in reversed(find_ids(text)):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text
