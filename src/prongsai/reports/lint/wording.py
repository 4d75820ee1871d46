"""Rules about the words of a paper: digits, spelling, cut-off sentences, laws and years, counts of staff."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.errors import Problem, Severity
from prongsai.reports.lint.cut_off import cut_off
from prongsai.reports.lint.headcounts import differs, headcounts
from prongsai.reports.lint.laws import known_act
from prongsai.reports.lint.passages import Passage, passages
from prongsai.reports.lint.rule import Paper, Say, rule
from prongsai.reports.records import Gap, IndicatorPlan, Measure, Record, Tracking
from prongsai.thai.fiscal import BE_OFFSET
from prongsai.thai.names import split_people
from prongsai.thai.numerals import digit_style, to_arabic
from prongsai.thai.spelling import find_misspellings, impossible_clusters
from prongsai.thai.text import collapse, fold, foreign_letters

EVIDENCE_MAX = 5


def _line(passage: Passage) -> str:
    return f" (บรรทัด {passage.where.line})" if passage.where.line is not None else ""  # composed: it has no lines


def _around(text: str, start: int, end: int, margin: int = 24) -> str:
    """Give a piece of a text with the words beside it."""
    left, right = max(0, start - margin), min(len(text), end + margin)
    return collapse(f"{'…' if left else ''}{text[left:right]}{'…' if right < len(text) else ''}")


# ---------------------------------------------------------------- digits

# Where digits of the other style are right: addresses, Latin names, item codes whose letter O is printed as a zero.
_OTHER_DIGITS_RIGHT = re.compile(
    r"(?:https?://|www\.)\S{1,300}|(?<![\w.+\-])[A-Za-z0-9_.+\-]{1,64}@\S{1,100}"
    r"|(?<![A-Za-z])[A-Za-z][\w.\-/]{0,40}[0-9๐-๙]{1,20}[\w.\-/]{0,40}|(?<![0-9๐-๙])[0-9๐-๙]{1,20}(?:\.[0-9]{1,9})?[A-Za-z][\w\-]{0,40}"
    r"|(?<![0-9๐-๙])[0○][๐-๙]{1,2}(?![0-9๐-๙])|(?:ข้อ|ที่)\s?0[0-9๐-๙]{1,2}(?![0-9๐-๙/])"
)
_NUMBER = re.compile(r"[0-9๐-๙]+(?:[.,/:][0-9๐-๙]+)*")
MUCH_MIN, MUCH_SHARE = 10, 0.2


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    style: str
    digits: int
    passage: Passage
    start: int


def _numbers(found: Passage) -> Iterator[_Number]:
    if found.text in ("0", "๐") or not _NUMBER.search(found.text):
        return
    text = _OTHER_DIGITS_RIGHT.sub(lambda hit: " " * len(hit.group(0)), found.text)
    for hit in _NUMBER.finditer(text):
        digits = sum(character.isdigit() for character in hit.group(0))
        yield _Number(hit.group(0), digit_style(hit.group(0)), digits, found, hit.start())


@rule(
    "MIXED_DIGITS",
    Severity.INFO,
    summary="Thai and Arabic digits stand side by side in one paper.",
    summary_th="เอกสารเดียวใช้ทั้งเลขไทยและเลขอารบิก",
    mend="Use one kind of digits throughout; official papers use Thai digits.",
    mend_th="ใช้เลขแบบเดียวทั้งฉบับ หนังสือราชการใช้เลขไทย",
)
def mixed_digits(paper: Paper, say: Say) -> Iterator[Problem]:
    """Name the places of the rarer style."""
    numbers = [number for found in passages(paper.document) for number in _numbers(found)]
    thai = [number for number in numbers if number.style in ("thai", "mixed")]
    arabic = [number for number in numbers if number.style in ("arabic", "mixed")]
    if not thai or not arabic:
        return
    fewer, more = sorted((thai, arabic), key=len)
    much = len(fewer) >= MUCH_MIN and len(fewer) > MUCH_SHARE * len(more)
    style, style_th = ("Thai", "เลขไทย") if fewer is thai else ("Arabic", "เลขอารบิก")
    counts = [sum(number.digits for number in style_) for style_ in (thai, arabic)]
    yield say(
        fewer[0].passage.where,
        f"{len(fewer)} numbers are in {style} digits, the other {len(more)} are not.",
        f"มีตัวเลข {len(fewer)} แห่งเป็น{style_th} ทั้งที่อีก {len(more)} แห่งเป็นอีกแบบ",
        *(_around(n.passage.text, n.start, n.start + len(n.text), 14) + _line(n.passage) for n in fewer[:EVIDENCE_MAX]),
        arithmetic=f"{counts[0]} Thai digits / {counts[1]} Arabic digits",
        severity=Severity.WARNING if much else None,
    )


# ---------------------------------------------------------------- spelling and script

_MARKS = "ะัาำิีึืฺุู็่้๊๋์ํ๎"
_BESIDE, _NAME_LENGTH = 6, 40


@rule(
    "SPELLING",
    Severity.INFO,
    summary="A frequent term is misspelt, a vowel or tone mark is impossible, or a word stands twice.",
    summary_th="สะกดคำที่ใช้บ่อยผิด สระหรือวรรณยุกต์ซ้อนกันไม่ได้ หรือพิมพ์คำซ้ำ",
    mend="Correct the spelling.",
    mend_th="แก้การสะกด",
)
def spelling(paper: Paper, say: Say) -> Iterator[Problem]:
    """Give each wrong form once, with how often it occurs and what it should be."""
    found: dict[tuple[str, str, str], list[Passage]] = {}
    names = _name_words(paper)
    for passage in passages(paper.document):
        for form in _wrong_forms(passage.text, names):
            found.setdefault(form, []).append(passage)
    for (wrong, fault, fault_th), places in found.items():
        lines = ", ".join(str(place.where.line) for place in places[:EVIDENCE_MAX])
        yield say(
            places[0].where,
            f"{wrong}: {fault} ({len(places)}×).",
            f"“{wrong}” {fault_th} ({len(places)} แห่ง บรรทัด {lines})",
            wrong,
        )


def _wrong_forms(text: str, names: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Give each wrong form with what is wrong about it, in English and Thai; names are spelt as people like."""
    for found in find_misspellings(text):
        beside = text[max(0, found.start - _NAME_LENGTH) : found.end + _NAME_LENGTH]
        if not any(found.wrong in name and name in beside for name in names):
            yield found.wrong, f"it should be {found.right}", f"ควรเป็น “{found.right}”"
    for cluster in impossible_clusters(text):
        near = text[max(0, cluster.start - _NAME_LENGTH) : cluster.end + _NAME_LENGTH].split()
        if not any(word.strip("(),;-") in names for word in near):
            piece = text[max(0, cluster.start - _BESIDE) : cluster.end + _BESIDE]
            yield collapse(piece).lstrip(_MARKS), cluster.why, cluster.why_th


