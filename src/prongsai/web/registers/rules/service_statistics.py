"""Service statistics: what was asked for online in this system is counted from its requests, and never twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.fiscal import BE_OFFSET, fiscal_year
from prongsai.thai.months import MONTHS_SHORT
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryLink
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.queries.linked import looked_up
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted, id_of

_REQUESTS = "service-requests"
_ONLINE = "online"
Key = tuple[int, date]  # the service's manual and the month


@dataclass
class Online:
    """What the requests of a service in a month amount to. days: of those that are done."""

    manual: Entry
    requests: int = 0
    completed: int = 0
    days: list[Decimal] = field(default_factory=list)

    @property
    def average(self) -> Decimal | None:
        """Days on average, one decimal; None when nothing is done."""
        if not self.days:
            return None
        return (sum(self.days, Decimal(0)) / len(self.days)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def online_counts(scope: Scope, start: date, end: date, manual: int | None = None) -> Mapping[Key, Online]:
    """Count the requests that came in from a day to a day, by their service's manual and month. Two queries."""
    manuals = EntryLink.objects.filter(entry__agency=scope.agency, entry__register="online-services", field="manual")
    if manual is not None:
        manuals = manuals.filter(target=manual)
    of = {link.entry_id: link.target for link in manuals.select_related("target__unit")}
    asked = EntryLink.objects.filter(
        entry__agency=scope.agency, entry__register=_REQUESTS, field="service", target__in=list(of)
    ).filter(entry__dated_on__gte=start, entry__dated_on__lte=end)
    found: dict[Key, Online] = {}
    for link in asked.select_related("entry"):
        _count(found, of[link.target_id], link.entry)
    return found


def _count(found: dict[Key, Online], manual: Entry, entry: Entry) -> None:
    register = edition_of(entry.register, entry.since_be)
    if entry.state not in register.counted_states:
        return
    online = found.setdefault((manual.pk, entry.dated_on.replace(day=1)), Online(manual))
    online.requests += 1
    if entry.state == "done":
        online.completed += 1
        days = from_json(register.fields, entry.values).get("days")
        online.days += [days] if isinstance(days, Decimal) else []


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse an online row that says another number than the requests of that service and month."""
    service, month, said = values.get("service"), values.get("month"), values.get("requests")
    if values.get("channel") != _ONLINE or not isinstance(month, date) or not isinstance(service, Ref):
        return
    counts = online_counts(scope, month, _last_day(month), service.id)
    known = counts.get((service.id or 0, month))
    if known and said != known.requests:
        told = _("ทะเบียนคำขอออนไลน์มี {n} รายการในเดือนนี้ แต่กรอก {said}").format(n=known.requests, said=said)
        yield Fault("requests", "COUNTED_ALREADY", told, _("ใช้จำนวนจากทะเบียนคำขอ เพื่อไม่ให้นับซ้ำ"))


def _last_day(month: date) -> date:
    following = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return date.fromordinal(following.toordinal() - 1)


def proposals(scope: Scope, register: Register, year: int) -> list[Values]:
    """Give the values of online rows that the requests of a fiscal year (BE) make and that nobody has entered yet."""
    span = fiscal_year(year)
    there = {
        (id_of(values.get("service")), values.get("month"))
        for _entry, values in counted(scope, register, year)
        if values.get("channel") == _ONLINE
    }
    # A month is proposed when it is over.
    end = min(span.end, date.fromordinal(scope.today.replace(day=1).toordinal() - 1))
    counts = online_counts(scope, span.start, end) if end >= span.start else {}
    return [_row(online, month) for (manual, month), online in sorted(counts.items()) if (manual, month) not in there]


def _row(online: Online, month: date) -> Values:
    unit = online.manual.unit
    return {
        "service": Ref(online.manual.pk, online.manual.title),
        "unit": Ref(unit.pk, unit.name) if unit else None,
        "month": month,
        "channel": _ONLINE,
        "requests": Decimal(online.requests),
        "completed": Decimal(online.completed),
        "avg_days": online.average,
    }


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name online rows that the requests make and are not there, and services slower than their manual says."""
    told = _("{service} {month} มีคำขอออนไลน์ในระบบ {n} รายการ ยังไม่อยู่ในสถิติ")
    found = []
    for row in proposals(scope, register, year):
        service, month = row["service"], row["month"]
        assert isinstance(service, Ref)
        assert isinstance(month, date)
        text = told.format(
            service=service.text, month=f"{MONTHS_SHORT[month.month - 1]} {month.year + BE_OFFSET}", n=row["requests"]
        )
        found.append(Notice(to_thai(text), is_blocking=True))
    return [*found, *_slow(scope, register, year)]


def _slow(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    late: Counter[str] = Counter()
    most: dict[str, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    rows = {entry.pk: values for entry, values in counted(scope, register, year)}
    for pk, looked in looked_up(register, rows).items():
        average, standard, service = rows[pk].get("avg_days"), looked.get("standard_days"), rows[pk].get("service")
        if (
            isinstance(average, Decimal)
            and isinstance(standard, Decimal)
            and isinstance(service, Ref)
            and average > standard
        ):
            late[service.text] += 1
            most[service.text] = max(most[service.text], (average, standard))
    for service, months in late.items():
        average, standard = most[service]
        told = _("{service} ใช้เวลาเฉลี่ยเกินมาตรฐานในคู่มือ {n} เดือน สูงสุด {average} วัน มาตรฐาน {standard} วัน")
        text = told.format(
            service=service, n=months, average=f"{average.normalize():f}", standard=f"{standard.normalize():f}"
        )
        yield Notice(to_thai(text))
