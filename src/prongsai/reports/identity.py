"""Whose paper it is and for which year: agency, district, province, fiscal year, period, stated total and level."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import zip_longest

from prongsai.errors import Where
from prongsai.reports.cells import plain_digits
from prongsai.reports.heads import Role
from prongsai.reports.records import Agency, Memo, Overall, Span
from prongsai.reports.score_table import Scores
from prongsai.reports.stream import DataRow, Event, HeadEvent, Prose
from prongsai.thai import places
from prongsai.thai.agencies import find_agencies
from prongsai.thai.dates import read_period
from prongsai.thai.letters import read_letter_number
from prongsai.thai.numerals import read_number, to_arabic
from prongsai.thai.text import collapse, squeeze

TITLE_LENGTH_MAX = 260
LINE_LENGTH_MAX = 10_000  # no line that names the agency is longer
_PLACE = re.compile(r"(?:อำเภอ|อ\.)\s*([ก-๙]{2,30}?)\s*(?:จังหวัด|จ\.)\s*([ก-๙]{2,30})")
_PROVINCE = re.compile(r"จังหวัด\s*([ก-๙]{3,30})")
_YEAR = re.compile(r"(?:งบประมาณ|ประจำปี|นิยามปี|ตัวชี้วัดปี)\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d)")
_TITLE = re.compile(r"^(รายงาน|มาตรการ|สรุป|แผน|ประกาศ|เรื่อง|บันทึก|ผลการ|การดำเนินการ|การวิเคราะห์)")
_ABOUT_YEAR = re.compile(r"^(ประจำ)?ปีงบประมาณ")
_OVERALL = re.compile(
    r"(?:(?:ภาพรวม|คะแนนรวม|คะแนนที่ได้|ผลคะแนน|คะแนนเฉลี่ย|คะแนนการประเมิน|คะแนน ITA)[^\n]{0,80}?"
    r"|ผลการประเมิน[^\n]{0,60}?(?:ได้|เท่ากับ)(?:คะแนน|ร้อยละ|\s){0,3})"
    r"(?<![\d.])(\d{1,3}(?:\.\d{1,4})?)(?![\d])\s*(?:คะแนน|%|\(|อยู่|ระดับ|$)"
)
_LEVEL_THEN_SCORE = re.compile(
    r"(?:ภาพรวม|ผลการประเมิน)[^\n\d]{0,60}ระดับ[^\n\d]{0,40}\(?\s*(\d{1,3}(?:\.\d{1,4})?)\s*คะแนน"
)
_PROVINCIAL = "องค์การบริหารส่วนจังหวัด"
_LEVEL = re.compile(r"(?:ระดับ(?:ผลการประเมิน)?\s*(?:อยู่ที่|อยู่ใน|:|คือ)?|\()\s*[\"“]?\s*(ระดับ)?\s*([ก-๙A-F]{1,30})")
_TWO_DATES = re.compile(
    r"\(?(?:ระหว่าง|ตั้งแต่|ช่วง)?\s*(?:วันที่)?\s*[๐-๙\d]{1,2}\s*[ก-๙.]{3,12}\s*[๐-๙\d]{0,4}\s*(?:[-–—]|ถึง)\s*(?:วันที่)?\s*"
    r"[๐-๙\d]{1,2}\s*[ก-๙.]{3,12}\s*(?:พ\.ศ\.)?\s*[๐-๙\d]{2,4}\)?"
)
_HALF = re.compile(r"(?<=[^\d])รอบ\s*(6|12)\s*เดือน(แรก|หลัง)?|^รอบ\s*(6|12)\s*เดือน(แรก|หลัง)?")


def prose_of(events: Iterable[Event]) -> list[Prose]:
    """Give the running text of a stream."""
    return [event for event in events if isinstance(event, Prose)]


def read_agency(events: Sequence[Event], memo: Memo | None) -> Agency:
    """Tell whose paper it is: the name printed in titles and the memo's head weighs more than one in the body."""
    prose = prose_of(events)
    votes: Counter[str] = Counter()
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    texts = [(line.text, 4 if is_title(line.text) else 1) for line in prose]
    texts += [(text, 6) for text in ((memo.office, memo.subject, memo.to) if memo else ()) if text]
    for text, weight in texts:
        for found in find_agencies(text[:LINE_LENGTH_MAX]):
            votes[found.text] += weight
            printed[found.text][found.printed] += 1
    full = votes.most_common(1)[0][0] if votes else None
    name = _as_printed(full, printed[full]) if full else None
    district, province, where = _place(prose, name)
    inferred: tuple[str, ...] = ()
    if province is None:
        province = _province_of(memo.number if memo else None, full)
        inferred = ("province",) if province else ()
    return Agency(name, district, province, inferred, where)


def _as_printed(full: str, printed: Counter[str]) -> str:
    """Give the full name when it was printed so anywhere, or stands behind a title only; else its short form."""
    short = [form for form, _ in printed.most_common() if "." in form.split()[0]]
    return short[0] if short and full not in printed and len(short) == len(printed) else full


