"""The empty spreadsheet of a register: heads, lists to choose from, an example and what each column means."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from prongsai.registers.labels import TYPE_TH
from prongsai.registers.model import Field, FieldType, Register
from prongsai.registers.sheet_read import CHOICES_SHEET, EXAMPLE, MEANING, ROWS_MAX, cell_name, importable
from prongsai.registers.sheet_write import CREATED, Looks, clean, put, sheet_names
from prongsai.thai.text import display_width

REQUIRED_MARK = " *"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MEANING_HEAD = ("คอลัมน์", "ต้องกรอก", "ชนิด", "ตัวเลือก", "คำอธิบาย", "ตัวอย่าง")
_MEANING_WIDTHS = (28, 12, 18, 40, 60, 34)
_CHOSEN = frozenset({FieldType.CHOICE, FieldType.YES_NO})
_NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})
_YES_NO = ("ใช่", "ไม่ใช่")
_HOW: Mapping[FieldType, str] = {
    FieldType.DATE: "เขียนอย่าง 31/3/2569 หรือ 31 มี.ค. 2569",
    FieldType.MONTH: "เขียนอย่าง มีนาคม 2569",
    FieldType.PERIOD: "เขียนวันเริ่มและวันสิ้นสุด อย่าง 1/2/2569 - 3/2/2569",
    FieldType.TIME: "เขียนอย่าง 09.30 น.",
    FieldType.CHOICES: "เลือกได้หลายข้อ คั่นด้วยจุลภาค",
    FieldType.UNIT: "ชื่อส่วนราชการตามที่ตั้งไว้ในระบบ",
    FieldType.PERSON: "ชื่อและสกุลตามที่ตั้งไว้ในระบบ",
    FieldType.POST: "ชื่อตำแหน่งตามที่ตั้งไว้ในระบบ",
    FieldType.ENTRY: "ชื่อหรือเลขที่ของรายการในทะเบียนนั้น อย่าง 12/2569",
}


def template(register: Register, labels: Mapping[str, str] | None = None) -> bytes:
    """Give the workbook to fill in: one sheet with the heads, others with an example, meanings and choices.

    Required columns are marked with a star. Columns of days, telephones and IDs hold text, so that no program turns a
    Buddhist year or a leading zero into something else. labels: the office's own names of fields.
    """
    fields = importable(register)
    heads = [head_of(field, labels or {}) for field in fields]
    target = BytesIO()
    book = Workbook(target, _OPTIONS)
    book.set_properties({"title": clean(register.name_th), "created": CREATED})
    looks = Looks(book)
    names = sheet_names([register.name_th])
    main = book.add_worksheet(names[0])
    _heads(main, looks, fields, heads)
    example = book.add_worksheet(EXAMPLE)
    _heads(example, looks, fields, heads)
    for column, field in enumerate(fields):
        put(example, looks, 1, column, example_of(field))
    _meaning(book.add_worksheet(MEANING), looks, fields, heads)
    _choices(book.add_worksheet(CHOICES_SHEET), looks, fields, heads, main)
    book.close()
    return target.getvalue()


def head_of(field: Field, labels: Mapping[str, str]) -> str:
    """Give the head of a column, with a star when it must be filled."""
    return (labels.get(field.key) or field.label_th) + (REQUIRED_MARK if field.required else "")


def example_of(field: Field) -> str:
    """Give what may be written in a column: the file's example, else the first choice."""
    return field.example or next((one.label_th for one in field.choices), "")


def _heads(sheet: Worksheet, looks: Looks, fields: Sequence[Field], heads: Sequence[str]) -> None:
    for column, (field, head) in enumerate(zip(fields, heads, strict=True)):
        width = min(max(display_width(head) + 4, 12), 40)
        sheet.set_column(column, column, width, looks.get(code="" if field.type in _NUMBERS else "@"))
        put(sheet, looks, 0, column, head, is_head=True)
    sheet.freeze_panes(1, 0)


def _meaning(sheet: Worksheet, looks: Looks, fields: Sequence[Field], heads: Sequence[str]) -> None:
    for column, (head, width) in enumerate(zip(_MEANING_HEAD, _MEANING_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        put(sheet, looks, 0, column, head, is_head=True)
    for row, (field, head) in enumerate(zip(fields, heads, strict=True), 1):
        wanted = "ต้องกรอก" if field.required else "บางกรณี" if field.required_if else "ไม่บังคับ"
        told = (head.removesuffix(REQUIRED_MARK), wanted, _type(field), "\n".join(choices_of(field)), _help(field))
        for column, text in enumerate((*told, example_of(field))):
            put(sheet, looks, row, column, text)
    sheet.freeze_panes(1, 0)


def _type(field: Field) -> str:
    return TYPE_TH[field.type] + (f" ({field.unit_th})" if field.unit_th else "")


def _help(field: Field) -> str:
    columns = " | ".join(one.label_th for one in field.columns if one.type is not FieldType.DERIVED)
    rows = f"แถวละบรรทัด คั่นช่องด้วย | : {columns}" if field.type is FieldType.ROWS else ""
    return "\n".join(part for part in (field.help_th, _HOW.get(field.type, ""), rows) if part)


def choices_of(field: Field) -> tuple[str, ...]:
    """Give what may be chosen in a column."""
    return _YES_NO if field.type is FieldType.YES_NO else tuple(one.label_th for one in field.choices)


def _choices(sheet: Worksheet, looks: Looks, fields: Sequence[Field], heads: Sequence[str], main: Worksheet) -> None:
    """Write the choices on a sheet of their own, a column each, and bind the cells to be filled to them."""
    at = 0
    for column, field in enumerate(fields):
        labels = choices_of(field) if field.type in _CHOSEN else ()
        if not labels:
            continue
        put(sheet, looks, 0, at, heads[column].removesuffix(REQUIRED_MARK), is_head=True)
        for row, label in enumerate(labels, 1):
            put(sheet, looks, row, at, label)
        letters = _letters(at)
        form = {
            "validate": "list",
            "source": f"='{CHOICES_SHEET}'!${letters}$2:${letters}${len(labels) + 1}",
            "error_title": "ไม่อยู่ในตัวเลือก",
            "error_message": "เลือกจากรายการ หรือดูแผ่น คำอธิบาย",
        }
        main.data_validation(1, column, ROWS_MAX, column, form)
        at += 1
    sheet.hide()


def _letters(column: int) -> str:
    return cell_name(column, 1)[:-1]
