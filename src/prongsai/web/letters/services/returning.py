"""The Word file of a letter brought back: what it says otherwise, and what of it could not be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prongsai.documents.diff import Change, ChangeKind, Piece, Segment, compare_pieces, marked, pieces
from prongsai.documents.model import Document
from prongsai.documents.plain import plain
from prongsai.documents.read import read_content
from prongsai.errors import Where
from prongsai.reports.diff import compare
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file, read_file
from prongsai.web.letters.kinds import LETTER_PAPERS, Shape
from prongsai.web.letters.models import Letter, LetterText, Origin
from prongsai.web.letters.queries.content import LABELS, OPTIONS
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.services import composing
from prongsai.web.letters.services.writing import write_text

SECRET_NAME = "หนังสือลับ"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Told by the letter itself, or put in by the register and the chain.
_NOT_COMPARED = composing.BROUGHT | {"subject", OPTIONS}
_HEAD = ("office", "to", "subject")
_READ = ("name", "position", "role", "duties", "stands_in", "what", "amount", "unit", "phone", "fax", "email")
_BODIES = ("body", "rows", "appointees", "assignments", "clauses")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a field says otherwise. segments: word by word, where it stands in both; kind: added, removed, moved."""

    label: str
    kind: ChangeKind
    before: str
    after: str

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Word by word."""
        if self.kind is ChangeKind.PARAGRAPH_MOVED:
            return (Segment(" ", self.after),)
        return marked(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back. subject, content: as they would be taken. unread: what the file says and would be lost."""

    file: File
    subject: str
    content: dict[str, Any]
    differences: tuple[Difference, ...]
    unread: tuple[str, ...]
    is_other: bool

    @property
    def is_same(self) -> bool:
        """Whether it says what the letter says."""
        return not self.differences


def keep_returned(scope: Scope, *, letter: Letter, name: str, content: Any) -> File:
    """Keep a file that came back, opened only through the letter. Raises FileUnusable, LimitExceeded."""
    shown = f"{SECRET_NAME}.docx" if letter.secrecy else name
    file = keep_file(scope, name=shown, content=content, is_guarded=True)
    if file.media_type != WORD:
        raise ValidationError(_("ไฟล์นี้ไม่ใช่ไฟล์ Word (.docx) บันทึกเป็น .docx แล้วนำเข้ามาใหม่"))
    return file


def read_returned(letter: Letter, file: File) -> Returned:
    """Read a file that came back and hold it against what the letter says.

    Raises ValidationError for one that is no such letter, FileUnusable for one that cannot be read.
    """
    document = read_content(read_file(file), file.name)
    subject, read = composing.content_from(letter.paper, document)
    text = newest_text(letter)
    if not _is_letter(subject, read, text):
        raise ValidationError(
            _("อ่านไฟล์นี้เป็น%(kind)sไม่ได้: ไม่พบเรื่องหรือเนื้อความ ใช้ไฟล์ Word ที่ดาวน์โหลดจากหนังสือฉบับนี้")
            % {"kind": LETTER_PAPERS[letter.paper].title}
        )
    content = _merged(letter, text, read)
    differences = tuple(_differences(text, subject, content))
    unread = tuple(_unread(letter, text, subject, content, document))
    return Returned(file, subject, content, differences, unread, _is_other(text, subject, content))


def accept_returned(scope: Scope, *, letter: Letter, version: int | None, file: File, note: str = "") -> LetterText:
    """Take what a file says as the letter's text. Raises Stale, and as ``read_returned`` and ``write_text`` do."""
    found = read_returned(letter, file)
    return write_text(
        scope,
        letter=letter,
        version=version,
        subject=found.subject,
        content=found.content,
        note=note or _("แก้ใน Word แล้วนำกลับเข้ามา"),
        origin=Origin.FILE,
        file=file,
    )


# --- is it the letter -----------------------------------------------------------------------------------------------
def _is_letter(subject: str, read: Mapping[str, Any], text: LetterText) -> bool:
    """Whether a file has what every paper of the kind has."""
    has_body = any(read.get(name) for name in _BODIES)
    wants_body = any(text.content.get(name) for name in _BODIES)
    return bool(subject.strip()) and (has_body or not wants_body)


def _is_other(text: LetterText, subject: str, content: Mapping[str, Any]) -> bool:
    """Whether subject and body have so little of the letter that it may be another one."""
    from rapidfuzz import fuzz  # noqa: PLC0415  # reason: 30 ms that only a file brought back should pay

    old, new = (" ".join(_lines(one.get("body"))) for one in (text.content, content))
    told = fuzz.ratio(text.subject, subject) < 50
    return told and (not old or fuzz.ratio(old, new) < 50)


