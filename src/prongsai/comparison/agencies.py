"""Who a row is of: by its 8-digit code, or by name and province. What may be two is told, never guessed."""

import re
from dataclasses import replace
from functools import lru_cache

from prongsai.comparison.faults import fault
from prongsai.comparison.model import Named, Row
from prongsai.errors import Problem
from prongsai.thai.agencies import KINDS, AgencyKind, read_agency, read_agency_code
from prongsai.thai.places import PROVINCES, Province, province
from prongsai.thai.text import collapse, fold, squeeze

_PLACE = re.compile(r"[\s(]+(?P<word>อำเภอ|อ\.|จังหวัด|จ\.)\s*(?P<name>[ก-๎]+)\)?\s*$")
_KIND_WORDS = {
    **{fold(kind.name): kind for kind in KINDS},
    **{fold(kind.short): kind for kind in KINDS if kind.short},
    "อบต": next(kind for kind in KINDS if kind.short == "อบต."),
    "อบจ": next(kind for kind in KINDS if kind.short == "อบจ."),
}
_OPENINGS = sorted(_KIND_WORDS, key=len, reverse=True)
_PROVINCIAL = _KIND_WORDS["อบจ"]
_BY_CODE = {one.code: one for one in PROVINCES}


def named(row: Row, province_of_table: str) -> tuple[Named | None, tuple[Problem, ...]]:
    """Say who a row is of; None with the reason when that cannot be told."""
    if not row.agency.text and not row.code.text:
        return None, (fault("COMPARE_AGENCY_MISSING", row.where),)
    name, places = _parted(row.agency.text)
    found = _kind_and_name(name, _kind(row.kind.text))
    code = read_agency_code(row.code.text) if row.code.text else None
    if row.code.text and code is None:
        why = {"code": row.code.text, "why": "is none of a local government", "why_th": "ไม่ใช่รหัส อปท."}
        return None, (fault("COMPARE_CODE", row.code.where, evidence=(row.code.text,), **why),)
    if found is None:
        where = row.agency.where
        return None, (fault("COMPARE_AGENCY_UNREAD", where, evidence=(row.agency.text,), name=row.agency.text),)
    kind, proper = found
    printed = row.province.text or places.get("province", "") or province_of_table
    known = province(printed) if printed else None
    known = known or (province(proper) if kind is _PROVINCIAL else None)
    if code:
        return _with_code(row, Named(kind, proper, known or _BY_CODE[code.province_code], code=code.text), known)
    if known is None:
        where = row.province.where if row.province.text else row.agency.where
        words = {"name": row.agency.text, "text": printed or "–"}
        return None, (fault("COMPARE_PROVINCE_MISSING", where, evidence=(printed,) if printed else (), **words),)
    district = fold(row.district or places.get("district", "")).removeprefix("อำเภอ")
    return Named(kind, proper, known, district), _kind_problem(row, kind)


def _with_code(row: Row, who: Named, printed: Province | None) -> tuple[Named | None, tuple[Problem, ...]]:
    """Hold the code against kind and province of its row; where they disagree nobody is named."""
    code = read_agency_code(row.code.text)
    assert code is not None
    where, words = row.code.where, {"code": code.text}
    if printed and printed.code != code.province_code:
        other = _BY_CODE[code.province_code].name
        why = {"why": f"is of {other}, not {printed.name}", "why_th": f"เป็นของจังหวัด{other} แต่แถวนี้พิมพ์ว่า{printed.name}"}
        return None, (fault("COMPARE_CODE", where, evidence=(row.code.text,), **words, **why),)
    if code.kind is not who.kind:
        why = {"why": f"is of {code.kind.name}", "why_th": f"เป็นรหัสของ{code.kind.name} แต่แถวนี้พิมพ์ว่า {who.text}"}
        return None, (fault("COMPARE_CODE", where, evidence=(row.code.text,), **words, **why),)
    return replace(who, district=fold(row.district).removeprefix("อำเภอ")), _kind_problem(row, who.kind)


def _kind_problem(row: Row, kind: AgencyKind) -> tuple[Problem, ...]:
    stated = _kind(row.kind.text)
    if stated is None or stated is kind:
        return ()
    words = {"stated": row.kind.text, "computed": kind.name}
    return (fault("COMPARE_KIND", row.kind.where, evidence=(row.kind.text,), **words),)


def _parted(text: str) -> tuple[str, dict[str, str]]:
    """Part a name from the district and province that are printed behind it."""
    places: dict[str, str] = {}
    while found := _PLACE.search(text):
        key = "province" if found["word"] in ("จังหวัด", "จ.") else "district"
        places.setdefault(key, found["name"])
        text = text[: found.start()]
    return collapse(text), places


def _kind(text: str) -> AgencyKind | None:
    return _KIND_WORDS.get(fold(text)) if text else None


@lru_cache(maxsize=65536)
def _kind_and_name(text: str, kind: AgencyKind | None) -> tuple[AgencyKind, str] | None:
    """Give kind and proper name of a whole cell; a bare name needs the kind of another column."""
    bare = squeeze(text)
    opening = next((word for word in _OPENINGS if bare.startswith(word)), None)
    if opening and _KIND_WORDS[opening].name == bare == "เมืองพัทยา":
        return _KIND_WORDS[opening], "พัทยา"
    if opening and len(bare) > len(opening) + 1:
        return _KIND_WORDS[opening], bare[len(opening) :].lstrip(".")
    found = read_agency(text)
    if found:
        return found.kind, found.name
    return (kind, bare) if kind and bare and not opening else None