def is_title(text: str) -> bool:
    """Whether a line is a title or sub-title rather than a sentence of the body."""
    text = text.strip()
    if len(text) > TITLE_LENGTH_MAX or "ดังนี้" in text:
        return False
    return bool(_TITLE.match(text) or _ABOUT_YEAR.match(text) or (text.startswith("เทศบาล") and len(text) < 120))


def _place(prose: Sequence[Prose], name: str | None) -> tuple[str | None, str | None, Where]:
    for line, after in zip_longest(prose, prose[1:]):
        text = f"{line.text} {after.text}" if after and len(line.text) < 60 and len(after.text) < 60 else line.text
        found = _PLACE.search(text)
        if found and (name is None or squeeze(name) in squeeze(text) or len(text) < 130):
            return found.group(1), _known_province(found.group(2)), line.where
    for line in prose:
        only = _PROVINCE.search(line.text)
        if only and name and squeeze(name) in squeeze(line.text):
            return None, _known_province(only.group(1)), line.where
    return None, None, Where()


def _known_province(text: str) -> str:
    """Cut what follows the name of a province without a space."""
    names = sorted((province.name for province in places.PROVINCES), key=len, reverse=True)
    return next((name for name in names if text.startswith(name)), text)


def _province_of(number: str | None, agency: str | None) -> str | None:
    """Tell the province from the letters of a memo's number, or from the name of a provincial administration."""
    if agency and agency.startswith(_PROVINCIAL):
        named = places.province(agency.removeprefix(_PROVINCIAL))
        return named.name if named else None
    letter = read_letter_number(number) if number else None
    return next((entry.name for entry in places.PROVINCES if letter and entry.letters == letter.prefix), None)


def read_fiscal_year(events: Sequence[Event], memo: Memo | None) -> int | None:
    """Tell the year of the plan or report, not of the scores that it prints: titles weigh more than the body."""
    votes: Counter[int] = Counter()
    for event in events:
        if isinstance(event, Prose):
            weight = 12 if is_title(event.text) else 1
            for year in _years(event.text):
                votes[year] += weight
        elif isinstance(event, HeadEvent):
            for column in event.head.columns:
                for year in _years(column.head):
                    votes[year] += 3
    for year in _years(memo.subject or "" if memo else ""):
        votes[year] += 12
    if not votes:
        periods = (event.text(Role.PERIOD) for event in events if isinstance(event, DataRow))
        votes.update(year for text in periods for year in _years(text))
    return votes.most_common(1)[0][0] if votes else None


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(to_arabic(text))]


def read_report_period(events: Sequence[Event], fiscal_year_be: int | None) -> Span | None:
    """Read the period that a title states: half a year by name, or two dates in parentheses; else the fiscal year."""
    titles = [line for line in prose_of(events) if len(line.text) <= TITLE_LENGTH_MAX][:40]
    for line in titles:
        stated = _TWO_DATES.search(line.text)
        if stated and (stated.group() == line.text.strip() or is_title(line.text)):
            period = read_period(stated.group().strip("()"), fiscal_year_be=fiscal_year_be)
            if period and period.start and period.end and period.start <= period.end:
                return Span(collapse(stated.group()), period.start, period.end)
    for line in titles:
        half = _HALF.search(to_arabic(line.text))
        if half and (is_title(line.text) or len(line.text) < 40):
            return _half_year(half, line.text, fiscal_year_be)
    if fiscal_year_be is None:
        return None
    year = read_period(f"ปีงบประมาณ {fiscal_year_be}")
    return Span(f"ปีงบประมาณ {fiscal_year_be}", year.start, year.end, ("report_period",)) if year else None


def _half_year(found: re.Match[str], text: str, fiscal_year_be: int | None) -> Span:
    period = read_period(collapse(found.group(0)), fiscal_year_be=fiscal_year_be)
    return Span(collapse(text), period.start if period else None, period.end if period else None)


def read_overall(events: Sequence[Event], levels: Sequence[str], scores: Scores) -> Overall:
    """Read the stated total and level: from a sentence, else from the row of a score table that adds it up.

    levels: the names that any year knows, longest match wins.
    """
    for line in prose_of(events):
        text = plain_digits(line.text)
        for found in (*_OVERALL.finditer(text), *_LEVEL_THEN_SCORE.finditer(text)):
            score = read_number(found.group(1))
            if score is None or not Decimal(0) <= score <= Decimal(1000) or "ตัวชี้วัด" in found.group():
                continue
            level = _level(text[found.end(1) :], levels) or _level(text[found.start() : found.start(1)], levels)
            return Overall(score, level, line.where)
    if scores.total is not None:
        level = _level(f"ระดับ {scores.total_text}", levels) or _level_of_row(scores.total_text, levels)
        return Overall(scores.total, level, scores.total_where)
    return Overall(None, None)


def _level_of_row(text: str, levels: Sequence[str]) -> str | None:
    """Give the level that stands as a word of its own in the row of a total."""
    words = text.split()
    return next((level for level in sorted(set(levels), key=len, reverse=True) if level in words), None)


def _level(text: str, levels: Sequence[str]) -> str | None:
    by_length = sorted(set(levels), key=len, reverse=True)
    for found in _LEVEL.finditer(text):
        printed = squeeze(found.group(2))
        named = next((level for level in by_length if printed.startswith(squeeze(level))), None)
        if named:
            return named
    return None
