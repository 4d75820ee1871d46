"""Rules about how far things went: boxes, guidance without progress, indicators below the target without a measure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from prongsai.errors import Problem, Severity
from prongsai.frameworks.model import Framework
from prongsai.reports.lint.given import measures, period_of, plans, short, softened, topics
from prongsai.reports.lint.rule import Paper, Say, rule
from prongsai.reports.records import IndicatorPlan, IndicatorScore, Measure, ProgressStatus, Tracking
from prongsai.thai.dates import find_dates
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, fold

# ---------------------------------------------------------------- the box that should be ticked


def _title(row: IndicatorPlan) -> str:
    return collapse(f"ตัวชี้วัดที่ {row.no or '?'} {row.name}")


def _with_status(paper: Paper) -> list[IndicatorPlan]:
    """Give the indicator rows of a paper that states how far each went; none where no row does."""
    rows = plans(paper)
    return rows if any(row.boxes or row.status or "status" in row.origin.printed for row in rows) else []


@rule(
    "STATUS_MISSING",
    Severity.ERROR,
    summary="No box is ticked, though others state how far they went.",
    summary_th="ไม่ได้ระบุสถานะการดำเนินการ ทั้งที่แถวอื่นระบุ",
    mend="Tick exactly one box.",
    mend_th="ทำเครื่องหมายสถานะหนึ่งช่อง",
)
def status_missing(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell apart boxes left empty and boxes not even printed."""
    rows = _with_status(paper)
    ticked, boxes = sum(bool(row.ticked) for row in rows), sum(row.boxes for row in rows)
    for row in rows:
        if row.status is None and not row.ticked:
            none = f"none of {row.boxes} boxes is ticked" if row.boxes else "no box is printed"
            none_th = "ไม่ได้ทำเครื่องหมายในช่องใด" if row.boxes else "ไม่มีช่องสถานะ"
            yield say(
                row.origin.where,
                f"The status of indicator {row.no} is missing: {none}.",
                f"ตัวชี้วัดที่ {row.no} ไม่มีสถานะ ({none_th})",
                _title(row),
                arithmetic=f"{len(rows)} indicators, {boxes} boxes, {ticked} of them stated",
                severity=softened(paper),
            )


@rule(
    "STATUS_AMBIGUOUS",
    Severity.ERROR,
    summary="Two boxes or more are ticked where one is meant.",
    summary_th="ทำเครื่องหมายสถานะมากกว่าหนึ่งช่อง",
    mend="Tick exactly one box.",
    mend_th="ทำเครื่องหมายสถานะหนึ่งช่อง",
)
def status_ambiguous(paper: Paper, say: Say) -> Iterator[Problem]:
    """Name the ticked boxes."""
    for row in plans(paper):
        if len(row.ticked) > 1:
            yield say(
                row.origin.where,
                f"{len(row.ticked)} boxes of indicator {row.no} are ticked.",
                f"ตัวชี้วัดที่ {row.no} ทำเครื่องหมาย {len(row.ticked)} ช่อง",
                *row.ticked,
                arithmetic=f"{len(row.ticked)} of {row.boxes} boxes",
                severity=softened(paper),
            )


@rule(
    "STATUS_OPEN_AFTER_PERIOD",
    Severity.WARNING,
    summary="Something is still open in a report of a period that is over.",
    summary_th="ยังไม่แล้วเสร็จทั้งที่รายงานของรอบที่สิ้นสุดแล้ว",
    mend="Give a new due date, or carry it over into the next year's measures.",
    mend_th="กำหนดวันแล้วเสร็จใหม่ หรือยกไปเป็นมาตรการของปีถัดไป",
)
def status_open_after_period(paper: Paper, say: Say) -> Iterator[Problem]:
    """Leave out what has a later due date of its own, and papers dated before the period is over."""
    period, memo = period_of(paper), paper.report.memo
    if period is None or (memo and memo.date and memo.date <= period.end):
        return
    for row in plans(paper):
        later = row.period is not None and row.period.end is not None and row.period.end > period.end
        if row.status in (ProgressStatus.IN_PROGRESS, ProgressStatus.NOT_STARTED) and not later:
            yield say(
                row.origin.where,
                f"Indicator {row.no} is still open in a report up to {period.end}.",
                f"ตัวชี้วัดที่ {row.no} ยังไม่แล้วเสร็จในรายงานของรอบที่สิ้นสุดแล้ว",
                _title(row),
                *row.ticked,
            )


# ---------------------------------------------------------------- guidance and progress

