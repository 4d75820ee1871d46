"""Gifts: who received a gift does not decide about it, whoever wrote the entry down."""

from django.utils.translation import gettext as _

from prongsai.registers.model import Move, Register
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Refuse a decision to who received the gift."""
    receiver = (entry.values.get("receiver") or {}).get("id")
    if move.by == "decider" and receiver in scope.person_ids:
        return _("ผู้รับของขวัญพิจารณาเรื่องของตนเองไม่ได้")
    return ""
