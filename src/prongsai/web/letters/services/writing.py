"""Writing letters: a draft and every text of it, what is attached, who may know of it, and what takes its place.

Each text stays. Another wording is another text: it voids what was signed on the one before and brings the letter back
to a draft.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.letters.kinds import LETTER_PAPERS, Shape
from prongsai.web.letters.models import Attachment, Endorsement, Letter, LetterState, LetterText, Origin, Secrecy
from prongsai.web.letters.queries.content import OPTIONS, addressees_of, missing_of, options_of
from prongsai.web.letters.queries.letter_page import files_of
from prongsai.web.letters.queries.letters import WRITABLE, newest_text
from prongsai.web.letters.queries.references import CONFIRMED
from prongsai.web.letters.seals import text_hash
from prongsai.web.letters.services import chain, composing, deliveries, numbers

# What is printed on the paper or decides its register; the text stands beside them.
FIELDS = frozenset({"unit", "speed", "secrecy", "is_circular"})
_OF_NUMBER = ("unit", "is_circular", "secrecy")
# What a letter carries or answers, whichever letter it is by now: who must sign it hangs on that.
_CARRIED = ("report", "dispatch", "entry", "answers")


@transaction.atomic
def start_letter(
    scope: Scope,
    *,
    paper: str,
    subject: str,
    content: Mapping[str, Any],
    unit: Unit | None = None,
    speed: str = "",
    secrecy: str = "",
    is_circular: bool = False,
    origin: Origin = Origin.TYPED,
    **links: Any,
) -> Letter:
    """Begin a letter with its first text, drafted by who asks.

    content: the records of ``paper`` without number, day and signatures. links: report, dispatch, entry, answers,
    supersedes. Raises ValidationError that names what is missing, RecordsInvalid for content that makes no paper.
    """
    if paper not in LETTER_PAPERS:
        raise ValidationError(_("ไม่มีหนังสือชนิดนี้"))
    journal.take_turn(scope.agency)
    letter = Letter(
        agency=scope.agency,
        paper=paper,
        subject=subject.strip(),
        unit=unit,
        speed=speed,
        secrecy=secrecy,
        is_circular=is_circular,
        drafter=scope.person,
        drafted_by=scope.user,
        **links,
    )
    _hold(letter, subject, content)
    journal.create(scope, letter, "letter.draft")
    _put_text(scope, letter, content, origin=origin)
    return letter


@transaction.atomic
def write_text(
    scope: Scope,
    *,
    letter: Letter,
    version: int | None,
    subject: str,
    content: Mapping[str, Any],
    note: str = "",
    origin: Origin = Origin.TYPED,
    file: File | None = None,
    **fields: Any,
) -> LetterText:
    """Give a letter another text; the same words again make none.

    fields: of ``FIELDS``. What was signed on the text before is void, and the letter a draft again. Raises Stale,
    ValidationError, RecordsInvalid for content that makes no paper.
    """
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"no fields of a text: {', '.join(sorted(unknown))}")
    current = _turn(scope, letter, version)
    for name, value in fields.items():
        setattr(current, name, value)
    _hold(current, subject, content)
    _hold_number(letter, fields)
    if _is_same(letter, newest_text(letter), subject, content, fields):
        return newest_text(letter)
    _reopen(scope, letter, note or str(_("แก้ไขข้อความ")), subject=subject.strip(), **fields)
    if fields.get("secrecy"):
        _guard_files(scope, letter)
    return _put_text(scope, letter, content, note=note, origin=origin, file=file)


# --- what is attached -----------------------------------------------------------------------------------------------
@transaction.atomic
def attach(
    scope: Scope, *, letter: Letter, version: int | None, file: File, title: str, evidence: Evidence | None = None
) -> Attachment:
    """Attach a file; who signs sees its hash, so that the letter gets another text. Raises Stale, ValidationError."""
    _turn(scope, letter, version)
    if letter.attachments.filter(file=file).exists():
        raise ValidationError(_("แนบไฟล์นี้ไว้แล้ว"))
    if file.agency_id != scope.agency.pk or file.erased_at:
        raise ValidationError(_("ไฟล์นี้ใช้แนบไม่ได้"))
    place = letter.attachments.count()
    made = Attachment(letter=letter, file=file, evidence=evidence, title=title.strip() or file.name, place=place)
    journal.create(scope, made, "letter.attach")
    _same_words(scope, letter, str(_("แนบไฟล์")))
    return made


@transaction.atomic
def detach(scope: Scope, *, letter: Letter, version: int | None, attachment: Attachment) -> LetterText:
    """Take a file away from a letter; it stays with the texts that had it. Raises Stale, ValidationError."""
    _turn(scope, letter, version)
    journal.delete(scope, attachment, "letter.detach")
    return _same_words(scope, letter, str(_("นำไฟล์แนบออก")))


def _same_words(scope: Scope, letter: Letter, note: str) -> LetterText:
    text = newest_text(letter)
    _reopen(scope, letter, note)
    return _put_text(scope, letter, text.content, note=note, origin=Origin(text.origin))


# --- who may know, what is sure, what is over -----------------------------------------------------------------------
@transaction.atomic
def set_readers(scope: Scope, *, letter: Letter, version: int | None, people: Iterable[Person]) -> Letter:
    """Say who else may know of a secret letter, all of them. Raises Stale, ValidationError."""
    _current(scope, letter, version)
    wanted = list(people)
    if not letter.secrecy:
        raise ValidationError(_("กำหนดผู้มีสิทธิรู้ได้เฉพาะหนังสือลับ"))
    if any(one.agency_id != scope.agency.pk for one in wanted):
        raise ValidationError(_("ผู้มีสิทธิรู้ต้องอยู่ในทะเบียนบุคลากรของหน่วยงาน"))
    before = sorted(letter.readers.values_list("pk", flat=True))
    letter.readers.set(wanted)
    _bump(letter)
    journal.note(scope, "letter.readers", letter, {"readers": (before, sorted(one.pk for one in wanted))})
    return letter


@transaction.atomic
def confirm_orders(scope: Scope, *, letter: Letter, version: int | None, keys: Iterable[str]) -> LetterText:
    """Say that orders which nobody knows here are cited rightly; who signs sees that it was said. Raises Stale."""
    text = newest_text(letter)
    options = dict(options_of(text.content))
    options[CONFIRMED] = sorted({*(options.get(CONFIRMED) or ()), *keys})
    return write_text(
        scope,
        letter=letter,
        version=version,
        subject=text.subject,
        content={**text.content, OPTIONS: options},
        note=str(_("ยืนยันเลขที่คำสั่งที่อ้างถึง")),
        origin=Origin(text.origin),
    )


@transaction.atomic
def drop_letter(scope: Scope, *, letter: Letter, version: int | None, reason: str) -> Letter:
    """Drop a draft; it stays with its texts, and a number that it had is cancelled. Raises Stale, ValidationError."""
    _current(scope, letter, version)
    if letter.state not in (LetterState.DRAFT, LetterState.RETURNED):
        raise ValidationError(_("ยกเลิกได้เฉพาะร่าง ถ้าเสนอไปแล้วให้เรียกคืนก่อน"))
    if not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลที่ยกเลิก")})
    journal.change(scope, letter, "letter.drop", state=LetterState.DROPPED, reason=reason.strip())
    if letter.number is not None:
        numbers.cancel_number(scope, number=letter.number, version=None, reason=reason.strip())
    return letter


@transaction.atomic
def replace_letter(scope: Scope, *, letter: Letter) -> Letter:
    """Begin a letter that takes the place of a signed one, with its words and attachments.

    The older one is replaced when the new one is signed. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    letter.refresh_from_db()
    others = letter.superseded_by.exclude(state__in=(LetterState.DROPPED, LetterState.REJECTED))
    if letter.state != LetterState.SIGNED or others.exists():
        raise ValidationError(_("ทำฉบับใหม่แทนได้เฉพาะหนังสือที่ลงนามแล้ว และยังไม่มีฉบับใหม่แทน"))
    text = newest_text(letter)
    made = start_letter(
        scope,
        paper=letter.paper,
        subject=text.subject,
        content=text.content,
        unit=letter.unit,
        speed=letter.speed,
        secrecy=letter.secrecy,
        is_circular=letter.is_circular,
        origin=Origin(text.origin),
        supersedes=letter,
        **{name: getattr(letter, name) for name in _CARRIED},
    )
    made.readers.set(letter.readers.all())
    for one in letter.attachments.filter(file__erased_at=None).select_related("file", "evidence"):
        attach(scope, letter=made, version=None, file=one.file, title=one.title, evidence=one.evidence)
    return made


