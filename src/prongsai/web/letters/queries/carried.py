"""What of the platform goes up by a letter: the one that carries it, and whether one may be begun."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import CycleState
from prongsai.web.letters.kinds import LETTER_PAPERS
from prongsai.web.letters.models import Letter, LetterState
from prongsai.web.letters.queries.letters import OVER, letters_of
from prongsai.web.plans.models import Dispatch, Report, ReportState


@dataclass(frozen=True, slots=True)
class Carrier:
    """The letter of a report or an assignment memo. letter: None where there is none, or none that one may know of.

    is_on_way: whether it waits for signatures, so that nothing is to be decided beside it. may_begin: one may be made.
    """

    letter: Letter | None
    is_on_way: bool
    may_begin: bool


def carrier_of(scope: Scope, carried: Report | Dispatch) -> Carrier:
    """Give the letter that carries something, with what somebody may do; one query."""
    link = {"report" if isinstance(carried, Report) else "dispatch": carried}
    seen = Exists(letters_of(scope).filter(pk=OuterRef("pk")))
    letters = Letter.objects.filter(**link).exclude(state__in=OVER).annotate(is_seen=seen)
    found = letters.select_related("agency").order_by("-pk").first()
    if found is None:
        return Carrier(None, is_on_way=False, may_begin=_may_begin(scope, carried))
    shown = found if vars(found)["is_seen"] else None
    return Carrier(shown, found.state == LetterState.IN_CHAIN, may_begin=False)


def _may_begin(scope: Scope, carried: Report | Dispatch) -> bool:
    if isinstance(carried, Report):
        return scope.can(Power.DO_WORK) and carried.state == ReportState.DRAFT and carried.kind in LETTER_PAPERS
    is_open = carried.issued_on is None and carried.cycle.state == CycleState.OPEN
    return is_open and scope.can(Power.RUN_CYCLE)
