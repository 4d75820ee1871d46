"""What a survey shows to be weak, proposed as findings of the open cycle. Whole results only: no group is named."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prongsai.questionnaires.practice import SCORE_BEST
from prongsai.questionnaires.results import Figure
from prongsai.scoring.exact import half_up
from prongsai.web.cycles.models import Cycle, CycleState, Finding
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.queries.comparisons import Beside, Practice, practice_of
from prongsai.web.surveys.queries.results import board_of, weight_of
from prongsai.web.ui.templatetags.ui import thai_digits

PRACTICE_BELOW = Decimal(85)  # of 100
MEAN_BELOW = Decimal("3.51")  # of 5: below "much"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A weak indicator or line. key: tells it from others of the survey. figure: as text; n: people it rests on.

    indicator: code of the framework's, "" for none. finding: made of it before, in this cycle.
    """

    key: str
    title: str
    question: str
    figure: str
    n: int
    reason: str
    indicator: str = ""
    finding: Finding | None = None


def threshold_of(survey: Survey) -> Decimal:
    """Give below what is usually called weak: a score of a practice survey, a mean of another."""
    return PRACTICE_BELOW if survey.is_practice else MEAN_BELOW


def most_of(survey: Survey) -> Decimal:
    """Give the most that a threshold may be."""
    if survey.is_practice:
        return SCORE_BEST
    return max(
        (one.high for one in survey.pure.scales if any(o.value is not None for o in one.options)), default=Decimal(5)
    )


def open_cycles(survey: Survey) -> QuerySet[Cycle]:
    """Give the cycles that findings may be added to, that of the survey's year or the latest first."""
    return survey.agency.cycles.filter(state=CycleState.OPEN).select_related("agency").order_by("-fiscal_year_be", "pk")


def cycle_for(survey: Survey) -> Cycle | None:
    """Give the open cycle of the survey's year, else the latest that is open."""
    found = list(open_cycles(survey))
    return next((one for one in found if one.fiscal_year_be == survey.fiscal_year_be), found[0] if found else None)


def proposals_of(survey: Survey, *, below: Decimal, cycle: Cycle | None = None) -> tuple[Proposal, ...]:
    """Give what is below a threshold, the weakest first; indicators of a practice survey before its lines."""
    board = board_of(survey)
    practice = practice_of(survey, board.whole.results)
    codes = {one.practice.indicator.key: one.practice.indicator.code for one in practice.indicators} if practice else {}
    made = _made(survey, cycle)
    found = [*(_indicators(survey, practice, below) if practice else ())]
    for score, figure in sorted(_weak(survey, board.whole.results.figures, below), key=lambda pair: pair[0]):
        found.append(_line(survey, figure, score, below, codes.get(figure.line.question.indicator, "")))
    return tuple(_with(one, made) for one in found)


def _made(survey: Survey, cycle: Cycle | None) -> dict[str, Finding]:
    found = Finding.objects.filter(cycle=cycle, source__survey=survey.pk) if cycle else []
    return {str(one.source.get("key")): one for one in found}


def _with(one: Proposal, made: dict[str, Finding]) -> Proposal:
    return Proposal(one.key, one.title, one.question, one.figure, one.n, one.reason, one.indicator, made.get(one.key))


def _indicators(survey: Survey, practice: Practice, below: Decimal) -> list[Proposal]:
    weak = [one for one in practice.indicators if one.practice.score is not None and one.practice.score < below]
    return [_indicator(survey, one, below) for one in sorted(weak, key=lambda one: one.practice.score or Decimal(0))]


def _indicator(survey: Survey, one: Beside, below: Decimal) -> Proposal:
    found = one.practice
    name = f"{found.indicator.code} {found.indicator.name_th}"
    figure = _("คะแนนซ้อม {score} จาก ๑๐๐").format(score=thai_digits(found.score))
    return Proposal(
        f"indicator:{found.indicator.key}",
        _("ตัวชี้วัดที่ {name} ได้คะแนนต่ำในการสำรวจซ้อม").format(name=name),
        _("ตัวชี้วัดที่ {name}").format(name=name),
        figure,
        found.n,
        _reason(survey, name, figure, found.n, below),
        found.indicator.code,
    )


def _weak(survey: Survey, figures: tuple[Figure, ...], below: Decimal) -> list[tuple[Decimal, Figure]]:
    """Give the lines below, with what is held against the threshold: the score of practice, else the mean."""
    found = []
    for one in figures:
        if one.measure is None or (survey.is_practice and not one.line.question.indicator):
            continue
        score = half_up(weight_of(one.measure) * Fraction(100), 2) if survey.is_practice else one.measure.mean
        if score < below:
            found.append((score, one))
    return found


def _line(survey: Survey, one: Figure, score: Decimal, below: Decimal, indicator: str) -> Proposal:
    measure = one.measure
    assert measure is not None
    text = str(one.line.text)
    figure = (
        _("คะแนนซ้อม {score} จาก ๑๐๐").format(score=thai_digits(score))
        if survey.is_practice
        else _("ค่าเฉลี่ย {mean} จาก {high}").format(mean=thai_digits(measure.mean), high=thai_digits(f"{measure.high:f}"))
    )
    title = _("ผลสำรวจข้อ “{text}” อยู่ในระดับต่ำ").format(text=text[:400])
    reason = _reason(survey, text, figure, measure.n, below)
    return Proposal(f"line:{one.line.key}", title, text, figure, measure.n, reason, indicator)


def _reason(survey: Survey, asked: str, figure: str, n: int, below: Decimal) -> str:
    words = _("ที่มา: {survey} ปีงบประมาณ {year} ข้อ “{asked}” {figure} (n = {n} คน) ต่ำกว่าเกณฑ์ {below}").format(
        survey=survey.title,
        year=thai_digits(survey.fiscal_year_be),
        asked=asked,
        figure=figure,
        n=thai_digits(n),
        below=thai_digits(f"{below.normalize():f}"),
    )
    note = _("เป็นผลการสำรวจซ้อมของหน่วยงาน ไม่ใช่คะแนนทางการ")
    return f"{words} {note}" if survey.is_practice else words
