"""What tags and styles of a page mean for its words: hidden or not, a paragraph or not, the number before an item.

Sources: the HTML Living Standard §15 (rendering), and pages as Word, Excel and Google Docs save them.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

SILENT = frozenset(
    {"script", "style", "title", "xml", "svg", "template", "noscript", "datalist", "iframe", "object", "embed"}
    | {"applet", "audio", "video", "canvas", "map", "noframes"}
)
PARAGRAPHS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "center"}
    | {"section", "article", "header", "footer", "nav", "main", "aside", "address", "figure", "figcaption", "hr"}
    | {"form", "fieldset", "legend", "details", "summary", "caption", "table", "tr", "td", "th", "body", "html"}
)
LISTS = frozenset({"ul", "ol", "menu", "dir"})
BOX_TYPES = frozenset({"checkbox", "radio"})
TYPED_TYPES = frozenset({"text", "number", "date", "month", "tel", "email", "url", "time", ""})
NUMBER_MAX = 100_000

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_AT_BLOCK = re.compile(r"@[^{}@]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_CLASS = re.compile(r"^(?:[a-z0-9]*)\.([\w-]+)$", re.IGNORECASE)
_WINGDINGS = re.compile(r"wingdings", re.IGNORECASE)
_BULLET_FONTS = re.compile(r"symbol|wingdings|courier", re.IGNORECASE)
_SYMBOLS = str.maketrans({"þ": "☑", "ý": "☒", "ü": "✓", "¨": "☐", "o": "☐", "q": "☐", "R": "☑", "£": "☐"})
_BULLETS = frozenset("·•o§Øü¨q-–—v\uf0b7\uf0a7\uf0d8\uf0fc\uf076")
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}


def hidden_classes(sheets: Iterable[str]) -> frozenset[str]:
    """Give the classes that a page's own style sheets hide outright; rules for paper or screens do not count."""
    return frozenset(name for sheet in sheets for name in _hidden_in(sheet))


def _hidden_in(sheet: str) -> Iterator[str]:
    for rule in _AT_BLOCK.sub("", sheet.replace("<!--", "").replace("-->", "")).split("}"):
        selectors, _, body = rule.rpartition("{")
        if _HIDDEN.search(body):
            found = (_CLASS.match(selector.strip()) for selector in selectors.split(","))
            yield from (match[1] for match in found if match)


def is_hidden(element: etree._Element, classes: frozenset[str]) -> bool:
    """Whether an element is not shown: by its attribute, its own style or a class."""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    return bool(classes) and not classes.isdisjoint(element.get("class", "").split())


def words_of(text: str, styles: str) -> str:
    """Give text as its font shows it: letters of Wingdings are boxes and ticks."""
    return text.translate(_SYMBOLS) if _WINGDINGS.search(styles) else text


def is_word_bullet(text: str, style: str) -> bool:
    """Whether the mark that Word printed before a paragraph is a bullet, and not a number."""
    return text.strip() in _BULLETS and (_BULLET_FONTS.search(style) is not None or not text.strip().isalpha())


def number_style(element: etree._Element) -> str | None:
    """Give how a numbered list counts, ``decimal`` when it does not say; None when it prints no numbers."""
    said = _LIST_STYLE.search(element.get("style", ""))
    style = said[1].lower() if said else _TYPES.get(element.get("type", ""), "decimal")
    return None if style == "none" else style


def whole(value: str | None, default: int) -> int:
    """Read an attribute that is a whole number, within bounds."""
    found = re.fullmatch(r"\s*([-+]?[0-9]{1,9}).*", value or "", re.DOTALL)
    return max(-NUMBER_MAX, min(NUMBER_MAX, int(found[1]))) if found else default


def printed_number(number: int, style: str) -> str:
    """Give the number of an item as a browser prints it, full stop included."""
    name = style.removesuffix("-latin") + ("-alpha" if style.endswith("-latin") else "")
    if name.endswith("-alpha") and number > 0:
        text = _letters(number, _LATIN_LETTERS)
    elif name.endswith("-roman") and 0 < number < 4000:
        text = _roman(number)
    elif "thai" in name and name not in ("thai", "-moz-thai") and number > 0:
        text = _letters(number, _THAI_LETTERS)
    else:
        digits = f"{number:02d}" if name == "decimal-leading-zero" else str(number)
        text = digits.translate(_THAI_DIGITS) if "thai" in name else digits
    return f"{text.upper() if name.startswith('upper') else text}."


def _letters(number: int, alphabet: str) -> str:
    text = ""
    while number:
        number, at = divmod(number - 1, len(alphabet))
        text = alphabet[at] + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_ONES):
        count, number = divmod(number, value)
        text += letters * count
    return text
