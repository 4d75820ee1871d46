"""Reading circulars: who sees which, whom each binds, how many have acknowledged it; every figure from receipts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from prongsai.web.agencies.models import Person
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.letters.models import Attachment, Circular, Letter, LetterState, PaperSheet, Receipt, Standing
from prongsai.web.letters.queries.audience import Bound, Staff, bound, staff_of

_CHOSEN = ("units", "posts", "people")
_SIGNED = (LetterState.SIGNED, LetterState.REPLACED)


# --- figures --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Counts:
    """How far a circular has come. audience: whom it binds on the day, and who acknowledged it and left since.

    read: who opened it on the screen or acknowledged it. left: who was bound but was gone before acknowledging; they
    are in no other figure.
    """

    acknowledged: int
    read: int
    audience: int
    missing: int
    left: int

    @property
    def share(self) -> Decimal:
        """How many of a hundred have acknowledged, to two places; 0 without anybody."""
        share = Decimal(100 * self.acknowledged) / max(self.audience, 1)
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Told:
    """What the receipts of a circular say by a day, as primary keys of people."""

    read: frozenset[int]
    acknowledged: frozenset[int]
    counted: frozenset[int]
    left: frozenset[int]


@dataclass(frozen=True, slots=True)
class Stand:
    """Who is counted of a circular on a day, and what became of each; primary keys of people."""

    audience: frozenset[int]
    read: frozenset[int]
    acknowledged: frozenset[int]
    left: frozenset[int]

    @property
    def missing(self) -> frozenset[int]:
        """Who is counted and has not acknowledged."""
        return self.audience - self.acknowledged

    @property
    def counts(self) -> Counts:
        """The figures."""
        read = (self.read | self.acknowledged) & self.audience
        return Counts(len(self.acknowledged), len(read), len(self.audience), len(self.missing), len(self.left))


def counts(circular: Circular, day: date | None = None) -> Counts:
    """Count a circular on a day, today when not given; a closed one as it was closed."""
    return stand_of(circular, day).counts


def audience(circular: Circular, day: date | None = None) -> QuerySet[Person]:
    """Give who is counted on a day: whom it binds, and who acknowledged it and left since."""
    return Person.objects.filter(pk__in=stand_of(circular, day).audience)


def stand_of(circular: Circular, day: date | None = None, staff: Staff | None = None) -> Stand:
    """Give who is counted on a day, by name. staff: the register, where it is fetched already."""
    day = day or timezone.localdate()
    return _stand(circular, staff or staff_of(circular.agency), _told([circular], {circular.pk: day})[circular.pk], day)


def counts_of(circulars: Sequence[Circular], day: date) -> dict[int, Counts]:
    """Count several circulars of one agency on a day, by their primary keys; as many queries for many as for one."""
    if not circulars:
        return {}
    staff, told = staff_of(circulars[0].agency), _told(circulars, {one.pk: day for one in circulars})
    return {one.pk: _stand(one, staff, told[one.pk], day).counts for one in circulars}


def _stand(circular: Circular, staff: Staff, told: Told, day: date) -> Stand:
    if circular.closed_on and circular.closed_on <= day:
        return Stand(told.counted, told.read, told.acknowledged, told.left)
    binds: Bound = bound(circular, staff, day)
    acknowledged = told.acknowledged
    return Stand(binds.now | acknowledged, told.read, acknowledged, binds.left - acknowledged)


def _told(circulars: Iterable[Circular], days: Mapping[int, date]) -> dict[int, Told]:
    rows: dict[int, list[tuple]] = defaultdict(list)
    found = Receipt.objects.filter(circular__in=days).values_list(
        "circular_id", "person_id", "read_at", "acknowledged_on", "standing"
    )
    for circular, *row in found:
        rows[circular].append(tuple(row))
    return {one.pk: _told_by(rows[one.pk], days[one.pk]) for one in circulars}


def _told_by(rows: Iterable[tuple], day: date) -> Told:
    read, acknowledged = set(), set()
    stood: dict[str, set[int]] = {Standing.COUNTED: set(), Standing.LEFT: set()}
    for person, read_at, acknowledged_on, standing in rows:
        if read_at and timezone.localdate(read_at) <= day:
            read.add(person)
        if acknowledged_on and acknowledged_on <= day:
            acknowledged.add(person)
        if standing:
            stood[standing].add(person)
    counted, left = frozenset(stood[Standing.COUNTED]), frozenset(stood[Standing.LEFT])
    return Told(frozenset(read), frozenset(acknowledged), counted, left)


# --- one's own ------------------------------------------------------------------------------------------------------
def mine(scope: Scope) -> tuple[Circular, ...]:
    """Give the circulars that wait for who asks, what is due first: sent, open, binding, not acknowledged.

    Whoever joins finds all that binds them on their first visit.
    """
    if scope.person is None:
        return ()
    done = Receipt.objects.filter(person=scope.person, acknowledged_on__isnull=False).values("circular")
    waiting = _open(scope).exclude(pk__in=done).select_related("unit", "agency").prefetch_related(*_CHOSEN)
    if not (found := list(waiting)):
        return ()
    staff = staff_of(scope.agency, scope.person)
    binding = [one for one in found if scope.person.pk in bound(one, staff, scope.today).now]
    return tuple(sorted(binding, key=lambda one: (one.due_on or date.max, one.sent_on, one.pk)))


def mine_done(scope: Scope) -> QuerySet[Receipt]:
    """Give what who asks has acknowledged, the newest first."""
    own = Receipt.objects.filter(person=scope.person, circular__agency=scope.agency, acknowledged_on__isnull=False)
    return own.select_related("circular__agency", "sheet").order_by("-acknowledged_on", "-pk")


def may_acknowledge(scope: Scope, circular: Circular) -> bool:
    """Whether a circular binds who asks today and takes acknowledgements."""
    if scope.person is None or circular.sent_on is None or circular.closed_on:
        return False
    return scope.person.pk in bound(circular, staff_of(scope.agency, scope.person), scope.today).now


def _open(scope: Scope) -> QuerySet[Circular]:
    return Circular.objects.filter(agency=scope.agency, sent_on__isnull=False, closed_on__isnull=True)


# --- the office's ---------------------------------------------------------------------------------------------------
def circulars_of(scope: Scope) -> QuerySet[Circular]:
    """Give the circulars that somebody may see: who keeps letters all, who sees work what is sent, others theirs."""
    found = Circular.objects.filter(agency=scope.agency).select_related("agency", "unit", "letter")
    if scope.can(Power.KEEP_LETTERS):
        return found
    if scope.can(Power.SEE_WORK):
        return found.filter(sent_on__isnull=False)
    own = Q(pk__in=[one.pk for one in mine(scope)]) | Q(receipts__person=scope.person)
    return found.filter(own, sent_on__isnull=False).distinct()


def listed(scope: Scope, words: str = "", only: str = "") -> QuerySet[Circular]:
    """Give the list of the office. only: ``open``, ``closed`` or ``draft``."""
    found = circulars_of(scope).prefetch_related(*_CHOSEN)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(number_text__icontains=word))
    states = {
        "open": Q(sent_on__isnull=False, closed_on__isnull=True),
        "closed": Q(closed_on__isnull=False),
        "draft": Q(sent_on__isnull=True),
    }
    # What is not sent has no day, which databases put at different ends.
    newest = F("sent_on").desc(nulls_first=True)
    return found.filter(states.get(only, Q())).order_by(newest, "-pk")


def signed_letters(scope: Scope) -> QuerySet[Letter]:
    """Give the letters that may be sent round: signed ones that are not secret."""
    return Letter.objects.filter(agency=scope.agency, state__in=_SIGNED, secrecy="").select_related("number", "unit")


def sheets_of(circular: Circular) -> QuerySet[PaperSheet]:
    """Give the lists that were signed in ink, each with how many names were ticked as ``n_people``."""
    found = PaperSheet.objects.filter(circular=circular).select_related("file", "entered_by")
    return found.annotate(n_people=Count("people"))


# --- what there is to read ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file or an address of a circular, with what it is called."""

    title: str
    file: File | None = None
    address: str = ""


def enclosed(circular: Circular) -> tuple[Enclosed, ...]:
    """Give what a circular has to read: the signed letter, what is attached to it, and the evidence. Each file once."""
    letter = circular.letter
    found = [*(_of_letter(letter) if letter else ()), *_of_evidence(circular)]
    return tuple({(one.file.pk if one.file else one.address): one for one in reversed(found)}.values())[::-1]


def _of_letter(letter: Letter) -> Iterable[Enclosed]:
    papers = [one for one in (letter.scan, letter.pdf) if one is not None][:1]
    yield from (Enclosed(letter.subject, paper) for paper in papers)
    attached: QuerySet[Attachment] = letter.attachments.select_related("file")
    yield from (Enclosed(one.title, one.file) for one in attached)


def _of_evidence(circular: Circular) -> Iterable[Enclosed]:
    kept: QuerySet[Evidence] = circular.evidence.select_related("file").order_by("pk")
    yield from (Enclosed(one.title, one.file, one.address) for one in kept)
