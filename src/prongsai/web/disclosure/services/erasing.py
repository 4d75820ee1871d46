"""Erasing for somebody's privacy: bytes or words go from everywhere, the hash and the reason stay.

The chain of proof is told hashes only: what stands in it can never be changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Erasure, GateCheck, Inspection, Page, Release, ReleaseState
from prongsai.web.disclosure.queries import erasing as queries
from prongsai.web.disclosure.queries.rights import may_erase
from prongsai.web.disclosure.services.proof import prove
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import erase_file
from prongsai.web.registers.services.periods import position_of

TITLE_EN = "Removed to protect personal data"  # an English address that was ever public stays


@transaction.atomic
def erase(scope: Scope, *, file: File, reason: str) -> Erasure:
    """Erase the bytes of a file from every version, snapshot, piece of evidence and pack of the agency.

    Packs of disputes that hold them go as well. The hash stays, the pages that showed it are told. The bytes leave the
    store when the transaction is done. Raises ValidationError without a reason, for who may not, and the second time.
    """
    journal.take_turn(scope.agency)
    _hold_right(scope, reason)
    if file.agency_id != scope.agency.pk or queries.erasure_of(scope.agency, file.sha256):
        raise ValidationError(_("ไฟล์นี้ลบไปแล้ว"))
    places = {one.key: one.count for one in queries.places_of(file)}
    gone = _erase_bytes(scope, [file, *queries.drawn_from(file)], [file.sha256], reason)
    GateCheck.objects.filter(release__page__agency=scope.agency, sha256=file.sha256).update(found=[])
    erasure = journal.create(scope, _erasure(scope, file.sha256, file.name, reason, places), "file.erased")
    for page in queries.pages_with(file):
        _tell_page(scope, page, file.sha256)
    _prove(scope, erasure, gone - {file.sha256})
    return erasure


@transaction.atomic
def erase_release(scope: Scope, *, release: Release, version: int | None, reason: str, title: str = "") -> Erasure:
    """Erase the words and tables of a frozen release, what was seen of them at the address, and packs with them.

    Its hash stays, and the address says so. title: a neutral one in place of its own; empty: the title stays, else its
    files are told by their names. What the gate and the element check quoted goes as well; its files stay. Raises
    Stale, ValidationError without a reason, for who may not, for one in the making, and the second time.
    """
    journal.take_turn(scope.agency)
    _hold_right(scope, reason)
    found = Release.objects.select_related("page__agency").get(pk=release.pk)
    if found.page.agency_id != scope.agency.pk or found.state != ReleaseState.APPROVED:
        raise ValidationError(_("ลบได้เฉพาะฉบับที่อนุญาตแล้ว ฉบับที่กำลังทำให้แก้ข้อความเอง"))
    if found.erased_at:
        raise ValidationError(_("ฉบับนี้ลบเนื้อหาไปแล้ว"))
    seen = queries.seen_of(found)
    places = {"disclosure.release": 1} | ({"disclosure.check": len(seen)} if seen else {})
    gone = _erase_bytes(scope, seen, [found.sha256, *(one.sha256 for one in seen)], reason)
    erased = _emptied(scope, found, version, title.strip())
    told = _("ฉบับที่ {number} ของ {path}").format(number=erased.number, path=erased.page.path)
    erasure = journal.create(scope, _erasure(scope, erased.sha256, told, reason, places), "release.erased")
    _tell_page(scope, found.page, erased.sha256)
    _prove(scope, erasure, gone)
    return erasure


def _hold_right(scope: Scope, reason: str) -> None:
    if not may_erase(scope):
        raise ValidationError(_("ผู้ลบต้องเป็นเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคลหรือปลัด"))
    if not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลที่ลบ")})


def _erase_bytes(scope: Scope, files: Iterable[File], hashes: Sequence[str], reason: str) -> set[str]:
    """Erase files, and the packs that hold any of some hashes; give the hashes of what went."""
    packs = (one.pack for one in queries.packs_holding(scope.agency, hashes).select_related("pack"))
    gone = {one for one in (*files, *packs) if one and one.erased_at is None}
    for one in gone:
        erase_file(scope, file=one, reason=reason)
    return {one.sha256 for one in gone}


# --- the words of a release -----------------------------------------------------------------------------------------
def _emptied(scope: Scope, release: Release, version: int | None, title: str) -> Release:
    old, page = release.title, release.page
    has_english = release.title_en or release.body_en
    values = {
        "title": title or old,
        "title_en": (TITLE_EN if title or not release.title_en else release.title_en) if has_english else "",
        "summary": "",
        "body": [],
        "body_en": [],
        "tables": [_bare(one) for one in release.tables],
        "change_note": "",
        "erased_at": timezone.now(),
    }
    erased = journal.change(scope, release, "release.erase", version=version, **values)
    if title and page.title == old:
        journal.change(scope, page, "page.change", title=title)
    for file in erased.files.all():
        file.text, file.title = "", file.name if title else file.title
        file.save(update_fields=["text", "title"])
    erased.gate_checks.update(found=[])
    _empty_inspections(erased)
    return erased


def _bare(table: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what the addresses of a table's data files are made of."""
    return {name: table.get(name, "") for name in ("key", "title")} | {"head": [], "rows": []}


def _empty_inspections(release: Release) -> None:
    """Take away what the element check quoted; its verdicts stay."""
    for one in Inspection.objects.filter(item__cycle__agency=release.page.agency_id, sha256=release.sha256):
        one.verdicts = [{**told, "reason": "", "mend": "", "where": ""} for told in one.verdicts]
        one.problems = []
        one.save(update_fields=["verdicts", "problems"])


# --- what is told ---------------------------------------------------------------------------------------------------
def _erasure(scope: Scope, sha256: str, name: str, reason: str, places: dict[str, int]) -> Erasure:
    assert scope.person
    return Erasure(
        agency=scope.agency,
        sha256=sha256,
        name=name,
        reason=reason.strip(),
        places=places,
        erased_by=scope.person,
        erased_as=position_of(scope),
        erased_at=timezone.now(),
    )


def _tell_page(scope: Scope, page: Page, sha256: str) -> None:
    """Count a page on: what stands at its address is another thing now."""
    page.version += 1
    page.save(update_fields=["version"])
    journal.note(scope, "page.erased", page, {"sha256": (None, sha256)})


def _prove(scope: Scope, erasure: Erasure, others: Iterable[str]) -> None:
    """Tell the chain by hashes what went; never why, and never by a name."""
    content = {"sha256": erasure.sha256, "places": erasure.places, "others": sorted(others)}
    prove(scope.agency, kind="erasure", subject=erasure.pk, content=content)
