"""Rules about periods: against the fiscal year, against what they claim to yield, and a paper against its own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from prongsai.errors import Problem, Severity, Where
from prongsai.reports.lint.given import line_of, measures, period_of, plans, short, softened, topics, year_of
from prongsai.reports.lint.rule import Paper, Say, rule
from prongsai.reports.records import IndicatorPlan, Kind, Measure
from prongsai.reports.records import Span as Period
from prongsai.thai.dates import find_dates, recurrence
from prongsai.thai.fiscal import Span, first_months, quarter
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse

REPORTS = (Kind.MEASURES_REPORT, Kind.TRACKING_REPORT)
# Ninety days is what offices are given to close a year: internal control is reported within them, and so are most
# reports of the year before. Until then a paper is not late, and work dated so near the year is only told.
CLOSING_DAYS = 90
EVIDENCE_MAX = 6

# ---------------------------------------------------------------- inside the fiscal year

_DONE_ON = re.compile(r"(?:เมื่อ|ระหว่าง|ใน|ณ)\s?วันที่\s*(?=[0-9๐-๙])")
_DATE_REACH = 48  # characters after the word in which the longest printed date ends


@rule(
    "DATE_OUTSIDE_FISCAL_YEAR",
    Severity.ERROR,
    summary="A measure's period, or the day on which something was done, lies outside the report's fiscal year.",
    summary_th="ระยะเวลาหรือวันที่ดำเนินการอยู่นอกปีงบประมาณของรายงาน",
    mend="Correct the year, or report it with the year that it belongs to.",
    mend_th="แก้ปี หรือนำไปรายงานในปีงบประมาณที่ถูกต้อง",
)
def date_outside_fiscal_year(paper: Paper, say: Say) -> Iterator[Problem]:
    """Days of work shortly before or after the year are only a warning: reports of a year are closed after it.

    A period that runs backwards is told elsewhere.
    """
    year = year_of(paper)
    if year is None:
        return
    rows: list[Measure | IndicatorPlan] = [*measures(paper), *plans(paper)]
    for row in rows:
        if row.period:
            yield from _period_outside(paper, say, row, row.period, year)
        texts = (*row.results, *row.outcomes) if isinstance(row, Measure) else row.progress
        odd = {printed: day for printed, day in _days_done(texts) if _days_outside(day, year)}
        if odd:
            apart = max(_days_outside(day, year) for day in odd.values())
            yield say(
                row.origin.where,
                f"Done up to {apart} days outside fiscal year {paper.report.fiscal_year_be}.",
                f"วันที่ดำเนินการอยู่นอกปีงบประมาณ พ.ศ. {paper.report.fiscal_year_be} ถึง {apart} วัน",
                *list(odd)[:EVIDENCE_MAX],
                arithmetic=f"{_listed(odd.values())} not in {year.start}..{year.end}",
                severity=Severity.WARNING if apart <= CLOSING_DAYS else softened(paper),
            )


def _listed(days: Iterable[date]) -> str:
    return ", ".join(str(day) for day in sorted(set(days))[:EVIDENCE_MAX])


def _period_outside(
    paper: Paper, say: Say, row: Measure | IndicatorPlan, period: Period, year: Span
) -> Iterator[Problem]:
    start, end = period.start, period.end
    ends = [day for day in (start, end) if day and _days_outside(day, year)]
    if ends and not (start and end and end < start):
        yield say(
            row.origin.where,
            f"The period leaves fiscal year {paper.report.fiscal_year_be}.",
            f"ระยะเวลาอยู่นอกปีงบประมาณ พ.ศ. {paper.report.fiscal_year_be}",
            short(period.text),
            arithmetic=f"{_listed(ends)} not in {year.start}..{year.end}",
            severity=softened(paper),
        )


def _days_outside(day: date, year: Span) -> int:
    return max((year.start - day).days, (day - year.end).days, 0)


def _days_done(texts: tuple[str, ...]) -> Iterator[tuple[str, date]]:
    """Give the days that a text says something was done on; dates of laws and orders ("ลงวันที่") are none."""
    for text in texts:
        for hit in _DONE_ON.finditer(text):
            for found in find_dates(text[hit.end() : hit.end() + _DATE_REACH])[:1]:
                if found.start == 0 and found.reading.value and not found.reading.inferred:
                    yield f"{hit.group(0).strip()} {found.reading.text}", found.reading.value


# ---------------------------------------------------------------- long enough for what is claimed

_TWELVE_MONTHS = re.compile(r"(?:รอบ|ระยะเวลา)\s*(?:12|สิบสอง)\s*เดือน")
_PART_OF_YEAR = re.compile(r"รอบ\s*[69]\s*เดือน|ไตรมาส|ความก้าวหน้า|ความคืบหน้า")
_ANNUAL_REPORT = re.compile(
    r"รายงาน.{0,40}?(?:ผล(?!การประเมิน|การวิเคราะห์|การสำรวจ)|สรุป|การรับ).{0,140}?(?:ประจำ|ของ|ใน)?ปี[^0-9]{0,24}(25\d\d)"
)
_REPORT_REACH = 260  # characters from the word "report" to the end of its year


@dataclass(frozen=True, slots=True)
class _Claim:
    text: str
    is_annual: bool


@rule(
    "PERIOD_SHORTER_THAN_OUTPUT",
    Severity.ERROR,
    summary="The period ends before the output that it claims can exist.",
    summary_th="ระยะเวลาสั้นกว่าที่จะได้ผลตามที่รายงาน",
    mend="Extend the period, or name the output that the period can yield.",
    mend_th="ขยายระยะเวลา หรือแก้ผลให้ตรงกับระยะเวลา",
)
def period_shorter_than_output(paper: Paper, say: Say) -> Iterator[Problem]:
    """An annual output needs the last day of the year; "once a quarter" needs four quarters, which is a warning.

    An annual report of an earlier year is possible at any time.
    """
    year = year_of(paper)
    for row in measures(paper) if year else ():
        period = row.period
        if year is None or period is None or period.end is None or not year.start <= period.end < year.end:
            continue
        claims = list(_claims(row, paper.report.fiscal_year_be or 0))
        annual = [claim.text for claim in claims if claim.is_annual]
        quarterly = [claim.text for claim in claims if not claim.is_annual]
        if annual:
            yield say(
                row.origin.where,
                f"The period ends on {period.end}, but an output of the whole year is reported.",
                f"ระยะเวลาสิ้นสุดก่อนสิ้นปี แต่รายงานผลของทั้งปี {len(annual)} รายการ",
                short(period.text),
                *map(short, annual[:EVIDENCE_MAX]),
                arithmetic=f"{period.text} = {period.start or ''}..{period.end}; annual output >= {year.end}",
                severity=softened(paper),
            )
        quarters = _quarters(period.start or year.start, period.end, paper.report.fiscal_year_be or 0)
        if quarterly and quarters < 4:
            yield say(
                row.origin.where,
                f"Something is done once a quarter, but the period holds {quarters} of 4 quarters.",
                f"งานไตรมาสละครั้งต้องมี ๔ ไตรมาส แต่ระยะเวลามี {quarters} ไตรมาส",
                short(period.text),
                *map(short, quarterly[:EVIDENCE_MAX]),
                arithmetic=f"{quarters} of 4 quarters",
                severity=Severity.WARNING,
            )


def _claims(row: Measure, fiscal_year_be: int) -> Iterator[_Claim]:
    for text in (*row.results, *row.outcomes):
        arabic = to_arabic(text)
        start = arabic.find("รายงาน")
        report = _ANNUAL_REPORT.match(arabic, start, start + _REPORT_REACH) if start >= 0 else None
        of_year = report is not None and int(report.group(1)) >= fiscal_year_be
        if _TWELVE_MONTHS.search(arabic) or (of_year and not _PART_OF_YEAR.search(arabic)):
            yield _Claim(text, True)
            continue
        often = recurrence(text)
        if often and often.kind == "quarterly" and often.basis == "stated":
            yield _Claim(text, False)


def _quarters(start: date, end: date, fiscal_year_be: int) -> int:
    whole = (quarter(number, fiscal_year_be) for number in range(1, 5))
    return sum(start <= span.start and span.end <= end for span in whole)


# ---------------------------------------------------------------- the year that measures answer

_FROM_RESULT = re.compile(r"จาก(?:การนำ|การวิเคราะห์)?(?:ผล)?(?:การ)?(?:วิเคราะห์)?(?:ผล)?(?:การ)?ประเมิน")
_NAMED_YEAR = re.compile(r"(?:งบประมาณ|ประจำปี)\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d)")
_YEAR_REACH = 260  # characters after "from the result" in which its year stands


@rule(
    "YEAR_LOGIC",
    Severity.WARNING,
    summary="The measures of a year are said to follow from the result of the same year.",
    summary_th="มาตรการของปีหนึ่งอ้างผลการประเมินของปีเดียวกัน",
    mend="Measures of a year answer the result of the year before; correct the year that is wrong.",
    mend_th="มาตรการของปีต้องมาจากผลการประเมินของปีก่อน ตรวจและแก้ปีที่ผิด",
)
def year_logic(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at "จากผลการประเมิน … ปี …" in a paper with measures."""
    year = paper.report.fiscal_year_be
    if year is None or paper.report.document_type not in REPORTS:
        return
    for line in paper.document.paragraphs():
        text = to_arabic(collapse(line.text))
        start = _FROM_RESULT.search(text)
        named = _NAMED_YEAR.search(text, start.end(), start.end() + _YEAR_REACH) if start else None
        if start and named and int(named.group(1)) >= year and "มาตรการ" in text[named.end() :]:
            yield say(
                line.where,
                f"The measures of {year} are said to follow from the result of {named.group(1)}.",
                f"มาตรการปี {year} อ้างว่ามาจากผลการประเมินปี {named.group(1)}",
                short(text[start.start() : named.end()], 160),
                arithmetic=f"result {named.group(1)}, measures {year}; expected result {year - 1}",
            )


