"""Reading the registers of numbers: which series is whose, what was given, what is missing or waits too long."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from prongsai.thai.fiscal import BE_OFFSET
from prongsai.thai.letters import LetterNumber, read_letter_number
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, normalise
from prongsai.web.agencies.models import Agency, Committee, JobOrder, Unit
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.kinds import LETTER_PAPERS
from prongsai.web.letters.models import Letter, LetterState, Number, NumberState, Series, SeriesKind, SeriesYear
from prongsai.web.letters.models.numbers import SECRET
from prongsai.web.letters.queries.letters import WRITABLE

STALE_DAYS = 30
_DEEP = 8


def year_of(day: date) -> int:
    """Give the calendar year (BE) of a day: that in which its number runs."""
    return day.year + BE_OFFSET


# --- series ----------------------------------------------------------------------------------------------------------
def series_of(scope: Scope) -> QuerySet[Series]:
    """Give the series of the agency with what they are printed with."""
    return Series.objects.filter(agency=scope.agency).select_related("agency", "unit")


def kind_for(letter: Letter) -> SeriesKind:
    """Give from which kind of register a letter gets its number."""
    kind = LETTER_PAPERS[letter.paper].series
    if kind is not SeriesKind.OUTGOING:
        return kind
    if letter.secrecy:
        return SeriesKind.SECRET_OUT
    return SeriesKind.CIRCULAR if letter.is_circular else kind


def series_for(letter: Letter) -> Series | None:
    """Give the series that numbers a letter: of its unit, of the nearest one above, else of the agency; or None."""
    return nearest_series(letter.agency, kind_for(letter), letter.unit)


def nearest_series(agency: Agency, kind: SeriesKind, unit: Unit | None) -> Series | None:
    """Give the open series of a kind that is nearest to a unit, upwards to the agency's own."""
    found = Series.objects.filter(agency=agency, kind=kind, is_open=True).select_related("agency", "unit")
    by_unit = {one.unit_id: one for one in found}
    for one in _upwards(unit):
        if one.pk in by_unit:
            return by_unit[one.pk]
    return by_unit.get(None)


def _upwards(unit: Unit | None) -> Iterator[Unit]:
    for _step in range(_DEEP):
        if unit is None:
            return
        yield unit
        unit = unit.parent


def may_take(scope: Scope, series: Series | None) -> bool:
    """Whether somebody may take a number: who keeps letters, and whoever works in the unit whose series it is."""
    if scope.can(Power.KEEP_LETTERS):
        return True
    return series is not None and scope.can(Power.DO_WORK) and series.unit_id in scope.unit_ids


def may_give_number(scope: Scope, letter: Letter) -> bool:
    """Whether somebody may number a letter that has no number: who keeps letters; its drafter, from a unit of theirs.

    The sight of a secret letter is asked for before this.
    """
    if letter.number_id is not None or letter.state not in WRITABLE:
        return False
    if scope.can(Power.KEEP_LETTERS):
        return True
    is_drafter = scope.person is not None and letter.drafter_id == scope.person.pk
    return is_drafter and may_take(scope, series_for(letter))


def is_foreign(series: Series) -> bool:
    """Whether the prefix of a series is not that of its agency: letters of the province and code must be its own."""
    return bool(series.prefix) and not is_own_prefix(series.agency, series.prefix)


def is_own_prefix(agency: Agency, prefix: str) -> bool:
    """Whether a prefix has the agency's letters and code, or a code under it (``ลบ 52701.1``)."""
    own, given = read_prefix(agency.letter_prefix), read_prefix(prefix)
    if own is None or given is None or given.prefix != own.prefix:
        return False
    return given.unit_code == own.unit_code or str(given.unit_code).startswith(f"{own.unit_code}.")


def read_prefix(text: str) -> LetterNumber | None:
    """Read letters and code, as ``ลบ ๕๒๗๐๑.๑``; None when it is nothing of the kind."""
    found = read_letter_number(f"{collapse(text).rstrip('/ ')}/1")
    is_prefix = found is not None and found.prefix is not None and found.number == 1 and not found.circular
    return found if is_prefix else None