def _name_words(paper: Paper) -> frozenset[str]:
    """Give the given names and surnames of owners and signatories."""
    cells = [signatory.name for signatory in paper.report.signatories]
    printed = list(cells)
    for row in paper.report.rows:
        cells += row.units if isinstance(row, Gap) else row.responsible
    for person in (person for cell in cells for person in split_people(cell)):
        printed += [person.name.raw, person.name.given, person.name.surname]
    return frozenset(word for name in printed for word in name.split())


@rule(
    "FOREIGN_SCRIPT",
    Severity.WARNING,
    summary="Letters of another script stand in the text: a misreading of a scanner.",
    summary_th="มีอักษรภาษาอื่นปนอยู่ ซึ่งมักเกิดจากการสแกน",
    mend="Compare with the original and replace the letters.",
    mend_th="เทียบกับต้นฉบับแล้วแก้อักษรนั้น",
)
def foreign_script(paper: Paper, say: Say) -> Iterator[Problem]:
    """Give each place with the letters that are neither Thai nor Latin."""
    for found in passages(paper.document):
        letters = foreign_letters(found.text)
        if letters:
            place = found.text.index(letters[0])
            yield say(
                found.where,
                f"Letters that are neither Thai nor Latin: {' '.join(letters)}.",
                f"มีอักษรที่ไม่ใช่ไทยหรืออังกฤษ: {' '.join(letters)}",
                _around(found.text, place, place + 1),
            )


# ---------------------------------------------------------------- sentences cut off


def _written(row: Record) -> Iterator[str]:
    """Give the sentences of a row."""
    if isinstance(row, Gap):
        yield from (*row.elements, *row.recommendations, *([row.prior_action] if row.prior_action else ()))
    elif isinstance(row, Measure):
        yield from (row.measure, *row.steps, *row.results, *row.outcomes)
    elif isinstance(row, IndicatorPlan):
        yield from (*row.guidance, *row.progress)
    elif isinstance(row, Tracking):
        yield from (*row.steps, *(due.text for due in row.due))


