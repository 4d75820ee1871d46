"""Pictures of a Word file: PNG and JPEG as they are, SVG beside a PNG of it for programs that cannot show SVG.

Word shows SVG since 2016; LibreOffice and older ones take the PNG. Only Typst (the extra ``pdf``) can draw that here;
without it a frame stands in its place and the caller prints what the picture says.
"""

import re
import struct
import zlib
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from prongsai.documents.fonts.shipped import load
from prongsai.documents.write.docx.xml import attribute, emu
from prongsai.errors import FileUnusable

SVG = "image/svg+xml"
PIXELS_PER_INCH = 200
_DRAWN_CM = 16
_PNG_START = b"\x89PNG\r\n\x1a\n"
_FAMILY = re.compile(r"font-family\s*:[^;]*")
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG_PART = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


@dataclass(frozen=True, slots=True)
class Image:
    """What goes into the file. ratio: height by width. svg: the drawing itself, when it is one.

    shown: whether a program that cannot show SVG still sees the picture.
    """

    content: bytes
    suffix: str
    ratio: float
    svg: bytes | None = None
    shown: bool = True


def read_image(content: bytes, fonts: Path | None = None) -> Image:
    """Take a PNG, JPEG or SVG. fonts: a folder to draw the words of an SVG with.

    Raises FileUnusable for anything else.
    """
    if content.startswith(_PNG_START) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return Image(content, "png", _ratio(width, height))
    if content.startswith(b"\xff\xd8"):
        return Image(content, "jpeg", _ratio(*_jpeg_size(content)))
    content = content.removeprefix(b"\xef\xbb\xbf").strip()
    root = _svg(content)
    ratio = _ratio(*_svg_size(root))
    drawn = _drawn(root, fonts)
    return Image(drawn or _frame_png(ratio), "png", ratio, content, drawn is not None)


def _unusable(why: str) -> FileUnusable:
    return FileUnusable(
        f"the picture cannot be used: {why}",
        message_th="ใช้รูปภาพนี้ไม่ได้ ต้องเป็นไฟล์ PNG, JPEG หรือ SVG ที่สมบูรณ์",
        mend_th="บันทึกรูปใหม่เป็น PNG หรือ JPEG แล้วลองอีกครั้ง",
    )


def _ratio(width: float, height: float) -> float:
    if width <= 0 or height <= 0:
        raise _unusable("it has no size")
    return height / width


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Walk the segments to the one that tells the size."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        kind, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if kind in _START_OF_FRAME:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise _unusable("no size in the JPEG")


def _svg(content: bytes) -> etree._Element:
    """Parse an SVG; nothing outside the file is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as wrong:
        raise _unusable(str(wrong)) from wrong
    if etree.QName(root).localname != "svg":
        raise _unusable("neither PNG, JPEG nor SVG")
    return root


def _svg_size(root: etree._Element) -> tuple[float, float]:
    """Read the size from the view box, else from width and height."""
    try:
        if box := root.get("viewBox"):
            _, _, width, height = (float(part) for part in box.replace(",", " ").split())
            return width, height
        return _length(root.get("width", "")), _length(root.get("height", ""))
    except ValueError as wrong:
        raise _unusable(str(wrong)) from wrong


def _length(text: str) -> float:
    return float(text.strip().rstrip("abcdefghijklmnopqrstuvwxyz"))


def _drawn(svg: etree._Element, fonts: Path | None) -> bytes | None:
    """Draw an SVG as PNG with the fonts that PDFs are set in; None where Typst is not installed."""
    try:
        import typst  # noqa: PLC0415  # reason: optional, and only papers with an SVG need it
    except ModuleNotFoundError:
        return None
    at_hand = load(fonts)
    folder = at_hand.folder
    source = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: {_DRAWN_CM}cm)'
    )
    try:
        drawn = typst.compile(  # type: ignore[call-overload]  # its stub wants root and source of one type
            source.encode(),
            root=folder,  # nothing but fonts to be reached from an SVG
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]),
            format="png",
            ppi=PIXELS_PER_INCH,
            sys_inputs={"svg": _in_font(svg, at_hand.family)},
        )
    except typst.TypstError as wrong:
        raise _unusable(str(wrong)) from wrong
    assert isinstance(drawn, bytes)
    return drawn


def _in_font(svg: etree._Element, family: str) -> str:
    """Give an SVG with all words in a font at hand: Typst leaves out words whose font it has not."""
    drawn = deepcopy(svg)
    drawn.set("font-family", family)
    for element in drawn.iter("{*}*"):
        if "font-family" in element.attrib:
            element.set("font-family", family)
        if "font-family" in element.get("style", ""):
            element.set("style", _FAMILY.sub(f"font-family:{family}", element.get("style")))
    return str(etree.tostring(drawn, encoding="unicode"))


@lru_cache(maxsize=4)
def placeholder() -> Image:
    """Draw the neutral mark that stands where an office has brought no emblem: two grey rings."""
    size = 354  # 3 cm at 300 dots an inch
    rows = (_ring_row(size, row + 0.5 - size / 2) for row in range(size))
    return Image(_grey_png(size, size, rows), "png", 1.0)


def _ring_row(size: int, y: float) -> bytes:
    """Give one row of grey values: white, but for the rings of these outer and inner radii."""
    row = bytearray(b"\xff" * size)
    for outer, inner in ((0.49, 0.465), (0.41, 0.40)):
        row = _painted(row, size, y, outer, 0xA6)
        row = _painted(row, size, y, inner, 0xFF)
    return bytes(row)


def _painted(row: bytearray, size: int, y: float, radius: float, grey: int) -> bytearray:
    half = (radius * size) ** 2 - y * y
    if half > 0:
        start, end = round(size / 2 - half**0.5), round(size / 2 + half**0.5)
        row[start:end] = bytes([grey]) * (end - start)
    return row


@lru_cache(maxsize=4)
def _frame_png(ratio: float) -> bytes:
    width, height = 160, max(3, min(1600, round(160 * ratio)))
    edge, inner = b"\xbf" * width, b"\xbf" + b"\xff" * (width - 2) + b"\xbf"
    return _grey_png(width, height, (edge, *[inner] * (height - 2), edge))


def _grey_png(width: int, height: int, rows: Iterable[bytes]) -> bytes:
    """Write a PNG of eight-bit greys."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    parts = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return _PNG_START + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that the package holds. part, svg_part: its relationships; number: unique in the file."""

    number: int
    part: str
    svg_part: str | None
    says: str
    width_cm: float
    height_cm: float


def inline_xml(placed: Placed) -> str:
    """Write a picture that stands in its line like a letter."""
    return f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{_inner(placed)}</wp:inline></w:drawing>'


def anchored_xml(placed: Placed) -> str:
    """Write a picture at the left margin that takes no room: an exact line height would crop it inside the line."""
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f"{_inner(placed, '<wp:wrapNone/>')}</wp:anchor></w:drawing>"
    )


def _inner(placed: Placed, wrap: str = "") -> str:
    size = f'cx="{emu(placed.width_cm)}" cy="{emu(placed.height_cm)}"'
    named = f'id="{placed.number}" name="ภาพ {placed.number}" descr="{attribute(placed.says)}"'
    drawing = (
        f'<a:extLst><a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{_SVG_PART}" r:embed="{placed.svg_part}"/>'
        "</a:ext></a:extLst>"
        if placed.svg_part
        else ""
    )
    return (
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}<wp:docPr {named}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr {named}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{placed.part}">{drawing}</a:blip>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
