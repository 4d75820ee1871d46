"""The chain of proof: what an entry's hash is taken over, whether chain and kept bytes still fit, the head of a day."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.models import Check, Objection, ProofEntry, Release, ReleaseFile, ReleaseState
from prongsai.web.disclosure.queries.frozen import is_as_frozen
from prongsai.web.disclosure.queries.plain import plain
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File

FIRST_HASH = "0" * 64
CHECK, RELEASE, ERASURE = "check", "release", "erasure"
_BATCH = 500


# --- what is hashed -------------------------------------------------------------------------------------------------
def text_of(entry: ProofEntry) -> str:
    """Give the text of an entry, as a pack holds it in a file of its own: the SHA-256 of its UTF-8 bytes is the hash.

    The hash of the entry before stands in it, so that a file cannot be changed without changing every later one.
    """
    told = {
        "number": entry.number,
        "at": plain(entry.at),
        "kind": entry.kind,
        "subject": entry.subject,
        "content": entry.content,
        "previous_hash": entry.previous_hash,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(entry: ProofEntry) -> str:
    """Hash an entry: SHA-256 over its text."""
    return hashlib.sha256(text_of(entry).encode()).hexdigest()


def headers_text(headers: Mapping[str, str]) -> str:
    """Give the headers of an answer as they are hashed."""
    return json.dumps(plain(headers), ensure_ascii=False, sort_keys=True, indent=1)


def told_of_check(check: Check) -> dict[str, object]:
    """Give what the chain tells of a look at an address."""
    return {
        "address": check.watched.address,
        "at": plain(check.at),
        "occasion": check.occasion,
        "state": check.state,
        "status": check.status,
        "final_address": check.final_address,
        "headers_sha256": hashlib.sha256(headers_text(check.headers).encode()).hexdigest(),
        "size": check.size,
        "sha256": check.sha256,
        "picture_sha256": check.picture.sha256 if check.picture else "",
    }


# --- whether it still fits ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class BrokenEntry:
    """An entry that does not fit, and why, as a sentence."""

    number: int
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A kept file whose bytes are not those that were kept. is_missing: they are not there at all."""

    sha256: str
    name: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """What a look at chain and files found. erased: files whose bytes were erased for privacy, which is no fault."""

    entries: tuple[BrokenEntry, ...]
    files: tuple[BrokenFile, ...]
    erased: tuple[File, ...]
    entry_count: int
    file_count: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is broken."""
        return not self.entries and not self.files


def broken(agency: Agency) -> Broken:
    """Walk the chain and read every kept byte again; name what does not fit.

    That the last entries were cut off shows only against a head that was printed or published.
    """
    chain = tuple(broken_entries(agency))
    files, erased, count = _broken_files(agency)
    entry_count = ProofEntry.objects.filter(agency=agency).count()
    return Broken(chain, files, erased, entry_count, count)


def broken_entries(agency: Agency, *, first: int = 1, last: int | None = None) -> Iterator[BrokenEntry]:
    """Walk the chain between two numbers, without the kept bytes; give every entry that does not fit."""
    entries = entries_of(agency)
    before = entries.filter(number=first - 1).first()
    previous, number = (before.hash, before.number) if before else (FIRST_HASH, 0)
    waiting: list[ProofEntry] = []
    asked = entries.filter(number__gte=first) if last is None else entries.filter(number__range=(first, last))
    for entry in asked.iterator(chunk_size=_BATCH):
        if why := _why_broken(entry, previous, number):
            yield BrokenEntry(entry.number, entry.at, why)
        elif entry.kind in (CHECK, RELEASE):
            waiting.append(entry)
        previous, number = entry.hash, entry.number
        if len(waiting) >= _BATCH:
            yield from _differing(waiting)
            waiting = []
    yield from _differing(waiting)


def _why_broken(entry: ProofEntry, previous: str, number: int) -> str:
    if entry.number != number + 1:
        return _("เลขที่ไม่ต่อจากรายการก่อน มีรายการหายไป")
    if entry.previous_hash != previous:
        return _("รหัสของรายการก่อนไม่ตรง")
    return "" if hash_of(entry) == entry.hash else _("เนื้อหาถูกแก้หลังบันทึก รหัสไม่ตรง")


def _differing(entries: Sequence[ProofEntry]) -> Iterator[BrokenEntry]:
    """Hold entries about looks and releases against the looks and releases themselves."""
    asked = {kind: [entry.subject for entry in entries if entry.kind == kind] for kind in (CHECK, RELEASE)}
    checks = Check.objects.select_related("watched", "picture", "body").in_bulk(asked[CHECK])
    files = Prefetch("files", ReleaseFile.objects.select_related("file"))
    releases = Release.objects.prefetch_related(files).in_bulk(asked[RELEASE])
    erased = _erased_hashes(entries) if any(one.erased_at for one in releases.values()) else frozenset()
    for entry in entries:
        if entry.kind == CHECK:
            why = _why_check_differs(entry, checks.get(entry.subject))
        else:
            why = _why_release_differs(entry, releases.get(entry.subject), erased)
        if why:
            yield BrokenEntry(entry.number, entry.at, why)


def _why_check_differs(entry: ProofEntry, check: Check | None) -> str:
    if check is None:
        return _("ผลการตรวจที่รายการนี้อ้างถึงหายไป")
    is_kept = check.body is None or check.body.sha256 == check.sha256
    if is_kept and plain(told_of_check(check)) == entry.content:
        return ""
    return _("ผลการตรวจที่เก็บไว้ไม่ตรงกับที่บันทึกในห่วงโซ่")


def _erased_hashes(entries: Sequence[ProofEntry]) -> frozenset[str]:
    """Give what was erased as the chain tells it: that a row says so is no proof."""
    told = ProofEntry.objects.filter(agency__in={entry.agency_id for entry in entries}, kind=ERASURE)
    return frozenset(str(content.get("sha256", "")) for content in told.values_list("content", flat=True))


def _why_release_differs(entry: ProofEntry, release: Release | None, erased: Collection[str]) -> str:
    """Say what of a release is not as it was published. erased: hashes of what was erased, whose words are gone."""
    if release is None:
        return _("ฉบับเผยแพร่ที่รายการนี้อ้างถึงหายไป")
    if release.sha256 != entry.content.get("sha256"):
        return _("ฉบับเผยแพร่ไม่ตรงกับที่บันทึกในห่วงโซ่")
    files = list(release.files.all())
    named = [{"name": one.name, "sha256": one.file.sha256} for one in files]
    if entry.content.get("files", named) != named:
        return _("ไฟล์ของฉบับเผยแพร่ไม่ตรงกับที่บันทึกในห่วงโซ่")
    if release.erased_at and release.sha256 in erased:
        return ""
    return "" if is_as_frozen(release, files) else _("เนื้อหาของฉบับเผยแพร่ถูกแก้หลังอนุญาต")


def kept_files(agency: Agency) -> QuerySet[File]:
    """Give every file that proves something: what was seen, what was released, what was sent in a dispute."""
    checks = Check.objects.filter(watched__agency=agency)
    released = ReleaseFile.objects.filter(release__page__agency=agency, release__state=ReleaseState.APPROVED)
    packs = Objection.objects.filter(cycle__agency=agency)
    held = ((checks, "body"), (checks, "picture"), (released, "file"), (packs, "pack"))
    asked = [rows.filter(**{f"{field}__isnull": False}).order_by().values(field) for rows, field in held]
    proves = reduce(or_, (Q(pk__in=rows) for rows in asked))
    return File.objects.filter(proves, agency=agency)


def _broken_files(agency: Agency) -> tuple[tuple[BrokenFile, ...], tuple[File, ...], int]:
    faults, erased, count = [], [], 0
    for file in kept_files(agency).order_by("pk").iterator(chunk_size=_BATCH):
        count += 1
        path = store.path_of(agency.code, file.sha256)
        if file.erased_at:
            erased.append(file)
        elif not store.is_whole(path, file.sha256):
            faults.append(BrokenFile(file.sha256, file.name, not path.exists()))
    return tuple(faults), tuple(erased), count


# --- days -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Head:
    """The end of a day: how many entries it has, the first or None, and the last entry until then with its hash."""

    day: date
    count: int
    first: int | None
    number: int
    at: datetime
    hash: str


def midnight(day: date) -> datetime:
    """Give the beginning of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def entries_of(agency: Agency) -> QuerySet[ProofEntry]:
    """Give the chain, the oldest first."""
    return ProofEntry.objects.filter(agency=agency).order_by("number")


