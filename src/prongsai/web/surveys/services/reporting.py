"""The report of a satisfaction survey as files, and those files as evidence of the item that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import override

from prongsai.errors import FileUnusable
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.satisfaction_report import SatisfactionReport
from prongsai.reports.forms.signing import NOBODY, Signed
from prongsai.reports.papers.options import USUAL
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import ElementEvidence, ItemState
from prongsai.web.cycles.services import items as cycle_items
from prongsai.web.evidence import services as evidence
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.registers.services.periods import position_of
from prongsai.web.stationery.services import Made, write_paper
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.queries.proofs import items_of
from prongsai.web.surveys.queries.report import NAME

TITLE_MAX = 280


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept. items: those whose elements it is evidence of now, none where no open cycle asks for it."""

    paper: Evidence
    items: tuple[ItemState, ...]


def signer_of(scope: Scope) -> Signed:
    """Give who reports, with the post of today."""
    return Signed(str(scope.person), position_of(scope), on=scope.today) if scope.person else NOBODY


@override("th")  # a paper is Thai, whatever language is read
def write_report(scope: Scope, *, record: SatisfactionReport, form: str) -> Made:
    """Write the report on the office's own template where it has one. Raises FileUnusable."""
    document = paper_kind(NAME).compose(record, USUAL)
    return write_paper(scope.agency, kind=NAME, document=document, form=form, record=record)


@override("th")
def keep_report(scope: Scope, *, survey: Survey, record: SatisfactionReport) -> Kept:
    """Keep the report in Word and PDF as evidence, in place of what was kept of the same survey before.

    It is tied to every element of the item on satisfaction surveys in open cycles; whether they are met is judged by
    whoever does that. Raises FileUnusable, CycleClosed.
    """
    word = _file(scope, survey, record, "docx")
    standing = _standing(scope, survey, "docx")
    is_new = standing is None or standing.file_id != word.pk
    files = {"docx": word}
    with suppress(FileUnusable):  # the packages for PDF are not installed: the Word file is enough
        if is_new or _standing(scope, survey, "pdf") is None:  # two PDF of the same paper differ in their bytes
            files["pdf"] = _file(scope, survey, record, "pdf")
    return _settle(scope, survey, files)


def _file(scope: Scope, survey: Survey, record: SatisfactionReport, form: str) -> File:
    content = write_report(scope, record=record, form=form).content
    return evidence.keep_file(scope, name=f"{title_of(survey)}.{form}", content=content)


def title_of(survey: Survey) -> str:
    """Name the report of a survey."""
    return f"รายงานผลการสำรวจ {survey.title} ปีงบประมาณ {survey.fiscal_year_be}"[:TITLE_MAX]


@transaction.atomic
def _settle(scope: Scope, survey: Survey, files: Mapping[str, File]) -> Kept:
    journal.take_turn(scope.agency)
    made = {form: _evidence(scope, survey, form, file) for form, file in files.items()}
    paper = made.get("pdf") or _standing(scope, survey, "pdf") or made["docx"]
    items = items_of(scope.agency, survey.fiscal_year_be)
    for item in items:
        for element in item.elements.select_related("item__cycle__agency"):
            for old in ElementEvidence.objects.filter(element=element, evidence=paper.revision_of_id):
                cycle_items.detach(scope, proof=old)
            cycle_items.attach(scope, element=element, evidence=paper)
    return Kept(paper, tuple(items))


def _evidence(scope: Scope, survey: Survey, form: str, file: File) -> Evidence:
    """Make evidence of a file: a revision of what was kept of the survey before, the same one of the same bytes."""
    before = _standing(scope, survey, form)
    if before is not None and before.file_id == file.pk:
        return before
    if before is not None:
        return evidence.revise(scope, evidence=before, version=None, file=file, document_date=scope.today)
    return evidence.add_evidence(
        scope,
        title=f"{title_of(survey)} ({form.upper()})",
        file=file,
        content_year_be=survey.fiscal_year_be,
        document_date=scope.today,
        note=_note(survey),
    )


def _standing(scope: Scope, survey: Survey, form: str) -> Evidence | None:
    """Give what was kept of the survey before and still stands."""
    found = Evidence.objects.filter(agency=scope.agency, note=_note(survey), withdrawn_at=None, revised_by=None)
    return found.filter(title__endswith=f"({form.upper()})").order_by("-pk").first()


def _note(survey: Survey) -> str:
    """Say of which survey a paper is: titles may repeat."""
    return f"จากการสำรวจหมายเลข {survey.pk}"
