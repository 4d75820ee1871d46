"""What to do next with a survey, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from prongsai.web.surveys.models import Grouping, Survey, SurveyState
from prongsai.web.surveys.queries.report import may_report
from prongsai.web.surveys.queries.surveys import Received
from prongsai.web.ui.templatetags.ui import thai_digits, thai_time


@dataclass(frozen=True, slots=True)
class Step:
    """What to do. do, route: what the button says and where it leads, "" for none. tone: of the box around it."""

    text: str
    do: str = ""
    route: str = ""
    tone: str = ""


def next_step(survey: Survey, got: Received) -> Step:
    """Give what comes next where a survey stands."""
    if not got.has_key:
        text = _("ไม่พบกุญแจของการสำรวจนี้ คำตอบที่ยังไม่นับจึงเปิดไม่ได้ ถ้าย้ายเครื่องให้คัดลอกโฟลเดอร์ survey-keys มา")
        return Step(text, _("ยกเลิกการสำรวจ"), "survey_drop", "red")
    if survey.state == SurveyState.DRAFT:
        return _prepared(survey, got)
    if survey.is_taking:
        return _taking(survey)
    if survey.state in (SurveyState.OPEN, SurveyState.CLOSED):
        return _over(survey, got)
    if survey.state == SurveyState.COUNTED:
        text = _("นับคำตอบแล้ว ดูผลและทำรายงานได้") if may_report(survey) else _("นับคำตอบแล้ว ดูผลได้")
        return Step(text, _("ดูผล"), "survey_results", "green")
    return Step(_("ยกเลิกแล้วโดยไม่เปิดคำตอบ ทำสำเนาได้ถ้าจะสำรวจใหม่"), tone="quiet")


def _prepared(survey: Survey, got: Received) -> Step:
    if survey.grouping != Grouping.NONE and not got.rows:
        return Step(_("เพิ่มกลุ่มผู้ตอบก่อน จึงจะเปิดรับคำตอบได้"), _("เพิ่มกลุ่ม"), "survey_groups")
    return Step(_("ตรวจการตั้งค่าและแบบสอบถาม แล้วเปิดรับคำตอบ เปิดแล้วแก้ไม่ได้"), _("ตรวจและเปิดรับคำตอบ"), "survey_open")


def _taking(survey: Survey) -> Step:
    until = thai_time(survey.closes_at)
    if survey.has_link:
        text = _("แจกลิงก์หรือติดโปสเตอร์ QR ให้ผู้ตอบ รับคำตอบถึง {until}").format(until=until)
        return Step(text, _("พิมพ์โปสเตอร์ QR"), "survey_posters", "blue")
    return Step(_("แจกรหัสให้ผู้ตอบ รับคำตอบถึง {until}").format(until=until), _("ทำรหัสแจก"), "survey_codes", "blue")


def _over(survey: Survey, got: Received) -> Step:
    n, k = thai_digits(got.waiting), thai_digits(survey.k)
    if got.waiting >= survey.k:
        text = _("หมดเวลารับคำตอบแล้ว มีคำตอบรอนับ {n} ชุด นับผลได้").format(n=n)
        return Step(text, _("นับผล"), "survey_count", "amber")
    text = _("หมดเวลารับคำตอบแล้ว ได้ {n} ชุด ไม่ถึง {k} ชุด จึงเปิดคำตอบไม่ได้ ขยายเวลา หรือยกเลิก").format(n=n, k=k)
    return Step(text, _("ขยายเวลา"), "survey_extend", "amber")
