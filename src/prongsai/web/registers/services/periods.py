"""Periods of registers: opening a year, stating nothing, closing with a frozen table, taking back, carrying on."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from prongsai.documents.model import Document
from prongsai.errors import FileUnusable
from prongsai.registers.model import Register, Rhythm
from prongsai.registers.sheets import workbook
from prongsai.registers.statistics import Figure
from prongsai.reports.forms import zero_report
from prongsai.reports.forms.signing import Signed
from prongsai.reports.register_forms import form_of
from prongsai.reports.register_paper import Heading, period_paper
from prongsai.reports.stationery.registers import PERIOD
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Appointment, Post, PostRole
from prongsai.web.agencies.queries import signature_lines
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties import services as duties
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.evidence import services as evidence
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.registers.models import Entry, EntryProgress, PeriodClose, Source
from prongsai.web.registers.queries import periods as queries
from prongsai.web.registers.queries.frozen import Frozen, frozen_of
from prongsai.web.registers.queries.library import Kept, all_kept
from prongsai.web.registers.queries.parts import open_to
from prongsai.web.registers.services.entries import copy_entry
from prongsai.web.stationery.services import write_paper

TITLE_MAX = 280  # room for the kind of file behind it
LATE_DAYS = 30  # after the year: what is due later than that is made in the next year


@transaction.atomic
def open_year(scope: Scope, *, fiscal_year_be: int) -> list[Duty]:
    """Make the duties of every open register in a fiscal year (BE) that are not there yet, with their periods.

    A register that is one of the office's standard duties uses that one. What is reported of the year before long after
    its end is work of this year, and is made for that year. Gives the duties made.
    """
    journal.take_turn(scope.agency)
    duties.open_year(scope, fiscal_year_be=fiscal_year_be)
    posts = _keeping(scope)
    own = [one for one in all_kept(scope, fiscal_year_be) if one.register.due]
    before = [one for one in all_kept(scope, fiscal_year_be - 1) if _is_late(one.register)]
    made = _add_duties(scope, own, fiscal_year_be, posts)
    return made + _add_duties(scope, before, fiscal_year_be - 1, posts)


def _is_late(register: Register) -> bool:
    due = register.due
    return due is not None and due.rhythm is Rhythm.YEARLY and due.days > LATE_DAYS


def _keeping(scope: Scope) -> dict[str, Post]:
    """Give the first post that has each role today."""
    held = PostRole.objects.filter(post__in=Post.objects.filter(agency=scope.agency).on(scope.today))
    found: dict[str, Post] = {}
    for one in held.select_related("post").order_by("post__place", "post__title", "post"):
        found.setdefault(one.role, one.post)
    return found


def _add_duties(scope: Scope, wanted: Sequence[Kept], year: int, posts: Mapping[str, Post]) -> list[Duty]:
    there = Duty.objects.filter(agency=scope.agency, fiscal_year_be=year)
    keys, titles = set(there.values_list("key", flat=True)), set(there.values_list("title", flat=True))
    made = []
    for kept in wanted:
        key = queries.duty_key(kept.register)
        if kept.is_open and key not in keys:
            keys.add(key)
            post = next((posts[role] for role in kept.register.owners if role in posts), None)
            made.append(_add_duty(scope, kept, year, titles, post))
    return made


def _add_duty(scope: Scope, kept: Kept, year: int, titles: set[str], post: Post | None) -> Duty:
    due = kept.register.due
    assert due is not None
    title = kept.name_th if kept.name_th not in titles else f"{kept.name_th} ({kept.register.id})"
    titles.add(title)
    return duties.add_duty(
        scope,
        fiscal_year_be=year,
        title=title,
        rhythm=due.rhythm.value,
        key=queries.duty_key(kept.register),
        days_after=due.days,
        unit=kept.setting.unit if kept.setting else None,
        post=post,
    )


@override("th")  # what is kept as evidence is Thai, whatever language its maker reads
def state_nothing(scope: Scope, *, kept: Kept, occurrence: Occurrence, note: str = "") -> PeriodClose:
    """State, signed and dated, that a register had nothing in a period. Raises ValidationError."""
    _hold_nothing(scope, kept, occurrence)
    preview = queries.preview_of(scope, kept, occurrence)
    return _freeze(scope, kept, preview, note)


@override("th")
def close_period(scope: Scope, *, kept: Kept, occurrence: Occurrence, note: str = "") -> PeriodClose:
    """Close a period: its table and figures are frozen, kept as evidence, and its entries are no longer changed.

    Raises ValidationError with everything that stands in the way.
    """
    _hold_signer(scope)
    preview = queries.preview_of(scope, kept, occurrence)
    if preview.blocks:
        raise ValidationError(list(preview.blocks))
    if preview.is_empty:
        raise ValidationError(_("งวดนี้ไม่มีรายการ ให้ลงชื่อยืนยันว่าไม่มีแทนการปิดงวด"))
    return _freeze(scope, kept, preview, note)


@transaction.atomic
def reopen_period(scope: Scope, *, close: PeriodClose, note: str, version: int | None = None) -> PeriodClose:
    """Take a close back, with the reason: its entries may be changed again, its evidence is marked as withdrawn.

    Raises Stale, ValidationError.
    """
    if not note.strip():
        raise ValidationError({"note": _("บอกเหตุผลที่เปิดงวดอีกครั้ง")})
    journal.take_turn(scope.agency)
    if not PeriodClose.objects.filter(pk=close.pk, reopened_at=None).exists():
        raise ValidationError(_("งวดนี้มีผู้เปิดอีกครั้งไปแล้ว"))
    values = {"reopened_at": timezone.now(), "note": note.strip()}
    journal.change(scope, close, "period.reopen", version=version, **values)
    Entry.objects.filter(close=close).update(close=None)
    EntryProgress.objects.filter(close=close).update(close=None)
    for one in close.evidence.filter(withdrawn_at=None):
        evidence.withdraw(scope, evidence=one, version=None)
    duties.reopen(scope, occurrence=close.occurrence)
    return close


@transaction.atomic
def carry_forward(scope: Scope, *, kept: Kept, to_year_be: int) -> list[Entry]:
    """Go on with last year's entries that are in a state which carries, each once. Gives the entries made."""
    journal.take_turn(scope.agency)
    return [
        copy_entry(scope, kept=kept, entry=one, fiscal_year_be=to_year_be, source=Source.CARRIED)
        for one in to_carry(scope, kept, to_year_be)
    ]


