"""Pages: made, named, withdrawn, renamed, said to stand elsewhere. What they say is written in ``releases``."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import ItemState
from prongsai.web.disclosure.models import Page, PageKind, PageState, ReleaseState, Watch
from prongsai.web.disclosure.services import gate, paths
from prongsai.web.disclosure.services.files import attach, drop_file
from prongsai.web.disclosure.services.locks import PageLocked, hold_known
from prongsai.web.disclosure.services.proof import prove
from prongsai.web.disclosure.services.releases import (
    approve,
    last_of,
    making_of,
    next_of,
    request_release,
    return_release,
    write_release,
)
from prongsai.web.disclosure.services.watching import watch

__all__ = [
    "PageLocked",
    "add_page",
    "approve",
    "attach",
    "change_page",
    "drop_file",
    "ensure_item_page",
    "last_of",
    "making_of",
    "next_of",
    "publish_elsewhere",
    "rename",
    "request_release",
    "return_release",
    "withdraw",
    "write_release",
]

TITLE_MAX = 300
SETTINGS = ("title", "unit", "publisher_unit", "review_on", "event_on", "law_state")
_NOT_IN_PATHS = re.compile(r"[^a-z0-9.-]+")


# --- making ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def ensure_item_page(scope: Scope, *, item: ItemState) -> Page:
    """Give the page of an item, made when there is none: its path is the year and the item's lasting key."""
    journal.take_turn(scope.agency)
    if known := Page.objects.filter(item=item).first():
        return known
    year = item.cycle.fiscal_year_be
    page = Page(
        agency=scope.agency,
        kind=PageKind.ITEM,
        path=_item_path(scope, item),
        title=item.title[:TITLE_MAX],
        year_be=year,
        item=item,
        item_key=item.key,
        unit=item.unit,
        made_by=scope.user,
    )
    return journal.create(scope, page, "page.add")


def _item_path(scope: Scope, item: ItemState) -> str:
    """Give ``2569/procurement.monthly``; where another assessment of the year took it, with that one's kind."""
    key = _NOT_IN_PATHS.sub("-", item.key.lower()).strip(".-")
    year = item.cycle.fiscal_year_be
    wanted = f"{year}/{key}"
    return f"{year}/{item.cycle.framework_kind}/{key}" if paths.is_taken(scope.agency, wanted) else wanted


@transaction.atomic
def add_page(
    scope: Scope,
    *,
    kind: str,
    title: str,
    path: str,
    year_be: int = 0,
    register: str = "",
    unit: Unit | None = None,
    publisher_unit: Unit | None = None,
    event_on: date | None = None,
    review_on: date | None = None,
    law_state: str = "",
) -> Page:
    """Make a page at a path that nobody else ever had. Raises ValidationError."""
    journal.take_turn(scope.agency)
    paths.hold_path(scope.agency, kind, path)
    page = Page(
        agency=scope.agency,
        kind=kind,
        title=title.strip(),
        path=path,
        year_be=year_be,
        register=register,
        unit=unit,
        publisher_unit=publisher_unit,
        event_on=event_on,
        review_on=review_on,
        law_state=law_state,
        made_by=scope.user,
    )
    _hold_own(scope, page)
    return journal.create(scope, page, "page.add")


@transaction.atomic
def change_page(scope: Scope, *, page: Page, version: int | None, **values: Any) -> Page:
    """Change a page's name, whose it is, when it is looked at again: ``SETTINGS``. Raises Stale, ValidationError.

    The name is the office's own: the public sees that of the release. Where there never was one the name itself is
    shown, and stays.
    """
    if unknown := sorted(set(values) - set(SETTINGS)):
        raise TypeError(f"a page has no {unknown}")
    for unit in (values.get("unit"), values.get("publisher_unit")):
        if unit is not None and unit.agency_id != scope.agency.pk:
            raise ValidationError(_("ส่วนราชการนี้เป็นของหน่วยงานอื่น"))
    _hold_shown_title(page, values)
    return journal.change(scope, page, "page.change", version=version, **values)


def _hold_shown_title(page: Page, values: Mapping[str, Any]) -> None:
    """Refuse another name for what is shown by its name only: nobody would have approved it."""
    now = Page.objects.get(pk=page.pk)
    if now.state != PageState.DRAFT and values.get("title", now.title) != now.title and last_of(now) is None:
        raise ValidationError({"title": _("ชื่อนี้แสดงในเว็บสาธารณะแล้ว ถ้าต้องเปลี่ยน ให้เผยแพร่ฉบับใหม่ในเว็บนี้โดยมีผู้อนุญาต")})


