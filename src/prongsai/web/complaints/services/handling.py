"""Moving a case from state to state, with a second handler's hand where a report has no name, and keeping it longer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Kind, Said
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Channel, State
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.handling import is_own
from prongsai.web.complaints.queries.progress import may_follow, proposal_of
from prongsai.web.complaints.services.acting import act, expiry, needed, seen
from prongsai.web.complaints.services.cases import say_as
from prongsai.web.complaints.states import MOVES, Ask, Move

KEPT_MAX_DAYS = 3660
_MARK_BYTES = 8
Given = Mapping[str, object]


def move_case(scope: Scope, key: Key, case: Case, *, move: str, given: Given, version: int) -> Case:
    """Take a step. given: what the move asks for, by ``Ask``; days as dates.

    Accepting or refusing a report without a name is only proposed: the state stays until a second handler agrees.
    Raises ValidationError for a move that does not lead from here, for what is missing, and for an outcome that no
    committee has reported; Stale.
    """
    seen(case, version)
    chosen = MOVES.get(move)
    _check(case, chosen)
    assert chosen is not None
    kept = _kept(chosen, case, given)
    if chosen.is_seconded(case.told.mode):
        return _propose(scope, key, case, chosen, kept, version)
    return _moved(scope, key, case, chosen, kept, version)


def confirm_second(scope: Scope, key: Key, case: Case, *, is_agreed: bool, text: str, version: int) -> Case:
    """Answer what another handler proposed: agree, and the case moves, or send it back with a reason.

    Raises ValidationError when nothing waits, for whoever proposed it, also by another key of theirs; Stale.
    """
    seen(case, version)
    proposal = proposal_of(case.report.state, case.said)
    if proposal is None:
        raise ValidationError(_("ไม่มีข้อเสนอที่รอความเห็นชอบ"))
    if is_own(key, proposal):
        raise ValidationError(_("ผู้เสนอเห็นชอบเองไม่ได้ ต้องเป็นผู้รับเรื่องอีกคน"))
    if is_agreed:
        return _moved(scope, key, case, proposal.move, proposal.given, version, answers=proposal.mark, opinion=text)
    step = say_as(scope, key, Kind.STEP, needed(text, "text"), answers=proposal.mark, is_agreed=False)
    return act(scope, case, step, version=version)


def keep_longer(scope: Scope, key: Key, case: Case, *, until: date, reason: str, version: int) -> Case:
    """Put off the day on which a case is shredded. Raises ValidationError for no reason and for a day that is no later.

    It cannot be brought forward: nobody makes a case vanish before its time.
    """
    seen(case, version)
    was = case.report.expires_on
    if was is None:
        raise ValidationError(_("เรื่องนี้ยังไม่สิ้นสุด จึงยังไม่มีวันทำลายข้อมูล"))
    if until <= was:
        raise ValidationError({"until": _("ต้องเป็นวันหลังวันทำลายข้อมูลเดิม")})
    if until > scope.today + timedelta(days=KEPT_MAX_DAYS):
        raise ValidationError({"until": _("เก็บต่อได้ไม่เกินสิบปีจากวันนี้")})
    data = {"keep": until.isoformat(), "was": was.isoformat()}
    step = say_as(scope, key, Kind.STEP, needed(reason, "reason"), **data)
    return act(scope, case, step, version=version, expires_on=until)


def _check(case: Case, move: Move | None) -> None:
    if move is None or move.is_by_order or case.report.state not in move.before:
        raise ValidationError(_("ทำขั้นตอนนี้จากสถานะปัจจุบันไม่ได้ เปิดหน้าดำเนินการเพื่อดูขั้นตอนถัดไป"))
    if move.outcome is not None and move.outcome not in may_follow(case.said):
        raise ValidationError(_("ทำได้เมื่อคณะกรรมการสอบข้อเท็จจริงรายงานผลแล้ว และผลสอบเป็นเช่นนั้น"))
    if move.needs_second and proposal_of(case.report.state, case.said) is not None:
        raise ValidationError(_("มีข้อเสนอรอความเห็นชอบของผู้รับเรื่องคนที่สองอยู่แล้ว"))


def _kept(move: Move, case: Case, given: Given) -> dict[str, str]:
    """Give what was given, days as ISO. Raises ValidationError with everything that is missing."""
    asked = move.asked(case.told.mode)
    kept = {ask.value: _plain(given.get(ask.value)) for ask in (*asked, *move.may)}
    missing = {ask.value: _("ยังไม่ได้กรอก") for ask in asked if not kept[ask.value]}
    if missing:
        raise ValidationError(missing)
    return kept


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def _propose(scope: Scope, key: Key, case: Case, move: Move, given: dict[str, str], version: int) -> Case:
    mark = secrets.token_hex(_MARK_BYTES)
    step = say_as(scope, key, Kind.STEP, given[Ask.REASON], move=move.name, pending=True, mark=mark, given=given)
    return act(scope, case, step, version=version)


def _moved(
    scope: Scope,
    key: Key,
    case: Case,
    move: Move,
    given: Mapping[str, str],
    version: int,
    *,
    answers: str = "",
    opinion: str = "",
) -> Case:
    data = {name: value for name, value in given.items() if value and name != Ask.REASON}
    data |= {"move": move.name, "from": case.report.state, "to": move.after.value}
    if answers:
        data |= {"answers": answers, "opinion": opinion.strip()}
    step = say_as(scope, key, Kind.STEP, given.get(Ask.REASON, ""), **data)
    return act(
        scope,
        case,
        step,
        *_told(scope, key, given),
        version=version,
        state=move.after,
        expires_on=_expiry(scope, case, move.after),
    )


def _told(scope: Scope, key: Key, given: Mapping[str, str]) -> list[Said]:
    told = given.get(Ask.TOLD, "")
    return [say_as(scope, key, Kind.REPLY, told)] if told else []


def _expiry(scope: Scope, case: Case, state: State) -> date | None:
    channel = Channel.objects.get(agency=scope.agency)
    return expiry(channel, state, scope.today, case.report.expires_on)
