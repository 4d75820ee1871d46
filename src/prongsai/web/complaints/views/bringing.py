"""What a form of a reporter brings along: files, sealed on their way in, and those that an earlier try brought."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Agency
from prongsai.web.complaints import limits
from prongsai.web.complaints.contents import FileKey
from prongsai.web.complaints.services import uploads


@dataclass(frozen=True, slots=True)
class Brought:
    """Files that are sealed, and what is said of those that were not taken."""

    files: tuple[FileKey, ...]
    refusals: tuple[str, ...]


def brought_by(request: HttpRequest, agency: Agency) -> Brought:
    """Seal the files of a form. To be called before anything of the request is read.

    A form that was held up until a key was open again has been read, and its files were left out by that.
    """
    if hasattr(request, "_files"):
        return Brought(_held(request, agency), ())
    if limits.guard_body(request):
        told = _("มีการส่งไฟล์เข้ามามากเกินไปในขณะนี้ ข้อความยังอยู่ครบแต่ยังไม่ได้รับไฟล์ รอสักครู่แล้วแนบใหม่")
        return Brought(_held(request, agency), (told,))
    handler = uploads.SealingUploads(agency.code)
    request.upload_handlers = [handler]
    try:
        sealed = uploads.sealed_files(request.FILES.getlist("files"))
    finally:
        handler.upload_interrupted()  # a file that broke off goes at once
    files = (*_held(request, agency), *sealed)
    refusals = [" ".join(filter(None, (one.message_th, one.mend_th))) for one in handler.refusals]
    return Brought(files, tuple(filter(None, (*refusals, uploads.too_many_together(files)))))


def _held(request: HttpRequest, agency: Agency) -> tuple[FileKey, ...]:
    dropped = set(request.POST.getlist("drop"))
    held = uploads.held_files(request.POST.get("held", ""), agency.code)
    return tuple(key for key in held if key.name not in dropped)
