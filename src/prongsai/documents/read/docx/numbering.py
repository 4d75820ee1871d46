"""The numbers that Word prints before the paragraphs of its lists; they stand nowhere in the text.

ECMA-376 part 1 §17.9. Lists that share an abstract definition go on counting together; an override starts anew once.
"""

import re
from dataclasses import dataclass, field, replace

from prongsai.documents.model import Mark
from prongsai.documents.read.docx.package import Element, W, children, is_on, number, value
from prongsai.documents.read.docx.styles import Styles
from prongsai.documents.read.docx.symbols import in_unicode
from prongsai.thai.numerals import to_thai

LEVELS = 9
LABEL_LENGTH_MAX = 100
_LINKS_MAX = 5
_PLACE = re.compile("%([1-9])")
_BETWEEN = {"space": " ", "nothing": ""}
# ECMA-376 part 1 §17.18.59, thaiLetters: without ฃ ฅ ฆ ฤ ฦ
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_ROMAN_MAX = 3999
_REPEATS_MAX = 20
_THAI_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_THAI_COUNTED_MAX = 99
_CIRCLED_MAX = 20
_BOX_BULLETS = {"☐": Mark.UNTICKED, "□": Mark.UNTICKED, "☑": Mark.TICKED, "☒": Mark.TICKED}


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts. restart: after a paragraph of which level (1-based) it starts anew; 0: never."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    between: str = "\t"
    restart: int | None = None
    is_plain: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed before a paragraph. mark: ITEM of a bullet, a box of a bullet that is one, else NONE."""

    text: str
    between: str
    mark: Mark = Mark.NONE


@dataclass(slots=True)
class _Count:
    """How far a list has counted, a number a level; None: this level has not begun."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """Counts the lists of a document while its paragraphs go by, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        abstracts = list(root.iterfind(f"{W}abstractNum")) if root is not None else []
        self._abstract = {value(each, "abstractNumId"): each for each in abstracts}
        self._by_style = {value(link): each for each in abstracts if (link := each.find(f"{W}styleLink")) is not None}
        found = (self._list(each) for each in root.iterfind(f"{W}num")) if root is not None else ()
        self._lists = dict(found)
        self._counts: dict[str, _Count] = {}
        self._begun: set[str] = set()

    def label(self, properties: Element | None) -> Label | None:
        """Give what is printed before the next paragraph, None when it stands in no list.

        properties: its ``w:pPr``.
        """
        named, at = self._place(properties)
        listed = self._lists.get(named)
        level = listed.levels.get(at) if listed else None
        if listed is None or level is None:
            return None
        numbers = self._count(named, listed, at)
        if level.form == "bullet":
            return Label(level.text, level.between or " ", _BOX_BULLETS.get(level.text, Mark.ITEM))
        text = _PLACE.sub(lambda place: _printed(listed, numbers, int(place[1]) - 1, level), level.text)
        return Label(text, level.between) if text.strip() else None

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """Give list and level of a paragraph, by its own properties or by its style."""
        own = children(properties, "numPr")
        named = value(children(own, "numId"))
        if not named:
            said = self._styles.numbering(value(children(properties, "pStyle")))
            if said is None:
                return "", 0
            style, own_of_style = said
            named = value(children(own_of_style, "numId"))
            if children(own, "ilvl") is None:
                return named, self._level_of_style(named, style, own_of_style)
        return named, min(max(number(children(own, "ilvl")), 0), LEVELS - 1)

    def _level_of_style(self, named: str, style: str, properties: Element) -> int:
        levels = self._lists[named].levels if named in self._lists else {}
        linked = next((at for at, level in levels.items() if level.style == style), None)
        return number(children(properties, "ilvl")) if linked is None else linked

    def _list(self, element: Element) -> tuple[str, _List]:
        abstract = value(element.find(f"{W}abstractNumId"))
        levels = self._levels(self._abstract.get(abstract))
        starts: dict[int, int] = {}
        for override in element.iterfind(f"{W}lvlOverride"):
            at = number(override, "ilvl")
            own = override.find(f"{W}lvl")
            if own is not None and 0 <= at < LEVELS:
                levels[at] = _level(own)
            anew = override.find(f"{W}startOverride")
            if anew is not None and at in levels:
                starts[at] = number(anew, otherwise=1)
                levels[at] = replace(levels[at], start=starts[at])
        return value(element, "numId"), _List(abstract, levels, starts)

    def _levels(self, abstract: Element | None) -> dict[int, Level]:
        """Give the levels of an abstract list, through the style that it links to."""
        for _ in range(_LINKS_MAX):
            link = value(children(abstract, "numStyleLink"))
            if not link:
                break
            abstract = self._by_style.get(link)
        levels = abstract.iterfind(f"{W}lvl") if abstract is not None else ()
        return {at: _level(level) for level in levels if 0 <= (at := number(level, "ilvl")) < LEVELS}

    def _count(self, named: str, listed: _List, at: int) -> list[int | None]:
        numbers = self._counts.setdefault(listed.abstract, _Count()).numbers
        if named not in self._begun:
            self._begun.add(named)
            for level in listed.starts:
                numbers[level] = None
        last = numbers[at]
        numbers[at] = listed.levels[at].start if last is None else last + 1
        for deeper in range(at + 1, LEVELS):
            restart = listed.levels[deeper].restart if deeper in listed.levels else None
            if restart is None or at < restart:
                numbers[deeper] = None
        return numbers


