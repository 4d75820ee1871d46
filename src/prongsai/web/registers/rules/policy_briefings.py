"""Policy briefings: held at a meeting, heard by who came to it; one without the policy's document is told."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice, Records, _meeting_page
from prongsai.web.registers.rules._briefings import briefing_faults
from prongsai.web.registers.rules._meeting_papers import positions, signed
from prongsai.web.registers.rules._meetings import (
    CAME,
    EXPECTED,
    attendance_of,
    meeting_of,
    name_of,
    number_of,
    row_of,
)
from prongsai.web.registers.rules._rows import counted, listed


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Hold meeting and day together; warn where there is no document, nobody listed, or the speaker is not."""
    if meeting_of(scope, values) is None:
        return
    if not has_document(values):
        told = _("ยังไม่ได้แนบเอกสารนโยบายหรือที่อยู่หน้าเว็บ")
        yield Fault("document", "NO_DOCUMENT", told, _("แนบเอกสารที่ลงนามแล้ว"), is_warning=True)
    yield from briefing_faults(scope, values)


def has_document(values: Values) -> bool:
    """Whether the document of the policy is attached or its page is named."""
    return bool(values.get("document") or values.get("page"))


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name the briefings of a year without a document."""
    bare = [entry.title for entry, values in counted(scope, register, year) if not has_document(values)]
    return [Notice(_("ยังไม่มีเอกสารนโยบาย: {titles}").format(titles=listed(bare)))] if bare else []


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Warn on the page of a briefing without a document."""
    if entry is None or has_document(row_of(entry).values):
        return SafeString("")
    return _meeting_page.warned(_("ยังไม่ได้แนบเอกสารนโยบายหรือที่อยู่หน้าเว็บ"))


def papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    """The record of the briefing."""
    return {"policy-briefing": partial(record, scope, entry)}


@override("th")
def record(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give what the record of a briefing prints; the numbers are those of the meeting's list."""
    own = row_of(entry)
    meeting = meeting_of(scope, own.values)
    assert meeting is not None
    number, year = number_of(meeting)
    rows = attendance_of(meeting.entry)
    people = [own.values.get("briefed_by"), meeting.values.get("secretary")]
    posts = positions(scope, people, entry.dated_on)
    speaker = signed(own, "briefed_by", posts)
    return {
        "agency": scope.agency.name,
        "policy": own.text("policy"),
        "meeting": to_thai(f"การประชุม{name_of(meeting)} ครั้งที่ {number}/{year}"),
        "held_on": meeting.entry.dated_on.isoformat(),
        "place": meeting.text("place"),
        "briefed_by": speaker["name"],
        "briefer_position": speaker["position"],
        "present": sum(one.text("role") in CAME for one in rows),
        "audience": sum(one.text("role") in EXPECTED for one in rows),
        "points": [line.strip() for line in own.text("points").splitlines() if line.strip()],
        "taker": signed(meeting, "secretary", posts),
    }
