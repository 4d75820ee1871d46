"""Keeping bytes that a stranger's server gave: any type, opened only through the look or pack that holds them."""

from io import BytesIO
from pathlib import Path

from django.db import transaction

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File
from prongsai.web.evidence.names import clean_name

UNKNOWN_TYPE = "application/octet-stream"
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/csv": ".csv",
    "text/plain": ".txt",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/json": ".json",
    "application/zip": ".zip",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
}


def suffix_of(media_type: str) -> str:
    """Give the usual suffix of a type, ``.bin`` for one that is not known."""
    return _SUFFIXES.get(media_type.partition(";")[0].strip().lower(), ".bin")


def keep_seen(scope: Scope, *, name: str, content: bytes, media_type: str) -> File:
    """Keep bytes that were seen from outside, guarded; the same bytes again give the row that is there.

    Bytes that were erased for somebody's privacy are not kept again: the row that is left is given. Raises
    LimitExceeded over ``MAX_UPLOAD_MB``.
    """
    arrived = store.receive(scope.agency.code, BytesIO(content), name)
    return keep_arrived(scope, arrived=arrived, name=name, media_type=media_type)


def keep_arrived(scope: Scope, *, arrived: store.Arrived, name: str, media_type: str) -> File:
    """Keep a file that stands in the folder of incoming ones, as ``keep_seen`` keeps bytes."""
    code = scope.agency.code
    try:
        with transaction.atomic():
            journal.take_turn(scope.agency)
            known = File.objects.filter(agency=scope.agency, sha256=arrived.sha256).first()
            if known and known.erased_at:
                return known
            store.settle(code, arrived)
            return known or journal.create(scope, _row(scope, arrived, name, media_type), "file.keep")
    finally:
        arrived.path.unlink(missing_ok=True)


def incoming(code: str, name: str) -> Path:
    """Give where a file may be written that is then kept by ``keep_arrived``."""
    folder = store.folder_of(code) / store.INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def _row(scope: Scope, arrived: store.Arrived, name: str, media_type: str) -> File:
    return File(
        agency=scope.agency,
        sha256=arrived.sha256,
        size=arrived.size,
        media_type=media_type[:100] or UNKNOWN_TYPE,
        name=clean_name(name),
        is_guarded=True,
        kept_by=scope.user,
    )
