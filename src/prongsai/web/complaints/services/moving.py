"""Moving a case between the general register and the sealed channel.

In: what the general register held is sealed, and emptied there in the same transaction; the register's own move had
only hidden it. Out: a handler writes by hand what the general register may know, and the sealed case is passed on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from prongsai.documents.clean.pictures import is_picture
from prongsai.errors import FileUnusable
from prongsai.registers.model import Ref
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.complaints.contents import Accused, FileKey, Told
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import State, Way
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.moved import REGISTER, Moved, numbered
from prongsai.web.complaints.services import store
from prongsai.web.complaints.services.cases import reveal_identity
from prongsai.web.complaints.services.handling import move_case
from prongsai.web.complaints.services.papers import Taken, enter
from prongsai.web.complaints.services.sealing import sealed_file
from prongsai.web.complaints.services.uploads import cleaned_picture
from prongsai.web.complaints.states import MOVES, Ask
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import read_file
from prongsai.web.registers.models import Entry
from prongsai.web.registers.services import add_entry, move_entry
from prongsai.web.registers.services.emptying import empty_entry

# What stands in the general register and in the journal from then on; not words of a page, hence in Thai alone.
_TITLE = "เรื่องที่ย้ายเข้าช่องทางแจ้งเรื่องทุจริต"
_REASON = "ย้ายเข้าช่องทางแจ้งเรื่องทุจริตซึ่งปิดผนึก"
_TOLD = (
    "เรื่องนี้อยู่ในช่องทางแจ้งเรื่องทุจริตแล้ว เนื้อหาและตัวตนของท่านปิดผนึกไว้ เปิดได้เฉพาะผู้รับเรื่องที่ได้รับแต่งตั้ง "
    "ถ้าต้องการเพิ่มข้อมูลหรือทราบผล ให้แจ้งที่หน้าแจ้งเรื่องทุจริตของหน่วยงานโดยอ้างเรื่องทั่วไปเลขที่ {number} "
    "หรือติดต่อผู้รับเรื่องเพื่อขอใบรับ"
)
_GENERAL = "ทะเบียนเรื่องร้องเรียนร้องทุกข์ทั่วไป"
_WHY = "ส่งต่อเป็นเรื่องทั่วไป: {reason}"
NUMBER = "{เลขที่}"  # in what the reporter is told: the number in the general register
_HEAD = 16  # bytes by which a picture is known
_WHO = frozenset({"name", "phone", "email"})
_BEFORE = MOVES["refer"].before | {State.RECEIVED}


# --- in ---------------------------------------------------------------------------------------------------------------
def move_in(
    scope: Scope,
    key: Key,
    moved: Moved,
    *,
    category: str,
    accused: Sequence[Accused],
    when: str = "",
    how: str = "",
    token: str,
) -> Taken:
    """Seal a re-classified complaint and empty the general register of it, duplicates too.

    Nothing is added to the senders' own words but whom it is about, when and how. Raises NotTaken, and Stale when
    somebody changed one of them in the meantime: then all stays as it was.
    """
    files, lost = _sealed_files(scope.agency.code, moved)
    told = Told(
        mode=moved.mode,
        category=category,
        what=moved.what,
        where=moved.first.place,
        when=when,
        how=how,
        accused=tuple(accused),
        files=files,
        moved=moved.first.number,
    )
    try:
        return _moved_in(scope, key, moved, told, token, "\n".join([moved.background, *lost]))
    except BaseException:
        store.remove(scope.agency.code, [one.name for one in files])
        raise


@transaction.atomic
def _moved_in(scope: Scope, key: Key, moved: Moved, told: Told, token: str, note: str) -> Taken:
    journal.take_turn(scope.agency)
    taken = enter(scope, key, way=Way.MOVED, told=told, identity=moved.identity, token=token, note=note)
    for one in moved.all:
        empty_entry(
            scope,
            entry=one.entry,
            version=one.entry.version,
            title=_TITLE,
            told=_TOLD.format(number=one.number),
            reason=_REASON,
        )
    return taken


def _sealed_files(code: str, moved: Moved) -> tuple[tuple[FileKey, ...], list[str]]:
    """Seal what was attached; of what cannot be read any more only the name is told."""
    sealed, lost = [], []
    for one in moved.files:
        try:
            sealed.append(_sealed(code, one.name, one.file))
        except FileUnusable as unusable:
            lost.append(unusable.message_th)
    return tuple(sealed), lost


def _sealed(code: str, title: str, file: File) -> FileKey:
    content, state = read_file(file), "kept"
    if is_picture(content[:_HEAD]):
        content, state = cleaned_picture(content)
    return sealed_file(code, title, content, state)


# --- out --------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Handed:
    """What the general register is to know, every word of it written by a handler."""

    topic: str
    details: str
    category: str
    place: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    unit: Unit | None = None


@transaction.atomic
def move_out(
    scope: Scope,
    key: Key,
    case: Case,
    *,
    handed: Handed,
    ticked: Collection[str] = (),
    reason: str,
    told: str,
    version: int,
) -> tuple[Entry, Case]:
    """Pass a case that is none of corruption on to the general register.

    The entry holds what was handed over and nothing else; that it came from here stands in the sealed case alone.
    ticked: what of who reported goes along (``name``, ``phone``, ``email``). told: to whoever reported. Raises
    ValidationError, Stale, EntryRefused: then nothing is done.
    """
    journal.take_turn(scope.agency)
    if ticked:
        identity = reveal_identity(scope, key, case, reason=_WHY.format(reason=reason))
        handed = replace(handed, **{name: getattr(identity, name) for name in _WHO & set(ticked)})
    entry = _entered(scope, handed)
    if case.report.state == State.RECEIVED:
        case = move_case(scope, key, case, move="screen", given={}, version=version)
        version = case.report.version
    given: dict[str, object] = {
        Ask.AGENCY: _GENERAL,
        Ask.LETTER_NO: numbered(entry),
        Ask.LETTER_DATE: scope.today,
        Ask.REASON: reason,
        Ask.TOLD: told.replace(NUMBER, numbered(entry)),
    }
    return entry, move_case(scope, key, case, move="refer", given=given, version=version)


def may_move_out(case: Case) -> bool:
    """Whether a case is in a state from which it may be passed on."""
    return case.report.state in _BEFORE


def _entered(scope: Scope, handed: Handed) -> Entry:
    """Make the entry by the software's own rights, in the name of who acts: a handler need not keep that register."""
    desk = replace(system_scope(scope.agency), user=scope.user, person=scope.person, today=scope.today)
    values: dict[str, object] = {
        "topic": handed.topic,
        "details": handed.details,
        "category": handed.category,
        "place": handed.place,
        "person": handed.name,
        "phone": handed.phone,
        "email": handed.email,
        "received_on": scope.today,
    }
    entry = add_entry(desk, register=REGISTER, values={name: value for name, value in values.items() if value})
    if handed.unit is None:
        return entry
    unit = Ref(handed.unit.pk, str(handed.unit))
    return move_entry(desk, entry=entry, move="assign", values={"unit": unit}, version=entry.version)
