"""The fields of a register's papers: of a period, and of one entry. What fills them is the composed paper itself."""

from collections.abc import Iterator, Sequence

from prongsai.documents.build import paragraph, row, table
from prongsai.documents.model import Block, Document, Orientation, Paragraph, Setup, Signature, Signatures, Style, Table
from prongsai.documents.template.faults import fault
from prongsai.documents.template.model import Item, Slot, TemplateUnfit, says
from prongsai.errors import Where
from prongsai.registers.model import Register
from prongsai.registers.tables import OFFICE, STATE_LABEL, columns_of
from prongsai.reports.stationery import fed as make
from prongsai.reports.stationery.fed import Fed, alone, mark, order
from prongsai.reports.stationery.kinds import Stationery

PERIOD, ENTRY = "register:", "register-entry"
ENTRY_TH = "รายการของทะเบียน (ทุกทะเบียน)"
ACROSS_FROM = 6
_NUMBER = Slot("number", "ที่")
_LINES = (Slot("label", "หัวข้อ"), Slot("text", "ข้อมูล"))
_STEPS = (Slot("day", "วันที่"), Slot("what", "การดำเนินการ"), Slot("who", "ผู้ดำเนินการ"), Slot("why", "เหตุผล"))


def of_period(register: Register) -> Stationery:
    """Give the paper of a register's period, for registers without a form of their own. Its record is the document."""
    keys = columns_of(register, register.print_.columns, OFFICE)
    columns = [_NUMBER, *(Slot(key, _label(register, key)) for key in keys)]

    def items(document: Document) -> list[Item]:
        return _items(columns, next(document.tables(), None), document)

    fed = [
        *_titles("ทะเบียน", "งวด"),
        make.rows("rows", "รายการในงวด", columns, items),
        make.blocks("rows_table", "รายการในงวด (ทั้งตาราง)", lambda document: tuple(document.tables())[:1]),
        make.blocks("figures", "ตารางสรุป", _figures),
        *_signer(),
    ]
    heads = [one.title_th for one in columns]
    start: list[Block] = [
        alone("title", Style.TITLE),
        alone("agency", Style.TITLE),
        alone("label", Style.CENTRED),
        table(heads, [row(*(mark(f"rows.{one.name}") for one in columns))]),
        alone("figures"),
        make.signing_place("signer", ""),
    ]
    across = register.print_.landscape and len(keys) >= ACROSS_FROM
    setup = Setup(Orientation.LANDSCAPE if across else Orientation.PORTRAIT)
    title = register.print_.title_th or register.name_th
    return Stationery(f"{PERIOD}{register.id}", title, tuple(fed), tuple(start), setup)


def of_entry() -> Stationery:
    """Give the paper of one entry of any register. Its record is the document."""
    fed = [
        *_titles("ทะเบียน", "เลขที่และสถานะ"),
        make.words("heading", "ชื่อรายการ", lambda document: _nth(document, Style.HEADING, 0)),
        make.rows("lines", "ข้อมูลของรายการ", _LINES, lambda document: _table_rows(_LINES, document, 0)),
        make.rows("steps", "ความเคลื่อนไหว", _STEPS, lambda document: _table_rows(_STEPS, document, 1)),
        *_signer(),
    ]
    start: list[Block] = [
        alone("title", Style.TITLE),
        alone("agency", Style.TITLE),
        alone("label", Style.CENTRED),
        alone("heading", Style.HEADING),
        table(["รายการ", "ข้อมูล"], [row(*(mark(f"lines.{one.name}") for one in _LINES))]),
        order("if steps"),
        paragraph("ความเคลื่อนไหว", Style.HEADING),
        table([one.title_th for one in _STEPS], [row(*(mark(f"steps.{one.name}") for one in _STEPS))]),
        order("endif"),
        make.signing_place("signer", ""),
    ]
    return Stationery(ENTRY, ENTRY_TH, tuple(fed), tuple(start))


def _label(register: Register, key: str) -> str:
    field = register.field_of(key)
    return field.label_th if field else STATE_LABEL


def _titles(title: str, label: str) -> Iterator[Fed]:
    yield make.words("title", title, lambda document: _nth(document, Style.TITLE, 0))
    yield make.words("agency", "หน่วยงาน", lambda document: _nth(document, Style.TITLE, 1))
    yield make.words("label", label, lambda document: _nth(document, Style.CENTRED, 0))


def _nth(document: Document, style: Style, number: int) -> str:
    found = [each.text for each in document.paragraphs() if each.style is style]
    return found[number] if number < len(found) else ""


def _signer() -> Iterator[Fed]:
    yield make.words("signer.name", "ผู้ลงนาม: ชื่อ", lambda document: _place(document).name.strip())
    yield make.many("signer.position", "ผู้ลงนาม: ตำแหน่ง", lambda document: _place(document).position)
    yield make.words("signer.day", "ผู้ลงนาม: วันที่ลงนาม", lambda document: _place(document).date)


def _place(document: Document) -> Signature:
    found = [place for block in document.blocks if isinstance(block, Signatures) for place in block.places]
    return found[-1] if found else Signature("")


def _figures(document: Document) -> tuple[Block, ...]:
    """Give what stands between the table of entries and the signature."""
    after = list(document.blocks)
    first = next((at for at, block in enumerate(after) if isinstance(block, Table)), len(after))
    return tuple(block for block in after[first + 1 :] if isinstance(block, Table | Paragraph))


def _table_rows(columns: Sequence[Slot], document: Document, number: int) -> list[Item]:
    tables = list(document.tables())
    return _items(columns, tables[number], document) if number < len(tables) else []


def _items(columns: Sequence[Slot], found: Table | None, document: Document) -> list[Item]:
    """Give the rows of a table. Raises TemplateUnfit when it has other columns than were declared."""
    if found is None:
        return []
    if any(len(each.cells) != len(columns) for each in found.rows):
        raise TemplateUnfit(document.title, [fault("TEMPLATE_COLUMNS", Where())])
    return [
        {one.name: says(*(line.text for line in each.lines)) for one, each in zip(columns, row.cells, strict=True)}
        for row in found.rows[found.heads :]
    ]
