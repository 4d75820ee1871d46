"""What the registers of meetings share: meetings in order, who came, the agenda, what became of resolutions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref
from prongsai.registers.show_values import label_of
from prongsai.registers.values import from_json
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_arabic, to_thai
from prongsai.thai.text import fold
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.queries.rights import may_change
from prongsai.web.registers.rules._rows import counted_entries, id_of

PLANNED, CALLED, HELD, ADOPTED, SKIPPED = "planned", "called", "held", "adopted", "skipped"
WAS_HELD = (HELD, ADOPTED)
HEADS, STAFF, COMMITTEE = "heads", "staff", "committee"
ASSIGN = "assign"
ATTENDANCE, ITEMS = "meeting-attendance", "meeting-items"
CAME = ("present", "proxy")
EXPECTED = (*CAME, "absent", "invited")  # guests are not


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its values."""

    entry: Entry
    values: Mapping[str, object]

    def text(self, key: str) -> str:
        """Give a text, "" for none."""
        value = self.values.get(key)
        return value.text if isinstance(value, Ref) else "" if value is None else str(value)

    def label(self, key: str) -> str:
        """Give what a choice is called."""
        field = edition_of(self.entry.register, self.entry.since_be).field_of(key)
        return label_of(field, self.text(key)) if field and self.text(key) else ""


def row_of(entry: Entry) -> Row:
    """Read an entry."""
    return Row(entry, from_json(edition_of(entry.register, entry.since_be).fields, entry.values))


# --- meetings -------------------------------------------------------------------------------------------------------
def meetings_of(scope: Scope, years: Iterable[int]) -> list[Row]:
    """Give the meetings of fiscal years (BE) that count, oldest first; a query each."""
    return [row_of(one) for year in years for one in counted_entries(scope, "meetings", year)]


def series_of(meeting: Row) -> tuple[str, str]:
    """Say which meetings follow each other: those of one kind and name."""
    return meeting.text("kind"), fold(meeting.text("name"))


def name_of(meeting: Row) -> str:
    """Name a meeting as its papers do, without its number."""
    name, kind = meeting.text("name"), meeting.text("kind")
    if kind in (HEADS, STAFF):
        return meeting.label("kind")
    return name if kind != COMMITTEE or name.startswith("คณะ") else f"คณะกรรมการ{name}"


def number_of(meeting: Row) -> tuple[int, int]:
    """Give the number of a meeting and its year (BE)."""
    number, _slash, year = to_arabic(meeting.text("number")).partition("/")
    return int(number), int(year)


def before(scope: Scope, meeting: Row) -> list[Row]:
    """Give the meetings of the same series that were held before, of this fiscal year and the last, latest first."""
    year = meeting.entry.fiscal_year_be
    earlier = [
        one
        for one in meetings_of(scope, (year - 1, year))
        if one.entry.state in WAS_HELD
        and series_of(one) == series_of(meeting)
        and one.entry.dated_on < meeting.entry.dated_on
    ]
    return earlier[::-1]


def next_of_each(scope: Scope, states: Sequence[str]) -> list[Row]:
    """Give of each series the first meeting in one of these states, of this fiscal year or those beside it."""
    year = fiscal_year_be(scope.today)
    found: dict[tuple[str, str], Row] = {}
    for one in meetings_of(scope, (year - 1, year, year + 1)):
        if one.entry.state in states:
            found.setdefault(series_of(one), one)
    return list(found.values())


def meeting_of(scope: Scope, values: Mapping[str, object]) -> Row | None:
    """Give the meeting that values point at; None when they point at none."""
    return pointed(scope, values.get("meeting"))


def pointed(scope: Scope, value: object) -> Row | None:
    """Give the entry that a value points at; None when it points at none."""
    pk = id_of(value)
    found = Entry.objects.filter(agency=scope.agency, pk=pk).defer("found_by").first() if pk else None
    return row_of(found) if found else None


def adopted_fault(meeting: Row) -> Fault | None:
    """Refuse to write of a meeting whose minutes stand, or that was not held at all."""
    if meeting.entry.state not in (ADOPTED, SKIPPED):
        return None
    why = _("รับรองรายงานการประชุมแล้ว แก้ไม่ได้") if meeting.entry.state == ADOPTED else _("การประชุมครั้งนี้งดแล้ว")
    return Fault("meeting", "MEETING_OVER", why, _("เลือกการประชุมอื่น"))


