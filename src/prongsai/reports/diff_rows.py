"""What changed in the rows of a paper: which are new, gone or elsewhere, and which fields and list items differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from prongsai.documents.diff import Change, ChangeKind, bare, likely_pairs, longest_rise, name_of
from prongsai.documents.model import Mark
from prongsai.documents.read.fragment import read_fragment
from prongsai.reports import gap_memo, indicator_plan, measures_report, tracking_report
from prongsai.reports.diff_labels import STATUS_TH, field_th
from prongsai.reports.heads import Role
from prongsai.reports.records import DatedText, Gap, IndicatorPlan, Measure, ProgressStatus, Record, Span, Tracking
from prongsai.thai.text import fold

SAME_ROW_LIKE_MIN = 55.0
CODE_WEIGHT = 20.0
SKIPPED = frozenset({"origin", "step_numbers", "boxes"})
# Printed once above many rows: a change of one is one change.
INHERITED = ("issue_no", "issue_title", "group", "sub_indicator")
# By kind of row: one role is another field in another kind of paper.
_FIELDS: dict[str, dict[Role, str]] = {
    Gap.kind: gap_memo.FIELDS,
    Measure.kind: measures_report.FIELDS,
    IndicatorPlan.kind: indicator_plan.FIELDS,
    Tracking.kind: tracking_report.FIELDS,
}
_SIGNS = {Mark.TICKED: "☑", Mark.UNTICKED: "☐"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A row before and after, with their places in the order, 0-based."""

    old: Record
    new: Record
    old_at: int
    new_at: int


def compare_rows(old: Sequence[Record], new: Sequence[Record], *, same_format: bool) -> tuple[Change, ...]:
    """Tell what changed between the rows of two papers. same_format: whether cells were printed by the same rules."""
    kinds = dict.fromkeys(row.kind for row in (*old, *new))
    changes = [change for kind in kinds for change in _of_kind(_kind(old, kind), _kind(new, kind), same_format)]
    return tuple(_once(changes))


def _kind(rows: Sequence[Record], kind: str) -> list[Record]:
    return [row for row in rows if row.kind == kind]


def _of_kind(old: list[Record], new: list[Record], same_format: bool) -> Iterator[Change]:
    pairs = matched(old, new)
    paired_old, paired_new = {pair.old_at for pair in pairs}, {pair.new_at for pair in pairs}
    gone = [row for at, row in enumerate(old) if at not in paired_old]
    come = [row for at, row in enumerate(new) if at not in paired_new]
    stayed = longest_rise([pair.new_at for pair in pairs])
    yield from (Change(ChangeKind.ROW_REMOVED, row.origin.where, None, before=label(row)) for row in gone)
    yield from (Change(ChangeKind.ROW_ADDED, None, row.origin.where, after=label(row)) for row in come)
    is_renumbered = bool(gone or come) or len(stayed) < len(pairs)
    for at, pair in enumerate(pairs):
        if at not in stayed:
            yield _moved(pair)
        yield from _fields(pair, is_renumbered=is_renumbered, same_format=same_format)


def _moved(pair: Pair) -> Change:
    before, after = str(pair.old_at + 1), str(pair.new_at + 1)
    where_old, where_new = pair.old.origin.where, pair.new.origin.where
    return Change(ChangeKind.ROW_MOVED, where_old, where_new, before=before, after=after, row=label(pair.new))


def _once(changes: Sequence[Change]) -> Iterator[Change]:
    """Give a change of what is printed once above many rows once."""
    told: set[tuple[str, str | None, str | None]] = set()
    for change in changes:
        key = (change.field, change.before, change.after)
        if change.field in INHERITED:
            if key in told:
                continue
            told.add(key)
        yield change


# Which row is which


def name(row: Record) -> str:
    """Give the words that name a row."""
    if isinstance(row, Gap):
        return row.title
    if isinstance(row, Measure):
        return row.measure
    return row.name if isinstance(row, IndicatorPlan) else row.topic


def code(row: Record) -> str:
    """Give the printed number or code of a row, empty when it has none."""
    if isinstance(row, Gap):
        return row.code or ""
    if isinstance(row, Measure):
        return f"{row.issue_no or ''}/{fold(row.seq or '')}"
    return str(row.no or "") if isinstance(row, IndicatorPlan) else ""


def label(row: Record) -> str:
    """Name a row so that a person finds it."""
    shown: str | None = None
    if isinstance(row, Gap | Measure):
        shown = row.code if isinstance(row, Gap) else row.seq
    elif isinstance(row, IndicatorPlan):
        shown = f"ตัวชี้วัดที่ {row.no}"
    return name_of(f"{shown or ''} {name(row)}".strip())


def matched(old: Sequence[Record], new: Sequence[Record]) -> list[Pair]:
    """Pair rows: those that are wholly the same, then those of one name, then the likest; in the old order."""
    left_old, left_new = dict(enumerate(old)), dict(enumerate(new))
    pairs: list[Pair] = []
    for key in (_whole, lambda row: (code(row), fold(name(row))), lambda row: fold(name(row))):
        waiting: dict[object, list[int]] = {}
        for at, row in left_new.items():
            waiting.setdefault(key(row), []).append(at)
        for at, row in list(left_old.items()):
            if places := waiting.get(key(row)):
                pairs.append(Pair(left_old.pop(at), left_new.pop(place := places.pop(0)), at, place))
    named_old = {at: _Named(row) for at, row in left_old.items()}
    named_new = {place: _Named(row) for place, row in left_new.items()}
    likest = sorted(
        (-score, abs(at - place), at, place)
        for at, row in named_old.items()
        for place, other in named_new.items()
        if (score := row.likeness(other)) >= SAME_ROW_LIKE_MIN
    )
    for *_, at, place in likest:
        if at in left_old and place in left_new:
            pairs.append(Pair(left_old.pop(at), left_new.pop(place), at, place))
    return sorted(pairs, key=lambda pair: pair.old_at)


