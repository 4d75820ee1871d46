"""The official list of codes: taking a file in, mending rows, accepting it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.thai.text import collapse
from prongsai.web.agencies import journal
from prongsai.web.directory.models import CodeList, Listed
from prongsai.web.directory.queries.code_lists import COLUMNS, TEXTS, Row, kept_rows, rows_of
from prongsai.web.directory.queries.found import newest_list
from prongsai.web.directory.queries.sheets import table_of
from prongsai.web.directory.scope import Installation

BATCH = 500
_FIELDS = ("name", "kind", "province", "district", "subdistrict", "website", "search", "listed_in", "vanished_on")
_TOLD = ("name", "kind", "province", "district", "subdistrict", "website")


@dataclass(frozen=True, slots=True)
class Change:
    """What accepting a list does: how many agencies it adds, tells otherwise, leaves as they are, and no longer has.

    left_out: rows with an error in them. gone: codes that vanish; a code of a row that is left out does not.
    """

    new: int
    changed: int
    same: int
    left_out: int
    gone: tuple[str, ...]


def take_in(installation: Installation, *, content: bytes, name: str, source: str, as_of: date) -> CodeList:
    """Read a file into a list that waits to be accepted. Raises FileUnusable, ValidationError."""
    table = table_of(content, name, COLUMNS)
    made = CodeList(
        file_name=name[:255],
        sha256=hashlib.sha256(content).hexdigest(),
        source=collapse(source),
        as_of=as_of,
        rows=kept_rows(table.rows),
        made_by=installation.user,
    )
    return journal.create(installation, made, "codes.take_in")


@transaction.atomic
def mend(
    installation: Installation, *, code_list: CodeList, version: int | None, mends: Mapping[int, Mapping[str, str]]
) -> CodeList:
    """Change texts of rows: place of the row → its texts. What the file says stays beside them as ``printed``.

    Raises ValidationError for a list that is accepted, Stale.
    """
    _check_open(code_list)
    rows = [dict(row) for row in code_list.rows]
    for place, texts in mends.items():
        if not 0 <= place < len(rows):
            continue
        row = rows[place]
        was = {key: row[key] for key in TEXTS if key in row}
        wanted = {key: collapse(texts[key])[:300] for key in was if key in texts}
        if {**was, **wanted} != was:
            rows[place] = {"printed": was, **row, **wanted}
    return journal.change(installation, code_list, "codes.mend", version=version, rows=rows)


@transaction.atomic
def accept(installation: Installation, *, code_list: CodeList, version: int | None = None) -> Change:
    """Let a list take the place of the one before, in one transaction; what it no longer has is marked, never deleted.

    A file of some provinces says nothing of the others. Raises ValidationError for a list that is accepted, is older
    than the one that stands, or has no row that could be taken.
    """
    journal.take_turn(installation.agency)
    code_list.refresh_from_db()
    _check_open(code_list)
    newest = newest_list()
    if newest is not None and code_list.as_of < newest.as_of:
        words = _("บัญชีนี้เก่ากว่าบัญชีที่ใช้อยู่ (%(file)s) จึงรับแทนไม่ได้")
        raise ValidationError(words % {"file": newest.file_name})
    rows = rows_of(code_list)
    change = change_of(rows)
    if not any(row.listed for row in rows):
        raise ValidationError(_("ไม่มีแถวที่รับได้ แก้ข้อผิดพลาดก่อน"))
    _write(rows, code_list)
    for start in range(0, len(change.gone), BATCH):
        Listed.objects.filter(code__in=change.gone[start : start + BATCH]).update(vanished_on=code_list.as_of)
    journal.change(
        installation,
        code_list,
        "codes.accept",
        version=version,
        accepted_at=timezone.now(),
        accepted_by=installation.user,
    )
    return change


def _write(rows: Iterable[Row], code_list: CodeList) -> None:
    kept = [row.listed for row in rows if row.listed is not None]
    for listed in kept:
        listed.listed_in = code_list
        listed.clean_fields(exclude={"listed_in"})  # which would ask the database for every row
    Listed.objects.bulk_create(
        kept, batch_size=BATCH, update_conflicts=True, unique_fields=["code"], update_fields=_FIELDS
    )


@transaction.atomic
def drop(installation: Installation, *, code_list: CodeList) -> None:
    """Throw a list away that was not accepted. Raises ValidationError for one that was."""
    journal.take_turn(installation.agency)
    _check_open(code_list)
    journal.delete(installation, code_list, "codes.drop")


def change_of(rows: Iterable[Row]) -> Change:
    """Work out what accepting rows would do to the list that stands. One query."""
    rows = list(rows)
    before = {one.code: one for one in Listed.objects.all()}
    kept = [row.listed for row in rows if row.listed is not None]
    new = sum(one.code not in before for one in kept)
    same = sum(_tells_the_same(before[one.code], one) for one in kept if one.code in before)
    told = {row.code for row in rows if row.code}
    provinces = {one.province for one in kept}
    gone = sorted(
        code
        for code, one in before.items()
        if one.vanished_on is None and code not in told and one.province in provinces
    )
    return Change(new, len(kept) - new - same, same, len(rows) - len(kept), tuple(gone))


def _tells_the_same(was: Listed, now: Listed) -> bool:
    return was.vanished_on is None and all(getattr(was, name) == getattr(now, name) for name in _TOLD)


def _check_open(code_list: CodeList) -> None:
    if code_list.accepted_at is not None:
        raise ValidationError(_("บัญชีนี้รับไว้แล้ว แก้ไม่ได้ นำเข้าบัญชีใหม่แทน"))
