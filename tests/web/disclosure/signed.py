"""Letters with their signed papers, and reports of the platform, for the tests of publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle
from prongsai.web.disclosure.models import Page, Release
from prongsai.web.disclosure.services import pages
from prongsai.web.evidence.models import File
from prongsai.web.letters.models import (
    Decision,
    Endorsement,
    Letter,
    LetterState,
    LetterText,
    Method,
    Number,
    Series,
    SeriesKind,
    Step,
    StepKind,
)
from prongsai.web.plans.models import Report, ReportState
from tests.web import office

DATED = date(2026, 3, 30)
NOON = timezone.make_aware(datetime(2026, 3, 30, 12))
SUBJECT = "มาตรการส่งเสริมคุณธรรมและความโปร่งใส"
MAYOR = "นายกเทศมนตรี"
Keep = Callable[..., File]


def signed_letter(
    agency: Agency,
    keep: Keep,
    paper: str = "announcement",
    number: str = "46",
    decision: str = Decision.APPROVE,
    **more: Any,
) -> Letter:
    """A letter with its signed paper, decided by the mayor: ``signed_letter(agency, file, "memo", "ลบ 52701/220")``."""
    kind = SeriesKind.ANNOUNCEMENT if paper == "announcement" else SeriesKind.OUTGOING
    series, _made = Series.objects.get_or_create(agency=agency, kind=kind)
    value = series.numbers.count() + 1
    given = Number.objects.create(series=series, year_be=2569, value=value, text=number, taken_at=NOON)
    state = more.setdefault("state", LetterState.SIGNED)
    if state in (LetterState.SIGNED, LetterState.REPLACED):
        more = {"pdf": keep(f"{paper}-{value}.txt", f"{paper} {value} {number}"), "decided_at": NOON} | more
    fixed = {"agency": agency, "paper": paper, "subject": SUBJECT, "number": given, "dated": DATED}
    found = Letter.objects.create(**fixed | more)
    _decide(found, office.scope(agency, Role.MAYOR), decision)
    return found


def _decide(letter: Letter, mayor: Any, decision: str) -> None:
    step = Step.objects.create(letter=letter, place=1, kind=StepKind.DECIDE, post_id=next(iter(mayor.post_ids)))
    text = LetterText.objects.create(letter=letter, number=1, subject=letter.subject, content={}, sha256="0" * 64)
    Endorsement.objects.create(
        step=step, text=text, decision=decision, person=mayor.person, name=str(mayor.person), position=[MAYOR],
        signed_on=DATED, signed_at=NOON, method=Method.PASSWORD, sha256=text.sha256, seal="0" * 64,
    )  # fmt: skip


def made_report(agency: Agency, cycle: Cycle, keep: Keep, state: str = ReportState.DRAFT) -> Report:
    """A report of the platform."""
    docx = keep("รายงาน.txt", "รายงานผล")
    title = "รายงานติดตาม รอบ ๖ เดือน"
    return Report.objects.create(
        agency=agency, cycle=cycle, kind="tracking-6", title=title, records={}, docx=docx, state=state
    )


def draft_of(scope: Callable[[Role], Any], page: Page, body: str = "ข้อมูล") -> Release:
    """Begin what a page shall say."""
    return pages.write_release(scope(Role.PUBLISHER), page=page, version=None, body=body)
