"""Made-up papers for tests: text in, records out, without a file on disk."""

from collections.abc import Iterable, Sequence
from typing import Any

from prongsai.documents.read import read_content
from prongsai.reports.read import recognise
from prongsai.reports.records import Record, Report

MEASURE_HEAD = (
    "ลำดับ", "มาตรการ/กิจกรรม", "ขั้นตอนหรือวิธีการปฏิบัติ", "ระยะเวลาในการดำเนินการ", "ผู้รับผิดชอบ",
    "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม", "ผลลัพธ์หรือความสำเร็จในการดำเนินการ",
)  # fmt: skip
GAP_HEAD = ("ที่", "ตัวชี้วัด/นิยามปี ๒๕๖๘", "คะแนน ปี ๒๕๖๗", "สิ่งที่ปฏิบัติ", "ข้อเสนอแนะ", "หน่วยงานรับผิดชอบ")
PLAN_HEAD = ("ตัวชี้วัด", "แนวทางในการยกระดับการประเมิน", "ผู้รับผิดชอบ", "ระยะเวลา", "ความก้าวหน้าผลการดำเนินการ")
TRACKING_HEAD = (
    "ประเด็นที่ต้องปรับปรุงแก้ไข/ ประเด็นที่ต้องพัฒนา", "ผู้รับผิดชอบ", "ขั้นตอนหรือวิธีการ/มาตรการ",
    "การรายงานผลและการกำกับติดตาม กำหนดเวลาแล้วเสร็จ", "การดำเนินการ",
)  # fmt: skip
SCORE_HEAD = ("แบบ", "ลำดับ", "ตัวชี้วัด", "คะแนน")
TITLE = "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\nเทศบาลตำบลบ้านสวนพลู อำเภอเมืองลพบุรี จังหวัดลพบุรี\n"


def tab(*rows: Sequence[str]) -> str:
    """Print rows as tab lines."""
    return "\n".join("\t".join(row) for row in rows) + "\n"


def pipe(*rows: Sequence[str]) -> str:
    """Print rows as a markdown table, the first row its head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


def html(*rows: Sequence[str]) -> str:
    """Print rows as an HTML table."""
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    return "<table>\n" + "\n".join(lines) + "\n</table>\n"


def paper(text: str | bytes) -> Report:
    """Read a made-up paper."""
    content = text if isinstance(text, bytes) else text.encode()
    return recognise(read_content(content, "paper.txt"))


def rows(text: str | bytes) -> tuple[Any, ...]:
    """Read the rows of a made-up paper; fields are looked at by name."""
    return paper(text).rows


def row(text: str | bytes) -> Any:
    """Read the only row of a made-up paper."""
    (only,) = rows(text)
    return only


def codes(report: Report) -> list[str]:
    """Name the problems of a paper, in order."""
    return [problem.code for problem in report.problems]


def doubts(records: Iterable[Record]) -> list[tuple[str, ...]]:
    """Give the doubts of each row."""
    return [record.origin.doubts for record in records]


def days(span: Any) -> tuple[str | None, str | None]:
    """Give both ends of a period as ISO."""
    return (
        span.start.isoformat() if span.start else None,
        span.end.isoformat() if span.end else None,
    )
