"""The words of one cell as lines, and lines as the words of one cell.

A sheet has no lists and no soft breaks. They are kept in white space that a person does not see: a line that begins
with one no-break space goes on with the line before, one that begins with two is a line of a list, and a bullet with a
no-break space behind it is the mark of an item. Readers that do not know this read the same words.
"""

import re
from functools import lru_cache
from html import escape

from prongsai.documents.model import Line, Mark
from prongsai.documents.read.fragment import read_fragment

GOES_ON = "\u00a0"
IN_LIST = "\u00a0\u00a0"
ITEM = "•\u00a0"
BOXES = {Mark.TICKED: "☑", Mark.UNTICKED: "☐"}
BLANKS = " \t\r\n"
"""White space around the words of a cell that says nothing."""

_BREAKS = re.compile(r"\r\n?|[\v\f\u2028\u2029]")
_MADE_HARMLESS = re.compile(r"^'(?=[=+\-@\t\r])")
_SIGNS = str.maketrans({"*": "&#42;"})


def original(words: str) -> str:
    """Give the words before an apostrophe was set in front of them, so that no program takes them for a formula."""
    return _MADE_HARMLESS.sub("", words)


@lru_cache(maxsize=4096)
def lines_of(words: str) -> tuple[Line, ...]:
    """Read the words of a cell into lines; what looks like a tag is none."""
    return tuple(line for text in _joined(words) for line in read_fragment(_tagged(text)))


def _joined(words: str) -> list[str]:
    """Give the lines, with ``<br>`` where one went on under itself."""
    lines: list[str] = []
    for line in _BREAKS.sub("\n", words).split("\n"):
        goes_on = line.startswith(GOES_ON) and not line.startswith(IN_LIST)
        text = escape(line, quote=False).translate(_SIGNS)
        if goes_on and lines:
            lines[-1] += f"<br>{text}"
        else:
            lines.append(text)
    return lines


def _tagged(line: str) -> str:
    if line.startswith(ITEM):
        return f"<ul><li>{line.removeprefix(ITEM)}</ul>"
    return f"<ul><p>{line}</ul>" if line.startswith(IN_LIST) else line
