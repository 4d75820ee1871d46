"""What changed between two documents, told piece by piece: running text, and the rows of tables cell by cell."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz

from prongsai.documents.model import Document, Paragraph, Row, Table
from prongsai.errors import Where
from prongsai.thai.text import normalise, squeeze, words

LIKE_MIN = 50.0
PAIRS_MAX = 400_000
CONTEXT_LETTERS = 24
TOLD_LETTERS_MAX = 90
WORDS_MAX = 20_000


class ChangeKind(StrEnum):
    """What happened."""

    ROW_ADDED = "row_added"
    ROW_REMOVED = "row_removed"
    ROW_MOVED = "row_moved"
    FIELD_CHANGED = "field_changed"
    ITEM_ADDED = "item_added"
    ITEM_REMOVED = "item_removed"
    ITEM_CHANGED = "item_changed"
    FACT_CHANGED = "fact_changed"
    PARAGRAPH_ADDED = "paragraph_added"
    PARAGRAPH_REMOVED = "paragraph_removed"
    PARAGRAPH_CHANGED = "paragraph_changed"
    PARAGRAPH_MOVED = "paragraph_moved"
    TRACKED = "tracked"


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    field, field_th: what it touched, empty for a whole row or paragraph. before, after: None where it was not.
    row: the words that name the row that it belongs to, if any.
    A move: before and after are the places in the order of what ``row`` names, or, without it, the words that moved.
    """

    kind: ChangeKind
    where_old: Where | None
    where_new: Where | None
    field: str = ""
    field_th: str = ""
    before: str | None = None
    after: str | None = None
    row: str = ""

    @property
    def is_words_moved(self) -> bool:
        """Whether words stand elsewhere as they were, and no record tells from which place to which."""
        return self.kind is ChangeKind.PARAGRAPH_MOVED or (self.kind is ChangeKind.ROW_MOVED and not self.row)

    @property
    def message_th(self) -> str:
        """One sentence for a person."""
        lead = ": ".join(part for part in (self.row, self.field_th) if part)
        if self.is_words_moved:
            return f"{_WORDS_MOVED[self.kind]} {_told(self.after)}"
        if self.before and self.after and max(len(self.before), len(self.after)) > TOLD_LETTERS_MAX:
            return (
                f"{lead} {_LONG.get(self.kind, 'แก้')} {with_signs(shortened(marked(self.before, self.after)))}".strip()
            )
        told = _SENTENCES[self.kind].format(before=_told(self.before), after=_told(self.after))
        return f"{lead} {told}".strip()

    def to_json(self) -> dict[str, object]:
        """Give the form that ``--json`` prints."""
        return {
            "kind": self.kind.value,
            "where_old": self.where_old.to_json() if self.where_old else None,
            "where_new": self.where_new.to_json() if self.where_new else None,
            "field": self.field,
            "field_th": self.field_th,
            "before": self.before,
            "after": self.after,
            "message_th": self.message_th,
        }


_SENTENCES = {
    ChangeKind.ROW_ADDED: "เพิ่มแถว {after}",
    ChangeKind.ROW_REMOVED: "ลบแถว {before}",
    ChangeKind.ROW_MOVED: "ย้ายจากลำดับ {before} ไปลำดับ {after}",
    ChangeKind.FIELD_CHANGED: "เปลี่ยนจาก {before} เป็น {after}",
    ChangeKind.ITEM_ADDED: "เพิ่มรายการ {after}",
    ChangeKind.ITEM_REMOVED: "ลบรายการ {before}",
    ChangeKind.ITEM_CHANGED: "แก้รายการ {before} เป็น {after}",
    ChangeKind.FACT_CHANGED: "เปลี่ยนจาก {before} เป็น {after}",
    ChangeKind.PARAGRAPH_ADDED: "เพิ่มข้อความ {after}",
    ChangeKind.PARAGRAPH_REMOVED: "ลบข้อความ {before}",
    ChangeKind.PARAGRAPH_CHANGED: "แก้ข้อความ {before} เป็น {after}",
    ChangeKind.TRACKED: "ค้างอยู่แบบติดตามการเปลี่ยนแปลง {after}",
}
_WORDS_MOVED = {ChangeKind.ROW_MOVED: "ย้ายแถว", ChangeKind.PARAGRAPH_MOVED: "ย้ายข้อความ"}
_LONG = {ChangeKind.ITEM_CHANGED: "แก้รายการ", ChangeKind.PARAGRAPH_CHANGED: "แก้ข้อความ"}


