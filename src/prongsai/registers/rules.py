"""Whether an entry's values may be taken: what is required, within bounds, of the right kind, and by declared rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from prongsai.registers.bounds import value_faults
from prongsai.registers.conditions import holds, is_filled
from prongsai.registers.derive import derive
from prongsai.registers.model import Fault, Field, FieldType, Register, Rule, Values
from prongsai.registers.rule_kinds import Asked, broken
from prongsai.registers.year_checks import year_faults

__all__ = ["faults", "holds", "progress_faults", "year_faults"]


def faults(
    register: Register,
    values: Values,
    *,
    at: str = "",
    today: date,
    fiscal_year_be: int = 0,
    progress_of: Values | None = None,
) -> list[Fault]:
    """Name every fault and warning of an entry's values, in the order of the fields, then of the rules.

    at: the move at which they are given; only its fields are required. fiscal_year_be: the entry's, 0 for none.
    progress_of: the plan entry that the values report on.
    """
    asked = Asked(register.fields, _with_derived(register, values), today, fiscal_year_be, progress_of)
    found = required_faults(register.fields, at, asked) + _bounds(register.fields, values)
    return found + rule_faults(register.rules, asked, at)


def progress_faults(register: Register, plan_values: Values, values: Values, today: date) -> list[Fault]:
    """Name every fault and warning of what is reported of a plan entry."""
    progress = register.progress
    if progress is None:
        return []
    known = {field.key for field in progress.fields}
    own = {**values, **derive(register, values, fields=progress.fields)}
    plan = {key: value for key, value in _with_derived(register, plan_values).items() if key not in known}
    asked = Asked((*progress.fields, *register.fields), own, today, 0, plan)
    found = required_faults(progress.fields, "", asked) + _bounds(progress.fields, values)
    return found + rule_faults(progress.rules, asked, "")


def _with_derived(register: Register, values: Values) -> Mapping[str, object]:
    return {**values, **derive(register, values)}


def is_shown(field: Field, values: Mapping[str, object], plan: Values | None = None) -> bool:
    """Whether a field is asked for these values."""
    return field.shown_if is None or holds(field.shown_if, values, plan)


def is_required(field: Field, values: Mapping[str, object], plan: Values | None = None) -> bool:
    """Whether a field must be filled for these values."""
    wanted = field.required or (field.required_if is not None and holds(field.required_if, values, plan))
    return wanted and is_shown(field, values, plan)


def required_faults(fields: Sequence[Field], at: str, asked: Asked) -> list[Fault]:
    """Name the fields that are asked at a move, required, and empty."""
    found = []
    for field in fields:
        if field.at != at or field.type is FieldType.DERIVED or is_filled(asked.values.get(field.key)):
            continue
        if is_required(field, asked.values, asked.plan):
            found.append(_missing(field, asked))
    return found


def _missing(field: Field, asked: Asked) -> Fault:
    verb = "เลือก" if field.choices else "แนบ" if field.type is FieldType.FILE else "กรอก"
    why = "" if field.required or field.required_if is None else f" เมื่อ{asked.condition_th(field.required_if)}"
    example = f"ตัวอย่าง {field.example}" if field.example else ""
    return Fault(field.key, "REQUIRED", f"ยังไม่ได้{verb}{field.label_th}{why}", example)


def _bounds(fields: Sequence[Field], values: Values) -> list[Fault]:
    return [
        fault for field in fields if field.key in values for fault in value_faults(field, values[field.key], values)
    ]


def rule_faults(rules: Sequence[Rule], asked: Asked, at: str) -> list[Fault]:
    """Name the declared rules that do not hold; what a rule needs and is not there does not break it."""
    found: list[Fault] = []
    for rule in rules:
        if rule.when is None or holds(rule.when, asked.values, asked.plan):
            found += [_as_declared(rule, fault) for fault in broken(rule, asked, at)]
    return found


def _as_declared(rule: Rule, fault: Fault) -> Fault:
    return replace(fault, message_th=rule.message_th or fault.message_th, is_warning=rule.is_warning)
