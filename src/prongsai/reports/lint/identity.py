"""Rules about whose paper it is: agency, district and province, kind of agency, the official shell, signatures."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from rapidfuzz import fuzz

from prongsai.errors import Problem, Severity, Where
from prongsai.reports.lint.passages import Passage, passages
from prongsai.reports.lint.rule import Paper, Say, rule
from prongsai.reports.lint.words import listed, terms
from prongsai.reports.records import Kind, Signatory
from prongsai.thai.agencies import (
    ADMINISTRATION,
    MUNICIPAL,
    PROVINCIAL,
    AgencyKind,
    FoundAgency,
    find_agencies,
    read_letter_number,
)
from prongsai.thai.places import PROVINCES, Province, districts_of, is_district_of, nearest, provinces_of_district
from prongsai.thai.text import collapse, fold, squeeze

# ---------------------------------------------------------------- another agency

VARIANT_LIKENESS, GARBLED_LIKENESS = 70, 80
_MUNICIPALITY = "เทศบาล"
_MISREAD_KIND = re.compile(r"เทศบาล(?!ตำบล|เมือง|นคร|ฯ|\s)")
_BEFORE = 48


def _own(paper: Paper) -> FoundAgency | None:
    name = paper.report.agency.name
    return next(iter(find_agencies(name)), None) if name else None


def _agencies(paper: Paper, own: FoundAgency) -> Iterator[tuple[Passage, FoundAgency]]:
    for passage in passages(paper.document):
        for found in find_agencies(passage.text, [own.name]):
            yield passage, found


def _relation(found: FoundAgency, own: FoundAgency, paper: Paper) -> str:
    """Tell what a named agency is to the paper's own: own, kind (same name, other kind), variant or foreign."""
    name, mine = fold(found.name), fold(own.name)
    if found.kind is PROVINCIAL and name == fold(paper.report.agency.province or ""):
        return "own"
    if name.startswith(mine):
        return "own" if found.kind is own.kind else "kind"
    return "variant" if fuzz.ratio(name, mine) >= VARIANT_LIKENESS else "foreign"


@rule(
    "FOREIGN_AGENCY",
    Severity.ERROR,
    summary="Another agency is named: text copied from elsewhere.",
    summary_th="มีชื่อหน่วยงานอื่นในเอกสาร มักเกิดจากคัดลอกข้อความมา",
    mend="Replace the name, and check whether the rest of the sentence is true of this agency.",
    mend_th="แก้ชื่อหน่วยงาน และตรวจว่าข้อความที่เหลือเป็นจริงของหน่วยงานนี้หรือไม่",
)
def foreign_agency(paper: Paper, say: Say) -> Iterator[Problem]:
    """Study visits, agreements and letters to others may name them; so may the province's own organisation."""
    own = _own(paper)
    told: set[tuple[int | None, str]] = set()
    for passage, found in _agencies(paper, own) if own else ():
        place = (passage.where.line, found.text)
        if own and place not in told and _relation(found, own, paper) == "foreign" and not _is_right(passage, found):
            told.add(place)
            yield say(
                passage.where,
                f"Another agency is named: {found.text}; the paper is of {own.text}.",
                f"มีชื่อ “{found.text}” ในเอกสารของ{own.text}",
                collapse(passage.text[max(0, found.start - 30) : found.end + 20]),
            )


def _is_right(passage: Passage, found: FoundAgency) -> bool:
    before = passage.text[max(0, found.start - _BEFORE) : found.start]
    return any(word in before for word in listed("rightly_named")) or passage.text.startswith(("เรียน", "ถึง "))


