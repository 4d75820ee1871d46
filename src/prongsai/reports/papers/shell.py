"""The official part of a paper on a year's work: head of the memo, chain of opinions, announcement, cover, titles.

What it prints is read back by ``reports.letter`` and ``reports.identity``; it says what the records hold, no more.
Layout: the Rule of the Prime Minister's Office on correspondence B.E. 2526 (forms 2 and 8).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.build import fields, paragraph
from prongsai.documents.model import (
    Block,
    Document,
    Masthead,
    NewPage,
    Orientation,
    Separator,
    Setup,
    Signature,
    Signatures,
    Style,
)
from prongsai.errors import Problem, RecordsInvalid, Severity
from prongsai.reports.papers.options import Closing
from prongsai.reports.phrases import phrases
from prongsai.reports.printing import score_text
from prongsai.reports.records import Gap, Memo, Record, Report, Signatory
from prongsai.thai.dates import format_date, format_fiscal_year
from prongsai.thai.numerals import to_thai

MEMO_EMBLEM_CM, EMBLEM_CM = 1.5, 3.0
ANNOUNCEMENT = "announcement"
NO_DATE = "........................................"
OFFICE = "หน่วยงาน"


def agency_of(report: Report) -> str:
    """Name the agency, or say หน่วยงาน."""
    return report.agency.name or OFFICE


def of_year(report: Report) -> str:
    """Say for which year, after a space; nothing when it is unknown."""
    return f" ประจำ{format_fiscal_year(report.fiscal_year_be)}" if report.fiscal_year_be else ""


def memo_head(memo: Memo) -> Iterator[Block]:
    """Print the head of a memo; what is not known stays an empty leader."""
    day = memo.date_text or (format_date(memo.date) if memo.date else "")
    yield Masthead(MEMO_EMBLEM_CM, "บันทึกข้อความ")
    yield fields(("ส่วนราชการ", memo.office or ""), memo=True)
    yield fields(("ที่", memo.number or ""), ("วันที่", day), memo=True)
    yield fields(("เรื่อง", memo.subject or ""), memo=True)
    if memo.to:
        yield fields(("เรียน", memo.to))


def closing_line(closing: Closing) -> Block:
    """Print what the addressee is asked to do."""
    return paragraph(f"จึงเรียนมาเพื่อ{closing.value}")


def deadline_line(report: Report, what: str) -> Iterator[Block]:
    """Ask for something by the deadline, when there is one."""
    if report.deadline:
        yield paragraph(f"{what} ภายในวันที่ {format_date(report.deadline)}")


def chain(signatories: Iterable[Signatory]) -> Iterator[Block]:
    """Print the signatures of a memo in their order, each with the opinion before it."""
    signed = [one for one in signatories if one.part != ANNOUNCEMENT]
    is_chain = any(one.opinion_of for one in signed)
    for one in signed:
        yield Signatures((_place(one, "ลงชื่อ" if is_chain else ""),))


def _place(one: Signatory, label: str) -> Signature:
    opinion = (one.opinion,) if one.opinion else ()
    return Signature(one.name, position_lines(one.position or ""), label, "", one.opinion_of or "", opinion)


def position_lines(position: str) -> tuple[str, ...]:
    """Set a post over two lines where the words of acting stand between one's own and the one signed for."""
    acting = sorted((word for words in phrases().acting.values() for word in words), key=len, reverse=True)
    found = re.search(rf"(?:{'|'.join(map(re.escape, acting))})(?=\s+\S)", position)
    lines = (position[: found.end()], position[found.end() :].strip()) if found else (position,)
    return tuple(line for line in lines if line)


def is_announced(report: Report) -> bool:
    """Whether an announcement belongs to the paper: it has a day or somebody who signs it."""
    return report.announced is not None or any(one.part == ANNOUNCEMENT for one in report.signatories)


def announcement(report: Report, subject: str, body: Sequence[str]) -> Iterator[Block]:
    """Print an announcement: title, body, day and who signs it."""
    yield from announcement_head(agency_of(report), subject)
    yield from map(paragraph, body)
    yield paragraph("จึงประกาศให้ทราบโดยทั่วกัน")
    yield announced_line(report.announced)
    for one in report.signatories:
        if one.part == ANNOUNCEMENT:
            yield Signatures((_place(one, ""),))


def announcement_head(agency: str, subject: str) -> Iterator[Block]:
    """Print emblem and title lines of an announcement."""
    yield Masthead(EMBLEM_CM)
    yield paragraph(f"ประกาศ{agency}", Style.TITLE)
    yield paragraph(f"เรื่อง {subject}", Style.TITLE)
    yield Separator()


def announced_line(day: date | None) -> Block:
    """Print the day of an announcement, or dots where it is still to be filled in."""
    printed = format_date(day, "full_be") if day else NO_DATE
    return paragraph(f"ประกาศ ณ วันที่ {printed}", Style.CENTRED)


