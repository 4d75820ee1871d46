"""What a clerk types into the form of a register: what the script says, and the file's own example where it must."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from prongsai.registers.model import Field, FieldType, Ref
from prongsai.registers.rules import is_required
from prongsai.registers.values import read
from prongsai.thai.fiscal import fiscal_year
from prongsai.web.agencies.models import Agency, Person, Post, Unit
from prongsai.web.registers.models import Entry
from tests.registers.library.example import Everything

SAMPLES = Path(__file__).parents[2] / "samples"
# One file for each ending that a register may ask for.
FILES = {
    "pdf": SAMPLES / "office" / "tracking-2567-disordered.pdf",
    "png": SAMPLES / "site" / "pictures" / "office.png",
}
_NAMED: dict[FieldType, type[Model]] = {FieldType.UNIT: Unit, FieldType.PERSON: Person, FieldType.POST: Post}


def thai(day: date) -> str:
    """Give a day as a clerk types it."""
    return f"{day.day}/{day.month}/{day.year + 543}"


@dataclass
class Typing:
    """A form that is being filled in. who: signs where the example names somebody who is not there; year: fiscal (BE)."""

    agency: Agency
    who: Person
    today: date
    year: int
    data: dict[str, Any] = field(default_factory=dict)
    _values: dict[str, object] = field(default_factory=dict)

    def fill(
        self, asked: Iterable[Field], given: Mapping[str, Any], plan: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        """Type what is given, then whatever else must be filled; give what the browser sends."""
        asked = [one for one in asked if one.type is not FieldType.DERIVED]
        unknown = sorted(given.keys() - {one.key for one in asked})
        assert not unknown, f"no such fields: {unknown}"
        for one in asked:
            if one.key in given:
                self._put(one, given[one.key])
        while missing := [one for one in asked if one.key not in self._values and is_required(one, self._values, plan)]:
            for one in missing:
                self._put(one, self._usual(one))
        return self.data

    def _usual(self, one: Field) -> Any:
        """Give what is typed where the script says nothing."""
        if one.type is FieldType.FILE:
            return FILES[(one.accepts or ("pdf",))[0]]
        if one.type is FieldType.DATE:
            return self.today
        if one.type is FieldType.PERIOD:
            return fiscal_year(self.year)
        return f"{self.today.month}/{self.today.year + 543}" if one.type is FieldType.MONTH else one.example

    def _put(self, one: Field, value: Any) -> None:
        if value is None:
            return
        self._values[one.key] = self._meaning(one, value)
        self.data |= self._sent(one, one.key, value)

    def _meaning(self, one: Field, value: Any) -> object:
        """Give a value as rules see it: whether it is there, and of what is chosen, which."""
        if one.choices:
            return (
                tuple(_key(one, each) for each in _several(value))
                if one.type is FieldType.CHOICES
                else _key(one, value)
            )
        if isinstance(value, Model | Path | list) or one.type in (FieldType.FILE, FieldType.ENTRY):
            return Ref(1, str(value)) if not isinstance(value, list) else tuple(value)
        if isinstance(value, date) or hasattr(value, "start"):
            return value
        return read(one, str(value), Everything())

    def _sent(self, one: Field, name: str, value: Any) -> dict[str, Any]:
        """Give the inputs of a field."""
        if one.type is FieldType.ROWS:
            return self._rows(one, name, value)
        if one.type is FieldType.PERIOD:
            first, last = (value.start, value.end) if hasattr(value, "start") else value.split(" - ")
            return {f"{name}_from": _text(first), f"{name}_to": _text(last)}
        if one.type is FieldType.FILE:
            kind = "image/png" if value.suffix == ".png" else "application/pdf"
            return {name: SimpleUploadedFile(value.name, value.read_bytes(), kind)}
        if one.type is FieldType.CHOICES:
            return {name: [_key(one, each) for each in _several(value)]}
        if one.type is FieldType.YES_NO:
            return {name: {"ใช่": "yes", "ไม่ใช่": "no"}[value]}
        if one.choices:
            return {name: _key(one, value)}
        return {name: self._pointed(one, value) if one.type in (*_NAMED, FieldType.ENTRY) else _text(value)}

    def _rows(self, one: Field, name: str, value: Any) -> dict[str, Any]:
        columns = [each for each in one.columns if each.type is not FieldType.DERIVED]
        lines = value if isinstance(value, list) else [line.split(" | ") for line in value.split("; ")]
        found: dict[str, Any] = {}
        for place, line in enumerate(lines):
            for column, cell in zip(columns, line, strict=False):
                if cell not in ("", None):
                    found |= self._sent(column, f"{name}-{place}-{column.key}", cell)
        return found

    def _pointed(self, one: Field, value: Any) -> str:
        """Give the key of what is picked: by its name; else the unit of who types, who types, the newest entry."""
        if isinstance(value, Model):
            return str(value.pk)
        if one.type is FieldType.ENTRY:
            there = Entry.objects.filter(agency=self.agency, register=one.of).order_by("-pk")
            return str((there.filter(title=value).first() or there[0]).pk)
        there = list(_NAMED[one.type].objects.filter(agency=self.agency))
        named = next((each for each in there if str(each) == value or getattr(each, "title", "") == value), None)
        return str((named or (self.who if one.type is FieldType.PERSON else there[0])).pk)


def _several(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else str(value).split(", ")


def _key(one: Field, value: str) -> str:
    """Give the key of a choice that is named by its key or its label."""
    found = [each.key for each in one.choices if value in (each.key, each.label_th)]
    assert found, f"{one.key} has no choice {value}"
    return found[0]


def _text(value: Any) -> str:
    return thai(value) if isinstance(value, date) else str(value)
