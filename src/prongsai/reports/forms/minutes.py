"""Minutes of a meeting (รายงานการประชุม, แบบที่ ๑๑): who came, what each item of the agenda said and resolved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import fault, finding
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Part, Says, Values
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import Declared, Edge, Kind
from prongsai.thai.numerals import to_arabic

NAME = "minutes"
TITLE_TH = "รายงานการประชุม"
STANDING = (
    "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
    "เรื่องรับรองรายงานการประชุมครั้งก่อน",
    "เรื่องสืบเนื่องจากการประชุมครั้งก่อน",
    "เรื่องเพื่อทราบ",
    "เรื่องเพื่อพิจารณา",
    "เรื่องอื่น ๆ",
)
_ITEM = re.compile(r"(?:ระเบียบ)?วาระ(?:การประชุม)?ที่\s*([0-9๐-๙]{1,2})\s*(.*)")
_RESOLVED = re.compile(r"มติที่ประชุม\s*:?\s*(.*)")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who came. proxy_for: the person represented, or nothing."""

    name: str
    position: str
    proxy_for: str = ""


@dataclass(frozen=True, slots=True)
class Absentee:
    """Who did not come, and why."""

    name: str
    position: str
    reason: str


@dataclass(frozen=True, slots=True)
class Guest:
    """Who sat in without a vote."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda: its title, what was said, what was resolved."""

    title: str
    paragraphs: tuple[str, ...]
    resolution: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes. number, year_be: ครั้งที่ ๑/๒๕๖๙. agenda: in order, the first is item ๑."""

    meeting: str
    number: int
    year_be: int
    held_on: date | None
    place: str
    attendees: tuple[Attendee, ...]
    absentees: tuple[Absentee, ...]
    guests: tuple[Guest, ...]
    opened: time | None
    agenda: tuple[AgendaItem, ...]
    closed: time | None
    taker: Signed
    checker: Signed = Signed("", "")


@dataclass(frozen=True)
class Agenda(Part):
    """The items of the agenda."""

    stage = 2

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The field."""
        return (Declared("agenda", Kind.LIST, "ระเบียบวาระ"),)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print each item with its resolution."""
        for number, item in enumerate(record.agenda, 1):
            yield paragraph(f"ระเบียบวาระที่ {edge.digits(str(number))} {item.title}", Style.HEADING)
            for text in item.paragraphs or ("ไม่มี",):
                yield paragraph(text)
            yield paragraph(f"มติที่ประชุม {item.resolution or '-'}")

    def faults(self, record: Any) -> list[Problem]:
        """Name the items without title or resolution."""
        return [
            fault("FORM_VALUE_MISSING", name=f"agenda[{number}].{name}")
            for number, item in enumerate(record.agenda, 1)
            for name in ("title", "resolution")
            if not getattr(item, name)
        ]

    def anchor(self, stream: Stream, me: int) -> None:
        """Take the headings and the resolutions."""
        for at, line in list(stream.lines()):
            if _ITEM.fullmatch(line.text) or _RESOLVED.fullmatch(line.text):
                stream.take(at, me)

    def read(self, stream: Stream, me: int) -> Values:
        """Read from each heading to the next one or to a line of another part."""
        starts = [at for at, owner in enumerate(stream.owner) if owner == me and self._number(stream, at)]
        items = tuple(self._item(stream, me, at) for at in starts)
        if not items:
            stream.note("FORM_VALUE_MISSING", name="ระเบียบวาระ")
        for number, at in enumerate(starts, 1):
            if self._number(stream, at) != number:
                stream.note("FORM_NUMBER_ORDER", stream.entries[at].where, value=self._number(stream, at))
        return {"agenda": items}

    @staticmethod
    def _number(stream: Stream, at: int) -> int:
        found = _ITEM.fullmatch(_text(stream, at))
        return int(to_arabic(found[1])) if found else 0

    @staticmethod
    def _item(stream: Stream, me: int, at: int) -> AgendaItem:
        heading = _ITEM.fullmatch(_text(stream, at))
        assert heading
        said: list[str] = []
        where, resolution = stream.entries[at].where, ""
        while (at := at + 1) < len(stream.entries) and stream.owner[at] in (None, me):
            text = _text(stream, at)
            if _ITEM.fullmatch(text) or not text:
                break
            stream.take(at, me)
            if resolved := _RESOLVED.fullmatch(text):
                resolution = resolved[1].strip("-").strip()
                break
            said.append(text)
        if not resolution:
            stream.note("FORM_VALUE_MISSING", where, name=f"มติที่ประชุม ของ{heading[2]}")
        return AgendaItem(heading[2].strip(), tuple(said) if said != ["ไม่มี"] else (), resolution)


def _text(stream: Stream, at: int) -> str:
    entry = stream.entries[at]
    return getattr(entry, "text", "")


def _people(*more: Column) -> tuple[Columns, ...]:
    columns = (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ"), width=1),
        Column("name", Kind.PERSON, heads=("ชื่อ - สกุล", "ชื่อ", "ชื่อ-นามสกุล"), width=5),
        Column("position", heads=("ตำแหน่ง", "ตำแหน่ง/สังกัด"), width=5),
    )
    return (Columns((*columns, *more)),)


def _check(minutes: Minutes) -> Sequence[Problem]:
    problems = []
    if minutes.opened and minutes.closed and minutes.closed <= minutes.opened:
        problems.append(
            finding("MINUTES_TIMES", Severity.ERROR, f"closed at {minutes.closed}, opened at {minutes.opened}",
                    f"เลิกประชุม {minutes.closed:%H.%M} น. ก่อนเริ่มประชุม {minutes.opened:%H.%M} น.",
                    mend_th="ตรวจเวลาประชุม")
        )  # fmt: skip
    if 0 < len(minutes.agenda) < len(STANDING):
        problems.append(
            finding("MINUTES_AGENDA_SHORT", Severity.WARNING, f"{len(minutes.agenda)} items of {len(STANDING)}",
                    f"มีระเบียบวาระ {len(minutes.agenda)} ข้อ แบบมี {len(STANDING)} ข้อ",
                    mend_th="วาระที่ไม่มีเรื่องให้เขียนว่าไม่มี")
        )  # fmt: skip
    return problems


PAPER = Paper(
    NAME,
    TITLE_TH,
    Minutes,
    (
        Says("รายงานการประชุม{meeting}", (Declared("meeting", name="ชื่อการประชุม"),), Style.TITLE),
        Says(
            "ครั้งที่ {number}/{year_be}",
            (Declared("number", Kind.SERIAL, "ครั้งที่"), Declared("year_be", Kind.SERIAL, "ปี พ.ศ.")),
            Style.TITLE,
        ),
        Says(
            "เมื่อวันที่ {held_on}",
            (Declared("held_on", Kind.DATE, "วันประชุม", style="full"),),
            Style.TITLE,
            accepts=("เมื่อ{held_on}", "วันที่ {held_on}"),
        ),
        Says("ณ {place}", (Declared("place", name="สถานที่"),), Style.TITLE),
        Rows(
            "attendees",
            Attendee,
            _people(Column("proxy_for", heads=("ผู้แทนของ", "แทน"), width=4, required=False)),
            heading="ผู้มาประชุม",
            needed=True,
        ),
        Rows(
            "absentees",
            Absentee,
            _people(Column("reason", heads=("เหตุผล", "เนื่องจาก", "สาเหตุ"), width=4)),
            heading="ผู้ไม่มาประชุม",
            nothing="ไม่มีผู้ไม่มาประชุม",
        ),
        Rows("guests", Guest, _people(), heading="ผู้เข้าร่วมประชุม", nothing="ไม่มีผู้เข้าร่วมประชุม"),
        Says(
            "เริ่มประชุมเวลา {opened} น.", (Declared("opened", Kind.TIME, "เวลาเริ่มประชุม"),), accepts=("เริ่มประชุม{opened}",)
        ),
        Agenda(),
        Says(
            "เลิกประชุมเวลา {closed} น.", (Declared("closed", Kind.TIME, "เวลาเลิกประชุม"),), accepts=("เลิกประชุม{closed}",)
        ),
        Signs("taker", "ผู้จดรายงานการประชุม", "ลงชื่อ"),
        Signs("checker", "ผู้ตรวจรายงานการประชุม", "ลงชื่อ", required=False),
    ),
    title=lambda minutes: f"{TITLE_TH}{minutes.meeting} ครั้งที่ {minutes.number}/{minutes.year_be}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
