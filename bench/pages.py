"""The pages of a full year, and how long each takes; Django is set up by then: see bench.web.

A cycle of every item of the framework, 200 measures, 2,000 pieces of evidence; and a framework of 300 items in a cycle
of its own. Each figure is the median of RUNS requests after two to warm up, through every middleware, rendered whole.
"""

import copy
import os
import statistics
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml
from django.core.management import call_command
from django.db import connection
from django.test import Client
from tests.web import office

from prongsai.frameworks.shelf import LIBRARY
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Cycle, ElementEvidence, ElementState, Finding
from prongsai.web.evidence import services as evidence
from prongsai.web.evidence.models import Evidence
from prongsai.web.plans import services as plans
from prongsai.web.plans.models import Dispatch, Measure, Task

RUNS = 15
MEASURES, EVIDENCE, LARGE = 200, 2000, 300
CYCLE_PAGES = ("", "items/", "scores/", "forecast/", "findings/", "measures/", "dispatches/", "follow-up/")
CYCLE_PAGES += ("executive/", "reports/", "dates/", "analysis/")
FULL, BIG = "ita-2563", "bench-2568"  # 2563: the framework with the most items


def build() -> tuple[Agency, Cycle, Cycle]:
    """Fill a database: the office, a full cycle, and a cycle of a framework of 300 items."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    _large_framework()
    agency = office.build()
    scope = system_scope(agency)
    cycle = cycles.open_cycle(scope, framework_id=FULL)
    units = list(agency.units.all())
    cycle.items.update(due_on=date(2026, 12, 31), unit=units[0])
    measures = [_measure(scope, cycle, number, units[number % len(units)].name) for number in range(MEASURES)]
    file = evidence.keep_file(scope, name="หลักฐาน.txt", content="หลักฐานหนึ่งแผ่น\n".encode())
    proofs = Evidence.objects.bulk_create(
        Evidence(agency=agency, title=f"หลักฐานชิ้นที่ {number}", file=file, content_year_be=2563, unit=units[0])
        for number in range(EVIDENCE)
    )
    elements = list(ElementState.objects.filter(item__cycle=cycle))
    ElementEvidence.objects.bulk_create(
        ElementEvidence(element=elements[number % len(elements)], evidence=proof) for number, proof in enumerate(proofs)
    )
    _tasks(cycle, measures, units)
    return agency, cycle, cycles.open_cycle(scope, framework_id=BIG)


def _measure(scope, cycle: Cycle, number: int, owner: str) -> Measure:
    return plans.add_measure(
        scope,
        cycle=cycle,
        title=f"มาตรการที่ {number} เผยแพร่ข้อมูลให้ครบทุกองค์ประกอบ",
        issue_no=number % 7 + 1,
        seq=str(number // 7 + 1),
        starts_on=date(2019, 10, 1),
        ends_on=date(2020, 9, 30),
        steps=("จัดทำข้อมูล", "เสนอผู้บริหาร", "เผยแพร่บนเว็บไซต์"),
        owners=(owner,),
        results=(f"เผยแพร่แล้ว {number} ครั้ง",),
    )


def _tasks(cycle: Cycle, measures: list[Measure], units: list) -> None:
    dispatch = Dispatch.objects.create(
        cycle=cycle, subject="มอบหมาย", due_on=date(2026, 12, 1), issued_on=date(2026, 11, 1)
    )
    for item in cycle.items.all():
        unit = units[item.place % len(units)]
        finding = Finding.objects.create(cycle=cycle, item=item, title=item.title, score=0, unit=unit)
        Task.objects.create(
            dispatch=dispatch, cycle=cycle, finding=finding, unit=unit, title=item.title, due_on=dispatch.due_on
        )


def _large_framework() -> None:
    """Write a framework of 300 items: that of 2568 with its items repeated under other keys and codes."""
    data = yaml.safe_load((LIBRARY / "ita" / "2568.yaml").read_text(encoding="utf-8"))
    data["id"] = BIG
    data["kind"] = "bench"
    items = data["items"]
    data["items"] = [  # deep copies: the loader takes no aliases
        {**copy.deepcopy(items[n % len(items)]), "code": f"O{n + 1}", "key": f"{items[n % len(items)]['key']}.n{n}"}
        for n in range(LARGE)
    ]
    data["issues"] = []
    folder = Path(os.environ["PRONGSAI_FRAMEWORKS"])
    folder.mkdir(exist_ok=True)
    (folder / f"{BIG}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def pages(agency: Agency, cycle: Cycle, big: Cycle) -> Iterator[tuple[str, str]]:
    """Give the pages that are timed, a name and an address each."""
    root, one = f"/{agency.code}/", f"/{agency.code}/cycles/{cycle.framework_id}/"
    yield "home", root
    for name in CYCLE_PAGES:
        yield f"cycle {name}", one + name
    item = cycle.items.first()
    measure = cycle.measures.first()
    dispatch = cycle.dispatches.first()
    assert item and measure and dispatch
    yield "item", f"{one}items/{item.key}/"
    yield "measure", f"{root}measures/{measure.pk}/"
    yield "dispatch", f"{root}dispatches/{dispatch.pk}/"
    yield "evidence", f"{root}evidence/"
    yield "my tasks", f"{root}tasks/"
    yield "calendar", f"{root}calendar/"
    yield "journal", f"{root}journal/"
    yield "people", f"{root}agency/people/"
    yield f"{LARGE} items", f"/{agency.code}/cycles/{big.framework_id}/items/"


def main() -> int:
    """Print a line a page: median, least and most, in milliseconds, and its queries."""
    began = time.perf_counter()
    agency, cycle, big = build()
    print(f"{connection.vendor}: filled in {time.perf_counter() - began:.1f} s")
    client = Client(HTTP_HOST="localhost")
    client.force_login(
        office.user(agency, Role.SECRETARY), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    slow = 0
    for name, address in pages(agency, cycle, big):
        status, seen = _timed(client, address)
        middle = statistics.median(seen)
        slow += middle > 100
        print(f"{name:22} {status} {middle:7.1f} ms  [{min(seen):.1f}–{max(seen):.1f}]")
    return int(slow > 0)


def _timed(client: Client, address: str) -> tuple[int, list[float]]:
    seen: list[float] = []
    status = 0
    for _ in range(RUNS + 2):
        began = time.perf_counter()
        answer = client.get(address)
        status = answer.status_code
        seen.append((time.perf_counter() - began) * 1000)
    return status, seen[2:]
