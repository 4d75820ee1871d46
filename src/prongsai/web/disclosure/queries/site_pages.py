"""The pages of a public site: all of them as lists tell of them, and one of them whole."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from prongsai.portal import model
from prongsai.portal.entry import parts_of
from prongsai.portal.notices import notice
from prongsai.registers.model import Register
from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.models import (
    Licence,
    Page,
    PageState,
    PastPath,
    Posting,
    Release,
    ReleaseFile,
    ReleaseState,
    Site,
)
from prongsai.web.disclosure.queries.metadata import metadata_of, register_of, tables_of
from prongsai.web.disclosure.queries.reported import kept_of
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import read_file

FindRegister = Callable[[str, int], Register | None]
SHOWN = (PageState.PUBLIC, PageState.WITHDRAWN)  # every address that was ever public
_COLUMNS = (
    *("pk", "version", "kind", "path", "shown_title", "year_be", "register", "item_id", "item_key", "state"),
    *("elsewhere", "law_state"),
    *("event_on", "review_on", "withdrawn_at", "current_id", "item__code", "unit__name", "item__unit__name"),
    *("current__title_en", "current__summary", "current__published_at"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as lists tell of it: its entry, the item that it is of, and what the year's list needs."""

    entry: model.Entry
    item_id: int | None
    item_key: str
    elsewhere: str
    law_state: str = ""


def listed_pages(agency: Agency, record: Site) -> tuple[Listed, ...]:
    """Give every page that was ever public, its years' order first; six queries however many there are.

    An entry's stamp covers the page, its releases, whether the bytes of its files are there, other paths and postings.
    """
    shown = Page.objects.filter(agency=agency, state__in=SHOWN).annotate(shown_title=_shown_title())
    pages = shown.values_list(*_COLUMNS, named=True)
    parts = _parts(agency)
    with_tables = set(_approved(agency).exclude(tables=[]).values_list("pk", flat=True))
    known = cache(register_of)
    return tuple(_listed(agency, record, row, parts, known if row.current_id in with_tables else None) for row in pages)


