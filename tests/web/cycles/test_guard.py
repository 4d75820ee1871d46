"""A closed cycle is read-only, also for who writes at the moment it is closed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import prongsai.web
from prongsai.web.cycles.models import Cycle, CycleState
from prongsai.web.cycles.services import CycleClosed, refuse_closed, require_open
from tests.web.cycles import years

GUARDS = {"require_open", "need_open"}


@pytest.mark.django_db
def test_turn_is_taken_before_the_state_of_the_cycle_is_read(system):
    cycle = Cycle.objects.get(pk=years.opened(system, 2567).pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        require_open(cycle)
    tables = ["agencies_agency" if 'FROM "agencies_agency"' in one["sql"] else "cycles_cycle" for one in asked]
    assert (tables[-2:], set(tables[:-1])) == (["agencies_agency", "cycles_cycle"], {"agencies_agency"})


@pytest.mark.django_db
def test_closed_cycle_is_refused_as_it_is_in_the_database(system):
    cycle = years.opened(system, 2567)
    Cycle.objects.update(state=CycleState.CLOSED)
    for guard in (require_open, refuse_closed):
        with pytest.raises(CycleClosed):
            guard(cycle)


def test_every_service_that_asks_for_an_open_cycle_is_one_transaction():
    callers = list(_callers(Path(prongsai.web.__file__).parent))
    assert len(callers) > 30
    assert [place for place, is_atomic in callers if not is_atomic] == []


def _callers(folder: Path) -> Iterator[tuple[str, bool]]:
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and GUARDS & set(_called(node)):
                yield f"{path.name}: {node.name}", "transaction.atomic" in map(ast.unparse, node.decorator_list)


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rpartition(".")[2]
