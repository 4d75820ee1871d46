"""Who may not sit in the committee of a case: whom it may not be shown to, by the same rules, person by person."""

from __future__ import annotations

from collections.abc import Collection

from prongsai.web.agencies.models import Employment, Membership
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Holder
from prongsai.web.complaints.queries.accused import Office, heads_unit, meant_by
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.routing import ACCUSED_TH, CONFLICT_TH, kept_away

BELOW_TOP_TH = "อยู่ใต้บังคับบัญชาของผู้บริหารที่ถูกกล่าวหา เรื่องนี้ควรส่งต่อผู้กำกับดูแลหรือ ป.ป.ช."


def barred_from(scope: Scope, case: Case) -> dict[int, str]:
    """Give the people who may not find the facts of a case, with why: pk of the person → words.

    The accused, those over them, their unit and what is below it, whoever declared a conflict; when it is about who
    leads the office, everybody who serves in it.
    """
    office = Office(scope.agency, scope.today)
    meant = meant_by(office, case.accused)
    away = kept_away(office, meant)
    sets = {
        ACCUSED_TH: away[ACCUSED_TH] | _heads(office, meant.units),
        CONFLICT_TH: _conflicted(office, case.conflicts),
        **{why: people for why, people in away.items() if why != ACCUSED_TH},
        BELOW_TOP_TH: _staff(office) if meant.is_top else set(),
    }
    found: dict[int, str] = {}
    for pk in office.people:
        why = next((words for words, people in sets.items() if office.root(pk) in people), "")
        if why:
            found[pk] = why
    return found


def _heads(office: Office, units: Collection[int]) -> set[int]:
    """Give who heads units that are accused as a whole."""
    return office.people_at(post for post in office.posts.values() if post.unit_id in units and heads_unit(post))


def _conflicted(office: Office, holders: Collection[int]) -> set[int]:
    users = Holder.objects.filter(pk__in=list(holders)).values("user")
    people = Membership.objects.filter(user__in=users).values_list("person_id", flat=True)
    return {office.root(pk) for pk in people}


def _staff(office: Office) -> set[int]:
    return {pk for pk, one in office.people.items() if one.employment != Employment.OUTSIDE}
