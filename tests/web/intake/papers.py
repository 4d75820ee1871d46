"""Papers for tests: the made-up ones of ``samples``, written in several formats, and the acceptance of every row."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from prongsai.documents.write import write_all
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.options import Options
from prongsai.reports.read import read_report
from prongsai.reports.records import Kind, Record, Report
from prongsai.web.agencies.scope import Scope
from prongsai.web.intake import services
from prongsai.web.intake.models import Intake, IntakeRow, RowKind, RowState

CLEAN = Path(__file__).resolve().parents[3] / "samples" / "clean"
FAULTY = CLEAN.parent / "faulty"
PAPERS = (
    "gap-memo-2566.txt",
    "indicator-plan-2567.txt",
    "measures-report-2568.txt",
    "score-results-2567.txt",
    "tracking-2567.txt",
)
NAMES = {Kind.GAP_MEMO: "gap-memo", Kind.MEASURES_REPORT: "measures-report", Kind.TRACKING_REPORT: "tracking-6"}


def take(scope: Scope, path: Path) -> Intake:
    """Take a file in."""
    return services.take_in(scope, name=path.name, content=path.read_bytes())


def take_sample(scope: Scope, name: str) -> Intake:
    """Take in a made-up paper."""
    return take(scope, CLEAN / name)


def written(report: Report, name: str, folder: Path, suffix: str, options: Options | None = None) -> Path:
    """Write the records of a report as a kind of paper."""
    path = folder / f"{name}{suffix}"
    kind = paper_kind(name)
    write_all(kind.compose(report, options) if options else kind.compose(report), [path])
    return path


def in_format(name: str, folder: Path, suffix: str) -> Path:
    """Give a made-up paper in a format: as it is, or written anew."""
    if suffix == ".txt":
        return CLEAN / name
    report = read_report(CLEAN / name)
    return written(report, NAMES[report.document_type], folder, suffix)


def accept_all(scope: Scope, intake: Intake) -> list[IntakeRow]:
    """Accept all that is clean, then every other row; give the rows that cannot be accepted as they are."""
    services.accept_clean(scope, intake=intake, version=intake.version)
    refused = []
    for row in intake.rows.filter(state=RowState.WAITING):
        choice = services.NEW if row.kind in (RowKind.GAP, RowKind.PERSON) else ""
        try:
            services.accept_row(scope, row=row, version=row.version, choice=choice)
        except (services.NeedsChoice, ValidationError):
            refused.append(row)
    intake.refresh_from_db()
    return refused


def told(record: Record) -> dict[str, Any]:
    """Give what a record says, without where it was read."""
    return {one.name: getattr(record, one.name) for one in fields(record) if one.name != "origin"}
