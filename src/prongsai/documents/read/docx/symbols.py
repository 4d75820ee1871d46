"""Glyphs of the symbol fonts of Windows, as the letters of Unicode that look the same."""

_BOXES = {0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0xFD: "☒", 0xFE: "☑", 0xFB: "✗", 0xFC: "✓"}
_BULLETS = {0x6C: "●", 0x6E: "■", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xD8: "➢", 0xE0: "→", 0xF0: "⇨"}
_FONTS = {
    "wingdings": _BOXES | _BULLETS,
    "wingdings 2": {
        0x4F: "✗",
        0x50: "✓",
        0x51: "☒",
        0x52: "☑",
        0x53: "☒",
        0x54: "☒",
        0xA3: "☐",
        0x97: "•",
        0x98: "•",
    },
    "webdings": {0x61: "✓", 0x63: "☐", 0x67: "■", 0x72: "✗"},
    "symbol": {0xA3: "≤", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0x2D: "−"},
}
# A glyph of the private-use area whose font nobody names: bullets are Symbol or Wingdings by habit
_NAMELESS = {0xB7: "•", 0x52: "☑", **_BOXES, **_BULLETS}
_PRIVATE = 0xF000


def is_symbol_font(font: str) -> bool:
    """Whether the letters of a font are pictures."""
    return font.lower() in _FONTS


def in_unicode(code: int, font: str) -> str:
    """Give the letter for a glyph of a symbol font; itself when it has none or the font is no symbol font.

    code: of the glyph, with or without the private-use offset F000.
    """
    is_private = _PRIVATE <= code < _PRIVATE + 256
    known = _FONTS.get(font.lower(), _NAMELESS if is_private else {}) if is_private or code < 256 else {}
    return known.get(code & 0xFF, chr(code) if 31 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "")


def written_in(text: str, font: str) -> str:
    """Give a text that is set in a symbol font."""
    return "".join(in_unicode(ord(letter), font) if not letter.isspace() else letter for letter in text)
