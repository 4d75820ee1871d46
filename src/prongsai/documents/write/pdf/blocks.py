"""What each block of a paper becomes in print: forms of the template, every line already broken."""

import re
from collections.abc import Iterator

from prongsai.documents.model import (
    Align,
    Block,
    Document,
    Fields,
    Masthead,
    NewPage,
    Panel,
    Paragraph,
    Picture,
    Separator,
    Sides,
    Signatures,
    Style,
    Table,
)
from prongsai.documents.write.fill import Filler, PrintedLine
from prongsai.documents.write.pdf.page import (
    BODY_SIZE,
    CM,
    LABEL_SIZE,
    LOOKS,
    MEMO_UP,
    PAGES,
    PANEL_SIZE,
    TITLE_SIZE,
    Form,
    Look,
    Page,
)
from prongsai.documents.write.pdf.signatures import signature_forms
from prongsai.documents.write.pdf.tables import Printer, table_form
from prongsai.documents.write.text_prep import Prepared
from prongsai.documents.write.together import stays_with_next
from prongsai.errors import LimitExceeded

_MARKER = re.compile(r"(?:[-–—•]|\(?[0-9๐-๙ก-ฮA-Za-z]{1,3}(?:\.[0-9๐-๙]+)*[.)]+) ")
_HANGING_LEFT, _LEVEL = 1.25 * CM, 0.9 * CM
_ADDRESS_MAX = 8.5 * CM
_GAP = 8.0
PICTURE_MB_MAX = 8
_ABOVE_TITLE = 10
_PANEL_INSET = 5.0


