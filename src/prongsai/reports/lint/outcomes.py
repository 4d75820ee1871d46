"""Rules about what was done and what came of it: steps, results and outcomes of measures."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from prongsai.errors import Problem, Severity
from prongsai.reports.lint.given import measures, short, softened, topics
from prongsai.reports.lint.rule import Paper, Say, rule
from prongsai.reports.records import Measure
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, fold

EVIDENCE_MAX = 6

# ---------------------------------------------------------------- outcomes that are none

# An outcome that begins so says what will be done …
_WILL = re.compile(r"(?:จะ|ให้|มุ่งมั่น|มีแผน)(?:มี)?(?:การ)?(?:ดำเนินการ|ติดตาม|ตรวจสอบ|รายงาน|ปรับปรุง|จัด|พัฒนา|ประเมิน|นำ)")
# … and one that begins so is follow-up, unless it tells what was found.
_FOLLOW_UP = re.compile(r"(?:มี)?(?:การ)?(?:ดำเนินการ)?(?:ติดตาม|ตรวจสอบ|รายงาน|กำกับ|เฝ้าระวัง|ควบคุมดูแล)")
_ACHIEVED = re.compile(r"\d|ร้อยละ|แล้วเสร็จ|แล้ว$|พบ|ไม่มี|ลดลง|เพิ่มขึ้น|ครบ|เผยแพร่")


def _is_intention(text: str) -> bool:
    return bool(_WILL.match(collapse(text)))


def _is_follow_up(text: str) -> bool:
    text = to_arabic(collapse(text))
    return _is_intention(text) or bool(_FOLLOW_UP.match(text) and not _ACHIEVED.search(text))


def _only_follows_up(row: Measure) -> bool:
    return bool(row.outcomes) and all(map(_is_follow_up, row.outcomes))


@rule(
    "OUTCOME_IS_FUTURE_ACTION",
    Severity.WARNING,
    summary="The outcome is a follow-up or an intention, nothing that was achieved.",
    summary_th="ผลลัพธ์เป็นการติดตามหรือสิ่งที่จะทำ ไม่ใช่ความสำเร็จที่เกิดขึ้น",
    mend="Say what changed: numbers before and after, who benefits.",
    mend_th="ระบุสิ่งที่เปลี่ยนแปลง เช่น ตัวเลขก่อนและหลัง ผู้ได้รับประโยชน์",
)
def outcome_is_future_action(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell a measure whose outcomes are all follow-up, and one with an outcome that only says "จะ …"."""
    rows = [row for row in measures(paper) if row.outcomes]
    odd = {row.origin.where: [text for text in row.outcomes if _is_intention(text)] for row in rows}
    odd |= {row.origin.where: list(row.outcomes) for row in rows if _only_follows_up(row)}
    count = sum(map(bool, odd.values()))
    for row in rows:
        texts = odd[row.origin.where]
        if texts:
            yield say(
                row.origin.where,
                f"{len(texts)} of {len(row.outcomes)} outcomes say what will be done, not what was achieved.",
                f"ผลลัพธ์ {len(texts)} จาก {len(row.outcomes)} ข้อเป็นการติดตามหรือสิ่งที่จะทำ",
                *map(short, texts[:EVIDENCE_MAX]),
                arithmetic=f"{count} of {len(rows)} measures",
            )


# ---------------------------------------------------------------- outcomes that are missing


@rule(
    "RESULT_WITHOUT_OUTCOME",
    Severity.WARNING,
    summary="A measure has fewer outcomes than results.",
    summary_th="ผลลัพธ์มีน้อยกว่าผลการดำเนินการ",
    mend="State an outcome for every result.",
    mend_th="ระบุผลลัพธ์ให้ครบทุกผลการดำเนินการ",
)
def result_without_outcome(paper: Paper, say: Say) -> Iterator[Problem]:
    """Count lists only; a measure whose outcomes are none at all is told for that."""
    for row in measures(paper):
        results, outcomes = len(row.results), len(row.outcomes)
        if results > outcomes >= 1 and not _only_follows_up(row):
            yield say(
                row.origin.where,
                f"Results: {results}; outcomes: {outcomes}.",
                f"มีผลการดำเนินการ {results} ข้อ แต่มีผลลัพธ์ {outcomes} ข้อ",
                short(row.measure),
                arithmetic=f"{results} - {outcomes} = {results - outcomes} missing",
            )


