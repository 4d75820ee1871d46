"""Records made by hypothesis from the classes themselves, and the kinds of forms."""

import importlib
import types
import typing
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from types import ModuleType

from hypothesis import strategies as st

from prongsai.documents.model import Cell, Document, Paragraph, Row, Table
from prongsai.reports.catalogue import FORMS
from prongsai.reports.forms.signing import NOBODY, Capacity, Opinion, Signed
from prongsai.reports.forms.values import Offer, Period, Reference

KINDS = tuple(name.replace("-", "_") for name in FORMS)
WORDS = (
    "น้ำ", "ประชาชน", "เทศบาล", "ตำบล", "ขั้นตอน", "ปฏิบัติ", "ธรรมาภิบาล", "กำกับ", "ซื่อสัตย์", "เปิดเผย", "ใบอนุญาต",
    "ถนน", "สะพาน", "ก๊าซ", "โต๊ะ", "ผู้รับบริการ", "เอกสาร", "ค่าธรรมเนียม", "หมู่บ้าน", "ชุมชน", "E-Service", "ทรัพย์สิน",
    "๑๒๓", "๕ ส", "(ร่าง)", "ปีละ", "ฯลฯ", "สิ่งแวดล้อม", "ญาติ", "ฐานข้อมูล", "กู้ยืม", "ก่อสร้าง", "ฟื้นฟู", "เกื้อกูล", "รั้ว",
)  # fmt: skip
GIVEN = ("สมชาย", "น้ำฝน", "กิ่งแก้ว", "ปิยะ", "ฐิติรัตน์", "อำนวย")
SURNAMES = ("ใจดีงาม", "พูนทรัพย์", "ศรีสุขสม", "ณ บ้านสวน", "รุ่งเรืองกิจ")
PLAIN_WORDS = tuple(word for word in WORDS if word[0] not in "๑๕(")
texts = st.tuples(st.sampled_from(PLAIN_WORDS), st.lists(st.sampled_from(WORDS), max_size=4)).flatmap(
    lambda parts: st.sampled_from(("", " ")).map(lambda gap: gap.join((parts[0], *parts[1])))
)
names = st.builds(
    lambda t, a, b: f"{t}{a} {b}",
    st.sampled_from(("นาย", "นาง", "นางสาว")),
    st.sampled_from(GIVEN),
    st.sampled_from(SURNAMES),
)
days = st.dates(date(1990, 1, 1), date(2080, 12, 31))
amounts = st.integers(0, 10**11).map(lambda satang: Decimal(satang) / 100)
hundredths = st.integers(0, 1000).map(lambda number: Decimal(number) / 100)
offers = st.builds(Offer, texts, amounts)
selves = st.builds(Signed, names, texts, st.just(Capacity.SELF), st.just(""), days | st.none())
acting = st.builds(
    Signed,
    names,
    texts,
    st.sampled_from([kind for kind in Capacity if kind is not Capacity.SELF]),
    texts,
    days | st.none(),
)
SPECIAL = {
    Signed: selves | acting,
    Period: st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair))),
    Offer: offers,
    Reference: st.builds(Reference, texts, days | st.none()),
    Opinion: st.builds(Opinion, texts, st.lists(texts, min_size=0, max_size=3).map(tuple), selves | acting),
    str: texts,
    bool: st.booleans(),
    int: st.integers(0, 99_999),
    Decimal: amounts,
    date: days,
    time: st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
}
BY_FIELD = {
    "month": days.map(lambda day: day.replace(day=1)),
    "mean": hundredths,
    "sd": hundredths,
    "low": hundredths,
    "high": hundredths,
    "name": names,
    "borrower": names,
    "stated_by": names,
    "asked_by": names,
    "year_be": st.integers(2540, 2599),
    "fiscal_year_be": st.integers(2540, 2599),
    "year_ce": st.integers(1997, 2056),
    "checker": st.just(NOBODY) | selves,
    "approver": st.just(NOBODY) | selves | acting,
    "inspector": st.just(NOBODY) | selves,
}
MAY_BE_EMPTY = frozenset(
    {
        "proxy_for",
        "reason",
        "supersedes",
        "signed",
        "step",
        "cause",
        "involved",
        "control",
        "indicator",
        "returned",
        "return_note",
        "year",
        "publisher_unit",
        "address",
        "opinion",
        "morning",
        "afternoon",
    }
)


def kind_of(name: str) -> ModuleType:
    return importlib.import_module(f"prongsai.reports.forms.{name}")


def records(kind: type) -> st.SearchStrategy:
    """Make records of a class: every field by its name or its type."""
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{each.name: _of_field(each.name, hints[each.name]) for each in fields(kind)})


def _of_field(name: str, hint: object) -> st.SearchStrategy:
    if isinstance(hint, types.UnionType):
        return _of_field(name, typing.get_args(hint)[0]) | st.none()
    if name in BY_FIELD and hint in (str, int, date, Decimal, Signed):
        plain_int = hint is int and name in ("low", "high")
        return st.integers(0, 25) if plain_int else BY_FIELD[name]
    if name in MAY_BE_EMPTY:
        return texts | st.just("")
    return _of_type(hint)


def _of_type(hint: object) -> st.SearchStrategy:
    if typing.get_origin(hint) is tuple:
        return st.lists(_of_type(typing.get_args(hint)[0]), max_size=4).map(tuple)
    if hint in SPECIAL:
        return SPECIAL[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    assert isinstance(hint, type) and is_dataclass(hint), hint
    return records(hint)


def as_text(document: Document) -> Document:
    """Take away what only some formats keep: typed values, which lines are heads, what is merged."""
    return replace(document, blocks=tuple(_bare(block) for block in document.blocks), title="")


def _bare(block: object) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        return Paragraph(block.text, block.raw, block.where)
    assert isinstance(block, Table)
    rows = tuple(
        Row(tuple(Cell(c.raw, c.lines, c.where, covered=c.covered) for c in row.cells), row.where) for row in block.rows
    )
    return Table(rows, block.where, "text")
