"""The list of a circular as a paper to sign or to show, as a table, and kept as evidence."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils import translation

from prongsai.documents.build import cell_of, paragraph
from prongsai.documents.model import Document, Line, Row, Style, Table
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.registers.sheets import csv_text, workbook
from prongsai.registers.tables import Table as Sheet
from prongsai.reports.forms import circulation_list as form
from prongsai.reports.forms.values import NOTHING
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.names import name_key
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import Evidence
from prongsai.web.evidence.services import TITLE_MAX, add_evidence, keep_file
from prongsai.web.letters.models import Circular
from prongsai.web.letters.queries.readers import Became, Reader, Readers, readers_of

STATES = {
    Became.ACKNOWLEDGED: "รับทราบแล้ว",
    Became.READ: "เปิดอ่านแล้ว ยังไม่รับทราบ",
    Became.MISSING: "ยังไม่เปิดอ่าน",
    Became.LEFT: "พ้นจากงานหรือย้ายก่อนรับทราบ",
}
HEAD = ("ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง", "ส่วนราชการ", "สถานะ", "วันที่เปิดอ่าน", "วันที่รับทราบ", "วิธีรับทราบ")


def list_paper(circular: Circular, readers: Readers, kind: str, *, only_missing: bool = False) -> bytes:
    """Give the list as ``docx`` or ``pdf``. Raises FileUnusable when the writer is not installed."""
    office = Office(bytes(circular.agency.emblem) or None)
    with translation.override("th"):  # papers stay Thai, whatever language is read
        return render(list_document(circular, readers, only_missing=only_missing), kind, office)


def list_document(circular: Circular, readers: Readers, *, only_missing: bool = False) -> Document:
    """Compose the list: everybody who is counted, or only those who are missing, to sign in ink; unit by unit."""
    shown = readers.missing if only_missing else readers.counted
    records = form.CirculationList(
        agency=circular.agency.name,
        letter=to_thai(circular.number_text) or "-",
        dated=circular.dated or circular.sent_on,
        subject=circular.title,
        due=circular.due_on,
        readers=tuple(_rows(shown)),
    )
    document = form.compose(records)
    blocks = document.blocks[:-1] if only_missing else document.blocks
    blocks = tuple(_to_sign(one, shown) if isinstance(one, Table) else one for one in blocks)
    return replace(document, blocks=(*blocks, paragraph(_as_of(readers, only_missing=only_missing), Style.NOTE)))


def table_of(circular: Circular, readers: Readers, kind: str, *, only_missing: bool = False) -> bytes | str:
    """Give the list as ``csv`` or ``xlsx``; those who left stand in it too, with their state."""
    shown = readers.missing if only_missing else readers.everybody
    rows = tuple(_cells(number, one) for number, one in enumerate(shown, 1))
    table = Sheet(HEAD, rows, HEAD, (True, *(False,) * (len(HEAD) - 1)))
    return workbook([table], title=form.TITLE_TH) if kind == "xlsx" else csv_text(table)


def keep_list(scope: Scope, *, circular: Circular) -> Evidence:
    """Keep today's list, with its figures, as evidence. Raises FileUnusable when no PDF can be written."""
    readers = readers_of(circular, scope.today)
    content = list_paper(circular, readers, "pdf")
    file = keep_file(scope, name=f"{form.TITLE_TH}.pdf", content=content)
    return add_evidence(
        scope,
        title=f"{form.TITLE_TH} เรื่อง {circular.title}"[:TITLE_MAX],
        file=file,
        content_year_be=fiscal_year_be(readers.day),
        document_date=readers.day,
        note=figure_th(readers),
        unit=circular.unit,
    )


def figure_th(readers: Readers) -> str:
    """Say the figure of a list: ``รับทราบแล้ว ๑๗๗ จาก ๑๙๘ คน (ร้อยละ ๘๙.๓๙) ณ วันที่ …``."""
    counts, day = readers.counts, _day(readers.day)
    return to_thai(f"รับทราบแล้ว {counts.acknowledged} จาก {counts.audience} คน (ร้อยละ {counts.share}) ณ วันที่ {day}")


def _to_sign(table: Table, readers: Sequence[Reader]) -> Table:
    """Leave room for ink where nobody has acknowledged: blank in place of a dash; the unit stands on a second line."""
    rows = map(_row_to_sign, table.rows[table.heads :], readers)
    return replace(table, rows=(*table.rows[: table.heads], *rows))


def _row_to_sign(row: Row, one: Reader) -> Row:
    number, name, place, *ink = row.cells
    if one.position and one.unit:
        place = cell_of([Line(to_thai(one.position)), Line(to_thai(one.unit))])
    room = cell_of([Line(""), Line("")])
    return replace(row, cells=(number, name, place, *(room if cell.text == NOTHING else cell for cell in ink)))


def _as_of(readers: Readers, *, only_missing: bool) -> str:
    if only_missing:
        return to_thai(f"เฉพาะผู้ที่ยังไม่รับทราบ {len(readers.missing)} คน {figure_th(readers)}")
    return to_thai(f"จากทะเบียนบุคลากรและการรับทราบที่บันทึกไว้ ณ วันที่ {_day(readers.day)}")


def _day(day: date) -> str:
    return format_date(day, "full")


def _rows(readers: Sequence[Reader]) -> list[form.Reader]:
    """Print the readers; two people of one name are told apart, or the paper counts them as one who signed twice."""
    keys = [name_key(one.name) for one in readers]
    shared = {key for key, n in Counter(keys).items() if n > 1}
    nth: Counter[str] = Counter()
    rows = []
    for key, one in zip(keys, readers, strict=True):
        nth[key] += 1
        name = f"{one.name} ({to_thai(str(nth[key]))})" if key in shared else one.name
        rows.append(form.Reader(name, _place(one), one.way, one.acknowledged_on))
    return rows


def _place(one: Reader) -> str:
    return f"{one.position} {one.unit}".strip() or "-"


def _cells(number: int, one: Reader) -> tuple[str, ...]:
    read, done = (day.isoformat() if day else "" for day in (one.read_on, one.acknowledged_on))
    with translation.override("th"):
        return (str(number), one.name, one.position, one.unit, STATES[one.became], read, done, one.way)
