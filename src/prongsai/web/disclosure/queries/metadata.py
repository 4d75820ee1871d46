"""The fourteen fields of the government data catalogue, and the data dictionary of a table.

What nobody has said is told as the catalogue's own word for it ("ไม่ทราบ", "License not specified"), never guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from prongsai.errors import UnknownRegister
from prongsai.portal.model import Column, DataTable, Metadata
from prongsai.registers.load import of_year
from prongsai.registers.model import Field, FieldType, Register, Rhythm
from prongsai.web.agencies.models import Agency, AgencyKind

RECORDS = "ข้อมูลระเบียน"  # data_type: rows about single things; all our tables are such
PUBLIC = "ข้อมูลสาธารณะ"  # data_category
UNKNOWN = "ไม่ทราบ"
FORMATS = ("CSV", "JSON")
OBJECTIVE = ("พันธกิจหน่วยงาน",)  # of the catalogue's list; disclosure is a duty of the office itself
_RHYTHM = {
    Rhythm.MONTHLY: "เดือน",
    Rhythm.QUARTERLY: "ไตรมาส",
    Rhythm.HALF_YEARLY: "ครึ่งปี",
    Rhythm.YEARLY: "ปี",
}
_COVERAGE = {AgencyKind.PROVINCE.value: "จังหวัด"}
_MUNICIPAL = "เทศบาล/อบต."
_TYPES = {
    FieldType.NUMBER: "number",
    FieldType.MONEY: "money",
    FieldType.DATE: "date",
    FieldType.YES_NO: "yes-no",
    FieldType.CHOICE: "choice",
}
NOTES_MAX = 500


def register_of(register: str, year_be: int) -> Register | None:
    """Give the register that a page shows, in the edition of its year (BE); None for none, or one that is gone."""
    if not register:
        return None
    try:
        return of_year(register, year_be, settings.REGISTERS_FOLDER)
    except UnknownRegister:
        return None


def metadata_of(
    agency: Agency, register: Register | None, *, title: str, unit: str, summary: str, year_be: int, licence: str
) -> Metadata:
    """Give the fields of a page's tables.

    data_type: records. maintainer: the unit that the page belongs to, else the office; its e-mail is the office's,
    since units have none. tag_string: title of the register, year, office. notes: the summary, else the help of the
    register. objective: the office's own mission. update_frequency_unit: the rhythm of the register, else unknown.
    data_source: the register, else the unit. license_id: as the office chose.
    """
    due = register.due if register else None
    named = register.name_th if register else ""
    return Metadata(
        data_type=RECORDS,
        title=title,
        owner_org=agency.name,
        maintainer=unit or agency.name,
        maintainer_email=agency.email,
        tag_string=tuple(_once([named, f"ปีงบประมาณ {year_be}" if year_be else "", agency.name, "ITA"])),
        notes=(summary or (register.help_th if register else "") or title)[:NOTES_MAX].strip(),
        objective=OBJECTIVE,
        update_frequency_unit=_RHYTHM[due.rhythm] if due else UNKNOWN,
        geo_coverage=_COVERAGE.get(agency.kind, _MUNICIPAL),
        data_source=named or unit or agency.name,
        data_format=FORMATS,
        data_category=PUBLIC,
        license_id=str(licence),  # a default is more than its text until it was kept
    )


def _once(texts: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(text for text in texts if text)


# --- tables with their dictionary -----------------------------------------------------------------------------------
def tables_of(kept: Sequence[Mapping[str, Any]], register: Register | None) -> tuple[DataTable, ...]:
    """Give the tables of a release as they were frozen, each column with what is known of it."""
    return tuple(_table(one, place, register) for place, one in enumerate(kept, start=1))


def _table(kept: Mapping[str, Any], place: int, register: Register | None) -> DataTable:
    head = [str(cell) for cell in kept.get("head", ())]
    return DataTable(
        key=str(kept.get("key") or f"table-{place}"),
        title=str(kept.get("title") or ""),
        columns=_columns(head, kept.get("columns") or (), register),
        rows=tuple(tuple("" if cell is None else str(cell) for cell in row) for row in kept.get("rows", ())),
        numeric=tuple(bool(one) for one in kept.get("numeric", ())),
        note=str(kept.get("note") or ""),
    )


def _columns(head: Sequence[str], kept: Sequence[Any], register: Register | None) -> tuple[Column, ...]:
    """Put columns beside their heads. Frozen ones are keys of fields or whole columns; a leading head may have none."""
    before = [None] * (len(head) - len(kept))
    return tuple(
        _column(label, one, place, register)
        for place, (label, one) in enumerate(zip(head, [*before, *kept], strict=False))
    )


def _column(label: str, kept: Any, place: int, register: Register | None) -> Column:
    if isinstance(kept, Mapping):
        return Column(
            key=str(kept.get("key") or f"column-{place + 1}"),
            label=str(kept.get("label") or label),
            type=str(kept.get("type") or "text"),
            note=str(kept.get("note") or ""),
        )
    key = str(kept or ("period" if place == 0 else f"column-{place + 1}"))
    field = register.field_of(key) if register else None
    return Column(key, label, _TYPES.get(field.type, "text") if field else "text", note_of(field) if field else "")


def note_of(field: Field) -> str:
    """Say what a field means: its help, its unit, its choices."""
    choices = ", ".join(one.label_th for one in field.choices)
    said = [field.help_th, f"หน่วย: {field.unit_th}" if field.unit_th else "", f"ค่าที่ใช้: {choices}" if choices else ""]
    return " · ".join(one for one in said if one)
