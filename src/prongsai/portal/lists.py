"""Lists: news by year, each year's items, laws, open data, the map of the site. Long ones go on on further pages."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any
from urllib.parse import quote

from prongsai.portal import data, shown
from prongsai.portal.addresses import index
from prongsai.portal.content import PART, Run, cut
from prongsai.portal.entry import ROOT, settled
from prongsai.portal.model import Column, DataTable, Entry, Law, Metadata, Year
from prongsai.portal.render import Press, environment
from prongsai.portal.stage import Made
from prongsai.portal.words import LAW_STATES, METADATA
from prongsai.thai.numerals import to_thai

LIST = "list:"
"""How keys of lists begin; no path of a page does."""
_SHORT = 24_000
"""A list that people read through is cut earlier than one that they look something up in."""


def lists(press: Press) -> Iterator[Made]:
    """Give every list of the site but ``long_lists``, each after the files that it leads to."""
    yield from _years(press)
    yield from _newest_news(press)
    yield from _laws(press)


def _pieces() -> Any:  # reason: macros of a template
    return environment().get_template("pieces.html").module


def _link(path: str) -> str:
    return f"{ROOT}{quote(index(path))}"


def _listed(
    press: Press, template: str, path: str, title: str, runs: Iterable[Run], *, limit: int = PART, **given: object
) -> Iterator[Made]:
    """Give a list on as many pages as it needs: the first at its path, the others below ``pages``."""
    parts = cut(runs, limit)
    addresses = [index(path), *(index(f"pages/{path}/{number}") for number in range(2, len(parts) + 1))]
    for number, (at, part) in enumerate(zip(addresses, parts, strict=True), 1):
        content = settled(part, at, "")
        yield Made(
            at,
            partial(press.set, template, at=at, title=title, content=content, parts=addresses, here=number, **given),
        )


# --- items of a year ------------------------------------------------------------------------------------------------
def _years(press: Press) -> Iterator[Made]:
    for year in press.site.years:
        lines = [line for _, lines in year.groups for line in lines]
        counts = [(state, sum(line.state == state for line in lines)) for state in dict.fromkeys(_STATE_ORDER)]
        yield from _listed(
            press,
            "year.html",
            str(year.year_be),
            year.title,
            _year_runs(press, year),
            section="disclosure",
            year=year,
            total=len(lines),
            counts=[(state, count) for state, count in counts if count],
        )


_STATE_ORDER = ("published", "elsewhere", "withdrawn", "waiting")


def _year_runs(press: Press, year: Year) -> Iterator[Run]:
    pieces = _pieces()
    for indicator, lines in year.groups:
        rows = tuple(str(pieces.item_row(line, _link(line.path) if line.path in press.paths else "")) for line in lines)
        yield Run(str(pieces.item_head(indicator)), rows, "</tbody></table></div>\n")


# --- news -----------------------------------------------------------------------------------------------------------
def news_year(entry: Entry) -> int:
    """Give the year under which a piece of news is listed: the one it is filed under, else that of its day."""
    day = entry.event_on or entry.published_at
    return entry.year_be or (shown.year_be_of(day) if day else 0)


def _by_year(press: Press) -> tuple[dict[int, list[Entry]], list[tuple[int, int]]]:
    """Give the news of each year, and how many there are, the newest year first."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in press.site.entries:
        if entry.kind == "news":
            found[news_year(entry)].append(entry)
    return found, [(year, len(found[year])) for year in sorted(found, reverse=True)]


def _newest_news(press: Press) -> Iterator[Made]:
    by_year, years = _by_year(press)
    newest = sorted((one for found in by_year.values() for one in found), key=_newest_first)[:20]
    yield from _listed(
        press, "news.html", "news", "ข่าวประชาสัมพันธ์", [_news_run(newest)], section="news", news_years=years, year=None
    )


