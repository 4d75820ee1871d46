"""Components of internal control: a unit's own assessment on its form."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.translation import override

from prongsai.registers.model import Register
from prongsai.reports.forms import internal_control_4
from prongsai.reports.forms.signing import Signed
from prongsai.reports.register_office import control_4
from prongsai.reports.register_values import day
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Records
from prongsai.web.registers.rules._meeting_papers import positions
from prongsai.web.registers.rules._meetings import row_of
from prongsai.web.registers.rules._rows import id_of


def papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    """The assessment of the one unit."""
    return {internal_control_4.NAME: partial(assessment, scope, entry)}


@override("th")
def assessment(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give what the assessment of a unit prints, signed by who assessed it."""
    own = row_of(entry)
    who, on = own.values.get("assessor"), day(own.values, "assessed_on")
    post = positions(scope, [who], on or entry.dated_on).get(id_of(who) or 0, "")
    record = control_4(scope.agency.name, [own.values], Signed(own.text("assessor"), post, on=on))
    found: dict[str, Any] = internal_control_4.to_json(record)
    return found
