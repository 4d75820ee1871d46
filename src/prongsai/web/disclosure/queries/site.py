"""The whole public site of an office, collected for the generator; lists in a constant number of queries."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from django.utils import timezone

from prongsai import __version__
from prongsai.errors import UnknownFramework
from prongsai.portal import model
from prongsai.portal.model import ItemLine, Law, Office, Year
from prongsai.web.agencies.models import Agency
from prongsai.web.cycles.models import Cycle, ItemState
from prongsai.web.cycles.queries.frameworks import framework_of, indicator_names, top_of
from prongsai.web.disclosure.models import LAWS, LawState, PageKind, Site
from prongsai.web.disclosure.queries.addresses import record_of, root_of
from prongsai.web.disclosure.queries.proof import head_of
from prongsai.web.disclosure.queries.site_pages import Listed, asset_of, listed_pages
from prongsai.web.disclosure.queries.site_people import (
    forms_of,
    officials_of,
    parted,
    powers_of,
    registers_of,
    units_of,
)

PUBLISHED, ELSEWHERE, WITHDRAWN, WAITING = "published", "elsewhere", "withdrawn", "waiting"
IN_FORCE, REPEALED = "in force", "repealed"
PNG = "image/png"


def site_of(agency: Agency, day: date | None = None) -> model.Site:
    """Give the site as it is to be on a day, today when none is given.

    Constant in queries; a page's own texts, tables and files are read only by its entry's ``load``.
    """
    today = day or timezone.localdate()
    record = record_of(agency)
    listed = listed_pages(agency, record)
    registers = registers_of(agency)
    political, permanent = parted(officials_of(agency, registers, today))
    office, years = office_of(agency, record), years_of(agency, listed)
    forms = forms_of(agency, registers, record.app_address)
    head = head_of(agency, today)
    return model.Site(
        office=office,
        stamp=stamp_of(office, years, forms, record),
        years=years,
        entries=tuple(one.entry for one in listed),
        political=political,
        permanent=permanent,
        units=units_of(agency, today),
        powers=powers_of(agency, registers),
        laws=laws_of(listed),
        forms=forms,
        proof_head=(head.day, head.hash) if head else None,
        updated_at=max((one.entry.published_at for one in listed if one.entry.published_at), default=None),
    )


def stamp_of(office: Office, years: Iterable[Year], forms: Iterable[model.FormLink], record: Site) -> str:
    """Hash what stands on every page: the office, the years that there are, the forms, the version of the software."""
    pictures = [picture.sha256 if picture else "" for picture in (office.emblem, office.map_picture)]
    fields = [getattr(office, name) for name in Office.__slots__ if name not in ("emblem", "map_picture")]
    named = [(year.year_be, year.title) for year in years]
    parts = (__version__, record.layout_version, fields, pictures, named, list(forms))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


# --- who publishes --------------------------------------------------------------------------------------------------
def office_of(agency: Agency, record: Site) -> Office:
    """Give who publishes: facts of the agency, and what was said of the site."""
    picture = record.map_picture
    return Office(
        name=agency.name,
        code=agency.code,
        name_en=agency.name_en,
        address=agency.address or _where(agency),
        address_en=record.address_en,
        phone=agency.phone,
        fax=record.fax,
        email=agency.email,
        hours=record.hours,
        directions=record.directions,
        map_address=record.map_address,
        map_picture=asset_of(picture, agency, "map.png") if picture else None,
        emblem=_emblem(agency),
        about=record.about,
        about_en=record.about_en,
        channels=tuple((str(one["name"]), str(one.get("address", ""))) for one in record.channels),
        privacy_policy=record.privacy_policy,
        website_policy=record.website_policy,
        base=_base(record),
    )


def _where(agency: Agency) -> str:
    parts = (("ตำบล", agency.subdistrict), ("อำเภอ", agency.district), ("จังหวัด", agency.province))
    return " ".join(f"{level}{name}" for level, name in parts if name)


def _emblem(agency: Agency) -> model.Asset | None:
    drawn = bytes(agency.emblem or agency.logo or b"")
    if not drawn:
        return None
    return model.Asset("emblem.png", PNG, len(drawn), hashlib.sha256(drawn).hexdigest(), lambda: drawn)


def _base(record: Site) -> str:
    """Give the site's own address; empty while no host is known, since links do not need it."""
    root = root_of(record)
    return root if root.startswith("http") else ""


