"""Registers whose period is printed on a form of its own: from entries to the form's records."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from prongsai.documents.model import Document
from prongsai.registers.model import Register, Values
from prongsai.registers.values import show
from prongsai.reports.forms import procurement_summary
from prongsai.reports.forms.procurement_summary import ProcurementSummary, Purchase
from prongsai.reports.forms.values import Offer, Reference

Compose = Callable[[Register, str, date, Sequence[Values], date | None], Document]


def form_of(register: Register) -> Compose | None:
    """Give how a register's period is put on its own form; None when it has none."""
    return _FORMS.get(register.print_.kind)


def _procurement(
    register: Register, agency: str, start: date, rows: Sequence[Values], published_on: date | None
) -> Document:
    purchases = tuple(_purchase(register, values) for values in rows)
    return procurement_summary.compose(ProcurementSummary(agency, start.replace(day=1), published_on, purchases))


def _purchase(register: Register, values: Values) -> Purchase:
    return Purchase(
        work=_text(values, "work"),
        budget_thb=_money(values, "budget_thb") or Decimal(0),
        reference_thb=_money(values, "reference_thb"),
        method=_label(register, values, "method"),
        bidders=tuple(Offer(str(one["name"]), Decimal(str(one["price_thb"]))) for one in _rows(values, "bidders")),
        winner=Offer(_text(values, "winner"), _money(values, "agreed_thb") or Decimal(0)),
        reason=_text(values, "reason"),
        contract=Reference(_text(values, "contract_no"), _day(values, "contract_on")),
    )


def _text(values: Values, key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _money(values: Values, key: str) -> Decimal | None:
    value = values.get(key)
    return value if isinstance(value, Decimal) else None


def _day(values: Values, key: str) -> date | None:
    value = values.get(key)
    return value if isinstance(value, date) else None


def _label(register: Register, values: Values, key: str) -> str:
    field = register.field_of(key)
    return show(field, values.get(key)) if field else ""


def _rows(values: Values, key: str) -> Sequence[Mapping[str, object]]:
    value = values.get(key)
    return value if isinstance(value, tuple | list) else ()


_FORMS: Mapping[str, Compose] = {procurement_summary.NAME: _procurement}
