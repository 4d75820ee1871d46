"""Keys that a program which ended in the wrong moment did not come to destroy."""

from __future__ import annotations

from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Survey, SurveyState


def sweep_keys() -> int:
    """Destroy what opens nothing that is still to be counted; give how many.

    Those are the keys of surveys that are counted or dropped, and those that a counting marked which then came
    through. A key that no survey here knows is left alone: another database that was put aside may need it.
    """
    waiting = _recipients(SurveyState.OPEN, SurveyState.CLOSED)
    over = _recipients(SurveyState.COUNTED, SurveyState.DROPPED) & keys.held()
    gone = (keys.marked() | over) - waiting
    for one in gone:
        keys.destroy(one)
    return len(gone)


def _recipients(*states: SurveyState) -> frozenset[str]:
    return frozenset(Survey.objects.filter(state__in=states).values_list("recipient", flat=True))