# --- the items of each year -----------------------------------------------------------------------------------------
def years_of(agency: Agency, listed: Sequence[Listed]) -> tuple[Year, ...]:
    """Give the item list of each year in which an item was ever published, the newest first; two queries."""
    pages: Mapping[int | None, Listed] = {one.item_id: one for one in listed if one.item_id is not None}
    cycles = list(
        Cycle.objects.filter(agency=agency, items__in=pages).distinct().order_by("-fiscal_year_be", "framework_id")
    )
    items = ItemState.objects.filter(cycle__in=cycles).order_by("place")
    by_cycle: dict[int, list[ItemState]] = {one.pk: [] for one in cycles}
    for item in items.only("cycle_id", "code", "title", "indicator", "place"):
        by_cycle[item.cycle_id].append(item)
    return tuple(
        _year(be, [(one, by_cycle[one.pk]) for one in same], pages)
        for be, same in groupby(cycles, key=lambda one: one.fiscal_year_be)
    )


def _year(be: int, cycles: Sequence[tuple[Cycle, Sequence[ItemState]]], pages: Mapping[int | None, Listed]) -> Year:
    groups = tuple(group for cycle, items in cycles for group in _groups(cycle, items, pages))
    return Year(be, f"การเปิดเผยข้อมูลสาธารณะ (OIT) ปีงบประมาณ พ.ศ. {be}", groups)


def _groups(
    cycle: Cycle, items: Iterable[ItemState], pages: Mapping[int | None, Listed]
) -> Iterable[tuple[str, tuple[ItemLine, ...]]]:
    """Part the items of a cycle by the top of their indicators, in the framework's order."""
    names, tops = _indicators(cycle)
    found: dict[str, list[ItemLine]] = {}
    for item in items:
        top = tops.get(item.indicator, item.indicator)
        line = _line(item, names.get(item.indicator, item.indicator), pages.get(item.pk))
        found.setdefault(names.get(top, top), []).append(line)
    return [(name, tuple(lines)) for name, lines in found.items()]


def _indicators(cycle: Cycle) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Name the indicators of a cycle; by their codes where its framework is no longer there."""
    try:
        framework = framework_of(cycle)
    except UnknownFramework:
        return {}, {}
    return indicator_names(framework), top_of(framework)


def _line(item: ItemState, indicator: str, page: Listed | None) -> ItemLine:
    if page is None:
        return ItemLine(item.code, item.title, indicator, state=WAITING)
    entry = page.entry
    state = WITHDRAWN if entry.is_withdrawn else ELSEWHERE if page.elsewhere else PUBLISHED
    return ItemLine(item.code, item.title, indicator, entry.path, page.elsewhere, state, entry.published_at)


# --- laws -----------------------------------------------------------------------------------------------------------
def laws_of(listed: Iterable[Listed]) -> tuple[Law, ...]:
    """Give the library of laws: free pages under ``laws/``; one that was withdrawn is told as repealed."""
    found = [one for one in listed if one.entry.kind == PageKind.FREE and one.entry.path.startswith(LAWS)]
    ordered = sorted(found, key=lambda one: (-one.entry.year_be, one.entry.title))
    return tuple(Law(one.entry.title, one.entry.year_be, _law_state(one), one.entry.path) for one in ordered)


def _law_state(law: Listed) -> str:
    is_repealed = law.entry.is_withdrawn or law.law_state == LawState.REPEALED
    return REPEALED if is_repealed else IN_FORCE
