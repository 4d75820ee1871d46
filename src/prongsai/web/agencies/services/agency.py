"""The agency itself: its facts, its history, its pictures."""

import io
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from prongsai.thai.letters import read_letter_number
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import collapse
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, AgencyPeriod, AgencyPicture
from prongsai.web.agencies.scope import Scope

IMAGE_BYTES_MAX = 5_000_000
IMAGE_PIXELS_MAX = 25_000_000
IMAGE_SIDE = 600  # as it is kept; three centimetres at 500 dots an inch
IMAGES = ("emblem", "logo")
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# What the decoders of these formats raise over broken or crafted files.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, MemoryError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Period:
    """What the agency was called, and which kind it was, from a day to a day; an open end is None."""

    kind: str
    name: str
    valid_from: date | None
    valid_to: date | None
    basis: str = ""


@transaction.atomic
def change_agency(
    scope: Scope, *, version: int | None = None, changed_on: date | None = None, basis: str = "", **values: Any
) -> Agency:
    """Change facts of the agency.

    changed_on: since when a new name or kind holds; the one before goes into the history. Without it a new name is the
    mending of a slip. Raises ValidationError and Stale.
    """
    journal.take_turn(scope.agency)
    if values.get("letter_prefix"):
        values["letter_prefix"] = letter_prefix(values["letter_prefix"])
    if "name" in values:
        values["name"] = collapse(values["name"])
    agency = Agency.objects.get(pk=scope.agency.pk)
    was = Period(agency.kind, agency.name, None, None)
    agency = journal.change(scope, agency, "agency.change", version=version, **values)
    if (agency.kind, agency.name) != (was.kind, was.name):
        _keep_history(scope, agency, was, changed_on, basis)
    return agency


def letter_prefix(text: str) -> str:
    """Give letters and code of official letters in one way of writing: ``ลบ ๕๒๗๐๑``. Raises ValidationError."""
    found = read_letter_number(f"{collapse(text).rstrip('/')}/1")
    if found is None or found.prefix is None or found.unit_code is None or found.number != 1:
        raise ValidationError({"letter_prefix": _("เขียนอักษรย่อจังหวัดและรหัส เช่น ลบ ๕๒๗๐๑")})
    return f"{found.prefix} {to_thai(found.unit_code)}"


def _keep_history(scope: Scope, agency: Agency, was: Period, changed_on: date | None, basis: str) -> None:
    running = agency.periods.filter(valid_to=None).first()
    if changed_on is None:
        if running is not None:
            journal.change(scope, running, "agency.change", kind=agency.kind, name=agency.name)
        return
    end = date.fromordinal(changed_on.toordinal() - 1)
    if running is not None:
        journal.change(scope, running, "agency.change", valid_to=end)
    else:
        last = agency.periods.exclude(valid_to=None).order_by("valid_to").last()
        since = date.fromordinal(last.valid_to.toordinal() + 1) if last and last.valid_to else None
        before = AgencyPeriod(agency=agency, kind=was.kind, name=was.name, valid_from=since, valid_to=end)
        journal.create(scope, before, "agency.change")
    now = AgencyPeriod(agency=agency, kind=agency.kind, name=agency.name, valid_from=changed_on, basis=basis)
    journal.create(scope, now, "agency.change")


@transaction.atomic
def keep_periods(scope: Scope, *, periods: Iterable[Period]) -> list[AgencyPeriod]:
    """Write the whole history of names and kinds anew. Raises ValidationError for periods that overlap."""
    journal.take_turn(scope.agency)
    wanted = sorted(periods, key=lambda one: one.valid_from or date.min)
    for before, after in zip(wanted, wanted[1:], strict=False):
        if before.valid_to is None or after.valid_from is None or after.valid_from <= before.valid_to:
            raise ValidationError(_("ช่วงของ “%(a)s” กับ “%(b)s” ซ้อนกัน") % {"a": before.name, "b": after.name})
    had = list(AgencyPeriod.objects.filter(agency=scope.agency))
    kept = [Period(one.kind, one.name, one.valid_from, one.valid_to, one.basis) for one in had]
    for one, period in zip(had, kept, strict=True):
        if period not in wanted:
            journal.delete(scope, one, "agency.change")
    for period in wanted:
        if period not in kept:
            fields = {name: getattr(period, name) for name in Period.__slots__}
            journal.create(scope, AgencyPeriod(agency=scope.agency, **fields), "agency.change")
    return list(AgencyPeriod.objects.filter(agency=scope.agency))


# --- pictures -------------------------------------------------------------------------------------------------------
@transaction.atomic
def set_image(scope: Scope, *, which: str, content: bytes) -> Agency:
    """Keep a picture of the agency, drawn anew as PNG so that nothing hidden in the file is served.

    which: emblem or logo. content: empty takes the picture away. Raises ValidationError for anything but a picture
    within the limits.
    """
    if which not in IMAGES:
        raise ValidationError(_("ไม่มีรูปชนิดนี้"))
    drawn = redrawn(content) if content else b""
    journal.take_turn(scope.agency)
    agency = Agency.objects.get(pk=scope.agency.pk)
    before = getattr(agency, which)
    if drawn == before:
        return agency
    pictures = AgencyPicture.objects.filter(agency=agency, which=which)
    pictures.delete()
    if drawn:
        pictures.create(agency=agency, which=which, content=drawn)
    Agency.objects.filter(pk=agency.pk).update(version=F("version") + 1)
    told = {which: (journal.hashed(before), journal.hashed(drawn))}
    journal.note(scope, "agency.change", agency, told)
    return Agency.objects.get(pk=agency.pk)


def redrawn(content: bytes, side: int = IMAGE_SIDE, bytes_max: int = IMAGE_BYTES_MAX) -> bytes:
    """Draw a picture anew as PNG of at most ``side`` pixels. Raises ValidationError."""
    if len(content) > bytes_max:
        raise ValidationError(_("รูปใหญ่เกิน ๕ MB ย่อรูปก่อนแล้วส่งใหม่"))
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > IMAGE_PIXELS_MAX:
                raise ValidationError(_("รูปมีจุดภาพมากเกินไป ย่อรูปก่อนแล้วส่งใหม่"))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            upright.thumbnail((side, side))
    except _BROKEN as error:
        raise ValidationError(_("ไฟล์นี้ไม่ใช่รูป PNG JPEG WebP หรือ GIF ที่เปิดได้")) from error
    bare = Image.frombytes("RGBA", upright.size, upright.tobytes())
    drawn = io.BytesIO()
    bare.save(drawn, "PNG")
    return drawn.getvalue()
