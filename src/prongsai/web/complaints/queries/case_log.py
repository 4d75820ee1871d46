"""Who looked at a case and when: the lines of the journal that carry its mark."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.complaints.marks import is_of
from prongsai.web.complaints.models import Channel
from prongsai.web.complaints.queries.cases import Case

LINES_MAX = 500
WORDS = {
    "complaint.view": _("เปิดอ่านเรื่อง"),
    "complaint.file": _("ดาวน์โหลดไฟล์"),
    "complaint.reply": _("ตอบผู้แจ้ง"),
    "complaint.note": _("เขียนบันทึกของผู้รับเรื่อง"),
    "complaint.identity": _("ดูตัวตนผู้แจ้ง"),
    "complaint.readers": _("เปลี่ยนผู้มีสิทธิอ่าน"),
    "complaint.handle": _("บันทึกการดำเนินการ"),
    "complaint.export": _("ทำสำเนาให้คณะกรรมการ"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act of a handler on a case."""

    at: datetime
    actor: str
    words: str


def lines_of(case: Case) -> tuple[Line, ...]:
    """Give the lines of a case, the newest first, at most 500. Only who opened the case knows its mark."""
    channel = Channel.objects.filter(agency=case.report.agency_id).first()
    if channel is None:
        return ()
    found = AuditEntry.objects.filter(
        agency=case.report.agency_id,
        subject_type=channel._meta.label_lower,
        subject_id=str(channel.pk),
        action__in=WORDS,
    )
    every = found.order_by("-number").only("at", "actor", "action", "changes").iterator()
    lines = islice((one for one in every if is_of(case.keys.mark, _said(one))), LINES_MAX)
    return tuple(Line(one.at, one.actor, str(WORDS.get(one.action, one.action))) for one in lines)


def _said(entry: AuditEntry) -> str:
    return str(entry.changes.get("case", ("", ""))[1])
