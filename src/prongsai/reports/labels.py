"""What kinds and severities are called when people read them."""

from prongsai.errors import Severity
from prongsai.reports.records import Kind

KIND_TH = {
    Kind.GAP_MEMO: "บันทึกแจ้งช่องว่าง OIT",
    Kind.MEASURES_REPORT: "รายงานผลตามมาตรการ",
    Kind.TRACKING_REPORT: "รายงานกำกับติดตาม",
    Kind.SCORE_TABLE: "ตารางคะแนน",
    Kind.UNKNOWN: "ไม่รู้จักแบบเอกสาร",
}
SEVERITY_TH = {Severity.ERROR: "ผิด", Severity.WARNING: "เตือน", Severity.INFO: "แจ้ง"}