def _level(element: Element) -> Level:
    restart = element.find(f"{W}lvlRestart")
    form = value(element.find(f"{W}numFmt")) or _form_of_choice(element)
    text = value(element.find(f"{W}lvlText"))[:LABEL_LENGTH_MAX]
    if form == "bullet":
        font = value(children(element, "rPr", "rFonts"), "ascii")
        text = "".join(in_unicode(ord(letter), font) for letter in text)
        text = "○" if text == "o" else text
    return Level(
        number(element.find(f"{W}start"), otherwise=0),
        form,
        text,
        _BETWEEN.get(value(element.find(f"{W}suff")), "\t"),
        None if restart is None else number(restart),
        is_on(element.find(f"{W}isLgl")),
        value(element.find(f"{W}pStyle")),
    )


def _form_of_choice(element: Element) -> str:
    """Give the form of a level that offers a newer one: the older, which is always one of the list."""
    return next((value(each) for each in element.iter(f"{W}numFmt") if value(each) != "custom"), "decimal")


def _printed(listed: _List, numbers: list[int | None], at: int, asking: Level) -> str:
    level = listed.levels.get(at)
    if level is None:
        return ""
    last = numbers[at]
    return in_form(level.start if last is None else last, "decimal" if asking.is_plain else level.form)


def in_form(count: int, form: str) -> str:
    """Print a number in a form of Word (ECMA-376 part 1 §17.18.59); one that the form cannot say is Arabic."""
    plain = str(count)
    forms = {
        "thaiNumbers": lambda: to_thai(plain),
        "thaiLetters": lambda: _repeated(count, _THAI_LETTERS),
        "thaiCounting": lambda: _counted(count),
        "lowerLetter": lambda: _repeated(count, _LATIN),
        "upperLetter": lambda: _repeated(count, _LATIN).upper(),
        "lowerRoman": lambda: _roman(count),
        "upperRoman": lambda: _roman(count).upper(),
        "decimalZero": lambda: plain.zfill(2),
        "decimalEnclosedParen": lambda: f"({plain})",
        "decimalEnclosedFullstop": lambda: f"{plain}.",
        "decimalEnclosedCircle": lambda: chr(0x245F + count) if 0 < count <= _CIRCLED_MAX else "",
        "numberInDash": lambda: f"- {plain} -",
    }
    if form in ("none", "bullet"):
        return ""
    return forms.get(form, lambda: plain)() or plain


def _repeated(count: int, letters: str) -> str:
    """Give the letter of a number; after the last one all come again doubled, as Word does."""
    times, place = divmod(count - 1, len(letters))
    return letters[place] * (times + 1) if 0 <= times < _REPEATS_MAX else ""


def _roman(count: int) -> str:
    if not 0 < count <= _ROMAN_MAX:
        return ""
    printed = ""
    for worth, letters in _ROMAN:
        printed += letters * (count // worth)
        count %= worth
    return printed


def _counted(count: int) -> str:
    """Give a number up to 99 in Thai words."""
    tens, ones = divmod(count, 10)
    if not 0 < count <= _THAI_COUNTED_MAX:
        return ""
    if not tens:
        return _THAI_DIGITS[ones]
    lead = {1: "", 2: "ยี่"}.get(tens, _THAI_DIGITS[tens])
    return f"{lead}สิบ{'เอ็ด' if ones == 1 else _THAI_DIGITS[ones]}"
