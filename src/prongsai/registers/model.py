"""What a register file says, as frozen records. The published form of the file: ``schema.json``.

Values of an entry, by the type of the field, in Python and (in brackets) as JSON keeps them:

- text, long_text, address, phone, email, link, id: str
- choice: str, the choice's key; choices: tuple of keys [list]
- number: Decimal ["12.5"]; money: Decimal with two places ["1250.00"]; percent of 0–100 is a number
- date: date ["2026-03-31"]; month: date, the first of the month ["2026-03"]; time: time ["09:30"]
- period: Span(start, end) [{"from", "to"}]
- yes_no: bool
- person, post, unit, entry, file: Ref(id, text) [{"id", "text"}]; text: as it was called when it was entered
- rows: tuple of dicts by the columns' keys [list of objects]
- derived: as its formula gives: Decimal, str (a level), or None while something is missing
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    TIME = "time"
    PERIOD = "period"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PERSON = "person"
    POST = "post"
    UNIT = "unit"
    ENTRY = "entry"
    FILE = "file"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    ID = "id"
    ROWS = "rows"
    DERIVED = "derived"


REFERENCES = frozenset({FieldType.PERSON, FieldType.POST, FieldType.UNIT, FieldType.ENTRY, FieldType.FILE})


class Flow(StrEnum):
    """How an entry lives."""

    RECORD = "record"
    REQUEST = "request"
    PLAN = "plan"


class Openness(StrEnum):
    """What the public may see of a field."""

    PUBLIC = "public"
    MASKED = "masked"
    OFFICE = "office"  # who may see the register
    SECRET = "secret"  # who keeps the register; masked in journal, print and export


class Rhythm(StrEnum):
    """How often a register's table is due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class Formula(StrEnum):
    """The closed list of what may be derived."""

    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    PERCENT = "percent"  # first of second × 100, one decimal
    DAYS_BETWEEN = "days_between"  # second minus first
    MATRIX_LEVEL = "matrix_level"  # of likelihood × impact, by the register's matrix
    ROWS_COUNT = "rows_count"
    ROWS_SUM = "rows_sum"
    LINKED_COUNT = "linked_count"  # entries of another register that point at this one
    LINKED_SUM = "linked_sum"
    LINKED_PERCENT = "linked_percent"  # share of those that also meet ``where``
    LOOKUP = "lookup"  # a field of the entry pointed at


LINKED = frozenset({Formula.LINKED_COUNT, Formula.LINKED_SUM, Formula.LINKED_PERCENT})


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on a field; exactly one of the tests is given. ``is_``, ``any_of``: as the file writes values."""

    field: str
    is_: str | bool | None = None
    not_: str | bool | None = None
    any_of: tuple[str, ...] = ()
    has: str | None = None  # among the choices of a multi-choice
    more_than: Decimal | None = None
    less_than: Decimal | None = None
    more_than_field: str = ""  # a number above that of another field; of the plan entry, in rules of its progress
    filled: bool | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice. limit: data that rules may compare with, such as a legal limit in baht."""

    key: str
    label_th: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a derived field is worked out. of: keys of fields; for rows "field.column".

    register, by: for linked formulas, the register whose entries point here, and by which of their fields; where: only
    those that meet it; of: the field to sum. For ``lookup``: of = (reference field, field there).
    """

    formula: Formula
    of: tuple[str, ...] = ()
    register: str = ""
    by: str = ""
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field. at: the move at which it is asked ("" when the entry is made). unit_th: behind a number.

    required_if: required only when the condition holds. shown_if: asked only then. of: for ``entry`` the register that
    it points at. columns: of ``rows``. low, high: bounds of a number or money, both inside. max_length: of texts.
    """

    key: str
    type: FieldType
    label_th: str
    label_en: str = ""
    heads: tuple[str, ...] = ()  # other heads that spreadsheets use
    help_th: str = ""
    example: str = ""
    required: bool = False
    required_if: Condition | None = None
    at: str = ""
    openness: Openness = Openness.OFFICE
    outside: bool = False  # asked of outsiders
    choices: tuple[Choice, ...] = ()
    unit_th: str = ""
    decimals: int = 0
    low: Decimal | None = None
    high: Decimal | None = None
    max_length: int = 0
    pattern: str = ""
    of: str = ""
    columns: tuple["Field", ...] = ()
    derivation: Derivation | None = None
    accepts: tuple[str, ...] = ()  # endings of files, empty: all that evidence takes
    max_mb: int = 0
    shown_if: Condition | None = None

    def choice(self, key: str) -> Choice | None:
        """Give a choice by its key."""
        return next((one for one in self.choices if one.key == key), None)


