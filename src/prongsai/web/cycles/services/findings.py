"""Writing findings: adding, mending, closing, and keeping what is printed twice as variants of one."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, Finding, FindingState, ItemState
from prongsai.web.cycles.services.guard import require_open

SCORE_MAX = 100
# What another printing of a finding may say differently, and is kept of it.
VARIANT_FIELDS = ("title", "printed_code", "score", "what_was_done", "advice", "elements_text", "units_text")


@transaction.atomic
def add_finding(
    scope: Scope,
    *,
    cycle: Cycle,
    title: str,
    item: ItemState | None = None,
    indicator: str = "",
    issue_no: int | None = None,
    printed_code: str = "",
    score: Decimal | None = None,
    what_was_done: str = "",
    advice: str = "",
    elements_text: str = "",
    unit: Unit | None = None,
    units_text: str = "",
    source: Mapping[str, Any] | None = None,
) -> Finding:
    """Add a finding. score: 0–100, None where none is known. No indicator: the item's. Raises ValidationError."""
    require_open(cycle)
    if item is not None and item.cycle_id != cycle.pk:
        raise ValidationError({"item": _("ข้อนี้อยู่ในรอบอื่น")})
    finding = Finding(
        cycle=cycle,
        title=title,
        item=item,
        indicator=indicator or (item.indicator if item else ""),
        issue_no=issue_no,
        printed_code=printed_code,
        score=score,
        what_was_done=what_was_done,
        advice=advice,
        elements_text=elements_text,
        unit=unit,
        units_text=units_text,
        source=dict(source or {}),
    )
    _check_score(score)
    return journal.create(scope, finding, "finding.add")


@transaction.atomic
def change_finding(scope: Scope, *, finding: Finding, version: int | None, **values: object) -> Finding:
    """Mend a finding. Raises Stale, ValidationError."""
    require_open(finding.cycle)
    _check_score(values.get("score"))
    return journal.change(scope, finding, "finding.change", version=version, **values)


@transaction.atomic
def close_finding(scope: Scope, *, finding: Finding, version: int | None, reason: str) -> Finding:
    """Close a finding for a reason that must be given. Raises Stale, ValidationError."""
    require_open(finding.cycle)
    if not reason.strip():
        raise ValidationError({"reason": _("ระบุเหตุผลที่ปิด")})
    return journal.change(
        scope, finding, "finding.close", version=version, state=FindingState.CLOSED, closed_reason=reason.strip()
    )


@transaction.atomic
def reopen_finding(scope: Scope, *, finding: Finding, version: int | None) -> Finding:
    """Open a closed finding again. Raises Stale, ValidationError."""
    require_open(finding.cycle)
    state = FindingState.COVERED if _is_covered(finding) else FindingState.OPEN
    return journal.change(scope, finding, "finding.reopen", version=version, state=state, closed_reason="")


@transaction.atomic
def merge_finding(scope: Scope, *, finding: Finding, variant: Mapping[str, Any]) -> Finding:
    """Keep another printing of a finding whole beside it; what the finding says stays, empty fields are filled.

    variant: names of ``VARIANT_FIELDS`` and ``source``, as printed. Raises ValidationError.
    """
    require_open(finding.cycle)
    finding.refresh_from_db(fields=["variants", *VARIANT_FIELDS])  # two who merge at once: both printings stay
    kept = {name: _plain(value) for name, value in variant.items() if value not in (None, "", {}, [])}
    if kept in finding.variants:
        return finding
    filled = {
        name: variant[name]
        for name in VARIANT_FIELDS
        if variant.get(name) not in (None, "") and getattr(finding, name) in (None, "")
    }
    return journal.change(scope, finding, "finding.merge", variants=[*finding.variants, kept], **filled)


@transaction.atomic
def merge_findings(scope: Scope, *, finding: Finding, other: Finding, version: int | None = None) -> Finding:
    """Make one of two findings: the other is kept as a variant and closed; what hung on it hangs on the first.

    Raises Stale when version is not the first one's any more, ValidationError for two of different items, CycleClosed.
    """
    if finding.pk == other.pk or finding.cycle_id != other.cycle_id or finding.item_id != other.item_id:
        raise ValidationError(_("รวมได้เฉพาะประเด็นของข้อเดียวกันในรอบเดียวกัน"))
    require_open(finding.cycle)
    journal.change(scope, finding, "finding.merge", version=version)
    variant = {name: getattr(other, name) for name in VARIANT_FIELDS} | {"source": other.source}
    merge_finding(scope, finding=finding, variant=variant)
    for one in other.variants:
        merge_finding(scope, finding=finding, variant=one)
    _move_links(scope, finding, other)
    if finding.state == FindingState.OPEN and _is_covered(finding):
        journal.change(scope, finding, "finding.cover", state=FindingState.COVERED)
    reason = f"รวมกับ “{finding.title}”"
    journal.change(scope, other, "finding.close", state=FindingState.CLOSED, closed_reason=reason)
    return finding


def _move_links(scope: Scope, finding: Finding, other: Finding) -> None:
    """Hang measures on the first. Tasks stay where the memo put them: what was assigned in writing is not rewritten."""
    lines: list[tuple[str, Model | None, journal.Changes | None]] = []
    for measure in other.measures.all():
        before = [str(one) for one in measure.findings.all()]
        measure.findings.remove(other)
        measure.findings.add(finding)
        after = [str(one) for one in measure.findings.all()]
        lines.append(("measure.findings.change", measure, {"findings": (before, after)}))
    journal.note_all(scope, lines)


def _is_covered(finding: Finding) -> bool:
    return bool(finding.measures.exists())


def _check_score(score: object) -> None:
    if isinstance(score, Decimal) and not 0 <= score <= SCORE_MAX:
        raise ValidationError({"score": _("คะแนนต้องอยู่ระหว่าง 0 ถึง 100")})


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value
