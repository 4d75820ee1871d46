"""Keeping files and making evidence of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.errors import FileUnusable
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence import store
from prongsai.web.evidence.media import media_of
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.evidence.names import clean_name, parted

TITLE_MAX = 300
NAMELESS = "ไฟล์ที่ลบแล้ว"


def keep_file(scope: Scope, *, name: str, content: bytes | BinaryIO, is_guarded: bool = False) -> File:
    """Keep the bytes of a file; the same bytes again give the row that is there.

    name: as the sender called it. is_guarded: to be opened only through the record that will hold it; bytes that
    somebody brings openly are open from then on. Raises FileUnusable for what is not taken (empty, programs, web pages,
    macros, …, and bytes that were erased), LimitExceeded over ``MAX_UPLOAD_MB``; both say so in Thai.
    """
    shown = clean_name(name)
    stream = BytesIO(content) if isinstance(content, bytes) else content
    arrived = store.receive(scope.agency.code, stream, shown)
    try:
        media = media_of(arrived.path.read_bytes(), shown)
        _refuse_erased(scope.agency, arrived.sha256, shown)
        store.settle(scope.agency.code, arrived)
    finally:
        arrived.path.unlink(missing_ok=True)
    return _row(scope, arrived, media.type, clean_name(name, media.suffixes), is_guarded)


@transaction.atomic
def _row(scope: Scope, arrived: store.Arrived, media_type: str, name: str, is_guarded: bool) -> File:
    # Two who bring the same bytes at once get the same row.
    journal.take_turn(scope.agency)
    known = File.objects.filter(agency=scope.agency, sha256=arrived.sha256).first()
    if known and known.erased_at:  # in the moment between looking and taking the turn
        store.erase(scope.agency.code, arrived.sha256)
        raise store.taken_back(name)
    if known and known.is_guarded and not is_guarded:
        return journal.change(scope, known, "file.open", is_guarded=False)
    if known:
        return known
    file = File(
        agency=scope.agency,
        sha256=arrived.sha256,
        size=arrived.size,
        media_type=media_type,
        name=name,
        is_guarded=is_guarded,
        kept_by=scope.user,
    )
    return journal.create(scope, file, "file.keep")


def _refuse_erased(agency: Agency, sha256: str, name: str) -> None:
    if File.objects.filter(agency=agency, sha256=sha256).exclude(erased_at=None).exists():
        raise store.taken_back(name)


def why_unreadable(file: File) -> FileUnusable | None:
    """Say why the bytes of a file cannot be given: erased, missing or damaged; None when they can."""
    if file.erased_at:
        return store.erased(file.name)
    path = store.path_of(file.agency.code, file.sha256)
    return None if store.is_whole(path, file.sha256) else store.lost(file.name)


def read_file(file: File) -> bytes:
    """Give the bytes of a file. Raises FileUnusable when they were erased, are missing or not those that were kept."""
    if refusal := why_unreadable(file):
        raise refusal
    return store.path_of(file.agency.code, file.sha256).read_bytes()


@transaction.atomic
def erase_file(scope: Scope, *, file: File, reason: str) -> File:
    """Erase the bytes of a file for somebody's privacy; the row stays with its hash, and the bytes are taken no more.

    The bytes go when the transaction is done; what is marked is not read even before. Raises ValidationError without a
    reason, and for a file that is erased already.
    """
    journal.take_turn(scope.agency)
    file.refresh_from_db()
    if not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลที่ลบ")})
    if file.agency_id != scope.agency.pk or file.erased_at:
        raise ValidationError(_("ไฟล์นี้ลบไปแล้ว"))
    file.erased_at = timezone.now()
    file.save(update_fields=["erased_at"])
    journal.note(scope, "file.erase", file, {"erased_at": (None, file.erased_at), "reason": (None, reason.strip())})
    transaction.on_commit(lambda: store.erase(scope.agency.code, file.sha256))
    return file


@transaction.atomic
def erase_unused(scope: Scope, *, file: File, reason: str) -> bool:
    """Erase the bytes and the name of a file that nothing holds any more; False, and nothing done, when something does.

    What held it must be gone already. Raises ValidationError without a reason.
    """
    journal.take_turn(scope.agency)
    file.refresh_from_db()
    if file.erased_at or is_held(file):
        return False
    file.name = NAMELESS  # what it was called may tell as much as what is in it
    file.save(update_fields=["name"])
    erase_file(scope, file=file, reason=reason)
    return True


def is_held(file: File) -> bool:
    """Whether any record of any part of the software points at a file."""
    return any(tie.related_model._base_manager.filter(**{tie.field.name: file.pk}).exists() for tie in ties())


def ties() -> Iterator[Any]:
    """Walk the relations by which records point at files, those without a name back among them."""
    found = (one for one in File._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete)
    return (one for one in found if one.related_model and not one.related_model._meta.auto_created)


@transaction.atomic
def add_evidence(
    scope: Scope,
    *,
    title: str,
    file: File | None = None,
    address: str = "",
    content_year_be: int | None = None,
    document_date: date | None = None,
    received_on: date | None = None,
    note: str = "",
    unit: Unit | None = None,
) -> Evidence:
    """Make evidence of a file or of an address, one of both. Raises ValidationError, FileUnusable for one erased."""
    if file and file.erased_at:
        raise store.erased(file.name)
    record = Evidence(
        agency=scope.agency,
        title=title,
        file=file,
        address=address,
        content_year_be=content_year_be,
        document_date=document_date,
        received_on=received_on,
        note=note,
        unit=unit,
        added_by=scope.user,
    )
    return journal.create(scope, record, "evidence.add")


def kept_from(scope: Scope, *, given: Mapping[str, Any]) -> File | None:
    """Keep the file of a form's cleaned values, None when there is none. Raises as ``keep_file`` does.

    For views that go on in a transaction of their own: ``attachment_from(…, file=…)``.
    """
    upload = given.get("file")
    return keep_file(scope, name=upload.name, content=upload.file) if upload else None


def attachment_from(
    scope: Scope,
    *,
    given: Mapping[str, Any],
    unit: Unit | None = None,
    content_year_be: int | None = None,
    file: File | None = None,
) -> Evidence | None:
    """Give the evidence that a form's cleaned values mean: made of the file or address, or the one that is there.

    given: of ``forms.AttachForm`` or ``forms.AddForm``. unit, content_year_be: for what is new, where the form does not
    say. file: the form's, where it is kept already. None when nothing was given. Raises as ``keep_file`` and
    ``add_evidence`` do.
    """
    # No transaction around both: a large file is not written while others wait for the database.
    existing = given.get("existing") or given.get("number")
    if isinstance(existing, Evidence):
        return existing
    file, address = file or kept_from(scope, given=given), given.get("address") or ""
    if not file and not address:
        return None
    said = {name: given[name] for name in ("document_date", "received_on", "note") if given.get(name)}
    return add_evidence(
        scope,
        title=given.get("title") or (parted(file.name)[0] if file else address)[:TITLE_MAX],
        file=file,
        address=address,
        content_year_be=given.get("content_year_be") or content_year_be,
        unit=given.get("unit") or unit,
        **said,
    )


@transaction.atomic
def edit_evidence(scope: Scope, *, evidence: Evidence, version: int | None, **values: object) -> Evidence:
    """Mend what is said about evidence; its file and address never change. Raises Stale, ValidationError."""
    return journal.change(scope, evidence, "evidence.edit", version=version, **values)


@transaction.atomic
def revise(
    scope: Scope,
    *,
    evidence: Evidence,
    version: int | None,
    file: File | None = None,
    address: str = "",
    **values: object,
) -> Evidence:
    """Put a newer file or address in the place of evidence; the old one stays reachable.

    values: fields of the new revision that differ from the old one's. Raises Stale when somebody else changed or
    revised it in the meantime, ValidationError when it is withdrawn.
    """
    journal.take_turn(scope.agency)
    old = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if Evidence.objects.filter(revision_of=old).exists() or (version is not None and old.version != version):
        raise journal.Stale(old)
    if old.withdrawn_at:
        raise ValidationError(_("หลักฐานนี้ถูกยกเลิกแล้ว เพิ่มเป็นหลักฐานใหม่แทน"))
    kept = ("title", "content_year_be", "document_date", "received_on", "note", "unit")
    fields = {name: getattr(old, name) for name in kept} | values
    new = Evidence(agency=scope.agency, file=file, address=address, revision_of=old, added_by=scope.user, **fields)
    return journal.create(scope, new, "evidence.revise")


@transaction.atomic
def withdraw(scope: Scope, *, evidence: Evidence, version: int | None) -> Evidence:
    """Mark evidence as withdrawn: it stays where it is used, with the mark, and is offered no more. Raises Stale."""
    return journal.change(scope, evidence, "evidence.withdraw", version=version, withdrawn_at=timezone.now())


@transaction.atomic
def restore(scope: Scope, *, evidence: Evidence, version: int | None) -> Evidence:
    """Take the mark of withdrawal back. Raises Stale."""
    return journal.change(scope, evidence, "evidence.restore", version=version, withdrawn_at=None)
