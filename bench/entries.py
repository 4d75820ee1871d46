"""What lists, search, figures and pages of a register of 100,000 entries cost; Django is set up: see bench.registers.

Purchases of five years, 60,000 of them in one, with every column filled as the services fill it. Each figure is the
median of RUNS calls after two to warm up, and its queries.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web import office

from prongsai.registers.derive import derive
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.detail import entry_page
from prongsai.web.registers.queries.entries import list_page
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.services import columns

RUNS, WARM, LIMIT_MS = 15, 2, 200
COUNT = int(os.environ.get("PRONGSAI_BENCH_ENTRIES", "100000"))
YEARS = {2569: 0.6, 2568: 0.1, 2567: 0.1, 2566: 0.1, 2565: 0.1}
FULL = 2569
THINGS = ("วัสดุสำนักงาน", "วัสดุคอมพิวเตอร์", "น้ำมันเชื้อเพลิง", "อาหารเสริมนม", "ครุภัณฑ์สำนักงาน", "เครื่องปรับอากาศ", "ป้ายประชาสัมพันธ์")
SHOPS = ("ร้านสวนพลูการค้า", "ห้างหุ้นส่วนจำกัดลพบุรีก่อสร้าง", "บริษัทบ้านสวนวิศวกรรม จำกัด", "ร้านท่าหว้าพาณิชย์", "สหกรณ์โคนม")
METHODS, KINDS = ("e-market", "e-bidding", "select", "specific", "design", "consult"), ("buy", "hire", "build", "rent")


def build() -> tuple[Agency, Kept]:
    settings.MIGRATION_MODULES = {app.split(".")[-1]: None for app in settings.INSTALLED_APPS}
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    agency = office.build()
    kept = kept_of(agency, "purchases")
    units = list(agency.units.all())
    rows = (entry_of(agency, kept, units[number % len(units)], number) for number in range(COUNT))
    batch: list[Entry] = []
    for row in rows:
        batch.append(row)
        if len(batch) == 2000:
            Entry.objects.bulk_create(batch)
            batch = []
    Entry.objects.bulk_create(batch)
    if connection.vendor == "postgresql":  # as autovacuum leaves it
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE registers_entry")
    return agency, kept


def entry_of(agency: Agency, kept: Kept, unit: object, number: int) -> Entry:
    chance = random.Random(number)
    year = chance.choices(list(YEARS), list(YEARS.values()))[0]
    day = date(year - 544, 10, 1) + timedelta(days=chance.randrange(365))
    price, shop = Decimal(chance.randrange(500, 9_000_000)) / 4, chance.choice(SHOPS)
    values: dict[str, object] = {
        "work": f"จัดซื้อ{chance.choice(THINGS)} ครั้งที่ {number} สำหรับโครงการของกองช่างและกองคลัง",
        "kind": chance.choice(KINDS),
        "budget_thb": price + chance.randrange(90_000),
        "reference_thb": price + 500,
        "method": chance.choice(METHODS),
        "bidders": tuple(
            {"name": name, "price_thb": price + at} for at, name in enumerate({shop, chance.choice(SHOPS)})
        ),
        "winner": shop,
        "agreed_thb": price,
        "reason": "เสนอราคาต่ำสุด มีคุณสมบัติครบถ้วนถูกต้องตามที่กำหนดในประกาศ",
        "contract_no": f"{number}/{year}",
        "contract_on": day,
    }
    values |= derive(kept.register, values)
    entry = Entry(
        agency=agency, register=kept.id, number=number + 1, state="withdrawn" if number % 50 == 0 else "kept", unit=unit
    )
    columns.set_dates(entry, day, None, year)
    columns.fill(entry, kept.register, values, day)
    return entry


def asked(scope: Scope, kept: Kept) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give what is timed: a name and a call each."""

    def listed(**params: str) -> Callable[[], object]:
        given: Mapping[str, str] = {"year": str(FULL)} | {key.rstrip("_"): value for key, value in params.items()}
        return lambda: list_page(scope, kept, given)

    unit = str(scope.agency.units.order_by("pk")[2].pk)
    yield "list: first page", listed()
    yield "list: page 600", listed(page="600")
    yield "list: last page", listed(page="99999")
    yield "list: every year", listed(year="all")
    yield "list: every year, last page", listed(year="all", page="99999")
    yield "list: oldest first", listed(sort="date")
    yield "list: by number", listed(sort="number")
    yield "list: by amount", listed(sort="-agreed_thb")
    yield "list: by method", listed(sort="method")
    yield "filter: method", listed(method="design")
    yield "filter: method and kind, every year", listed(method="design", kind="rent", year="all")
    yield "filter: a method that nobody used", listed(method="none")
    yield "filter: state", listed(state="withdrawn")
    yield "filter: unit", listed(unit=unit)
    yield "filter: a month", listed(from_="2026-03-01", to="2026-03-31")
    yield "filter: late", listed(late="1")
    yield "filter: all of them", listed(method="design", kind="rent", state="kept", unit=unit, from_="2026-03-01")
    yield "search: in many", listed(q="วัสดุสำนักงาน")
    yield "search: in one", listed(q="ครั้งที่99998สำหรับ", year="all")
    yield "search: in none", listed(q="ไม่มีคำนี้อยู่เลย")
    yield "search: in none, every year", listed(q="ไม่มีคำนี้อยู่เลย", year="all")
    yield "search: two words and a filter", listed(q="วัสดุ 9999", method="design")
    yield "figures: a year", lambda: figures_of(scope, kept, FULL)
    yield "figures: a month", lambda: figures_of(scope, kept, FULL, start=date(2026, 3, 1), end=date(2026, 3, 31))
    yield "figures: every year", lambda: figures_of(scope, kept, 0)
    one = Entry.objects.filter(register=kept.id).latest("pk")
    yield "an entry", lambda: entry_page(scope, kept, one)
    client = Client(HTTP_HOST="localhost")
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(office.user(scope.agency, Role.SECRETARY), backend=backend)
    root = f"/{scope.agency.code}/registers/{kept.id}/"
    for name, address in {
        "list": f"?year={FULL}",
        "list, filtered": f"?year={FULL}&method=design&kind=rent&state=kept",
        "list, searched": f"?year={FULL}&q=วัสดุ",
        "list, page 600": f"?year={FULL}&page=600",
        "statistics": f"statistics/?year={FULL}",
        "entry": f"{one.pk}/",
    }.items():
        yield f"page: {name}", lambda address=address: _page(client, root + address)