class Setter:
    """Sets the blocks of one paper."""

    def __init__(self, document: Document, prepared: Prepared, filler: Filler) -> None:
        self._document, self._prepared, self._filler = document, prepared, filler
        self._page: Page = PAGES[document.setup.orientation]
        self._has_title = False

    def sections(self) -> list[Form]:
        """Give the paper as runs of pages that lie one way."""
        runs = [(start, blocks) for start, blocks in _runs(self._document) if blocks]
        return [
            self._section(start, blocks) | {"opens": number > 0 and self._opens(runs, number)}
            for number, (start, blocks) in enumerate(runs)
        ]

    def _opens(self, runs: list[tuple[NewPage, list[Block]]], number: int) -> bool:
        """Whether another paper begins, or the paper behind its cover: that page is page 1 and bears no number."""
        start, blocks = runs[number]
        is_behind_cover = self._document.setup.cover and all(before.centred for before, _ in runs[:number])
        return not start.centred and (is_behind_cover or isinstance(blocks[0], Masthead))

    def _section(self, start: NewPage, blocks: list[Block]) -> Form:
        self._page = PAGES[start.orientation]
        before = (None, *blocks)
        forms = [
            form
            for at, block in enumerate(blocks)
            for form in self._forms(before[at], block, stays=stays_with_next(blocks, at))
        ]
        if any(isinstance(block, Masthead) and block.title for block in blocks[:2]):
            forms.insert(0, {"kind": "up", "by": MEMO_UP})
        page = self._page
        return {
            "flipped": page.flipped,
            "left": page.left,
            "right": page.right,
            "top": page.top,
            "bottom": page.bottom,
            "centred": start.centred,
            "blocks": forms,
        }

    def _forms(self, before: Block | None, block: Block, *, stays: bool) -> Iterator[Form]:
        if isinstance(block, Paragraph):
            yield from self._paragraphs(block, before, stays=stays)
        elif isinstance(block, Table):
            form = table_form(block, Printer(self._prepared, self._filler, self._page))
            yield from [form] if form else []
        elif isinstance(block, Signatures):
            yield from signature_forms(block, self._prepared, self._filler, self._page.width, stays=stays)
        elif isinstance(block, Picture):
            yield self._picture(block)
        elif isinstance(block, Panel):
            yield self._panel(block)
        else:
            yield from self._head(block)

    def _head(self, block: Block) -> Iterator[Form]:
        """Set what stands at the head of a paper."""
        if isinstance(block, Masthead):
            yield self._masthead(block)
        elif isinstance(block, Fields) and block.fields:
            yield self._fields(block)
        elif isinstance(block, Sides):
            yield self._sides(block)
        elif isinstance(block, Separator):
            yield {"kind": "separator"}

    def _lines(self, text: str, width: float, look: Look, first: float = 0) -> list[PrintedLine]:
        text = self._prepared.text(text)
        if look.align is Align.CENTRE:
            return self._filler.balanced(text, width, look.size, bold=look.bold)
        return self._filler.lines(text, width, look.size, bold=look.bold, indent=first, justify=look.justify)

    def _paragraphs(self, block: Paragraph, before: Block | None, *, stays: bool) -> Iterator[Form]:
        """Set a paragraph; a line break inside it begins a new one."""
        texts = [text for text in map(self._prepared.text, block.text.split("\n")) if text]
        for number, text in enumerate(texts):
            is_last = number == len(texts) - 1
            level = self._level(block.style) if number == 0 and not _goes_on(before, block) else 0
            keep = block.style in (Style.TITLE, Style.HEADING) or (is_last and stays)
            yield self._paragraph(text, block, level=level, keep=keep)

    def _level(self, style: Style) -> int:
        """Give the level of a heading, 0 for running text. No level may be left out: readers aloud count them."""
        if style is Style.TITLE:
            self._has_title = True
            return 1
        return (2 if self._has_title else 1) if style is Style.HEADING else 0

    def _paragraph(self, text: str, block: Paragraph, *, level: int, keep: bool) -> Form:
        look, left, hang = LOOKS[block.style], 0.0, 0.0
        if block.style is Style.RIGHT:
            left = self._page.width / 2
        elif block.style is Style.HANGING:
            left = _HANGING_LEFT + _LEVEL * block.level
            marker = _MARKER.match(text)
            hang = self._filler.fonts.width(marker[0], look.size) if marker else 0.0
        lines = self._lines(text, self._page.width - left - hang, look, look.first - hang)
        above = _ABOVE_TITLE if level and block.style is Style.TITLE else look.above
        return self._form(look, lines, above=above, level=level, keep=keep, left=left, hang=hang)

    @staticmethod
    def _form(
        look: Look, lines: list[PrintedLine], *, above: float, level: int, keep: bool, left: float, hang: float
    ) -> Form:
        return {
            "kind": "paragraph",
            "above": above,
            "sticky": keep,
            "left": left,
            "size": look.size,
            "bold": look.bold,
            "red": look.red,
            "align": look.align,
            "first": look.first,
            "hang": hang,
            "level": level,
            "lines": [line.to_json() for line in lines],
        }

    def _masthead(self, block: Masthead) -> Form:
        look = Look(TITLE_SIZE, bold=True)
        lines = self._lines(block.title, self._page.width - 4 * CM, look) if block.title else []
        self._has_title = self._has_title or bool(lines)
        return {
            "kind": "masthead",
            "height": block.height_cm * CM,
            "level": 1,
            "lines": [line.to_json() for line in lines],
        }

    def _fields(self, block: Fields) -> Form:
        """Set labels and values side by side; each label as wide as it is, the rest shared by what the values need."""
        size = LABEL_SIZE if block.memo else BODY_SIZE
        labels = [self._prepared.text(field.label) + " " for field in block.fields]
        values = [self._prepared.text(field.value) for field in block.fields]
        wide = [self._filler.width(label, size, bold=block.memo) + _GAP / 2 for label in labels]
        needs = [self._filler.width(value, BODY_SIZE) + CM for value in values]
        rest = self._page.width - sum(wide) - _GAP * (len(wide) - 1)
        widths = [max(rest * need / sum(needs), CM) for need in needs]
        filled = [self._value(*pair) for pair in zip(values, widths, strict=True)]
        return {
            "kind": "fields",
            "memo": block.memo,
            "above": 0 if block.memo else LOOKS[Style.PLAIN].above,
            "label-size": size,
            "rows": [_field_row(number, labels, filled, wide, widths) for number in range(max(map(len, filled)))],
        }

    def _value(self, value: str, width: float) -> list[str]:
        """Give a value in lines; the space at its end parts it from a label that follows."""
        return [line.text for line in self._filler.lines(value + " ", width, BODY_SIZE)] if value else [""]

    def _sides(self, block: Sides) -> Form:
        """Set two columns of lines, the right one as wide as its longest line, up to more than half the page."""
        right = [self._prepared.text(text) for text in block.right]
        wide = max((self._filler.width(text, BODY_SIZE) for text in right), default=0.0)
        widths = [self._page.width - min(wide, _ADDRESS_MAX), min(wide, _ADDRESS_MAX)]
        sides = [
            [[line.to_json() for line in self._lines(text, width, LOOKS[Style.PLAIN])] for text in texts]
            for texts, width in zip((block.left, block.right), widths, strict=True)
        ]
        return {"kind": "sides", "above": 0, "columns": widths, "sides": sides}

    def _picture(self, block: Picture) -> Form:
        return {
            "kind": "picture",
            "content": picture_content(block.content, self._prepared),
            "width": min(block.width_cm * CM, self._page.width),
            "says": " ".join(block.says.split()) or "ภาพ",
        }

    def _panel(self, block: Panel) -> Form:
        """Set a framed block: the picture at the left, the words beside it."""
        picture = self._picture(block.picture) if block.picture else None
        beside = self._page.width - 2 * _PANEL_INSET - (block.picture.width_cm * CM + _GAP if block.picture else 0)
        texts = [(block.title, True), *((line, False) for line in block.lines)]
        lines = [
            [each.to_json() for each in self._lines(text, beside, Look(PANEL_SIZE, bold=bold))] for text, bold in texts
        ]
        return {
            "kind": "panel",
            "picture": picture,
            "gap": _GAP,
            "inset": _PANEL_INSET,
            "size": PANEL_SIZE,
            "lines": lines,
        }