# ---------------------------------------------------------------- the paper against its period


def _dated(paper: Paper) -> tuple[date, str | None, Where] | None:
    """Give the day of the paper, how it is printed, and where."""
    memo = paper.report.memo
    if memo and memo.date:
        return memo.date, memo.date_text, line_of(paper, memo.date_text, memo.where)
    if paper.report.announced:
        return paper.report.announced, None, _announcement(paper)
    return None


def _announcement(paper: Paper) -> Where:
    wanted = ("ประกาศ ณ วันที่", "สั่ง ณ วันที่")
    lines = (line.where for line in paper.document.paragraphs() if any(words in line.text for words in wanted))
    return next(lines, Where(paper.report.file))


@rule(
    "REPORT_LATE",
    Severity.INFO,
    summary="A report is dated long after the end of what it reports.",
    summary_th="รายงานลงวันที่หลังสิ้นสุดรอบที่รายงานนานเกินควร",
    mend="Report soon after the end of the year or round.",
    mend_th="จัดทำรายงานภายในเวลาอันควรหลังสิ้นปีหรือสิ้นรอบ",
)
def report_late(paper: Paper, say: Say) -> Iterator[Problem]:
    """Count the days beyond CLOSING_DAYS."""
    period, dated = period_of(paper), _dated(paper)
    if period is None or dated is None or paper.report.document_type not in REPORTS:
        return
    day, printed, where = dated
    late = (day - period.end).days
    if late > CLOSING_DAYS:
        yield say(
            where,
            f"Dated {late} days after the end of what it reports.",
            f"ลงวันที่หลังสิ้นสุดรอบที่รายงาน {late} วัน",
            printed or str(day),
            arithmetic=f"{day} - {period.end} = {late} days",
        )


