"""Where the words of a page go: into running text, or into a cell as the scrap of tags that cells are read from."""

from html import escape
from typing import Protocol

from prongsai.documents.model import Paragraph, Printed
from prongsai.documents.places import Places
from prongsai.documents.read.printed import as_printed

_BLANKS = str.maketrans("\t\n\r\f\v", "     ")


class Sink(Protocol):
    """Takes the words of a page one after the other."""

    def text(self, words: str) -> None:
        """Take words."""

    def end_line(self) -> None:
        """End the paragraph."""

    def soft_break(self) -> None:
        """Go on in a new line of the same paragraph."""

    def open_list(self) -> None:
        """Begin a list."""

    def close_list(self) -> None:
        """End a list."""

    def item(self, number: str, *, is_marked: bool) -> None:
        """Begin an item of a list; number: as printed, empty for a bullet. is_marked: whether it has either."""

    def box(self, *, ticked: bool) -> None:
        """Take a box to tick; its label follows."""


class Flow:
    """Running text: every paragraph becomes a block."""

    def __init__(self, blocks: list[Printed], places: Places) -> None:
        self._blocks = blocks
        self._places = places
        self._words: list[str] = []
        self._mark = ""
        self._goes_on = False

    def text(self, words: str) -> None:
        """Take words."""
        self._words.append(words)

    def end_line(self) -> None:
        """End the paragraph."""
        self._flush()
        self._goes_on = False

    def soft_break(self) -> None:
        """End a line; what comes next stands right under it."""
        self._goes_on = self._flush()

    def open_list(self) -> None:
        """End the paragraph before a list."""
        self.end_line()

    def close_list(self) -> None:
        """End the last item."""
        self.end_line()
        self._mark = ""

    def item(self, number: str, *, is_marked: bool) -> None:
        """Begin a paragraph with the mark that a reader sees; it waits for the first words."""
        self.end_line()
        self._mark = f"{number or '•'} " if is_marked else ""

    def box(self, *, ticked: bool) -> None:
        """Take a box as the sign that a reader sees."""
        self._words.append(" ☑ " if ticked else " ☐ ")

    def _flush(self) -> bool:
        raw = "".join(self._words).translate(_BLANKS).strip(" ")
        self._words.clear()
        text = as_printed(raw)
        if text:
            raw, text, self._mark = self._mark + raw, as_printed(self._mark + text), ""
            where = self._places.next_line() if self._goes_on else self._places.paragraph()
            self._blocks.append(Paragraph(text, raw.replace("\xa0", " ").strip(), where))
        return bool(text)


class Scrap:
    """The words of one cell with the few tags that ``read_fragment`` knows."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._is_item_open = False

    def text(self, words: str) -> None:
        """Take words; what looks like a tag in them is none."""
        if words:
            self._pieces.append(escape(words, quote=False))
            self._is_item_open = self._is_item_open and not words.strip()

    def end_line(self) -> None:
        """End the line; the paragraph right after the mark of an item is the item."""
        if self._pieces and not self._is_item_open:
            self._pieces.append("<p>")

    def soft_break(self) -> None:
        """Break the line."""
        self._pieces.append("<br>")

    def open_list(self) -> None:
        """Begin a list."""
        self._tag("<ul>")

    def close_list(self) -> None:
        """End a list."""
        self._tag("</ul>")

    def item(self, number: str, *, is_marked: bool) -> None:
        """Begin an item: numbers are words, a bullet is a mark."""
        is_bullet = is_marked and not number
        self._tag("<li>" if is_bullet else "<p>")
        self._pieces.append(f"{number} " if number else "")
        self._is_item_open = True

    def box(self, *, ticked: bool) -> None:
        """Take a box."""
        self._tag('<input type="checkbox" checked>' if ticked else '<input type="checkbox">')

    def _tag(self, tag: str) -> None:
        self._pieces.append(tag)
        self._is_item_open = False

    def __str__(self) -> str:
        return "".join(self._pieces).replace("**", "*&#42;")
