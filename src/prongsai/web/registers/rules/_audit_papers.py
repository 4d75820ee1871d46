"""What the report of an audit prints: the audit of the plan with its findings."""

from typing import Any

from django.utils.translation import override

from prongsai.reports.forms import audit_report
from prongsai.reports.forms.audit_report import AuditReport, Finding, Settled, Weight
from prongsai.reports.forms.signing import Signed
from prongsai.reports.register_values import day, member, paragraphs, period, text
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.queries.rights import may_see, may_see_all, seen_of
from prongsai.web.registers.rules._meeting_papers import positions
from prongsai.web.registers.rules._meetings import Row, row_of
from prongsai.web.registers.rules._rows import id_of

FINDINGS = "audit-findings"


def may_read(scope: Scope, entry: Entry) -> bool:
    """Whether somebody may see every finding of an audit: the plan is for more people than what was found."""
    register = edition_of(FINDINGS, 0)
    is_own = entry.unit_id is not None and entry.unit_id in scope.unit_ids
    return may_see_all(scope, register) or (may_see(scope, register) and is_own)


@override("th")
def report(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give what the report of an audit prints, signed by who audited."""
    own = row_of(entry)
    who, on = own.values.get("auditor"), day(own.values, "reported_on")
    post = positions(scope, [who], on or scope.today).get(id_of(who) or 0, "")
    found: dict[str, Any] = audit_report.to_json(
        AuditReport(
            agency=scope.agency.name,
            subject=text(own.values, "subject"),
            unit=text(own.values, "unit"),
            kind=own.label("kind"),
            period=period(own.values, "period"),
            objective=paragraphs(own.values, "objective"),
            findings=tuple(_finding(one) for one in _findings(scope, entry)),
            auditor=Signed(own.text("auditor"), post, on=on),
        )
    )
    return found


def _findings(scope: Scope, entry: Entry) -> list[Row]:
    register = edition_of(FINDINGS, 0)
    found = Entry.objects.filter(agency=scope.agency, register=FINDINGS, state__in=register.counted_states)
    found = seen_of(scope, register, found.filter(links__field="audit", links__target=entry))
    return [row_of(one) for one in found.order_by("number").defer("found_by")]


def _finding(one: Row) -> Finding:
    values = one.values
    return Finding(
        fact=text(values, "fact"),
        criterion=text(values, "criterion"),
        effect=text(values, "effect"),
        cause=text(values, "cause"),
        advice=text(values, "advice"),
        weight=member(Weight, values.get("weight")),
        owner=text(values, "owner"),
        due=day(values, "due") or one.entry.dated_on,
        status=member(Settled, one.entry.state, Settled.FOUND),
        answer=text(values, "answer"),
    )