class RuleKind(StrEnum):
    """The closed list of declared rules between fields."""

    NOT_BEFORE = "not_before"  # field ≥ other (dates, months, ends of periods)
    NOT_AFTER = "not_after"
    AT_LEAST = "at_least"  # field ≥ other or value (numbers)
    AT_MOST = "at_most"
    EQUALS = "equals"
    DIFFERS = "differs"  # texts that may not say the same
    NOT_FUTURE = "not_future"
    IN_YEAR = "in_year"  # a day inside the entry's fiscal year
    IN_ROWS = "in_rows"  # field's value stands in other, "rows.column"
    SUM_EQUALS = "sum_equals"  # sum of "rows.column" equals other
    WITHIN_DAYS = "within_days"  # field at most ``days`` after other
    FILLED_IF = "filled_if"
    EMPTY_IF = "empty_if"
    ROWS_MIN = "rows_min"  # at least ``value`` rows


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule between fields. when: it holds only then. is_warning: said, not refused. message_th: in place of ours."""

    kind: RuleKind
    field: str
    other: str = ""
    value: Decimal | None = None
    days: int = 0
    when: Condition | None = None
    message_th: str = ""
    is_warning: bool = False


class YearCheckKind(StrEnum):
    """The closed list of what may be asked of a year's (or period's) entries together."""

    EVERY_CHOICE = "every_choice"  # each choice of ``field`` occurs
    EVERY_UNIT = "every_unit"  # each unit at the top of the tree has an entry (by ``field``, a unit)
    EVERY_ENTRY_OF = "every_entry_of"  # each entry of ``register`` is pointed at by ``field`` (or by its linked field)
    AT_LEAST = "at_least"  # ``value`` entries
    SUM_MATCHES = "sum_matches"  # sum of ``field`` equals the sum of ``other`` in ``register``
    GROUPS_MATCH = "groups_match"  # sum of ``field`` by choice of ``other`` rows equal …


@dataclass(frozen=True, slots=True)
class YearCheck:
    """A check over a year's entries. is_blocking: a period is not closed while it fails."""

    kind: YearCheckKind
    field: str = ""
    other: str = ""
    register: str = ""
    value: Decimal | None = None
    where: Condition | None = None
    message_th: str = ""
    is_blocking: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A state. is_final: nothing more is owed. is_counted: it stands in tables and statistics.

    readers: roles that alone may see entries in it; empty: everybody who sees the register.
    """

    key: str
    label_th: str
    label_en: str = ""
    is_final: bool = False
    is_counted: bool = True
    is_public: bool = True
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A move from states to a state; the fields with ``at`` = its key are asked with it.

    by: ``keeper`` (who keeps the register), ``decider``, ``any`` (who sees it; to withdraw, whose it is). not_own:
    not by who asked, nor who wrote it. note_required: a reason must be written.
    """

    key: str
    label_th: str
    sources: tuple[str, ...]
    to: str
    label_en: str = ""
    by: str = "keeper"
    not_own: bool = False
    note_required: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """What the register proves: elements of an item by its lasting key; none named: all of the item's.

    when: ``period`` (every due period of the content year closed or stated as none), ``entries`` (at least one counted
    entry), ``every`` (entries, and all of them meet ``where``), ``complete`` (entries, and nothing blocks closing).
    where: only entries that meet it. year: how many years after the item's the content is, -1: of the year before.
    """

    item: str
    elements: tuple[str, ...] = ()
    when: str = "period"
    where: Condition | None = None
    year: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """When the register's table is due: ``days`` after the end of each period. duty: key of the standard duty it is."""

    rhythm: Rhythm
    days: int = 10
    duty: str = ""
    none_allowed: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """By when an entry must be done: days after ``start`` (a date field, or "" for the day it came in).

    working: working days; otherwise calendar days, moved on to a working day. stop: the date field that ends it, or ""
    for a final state.
    """

    days: int
    start: str = ""
    stop: str = ""
    working: bool = False


