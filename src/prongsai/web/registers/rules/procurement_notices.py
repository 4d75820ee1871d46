"""Procurement notices: those that are due and not posted yet, with the days that they are late so far."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Register
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted, listed


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Name what should stand before the public by now and does not, the longest waiting first."""
    waiting = [
        ((scope.today - due).days, entry.title)
        for entry, values in counted(scope, register, year)
        if isinstance(due := values.get("due_on"), date) and due < scope.today and values.get("posted_on") is None
    ]
    if waiting:
        told = [
            to_thai(_("{title} ล่าช้า {n} วัน").format(title=title, n=days))
            for days, title in sorted(waiting, reverse=True)
        ]
        yield Notice(_("เลยกำหนดแล้วยังไม่เผยแพร่: {names}").format(names=listed(told)))
