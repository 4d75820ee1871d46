"""The report on the scores of a year: by instrument, beside those of the year before, with total, level and chart."""

from collections.abc import Iterator

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document, Picture
from prongsai.reports import score_table
from prongsai.reports.charts import Bar, indicator_bars
from prongsai.reports.load import sample_data
from prongsai.reports.papers import shell
from prongsai.reports.papers.given import report_from_json
from prongsai.reports.papers.measures_report import tables
from prongsai.reports.papers.options import USUAL, Closing, Options
from prongsai.reports.read import recognise
from prongsai.reports.records import IndicatorScore, Report
from prongsai.thai.numerals import to_thai

__all__ = ["NAME", "TITLE_TH", "compose", "from_json", "recognise", "sample", "to_json"]

NAME = "score-report"
TITLE_TH = "รายงานผลคะแนน ITA"
_ITA = "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA)"
_TITLE = f"รายงานผล{_ITA}"
from_json = report_from_json
to_json = Report.to_json


def sample() -> Report:
    """Give the records of a made-up municipality."""
    return from_json(sample_data(NAME))


def compose(report: Report, options: Options = USUAL) -> Document:
    """Compose the paper, all of it upright. Raises RecordsInvalid for records without scores.

    The year of the report is that of the scores.
    """
    if not report.indicators:
        raise shell.records_unfit(f"indicators: {NAME} needs scores", f"indicators: {NAME} ต้องมีคะแนนรายตัวชี้วัด")
    parts = shell.Parts(
        f"{_TITLE}{shell.of_year(report)}",
        body=list(_body(report, options)),
        memo=list(_memo_body(report, options)),
        announced=list(_announcement(report)),
        across=False,
    )
    return shell.put_together(report, parts)


def _body(report: Report, options: Options) -> Iterator[Block]:
    yield from shell.titles(report, _TITLE)
    yield from shell.overall_line(report, report.fiscal_year_be)
    yield score_table.compose(report.indicators, report.previous, year_be=report.fiscal_year_be, overall=report.overall)
    yield from charts(report) if options.charts is None else options.charts
    yield from tables(report, options)


def charts(report: Report) -> tuple[Picture, ...]:
    """Draw the scores as bars beside those of the year before; nothing where no score is known."""
    if all(score.score is None for score in report.indicators):
        return ()
    before = {score.no: score.score for score in report.previous}
    bars = [Bar(_label(score), score.score, before.get(score.no)) for score in report.indicators]
    year = report.fiscal_year_be
    now = to_thai(f"ปี {year}") if year else "ปีนี้"
    last = (to_thai(f"ปี {year - 1}") if year else "ปีก่อน") if before else ""
    return (indicator_bars(bars, title=f"คะแนนรายตัวชี้วัด{shell.of_year(report)}", now=now, before=last),)


def _label(score: IndicatorScore) -> str:
    return f"{to_thai(str(score.no))} {score.title or ''}".strip()


def _memo_body(report: Report, options: Options) -> Iterator[Block]:
    yield paragraph(f"ด้วย{shell.agency_of(report)}ได้รับทราบผล{_ITA}{shell.of_year(report)} แล้ว ตามรายงานที่แนบมาพร้อมนี้")
    yield from shell.deadline_line(report, "ทั้งนี้ ขอให้ส่วนราชการที่เกี่ยวข้องวิเคราะห์ผลและรายงานแนวทางปรับปรุง")
    yield shell.closing_line(options.closing or Closing.NOTE)


def _announcement(report: Report) -> Iterator[Block]:
    agency, year = shell.agency_of(report), shell.of_year(report)
    texts = (f"{agency}ขอประกาศผล{_ITA}{year} รายละเอียดปรากฏตามเอกสารแนบท้ายประกาศนี้",)
    yield from shell.announcement(report, f"ผล{_ITA}{year}", texts)