# --- parts ----------------------------------------------------------------------------------------------------------
def _current(scope: Scope, letter: Letter, version: int | None) -> Letter:
    """Take the turn and bring a letter up to date. Raises Stale when somebody else has changed it."""
    journal.take_turn(scope.agency)
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    if version is not None and current.version != version:
        raise journal.Stale(current)
    letter.refresh_from_db()
    return current


def _turn(scope: Scope, letter: Letter, version: int | None) -> Letter:
    current = _current(scope, letter, version)
    if letter.state not in WRITABLE:
        raise ValidationError(_("หนังสือฉบับนี้แก้ไขไม่ได้แล้ว ถ้าต้องแก้ ให้ทำฉบับใหม่แทน"))
    return current


def _hold(letter: Letter, subject: str, content: Mapping[str, Any]) -> None:
    if lacking := missing_of(letter.paper, subject, content):
        raise ValidationError(_("ยังขาด %(names)s"), params={"names": ", ".join(lacking)})
    if letter.secrecy and letter.is_circular:
        raise ValidationError({"is_circular": _("หนังสือลับเวียนไม่ได้ ส่งให้ผู้มีสิทธิรู้ทีละคน")})
    if letter.secrecy == Secrecy.MOST_SECRET:
        letter.clean()


def _hold_number(letter: Letter, fields: Mapping[str, Any]) -> None:
    """Keep a letter that has its number in the register that gave it."""
    if letter.number_id and any(name in fields and fields[name] != getattr(letter, name) for name in _OF_NUMBER):
        raise ValidationError(_("หนังสือมีเลขแล้ว เปลี่ยนส่วนราชการ ชั้นความลับ หรือการเป็นหนังสือเวียนไม่ได้"))


