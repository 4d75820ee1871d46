"""Make a font with one glyph for every cluster of a consonant and its marks out of an ordinary Thai font.

Every cluster is shaped with HarfBuzz in the font as it came; what it gives (cut-off ญ and ฐ, raised and shifted marks)
becomes one composite glyph. The new font knows a single substitution: the letters of a cluster to that glyph. So each
glyph stands for one string, a PDF can name it, and no reader has anything to put in order.

``python -m prongsai.documents.fonts.derive --from FOLDER --to FOLDER`` makes an office's own TH Sarabun ready; it needs
the extra ``fonts``. README.md says how the shipped fonts were made.
"""

import argparse
import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.otlLib.builder import buildLigatureSubstSubtable
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables._g_l_y_f import ROUND_XY_TO_GRID, Glyph, GlyphComponent

from prongsai.documents.fonts.clusters import CLUSTERS, PAIRS
from prongsai.documents.fonts.shipped import METRICS
from prongsai.documents.fonts.symbols import symbols
from prongsai.errors import FileUnusable

_NIKHAHIT, _SARA_AA, _SARA_AM = "ํ", "า", "ำ"
_LETTERS = "กขABCabc๐๑๒๓123"


class Shaped(NamedTuple):
    """One glyph of a shaped cluster and where it stands, in font units."""

    glyph: str
    advance: int
    right: int
    up: int


def derive(content: bytes, *, family: str, style: str, scale: float = 1.0) -> bytes:
    """Give the bytes of the cluster font made of a TrueType font.

    scale: by how much its letters are larger than those of TH Sarabun at the same size (Sarabun: 1.523). The same bytes
    in give the same bytes out. Raises FileUnusable for a font without TrueType outlines or without the Thai letters.
    """
    font = _opened(content)
    shaper = uharfbuzz.Font(uharfbuzz.Face(content))
    cmap = font.getBestCmap()
    made: dict[str, tuple[Glyph, int]] = {}
    rules: dict[tuple[str, ...], str] = {}
    for number, text in enumerate((*CLUSTERS, *PAIRS)):
        name = f"cluster.{number}"
        made[name] = _composed(_shape(shaper, text))
        rules[tuple(cmap[ord(letter)] for letter in _as_shaper_sees(text))] = name
    _add(font, made | _symbols(font))
    font["GSUB"] = _substitutions(font, rules)
    font["head"].unitsPerEm = round(font["head"].unitsPerEm * scale)
    font["post"].formatType = 3.0
    if "DSIG" in font:
        del font["DSIG"]  # a signature of the font as it came
    _rename(font, family, style)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def metrics(content: bytes) -> dict[str, float]:
    """Give how wide every character of a cluster font is, in ems. Marks are left out: they take no room; ำ is as า."""
    font = TTFont(BytesIO(content))
    upem, widths = font["head"].unitsPerEm, font["hmtx"].metrics
    advances = {chr(code): widths[glyph][0] / upem for code, glyph in sorted(font.getBestCmap().items()) if code >= 32}
    advances[_SARA_AM] = advances[_SARA_AA]
    return {char: round(advance, 5) for char, advance in advances.items() if advance}


def _opened(content: bytes) -> TTFont:
    try:
        font = TTFont(BytesIO(content), recalcTimestamp=False)
        cmap, outlines = font.getBestCmap() or {}, "glyf" in font
    except (TTLibError, KeyError, AssertionError) as broken:
        raise _unusable(f"not a font: {broken}", "ไม่ใช่แบบอักษร") from broken
    if not outlines:
        raise _unusable("no TrueType outlines", "ต้องเป็นแบบอักษร TrueType (.ttf)")
    if missing := [letter for letter in (*PAIRS, *CLUSTERS, _LETTERS) if not all(ord(c) in cmap for c in letter)]:
        raise _unusable(f"no glyph for {missing[0]}", f"แบบอักษรไม่มีตัว {missing[0]}")
    if font["glyf"][cmap[ord("1")]] == font["glyf"][cmap[ord("๑")]]:
        # TH Sarabun IT๙ draws Thai digits for 0-9: who searches the PDF finds other digits than those on the paper.
        raise _unusable("draws Thai digits for 0-9", "แบบอักษรวาดเลขอารบิกเป็นเลขไทย (IT๙) ใช้กับ PDF ไม่ได้")
    return font


def _unusable(why: str, why_th: str) -> FileUnusable:
    return FileUnusable(
        f"this font cannot be made ready: {why}", message_th=why_th, mend_th="ใช้ TH SarabunPSK หรือ TH Sarabun New"
    )


def _shape(font: uharfbuzz.Font, text: str) -> list[Shaped]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {})
    found, places = buffer.glyph_infos, buffer.glyph_positions
    if found is None or places is None:
        raise ValueError(f"nothing was shaped for {text!r}")
    return [
        Shaped(font.glyph_to_string(one.codepoint), at.x_advance, at.x_offset, at.y_offset)
        for one, at in zip(found, places, strict=True)
    ]


def _composed(shaped: Iterable[Shaped]) -> tuple[Glyph, int]:
    """Give the composite glyph of a cluster and its advance."""
    glyph, pen = Glyph(), 0
    glyph.numberOfContours, glyph.components = -1, []
    for part in shaped:
        glyph.components.append(_component(part, pen))
        pen += part.advance
    return glyph, pen


