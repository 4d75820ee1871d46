"""What a period of a register holds, and its values as the forms take them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from prongsai.documents.model import Line
from prongsai.documents.read.printed import as_printed
from prongsai.registers.model import Field, Ref, Register, Values
from prongsai.registers.values import show
from prongsai.reports.forms import values as forms
from prongsai.reports.forms.signing import Signed
from prongsai.thai.fiscal import Span, fiscal_year, fiscal_year_be

_LIST = forms.Declared("list", forms.Kind.LIST)


@dataclass(frozen=True, slots=True)
class Closing:
    """A period as it is put on a form. rows: typed values of its entries; of a plan, with what the period reports.

    earlier: of each row, what earlier periods of the same year reported, the oldest first; none where the form does
    not ask. others: rows of other registers of the year that the form asks for, by their id; of a plan with its newest
    report.
    """

    register: Register
    agency: str
    start: date
    end: date
    rows: Sequence[Values]
    signed: Signed
    earlier: Sequence[Sequence[Values]] = ()
    others: Mapping[str, Sequence[Values]] = field(default_factory=dict)

    @property
    def fiscal_year_be(self) -> int:
        """The fiscal year (BE) that the period is of."""
        return fiscal_year_be(self.start)

    @property
    def period(self) -> forms.Period:
        """The period itself."""
        return forms.Period(self.start, self.end)

    @property
    def so_far(self) -> forms.Period:
        """From the beginning of the fiscal year to the end of the period."""
        return forms.Period(fiscal_year(self.fiscal_year_be).start, self.end)

    def label(self, values: Values, key: str) -> str:
        """Give a value as people read it: a choice by its label."""
        found = self._field(key)
        return as_printed(show(found, values.get(key))) if found and values.get(key) is not None else ""

    def label_of(self, key: str, choice: object) -> str:
        """Give the label of a choice, also of a column in rows (``staff.kind``), "" for one that there is not."""
        name, _, column = key.partition(".")
        found = self._field(name)
        if found and column:
            found = next((one for one in found.columns if one.key == column), None)
        known = found.choice(choice) if found and isinstance(choice, str) else None
        return known.label_th if known else ""

    def _field(self, key: str) -> Field | None:
        progress = self.register.progress.fields if self.register.progress else ()
        return next((one for one in (*self.register.fields, *progress) if one.key == key), None)


def text(values: Values, key: str) -> str:
    """Give a text on one line, or the name of what is pointed at; "" for none."""
    value = values.get(key)
    told = value.text if isinstance(value, Ref) else value
    return as_printed(told) if isinstance(told, str) else ""


def paragraphs(values: Values, key: str) -> tuple[str, ...]:
    """Give a long text by its lines."""
    value = values.get(key)
    lines = value.splitlines() if isinstance(value, str) else []
    return tuple(told for line in lines if not forms.is_blank(told := as_printed(line)))


def items(values: Values, key: str) -> tuple[str, ...]:
    """Give a long text as the items of a list; numbers before them are not kept."""
    lines = [Line(told) for told in paragraphs(values, key)]
    found: tuple[str, ...] = forms.read(lines, _LIST) if lines else ()
    return found


def money(values: Values, key: str) -> Decimal | None:
    """Give an amount or another number; None for none."""
    value = values.get(key)
    return value if isinstance(value, Decimal) else None


def amount(values: Values, key: str) -> Decimal:
    """Give an amount, 0 for none."""
    return money(values, key) or Decimal(0)


def whole(values: Values, key: str) -> int | None:
    """Give a whole number; None for none."""
    value = values.get(key)
    return int(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else None


def day(values: Values, key: str) -> date | None:
    """Give a day; None for none."""
    value = values.get(key)
    return value if isinstance(value, date) else None


def period(values: Values, key: str) -> forms.Period | None:
    """Give a period; None for none."""
    value = values.get(key)
    return forms.Period(value.start, value.end) if isinstance(value, Span) else None


def rows(values: Values, key: str) -> Sequence[Mapping[str, Any]]:
    """Give the rows of a field."""
    value = values.get(key)
    return value if isinstance(value, tuple | list) else ()


def member(kind: type[StrEnum], value: object, default: Any = None) -> Any:
    """Give the member of an enum that a choice's key is; an office's own register may have others."""
    return kind(value) if isinstance(value, str) and value in {str(one) for one in kind} else default
