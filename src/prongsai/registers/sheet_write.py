"""Tables of registers as files: xlsx, csv and json. Whatever stands in a cell, no program takes it for a formula."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from prongsai.documents.write.xlsx.cells import DANGEROUS, LETTERS_MAX
from prongsai.privacy.patterns import HIDDEN
from prongsai.registers.known import STATE
from prongsai.registers.model import Field, FieldType, Openness, Register, State, Values
from prongsai.registers.tables import OFFICE, Table, columns_of, table
from prongsai.registers.values import to_json
from prongsai.thai.numerals import read_number
from prongsai.thai.text import display_width

FONT = "TH SarabunPSK"
CREATED = datetime(2000, 1, 1)
"""The same table gives the same bytes: no date of making."""

_BOM = "\ufeff"
_CUT = " … (ยาวเกินหนึ่งช่อง ตัดแล้ว)"
_LOOK = {"font_name": FONT, "font_size": 14, "text_wrap": True, "valign": "top"}
_HEAD = {**_LOOK, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF4", "border": 1}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NAME_MAX = 31
_MEASURED_ROWS = 200
_NARROWEST, _WIDEST = 8, 48
_DIGITS_MAX = 15
# What is no word of anybody: it may stand in public data as it is kept.
_PLAIN = frozenset(
    {FieldType.NUMBER, FieldType.MONEY, FieldType.DATE, FieldType.MONTH, FieldType.TIME, FieldType.PERIOD,
     FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO}
)  # fmt: skip


# --- xlsx -----------------------------------------------------------------------------------------------------------
def workbook(tables: Sequence[Table] | Mapping[str, Table], title: str) -> bytes:
    """Give tables as a workbook, a sheet each; the head stands in the first row, so that it can be read in again.

    tables: by the names of their sheets, or called by the title. Memory does not grow with the rows.
    """
    named = tables if isinstance(tables, Mapping) else {f"{title} {n}" if n else title: t for n, t in enumerate(tables)}
    target = BytesIO()
    book = Workbook(target, _OPTIONS)
    book.set_properties({"title": clean(title), "created": CREATED})
    looks = Looks(book)
    for name, one in zip(sheet_names(named), named.values(), strict=True):
        sheet = book.add_worksheet(name)
        _lay_out(sheet, one, title)
        _fill(sheet, one, looks)
    book.close()
    return target.getvalue()


class Looks:
    """Gives the formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[bool, bool, str], Format] = {}

    def get(self, *, is_head: bool = False, is_quoted: bool = False, code: str = "") -> Format:
        """Give a format. is_quoted: marked as quoted text, as a typed apostrophe does; code: of a number or ``@``."""
        key = (is_head, is_quoted, code)
        if key not in self._made:
            extra: dict[str, object] = {"quote_prefix": True} if is_quoted else {}
            extra |= {"num_format": code} if code else {}
            self._made[key] = self._book.add_format({**(_HEAD if is_head else _LOOK), **extra})
        return self._made[key]


def put(sheet: Worksheet, looks: Looks, row: int, column: int, text: str, *, is_head: bool = False) -> None:
    """Write words into a cell, whatever they begin with. row, column: 0-based."""
    words = clean(text)
    if words:
        sheet.write_string(row, column, words, looks.get(is_head=is_head, is_quoted=words.startswith(DANGEROUS)))
    else:
        sheet.write_blank(row, column, None, looks.get(is_head=is_head))


def clean(text: str) -> str:
    """Give words that a workbook holds: without what no file format can hold, cut (and said so) when too long."""
    words = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(words.encode("utf-16-le")) <= 2 * LETTERS_MAX:
        return words
    kept = words.encode("utf-16-le")[: 2 * (LETTERS_MAX - len(_CUT))].decode("utf-16-le", "ignore")
    return kept + _CUT


def sheet_names(names: Iterable[str]) -> list[str]:
    """Give names that sheets may have: short, without signs of references, each once."""
    made: list[str] = []
    for name in names:
        bare = " ".join(_NOT_IN_NAMES.sub(" ", clean(name)).split()).strip("'")[:_NAME_MAX].strip("' ") or "ตาราง"
        found, number = bare, 1
        taken = {one.casefold() for one in made} | {"history"}
        while found.casefold() in taken:
            number += 1
            found = f"{bare[: _NAME_MAX - 4]} {number}"
        made.append(found)
    return made


