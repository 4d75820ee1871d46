"""Findings of a cycle made of what a survey shows to be weak."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, Finding
from prongsai.web.cycles.services.findings import add_finding
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.queries.proposals import Proposal, proposals_of


@override("th")  # findings are printed in Thai papers, whatever language their maker reads
@transaction.atomic
def make_findings(
    scope: Scope, *, survey: Survey, cycle: Cycle, below: Decimal, keys: Collection[str]
) -> list[Finding]:
    """Make findings of the proposals with these keys; those that the cycle has already are passed over.

    The figures are worked out anew, nothing of them is taken from whoever asks. Raises ValidationError when nothing is
    left to be made, CycleClosed.
    """
    journal.take_turn(scope.agency)
    chosen = [one for one in proposals_of(survey, below=below, cycle=cycle) if one.key in keys and one.finding is None]
    if cycle.agency_id != scope.agency.pk or not chosen:
        raise ValidationError(_("เลือกข้อที่จะทำเป็นประเด็นอย่างน้อยหนึ่งข้อ ข้อที่ทำแล้วทำซ้ำไม่ได้"))
    return [_add(scope, survey, cycle, one) for one in chosen]


def _add(scope: Scope, survey: Survey, cycle: Cycle, one: Proposal) -> Finding:
    source = {"survey": survey.pk, "key": one.key, "question": one.question, "figure": one.figure, "n": one.n}
    return add_finding(
        scope,
        cycle=cycle,
        title=one.title,
        indicator=one.indicator,
        advice=one.reason,
        source=source | {"text": one.reason},
    )
