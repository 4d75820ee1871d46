"""Writing a release, asking for it, deciding on it: approval freezes it and makes it what stands at the address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.thai.text import collapse, normalise
from prongsai.web.agencies import journal
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure import markup
from prongsai.web.disclosure.models import Page, PageState, Release, ReleaseFile, ReleaseState, Watch
from prongsai.web.disclosure.queries import drafts
from prongsai.web.disclosure.queries.addresses import public_address
from prongsai.web.disclosure.queries.reported import kept_of, papers_of
from prongsai.web.disclosure.queries.rights import MAKING, is_own, may_return
from prongsai.web.disclosure.queries.writers import wrote
from prongsai.web.disclosure.services import freezing, gate, paths
from prongsai.web.disclosure.services.files import copy_files
from prongsai.web.disclosure.services.locks import hold_known
from prongsai.web.disclosure.services.proof import prove
from prongsai.web.disclosure.services.watching import watch
from prongsai.web.registers.services.periods import position_of

WRITTEN = (
    *("title", "title_en", "summary", "body", "body_en"),
    *("content_year_be", "document_date", "received_on", "change_note"),
)
_TEXTS = ("title", "title_en", "summary", "change_note")
_BODIES = ("body", "body_en")
_CARRIED = ("title", "title_en", "summary", "body", "body_en", "content_year_be", "document_date", "received_on")


# --- writing --------------------------------------------------------------------------------------------------------
@transaction.atomic
def write_release(scope: Scope, *, page: Page, version: int | None, **fields: Any) -> Release:
    """Write what a page shall say: in the release in the making; where there is none, in a new one like the last.

    version: that of the one in the making, 0 when there was none, None for whichever it is. fields: of ``WRITTEN``; a
    body may be given as the text of ``markup``. Raises Stale, and ValidationError for one that was asked for already.
    """
    journal.take_turn(scope.agency)
    draft = making_of(page)
    if version is not None and version != (draft.version if draft else 0):
        raise journal.Stale(draft or Page.objects.get(pk=page.pk))
    values = _values(fields)
    if draft is None:
        return _begin(scope, page, values)
    _hold_making(draft)
    return journal.change(scope, draft, "release.write", written_by=scope.user, **values)


def making_of(page: Page) -> Release | None:
    """Give the release in the making, None when there is none."""
    return Release.objects.filter(page=page).exclude(state=ReleaseState.APPROVED).select_related("page").first()


def next_of(page: Page) -> Release:
    """Give a release as one would begin: like the last, else with the page's name and the year asked; not kept."""
    last = last_of(page)
    if last is None:
        return Release(page=page, title=page.title, content_year_be=drafts.expected_year(page))
    return Release(page=page, **{name: getattr(last, name) for name in _CARRIED})


def last_of(page: Page) -> Release | None:
    """Give the release that was approved last."""
    return Release.objects.filter(page=page, state=ReleaseState.APPROVED).order_by("-number").first()


def _begin(scope: Scope, page: Page, values: Mapping[str, Any]) -> Release:
    last, new = last_of(page), next_of(page)
    for name, value in {"written_by": scope.user, **values}.items():
        setattr(new, name, value)
    made = journal.create(scope, new, "release.write")
    if last:
        copy_files(last, made)
    return made


def _values(fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(fields) - set(WRITTEN)):
        raise TypeError(f"a release has no {unknown}")
    values = dict(fields)
    values |= {name: _spelt(values[name]) for name in _TEXTS if name in values}
    values |= {name: _body(values[name]) for name in _BODIES if name in values}
    return values


def _spelt(text: str) -> str:
    return "\n".join(collapse(normalise(line)) for line in text.splitlines()).strip()