@rule(
    "OUTCOME_MISSING",
    Severity.ERROR,
    summary="A measure has results, but its outcome cell is empty.",
    summary_th="มีผลการดำเนินการ แต่ช่องผลลัพธ์ว่าง",
    mend="State what the results led to.",
    mend_th="ระบุผลลัพธ์ที่เกิดขึ้น",
)
def outcome_missing(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at rows that have an outcome column; only a warning where a cell of the row may have been lost."""
    for row in measures(paper):
        if row.results and not row.outcomes and "outcome" in row.origin.printed:
            yield say(
                row.origin.where,
                f"Results: {len(row.results)}; no outcome.",
                f"มีผลการดำเนินการ {len(row.results)} ข้อ แต่ไม่มีผลลัพธ์",
                *map(short, row.results[:EVIDENCE_MAX]),
                arithmetic=f"{len(row.results)} - 0 = {len(row.results)} missing",
                severity=Severity.WARNING if row.origin.doubts else softened(paper),
            )


@rule(
    "RESULT_MISSING",
    Severity.ERROR,
    summary="A measure of a results report has neither result nor outcome.",
    summary_th="มาตรการในรายงานผลไม่มีทั้งผลการดำเนินการและผลลัพธ์",
    mend="State what was done and what came of it, or say that it was not done and why.",
    mend_th="ระบุผลการดำเนินการและผลลัพธ์ หรือบอกว่าไม่ได้ดำเนินการเพราะเหตุใด",
)
def result_missing(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look at rows that have columns for both; only a warning where a cell of the row may have been lost."""
    for row in measures(paper):
        if {"result", "outcome"} <= set(row.origin.printed) and not row.results and not row.outcomes:
            yield say(
                row.origin.where,
                "The measure has neither result nor outcome.",
                "มาตรการนี้ไม่มีทั้งผลการดำเนินการและผลลัพธ์",
                short(row.measure),
                severity=Severity.WARNING if row.origin.doubts else softened(paper),
            )


# ---------------------------------------------------------------- outcomes that repeat

COPIED_LIKENESS = 95.0
_COPY_LENGTH_MIN = 12
_NEAR = 12  # places up or down a list within which a result is compared letter by letter


@rule(
    "RESULT_COPIED_AS_OUTCOME",
    Severity.WARNING,
    summary="An outcome repeats a result word for word; an error where every outcome does.",
    summary_th="ผลลัพธ์คัดลอกจากผลการดำเนินการ (เป็นข้อผิดพลาดเมื่อคัดลอกทุกข้อ)",
    mend="Say what the result led to, not once more what was done.",
    mend_th="ระบุสิ่งที่เกิดขึ้นจากผลนั้น ไม่ใช่ทำซ้ำข้อความเดิม",
)
def result_copied_as_outcome(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare within a measure, white space and digit style aside; "มี" before a result says that the thing exists."""
    for row in measures(paper):
        copied = list(_copied(row.outcomes, [fold(result) for result in row.results]))
        if copied:
            whole = len(copied) == len(row.outcomes)
            yield say(
                row.origin.where,
                f"{len(copied)} of {len(row.outcomes)} outcomes repeat a result.",
                f"ผลลัพธ์ {len(copied)} จาก {len(row.outcomes)} ข้อซ้ำกับผลการดำเนินการ",
                *map(short, copied[:EVIDENCE_MAX]),
                arithmetic=f"{len(copied)} of {len(row.outcomes)}",
                severity=softened(paper) or (Severity.ERROR if whole else None),
            )


def _copied(outcomes: Sequence[str], results: Sequence[str]) -> Iterator[str]:
    """Give the outcomes that are some result, or nearly one that stands about as far down its list."""
    exact = frozenset(results)
    for place, outcome in enumerate(outcomes):
        bare = fold(outcome)
        near = results[max(0, place - _NEAR) : place + _NEAR]
        if len(bare) >= _COPY_LENGTH_MIN and (bare in exact or any(_is_copy(bare, result) for result in near)):
            yield outcome


def _is_copy(outcome: str, result: str) -> bool:
    if outcome.startswith("มี") and not result.startswith("มี"):
        return False
    return fuzz.ratio(outcome, result, score_cutoff=COPIED_LIKENESS) > 0


# ---------------------------------------------------------------- training

_TRAINING = re.compile(r"อบรม|สัมมนา")
_PROVED = re.compile(r"\d|เมื่อ")


@rule(
    "OUTCOME_WITHOUT_EVIDENCE",
    Severity.INFO,
    summary="Training is reported without a course, a date or a number, and no outcome speaks of it.",
    summary_th="รายงานการอบรมโดยไม่มีหลักสูตร วันที่ หรือจำนวนผู้เข้าอบรม และผลลัพธ์ไม่กล่าวถึง",
    mend="Name the course, its date, how many took part and what they learnt.",
    mend_th="ระบุหลักสูตร วันที่ จำนวนผู้เข้าอบรม และผลการอบรม",
)
def outcome_without_evidence(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look for results that name training and nothing countable."""
    for row in measures(paper):
        bare = [text for text in row.results if _TRAINING.search(text) and not _PROVED.search(to_arabic(text))]
        silent = not any(_TRAINING.search(text) for text in row.outcomes)
        if bare and silent and row.outcomes and not _only_follows_up(row):
            yield say(
                row.origin.where,
                "Training is reported, but nothing proves it.",
                "รายงานว่ามีการอบรม แต่ไม่มีหลักฐานหรือผลของการอบรม",
                *map(short, bare[:EVIDENCE_MAX]),
            )


# ---------------------------------------------------------------- steps

# What a step promises, and the words by which a result shows that it was kept. Few, so that nothing is claimed lightly.
_PROMISES = {
    "training": (re.compile(r"(?:จัด|ฝึก)?อบรม|สัมมนา"), re.compile(r"อบรม|สัมมนา|วิทยากร|หลักสูตร")),
    "survey": (
        re.compile(r"สำรวจ(?:ความ|ผล|ระดับ)|ประเมินความพึงพอใจ"),
        re.compile(r"สำรวจ|พึงพอใจ|แบบสอบถาม|ความคิดเห็น|ผู้ตอบ"),
    ),
    "manual": (re.compile(r"จัดทำคู่มือ"), re.compile(r"คู่มือ|แนวทางปฏิบัติ|มาตรฐานการปฏิบัติ")),
}


@lru_cache(maxsize=4096)
def _promised(step: str) -> tuple[str, ...]:
    return tuple(name for name, (asked, _) in _PROMISES.items() if asked.search(step))


def _is_kept(step: str, told: str) -> bool:
    """Whether anything that a step promises is told of; a step that promises nothing countable is kept."""
    return not _promised(step) or any(_PROMISES[name][1].search(told) for name in _promised(step))


@rule(
    "STEP_WITHOUT_RESULT",
    Severity.INFO,
    summary="A step promises training, a survey or a manual, and no result or outcome speaks of it.",
    summary_th="ขั้นตอนระบุการอบรม การสำรวจ หรือคู่มือ แต่ไม่มีผลหรือผลลัพธ์ที่กล่าวถึง",
    mend="Report what came of the step, or say why it was left out.",
    mend_th="รายงานผลของขั้นตอนนั้น หรือชี้แจงเหตุที่ไม่ได้ทำ",
)
def step_without_result(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell it once a measure; a warning where two steps or more have nothing to show."""
    for row in measures(paper):
        told = " ".join((*row.results, *row.outcomes))
        left = [step for step in row.steps if told and not _is_kept(step, told)]
        if left:
            yield say(
                row.origin.where,
                f"{len(left)} of {len(row.steps)} steps have no result.",
                f"ขั้นตอน {len(left)} จาก {len(row.steps)} ข้อไม่มีผล",
                *map(short, left[:EVIDENCE_MAX]),
                arithmetic=f"{len(left)} of {len(row.steps)} steps",
                severity=Severity.WARNING if len(left) > 1 else None,
            )


_APPROVAL = re.compile(r"เห็นชอบ|อนุมัติ|ลงนาม|เสนอ(?:ต่อ)?(?:ผู้บริหาร|นายก|ปลัด)")
_APPROVAL_SHARE_MIN = 0.75
_MEASURES_MIN = 4


@rule(
    "STEPS_MISSING_APPROVAL",
    Severity.INFO,
    summary="A measure has no step of approval, though nearly all others have one.",
    summary_th="มาตรการนี้ไม่มีขั้นตอนเสนอขอความเห็นชอบ ทั้งที่มาตรการอื่นมี",
    mend="Add who approves it, or say that no approval is needed.",
    mend_th="เพิ่มขั้นตอนการเสนอขอความเห็นชอบ หรือชี้แจงว่าไม่ต้องเสนอ",
)
def steps_missing_approval(paper: Paper, say: Say) -> Iterator[Problem]:
    """Hold each measure against the habit of the paper."""
    rows = [row for row in measures(paper) if row.steps]
    without = [row for row in rows if not any(_APPROVAL.search(step) for step in row.steps)]
    with_share = 1 - len(without) / len(rows) if rows else 0.0
    if len(rows) < _MEASURES_MIN or with_share < _APPROVAL_SHARE_MIN:
        return
    counts = ",".join(str(len(row.steps)) for row in rows)
    for row in without:
        yield say(
            row.origin.where,
            f"No step of approval; {len(rows) - len(without)} other measures have one.",
            f"ไม่มีขั้นตอนเสนอขอความเห็นชอบ ทั้งที่อีก {len(rows) - len(without)} มาตรการมี",
            *map(short, row.steps[:EVIDENCE_MAX]),
            arithmetic=f"steps per measure: {counts}",
        )


_TASK = re.compile(r"(?:จัดทำ|สรุป|รายงานผล|เผยแพร่|ประกาศ|จัดให้มี)")
_TASKS_MIN = 4


@rule(
    "STEP_BUNDLES_TASKS",
    Severity.INFO,
    summary="One step holds several tasks that the due column counts one by one.",
    summary_th="ขั้นตอนเดียวรวมหลายงาน ทั้งที่ช่องกำหนดแยกเป็นข้อ",
    mend="Split the step as the due column does.",
    mend_th="แยกขั้นตอนให้ตรงกับรายการกำหนด",
)
def step_bundles_tasks(paper: Paper, say: Say) -> Iterator[Problem]:
    """Count the words of a step that begin with a task."""
    for row in topics(paper):
        for step in row.steps:
            tasks = sum(bool(_TASK.match(piece)) for piece in step.split())
            tasks += not _TASK.match(step) and bool(_TASK.search(step.split(maxsplit=1)[0]))
            if tasks >= _TASKS_MIN and len(row.due) > len(row.steps):
                yield say(
                    row.origin.where,
                    f"One step holds {tasks} tasks, while {len(row.due)} items are due.",
                    f"ขั้นตอนเดียวมี {tasks} งาน ขณะที่ช่องกำหนดมี {len(row.due)} รายการ",
                    short(step, 160),
                )