def _lay_out(sheet: Worksheet, one: Table, title: str) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f'&C&"{FONT},Bold"&16{clean(title)[:100].replace("&", "&&")}&R&P / &N')
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sample = (one.head, *one.rows[:_MEASURED_ROWS])
    for column in range(len(one.head)):
        width = max((_width(row[column]) for row in sample if column < len(row)), default=0)
        sheet.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))
    if one.rows:
        sheet.autofilter(0, 0, len(one.rows), len(one.head) - 1)


def _width(text: str) -> int:
    return max((display_width(line) for line in text[:500].split("\n")), default=0)


def _fill(sheet: Worksheet, one: Table, looks: Looks) -> None:
    for column, head in enumerate(one.head):
        put(sheet, looks, 0, column, head, is_head=True)
    for number, row in enumerate(one.rows, 1):
        for column, text in enumerate(row):
            found = _number(text) if column < len(one.numeric) and one.numeric[column] else None
            if found is None:
                put(sheet, looks, number, column, text)
            else:
                sheet.write_number(number, column, float(found), looks.get(code=_code(text, found)))


def _number(text: str) -> Decimal | None:
    """Give the number that a text states, if a workbook keeps it as it is."""
    found = read_number(text) if len(text) <= 40 else None
    if found is None or "%" in text or len(found.as_tuple().digits) > _DIGITS_MAX:
        return None
    return found


def _code(text: str, number: Decimal) -> str:
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return ("#,##0" if "," in text else "0") + (f".{'0' * places}" if places else "")


# --- csv ------------------------------------------------------------------------------------------------------------
def csv_text(one: Table) -> str:
    """Give a table as separated values: UTF-8 with its mark, as Excel needs it, and line ends of Windows.

    Words that begin as a formula does get an apostrophe in front; numbers stay numbers.
    """
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([harmless(head) for head in one.head])
    writer.writerows([harmless(text) for text in row] for row in one.rows)
    return _BOM + target.getvalue()


def harmless(text: str) -> str:
    """Set an apostrophe before words that a program would take for a formula; a number is none."""
    words = text.replace("\x00", "")
    is_risky = words.startswith(DANGEROUS) or words.lstrip(" \ufeff\u200b\u00a0").startswith(DANGEROUS)
    return f"'{words}" if is_risky and read_number(words[:100]) is None else words


# --- json -----------------------------------------------------------------------------------------------------------
def json_text(
    register: Register,
    rows: Iterable[tuple[Values, State | str]],
    *,
    columns: Sequence[str] = (),
    audience: str = OFFICE,
    labels: Mapping[str, str] | None = None,
) -> str:
    """Give entries as JSON: keys of fields, ISO dates, exact numbers; entries and columns as in ``table``.

    What is pointed at is given by its name, what is masked or secret as it is printed for the audience.
    """
    keys = columns_of(register, columns, audience)
    heads = table(register, (), columns=keys, audience=audience, labels=labels).head
    form = {
        "register": register.id,
        "since_be": register.since_be,
        "columns": [{"key": key, "label": head} for key, head in zip(keys, heads, strict=True)],
        "rows": list(_records(register, rows, keys, audience)),
    }
    return json.dumps(form, ensure_ascii=False, indent=1)


def _records(
    register: Register, rows: Iterable[tuple[Values, State | str]], keys: Sequence[str], audience: str
) -> Iterator[dict[str, object]]:
    fields = {key: field for key in keys if (field := register.field_of(key))}
    for values, state in rows:
        shown = table(register, [(values, state)], columns=keys, audience=audience).rows
        if shown:
            kept = to_json(register, values)
            texts = dict(zip(keys, shown[0], strict=True))
            name = state.key if isinstance(state, State) else state
            yield {k: name if k == STATE else _told(fields[k], kept.get(k), texts[k]) for k in keys}


def _told(field: Field, kept: object, text: str) -> object:
    if field.openness is Openness.SECRET:
        return HIDDEN if text else None
    if field.type in _PLAIN and field.openness is not Openness.MASKED:
        return kept
    return text or None
