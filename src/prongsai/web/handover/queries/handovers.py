"""Handovers as somebody may see them, and what they may do with one."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from prongsai.web.agencies.models import Person, Post
from prongsai.web.agencies.queries import people_on, with_children
from prongsai.web.agencies.roles import Power, Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.handover.models import Handover, HandoverState

_SHOWN = ("agency", "giver", "taker", "unit", "given_by")


def handovers_of(scope: Scope) -> QuerySet[Handover]:
    """Give the handovers that somebody may see: their own, those of units that they head; all who keeps the staff."""
    found = Handover.objects.filter(agency=scope.agency).select_related(*_SHOWN)
    if keeps(scope):
        return found
    mine = Q(unit__in=headed(scope))
    if scope.person is not None:
        mine |= Q(giver=scope.person) | Q(taker=scope.person)
    return found.filter(mine)


def waiting_for(scope: Scope) -> QuerySet[Handover]:
    """Give the handovers that wait for who asks to sign: as the giver, or as the taker once the giver has signed."""
    if scope.person is None:
        return Handover.objects.none()
    mine = Q(state=HandoverState.GIVEN, taker=scope.person, effective_on__lte=scope.today)
    found = Handover.objects.filter(mine | Q(state=HandoverState.DRAFT, giver=scope.person), agency=scope.agency)
    return found.select_related(*_SHOWN)


def keeps(scope: Scope) -> bool:
    """Whether somebody looks after all of them: who keeps the staff register and may see work, the permanent secretary.

    An administrator keeps the register too, and sees no work.
    """
    return (scope.can(Power.KEEP_PEOPLE) and scope.can(Power.SEE_WORK)) or Role.SECRETARY in scope.roles


def headed(scope: Scope) -> set[int]:
    """Give the units that somebody heads, those under them included. Two queries, one for who heads none."""
    heads = Post.objects.filter(pk__in=scope.post_ids, is_head=True, unit__isnull=False)
    return with_children(scope.agency, {pk for pk in heads.values_list("unit", flat=True) if pk})


def givers_for(scope: Scope) -> QuerySet[Person]:
    """Give the people whose handover somebody may begin: who keeps the staff register everybody's, gone or not.

    A head that of everybody in the units; everybody their own.
    """
    every = Person.objects.filter(agency=scope.agency, merged_into=None)
    if keeps(scope):
        return every
    units = headed(scope)
    own = Q(pk=scope.person.pk) if scope.person else Q(pk=None)
    return every.filter(own | Q(appointments__post__unit__in=units)).distinct()


def may_begin(scope: Scope, person: Person) -> bool:
    """Whether somebody may begin the handover of a person."""
    return scope.person is not None and (scope.person == person or givers_for(scope).filter(pk=person.pk).exists())


def handovers_with(scope: Scope, person: Person) -> tuple[Handover, ...]:
    """Give the handovers of a person, as giver or taker, that somebody may see."""
    return tuple(handovers_of(scope).filter(Q(giver=person) | Q(taker=person)))


def takers_for(scope: Scope) -> QuerySet[Person]:
    """Give who may take something over: whoever serves."""
    return people_on(scope.agency, scope.today)


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do with a handover now. instead: whether they would sign in the giver's place."""

    write: bool
    give: bool
    instead: bool
    take: bool
    recall: bool
    scan: bool


def rights_of(scope: Scope, handover: Handover) -> Rights:
    """Say what somebody who sees a handover may do with it; nothing once it is taken."""
    is_giver = scope.person is not None and scope.person.pk == handover.giver_id
    is_taker = scope.person is not None and scope.person.pk == handover.taker_id
    leads = keeps(scope) or (handover.unit_id in headed(scope))
    is_draft, is_given = handover.state == HandoverState.DRAFT, handover.state == HandoverState.GIVEN
    return Rights(
        write=is_draft and (is_giver or leads),
        give=is_draft and (is_giver or (leads and not is_taker)),
        instead=is_draft and leads and not is_giver and not is_taker,
        take=is_given and is_taker,
        recall=is_given and (is_giver or leads),
        scan=handover.frozen_at is not None
        and (is_draft or is_given)
        and (is_giver or leads or (is_taker and is_given)),
    )
