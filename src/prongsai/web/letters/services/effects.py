"""What a signed letter does: committees and work assignments made, reports approved, memos issued, older ones replaced.

All of it happens in the transaction of the last signature; what cannot be carried out is told before a letter is sent.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from prongsai.thai.numerals import to_arabic
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, Committee, CommitteeRole, JobOrder, Person
from prongsai.web.agencies.queries import find_person
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.services.committees import add_committee, add_job_order
from prongsai.web.letters.models import Endorsement, Letter, LetterState
from prongsai.web.letters.queries.chain import active_of
from prongsai.web.letters.queries.content import options_of
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.plans.models import ReportState
from prongsai.web.plans.services import issue_dispatch
from prongsai.web.plans.services.reports import decide_by_letter

COMMITTEE, JOBS = "committee-order", "job-order"
_ROWS = {COMMITTEE: "appointees", JOBS: "assignments"}
_CITED = re.compile(r"\d{1,6}\s*/\s*2\d{3}")
_ROLES = {"vice_chair": CommitteeRole.VICE}


@transaction.atomic
def carry_out(scope: Scope, letter: Letter, *, is_confirmed: bool = False) -> None:
    """Carry out what a letter orders, once it is signed. Raises ValidationError and ProngsaiError when it cannot be.

    Of a secret order nothing is entered: everybody reads the lists of committees and of work assignments.
    """
    content = newest_text(letter).content
    if (found := _ORDERS.get(letter.paper)) and not letter.secrecy:
        found(scope, letter, content)
    if letter.report is not None:
        _approve(scope, letter, is_confirmed)
    if letter.dispatch is not None and letter.dispatch.issued_on is None:
        assert letter.number is not None and letter.dated is not None
        dispatch = letter.dispatch
        issue_dispatch(
            scope, dispatch=dispatch, version=dispatch.version, number=letter.number.text, issued_on=letter.dated
        )
    _replace(scope, letter)


def problems_of(letter: Letter) -> tuple[str, ...]:
    """Name what would keep a letter's effects from being carried out, before it is sent; empty when nothing would."""
    return tuple(_problems(letter))


def _problems(letter: Letter) -> Iterator[str]:
    content = newest_text(letter).content
    if letter.paper in _ROWS:
        yield from _row_problems(letter, content, content.get(_ROWS[letter.paper]) or ())
    if letter.report is not None and letter.report.state == ReportState.RETURNED:
        yield _("รายงานในหนังสือนี้ถูกส่งคืนแล้ว จัดทำรายงานฉบับใหม่ก่อน")


