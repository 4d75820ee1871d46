"""The report on how measures are followed up over half a year or a year, with its cover: what both kinds share."""

from collections.abc import Iterator
from datetime import date

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document, Style
from prongsai.reports.papers import shell
from prongsai.reports.papers.measures_report import body
from prongsai.reports.papers.options import Closing, Options
from prongsai.reports.records import Report, Tracking
from prongsai.thai.dates import first_months, format_date
from prongsai.thai.numerals import to_thai

_WORK = "การดำเนินการตามมาตรการส่งเสริมคุณธรรม"
_INSIDE = "และความโปร่งใสภายในหน่วยงาน"


def compose(report: Report, options: Options, months: int) -> Document:
    """Compose the report of the first months (6 or 12) of the year.

    Raises RecordsInvalid for records without topics, and for a stated period of another length.
    """
    shell.need(report, Tracking, f"tracking-{months}")
    _hold_period(report, months)
    title = f"รายงาน{_WORK}{_INSIDE}"
    round_th = to_thai(f"รอบ {months} เดือน")
    parts = shell.Parts(
        f"{title} {round_th}{shell.of_year(report)}",
        body=list(_body(report, options)),
        memo=list(_memo_body(report, options, round_th)),
        announced=list(_announcement(report, title, round_th)),
        cover=list(_cover(report, round_th, months)),
    )
    return shell.put_together(report, parts)


def _hold_period(report: Report, months: int) -> None:
    """Refuse a stated period that is longer or shorter than the round by a month or more."""
    period = report.report_period
    if not shell.stated_period(report) or period is None or period.start is None or period.end is None:
        return
    covered = _months_between(period.start, period.end)
    if covered != months:
        raise shell.records_unfit(
            f"report_period covers {covered} months; this paper reports {months}",
            f"report_period: ช่วงที่ระบุยาว {covered} เดือน แต่แบบนี้เป็นรอบ {months} เดือน",
        )


def _months_between(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _cover(report: Report, round_th: str, months: int) -> Iterator[Block]:
    stated = "" if shell.stated_period(report) else _period_text(report, months)
    yield from shell.cover(report, (f"รายงาน{_WORK}", _INSIDE), round_th, stated)


def _period_text(report: Report, months: int) -> str:
    """Print the days of the round in parentheses, when the year is known."""
    if report.fiscal_year_be is None:
        return ""
    start, end = first_months(months, report.fiscal_year_be)
    return f"({format_date(start)} – {format_date(end)})"


def _body(report: Report, options: Options) -> Iterator[Block]:
    yield paragraph(f"มาตรการส่งเสริมคุณธรรม{_INSIDE}ของ{shell.agency_of(report)}{shell.of_year(report)}", Style.TITLE)
    count = sum(isinstance(row, Tracking) for row in report.rows)
    yield paragraph(
        f"{shell.agency_of(report)}ได้กำกับติดตามการดำเนินการตามมาตรการ จำนวน {shell.counted(count, 'เรื่อง')} "
        "โดยเทียบสิ่งที่กำหนดให้รายงานกับวันที่ดำเนินการจริง ดังตารางต่อไปนี้"
    )
    yield from body(report, options)


def _memo_body(report: Report, options: Options, round_th: str) -> Iterator[Block]:
    yield paragraph(
        f"ตามที่{shell.agency_of(report)}ได้กำหนดมาตรการส่งเสริมคุณธรรม{_INSIDE}{shell.of_year(report)} "
        f"และให้รายงานผลการกำกับติดตาม{round_th} นั้น"
    )
    yield paragraph(
        f"ส่วนราชการเจ้าของเรื่องได้รวบรวมผล{_WORK}{_INSIDE} {round_th} เสร็จแล้ว รายละเอียดปรากฏตามรายงานที่แนบมาพร้อมนี้"
    )
    yield from shell.deadline_line(report, "ทั้งนี้ ขอให้ส่วนราชการที่ยังดำเนินการไม่ครบรายงานผลเพิ่มเติม")
    yield shell.closing_line(options.closing or Closing.NOTE)


def _announcement(report: Report, title: str, round_th: str) -> Iterator[Block]:
    agency, year = shell.agency_of(report), shell.of_year(report)
    texts = (f"{agency}ขอประกาศ{title} {round_th}{year} รายละเอียดปรากฏตามเอกสารแนบท้ายประกาศนี้",)
    yield from shell.announcement(report, f"{title}{year}", texts)
