"""Pictures of the Word file: PNG, JPEG, SVG with what stands in for it, the office's emblem."""

import struct
import sys
import zlib
from pathlib import Path

import pytest

from prongsai.documents.model import Masthead, Picture
from prongsai.documents.write.docx.picture import placeholder, read_image
from prongsai.documents.write.docx.xml import emu
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable
from tests.documents.write.docx_parts import parts, words

SVG_TYPE = "image/svg+xml"


def svg(inner: str = "", size: str = 'viewBox="0 0 40 20"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inner}</svg>'.encode()


def jpeg(width: int, height: int) -> bytes:
    """Give the segments that a reader of sizes looks at, another one before them."""
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"note"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + comment + frame + b"\xff\xd9"


def pixels(png: bytes) -> set[bytes]:
    """Give the bytes of a PNG's pictures that occur (filters and greys or colours mixed: enough to see words drawn)."""
    data, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    return {bytes([each]) for each in zlib.decompress(data)}


def test_placeholder_is_a_neutral_square_of_greys() -> None:
    image = placeholder()
    assert (image.suffix, image.ratio, image.svg) == ("png", 1.0, None)
    assert pixels(image.content) == {b"\x00", b"\xa6", b"\xff"}  # filter 0, grey, white


@pytest.mark.parametrize(
    ("content", "suffix", "ratio"),
    [
        (placeholder().content, "png", 1.0),
        (jpeg(400, 100), "jpeg", 0.25),
        (svg(), "png", 0.5),
        (svg(size='width="30mm" height="60mm"'), "png", 2.0),
    ],
)
def test_sizes_are_read(content: bytes, suffix: str, ratio: float) -> None:
    image = read_image(content)
    assert (image.suffix, image.ratio) == (suffix, ratio)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff\xd9",
        b"\x89PNG\r\n\x1a\n",
        b"<html/>",
        b"<svg",
        svg(size=""),
        svg(size='viewBox="0 0 0 0"'),
        svg(size='viewBox="a b"'),
        svg('<image href="a"'),
    ],
)
def test_what_is_no_picture_is_refused_in_thai(content: bytes) -> None:
    with pytest.raises(FileUnusable) as refused:
        read_image(content)
    assert refused.value.message_th == "ใช้รูปภาพนี้ไม่ได้ ต้องเป็นไฟล์ PNG, JPEG หรือ SVG ที่สมบูรณ์"


def test_svg_stands_beside_a_png_of_it() -> None:
    found = parts(Picture(svg("<rect width='9' height='9'/>"), SVG_TYPE, "แผนภูมิ", 10))
    (png,) = found.find("//a:blip/@r:embed")
    (drawing,) = found.find("//a:blip//asvg:svgBlip/@r:embed")
    ties = {tie.get("Id"): tie.get("Target") for tie in found.root("word/_rels/document.xml.rels")}
    assert (ties[drawing], ties[png]) == ("media/image1.svg", "media/image2.png")
    assert found.bytes_of("word/media/image2.png")[:4] == b"\x89PNG"
    assert found.find("//wp:inline/wp:extent/@cx | //wp:inline/wp:extent/@cy") == [str(emu(10)), str(emu(5))]
    assert found.find("//wp:docPr/@descr") == ["แผนภูมิ"]
    assert found.find("//w:t") == []


@pytest.mark.parametrize("font", ['font-family="Nowhere Sans"', "style='font-family:Nowhere;fill:red'", ""])
def test_words_of_an_svg_are_drawn_whatever_font_they_ask_for(font: str) -> None:
    bare, said = (read_image(svg(f"<text x='2' y='12' {font}>{text}</text>")).content for text in ("", "ก"))
    assert bare != said


def test_svg_without_typst_shows_a_frame_and_says_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    found = parts(Picture(svg(), SVG_TYPE, "คะแนนรายตัวชี้วัด", 10))
    assert found.find("//asvg:svgBlip") != []
    assert [words(each) for each in found.styled("Note")] == ["คะแนนรายตัวชี้วัด"]


def test_picture_is_never_wider_than_the_text_nor_higher_than_the_page() -> None:
    found = parts(Picture(jpeg(100, 10), "image/jpeg", "กว้าง", 40), Picture(jpeg(10, 100), "image/jpeg", "สูง", 12))
    wide, tall = zip(*[iter(found.find("//wp:extent/@cx | //wp:extent/@cy"))] * 2, strict=True)
    assert wide == (str(emu(16)), str(emu(1.6)))
    assert int(tall[1]) == pytest.approx(emu((29.7 - 4.5) * 0.9), abs=2)


def test_office_brings_its_own_emblem() -> None:
    content = jpeg(200, 400)
    found = parts(Masthead(3), office=Office(emblem=content))
    assert found.bytes_of("word/media/image1.jpeg") == content
    assert found.find("//wp:extent/@cx | //wp:extent/@cy") == [str(emu(1.5)), str(emu(3))]


def test_emblem_shown_twice_is_held_once() -> None:
    found = parts(Masthead(1.5, "บันทึกข้อความ"), Masthead(3))
    assert [name for name in found.names() if "media" in name] == ["word/media/image1.png"]
    assert len(set(found.find("//a:blip/@r:embed"))) == 1


def test_emblem_that_is_no_picture_is_refused() -> None:
    with pytest.raises(FileUnusable):
        parts(Masthead(3), office=Office(emblem=b"not a picture"))


def test_svg_reaches_for_nothing_outside(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("ความลับ", encoding="utf-8")
    hostile = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode() + svg("<text>&x;</text>")
    with pytest.raises(FileUnusable):
        read_image(hostile)


def test_svg_with_a_declaration_is_drawn() -> None:
    declared = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">' + svg()
    assert read_image(b"\xef\xbb\xbf\n" + declared).shown