def _is_same(
    letter: Letter, text: LetterText, subject: str, content: Mapping[str, Any], fields: Mapping[str, Any]
) -> bool:
    told = text.subject == subject.strip() and text.content == _plain(content)
    return told and all(getattr(letter, name) == value for name, value in fields.items())


def _reopen(scope: Scope, letter: Letter, reason: str, **values: Any) -> None:
    """Make a letter a draft again: what was signed on its text before is void."""
    if Endorsement.objects.filter(step__letter=letter, voided_at=None).exists():
        letter.secrecy = (
            values.get("secrecy", letter.secrecy) or letter.secrecy
        )  # the journal is told as of a secret one
        chain.void(scope, letter=letter, reason=reason)
        letter.refresh_from_db()
    before = letter.version
    # A scan is of the words that were on the paper.
    journal.change(scope, letter, "letter.write", state=LetterState.DRAFT, scan=None, **values)
    if letter.version == before:
        _bump(letter)


def _bump(letter: Letter) -> None:
    """Let whoever has an older page open be told."""
    letter.version += 1
    letter.save(update_fields=["version"])


def _put_text(
    scope: Scope,
    letter: Letter,
    content: Mapping[str, Any],
    *,
    note: str = "",
    origin: Origin = Origin.TYPED,
    file: File | None = None,
) -> LetterText:
    plain, attached = _plain(content), attachments_told(letter)
    last = letter.texts.order_by("-number").values_list("number", flat=True).first() or 0
    text = LetterText(
        letter=letter,
        number=last + 1,
        subject=letter.subject,
        content=plain,
        attachments=attached,
        sha256=hash_of(letter, letter.subject, plain, attached),
        origin=origin,
        file=file,
        note=note,
        made_by=scope.user,
    )
    journal.create(scope, text, "letter.text")
    composing.document_of(letter, text=text)  # what makes no paper is refused while it can be mended
    if letter.state not in (LetterState.SIGNED, LetterState.REPLACED):
        deliveries.plan_deliveries(scope, letter=letter, to=addressees_of(plain))
    return text


def hash_of(letter: Letter, subject: str, content: Mapping[str, Any], attachments: Sequence[Mapping[str, Any]]) -> str:
    """Give the hash of a text as it stands with its letter."""
    return text_hash(
        paper=letter.paper,
        subject=subject,
        content=content,
        attachments=attachments,
        speed=letter.speed,
        secrecy=letter.secrecy,
    )


def attachments_told(letter: Letter) -> list[dict[str, Any]]:
    """Give what a text tells of the files attached to its letter."""
    return [
        {"title": one.title, "name": one.file.name, "sha256": one.file.sha256, "size": one.file.size}
        for one in letter.attachments.select_related("file").order_by("place", "pk")
    ]


def _guard_files(scope: Scope, letter: Letter) -> None:
    """Close the files that were brought for a letter which is secret from now on; evidence stays what it was."""
    own = [one.pk for one in files_of(letter) if not one.is_guarded]  # of earlier texts and signatures too
    for file in File.objects.filter(pk__in=own, evidence=None):
        journal.change(scope, file, "file.guard", is_guarded=True)


def _plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """Give content as the database gives it back."""
    found: dict[str, Any] = json.loads(json.dumps(content, ensure_ascii=False))
    return found


def is_typed(letter: Letter) -> bool:
    """Whether its words are typed in a form of their own, not made from records of the platform."""
    return LETTER_PAPERS[letter.paper].shape is not Shape.RECORDS
