"""The fields of papers without a declaration: memo, letter, announcement, and the reports on a year's work."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields as fields_of
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Masthead, Sides, Style
from prongsai.documents.template.model import Item, Said, Slot, says
from prongsai.reports.diff_labels import FIELD_TH, STATUS_TH
from prongsai.reports.forms.signing import Opinion, Signed
from prongsai.reports.forms.values import Edge, Kind
from prongsai.reports.papers import shell
from prongsai.reports.papers.lines import set_lines
from prongsai.reports.papers.official import ASKS, number_items
from prongsai.reports.printing import score_text
from prongsai.reports.records import (
    DatedText,
    Gap,
    IndicatorPlan,
    Measure,
    Memo,
    ProgressStatus,
    Report,
    Span,
    Tracking,
)
from prongsai.reports.stationery import fed as make
from prongsai.reports.stationery.fed import TYPES_TH, Fed, alone, mark
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai

EDGE = Edge()
Made = tuple[list[Fed], list[Block]]
_DATE_TH = TYPES_TH[Kind.DATE]
_BODY = "body_set"
_NOT_COLUMNS = frozenset({"origin", "where", "doubts", "ticked"})


def _day(get: Callable[[Any], date | None], style: str = "full") -> Callable[[Any], str]:
    def printed(record: Any) -> str:
        day = get(record)
        return format_date(day, style) if day else ""  # type: ignore[arg-type]

    return printed


def _text(name: str) -> Callable[[Any], str]:
    return lambda record: str(getattr(record, name) or "")


def _plain(*pairs: tuple[str, str]) -> list[Fed]:
    return [make.words(name, title, _text(name)) for name, title in pairs]


def _body() -> list[Fed]:
    return [
        make.many("body", "เนื้อความ ทีละบรรทัด", lambda one: one.body),
        make.blocks(_BODY, "เนื้อความ จัดย่อหน้าและตารางให้", lambda one: tuple(set_lines(one.body))),
    ]


def _signer() -> list[Fed]:
    return list(make.signs("signer", "ผู้ลงนาม", lambda one: one.signer, EDGE))


def _marks() -> list[Fed]:
    return [
        make.words("speed", "ชั้นความเร็ว", lambda one: one.speed.value if one.speed else ""),
        make.words("secrecy", "ชั้นความลับ", lambda one: one.secrecy.value if one.secrecy else ""),
    ]


def memo() -> Made:
    """Give the fields of a memo."""
    fed = [
        *_plain(("office", "ส่วนราชการ"), ("number", "ที่"), ("subject", "เรื่อง"), ("to", "เรียน")),
        make.words("date", "วันที่", _day(lambda one: one.date), _DATE_TH),
        *_body(),
        *_plain(("closing", "คำลงท้ายหลัง จึงเรียนมาเพื่อ")),
        *_signer(),
        make.opinions("opinions", lambda one: one.opinions, EDGE),
        *_marks(),
    ]
    head = Memo(mark("office | blank"), mark("number | blank"), None, mark("subject"), mark("to"), mark("date | blank"))
    start: list[Block] = [
        alone("secrecy", Style.SPEED),
        alone("speed", Style.SPEED),
        *shell.memo_head(head),
        alone(_BODY, Style.BODY),
        paragraph(ASKS + mark("closing")),
        make.order("if opinions"),
        make.signing_place("signer", "ลงชื่อ"),
        make.order("endif"),
        make.order("if not opinions"),
        make.signing_place("signer", ""),
        make.order("endif"),
        *make.opinion_places("opinions"),
    ]
    return fed, start


def letter() -> Made:
    """Give the fields of a letter."""
    fed = [
        *_plain(("number", "ที่"), ("agency", "หน่วยงาน"), ("subject", "เรื่อง"), ("to", "ผู้รับ")),
        make.many("address", "ที่อยู่ของหน่วยงาน", lambda one: one.address),
        make.words("date", "วันที่", _day(lambda one: one.date), _DATE_TH),
        make.words("salutation", "คำขึ้นต้น", lambda one: one.salutation.value),
        make.words("respects", "คำลงท้าย", lambda one: one.salutation.respects),
        make.many("references", "อ้างถึง", lambda one: tuple(number_items("อ้างถึง", one.references))),
        make.many("enclosures", "สิ่งที่ส่งมาด้วย", lambda one: tuple(number_items("สิ่งที่ส่งมาด้วย", _enclosed(one)))),
        *_body(),
        *_plain(("closing", "คำลงท้ายหลัง จึงเรียนมาเพื่อ")),
        *_signer(),
        make.words("contact.unit", "เจ้าของเรื่อง", lambda one: one.contact.unit),
        make.words("contact.phone", "โทรศัพท์", lambda one: one.contact.phone),
        make.words("contact.fax", "โทรสาร", lambda one: one.contact.fax),
        make.words("contact.email", "ไปรษณีย์อิเล็กทรอนิกส์", lambda one: one.contact.email),
        make.many("contact.lines", "เจ้าของเรื่องและที่ติดต่อ ทีละบรรทัด", _contact),
        make.many("copies", "สำเนาส่ง", lambda one: tuple(number_items("สำเนาส่ง", one.copies))),
        *_marks(),
    ]
    start: list[Block] = [
        alone("secrecy", Style.SPEED),
        alone("speed", Style.SPEED),
        Masthead(shell.EMBLEM_CM),
        Sides((f"ที่ {mark('number | blank')}",), (mark("agency"), mark("address | blank"))),
        alone("date", Style.RIGHT),
        paragraph(f"เรื่อง {mark('subject')}", Style.PLAIN),
        paragraph(f"{mark('salutation')} {mark('to')}", Style.PLAIN),
        alone("references"),
        alone("enclosures"),
        alone(_BODY, Style.BODY),
        paragraph(ASKS + mark("closing")),
        alone("respects", Style.RIGHT),
        make.signing_place("signer", ""),
        alone("contact.lines"),
        alone("copies"),
    ]
    return fed, start


def _enclosed(one: Any) -> tuple[str, ...]:
    return tuple(f"{each.what} จำนวน {each.amount}" if each.amount else each.what for each in one.enclosures)


def _contact(one: Any) -> tuple[str, ...]:
    labels = (("", one.contact.unit), ("โทร. ", one.contact.phone), ("โทรสาร ", one.contact.fax))
    return tuple(f"{label}{text}" for label, text in (*labels, ("ไปรษณีย์อิเล็กทรอนิกส์ ", one.contact.email)) if text)


def announcement() -> Made:
    """Give the fields of an announcement."""
    fed = [
        *_plain(("agency", "หน่วยงาน"), ("subject", "เรื่อง")),
        *_body(),
        make.words("date", "วันที่ประกาศ", _day(lambda one: one.date, "full_be"), _DATE_TH),
        *_signer(),
    ]
    start: list[Block] = [
        *shell.announcement_head(mark("agency"), mark("subject")),
        alone(_BODY, Style.BODY),
        paragraph("จึงประกาศให้ทราบโดยทั่วกัน"),
        paragraph(f"ประกาศ ณ วันที่ {mark('date')}", Style.CENTRED),
        make.signing_place("signer", ""),
    ]
    return fed, start


def report() -> Made:
    """Give the fields of a report on a year's work: its head, its rows by what they are, who signed."""
    fed = [
        make.words("agency", "หน่วยงาน", lambda one: one.agency.name),
        make.words("place", "หน่วยงาน อำเภอ จังหวัด", shell.place_line),
        make.words("fiscal_year_be", "ปีงบประมาณ พ.ศ.", lambda one: to_thai(str(one.fiscal_year_be or ""))),
        make.words("period", "รอบรายงาน", lambda one: one.report_period.text if one.report_period else ""),
        make.words("deadline", "กำหนดส่ง", _day(lambda one: one.deadline), _DATE_TH),
        make.words("announced", "วันที่ประกาศ", _day(lambda one: one.announced, "full_be"), _DATE_TH),
        make.words("score", "คะแนนรวม", lambda one: _number(one.overall.score), TYPES_TH[Kind.NUMBER]),
        make.words("level", "ระดับผล", lambda one: one.overall.level),
        *(make.words(f"memo.{name}", f"บันทึก: {title}", _memo(name)) for name, title in _MEMO),
        make.opinions("signatories", _signed, EDGE),
        *(_rows(name, title, kind) for name, title, kind in _ROWS),
    ]
    return fed, [alone("content", Style.BODY)]


