"""Taking reports in: sealed for whoever may read them before a byte of them is written, and nothing written beside.

There is no line in the journal, no mail, no queue for the act of reporting: what stands in the database afterwards is
the report itself. The same form sent twice, over a bad line or by two taps, gives one report.
"""

import json
import secrets
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.privacy.seal.boxes import NotForThisKey, seal_value, unseal_value
from prongsai.privacy.seal.keys import new_pair, pair_of
from prongsai.privacy.seal.receipts import Receipt, keys_of, new_receipt, receipt_from
from prongsai.privacy.seal.wraps import wrapped
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.contents import CaseKeys, FileKey, Identity, Kind, Said, Told, plain, said_from, told_from
from prongsai.web.complaints.models import Category, Channel, Holder, Message, Report, SealedFile, Way
from prongsai.web.complaints.queries import clocks, rolls
from prongsai.web.complaints.queries.routing import route
from prongsai.web.complaints.services import bells, receipt_wraps, store, tokens, uploads

WHAT_MIN = 10  # letters
NUMBER_DIGITS = 5
NUMBER_DIGITS_MAX = 8
_TRIES = 10
_TOLD_BY_THEMSELVES = (Way.PUBLIC, Way.STAFF)
_PURPOSE = "receipt"


class NotTaken(ProngsaiError):
    """A report or message that is not taken. field: of Told, whose words are missing; "" for none."""

    def __init__(self, message_th: str, mend_th: str, field: str = "") -> None:
        super().__init__("not taken", message_th=message_th, mend_th=mend_th)
        self.field = field


class SentBefore(NotTaken):
    """A report by a receipt that opens another one already: what is new in it must not be passed over in silence.

    The form that is shown again needs a new receipt.
    """

    def __init__(self) -> None:
        super().__init__(
            _("เรื่องที่ส่งจากหน้านี้ครั้งก่อนรับไว้แล้ว แต่ครั้งนี้ข้อความหรือไฟล์ต่างไป จึงยังไม่ได้รับที่ต่างไปนั้น"),
            _("กดส่งอีกครั้งเพื่อส่งเป็นอีกเรื่องซึ่งมีใบรับใหม่"),
        )


@dataclass(frozen=True, slots=True)
class Following:
    """What a receipt opens. said: the dialogue, in the order in which it came. identity: the private dialogue key.

    opener: what the receipt gives, private. readers: pks of the holders who may be told that something came.
    """

    report: Report
    told: Told = field(repr=False)
    said: tuple[Said, ...] = field(repr=False)
    identity: str = field(repr=False)
    opener: str = field(repr=False)
    readers: tuple[int, ...] = ()


def give_token() -> str:
    """Make a receipt, closed for the hidden field of a form; it can be sent for twelve hours."""
    return tokens.closed(new_receipt().token, _PURPOSE)


def receipt_of(token: str) -> Receipt:
    """Give the receipt of a form. Raises NotTaken for a form of another server, or one that lay open too long."""
    found = tokens.opened(token, _PURPOSE)
    if found is None:
        raise NotTaken(_("หน้านี้เปิดค้างไว้นานเกินไป ระบบจึงยังไม่รับเรื่อง"), _("ตรวจข้อความที่กรอกไว้ แล้วกดส่งอีกครั้ง"))
    return receipt_from(found)


def submit(agency: Agency, *, way: Way | str, told: Told, receipt: Receipt, identity: Identity | None = None) -> Report:
    """Take a report in, sealed. The same form sent again gives the same report.

    Raises SentBefore for a receipt by which something else was reported; NotTaken for a channel that is not open, a
    report that says too little, files that are not there any more, and when nobody is left who may read it.
    """
    channel = _channel(agency)
    pair, handle = keys_of(receipt, bytes(channel.salt))
    found = _found(agency, handle)
    if found is None:
        _check(agency, way, told)
        found = _taken(channel, way, told, identity, pair.recipient, handle)
    elif _is_other(found, told, pair.identity):
        raise SentBefore
    _drop_unused(agency, told.files)
    return found


