"""A filled-in form of a survey, read once: its name, a code or a group, the sheet, and what is wrong in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from prongsai.questionnaires.model import TEXT_LETTERS_MAX
from prongsai.questionnaires.sheet import Fault, Sent, Sheet, read
from prongsai.web.surveys.forms.asking import first_field
from prongsai.web.surveys.queries.asked import Asked, Told
from prongsai.web.surveys.tokens import new_form, read_code
from prongsai.web.ui.templatetags.ui import thai_digits

FORM, CODE, GROUP = "form", "code", "group"  # the fields beside those of questions
_FORM = re.compile(r"[A-Za-z0-9_-]{22}")  # as ``tokens.new_form`` makes it; a browser may make one too


@dataclass(frozen=True, slots=True)
class Filled:
    """What was sent. form: its name; code: "" for none; group: pk. faults: by field, in words; "" for the whole."""

    sent: Sent
    form: str
    code: str = ""
    group: int | None = None
    sheet: Sheet = field(default_factory=Sheet)
    faults: Mapping[str, str] = field(default_factory=dict)


def read_form(asked: Asked, told: Told, sent: Sent) -> Filled:
    """Read what was sent."""
    form = _first(sent, FORM)
    if not _FORM.fullmatch(form):
        return Filled(sent, new_form(), faults={"": _("ส่งไม่ครบ คำตอบยังอยู่ข้างล่าง กดส่งอีกครั้ง")})
    faults: dict[str, str] = {}
    code = _code(asked, sent, faults)
    group = None if code or CODE in faults else _group(asked, told, sent, faults)
    sheet, wrong = read(told.text, sent)
    faults |= {name: said(fault) for name, fault in wrong.items()}
    if not faults and sheet.is_empty:
        faults[first_field(told.text.questions[0])] = _("ยังไม่ได้ตอบข้อใดเลย")
    return Filled(sent, form, code, group, sheet, faults)


def said(fault: Fault) -> str:
    """Say what is wrong with an answer, and what to do."""
    return {
        Fault.MISSING: _("ยังไม่ได้ตอบข้อนี้"),
        Fault.UNKNOWN: _("คำตอบนี้ไม่มีในตัวเลือก เลือกใหม่"),
        Fault.TWICE: _("เลือกได้เพียงคำตอบเดียว"),
        Fault.TOO_LONG: _("ยาวเกิน {n} ตัวอักษร ตัดให้สั้นลง").format(n=thai_digits(f"{TEXT_LETTERS_MAX:,}")),
    }[fault]


def _code(asked: Asked, sent: Sent, faults: dict[str, str]) -> str:
    typed = _first(sent, CODE)
    code = read_code(typed)
    if typed and not code:
        faults[CODE] = _("รหัสไม่ถูกต้อง ตรวจตัวเลขทั้ง ๑๖ ตัวกับใบที่ได้รับ")
    elif not typed and not asked.has_link:
        faults[CODE] = _("พิมพ์รหัส ๑๖ ตัวตามใบที่ได้รับ หรือสแกน QR บนใบอีกครั้ง")
    return code


def _group(asked: Asked, told: Told, sent: Sent, faults: dict[str, str]) -> int | None:
    if asked.group is not None or not told.groups:
        return asked.group
    chosen = _first(sent, GROUP)
    found = next((one.pk for one in told.groups if str(one.pk) == chosen), None)
    if found is None:
        faults[GROUP] = _("ยังไม่ได้เลือกข้อนี้")
    return found


def _first(sent: Sent, name: str) -> str:
    values = sent.get(name, ())
    return values[0].strip() if values else ""
