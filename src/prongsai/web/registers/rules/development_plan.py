"""The development plan: one code for a project in plan, budget and report; what is done outside it is told."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.derive import rows_of
from prongsai.registers.model import Fault, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryProgress
from prongsai.web.registers.queries.library import as_read, edition_of
from prongsai.web.registers.queries.showing import state_label
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._projects import CODE_FIELDS, LINES, OPERATION, PLAN, SPENDING, code_key
from prongsai.web.registers.rules._rows import Row, counted, counted_entries, listed

NOTHING = Decimal(0)


# --- what may be written --------------------------------------------------------------------------------------------
def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a year that is budgeted twice; warn of a code that means another project in another year."""
    years = [row.get("year_be") for row in rows_of(values.get("budgets"))]
    twice = sorted({int(year) for year in years if isinstance(year, Decimal) and years.count(year) > 1})
    if twice:
        told = to_thai(_("งบประมาณปี {years} มีมากกว่าหนึ่งแถว").format(years=", ".join(map(str, twice))))
        yield Fault("budgets", "YEAR_TWICE", told, _("รวมเป็นปีละแถวเดียว"))
    yield from _another(scope, values, entry)


def _another(scope: Scope, values: Values, entry: Entry | None) -> Iterator[Fault]:
    key, name = code_key(values.get("code")), values.get("project")
    others = Entry.objects.filter(agency=scope.agency, register=PLAN, values__code=values.get("code"))
    for one in others.exclude(pk__in=[entry.pk] if entry else []).exclude(state="withdrawn").defer("found_by"):
        if key and one.values.get("project") != name:
            told = _("รหัสนี้ในปี {year} คือ “{project}”").format(
                year=one.fiscal_year_be, project=one.values.get("project", "")
            )
            yield Fault("code", "ANOTHER_PROJECT", told, _("โครงการเดียวกันใช้รหัสและชื่อเดียวกันทุกปี"), is_warning=True)
            return


# --- what is done outside the plan ----------------------------------------------------------------------------------
def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Hold the follow-up while something is done or budgeted outside the plan; name what is planned and not done."""
    plan = {code_key(values.get("code")): (entry, values) for entry, values in counted(scope, register, year)}
    if not plan:
        return []
    told = _("{where}มีโครงการที่ไม่อยู่ในแผนพัฒนา: {names}")
    found = [
        Notice(told.format(where=edition_of(name, 0).name_th, names=listed(names)), is_blocking=True)
        for name, names in strangers(scope, plan.keys(), year).items()
        if names
    ]
    done = {code_key(values.get("code")) for _entry, values in _rows_of(scope, OPERATION, year)}
    left = [entry.title for key, (entry, values) in plan.items() if key not in done and _budget(values, year)]
    if left:
        found.append(Notice(_("ตั้งงบประมาณไว้ในแผนพัฒนาของปีนี้ แต่ไม่อยู่ในแผนดำเนินงาน: {names}").format(names=listed(left))))
    return found


def strangers(scope: Scope, known: Collection[str], year: int) -> dict[str, list[str]]:
    """Name by register what belongs to a fiscal year (BE) and to no project with one of the codes."""
    found = {}
    for name, field in CODE_FIELDS.items():
        rows = [(entry, code_key(values.get(field))) for entry, values in _rows_of(scope, name, year)]
        # A project of the operation plan without a code is in no plan; elsewhere routine work has none.
        found[name] = [entry.title for entry, key in rows if (key or name == OPERATION) and key not in known]
    return found


def _rows_of(scope: Scope, name: str, year: int) -> Iterator[Row]:
    """Give the counted entries of a register that belong to a fiscal year (BE); lines by their by-law."""
    found: QuerySet[Entry] = counted_entries(scope, name, 0 if name == LINES else year)
    if name == LINES:
        found = found.filter(links__field="bylaw", links__target__fiscal_year_be=year)
    for entry in found:
        yield entry, from_json(edition_of(name, entry.since_be).fields, entry.values)


def _budget(values: Values, year: int) -> Decimal:
    amounts = [row.get("amount_thb") for row in rows_of(values.get("budgets")) if row.get("year_be") == year]
    return sum((one for one in amounts if isinstance(one, Decimal)), NOTHING)


# --- plan, budget and report side by side ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Joined:
    """An entry of another register with the project's code. year: fiscal (BE); spent: None where none is reported."""

    entry: Entry
    register: Register
    year: int
    amount: Decimal
    spent: Decimal | None