def _shown_title() -> Coalesce:
    """Give the title that somebody approved: of what stands there, else of the last release; else the page's name."""
    last = Release.objects.filter(page=OuterRef("pk"), state=ReleaseState.APPROVED).order_by("-number")
    return Coalesce("current__title", Subquery(last.values("title")[:1]), "title")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What belongs to pages, by the page."""

    releases: Mapping[int, Sequence[tuple[Any, ...]]]
    files: Mapping[int, Sequence[tuple[Any, ...]]]
    postings: Mapping[int, Sequence[tuple[Any, ...]]]
    paths: Mapping[int, Sequence[tuple[Any, ...]]]


def _parts(agency: Agency) -> _Parts:
    files = ReleaseFile.objects.filter(release__page__agency=agency, release__state=ReleaseState.APPROVED)
    told = files.order_by("pk").values_list("release__page_id", "pk", "file__sha256", "file__size", "file__erased_at")
    posted = Posting.objects.filter(page__agency=agency).order_by("pk")
    return _Parts(
        _by_page(_approved(agency).order_by("pk").values_list("page_id", "pk", "version")),
        _by_page((*row, _is_there(agency, row[2], row[3])) for row in told),
        _by_page(posted.values_list("page_id", "pk", "version", "channel__name")),
        _by_page(PastPath.objects.filter(agency=agency).order_by("path").values_list("page_id", "path")),
    )


def _approved(agency: Agency) -> Any:
    return Release.objects.filter(page__agency=agency, state=ReleaseState.APPROVED)


def _by_page(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, Sequence[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for page, *rest in rows:
        found[page].append(tuple(rest))
    return found


def _is_there(agency: Agency, sha256: str, size: int) -> bool:
    """Whether bytes stand in the store, as many as were kept; their hash is looked at when they are written."""
    try:
        return store.path_of(agency.code, sha256).stat().st_size == size
    except OSError:
        return False


def _listed(agency: Agency, record: Site, row: Any, parts: _Parts, register: FindRegister | None) -> Listed:
    """Give a page as lists tell of it. register: finds that of a page with tables, None for one without."""
    metadata = _metadata(agency, record, row, register(row.register, row.year_be)) if register else None
    kept = [table.get(row.pk, ()) for table in (parts.releases, parts.files, parts.postings, parts.paths)]
    stamp = hashlib.sha256(repr((tuple(row), kept, metadata)).encode()).hexdigest()[:32]
    entry = model.Entry(
        path=row.path,
        kind=row.kind,
        title=row.shown_title,
        stamp=stamp,
        load=partial(load_page, agency, row.pk),
        title_en=row.current__title_en or "",
        code=row.item__code or "",
        year_be=row.year_be,
        published_at=local(row.current__published_at),
        event_on=row.event_on,
        summary=row.current__summary or "",
        others=tuple(path for (path,) in parts.paths.get(row.pk, ())),
        has_data=register is not None,
        is_withdrawn=row.state == PageState.WITHDRAWN,
        metadata=metadata,
    )
    return Listed(entry, row.item_id, row.item_key, row.elsewhere, row.law_state)


def _metadata(agency: Agency, record: Site, row: Any, register: Register | None) -> model.Metadata:
    return metadata_of(
        agency,
        register,
        title=row.shown_title,
        unit=row.unit__name or row.item__unit__name or "",
        summary=row.current__summary or "",
        year_be=row.year_be,
        licence=record.license_id,
    )


def local(moment: datetime | None) -> datetime | None:
    """Give a moment by the clock of the office."""
    return timezone.localtime(moment) if moment else None


# --- one page -------------------------------------------------------------------------------------------------------
def load_page(agency: Agency, pk: int) -> model.Page:
    """Give a page with every release that was approved; five queries, six with an open table."""
    page = _whole(agency).get(pk=pk)
    return portal_page(page, agency, _releases(page))


def draft_page(page: Page, agency: Agency, release: Release) -> model.Page:
    """Give a page as it would be if the release in the making were approved; its number is the next one.

    For one that was approved, the page as it is.
    """
    if release.state == ReleaseState.APPROVED:
        return load_page(agency, page.pk)
    known = _releases(page)
    shown = portal_page(_whole(agency).get(pk=page.pk), agency, [release, *known], draft=release)
    first, *rest = shown.releases
    number = max((one.number for one in known), default=0) + 1
    return replace(shown, releases=(replace(first, number=number, parts=parts_of(first)), *rest))


def in_the_making(release: Release, agency: Agency) -> model.Release:
    """Give a release in the making as the generator takes it, with the number of pages that it stands on."""
    register = register_of(release.page.register, release.page.year_be)
    made = _release(release, agency, register, model.Standing.CURRENT)
    return replace(made, parts=parts_of(made))


def _whole(agency: Agency) -> Any:
    return Page.objects.filter(agency=agency).select_related("unit", "item__unit")


def _releases(page: Page) -> list[Release]:
    files = Prefetch("files", ReleaseFile.objects.select_related("file"))
    found = page.releases.filter(state=ReleaseState.APPROVED).prefetch_related(files)
    return list(found.order_by("-number"))


def portal_page(page: Page, agency: Agency, releases: Sequence[Release], draft: Release | None = None) -> model.Page:
    """Give a page as the generator takes it. releases: the newest first. draft: what stands in place of the current.

    A release that was withdrawn stays so, whatever came to stand at the address since.
    """
    register = register_of(page.register, page.year_be)
    unit = page.unit or (page.item.unit if page.item else None)
    is_withdrawn = page.state == PageState.WITHDRAWN and draft is None
    current = draft.pk if draft else page.current_id
    shown = tuple(_release(one, agency, register, _standing(one, current, is_withdrawn)) for one in releases)
    stands = next((one for one in shown if one.standing is model.Standing.CURRENT), None)
    return model.Page(
        path=page.path,
        kind=page.kind,
        title=_title_of(page, current, releases),
        releases=shown,
        title_en=stands.title_en if stands else "",
        code=page.item.code if page.item else "",
        year_be=page.year_be,
        unit=unit.name if unit else "",
        others=tuple(page.past_paths.order_by("path").values_list("path", flat=True)),
        elsewhere="" if draft else page.elsewhere,
        withdrawn=(page.withdrawn_reason.strip() or "ไม่ได้ระบุเหตุผล") if is_withdrawn else "",
        withdrawn_at=local(page.withdrawn_at) if is_withdrawn else None,
        event_on=page.event_on,
        review_on=page.review_on,
        postings=_postings(page),
        metadata=_page_metadata(page, agency, register, stands, unit.name if unit else ""),
    )


def _title_of(page: Page, current: int | None, releases: Sequence[Release]) -> str:
    """Give what ``_shown_title`` gives."""
    told = next((one for one in releases if one.pk == current), releases[0] if releases else None)
    return told.title if told else page.title


def _standing(release: Release, current: int | None, is_withdrawn: bool) -> model.Standing:
    if is_withdrawn or release.withdrawn_at:
        return model.Standing.WITHDRAWN
    return model.Standing.CURRENT if release.pk == current else model.Standing.REPLACED


def _release(one: Release, agency: Agency, register: Register | None, standing: model.Standing) -> model.Release:
    return model.Release(
        number=one.number,
        standing=standing,
        title=one.title,
        title_en=one.title_en,
        summary=one.summary,
        body=blocks_of(one.body),
        body_en=blocks_of(one.body_en),
        tables=tables_of(one.tables, register),
        documents=tuple(_document(file, agency) for file in one.files.all()),
        content_year_be=one.content_year_be,
        document_date=one.document_date,
        received_on=one.received_on,
        published_at=local(one.published_at),
        approved_as=one.decided_as,
        change_note=one.change_note,
        is_late=one.is_late,
        sha256=one.sha256,
        erased_at=local(one.erased_at),
        parts=one.parts,
        reported=reported_of(one),
    )


def reported_of(release: Release) -> tuple[model.Reported, ...]:
    """Give the letters by which a release was reported to executives: as frozen, of one in the making as they are."""
    kept = release.reports if release.state == ReleaseState.APPROVED else kept_of(release)
    return tuple(
        model.Reported(one["what"], one["number"], date.fromisoformat(one["dated"]), one["by"], one["is_approved"])
        for one in kept
    )


def blocks_of(kept: Iterable[Mapping[str, Any]]) -> tuple[model.Block, ...]:
    """Give blocks as they are kept in JSON."""
    return tuple(
        model.Block(
            model.BlockKind(one["kind"]),
            tuple(one.get("lines", ())),
            tuple(tuple(row) for row in one.get("rows", ())),
            one.get("address", ""),
        )
        for one in kept
    )


def _document(one: ReleaseFile, agency: Agency) -> model.Document:
    return model.Document(asset_of(one.file, agency, one.name), one.title, one.role, one.text, one.language)


def asset_of(file: File, agency: Agency, name: str = "") -> model.Asset:
    """Give a file with the way to its bytes, without one when they were erased.

    Where they are lost from the disk a file of the same type stands in and says so: one lost file keeps no site down.
    """
    file.agency = agency  # known already; a file's path asks for it
    called = name or file.name
    if file.erased_at is None and not _is_there(agency, file.sha256, file.size):
        said = notice(
            called, ("ไฟล์นี้สูญหายจากเครื่องที่เก็บ", "หน่วยงานกำลังกู้คืนจากข้อมูลสำรอง", f"SHA-256 ของไฟล์เดิม {file.sha256}")
        )
        return model.Asset(called, file.media_type, len(said), hashlib.sha256(said).hexdigest(), lambda: said)
    open_bytes = partial(read_file, file) if file.erased_at is None else None
    return model.Asset(called, file.media_type, file.size, file.sha256, open_bytes)


def _postings(page: Page) -> tuple[model.Posting, ...]:
    found = [one for one in page.postings.select_related("channel") if one.is_counted and one.posted_on]
    return tuple(model.Posting(one.channel.name, one.posted_on, one.address) for one in found if one.posted_on)


def _page_metadata(
    page: Page, agency: Agency, register: Register | None, stands: model.Release | None, unit: str
) -> model.Metadata | None:
    if stands is None or not stands.tables:
        return None
    licence = Site.objects.filter(agency=agency).values_list("license_id", flat=True).first()
    return metadata_of(
        agency,
        register,
        title=stands.title,
        unit=unit,
        summary=stands.summary,
        year_be=page.year_be,
        licence=licence or Licence.UNSAID.value,
    )
