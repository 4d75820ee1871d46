"""Rules about days: when topics were due, when they were done, and dates that no calendar has."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from prongsai.errors import Problem, Severity
from prongsai.reports.lint.given import passed_on, period_of, short, softened, topics
from prongsai.reports.lint.passages import passages
from prongsai.reports.lint.rule import Paper, Say, rule
from prongsai.reports.records import DatedText, Tracking
from prongsai.thai.dates import find_dates, find_dues, months_in
from prongsai.thai.fiscal import BE_OFFSET, Span
from prongsai.thai.numerals import to_arabic

MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EVIDENCE_MAX = 6

# ---------------------------------------------------------------- against the period of the report


def _days(row: Tracking) -> list[date]:
    return [item.date for item in row.done if item.date]


def _outside(
    paper: Paper, say: Say, is_outside: Callable[[date], bool], sign: str, edge: date, words: tuple[str, str]
) -> Iterator[Problem]:
    """Tell each row of its own dates that lie outside, with the count over the whole paper."""
    every = [day for row in topics(paper) for day in _days(row)]
    count = sum(map(is_outside, every))
    for row in topics(paper):
        odd = [item for item in row.done if item.date and is_outside(item.date)]
        if odd:
            days = ", ".join(sorted({f"{item.date}" for item in odd}))
            yield say(
                row.origin.where,
                f"{len(odd)} of {len(row.done)} dates of this row lie {words[0]} {edge}.",
                f"มี {len(odd)} จาก {len(row.done)} วันที่ของแถวนี้อยู่{words[1]}",
                *(item.text for item in odd[:EVIDENCE_MAX]),
                arithmetic=f"{days} {sign} {edge}; in all {count} of {len(every)} dates",
                severity=softened(paper),
            )


@rule(
    "DATE_AFTER_PERIOD",
    Severity.ERROR,
    summary="Work is dated after the end of the period that the report covers.",
    summary_th="วันที่ดำเนินการอยู่หลังสิ้นสุดรอบรายงาน",
    mend="Report it in the next round, or correct the date or the round.",
    mend_th="รายงานในรอบถัดไป หรือแก้วันที่หรือรอบรายงาน",
)
def date_after_period(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at what topics say was done."""
    period = period_of(paper)
    if period:
        end = period.end
        yield from _outside(paper, say, lambda day: day > end, ">", end, ("after", "หลังสิ้นสุดรอบรายงาน"))


