"""Closing a case anew under keys that nobody had before, so that what was taken off opens nothing of it any more.

The files are written first, under new names; then everything else changes in one transaction; then the old files go.
Whenever that is cut short, either all of the old stands or all of the new. Files that were written for nothing are
closed for keys that nobody keeps.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.privacy.seal.boxes import NotForThisKey, seal_value
from prongsai.privacy.seal.frames import sealed_again
from prongsai.privacy.seal.keys import new_pair, pair_of
from prongsai.privacy.seal.wraps import wrapped
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import CaseKeys, FileKey, Said, Told, plain
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Channel, Holder, Message, Report, SealedFile
from prongsai.web.complaints.queries.cases import Case, conflicted, is_stale, keys_of, read_case, reports_of, said_of
from prongsai.web.complaints.queries.routing import NO_ROOM_TH, Route, route
from prongsai.web.complaints.services import receipt_wraps, store


@dataclass(slots=True)
class _Copies:
    """Files closed for new keys so far, by their old names. One that cannot be read stays where and as it is."""

    code: str
    made: dict[str, FileKey] = field(default_factory=dict)

    def add(self, files: Iterable[FileKey]) -> None:
        """Write again whatever is not yet."""
        for one in files:
            if one.name not in self.made:
                self.made[one.name] = _copied(self.code, one)

    def of(self, files: Iterable[FileKey]) -> tuple[FileKey, ...]:
        """Give the new files for the old ones."""
        return tuple(self.made[one.name] for one in files)

    def drop(self) -> None:
        """Take away what was written for nothing: never what a row names, whatever went wrong after it was written."""
        fresh = {one.name for one in self.made.values()} - set(self.made)
        named = SealedFile.objects.filter(name__in=fresh).values_list("name", flat=True)
        store.remove(self.code, sorted(fresh - set(named)))


def renew(scope: Scope, key: Key, report: Report) -> Case | None:
    """Close a case anew for whoever may read it today, and give it to who asks; None when that is not they any more.

    Of several who come at once one closes it, the others read what that one made.
    """
    keys = keys_of(key, report)
    if keys is None:
        return None
    copies = _Copies(scope.agency.code)
    is_used = False
    try:
        copies.add(read_case(report, keys).files)
        is_used = _closed(scope, key, report, keys, copies)
    finally:
        if not is_used:
            copies.drop()
    report.refresh_from_db()
    found = keys_of(key, report)
    return read_case(report, found) if found is not None else None


def hand_on(scope: Scope, key: Key) -> None:
    """Before the holder of a key leaves: close anew what it opens and who came later cannot open yet."""
    for report in reports_of(scope.agency).filter(shredded_on=None):
        if is_stale(report):
            with suppress(NotForThisKey):  # changed past the software: nobody can close it anew
                renew(scope, key, report)


@transaction.atomic
def _closed(scope: Scope, key: Key, report: Report, keys: CaseKeys, copies: _Copies) -> bool:
    """Do it, unless somebody else has done it meanwhile."""
    journal.take_turn(scope.agency)
    current = Report.objects.select_for_update().get(pk=report.pk)
    if keys_of(key, current) != keys:
        return False
    case = read_case(current, keys)
    copies.add(case.files)  # of messages that came meanwhile
    way = route_of(scope, case)
    if not way.holders:
        return False
    fresh = _new_keys(barring(keys, way, _first_route(scope, case)))
    _put_report(current, fresh, way.holders, _told(case.told, copies))
    _put_messages(current, keys, fresh, copies)
    _put_files(current, copies)
    return True


def route_of(scope: Scope, case: Case) -> Route:
    """Give who may read a case today, and who not."""
    return route(scope.agency, case.accused, day=scope.today, conflicted=conflicted(case))


def _first_route(scope: Scope, case: Case) -> Route:
    """Give who might read it when it came, by the posts of that day."""
    return route(scope.agency, case.told.accused, day=case.report.received_on)


def barring(keys: CaseKeys, *ways: Route) -> CaseKeys:
    """Give the keys of a case with those written into them who were left out: they are kept from it for good."""
    left = {one.user_id for way in ways for one, reason in way.left_out if reason != NO_ROOM_TH}
    return replace(keys, barred=tuple(sorted(left | set(keys.barred))))


def close_for(report: Report, keys: CaseKeys, holders: Sequence[Holder]) -> None:
    """Close the keys of a case for its readers and for its receipt; the row is not saved yet.

    Raises ValidationError when nobody is left: then nothing is changed.
    """
    if not holders:
        raise ValidationError(_("ไม่เหลือผู้ที่อ่านเรื่องนี้ได้ ต้องมีผู้รับเรื่องสำรองหรือผู้กำกับดูแลภายนอกที่ไม่เกี่ยวข้องก่อน"))
    secret = json.dumps(plain(keys), separators=(",", ":")).encode()
    report.wraps = wrapped(secret, [one.recipient for one in holders])
    readers = [one.pk for one in holders]
    report.receipt_wrap = receipt_wraps.closed(keys.dialogue, keys.receipt, readers) if keys.receipt else b""


def _new_keys(keys: CaseKeys) -> CaseKeys:
    """Give new keys. The mark stays, by which the lines of the journal are found; so does who holds the receipt."""
    return replace(keys, dialogue=new_pair().identity, case=new_pair().identity)


def _put_report(report: Report, keys: CaseKeys, holders: Sequence[Holder], told: Told) -> None:
    close_for(report, keys, holders)
    report.dialogue_key = pair_of(keys.dialogue).recipient
    report.case_key = pair_of(keys.case).recipient
    report.body = seal_value(plain(told), report.dialogue_key)
    report.roll_version = Channel.objects.get(agency=report.agency_id).roll_version
    report.is_stale = False
    report.save()


def _put_messages(report: Report, old: CaseKeys, fresh: CaseKeys, copies: _Copies) -> None:
    """Seal every message anew. What the old keys do not open stays as it is: nobody here can say what it was."""
    changed = []
    for message in report.messages.all():
        said = said_of(message, old)
        if said is not None:
            message.sealed = _resealed(replace(said, files=copies.of(said.files)), message, fresh)
            changed.append(message)
    Message.objects.bulk_update(changed, ["sealed"], batch_size=100)


def _resealed(said: Said, message: Message, keys: CaseKeys) -> bytes:
    to = pair_of(keys.dialogue if message.is_dialogue else keys.case).recipient
    return seal_value(plain(said), to)


def _put_files(report: Report, copies: _Copies) -> None:
    """Name the new files, and take the old ones away once that stands."""
    new = {one.name for one in copies.made.values()}
    old = set(report.sealed_files.values_list("name", flat=True))
    report.sealed_files.exclude(name__in=new).delete()
    SealedFile.objects.bulk_create(SealedFile(report=report, name=one) for one in sorted(new - old))
    transaction.on_commit(lambda: store.remove(copies.code, sorted(old - new)))


def _told(told: Told, copies: _Copies) -> Told:
    return replace(told, files=copies.of(told.files))


def _copied(code: str, file: FileKey) -> FileKey:
    """Write a file anew, closed for a new key; give it as it is when it is not there, or somebody changed it."""
    pair = new_pair()
    try:
        with store.reading(code, file.name) as source, store.writing(code) as writer:
            sealed_again(source, file.identity, writer.put, pair.recipient)
    except (NotForThisKey, FileNotFoundError):
        return file  # what else there is of the case must not be lost with it
    return replace(file, name=writer.name, identity=pair.identity)