def _whole(row: Record) -> str:
    return bare(" ".join(text for _, texts in _texts(row) for text in texts))


class _Named:
    """What a row is matched by: its name, its code, and all that it says."""

    def __init__(self, row: Record) -> None:
        self.name, self.code, self.whole = fold(name(row)), code(row).strip("/"), _whole(row)

    def likeness(self, other: "_Named") -> float:
        """Give how likely two rows are one, 0–120."""
        same_code = CODE_WEIGHT if self.code and self.code == other.code else 0.0
        by_all = fuzz.ratio(self.whole, other.whole, score_cutoff=SAME_ROW_LIKE_MIN - CODE_WEIGHT)
        return max(fuzz.ratio(self.name, other.name), by_all) + same_code


# What differs in a row


def _texts(row: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give every field with its words: many in a list, one or none elsewhere."""
    for entry in fields(row):
        if entry.name not in SKIPPED:
            value = getattr(row, entry.name)
            yield entry.name, tuple(map(text_of, value)) if isinstance(value, tuple) else (text_of(value),)
    yield from ((head, (words,)) for head, words in row.origin.extra.items())


def text_of(value: object) -> str:
    """Give a value as words."""
    if value is None:
        return ""
    if isinstance(value, Span | DatedText):
        return value.text
    if isinstance(value, ProgressStatus):
        return STATUS_TH[value]
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _fields(pair: Pair, *, is_renumbered: bool, same_format: bool) -> Iterator[Change]:
    old, new = dict(_texts(pair.old)), dict(_texts(pair.new))
    changed: set[str] = set()
    for field in dict.fromkeys((*old, *new)):
        if field == "seq" and is_renumbered or field == "ticked" and "status" in changed:
            continue
        is_list = isinstance(getattr(pair.old, field, None), tuple)
        found = list(_field(pair, field, old.get(field, ()), new.get(field, ()), is_list=is_list))
        changed |= {field} if found else set()
        yield from found
    if same_format:
        yield from _printed(pair, changed, is_renumbered=is_renumbered)


def _field(pair: Pair, field: str, old: tuple[str, ...], new: tuple[str, ...], *, is_list: bool) -> Iterator[Change]:
    where_old, where_new = pair.old.origin.where, pair.new.origin.where
    where = (where_old, where_new, field, field_th(field))
    if not is_list:
        before, after = " ".join(old), " ".join(new)
        if bare(before) != bare(after):
            yield Change(ChangeKind.FIELD_CHANGED, *where, before or None, after or None, label(pair.new))
        return
    for before_item, after_item in _items(old, new):
        kind = (
            ChangeKind.ITEM_ADDED
            if before_item is None
            else ChangeKind.ITEM_REMOVED
            if after_item is None
            else ChangeKind.ITEM_CHANGED
        )
        yield Change(kind, *where, before_item, after_item, label(pair.new))


def _items(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Pair the items of two lists: the same ones silently, then the likely ones, then what is left alone."""
    left_old, left_new = list(old), list(new)
    for item in old:
        same = next((other for other in left_new if bare(other) == bare(item)), None)
        if same is not None:
            left_old.remove(item)
            left_new.remove(same)
    if not left_old and not left_new:
        yield from _reordered(old, new)
        return
    pairs = likely_pairs([bare(item) for item in left_old], [bare(item) for item in left_new])
    pairs += _grown(left_old, left_new, pairs)
    yield from ((left_old[first], left_new[second]) for first, second in pairs)
    paired_old, paired_new = {first for first, _ in pairs}, {second for _, second in pairs}
    yield from ((item, None) for at, item in enumerate(left_old) if at not in paired_old)
    yield from ((None, item) for at, item in enumerate(left_new) if at not in paired_new)


def _grown(old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pair short items of which one begins with the other: likeness says little of a name with words added."""
    free_new = [second for second in range(len(new)) if second not in {pair[1] for pair in pairs}]
    found: list[tuple[int, int]] = []
    for first, item in enumerate(old):
        short = bare(item)
        like = (
            second for second in free_new if bare(new[second]).startswith(short) or short.startswith(bare(new[second]))
        )
        if first not in {pair[0] for pair in pairs} and (second := next(like, None)) is not None:
            free_new.remove(second)
            found.append((first, second))
    return found


def _reordered(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Tell a list whose items only stand in another order, as one change."""
    if [bare(item) for item in old] != [bare(item) for item in new]:
        yield " · ".join(old), " · ".join(new)


def _printed(pair: Pair, changed: set[str], *, is_renumbered: bool) -> Iterator[Change]:
    """Tell words of a cell that changed without changing a field: a slip in a number, a word beside a name."""
    old, new = pair.old.origin.printed, pair.new.origin.printed
    if set(old) != set(new):
        return
    field_of = {role.value: field for role, field in _FIELDS[pair.old.kind].items()}
    for role in old:
        field = field_of.get(role, role)
        before, after = _said(old[role]), _said(new[role])
        if field in changed or (is_renumbered and field in ("seq", "number")) or bare(before) == bare(after):
            continue
        where = (pair.old.origin.where, pair.new.origin.where)
        yield Change(
            ChangeKind.FIELD_CHANGED, *where, field, field_th(field), before or None, after or None, label(pair.new)
        )


def _said(raw: str) -> str:
    return " ".join(f"{_SIGNS.get(line.mark, '')}{line.text}" for line in read_fragment(raw))