def _component(part: Shaped, pen: int) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.x, component.y = part.glyph, pen + part.right, part.up
    component.flags = ROUND_XY_TO_GRID
    return component


def _add(font: TTFont, made: Mapping[str, tuple[Glyph, int]]) -> None:
    """Add glyphs and their advances."""
    glyphs = font["glyf"]
    known = font["GDEF"].table.GlyphClassDef if "GDEF" in font else None
    classes = known.classDefs if known else {}
    for name, (glyph, advance) in made.items():
        glyph.recalcBounds(glyphs)
        glyphs.glyphs[name] = glyph
        font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
        classes[name] = 1
    glyphs.setGlyphOrder([*font.getGlyphOrder(), *made])
    font.setGlyphOrder(glyphs.glyphOrder)


def _as_shaper_sees(text: str) -> str:
    """Give the letters as HarfBuzz meets them: it takes ำ apart and puts its upper half before the tone."""
    if not text.endswith(_SARA_AM):
        return text
    return text[0] + _NIKHAHIT + text[1:-1] + _SARA_AA


def _substitutions(font: TTFont, rules: Mapping[tuple[str, ...], str]) -> Any:
    """Build the only substitution there is, for every script. Others are left out: fi would be two letters a glyph."""
    scripts = " ".join(f"languagesystem {script} dflt;" for script in ("DFLT", "latn", "thai"))
    letters, glyph = next(iter(rules.items()))
    one = f"{scripts} feature ccmp {{ sub {' '.join(letters)} by {glyph}; }} ccmp;"
    addOpenTypeFeaturesFromString(font, one, tables=["GSUB"])
    font["GSUB"].table.LookupList.Lookup[0].SubTable = [buildLigatureSubstSubtable(rules)]
    return font["GSUB"]


def _symbols(font: TTFont) -> dict[str, tuple[Glyph, int]]:
    """Give the boxes, ticks and bullets of forms that the font lacks, and name them in its character map."""
    known = font.getBestCmap()
    drawn = symbols(font["glyf"], font["head"].unitsPerEm)
    lacking = {char: made for char, made in drawn.items() if ord(char) not in known}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({ord(char): f"uni{ord(char):04X}" for char in lacking})
    return {f"uni{ord(char):04X}": made for char, made in lacking.items()}


def _rename(font: TTFont, family: str, style: str) -> None:
    """Give the font its own name, so that it never passes for the one it was made of."""
    names, spaced = font["name"], style.replace("BoldItalic", "Bold Italic")
    plain = family.replace(" ", "")
    said = {1: family, 2: spaced, 3: f"{plain}-{style}", 4: f"{family} {spaced}", 6: f"{plain}-{style}"}
    for record in list(names.names):
        if record.nameID in said:
            record.string = said[record.nameID]
        elif record.nameID in (16, 17, 21, 22, 25):
            names.names.remove(record)


def derive_folder(source: Mapping[str, Path], to: Path, *, family: str, scale: float) -> None:
    """Write the cluster fonts of a family and their widths into a folder. source: the file of each style."""
    to.mkdir(parents=True, exist_ok=True)
    widths = {}
    for style, path in source.items():
        made = derive(path.read_bytes(), family=family, style=style, scale=scale)
        (to / f"{family.replace(' ', '')}-{style}.ttf").write_bytes(made)
        widths[style] = metrics(made)
    form = json.dumps({"family": family, "widths": widths}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (to / METRICS).write_text(form + "\n", encoding="utf-8", newline="\n")


def styles_in(folder: Path) -> dict[str, Path]:
    """Find the files of a family in a folder: of the upright and of the slanted ones those nearest to 400 and 700.

    Raises FileUnusable when the folder has no upright font.
    """
    weights = {path: _weight(path) for path in sorted(folder.iterdir()) if path.suffix.lower() == ".ttf"}
    wanted = {"Regular": (400, False), "Bold": (700, False), "Italic": (400, True), "BoldItalic": (700, True)}
    found = {style: _nearest(weights, *want) for style, want in wanted.items()}
    if found["Regular"] is None:
        raise FileUnusable(f"no upright .ttf in {folder}", message_th=f"ไม่พบแบบอักษร .ttf ตัวตรงใน {folder}")
    return {style: path for style, path in found.items() if path}


def _nearest(weights: Mapping[Path, tuple[int, bool]], weight: int, is_slanted: bool) -> Path | None:
    fitting = [path for path, (_, slanted) in weights.items() if slanted is is_slanted]
    return min(fitting, key=lambda path: abs(weights[path][0] - weight), default=None)


def _weight(path: Path) -> tuple[int, bool]:
    with TTFont(path, lazy=True) as font:
        return font["OS/2"].usWeightClass, bool(font["OS/2"].fsSelection & 1)


def main(arguments: list[str] | None = None) -> None:
    """Make the fonts of a folder ready for PDF."""
    parser = argparse.ArgumentParser(prog="python -m prongsai.documents.fonts.derive", description=main.__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True, help="folder with the .ttf files")
    parser.add_argument("--to", type=Path, required=True, help="folder to write them to")
    parser.add_argument("--family", default="Office Sarabun", help="the name they get")
    parser.add_argument("--scale", type=float, default=1.0, help="1.523 for Sarabun, 1 for TH Sarabun")
    given = parser.parse_args(arguments)
    derive_folder(styles_in(given.source), given.to, family=given.family, scale=given.scale)


if __name__ == "__main__":
    main()
