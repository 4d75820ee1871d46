"""A register as an office calls it: labels in place of the file's, so that forms, tables and faults all say them."""

from collections.abc import Mapping
from dataclasses import replace

from prongsai.registers.model import Register


def relabelled(register: Register, labels: Mapping[str, str], name: str = "") -> Register:
    """Give a register under other labels (field key → label) and another name; what is not named stays."""
    if not labels and not name:
        return register
    fields = tuple(replace(one, label_th=labels.get(one.key) or one.label_th) for one in register.fields)
    return replace(register, fields=fields, name_th=name or register.name_th)
