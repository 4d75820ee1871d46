"""Words in the XML of office files: found over runs of letters, masked in place, attributes too."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from prongsai.documents.clean.model import Sweep, with_masks
from prongsai.privacy.patterns import Hit, may_hold, plain_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PARAGRAPHS = frozenset({f"{W}p", f"{A}p"})
_LETTERS = frozenset({f"{W}t", f"{A}t", f"{W}delText"})
_STANDS_FOR = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
    f"{A}br": "\n",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_WORDS = frozenset({"Target", "Type", "ContentType", "PartName", "Id", "id", "uri"})
_NINE_DIGITS = re.compile(r"(?:[0-9][^0-9]{0,4}){8}[0-9]")
_ATTRIBUTE_MIN = 6  # letters: nothing that belongs to a person is shorter

Pieces = list[tuple[etree._Element | None, str]]


def sweep_words(root: etree._Element, sweep: Sweep, where: str, *, skip: frozenset[str] = frozenset()) -> None:
    """Find and mask what belongs to a person in all words and attributes of a part. skip: elements not looked into."""
    for number, pieces in enumerate(_paragraphs(root), 1):
        _sweep_pieces(pieces, sweep, f"{where} ย่อหน้า {number}")
    for row in root.iter(f"{W}tr"):
        _sweep_pieces(_boxed(row), sweep, f"{where} ช่องเลขทีละหลัก")
    said = etree.tostring(root, encoding="unicode")
    if said.isascii() and not is_worth(said):
        return  # most parts are styles and settings
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in skip:
            continue
        _sweep_attributes(element, sweep, where)
        if element.text and element.tag not in _LETTERS and is_worth(element.text):
            element.text = masked(element.text, sweep, where)
        waiting += reversed(element)


def masked(text: str, sweep: Sweep, where: str, *, near: str = "", hidden: bool = False) -> str:
    """Give a text with what belongs to a person masked, as far as it is to be."""
    return with_masks(text, sweep.words(where, text, near=near, hidden=hidden))


def put(pieces: Pieces, hits: Iterable[Hit]) -> None:
    """Write masks over pieces of text that belong together: letter for letter if as long, else at the first."""
    texts = [text for _, text in pieces]
    for hit in sorted(hits, key=lambda one: -one.start):
        _put_one(texts, pieces, hit)
    for (element, before), after in zip(pieces, texts, strict=True):
        if element is not None and before != after:
            element.text = after
            if after != after.strip():
                element.set(_SPACE, "preserve")


def _put_one(texts: list[str], pieces: Pieces, hit: Hit) -> None:
    is_even = len(hit.masked) == hit.end - hit.start
    at, is_written = 0, False
    for place, (element, original) in enumerate(pieces):
        start, end = max(hit.start - at, 0), min(hit.end - at, len(original))
        at += len(original)
        if start >= end or element is None:
            continue
        if is_even:
            offset = at - len(original) + start - hit.start
            new = hit.masked[offset : offset + end - start]
        else:
            new = "" if is_written else hit.masked
        is_written = True
        texts[place] = texts[place][:start] + new + texts[place][end:]


def _sweep_pieces(pieces: Pieces, sweep: Sweep, where: str) -> None:
    text = "".join(text for _, text in pieces)
    if len(text) >= _ATTRIBUTE_MIN:
        put(pieces, sweep.words(where, text))


def _paragraphs(root: etree._Element) -> Iterator[Pieces]:
    """Give the words of each paragraph; those of a box inside it stand in their own."""
    for paragraph in root.iter(*_PARAGRAPHS):
        pieces: Pieces = []
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            if element.tag in _PARAGRAPHS:
                continue
            if element.tag in _LETTERS:
                pieces.append((element, element.text or ""))
            elif element.tag in _STANDS_FOR:
                pieces.append((None, _STANDS_FOR[element.tag]))
            else:
                waiting += reversed(element)
        yield pieces


def _boxed(row: etree._Element) -> Pieces:
    """Give the digits of a row of boxes with one digit each, a space between; nothing of any other row."""
    pieces: Pieces = []
    for cell in row.iterfind(f"{W}tc"):
        letters = [each for each in cell.iter(f"{W}t") if (each.text or "").strip()]
        text = (letters[0].text or "") if len(letters) == 1 else ""
        is_digit = len(text.strip()) == 1 and text.strip().isdecimal()
        pieces += [(letters[0], text), (None, " ")] if is_digit else [(None, " / ")]
    return pieces if sum(element is not None for element, _ in pieces) >= 9 else []


def _sweep_attributes(element: etree._Element, sweep: Sweep, where: str) -> None:
    for key, value in element.items():
        if len(value) < _ATTRIBUTE_MIN or not is_worth(value) or key.rpartition("}")[2] in _NOT_WORDS:
            continue
        new = masked(value, sweep, f"{where} ({key.rpartition('}')[2]})", hidden=True)
        if new != value:
            element.set(key, new)


def is_worth(text: str) -> bool:
    """Whether a text is worth a closer look: of thousands in a file few are."""
    if text.isascii():
        return "@" in text or bool(_NINE_DIGITS.search(text))
    return len(text) >= _ATTRIBUTE_MIN and may_hold(plain_of(text))
