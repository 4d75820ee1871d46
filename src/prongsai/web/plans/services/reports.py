"""Writing reports: made of a cycle's records by the composer of ``prongsai write``, and decided by the head."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from prongsai.documents.model import Document
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable, Problem, Severity
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, Appointment
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.duties import queries as duties
from prongsai.web.duties import services as duty_services
from prongsai.web.duties.models import Occurrence
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.evidence.services import add_evidence, keep_file
from prongsai.web.plans.models import Report, ReportState
from prongsai.web.plans.queries import reports as queries
from prongsai.web.stationery.services import write_paper


@override("th")  # an official paper is Thai, whatever language its maker reads
def make_report(scope: Scope, *, cycle: Cycle, kind: str) -> Report:
    """Make a report of a cycle as its records are now, in Word and, where that can be written, in PDF.

    kind: of ``queries.reports.KINDS``. Without a template of the office the Word file is byte for byte what ``prongsai
    write KIND`` makes of the frozen records; a template that no longer fits is among the problems. Raises
    RecordsInvalid for a cycle without measures, ValidationError for another kind.
    """
    if kind not in queries.KINDS:
        raise ValidationError(_("ไม่มีรายงานชนิดนี้"))
    paper = paper_kind(kind)
    data = queries.records_for(scope, cycle, kind)
    records = paper.from_json(data)
    document = paper.compose(records, USUAL)
    docx, pdf, unfit = _files(scope, kind, records, document, queries.title_of(cycle, kind))
    return _keep(
        scope,
        Report(
            agency=scope.agency,
            cycle=cycle,
            kind=kind,
            title=queries.title_of(cycle, kind),
            records=data,
            problems=[*unfit, *queries.problems_of(scope, cycle, kind, records, document)],
            docx=docx,
            pdf=pdf,
            made_by=scope.user,
        ),
    )


@transaction.atomic
def decide_report(
    scope: Scope,
    *,
    report: Report,
    version: int | None = None,
    approve: bool,
    opinion: str = "",
    is_confirmed: bool = False,
) -> Report:
    """Approve a report or send it back with an opinion: once, by the head of that day, never by who made it.

    is_confirmed: other agencies named in it are rightly named. Raises Stale when it was decided in the meantime,
    ValidationError when it may not be decided so.
    """
    journal.take_turn(scope.agency)
    current = Report.objects.select_for_update().get(pk=report.pk)
    if current.state != ReportState.DRAFT:
        raise journal.Stale(current)
    _hold(scope, current, approve, opinion, is_confirmed)
    appointment = queries.signing(scope)
    assert appointment is not None
    values = {
        "state": ReportState.APPROVED if approve else ReportState.RETURNED,
        "opinion": opinion,
        "is_confirmed": is_confirmed,
        "decided_by": scope.user,
        "decided_as": queries.signed_as(appointment, scope.today),
    }
    return _decide(scope, report, version, values)


@transaction.atomic
def decide_by_letter(
    scope: Scope, *, report: Report, appointment: Appointment, day: date, opinion: str, is_confirmed: bool = False
) -> Report:
    """Approve a report because the letter that carries it was signed on a day; one that is approved stays as it is.

    appointment: in which right the letter's last signer signed: on that day the head, and not who made the report.
    Raises ValidationError when it may not be approved so.
    """
    journal.take_turn(scope.agency)
    current = Report.objects.select_for_update().get(pk=report.pk)
    if current.state == ReportState.APPROVED:
        return current
    if current.state == ReportState.RETURNED:
        raise ValidationError(_("รายงานในหนังสือนี้ถูกส่งคืนแล้ว จัดทำรายงานและหนังสือฉบับใหม่"))
    if why := queries.why_not_decide_as(current, appointment, day):
        raise ValidationError(why)
    _hold_names(current, is_confirmed)
    is_signer = scope.person is not None and scope.person.pk == appointment.person_id
    values = {
        "state": ReportState.APPROVED,
        "opinion": opinion,
        "is_confirmed": is_confirmed,
        "decided_by": scope.user if is_signer else None,
        "decided_as": queries.signed_as(appointment, day),
    }
    return _decide(scope, report, None, values)


def _decide(scope: Scope, report: Report, version: int | None, values: dict[str, Any]) -> Report:
    is_approved = values["state"] == ReportState.APPROVED
    action = "report.approve" if is_approved else "report.return"
    journal.change(scope, report, action, version=version, decided_at=timezone.now(), **values)
    if is_approved:
        _fulfil(scope, report)
    return report


def office_of(agency: Agency) -> Office:
    """Give what an agency brings to its papers."""
    return Office(bytes(agency.emblem) or None)


def _files(
    scope: Scope, kind: str, records: Any, document: Document, title: str
) -> tuple[File, File | None, list[dict[str, Any]]]:
    made = write_paper(scope.agency, kind=kind, document=document, form="docx", record=records)
    docx = keep_file(scope, name=f"{title}.docx", content=made.content)
    unfit = [_unfit(made.notice_th)] if made.notice_th else []
    try:
        pdf = write_paper(scope.agency, kind=kind, document=document, form="pdf", record=records)
    except FileUnusable:  # the packages for PDF are not installed: the Word file is enough
        return docx, None, unfit
    return docx, keep_file(scope, name=f"{title}.pdf", content=pdf.content), unfit


def _unfit(notice_th: str) -> dict[str, Any]:
    message = "the office's template does not fit any more; the paper is in the program's own layout"
    return Problem("TEMPLATE_UNFIT", Severity.WARNING, message, notice_th).to_json()


@transaction.atomic
def _keep(scope: Scope, report: Report) -> Report:
    return journal.create(scope, report, "report.make")


def _hold(scope: Scope, report: Report, approve: bool, opinion: str, is_confirmed: bool) -> None:
    if not scope.can(Power.APPROVE):
        raise ValidationError(_("ไม่มีสิทธิอนุมัติ"))
    if why := queries.why_not_decide(scope, report):
        raise ValidationError(why)
    if not approve and not opinion.strip():
        raise ValidationError({"opinion": _("บอกเหตุผลที่ส่งคืน")})
    if approve:
        _hold_names(report, is_confirmed)


def _hold_names(report: Report, is_confirmed: bool) -> None:
    if queries.has_foreign_names(report) and not (is_confirmed or report.is_confirmed):
        raise ValidationError({"is_confirmed": _("รายงานมีชื่อหน่วยงานอื่น ยืนยันว่าถูกต้องก่อนอนุมัติ หรือส่งคืนให้แก้ไข")})


def _fulfil(scope: Scope, report: Report) -> None:
    """Enter the report as done, with its paper, in the duty of its round, where there is one that is still open."""
    _start, end = queries.period_of(report.cycle, report.kind)
    open_ones = duties.occurrences_of(scope).filter(
        duty__key=queries.duty_key_of(report.kind),
        duty__fiscal_year_be=report.cycle.measures_year_be,
        ends_on=end,
        starts_on__lte=scope.today,
        done_on__isnull=True,
    )
    due = [one for one in open_ones if _is_free(one, scope)]
    proof = [_proof(scope, report)] if due else []
    for one in due:
        duty_services.record(scope, occurrence=one, done_on=scope.today, result=report.title, evidence=proof)


def _proof(scope: Scope, report: Report) -> Evidence:
    """Keep the paper as evidence: next year's work begins from it, and an item may be judged by it."""
    year = report.cycle.measures_year_be
    file = report.pdf or report.docx
    return add_evidence(scope, title=report.title, file=file, content_year_be=year, document_date=scope.today)


def _is_free(one: Occurrence, scope: Scope) -> bool:
    return not Occurrence.objects.filter(duty=one.duty_id, done_on=scope.today).exists()
