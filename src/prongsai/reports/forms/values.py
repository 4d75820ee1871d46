"""The kinds of values that a form holds: how each is printed and how it is read again.

A value is printed as lines of a cell or as words of a sentence; both are read by the same function. Nothing printed
(or a dash, or dotted leaders) is no value.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from prongsai.documents.model import Line, Mark
from prongsai.reports.lists import read_items
from prongsai.thai.dates import MONTHS, DateStyle, format_date, read_date, read_period
from prongsai.thai.fiscal import month_span
from prongsai.thai.numerals import read_number, read_ordinal, to_arabic, to_thai
from prongsai.thai.text import collapse, fold, squeeze

NOTHING = "-"
LEADERS = "." * 20
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
CHOICE_LIKENESS_MIN = 80
_BLANK = re.compile(r"[-–—.…_\s]*")
_ITEM = re.compile(r"\s*([0-9๐-๙]{1,3})\.\s+(.*)", re.DOTALL)
_TIME = re.compile(r"(?:เวลา\s*)?([01]?\d|2[0-3])\s*[.:]\s*([0-5]\d)(?:\s*(?:น\.?|นาฬิกา))?")
_DATE_EN = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(MONTHS_EN)}),?\s+(\d{{4}})", re.IGNORECASE)
_MONTH = re.compile(rf"(?:เดือน\s*)?({'|'.join(MONTHS)})\s*(?:พ\.\s?ศ\.)?\s*(\d{{4}})")
_WRAPPED = re.compile(r"(?<=\d[,.]) (?=\d)|(?<=\d) (?=[,.]\d)")  # a number that a narrow column broke
_OFFER = re.compile(
    r"(?P<name>.*?)[\s:]*(?:(?:เสนอราคา|ราคาที่เสนอ|ราคาที่ตกลง|ราคา|เป็นเงิน)\s*)?"
    r"(?<![\d,.])(?P<price>\d[\d,]*(?:\.\d+)?)\s*(?:บาท)?"
)
_DATED = re.compile(r"(.*?)\s*(?:ลงวันที่|วันที่|ลว\.)\s*(.*)", re.DOTALL)


class Kind(StrEnum):
    """What a field holds. In records: str, tuple of str, int, Decimal, date, time, or the small classes below."""

    TEXT = "text"
    PERSON = "person"  # a name that no line may cut
    LIST = "list"
    PEOPLE = "people"
    SERIAL = "serial"  # a number that names: of an order, of a year; never grouped
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"  # its first day
    TIME = "time"
    PERIOD = "period"
    CHOICE = "choice"
    OFFER = "offer"
    OFFERS = "offers"
    REFERENCE = "reference"
    ORDINAL = "ordinal"  # the running number of a row; in no record


NUMERIC = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.MONEY})
NAMES = frozenset({Kind.PERSON, Kind.PEOPLE})


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both inside."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Offer:
    """A bidder and the price offered, in baht."""

    name: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of a paper, as printed, and its day."""

    number: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Edge:
    """How values look on paper. language: ``th`` or ``en``; English papers have Arabic digits and Christian years."""

    thai_digits: bool = True
    language: str = "th"

    def digits(self, text: str) -> str:
        """Give a number in the digits of the paper."""
        return to_thai(text) if self.thai_digits else text


@dataclass(frozen=True)
class Declared:
    """A field as declared. name: what people call it; choices: value → printed label; decimals: of a NUMBER.

    also: labels that others print → value. nil: printed for no value; one of its own (``*``) says that it is kept back.
    required: whether a paper without it is faulty. joiner: between the items of a list inside a sentence.
    """

    field: str
    kind: Kind = Kind.TEXT
    name: str = ""
    _: KW_ONLY
    required: bool = True
    choices: Mapping[Any, str] | None = None
    also: Mapping[str, Any] | None = None
    nil: str = NOTHING
    decimals: int = 2
    style: DateStyle = "abbr"
    joiner: str = ", "

    @property
    def called(self) -> str:
        """What people call it."""
        return self.name or self.field


class Unreadable(ValueError):
    """Words that are no value of a kind; never leaves this package."""


def is_blank(text: str) -> bool:
    """Whether words say nothing: empty, a dash, dotted leaders."""
    return _BLANK.fullmatch(text) is not None


def empty(declared: Declared) -> Any:
    """Give what a record holds where nothing is printed: "", () or None."""
    if declared.kind in (Kind.TEXT, Kind.PERSON):
        return ""
    return () if declared.kind in (Kind.LIST, Kind.PEOPLE, Kind.OFFERS) else None


def show(value: Any, declared: Declared, edge: Edge) -> tuple[str, ...]:
    """Print a value as lines, a dash for none."""
    if value is None or value in ("", ()):
        return (declared.nil,)
    return _SHOW[declared.kind](value, declared, edge)