def _body(given: str | Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    # What was made elsewhere is read as if it had been typed: one spelling, nothing that could not be written.
    blocks = markup.read(given if isinstance(given, str) else markup.write(given))
    if bad := [address for address in markup.links_of(blocks) if not markup.is_safe(address)]:
        raise ValidationError({"body": _("ใช้ที่อยู่นี้เป็นลิงก์ไม่ได้: {address}").format(address=bad[0])})
    return blocks


def _hold_making(release: Release) -> None:
    if release.state not in MAKING:
        raise ValidationError(_("ขออนุญาตไปแล้ว แก้ไม่ได้จนกว่าจะส่งกลับหรืออนุญาต"))


# --- asking ---------------------------------------------------------------------------------------------------------
def request_release(scope: Scope, *, release: Release, version: int | None, note: str = "") -> Release:
    """Ask for a release to be published. note: what changes by it; worked out where it is empty and a page is replaced.

    The privacy gate looks first at what it has not seen. Raises Stale, ValidationError with all that stands in the way.
    """
    if note.strip():
        release = write_release(scope, page=release.page, version=version, change_note=note)
        version = release.version
    gate.look(scope, release=release)  # before the turn is taken: files are not read while others wait
    return _request(scope, release, version)


@transaction.atomic
def _request(scope: Scope, release: Release, version: int | None) -> Release:
    found = _taken(scope, release, version)
    _hold_making(found)
    _hold_person(scope)
    _hold_whole(found, drafts.files_of(found), freezing.tables_of(found.page))
    return journal.change(
        scope,
        found,
        "release.request",
        state=ReleaseState.REQUESTED,
        requested_by=scope.person,
        requested_as=position_of(scope),
        requested_at=timezone.now(),
        decided_by=None,
        decided_as="",
        decided_at=None,
    )


def _hold_whole(release: Release, files: Sequence[ReleaseFile], tables: Sequence[dict[str, Any]]) -> None:
    """Refuse one that is not whole, or that the privacy gate has not let through."""
    stops = list(drafts.missing_of(release, files, tables))
    stops += [one.text for one in papers_of(release.page.agency, files).stops(files)]
    if not drafts.is_open(release, tables):
        stops.append(_("มีข้อมูลส่วนบุคคลที่รอตัดสินใจ ดูผลตรวจก่อนเผยแพร่"))
    if stops:
        raise ValidationError(stops)


def _taken(scope: Scope, release: Release, version: int | None) -> Release:
    """Take the turn, then give a release as it is now. Raises Stale when it is not the one that was seen."""
    journal.take_turn(scope.agency)
    found = Release.objects.select_related("page__agency", "page__item__cycle", "page__current").get(pk=release.pk)
    if version is not None and found.version != version:
        raise journal.Stale(found)
    return found


def _hold_person(scope: Scope) -> None:
    if scope.person is None:
        raise ValidationError(_("ต้องมีผู้ลงชื่อ บัญชีนี้ไม่ได้ผูกกับบุคคลใด"))


# --- deciding -------------------------------------------------------------------------------------------------------
def approve(
    scope: Scope,
    *,
    release: Release,
    version: int | None,
    note: str = "",
    knows: bool = False,
    seen: str | None = None,
) -> Release:
    """Approve a release: it is frozen with number and hash, and stands at the address from now on.

    knows: that the address was submitted, where it replaces what was. seen: ``freezing.hash_of_draft`` of what who
    approves had before them, None for whatever it is: the table of a register goes on changing, and the gate may put
    another copy of a file in its place. Raises Stale, PageLocked, ValidationError for who asked for it or wrote it, and
    while the privacy gate waits.
    """
    gate.look(scope, release=release)  # the table of a register may have changed since it was asked for
    return _approve(scope, release, version, note, knows=knows, seen=seen)


@transaction.atomic
def _approve(
    scope: Scope, release: Release, version: int | None, note: str, *, knows: bool, seen: str | None
) -> Release:
    found = _taken(scope, release, version)
    _hold_decider(scope, found)
    page, tables = found.page, freezing.tables_of(found.page)
    files = drafts.files_of(found)
    if seen is not None and seen != freezing.hash_of_draft(found, files, tables):
        raise journal.Stale(found)
    _hold_whole(found, files, tables)
    hold_known(scope, page, knows=knows, what="release.approve")
    frozen = _frozen(scope, found, files, tables, note)
    journal.change(
        scope,
        page,
        "page.publish",
        state=PageState.PUBLIC,
        current=frozen,
        elsewhere="",
        withdrawn_reason="",
        withdrawn_at=None,
    )
    paths.lead_on(scope, page, paths.alias_of(page), is_alias=True)
    _make_known(scope, page, frozen, [(one.name, one.file.sha256) for one in files])
    return frozen


def _hold_decider(scope: Scope, release: Release) -> None:
    _hold_person(scope)
    if not scope.can(Power.APPROVE):
        raise ValidationError(_("ผู้อนุญาตต้องเป็นผู้บริหาร"))
    if release.state != ReleaseState.REQUESTED:
        raise ValidationError(_("คำขอนี้พิจารณาไปแล้ว หรือยังไม่ได้ขอ"))
    if is_own(scope, release) or wrote(scope, release):
        raise ValidationError(_("ผู้ขอหรือผู้เขียนอนุญาตเองไม่ได้ ให้ผู้มีอำนาจคนอื่นพิจารณา"))


def _frozen(
    scope: Scope, release: Release, files: Sequence[ReleaseFile], tables: list[dict[str, Any]], note: str
) -> Release:
    now = timezone.now()
    number = (Release.objects.filter(page=release.page).aggregate(last=Max("number"))["last"] or 0) + 1
    release.tables, release.reports = tables, kept_of(release)
    if number > 1 and not release.change_note:
        release.change_note = _told_change(release, files)
    shown = freezing.shown_of(release, files, number=number, published_at=now)
    return journal.change(
        scope,
        release,
        "release.approve",
        state=ReleaseState.APPROVED,
        number=number,
        tables=tables,
        reports=release.reports,
        change_note=release.change_note,
        sha256=freezing.hash_of(shown),
        parts=freezing.parts_of(release),
        published_at=now,
        is_late=freezing.is_late(release.page, now),
        decided_by=scope.person,
        decided_as=position_of(scope),
        decided_at=now,
        decision_note=note.strip(),
    )


@override("th")  # it is published
def _told_change(release: Release, files: Sequence[ReleaseFile]) -> str:
    """Say by itself what differs from the release before, where nobody has said it."""
    before = last_of(release.page)
    if before is None:
        return ""
    old = {(one.name, one.file.sha256) for one in before.files.select_related("file")}
    parts = [
        (_("เนื้อหา"), any(getattr(before, name) != getattr(release, name) for name in _CARRIED)),
        (_("ไฟล์"), old != {(one.name, one.file.sha256) for one in files}),
        (_("ตาราง"), before.tables != release.tables),
    ]
    changed = [name for name, is_changed in parts if is_changed]
    return _("ปรับปรุง{parts}").format(parts=" ".join(changed)) if changed else _("เผยแพร่อีกครั้งโดยไม่เปลี่ยนเนื้อหา")


def _make_known(scope: Scope, page: Page, release: Release, files: Sequence[tuple[str, str]]) -> None:
    # Never the title: a link of the chain can never be changed, and a headline may name somebody.
    prove(
        scope.agency,
        kind="release",
        subject=release.pk,
        content={
            "path": page.path,
            "number": release.number,
            "sha256": release.sha256,
            "published_at": release.published_at,
            "files": [{"name": name, "sha256": sha256} for name, sha256 in files],
        },
    )
    address = public_address(page)
    if address.startswith(("https://", "http://")):
        watch(scope, address=address, why=Watch.PAGE, page=page, item=page.item)


@transaction.atomic
def return_release(scope: Scope, *, release: Release, version: int | None, note: str) -> Release:
    """Send a request back with what is to be mended; who asked may take it back. Raises Stale, ValidationError."""
    found = _taken(scope, release, version)
    if found.state != ReleaseState.REQUESTED or not may_return(scope, found):
        raise ValidationError(_("คำขอนี้พิจารณาไปแล้ว หรือท่านไม่มีสิทธิ์ส่งกลับ"))
    if not note.strip():
        raise ValidationError({"note": _("บอกสิ่งที่ต้องแก้")})
    return journal.change(
        scope,
        found,
        "release.return",
        state=ReleaseState.RETURNED,
        decided_by=scope.person,
        decided_as=position_of(scope),
        decided_at=timezone.now(),
        decision_note=note.strip(),
    )
