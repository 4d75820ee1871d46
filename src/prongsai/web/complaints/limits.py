"""How often somebody may report or look: counted by ``blind.limits``, which keeps no address.

No picture to be read and no third party stands between a frightened person and the form; a program that fills forms
meets these counts, and a form that was given out less than three seconds ago (``forms.reporting``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from prongsai.web.blind.limits import Hourly, mark_in

LOOKS_EACH = 60  # an hour: looking a receipt up, answering, taking a file
BODIES_EACH = 40  # an hour: forms with files, sent or refused
_ALONE = 1_000_000  # bytes from which on a form must bring files
_AT_ONCE = 2
_slow = threading.BoundedSemaphore(_AT_ONCE)


_reports, _looks, _bodies = Hourly(), Hourly(), Hourly()


def reports_too_often(request: HttpRequest) -> bool:
    """Count a report that is about to be taken in."""
    return _reports.is_too_often(mark_in(request), settings.REPORTS_PER_HOUR)


def looks_too_often(request: HttpRequest) -> bool:
    """Count a look at a report by its receipt."""
    return _looks.is_too_often(mark_in(request), max(LOOKS_EACH, settings.REPORTS_PER_HOUR))


def guard_body(request: HttpRequest) -> bool:
    """Before a large form is read, count it; give whether its files were left out because there were too many."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if length.isdecimal() and int(length[:20]) < _ALONE:
        return False
    if not _bodies.is_too_often(mark_in(request), max(BODIES_EACH, settings.REPORTS_PER_HOUR)):
        return False
    request.upload_handlers = [LeftOut(request)]
    return True


def forget() -> None:
    """Drop every count: for tests."""
    for counts in (_reports, _looks, _bodies):
        counts.forget()


@contextmanager
def one_of_few() -> Iterator[None]:
    """Wait until fewer than two others work a key out of words, which takes memory."""
    with _slow:
        yield


class LeftOut(FileUploadHandler):
    """Reads past files without keeping any of them, so that what was typed is still there."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Leave a file out."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep nothing."""
        return None

    def file_complete(self, file_size: int) -> None:
        """Give nothing."""