_MEMO = (("office", "ส่วนราชการ"), ("number", "ที่"), ("date", "วันที่"), ("subject", "เรื่อง"), ("to", "เรียน"))
_ROWS: tuple[tuple[str, str, type], ...] = (
    ("measures", "มาตรการ", Measure),
    ("gaps", "ประเด็นที่ต้องปรับปรุง", Gap),
    ("plans", "แนวทางรายตัวชี้วัด", IndicatorPlan),
    ("topics", "เรื่องที่ติดตาม", Tracking),
)


def _memo(name: str) -> Callable[[Report], str]:
    def printed(one: Report) -> str:
        if one.memo is None:
            return ""
        value = getattr(one.memo, name)
        return _of(value).words if value else ""

    return printed


def _signed(one: Report) -> tuple[Opinion, ...]:
    return tuple(
        Opinion(each.opinion_of or "", (each.opinion,) if each.opinion else (), Signed(each.name, each.position or ""))
        for each in one.signatories
    )


def _rows(name: str, title: str, kind: type) -> Fed:
    columns = [
        Slot(each.name, FIELD_TH.get(each.name, each.name)) for each in fields_of(kind) if each.name not in _NOT_COLUMNS
    ]

    def items(one: Report) -> list[Item]:
        found = [row for row in one.rows if isinstance(row, kind)]
        return [
            {"number": says(to_thai(str(number)))} | {each.name: _of(getattr(row, each.name)) for each in columns}
            for number, row in enumerate(found, 1)
        ]

    return make.rows(name, title, [Slot("number", "แถวที่"), *columns], items)


def _number(value: Decimal | None) -> str:
    return "" if value is None else score_text(value)


def _of(value: Any) -> Said:
    """Print any value of a record of the year's work."""
    match value:
        case None:
            return Said(("-",), "-", True)
        case ProgressStatus():
            return says(STATUS_TH[value])
        case Span() | DatedText():
            return says(value.text)
        case Enum():
            return says(str(value.value))
        case Decimal():
            return says(score_text(value))
        case date():
            return says(format_date(value))
        case int():
            return says(to_thai(str(value)))
        case tuple():
            return _listed(value)
        case _:
            text = str(value)
            return says(text) if text else Said(("-",), "-", True)


def _listed(values: Iterable[Any]) -> Said:
    texts: Sequence[str] = [_of(each).words for each in values]
    return says(*texts, words=", ".join(texts)) if texts else Said(("-",), "-", True)
