"""The operators of a content stream that show text, paired with what pdfium reads of them; letters taken out of them.

ISO 32000-1 §9.4.3. The letters that stay keep their codes, their font and their places: the space of those taken out
is left as a number between them, measured by pdfium.
"""

import math
import re
from dataclasses import dataclass, field
from typing import Any

from prongsai.documents.clean.pdf.letters import Letters, Node
from prongsai.documents.clean.pdf.opening import library

_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_TWO_BYTES = re.compile(r"Identity|UCS2|UTF16")
_CMAP_MAX = 4_000_000
_RANGE_MAX = 70_000


class CannotMask(Exception):
    """The letters of a page cannot be told apart in its content."""


@dataclass(slots=True)
class Editor:
    """Takes letters out of one page. gone: their places."""

    pdf: Any
    letters: Letters
    gone: frozenset[int]
    painted: dict[int, list[int]] = field(init=False)
    _fonts: dict[tuple[int, int], tuple[int, dict[bytes, int]]] = field(default_factory=dict)
    _order: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.painted = self.letters.painted_by()

    def edit(self, page: Any) -> None:
        """Write the content of a page anew without the letters. Raises CannotMask, and the page is as it was."""
        pikepdf = library("")
        nodes = self.letters.nodes()
        self._order = _texts(nodes)
        try:
            new, new_resources = self._stream(page, page.get("/Resources", pikepdf.Dictionary()), nodes)
        except (IndexError, KeyError, ValueError, TypeError, AttributeError, pikepdf.PdfError) as reason:
            raise CannotMask(f"the content is damaged: {reason}") from reason
        page.Contents = self.pdf.make_stream(new)
        page.Resources = new_resources

    def _stream(self, stream: Any, resources: Any, nodes: list[Node]) -> tuple[bytes, Any]:
        pikepdf = library("")
        made: list[Any] = []
        waiting = iter(nodes)
        forms = _Forms(self.pdf, resources)
        font: Any = None
        fonts: list[Any] = []
        for instruction in pikepdf.parse_content_stream(stream):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "q":
                fonts.append(font)
            elif operator == "Q" and fonts:
                font = fonts.pop()
            elif operator == "Tf":
                font = _font(resources, str(operands[0]))
            elif operator == "BDC":
                instruction = _without_replacement(instruction, self.letters, self.gone)
            elif operator in _SHOWS and _codes_in(operands[-1]):
                made += self._show(instruction, operator, font, _next(waiting, is_text=True))
                continue
            elif operator == "Do" and (form := forms.get(str(operands[0]))) is not None:
                node = _next(waiting, is_text=False)
                if self._is_touched(node):
                    inner = form.get("/Resources", resources)
                    instruction = forms.replaced(form, *self._stream(form, inner, node.parts))
            made.append(instruction)
        if next(waiting, None) is not None:
            raise CannotMask("more is drawn than the content says")
        return pikepdf.unparse_content_stream(made), forms.resources

    def _is_touched(self, node: Node) -> bool:
        if node.is_text:
            return any(place in self.gone for place in self.painted.get(node.key, ()))
        return any(map(self._is_touched, node.parts))

    def _show(self, instruction: Any, operator: str, font: Any, node: Node) -> list[Any]:
        if not self._is_touched(node):
            return [instruction]
        pikepdf = library("")
        shown = instruction.operands[-1]
        items = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
        array = self._array(items, font, node)
        before = []
        if operator == '"':
            for value, name in zip(instruction.operands[:2], ("Tw", "Tc"), strict=True):
                before.append(pikepdf.ContentStreamInstruction([value], pikepdf.Operator(name)))
        if operator in {"'", '"'}:
            before.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*")))
        return [*before, pikepdf.ContentStreamInstruction([pikepdf.Array(array)], pikepdf.Operator("TJ"))]

    def _array(self, items: list[Any], font: Any, node: Node) -> list[Any]:
        """Give the strings and numbers of a text without the letters that are gone."""
        pikepdf = library("")
        length, units = self._code(font)
        pieces = [_split(bytes(item), length) if isinstance(item, pikepdf.String) else float(item) for item in items]
        codes = [code for piece in pieces if isinstance(piece, list) for code in piece]
        places = _aligned(codes, units, self.painted.get(node.key, []), self.letters.text)
        made: list[Any] = []
        at, start = 0, -1
        for piece in pieces:
            if isinstance(piece, float):
                if start < 0:
                    made.append(piece)
                continue
            for code in piece:
                own = places[at]
                at += 1
                if any(place in self.gone for place in own) or (start >= 0 and not own):
                    start = own[0] if start < 0 else start
                    continue
                if start >= 0:
                    made.append(self._space(start, own[0]))
                    start = -1
                if made and isinstance(made[-1], bytes):
                    made[-1] += code
                else:
                    made.append(code)
        if start >= 0:
            made.append(self._space_to_next(start, node))
        return [pikepdf.String(each) if isinstance(each, bytes) else round(each, 3) for each in made]

    def _space(self, start: int, end: int) -> float:
        """Give the space from one letter to another, in thousandths of the size, as text wants it: less is further."""
        (x0, y0), (x1, y1) = self.letters.origin(start), self.letters.origin(end)
        _, unit, angle = self.letters.scale(start)
        along = (x1 - x0) * math.cos(angle) + (y1 - y0) * math.sin(angle)
        return -along / unit * 1000 if unit else 0.0

    def _space_to_next(self, start: int, node: Node) -> float:
        """Give the space up to the next text, which may go on where this one ended."""
        after = self._order[self._order.index(node.key) + 1 :]
        place = next((self.painted[key][0] for key in after if self.painted.get(key)), None)
        if place is None:
            return 0.0
        (x0, y0), (x1, y1) = self.letters.origin(start), self.letters.origin(place)
        size, _, angle = self.letters.scale(start)
        across = abs(-(x1 - x0) * math.sin(angle) + (y1 - y0) * math.cos(angle))
        return self._space(start, place) if across < size / 2 else 0.0

    def _code(self, font: Any) -> tuple[int, dict[bytes, int]]:
        """Give how many bytes a code of a font has, and how many letters each code is."""
        pikepdf = library("")
        if not isinstance(font, pikepdf.Dictionary):
            raise CannotMask("a font is missing")
        key = font.objgen
        if key not in self._fonts or key == (0, 0):
            length = 1
            if font.get("/Subtype") == "/Type0":
                encoding = font.get("/Encoding")
                length = 2 if _is_two_bytes(encoding) else 0
            if not length:
                raise CannotMask("codes of a font differ in length")
            self._fonts[key] = (length, _units(font.get("/ToUnicode"), length))
        return self._fonts[key]