def to_carry(scope: Scope, kept: Kept, to_year_be: int) -> list[Entry]:
    """Give last year's entries that go on and have not been carried yet."""
    found = Entry.objects.filter(
        agency=scope.agency,
        register=kept.register.id,
        fiscal_year_be=to_year_be - 1,
        state__in=kept.register.carries,
        after=None,
    )
    return list(open_to(scope, found, kept.id).order_by("number"))


def _hold_signer(scope: Scope) -> None:
    if scope.person is None:
        raise ValidationError(_("การปิดงวดต้องมีผู้ลงชื่อ บัญชีนี้ไม่ได้ผูกกับบุคคลใด"))


def _hold_nothing(scope: Scope, kept: Kept, occurrence: Occurrence) -> None:
    _hold_signer(scope)
    due = kept.register.due
    if due is None or not due.none_allowed:
        raise ValidationError(_("ทะเบียนนี้ยืนยันว่าไม่มีไม่ได้ ต้องมีรายการ"))
    if occurrence.ends_on >= scope.today:
        raise ValidationError(_("งวดนี้ยังไม่สิ้นสุด ยืนยันว่าไม่มีได้เมื่อพ้นวันสุดท้ายของงวด"))
    if queries.entries_in(scope, kept.register, occurrence).exists():
        raise ValidationError(_("งวดนี้มีรายการอยู่ จึงยืนยันว่าไม่มีไม่ได้"))
    stops, _notes = queries.stops_of(scope, kept.register, occurrence.duty.fiscal_year_be)
    if stops:
        raise ValidationError(stops)


def _files(scope: Scope, kept: Kept, occurrence: Occurrence, frozen: Frozen) -> list[File]:
    """Keep the frozen table as a workbook, in Word and, where that can be written, in PDF."""
    document = paper_of(scope, kept, occurrence, frozen)
    printed = printed_as(kept, frozen)
    title = _title_of(kept, occurrence)
    files = {f"{title}.docx": write_paper(scope.agency, kind=printed, document=document, form="docx").content}
    if frozen.table.rows:
        files[f"{title}.xlsx"] = workbook([frozen.table], title=title)
    with suppress(FileUnusable):  # the packages for PDF are not installed: the Word file is enough
        files[f"{title}.pdf"] = write_paper(scope.agency, kind=printed, document=document, form="pdf").content
    # What only some may read is given out by the page of the period alone.
    guarded = bool(kept.register.readers) or kept.register.is_parted
    return [
        evidence.keep_file(scope, name=name, content=content, is_guarded=guarded) for name, content in files.items()
    ]


def _evidence(scope: Scope, kept: Kept, occurrence: Occurrence, file: File) -> Evidence:
    return evidence.add_evidence(
        scope,
        title=f"{_title_of(kept, occurrence)} ({file.name.rpartition('.')[2].upper()})",
        file=file,
        content_year_be=occurrence.duty.fiscal_year_be,
        document_date=scope.today,
        unit=kept.setting.unit if kept.setting else None,
    )


def _title_of(kept: Kept, occurrence: Occurrence) -> str:
    return f"{_paper_title(kept)} {occurrence.label}"[:TITLE_MAX]