def say(value: Any, declared: Declared, edge: Edge) -> str:
    """Print a value as words of a sentence, dotted leaders for none."""
    if value is None or value in ("", ()):
        return LEADERS
    if declared.kind in (Kind.LIST, Kind.PEOPLE):
        return declared.joiner.join(value)
    return " ".join(show(value, declared, edge))


def typed(value: Any, declared: Declared) -> Decimal | int | date | None:
    """Give the value that a cell of a workbook holds, None for words."""
    if declared.kind in NUMERIC and value is not None:
        return int(value) if declared.kind is Kind.WHOLE else _rounded(value, declared)
    return value if declared.kind is Kind.DATE and isinstance(value, date) else None


def fits(value: Any, declared: Declared) -> bool:
    """Whether a value comes back from paper as it is: no more decimals than are printed, the first day of a month."""
    if value is None:
        return True
    if declared.kind is Kind.MONTH:
        return isinstance(value, date) and value.day == 1
    if declared.kind in NUMERIC:
        return Decimal(value).is_finite() and _rounded(value, declared) == value
    prices = [
        offer.price for offer in (value if declared.kind is Kind.OFFERS else (value,)) if isinstance(offer, Offer)
    ]
    return all(price.is_finite() and price >= 0 and round(price, 2) == price for price in prices)


def read(lines: Sequence[Line], declared: Declared, value: Decimal | int | date | None = None) -> Any:
    """Read a cell. value: the typed one that its format holds. Raises Unreadable."""
    text = collapse(" ".join(line.text for line in lines))
    if is_blank(text) or text == declared.nil:
        return empty(declared)
    if declared.kind in NUMERIC and isinstance(value, Decimal | int) and not isinstance(value, bool):
        return _number(str(value), declared)
    if declared.kind is Kind.DATE and isinstance(value, date):
        return value
    if declared.kind in (Kind.LIST, Kind.PEOPLE):
        return _items(lines)
    if declared.kind is Kind.OFFERS:
        return tuple(_read_offer(item) for item in _items(lines))
    return _READ[declared.kind](text, declared)


def read_words(text: str, declared: Declared) -> Any:
    """Read words out of a sentence. Raises Unreadable."""
    if declared.kind in (Kind.LIST, Kind.PEOPLE) and not is_blank(text):
        parts = (collapse(part) for part in text.split(declared.joiner.strip() or declared.joiner))
        return tuple(part for part in parts if part)
    return read([Line(collapse(text))], declared)


def numbered(items: Sequence[str], edge: Edge) -> tuple[str, ...]:
    """Number the items of a list, one a line."""
    return tuple(f"{edge.digits(str(number))}. {item}" for number, item in enumerate(items, 1))


def _rounded(value: Any, declared: Declared) -> Decimal:
    places = 2 if declared.kind is Kind.MONEY else declared.decimals
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _show_number(value: Any, declared: Declared, edge: Edge) -> tuple[str, ...]:
    return (edge.digits(f"{_rounded(value, declared):,f}"),)


def _show_date(value: date, declared: Declared, edge: Edge) -> tuple[str, ...]:
    if edge.language == "en":
        return (f"{value.day} {MONTHS_EN[value.month - 1]} {value.year}",)
    return (format_date(value, declared.style, digits="thai" if edge.thai_digits else "arabic"),)


def _show_month(value: date, _: Declared, edge: Edge) -> tuple[str, ...]:
    return (f"{MONTHS[value.month - 1]} {edge.digits(str(value.year + 543))}",)


def _show_period(value: Period, declared: Declared, edge: Edge) -> tuple[str, ...]:
    days = dict.fromkeys((value.start, value.end))
    return (" - ".join(_show_date(day, declared, edge)[0] for day in days),)


def _show_offer(value: Offer, edge: Edge) -> str:
    return f"{value.name} {edge.digits(f'{value.price:,.2f}')} บาท"


def _show_reference(value: Reference, declared: Declared, edge: Edge) -> tuple[str, ...]:
    day = (f"ลงวันที่ {_show_date(value.on, declared, edge)[0]}",) if value.on else ()
    return ((value.number,) if value.number else (NOTHING,)) + day


_SHOW: Mapping[Kind, Callable[[Any, Declared, Edge], tuple[str, ...]]] = {
    Kind.TEXT: lambda value, declared, edge: (value,),
    Kind.PERSON: lambda value, declared, edge: (value,),
    Kind.LIST: lambda value, declared, edge: numbered(value, edge),
    Kind.PEOPLE: lambda value, declared, edge: numbered(value, edge),
    Kind.SERIAL: lambda value, declared, edge: (edge.digits(str(value)),),
    Kind.WHOLE: lambda value, declared, edge: (edge.digits(f"{value:,}"),),
    Kind.NUMBER: _show_number,
    Kind.MONEY: _show_number,
    Kind.DATE: _show_date,
    Kind.MONTH: _show_month,
    Kind.TIME: lambda value, declared, edge: (edge.digits(f"{value:%H.%M}"),),
    Kind.PERIOD: _show_period,
    Kind.CHOICE: lambda value, declared, edge: ((declared.choices or {})[value],),
    Kind.OFFER: lambda value, declared, edge: (_show_offer(value, edge),),
    Kind.OFFERS: lambda value, declared, edge: numbered([_show_offer(offer, edge) for offer in value], edge),
    Kind.REFERENCE: _show_reference,
    Kind.ORDINAL: lambda value, declared, edge: (edge.digits(str(value)),),
}