def text_of(series: Series, value: int, year_be: int) -> str:
    """Print a number as the papers of its kind bear it, in Arabic digits."""
    if series.kind in (SeriesKind.ORDER, SeriesKind.ANNOUNCEMENT):
        return f"{value}/{year_be}"
    if not series.prefix:
        return str(value)
    return f"{series.prefix}/{'ว ' if series.kind == SeriesKind.CIRCULAR else ''}{value}"


def is_known_order(agency: Agency, text: str) -> bool:
    """Whether a committee or a work assignment names an order of this number."""
    return any(one.objects.filter(agency=agency, order_no=text).exists() for one in (Committee, JobOrder))


# --- numbers ---------------------------------------------------------------------------------------------------------
def last_before(series: Series, year_be: int) -> int:
    """Give the last number of a year that was given before this software kept the register."""
    found = SeriesYear.objects.filter(series=series, year_be=year_be).values_list("last_before", flat=True).first()
    return found or 0


def last_value(series: Series, year_be: int) -> int:
    """Give the last number of a year, whatever became of it; 0 when there is none."""
    highest = Number.objects.filter(series=series, year_be=year_be).aggregate(n=Max("value"))["n"]
    return max(last_before(series, year_be), highest or 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a series stands in a year. last_before: from before this software; missing: what nobody can account for."""

    last_before: int
    last: int
    missing: tuple[int, ...]


def standing(series: Series, year_be: int) -> Standing:
    """Give how far a series has come in a year, and what is missing of it."""
    before = last_before(series, year_be)
    given = set(Number.objects.filter(series=series, year_be=year_be).order_by().values_list("value", flat=True))
    last = max(before, max(given, default=0))
    return Standing(before, last, tuple(value for value in range(before + 1, last + 1) if value not in given))


def unexplained(series: Series, year_be: int) -> tuple[int, ...]:
    """Give the numbers of a year that nobody can account for: neither there nor from before the register was kept."""
    return standing(series, year_be).missing


def numbers_of(scope: Scope) -> QuerySet[Number]:
    """Give the numbers of the agency with the papers that bear them."""
    return Number.objects.filter(series__agency=scope.agency).select_related(
        "series__agency", "series__unit", "taken_by", "letter__unit", "letter__agency", "incoming"
    )


def reserved_for(scope: Scope, kind: SeriesKind, year_be: int | None = None) -> QuerySet[Number]:
    """Give the numbers of a kind that are reserved and wait for a paper, the lowest first."""
    found = numbers_of(scope).filter(series__kind=kind, state=NumberState.RESERVED)
    return (found if year_be is None else found.filter(year_be=year_be)).order_by("year_be", "value")


def stale_before(day: date) -> datetime:
    """Give the moment before which a reservation is an old one."""
    return timezone.make_aware(datetime.combine(day - timedelta(days=STALE_DAYS), datetime.min.time()))


def stale_reservations(scope: Scope) -> QuerySet[Number]:
    """Give the numbers that were reserved more than ``STALE_DAYS`` ago and still wait."""
    return numbers_of(scope).filter(state=NumberState.RESERVED, taken_at__lt=stale_before(scope.today))


def may_cancel(number: Number) -> bool:
    """Whether a number may be cancelled: reserved, or used by a letter that is neither signed nor on its way."""
    if number.state == NumberState.RESERVED:
        return True
    letter = getattr(number, "letter", None)
    if number.state == NumberState.CANCELLED:
        return False
    ended = (LetterState.DRAFT, LetterState.RETURNED, LetterState.REJECTED, LetterState.DROPPED)
    return letter is None or letter.state in ended


# --- the overview ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A series in a year. last, following: the last number and how the next is printed; missing: gaps nobody explains.

    is_foreign: its prefix is not that of the agency.
    """

    series: Series
    last: int
    following: str
    used: int
    reserved: int
    stale: int
    cancelled: int
    missing: int
    is_foreign: bool


def series_lines(scope: Scope, year_be: int) -> list[SeriesLine]:
    """Give every series of the agency as it stands in a year, those in use first."""
    before = dict(
        SeriesYear.objects.filter(series__agency=scope.agency, year_be=year_be).values_list("series", "last_before")
    )
    counted = {one["series"]: one for one in _counted(scope, year_be)}
    found = series_of(scope).order_by("-is_open", F("unit__place").asc(nulls_first=True), "pk")
    lines = [_line(one, year_be, before.get(one.pk, 0), counted.get(one.pk, {})) for one in found]
    order = list(SeriesKind)
    return sorted(lines, key=lambda line: (not line.series.is_open, order.index(SeriesKind(line.series.kind))))


def _counted(scope: Scope, year_be: int) -> Iterable[Mapping[str, Any]]:
    mine = Number.objects.filter(series__agency=scope.agency, year_be=year_be).order_by()
    reserved = Q(state=NumberState.RESERVED)
    return mine.values("series").annotate(
        n=Count("pk"),
        highest=Max("value"),
        used=Count("pk", filter=Q(state=NumberState.USED)),
        reserved=Count("pk", filter=reserved),
        stale=Count("pk", filter=reserved & Q(taken_at__lt=stale_before(scope.today))),
        cancelled=Count("pk", filter=Q(state=NumberState.CANCELLED)),
    )


def _line(series: Series, year_be: int, before: int, counted: Mapping[str, Any]) -> SeriesLine:
    last = max(before, counted.get("highest") or 0)
    # Each value once, none of them at or under the last before: what is missing is a matter of counting.
    missing = last - before - counted.get("n", 0)
    part = {name: counted.get(name, 0) for name in ("used", "reserved", "stale", "cancelled")}
    following = text_of(series, last + 1, year_be)
    return SeriesLine(series, last, following, missing=missing, is_foreign=is_foreign(series), **part)


# --- the register page -----------------------------------------------------------------------------------------------
def years_of(series: Series, today: date) -> list[int]:
    """Give the years (BE) that a series has, the newest first; the present one always."""
    given = Number.objects.filter(series=series).order_by().values_list("year_be", flat=True).distinct()
    started = SeriesYear.objects.filter(series=series).order_by().values_list("year_be", flat=True)
    return sorted({year_of(today), *given.union(started)}, reverse=True)


def register_of(scope: Scope, series: Series, year_be: int, wanted: Mapping[str, Any]) -> QuerySet[Number]:
    """Give the numbers of a year. wanted: cleaned values of ``forms.numbers.RegisterFilter``."""
    found = numbers_of(scope).filter(series=series, year_be=year_be).order_by("-value")
    if state := wanted.get("state"):
        stale = Q(state=NumberState.RESERVED, taken_at__lt=stale_before(scope.today))
        found = found.filter(stale if state == "stale" else Q(state=state))
    if words := to_arabic(collapse(normalise(str(wanted.get("q") or "")))):
        found = found.filter(_said(words))
    return found


def _said(words: str) -> Q:
    """Find words in what everybody may read of a number; what is secret is not searched."""
    by_value = Q(value=int(words)) if words.isdecimal() and len(words) < 10 else Q()
    open_letter, open_incoming = Q(letter__secrecy=""), Q(incoming__secrecy="")
    is_open = Q(letter=None) | open_letter, Q(incoming=None) | open_incoming
    written = Q(text__icontains=words) | by_value | Q(is_open[0], is_open[1], reason__icontains=words)
    of_letter = Q(letter__subject__icontains=words) & open_letter
    of_incoming = (
        Q(incoming__subject__icontains=words)
        | Q(incoming__sender__icontains=words)
        | Q(incoming__letter_no__icontains=words)
    ) & open_incoming
    no_paper = Q(subject__icontains=words, letter=None, incoming=None)
    return written | of_letter | of_incoming | no_paper


def is_secret(number: Number) -> bool:
    """Whether nothing of a number's paper but number and dates may stand in the register."""
    paper = getattr(number, "letter", None) or getattr(number, "incoming", None)
    return number.series.kind in SECRET or bool(paper and paper.secrecy)


def subject_of(number: Number) -> str:
    """Give what a number was taken for, as everybody may read it: nothing of what is secret."""
    if is_secret(number):
        return ""
    paper = getattr(number, "letter", None) or getattr(number, "incoming", None)
    return str(paper.subject if paper else number.subject)


def dated_of(number: Number) -> date | None:
    """Give the day that the paper of a number bears."""
    paper = getattr(number, "letter", None) or getattr(number, "incoming", None)
    return paper.dated if paper else None


def is_back_dated(number: Number) -> bool:
    """Whether a letter bears a day before that on which its number was taken."""
    letter = getattr(number, "letter", None)
    taken = timezone.localtime(number.taken_at).date()
    return bool(letter and letter.dated and letter.dated < taken)