@dataclass(frozen=True, slots=True)
class NoOverlap:
    """Two entries on the same ``field`` (a reference) never overlap in ``period`` while in one of the states."""

    field: str
    period: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a matrix: scores from low to high, both inside."""

    key: str
    label_th: str
    low: int
    high: int
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is asked of each plan entry in each period; fields have ``at`` "" here."""

    rhythm: Rhythm
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure. measure: ``count`` or ``sum``; field: what is summed. by: fields to group by (choice, unit, …, month).

    ``month``, ``quarter`` and ``state`` may be named beside fields. chart: ``bar``, ``line`` or "" for a table only.
    """

    key: str
    title_th: str
    measure: str = "count"
    field: str = ""
    by: tuple[str, ...] = ()
    where: Condition | None = None
    chart: str = "bar"
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A named part of a register: the entries that meet ``where``, listed, counted and reported alone.

    columns: of its list and paper; empty: those of the register. readers: roles that alone may see entries that meet
    it, wherever they would stand; empty: everybody who sees the register.
    """

    key: str
    title_th: str
    where: Condition
    title_en: str = ""
    columns: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Public:
    """The public table.

    columns: keys, in order; empty: every field that is public or masked. min_cell: smaller counts in statistics are
    covered.
    """

    columns: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    min_cell: int = 0
    title_th: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """The form for outsiders. answer: the field that answers; publish: whether asker and office may make it public."""

    title_th: str
    intro_th: str = ""
    answer: str = ""
    publish: str = ""  # the yes_no field by which an answered entry is shown to everybody
    sign_in: bool = False
    thanks_th: str = ""


