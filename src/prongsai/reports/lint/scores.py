"""Rules about scores: what is stated held against what follows, by the framework of the year that was scored."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from prongsai.errors import Problem, Severity
from prongsai.frameworks.model import Framework
from prongsai.reports.lint.rule import Check, Paper, Say, rule
from prongsai.reports.records import IndicatorScore
from prongsai.reports.year import framework_of
from prongsai.scoring.derive import Derived
from prongsai.scoring.faults import FAULTS
from prongsai.scoring.report import ScoreReport, score_report
from prongsai.scoring.scores import Entry, Scores, Section, StatedLevel
from prongsai.thai.numerals import to_arabic

# ---------------------------------------------------------------- the scores of a paper

_SCORED_YEAR = re.compile(r"ประเมิน.{0,260}?(?:งบประมาณ|ประจำปี)\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d)")


def _framework(paper: Paper) -> Framework:
    """Give the framework of the year that the stated total is of: a report of a year mostly prints the year before."""
    place = paper.report.overall.where
    lines = (line.text for line in paper.document.paragraphs() if line.where == place)
    text = next(lines, "") if place.line else ""
    found = _SCORED_YEAR.search(to_arabic(text))
    year = int(found.group(1)) if found else None
    if year is None or year == paper.framework.fiscal_year_be:
        return paper.framework
    return framework_of(year, kind=paper.framework.kind)


def _entry(score: IndicatorScore) -> Entry:
    return Entry(str(score.no), score.score, score.where, Section.INDICATOR)


def _scores(paper: Paper) -> Scores:
    overall, indicators = paper.report.overall, paper.report.indicators
    return Scores(
        entries=tuple(_entry(score) for score in indicators),
        overall=Entry("overall", overall.score, overall.where) if overall.score is not None else None,
        level=StatedLevel(overall.level, overall.where) if overall.level else None,
        agency=paper.report.agency.name,
        where=overall.where if overall.score is not None or not indicators else indicators[0].where,
    )


@lru_cache(maxsize=8)
def _checked(framework: Framework, scores: Scores) -> ScoreReport:
    return score_report(framework, scores)


def _report(paper: Paper) -> ScoreReport | None:
    """Check the scores of a paper; None where it has none, or numbers its rows beyond the indicators of the year."""
    scores, framework = _scores(paper), _framework(paper)
    codes = {indicator.code for indicator in framework.top_indicators()}
    if scores.is_empty or any(entry.code not in codes for entry in scores.entries):
        return None
    return _checked(framework, scores)


def _against(framework: Framework) -> tuple[str, str]:
    """Say which framework the scores were held against, and that nobody has verified it."""
    if framework.is_official:
        return f" [{framework.id}]", f" (กรอบ {framework.id})"
    return f" [{framework.id}, unverified]", f" (กรอบ {framework.id} ยังไม่ได้ตรวจทาน)"


def _found(paper: Paper, code: str) -> Iterator[Problem]:
    """Give what scoring says under a code, with the framework it was held against."""
    report = _report(paper)
    note, note_th = _against(_framework(paper)) if report else ("", "")
    for problem in report.problems if report else ():
        if problem.code == code:
            yield replace(problem, message=problem.message + note, message_th=problem.message_th + note_th)


def _is_of_level(problem: Problem, paper: Paper) -> bool:
    """Whether a contradiction is of the level: its evidence is the name of one, not a number."""
    return problem.evidence[:1] in [(level.name_th,) for level in _framework(paper).levels]


# ---------------------------------------------------------------- contradictions


@rule(
    "SCORE_CONTRADICTION",
    Severity.ERROR,
    summary="A stated score does not follow from the scores that it is made of.",
    summary_th="คะแนนที่ระบุไม่ตรงกับที่คำนวณจากคะแนนย่อย",
    mend="Compare with the official result and correct whichever is wrong.",
    mend_th="ตรวจกับประกาศผลแล้วแก้ค่าที่ผิด",
)
def score_contradiction(paper: Paper, say: Say) -> Iterator[Problem]:
    """Give the arithmetic and the misreadings of one digit that would explain it."""
    return (found for found in _found(paper, say.rule.code) if not _is_of_level(found, paper))


@rule(
    "LEVEL_CONTRADICTION",
    Severity.ERROR,
    summary="The stated level does not follow from the scores.",
    summary_th="ระดับผลการประเมินที่ระบุไม่ตรงกับคะแนน",
    mend="Compare with the official result and correct whichever is wrong.",
    mend_th="ตรวจกับประกาศผลแล้วแก้ค่าที่ผิด",
)
def level_contradiction(paper: Paper, say: Say) -> Iterator[Problem]:
    """Give the condition that does not hold."""
    for found in _found(paper, "SCORE_CONTRADICTION"):
        if _is_of_level(found, paper):
            yield replace(found, code=say.rule.code)


# ---------------------------------------------------------------- missing scores


@rule(
    "INDICATOR_NO_SCORE",
    Severity.ERROR,
    summary="An indicator is printed without its score, though others have theirs.",
    summary_th="ตัวชี้วัดไม่มีคะแนน ทั้งที่ตัวชี้วัดอื่นมี",
    mend="Copy the score from the official result; a derived one must stay marked as derived.",
    mend_th="คัดคะแนนจากประกาศผล ถ้าใช้ค่าที่คำนวณย้อนต้องระบุว่าเป็นค่าคำนวณ",
)
def indicator_no_score(paper: Paper, say: Say) -> Iterator[Problem]:
    """Derive it where the rest determine it, with the interval as printed and the one that all roundings allow."""
    report = _report(paper)
    if report is None or all(score.score is None for score in paper.report.indicators):
        return
    derived = {each.code: each for each in report.derived}
    note, note_th = _against(_framework(paper))
    for score in paper.report.indicators:
        if score.score is None:
            each = derived.get(str(score.no))
            value, value_th = _proposal(each)
            yield say(
                score.where,
                f"Indicator {score.no} has no score{value}{note if each else ''}.",
                f"ตัวชี้วัดที่ {score.no} ไม่มีคะแนน{value_th}{note_th if each else ''}",
                f"ตัวชี้วัดที่ {score.no} {score.title or ''}".strip(),
                arithmetic=_derivation(each),
            )


def _proposal(each: Derived | None) -> tuple[str, str]:
    if each is None or each.rounded is None:
        return "", ""
    return f"; {each.rounded} follows from the total", f" คำนวณย้อนจากคะแนนรวมได้ {each.rounded}"


def _derivation(each: Derived | None) -> str | None:
    if each is None:
        return None
    parts = [each.arithmetic] if each.arithmetic else []
    if each.interval:
        parts.append(f"{each.interval[0]}..{each.interval[1]} with the other scores as printed")
    if each.interval_all:
        parts.append(f"{each.interval_all[0]}..{each.interval_all[1]} with all roundings")
    return "; ".join(parts) or None


@rule(
    "SCORE_WITHOUT_INDICATORS",
    Severity.WARNING,
    summary="A total is given without the scores it is made of, so that it cannot be checked.",
    summary_th="มีคะแนนรวมแต่ไม่มีคะแนนรายตัวชี้วัด จึงตรวจสอบไม่ได้",
    mend="Add the scores of the indicators.",
    mend_th="เพิ่มคะแนนรายตัวชี้วัด",
)
def score_without_indicators(paper: Paper, say: Say) -> Iterator[Problem]:
    """Say whether the stated level lies at least in its band."""
    overall, framework = paper.report.overall, _framework(paper)
    level = next((level for level in framework.levels if level.name_th == overall.level), None)
    for found in _found(paper, say.rule.code):
        band = None
        if level and overall.score is not None:
            sign = ">=" if overall.score >= level.minimum else "<"
            band = f"{overall.score} {sign} {level.minimum.normalize():f} ({level.name_th}); nothing else computable"
        yield replace(found, evidence=(f"{overall.score} {overall.level or ''}".strip(),), arithmetic=band)


# ---------------------------------------------------------------- what scoring finds besides

_PASSED = {
    "SCORE_OUT_OF_RANGE": ("A score is not between 0 and 100.", "คะแนนไม่อยู่ระหว่าง 0 ถึง 100"),
    "SCORE_PRECISION": ("A score has more decimals than results are printed with.", "คะแนนมีทศนิยมเกินที่ประกาศผล"),
    "SCORE_IMPOSSIBLE": ("A stated score is impossible beside the others.", "คะแนนที่ระบุเป็นไปไม่ได้เมื่อเทียบกับคะแนนอื่น"),
    "SCORE_UNREACHABLE": (
        "An indicator has a score that no result of its items gives.",
        "คะแนนตัวชี้วัดที่ไม่มีผลของข้อใดให้ได้",
    ),
    "SCORE_UNDETERMINED": ("Several scores are missing; only bounds follow.", "ขาดคะแนนหลายค่า บอกได้เพียงช่วง"),
    "SCORE_ROUNDING": ("A total differs only by the rounding of its parts.", "คะแนนรวมต่างเพราะการปัดเศษเท่านั้น"),
    "LEVEL_UNKNOWN": ("A level that the year does not have.", "ชื่อระดับที่ไม่มีในปีนั้น"),
    "LEVEL_UNCERTAIN": ("The printed scores allow more than one level.", "คะแนนที่พิมพ์เป็นได้มากกว่าหนึ่งระดับ"),
    "LEVEL_NONE": ("No level of the year holds for the total.", "ไม่มีระดับใดรองรับคะแนนรวม"),
}


def _passing(code: str) -> Check:
    def check(paper: Paper, _: Say) -> Iterator[Problem]:
        """Pass on what scoring found."""
        return _found(paper, code)

    return check


for _code, (_summary, _summary_th) in _PASSED.items():
    rule(
        _code,
        FAULTS[_code].severity,
        summary=_summary,
        summary_th=_summary_th,
        mend="Compare with the official result.",
        mend_th="ตรวจกับประกาศผล",
    )(_passing(_code))