def _news_years(press: Press) -> set[int]:
    return {news_year(one) for one in press.site.entries if one.kind == "news"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A long list that is made only when it changed. key: under which its stamp is kept, no path of a page."""

    key: str
    stamp: str
    make: Callable[[], Iterator[Made]]


def long_lists(press: Press) -> Iterator[Listed]:
    """Give the lists that grow for as long as the office publishes, each after the files that it leads to."""
    yield from _news_lists(press)
    entries = press.site.entries
    sets = sorted((one for one in entries if one.has_data or one.metadata), key=lambda one: (-one.year_be, one.path))
    told = [
        (one.path, one.title, one.summary, one.year_be, one.published_at, one.has_data, one.is_withdrawn, one.metadata)
        for one in sets
    ]
    yield Listed(f"{LIST}data", press.stamp_of(repr(told)), partial(_open_data, press, sets))
    others = (one for one in entries if one.kind != "news")
    mapped = [(one.path, one.title, one.code, one.kind, one.year_be, one.is_withdrawn) for one in others]
    stamp = press.stamp_of(repr((mapped, press.years, sorted(_news_years(press)))))
    yield Listed(f"{LIST}sitemap", stamp, partial(_map, press))


def _news_lists(press: Press) -> Iterator[Listed]:
    """Give the list of news of each year."""
    by_year, years = _by_year(press)
    for year, found in sorted(by_year.items()):
        told = [(one.path, one.title, one.summary, one.event_on, one.published_at, one.is_withdrawn) for one in found]
        stamp = press.stamp_of(repr((years, told)))
        yield Listed(f"{LIST}news/{year}", stamp, partial(_news_of, press, year, found, years))


def _news_of(press: Press, year: int, found: list[Entry], years: list[tuple[int, int]]) -> Iterator[Made]:
    title = f"ข่าว ปี {to_thai(str(year))}" if year else "ข่าวที่ไม่ระบุปี"
    return _listed(
        press,
        "news.html",
        f"news/{year}",
        title,
        [_news_run(found)],
        limit=_SHORT,
        section="news",
        news_years=years,
        year=year,
        crumbs=(("ข่าว", index("news")),),
    )


def _newest_first(entry: Entry) -> tuple[float, str]:
    day = entry.event_on or (shown.day_of(entry.published_at) if entry.published_at else None)
    return (-day.toordinal() if day else 0, entry.path)


def _news_run(found: Sequence[Entry]) -> Run:
    pieces = _pieces()
    rows = tuple(str(pieces.news_row(one, _link(one.path))) for one in sorted(found, key=_newest_first))
    return Run('<ul class="rows">', rows, "</ul>") if rows else Run("", ())


# --- laws -----------------------------------------------------------------------------------------------------------
def _laws(press: Press) -> Iterator[Made]:
    pieces = _pieces()
    laws = sorted(press.site.laws, key=lambda one: (-one.year_be, one.title))
    rows = tuple(str(pieces.law_row(one, _link(one.path) if one.path in press.paths else "")) for one in laws)
    runs = [Run(str(pieces.law_head()), rows, "</tbody></table></div>\n")] if rows else [Run("", ())]
    table = laws_table(laws)
    for form in data.FORMS:
        yield Made(f"laws.{form}", partial(data.data_file, table, form))
    yield from _listed(press, "laws.html", "laws", "กฎหมายและเทศบัญญัติ", runs, section="laws", total=len(laws))


def laws_table(laws: Sequence[Law]) -> DataTable:
    """Give the library of laws as open data."""
    columns = (
        Column("title", "ชื่อกฎหมาย"),
        Column("year_be", "ปี พ.ศ.", "number"),
        Column("state", "สถานะ"),
        Column("path", "ที่อยู่ในเว็บ"),
        Column("address", "ที่อยู่ภายนอก"),
    )
    rows = tuple(
        (one.title, str(one.year_be or ""), LAW_STATES.get(one.state, (one.state, ""))[0], one.path, one.address)
        for one in laws
    )
    return DataTable("laws", "กฎหมายและเทศบัญญัติ", columns, rows)


# --- open data ------------------------------------------------------------------------------------------------------
def _open_data(press: Press, found: Sequence[Entry]) -> Iterator[Made]:
    table = catalogue_table(press, found)
    yield Made("data.csv", partial(data.data_file, table, "csv"))
    yield Made("data.dictionary.csv", partial(data.data_file, table, "dictionary.csv"))
    yield Made("data.json", partial(catalogue_json, press, found))
    pieces = _pieces()
    rows = tuple(str(pieces.data_row(one, _link(one.path), _files(one), metadata_rows(one.metadata))) for one in found)
    runs = [Run('<div class="datasets">', rows, "</div>")] if rows else [Run("", ())]
    yield from _listed(press, "data.html", "data", "ข้อมูลเปิดภาครัฐ", runs, section="data", total=len(found))


def _files(entry: Entry) -> list[tuple[str, str]]:
    if not entry.has_data or entry.is_withdrawn:
        return []
    return [(form, f"{ROOT}{quote(entry.path)}.{form}") for form in data.FORMS]


def metadata_rows(metadata: Metadata | None) -> list[tuple[str, str, str]]:
    """Give the fourteen fields: key, what it is called, what it says."""
    if metadata is None:
        return []
    return [(field.name, METADATA[field.name][0], _said(getattr(metadata, field.name))) for field in fields(metadata)]


def _said(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def catalogue_table(press: Press, found: Sequence[Entry]) -> DataTable:
    """Give the list of open data as a table: the fourteen fields, and where each set stands."""
    keys = [field.name for field in fields(Metadata)]
    columns = (
        *(Column(key, METADATA[key][0]) for key in keys),
        Column("year_be", "ปี พ.ศ.", "number"),
        Column("page", "หน้าข้อมูล"),
        Column("csv", "ไฟล์ CSV"),
        Column("json", "ไฟล์ JSON"),
    )
    rows = []
    for one in found:
        said = [_said(getattr(one.metadata, key)) for key in keys] if one.metadata else ["", one.title, *[""] * 12]
        files = [press.public(f"{one.path}.{form}") if one.has_data else "" for form in ("csv", "json")]
        rows.append((*said, str(one.year_be or ""), press.public(index(one.path)), *files))
    return DataTable("data", "บัญชีข้อมูลเปิด", columns, tuple(rows))


def catalogue_json(press: Press, found: Sequence[Entry]) -> bytes:
    """Give the list of open data as a catalogue harvests it: the fourteen fields as they are, and the files."""
    sets = []
    for one in found:
        given = one.metadata
        named = {field.name: getattr(given, field.name) for field in fields(given)} if given else {"title": one.title}
        resources = [
            {"format": form.upper(), "url": press.public(f"{one.path}.{form}")}
            for form in ("csv", "json")
            if one.has_data and not one.is_withdrawn
        ]
        page = {"url": press.public(index(one.path)), "published": shown.stamp_of(one.published_at)}
        sets.append({**named, **page, "is_withdrawn": one.is_withdrawn, "resources": resources})
    return data.json_bytes({"publisher": press.site.office.name, "code": press.site.office.code}, datasets=sets)


# --- the map of the site --------------------------------------------------------------------------------------------
def _map(press: Press) -> Iterator[Made]:
    pieces = _pieces()
    years = sorted(_news_years(press), reverse=True)
    groups: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for entry in press.site.entries:
        if entry.kind != "news":
            groups[(-entry.year_be, entry.kind)].append(entry)
    runs = [Run("", (str(pieces.map_head(press.menu, years, press.years, ROOT)),))]
    for (year, kind), found in sorted(groups.items()):
        rows = tuple(str(pieces.map_row(one, _link(one.path))) for one in sorted(found, key=lambda one: one.path))
        head = str(pieces.map_group(-year, kind))
        runs.append(Run(head, rows, "</ul>"))
    yield from _listed(press, "list.html", "sitemap", "แผนผังเว็บไซต์", runs)
