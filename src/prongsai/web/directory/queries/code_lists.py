"""What stands in a published list of codes: its columns, each row as it is read, and what is at fault in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from prongsai.thai.agencies import AgencyCode, read_agency_code
from prongsai.thai.numerals import to_arabic
from prongsai.thai.places import PROVINCES, Province, districts_of, is_district_of, nearest, province
from prongsai.thai.text import collapse, fold, squeeze
from prongsai.web.directory.models import CodeList, Listed
from prongsai.web.directory.queries.kinds import full_name, kind_named, kind_of, kind_of_code
from prongsai.web.directory.queries.sheets import Column

COLUMNS = (
    Column(
        "code",
        ("รหัส อปท.", "รหัส อปท. 8 หลัก", "รหัสหน่วยงาน", "รหัสองค์กรปกครองส่วนท้องถิ่น", "รหัส", "org_code", "code"),
        is_needed=True,
    ),
    Column(
        "name",
        ("ชื่อ อปท.", "อปท.", "ชื่อหน่วยงาน", "ชื่อองค์กรปกครองส่วนท้องถิ่น", "องค์กรปกครองส่วนท้องถิ่น", "หน่วยงาน", "ชื่อ", "name"),
        is_needed=True,
    ),
    Column("kind", ("ประเภท อปท.", "ประเภท", "ประเภทหน่วยงาน", "ประเภทองค์กรปกครองส่วนท้องถิ่น", "type", "kind")),
    Column("province", ("จังหวัด", "ชื่อจังหวัด", "province")),
    Column("district", ("อำเภอ", "ชื่ออำเภอ", "อำเภอ/เขต", "district", "amphoe")),
    Column("subdistrict", ("ตำบล", "ชื่อตำบล", "ตำบล/แขวง", "subdistrict", "tambon")),
    Column("website", ("เว็บไซต์", "เว็บไซต์ของ อปท.", "เว็ปไซต์ของ อปท.", "เว็ปไซต์", "website")),
)
TEXTS = tuple(column.key for column in COLUMNS)
LABELS = {column.key: column.label for column in COLUMNS}
_DISTRICT_WORDS = ("อำเภอ", "อ.")
_PROVINCE_BY_CODE = {one.code: one for one in PROVINCES}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, in which column, what mends it. is_error: the row is left out until it is mended."""

    column: str
    message: str
    mend: str
    is_error: bool = True

    @property
    def label(self) -> str:
        """The head of the column."""
        return LABELS[self.column]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read. place: among the rows of the list; line: in the file; printed: its texts, as they stand there.

    listed: what would be kept, None while an error stands in the way. code: as far as it can be read.
    """

    place: int
    line: int
    printed: Mapping[str, str]
    code: str
    listed: Listed | None
    faults: tuple[Fault, ...]

    @property
    def is_left_out(self) -> bool:
        """Whether an error keeps it out."""
        return self.listed is None

    @property
    def cells(self) -> list[tuple[str, str, str, bool]]:
        """Give each cell for mending: key, head, text, and whether something is wrong with it."""
        faulty = {fault.column for fault in self.faults}
        return [(key, LABELS[key], self.printed.get(key, ""), key in faulty) for key in TEXTS if key in self.printed]


def kept_rows(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[dict[str, Any]]:
    """Give the rows as they are kept: one for each code and name, although lists of what agencies cover have many.

    Of rows that are about one agency the first is kept; a subdistrict in which they differ says nothing of its seat.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for line, texts in rows:
        key = (squeeze(to_arabic(texts["code"])).zfill(8), fold(texts["name"]))
        if key not in found or not texts["code"]:
            found[key if texts["code"] else (f"line {line}", "")] = {"line": line, "times": 1, **texts}
            continue
        kept = found[key]
        kept["times"] += 1
        if kept.get("subdistrict") != texts.get("subdistrict"):
            kept["subdistrict"] = ""
    return list(found.values())


