"""The 77 provinces with their codes and letters, and their 928 districts.

Provinces: two-digit code of the Thai Industrial Standard (``16``) and the two letters of official letters (``ลบ``).
Districts: ``data/districts.json``, names of the Department of Provincial Administration as the package GeoThai
(CC-BY-4.0) keeps them; as printed after อำเภอ, in Bangkok with เขต.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from prongsai.thai.text import fold

BANGKOK = "กรุงเทพมหานคร"
_BANGKOK_TOO = ("กรุงเทพฯ", "กรุงเทพ", "กทม.", "กทม")
_PROVINCE_WORDS = ("จังหวัด", "จ.")
_DISTRICT_WORDS = ("กิ่งอำเภอ", "อำเภอ", "อ.", "เขต")
_CAPITAL = "เมือง"


class Province(NamedTuple):
    """A province. code: two digits as text; letters: those of its official letters."""

    code: str
    letters: str
    name: str
    name_en: str


def _data(name: str) -> str:
    return (files("prongsai.thai") / "data" / name).read_text(encoding="utf-8")


PROVINCES: tuple[Province, ...] = tuple(Province(**row) for row in json.loads(_data("provinces.json")))


@lru_cache(maxsize=1)
def _districts() -> dict[str, tuple[str, ...]]:
    return {code: tuple(names) for code, names in json.loads(_data("districts.json"))["districts"].items()}


@lru_cache(maxsize=1)
def _by_any_name() -> dict[str, Province]:
    found = {fold(key): p for p in PROVINCES for key in (p.code, p.letters, p.name, p.name_en)}
    bangkok = found[fold(BANGKOK)]
    return found | {fold(name): bangkok for name in _BANGKOK_TOO}


@lru_cache(maxsize=1)
def _by_district() -> dict[str, tuple[Province, ...]]:
    found: dict[str, list[Province]] = {}
    for province_ in PROVINCES:
        for name in _districts()[province_.code]:
            found.setdefault(_bare(name), []).append(province_)
    return {name: tuple(places) for name, places in found.items()}


def _bare(name: str) -> str:
    """Give a district's folded name without the word for district."""
    folded = fold(name)
    return next((folded[len(word) :] for word in _DISTRICT_WORDS if folded.startswith(word)), folded)


def province(text: str) -> Province | None:
    """Find a province by name (also จังหวัด…, จ.…, กทม., English), code or letters; None when there is none."""
    folded = fold(text)
    bare = next((folded[len(word) :] for word in _PROVINCE_WORDS if folded.startswith(word)), folded)
    return _by_any_name().get(bare) or _by_any_name().get(folded)


def districts_of(name: str) -> tuple[str, ...]:
    """List the districts of a province in official order; empty for an unknown province."""
    found = province(name)
    return _districts()[found.code] if found else ()


def provinces_of_district(name: str) -> tuple[Province, ...]:
    """List the provinces that have a district of that name, with or without อำเภอ or เขต; often several."""
    return _by_district().get(_bare(name), ())


def is_district_of(district: str, province_name: str) -> bool:
    """Whether a province has that district; อำเภอเมือง without the province's name counts too."""
    found = province(province_name)
    if found is None:
        return False
    bare = _bare(district)
    return found in _by_district().get(bare, ()) or (bare == _CAPITAL and found.name != BANGKOK)


def nearest(text: str, names: Iterable[str] | None = None, *, limit: int = 3) -> list[str]:
    """List the most similar names, best first, at most ``limit``; by default of provinces and districts.

    Only those at least 60 % alike; a hint for a person, never a correction.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # reason: 30 ms that only a failed look-up should pay

    choices = list(dict.fromkeys(names)) if names is not None else _all_names()
    keys = [fold(name) for name in choices]
    wanted = fold(text)
    wanted = next((wanted[len(w) :] for w in _PROVINCE_WORDS + _DISTRICT_WORDS if wanted.startswith(w)), wanted)
    found = process.extract(wanted, keys, scorer=fuzz.ratio, limit=limit, score_cutoff=60)
    return [choices[place] for _, _, place in found]


def _all_names() -> list[str]:
    return list(dict.fromkeys([p.name for p in PROVINCES] + [n for p in PROVINCES for n in _districts()[p.code]]))


@lru_cache(maxsize=1)
def subdistrict_names() -> frozenset[str]:
    """Give the names of all subdistricts, without ตำบล or แขวง; most local governments are named after one."""
    return frozenset(line for line in _data("subdistricts.txt").splitlines() if not line.startswith("#"))


@lru_cache(maxsize=1)
def district_names() -> frozenset[str]:
    """Give the names of all districts, without อำเภอ or เขต."""
    return frozenset(_bare(name) for names in _districts().values() for name in names)


@lru_cache(maxsize=1)
def place_names() -> frozenset[str]:
    """Give every name of a province, district or subdistrict, without the word for what it is."""
    return subdistrict_names() | district_names() | {one.name for one in PROVINCES}
