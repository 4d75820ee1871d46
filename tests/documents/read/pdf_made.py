"""PDF files written by hand, byte by byte, so that every disorder of glyphs and every layout can be made exactly.

The font is a Type 3 font of plain boxes: a glyph is as wide as said and stands for whatever string is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

Add = Callable[[str], int]

MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎") | {chr(code) for code in range(0xF701, 0xF70F)}
WIDTH = 500  # of a letter, in thousandths of the size
SPACE = 250
SIZE = 16.0
A4 = (595.0, 842.0)


def width_of(words: str, size: float = SIZE) -> float:
    """Tell how wide words are."""
    return sum(0 if letter in MARKS else SPACE if letter == " " else WIDTH for letter in words) * size / 1000


@dataclass
class Sheet:
    """A page. Text is set letter by letter; marks are drawn back over the letter before them."""

    size: tuple[float, float] = A4
    rotate: int = 0
    ops: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    codes: dict[tuple[str, str], int] = field(default_factory=dict)

    def code(self, text: str, shape: str = "") -> int:
        kind = shape or ("mark" if text in MARKS else "space" if text == " " else "base")
        return self.codes.setdefault((text, kind), len(self.codes) + 1)

    def glyph(self, x: float, y: float, text: str, shape: str = "", size: float = SIZE, turn: str = "1 0 0 1") -> None:
        a, b, c, d = (float(part) * size for part in turn.split())
        self.ops.append(f"BT /F 1 Tf {a} {b} {c} {d} {x} {y} Tm <{self.code(text, shape):02x}> Tj ET")

    def text(self, x: float, y: float, words: str, size: float = SIZE) -> float:
        """Set words on a line in one run; gives where they end."""
        run = "".join(f"{self.code(letter):02x}" for letter in words)
        if run:
            self.ops.append(f"BT /F {size} Tf {x} {y} Td <{run}> Tj ET")
        return x + width_of(words, size)

    def silent(self, x: float, y: float, words: str, size: float = SIZE) -> None:
        """Set words as files do that leave spaces out: only the gaps are there."""
        for word in words.split(" "):
            x = self.text(x, y, word, size) + SPACE * size / 1000

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.ops.append(f"0.5 w {x0} {y0} m {x1} {y1} l S")

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.ops.append(f"0.5 w {x0} {y0} {x1 - x0} {y1 - y0} re S")

    def table(self, xs: list[float], ys: list[float], rows: list[list[str]], lift: float = 20.0) -> None:
        """Draw all lines of a table and set one line of words a cell."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for row, top in zip(rows, ys, strict=False):
            for words, left in zip(row, xs, strict=False):
                for number, line in enumerate(words.split("\n")):
                    self.text(left + 4, top - lift * (number + 1), line)


def _stream(body: str) -> str:
    return f"<</Length {len(body)}>>stream\n{body}\nendstream"


def made(*sheets: Sheet, mapped: bool = True, extra: str = "", title: str = "") -> bytes:
    """Give the bytes of a file. mapped: whether glyphs have a meaning. extra: entries of the catalogue.

    title: as a hexadecimal string.
    """
    parts: list[bytes] = [b"", b""]  # catalogue and page tree come first, when all numbers are known

    def add(body: str | bytes) -> int:
        parts.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(parts)

    add(f"<</Title<{title}>>>")
    pages = [_page(sheet, add, mapped) for sheet in sheets]
    parts[0] = f"<</Type/Catalog/Pages 2 0 R {extra}>>".encode()
    kids = " ".join(f"{number} 0 R" for number in pages)
    parts[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    return _file(parts)


def _page(sheet: Sheet, add: Add, mapped: bool) -> int:
    font = _font(sheet, add, mapped)
    stream = "\n".join(sheet.ops)
    content = add(_stream(stream))
    links = [add(f"<</Type/Annot/Subtype/Link/Rect[0 0 50 50]/A<</S/URI/URI({address})>>>>") for address in sheet.links]
    annotations = f"/Annots[{' '.join(f'{link} 0 R' for link in links)}]" if links else ""
    wide, high = sheet.size
    return add(
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide} {high}]/Rotate {sheet.rotate}{annotations}"
        f"/Contents {content} 0 R/Resources<</Font<</F {font} 0 R>>>>>>"
    )


SHAPES = {
    "base": (WIDTH, "50 0 400 450"),
    "mark": (0, "-250 560 150 150"),  # over the letter before
    "late": (0, "150 560 150 150"),  # over the letter after
    "below": (0, "-250 -200 150 150"),
    "space": (SPACE, ""),
    "narrow": (0, "-450 0 400 450"),
}


def _font(sheet: Sheet, add: Add, mapped: bool) -> int:
    procs, widths, differences, meanings = [], [], [], []
    for (text, shape), code in sheet.codes.items():
        width, box = SHAPES[shape]
        drawn = f"{width} 0 d0 " + (f"{box} re f" if box else "")
        procs.append(f"/g{code} {add(_stream(drawn))} 0 R")
        widths.append(str(width))
        differences.append(f"/g{code}")
        meanings.append(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>")
    entries = ""
    if mapped:
        cmap = _cmap(meanings)
        entries = f"/ToUnicode {add(_stream(cmap))} 0 R"
    last = max(1, len(widths))
    return add(
        f"<</Type/Font/Subtype/Type3/FontBBox[-500 -300 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]"
        f"/CharProcs<<{' '.join(procs)}>>/Encoding<</Type/Encoding/Differences[1 {' '.join(differences)}]>>"
        f"/FirstChar 1/LastChar {last}/Widths[{' '.join(widths) or '0'}]{entries}/Resources<<>>>>"
    )


def _cmap(meanings: list[str]) -> str:
    entries = "\n".join(meanings)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(meanings)} beginbfchar\n{entries}\nendbfchar endcmap end end"
    )


def _file(parts: list[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(parts, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer<</Size {len(parts) + 1}/Root 1 0 R/Info 3 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
