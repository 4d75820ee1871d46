"""Reading the cells of one row: texts, days, choices, with what is wrong with each."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from prongsai.thai.dates import format_date, read_date
from prongsai.thai.fiscal import BE_OFFSET
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Employment, Side, Unit, UnitKind
from prongsai.web.agencies.queries.tables.columns import COLUMNS, Kind
from prongsai.web.agencies.queries.tables.fates import Fault, RowPlan
from prongsai.web.agencies.queries.units import kind_of

_EMPTY = frozenset({"-", "–", "—", "ไม่มี", "ว่าง", "ไม่ระบุ"})
_YES = frozenset({"ใช่", "เป็น", "y", "yes", "true", "1", "๑", "x", "/", "✓", "✔"})
_NO = frozenset({"ไม่", "ไม่ใช่", "ไม่เป็น", "n", "no", "false", "0", "๐"})
_BE_YEARS = 2400  # a year that no day of our era has: a workbook was given the Buddhist year as if it were ours

_EMPLOYMENT: Mapping[str, tuple[str, ...]] = {
    Employment.ELECTED: ("การเมือง", "ผู้บริหาร", "สมาชิกสภา", "ข้าราชการการเมือง"),
    Employment.OFFICER: ("พนักงานเทศบาลสามัญ", "ข้าราชการ", "พนักงานส่วนตำบล", "ข้าราชการองค์การบริหารส่วนจังหวัด"),
    Employment.TEACHER: ("ครู", "พนักงานครู", "ครูเทศบาล"),
    Employment.PERMANENT: (),
    Employment.MISSION: ("จ้างตามภารกิจ", "ตามภารกิจ", "ภารกิจ"),
    Employment.GENERAL: ("จ้างทั่วไป", "ทั่วไป"),
    Employment.OUTSIDE: ("ภายนอก", "คนนอก", "บุคคลภายนอกสำนักงาน"),
}
_SIDE: Mapping[str, tuple[str, ...]] = {Side.POLITICAL: ("การเมือง",), Side.PERMANENT: ("ประจำ",)}
_KIND: Mapping[str, tuple[str, ...]] = {
    UnitKind.OFFICE: ("สำนักงาน",),
    UnitKind.DIVISION: ("ส่วน",),
    UnitKind.SUBDIVISION: (),
    UnitKind.SECTION: (),
    UnitKind.SPECIAL: ("หน่วยงาน", "ศูนย์", "สถาน"),
}


class Cells:
    """The cells of a row by column. What cannot be read becomes a fault of the row and counts as empty."""

    def __init__(self, kind: Kind, places: Mapping[str, int], row: RowPlan) -> None:
        self._heads = {column.key: column.head for column in COLUMNS[kind]}
        self._places = places
        self.row = row

    def text(self, key: str, limit: int = 200) -> str:
        """Give a text; empty also for a dash."""
        place = self._places.get(key)
        text = self.row.cells[place] if place is not None and place < len(self.row.cells) else ""
        if fold(text) in _EMPTY:
            return ""
        if len(text) > limit:
            self.fault(key, _("ยาวเกิน %(limit)s ตัวอักษร") % {"limit": limit}, _("ตัดให้สั้นลง"))
            return ""
        return text

    def fault(self, key: str, text: str, mend: str, nearest: Sequence[str] = ()) -> None:
        """Note what is wrong with a cell."""
        self.row.faults.append(Fault(self._heads[key], text, mend, tuple(nearest)))

    def needed(self, key: str, limit: int = 200) -> str:
        """Give a text that must be there."""
        before = len(self.row.faults)
        text = self.text(key, limit)
        if not text and len(self.row.faults) == before:
            self.fault(key, _("ว่าง"), _("เติมข้อมูลในช่องนี้ หรือลบแถวนี้"))
        return text

    def day(self, key: str) -> date | None:
        """Give a day, of either era, in either sort of digits."""
        text = self.text(key)
        if not text:
            return None
        found = read_date(text)
        value = found.value if found else None
        if value is None or (found and found.problem):
            why = found.problem.message_th if found and found.problem else _("“%(text)s” ไม่ใช่วันที่") % {"text": text}
            self.fault(key, why, _("เขียนแบบ 30/3/2569"))
            return None
        return value.replace(year=value.year - BE_OFFSET) if value.year >= _BE_YEARS else value

    def period(self, start: str, end: str) -> tuple[date | None, date | None]:
        """Give two days, the second not before the first."""
        first, last = self.day(start), self.day(end)
        if first and last and last < first:
            self.fault(end, _("อยู่ก่อน%(start)s") % {"start": self._heads[start]}, _("ตรวจวันที่ทั้งสองช่อง"))
            return first, None
        return first, last

    def yes(self, key: str) -> bool | None:
        """Give yes or no; None when it does not say."""
        text = fold(self.text(key))
        if not text or text in _NO:
            return False if text else None
        if text not in _YES:
            self.fault(key, _("อ่านไม่ออกว่าใช่หรือไม่"), _("เขียนว่า ใช่ หรือเว้นว่าง"))
        return text in _YES

    def employment(self) -> str:
        """Give on which terms somebody serves."""
        return self._choice("employment", _EMPLOYMENT, Employment)

    def side(self) -> str:
        """Give the side of a post."""
        return self._choice("side", _SIDE, Side)

    def unit_kind(self, name: str) -> str:
        """Give the level of a unit, told from its name when the cell is empty."""
        return self._choice("kind", _KIND, UnitKind) or kind_of(name)

    def _choice(self, key: str, more: Mapping[str, Sequence[str]], choices: type) -> str:
        text = self.text(key)
        if not text:
            return ""
        known = {fold(word): str(value) for value, words in more.items() for word in words}
        known |= {fold(str(label)): str(value) for value, label in choices.choices}  # type: ignore[attr-defined]
        if fold(text) in known:
            return known[fold(text)]
        labels = [str(label) for _value, label in choices.choices]  # type: ignore[attr-defined]
        self.fault(key, _("ไม่รู้จัก “%(text)s”") % {"text": text}, _("ใช้คำใดคำหนึ่ง: ") + ", ".join(labels))
        return ""


def shown(value: object) -> str:
    """Print a value of a field as the page of fates does."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    if isinstance(value, date):
        return format_date(value)
    return value.name if isinstance(value, Unit) else str(value)
