"""Paragraphs out of printed lines: which line goes on with the one before, and whether a space was lost between.

A line that ended though the next word would have had room was ended by the writer; a full one was only broken.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from statistics import median

from prongsai.documents.model import Line, Mark
from prongsai.documents.read.fragment import read_fragment
from prongsai.documents.read.pdf.lines import TextLine
from prongsai.documents.read.pdf.seams import joint
from prongsai.documents.read.printed import as_printed

SIZE_CHANGE = 0.15
PITCH_MAX = 1.45  # of the usual way from line to line: more is a new paragraph
SLACK = 5.0  # of the size: what a line may leave free for a word that did not fit
INDENTED_SLACK = 1.5
TAIL = 80  # letters before a seam that can tell what stood there
APART_MIN = 1.12  # of the usual way between lines of a paragraph
PITCHES_MIN = 8
SPACING_MAX = 2.2  # of the size: from line to line of one paragraph
INDENT = 1.2  # of the size
_STARTS = re.compile(
    r"\(?[0-9๐-๙]{1,2}[.)]\)?(?=\s*[^\s\d๐-๙.)\-–])"  # as reports tell a number of a list
    r"|[-–—•●▪◦○*➢]\s*(?=[^\s\d๐-๙\-–—])"
    r"|\(?[ก-ฮ](?:\)|\.\s)|[☐☑☒□✓✔]"
)
_DOTTED = re.compile(r"[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2}){1,3}[.)]?\s+(?=[ก-ฮเ-ไ])")
_REFERS = re.compile(r"(?:ข้อ|มาตรา|วรรค|พ\.ศ\.|(?:ฉบับ|ครั้ง|ประเด็น|ตัวชี้วัด|ลำดับ|รอบ|งวด)ที่|(?:^|\s)(?:ที่|ถึง|[-–]))$")
_LONG_FIELD = re.compile(r"ส่วนราชการ|เรื่อง")  # of a memo's head, as the regulation prints them
_FIELD = re.compile(r"ส่วนราชการ|เรื่อง|เรียน|ที่|วันที่")
_BOXED = re.compile(r"[☑☒✓✔☐□]|\[[ xX✓/]?\]|\( ?[xX✓/]? ?\)")


_NUMBERED = re.compile(r"\(?[0-9๐-๙]{1,2}[.)]")
_BULLET = re.compile(r"[•●▪◦○➢]\s*(\S.*)")


class Seam(Enum):
    """What parts a line from the one before."""

    BROKEN = "broken"
    UNSURE = "unsure"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Space:
    """Where lines stand. left, right: as far as text may reach. in_cell: whether it is a cell of a table.

    keeps_ends: the file keeps a space at the end of a broken line; trusts_tags: its paragraphs are tagged.
    usual: how far apart lines of a paragraph stand in the cells of this page, in sizes of their letters; 0 unknown.
    """

    left: float
    right: float
    in_cell: bool = False
    keeps_ends: bool = False
    trusts_tags: bool = False
    usual: float = 0.0


@dataclass(slots=True)
class Flowed:
    """A paragraph. breaks: places in the text where a line ended that may have been its writer's wish."""

    text: str
    breaks: tuple[int, ...]
    lines: list[TextLine]

    @property
    def raw(self) -> str:
        """The words as the file gives them, a printed line a line."""
        return "\n".join(line.raw for line in self.lines)


def flow(lines: Sequence[TextLine], space: Space) -> list[Flowed]:
    """Join the lines of one stretch of text into paragraphs."""
    pitch = _pitch(lines)
    found: list[Flowed] = []
    for line in lines:
        seam = _seam(found[-1], line, space, pitch) if found else Seam.ENDED
        if seam is Seam.ENDED:
            found.append(Flowed(line.text, (), [line]))
            continue
        before = found[-1]
        spaced = before.lines[-1].spaced or seam is Seam.UNSURE
        gap = joint(before.text[-TAIL:], line.text, spaced=spaced, keeps_ends=space.keeps_ends)
        at = len(before.text) + len(gap)
        before.breaks += (at,) if seam is Seam.UNSURE else ()
        before.text += gap + line.text
        before.lines.append(line)
    return found


def _bulleted(lines: list[Line]) -> list[Line]:
    """Take lines after bullets as items of a list, unless numbers count the items of the cell."""
    if any(_NUMBERED.match(line.text) for line in lines):
        return lines
    return [
        replace(line, text=found[1], mark=Mark.ITEM, in_list=True, breaks=())
        if line.mark is Mark.NONE and (found := _BULLET.fullmatch(line.text))
        else line
        for line in lines
    ]


def cell_lines(flowed: Iterable[Flowed]) -> tuple[Line, ...]:
    """Give the lines of a cell, labels with boxes apart."""
    lines: list[Line] = []
    for each in flowed:
        text = as_printed(each.text)
        if _BOXED.search(text):
            lines += read_fragment(html.escape(text, quote=False))
        elif text:
            breaks = each.breaks if text == each.text else ()
            lines.append(Line(text, breaks=breaks))
    return tuple(_bulleted(lines))


