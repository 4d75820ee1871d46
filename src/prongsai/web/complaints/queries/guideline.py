"""The guideline on complaints: which edition holds, what is being written, whether its times are the office's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from prongsai.reports.forms.complaint_guideline import PARTS, ComplaintGuideline
from prongsai.reports.forms.signing import NOBODY, Signed
from prongsai.thai.numerals import to_arabic, to_thai
from prongsai.thai.text import collapse
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Channel, Guideline
from prongsai.web.complaints.queries.rolls import channel_of
from prongsai.web.complaints.queries.tallies import may_sign

_NUMBERED = re.compile(r"^\s*(?:[0-9๐-๙]{1,2}[.)]|[-–•*·])\s+")
_DAYS = r"(?<![0-9]){days}\s*วัน{working}"
_CLOCKS: tuple[tuple[str, bool, Promise, str], ...] = (
    ("receive_days", True, gettext_lazy("ตรวจรับเรื่อง"), "ตรวจรับเรื่องภายใน {n} วันทำการ นับแต่วันที่ได้รับเรื่อง"),
    ("reply_days", False, gettext_lazy("แจ้งผู้ร้องครั้งแรก"), "แจ้งผลการรับเรื่องแก่ผู้ร้องครั้งแรกภายใน {n} วัน นับแต่วันที่ได้รับเรื่อง"),
    ("progress_days", False, gettext_lazy("แจ้งความคืบหน้า"), "แจ้งความคืบหน้าแก่ผู้ร้องทุก {n} วัน จนกว่าเรื่องจะสิ้นสุด"),
    ("finding_days", False, gettext_lazy("สอบข้อเท็จจริง"), "สอบข้อเท็จจริงให้แล้วเสร็จภายใน {n} วัน ขยายเวลาได้โดยคำสั่ง"),
)


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the guideline. lines: what it says; is_there: whether it says anything."""

    key: str
    title: str
    lines: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        """Whether it says anything."""
        return bool(self.lines)


def guidelines_of(agency: Agency) -> QuerySet[Guideline]:
    """Give every edition, the newest first, with its files; the one being written is edition 0."""
    return Guideline.objects.filter(agency=agency).select_related("agency", "adopted_by", "docx", "pdf", "evidence")


def adopted(agency: Agency) -> Guideline | None:
    """Give the edition that holds, None before the first was adopted."""
    return guidelines_of(agency).filter(edition__gt=0).order_by("-edition").first()


def draft(agency: Agency) -> Guideline | None:
    """Give the one being written, None when nobody writes one."""
    return guidelines_of(agency).filter(edition=0).first()


def may_edit(scope: Scope) -> bool:
    """Whether somebody may write the guideline: who runs the cycle, or may adopt it."""
    return scope.can(Power.RUN_CYCLE) or may_adopt(scope)


def may_adopt(scope: Scope) -> bool:
    """Whether somebody may adopt it: who approves, or holds a handler's key."""
    return may_sign(scope)


# --- what it says ---------------------------------------------------------------------------------------------------
def lines_of(text: str) -> tuple[str, ...]:
    """Give the lines of a part without the numbers and dashes that they were typed with; the paper numbers them."""
    lines = (collapse(_NUMBERED.sub("", line)) for line in text.splitlines())
    return tuple(line for line in lines if line)


def parts_of(guideline: Guideline) -> tuple[PartLine, ...]:
    """Give the four parts in their order."""
    return tuple(PartLine(key, to_thai(title), lines_of(getattr(guideline, key))) for key, title in PARTS.items())


def paper_of(guideline: Guideline) -> ComplaintGuideline:
    """Give what the paper says."""
    parts = {one.key: one.lines for one in parts_of(guideline)}
    day = guideline.adopted_on
    signer = Signed(str(guideline.adopted_by), guideline.adopted_as) if guideline.adopted_by else NOBODY
    return ComplaintGuideline(guideline.agency.name, guideline.edition, adopted_on=day, signer=signer, **parts)


# --- the clocks -----------------------------------------------------------------------------------------------------
@override("th")
def times_offered(channel: Channel | None) -> str:
    """Give the office's own clocks as the text of the part on time."""
    clocks = channel or Channel()
    return "\n".join(to_thai(text.format(n=getattr(clocks, name))) for name, _working, _label, text in _CLOCKS)


def differing(agency: Agency, times: str) -> Sequence[str]:
    """Say which clocks of the office the part on time does not tell; the cases go by the clocks, not by the text."""
    channel = channel_of(agency)
    if channel is None or not times.strip():
        return ()
    plain = to_arabic(times)
    return [
        to_thai(_("{what} ตั้งไว้ {n} วัน แต่ไม่พบจำนวนนี้ในส่วนที่ ๔").format(what=label, n=days))
        for name, working, label, _text in _CLOCKS
        if not re.search(_DAYS.format(days=(days := getattr(channel, name)), working="ทำการ" if working else ""), plain)
    ]
