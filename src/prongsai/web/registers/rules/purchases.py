"""Purchases: nobody wins to whom somebody with a role in the procurement has declared a relation."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from prongsai.registers.model import Fault, Register, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryLink
from prongsai.web.registers.rules._relations import CONTRACT, duties_in, values_of
from prongsai.web.registers.rules._rows import id_of
from prongsai.web.registers.rules._winners import winner_faults, winner_picture


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterable[Fault]:
    """Refuse a winner to whom somebody with a role in it has declared a relation."""
    return winner_faults(scope, "winner", values, entry, _roles(scope, values, entry))


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Warn of relations to anybody who bid."""
    return winner_picture(scope, entry, _roles(scope, values_of(entry), entry)) if entry else SafeString("")


def _roles(scope: Scope, values: Values, entry: Entry | None) -> QuerySet[Entry]:
    """Give the roles in a purchase: named by its item in the plan, itself, its contracts, or its e-GP number."""
    targets = [id_of(values.get("plan"))]
    if entry is not None:
        made = EntryLink.objects.filter(target=entry, field="purchase", entry__register=CONTRACT)
        targets += [entry.pk, *made.values_list("entry", flat=True)]
    return duties_in(scope, targets, str(values.get("egp_no") or ""))
