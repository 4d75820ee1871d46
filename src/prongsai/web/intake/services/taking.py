"""Taking a file in: read, linted, kept, its rows waiting. Nothing is in a cycle yet."""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.documents.read.refusals import over_limit
from prongsai.errors import Problem
from prongsai.reports.labels import KIND_TH
from prongsai.reports.records import Kind
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file
from prongsai.web.intake.models import Intake, IntakeRow
from prongsai.web.intake.services.drafts import Draft, drafts_of
from prongsai.web.intake.services.reading import Paper, read_paper

TITLE_MAX = 300


def take_in(scope: Scope, *, name: str, content: bytes) -> Intake:
    """Read a file into an intake with a row a record; the same bytes again give the intake that is there.

    Raises FileUnusable, LimitExceeded or ScoresUnusable, in Thai with the mend; then nothing is stored.
    """
    if not name.strip():
        raise ValidationError(_("ไฟล์ต้องมีชื่อ"))
    known = same_file(scope, content)
    if known is not None:
        return known
    most = settings.MAX_UPLOAD_MB * 1_048_576
    if len(content) > most:
        raise over_limit(name, f"{len(content):,} ไบต์", f"{most:,} ไบต์")
    paper = read_paper(name, content, agency=scope.agency.name)
    file = keep_file(scope, name=name, content=content)
    return _store(scope, file, paper)


def same_file(scope: Scope, content: bytes) -> Intake | None:
    """Find the intake of the same bytes."""
    digest = hashlib.sha256(content).hexdigest()
    return Intake.objects.filter(agency=scope.agency, file__sha256=digest).first()


@transaction.atomic
def _store(scope: Scope, file: File, paper: Paper) -> Intake:
    # Of two who bring the same file at once the second gets the first one's intake.
    journal.take_turn(scope.agency)
    known = Intake.objects.filter(agency=scope.agency, file=file).first()
    if known is not None:
        return known
    drafts, rest = drafts_of(paper)
    doubted = paper.report.needs_person
    intake = _intake(scope, file, paper, rest)
    intake.full_clean()
    intake.save(force_insert=True)
    # A line that people can read: what was read stands in the intake itself.
    told = {"file": (None, file.name), "kind": (None, intake.kind), "rows": (None, len(drafts))}
    journal.note(scope, "intake.take", intake, told)
    IntakeRow.objects.bulk_create(_row(intake, place, draft, doubted) for place, draft in enumerate(drafts, start=1))
    return intake


def _intake(scope: Scope, file: File, paper: Paper, problems: Sequence[Problem]) -> Intake:
    report = paper.report
    subject = report.memo.subject if report.memo else None
    whole = report.to_json() | {"guess_th": paper.guess_th, "scores_year_be": paper.scores_year_be}
    kind = Kind.SCORE_TABLE if paper.scores is not None else report.document_type
    return Intake(
        agency=scope.agency,
        file=file,
        kind=kind.value,
        title=(subject or f"{KIND_TH[kind]} – {file.name}")[:TITLE_MAX],
        fiscal_year_be=report.fiscal_year_be,
        report=whole,
        problems=[problem.to_json() for problem in problems],
        confidence=report.confidence,
        needs_person=report.needs_person,
        taken_by=scope.user,
    )


def _row(intake: Intake, place: int, draft: Draft, doubted: bool) -> IntakeRow:
    return IntakeRow(
        intake=intake,
        place=place,
        kind=draft.kind,
        title=draft.title or "–",
        read=draft.read,
        values=draft.values,
        problems=[problem.to_json() for problem in draft.problems],
        confidence=draft.confidence,
        is_clean=draft.is_clean and not doubted,
    )
