"""Lists inside a cell: numbers, dashes, paragraphs, or nothing but a space left between the items.

Sequence-aware: a cell is split at the next expected number only, so that "ข้อ ๑) - ๗)", a year or a quarter inside an
item does not split it. What is odd about the numbering is said, never mended.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from prongsai.documents.model import Line, Mark
from prongsai.reports.boxes import ticks_as_bullets
from prongsai.reports.phrases import phrases
from prongsai.thai.dates import month_number
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse

_NUMBERED = re.compile(r"(?<!\S)(\(?)([0-9๐-๙]{1,2})([.)])\)?(?=\s*[^\s\d๐-๙.)\-–])")
_LINE_NUMBER = re.compile(r"\(?([0-9๐-๙]{1,3})[.)]\)?(?=\s*[^\s\d๐-๙.)\-–])")
_DASH = re.compile(r"(?<!\S)[-–—•●▪◦○*➢]\s*(?=[^\s\d๐-๙\-–—])")
_BARE = re.compile(r"[-–—•●▪*➢.…]*")
_DOTTED = re.compile(r"(?<!\S)([0-9๐-๙]{1,2})\.([0-9๐-๙]{1,2})[.)]?(?=\s+[^\s\d๐-๙.)\-–])")
_LETTERED = re.compile(r"(?<!\S)\(?([ก-ฮ])[.)]\s*(?=[^\s.)])(?![ก-ฮ]\.)")
_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธน"
_FIRST_NUMBER_MAX = 99
_STAND_ALONE_MIN = 16


class Oddity(StrEnum):
    """What is odd about a list."""

    REPEATED = "number_repeated"
    MISSING = "number_missing"
    MIXED = "numbering_mixed"
    GUESSED = "boundaries_guessed"


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a cell, numbers and bullets removed. numbers: as printed, None where an item has none."""

    texts: tuple[str, ...]
    numbers: tuple[int | None, ...] = ()
    oddities: tuple[Oddity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    number: int
    style: str
    at_line_start: bool


def read_items(lines: Iterable[Line]) -> Items:
    """Split the words of a cell into its items; ticked boxes are no items."""
    words = [
        line
        for line in ticks_as_bullets(lines)
        if line.mark in (Mark.NONE, Mark.ITEM) and not _BARE.fullmatch(line.text)
    ]
    if not words:
        return Items(())
    if any(line.mark is Mark.ITEM for line in words):
        return _marked_by_format(words)
    return _counted(words) or _numbered(words) or _in_order(words) or _dashed(words) or _paragraphs(words)


def _marked_by_format(words: Sequence[Line]) -> Items:
    texts = [_unmarked(line.text) for line in words]
    return Items(tuple(text for text in texts if text), tuple(None for text in texts if text))


def _unmarked(text: str) -> str:
    found = _NUMBERED.match(text) or _DASH.match(text)
    return text[found.end() :].strip() if found else text.strip()


def _counted(words: Sequence[Line]) -> Items | None:
    """Take lines that count on from the list of another cell, as Word's own numbering does: 43. 44. 45."""
    found = [_LINE_NUMBER.match(line.text) for line in words]
    numbers = [int(to_arabic(one.group(1))) for one in found if one]
    if (
        len(numbers) < max(2, len(words))
        or numbers[0] == 1
        or numbers != list(range(numbers[0], numbers[0] + len(words)))
    ):
        return None
    texts = [collapse(line.text[one.end() :]) for line, one in zip(words, found, strict=True) if one]
    return Items(tuple(texts), tuple(numbers), (Oddity.MISSING,)) if all(texts) else None


def _numbered(words: Sequence[Line]) -> Items | None:
    text, starts = _joined(words)
    marks, oddities = _sequence(list(_candidates(text, starts)), has_lead=bool(text.strip()))
    if not marks:
        return None
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    pairs = [(mark.number, collapse(text[mark.end : end])) for mark, end in zip(marks, ends, strict=True)]
    items: list[tuple[int | None, str]] = [(number, item) for number, item in pairs if item]
    lead = collapse(text[: marks[0].start])
    if lead and not _BARE.fullmatch(lead):
        items.insert(0, (None, _unmarked(lead)))
    items, tail = _lone_dash(items)
    found = tuple(dict.fromkeys([*oddities, *tail]))
    return Items(tuple(item for _, item in items), tuple(number for number, _ in items), found)


def _joined(words: Sequence[Line]) -> tuple[str, frozenset[int]]:
    """Join lines with a space; gives the text and the places where a line starts."""
    text, starts = "", set()
    for line in words:
        text += " " if text else ""
        starts.add(len(text))
        text += line.text
    return text, frozenset(starts)


def _candidates(text: str, starts: frozenset[int]) -> Iterator[_Mark]:
    for found in _NUMBERED.finditer(text):
        at_start = found.start() in starts
        if at_start or not _is_reference(text[max(0, found.start() - 16) : found.start()]):
            number = int(to_arabic(found.group(2)))
            yield _Mark(found.start(), found.end(), number, found.group(1) + found.group(3), at_start)


def _is_reference(before: str) -> bool:
    """Whether the word before a number makes it a reference ("ตามข้อ ๒)") or the end of a range ("- ๗)").

    After a numeral the word only counts: "ครบ ๙ ข้อ ๒. …" goes on to the second item.
    """
    *earlier, word = before.split() or [""]
    if earlier and earlier[-1].isdecimal():
        return False
    return word in ("ที่", "-", "–", "ถึง") or word.endswith(phrases().reference_words)


def _sequence(candidates: Sequence[_Mark], *, has_lead: bool) -> tuple[list[_Mark], list[Oddity]]:
    """Choose the marks that go on counting; a list of another style inside an item is left in it."""
    marks: list[_Mark] = []
    oddities: list[Oddity] = []
    inner: set[str] = set()
    for mark in candidates:
        if not marks:
            accepted, oddity = _opens(mark, has_lead=has_lead)
        else:
            accepted, oddity = _goes_on(mark, marks, inner)
        if accepted:
            marks.append(mark)
            inner.clear()
            oddities += [oddity] if oddity else []
        elif marks and mark.number == 1 and mark.style != marks[0].style:
            inner.add(mark.style)
    return marks, oddities


def _opens(mark: _Mark, *, has_lead: bool) -> tuple[bool, Oddity | None]:
    if mark.number == 1:
        return True, None
    if mark.number == 2 and mark.start > 0 and has_lead:
        return True, Oddity.MISSING
    return mark.start == 0 and mark.number <= _FIRST_NUMBER_MAX, Oddity.MISSING


def _goes_on(mark: _Mark, marks: Sequence[_Mark], inner: set[str]) -> tuple[bool, Oddity | None]:
    last = marks[-1].number
    if mark.style != marks[0].style and (mark.style in inner or mark.number != last + 1):
        return False, None
    if mark.number == last + 1:
        return True, None if mark.style == marks[0].style else Oddity.MIXED
    if mark.number == last + 2:
        return True, Oddity.MISSING
    if mark.number == last or (mark.at_line_start and mark.number < last):
        return True, Oddity.REPEATED
    return False, None


def _in_order(words: Sequence[Line]) -> Items | None:
    """Split at 1.1, 1.2 … or at ก. ข. ค. … when the cell begins with the first of them."""
    text, _ = _joined(words)
    dotted = [(found, (found[1], int(found[2]))) for found in _DOTTED.finditer(text)]
    lettered = [(found, ("", _LETTERS.find(found[1]) + 1)) for found in _LETTERED.finditer(text)]
    for candidates in (dotted, lettered):
        marks: list[re.Match[str]] = []
        for found, (group, number) in candidates:
            if number == len(marks) + 1 and (not marks or group == candidates[0][1][0]):
                marks.append(found)
        if len(marks) > 1 and marks[0].start() == 0:
            ends = [mark.start() for mark in marks[1:]] + [len(text)]
            texts = [collapse(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
            return Items(tuple(texts), tuple(range(1, len(texts) + 1)))
    return None


def _lone_dash(items: list[tuple[int | None, str]]) -> tuple[list[tuple[int | None, str]], list[Oddity]]:
    """Take a single dash after the last number as an item that lost its number; two or more are a list inside it."""
    number, last = items[-1]
    dashes = list(_DASH.finditer(last))
    if len(dashes) != 1 or dashes[0].start() == 0:
        return items, []
    return [*items[:-1], (number, last[: dashes[0].start()].strip()), (None, last[dashes[0].end() :].strip())], [
        Oddity.MIXED
    ]


def _dashed(words: Sequence[Line]) -> Items | None:
    text, starts = _joined(words)
    inline = bool(_DASH.match(text))
    marks = [found for found in _DASH.finditer(text) if found.start() in starts or (inline and _splits(text, found))]
    if not marks:
        return None
    ends = [found.start() for found in marks[1:]] + [len(text)]
    texts = [collapse(text[: marks[0].start()])]
    texts += [collapse(text[found.end() : end]) for found, end in zip(marks, ends, strict=True)]
    kept = tuple(item for item in texts if item)
    return Items(kept, (None,) * len(kept))


def _splits(text: str, found: re.Match[str]) -> bool:
    """Whether a dash inside a line starts an item, not the second half of a range of months or quarters."""
    after = text[found.end() : found.end() + 24].split(maxsplit=1)[:1]
    before = text[max(0, found.start() - 24) : found.start()].split()[-1:]
    return not (after and before and _is_time(after[0]) and _is_time(before[0].rpartition("เดือน")[2] or before[0]))


def _is_time(word: str) -> bool:
    return word.startswith("ไตรมาส") or month_number(word.removeprefix("เดือน")) is not None or word.isdecimal()


def _paragraphs(words: Sequence[Line]) -> Items:
    pieces = [_guessed(line.text) if line.in_list else _broken(line) for line in words]
    texts = tuple(text for piece in pieces for text in piece)
    return Items(texts, (None,) * len(texts), (Oddity.GUESSED,) if len(texts) > len(words) else ())


def _broken(line: Line) -> tuple[str, ...]:
    """Take broken lines as items only when each begins with an action; else the column was narrow."""
    starts = (0, *line.breaks)
    texts = tuple(line.text[start:end].strip() for start, end in zip(starts, (*line.breaks, None), strict=True))
    begin = all(
        text.startswith(phrases().action_verbs) and not text.startswith(phrases().continuations) for text in texts
    )
    finished = not any(text.endswith(phrases().unfinished_ends) for text in texts)
    return texts if len(texts) > 1 and begin and finished else (line.text,)


def _guessed(text: str) -> tuple[str, ...]:
    """Guess the items of a list that lost its numbers: a piece that starts with an action or a doer starts one."""
    items: list[str] = []
    before = ""
    for piece in text.split():
        if items and _starts_item(piece, before, items[-1]):
            items.append(piece)
        else:
            items = [*items[:-1], f"{items[-1]} {piece}"] if items else [piece]
        before = piece
    return tuple(items)


def _starts_item(piece: str, before: str, item: str) -> bool:
    words = phrases()
    if len(item) < _STAND_ALONE_MIN or before.endswith(words.unfinished_ends) or piece.startswith(words.continuations):
        return False
    if before.startswith(words.subjects) or item == before and len(before) < _STAND_ALONE_MIN:
        return False
    return piece.startswith(words.action_verbs) or piece.startswith("เจ้าหน้าที่")