def _row_problems(letter: Letter, content: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not rows:
        yield _("คำสั่งยังไม่มีรายชื่อ")
    meant = {one["name"]: _meant(letter.agency, content, one["name"]) for one in rows}
    if unknown := [name for name, person in meant.items() if person is None]:
        text = _("ไม่มีในทะเบียนบุคลากร หรือมีหลายคนที่ชื่อเหมือนกัน: %(names)s เพิ่มหรือแก้ชื่อก่อน")
        yield text % {"names": ", ".join(unknown)}
    keys = [person.pk for person in meant.values() if person]
    if letter.paper == COMMITTEE and len(keys) > len(set(keys)):
        yield _("มีชื่อซ้ำในคำสั่ง")


def _meant(agency: Agency, content: Mapping[str, Any], name: str) -> Person | None:
    """Give who is meant by a name in an order: whom its drafter chose, else the one person of that name."""
    chosen = (options_of(content).get("people") or {}).get(name)
    found = Person.objects.filter(agency=agency, pk=chosen, merged_into=None).first() if chosen else None
    return found or find_person(agency, name)


# --- orders ---------------------------------------------------------------------------------------------------------
def _committee(scope: Scope, letter: Letter, content: Mapping[str, Any]) -> None:
    """Make the committee of an order, with its members; the one of the order that it takes the place of ends."""
    assert letter.number is not None and letter.dated is not None
    made = add_committee(
        scope,
        name=content["body"],
        order_no=letter.number.text,
        order_date=letter.dated,
        valid_from=_day(content.get("effective")) or letter.dated,
        valid_to=_day(options_of(content).get("until")),
        duties="\n".join(content.get("duties") or ()),
        members=[(_person(letter, content, one["name"]), _role(one["role"])) for one in content["appointees"]],
        replaces=_replaced_committee(letter, content),
    )
    journal.change(scope, letter, "letter.committee", committee=made)


def _role(text: str) -> str:
    return _ROLES.get(text, text)


def _replaced_committee(letter: Letter, content: Mapping[str, Any]) -> Committee | None:
    """Give the committee that an order ends: the chosen one, else of the letter it replaces or the order it cites."""
    open_ones = Committee.objects.filter(agency=letter.agency, replaced_by=None)
    if chosen := options_of(content).get("replaces"):
        return open_ones.filter(pk=chosen).first()
    if letter.supersedes and letter.supersedes.committee_id:
        return open_ones.filter(pk=letter.supersedes.committee_id).first()
    numbers = _CITED.findall(to_arabic(str(content.get("supersedes") or "")))
    found = list(open_ones.filter(order_no__in=["".join(one.split()) for one in numbers])[:2])
    return found[0] if len(found) == 1 else None


def _jobs(scope: Scope, letter: Letter, content: Mapping[str, Any]) -> None:
    """Make a work assignment of each row; who signed the order is its signer."""
    assert letter.number is not None and letter.dated is not None
    signer = _signer(letter).person
    _end_replaced_jobs(scope, letter, content)
    for one in content["assignments"]:
        duties = one["duties"]
        add_job_order(
            scope,
            person=_person(letter, content, one["name"]),
            duties=duties if isinstance(duties, str) else "\n".join(duties),
            order_no=letter.number.text,
            order_date=letter.dated,
            signer=signer,
            valid_from=_day(content.get("effective")),
        )


def _end_replaced_jobs(scope: Scope, letter: Letter, content: Mapping[str, Any]) -> None:
    """End the assignments of an order that is replaced, of those too whom the new one does not name any more."""
    old = letter.supersedes
    if old is None or old.paper != JOBS or old.number is None or letter.dated is None:
        return
    named = [_person(letter, content, one["name"]) for one in content["assignments"]]
    last = (_day(content.get("effective")) or letter.dated) - timedelta(days=1)
    open_ones = JobOrder.objects.filter(agency=letter.agency, order_no=old.number.text, valid_to=None)
    for one in open_ones.exclude(person__in=named):
        journal.change(scope, one, "job_order.replace", valid_to=max(last, one.valid_from or one.order_date))


def _person(letter: Letter, content: Mapping[str, Any], name: str) -> Person:
    found = _meant(letter.agency, content, name)
    if found is None:
        raise ValidationError(_("ไม่มี %(name)s ในทะเบียนบุคลากร") % {"name": name})
    return found


def _day(value: object) -> date | None:
    return parse_date(value) if isinstance(value, str) else None


_ORDERS: Mapping[str, Callable[[Scope, Letter, Mapping[str, Any]], None]] = {COMMITTEE: _committee, JOBS: _jobs}


# --- reports, older letters -----------------------------------------------------------------------------------------
def _signer(letter: Letter) -> Endorsement:
    found = active_of(letter).last()
    assert found is not None
    return found


def _approve(scope: Scope, letter: Letter, is_confirmed: bool) -> None:
    last = _signer(letter)
    if letter.report is None or last.appointment is None:
        raise ValidationError(_("ผู้อนุมัติรายงานต้องเป็นผู้บริหารสูงสุดในวันนั้น"))
    decide_by_letter(
        scope,
        report=letter.report,
        appointment=last.appointment,
        day=last.signed_on,
        opinion=last.opinion,
        is_confirmed=is_confirmed,
    )


def _replace(scope: Scope, letter: Letter) -> None:
    """Let a letter take the place of an older one; both show the other."""
    if letter.supersedes is not None and letter.supersedes.state == LetterState.SIGNED:
        journal.change(scope, letter.supersedes, "letter.replace", state=LetterState.REPLACED)
