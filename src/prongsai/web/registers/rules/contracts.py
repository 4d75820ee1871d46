"""Contracts: none is made with whom somebody with a role in the procurement has declared a relation to."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from prongsai.registers.model import Fault, Register, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules._relations import PURCHASE, counted_of, duties_in, values_of
from prongsai.web.registers.rules._rows import id_of
from prongsai.web.registers.rules._winners import winner_faults, winner_picture


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterable[Fault]:
    """Refuse a party to whom somebody with a role in it has declared a relation."""
    return winner_faults(scope, "contractor", values, entry, _roles(scope, values, entry))


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Warn of relations to the party."""
    return winner_picture(scope, entry, _roles(scope, values_of(entry), entry)) if entry else SafeString("")


def _roles(scope: Scope, values: Values, entry: Entry | None) -> QuerySet[Entry]:
    """Give the roles in a contract: named by itself, its purchase, or what its purchase names."""
    purchase = id_of(values.get("purchase"))
    made = counted_of(scope, PURCHASE).filter(pk=purchase).first() if purchase else None
    its = values_of(made) if made else {}
    targets = [entry.pk if entry else None, purchase, id_of(its.get("plan"))]
    return duties_in(scope, targets, str(its.get("egp_no") or ""))
