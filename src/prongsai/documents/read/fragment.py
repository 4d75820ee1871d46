"""What stands in one cell: text with scraps of HTML, boxes and lists, tags often left open.

The tokeniser of the standard library takes any scrap and never fails, which a tree parser does not promise:
real exports open lists that they never close.
"""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import accumulate

from prongsai.documents.model import Line, Mark
from prongsai.documents.read.printed import as_printed

PARAGRAPHS = frozenset({"p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
SILENT = frozenset({"script", "style", "head", "title"})
_TICKED, _UNTICKED = "☑☒✓✔\uf052\uf0fe\uf0fd", "☐□\uf0a8\uf06f"  # the last ones of each are Wingdings glyphs
_BREAK = "\v"
_BOX = re.compile(rf"([{_TICKED}{_UNTICKED}]|\[[ xX✓/]?\]|\( ?[xX✓/]? ?\)(?=\s*\S))")
_TAG_NAMES = (
    "p|br|ul|ol|li|div|span|b|i|u|s|em|strong|sup|sub|font|a|table|thead|tbody|tfoot|tr|td|th|col|colgroup|caption|"
    "input|label|h[1-6]|script|style|img|hr|center|small|big|del|ins|pre|code|blockquote|html|head|body|title|meta|link|o:p"
)
_ATTRIBUTE = r"""\s+[a-zA-Z_:][-a-zA-Z0-9_:.]*(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]*))?"""
_NO_TAG = re.compile(rf"<(?!/?(?:{_TAG_NAMES})(?:{_ATTRIBUTE})*\s*/?>)", re.IGNORECASE)
_SCRAP = re.compile(rf"[<&{_TICKED}{_UNTICKED}\[(]")


class _Scraps(HTMLParser):
    """Collects lines from tokens; every paragraph tag, opened or closed, ends a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._mark = Mark.NONE
        self._lists = 0
        self._silent = 0

    def end_line(self, mark: Mark = Mark.NONE) -> None:
        pieces = [piece for piece in map(as_printed, "".join(self._words).split(_BREAK)) if piece]
        if pieces or self._mark in (Mark.TICKED, Mark.UNTICKED):
            ends = accumulate(len(piece) + 1 for piece in pieces[:-1])
            self.lines.append(Line(" ".join(pieces), self._mark, self._lists > 0, tuple(ends)))
        self._words.clear()
        self._mark = mark

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag == "br":
            self._words.append(_BREAK)
        elif tag == "input":
            self._box(dict(attrs))
        elif tag in PARAGRAPHS:
            self.end_line(Mark.ITEM if tag == "li" else Mark.NONE)
            self._lists += tag in ("ul", "ol")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in PARAGRAPHS:
            self.end_line()
            self._lists = max(0, self._lists - (tag in ("ul", "ol")))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data.replace(_BREAK, " "))

    def _box(self, attrs: dict[str, str | None]) -> None:
        if (attrs.get("type") or "").lower() in ("checkbox", "radio"):
            self.end_line(Mark.TICKED if "checked" in attrs else Mark.UNTICKED)


def read_fragment(raw: str) -> tuple[Line, ...]:
    """Read the text of one cell into lines.

    A box (tag or symbol) marks the label after it, up to the next box. ``<br>`` is a soft break inside a line; the
    asterisks of markdown emphasis are tags like any other.
    """
    raw = raw.replace("**", "")
    if not _SCRAP.search(raw):
        text = as_printed(raw)
        return (Line(text),) if text else ()
    scraps = _Scraps()
    scraps.feed(_close(raw))
    scraps.close()
    scraps.end_line()
    return tuple(part for line in scraps.lines for part in _symbols(line))


def _close(raw: str) -> str:
    """Turn a ``<`` that opens no tag into plain text, so that nothing after it is swallowed."""
    return _NO_TAG.sub("&lt;", without_comments(raw))


def without_comments(raw: str) -> str:
    """Cut comments out; one that is never closed is no comment."""
    kept: list[str] = []
    at = 0
    while (start := raw.find("<!--", at)) >= 0 and (end := raw.find("-->", start + 4)) >= 0:
        kept.append(raw[at:start])
        at = end + 3
    return "".join([*kept, raw[at:]]) if kept else raw


def _symbols(line: Line) -> list[Line]:
    """Split a line at box symbols: only when at least two boxes stand in it or it starts with one."""
    found = list(_BOX.finditer(line.text))
    if line.mark is not Mark.NONE or not found or (len(found) < 2 and found[0].start() > 0):
        return [line]
    before = line.text[: found[0].start()].strip()
    parts = [replace(line, text=before, breaks=tuple(at for at in line.breaks if at < len(before)))] if before else []
    ends = [box.start() for box in found[1:]] + [len(line.text)]
    for box, end in zip(found, ends, strict=True):
        parts.append(Line(line.text[box.end() : end].strip(), _mark(box.group()), line.in_list))
    return parts


def _mark(symbol: str) -> Mark:
    inner = symbol.strip("[]() ")
    return Mark.TICKED if inner and inner in _TICKED + "xX/" else Mark.UNTICKED
