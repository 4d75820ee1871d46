"""Taking published tables in, saying what their columns are, checking, accepting, building the explorer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.comparison.build import Built, build
from prongsai.comparison.grid import grids_of
from prongsai.comparison.nation import put_together
from prongsai.errors import ProngsaiError
from prongsai.thai.text import collapse
from prongsai.web.agencies import journal
from prongsai.web.directory.scope import Installation
from prongsai.web.results.models import ResultFile, ResultTable, TableState
from prongsai.web.results.queries import accepted, columns_of, explorer_folder, imported, imported_all, listed_agencies
from prongsai.web.work.services import ask

AT_ONCE = 300
"""Rows that are checked while somebody waits; more are checked in the background."""
PROBLEMS_KEPT = 20_000


@transaction.atomic
def take_in(
    installation: Installation, *, content: bytes, name: str, source: str, framework: str = ""
) -> list[ResultTable]:
    """Take every table of a file in; nothing counts yet. The file is kept once, its tables point to it.

    Raises FileUnusable, LimitExceeded, ValidationError.
    """
    made = []
    grids = grids_of(content, name)
    journal.take_turn(None)
    file, _is_new = ResultFile.objects.get_or_create(sha256=grids[0].sha256, defaults={"content": content})
    for place, grid in enumerate(grids):
        table = ResultTable(
            file_name=name[:255],
            file=file,
            place=place,
            title=grid.title[:400],
            source=collapse(source),
            framework=framework.strip(),
            rows_count=len(grid.lines),
            taken_by=installation.user,
        )
        made.append(journal.create(installation, table, "results.take_in"))
    return made


def read_as(
    installation: Installation, *, table: ResultTable, said: Mapping[str, Any], version: int | None
) -> ResultTable:
    """Say what the columns are, and check by it: at once, or in the background where it takes minutes.

    Raises ValidationError for a mapping that cannot be or a table that was accepted, FrameworkError, Stale.
    """
    _check_open(table)
    table.mapping = dict(said)
    columns_of(table)  # a mapping that cannot be is refused before it is kept
    changed = _kept(installation, table, said, version)
    if changed.rows_count <= AT_ONCE:
        return check(changed)
    ask(name="results_check", arguments={"table": changed.pk})
    return changed


@transaction.atomic
def _kept(installation: Installation, table: ResultTable, said: Mapping[str, Any], version: int | None) -> ResultTable:
    table.refresh_from_db()
    _check_open(table)
    return journal.change(
        installation,
        table,
        "results.read_as",
        version=version,
        mapping=dict(said),
        state=TableState.CHECKING,
        problems=[],
        errors_count=0,
    )


def check(table: ResultTable) -> ResultTable:
    """Check a table by the mapping that it has now, and keep what was found. Nothing in it is corrected.

    A table that was said anew in the meantime is left to its own check.
    """
    mapping = table.mapping
    found = imported(table)
    nation = put_together(found.tables, listed_agencies())
    problems = [
        *(one for each in found.tables for one in each.all_problems),
        *(one for _at, one in nation.problems),
    ]
    with transaction.atomic():
        journal.take_turn(None)
        table.refresh_from_db()
        if table.state != TableState.CHECKING or table.mapping != mapping:
            return table
        return journal.change(
            Installation(),
            table,
            "results.check",
            state=TableState.CHECKED,
            years=[each.year_be for each in found.tables if each.year_be],
            rows_count=sum(len(each.rows) for each in found.tables),
            agencies_count=len(nation.agencies),
            errors_count=sum(one.severity == "error" for one in problems),
            problems=[one.to_json() for one in problems[:PROBLEMS_KEPT]],
        )


@transaction.atomic
def accept(
    installation: Installation, *, table: ResultTable, replaces: list[int], version: int | None = None
) -> ResultTable:
    """Let a table count, all of it, in the place of those that it replaces, which are kept.

    Raises ValidationError for one that is not checked or has no agency in it, Stale.
    """
    journal.take_turn(None)
    table.refresh_from_db()
    if table.state != TableState.CHECKED:
        raise ValidationError(_("ตารางนี้ยังไม่ได้ตรวจ หรือรับไปแล้ว"))
    if not table.agencies_count:
        raise ValidationError(_("ไม่มีแถวของหน่วยงานที่แสดงได้ ตรวจการจับคู่ช่อง"))
    changed = journal.change(
        installation,
        table,
        "results.accept",
        version=version,
        state=TableState.ACCEPTED,
        accepted_at=timezone.now(),
        accepted_by=installation.user,
    )
    for older in ResultTable.objects.filter(pk__in=replaces, state=TableState.ACCEPTED).exclude(pk=table.pk):
        if set(older.years) & set(table.years):
            journal.change(installation, older, "results.replace", state=TableState.REPLACED, replaced_by=changed)
    return changed


@transaction.atomic
def drop(installation: Installation, *, table: ResultTable) -> None:
    """Throw a table away that was not accepted, with its file once none is left of it. Raises ValidationError."""
    journal.take_turn(None)
    table.refresh_from_db()
    _check_open(table)
    journal.delete(installation, table, "results.drop")
    ResultFile.objects.filter(pk=table.file_id, tables__isnull=True).delete()


def ask_to_build(installation: Installation) -> Built | None:
    """Have the explorer built: at once where that is quick, else in the background (None).

    Raises ValidationError while no table is accepted, FileUnusable.
    """
    newest = accepted().last()
    if newest is None:
        raise ValidationError(_("ยังไม่มีตารางที่รับ"))
    with transaction.atomic():
        journal.note(installation, "results.build", newest)
    if accepted().aggregate(rows=Sum("rows_count"))["rows"] <= AT_ONCE:
        return build_explorer()
    ask(name="results_build")
    return None


def build_explorer() -> Built:
    """Build the explorer of all accepted tables. Raises ProngsaiError."""
    tables = [one for found in imported_all(accepted()) for one in found.tables]
    return build(put_together(tables, listed_agencies()), explorer_folder())


def _check_open(table: ResultTable) -> None:
    if not table.is_open:
        raise ValidationError(_("ตารางนี้รับไว้แล้ว แก้ไม่ได้ นำเข้าตารางใหม่แทน"))


def check_asked(table: int) -> None:
    """Check a table that somebody asked for; one that is gone or was said anew is left."""
    found = ResultTable.objects.filter(pk=table, state=TableState.CHECKING).first()
    if found is None:
        return
    try:
        check(found)
    except ProngsaiError as mistake:
        # What cannot be read today cannot be read tomorrow: said on the page, not tried again.
        ResultTable.objects.filter(pk=table).update(
            state=TableState.READ, problems=[{"code": "UNREADABLE", "message_th": mistake.one_line}]
        )