@rule(
    "DATE_BEFORE_PERIOD",
    Severity.WARNING,
    summary="Work is dated before the beginning of the period that the report covers.",
    summary_th="วันที่ดำเนินการอยู่ก่อนเริ่มรอบรายงาน",
    mend="It belongs to the report before, or correct the date.",
    mend_th="เป็นงานของรอบก่อน หรือแก้วันที่",
)
def date_before_period(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at what topics say was done."""
    period = period_of(paper)
    if period:
        start = period.start
        yield from _outside(paper, say, lambda day: day < start, "<", start, ("before", "ก่อนเริ่มรอบรายงาน"))


# ---------------------------------------------------------------- what was due and what was done

_OFTEN = ("weekly", "monthly", "quarterly")


@rule(
    "DATE_LATE",
    Severity.WARNING,
    summary="Work was done after its own due date.",
    summary_th="ดำเนินการหลังกำหนดของตนเอง",
    mend="Say why it was late, or correct the date.",
    mend_th="ชี้แจงเหตุที่ล่าช้า หรือแก้วันที่",
)
def date_late(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare pairs only: where the counts differ nobody knows which date answers which item."""
    for row in topics(paper):
        for due, done in row.pairs:
            if due.date and done.date and done.date > due.date and due.recurrence not in _OFTEN:
                late = (done.date - due.date).days
                yield say(
                    row.origin.where,
                    f"Done {late} days after it was due.",
                    f"ดำเนินการหลังกำหนด {late} วัน",
                    short(due.text),
                    done.text,
                    arithmetic=f"{done.date} - {due.date} = {late} days",
                )


@rule(
    "DATE_COUNT_MISMATCH",
    Severity.ERROR,
    summary="The number of due items and of dates differ, so that nobody knows which date answers which item.",
    summary_th="จำนวนรายการกำหนดกับจำนวนวันที่ไม่เท่ากัน จึงจับคู่ไม่ได้",
    mend="Give every due item its own date.",
    mend_th="ระบุวันที่ให้ครบทุกรายการ",
)
def date_count_mismatch(paper: Paper, say: Say) -> Iterator[Problem]:
    """Leave out rows whose list was guessed, rows of a paper without dates, and many dates for what recurs."""
    rows = topics(paper)
    dated = any(_days(row) for row in rows)
    for row in rows:
        due, done = len(row.due), len(row.done)
        guessed = any(odd.oddity == "boundaries_guessed" for odd in row.origin.oddities)
        recurs = done > due and any(item.recurrence for item in row.due)
        if due == done or not dated or not due or guessed or recurs:
            continue
        apart = f"{due} - {done} = {due - done} missing" if due > done else f"{done} - {due} = {done - due} too many"
        yield say(
            row.origin.where,
            f"Due items: {due}; dates: {done}.",
            f"มีรายการกำหนด {due} รายการ แต่มีวันที่ {done} แห่ง",
            *(short(item.text, 60) for item in row.due[:EVIDENCE_MAX]),
            *(item.text for item in row.done[:EVIDENCE_MAX]),
            arithmetic=apart,
            severity=softened(paper),
        )


# Words of an output that every month must have, in front of how often; following up is not such.
_OUTPUT = re.compile(r"(?:จัดทำ|เผยแพร่|สรุป|ประกาศ).{0,160}?(?:(?:ราย|ทุก)\s?(?:เดือน|ไตรมาส)|(?:เดือน|ไตรมาส)\s?ละ)")


@rule(
    "RECURRING_WITH_SINGLE_DATE",
    Severity.WARNING,
    summary="A duty of every month or quarter is evidenced by fewer dates than it has rounds.",
    summary_th="งานที่ต้องทำทุกเดือนหรือทุกไตรมาสมีวันที่ไม่ครบทุกงวด",
    mend="Give the date of every round.",
    mend_th="ระบุวันที่ให้ครบทุกงวด",
)
def recurring_with_single_date(paper: Paper, say: Say) -> Iterator[Problem]:
    """Count the rounds in the report's period; an error where an output of every round is promised."""
    period = period_of(paper)
    if period is None:
        return
    for row, due, dates in _recurring(paper):
        expected, evidenced = _rounds(due, period), len({(day.year, day.month) for day in dates.values()})
        if 1 <= evidenced < expected:
            promised = _OUTPUT.search(due.text)
            yield say(
                row.origin.where,
                f"A {due.recurrence} duty is evidenced by {evidenced} of {expected} dates.",
                f"งานที่ต้องทำซ้ำ {expected} งวดในรอบรายงาน มีวันที่เพียง {evidenced} แห่ง",
                short(due.text),
                *list(dates)[:EVIDENCE_MAX],
                arithmetic=f"{_month(period.start)}..{_month(period.end)} = {expected} expected, {evidenced} evidenced",
                severity=softened(paper) or (Severity.ERROR if promised else None),
            )


def _recurring(paper: Paper) -> Iterator[tuple[Tracking, DatedText, dict[str, date]]]:
    """Give each due item that recurs with the dates that can stand for it: its own, or all where nothing is paired."""
    for row in topics(paper):
        every = {item.text: item.date for item in row.done if item.date}
        for place, due in enumerate(row.due):
            if due.recurrence:
                own = row.done[place : place + 1]
                yield row, due, {item.text: item.date for item in own if item.date} if row.pairs else every


def _rounds(due: DatedText, period: Span) -> int:
    months = months_in(period.start, period.end)
    if due.recurrence == "monthly":
        return len(months)
    return len({(month.year, (month.month - 1) // 3) for month in months}) if due.recurrence == "quarterly" else 0


def _month(day: date) -> str:
    return f"{MONTHS_EN[day.month - 1]} {day.year + BE_OFFSET}"


_OVERSEER = re.compile(r"\W*(?:คณะ)?(?:ผู้บริหาร|นายก|ปลัดเทศบาล|ปลัดองค์การ|ผู้บังคับบัญชา).{0,30}?(?:กำกับ|ติดตาม)")


@rule(
    "OVERSIGHT_BEFORE_WORK",
    Severity.ERROR,
    summary="The executive's follow-up is dated before the work that it follows.",
    summary_th="ผู้บริหารกำกับติดตามก่อนงานที่ติดตามจะเสร็จ",
    mend="Correct the date, or follow up again after the last step.",
    mend_th="แก้วันที่ หรือติดตามอีกครั้งหลังขั้นตอนสุดท้าย",
)
def oversight_before_work(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare with the items printed before it; what is followed up every month is left out."""
    for row in topics(paper):
        last: DatedText | None = None
        for due, done in row.pairs:
            oversees = due.recurrence not in _OFTEN and _OVERSEER.match(due.text)
            if oversees and done.date and last and last.date and done.date < last.date:
                days = (last.date - done.date).days
                yield say(
                    row.origin.where,
                    f"Followed up {days} days before the last step that it oversees.",
                    f"กำกับติดตามก่อนขั้นตอนสุดท้าย {days} วัน",
                    short(due.text),
                    done.text,
                    last.text,
                    arithmetic=f"{done.date} < {last.date} ({days} days)",
                    severity=softened(paper),
                )
            if done.date and (last is None or last.date is None or done.date > last.date):
                last = done


# ---------------------------------------------------------------- deadlines as printed

_PRINTED_YEAR = re.compile(r"\d{4}|[./\s]\s?\d\d\s*$")


@rule(
    "DUE_YEAR_MISSING",
    Severity.WARNING,
    summary="A due month is printed without its year.",
    summary_th="กำหนดแล้วเสร็จไม่ระบุปี",
    mend="Add the year.",
    mend_th="เพิ่มปี พ.ศ.",
)
def due_year_missing(paper: Paper, say: Say) -> Iterator[Problem]:
    """Name the month that the fiscal year makes of it."""
    for row in topics(paper):
        odd = [due for due in row.due if due.date and "year" in due.inferred and not _prints_year(due)]
        if odd:
            months = ", ".join(dict.fromkeys(_month(due.date) for due in odd if due.date))
            years = ", ".join(dict.fromkeys(str(due.date.year + BE_OFFSET) for due in odd if due.date))
            yield say(
                row.origin.where,
                f"The due month has no year; {months} is taken from the fiscal year.",
                f"กำหนดแล้วเสร็จไม่ระบุปี ระบบถือเป็น พ.ศ. {years} ตามปีงบประมาณ",
                *(short(due.text) for due in odd[:EVIDENCE_MAX]),
            )


def _prints_year(due: DatedText) -> bool:
    return any(_PRINTED_YEAR.search(to_arabic(found.text)) for found in find_dues(due.text))


@rule(
    "DUE_DATE_IN_WRONG_COLUMN",
    Severity.WARNING,
    summary="The due column states no deadline, while the steps do.",
    summary_th="ช่องกำหนดแล้วเสร็จไม่มีกำหนดเวลา แต่ไปอยู่ในช่องขั้นตอน",
    mend="Move the deadlines into the due column.",
    mend_th="ย้ายกำหนดเวลาไปไว้ในช่องกำหนดแล้วเสร็จ",
)
def due_date_in_wrong_column(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at rows whose due items all lack a date."""
    for row in topics(paper):
        if not row.due or any(item.date for item in row.due):
            continue
        found = [due for step in row.steps for due in find_dues(step) if due.end]
        if found:
            yield say(
                row.origin.where,
                f"None of {len(row.due)} due items has a deadline; the steps name {len(found)}.",
                f"รายการกำหนด {len(row.due)} รายการไม่มีกำหนดเวลา แต่ขั้นตอนระบุไว้ {len(found)} แห่ง",
                *(due.text for due in found[:EVIDENCE_MAX]),
            )


# ---------------------------------------------------------------- dates that cannot be

_DAY_WORD = re.compile(r"วันที่\s*(?=[0-9๐-๙])")
_DATE_REACH = 48  # characters after the word in which the longest printed date ends


@rule(
    "DATE_IMPOSSIBLE",
    Severity.ERROR,
    summary="A day that its month does not have.",
    summary_th="วันที่ที่ไม่มีอยู่จริงในปฏิทิน",
    mend="Look the day up in the original paper.",
    mend_th="ตรวจวันที่จากเอกสารต้นฉบับ",
)
def date_impossible(paper: Paper, say: Say) -> Iterator[Problem]:
    """Pass on what reading found in periods and dates of work, and look at every "วันที่ …" elsewhere."""
    known = list(passed_on(paper, say))
    yield from known
    told = {(found.where.line, words) for found in known for words in found.evidence}
    for passage in passages(paper.document):
        for hit in _DAY_WORD.finditer(passage.text):
            for found in find_dates(passage.text[hit.end() : hit.end() + _DATE_REACH])[:1]:
                problem = found.reading.problem
                key = (passage.where.line, found.reading.text)
                if problem and problem.code == say.rule.code and found.start == 0 and key not in told:
                    told.add(key)
                    yield problem.at(passage.where)


@rule(
    "DATE_MONTH_UNKNOWN",
    Severity.ERROR,
    summary="An abbreviation stands for a month that does not exist.",
    summary_th="ตัวย่อเดือนที่ไม่มีจริง",
    mend="Look the month up in the original paper.",
    mend_th="ตรวจเดือนจากเอกสารต้นฉบับ",
)
def date_month_unknown(paper: Paper, say: Say) -> Iterator[Problem]:
    """Pass on what reading found."""
    return passed_on(paper, say)


@rule(
    "DATE_AMBIGUOUS",
    Severity.WARNING,
    summary="A date can be read in two ways.",
    summary_th="วันที่อ่านได้มากกว่าหนึ่งแบบ",
    mend="Print the month's name and the year in four digits.",
    mend_th="พิมพ์ชื่อเดือนเป็นตัวอักษรและปีให้ครบสี่หลัก",
)
def date_ambiguous(paper: Paper, say: Say) -> Iterator[Problem]:
    """Pass on what reading found."""
    return passed_on(paper, say)


@rule(
    "DATE_YEAR_UNREADABLE",
    Severity.ERROR,
    summary="The year of a date is missing or belongs to no era.",
    summary_th="ปีของวันที่ขาดไปหรือไม่ใช่ พ.ศ. หรือ ค.ศ.",
    mend="Look the year up in the original paper.",
    mend_th="ตรวจปีจากเอกสารต้นฉบับ",
)
def date_year_unreadable(paper: Paper, say: Say) -> Iterator[Problem]:
    """Pass on what reading found."""
    return passed_on(paper, say)