def read_rows(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Read the rows of a list and say what is at fault in each; asks no database."""
    read = [_read(place, row) for place, row in enumerate(rows)]
    times: dict[str, list[int]] = {}
    for row in read:
        if row.code:
            times.setdefault(row.code, []).append(row.line)
    return [_told_twice(row, times[row.code]) if len(times.get(row.code, ())) > 1 else row for row in read]


def rows_of(code_list: CodeList) -> list[Row]:
    """Read the rows of a list that is kept."""
    return read_rows(code_list.rows)


def _told_twice(row: Row, lines: Collection[int]) -> Row:
    others = ", ".join(str(line) for line in lines if line != row.line)
    fault = Fault("code", _("รหัสนี้มีอีกชื่อหนึ่งที่แถว %s") % others, _("แก้รหัสของแถวที่ผิด หรือลบรหัสของแถวที่ไม่ใช้ให้ว่าง"))
    return Row(row.place, row.line, row.printed, row.code, None, (*row.faults, fault))


def _read(place: int, row: Mapping[str, Any]) -> Row:
    printed = {key: str(row[key]) for key in TEXTS if key in row}
    found = read_agency_code(printed.get("code", ""))
    faults = list(_faults(printed, found))
    listed = None
    if found is not None and not any(fault.is_error for fault in faults):
        listed = _listed(printed, found)
    return Row(place, int(row["line"]), printed, found.text if found else "", listed, tuple(faults))


def _faults(printed: Mapping[str, str], code: AgencyCode | None) -> Iterator[Fault]:
    if code is None:
        yield Fault("code", _("ไม่ใช่รหัส อปท. ๘ หลัก"), _("ใส่ให้ครบแปดหลัก: สองหลักแรกคือประเภท สองหลักถัดไปคือจังหวัด"))
    elif len(squeeze(printed["code"])) < len(code.text):
        yield Fault("code", _("เลขศูนย์ข้างหน้าหายไป อ่านเป็น %s") % code.text, _("ไม่ต้องแก้ถ้าถูกแล้ว"), is_error=False)
    yield from _faults_of_kind(printed, code)
    yield from _faults_of_place(printed, code)


def _faults_of_kind(printed: Mapping[str, str], code: AgencyCode | None) -> Iterator[Fault]:
    name = printed["name"]
    if not name:
        yield Fault("name", _("ไม่มีชื่อ"), _("ใส่ชื่อหน่วยงาน"))
        return
    told = {"kind": kind_named(printed.get("kind", "")), "name": kind_of(name)}
    if printed.get("kind") and told["kind"] is None:
        yield Fault("kind", _("ไม่รู้จักประเภทนี้"), _("เขียนเช่น เทศบาลตำบล หรือ องค์การบริหารส่วนตำบล"))
    for column, kind in told.items():
        if code and kind and kind != kind_of_code(code.text):
            words = _("สองหลักแรกของรหัสเป็นของ%(code)s แต่ช่องนี้เขียนเป็น%(told)s")
            yield Fault(column, words % {"code": code.kind.name, "told": kind.label}, _mend_either())


def _mend_either() -> str:
    return _("ดูจากต้นฉบับว่าช่องใดผิด แล้วแก้ช่องนั้น")


def _faults_of_place(printed: Mapping[str, str], code: AgencyCode | None) -> Iterator[Fault]:
    told = printed.get("province", "")
    found = province(told) if told else _province_of(code)
    if told and found is None:
        near = " ".join(nearest(told, [one.name for one in PROVINCES]))
        yield Fault("province", _("ไม่มีจังหวัดนี้"), _("ใกล้เคียงคือ %s") % near if near else _("แก้ชื่อจังหวัด"))
    elif found and code and found.code != code.province_code:
        words = _("หลักที่ ๓–๔ ของรหัสเป็นของจังหวัด%(code)s แต่ในแถวเขียนเป็น%(told)s")
        of_code = _PROVINCE_BY_CODE[code.province_code].name
        yield Fault("province", words % {"code": of_code, "told": found.name}, _mend_either())
    elif found and printed.get("district") and not is_district_of(printed["district"], found.name):
        near = " ".join(nearest(printed["district"], districts_of(found.name)))
        mend = _("ใกล้เคียงคือ %s") % near if near else _("ตรวจชื่ออำเภอกับต้นฉบับ")
        yield Fault("district", _("จังหวัด%sไม่มีอำเภอนี้") % found.name, mend, is_error=False)


def _province_of(code: AgencyCode | None) -> Province | None:
    return _PROVINCE_BY_CODE[code.province_code] if code else None


def _listed(printed: Mapping[str, str], code: AgencyCode) -> Listed:
    kind = kind_of_code(code.text)
    assert kind is not None  # every code that can be read has one
    name = full_name(printed["name"], kind)
    where = _PROVINCE_BY_CODE[code.province_code].name
    district, subdistrict = _without(printed.get("district", ""), _DISTRICT_WORDS), printed.get("subdistrict", "")
    made = Listed(code=code.text, name=name[:200], kind=kind, province=where, district=district[:80])
    made.subdistrict = _without(subdistrict, ("ตำบล", "ต."))[:80]
    made.website = printed.get("website", "")[:200]
    made.search = fold(f"{code.text} {name} {where} {district}")[:400]
    return made


def _without(text: str, words: Iterable[str]) -> str:
    """Give a name without the word for what it is."""
    bare = collapse(text)
    return next((bare.removeprefix(word).strip() for word in words if bare.startswith(word)), bare)
