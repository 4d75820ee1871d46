"""What the styles of a Word file say about the things that decide how it reads: lists, hidden text, table lines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prongsai.documents.read.docx.package import Element, W, children, is_on, value

_CHAIN_MAX = 20
_NO_LINE = frozenset({"", "nil", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """One style. based_on: id of another, or empty. numbering: its ``w:numPr``. hidden: None when it does not say."""

    id: str
    based_on: str
    numbering: Element | None
    hidden: bool | None
    is_ruled: bool | None


class Styles:
    """The styles of a file by id; what one does not say the one that it is based on does."""

    def __init__(self, root: Element | None) -> None:
        found = (_style(each) for each in root.iterfind(f"{W}style")) if root is not None else ()
        self._styles = {style.id: style for style in found}
        self._hidden: dict[str, bool] = {}

    def numbering(self, style: str) -> tuple[str, Element] | None:
        """Give the list of a paragraph style with the id of the style that says it."""
        return next(((each.id, each.numbering) for each in self._chain(style) if each.numbering is not None), None)

    def is_hidden(self, style: str) -> bool:
        """Whether a paragraph or character style hides its text."""
        if style not in self._hidden:
            self._hidden[style] = self._first(style, lambda each: each.hidden)
        return self._hidden[style]

    def is_ruled(self, style: str) -> bool:
        """Whether a table style draws lines."""
        return self._first(style, lambda each: each.is_ruled)

    def _first(self, style: str, what: Callable[[Style], bool | None]) -> bool:
        said = (what(each) for each in self._chain(style))
        return next((answer for answer in said if answer is not None), False)

    def _chain(self, style: str) -> Iterator[Style]:
        for _ in range(_CHAIN_MAX):
            each = self._styles.get(style)
            if each is None:
                return
            yield each
            style = each.based_on


def has_lines(borders: Element | None) -> bool | None:
    """Whether borders draw any line, None when there are no borders."""
    if borders is None:
        return None
    return any(value(border) not in _NO_LINE for border in borders)


def _style(element: Element) -> Style:
    vanish = children(element, "rPr", "vanish")
    return Style(
        value(element, "styleId"),
        value(element.find(f"{W}basedOn")),
        children(element, "pPr", "numPr"),
        None if vanish is None else is_on(vanish),
        has_lines(children(element, "tblPr", "tblBorders")),
    )
