"""The memo that assigns the gaps of public data: what is short by item, what is advised, who answers, until when."""

from collections.abc import Iterator

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document
from prongsai.reports.load import sample_data
from prongsai.reports.papers import shell
from prongsai.reports.papers.given import report_from_json
from prongsai.reports.papers.measures_report import body
from prongsai.reports.papers.options import USUAL, Closing, Options
from prongsai.reports.read import recognise
from prongsai.reports.records import Gap, Report

__all__ = ["NAME", "TITLE_TH", "compose", "from_json", "recognise", "sample", "to_json"]

NAME = "gap-memo"
TITLE_TH = "บันทึกแจ้งผู้รับผิดชอบข้อมูลตามแบบวัด OIT"
_TITLE = "รายการข้อมูลตามแบบวัดการเปิดเผยข้อมูลสาธารณะ (OIT)"
from_json = report_from_json
to_json = Report.to_json


def sample() -> Report:
    """Give the records of a made-up municipality."""
    return from_json(sample_data(NAME))


def compose(report: Report, options: Options = USUAL) -> Document:
    """Compose the paper: the memo upright, the table across. Raises RecordsInvalid for records without gaps."""
    shell.need(report, Gap, NAME)
    parts = shell.Parts(
        TITLE_TH,
        body=[*shell.titles(report, _TITLE), *body(report, options)],
        memo=[*_body(report), shell.closing_line(options.closing or Closing.ACT)],
        announced=list(_announcement(report)),
    )
    return shell.put_together(report, parts)


def _body(report: Report) -> Iterator[Block]:
    gaps = [row for row in report.rows if isinstance(row, Gap)]
    zero = sum(gap.score == 0 for gap in gaps)
    told = f" ในจำนวนนี้ไม่ได้คะแนน {shell.counted(zero, 'ข้อ')}" if zero else ""
    yield paragraph(
        f"ด้วย{shell.agency_of(report)}ได้ตรวจทานผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ "
        "(Integrity and Transparency Assessment : ITA) ด้านการเปิดเผยข้อมูลสาธารณะ (OIT) ที่ผ่านมา "
        f"พบข้อมูลที่ต้องจัดทำหรือปรับปรุง จำนวน {shell.counted(len(gaps), 'ข้อ')}{told} ตามตารางแนบท้ายบันทึกนี้"
    )
    yield paragraph(
        f"เพื่อให้ข้อมูลครบตามองค์ประกอบ{shell.of_year(report)} "
        "จึงขอให้ส่วนราชการที่ระบุในช่องหน่วยงานรับผิดชอบดำเนินการตามข้อเสนอแนะในส่วนที่เกี่ยวข้อง"
    )
    yield from shell.deadline_line(report, "เมื่อดำเนินการแล้วขอให้จัดส่งข้อมูลให้ส่วนราชการเจ้าของเรื่อง")


def _announcement(report: Report) -> Iterator[Block]:
    subject = f"{_TITLE}{shell.of_year(report)}"
    texts = (f"{shell.agency_of(report)}ขอประกาศ{subject} รายละเอียดปรากฏตามเอกสารแนบท้ายประกาศนี้",)
    yield from shell.announcement(report, subject, texts)