@dataclass(frozen=True, slots=True)
class Print:
    """The paper of a period. kind: a form of ``prongsai write`` that fits, else a plain report with the table."""

    title_th: str = ""
    kind: str = ""
    columns: tuple[str, ...] = ()
    landscape: bool = True
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Register:
    """One edition of a register. since_be: the first fiscal year (BE) that is kept by it, 0: from the beginning.

    standing: entries belong to no year (assets, manuals). dated_by: the date, month or period field that puts an entry
    into its period; "" the day it was made. owners: roles that keep it; everyone: every unit enters its own rows.
    readers: who may see it beside them; empty: everybody who sees work. own_readers: roles that see the entries of
    their own units alone; where there are some, running the cycle alone lets nobody see or keep anything. own: the
    person field by which everybody makes and sees entries about themselves; kept_from: person fields whose people do
    not see the entry, whatever their roles. deciders: roles that decide requests, "head" for the own unit. unique:
    fields that together occur once (a year, for registers that are not standing).
    """

    id: str
    name_th: str
    name_en: str
    group: str
    systems: tuple[str, ...]
    flow: Flow
    title: str  # "{item} จาก {giver}"
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    since_be: int = 0
    help_th: str = ""
    example_th: str = ""
    standing: bool = False
    dated_by: str = ""
    unit_by: str = ""  # the unit field that says whose entry it is; "" the unit of who writes
    owners: tuple[str, ...] = ()
    everyone: bool = False
    readers: tuple[str, ...] = ()
    own_readers: tuple[str, ...] = ()
    own: str = ""
    kept_from: tuple[str, ...] = ()
    deciders: tuple[str, ...] = ()
    feeds: tuple[Feed, ...] = ()
    rules: tuple[Rule, ...] = ()
    year_checks: tuple[YearCheck, ...] = ()
    unique: tuple[str, ...] = ()
    no_overlap: NoOverlap | None = None
    matrix: tuple[Level, ...] = ()
    due: Due | None = None
    clock: Clock | None = None
    progress: Progress | None = None
    statistics: tuple[Statistic, ...] = ()
    views: tuple[View, ...] = ()
    filters: tuple[str, ...] = ()  # choice fields to filter the list by
    columns: tuple[str, ...] = ()  # of the list; empty: the first five
    public: Public | None = None
    outside: Outside | None = None
    print_: Print = field(default_factory=Print)
    carries: tuple[str, ...] = ()  # states whose entries go on into the next year
    file: str = ""
    sha256: str = ""
    unverified_th: tuple[str, ...] = ()  # facts in it that nobody has confirmed

    def field_of(self, key: str) -> Field | None:
        """Give a field by its key."""
        return next((one for one in self.fields if one.key == key), None)

    def state_of(self, key: str) -> State | None:
        """Give a state by its key."""
        return next((one for one in self.states if one.key == key), None)

    def move_of(self, key: str) -> Move | None:
        """Give a move by its key."""
        return next((one for one in self.moves if one.key == key), None)

    def view_of(self, key: str) -> View | None:
        """Give a named part by its key."""
        return next((one for one in self.views if one.key == key), None)

    def fields_at(self, move: str = "") -> tuple[Field, ...]:
        """Give the fields that are asked at a move, "" when an entry is made; derived ones are never asked."""
        return tuple(one for one in self.fields if one.at == move and one.type is not FieldType.DERIVED)

    @property
    def is_parted(self) -> bool:
        """Whether some see it only in part: of their own unit, about themselves, or not about themselves."""
        return bool(self.own_readers or self.own or self.kept_from)

    @property
    def first_state(self) -> State:
        """The state of a new entry."""
        return self.states[0]

    @property
    def counted_states(self) -> tuple[str, ...]:
        """Keys of the states that stand in tables and statistics."""
        return tuple(one.key for one in self.states if one.is_counted)

    @property
    def keys(self) -> tuple[str, ...]:
        """Fields kept in text columns of their own, for filters and groups: at most four."""
        named = (*self.filters, *(key for one in self.statistics for key in one.by), *(c for c in _where(self)))
        known = (key for key in dict.fromkeys(named) if (f := self.field_of(key)) and f.type in _GROUPED)
        return tuple(known)[:SLOTS]

    @property
    def sums(self) -> tuple[str, ...]:
        """Fields kept in number columns of their own, for sums: at most four."""
        named = dict.fromkeys(one.field for one in self.statistics if one.measure == "sum")
        return tuple(key for key in named if key)[:SLOTS]


SLOTS = 4
_GROUPED = frozenset(
    {FieldType.CHOICE, FieldType.YES_NO, FieldType.UNIT, FieldType.PERSON, FieldType.POST, FieldType.ENTRY,
     FieldType.TEXT, FieldType.DERIVED}
)  # fmt: skip


def _where(register: Register) -> tuple[str, ...]:
    conditions = (*(one.where for one in register.statistics), *(one.where for one in register.feeds))
    return tuple(one.field for one in conditions if one)


@dataclass(frozen=True, slots=True)
class Ref:
    """Something pointed at: its row's id, None while only its name is known; text: what it was called."""

    id: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why values are not taken. field: the key, "" for the entry as a whole; row: the 1-based row of a rows field."""

    field: str
    code: str
    message_th: str
    mend_th: str = ""
    is_warning: bool = False
    row: int | None = None
    column: str = ""


Values = Mapping[str, object]