_LISTED = re.compile(r"(?:^|[>\s])(?:[-–—•▪]\s?(?=[^\s\d])|\(?[0-9๐-๙]{1,2}[.)])")


def _is_listed(row: IndicatorPlan) -> bool:
    """Whether progress is a list or a single line: paragraphs of prose cannot be counted against guidance."""
    return len(row.progress) <= 1 or bool(_LISTED.search(row.origin.printed.get("progress", "")))


@rule(
    "GUIDANCE_WITHOUT_PROGRESS",
    Severity.WARNING,
    summary="An indicator has more guidance than progress.",
    summary_th="แนวทางมีมากกว่าความก้าวหน้า",
    mend="Report the progress of every item of guidance.",
    mend_th="รายงานความก้าวหน้าให้ครบทุกแนวทาง",
)
def guidance_without_progress(paper: Paper, say: Say) -> Iterator[Problem]:
    """Count lists."""
    for row in plans(paper):
        guidance, progress = len(row.guidance), len(row.progress)
        if guidance > progress and _is_listed(row):
            yield say(
                row.origin.where,
                f"Guidance items: {guidance}; progress items: {progress}.",
                f"มีแนวทาง {guidance} ข้อ แต่มีความก้าวหน้า {progress} ข้อ",
                _title(row),
                arithmetic=f"{guidance} - {progress} = {guidance - progress}",
            )


# Things that guidance asks for and that progress would call by name.
_THINGS = ("ทะเบียน", "คู่มือ", "ประมวล", "แผนผัง", "ผังขั้นตอน", "แบบประเมิน", "แบบสำรวจ", "คำสั่ง")


