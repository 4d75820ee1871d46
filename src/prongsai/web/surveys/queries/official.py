"""How far the official surveys of a year are, as somebody read it in the commission's system and typed it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from prongsai.errors import FrameworkError
from prongsai.frameworks.model import Framework, Sampling
from prongsai.questionnaires.sampling import pace, required
from prongsai.web.agencies.queries import headcount_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.cycles.queries import cycles_of, framework_of, mark_of
from prongsai.web.surveys.models import OfficialCount
from prongsai.web.surveys.queries.windows import ITA, OF, Window, windows_of_year
from prongsai.web.ui.templatetags.ui import thai_digits

OLD_DAYS = 7  # a reading that is older says little while the survey runs


@dataclass(frozen=True, slots=True)
class Collected:
    """An official survey, or a part of one, of a year.

    readings: the newest first. needed: by the rule of the year, None while nobody knows it. missing: still to come.
    each_day: so many must answer a day until its last; expected: how many should have by the day of the last reading.
    """

    instrument: str
    part: int
    name: str
    readings: tuple[OfficialCount, ...]
    rule: Sampling | None
    mark: str
    window: Window
    needed: int | None
    missing: int | None
    each_day: int | None
    expected: int | None
    is_old: bool

    @property
    def last(self) -> OfficialCount | None:
        """The newest reading."""
        return self.readings[0] if self.readings else None

    @property
    def is_behind(self) -> bool:
        """Whether fewer have answered than should have by now."""
        return bool(self.last and self.missing and self.expected is not None and self.last.reached < self.expected)


def cycles_with_counts(scope: Scope) -> QuerySet[Cycle]:
    """Give the cycles whose official surveys may be noted, the latest year first."""
    return cycles_of(scope).filter(framework_kind=ITA)


def cycle_of_year(scope: Scope, year_be: int | None) -> Cycle | None:
    """Give the agency's cycle of a year (BE), the latest when None is asked for."""
    found = cycles_with_counts(scope)
    return (found.filter(fiscal_year_be=year_be) if year_be else found).first()


def count_of(scope: Scope, pk: int) -> OfficialCount:
    """Give a reading of the agency. Raises Http404."""
    found = OfficialCount.objects.select_related("cycle", "noted_by")
    return get_object_or_404(found, cycle__agency=scope.agency, pk=pk)


def collected_of(scope: Scope, cycle: Cycle) -> tuple[Collected, ...]:
    """Give every official survey of a cycle, those in parts part by part where they are read so. Two queries."""
    readings: dict[tuple[str, int], list[OfficialCount]] = {}
    for one in cycle.official_counts.select_related("noted_by").order_by("-read_on", "-pk"):
        readings.setdefault((one.instrument, one.part), []).append(one)
    framework, windows = _framework(cycle), windows_of_year(scope.agency, cycle.fiscal_year_be)
    return tuple(
        _collected(scope, framework, windows[code], part, readings.get((code, part), []))
        for code in OF
        for part in sorted({0} | {part for found, part in readings if found == code})
        if part or (code, 0) in readings or not any(found == code for found, _part in readings)
    )


def _collected(
    scope: Scope, framework: Framework | None, window: Window, part: int, readings: Sequence[OfficialCount]
) -> Collected:
    code, rules = window.instrument, framework.samplings if framework else ()
    rule = next((one for one in rules if one.instrument == code), None)
    last = readings[0] if readings else None
    needed = required(rule, last.headcount) if rule and last else None
    missing = max(0, needed - last.reached) if needed is not None and last else None
    runs = window.is_known and window.holds(scope.today)
    return Collected(
        instrument=code,
        part=part,
        name=name_of(framework, code, part),
        readings=tuple(readings),
        rule=rule,
        mark=mark_of(rule.basis) if rule else "",
        window=window,
        needed=needed,
        missing=missing,
        each_day=pace(missing, (window.last - scope.today).days + 1) if missing and runs else None,
        expected=_expected(needed, last.read_on, window) if needed and last and window.is_known else None,
        is_old=bool(runs and (last is None or last.read_on < scope.today - timedelta(days=OLD_DAYS))),
    )


def _expected(needed: int, day: date, window: Window) -> int:
    """Give how many should have answered by a day, were it equally many every day."""
    days = (window.last - window.first).days + 1
    passed = min(max((day - window.first).days + 1, 0), days)
    return needed * passed // days


def _framework(cycle: Cycle) -> Framework | None:
    try:
        return framework_of(cycle)
    except FrameworkError:
        return None


def name_of(framework: Framework | None, code: str, part: int) -> str:
    """Name an instrument, or a part of it."""
    if not part:
        return code
    parts = next((one.parts for one in framework.instruments if one.code == code), ()) if framework else ()
    called = next((one.name_th for one in parts if one.number == part), "")
    return _("{code} ส่วนที่ {part} {name}").format(code=code, part=thai_digits(part), name=called).strip()


def choices_of(cycle: Cycle) -> Iterator[tuple[str, str]]:
    """Give what may be read: every survey as a whole, and its parts: ``EIT-1`` and its name."""
    framework = _framework(cycle)
    for code in OF:
        yield f"{code}-0", code
        parts = next((one.parts for one in framework.instruments if one.code == code), ()) if framework else ()
        for one in parts:
            yield f"{code}-{one.number}", name_of(framework, code, one.number)


def headcount_before(scope: Scope, cycle: Cycle, instrument: str, part: int) -> int | None:
    """Give what the headcount of a new reading starts with: the last one's; of IIT else the staff of today."""
    last = cycle.official_counts.filter(instrument=instrument, part=part).order_by("-read_on").first()
    if last:
        return last.headcount
    return headcount_on(scope.agency, scope.today).staff if instrument == "IIT" else None
