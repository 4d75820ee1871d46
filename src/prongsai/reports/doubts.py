"""What is odd about the way rows were printed, said as Problems: nothing doubtful passes in silence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from prongsai.errors import Problem, Severity, Where
from prongsai.reports.align import Doubt
from prongsai.reports.kinds import TableKind, table_kind
from prongsai.reports.records import Record
from prongsai.reports.stream import DataRow, Event, Prose

_ROW_SENTENCES: dict[str, tuple[str, str, str]] = {
    Doubt.SHIFTED: (
        "ROW_SHIFTED",
        "The cells of this row do not stand under their heads; they were moved to where they fit best.",
        "ช่องของแถวนี้ไม่ตรงหัวตาราง ระบบขยับไปไว้ในช่องที่เข้ากันที่สุด",
    ),
    Doubt.CELL_COUNT: (
        "ROW_CELL_COUNT",
        "This row has another number of cells than its head.",
        "แถวนี้มีจำนวนช่องไม่เท่าหัวตาราง",
    ),
    Doubt.NUMBER_ODD: (
        "ROW_NUMBER_ODD",
        "What stands in this row's number column is no number; the row may be a damaged head.",
        "ช่องลำดับของแถวนี้ไม่ใช่ตัวเลข แถวนี้อาจเป็นหัวตารางที่เสียหาย",
    ),
    Doubt.HEAD_DAMAGED: (
        "HEAD_DAMAGED",
        "The head above this row lacks columns; the head of another page was used.",
        "หัวตารางเหนือแถวนี้ขาดช่อง ระบบใช้หัวตารางของหน้าอื่นแทน",
    ),
    Doubt.SHORT: (
        "ROW_SHORT",
        "The last cells of this row are missing.",
        "ช่องท้ายของแถวนี้ขาดหายไป",
    ),
}
_RECORD_SENTENCES: dict[str, tuple[str, str, str]] = {
    Doubt.CONTINUATION_GUESSED: (
        "ROW_JOINED",
        "This row seems to go on with the one before and was joined to it.",
        "แถวนี้ดูเหมือนเป็นส่วนต่อของแถวก่อนหน้า ระบบจึงรวมเป็นแถวเดียว",
    ),
    Doubt.START_MISSING: (
        "ROW_START_MISSING",
        "This row goes on with one that is not printed before it.",
        "แถวนี้เป็นส่วนต่อ แต่ไม่พบแถวต้นทางก่อนหน้า",
    ),
    "code_unreadable": (
        "CODE_UNREADABLE",
        "No item code can be read in this row.",
        "อ่านรหัสข้อของแถวนี้ไม่ได้",
    ),
    "result_repeats_period": (
        "ROW_COLUMNS_MIXED",
        "The result repeats the period: the columns of this row are mixed up.",
        "ช่องผลการดำเนินการซ้ำกับระยะเวลา ช่องของแถวนี้อาจสลับกัน",
    ),
    "boxes_lost": (
        "BOXES_LOST",
        "The boxes beside the states of progress were lost; none can be told to be ticked.",
        "ช่องทำเครื่องหมายหน้าสถานะหายไป จึงบอกไม่ได้ว่าเลือกข้อใด",
    ),
}


def doubted(rows: Iterable[Record], events: Sequence[Event]) -> Iterator[Problem]:
    """Give a Problem for everything odd about a row, and one for each table that nobody could read.

    What is odd about the cells is said of every printed row, also of one that was merged or joined with another.
    """
    for event in events:
        if isinstance(event, DataRow) and table_kind(event.head) is not TableKind.OTHER:
            yield from _said(event.doubts, event.where, _ROW_SENTENCES)
    for row in rows:
        yield from _said(row.origin.doubts, row.origin.where, _RECORD_SENTENCES)
    yield from _unread_tables(events)


def _said(doubts: Iterable[str], where: Where, sentences: Mapping[str, tuple[str, str, str]]) -> Iterator[Problem]:
    for doubt in doubts:
        if doubt in sentences:
            code, message, message_th = sentences[doubt]
            yield Problem(
                code, Severity.WARNING, message, message_th, where,
                mend="Compare the row with the paper and correct it by hand.",
                mend_th="เทียบแถวนี้กับต้นฉบับแล้วแก้ด้วยมือ",
            )  # fmt: skip


def _unread_tables(events: Sequence[Event]) -> Iterator[Problem]:
    """Tell of rows that went into no record: tables of another kind, or whose heads cannot be read."""
    first: dict[int | None, tuple[Where, str]] = {}
    for event in events:
        if isinstance(event, DataRow) and table_kind(event.head) is TableKind.OTHER:
            first.setdefault(event.where.table, (event.where, event.text_all))
        elif isinstance(event, Prose) and event.in_table:
            first.setdefault(event.where.table, (event.where, event.text))
    for where, words in first.values():
        yield Problem(
            "TABLE_UNREAD", Severity.INFO,
            "This table is of no kind that is known; its rows went into no record.",
            "ตารางนี้ไม่ใช่แบบที่รู้จัก จึงไม่ได้นำไปเป็นข้อมูล",
            where, evidence=(words[:120],),
            mend="Check whether it belongs to the report.", mend_th="ตรวจว่าตารางนี้เป็นส่วนของรายงานหรือไม่",
        )  # fmt: skip