def _taken(
    channel: Channel, way: Way | str, told: Told, identity: Identity | None, receipt_key: str, handle: str
) -> Report:
    """Seal and write a report; gives the other one when the same form was quicker in another process."""
    agency, day = channel.agency, timezone.localdate()
    told = replace(told, day=day.isoformat())
    readers = _readers(agency, told, day)
    sealed = _sealed(told, identity, receipt_key, readers)
    fresh = _fresh(channel, way, told, handle, sealed, day)
    if _written(fresh, sealed, told.files):
        _ring(agency, readers, fresh.number)
        return fresh
    return Report.objects.get(agency=agency, handle=handle)


def by_receipt(agency: Agency, receipt: Receipt) -> Following | None:
    """Open a report by its receipt, for whoever wrote it; None when there is none (any more)."""
    channel = rolls.channel_of(agency)
    if channel is None:
        return None
    pair, handle = keys_of(receipt, bytes(channel.salt))
    report = _found(agency, handle)
    if report is None or not report.body:
        return None
    try:
        identity, readers = receipt_wraps.opened(report.receipt_wrap, pair.identity)
        told = told_from(unseal_value(report.body, [identity]))
    except NotForThisKey:
        return None
    return Following(report, told, tuple(_dialogue(report, identity)), identity, pair.identity, readers)


def say(agency: Agency, *, following: Following, text: str, files: Collection[FileKey] = ()) -> None:
    """Add what whoever reported says further. Raises NotTaken for neither words nor files, or files that are gone."""
    words = text.strip()
    if not words and not files:
        raise NotTaken(_("ยังไม่มีข้อความหรือไฟล์"), _("พิมพ์ข้อความหรือแนบไฟล์ แล้วส่งอีกครั้ง"), "text")
    _check_files(agency, files)
    said = Said(Kind.REPORTER, words, at=timezone.localdate().isoformat(), files=tuple(files))
    try:
        report, readers = _said(following, said)
    except IntegrityError:  # two taps at once brought the same files: the other one has them
        raise _files_gone() from None
    if not report.is_stale:  # somebody was taken off, and the box does not know yet who
        _ring(agency, [one for one in rolls.active(agency) if one.pk in readers], report.number)


def _is_other(report: Report, told: Told, opener: str) -> bool:
    """Whether something else was reported by a receipt. Who reports cannot be compared: only handlers open that."""
    try:
        identity, _readers = receipt_wraps.opened(report.receipt_wrap, opener)
        before = told_from(unseal_value(report.body, [identity]))
    except NotForThisKey:
        return False
    return _compared(before) != _compared(told)


def _compared(told: Told) -> tuple[Told, list[str]]:
    """Give what is the same whenever a form is sent: its files have new names each time."""
    return replace(told, files=(), day="", language=""), sorted(one.title for one in told.files)


# --- what is refused --------------------------------------------------------------------------------------------------
def _channel(agency: Agency) -> Channel:
    channel = rolls.channel_of(agency)
    if channel is None or channel.root_id is None:
        raise NotTaken(
            _("ช่องทางแจ้งเรื่องทุจริตของหน่วยงานนี้ยังไม่เปิดใช้"),
            _("แจ้งตรงต่อสำนักงาน ป.ป.ช. โทร. ๑๒๐๕ หรือสำนักงาน ป.ป.ท. โทร. ๑๒๐๖"),
        )
    return channel