@rule(
    "AGENCY_NAME_VARIANT",
    Severity.WARNING,
    summary="The agency's own name is spelt in another way, or given another kind.",
    summary_th="ชื่อหน่วยงานตนเองสะกดต่างไป หรือใช้ประเภทหน่วยงานอื่น",
    mend="Use the official name throughout.",
    mend_th="ใช้ชื่อทางการให้ตรงกันทั้งฉบับ",
)
def agency_name_variant(paper: Paper, say: Say) -> Iterator[Problem]:
    """Give each form once; another kind with the same name may be the former one and is only noted."""
    own = _own(paper)
    if own is None:
        return
    seen: dict[str, list[Where]] = {}
    kinds: dict[str, str] = {}
    for where, text, relation in [*_variants(paper, own), *_garbled(paper, own)]:
        seen.setdefault(text, []).append(where)
        kinds[text] = relation
    for text, places in seen.items():
        yield say(
            places[0],
            f"The agency {own.text} is also printed as {text} ({len(places)}×).",
            f"ชื่อหน่วยงาน {own.text} พิมพ์เป็น “{text}” {len(places)} แห่ง",
            text,
            severity=Severity.INFO if kinds[text] == "kind" else None,
        )


def _variants(paper: Paper, own: FoundAgency) -> Iterator[tuple[Where, str, str]]:
    for passage, found in _agencies(paper, own):
        relation = _relation(found, own, paper)
        if relation in ("kind", "variant"):
            yield passage.where, found.text, relation


def _garbled(paper: Paper, own: FoundAgency) -> Iterator[tuple[Where, str, str]]:
    """Find the own name with a misread kind (เทศบาลเมื่อ…), which names no agency at all."""
    mine = own.text.removeprefix(_MUNICIPALITY)
    if mine == own.text:
        return
    for passage in passages(paper.document):
        for hit in _MISREAD_KIND.finditer(passage.text):
            words = passage.text[hit.end() : hit.end() + len(mine) + 1]
            if fuzz.ratio(words, mine) >= GARBLED_LIKENESS:
                yield passage.where, _MUNICIPALITY + words, "variant"


# ---------------------------------------------------------------- district, province, letters

_PLACE = re.compile(r"(?<![ก-๎])(?:อำเภอ|อ\.)\s*(?P<district>[ก-๎]{2,30}?)\s*(?:จังหวัด|จ\.)\s*(?P<province>[ก-๎]{3,30})")
_BY_LENGTH = sorted(PROVINCES, key=lambda province: -len(province.name))


def _province_in(text: str) -> Province | None:
    return next((province for province in _BY_LENGTH if text.startswith(province.name)), None)