def paper_of(scope: Scope, kept: Kept, occurrence: Occurrence, frozen: Frozen, kind: str = "") -> Document:
    """Compose the paper of a period, signed by who asks, on this day. kind: another paper that its entries make."""
    unit = str(kept.setting.unit or "") if kept.setting else ""
    heading = Heading(
        scope.agency.name, _paper_title(kept), occurrence.label, occurrence.starts_on, occurrence.ends_on, unit
    )
    signed = Signed(str(scope.person or ""), position_of(scope), on=scope.today)
    return period_paper(
        kept.register,
        heading,
        frozen.table,
        frozen.figures,
        signed=signed,
        values=frozen.values,
        beside=frozen.beside,
        kind=kind,
    )


def printed_as(kept: Kept, frozen: Frozen, kind: str = "") -> str:
    """Name the kind of paper that a period is printed as, by which its template is found."""
    if not frozen.table.rows:
        return zero_report.NAME
    if kind or (form_of(kept.register) is not None and frozen.values):
        return kind or kept.register.print_.kind
    return f"{PERIOD}{kept.register.id}"


def position_of(scope: Scope) -> str:
    """Give the post by which somebody signs today, with acting wording."""
    held = Appointment.objects.filter(agency=scope.agency, person=scope.person).on(scope.today)
    first = held.select_related("post").order_by("post__place", "pk").first()
    return " ".join(signature_lines(first, scope.today))[:300] if first else ""


def _paper_title(kept: Kept) -> str:
    return kept.register.print_.title_th or kept.name_th


def _freeze(scope: Scope, kept: Kept, preview: queries.Preview, note: str) -> PeriodClose:
    frozen = frozen_of(scope, kept, preview)
    # Before the turn is taken: files are not written while others wait for the database.
    files = _files(scope, kept, preview.occurrence, frozen)
    return _settle(scope, kept, preview, frozen, files, note)


@transaction.atomic
def _settle(
    scope: Scope, kept: Kept, preview: queries.Preview, frozen: Frozen, files: Sequence[File], note: str
) -> PeriodClose:
    occurrence, entries = preview.occurrence, preview.entries
    is_nothing = preview.is_empty
    journal.take_turn(scope.agency)
    _hold_unchanged(scope, kept.register, preview)
    proofs = [_evidence(scope, kept, occurrence, file) for file in files]
    close = PeriodClose(
        agency=scope.agency,
        register=kept.register.id,
        occurrence=occurrence,
        fiscal_year_be=occurrence.duty.fiscal_year_be,
        starts_on=occurrence.starts_on,
        ends_on=occurrence.ends_on,
        is_nothing=is_nothing,
        n_entries=len(entries),
        table=_told(frozen),
        figures=_figures(frozen.figures),
        closed_by=scope.person,
        closed_as=position_of(scope),
        closed_at=timezone.now(),
        note=note,
    )
    journal.create(scope, close, "period.none" if is_nothing else "period.close")
    close.evidence.set(proofs)
    _lock(kept.register, preview, close)
    result = _("ไม่มีรายการในงวดนี้") if is_nothing else say("ปิดงวด {n} รายการ").format(n=len(entries))
    duties.record_closed(scope, occurrence=occurrence, result=str(result), is_nothing=is_nothing, evidence=proofs)
    return close


def _hold_unchanged(scope: Scope, register: Register, preview: queries.Preview) -> None:
    """Under the turn: nobody closed it, added to it or changed it in the meantime."""
    occurrence = preview.occurrence
    closed = PeriodClose.objects.filter(occurrence=occurrence, register=register.id, reopened_at=None)
    if closed.exists():
        raise ValidationError(_("งวดนี้มีผู้ปิดไปแล้ว"))
    now = set(queries.entries_in(scope, register, occurrence).values_list("pk", "version"))
    progress = EntryProgress.objects.filter(pk__in=[one.pk for one in preview.progress.values()])
    reported = set(progress.values_list("pk", "version"))
    if now != _versions(preview.entries) or reported != _versions(preview.progress.values()):
        raise ValidationError(_("มีผู้แก้ไขรายการของงวดนี้ระหว่างที่กำลังปิด ดูรายการอีกครั้งแล้วปิดใหม่"))


def _versions(rows: Iterable[Entry | EntryProgress]) -> set[tuple[int, int]]:
    return {(one.pk, one.version) for one in rows}


def _lock(register: Register, preview: queries.Preview, close: PeriodClose) -> None:
    if register.progress:
        EntryProgress.objects.filter(pk__in=[one.pk for one in preview.progress.values()]).update(close=close)
    else:
        Entry.objects.filter(pk__in=[one.pk for one in preview.entries]).update(close=close)


def _told(frozen: Frozen) -> dict[str, Any]:
    rows = [list(row) for row in frozen.table.rows]
    table = frozen.table
    return {"head": list(table.head), "columns": list(table.columns), "rows": rows, "audience": frozen.audience}


def _figures(figures: Sequence[Figure]) -> dict[str, Any]:
    return {
        one.statistic.key: {
            "title": one.statistic.title_th,
            "rows": [[label, str(value)] for label, value in one.rows],
            "total": str(one.total),
            "counts": list(one.counts),
        }
        for one in figures
    }
