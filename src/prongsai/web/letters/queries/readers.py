"""The people of a circular by name: who has acknowledged it and how, who is missing, unit by unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.thai.collation import sort_key
from prongsai.web.agencies.models import Membership, Person
from prongsai.web.letters.models import Circular, Receipt
from prongsai.web.letters.queries.audience import Staff, staff_of
from prongsai.web.letters.queries.circulars import Counts, Stand, stand_of


class Became(StrEnum):
    """What became of a circular with somebody."""

    ACKNOWLEDGED = "acknowledged"
    READ = "read"
    MISSING = "missing"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Reader:
    """A person on the list of a circular. division: the highest unit above their post; unit: the post's own.

    read_on, acknowledged_on: the days. on_paper: acknowledged in ink. email: of who has an account.
    """

    pk: int
    name: str
    position: str
    unit: str
    division: str
    became: Became
    read_on: date | None
    acknowledged_on: date | None
    on_paper: bool
    has_account: bool
    email: str

    @property
    def way(self) -> str:
        """How it was acknowledged, in words; empty when it was not."""
        if self.became != Became.ACKNOWLEDGED:
            return ""
        return _("ลงชื่อในบัญชี") if self.on_paper else _("รับทราบในระบบ")

    @property
    def is_missing(self) -> bool:
        """Whether they are counted and have not acknowledged, opened or not."""
        return self.became in (Became.READ, Became.MISSING)


@dataclass(frozen=True, slots=True)
class Readers:
    """Everybody on the list of a circular on a day, unit by unit; counts agree with it."""

    day: date
    everybody: tuple[Reader, ...]
    counts: Counts

    @property
    def counted(self) -> tuple[Reader, ...]:
        """Those who are counted."""
        return tuple(one for one in self.everybody if one.became != Became.LEFT)

    @property
    def missing(self) -> tuple[Reader, ...]:
        """Those who have not acknowledged."""
        return tuple(one for one in self.everybody if one.is_missing)

    @property
    def left(self) -> tuple[Reader, ...]:
        """Those who were gone before they acknowledged."""
        return tuple(one for one in self.everybody if one.became == Became.LEFT)

    @property
    def without_account(self) -> tuple[Reader, ...]:
        """Those who are missing and cannot acknowledge on the screen: for the list on paper."""
        return tuple(one for one in self.missing if not one.has_account)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """How far a circular has come in one division."""

    name: str
    acknowledged: int
    audience: int

    @property
    def missing(self) -> int:
        """How many have not acknowledged."""
        return self.audience - self.acknowledged

    @property
    def share(self) -> Decimal:
        """How many of a hundred have."""
        return Counts(self.acknowledged, 0, self.audience, 0, 0).share


def readers_of(circular: Circular, day: date | None = None) -> Readers:
    """Give everybody on the list of a circular on a day, today when not given. Six queries, three more for a choice."""
    today = day or timezone.localdate()
    day = min(today, circular.closed_on) if circular.closed_on else today
    staff = staff_of(circular.agency)
    stand = stand_of(circular, day, staff)
    wanted = stand.audience | stand.left
    # All of the agency: a list of thousands of keys is asked in several queries.
    people = {one.pk: one for one in Person.objects.filter(agency=circular.agency) if one.pk in wanted}
    receipts = {one.person_id: one for one in Receipt.objects.filter(circular=circular)}
    accounts = set(Membership.objects.filter(agency=circular.agency, is_open=True).values_list("person_id", flat=True))
    made = [
        (_order(staff, person, day), _reader(staff, person, day, stand, receipts.get(pk), has_account=pk in accounts))
        for pk, person in people.items()
    ]
    return Readers(day, tuple(reader for _key, reader in sorted(made, key=lambda pair: pair[0])), stand.counts)


def by_unit(readers: Iterable[Reader]) -> tuple[UnitLine, ...]:
    """Sum up those who are counted, division by division in the order of the list."""
    lines: dict[str, list[Reader]] = {}
    for one in readers:
        if one.became != Became.LEFT:
            lines.setdefault(one.division, []).append(one)
    return tuple(
        UnitLine(name, sum(one.became == Became.ACKNOWLEDGED for one in some), len(some))
        for name, some in lines.items()
    )


def _reader(
    staff: Staff, person: Person, day: date, stand: Stand, receipt: Receipt | None, *, has_account: bool
) -> Reader:
    held = staff.post_of(person.pk, day)
    way = staff.way_up(held.unit_id) if held else ()
    became = _became(stand, person.pk)
    is_done = receipt is not None and became == Became.ACKNOWLEDGED
    return Reader(
        pk=person.pk,
        name=str(person),
        position=held.title if held else "",
        unit=staff.unit_names[way[0]] if way else "",
        division=staff.unit_names[way[-1]] if way else _("ไม่สังกัดส่วนราชการ") if held else _("ยังไม่มีตำแหน่งในทะเบียน"),
        became=became,
        read_on=timezone.localdate(receipt.read_at) if receipt and receipt.read_at else None,
        acknowledged_on=receipt.acknowledged_on if receipt and is_done else None,
        on_paper=bool(receipt and is_done and receipt.sheet_id),
        has_account=has_account,
        email=person.email if has_account else "",
    )


def _became(stand: Stand, person: int) -> Became:
    if person in stand.left:
        return Became.LEFT
    if person in stand.acknowledged:
        return Became.ACKNOWLEDGED
    return Became.READ if person in stand.read else Became.MISSING


def _order(staff: Staff, person: Person, day: date) -> tuple[object, ...]:
    own = staff.post_of(person.pk, day)
    return (*staff.order_of(own), sort_key(person.given_name), sort_key(person.family_name), person.pk)