def _check(agency: Agency, way: Way | str, told: Told) -> None:
    """Refuse what nobody could look into. What comes on paper or from another list is taken as it is written there."""
    if told.category not in Category.values:
        raise NotTaken(_("ยังไม่ได้เลือกประเภทเรื่อง"), _("เลือกประเภทที่ใกล้เคียงที่สุด"), "category")
    if way != Way.MOVED and len("".join(told.what.split())) < WHAT_MIN:
        raise NotTaken(_("ยังไม่ได้เล่าว่าเกิดอะไรขึ้น หรือสั้นเกินไป"), _("เล่าข้อเท็จจริงที่เห็นหรือรู้ อย่างน้อยหนึ่งประโยค"), "what")
    if way in _TOLD_BY_THEMSELVES and not told.when.strip() and not told.where.strip():
        raise NotTaken(
            _("ยังไม่ได้บอกว่าเกิดขึ้นเมื่อไรหรือที่ไหน"), _("กรอกอย่างน้อยหนึ่งช่อง ประมาณก็ได้ เช่น ต้นปี ๒๕๖๙ หรือ หน้าตลาด"), "when"
        )
    _check_files(agency, told.files)


def _check_files(agency: Agency, files: Collection[FileKey]) -> None:
    if reason := uploads.too_many_together(files):
        raise NotTaken(reason, _("ส่งเรื่องก่อน แล้วแนบไฟล์ที่เหลือในหน้าติดตามเรื่อง"), "files")
    _check_unnamed(files)
    if not all(uploads.is_there(agency.code, one) for one in files):
        raise _files_gone()


def _check_unnamed(files: Collection[FileKey]) -> None:
    if SealedFile.objects.filter(name__in=[one.name for one in files]).exists():
        raise _files_gone()


def _files_gone() -> NotTaken:
    return NotTaken(_("ไฟล์ที่แนบไว้ก่อนหน้านี้ใช้ไม่ได้แล้ว"), _("แนบไฟล์อีกครั้ง แล้วส่งใหม่"), "files")


# --- sealing ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Sealed:
    """Everything of a report that is secret, closed. first: the message with who reported."""

    dialogue_key: str
    case_key: str
    receipt_wrap: bytes
    wraps: bytes
    body: bytes
    first: bytes


def _sealed(told: Told, identity: Identity | None, receipt_key: str, readers: Collection[Holder]) -> _Sealed:
    """Close a report for its receipt and its readers under two new key pairs, which nobody else keeps."""
    dialogue, case = new_pair(), new_pair()
    keys = CaseKeys(dialogue.identity, case.identity, secrets.token_hex(8), receipt_key)
    # Every report has this message: without a name it is empty, so that nobody sees from outside who gave theirs.
    who = Said(Kind.IDENTITY, at=told.day, data=asdict(identity) if identity else {})
    return _Sealed(
        dialogue_key=dialogue.recipient,
        case_key=case.recipient,
        receipt_wrap=receipt_wraps.closed(dialogue.identity, receipt_key, [one.pk for one in readers]),
        wraps=wrapped(json.dumps(plain(keys), separators=(",", ":")).encode(), [one.recipient for one in readers]),
        body=seal_value(plain(told), dialogue.recipient),
        first=seal_value(plain(who), case.recipient),
    )


def _readers(agency: Agency, told: Told, day: date) -> tuple[Holder, ...]:
    holders = route(agency, told.accused, day=day).holders
    if not holders:
        raise NotTaken(
            _("ผู้รับเรื่องทุกคนของหน่วยงานนี้เกี่ยวข้องกับผู้ที่ท่านแจ้ง ระบบจึงไม่รับเรื่องไว้"),
            _("แจ้งตรงต่อสำนักงาน ป.ป.ช. โทร. ๑๒๐๕ หรือสำนักงาน ป.ป.ท. โทร. ๑๒๐๖"),
        )
    return holders


# --- writing ----------------------------------------------------------------------------------------------------------
def _fresh(channel: Channel, way: Way | str, told: Told, handle: str, sealed: _Sealed, day: date) -> Report:
    """Make the row, but for its number."""
    return Report(
        agency_id=channel.agency_id,
        received_on=day,
        way=way,
        category=told.category,
        due_on=clocks.first_due(channel, day),
        handle=handle,
        dialogue_key=sealed.dialogue_key,
        case_key=sealed.case_key,
        receipt_wrap=sealed.receipt_wrap,
        wraps=sealed.wraps,
        body=sealed.body,
        roll_version=channel.roll_version,
    )