def _told(text: str | None) -> str:
    if not text:
        return "(ว่าง)"
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= TOLD_LETTERS_MAX else f"“{text[: TOLD_LETTERS_MAX - 1]}…”"


# Pieces


@dataclass(frozen=True)
class Piece:
    """A paragraph or a row. cells: the words of a row's cells. heads: of its columns, where they are known."""

    text: str
    where: Where
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """What makes two pieces the same: every letter but white space."""
        return bare(self.text)


def bare(text: str) -> str:
    """Give text for comparing: one spelling for one look, no white space; digits and words stay."""
    return squeeze(normalise(text))


def pieces(document: Document) -> tuple[Piece, ...]:
    """Give every paragraph and every row that says something, in printed order; a head printed again is no piece."""
    return tuple(piece for piece in _pieces(document) if piece.key)


def _pieces(document: Document) -> Iterator[Piece]:
    heads: set[str] = set()
    for block in document.printed:
        if isinstance(block, Paragraph):
            yield Piece(block.text, block.where)
            continue
        first, *others = (_piece(row, block) for row in block.rows)
        if first.key not in heads:
            heads.add(first.key)
            yield first
        yield from others


def _piece(row: Row, table: Table) -> Piece:
    cells = tuple(" ".join(line.text for line in cell.lines) for cell in row.cells)
    own = [text for text, cell in zip(cells, row.cells, strict=True) if text and not cell.covered]
    texts = own[:1] if len({bare(text) for text in own}) == 1 else own
    heads = tuple(cell.text for cell in table.rows[0].cells) if row is not table.rows[0] else ()
    return Piece(" ".join(texts), row.where, cells, heads)