def not_yours(scope: Scope, meeting: Row) -> str:
    """Say why somebody may not write who came to a meeting and what it resolved; empty for who keeps the meeting."""
    takes_minutes = scope.person is not None and id_of(meeting.values.get("secretary")) == scope.person.pk
    if takes_minutes or may_change(scope, edition_of("meetings", meeting.entry.since_be), meeting.entry):
        return ""
    return _("ผู้บันทึกการมาประชุมและมติคือผู้จดรายงานการประชุม ผู้ดูแลทะเบียนการประชุม หรือส่วนราชการที่จัดประชุม")


def ref(entry: Entry) -> Ref:
    """Point at an entry."""
    return Ref(entry.pk, entry.title)


# --- what belongs to a meeting --------------------------------------------------------------------------------------
def attendance_of(meeting: Entry) -> list[Row]:
    """Give who came to a meeting, stayed away or was invited, as entered."""
    return _rows(ATTENDANCE, meeting)


def items_of(meeting: Entry) -> list[Row]:
    """Give the items of a meeting in the order of its agenda."""
    return sorted(_rows(ITEMS, meeting), key=lambda one: (one.text("agenda"), place_of(one)))


def _rows(register: str, meeting: Entry) -> list[Row]:
    pointing = Entry.objects.filter(register=register, links__field="meeting", links__target=meeting)
    rows = [row_of(one) for one in pointing.defer("found_by").order_by("number")]
    counted = {one.entry.pk for one in rows if _is_counted(one.entry)}
    return [one for one in rows if one.entry.pk in counted]


def _is_counted(entry: Entry) -> bool:
    return entry.state in edition_of(entry.register, entry.since_be).counted_states


def place_of(item: Row) -> int:
    """Give the place of an item within its part of the agenda."""
    value = item.values.get("place")
    return int(value) if isinstance(value, Decimal) else 0


# --- resolutions ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Task:
    """A resolution that gave work to a unit, with the occurrence of its duty; None while there is none."""

    item: Row
    occurrence: Occurrence | None

    @property
    def done_on(self) -> date | None:
        """The day it was done."""
        return self.occurrence.done_on if self.occurrence else None

    def is_done(self, day: date) -> bool:
        """Whether it was done by a day."""
        return self.done_on is not None and self.done_on <= day

    def is_missed(self, day: date) -> bool:
        """Whether its day had passed on a day, and it was not done."""
        return self.occurrence is not None and not self.is_done(day) and self.occurrence.due_on < day

    def told(self, day: date) -> str:
        """Say in Thai how it stood on a day, as the next meeting is told."""
        unit, one = self.item.text("assigned_unit"), self.occurrence
        if one is None:
            return unit
        if self.is_done(day):
            result = f" {one.result}" if one.result else ""
            return to_thai(f"{unit}ดำเนินการแล้วเสร็จเมื่อวันที่ {format_date(one.done_on or day, 'full')}{result}")
        due = format_date(one.due_on, "full")
        late = "เลยกำหนดวันที่" if self.is_missed(day) else "กำหนดแล้วเสร็จภายในวันที่"
        return to_thai(f"{unit}ยังดำเนินการไม่แล้วเสร็จ {late} {due}")


def duty_key(item: Entry) -> str:
    """Give the key of the duty that a resolution makes."""
    return f"meeting-item-{item.pk}"


def tasks_of(scope: Scope, items: Iterable[Row]) -> list[Task]:
    """Give the resolutions among items that gave work to somebody, with their duties; one query."""
    given = {duty_key(one.entry): one for one in items if one.text("resolution") == ASSIGN}
    if not given:
        return []
    found = Occurrence.objects.filter(duty__agency=scope.agency, duty__key__in=given).select_related("duty")
    by_key = {one.duty.key: one for one in found}
    return [Task(one, by_key.get(key)) for key, one in given.items()]


def arising(scope: Scope, meeting: Row) -> list[Task]:
    """Give what earlier meetings gave to units and is open, or was done since the last one; three queries and more."""
    earlier = before(scope, meeting)
    pks = [one.entry.pk for one in earlier]
    pointing = Entry.objects.filter(register=ITEMS, links__field="meeting", links__target__in=pks, state="resolved")
    tasks = tasks_of(scope, [row_of(one) for one in pointing.defer("found_by").order_by("number")])
    last = earlier[0].entry.dated_on if earlier else date.min
    return [one for one in tasks if one.done_on is None or one.done_on >= last]
