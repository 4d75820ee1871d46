"""The report of a satisfaction survey as the record that the paper of that kind is composed of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.questionnaires.bands import BANDS
from prongsai.questionnaires.model import Kind, QuestionType
from prongsai.questionnaires.results import Figure, Measure
from prongsai.questionnaires.words import shown
from prongsai.reports.forms.satisfaction_report import HIGHEST, Aspect, Band, Group, SatisfactionReport
from prongsai.reports.forms.signing import Signed
from prongsai.reports.forms.values import Period
from prongsai.thai.numerals import to_thai
from prongsai.web.surveys.models import Grouping, Survey
from prongsai.web.surveys.queries.results import Board, Part, board_of, texts_of, words_of

NAME = "satisfaction-report"
WORDS_MAX, TEXTS_MAX = 12, 40
SD_NOTE = "ส่วนเบี่ยงเบนมาตรฐานเป็นของกลุ่มตัวอย่าง (หารด้วย n - ๑) ค่าเฉลี่ยรายด้านและภาพรวมคิดจากทุกคำตอบที่มีความเห็น"
REST_TH = "ไม่ระบุกลุ่ม และกลุ่มเล็กรวมกัน"


class NotReportable(ProngsaiError):
    """A survey of which there is no such report."""

    def __init__(self, message_th: str, mend_th: str) -> None:
        super().__init__("no satisfaction report", message_th=message_th, mend_th=mend_th)


def report_of(
    survey: Survey, *, reporter: Signed, improvements: Sequence[str] = (), with_texts: bool = False
) -> SatisfactionReport:
    """Give the record. with_texts: the answers in words as they stand, but for hidden ones, in place of words in them.

    Raises NotReportable for another kind of survey, before a count, and where nothing was asked on the scale 1-5.
    """
    board = board_of(survey)
    _hold(board)
    overall = _on_five(board.whole.results.overall)
    services, units = _parts(board)
    return SatisfactionReport(
        agency=survey.agency.name,
        fiscal_year_be=survey.fiscal_year_be,
        period=_period(board),
        respondents=board.received,
        mean=overall.mean if overall else None,
        sd=overall.sd if overall else None,
        groups=tuple(_groups(board)),
        aspects=tuple(_aspects(board)),
        services=services,
        bands=tuple(Band(one.name.th, one.low, one.high) for one in BANDS),
        comments=_texts(survey) if with_texts else _words(survey),
        improvements=tuple(improvements),
        reporter=reporter,
        units=units,
        notes=tuple(_notes(board)),
    )


def may_report(survey: Survey) -> bool:
    """Whether a survey is of the kind that the report is about."""
    return survey.kind == Kind.SATISFACTION


def _hold(board: Board) -> None:
    if not may_report(board.survey):
        raise NotReportable(_("รายงานนี้จัดทำได้เฉพาะการสำรวจความพึงพอใจ"), _("ดูผลและส่งออกตารางได้จากหน้าผลสำรวจ"))
    if board.is_empty:
        raise NotReportable(_("ยังไม่ได้นับคำตอบ จึงยังไม่มีผลที่จะรายงาน"), _("ปิดรับและนับคำตอบก่อน"))
    scales = [one.line.scale for one in board.whole.results.figures if one.line.scale]
    if not any((one.low, one.high) == (Decimal(1), Decimal(HIGHEST)) for one in scales):
        raise NotReportable(_("แบบรายงานใช้มาตรวัด ๑ ถึง ๕ แต่แบบสอบถามนี้ไม่มีข้อที่ใช้มาตรวัดดังกล่าว"), _("ใช้ตารางส่งออกแทน"))


def _on_five(measure: Measure | None) -> Measure | None:
    return measure if measure and measure.low == 1 and measure.high == HIGHEST else None


def _aspects(board: Board) -> Iterator[Aspect]:
    """Give the aspects, then the lines that belong to none; together they are all that the overall mean is of."""
    results = board.whole.results
    for one in results.aspects:
        if found := _on_five(one.measure):
            yield _row(one.name.th, found)
    named = {one.key for one in results.aspects}
    for figure in results.figures:
        if figure.line.question.aspect not in named and (found := _on_five(figure.measure)):
            yield _row(_title(figure), found)


def _title(figure: Figure) -> str:
    line = figure.line
    return f"{line.question.text.th} – {line.row.text.th}" if line.row else line.question.text.th


def _row(name: str, measure: Measure) -> Aspect:
    return Aspect(name, measure.mean, measure.sd or Decimal("0.00"), measure.n)


def _parts(board: Board) -> tuple[tuple[Aspect, ...], tuple[Aspect, ...]]:
    """Give the groups as services or as units."""
    names = {str(one.pk): one.name for one in board.survey.groups.all()}
    found = [(one, measure) for one in board.parts if (measure := _on_five(one.results.overall))]
    rows = tuple(_row(_name(one, names), measure) for one, measure in found)
    return ((), rows) if board.survey.grouping == Grouping.UNIT else (rows, ())


def _name(part: Part, names: dict[str, str]) -> str:
    return names.get(part.key, REST_TH)


def _groups(board: Board) -> Iterator[Group]:
    """Give who answered, question by question; one that was left out in some count is left out."""
    for figure in board.about:
        spread, topic = figure.spread, figure.line.text.th
        is_one = figure.line.question.type in (QuestionType.SINGLE, QuestionType.SCALE)
        if spread is None or spread.base != board.received or not is_one:
            continue
        yield from (Group(topic, one.option.label.th, one.count) for one in figure.shares if one.count)
        if silent := spread.unanswered + spread.unasked:
            yield Group(topic, "ไม่ระบุ", silent)


def _period(board: Board) -> Period | None:
    survey, last = board.survey, board.counts[-1].counted_on
    if survey.opens_on is None:
        return None
    closed = timezone.localtime(survey.closes_at).date()
    return Period(survey.opens_on, max(survey.opens_on, min(closed, last)))


def _words(survey: Survey) -> tuple[str, ...]:
    made = []
    for one in words_of(survey):
        words = [f"{word.word} ({_number(word.texts)} ข้อความ)" for word in one.words[:WORDS_MAX]]
        if words:
            made.append(f"คำที่พบบ่อยในคำตอบ “{one.title}” จาก {_number(one.texts)} ข้อความ: {', '.join(words)}")
    return tuple(made)


def _number(n: int) -> str:
    return to_thai(f"{n:,}")


def _texts(survey: Survey) -> tuple[str, ...]:
    found = texts_of(survey).filter(is_hidden=False).values_list("value", flat=True)[:TEXTS_MAX]
    return tuple(" ".join(shown(str(one)).text.split()) for one in found)


def _notes(board: Board) -> Iterator[str]:
    yield SD_NOTE
    yield f"กลุ่มที่มีผู้ตอบน้อยกว่า {_number(board.survey.k)} คนไม่แสดงแยก เพื่อไม่ให้ทราบว่าใครตอบอย่างไร"
    if any(one.spread is None or one.is_partly for one in board.whole.results.figures):
        yield f"ข้อที่มีผู้ให้ความเห็นน้อยกว่า {_number(board.survey.k)} คนในกลุ่มหรือรอบใด ไม่นำส่วนนั้นมารวม"
    others = {
        (one.line.scale.low, one.line.scale.high) for one in board.whole.results.figures if one.line.scale
    } - {(Decimal(1), Decimal(HIGHEST))}  # fmt: skip
    if others:
        yield "ข้อที่ไม่ได้ใช้มาตรวัด ๑ ถึง ๕ ไม่รวมในรายงานนี้"
