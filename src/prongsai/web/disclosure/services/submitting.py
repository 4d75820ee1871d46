"""Preparing, approving and pasting what goes into the national system. What was pasted stays told for good."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import ItemState, Work
from prongsai.web.cycles.services import change_item, require_open
from prongsai.web.disclosure.models import (
    Check,
    Occasion,
    Page,
    PageState,
    Submission,
    SubmissionState,
    Watch,
    Watched,
)
from prongsai.web.disclosure.queries.addresses import public_address, stands_at
from prongsai.web.disclosure.queries.submissions import SUBMISSION
from prongsai.web.disclosure.services import checking, proof, watching
from prongsai.web.registers.services.periods import position_of


@transaction.atomic
def prepare(
    scope: Scope,
    *,
    item: ItemState,
    version: int | None = None,
    address: str,
    steps: Sequence[Mapping[str, str]] = (),
    pages_text: str = "",
    explanation: str = "",
    page: Page | None = None,
    reason: str = "",
) -> Submission:
    """Write what is to be submitted for an item; what was approved must be approved again.

    address: where the item's page stands, any only for an item without a page; page: the item's own, if at all. reason:
    why, for one that was pasted already. Raises Stale, CycleClosed, ValidationError.
    """
    require_open(item.cycle)
    own = Page.objects.select_related("agency").filter(item=item).first()
    if page is not None and (page.agency_id != scope.agency.pk or page != own):
        raise ValidationError(_("หน้านี้ไม่ใช่ของข้อนี้"))
    if own is not None and not stands_at(own, address.strip()):
        words = _("ลิงก์ที่ยื่นต้องเป็นที่อยู่ของหน้านี้ คือ {address} ถ้าเผยแพร่ที่อื่น ให้บอกที่อยู่นั้นในหน้าของข้อนี้ก่อน")
        raise ValidationError({"address": words.format(address=public_address(own))})
    said: dict[str, Any] = {
        "address": address.strip(),
        "steps": [{"text": one.get("text", ""), "address": one.get("address", "")} for one in steps],
        "pages_text": pages_text.strip(),
        "explanation": explanation.strip().replace("\r\n", "\n"),
        "page": own,
    }
    known = Submission.objects.filter(item=item).first()
    if known is None:
        return journal.create(scope, Submission(item=item, prepared_by=scope.person, **said), "submission.prepare")
    return _rewrite(scope, known, version, said, reason.strip())


def _rewrite(scope: Scope, known: Submission, version: int | None, said: dict[str, Any], reason: str) -> Submission:
    if version is not None and known.version != version:
        raise journal.Stale(known)
    if all(getattr(known, name) == value for name, value in said.items()):
        return known
    if known.state == SubmissionState.PASTED and not reason:
        raise ValidationError(
            {"reason": _("ข้อนี้กรอกในระบบแล้ว ที่อยู่และข้อความถูกล็อกไว้ ถ้าจำเป็นต้องแก้ ให้บอกเหตุผล แล้วกรอกในระบบใหม่ให้ตรงกัน")}
        )
    was_pasted = known.state == SubmissionState.PASTED
    fresh: dict[str, Any] = {
        "state": SubmissionState.PREPARED,
        "prepared_by": scope.person,
        "approved_by": None,
        "approved_as": "",
        "approved_at": None,
        "pasted_by": None,
        "pasted_at": None,
        "release": None,
        "sha256": "",
        "change_reason": reason if was_pasted else known.change_reason,
    }
    action = "submission.rewrite" if was_pasted else "submission.prepare"
    return journal.change(scope, known, action, version=version, **said, **fresh)


@transaction.atomic
def approve(scope: Scope, *, submission: Submission, version: int | None = None) -> Submission:
    """Approve what is to be submitted; never by who prepared it. Raises Stale, CycleClosed, ValidationError."""
    require_open(submission.item.cycle)
    if not scope.can(Power.APPROVE) or scope.person is None:
        raise ValidationError(_("ไม่มีสิทธิเห็นชอบ"))
    if submission.state != SubmissionState.PREPARED:
        raise ValidationError(_("ข้อนี้เห็นชอบไปแล้ว"))
    if submission.prepared_by_id == scope.person.pk:
        raise ValidationError(_("ผู้เตรียมเห็นชอบเองไม่ได้ ให้ผู้บริหารอีกคนพิจารณา"))
    if submission.page is None or submission.page.state != PageState.PUBLIC:
        raise ValidationError(_("ยังไม่มีหน้าที่เผยแพร่อยู่ของข้อนี้ จึงยังเห็นชอบไม่ได้"))
    values = {"approved_by": scope.person, "approved_as": position_of(scope), "approved_at": timezone.now()}
    return journal.change(
        scope, submission, "submission.approve", version=version, state=SubmissionState.APPROVED, **values
    )


@transaction.atomic
def paste(scope: Scope, *, submission: Submission, version: int | None = None) -> Submission:
    """Say that the text stands in the national system: it is frozen with what stands at the page, and proved.

    The address is watched from now on, and the item is submitted. Raises Stale, CycleClosed, ValidationError.
    """
    item = submission.item
    require_open(item.cycle)
    if submission.state != SubmissionState.APPROVED:
        raise ValidationError(_("ต้องให้ผู้บริหารเห็นชอบก่อน จึงบันทึกว่ากรอกแล้วได้"))
    release = submission.page.current if submission.page else None
    journal.change(
        scope,
        submission,
        "submission.paste",
        version=version,
        state=SubmissionState.PASTED,
        pasted_by=scope.person,
        pasted_at=timezone.now(),
        release=release,
        sha256=release.sha256 if release else "",
    )
    if item.work != Work.SUBMITTED:
        change_item(scope, item=item, work=Work.SUBMITTED)
    proof.prove(scope.agency, kind=SUBMISSION, subject=submission.pk, content=_told(submission))
    watching.watch(scope, address=submission.address, why=Watch.SUBMITTED, page=submission.page, item=item)
    return submission


def _told(submission: Submission) -> dict[str, object]:
    """Give what the chain of proof tells of a submission: the exact text, and what stood behind it."""
    item, release = submission.item, submission.release
    return {
        "framework": item.cycle.framework_id,
        "item": item.key,
        "code": item.code,
        "address": submission.address,
        "steps": submission.steps,
        "pages_text": submission.pages_text,
        "explanation": submission.explanation,
        "release": release.number if release else None,
        "sha256": submission.sha256,
        "approved_by": str(submission.approved_by or ""),
        "approved_as": submission.approved_as,
        "approved_at": submission.approved_at,
        "pasted_by": str(submission.pasted_by or ""),
        "pasted_at": submission.pasted_at,
        "change_reason": submission.change_reason,
    }


def look(submission: Submission) -> Check | None:
    """Look at a pasted address from outside, now and with a picture where one can be taken; after the commit."""
    watched = Watched.objects.filter(agency=submission.item.cycle.agency, address=submission.address).first()
    return checking.check(watched, occasion=Occasion.SUBMISSION) if watched else None
