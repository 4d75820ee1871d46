"""Writing the guideline on complaints, and adopting an edition of it."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.reports.forms import complaint_guideline
from prongsai.reports.forms.complaint_guideline import PARTS
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Guideline
from prongsai.web.complaints.queries import proofs
from prongsai.web.complaints.queries.guideline import adopted, draft, may_adopt, may_edit, paper_of, parts_of
from prongsai.web.complaints.services.proofs import Proof, attach, files_of, prove
from prongsai.web.registers.services.periods import position_of

KINDS = ("docx", "pdf")


@transaction.atomic
def write_guideline(scope: Scope, *, version: int | None, **parts: str) -> Guideline:
    """Write the parts of the guideline in the making; an adopted edition stays as it is.

    version: that of the one in the making, 0 when there was none, None for whichever it is. Raises Stale,
    ValidationError.
    """
    if not may_edit(scope):
        raise ValidationError(_("แก้ไขได้เฉพาะผู้ประสานงาน ผู้รับเรื่อง หรือผู้บริหาร"))
    journal.take_turn(scope.agency)
    known = draft(scope.agency)
    if version is not None and version != (known.version if known else 0):
        raise journal.Stale(known or adopted(scope.agency) or Guideline(agency=scope.agency))
    if unknown := sorted(set(parts) - set(PARTS)):
        raise TypeError(f"a guideline has no {unknown}")
    values = {name: text.strip() for name, text in parts.items()}
    if known is None:
        return journal.create(scope, Guideline(agency=scope.agency, **values), "guideline.write")
    return journal.change(scope, known, "guideline.write", version=None, **values)


@override("th")
def adopt_guideline(scope: Scope, *, version: int | None, ticked: Collection[str]) -> Guideline:
    """Let the one in the making hold from today on: numbered, frozen, printed, evidence of its item.

    ticked: the parts that who adopts it has looked at and found to be there; all four are asked for. Raises Stale,
    ValidationError with everything that stands in the way.
    """
    guideline = _whole(scope, ticked)
    if version is not None and version != guideline.version:
        raise journal.Stale(guideline)
    last = adopted(scope.agency)
    values = {
        "edition": last.edition + 1 if last else 1,
        "adopted_on": scope.today,
        "adopted_by": scope.person,
        "adopted_as": position_of(scope),
    }
    shown = Guideline(agency=scope.agency, **{name: getattr(guideline, name) for name in PARTS}, **values)
    paper = complaint_guideline.compose(paper_of(shown))
    title = f"{complaint_guideline.TITLE_TH} ฉบับที่ {shown.edition}"
    # Before the turn is taken: files are not written while others wait for the database.
    files = files_of(scope, paper, title, KINDS)
    with transaction.atomic():
        journal.take_turn(scope.agency)
        main = files.get("pdf", files["docx"])
        before = (last.pdf or last.docx) if last else None
        proof = prove(scope, Proof(title, main, before), year_be=None)
        values |= {**files, "evidence": proof}
        made = journal.change(scope, guideline, "guideline.adopt", version=guideline.version, **values)
        attach(scope, proofs.elements_of(scope.agency, proofs.GUIDELINE), proof)
        return made


def _whole(scope: Scope, ticked: Collection[str]) -> Guideline:
    """Give the one in the making if it may be adopted. Raises ValidationError."""
    if not may_adopt(scope):
        raise ValidationError(_("ให้ใช้แนวปฏิบัติได้เฉพาะผู้บริหารหรือผู้รับเรื่อง"))
    if scope.person is None:
        raise ValidationError(_("ต้องมีผู้ลงชื่อ บัญชีนี้ไม่ได้ผูกกับบุคคลใด"))
    guideline = draft(scope.agency)
    if guideline is None:
        raise ValidationError(_("ยังไม่มีร่างแนวปฏิบัติ"))
    faults = [_("{part}: ยังไม่มีเนื้อหา").format(part=one.title) for one in parts_of(guideline) if not one.is_there]
    faults += [
        _("{part}: ยังไม่ได้ทำเครื่องหมายว่าตรวจแล้ว").format(part=one.title)
        for one in parts_of(guideline)
        if one.is_there and one.key not in ticked
    ]
    if faults:
        raise ValidationError(faults)
    return guideline