def _page(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (answer.status_code, address)


def main() -> int:
    """Print a line each: median, least and most, the process's own time (less noisy on a busy machine), the queries."""
    began = time.perf_counter()
    agency, kept = build()
    print(f"{connection.vendor}: {Entry.objects.count():,} entries in {time.perf_counter() - began:.0f} s")
    scope = office.scope(agency, Role.SECRETARY)
    only = os.environ.get("PRONGSAI_BENCH_ONLY", "")
    slow = 0
    for name, call in asked(scope, kept):
        if only in name:
            queries, seen, spent = _timed(call)
            middle = statistics.median(seen)
            slow += middle > LIMIT_MS
            spread = f"[{min(seen):.1f}–{max(seen):.1f}]"
            print(
                f"{name:40} {middle:7.1f} ms  {spread:18} {spent:7.1f} ms of this process  {queries} queries",
                flush=True,
            )
    return int(slow > 0)


def _timed(call: Callable[[], object]) -> tuple[int, list[float], float]:
    seen: list[float] = []
    with CaptureQueriesContext(connection) as captured:
        call()
    queries = len(captured)
    if os.environ.get("PRONGSAI_BENCH_SQL"):
        for query in captured:
            print("   ", query["time"], query["sql"][:400])
    spent: list[float] = []
    for _ in range(RUNS + WARM - 1):
        own, began = time.process_time(), time.perf_counter()
        call()
        spent.append((time.process_time() - own) * 1000)
        seen.append((time.perf_counter() - began) * 1000)
    return queries, seen[WARM - 1 :], statistics.median(spent[WARM - 1 :])