def _field_row(
    number: int, labels: list[str], values: list[list[str]], wide: list[float], widths: list[float]
) -> list[Form]:
    """Give a printed line of fields: label and value by turns; below the first line there are no labels."""
    row: list[Form] = []
    for label, value, label_width, width in zip(labels, values, wide, widths, strict=True):
        row.append(_part("gap", "", _GAP))
        row.append(_part("label", label, label_width) if number == 0 else _part("gap", "", label_width))
        row.append(_part("value", value[number], width) if number < len(value) else _part("gap", "", width))
    return row[1:]


def _part(part: str, text: str, width: float) -> Form:
    return {"part": part, "text": text, "width": width}


def picture_content(content: bytes, prepared: Prepared) -> str | list[int]:
    """Give a picture as JSON can hold it: the text of an SVG, its words settled, or the bytes of any other.

    Raises LimitExceeded for one of more than 8 MB.
    """
    if len(content) > PICTURE_MB_MAX * 1_000_000:
        raise LimitExceeded(
            f"a picture of {len(content):,} bytes; at most {PICTURE_MB_MAX} MB",
            message_th=f"ภาพใหญ่เกิน {PICTURE_MB_MAX} MB",
            mend_th="ย่อภาพก่อน",
        )
    if content.lstrip()[:1] != b"<":
        return list(content)
    return prepared.text(content.decode("utf-8-sig", errors="replace"))


def _goes_on(before: Block | None, block: Paragraph) -> bool:
    """Whether a line of a title stands under another one: both are one heading, named by the first in the outline."""
    return block.style is Style.TITLE and isinstance(before, Paragraph) and before.style is Style.TITLE


def _runs(document: Document) -> Iterator[tuple[NewPage, list[Block]]]:
    """Part the blocks at new pages."""
    start, blocks = NewPage(document.setup.orientation, document.setup.cover), list[Block]()
    for block in document.blocks:
        if isinstance(block, NewPage):
            yield start, blocks
            start, blocks = block, []
        else:
            blocks.append(block)
    yield start, blocks
