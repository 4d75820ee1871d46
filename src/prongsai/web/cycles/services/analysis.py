"""The analysis of a result: its words, and the approval that freezes what they rest on."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.queries import signature_lines, top_executives
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Analysis, Cycle
from prongsai.web.cycles.queries.analysis import analysis_of
from prongsai.web.cycles.services.guard import require_open

TEXT_MAX = 8_000


@transaction.atomic
def write_analysis(scope: Scope, *, cycle: Cycle, texts: Mapping[str, str], version: int | None = None) -> Analysis:
    """Keep what a person wrote for the issues; a text equal to the generated one is not kept, so that it follows them.

    Takes an approval back. version: as of ``approve_analysis``. Raises Stale, CycleClosed, ValidationError.
    """
    require_open(cycle)
    page = analysis_of(cycle)
    words = {str(section.no): section.words for section in page.sections}
    if page.record and all(texts.get(str(each.no), each.text).strip() == each.text for each in page.sections):
        return page.record
    kept = {no: text.strip() for no, text in texts.items() if no in words and text.strip() not in ("", words[no])}
    if any(len(text) > TEXT_MAX for text in kept.values()):
        raise ValidationError(_("ข้อความยาวเกินไป"))
    if page.record is None:
        return journal.create(scope, Analysis(cycle=cycle, texts=kept, written_by=scope.user), "analysis.write")
    back: dict[str, Any] = {
        "approved_by": None,
        "approved_as": "",
        "approved_at": None,
        "snapshot": None,
        "written_by": scope.user,
    }
    return journal.change(scope, page.record, "analysis.write", version=version, texts=kept, **back)


@transaction.atomic
def approve_analysis(scope: Scope, *, cycle: Cycle, version: int | None = None) -> Analysis:
    """Approve the analysis with the scores that it rests on; its texts no longer follow the scores from then on.

    version: the one that was seen, 0 where nothing was written yet. Raises Stale when somebody wrote or approved since;
    ValidationError without an official result of the assessed year, for who is not the top executive today, and for who
    wrote its words; CycleClosed.
    """
    require_open(cycle)
    page = analysis_of(cycle)
    if page.record and version not in (None, page.record.version):
        raise journal.Stale(page.record)
    if page.snapshot is None:
        raise ValidationError(_("ยังอนุมัติไม่ได้ เพราะยังไม่มีผลคะแนนทางการของปีที่ประเมิน"))
    signer = next((one for one in top_executives(scope.agency, scope.today) if one.person_id == _person(scope)), None)
    if signer is None:
        raise ValidationError(_("ผู้อนุมัติต้องเป็นผู้บริหารสูงสุด หรือผู้ทำหน้าที่แทนตามกฎหมาย ณ วันนี้"))
    if page.record and page.record.written_by_id and page.record.written_by == scope.user:
        raise ValidationError(_("ผู้เขียนบทวิเคราะห์อนุมัติเองไม่ได้ ให้ผู้บริหารคนอื่นอนุมัติ"))
    values: dict[str, Any] = {
        "texts": {str(section.no): section.text for section in page.sections},
        "snapshot": page.snapshot,
        "approved_by": scope.user,
        "approved_as": " ".join(signature_lines(signer, scope.today)),
        "approved_at": timezone.now(),
    }
    if page.record is None:
        return journal.create(scope, Analysis(cycle=cycle, **values), "analysis.approve")
    return journal.change(scope, page.record, "analysis.approve", **values)


def _person(scope: Scope) -> int | None:
    return scope.person.pk if scope.person else None