def place_line(report: Report) -> str:
    """Name the agency with district and province, as far as they were printed and not only inferred."""
    return " ".join([agency_of(report), *_place_parts(report)])


def _place_parts(report: Report) -> list[str]:
    agency = report.agency
    parts = [f"อำเภอ{agency.district}"] if agency.district and "district" not in agency.inferred else []
    return parts + ([f"จังหวัด{agency.province}"] if agency.province and "province" not in agency.inferred else [])


def stated_period(report: Report) -> str | None:
    """Give the period as it was stated; None when it only follows from the fiscal year."""
    period = report.report_period
    return period.text if period and "report_period" not in period.inferred else None


def titles(report: Report, title: str) -> Iterator[Block]:
    """Print the title lines of a report: what it is, for which year, stated period, agency and place."""
    yield paragraph(title, Style.TITLE)
    yield from (paragraph(text, Style.TITLE) for text in (of_year(report).strip(), stated_period(report) or "") if text)
    yield paragraph(place_line(report), Style.TITLE)


def cover(report: Report, title: Sequence[str], round_th: str, period: str = "") -> Iterator[Block]:
    """Print the lines of a cover. round_th: ``รอบ ๖ เดือน``. period: its days, where the records state none."""
    texts = [*title, of_year(report).strip(), round_th, stated_period(report) or period]
    texts += [agency_of(report), " ".join(_place_parts(report))]
    yield from (paragraph(text, Style.COVER) for text in texts if text)


def overall_line(report: Report, scores_year_be: int | None) -> Iterator[Block]:
    """State the total and the level, as far as they are known."""
    score, level = report.overall.score, report.overall.level
    year = f" ประจำ{format_fiscal_year(scores_year_be)}" if scores_year_be else ""
    said = f"ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA){year} ของ{agency_of(report)}"
    at_level = f" อยู่ในระดับ {level}" if level else ""
    if score is not None:
        yield paragraph(f"{said} โดยภาพรวมได้คะแนน {score_text(score)} คะแนน{at_level}")
    elif level:
        yield paragraph(f"{said}{at_level}")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a kind of paper puts into the shell. Without a memo or announcement in the records theirs is left out.

    cover: lines of a cover page before the body, or none. The body lies across, memo and announcement upright.
    """

    title: str
    body: Sequence[Block]
    memo: Sequence[Block] = ()
    announced: Sequence[Block] = ()
    cover: Sequence[Block] = ()
    across: bool = True


def put_together(report: Report, parts: Parts) -> Document:
    """Put memo with its signatures, announcement, cover and body one after the other, each on pages of its own."""
    signed = list(chain(report.signatories))
    sheets: list[_Sheet] = []
    if report.memo:
        sheets.append(_Sheet([*memo_head(report.memo), *parts.memo, *signed]))
    elif is_announced(report) and signed:
        sheets.append(_Sheet(signed))
    if is_announced(report):
        sheets.append(_Sheet(parts.announced))
    if parts.cover:
        sheets.append(_Sheet(parts.cover, is_cover=True))
    last = [] if report.memo or is_announced(report) else signed
    sheets.append(_Sheet([*parts.body, *last], Orientation.LANDSCAPE if parts.across else Orientation.PORTRAIT))
    first = sheets[0]
    blocks = [*first.blocks]
    for sheet in sheets[1:]:
        blocks += [NewPage(sheet.orientation, sheet.is_cover), *sheet.blocks]
    setup = Setup(first.orientation, names=_names(report), cover=first.is_cover)
    return Document("", "composed", None, "", tuple(blocks), title=parts.title, setup=setup)


@dataclass(frozen=True, slots=True)
class _Sheet:
    blocks: Sequence[Block]
    orientation: Orientation = Orientation.PORTRAIT
    is_cover: bool = False


def _names(report: Report) -> tuple[str, ...]:
    owners = [name for row in report.rows for name in (row.units if isinstance(row, Gap) else row.responsible)]
    names = [report.agency.name or "", *(one.name for one in report.signatories), *owners]
    return tuple(dict.fromkeys(name for name in names if name))


def need(report: Report, kind: type[Record], name: str) -> None:
    """Hold the records against the kind of rows that a paper is about. Raises RecordsInvalid when there are none."""
    if not any(isinstance(row, kind) for row in report.rows):
        raise records_unfit(
            f"rows: {name} needs rows of kind {kind.kind}", f"rows: {name} ต้องมีแถวที่มี kind เป็น {kind.kind}"
        )


def records_unfit(message: str, message_th: str) -> RecordsInvalid:
    """Make the exception for records that cannot make a kind of paper."""
    problem = Problem("RECORDS_UNFIT", Severity.ERROR, message, message_th)
    return RecordsInvalid(message, message_th=message_th, problems=[problem])


def counted(number: int, what: str) -> str:
    """Count things in official prose: ๘ มาตรการ."""
    return to_thai(f"{number} {what}")
