"""The records that a paper holds, each with its place, what was printed, and how far it can be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from prongsai.errors import Problem, Where


class Kind(StrEnum):
    """Which paper it is."""

    GAP_MEMO = "gap_memo"
    MEASURES_REPORT = "measures_report"
    TRACKING_REPORT = "tracking_report"
    SCORE_TABLE = "score_table"
    UNKNOWN = "unknown"


class ProgressStatus(StrEnum):
    """The one box of three that should be ticked."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency whose paper it is. inferred: names of the fields that were not printed but follow from others."""

    name: str | None
    district: str | None
    province: str | None
    inferred: tuple[str, ...] = ()
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Memo:
    """The head of a memo, values as printed; date is ISO."""

    office: str | None
    number: str | None
    date: date | None
    subject: str | None
    to: str | None
    date_text: str | None = None
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed, in printed order. opinion: what stands between ``ความเห็น`` and ``ลงชื่อ``, as printed.

    capacity: ``self`` or one of the four legal kinds of acting.
    """

    name: str
    position: str | None
    opinion_of: str | None = None
    opinion: str | None = None
    capacity: str = "self"
    part: str = "memo"
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Overall:
    """The stated total (0–100) and level, as printed."""

    score: Decimal | None
    level: str | None
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """A printed indicator score; None where the paper names the indicator without one."""

    no: int
    title: str | None
    score: Decimal | None
    where: Where = Where()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A period or deadline: text as printed; either end None when it is not said or impossible."""

    text: str
    start: date | None
    end: date | None
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedText:
    """A due item or a done entry: its words and its date."""

    text: str
    date: date | None
    recurrence: str | None = None
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListOddity:
    """What is odd about the list in a cell: column role, kind of oddity, numbers as printed (None: no number)."""

    role: str
    oddity: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row came from. printed: role of the column → the words as printed. extra: unknown head → words.

    confidence: 0–1 for the row. doubts: why it is below 1. variants: the other printings of a merged row.
    lines: every line of the file that it was printed on. field_confidence: the fields less sure than the row, 0–1.
    """

    where: Where
    printed: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    variants: tuple[Mapping[str, str], ...] = ()
    oddities: tuple[ListOddity, ...] = ()
    field_confidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """An item with last year's score, what was done and what is advised."""

    kind = "gap"
    code: str | None
    title: str
    elements: tuple[str, ...]
    score: Decimal | None
    prior_action: str | None
    recommendations: tuple[str, ...]
    units: tuple[str, ...]
    group: str | None
    sub_indicator: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with steps, owners, what was done (results) and what changed (outcomes).

    weaknesses: the faults that it answers. follow_up: how it is followed up. Both stand in plans only.
    """

    kind = "measure"
    issue_no: int | None
    issue_title: str | None
    seq: str | None
    measure: str
    steps: tuple[str, ...]
    period: Span | None
    responsible: tuple[str, ...]
    results: tuple[str, ...]
    outcomes: tuple[str, ...]
    notes: str | None
    origin: Origin
    weaknesses: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorPlan:
    """What is advised for an indicator and how far it went."""

    kind = "indicator"
    no: int | None
    name: str
    score: Decimal | None
    guidance: tuple[str, ...]
    responsible: tuple[str, ...]
    period: Span | None
    progress: tuple[str, ...]
    status: ProgressStatus | None
    ticked: tuple[str, ...]
    boxes: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Tracking:
    """A topic followed up: steps, what is due when, and what was done when. pairs only where the counts agree."""

    kind = "tracking"
    topic: str
    group: str | None
    responsible: tuple[str, ...]
    steps: tuple[str, ...]
    step_numbers: tuple[int, ...]
    due: tuple[DatedText, ...]
    done: tuple[DatedText, ...]
    origin: Origin

    @property
    def pairs(self) -> tuple[tuple[DatedText, DatedText], ...]:
        """Due items with the done entry of the same place in the order; nothing when the counts differ."""
        return tuple(zip(self.due, self.done, strict=True)) if len(self.due) == len(self.done) else ()


Record = Gap | Measure | IndicatorPlan | Tracking


@dataclass(frozen=True, slots=True)
class Report:
    """A paper taken apart. needs_person: too damaged to trust; reasons say why. Everything that survives is kept.

    previous: the indicator scores of the year before, where the paper prints them beside its own.
    """

    file: str
    document_type: Kind
    agency: Agency
    fiscal_year_be: int | None
    report_period: Span | None
    memo: Memo | None
    deadline: date | None
    signatories: tuple[Signatory, ...]
    announced: date | None
    overall: Overall
    indicators: tuple[IndicatorScore, ...]
    rows: tuple[Record, ...]
    printed_rows: int
    problems: tuple[Problem, ...]
    confidence: float
    needs_person: bool
    reasons: tuple[str, ...]
    previous: tuple[IndicatorScore, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Give the form that ``prongsai read --json`` prints."""
        return {
            "file": self.file,
            "document_type": self.document_type.value,
            "agency": plain(self.agency),
            "fiscal_year_be": self.fiscal_year_be,
            "report_period": plain(self.report_period),
            "memo": plain(self.memo),
            "deadline": plain(self.deadline),
            "signatories": plain(self.signatories),
            "announced": plain(self.announced),
            "overall": plain(self.overall),
            "indicators": plain(self.indicators),
            "previous": plain(self.previous),
            "rows": [{"kind": row.kind, **_mapping(row)} for row in self.rows],
            "printed_rows": self.printed_rows,
            "row_count": len(self.rows),
            "confidence": self.confidence,
            "needs_person": self.needs_person,
            "reasons": list(self.reasons),
            "problems": [problem.to_json() for problem in self.problems],
        }


def plain(value: object) -> object:
    """Turn records into what JSON holds: dates ISO, scores numbers, tuples lists."""
    if isinstance(value, Where):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return _mapping(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return float(value) if isinstance(value, Decimal) else value


def _mapping(record: object) -> dict[str, object]:
    assert is_dataclass(record)
    return {entry.name: plain(getattr(record, entry.name)) for entry in fields(record)}
