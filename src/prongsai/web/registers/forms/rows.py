"""A grid: a field whose value is rows. Inputs are named ``<field>-<row>-<column>``; empty rows count for nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Field, FieldType
from prongsai.registers.read_values import ROWS_MAX
from prongsai.registers.values import Look
from prongsai.web.registers.forms.fields import Optional, field_for
from prongsai.web.registers.forms.options import Options
from prongsai.web.registers.queries.library import label_of
from prongsai.web.ui.templatetags.ui import thai_digits

MORE = 3


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    label: str
    help_text: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A drawn input with its head and what is wrong in it."""

    label: str
    drawn: SafeString
    error: str


class RowsWidget(forms.Widget):
    """Draw the rows that there are and three empty ones."""

    template_name = "registers/widgets/rows.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[Field], fields: Mapping[str, forms.Field]) -> None:
        super().__init__()
        self.columns, self.fields = columns, fields
        self.errors: dict[tuple[int, str], str] = {}
        self.asked = 0  # rows to draw at least

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        """Collect the rows that the form holds, empty ones too."""
        count = data.get(f"{name}-count", "")
        known = [_place(key, name) for key in data if key.startswith(f"{name}-")]
        last = max([*(place for place in known if place is not None), int(count[:4]) - 1 if count.isdecimal() else -1])
        return [self._row(data, files, f"{name}-{place}") for place in range(min(last + 1, ROWS_MAX))]

    def _row(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        return {
            key: field.widget.value_from_datadict(data, files, f"{name}-{key}") for key, field in self.fields.items()
        }

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the form held no such grid."""
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Draw every cell."""
        rows = list(value or ())
        filled = max((place + 1 for place, row in enumerate(rows) if any(row.values())), default=0)
        count = min(max(filled + MORE, self.asked), ROWS_MAX)
        lines = [self._line(name, place, rows[place] if place < len(rows) else {}) for place in range(count)]
        context = super().get_context(name, value, attrs)
        return context | {
            "name": name,
            "heads": self._heads(),
            "lines": lines,
            "count": count,
            "more": count < ROWS_MAX,
        }

    def _heads(self) -> list[Head]:
        fields = self.fields
        return [Head(str(fields[one.key].label), str(fields[one.key].help_text), one.required) for one in self.columns]

    def _line(self, name: str, place: int, row: Mapping[str, Any]) -> list[Slot]:
        return [self._slot(name, place, key, row.get(key)) for key in self.fields]

    def _slot(self, name: str, place: int, key: str, value: Any) -> Slot:
        field: Any = self.fields[key]
        error = self.errors.get((place, key), "")
        label = _("{label} แถวที่ {n}").format(label=field.label, n=thai_digits(place + 1))
        attrs: dict[str, Any] = {"aria-label": label, "id": f"id_{name}-{place}-{key}"}
        if error:
            attrs |= {"aria-invalid": "true"}
        shown = field.prepare_value(value)
        return Slot(str(field.label), field.widget.render(f"{name}-{place}-{key}", shown, attrs), error)


def _place(key: str, name: str) -> int | None:
    number = key[len(name) + 1 :].partition("-")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else None


class RowsCell(Optional, forms.Field):
    """Rows of a grid, read cell by cell; every faulty cell is named."""

    def __init__(self, cell: Field, options: Options, look: Look, **kwargs: Any) -> None:
        asked = tuple(one for one in cell.columns if one.type is not FieldType.DERIVED)
        fields = {
            one.key: field_for(one, options, look, label=label_of(one), help_text=one.help_th, required=False)
            for one in asked
        }
        self.widget_of = RowsWidget(asked, fields)
        super().__init__(widget=self.widget_of, **kwargs)
        # Field copies its widget; ours is to be told of errors.
        self.widget_of = self.widget
        self.places: list[int] = []  # of the rows that were filled, as they stand in the form

    def clean(self, value: Any) -> Any:
        """Give a tuple of rows, None for none. Raises ValidationError with a line for each faulty cell."""
        rows, wrong = [], []
        self.places = []
        for place, raw in enumerate(value or ()):
            if not any(_given(one) for one in raw.values()):
                continue
            self.places.append(place)
            row, errors = self._row(place, raw)
            rows.append(row)
            wrong += errors
        if wrong:
            raise ValidationError(wrong)
        return tuple(rows) or None

    def _row(self, place: int, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        row, wrong = {}, []
        for key, field in self.widget_of.fields.items():
            try:
                value = field.clean(raw.get(key))
            except ValidationError as error:
                wrong.append(self.mark(place, key, " ".join(error.messages)))
            else:
                if value is not None:
                    row[key] = value
        return row, wrong

    def mark(self, place: int, key: str, message: str) -> str:
        """Say what is wrong with a cell, and show it there."""
        self.widget_of.errors[place, key] = message
        field = self.widget_of.fields.get(key)
        named = f" {field.label}" if field else ""
        return _("แถวที่ {n}{column}: {message}").format(n=thai_digits(place + 1), column=named, message=message)

    def told(self, fault: Fault) -> str:
        """Say a fault of the rules, whose rows are counted from one without the empty ones."""
        text = f"{fault.message_th} {fault.mend_th}".strip()
        if fault.row is None or fault.row > len(self.places):
            return text
        return self.mark(self.places[fault.row - 1], fault.column, text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether rows are there; what changed in them is for the service to see."""
        return bool(data)


def _given(value: Any) -> bool:
    return any(_given(one) for one in value) if isinstance(value, list | tuple) else value not in (None, "", False)
