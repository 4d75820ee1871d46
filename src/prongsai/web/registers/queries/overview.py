"""All registers of an office at a glance: how many entries each has, what is late, which periods are owed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.thai.text import fold
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.registers.models import Entry, PeriodClose
from prongsai.web.registers.queries.library import Kept, all_kept
from prongsai.web.registers.queries.parts import open_to
from prongsai.web.registers.queries.periods import duty_key
from prongsai.web.registers.queries.rights import may_enter, may_keep, may_see, theirs_only

# In the order of the page; a group that is not here stands last, under its own word.
GROUPS: Mapping[str, Promise | str] = {
    "organisation": _("ข้อมูลหน่วยงาน"),
    "communication": _("ข่าวสาร ถามตอบ และการมีส่วนร่วม"),
    "information": _("ข้อมูลข่าวสาร ข้อมูลส่วนบุคคล และเว็บไซต์"),
    "services": _("การให้บริการประชาชน"),
    "complaints": _("เรื่องร้องเรียนร้องทุกข์"),
    "procurement": _("การจัดซื้อจัดจ้าง"),
    "plans": _("แผนดำเนินงานและงบประมาณ"),
    "personnel": _("การบริหารและพัฒนาบุคลากร"),
    "integrity": _("จริยธรรมและการรับของขวัญ"),
    "risk": _("ความเสี่ยงและแผนป้องกันการทุจริต"),
    "property": _("ทรัพย์สินของราชการ"),
    "office": _("ทะเบียนอื่นของหน่วยงาน"),
}


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A register on the page of all. late: entries past their day; owed: periods that ended and are not settled."""

    kept: Kept
    n_entries: int
    late: int
    missed: int
    owed: int
    next_due: date | None
    may_enter: bool
    may_keep: bool

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is waiting."""
        return not (self.late or self.missed or self.owed)


@dataclass(frozen=True, slots=True)
class Group:
    """Registers of one kind of work."""

    title: str
    lines: tuple[RegisterLine, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Every register that somebody may see. closed: those the office does not use, for who may open them again."""

    fiscal_year_be: int
    groups: tuple[Group, ...]
    closed: tuple[Kept, ...]
    late: int
    owed: int
    is_year_open: bool

    @property
    def n_registers(self) -> int:
        """How many there are."""
        return sum(len(group.lines) for group in self.groups)


def overview_of(scope: Scope, fiscal_year_be: int, *, search: str = "", only_due: bool = False) -> Overview:
    """Give the registers of a fiscal year (BE) by group; four queries however many registers and entries there are.

    search: only those whose name, help or id holds the words. only_due: only those where something waits.
    """
    seen = [kept for kept in all_kept(scope, fiscal_year_be) if may_see(scope, kept.register)]
    facts = _Facts(scope, fiscal_year_be, seen)
    lines = [facts.line(kept) for kept in seen if kept.is_open]
    shown = [line for line in lines if _matches(line.kept, search) and not (only_due and line.is_quiet)]
    return Overview(
        fiscal_year_be,
        _grouped(shown),
        tuple(kept for kept in seen if not kept.is_open and may_keep(scope, kept.register)),
        sum(line.late for line in lines),
        sum(line.missed + line.owed for line in lines),
        facts.is_open,
    )


def _matches(kept: Kept, search: str) -> bool:
    text = fold(" ".join((kept.name, kept.register.name_th, kept.register.name_en, kept.register.help_th, kept.id)))
    return all(fold(word) in text for word in search.split())


def _grouped(lines: Iterable[RegisterLine]) -> tuple[Group, ...]:
    found: dict[str, list[RegisterLine]] = defaultdict(list)
    for line in sorted(lines, key=_place):
        found[group_name(line.kept)].append(line)
    return tuple(Group(title, tuple(each)) for title, each in found.items())


def group_name(kept: Kept) -> str:
    """Name the group that a register belongs to."""
    return str(GROUPS.get(kept.register.group, kept.register.group))


def _place(line: RegisterLine) -> tuple[int, str]:
    names = list(GROUPS)
    group = line.kept.register.group
    return (names.index(group) if group in names else len(names), group)


@dataclass
class _Facts:
    """Counts and periods of every register in a year, read once."""

    scope: Scope
    year: int
    kept: list[Kept]
    counts: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    periods: dict[str, list[Occurrence]] = field(default_factory=dict)
    settled: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        late = Q(due_on__lt=self.scope.today, done_on=None)
        found = Entry.objects.filter(agency=self.scope.agency, fiscal_year_be__in=(self.year, 0)).order_by()
        found = open_to(self.scope, found, *(kept.id for kept in self.kept))
        found = theirs_only(self.scope, found, *(kept.register for kept in self.kept))
        counts = found.values_list("register", "state").annotate(n=Count("pk"), n_late=Count("pk", filter=late))
        for register, state, n, n_late in counts:
            self.counts[register, state] = (n, n_late)
        occurrences = Occurrence.objects.filter(
            duty__agency=self.scope.agency, duty__fiscal_year_be=self.year, duty__key__in=self._keys()
        )
        for one in occurrences.select_related("duty").order_by("starts_on"):
            self.periods.setdefault(one.duty.key, []).append(one)
        closes = PeriodClose.objects.filter(
            agency=self.scope.agency, fiscal_year_be=self.year, reopened_at=None
        ).order_by()
        self.settled = set(closes.values_list("register", "occurrence_id"))

    def _keys(self) -> list[str]:
        return [duty_key(kept.register) for kept in self.kept if kept.register.due]

    @property
    def is_open(self) -> bool:
        """Whether the year has the periods of every register that is used."""
        wanted = {duty_key(kept.register) for kept in self.kept if kept.is_open and kept.register.due}
        return wanted <= set(self.periods)

    def line(self, kept: Kept) -> RegisterLine:
        """Put a register's facts together."""
        register, today = kept.register, self.scope.today
        left = self._left(kept)
        return RegisterLine(
            kept,
            sum(self.counts.get((register.id, state), (0, 0))[0] for state in register.counted_states),
            sum(self.counts.get((register.id, one.key), (0, 0))[1] for one in register.states if not one.is_final),
            sum(one.due_on < today for one in left),
            sum(one.ends_on < today <= one.due_on for one in left),
            next((one.due_on for one in left if one.due_on >= today), None),
            may_enter(self.scope, register),
            may_keep(self.scope, register),
        )

    def _left(self, kept: Kept) -> list[Occurrence]:
        found = self.periods.get(duty_key(kept.register), []) if kept.register.due else []
        return [one for one in found if (kept.id, one.pk) not in self.settled]