@rule(
    "DONE_WITHOUT_EVIDENCE",
    Severity.WARNING,
    summary='"Done" is ticked, but progress never names a thing that guidance asks for.',
    summary_th="ระบุว่าแล้วเสร็จ แต่ความก้าวหน้าไม่กล่าวถึงสิ่งที่แนวทางกำหนดให้มี",
    mend="Report the thing by name, or change the status.",
    mend_th="รายงานสิ่งนั้นให้ชัด หรือแก้สถานะ",
)
def done_without_evidence(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look for registers, manuals and the like; rows with too few progress items are told for that."""
    for row in plans(paper):
        if row.status is not ProgressStatus.DONE or len(row.guidance) > len(row.progress):
            continue
        told = " ".join(row.progress)
        for item in row.guidance:
            things = [thing for thing in _THINGS if thing in item]
            if things and not any(thing in told for thing in things):
                yield say(
                    row.origin.where,
                    f"Indicator {row.no} is done, but progress does not mention what this guidance asks for.",
                    f"ตัวชี้วัดที่ {row.no} ระบุว่าแล้วเสร็จ แต่ความก้าวหน้าไม่กล่าวถึง{things[0]}",
                    short(item),
                )


_DONE_WORDS = re.compile(r"ดำเนินการ|แล้วเสร็จ|เมื่อ|วันที่|<[^<>]{0,80}>|[\s\-–.,:]")
_WORDS_LEFT_MAX = 8


@rule(
    "NO_OUTCOME",
    Severity.INFO,
    summary="The rows give dates only: that something was done, not what came of it.",
    summary_th="ตารางมีแต่วันที่ ไม่มีผลผลิต ผลลัพธ์ หรือหลักฐาน",
    mend="Add the result and a link to the evidence.",
    mend_th="เพิ่มผลการดำเนินการและลิงก์หลักฐาน",
)
def no_outcome(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell it once, where every topic is so."""
    rows = topics(paper)
    if rows and all(map(_has_dates_only, rows)):
        yield say(
            rows[0].origin.where,
            f"None of {len(rows)} rows states a result or evidence.",
            f"ทั้ง {len(rows)} แถวมีแต่วันที่ ไม่มีผลหรือหลักฐาน",
            *(item.text for item in rows[0].done[:2]),
            arithmetic=f"{len(rows)} of {len(rows)} rows",
        )


def _has_dates_only(row: Tracking) -> bool:
    if not any(item.date for item in row.done) or row.origin.printed.get("outcome"):
        return False
    text = row.origin.printed.get("actual") or row.origin.printed.get("result") or ""
    found = find_dates(text)
    starts, ends = [0, *(each.end for each in found)], [*(each.start for each in found), len(text)]
    left = "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
    return len(_DONE_WORDS.sub("", left)) <= _WORDS_LEFT_MAX


# ---------------------------------------------------------------- indicators below the target

ISSUE_LIKENESS = 80.0
NAME_LENGTH_MIN = 8  # shorter names of indicators occur inside other words
_INDICATOR_NO = re.compile(r"ตัวชี้วัดที่\s*(\d{1,2})(?!\d)")


@rule(
    "INDICATOR_WITHOUT_MEASURE",
    Severity.ERROR,
    summary="An indicator is below the target, and nothing in the paper answers it.",
    summary_th="ตัวชี้วัดต่ำกว่าเป้าหมายแต่ไม่มีมาตรการรองรับ",
    mend="Set a measure for it.",
    mend_th="กำหนดมาตรการสำหรับตัวชี้วัดนี้",
)
def indicator_without_measure(paper: Paper, say: Say) -> Iterator[Problem]:
    """Link by the indicator's own row, by the issues of the year, or by words; a warning where only words can link."""
    target = paper.framework.target_pct
    low = [score for score in paper.report.indicators if score.score is not None and score.score < target]
    answers = _answers(paper) if low else None
    if answers is None or (paper.report.needs_person and not answers.is_grouped):
        return
    note, note_th = _links_note(paper.framework) if answers.is_grouped else ("", "")
    for score in low:
        if not _is_answered(paper, score, answers):
            yield say(
                score.where,
                f"Indicator {score.no} is below {_plain(target)} and no measure answers it{note}.",
                f"ตัวชี้วัดที่ {score.no} ต่ำกว่า {_plain(target)} แต่ไม่มีมาตรการรองรับ{note_th}",
                f"{score.title or f'ตัวชี้วัดที่ {score.no}'} {score.score}",
                arithmetic=f"{score.score} < {_plain(target)}",
                severity=softened(paper) or (None if answers.is_grouped else Severity.WARNING),
            )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _links_note(framework: Framework) -> tuple[str, str]:
    """Say that the links between issues and indicators are unverified, where they are."""
    if not framework.issues or all(issue.links_basis.certainty.is_official for issue in framework.issues):
        return "", ""
    return f" (issues as linked in {framework.id}, unverified)", f" (ตามการโยงประเด็นของ {framework.id} ซึ่งยังไม่ได้ตรวจทาน)"


@dataclass(frozen=True, slots=True)
class _Answers:
    """What the rows of a paper answer: indicators by number, issues of the year, and all that measures say."""

    numbers: frozenset[int]
    issues: frozenset[int]
    said: str
    is_grouped: bool


def _answers(paper: Paper) -> _Answers | None:
    """Read it once; None for a paper that plans and reports nothing."""
    if not any(isinstance(row, Measure | IndicatorPlan | Tracking) for row in paper.report.rows):
        return None
    rows = measures(paper)
    said = [text for row in rows for text in (row.issue_title or "", row.measure, *row.steps, *row.results)]
    groups = _numbers(" ".join(row.group or "" for row in topics(paper)))
    guided = {row.no for row in plans(paper) if row.no and row.guidance}
    known = {issue.no: fold(issue.name_th) for issue in paper.framework.issues}
    headed = {(row.issue_no, row.issue_title) for row in rows}
    issues = {no for pair in headed for no in _issues(*pair, known, must_agree=paper.report.needs_person)}
    return _Answers(
        numbers=frozenset(guided | groups | _numbers(" ".join(said))),
        issues=frozenset(issues),
        said="\n".join(map(fold, said)),
        is_grouped=bool(issues or plans(paper) or groups),
    )


def _numbers(text: str) -> set[int]:
    return {int(number) for number in _INDICATOR_NO.findall(to_arabic(text))}


def _issues(number: int | None, title: str | None, known: Mapping[int, str], *, must_agree: bool) -> set[int]:
    """Give the issues under which a measure may stand: by the printed number, by the printed title.

    must_agree: whether the two must be the same, as in a damaged paper, where either may be misread.
    """
    by_number = {number} & known.keys() if number else set()
    folded = fold(title or "")
    by_title = {no for no, name in known.items() if folded and fuzz.ratio(folded, name) >= ISSUE_LIKENESS}
    both = by_number & by_title if must_agree and number and by_title else by_number | by_title
    return {no for no in both if no is not None}


def _is_answered(paper: Paper, score: IndicatorScore, answers: _Answers) -> bool:
    """Whether a row, a topic, a measure of its issue, or a measure with its name answers an indicator."""
    linked = {issue.no for issue in paper.framework.issues if str(score.no) in issue.indicators}
    if score.no in answers.numbers or linked & answers.issues:
        return True
    indicator = paper.framework.indicator(str(score.no))
    names = (score.title or "", *((indicator.name_th, *indicator.aliases) if indicator else ()))
    return any(len(name) >= NAME_LENGTH_MIN and name in answers.said for name in map(fold, names))