class _Forms:
    """The forms of some resources; a changed one gets a name of its own in a copy of them."""

    def __init__(self, pdf: Any, resources: Any) -> None:
        pikepdf = library("")
        self._pdf = pdf
        self.resources = pikepdf.Dictionary(resources)
        given = resources.get("/XObject", pikepdf.Dictionary())
        self._forms = pikepdf.Dictionary(given)

    def get(self, name: str) -> Any:
        """Give a form by its name, None when it is a picture."""
        found = self._forms.get(name)
        return found if found is not None and found.get("/Subtype") == "/Form" else None

    def replaced(self, form: Any, content: bytes, resources: Any) -> Any:
        """Keep a form with other content; gives the operator that draws it."""
        pikepdf = library("")
        new = self._pdf.make_stream(content)
        for key in list(form.keys()):
            if key not in {"/Length", "/Filter", "/DecodeParms", "/Resources"}:
                new[key] = form[key]
        new["/Resources"] = resources
        name = f"/Masked{len(self._forms)}"
        self._forms[name] = new
        self.resources["/XObject"] = self._forms
        return pikepdf.ContentStreamInstruction([pikepdf.Name(name)], pikepdf.Operator("Do"))


def _next(waiting: Any, *, is_text: bool) -> Node:
    node: Node | None = next(waiting, None)
    if node is None or node.is_text is not is_text:
        raise CannotMask("the content says more than is drawn")
    return node


def _texts(nodes: list[Node]) -> list[int]:
    found: list[int] = []
    for node in nodes:
        found += [node.key] if node.is_text else _texts(node.parts)
    return found


def _codes_in(shown: Any) -> bool:
    pikepdf = library("")
    items = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
    return any(isinstance(item, pikepdf.String) and len(bytes(item)) for item in items)


def _font(resources: Any, name: str) -> Any:
    fonts = resources.get("/Font")
    return None if fonts is None else fonts.get(name)