def entries_on(agency: Agency, day: date) -> QuerySet[ProofEntry]:
    """Give the entries of a day."""
    return entries_of(agency).filter(at__gte=midnight(day), at__lt=midnight(day + timedelta(days=1)))


def head_of(agency: Agency, day: date) -> Head | None:
    """Give the head of a day: whoever keeps it can tell later whether anything up to that day was changed.

    None before the first entry; a day without entries has the head of the day before.
    """
    last = entries_of(agency).filter(at__lt=midnight(day + timedelta(days=1))).last()
    if last is None:
        return None
    told = entries_on(agency, day).aggregate(count=Count("pk"), first=Min("number"))
    return Head(day, told["count"], told["first"], last.number, last.at, last.hash)


def days_of(agency: Agency) -> QuerySet[ProofEntry, Any]:
    """Give the days that have entries, the newest first: {"day", "count", "first", "last"}."""
    days = ProofEntry.objects.filter(agency=agency).annotate(day=TruncDate("at")).order_by().values("day")
    return days.annotate(count=Count("pk"), first=Min("number"), last=Max("number")).order_by("-day")


def heads_of(agency: Agency, days: Sequence[Mapping[str, Any]]) -> list[Head]:
    """Give the heads of some days of ``days_of``; one query."""
    found = ProofEntry.objects.filter(agency=agency, number__in=[day["last"] for day in days])
    last = {entry.number: entry for entry in found}
    return [_head(day, last[day["last"]]) for day in days]


def _head(day: Mapping[str, Any], last: ProofEntry) -> Head:
    return Head(day["day"], day["count"], day["first"], last.number, last.at, last.hash)
