"""The announcement of measures for the year: what last year's result shows, and what is done about it, issue by issue.

Each measure stands with the weakness that it answers, its steps, owner, period and how it is followed up.
"""

from collections.abc import Iterator
from dataclasses import replace

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document
from prongsai.reports.load import sample_data
from prongsai.reports.measures_report import Layout
from prongsai.reports.papers import shell
from prongsai.reports.papers.given import report_from_json
from prongsai.reports.papers.measures_report import body
from prongsai.reports.papers.options import USUAL, Closing, Options
from prongsai.reports.read import recognise
from prongsai.reports.records import Measure, Report

__all__ = ["NAME", "TITLE_TH", "compose", "from_json", "recognise", "sample", "to_json"]

NAME = "measures-announcement"
TITLE_TH = "ประกาศมาตรการส่งเสริมคุณธรรมและความโปร่งใส"
_TITLE = "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"
_ANNEX = f"การวิเคราะห์ผลการประเมินและ{_TITLE}"
from_json = report_from_json
to_json = Report.to_json


def sample() -> Report:
    """Give the records of a made-up municipality."""
    return from_json(sample_data(NAME))


def compose(report: Report, options: Options = USUAL) -> Document:
    """Compose the paper: announcement upright, analysis and measures across. RecordsInvalid without measures."""
    shell.need(report, Measure, NAME)
    options = replace(options, layout=Layout.PLAN)
    parts = shell.Parts(
        f"{_TITLE}{shell.of_year(report)}",
        body=[*shell.titles(report, _ANNEX), *body(report, options)],
        memo=list(_memo_body(report, options)),
        announced=list(_announcement(report)),
    )
    return shell.put_together(report, parts)


def _memo_body(report: Report, options: Options) -> Iterator[Block]:
    count = sum(isinstance(row, Measure) for row in report.rows)
    yield paragraph(
        f"ด้วย{shell.agency_of(report)}ได้วิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) "
        f"และกำหนด{_TITLE}{shell.of_year(report)} จำนวน {shell.counted(count, 'มาตรการ')} ตามรายละเอียดที่แนบมาพร้อมนี้"
    )
    if shell.is_announced(report):
        yield paragraph("จึงเสนอประกาศเพื่อพิจารณาลงนาม และแจ้งส่วนราชการถือปฏิบัติต่อไป")
    yield from shell.deadline_line(report, "ทั้งนี้ ขอให้ส่วนราชการที่เกี่ยวข้องรายงานผล")
    yield shell.closing_line(options.closing or Closing.CONSIDER)


def _announcement(report: Report) -> Iterator[Block]:
    agency, year = shell.agency_of(report), shell.of_year(report)
    texts = (
        f"ตามที่{agency}ได้วิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) "
        "เพื่อหาประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไข นั้น",
        f"{agency}จึงกำหนด{_TITLE}{year} ให้ส่วนราชการและผู้รับผิดชอบถือปฏิบัติ รายละเอียดปรากฏตามเอกสารแนบท้ายประกาศนี้",
    )
    yield from shell.announcement(report, f"{_TITLE}{year}", texts)