def compare_pieces(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[Change, ...]:
    """Tell what was added, removed, moved or changed between two sequences of pieces."""
    gone, come, changes = _aligned(old, new)
    elsewhere: dict[str, list[Piece]] = {}
    for piece in come:
        elsewhere.setdefault(piece.key, []).append(piece)
    for lost in gone:
        same = elsewhere.get(lost.key)
        changes.append(_change(_MOVED, lost, same.pop(0)) if same else _change(_REMOVED, lost, None))
    changes += [_change(_ADDED, None, piece) for left in elsewhere.values() for piece in left]
    return tuple(sorted(changes, key=_place))


_ADDED = (ChangeKind.PARAGRAPH_ADDED, ChangeKind.ROW_ADDED)
_REMOVED = (ChangeKind.PARAGRAPH_REMOVED, ChangeKind.ROW_REMOVED)
_MOVED = (ChangeKind.PARAGRAPH_MOVED, ChangeKind.ROW_MOVED)
_CHANGED = (ChangeKind.PARAGRAPH_CHANGED, ChangeKind.FIELD_CHANGED)


def _place(change: Change) -> int:
    where = change.where_new or change.where_old
    return (where.line or 0) if where else 0


def _change(kinds: tuple[ChangeKind, ChangeKind], old: Piece | None, new: Piece | None) -> Change:
    kind = kinds[bool((new or old or Piece("", Where())).cells)]
    return Change(
        kind, old.where if old else None, new.where if new else None, "", "",
        old.text if old else None, new.text if new else None,
    )  # fmt: skip


def _aligned(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[list[Piece], list[Piece], list[Change]]:
    """Give what only the old one has, what only the new one has, and what changed in place."""
    gone: list[Piece] = []
    come: list[Piece] = []
    changes: list[Change] = []
    matcher = SequenceMatcher(None, [piece.key for piece in old], [piece.key for piece in new], autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        was, is_now = old[start:end], new[new_start:new_end]
        pairs = likely_pairs([piece.key for piece in was], [piece.key for piece in is_now])
        for first, second in pairs:
            changes += _changed(was[first], is_now[second])
        gone += _left(was, {first for first, _ in pairs})
        come += _left(is_now, {second for _, second in pairs})
    return gone, come, changes


def _left(found: Sequence[Piece], taken: set[int]) -> list[Piece]:
    return [piece for at, piece in enumerate(found) if at not in taken]


def likely_pairs(old: Sequence[str], new: Sequence[str], like_min: float = LIKE_MIN) -> list[tuple[int, int]]:
    """Pair texts that are likely one text before and after a change: the likest first, none crossing another."""
    reach = max(1, PAIRS_MAX // max(len(old), len(new), 1))
    found = sorted(
        (-score, abs(first - second), first, second)
        for first, text in enumerate(old)
        for second in range(max(0, first - reach), min(len(new), first + reach + 1))
        if (score := fuzz.ratio(text, new[second], score_cutoff=like_min)) >= like_min
    )
    pairs: list[tuple[int, int]] = []
    for *_, first, second in found:
        at = bisect(pairs, (first, second))
        is_after = at == 0 or (pairs[at - 1][0] < first and pairs[at - 1][1] < second)
        is_before = at == len(pairs) or (first < pairs[at][0] and second < pairs[at][1])
        if is_after and is_before:
            pairs.insert(at, (first, second))
    return pairs


def _changed(old: Piece, new: Piece) -> list[Change]:
    """Tell a changed paragraph, or the changed cells of a row."""
    if not old.cells or len(old.cells) != len(new.cells):
        return [_change(_CHANGED, old, new)]
    row = name_of(new.text)
    return [
        Change(
            ChangeKind.FIELD_CHANGED,
            replace(old.where, column=column),
            replace(new.where, column=column),
            f"column_{column}",
            new.heads[column - 1] if column <= len(new.heads) and new.heads[column - 1] else f"ช่องที่ {column}",
            before,
            after,
            row,
        )
        for column, (before, after) in enumerate(zip(old.cells, new.cells, strict=True), 1)
        if bare(before) != bare(after)
    ]


def name_of(text: str, letters_max: int = 60) -> str:
    """Give the first words of a row, by which a person finds it."""
    text = " ".join(text.split())
    return text if len(text) <= letters_max else f"{text[: letters_max - 1]}…"


# Words


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand in both texts (sign `` ``), only in the old one (``-``) or only in the new one (``+``)."""

    sign: str
    text: str


def marked(before: str, after: str) -> tuple[Segment, ...]:
    """Tell two texts apart word by word."""
    old, new = _words(before), _words(after)
    segments: list[Segment] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            segments.append(Segment(" ", "".join(old[start:end])))
            continue
        segments += [Segment("-", text)] if (text := "".join(old[start:end])) else []
        segments += [Segment("+", text)] if (text := "".join(new[new_start:new_end])) else []
    return tuple(segments)


def shortened(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Cut long words that did not change down to what stands beside a change."""
    last = len(segments) - 1
    return tuple(
        Segment(" ", _cut(segment.text, is_first=at == 0, is_last=at == last)) if segment.sign == " " else segment
        for at, segment in enumerate(segments)
    )


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    if len(text) <= (1 if is_first or is_last else 2) * CONTEXT_LETTERS + 3:
        return text
    head = "" if is_first else text[:CONTEXT_LETTERS]
    tail = "" if is_last else text[-CONTEXT_LETTERS:]
    return f"{head}…{tail}"


def with_signs(segments: Sequence[Segment]) -> str:
    """Give segments as one text: ``[-gone-]``, ``{+come+}``."""
    return "".join(map(signed, segments))


def signed(segment: Segment) -> str:
    """Give a segment with the sign around it."""
    return {" ": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}[segment.sign].format(segment.text)


def _words(text: str) -> list[str]:
    """Cut a text into words; one too long for a dictionary at its blanks."""
    text = " ".join(text.split())
    return words(text) if len(text) <= WORDS_MAX else re.findall(r"\s+|\S+", text)


def longest_rise(numbers: Sequence[int]) -> set[int]:
    """Give the places of the longest run of rising numbers: what stayed while the others were moved."""
    best: list[int] = []
    before: list[int] = [-1] * len(numbers)
    for at, number in enumerate(numbers):
        low = _first_not_below(best, numbers, number)
        before[at] = best[low - 1] if low else -1
        best[low : low + 1] = [at]
    kept: set[int] = set()
    at = best[-1] if best else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def _first_not_below(best: Sequence[int], numbers: Sequence[int], number: int) -> int:
    low, high = 0, len(best)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if numbers[best[middle]] < number else (low, middle)
    return low
