"""Time a public site of 10,000 pages: ``python -m bench.portal`` (a scratch folder; no database, no server).

Items of five years, tables of registers, news: a third with a table, a third with a document of 30 KB, each in two
versions. Published into an empty folder; again with nothing changed; with one changed item; packed as a zip; a page of
each kind set on its own. Processor time and wall time, because a busy machine lengthens the second alone.
"""

import hashlib
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from prongsai.portal.build import pack, publish
from prongsai.portal.manifest import verify
from prongsai.portal.model import (
    Asset,
    Block,
    BlockKind,
    Column,
    DataTable,
    Document,
    Entry,
    ItemLine,
    Office,
    Page,
    Release,
    Site,
    Standing,
    Year,
)
from prongsai.portal.render import page_html

COUNT = 10_000
NOON = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
YEARS = (2565, 2566, 2567, 2568, 2569)
TEXT = "เทศบาลตำบลบ้านสวนพลูดำเนินการตามแผนพัฒนาท้องถิ่น และรายงานผลต่อประชาชนทุกไตรมาส เพื่อความโปร่งใสและการมีส่วนร่วม "
COLUMNS = tuple(
    Column(key, key.upper(), kind)
    for key, kind in (("no", "number"), ("work", "text"), ("thb", "money"), ("day", "date"))
)


def page_of(number: int, edition: int = 2) -> Page:
    year = YEARS[number % 5]
    kind, path, code = "news", f"news/{year}/story-{number}", ""
    if number % 50 == 0:
        kind, path, code = "item", f"{year}/item.{number}", f"O{number}"
    elif number % 20 == 1:
        kind, path = "register", f"{year}/data/register-{number}"
    title = f"เรื่องที่ {number} การดำเนินงานตามภารกิจของเทศบาล"
    releases = tuple(release_of(number, at, title, edition) for at in range(edition, 0, -1))
    others = (f"{year}/{code}",) if code else ()
    return Page(
        path,
        kind,
        title,
        releases,
        code=code,
        year_be=year,
        unit="สำนักปลัดเทศบาล",
        others=others,
        event_on=date(2026, 1, 1),
    )


def release_of(number: int, at: int, title: str, newest: int) -> Release:
    body = tuple(Block(BlockKind.PARAGRAPH, (f"ย่อหน้าที่ {each} ฉบับ {at} {TEXT * 2}",)) for each in range(6))
    rows = tuple((str(row), f"งานที่ {row} ของเรื่อง {number}", f"{row * 1250:,}.00", "2026-02-01") for row in range(1, 41))
    tables = (DataTable("rows", "ตาราง", COLUMNS, rows),) if number % 3 == 0 else ()
    content = hashlib.sha256(f"{number} {at}".encode()).digest() * 940
    asset = Asset("paper.pdf", "application/pdf", len(content), hashlib.sha256(content).hexdigest(), lambda: content)
    documents = (Document(asset, "เอกสารฉบับลงนาม", "signed"),) if number % 3 == 1 else ()
    standing = Standing.CURRENT if at == newest else Standing.REPLACED
    published = NOON - timedelta(hours=number - at)
    return Release(
        at, standing, title, summary=TEXT, body=body, tables=tables, documents=documents, content_year_be=2569,
        document_date=date(2026, 2, 1), published_at=published, sha256=asset.sha256,
    )  # fmt: skip


def entry_of(page: Page, load: Callable[[], Page]) -> Entry:
    newest = page.releases[0]
    return Entry(
        page.path, page.kind, page.title, f"{page.path} {newest.number}", load, code=page.code, year_be=page.year_be,
        published_at=newest.published_at, event_on=page.event_on, summary=newest.summary, others=page.others,
        has_data=bool(newest.tables),
    )  # fmt: skip


def site() -> Site:
    entries = tuple(entry_of(page_of(number), lambda number=number: page_of(number)) for number in range(COUNT))
    return with_lists(entries)


def with_lists(entries: tuple[Entry, ...]) -> Site:
    years = []
    for year in YEARS:
        items = tuple(
            ItemLine(one.code, one.title, "๙", one.path, "", "published", one.published_at)
            for one in entries
            if one.kind == "item" and one.year_be == year
        )
        years.append(Year(year, f"รายการข้อมูล ปี {year}", (("๙", items),)))
    office = Office("เทศบาลตำบลบ้านสวนพลู", "05160101", phone="0-3600-0000", address="ลพบุรี", base="https://www.example/")
    return Site(office, "1", tuple(years), entries, updated_at=NOON)


def timed(what: str, call: Callable[[], object]) -> object:
    wall, processor = time.perf_counter(), time.process_time()
    given = call()
    took = f"{time.perf_counter() - wall:7.2f} s   processor {time.process_time() - processor:7.2f} s"
    sys.stdout.write(f"{what:<44} {took}\n")
    sys.stdout.flush()
    return given


def page_times(given: Site) -> None:
    for what, number in (("item", 50), ("register with a table", 21), ("news", 2)):
        page = page_of(number)
        page_html(given, page)
        seen = []
        for _ in range(101):
            began = time.process_time()
            page_html(given, page)
            seen.append((time.process_time() - began) * 1000)
        sys.stdout.write(f"page on demand: {what:<28} {statistics.median(seen):7.2f} ms processor (median of 101)\n")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as folder:
        to, given = Path(folder) / "site", site()
        done = timed(f"{COUNT:,} pages into an empty folder", lambda: publish(given, to))
        sys.stdout.write(f"{'':44} {len(getattr(done, 'addresses', ())):,} files\n")
        timed("again, nothing changed", lambda: publish(given, to))
        changed = page_of(50, 3)
        entries = tuple(
            entry_of(changed, lambda: changed) if one.path == changed.path else one for one in given.entries
        )
        timed("one changed item", lambda: publish(with_lists(entries), to))
        news = page_of(77, 3)
        entries = tuple(entry_of(news, lambda: news) if one.path == news.path else one for one in entries)
        timed("one changed piece of news", lambda: publish(with_lists(entries), to))
        new = replace(page_of(78), path="news/2569/new")
        timed("one new piece of news", lambda: publish(with_lists((*entries, entry_of(new, lambda: new))), to))
        problems = timed("verify every file", lambda: verify(to))
        timed("as a zip", lambda: pack(given, Path(folder) / "site.zip"))
        page_times(given)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"most memory {memory:,.0f} MB\n")
        return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
