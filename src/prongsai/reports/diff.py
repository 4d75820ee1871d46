"""What changed between two papers: facts of the head, rows and their fields, list items, and the running text.

Rows are matched by kind, code and likeness of what names them. What is in no record is compared as it is printed, and
left out where a change of a fact already tells it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.documents.diff import Change, ChangeKind, Piece, bare, compare_pieces, pieces
from prongsai.documents.model import Document
from prongsai.errors import Problem
from prongsai.reports.diff_facts import compare_facts
from prongsai.reports.diff_rows import compare_rows
from prongsai.reports.read import recognise
from prongsai.reports.records import IndicatorPlan, Report
from prongsai.thai.dates import find_dates
from prongsai.thai.text import fold

TRACKED = "TRACKED_"
_WHOLE = (ChangeKind.PARAGRAPH_ADDED, ChangeKind.PARAGRAPH_REMOVED, ChangeKind.ROW_ADDED, ChangeKind.ROW_REMOVED)
_MOVED = (ChangeKind.PARAGRAPH_MOVED, ChangeKind.ROW_MOVED)
_SIGNED = ("ลงชื่อ", "ความเห็นของ", "ความเห็น")


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes between two documents: facts first, then rows, then what is in no record, then tracked changes."""

    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return not self.changes

    def to_json(self) -> dict[str, object]:
        """Give the form that ``prongsai diff --json`` prints."""
        return {
            "old": self.old,
            "new": self.new,
            "same": self.same,
            "changes": [change.to_json() for change in self.changes],
        }


def compare(old: Document, new: Document) -> Comparison:
    """Tell what changed from one document to another, whatever their formats."""
    before, after, same_format = recognise(old), recognise(new), old.format == new.format
    told = (*compare_facts(before, after), *compare_rows(before.rows, after.rows, same_format=same_format))
    others = compare_pieces(_unrecorded(old, before), _unrecorded(new, after))
    rest = tuple(change for change in others if not _is_told(change, told, same_format=same_format))
    return Comparison(old.file, new.file, (*told, *rest, *_tracked(old.problems, new.problems)))


def _unrecorded(document: Document, report: Report) -> tuple[Piece, ...]:
    """Give the pieces that no record was read from."""
    lines = {line for row in report.rows for line in (row.origin.where.line, *row.origin.lines)}
    if not any(isinstance(row, IndicatorPlan) for row in report.rows):
        lines |= {score.where.line for score in report.indicators}
    return tuple(piece for piece in pieces(document) if not (piece.cells and piece.where.line in lines))


# What a change of a fact already tells


def _is_told(change: Change, told: Sequence[Change], *, same_format: bool) -> bool:
    """Whether a change of printed words says only what changes of facts or titles say."""
    if change.kind in _MOVED:
        return False
    facts = [fact for fact in told if fact.kind in (ChangeKind.FACT_CHANGED, ChangeKind.FIELD_CHANGED)]
    if change.kind in _WHOLE:
        return any(_belongs(change, fact) for fact in facts)
    if change.before is None or change.after is None:
        return False
    before, after = _neutral(change.before), _neutral(change.after)
    if before == after and not same_format:  # formats print days and figures each in their own way
        return True
    return _explains(before, after, facts)


def _explains(before: str, after: str, facts: Sequence[Change]) -> bool:
    """Whether putting what facts became for what they were turns one text into the other."""
    for fact in facts:
        old, new = _neutral(fact.before or ""), _neutral(fact.after or "")
        if not old or old not in before:
            continue
        if after in _each_replaced(before, old, new) or after == before.replace(old, new):
            return True
        before = before.replace(old, new)
    return False


def _each_replaced(text: str, old: str, new: str) -> Iterator[str]:
    """Give the text with one occurrence of a word replaced, for each of them."""
    at = text.find(old)
    while at >= 0:
        yield text[:at] + new + text[at + len(old) :]
        at = text.find(old, at + 1)


def _belongs(change: Change, fact: Change) -> bool:
    """Whether a line that came or went is part of a fact that came or went, such as a signature of four lines."""
    if fact.kind is not ChangeKind.FACT_CHANGED or (fact.before is None) == (fact.after is None):
        return False
    line, whole = (change.after, fact.after) if fact.before is None else (change.before, fact.before)
    if not line or not whole:
        return False
    text = bare(line).strip("().…")
    for word in _SIGNED:
        text = text.removeprefix(word).strip("().…")
    return text in bare(whole)


def _neutral(text: str) -> str:
    """Give a text for comparing in which a day is one day however it is printed."""
    for found in reversed(find_dates(text)):
        if found.reading.value:
            text = f"{text[: found.start]}{found.reading.value.isoformat()}{text[found.end :]}"
    return fold(text)


# Tracked changes


def _tracked(old: Sequence[Problem], new: Sequence[Problem]) -> Iterator[Change]:
    """Give the tracked changes that wait in the new document and did not in the old one."""
    before = {(problem.code, problem.evidence) for problem in old}
    for problem in new:
        if problem.code.startswith(TRACKED) and (problem.code, problem.evidence) not in before:
            name = "คำที่เพิ่ม" if "INSERTION" in problem.code else "คำที่ลบ"
            words = " · ".join(problem.evidence)
            yield Change(ChangeKind.TRACKED, None, problem.where, problem.code.lower(), name, None, words or None)
