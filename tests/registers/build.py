"""Registers made by hand, small enough to read."""

from collections.abc import Mapping
from typing import Any

from prongsai.registers.model import Choice, Field, FieldType, Flow, Openness, Ref, Register, State


def field(key: str, type_: str, label: str = "", **given: Any) -> Field:
    choices = tuple(Choice(one, text) for one, text in given.pop("choices", {}).items())
    openness = Openness(given.pop("open", "public"))
    return Field(key, FieldType(type_), label or key, choices=choices, openness=openness, **given)


STATES = (
    State("kept", "บันทึกแล้ว", is_final=True),
    State("withdrawn", "ยกเลิก", is_final=True, is_counted=False, is_public=False),
)


def register(*fields: Field, **given: Any) -> Register:
    settings: dict[str, Any] = {
        "id": "things",
        "name_th": "ทะเบียนสิ่งของ",
        "name_en": "Things",
        "group": "property",
        "systems": ("H4",),
        "flow": Flow.RECORD,
        "title": f"{{{fields[0].key}}}",
        "fields": fields,
        "states": STATES,
        "moves": (),
    }
    return Register(**{**settings, **given})


class Office:
    """A look that knows a few names."""

    def __init__(self, **names: Mapping[str, int]) -> None:
        self.names = names

    def _find(self, kind: str, text: str) -> Ref | None:
        number = self.names.get(kind, {}).get(text)
        return Ref(number, text) if number else None

    def unit(self, text: str) -> Ref | None:
        return self._find("unit", text)

    def person(self, text: str) -> Ref | None:
        return self._find("person", text)

    def post(self, text: str) -> Ref | None:
        return self._find("post", text)

    def entry(self, register: str, text: str) -> Ref | None:
        return self._find(register, text)

    def nearest(self, kind: str, text: str) -> list[str]:
        return [name for name in self.names.get(kind, {}) if name[:3] == text[:3]]