_ROUND = re.compile(r"รอบ\s*(6|9|12)\s*เดือน(?!หลัง)[^0-9]{0,40}(?:(25\d\d))?")


@rule(
    "REPORT_BEFORE_PERIOD_END",
    Severity.INFO,
    summary="A report or figure of a period is dated before the period is over.",
    summary_th="รายงานหรือสถิติของรอบลงวันที่ก่อนหรือในวันสิ้นสุดรอบ",
    mend="Close the figures after the last day of the period.",
    mend_th="สรุปข้อมูลหลังวันสุดท้ายของรอบ",
)
def report_before_period_end(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at the paper's own date, and at due items "รอบ ๖ เดือน" done by the last day of that round."""
    period, dated = period_of(paper), _dated(paper)
    if period and dated and paper.report.document_type in REPORTS and dated[0] < period.end:
        early = (period.end - dated[0]).days
        yield say(
            dated[2],
            f"Dated {early} days before the end of what it reports.",
            f"ลงวันที่ก่อนสิ้นสุดรอบที่รายงาน {early} วัน",
            dated[1] or str(dated[0]),
            arithmetic=f"{dated[0]} < {period.end}",
        )
    for row in topics(paper):
        for due, done in row.pairs:
            found = _ROUND.search(to_arabic(due.text))
            year = int(found.group(2) or 0) or paper.report.fiscal_year_be if found else None
            end = first_months(int(found.group(1)), year).end if found and year else None
            if end and done.date and done.date <= end:
                yield say(
                    row.origin.where,
                    "The figures of a round are dated before the round is over.",
                    "ข้อมูลของรอบลงวันที่ก่อนหรือในวันสิ้นสุดรอบ",
                    short(due.text),
                    done.text,
                    arithmetic=f"{done.date} <= {end}",
                )


# ---------------------------------------------------------------- the paper against itself


@rule(
    "ANNOUNCED_BEFORE_MEMO",
    Severity.WARNING,
    summary="The announcement is dated before the memo that proposes it.",
    summary_th="ประกาศลงวันที่ก่อนบันทึกข้อความที่เสนอ",
    mend="Correct one of the two dates.",
    mend_th="แก้วันที่ให้ถูกต้อง",
)
def announced_before_memo(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare the two dates of one paper."""
    memo, announced = paper.report.memo, paper.report.announced
    if memo and memo.date and announced and announced < memo.date:
        days = (memo.date - announced).days
        yield say(
            _announcement(paper),
            f"Announced {days} days before the memo.",
            f"ประกาศก่อนวันที่ของบันทึกข้อความ {days} วัน",
            memo.date_text or str(memo.date),
            arithmetic=f"{announced} < {memo.date} ({days} days)",
        )


@rule(
    "DEADLINE_BEFORE_MEMO",
    Severity.ERROR,
    summary="The memo asks for an answer before its own date.",
    summary_th="กำหนดส่งอยู่ก่อนวันที่ของบันทึกข้อความ",
    mend="Correct the deadline or the date of the memo.",
    mend_th="แก้กำหนดส่งหรือวันที่ของบันทึก",
)
def deadline_before_memo(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare the deadline in the memo with its date."""
    memo, deadline = paper.report.memo, paper.report.deadline
    if memo and memo.date and deadline and deadline < memo.date:
        days = (memo.date - deadline).days
        yield say(
            line_of(paper, memo.date_text, memo.where),
            f"The deadline lies {days} days before the memo.",
            f"กำหนดส่งอยู่ก่อนวันที่ของบันทึก {days} วัน",
            memo.date_text or str(memo.date),
            arithmetic=f"{deadline} < {memo.date} ({days} days)",
            severity=softened(paper),
        )


_ORDER = re.compile(r"(?:คำสั่ง|หนังสือ|ประกาศ)[^\n]{0,160}?ลงวันที่\s*(?=[0-9๐-๙])")
_ANNOUNCED = re.compile(r"\s*ประกาศ(?:เทศบาล|องค์การ|อบ)")


@rule(
    "ORDER_AFTER_MEMO",
    Severity.WARNING,
    summary="An order is cited whose date lies after the paper that cites it.",
    summary_th="อ้างคำสั่งหรือหนังสือที่ลงวันที่หลังเอกสารฉบับนี้",
    mend="Correct one of the two dates.",
    mend_th="แก้วันที่ให้ถูกต้อง",
)
def order_after_memo(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at "คำสั่ง … ลงวันที่ …" in running text."""
    memo = paper.report.memo
    if memo is None or memo.date is None:
        return
    lines = tuple(paper.document.paragraphs())
    announced_at = next((line.where.line or 0 for line in lines if _ANNOUNCED.match(line.text)), None)
    for line in lines:
        is_memo = announced_at is None or (line.where.line or 0) < announced_at
        last = memo.date if is_memo else paper.report.announced or memo.date
        for hit in _ORDER.finditer(line.text):
            found = find_dates(line.text[hit.end() : hit.end() + _DATE_REACH])[:1]
            day = found[0].reading.value if found else None
            if day and day > last:
                yield say(
                    line.where,
                    f"The order is dated {(day - last).days} days after the paper.",
                    f"คำสั่งหรือหนังสือที่อ้างลงวันที่หลังเอกสารนี้ {(day - last).days} วัน",
                    short(line.text[hit.start() : hit.end()] + found[0].reading.text, 160),
                    arithmetic=f"{day} > {last}",
                )
