"""What is moved to the taker when both have signed: drafts, measures, pages in the making. Nothing is moved twice."""

from collections.abc import Callable, Mapping

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Membership
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Release, ReleaseState
from prongsai.web.handover.models import Handover, Kind
from prongsai.web.handover.queries.papers import OPEN
from prongsai.web.handover.queries.rows import row_of
from prongsai.web.handover.queries.work import RUNNING
from prongsai.web.letters.models import Letter, LetterState, Step, StepKind
from prongsai.web.plans.models import MeasureOwner

Mover = Callable[[Scope, Handover, int], bool]


def move_all(scope: Scope, handover: Handover) -> list[str]:
    """Move what is to be moved, inside the caller's transaction; gives the keys of what was.

    What is not the giver's any more, or was finished meanwhile, stays as it is.
    """
    rows = [row_of(one) for one in handover.rows]
    return [one.key for one in rows if one.moves and one.kind in _MOVERS and _MOVERS[one.kind](scope, handover, one.pk)]


def _letter(scope: Scope, handover: Handover, pk: int) -> bool:
    letter = Letter.objects.filter(
        agency=scope.agency, pk=pk, drafter=handover.giver, state__in=OPEN, secrecy=""
    ).first()
    if letter is None:
        return False
    steps = Step.objects.filter(letter=letter, kind=StepKind.MAKE, person=handover.giver)
    if letter.state == LetterState.IN_CHAIN:  # what was signed there stays whose it is
        steps = steps.exclude(endorsements__voided_at=None, endorsements__isnull=False)
    journal.change(scope, letter, "letter.hand_over", drafter=handover.taker)
    for step in steps:
        journal.change(scope, step, "letter.hand_over_step", person=handover.taker)
    return True


def _measure(scope: Scope, handover: Handover, pk: int) -> bool:
    own = MeasureOwner.objects.filter(pk=pk, person=handover.giver, measure__cycle__agency=scope.agency)
    owner = own.filter(measure__state__in=RUNNING).select_related("measure").first()
    if owner is None:
        return False
    # As printed, with the new name where the old one stands in it: the next report prints it.
    text = owner.text.replace(str(handover.giver), str(handover.taker))[:300]
    journal.change(scope, owner, "measure.hand_over", person=handover.taker, text=text)
    return True


def _release(scope: Scope, handover: Handover, pk: int) -> bool:
    account = Membership.objects.filter(agency=scope.agency, person=handover.taker, is_open=True).first()
    theirs = Membership.objects.filter(agency=scope.agency, person=handover.giver).values("user")
    making = Release.objects.filter(pk=pk, page__agency=scope.agency, written_by__in=theirs)
    release = making.exclude(state__in=(ReleaseState.APPROVED, ReleaseState.REQUESTED)).first()
    if account is None or release is None:
        return False
    journal.change(scope, release, "release.hand_over", written_by=account.user)
    return True


_MOVERS: Mapping[Kind, Mover] = {Kind.LETTER: _letter, Kind.MEASURE: _measure, Kind.RELEASE: _release}