def _items(lines: Sequence[Line]) -> tuple[str, ...]:
    """Give the items of a list; one that counts from 1 at the starts of its lines is taken at its word."""
    items: list[str] = []
    for line in lines:
        found = _ITEM.fullmatch(line.text) if line.mark is Mark.NONE else None
        if found and int(to_arabic(found[1])) == len(items) + 1:
            items.append(found[2])
        elif items and line.mark is Mark.NONE:
            items[-1] += f" {line.text}"
        else:
            return read_items(lines).texts
    # a list whose lines were joined has its other numbers inside the first item
    whole = read_items(lines).texts
    return whole if len(whole) > len(items) == 1 else tuple(collapse(item) for item in items)


def _number(text: str, declared: Declared) -> Any:
    bare = _WRAPPED.sub("", collapse(text).removesuffix("บาท").strip())
    try:
        number = read_number(bare) if "E" not in bare else Decimal(bare)
    except InvalidOperation as reason:
        raise Unreadable(text) from reason
    if number is None:
        raise Unreadable(text)
    if declared.kind in (Kind.WHOLE, Kind.SERIAL):
        if number != int(number):
            raise Unreadable(text)
        return int(number)
    return number


def _read_date(text: str, _: Declared) -> date:
    if found := _DATE_EN.search(to_arabic(text)):
        months = [month.casefold() for month in MONTHS_EN]
        return _day(int(found[3]), months.index(found[2].casefold()) + 1, int(found[1]), text)
    reading = read_date(text)
    if reading is None or reading.value is None:
        raise Unreadable(text)
    return reading.value


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as reason:
        raise Unreadable(text) from reason


def _read_month(text: str, _: Declared) -> date:
    found = _MONTH.search(to_arabic(text))
    if not found or int(found[2]) < 2400:
        raise Unreadable(text)
    return month_span(int(found[2]) - 543, MONTHS.index(found[1]) + 1).start


def _read_time(text: str, _: Declared) -> time:
    found = _TIME.fullmatch(to_arabic(text).strip())
    if not found:
        raise Unreadable(text)
    return time(int(found[1]), int(found[2]))


def _read_period(text: str, _: Declared) -> Period:
    period = read_period(text)
    if period is None or period.end is None or period.problem:
        raise Unreadable(text)
    return Period(period.start or period.end, period.end)


def _read_choice(text: str, declared: Declared) -> Any:
    key = fold(text)
    labels = {value: fold(label) for value, label in (declared.choices or {}).items()}
    for value, label in (*labels.items(), *((value, fold(label)) for label, value in (declared.also or {}).items())):
        if key in (label, fold(str(value))):
            return value
    likeness, value = max(((fuzz.ratio(key, label), value) for value, label in labels.items()), default=(0.0, None))
    if likeness < CHOICE_LIKENESS_MIN:
        raise Unreadable(text)
    return value


def _read_offer(text: str) -> Offer:
    plain = to_arabic(text)
    found = _OFFER.fullmatch(plain.strip())
    if not found or not found["name"].strip():
        raise Unreadable(text)
    start, end = found.span("name")
    offset = len(plain) - len(plain.lstrip())
    price = _number(found["price"], Declared("price", Kind.MONEY))
    return Offer(text[offset + start : offset + end].strip(" :"), price)


def _read_reference(text: str, declared: Declared) -> Reference:
    found = _DATED.fullmatch(text)
    if not found:
        return Reference(text, None)
    number = "" if is_blank(found[1]) else found[1].strip()
    return Reference(number, None if is_blank(found[2]) else _read_date(found[2], declared))


def _read_ordinal(text: str, _: Declared) -> int:
    number = read_ordinal(text)
    if number is None:
        raise Unreadable(text)
    return number


_READ: Mapping[Kind, Callable[[str, Declared], Any]] = {
    Kind.TEXT: lambda text, declared: text,
    Kind.PERSON: lambda text, declared: text,
    Kind.SERIAL: _number,
    Kind.WHOLE: _number,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _read_date,
    Kind.MONTH: _read_month,
    Kind.TIME: _read_time,
    Kind.PERIOD: _read_period,
    Kind.CHOICE: _read_choice,
    Kind.OFFER: lambda text, declared: _read_offer(text),
    Kind.REFERENCE: _read_reference,
    Kind.ORDINAL: _read_ordinal,
}


def squeezed(text: str) -> str:
    """Give words without white space in Arabic digits, to look for fixed words in them."""
    return to_arabic(squeeze(text))
