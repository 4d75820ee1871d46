"""What the pages of registers share: finding what an address names, and writing what a form holds."""

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.errors import ProngsaiError, UnknownRegister
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.evidence.names import clean_name
from prongsai.web.evidence.services import keep_file
from prongsai.web.registers.forms.entry import FieldsForm
from prongsai.web.registers.models import Entry, EntryProgress
from prongsai.web.registers.queries import entries as queries
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import Kept, kept_of, kept_with

PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])
EXPORTS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}
PAPERS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def seen(scope: Scope, register: str, year: int = 0) -> Kept:
    """Give a register with the right to see it. Raises Http404 for one that is not known or not used."""
    try:
        kept = kept_of(scope, register, year)
    except UnknownRegister as unknown:
        raise Http404 from unknown
    if not kept.is_open or not rights.may_see(scope, kept.register):
        raise Http404
    return kept


def kept_by(scope: Scope, register: str) -> Kept:
    """Give a register with the right to keep it, also one that is not used. Raises Http404."""
    try:
        kept = kept_of(scope, register)
    except UnknownRegister as unknown:
        raise Http404 from unknown
    if not rights.may_see(scope, kept.register) or not rights.may_keep(scope, kept.register):
        raise Http404
    return kept


def trail_of(scope: Scope, kept: Kept, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Give the way to a page of a register; the last step has no address."""
    code = scope.agency.code
    trail = [
        (_("ทะเบียน"), reverse("registers:registers", args=[code])),
        (kept.name, reverse("registers:register", args=[code, kept.id])),
        *steps,
    ]
    return [*trail[:-1], (trail[-1][0], "")]


def entry_seen(scope: Scope, register: str, pk: int) -> tuple[Kept, Entry]:
    """Give an entry, with the register in the edition it was made by. Raises Http404."""
    kept = seen(scope, register)
    found = queries.entries_of(scope, kept).select_related(
        "unit", "close__occurrence", "asked_by", "written_by", "outside"
    )
    entry = get_object_or_404(found, pk=pk)
    return kept_with(scope, entry), entry


def changeable(scope: Scope, register: str, pk: int) -> tuple[Kept, Entry]:
    """Give an entry with the right to change it. Raises Http404."""
    kept, entry = entry_seen(scope, register, pk)
    if not rights.may_change(scope, kept.register, entry):
        raise Http404
    return kept, entry


def address_of(scope: Scope, entry: Entry) -> str:
    """Give the address of an entry's page."""
    return reverse("registers:entry", args=[scope.agency.code, entry.register, entry.pk])


def number_of(found: Entry) -> str:
    """Give an entry's number as it is printed: ``12/2569``."""
    return f"{found.number}/{found.fiscal_year_be}" if found.fiscal_year_be else str(found.number)


def kept_upload(scope: Scope, upload: UploadedFile) -> File:
    """Keep a file that was sent, under the name it was sent by. Raises FileUnusable, LimitExceeded."""
    file = keep_file(scope, name=upload.name or "", content=cast(BinaryIO, upload.file), is_guarded=True)
    # The same bytes may be known from another record, whose name for them is not told here.
    file.name = clean_name(upload.name or "")
    return file


def saved(form: FieldsForm, write: Callable[[list[tuple[str, File]]], Entry | EntryProgress]) -> Any:
    """Keep the files that were chosen, then write; None when either was refused, which the form then says.

    What the register's own rules warn of is known only then.
    """
    try:
        files = [(key, kept_upload(form.scope, one)) for key, one in form.uploads.items()]
        made = write(files)
    except Stale:
        raise
    except (ValidationError, ProngsaiError) as refused:
        form.refuse(refused)
        return None
    if isinstance(made, Entry):
        form.tell(made.warned)
    return made


def say_done(request: HttpRequest, form: FieldsForm, text: str) -> None:
    """Say that it is done, and what the rules warn of."""
    messages.success(request, text)
    for warning in form.warnings:
        messages.warning(request, warning)
