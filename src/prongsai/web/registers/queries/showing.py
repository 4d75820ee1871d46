"""Values and states as somebody may see them."""

from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Field, Formula, Register
from prongsai.registers.values import show
from prongsai.thai.date_print import Digits
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import field_as_read, label_of
from prongsai.web.registers.queries.rights import HIDDEN, may_see_field


def shown(register: Register, field: Field, value: object, *, digits: Digits = "thai") -> str:
    """Print a value in Thai, as it is kept; a level of a matrix by its label."""
    if field.derivation and field.derivation.formula is Formula.MATRIX_LEVEL:
        return next((one.label_th for one in register.matrix if one.key == value), str(value or ""))
    return show(field, value, digits=digits)


def printed(register: Register, field: Field, value: object, *, digits: Digits = "thai") -> str:
    """Print a value as a page does: choices, yes and no in the language that is read."""
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    return shown(register, field_as_read(field), value, digits=digits)


def state_label(register: Register, key: str) -> str:
    """Name a state in the language that is read."""
    state = register.state_of(key)
    return label_of(state) if state else key


def shown_to(scope: Scope, register: Register, field: Field, value: object, *, digits: Digits = "thai") -> str:
    """Print a value for somebody: what is secret stays covered, except for who keeps the register."""
    text = printed(register, field, value, digits=digits)
    return text if not text or may_see_field(scope, register, field) else HIDDEN


def open_states(register: Register) -> list[str]:
    """Give the states in which something is still owed."""
    return [one.key for one in register.states if one.is_counted and not one.is_final]


def is_late(register: Register, entry: Entry, today: date) -> bool:
    """Whether an entry is past its day and not done."""
    if entry.due_on is None or entry.due_on >= today or entry.done_on is not None:
        return False
    return entry.state in open_states(register)