def _merged(letter: Letter, text: LetterText, read: Mapping[str, Any]) -> dict[str, Any]:
    """Put what was read over what was there; what no paper prints stays, and so do the frozen rows of a report."""
    if LETTER_PAPERS[letter.paper].shape is Shape.RECORDS:
        head, said = text.content.get("memo") or {}, read.get("memo") or {}
        return {**text.content, "memo": {**head, **{name: said.get(name) for name in _HEAD if said.get(name)}}}
    found = {**text.content, **{name: value for name, value in read.items() if name not in _NOT_COMPARED}}
    if "enclosures" in found:
        found["enclosures"] = [one for one in found["enclosures"] if not _is_attached(text, one)]
    return found


def _is_attached(text: LetterText, enclosure: Mapping[str, Any]) -> bool:
    """Whether an enclosure was printed because a file is attached, not because it was typed."""
    what = enclosure.get("what")
    typed = [one.get("what") for one in text.content.get("enclosures") or ()]
    return what not in typed and any(one["title"] == what for one in text.attachments)


def between(old: LetterText, new: LetterText) -> tuple[Difference, ...]:
    """Tell what one text of a letter says otherwise than another, field by field; rows of a report are frozen."""
    found = _field("subject", old.subject, new.subject)
    for name in {**old.content, **new.content}:
        if name not in _NOT_COMPARED and name != "rows":
            found += _field(name, old.content.get(name), new.content.get(name))
    found += _field("laws", *((one.content.get(OPTIONS) or {}).get("laws") for one in (old, new)))
    titles = ([one["title"] for one in text.attachments] for text in (old, new))
    return (*found, *_field("enclosures", *titles))


# --- what differs ---------------------------------------------------------------------------------------------------
def _differences(text: LetterText, subject: str, content: Mapping[str, Any]) -> list[Difference]:
    found = _field("subject", text.subject, subject)
    for name, value in content.items():
        if name == "memo":
            old = text.content.get("memo") or {}
            found += [one for part in ("office", "to") for one in _field(part, old.get(part), value.get(part))]
        elif name not in _NOT_COMPARED:
            found += _field(name, text.content.get(name), value)
    return found


def _field(name: str, before: Any, after: Any) -> list[Difference]:
    label = str(LABELS.get(name, name))
    changes = compare_pieces(_pieces(before), _pieces(after))
    return [Difference(label, one.kind, one.before or "", one.after or "") for one in changes]


def _pieces(value: Any) -> list[Piece]:
    return [Piece(line, Where(line=at)) for at, line in enumerate(_lines(value), 1) if line]


def _lines(value: Any) -> list[str]:
    """Give a value of a content line by line, as a person reads it."""
    if value is None or value == "":
        return []
    if isinstance(value, Mapping):
        return [" ".join(line for _, part in sorted(value.items(), key=_place) for line in _lines(part))]
    if isinstance(value, list | tuple):
        return [line for part in value for line in _lines(part)]
    return [str(value)]


def _place(pair: tuple[str, Any]) -> tuple[int, str]:
    """Where a part of a value is read: PostgreSQL keeps the names in an order of its own."""
    name = pair[0]
    return (_READ.index(name) if name in _READ else len(_READ), name)


# --- what would be lost ---------------------------------------------------------------------------------------------
def _unread(
    letter: Letter, text: LetterText, subject: str, content: Mapping[str, Any], document: Document
) -> Sequence[str]:
    """Name what stands in the file and would not be printed of what was read of it, and what reading it noticed."""
    noticed = [one.message_th for one in document.problems]
    taken = LetterText(letter=letter, number=text.number, subject=subject, content=dict(content))
    taken.attachments = text.attachments
    printed = plain(composing.document_of(letter, text=taken))
    if LETTER_PAPERS[letter.paper].shape is Shape.RECORDS:
        left = [one.message_th for one in compare(printed, document).changes]
    else:
        left = [_left(one) for one in compare_pieces(pieces(printed), pieces(document)) if one.after]
    return list(dict.fromkeys([*noticed, *left]))


def _left(change: Change) -> str:
    if change.kind in (ChangeKind.PARAGRAPH_MOVED, ChangeKind.ROW_MOVED):
        return _("ข้อความย้ายที่: “%(text)s”") % {"text": change.after}
    return _("“%(text)s”") % {"text": change.after}