def _without_replacement(instruction: Any, letters: Letters, gone: frozenset[int]) -> Any:
    """Take the words that stand for drawn ones (ActualText) away when letters of the page are taken out."""
    pikepdf = library("")
    properties = instruction.operands[1] if len(instruction.operands) > 1 else None
    if not isinstance(properties, pikepdf.Dictionary) or not any(
        key in properties for key in ("/ActualText", "/Alt", "/E")
    ):
        return instruction
    said = " ".join(str(properties[key]) for key in ("/ActualText", "/Alt", "/E") if key in properties)
    taken = "".join(letters.text[place] for place in sorted(gone))
    if not any(word in taken for word in said.split()) and said not in taken:
        return instruction
    kept = pikepdf.Dictionary(
        {key: properties[key] for key in list(properties.keys()) if key not in {"/ActualText", "/Alt", "/E"}}
    )
    return pikepdf.ContentStreamInstruction([instruction.operands[0], kept], instruction.operator)


def _split(codes: bytes, length: int) -> list[bytes]:
    return [codes[at : at + length] for at in range(0, len(codes), length)]


def _aligned(codes: list[bytes], units: dict[bytes, int], places: list[int], text: str) -> list[list[int]]:
    """Give the letters of each code. Raises CannotMask when they do not add up."""
    lengths = [units.get(code, 1) for code in codes]
    if sum(lengths) != len(places):
        return _aligned_by_spaces(codes, lengths, places, text)
    found, at = [], 0
    for length in lengths:
        found.append(places[at : at + length])
        at += length
    return found


def _aligned_by_spaces(codes: list[bytes], lengths: list[int], places: list[int], text: str) -> list[list[int]]:
    """Do so when reading left spaces out, each a code that a text of spaces would have."""
    missing = sum(lengths) - len(places)
    blank = [number for number, code in enumerate(codes) if code in {b" ", b"\x00\x03", b"\x00 ", b"\xa0"}]
    if missing < 0 or missing != len(blank):
        raise CannotMask("letters and codes do not add up")
    lengths = [0 if number in set(blank) else length for number, length in enumerate(lengths)]
    found, at = [], 0
    for length in lengths:
        found.append(places[at : at + length])
        at += length
    return found


def _is_two_bytes(encoding: Any) -> bool:
    pikepdf = library("")
    if isinstance(encoding, pikepdf.Stream):
        words = encoding.read_bytes()
        found = re.search(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*endcodespacerange", words)
        return bool(found and len(found[1]) == 4)
    return bool(_TWO_BYTES.search(str(encoding)))


def _units(stream: Any, length: int) -> dict[bytes, int]:
    """Give of each code how many letters it is, by the table of a font; those of one letter are left out."""
    pikepdf = library("")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    content = stream.read_bytes()[:_CMAP_MAX]
    found: dict[bytes, int] = {}
    for block, take in ((rb"beginbfchar(.*?)endbfchar", _chars), (rb"beginbfrange(.*?)endbfrange", _ranges)):
        for each in re.finditer(block, content, re.DOTALL):
            take(each[1], length, found)
    return found


def _chars(block: bytes, length: int, found: dict[bytes, int]) -> None:
    for code, said in re.findall(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>", block):
        _keep(_number(code), _letters(said), length, found)


def _ranges(block: bytes, length: int, found: dict[bytes, int]) -> None:
    for first, last, said, many in re.findall(
        rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", block, re.DOTALL
    ):
        start, end = _number(first), min(_number(last), _number(first) + _RANGE_MAX)
        each = re.findall(rb"<([0-9A-Fa-f\s]*)>", many)
        for number in range(start, end + 1):
            words = said if not many else each[number - start] if number - start < len(each) else b""
            _keep(number, _letters(words), length, found)


def _keep(number: int, letters: int, length: int, found: dict[bytes, int]) -> None:
    if letters != 1 and number < 256**length:
        found[number.to_bytes(length, "big")] = letters


def _number(code: bytes) -> int:
    return int(code.replace(b" ", b"")[:8] or b"0", 16)


def _letters(said: bytes) -> int:
    """Give how many letters a text in UTF-16 is."""
    plain = bytes.fromhex(said.decode("ascii"))
    return len(plain.decode("utf-16-be", "replace"))
