"""Groups of a survey in preparation: one by one, or filled from the units and the services of the agency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Group, Grouping, Survey
from prongsai.web.surveys.queries.groups import Offer, offers_of
from prongsai.web.surveys.services.running import NotPossible, add_group, change_survey, prepared


@transaction.atomic
def change_group(
    scope: Scope, *, group: Group, name: str, name_en: str = "", headcount: int | None = None, quota: int | None = None
) -> Group:
    """Change a group of a survey in preparation. Raises NotPossible, ValidationError."""
    prepared(scope, group.survey)
    given: dict[str, Any] = {"name": name, "name_en": name_en, "headcount": headcount, "quota": quota}
    return journal.change(scope, group, "survey.group_change", **given)


@transaction.atomic
def remove_group(scope: Scope, *, group: Group) -> None:
    """Take a group away; codes that were made for it go with it. Raises NotPossible."""
    prepared(scope, group.survey)
    group.batches.all().delete()
    journal.delete(scope, group, "survey.group_remove")


@transaction.atomic
def fill_groups(scope: Scope, *, survey: Survey, way: str) -> int:
    """Add all units or services of the agency that are no group yet; give how many. way: of ``Grouping``.

    Raises NotPossible.
    """
    return _add(scope, survey, offers_of(scope, way), way)


@transaction.atomic
def add_names(scope: Scope, *, survey: Survey, names: Iterable[str]) -> int:
    """Add groups by their names, leaving out those that are there; give how many. Raises NotPossible."""
    return _add(scope, survey, [Offer(name) for name in names], Grouping.OTHER)


@transaction.atomic
def join_small(scope: Scope, *, survey: Survey, name: str) -> Group:
    """Put all groups with fewer than k people together into one of a name; give it. Raises NotPossible.

    Where they are fewer than k even together the next larger group joins them.
    """
    prepared(scope, survey)
    known = [one for one in survey.groups.all() if one.headcount is not None]
    ordered = sorted(known, key=lambda one: one.headcount or 0)
    small = [one for one in ordered if (one.headcount or 0) < survey.k]
    if small and sum(one.headcount or 0 for one in small) < survey.k:
        small = ordered[: len(small) + 1]
    people = sum(one.headcount or 0 for one in small)
    if len(small) < 2 or people < survey.k:
        raise NotPossible(_("ไม่มีกลุ่มเล็กให้รวม"), _("แก้จำนวนผู้มีสิทธิ์ตอบ หรือเลือกไม่แบ่งกลุ่ม"))
    for one in small:
        remove_group(scope, group=one)
    return add_group(scope, survey=survey, name=name, headcount=people)


def _add(scope: Scope, survey: Survey, offers: Iterable[Offer], way: str) -> int:
    """Add what is not there; a survey that had no groups is by these from now on."""
    prepared(scope, survey)
    known = set(survey.groups.values_list("name", flat=True))
    fresh = {one.name: one for one in offers if one.name and one.name not in known}
    for one in fresh.values():
        add_group(scope, survey=survey, name=one.name, unit=one.unit, headcount=one.headcount)
    if fresh and survey.grouping == Grouping.NONE:
        change_survey(scope, survey=survey, grouping=way)
    return len(fresh)
