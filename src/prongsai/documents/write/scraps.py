"""The lines of a cell as a scrap of plain tags: what ``documents.read.fragment`` reads back as the same lines."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from prongsai.documents.model import Cell, Line, Mark
from prongsai.documents.read.printed import as_printed

_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")
_BOXES = (Mark.TICKED, Mark.UNTICKED)


def _plain_box(ticked: bool, words: str) -> str:
    return f'<input type="checkbox"{" checked" if ticked else ""}> {words}'.rstrip()


@dataclass(frozen=True, slots=True)
class Tags:
    """How a format writes words and marks. box: from whether it is ticked and its label.

    unmarked: around a line of a list that has lost its mark.
    """

    escape: Callable[[str], str]
    box: Callable[[bool, str], str] = _plain_box
    unmarked: str = "<p>{}</p>"


def printable(text: str) -> str:
    """Give text on one line, without what no file format can hold."""
    return as_printed(_UNPRINTABLE.sub("", text))


def scrap(cell: Cell, tags: Tags) -> str:
    """Give a cell as one line of tags and escaped words; a cell of one plain line has no tags."""
    lines = [line for line in cell.lines if line.text or line.mark in _BOXES]
    if len(lines) == 1 and lines[0].mark is Mark.NONE and not lines[0].in_list:
        return _words(lines[0], tags)
    return "".join(_run(in_list, list(run), tags) for in_list, run in groupby(lines, _is_in_list))


def _is_in_list(line: Line) -> bool:
    return line.in_list or line.mark is Mark.ITEM


def _run(in_list: bool, lines: Sequence[Line], tags: Tags) -> str:
    if in_list:
        return f"<ul>{''.join(_item(line, tags) for line in lines)}</ul>"
    return "".join(f"<p>{_marked(line, tags)}</p>" for line in lines)


def _item(line: Line, tags: Tags) -> str:
    return tags.unmarked.format(_words(line, tags)) if line.mark is Mark.NONE else f"<li>{_marked(line, tags)}</li>"


def _marked(line: Line, tags: Tags) -> str:
    words = _words(line, tags)
    return tags.box(line.mark is Mark.TICKED, words) if line.mark in _BOXES else words


def _words(line: Line, tags: Tags) -> str:
    """Give the words of a line, broken where it was."""
    return "<br>".join(tags.escape(piece) for piece in pieces(line))


def pieces(line: Line) -> Iterator[str]:
    """Part a line where it was broken."""
    ends = [0, *(at for at in line.breaks if 0 < at < len(line.text)), len(line.text)]
    return (piece for start, end in pairwise(ends) if (piece := printable(line.text[start:end])))
