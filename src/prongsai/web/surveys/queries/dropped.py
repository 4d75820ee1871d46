"""Why a survey was given up: that stands in the journal alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Dropped:
    """Who gave answers up unread, when, and why. answers: how many there were."""

    reason: str
    answers: int
    actor: str
    at: datetime


def why_dropped(survey: Survey) -> Dropped | None:
    """Give why answers of a survey were destroyed unread; None for one that nobody gave up."""
    if survey.state not in ("dropped", "counted"):
        return None
    entry = AuditEntry.objects.filter(
        agency=survey.agency,
        action="survey.destroy",
        subject_type=survey._meta.label_lower,
        subject_id=str(survey.pk),
    ).first()
    if entry is None:
        return None
    return Dropped(entry.changes["reason"][1], entry.changes["answers"][0], entry.actor, entry.at)
