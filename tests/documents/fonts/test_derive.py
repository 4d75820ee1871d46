"""The cluster fonts: one glyph a cluster, drawn as the font they were made of draws it, and made the same again."""

import random
from io import BytesIO
from pathlib import Path

import fontpkg_sarabun
import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from prongsai.documents.fonts import derive as recipe
from prongsai.documents.fonts.clusters import CLUSTERS, PAIRS
from prongsai.documents.fonts.shipped import HERE, load
from prongsai.errors import FileUnusable
from tests.conftest import PROVE

SOURCE = Path(fontpkg_sarabun.__file__).parent / "files"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
SEED = 20261121
MISSPELT = {"รักษาู", "ศรีอยุูธยา", "อาวุูธ", "เมีัย", "เหมืิอน"}  # entries whose marks never meet on a consonant


def shipped(style: str) -> bytes:
    return (HERE / f"ProngsaiSarabun-{style}.ttf").read_bytes()


def opened(content: bytes) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(content))


def shape(font: uharfbuzz.Font, text: str) -> list[tuple[int, int, int, int]]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {})
    return [
        (info.codepoint, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


def outline(font: uharfbuzz.Font, text: str) -> tuple[list[tuple[float, ...]], int]:
    """Give every point that a shaped text draws, and how wide it is."""
    drawn: list[tuple[float, ...]] = []
    pen = [0, 0, 0]
    draw = uharfbuzz.DrawFuncs()
    draw.set_move_to_func(lambda x, y, _: drawn.append((x + pen[1], y + pen[2])))
    draw.set_line_to_func(lambda x, y, _: drawn.append((x + pen[1], y + pen[2])))
    draw.set_quadratic_to_func(lambda a, b, x, y, _: drawn.append((a + pen[1], b + pen[2], x + pen[1], y + pen[2])))
    for glyph, advance, right, up in shape(font, text):
        pen[1:] = pen[0] + right, up
        font.draw_glyph(glyph, draw)
        pen[0] += advance
    return drawn, pen[0]


def words(count: int) -> list[str]:
    from pythainlp.corpus import thai_words

    every = sorted(thai_words() - MISSPELT)
    return every if PROVE else random.Random(SEED).sample(every, count)


@pytest.mark.parametrize("style", STYLES if PROVE else ("Regular", "Bold"))
def test_every_cluster_is_one_glyph_of_its_own(style: str) -> None:
    font = opened(shipped(style))
    glyphs = [shape(font, text) for text in (*CLUSTERS, *PAIRS)]
    assert [text for text, found in zip((*CLUSTERS, *PAIRS), glyphs, strict=True) if len(found) != 1] == []
    assert len({found[0][0] for found in glyphs}) == len(CLUSTERS) + len(PAIRS)


@pytest.mark.parametrize("style", STYLES if PROVE else ("Regular",))
def test_clusters_and_words_are_drawn_as_the_stock_font_draws_them(style: str, prove) -> None:
    stock, made = opened((SOURCE / f"Sarabun-{style}.ttf").read_bytes()), opened(shipped(style))
    texts = [*(CLUSTERS if PROVE else random.Random(SEED).sample(CLUSTERS, 800)), *words(800)]
    wrong = [text for text in texts if outline(stock, text) != outline(made, text)]
    prove(f"font {style}: clusters and words drawn as the stock font draws them", len(texts), len(texts) - len(wrong))
    assert wrong == []


def test_every_character_is_one_glyph_that_no_other_has() -> None:
    font = opened(shipped("Regular"))
    glyphs = [shape(font, char) for char in sorted(load(None).letters)]
    assert [len(found) for found in glyphs] == [1] * len(glyphs)
    assert len({found[0][0] for found in glyphs}) == len(glyphs)


def test_letters_that_other_fonts_join_stay_apart() -> None:
    assert len(shape(opened(shipped("Regular")), "fi")) == 2


def test_official_sizes_hold() -> None:
    """Letters of Sarabun are 1.523 times as large as those of TH Sarabun: stack of the same em, finer units."""
    stock, made = TTFont(SOURCE / "Sarabun-Regular.ttf"), TTFont(BytesIO(shipped("Regular")))
    assert made["head"].unitsPerEm == round(1.523 * stock["head"].unitsPerEm)


def test_names_do_not_pass_for_the_font_it_was_made_of() -> None:
    names = TTFont(BytesIO(shipped("BoldItalic")))["name"]
    assert [names.getDebugName(number) for number in (1, 2, 4, 6)] == [
        "Prongsai Sarabun",
        "Bold Italic",
        "Prongsai Sarabun Bold Italic",
        "ProngsaiSarabun-BoldItalic",
    ]


def test_licence_of_the_font_is_beside_it() -> None:
    said = (HERE / "OFL.txt").read_text(encoding="utf-8")
    assert said == (SOURCE.parent / "LICENSE").read_text(encoding="utf-8")


def test_widths_beside_the_fonts_are_those_of_the_fonts() -> None:
    assert load(None).regular == recipe.metrics(shipped("Regular"))
    assert load(None).bold == recipe.metrics(shipped("Bold"))


@pytest.mark.parametrize("style", STYLES if PROVE else ("Regular",))
def test_making_a_font_again_gives_the_same_bytes(style: str) -> None:
    source = (SOURCE / f"Sarabun-{style}.ttf").read_bytes()
    assert recipe.derive(source, family="Prongsai Sarabun", style=style, scale=1.523) == shipped(style)


def test_an_office_makes_its_own_font_ready(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for style in ("Regular", "Bold"):
        (own / f"THSarabun-{style}.ttf").write_bytes((SOURCE / f"Sarabun-{style}.ttf").read_bytes())
    recipe.main(["--from", str(own), "--to", str(tmp_path / "ready"), "--family", "TH Sarabun Office"])
    ready = load(tmp_path / "ready")
    assert ready.family == "TH Sarabun Office"
    assert ready.width("ก", 16) == pytest.approx(16 * 0.576)


def test_styles_are_told_by_weight_and_slant() -> None:
    assert {style: path.name for style, path in recipe.styles_in(SOURCE).items()} == {
        style: f"Sarabun-{style}.ttf" for style in STYLES
    }


def test_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        recipe.styles_in(tmp_path)
    assert refused.value.message_th == f"ไม่พบแบบอักษร .ttf ตัวตรงใน {tmp_path}"


def test_file_that_is_no_font_is_refused() -> None:
    with pytest.raises(FileUnusable) as refused:
        recipe.derive(b"not a font", family="X", style="Regular")
    assert refused.value.message_th == "ไม่ใช่แบบอักษร"


def test_font_that_draws_thai_digits_for_arabic_ones_is_refused() -> None:
    font = TTFont(SOURCE / "Sarabun-Regular.ttf")
    for table in font["cmap"].tables:
        table.cmap[ord("1")] = table.cmap[ord("๑")]
    content = BytesIO()
    font.save(content)
    with pytest.raises(FileUnusable) as refused:
        recipe.derive(content.getvalue(), family="X", style="Regular")
    assert refused.value.message_th == "แบบอักษรวาดเลขอารบิกเป็นเลขไทย (IT๙) ใช้กับ PDF ไม่ได้"


def test_font_without_thai_is_refused() -> None:
    font = TTFont(SOURCE / "Sarabun-Regular.ttf")
    for table in font["cmap"].tables:
        table.cmap.pop(ord("ก"), None)
    content = BytesIO()
    font.save(content)
    with pytest.raises(FileUnusable) as refused:
        recipe.derive(content.getvalue(), family="X", style="Regular")
    assert refused.value.message_th == "แบบอักษรไม่มีตัว ก่"