def _written(fresh: Report, sealed: _Sealed, files: Collection[FileKey]) -> bool:
    """Write a report under a number that no other has; False when the same form came in meanwhile."""
    for number in _numbers():
        fresh.pk, fresh.number = None, number
        try:
            with transaction.atomic():
                _put(fresh, sealed, files)
        except IntegrityError:
            if Report.objects.filter(handle=fresh.handle).exists():
                return False
            _check_unnamed(files)
        else:
            return True
    raise NotTaken(_("ระบบรับเรื่องไม่ได้ในขณะนี้"), _("ลองส่งอีกครั้ง"))


def _numbers() -> Iterator[str]:
    """Draw numbers: of five digits, and of more where an office has so many reports that those are mostly taken."""
    for digits in range(NUMBER_DIGITS, NUMBER_DIGITS_MAX + 1):
        least = 10 ** (digits - 1)
        for _attempt in range(_TRIES):
            yield str(least + secrets.randbelow(9 * least))


def _put(fresh: Report, sealed: _Sealed, files: Collection[FileKey]) -> None:
    fresh.save(force_insert=True)
    Message.objects.create(report=fresh, is_dialogue=False, sealed=sealed.first)
    SealedFile.objects.bulk_create(SealedFile(report=fresh, name=one.name) for one in files)


def _said(following: Following, said: Said) -> tuple[Report, tuple[int, ...]]:
    """Write a message, for the dialogue key as it is now: the report may have been closed anew since it was opened.

    The key is the one in the box of the receipt, and not the column in clear, which somebody could have exchanged for
    their own. Gives the report, and who may be told now.
    """
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=following.report.pk)
        identity, readers = _dialogue_key(report, following.opener)
        sealed = seal_value(plain(said), pair_of(identity).recipient)
        Message.objects.create(report=report, is_dialogue=True, sealed=sealed)
        SealedFile.objects.bulk_create(SealedFile(report=report, name=one.name) for one in said.files)
    return report, readers


def _dialogue_key(report: Report, opener: str) -> tuple[str, tuple[int, ...]]:
    try:
        return receipt_wraps.opened(report.receipt_wrap, opener)
    except NotForThisKey:  # shredded just now, or changed past the software
        raise NotTaken(_("เรื่องนี้รับข้อความเพิ่มไม่ได้แล้ว"), _("แจ้งเป็นเรื่องใหม่ หรือแจ้งสำนักงาน ป.ป.ช. โทร. ๑๒๐๕")) from None


def _ring(agency: Agency, readers: Collection[Holder], number: str) -> None:
    transaction.on_commit(lambda: bells.ring(agency, readers, number))


def _drop_unused(agency: Agency, files: Collection[FileKey]) -> None:
    """Take away the files of a form that was sent a second time: the report has its own already."""
    names = {one.name for one in files}
    names -= set(SealedFile.objects.filter(name__in=names).values_list("name", flat=True))
    store.remove(agency.code, names)


# --- reading ----------------------------------------------------------------------------------------------------------
def _found(agency: Agency, handle: str) -> Report | None:
    return Report.objects.filter(agency=agency, handle=handle).first()


def _dialogue(report: Report, identity: str) -> Iterator[Said]:
    """Open the dialogue. What is not for its key, or no part of a dialogue, somebody wrote past the software."""
    for sealed in report.messages.filter(is_dialogue=True).values_list("sealed", flat=True):
        try:
            said = said_from(unseal_value(sealed, [identity]))
        except NotForThisKey:
            continue
        if said.kind in (Kind.REPORTER, Kind.REPLY):
            yield said
