"""Corruption risks: assessed before the prevention plan; workshops, loans and stock checks propose events."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.registers.derive import rows_of
from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import Span, fiscal_year, fiscal_year_be
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import editions_of
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import Row, counted_entries, id_of, listed


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Warn when a risk is dated after the prevention plan of its year has begun."""
    day, period = values.get("assessed_on"), values.get("period")
    if not isinstance(day, date) or not isinstance(period, Span):
        return
    plan = plan_day(scope, fiscal_year_be(period.start))
    if plan and day > plan:
        yield Fault("assessed_on", "AFTER_PLAN", _late(plan), _("ประเมินความเสี่ยงให้เสร็จก่อนจัดทำแผน"), is_warning=True)


def proposals(scope: Scope, register: Register, year: int) -> list[Values]:
    """Propose what was chosen in workshops, loans out after their day and things that no check found, each once.

    How likely it is, how much it would harm and what is done about it are for people to say.
    """
    made = _made(scope)
    usual = {"period": _rest(year, scope.today), "assessed_on": scope.today, "bribery": False}
    # What was chosen for the coming year is assessed before it begins.
    found = (*_chosen(scope, year), *_chosen(scope, year + 1), *_loans(scope), *_counts(scope, year))
    return [usual | values for values in found if _mark(values) not in made]


def _rest(year: int, today: date) -> Span:
    """Give what is left of a fiscal year (BE)."""
    span = fiscal_year(year)
    return Span(max(span.start, min(today, span.end)), span.end)


Mark = tuple[str, int | None, str]
_SOURCES = ("workshop", "loan", "stock_check")


def _mark(values: Values) -> Mark:
    """Say what a risk comes from: the register, the entry there, and of a workshop the words of the candidate."""
    key = next((key for key in _SOURCES if values.get(key)), "")
    return key, id_of(values.get(key)), fold(str(values.get("candidate", ""))) if key == "workshop" else ""


def _made(scope: Scope) -> set[Mark]:
    """Give where the risks come from that are there, also those that only some may see: nothing is proposed twice."""
    newest = editions_of("risks")[-1]
    own = [one for one in newest.fields if one.key in (*_SOURCES, "candidate")]
    found = Entry.objects.filter(agency=scope.agency, register="risks", state__in=newest.counted_states)
    return {_mark(from_json(own, values)) for values in found.values_list("values", flat=True)}


def _chosen(scope: Scope, year: int) -> Iterator[dict[str, object]]:
    for workshop, values in workshops_for(scope, year):
        for row in rows_of(values.get("candidates")):
            if row.get("chosen") is True:
                yield {**candidate_values(workshop, row), "period": _rest(year, scope.today)}


def candidate_values(workshop: Entry, row: Values) -> dict[str, object]:
    """Give what a risk takes over from a candidate that was chosen in a workshop."""
    event = str(row.get("event", ""))
    told = {key: row[key] for key in ("area", "process", "unit") if row.get(key)}
    source = {"origin": "workshop", "workshop": Ref(workshop.pk, workshop.title), "candidate": event}
    return {**told, "event": event, **source}


def workshops_for(scope: Scope, year: int) -> Iterator[Row]:
    """Give the workshops that chose the risks of a fiscal year (BE), which may have been held the year before."""
    fields = editions_of("risk-workshops")[-1].fields
    for held_in in (year - 1, year):
        for entry in counted_entries(scope, "risk-workshops", held_in):
            values = from_json(fields, entry.values)
            if values.get("for_year") == year:
                yield entry, values


def _loans(scope: Scope) -> Iterator[dict[str, object]]:
    for loan in _overdue(scope).prefetch_related("links__target__unit"):
        asset = next((link.target for link in loan.links.all() if link.field == "asset"), None)
        number = f"{loan.number}/{loan.fiscal_year_be}"
        thing = asset.title if asset else ""
        event = _("ยืม {thing} (การยืมเลขที่ {number}) แล้วไม่คืนตามกำหนด").format(thing=thing, number=number)
        unit = asset.unit if asset else None
        source = {"origin": "loan", "loan": Ref(loan.pk, loan.title)}
        yield _of_property(_("การยืมทรัพย์สินของทางราชการ"), event, unit) | source


def _counts(scope: Scope, year: int) -> Iterator[dict[str, object]]:
    for found in _not_found(scope, year).select_related("unit"):
        event = _("ตรวจนับไม่พบ {thing} (การตรวจนับเลขที่ {number})")
        event = event.format(thing=found.title, number=f"{found.number}/{found.fiscal_year_be}")
        source = {"origin": "count", "stock_check": Ref(found.pk, found.title)}
        yield _of_property(_("การเก็บรักษาวัสดุและครุภัณฑ์"), event, found.unit) | source


def _of_property(process: str, event: str, unit: Unit | None) -> dict[str, object]:
    owner = {"unit": Ref(unit.pk, unit.name)} if unit else {}
    return {"area": "spending", "process": process, "event": event, "property": True, **owner}


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Tell risks dated after the plan; name overdue loans and missing things as events."""
    plan = plan_day(scope, year)
    found = list(counted_entries(scope, register.id, year).only("title", "values"))
    late = [one.title for one in found if plan and one.values.get("assessed_on", "") > plan.isoformat()]
    if plan and late:
        yield Notice(f"{_late(plan)}: {listed(late)}")
    if loans := overdue_loans(scope):
        yield Notice(_("การยืมเกินกำหนดคืน เสนอให้ประเมินเป็นเหตุการณ์ความเสี่ยง: {names}").format(names=listed(loans)))
    if things := missing_things(scope, year):
        yield Notice(_("ของที่ตรวจนับไม่พบ เสนอให้ประเมินเป็นเหตุการณ์ความเสี่ยง: {names}").format(names=listed(things)))


def plan_day(scope: Scope, year: int) -> date | None:
    """Give the day on which the prevention plan of a year (BE) began: its first row written or its first project."""
    rows = counted_entries(scope, "prevention-plan", year).values_list("dated_on", "written_at")
    return min((min(dated, timezone.localdate(written)) for dated, written in rows), default=None)


def overdue_loans(scope: Scope) -> list[str]:
    """Name loans that are out after their last day."""
    return list(_overdue(scope).values_list("title", flat=True))


def _overdue(scope: Scope) -> QuerySet[Entry]:
    out = Entry.objects.filter(agency=scope.agency, register="loans", state="issued", ends_on__lt=scope.today)
    return out.order_by("ends_on", "pk").defer("found_by")


def missing_things(scope: Scope, year: int) -> list[str]:
    """Name things that the checks of a year (BE) did not find."""
    return list(_not_found(scope, year).values_list("title", flat=True))


def _not_found(scope: Scope, year: int) -> QuerySet[Entry]:
    return counted_entries(scope, "stock-checks", year).filter(values__condition="missing")


def _late(plan: date) -> str:
    return _("ประเมินความเสี่ยงหลังเริ่มแผนปฏิบัติการป้องกันการทุจริต ({day})").format(day=format_date(plan, "abbr"))
