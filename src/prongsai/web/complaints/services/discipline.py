"""What follows from what a committee found: discipline, claims for damages, criminal cases.

All of it is sealed: only who reads the case sees it. Discipline goes its way for each person: proposed, decided,
perhaps appealed against, final.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Kind
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import State
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.progress import Measure, measures_of
from prongsai.web.complaints.services.acting import act, must_be_in, needed, seen
from prongsai.web.complaints.services.cases import say_as
from prongsai.web.complaints.states import Stage

_NEXT: dict[str, tuple[Stage, ...]] = {
    "": (Stage.PROPOSED,),
    Stage.PROPOSED: (Stage.DECIDED,),
    Stage.DECIDED: (Stage.APPEALED, Stage.FINAL),
    Stage.APPEALED: (Stage.FINAL,),
    Stage.FINAL: (),
}
_WITH_ORDER = (Stage.DECIDED, Stage.FINAL)


def next_stages(case: Case, who: str) -> tuple[Stage, ...]:
    """Give how the discipline of one person may go on."""
    last = _last(case, who)
    return _NEXT[last.stage if last else ""]


def discipline(
    scope: Scope,
    key: Key,
    case: Case,
    *,
    who: str,
    stage: str,
    on: date,
    order_no: str = "",
    penalty: str = "",
    text: str = "",
    version: int,
) -> Case:
    """Record a step of the discipline of one person. Orders name their number and the penalty.

    Raises ValidationError unless the case stands at discipline, to which only a committee's report leads; for a stage
    that does not come next, and for a day before the last one or in the future; Stale.
    """
    seen(case, version)
    must_be_in(case, State.DISCIPLINE)
    who = needed(who, "who")
    _check_stage(case, who, stage)
    _check_day(scope, on, _last(case, who))
    if stage in _WITH_ORDER:
        needed(order_no, "order_no")
        needed(penalty, "penalty")
    part = {"who": who, "stage": stage, "on": on.isoformat(), "order_no": order_no.strip(), "penalty": penalty}
    return act(scope, case, say_as(scope, key, Kind.STEP, text, discipline=part), version=version)


def follow_up(
    scope: Scope,
    key: Key,
    case: Case,
    *,
    agency: str,
    case_no: str,
    on: date,
    text: str,
    version: int,
) -> Case:
    """Record how far a claim for damages or a criminal case has come, whichever the case stands at.

    Raises ValidationError in any other state, and for a day in the future; Stale.
    """
    seen(case, version)
    must_be_in(case, State.LIABILITY, State.CRIMINAL)
    _check_day(scope, on, None)
    part = {"kind": case.report.state, "agency": agency.strip(), "case_no": case_no.strip(), "on": on.isoformat()}
    return act(scope, case, say_as(scope, key, Kind.STEP, needed(text, "text"), follow=part), version=version)


def _last(case: Case, who: str) -> Measure | None:
    own = [one for one in measures_of(case.said) if one.who == who.strip()]
    return own[-1] if own else None


def _check_stage(case: Case, who: str, stage: str) -> None:
    allowed = next_stages(case, who)
    if stage not in allowed:
        words = _(" หรือ ").join(str(one.label) for one in allowed)
        raise ValidationError({"stage": _("ขั้นถัดไปของผู้นี้คือ “%s”") % words if words else _("วินัยของผู้นี้ถึงที่สุดแล้ว")})


def _check_day(scope: Scope, on: date, last: Measure | None) -> None:
    if on > scope.today:
        raise ValidationError({"on": _("เป็นวันในอนาคต บันทึกได้เฉพาะสิ่งที่เกิดขึ้นแล้ว")})
    if last and on < last.on:
        raise ValidationError({"on": _("อยู่ก่อนขั้นก่อนหน้า")})
