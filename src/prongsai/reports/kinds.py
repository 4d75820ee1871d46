"""Which kind of table a head opens: every head opens one kind, so that no row is read twice."""

from enum import StrEnum

from prongsai.reports.heads import Head, Role

_NAMES = frozenset({Role.MEASURE, Role.TOPIC, Role.INDICATOR, Role.ITEM})


class TableKind(StrEnum):
    """What the rows of a table are."""

    GAPS = "gaps"
    PLAN = "plan"
    TRACKING = "tracking"
    MEASURES = "measures"
    SCORES = "scores"
    OTHER = "other"


def table_kind(head: Head) -> TableKind:
    """Tell the kind from the roles of the columns; the first that fits, the most particular first."""
    roles = head.roles
    if _lists_gaps(roles):
        return TableKind.GAPS
    if _follows_up(roles):
        return TableKind.TRACKING
    if _plans_indicators(roles):
        return TableKind.PLAN
    if _lists_measures(roles):
        return TableKind.MEASURES
    return TableKind.SCORES if Role.SCORE in roles and roles & {Role.INDICATOR, Role.ITEM} else TableKind.OTHER


def _lists_gaps(roles: frozenset[Role]) -> bool:
    """Whether items stand with what was done and what is advised; advice by another name only beside items."""
    if not roles & {Role.PRIOR_ACTION, Role.SCORE}:
        return False
    if Role.RECOMMENDATION in roles:
        return bool(roles & {Role.ITEM, Role.INDICATOR, Role.CODE, Role.TOPIC})
    return Role.GUIDANCE in roles and bool(roles & {Role.ITEM, Role.CODE}) and not roles & {Role.PROGRESS, Role.STATUS}


def _follows_up(roles: frozenset[Role]) -> bool:
    """Whether things due stand against what was done when; results and outcomes together are a report of measures.

    Measures of no topic with their results are such a report too, with a day in place of a period.
    """
    if not roles & _NAMES or {Role.RESULT, Role.OUTCOME} <= roles:
        return False
    if {Role.MEASURE, Role.RESULT} <= roles and Role.TOPIC not in roles:
        return {Role.DUE, Role.ACTUAL} <= roles
    return Role.DUE in roles or (Role.ACTUAL in roles and bool(roles & {Role.STEPS, Role.MEASURE}))


def _plans_indicators(roles: frozenset[Role]) -> bool:
    return Role.GUIDANCE in roles or (Role.INDICATOR in roles and Role.PROGRESS in roles)


def _lists_measures(roles: frozenset[Role]) -> bool:
    told = roles & {
        Role.STEPS,
        Role.PERIOD,
        Role.DUE,
        Role.START,
        Role.END,
        Role.RESULT,
        Role.OUTCOME,
        Role.RESPONSIBLE,
    }
    return (Role.MEASURE in roles and bool(told)) or (Role.TOPIC in roles and {Role.RESULT, Role.OUTCOME} <= roles)
