"""Who may see, enter, change, move and keep what."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from prongsai.registers.model import Field, Flow, Move, Openness, Register
from prongsai.registers.values import from_json
from prongsai.registers.views import met
from prongsai.web.agencies.roles import Power, Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.queries.parts import closed_of, open_to
from prongsai.web.registers.rules import hooks_of

HIDDEN = "ปกปิด"
_DOES = (Power.DO_WORK, Power.RUN_CYCLE, Power.APPROVE)


def may_keep(scope: Scope, register: Register) -> bool:
    """Whether somebody keeps the register: an owner's role, or who runs the cycle unless the file shuts them out."""
    runs = scope.can(Power.RUN_CYCLE) and not register.own_readers
    return runs or bool(scope.roles & set(register.owners))


def may_see(scope: Scope, register: Register) -> bool:
    """Whether somebody may see its entries: all who see work, unless the file names its readers."""
    if not scope.can(Power.SEE_WORK):
        return False
    named = {*register.readers, *register.own_readers}
    is_theirs = bool(register.own) and scope.person is not None
    return not named or is_theirs or bool(scope.roles & named) or may_keep(scope, register)


def may_see_all(scope: Scope, register: Register) -> bool:
    """Whether somebody may see the register of every unit, its periods too; not who reads of the own units or self."""
    if not may_see(scope, register):
        return False
    is_parted = register.own_readers or (register.own and register.readers)
    return not is_parted or bool(scope.roles & set(register.readers)) or may_keep(scope, register)


def seen_of(scope: Scope, register: Register, found: QuerySet[Entry]) -> QuerySet[Entry]:
    """Keep the entries of a register that somebody may see among those of their agency."""
    if not may_see(scope, register):
        return found.none()
    hidden = hidden_states(scope, register)
    found = found.exclude(state__in=hidden) if hidden else found
    return theirs_only(scope, open_to(scope, found, register.id), register)


def theirs_only(scope: Scope, found: QuerySet[Entry], *registers: Register) -> QuerySet[Entry]:
    """Leave out what does not concern somebody who reads a register only in part, or what they are kept from."""
    whens = [when for register in registers for when in _whens(scope, register)]
    return found.filter(Case(*whens, default=Value(True), output_field=BooleanField())) if whens else found


def _whens(scope: Scope, register: Register) -> Iterator[When]:
    if register.kept_from and scope.person is not None:
        yield When(_names(scope, *register.kept_from), register=register.id, then=Value(False))
    if not may_see_all(scope, register):
        yield When(_theirs(scope, register), register=register.id, then=Value(True))
        yield When(register=register.id, then=Value(False))


def _theirs(scope: Scope, register: Register) -> Q:
    of_units = Q(unit__in=scope.unit_ids) if scope.roles & set(register.own_readers) else Q(pk__in=())
    return of_units | _names(scope, register.own) if register.own else of_units


def _names(scope: Scope, *fields: str) -> Q:
    """Give what an entry must meet to name somebody in one of its person fields."""
    people = sorted(scope.person_ids)
    return reduce(or_, (Q(**{f"values__{field}__id__in": people}) for field in fields if people), Q(pk__in=()))


def may_see_entry(scope: Scope, register: Register, entry: Entry) -> bool:
    """Whether somebody may see an entry of their agency."""
    if not may_see(scope, register) or entry.state in hidden_states(scope, register) or _is_shut(scope, entry):
        return False
    if _is_named(scope, entry, *register.kept_from):
        return False
    of_unit = bool(scope.roles & set(register.own_readers)) and _is_own_unit(scope, entry.unit_id)
    return may_see_all(scope, register) or of_unit or _is_named(scope, entry, register.own)


def _is_named(scope: Scope, entry: Entry, *fields: str) -> bool:
    """Whether one of these person fields of an entry names somebody."""
    named = {one["id"] for field in fields if isinstance(one := entry.values.get(field), dict)}
    return bool(scope.person_ids & named)


def _is_shut(scope: Scope, entry: Entry) -> bool:
    """Whether an entry belongs to a part of its register that somebody may not see."""
    shut = closed_of(entry.register, scope.roles)
    return bool(shut) and bool(met(shut, from_json(edition_of(entry.register, entry.since_be).fields, entry.values)))


def hidden_states(scope: Scope, register: Register) -> tuple[str, ...]:
    """Give the states whose entries somebody may not see though they may see the register."""
    return tuple(one.key for one in register.states if one.readers and not scope.roles & set(one.readers))


def may_see_field(scope: Scope, register: Register, field: Field) -> bool:
    """Whether somebody may see what a field says: secret ones only who keeps the register."""
    return field.openness is not Openness.SECRET or may_keep(scope, register)