def starts_item(text: str) -> bool:
    """Whether a line begins with a number, a letter, a dash or a box of a list."""
    return _STARTS.match(text) is not None


def _pitch(lines: Sequence[TextLine]) -> float:
    ways = [one.y - two.y for one, two in pairwise(lines) if one.y > two.y]
    usual = min(ways, default=0.0)
    size = median(line.size for line in lines) if lines else 0.0
    near = [way for way in ways if way <= PITCH_MAX * usual]
    return min(max(median(near), 1.15 * size), SPACING_MAX * size) if near else 0.0


def _seam(before: Flowed, line: TextLine, space: Space, pitch: float) -> Seam:
    last = before.lines[-1]
    if space.trusts_tags and last.parts[1] and line.parts[0]:
        is_one = last.parts[1] == line.parts[0] and not _stands_apart(last, line, space)
        return Seam.BROKEN if is_one else Seam.ENDED
    if last.is_led_out or (not space.in_cell and _on_one_axis(last, line, space)):
        return Seam.ENDED
    if starts_item(line.text) and not _REFERS.search(before.text[-TAIL:]):
        return Seam.ENDED
    if abs(last.size - line.size) > SIZE_CHANGE * max(last.size, line.size):
        return Seam.ENDED
    if pitch and last.y - line.y > PITCH_MAX * pitch or last.y - line.y < 0:
        return Seam.ENDED
    if _DOTTED.match(line.text) and line.x0 > space.left + INDENT * line.size and not space.in_cell:
        return Seam.ENDED
    if not space.in_cell and _goes_on_to_leader(before, line, space):
        return Seam.BROKEN
    if not space.in_cell and (len(last.segments) > 1 or len(line.segments) > 1 or _is_set_off(before, line, space)):
        return Seam.ENDED
    return _by_room(last, line, space)


def _stands_apart(last: TextLine, line: TextLine, space: Space) -> bool:
    """Whether a line of a cell stands farther from the one before than lines of one paragraph do."""
    return space.in_cell and 0 < APART_MIN * space.usual * line.size < last.y - line.y


def usual_pitch(cells: Iterable[Sequence[TextLine]]) -> float:
    """Give how far apart lines of paragraphs stand, in sizes; 0 when there are too few lines to tell."""
    ways = sorted(
        (one.y - two.y) / two.size
        for lines in cells
        for one, two in pairwise(lines)
        if one.size == two.size and one.y > two.y
    )
    return ways[len(ways) // 4] if len(ways) >= PITCHES_MIN else 0.0


def _goes_on_to_leader(before: Flowed, line: TextLine, space: Space) -> bool:
    """Whether a field of a memo's head ends on this line, dots and all: the dots may have been what had no room."""
    is_field = _LONG_FIELD.match(before.text) and not _FIELD.match(line.text)
    return bool(is_field) and line.is_led_out and line.first > space.right - before.lines[-1].x1


def _is_set_off(before: Flowed, line: TextLine, space: Space) -> bool:
    """Whether a line of running text is indented afresh, or stands in the middle as the one before."""
    first, last = before.lines[0], before.lines[-1]
    hangs = starts_item(first.text) or len(before.lines) > 1
    if line.x0 > last.x0 + INDENT * line.size and not (hangs and len(before.lines) == 1):
        return True
    indented = min(first.x0, line.x0) > space.left + INDENT * line.size and abs(first.x0 - line.x0) < 0.5 * line.size
    if indented and space.right - last.x1 > INDENTED_SLACK * line.size:
        return True
    return _is_centred(last, space) and _is_centred(line, space)


def _on_one_axis(last: TextLine, line: TextLine, space: Space) -> bool:
    """Whether lines of different length have one middle, as under a signature."""
    middle = abs(last.x0 + last.x1 - line.x0 - line.x1) / 2
    indented = min(last.x0, line.x0) > space.left + 2 * line.size
    return indented and middle < 0.3 * line.size and abs(last.x0 - line.x0) > 0.2 * line.size


def _is_centred(line: TextLine, space: Space) -> bool:
    left, right = line.x0 - space.left, space.right - line.x1
    return min(left, right) > 2 * line.size and abs(left - right) < 2 * line.size


def _by_room(last: TextLine, line: TextLine, space: Space) -> Seam:
    """Judge by the room that was left: a word that would have fitted was put on a new line on purpose."""
    width = space.right - space.left
    centred = space.in_cell and abs((last.x0 - space.left) - (space.right - last.x1)) < last.size
    room = width - (last.x1 - last.x0) if centred else space.right - last.x1
    if line.first + 0.3 * line.size <= room:
        return Seam.ENDED
    if room > SLACK * line.size:
        return Seam.UNSURE if space.in_cell else Seam.ENDED
    return Seam.BROKEN


def joined(before: Line, after: Line) -> Line:
    """Join a line that a page end cut."""
    gap = joint(before.text[-TAIL:], after.text, spaced=False, keeps_ends=False)
    return replace(before, text=before.text + gap + after.text)
