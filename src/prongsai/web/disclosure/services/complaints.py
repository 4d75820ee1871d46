"""Signed statistics of complaints and an adopted guideline go on to publication, each onto the page of its item."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.reports.forms import complaint_guideline, complaint_statistics
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Guideline, Tally
from prongsai.web.complaints.queries.counts import statistics_of
from prongsai.web.cycles.models import ItemState
from prongsai.web.disclosure.models import FileRole, Release
from prongsai.web.disclosure.queries.complaints import files_of, items_for_guideline, items_for_tally
from prongsai.web.disclosure.services.files import attach, drop_file
from prongsai.web.disclosure.services.pages import ensure_item_page, write_release
from prongsai.web.evidence.models import File

Shown = tuple[File | None, str]  # a paper and its role


@override("th")
@transaction.atomic
def publish_tally(scope: Scope, *, tally: Tally, item: ItemState) -> Release:
    """Put signed statistics into a release in the making: the papers, and the table with them.

    What was signed of the same period before is taken out of it. Raises ValidationError.
    """
    if tally.replaced_by_id:
        raise ValidationError(_("มีฉบับใหม่แทนแล้ว เผยแพร่ฉบับใหม่"))
    _hold(item, items_for_tally(scope, tally))
    before = Tally.objects.filter(agency=scope.agency, fiscal_year_be=tally.fiscal_year_be, is_half=tally.is_half)
    title = complaint_statistics.PAPER.title(statistics_of(tally))
    papers = ((tally.pdf, FileRole.SIGNED), (tally.xlsx, FileRole.TABLE), (tally.docx, FileRole.DOCUMENT))
    return _publish(
        scope, item, title, papers, before.exclude(pk=tally.pk), "release.from_tally",
        content_year_be=tally.fiscal_year_be, document_date=tally.signed_on,
    )  # fmt: skip


@override("th")
@transaction.atomic
def publish_guideline(scope: Scope, *, guideline: Guideline, item: ItemState) -> Release:
    """Put an adopted guideline into a release in the making, in place of earlier editions. Raises ValidationError."""
    if guideline.edition == 0:
        raise ValidationError(_("เผยแพร่ได้เมื่อให้ใช้แนวปฏิบัติแล้ว"))
    _hold(item, items_for_guideline(scope))
    before = Guideline.objects.filter(agency=scope.agency, edition__gt=0).exclude(pk=guideline.pk)
    papers = ((guideline.pdf, FileRole.SIGNED), (guideline.docx, FileRole.DOCUMENT))
    return _publish(
        scope, item, complaint_guideline.TITLE_TH, papers, before, "release.from_guideline",
        document_date=guideline.adopted_on,
    )  # fmt: skip


def _hold(item: ItemState, allowed: Iterable[ItemState]) -> None:
    if item not in allowed:
        raise ValidationError(_("เลือกข้อที่ขอเอกสารนี้ และที่ท่านจัดทำหน้าเผยแพร่ได้"))


def _publish(
    scope: Scope,
    item: ItemState,
    title: str,
    papers: Iterable[Shown],
    before: Iterable[Tally | Guideline],
    action: str,
    **said: object,
) -> Release:
    journal.take_turn(scope.agency)
    release = write_release(scope, page=ensure_item_page(scope, item=item), version=None, **said)
    _drop(scope, release, before)
    held = set(release.files.values_list("file_id", flat=True)) | set(
        release.files.values_list("original_id", flat=True)
    )
    for file, role in papers:
        if file is not None and file.erased_at is None and file.pk not in held:
            attach(scope, release=release, file=file, title=title, role=role)
    journal.note(scope, action, release, {"title": (None, title)})
    return release


def _drop(scope: Scope, release: Release, before: Iterable[Tally | Guideline]) -> None:
    old = {pk for one in before for pk in files_of(one)}
    for shown in release.files.select_related("file"):
        if shown.file_id in old or shown.original_id in old:
            drop_file(scope, file=shown)