@rule(
    "DISTRICT_PROVINCE_MISMATCH",
    Severity.ERROR,
    summary="The district is not in the province that is printed after it.",
    summary_th="อำเภอไม่ได้อยู่ในจังหวัดที่พิมพ์ไว้",
    mend="Correct the district or the province.",
    mend_th="แก้ชื่ออำเภอหรือจังหวัดให้ตรงกัน",
)
def district_province_mismatch(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at every "อำเภอ… จังหวัด…"; each pair once."""
    seen: set[tuple[str, str]] = set()
    for passage in passages(paper.document):
        for hit in _PLACE.finditer(passage.text):
            province = _province_in(hit["province"])
            pair = (hit["district"], hit["province"])
            if province and pair not in seen and not is_district_of(hit["district"], province.name):
                seen.add(pair)
                yield _misplaced(say, paper, passage.where, hit["district"], province)


def _misplaced(say: Say, paper: Paper, where: Where, district: str, province: Province) -> Problem:
    real = [found.name for found in provinces_of_district(district)]
    pointed = _pointed_to(paper, province)
    lettered = _province_of_letters(paper)
    hint_th = f" ชื่อหน่วยงานชี้ไปที่อำเภอ{pointed} จังหวัด{province.name}" if pointed else ""
    hint = f" The agency's own name points to {pointed}." if pointed else ""
    if lettered and lettered.name in real:
        hint_th += f" อักษร “{lettered.letters}” ของเลขที่หนังสือก็เป็นของจังหวัด{lettered.name}"
        hint += f" The letters of the memo's number are those of {lettered.name}, too."
    evidence = f"อำเภอ{district} จังหวัด{province.name}"
    if not real:
        near = nearest(district, districts_of(province.name), limit=1)
        near_th = f" ที่ใกล้เคียงคืออำเภอ{near[0]}" if near else ""
        return say(
            where,
            f"No district is called {district}.{hint}",
            f"ไม่มีอำเภอชื่อ “{district}”{near_th}{hint_th}",
            evidence,
            severity=Severity.WARNING,
        )
    return say(
        where,
        f"District {district} is in {', '.join(real)}, not in {province.name}.{hint}",
        f"อำเภอ{district}อยู่ในจังหวัด{' หรือ '.join(real)} ไม่ใช่จังหวัด{province.name}{hint_th}",
        evidence,
    )


def _pointed_to(paper: Paper, province: Province) -> str | None:
    own = _own(paper)
    names = [name for name in districts_of(province.name) if own and fold(own.name) == fold(name)]
    return names[0] if names else None


@rule(
    "PROVINCE_LETTERS_MISMATCH",
    Severity.ERROR,
    summary="The letters before the memo's number are those of another province.",
    summary_th="อักษรนำเลขที่หนังสือเป็นของจังหวัดอื่น",
    mend="Correct the letters or the province.",
    mend_th="แก้อักษรนำเลขที่หนังสือหรือชื่อจังหวัด",
)
def province_letters_mismatch(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare with the province that the paper prints, never with one that was inferred from the letters.

    Where the district stands with the letters, the province is what is wrong and DISTRICT_PROVINCE_MISMATCH tells it.
    """
    agency, memo = paper.report.agency, paper.report.memo
    other = _province_of_letters(paper)
    if not memo or not other or not agency.province or "province" in agency.inferred:
        return
    province = _province_in(agency.province)
    if province and other != province and not (agency.district and is_district_of(agency.district, other.name)):
        yield say(
            memo.where,
            f"Letters {other.letters} belong to {other.name}; {province.name} has {province.letters}.",
            f"อักษร “{other.letters}” เป็นของจังหวัด{other.name} จังหวัด{province.name}ใช้ “{province.letters}”",
            memo.number or "",
        )


def _province_of_letters(paper: Paper) -> Province | None:
    """Tell the province whose letters stand before the memo's number."""
    memo = paper.report.memo
    letter = read_letter_number(memo.number) if memo and memo.number else None
    return next((province for province in PROVINCES if letter and province.letters == letter.prefix), None)


# ---------------------------------------------------------------- kind of agency


def _wrong_terms(kind: AgencyKind) -> dict[str, str]:
    if kind in MUNICIPAL:
        return terms("tambon_terms")
    return terms("municipal_terms") if kind is ADMINISTRATION else {}


@rule(
    "WRONG_AGENCY_TYPE_TERM",
    Severity.WARNING,
    summary="A term belongs to another kind of local government: a template was copied.",
    summary_th="ใช้คำของหน่วยงานท้องถิ่นประเภทอื่น มักเกิดจากคัดลอกแบบมา",
    mend="Use the term of this kind of agency.",
    mend_th="ใช้คำที่ตรงกับประเภทหน่วยงาน",
)
def wrong_agency_type_term(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell each wrong term once, with how often it occurs."""
    own = _own(paper)
    wrong = {re.compile(pattern): right for pattern, right in _wrong_terms(own.kind).items()} if own else {}
    found: dict[str, list[tuple[str, Passage, int]]] = {}
    for passage in passages(paper.document):
        for pattern, right in wrong.items():
            for hit in pattern.finditer(passage.text):
                found.setdefault(right, []).append((hit.group(0), passage, hit.start()))
    for right, hits in found.items():
        term, passage, start = hits[0]
        yield say(
            passage.where,
            f"{term} is no term of this kind of agency ({len(hits)}×); it should be {right}.",
            f"“{term}” ไม่ใช่คำของหน่วยงานประเภทนี้ ({len(hits)} แห่ง) ควรเป็น “{right}”",
            collapse(passage.text[max(0, start - 20) : start + 40]),
        )


# ---------------------------------------------------------------- the official shell


def _missing(paper: Paper) -> list[str]:
    report = paper.report
    missing = []
    if report.memo:
        fields = {"office": "ส่วนราชการ", "number": "ที่", "date_text": "วันที่", "subject": "เรื่อง", "to": "เรียน"}
        missing = [label for name, label in fields.items() if not getattr(report.memo, name)]
    elif not report.announced:
        missing = ["เลขที่หนังสือ", "วันที่"]
    return missing + ([] if report.signatories else ["ผู้ลงนาม"])


@rule(
    "MISSING_FIELD",
    Severity.WARNING,
    summary="The paper lacks its office, number, date, subject, addressee or signature.",
    summary_th="เอกสารขาดส่วนราชการ เลขที่ วันที่ เรื่อง ผู้รับ หรือผู้ลงนาม",
    mend="Fill in what is missing; without a date lateness cannot be checked.",
    mend_th="เติมส่วนที่ขาด หากไม่มีวันที่จะตรวจความล่าช้าไม่ได้",
)
def missing_field(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell once what a paper with records lacks."""
    missing = _missing(paper)
    if missing and paper.report.document_type is not Kind.UNKNOWN:
        memo = paper.report.memo
        where = memo.where if memo else next((block.where for block in paper.document.printed), Where())
        yield say(where, f"The paper lacks: {', '.join(missing)}.", f"เอกสารไม่มี {' '.join(missing)}", " ".join(missing))


@rule(
    "ACTING_SIGNATORY",
    Severity.INFO,
    summary="Somebody signed for another post.",
    summary_th="ผู้ลงนามทำหน้าที่แทนตำแหน่งอื่น",
    mend="Keep the order that gives the power to sign.",
    mend_th="เก็บคำสั่งให้รักษาราชการแทนหรือปฏิบัติหน้าที่ไว้ประกอบ",
)
def acting_signatory(paper: Paper, say: Say) -> Iterator[Problem]:
    """Note every signature in an acting capacity."""
    for signatory in paper.report.signatories:
        if signatory.capacity != "self":
            yield say(
                signatory.where,
                "This signature is in an acting capacity.",
                "ลงนามแทนผู้ดำรงตำแหน่งอื่น",
                f"{signatory.name} {signatory.position or ''}".strip(),
            )


_OPINION_LINES_MAX = 40


@rule(
    "OPINION_GARBLED",
    Severity.WARNING,
    summary="What stands as an opinion is none: a handwritten note was misread, often as a name.",
    summary_th="ข้อความในช่องความเห็นอ่านไม่เป็นความเห็น มักเป็นลายมือที่สแกนผิดเป็นชื่อคน",
    mend="Read the opinion on the paper and type it in; do not take it for a person.",
    mend_th="อ่านความเห็นจากต้นฉบับแล้วพิมพ์แทน อย่านำไปเป็นชื่อบุคคล",
)
def opinion_garbled(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look for the usual words of an opinion."""
    for signatory in paper.report.signatories:
        words = squeeze(signatory.opinion or "")
        if words and not any(word in words for word in listed("opinion")):
            yield say(
                _place_of_opinion(paper, signatory),
                f"This is no opinion of the {signatory.opinion_of or 'officer'}.",
                f"ข้อความนี้ไม่ใช่ความเห็นของ{signatory.opinion_of or 'เจ้าหน้าที่'}",
                signatory.opinion or "",
            )


def _place_of_opinion(paper: Paper, signatory: Signatory) -> Where:
    """Find the last line before the signature that begins the opinion."""
    last, opinion = signatory.where.line or 0, signatory.opinion or ""
    lines = list(paper.document.paragraphs())
    end = bisect_left([paragraph.where.line or 0 for paragraph in lines], last)
    before = lines[max(0, end - _OPINION_LINES_MAX) : end]
    return next((p.where for p in reversed(before) if opinion.startswith(p.text)), signatory.where)
