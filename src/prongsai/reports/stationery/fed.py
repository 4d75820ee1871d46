"""A field of a template together with how a record fills it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Signature, Signatures, Style
from prongsai.documents.template.model import Item, Said, Slot, Sort, Value, says
from prongsai.reports.forms.signing import Opinion, Signed, place_of
from prongsai.reports.forms.values import Declared, Edge, Kind, say, show

TYPES_TH = {
    Kind.TEXT: "ข้อความ",
    Kind.PERSON: "ชื่อบุคคล",
    Kind.LIST: "ข้อความหลายข้อ",
    Kind.PEOPLE: "รายชื่อบุคคล",
    Kind.SERIAL: "เลข",
    Kind.WHOLE: "จำนวนเต็ม",
    Kind.NUMBER: "ตัวเลข",
    Kind.MONEY: "จำนวนเงิน (บาท)",
    Kind.DATE: "วันที่",
    Kind.MONTH: "เดือน",
    Kind.TIME: "เวลา",
    Kind.PERIOD: "ช่วงวันที่",
    Kind.CHOICE: "ตัวเลือก",
    Kind.OFFER: "ผู้เสนอและราคา",
    Kind.OFFERS: "ผู้เสนอและราคา หลายราย",
    Kind.REFERENCE: "เลขที่และวันที่",
    Kind.ORDINAL: "ลำดับ",
}
ROWS_TH, BLOCKS_TH = "รายการหลายแถว", "ตารางหรือหลายย่อหน้าตามแบบของระบบ"


@dataclass(frozen=True, slots=True)
class Fed:
    """A field. value: (record) → what is printed there."""

    slot: Slot
    value: Callable[[Any], Value]


def mark(name: str) -> str:
    """Give the marker of a field."""
    return f"{{{{ {name} }}}}"


def order(text: str) -> Block:
    """Give an instruction in a paragraph of its own."""
    return paragraph(f"{{% {text} %}}", Style.PLAIN)


def alone(name: str, style: Style = Style.PLAIN) -> Block:
    """Give a field in a paragraph of its own."""
    return paragraph(mark(name), style)


def said(value: Any, declared: Declared, edge: Edge) -> Said:
    """Print a value as its kind is printed: lines of a cell, words of a sentence."""
    is_empty = value is None or value in ("", ())
    words = say(value, declared, edge)
    return Said(show(value, declared, edge), words, is_empty)


def words(name: str, title: str, get: Callable[[Any], str | None], type_th: str = TYPES_TH[Kind.TEXT]) -> Fed:
    """Make a field of one text."""
    return Fed(Slot(name, title, type_th), lambda record: _leaders(says(get(record) or "")))


def many(name: str, title: str, get: Callable[[Any], Sequence[str]]) -> Fed:
    """Make a field of several paragraphs."""
    return Fed(Slot(name, title, TYPES_TH[Kind.LIST]), lambda record: _leaders(says(*get(record))))


def _leaders(value: Said) -> Said:
    return Said(("-",), "." * 20, True) if value.is_empty else value


def declared(each: Declared, edge: Edge, get: Callable[[Any], Any] | None = None) -> Fed:
    """Make a field of what a form declares."""
    slot = Slot(each.field, each.called, TYPES_TH[each.kind])
    return Fed(slot, lambda record: said(get(record) if get else getattr(record, each.field), each, edge))


def blocks(name: str, title: str, get: Callable[[Any], Sequence[Block]]) -> Fed:
    """Make a field of ready blocks."""
    return Fed(Slot(name, title, BLOCKS_TH, Sort.BLOCKS), lambda record: tuple(get(record)))


def rows(
    name: str, title: str, columns: Sequence[Slot], get: Callable[[Any], Sequence[Item]], type_th: str = ROWS_TH
) -> Fed:
    """Make a field of rows."""
    return Fed(Slot(name, title, type_th, Sort.ROWS, tuple(columns)), lambda record: tuple(get(record)))


def signs(name: str, title: str, get: Callable[[Any], Signed], edge: Edge) -> Iterator[Fed]:
    """Make the fields of one signature: name, position with the words of its capacity, day."""

    def place(record: Any) -> Signature:
        return place_of(get(record), edge)

    yield words(f"{name}.name", f"{title}: ชื่อ", lambda record: place(record).name, TYPES_TH[Kind.PERSON])
    yield many(f"{name}.position", f"{title}: ตำแหน่ง", lambda record: place(record).position)
    yield words(f"{name}.day", f"{title}: วันที่ลงนาม", lambda record: place(record).date, TYPES_TH[Kind.DATE])


def signing_place(name: str, label: str = "ลงชื่อ", suffix: str = "") -> Block:
    """Give the place for a signature with the markers of its fields."""
    marks = (mark(f"{name}.name"), (mark(f"{name}.position"),))
    return Signatures((Signature(*marks, label, suffix, date=mark(f"{name}.day")),))


_STEP = (
    Slot("opinion_of", "ความเห็นของ"),
    Slot("opinion", "ความเห็น", TYPES_TH[Kind.LIST]),
    Slot("name", "ชื่อผู้ลงนาม", TYPES_TH[Kind.PERSON]),
    Slot("position", "ตำแหน่ง", TYPES_TH[Kind.LIST]),
    Slot("day", "วันที่ลงนาม", TYPES_TH[Kind.DATE]),
)


def opinions(name: str, get: Callable[[Any], Sequence[Opinion]], edge: Edge) -> Fed:
    """Make the rows of a chain of opinions."""
    return rows(name, "ความเห็นตามลำดับชั้น", _STEP, lambda record: [_step(one, edge) for one in get(record)])


def _step(step: Opinion, edge: Edge) -> Item:
    place = place_of(step.signed, edge)
    return {
        "opinion_of": says(step.opinion_of),
        "opinion": says(*step.opinion),
        "name": _leaders(says(place.name)),
        "position": says(*place.position),
        "day": says(place.date),
    }


def opinion_places(name: str) -> Iterator[Block]:
    """Give the chain of opinions as a loop of places."""
    yield order(f"for {name}")
    texts = (mark(f"{name}.name"), (mark(f"{name}.position"),), "ลงชื่อ", "", mark(f"{name}.opinion_of"))
    yield Signatures((Signature(*texts, (mark(f"{name}.opinion"),), mark(f"{name}.day")),))
    yield order("endfor")
