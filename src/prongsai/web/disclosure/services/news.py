"""News: written as a page, or made of an entry of the register of news so that nothing is typed twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import FileRole, Page, PageKind
from prongsai.web.disclosure.queries.addresses import site_root
from prongsai.web.disclosure.queries.news import told_on, values_of
from prongsai.web.disclosure.queries.submissions import address_of
from prongsai.web.disclosure.services.pages import add_page, attach, write_release
from prongsai.web.disclosure.services.paths import is_taken
from prongsai.web.disclosure.services.postings import REGISTER_KEYS, ensure_channels
from prongsai.web.evidence.models import File
from prongsai.web.registers.models import Entry
from prongsai.web.registers.services import change_entry

WEBSITE, OTHER = "website", "other"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a piece of news. text: what it shows, for who cannot see it."""

    file: File
    text: str


@transaction.atomic
def add_news(
    scope: Scope,
    *,
    title: str,
    event_on: date,
    text: str,
    unit: Unit | None = None,
    pictures: Sequence[Picture] = (),
    entry: Entry | None = None,
) -> Page:
    """Make a page of news with its release in the making; it is asked for and approved like every other page.

    text: in the light markup of pages. Raises ValidationError for what has not happened yet: it would be told before it
    was.
    """
    journal.take_turn(scope.agency)
    ensure_channels(scope)
    hold_happened(event_on, scope.today)
    year = fiscal_year_be(event_on)
    path = _free_path(scope, year, event_on)
    page = add_page(scope, kind=PageKind.NEWS, title=title, path=path, year_be=year, unit=unit, event_on=event_on)
    if entry is not None:
        journal.change(scope, page, "page.from_entry", entry=entry)
    release = write_release(
        scope, page=page, version=None, title=title, body=text, content_year_be=year, document_date=event_on
    )
    shown = [attach(scope, release=release, file=one.file, title=one.text, role=FileRole.PICTURE, text=one.text)
             for one in pictures]  # fmt: skip
    if shown:
        lines = [text, *(f"![{_alt(one.text)}]({one.name})" for one in shown)]
        write_release(scope, page=page, version=None, body="\n".join(lines))
    return page


def _alt(text: str) -> str:
    return text.replace("[", "(").replace("]", ")")


def hold_happened(event_on: date | None, on: date) -> None:
    """Refuse news that would be told before its event. on: the day on which it is, or would be, told."""
    if event_on is not None and on < event_on:
        raise ValidationError({"event_on": _("วันที่เผยแพร่อยู่ก่อนวันที่จัดกิจกรรม ข่าวบันทึกได้เมื่อกิจกรรมเกิดขึ้นแล้ว")})


def _free_path(scope: Scope, year: int, event_on: date) -> str:
    """Give a path that nobody had: the day and a number, which anybody can read out on the telephone."""
    number = 1
    while is_taken(scope.agency, path := f"news/{year}/{event_on:%Y-%m-%d}-{number}"):
        number += 1
    return path


def from_entry(scope: Scope, *, entry: Entry) -> Page:
    """Make a page of an entry of the register of news: its words, unit, day and photograph. Raises ValidationError."""
    if Page.objects.filter(entry=entry).exists():
        raise ValidationError(_("รายการนี้ทำหน้าข่าวแล้ว"))
    values = values_of(entry)
    # The same bytes, as guarded as they are: until approval they are opened only by who may read the draft.
    photos = entry.files.filter(field="photo", file__erased_at=None).select_related("file__agency")
    pictures = [Picture(one.file, entry.title) for one in photos]
    text = values.get("summary") or entry.title
    unit = entry.unit
    return add_news(
        scope, title=entry.title, event_on=values["event_on"], text=text, unit=unit, pictures=pictures, entry=entry
    )


def tell_register(scope: Scope, *, page: Page) -> Entry | None:
    """Enter in the register when and where a page's news was posted; None when it has no entry or says so already.

    Raises EntryRefused for who may not change it, and for a period that is closed; ValidationError while the site has
    no address.
    """
    first = page.releases.filter(published_at__isnull=False).order_by("published_at").first()
    entry = page.entry
    if entry is None or first is None:
        return None
    values = values_of(entry)
    address = address_of(page, site_root(page.agency))
    if not address:
        raise ValidationError(_("ยังไม่ได้ตั้งที่อยู่เว็บสาธารณะของหน่วยงาน"))
    posted = page.postings.select_related("channel")
    keys = [WEBSITE, *(REGISTER_KEYS.get(one.channel.name, OTHER) for one in posted if one.is_counted)]
    channels = tuple(dict.fromkeys((*(values.get("channels") or ()), *keys)))
    said: dict[str, Any] = {"posted_on": told_on(first.published_at), "channels": channels, "link": address}
    if all(values.get(key) == value for key, value in said.items()):
        return None
    return change_entry(scope, entry=entry, values=said, version=None)