def _hold_own(scope: Scope, page: Page) -> None:
    units = (page.unit, page.publisher_unit)
    if any(unit is not None and unit.agency_id != scope.agency.pk for unit in units):
        raise ValidationError(_("ส่วนราชการนี้เป็นของหน่วยงานอื่น"))
    if page.kind == PageKind.ITEM:
        raise ValidationError(_("หน้าของข้อ OIT เริ่มจากข้อนั้น"))
    if page.kind == PageKind.REGISTER and not page.register:
        raise ValidationError({"register": _("เลือกทะเบียน")})


# --- afterwards -----------------------------------------------------------------------------------------------------
@transaction.atomic
def withdraw(scope: Scope, *, page: Page, version: int | None, reason: str, knows: bool = False) -> Page:
    """Take away what stands at an address; the address says so from now on, since when and why.

    Every release until then is withdrawn for good: the page is published again by another one. Raises Stale,
    PageLocked, ValidationError.
    """
    found = _taken(scope, page, version)
    if found.state != PageState.PUBLIC:
        raise ValidationError(_("หน้านี้ไม่ได้เผยแพร่อยู่"))
    if not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลที่ถอน ผู้ที่เปิดลิงก์จะเห็น")})
    gate.hold_public_words(scope, reason)
    hold_known(scope, found, knows=knows, what="page.withdraw")
    number = found.current.number if found.current else 0
    journal.change(
        scope,
        found,
        "page.withdraw",
        state=PageState.WITHDRAWN,
        withdrawn_reason=reason.strip(),
        withdrawn_at=timezone.now(),
        current=None,
        elsewhere="",
    )
    for one in found.releases.filter(state=ReleaseState.APPROVED, withdrawn_at=None):
        at, why = found.withdrawn_at, found.withdrawn_reason
        journal.change(scope, one, "release.withdraw", withdrawn_at=at, withdrawn_reason=why)
    # Not the reason: a link of the chain can never be changed, and words may name somebody.
    content = {"path": found.path, "number": number, "at": found.withdrawn_at}
    prove(scope.agency, kind="withdrawal", subject=found.pk, content=content)
    return found


@transaction.atomic
def rename(scope: Scope, *, page: Page, version: int | None, path: str, knows: bool = False) -> Page:
    """Give a page another path; one that was ever public leads on from the old one.

    Raises Stale, PageLocked, ValidationError.
    """
    found = _taken(scope, page, version)
    old = found.path
    if path == old:
        return found
    paths.hold_path(scope.agency, found.kind, path, found)
    hold_known(scope, found, knows=knows, what="page.rename")
    # A path that led here before is the page's own again.
    for past in found.past_paths.filter(path=path):
        journal.delete(scope, past, "page.alias_drop")
    journal.change(scope, found, "page.rename", path=path)
    if found.state != PageState.DRAFT:
        paths.lead_on(scope, found, old)
    return found


@transaction.atomic
def publish_elsewhere(scope: Scope, *, page: Page, version: int | None, address: str, knows: bool = False) -> Page:
    """Say that the office publishes a page at another address; that is the publication then, and is watched.

    address empty: it stands in our site again, as it was approved last; what was withdrawn or erased since never does.
    Raises Stale, PageLocked, ValidationError.
    """
    found = _taken(scope, page, version)
    if address == found.elsewhere:
        return found
    hold_known(scope, found, knows=knows, what="page.elsewhere")
    if not address:
        return _back_here(scope, found)
    journal.change(
        scope,
        found,
        "page.elsewhere",
        elsewhere=address,
        state=PageState.PUBLIC,
        current=None,
        withdrawn_reason="",
        withdrawn_at=None,
    )
    paths.lead_on(scope, found, paths.alias_of(found), is_alias=True)
    watch(scope, address=address, why=Watch.ELSEWHERE, page=found, item=found.item)
    return found


def _back_here(scope: Scope, page: Page) -> Page:
    last = last_of(page)
    if last is None:
        raise ValidationError(_("ยังไม่มีฉบับในเว็บนี้ ให้เผยแพร่ฉบับใหม่ในเว็บนี้ก่อน หรือถอนหน้านี้"))
    if last.withdrawn_at or last.erased_at:
        raise ValidationError(_("ฉบับล่าสุดถูกถอนหรือลบเนื้อหาไปแล้ว ทำฉบับใหม่แล้วขออนุญาตเผยแพร่"))
    return journal.change(scope, page, "page.elsewhere", elsewhere="", current=last)


def _taken(scope: Scope, page: Page, version: int | None) -> Page:
    """Take the turn, then give a page as it is now. Raises Stale when it is not the one that was seen."""
    journal.take_turn(scope.agency)
    found = Page.objects.select_related("agency", "item__cycle", "current").get(pk=page.pk)
    if version is not None and found.version != version:
        raise journal.Stale(found)
    return found
