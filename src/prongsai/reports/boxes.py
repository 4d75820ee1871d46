"""Boxes to tick and the words beside them: which of three states a thing is in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from prongsai.documents.model import Line, Mark
from prongsai.reports.phrases import phrases
from prongsai.reports.records import ProgressStatus
from prongsai.thai.text import squeeze

BOXES = (Mark.TICKED, Mark.UNTICKED)
_LABEL_REST = 6
_LABEL_LENGTH_MAX = 60


LABELS_MAX = 8


@lru_cache(maxsize=1)
def _labels() -> tuple[tuple[str, ProgressStatus], ...]:
    """Give every known label with its status, the longest first."""
    labels = [(word, ProgressStatus(name)) for name, words in phrases().status.items() for word in words]
    return tuple(sorted(labels, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=1)
def _last_label() -> re.Pattern[str]:
    loose = (" ?".join(map(re.escape, word)) for word, _ in _labels())
    return re.compile(rf"(?:{'|'.join(loose)})$")


def status_of(text: str) -> ProgressStatus | None:
    """Read one label or the words of a status column."""
    bare = squeeze(text)
    return next((status for word, status in _labels() if word in bare), None)


def names_states(text: str) -> bool:
    """Whether a text names two states or more: labels whose boxes were lost."""
    bare = squeeze(text)
    found: set[ProgressStatus] = set()
    for word, status in _labels():
        if word in bare:
            found.add(status)
            bare = bare.replace(word, "|")
    return len(found) > 1


@lru_cache(maxsize=4096)
def is_status_label(text: str) -> bool:
    """Whether a text is a label of a status and hardly more."""
    bare = squeeze(text)
    return any(word in bare and len(bare) <= len(word) + _LABEL_REST for word, _ in _labels())


def read_status(lines: Iterable[Line]) -> tuple[ProgressStatus | None, tuple[str, ...], int]:
    """Read a group of boxes: the status when exactly one is ticked, the ticked labels, how many boxes there are."""
    boxes = [line for line in lines if line.mark in BOXES]
    ticked = tuple(line.text for line in boxes if line.mark is Mark.TICKED)
    status = status_of(ticked[0]) if len(ticked) == 1 else None
    return status, ticked, len(boxes)


def without_lost_boxes(lines: Sequence[Line]) -> tuple[tuple[Line, ...], bool]:
    """Take labels off whose boxes were lost: two states or more at the end of a cell without any box.

    Gives the lines that are left and whether there were such labels.
    """
    if any(line.mark in BOXES for line in lines):
        return tuple(lines), False
    left = list(lines)
    states: set[ProgressStatus | None] = set()
    for _ in range(LABELS_MAX):
        bare = left[-1].text.rstrip() if left else ""
        label = _last_label().search(bare, max(0, len(bare) - _LABEL_LENGTH_MAX))
        if label is None:
            break
        states.add(status_of(label.group()))
        rest = bare[: label.start()].rstrip()
        left[-1:] = [replace(left[-1], text=rest)] if rest else []
    return (tuple(left), True) if len(states) > 1 else (tuple(lines), False)


def ticks_as_bullets(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Give the lines of a list in which a tick stands for a bullet: every box ticked, none beside a status."""
    lines = tuple(lines)
    boxes = [line for line in lines if line.mark in BOXES]
    if not boxes or any(line.mark is Mark.UNTICKED or status_of(line.text) for line in boxes):
        return lines
    return tuple(replace(line, mark=Mark.ITEM) if line.mark is Mark.TICKED else line for line in lines)