def joined(scope: Scope, code: object) -> list[Joined]:
    """Give what has a project's code in budget, operation plan and reports, by year."""
    key, names = code_key(code), tuple(CODE_FIELDS)
    rows = Entry.objects.filter(agency=scope.agency, register__in=names).defer("found_by")
    found: list[Joined] = []
    for entry in rows.prefetch_related("links__target") if key else ():
        if code_key(entry.values.get(CODE_FIELDS[entry.register])) == key:
            found += _joined(entry)
    return sorted(found, key=lambda one: (one.year, names.index(one.entry.register), one.entry.pk))


def _joined(entry: Entry) -> Iterator[Joined]:
    register = edition_of(entry.register, entry.since_be)
    if entry.state in register.counted_states:
        values = from_json(register.fields, entry.values)
        amount = values.get("amount_thb" if entry.register == LINES else "budget_thb")
        yield Joined(entry, register, _year(entry), amount if isinstance(amount, Decimal) else NOTHING, _spent(entry))


def _year(entry: Entry) -> int:
    return (
        next((link.target.fiscal_year_be for link in entry.links.all()), 0)
        if entry.register == LINES
        else entry.fiscal_year_be
    )


def _spent(entry: Entry) -> Decimal | None:
    """Give what reports say was spent: quarters add up, half-years each say how far it has come."""
    said = [
        Decimal(str(values["spent_thb"]))
        for values in EntryProgress.objects.filter(entry=entry).values_list("values", flat=True)
        if values.get("spent_thb") is not None
    ]
    if not said:
        return None
    return sum(said, NOTHING) if entry.register == SPENDING else said[-1]


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show on a project's page what has its code in budget, operation plan and reports."""
    if entry is None:
        return SafeString("")
    found = joined(scope, entry.values.get("code"))
    if not found:
        return format_html('<p class="soft">{}</p>', _("ยังไม่มีงบประมาณหรือแผนดำเนินงานที่ใช้รหัสนี้"))
    return _table(scope, found)


def _table(scope: Scope, found: Sequence[Joined]) -> SafeString:
    heads = (_("ปี"), _("รายการ"), _("งบประมาณ"), _("เบิกจ่าย"), _("สถานะ"))
    rows = format_html_join("", "<tr>{}</tr>", ((_cells(scope, one, heads),) for one in found))
    return format_html(
        '<h2>{}</h2><div class="table"><table class="cards"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        _("รหัสเดียวกันในงบประมาณและรายงาน"),
        format_html_join("", '<th scope="col">{}</th>', ((head,) for head in heads)),
        rows,
    )


def _cells(scope: Scope, one: Joined, heads: Sequence[str]) -> SafeString:
    address = reverse("registers:entry", args=[scope.agency.code, one.entry.register, one.entry.pk])
    name = as_read(one.register.name_th, one.register.name_en)
    told = (
        to_thai(str(one.year)),
        format_html('<a href="{}">{}</a><br><span class="small soft">{}</span>', address, one.entry.title, name),
        to_thai(f"{one.amount:,.2f}"),
        "" if one.spent is None else to_thai(f"{one.spent:,.2f}"),
        state_label(one.register, one.entry.state),
    )
    kinds = ("", "", "number", "number", "nowrap")
    cells = zip(kinds, heads, told, strict=True)
    return format_html_join("", '<td class="{}" data-head="{}">{}</td>', cells)
