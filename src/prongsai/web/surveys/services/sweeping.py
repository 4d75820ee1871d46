"""Keys that a program which ended in the wrong moment did not come to destroy."""

from __future__ import annotations

import logging

from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Survey, SurveyState

_LOG = logging.getLogger(__name__)


def sweep_keys() -> int:
    """Destroy what opens nothing that is still to be counted; give how many.

    Those are the keys of surveys that are counted or dropped, and those that a counting marked which then came
    through. A key that no survey here knows is left alone: another database that was put aside may need it.
    """
    waiting = _recipients(SurveyState.OPEN, SurveyState.CLOSED)
    over = _recipients(SurveyState.COUNTED, SurveyState.DROPPED) & keys.held()
    gone = (keys.marked() | over) - waiting
    return sum([destroy_key(one) for one in gone])


def destroy_key(recipient: str) -> bool:
    """Destroy a key; give whether it is gone. One that the system holds back stays, with its mark, for the next sweep.

    The message of what went wrong names the file, and so the survey: it goes nowhere.
    """
    try:
        keys.destroy(recipient)
    except OSError as held_back:
        _LOG.warning("a key could not be destroyed (%s); the next sweep tries again", type(held_back).__name__)
        return False
    return True


def _recipients(*states: SurveyState) -> frozenset[str]:
    return frozenset(Survey.objects.filter(state__in=states).values_list("recipient", flat=True))