def may_enter(scope: Scope, register: Register) -> bool:
    """Whether somebody may make entries; where everyone enters, executives too, who keep nothing themselves."""
    if register.everyone and scope.can(Power.APPROVE):
        return True
    if register.own and scope.person is not None and scope.can(Power.SEE_WORK):
        return True
    if not (scope.can(Power.DO_WORK) or scope.can(Power.RUN_CYCLE)):
        # Auditors and who guards personal data do nobody else's work, but they keep registers of their own.
        return scope.can(Power.SEE_WORK) and bool(scope.roles & set(register.owners))
    return register.everyone or may_keep(scope, register)


def may_change(scope: Scope, register: Register, entry: Entry) -> bool:
    """Whether somebody may change an entry: who keeps the register any, others their own unit's until it is decided."""
    if not may_enter(scope, register) or _is_shut(scope, entry) or _is_named(scope, entry, *register.kept_from):
        return False
    if register.own and not may_keep(scope, register):
        return _is_named(scope, entry, register.own) and entry.state == register.first_state.key
    return may_keep(scope, register) or (_is_own_unit(scope, entry.unit_id) and not is_decided(register, entry))


def is_decided(register: Register, entry: Entry) -> bool:
    """Whether a decision about an entry was made: what was decided on is not rewritten by who asked for it."""
    decisions = [one for one in register.moves if one.by == "decider"]
    return bool(decisions) and not any(entry.state in one.sources for one in decisions)


def may_report(scope: Scope, register: Register, entry: Entry) -> bool:
    """Whether somebody may report the progress of a plan's entry: who keeps the plan, and the unit that does it."""
    if not may_see(scope, register) or _is_shut(scope, entry):
        return False
    return may_keep(scope, register) or scope.can_change(entry.unit_id)


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Say why somebody may not make a move with an entry; empty when nothing is against it.

    One query where a head decides about what another unit owns; the register's own rules may ask more.
    """
    if entry.state not in move.sources:
        return _("ทำขั้นตอนนี้ไม่ได้ในสถานะปัจจุบัน")
    if _is_shut(scope, entry) or _is_named(scope, entry, *register.kept_from):
        return _("ท่านไม่มีสิทธิ์ทำขั้นตอนนี้")
    why = _why_not_by(scope, register, entry, move)
    if not why and move.not_own and is_own(scope, entry):
        why = _("ผู้ขอหรือผู้บันทึกพิจารณาเรื่องของตนเองไม่ได้")
    return why or hooks_of(register.id).why_not_move(scope, register, entry, move)


def is_own(scope: Scope, entry: Entry) -> bool:
    """Whether an entry was asked for or written down by who asks."""
    asked = scope.person is not None and entry.asked_by_id == scope.person.pk
    return asked or (scope.user is not None and entry.written_by_id == scope.user.pk)


def _why_not_by(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    if move.by == "decider":
        return "" if _may_decide(scope, register, entry) else _("ขั้นตอนนี้เป็นของผู้มีอำนาจพิจารณา")
    if move.by == "any":
        does = any(scope.can(power) for power in _DOES) and may_see(scope, register)
        is_theirs = may_keep(scope, register) or is_own(scope, entry) or _is_own_unit(scope, entry.unit_id)
        to = register.state_of(move.to)
        # Anybody may help an entry on; only whom it is of takes it out of the count.
        return "" if does and (is_theirs or (to is not None and to.is_counted)) else _("ท่านไม่มีสิทธิ์ทำขั้นตอนนี้")
    # Where somebody decides, a unit does not hand out to itself what it has asked for.
    own = register.flow is not Flow.REQUEST and may_change(scope, register, entry)
    return "" if own or may_keep(scope, register) else _("ขั้นตอนนี้เป็นของผู้ดูแลทะเบียน")


def _may_decide(scope: Scope, register: Register, entry: Entry) -> bool:
    if scope.roles & (set(register.deciders) - {Role.HEAD}):
        return True
    if Role.HEAD not in register.deciders or Role.HEAD not in scope.roles:
        return False
    return _is_own_unit(scope, entry.unit_id) or _owns_target(scope, entry)


def _owns_target(scope: Scope, entry: Entry) -> bool:
    """Whether the entry asks for something that belongs to a unit of one's own."""
    return bool(scope.unit_ids) and entry.links.filter(target__unit__in=scope.unit_ids).exists()


def _is_own_unit(scope: Scope, unit_id: int | None) -> bool:
    return unit_id is not None and unit_id in scope.unit_ids
