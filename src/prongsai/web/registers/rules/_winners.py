"""Winners of purchases and parties to contracts, held against the declared relations of who has a role in them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules._meeting_page import warned
from prongsai.web.registers.rules._relations import (
    Clash,
    clashes,
    duties_against,
    fault_of,
    parties_in,
    relations_of,
    told,
    values_of,
)

_DECIDING = ("plan", "purchase", "egp_no")


def winner_faults(
    scope: Scope, field: str, values: Values, entry: Entry | None, roles: QuerySet[Entry]
) -> Iterator[Fault]:
    """Refuse a winner to whom somebody who has a role in it has declared a relation, or who has one itself.

    roles: those in this procurement. What stands already is not refused again, only shown on its page.
    """
    winner = str(values.get(field) or "")
    if not winner or (entry is not None and _stands(entry, values, field)):
        return
    sure = (one for one in _clashes(scope, roles, [winner]) if one.is_sure and one.duty.is_serving)
    if found := next(sure, None):
        mend = _("ให้ผู้นั้นพ้นหน้าที่ในทะเบียนหน้าที่ในการจัดซื้อจัดจ้างก่อน แล้วตั้งผู้อื่นแทน")
        yield replace(fault_of(scope, found, field), mend_th=mend)


def _stands(entry: Entry, values: Values, field: str) -> bool:
    before = values_of(entry)
    return all(_said(values.get(key)) == _said(before.get(key)) for key in (field, *_DECIDING))


def _said(value: object) -> object:
    return value.id if isinstance(value, Ref) else value


def _clashes(scope: Scope, roles: QuerySet[Entry], parties: Iterable[str]) -> Iterator[Clash]:
    duties = duties_against(roles, parties)
    return clashes(duties, relations_of(scope, {one.person for one in duties}))


def winner_picture(scope: Scope, entry: Entry, roles: QuerySet[Entry]) -> SafeString:
    """Warn on the page of a purchase or a contract of everything that stands between its parties and who has a role."""
    return warnings_of(scope, _clashes(scope, roles, parties_in(entry)))


def warnings_of(scope: Scope, found: Iterable[Clash]) -> SafeString:
    """Show clashes, each once."""
    lines = dict.fromkeys(told(scope, one) for one in found)
    return format_html_join("", "{}", ((warned(one),) for one in lines))