@rule(
    "TRUNCATED_TEXT",
    Severity.ERROR,
    summary="A sentence ends in a word that cannot end one: text is lost.",
    summary_th="ประโยคจบด้วยคำที่จบประโยคไม่ได้ แสดงว่าข้อความขาดหาย",
    mend="Add what was lost from the original.",
    mend_th="เติมข้อความที่ขาดจากต้นฉบับ",
)
def truncated_text(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at every item of every row; where the last word may be a noun, it is only a warning."""
    for row in paper.report.rows:
        for text in _written(row):
            cut = cut_off(text)
            if cut:
                yield say(
                    row.origin.where,
                    f'The sentence ends in "{cut.word}": text is lost.',
                    f"ประโยคจบที่คำว่า “{cut.word}” ข้อความขาดหายไป",
                    f"…{cut.bare[-70:]}",
                    severity=None if cut.sure else Severity.WARNING,
                )


# ---------------------------------------------------------------- laws and years

_LAW = re.compile(
    r"(?<!ร่าง)(?P<form>พระราชบัญญัติ|พ\.?ร\.?บ\.|พระราชกฤษฎีกา|ระเบียบ)\s*(?P<title>(?:(?!พระราช|พ\.?ร\.?บ)[ก-๎\s]){2,120}?)\s*"
    r"(?P<amended>\(ฉบับที่[^)]{1,12}\)\s*)?(?:พ\.?\s?ศ\.?|พุทธศักราช)\s*(?P<year>[0-9๐-๙]{4})(?![0-9๐-๙])"
)
_EARLIEST_LAW_BE = 2400
_BUDGET = "งบประมาณรายจ่าย"  # the Act of a fiscal year is made before it begins


def _latest_year_be(paper: Paper) -> int | None:
    """Tell the year in which the paper was written at the latest; an undated report may be of the year after."""
    report = paper.report
    days = [day for day in (report.announced, report.memo.date if report.memo else None) if day]
    if days:
        return max(day.year for day in days) + BE_OFFSET
    return report.fiscal_year_be + 1 if report.fiscal_year_be else None


@rule(
    "ACT_YEAR_IMPOSSIBLE",
    Severity.ERROR,
    summary="A law is cited with a year in which it cannot have been made.",
    summary_th="อ้างกฎหมายด้วยปีที่เป็นไปไม่ได้",
    mend="Look the law up and correct its year.",
    mend_th="ตรวจปีของกฎหมายแล้วแก้ให้ถูก",
)
def act_year_impossible(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare with the real years of well-known laws; any law later than the paper is impossible too."""
    latest = _latest_year_be(paper)
    for found in passages(paper.document):
        for hit in _LAW.finditer(found.text):
            year = int(to_arabic(hit["year"]))
            act = None if hit["amended"] else known_act(hit["form"].replace(" ", ""), hit["title"])
            if act and year not in (*act.years_be, *act.amended_be):
                yield say(
                    found.where,
                    f"This law is of {act.years_be[-1]}, not {year}.",
                    f"{act.form}{act.title}เป็นของ พ.ศ. {act.years_be[-1]} ไม่ใช่ {year}",
                    collapse(hit.group(0)),
                )
            elif not act and _BUDGET not in hit["title"] and (latest and year > latest or year < _EARLIEST_LAW_BE):
                yield say(
                    found.where,
                    f"No law of {year} can be cited in {f'a paper of {latest}' if latest else 'any paper'}.",
                    f"{f'เอกสารของปี {latest}' if latest else 'เอกสาร'}อ้างกฎหมาย พ.ศ. {year} ไม่ได้",
                    collapse(hit.group(0)),
                )


_YEAR_RANGE = re.compile(r"(?<![\d/.\-])(2[45]\d\d)\s*(?:[-–—]|ถึง)\s*(?:พ\.?\s?ศ\.?\s*|ปี\s*)?(2[45]\d\d)(?![\d/.])")
# What stands before a range of years: a plan runs forwards, a comparison often names the later year first.
_COMPARED = re.compile(r"เปรียบเทียบ|เทียบ(?:กับ|เคียง)|สถิติ|ย้อนหลัง|ร้อยละ|คะแนน|แนวโน้ม")
_PLANNED = re.compile(r"แผน(?!ก(?!าร))|ยุทธศาสตร์|ระยะ|นโยบายและทิศทาง")
_BE = re.compile(r"พ\.?\s?ศ\.?\s*$")
_BEFORE_YEARS = 60


def _range_severity(before: str) -> Severity | None:
    """Tell how wrong a range that runs backwards is after some words; None where it may be a comparison."""
    if _COMPARED.search(before):
        return None
    if _PLANNED.search(before):
        return Severity.ERROR
    return Severity.INFO if _BE.search(before) else None


@rule(
    "YEAR_RANGE_REVERSED",
    Severity.ERROR,
    summary="A range of years ends before it begins.",
    summary_th="ช่วงปีสิ้นสุดก่อนเริ่ม",
    mend="Correct the year that is wrong.",
    mend_th="แก้ปีที่ผิด",
)
def year_range_reversed(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look for the years of a plan such as "2561-2560"; a comparison of two years may name the later first."""
    for found in passages(paper.document):
        text = to_arabic(found.text)
        for hit in _YEAR_RANGE.finditer(text):
            first, last = int(hit[1]), int(hit[2])
            severity = _range_severity(text[max(0, hit.start() - _BEFORE_YEARS) : hit.start()])
            if last < first and severity:
                yield say(
                    found.where,
                    f"The years {first}–{last} run backwards.",
                    f"ช่วงปี {first}–{last} ย้อนหลัง",
                    _around(found.text, hit.start(), hit.end()),
                    arithmetic=f"{last} < {first}",
                    severity=severity,
                )


# ---------------------------------------------------------------- counts

_COUNT = re.compile(r"\s*(?:จำนวน|รวม|ทั้งหมด)?\s*(?<!\d)\d[\d,.]{0,9}\s*[ก-๎]{1,12}\s*$")
_COUNT_LENGTH_MAX = 50
_CORE_LENGTH_MIN = 14


@rule(
    "VAGUE_OUTCOME",
    Severity.INFO,
    summary="An outcome gives no number where another row counts the same thing.",
    summary_th="ผลลัพธ์ไม่มีจำนวน ทั้งที่แถวอื่นนับเรื่องเดียวกันเป็นตัวเลข",
    mend="State the number here too.",
    mend_th="ระบุจำนวนให้ครบ",
)
def vague_outcome(paper: Paper, say: Say) -> Iterator[Problem]:
    """Hold each outcome without a number against the outcomes that end in one."""
    told = [(row, text) for row in paper.report.rows if isinstance(row, Measure) for text in row.outcomes]
    counted: dict[str, str] = {}
    for _, text in told:
        tail = max(0, len(text) - _COUNT_LENGTH_MAX)
        hit = _COUNT.search(to_arabic(text), tail)
        if hit and hit.start() > 0:
            counted.setdefault(fold(text[: hit.start()]), text)
    for row, text in told:
        core = fold(text)
        if len(core) >= _CORE_LENGTH_MIN and core in counted and digit_style(text) == "none":
            yield say(
                row.origin.where,
                "This outcome has no number; another row counts the same thing.",
                "ผลลัพธ์นี้ไม่มีจำนวน ทั้งที่แถวอื่นระบุจำนวนของเรื่องเดียวกัน",
                text,
                counted[core],
            )


@rule(
    "HEADCOUNT_CONTRADICTION",
    Severity.WARNING,
    summary="The whole staff is counted differently in one paper.",
    summary_th="จำนวนบุคลากรทั้งหมดในเอกสารเดียวกันไม่ตรงกัน",
    mend="Check the number of staff and use the same one throughout.",
    mend_th="ตรวจจำนวนบุคลากรแล้วใช้ตัวเลขเดียวกันทั้งฉบับ",
)
def headcount_contradiction(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare counts of all staff; those of one event, of newcomers or of a group do not matter."""
    counts = [count for found in passages(paper.document) for count in headcounts(found)]
    others = [count for count in counts if differs(count.number, counts[0].number)] if counts else []
    if not others:
        return
    spread: Sequence[int] = sorted({count.number for count in counts})
    yield say(
        others[0].passage.where,
        f"All staff are counted as {', '.join(map(str, spread))}.",
        f"นับบุคลากรทั้งหมดไว้ไม่ตรงกัน: {', '.join(f'{number:,}' for number in spread)} คน",
        *(
            _around(count.passage.text, count.start, count.end, 16) + _line(count.passage)
            for count in [counts[0], *others][:EVIDENCE_MAX]
        ),
        arithmetic=f"{spread[-1]} - {spread[0]} = {spread[-1] - spread[0]}",
    )
