"""A memo of the clerk, its way up, and signing as somebody in a role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Decision, Endorsement, Letter, Method
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.services import chain
from prongsai.web.letters.services.writing import start_letter

MEMO = {
    "office": "สำนักปลัดเทศบาล เทศบาลตำบลบ้านสวนพลู",
    "to": "นายกเทศมนตรีตำบลบ้านสวนพลู",
    "body": ["ด้วยสำนักปลัดเทศบาลได้สำรวจครุภัณฑ์แล้ว", "สำนักปลัดเทศบาลจึงขอรายงานผลการสำรวจ"],
    "closing": "โปรดพิจารณา",
}
WAY = (Role.CLERK, Role.COORDINATOR, Role.SECRETARY, Role.MAYOR)


@pytest.fixture
def memo_letter(scope) -> Letter:
    """A draft memo of the clerk of the office of the permanent secretary, addressed to the mayor."""
    me = scope(Role.CLERK)
    unit = me.person.appointments.get().post.unit
    return start_letter(me, paper="memo", subject="รายงานผลการสำรวจครุภัณฑ์", content=MEMO, unit=unit)


@pytest.fixture
def chain_of(scope) -> Callable[[Letter], Letter]:
    """Send a letter on the way that is proposed for it."""

    def send(letter: Letter, role: Role = Role.CLERK) -> Letter:
        return chain.send(scope(role), letter=letter, version=letter.version)

    return send


@pytest.fixture
def endorse_as(scope) -> Callable[..., Endorsement]:
    """Sign as somebody in a role: ``endorse_as(letter, Role.MAYOR, "approve", "อนุมัติ")``."""

    def sign(
        letter: Letter, role: Role, decision: str = Decision.FORWARD, opinion: str = "เพื่อโปรดพิจารณา", **more: Any
    ) -> Endorsement:
        letter.refresh_from_db()
        given = {"version": letter.version, "seen": newest_text(letter).sha256, "method": Method.PASSWORD} | more
        return chain.endorse(scope(role), letter=letter, decision=decision, opinion=opinion, **given)

    return sign


@pytest.fixture
def sign_all(chain_of, endorse_as) -> Callable[[Letter], Letter]:
    """Send a letter on its way and let everybody sign."""

    def sign(letter: Letter) -> Letter:
        chain_of(letter)
        for role in WAY[:-1]:
            endorse_as(letter, role)
        endorse_as(letter, Role.MAYOR, Decision.APPROVE, "อนุมัติ")
        letter.refresh_from_db()
        return letter

    return sign
