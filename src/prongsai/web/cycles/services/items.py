"""Working on an item: who owns it, what its elements are like, what proves them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import ElementEvidence, ElementState, ItemState, Verdict, Work
from prongsai.web.cycles.services.guard import require_open
from prongsai.web.evidence.models import Evidence


@transaction.atomic
def change_item(scope: Scope, *, item: ItemState, version: int | None = None, **values: object) -> ItemState:
    """Change owner, due date, state, note or remark of an item. Raises Stale, CycleClosed, ValidationError."""
    require_open(item.cycle)
    unit, post = values.get("unit", item.unit), values.get("post", item.post)
    if post is not None and unit is not None and post.unit_id not in (None, unit.pk):  # type: ignore[attr-defined]
        raise ValidationError({"post": _("ตำแหน่งนี้ไม่ได้อยู่ในส่วนราชการที่เลือก")})
    return journal.change(scope, item, "item.change", version=version, **values)


@transaction.atomic
def judge(
    scope: Scope, *, element: ElementState, verdict: str, reason: str = "", version: int | None = None
) -> ElementState:
    """Say whether an element is there. What fails or cannot be told needs its reason; an empty verdict takes it back.

    The first judgement sets the item going. Raises Stale, CycleClosed, ValidationError.
    """
    require_open(element.item.cycle)
    if verdict in (Verdict.FAIL, Verdict.CANNOT_TELL) and not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลว่าขาดอะไร หรือเพราะเหตุใดจึงตอบไม่ได้")})
    same = (element.verdict, element.reason) == (verdict, reason.strip())
    by = {} if same else {"judged_by": scope.user, "judged_at": timezone.now()}
    journal.change(scope, element, "element.judge", version=version, verdict=verdict, reason=reason.strip(), **by)
    if verdict and element.item.work == Work.NOT_STARTED:
        journal.change(scope, element.item, "item.start", work=Work.IN_PROGRESS)
    return element


@transaction.atomic
def attach(scope: Scope, *, element: ElementState, evidence: Evidence, page: str = "") -> ElementEvidence:
    """Tie evidence to an element; once is enough. page: where in the document to look.

    Raises CycleClosed, ValidationError for another agency's or withdrawn evidence.
    """
    require_open(element.item.cycle)
    if evidence.agency_id != scope.agency.pk or evidence.withdrawn_at:
        raise ValidationError(_("หลักฐานนี้ถูกยกเลิกแล้วหรือไม่ใช่ของหน่วยงาน"))
    known = element.proofs.filter(evidence=evidence).first()
    if known is None:
        return journal.create(scope, ElementEvidence(element=element, evidence=evidence, page=page), "element.attach")
    return journal.change(scope, known, "element.attach", page=page) if page else known


@transaction.atomic
def detach(scope: Scope, *, proof: ElementEvidence) -> None:
    """Untie evidence from an element; the evidence itself stays. Raises CycleClosed."""
    require_open(proof.element.item.cycle)
    journal.delete(scope, proof, "element.detach")
