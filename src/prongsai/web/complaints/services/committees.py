"""The committee that finds the facts: set by an order, its deadline put off by orders, its report.

All of it is sealed in the case. No committee stands in the office's register of committees: that would tell everybody
about whom there is a case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import CommitteeRole, Person
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Kind
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Channel, State
from prongsai.web.complaints.queries.barring import barred_from
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.clocks import finding_due
from prongsai.web.complaints.queries.progress import Committee, committee_of
from prongsai.web.complaints.services.acting import act, must_be_in, needed, seen
from prongsai.web.complaints.services.cases import say_as
from prongsai.web.complaints.states import FOLLOWS

MEMBERS_MIN = 3
FIND = "find"  # the move of ``states``
Member = tuple[int, str]  # pk of a person, place in the committee


def set_committee(
    scope: Scope,
    key: Key,
    case: Case,
    *,
    order_no: str,
    order_date: date,
    members: Sequence[Member],
    version: int,
) -> Case:
    """Set the committee of a case by an order; the facts are to be found within the office's days from its day.

    Another order takes the place of the first. Raises ValidationError for fewer than three, for somebody twice, for
    other than one chair, and for everybody who may not: the accused, their superiors and their unit, whoever declared
    a conflict. Stale.
    """
    seen(case, version)
    must_be_in(case, State.ACCEPTED, State.FINDING)
    _check_day(scope, order_date)
    people = _people(scope, case, members)
    until = finding_due(Channel.objects.get(agency=scope.agency), order_date)
    part = {
        "order_no": needed(order_no, "order_no"),
        "order_date": order_date.isoformat(),
        "members": [{"person_id": pk, "name": str(people[pk]), "role": role} for pk, role in members],
    }
    data = {"committee": part, "until": until.isoformat()}
    if case.report.state == State.ACCEPTED:
        data |= {"move": FIND, "from": case.report.state, "to": State.FINDING.value}
    return act(scope, case, say_as(scope, key, Kind.STEP, "", **data), version=version, state=State.FINDING)


def extend(
    scope: Scope,
    key: Key,
    case: Case,
    *,
    order_no: str,
    order_date: date,
    until: date,
    reason: str,
    version: int,
) -> Case:
    """Give a committee more time by an order. Raises ValidationError for no reason and for a day that is no later."""
    seen(case, version)
    committee = _at_work(case)
    _check_day(scope, order_date)
    if until <= committee.until:
        raise ValidationError({"until": _("ต้องเป็นวันหลังกำหนดเดิม")})
    if order_date < committee.order_date:
        raise ValidationError({"order_date": _("อยู่ก่อนวันของคำสั่งแต่งตั้ง")})
    part = {"order_no": needed(order_no, "order_no"), "order_date": order_date.isoformat()}
    step = say_as(scope, key, Kind.STEP, needed(reason, "reason"), extension=part, until=until.isoformat())
    return act(scope, case, step, version=version)


def report_finding(
    scope: Scope,
    key: Key,
    case: Case,
    *,
    is_found: bool,
    outcomes: Iterable[str],
    on: date,
    text: str,
    version: int,
) -> Case:
    """Record what the committee reported; only by that may anything follow.

    outcomes: what it advises, of discipline, liability and criminal; none when nothing was found. Raises
    ValidationError; Stale.
    """
    seen(case, version)
    committee = _at_work(case)
    chosen = tuple(dict.fromkeys(outcomes))
    _check_outcomes(is_found, chosen)
    if on < committee.order_date:
        raise ValidationError({"on": _("อยู่ก่อนวันของคำสั่งแต่งตั้ง")})
    if on > scope.today:
        raise ValidationError({"on": _("เป็นวันในอนาคต บันทึกเมื่อได้รับรายงานแล้ว")})
    part = {"is_found": is_found, "outcomes": list(chosen), "on": on.isoformat()}
    step = say_as(scope, key, Kind.STEP, needed(text, "text"), finding=part)
    return act(scope, case, step, version=version)


def _at_work(case: Case) -> Committee:
    must_be_in(case, State.FINDING)
    committee = committee_of(case.said)
    if committee is None or committee.found is not None:
        raise ValidationError(_("ไม่มีคณะกรรมการที่กำลังสอบข้อเท็จจริง หรือรายงานผลแล้ว"))
    return committee


def _people(scope: Scope, case: Case, members: Sequence[Member]) -> Mapping[int, Person]:
    pks = [pk for pk, _role in members]
    people = people_on(scope.agency, scope.today).in_bulk(pks)
    faults = [*_form_faults(members), *_person_faults(scope, case, pks, people)]
    if faults:
        raise ValidationError(faults)
    return people


def _form_faults(members: Sequence[Member]) -> list[str]:
    faults = []
    if len(members) < MEMBERS_MIN:
        faults.append(to_thai(_("คณะกรรมการต้องมีอย่างน้อย %d คน") % MEMBERS_MIN))
    if sum(role == CommitteeRole.CHAIR for _pk, role in members) != 1:
        faults.append(_("ต้องมีประธานกรรมการหนึ่งคน"))
    if any(role not in CommitteeRole.values for _pk, role in members):
        faults.append(_("ไม่มีหน้าที่ในคณะแบบนี้"))
    return faults


def _person_faults(scope: Scope, case: Case, pks: list[int], people: Mapping[int, Person]) -> list[str]:
    barred = barred_from(scope, case)
    faults = [_("บุคคลที่เลือกไม่อยู่ในทะเบียนบุคลากรวันนี้")] if set(pks) - set(people) else []
    for pk, times in Counter(pks).items():
        if pk in people and times > 1:
            faults.append(_("เลือก %s ซ้ำ") % people[pk])
        if pk in people and pk in barred:
            faults.append(_("ตั้ง %(who)s ไม่ได้: %(why)s") % {"who": people[pk], "why": barred[pk]})
    return faults


def _check_outcomes(is_found: bool, outcomes: tuple[str, ...]) -> None:
    if set(outcomes) - {state.value for state in FOLLOWS}:
        raise ValidationError({"outcomes": _("ไม่มีทางดำเนินการแบบนี้")})
    if is_found and not outcomes:
        raise ValidationError({"outcomes": _("เมื่อพบมูล เลือกอย่างน้อยหนึ่งทาง")})
    if not is_found and outcomes:
        raise ValidationError({"outcomes": _("เมื่อไม่พบมูล ไม่ต้องเลือก")})


def _check_day(scope: Scope, order_date: date) -> None:
    if order_date > scope.today:
        raise ValidationError({"order_date": _("เป็นวันในอนาคต บันทึกเมื่อมีคำสั่งแล้ว")})
