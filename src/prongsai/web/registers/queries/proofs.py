"""What the registers prove: elements of items, worked out on reading from closed periods and entries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.enums import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.registers.model import Feed, Register
from prongsai.registers.rules import holds
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.evidence.models import Evidence
from prongsai.web.registers.models import Entry, PeriodClose
from prongsai.web.registers.queries.library import Kept, all_kept
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.queries.parts import open_only
from prongsai.web.registers.queries.periods import checked, duty_key, named_values
from prongsai.web.registers.rules import hooks_of

ALL = ""  # every element of the item
_LOOKED_AT = 5_000


class Strength(TextChoices):
    """How far a register proves an element, the strongest first."""

    READY = "ready", gettext_lazy("ครบ")
    PARTIAL = "partial", gettext_lazy("ยังไม่ครบ")
    NONE = "none", gettext_lazy("ยังไม่มี")


_TONE = {Strength.READY: "done", Strength.PARTIAL: "changed", Strength.NONE: "waiting"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What a register says of an element. year: the fiscal year (BE) of its content; text: why, in Thai."""

    register: str
    name: str
    year: int
    strength: Strength
    text: str
    evidence: tuple[Evidence, ...]

    @property
    def is_ready(self) -> bool:
        """Whether the element is there."""
        return self.strength is Strength.READY

    @property
    def tone(self) -> str:
        """The word by which badges are coloured."""
        return _TONE[self.strength]


Place = tuple[str, str, int]  # item key, element key ("" for all), content year
Proofs = Mapping[Place, Sequence[Proof]]


def proofs_of(scope: Scope, years: Iterable[int]) -> Proofs:
    """Give what every open register proves for content of the given fiscal years (BE), by item, element and year.

    Four queries, and one more for each register whose entries must be looked at together.
    """
    found: dict[Place, list[Proof]] = defaultdict(list)
    wanted = sorted(set(years))
    fed = [kept for kept in all_kept(scope) if kept.is_open and kept.register.feeds]
    shifts = {feed.year for kept in fed for feed in kept.register.feeds}
    facts = _Facts(scope, fed, sorted({year + shift for year in wanted for shift in shifts}))
    for kept in fed:
        for year in wanted:
            for feed in kept.register.feeds:
                proof = facts.proof(kept, feed, year + feed.year)
                for element in feed.elements or (ALL,):
                    found[feed.item, element, year].append(proof)
    return found


def proven(proofs: Proofs, item: str, element: str, year: int) -> tuple[Proof, ...]:
    """Give what the registers say of one element, the strongest first."""
    found = (*proofs.get((item, element, year), ()), *proofs.get((item, ALL, year), ()))
    return tuple(sorted(found, key=lambda one: list(Strength).index(one.strength)))


class _Facts:
    """Occurrences, closes and counts of several registers and years, read once."""

    def __init__(self, scope: Scope, fed: Sequence[Kept], years: Sequence[int]) -> None:
        self.scope = scope
        ids = [kept.register.id for kept in fed]
        keys = [duty_key(kept.register) for kept in fed if kept.register.due]
        self.ended: dict[tuple[str, int], set[int]] = defaultdict(set)
        self.all: dict[tuple[str, int], int] = defaultdict(int)
        for pk, key, year, ends_on in Occurrence.objects.filter(
            duty__agency=scope.agency, duty__fiscal_year_be__in=years, duty__key__in=keys
        ).values_list("pk", "duty__key", "duty__fiscal_year_be", "ends_on"):
            self.all[key, year] += 1
            if ends_on < scope.today:
                self.ended[key, year].add(pk)
        self.closes: dict[tuple[str, int], list[PeriodClose]] = defaultdict(list)
        closes = PeriodClose.objects.filter(
            agency=scope.agency, register__in=ids, fiscal_year_be__in=years, reopened_at=None
        )
        for close in closes.prefetch_related("evidence").order_by("starts_on"):
            self.closes[close.register, close.fiscal_year_be].append(close)
        self.counts: dict[tuple[str, int], int] = defaultdict(int)
        counted = {kept.register.id: kept.register.counted_states for kept in fed}
        entries = Entry.objects.filter(agency=scope.agency, register__in=ids, fiscal_year_be__in=(0, *years))
        entries = open_only(entries, *ids)
        for register, year, state, n in (
            entries.order_by().values_list("register", "fiscal_year_be", "state").annotate(Count("pk"))
        ):
            if state in counted[register]:
                self.counts[register, year] += n
        self.read: dict[tuple[str, int], list[dict[str, object]]] = {}

    def proof(self, kept: Kept, feed: Feed, year: int) -> Proof:
        """Say how far a register proves what it feeds, for content of a year."""
        if feed.when == "period" and kept.register.due:
            strength, text = self._periods(kept.register, year)
        elif feed.when == "complete":
            strength, text = self._complete(kept, feed, year)
        else:
            strength, text = self._entries(kept, feed, year)
        closes = self.closes[kept.register.id, year]
        proofs = tuple(dict.fromkeys(one for close in closes for one in close.evidence.all() if not one.withdrawn_at))
        return Proof(kept.register.id, kept.name, year, strength, text, proofs)

    def _periods(self, register: Register, year: int) -> tuple[Strength, str]:
        key = duty_key(register), year
        settled = {close.occurrence_id for close in self.closes[register.id, year] if _stands(close)}
        done, ended, total = len(settled), len(self.ended[key]), self.all[key]
        text = to_thai(
            _("ปิดงวดแล้ว {done} จาก {ended} งวดที่สิ้นสุดแล้ว (ทั้งปี {total})").format(done=done, ended=ended, total=total)
        )
        if not total:
            return Strength.NONE, _("ยังไม่ได้เปิดงวดของปี {year}").format(year=year)
        if done and self.ended[key] <= settled:
            return Strength.READY, text
        return (Strength.PARTIAL if done else Strength.NONE), text

    def _entries(self, kept: Kept, feed: Feed, year: int) -> tuple[Strength, str]:
        register = kept.register
        n = self._count(register, year) if feed.where is None else self._meeting(register, feed, year)
        text = to_thai(_("มี {n} รายการ").format(n=n)) if n else _("ยังไม่มีรายการ")
        total = self._count(register, year)
        if feed.when == "every" and 0 < n < total:
            return Strength.PARTIAL, to_thai(_("ครบ {n} จาก {total} รายการ").format(n=n, total=total))
        return (Strength.READY if n else Strength.NONE), text

    def _complete(self, kept: Kept, feed: Feed, year: int) -> tuple[Strength, str]:
        register = kept.register
        n = self._count(register, year) if feed.where is None else self._meeting(register, feed, year)
        if not n:
            return Strength.NONE, _("ยังไม่มีรายการ")
        faults = checked(self.scope, register, year, self._values(register, year)) if register.year_checks else ()
        blocks = [fault.message_th for fault in faults if not fault.is_warning]
        blocks += [one.text for one in hooks_of(register.id).notices(self.scope, register, year) if one.is_blocking]
        if blocks:
            return Strength.PARTIAL, blocks[0]
        return Strength.READY, to_thai(_("มี {n} รายการ ครบตามข้อกำหนด").format(n=n))

    def _count(self, register: Register, year: int) -> int:
        return self.counts[register.id, 0 if register.standing else year]

    def _meeting(self, register: Register, feed: Feed, year: int) -> int:
        assert feed.where is not None
        if not self._count(register, year):
            return 0
        return sum(holds(feed.where, values) for values in self._values(register, year))

    def _values(self, register: Register, year: int) -> list[dict[str, object]]:
        """Read the entries of a register that count, once for all that it feeds."""
        key = register.id, 0 if register.standing else year
        if key not in self.read:
            self.read[key] = self._read_values(register, key[1])
        return self.read[key]

    def _read_values(self, register: Register, kept_in: int) -> list[dict[str, object]]:
        found = Entry.objects.filter(
            agency=self.scope.agency,
            register=register.id,
            fiscal_year_be=kept_in,
            state__in=register.counted_states,
        )
        entries = list(open_only(found, register.id).defer("found_by")[:_LOOKED_AT])
        linked = linked_values(register, entries)
        return [named_values(one) | linked[one.pk] for one in entries]


def _stands(close: PeriodClose) -> bool:
    """Whether a close is still proof: not when all of its evidence was withdrawn."""
    evidence = close.evidence.all()
    return not evidence or any(not one.withdrawn_at for one in evidence)
