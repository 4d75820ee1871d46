"""Copies of a case for the people of a committee, each with its reader's name on every page; made in memory alone."""

import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from prongsai.documents.build import NOWHERE, cell, fields, paragraph, row, table
from prongsai.documents.model import Block, Column, Document, Row, Setup, Style, Table
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Accused, FileKey, Identity, Kind, Said, Told, identity_from
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.marks import marked
from prongsai.web.complaints.models import Channel
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.clocks import day_of
from prongsai.web.complaints.services.cases import add_said, reveal_identity, say_as
from prongsai.web.complaints.states import MOVES

ACTION = "complaint.export"
RECIPIENTS_MAX = 12
# Words of papers, not of pages.
SECRET = "ลับ"
_ANONYMOUS = "ผู้แจ้ง"
_MB, _KB = 1_048_576, 1024


class Part(models.TextChoices):
    """What may go into a copy."""

    FACTS = "facts", _("เรื่องที่แจ้ง")
    ACCUSED = "accused", _("ผู้ถูกกล่าวหา")
    DIALOGUE = "dialogue", _("ข้อความโต้ตอบกับผู้แจ้ง")
    NOTES = "notes", _("บันทึกของผู้รับเรื่อง")
    STEPS = "steps", _("ขั้นตอนที่ดำเนินการแล้ว")
    FILES = "files", _("บัญชีไฟล์ (ไม่รวมตัวไฟล์)")


@dataclass(frozen=True, slots=True)
class Recipient:
    """For whom a copy is."""

    name: str
    position: str = ""

    @property
    def words(self) -> str:
        """Name and position on one line."""
        return f"{self.name} {self.position}".strip()


@dataclass(frozen=True, slots=True)
class Copies:
    """What is handed to the browser. name: of the file, which tells of nobody; n: how many copies."""

    name: str
    media_type: str
    content: bytes
    n: int


def make_copies(
    scope: Scope,
    key: Key,
    case: Case,
    *,
    recipients: Sequence[Recipient],
    parts: Collection[str],
    identity_reason: str = "",
) -> Copies:
    """Make a copy for each recipient: one PDF, or a zip of several. The case and the journal tell of it.

    identity_reason: why who reported must be named; without one they are not. Raises ValidationError for nobody, for
    nothing chosen, for a reason where nobody gave a name; FileUnusable when no PDF can be made: then nothing is told.
    """
    _check(recipients, parts)
    identity = _identity_of(case) if identity_reason.strip() else None
    n = len(recipients)
    papers = [_document(scope, case, parts, identity, one, place, n) for place, one in enumerate(recipients, 1)]
    # Before the turn is taken: others need not wait while papers are made.
    made = _bound(case.report.number, _rendered(papers, Office(bytes(scope.agency.emblem) or None)))
    with transaction.atomic():
        if identity:
            reveal_identity(scope, key, case, reason=identity_reason)
        _tell(scope, key, case, recipients)
    return made


def _identity_of(case: Case) -> Identity:
    told = [one for one in case.of(Kind.IDENTITY) if one.data]
    if not told:
        raise ValidationError({"identity_reason": _("ผู้แจ้งไม่ได้ให้ข้อมูลตัวตนไว้")})
    return identity_from(told[-1].data)


def _check(recipients: Sequence[Recipient], parts: Collection[str]) -> None:
    if not recipients:
        raise ValidationError(_("ใส่ชื่อผู้รับสำเนาอย่างน้อยหนึ่งคน"))
    if len(recipients) > RECIPIENTS_MAX:
        raise ValidationError(_("ทำสำเนาครั้งละไม่เกิน ๑๒ คน"))
    if not set(parts) & set(Part.values):
        raise ValidationError({"parts": _("เลือกเนื้อหาอย่างน้อยหนึ่งส่วน")})


def _tell(scope: Scope, key: Key, case: Case, recipients: Sequence[Recipient]) -> None:
    """Names stand in the case, sealed; the journal tells only that copies were made, and how many."""
    journal.take_turn(scope.agency)
    words = "\n".join(one.words for one in recipients)
    add_said(case, say_as(scope, key, Kind.NOTE, f"ทำสำเนาเฉพาะบุคคล\n{words}", act="export"))
    channel = Channel.objects.get(agency=scope.agency)
    journal.note(scope, ACTION, channel, {"case": (None, marked(case.keys.mark)), "copies": (None, len(recipients))})


def _rendered(papers: list[Document], office: Office) -> list[bytes]:
    try:
        from prongsai.documents.write.pdf import render_all_apart  # noqa: PLC0415  # reason: an extra may be missing
    except ModuleNotFoundError as missing:
        raise FileUnusable(
            f"copies need the package {missing.name}",
            message_th=f"ทำสำเนาไม่ได้ เพราะไม่ได้ติดตั้ง {missing.name}",
            mend_th='ติดตั้งด้วย pip install "prongsai[pdf]"',
        ) from missing
    return render_all_apart(papers, office)


def _bound(number: str, made: Sequence[bytes]) -> Copies:
    if len(made) == 1:
        return Copies(f"{number}.pdf", "application/pdf", made[0], 1)
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as bundle:
        for place, content in enumerate(made, 1):
            # The same day in every copy of every case: a zip need not tell the minute.
            bundle.writestr(zipfile.ZipInfo(f"{number}-{place}.pdf"), content)
    return Copies(f"{number}.zip", "application/zip", held.getvalue(), len(made))


# --- the paper ------------------------------------------------------------------------------------------------------
def _document(
    scope: Scope,
    case: Case,
    parts: Collection[str],
    identity: Identity | None,
    to: Recipient,
    place: int,
    n: int,
) -> Document:
    day, number = format_date(scope.today), to_thai(case.report.number)
    setup = Setup(
        secrecy=SECRET,
        running=f"สำเนาเฉพาะ {to.name} เรื่องเลขที่ {number} {day} ฉบับที่ {to_thai(f'{place}/{n}')}",
        watermark=(to.name, f"เรื่องเลขที่ {number} {SECRET}", day),
        names=tuple(filter(None, (to.name, scope.agency.name, *(one.name for one in case.accused)))),
        mark="ห้ามทำสำเนาต่อ ห้ามส่งต่อ ทำลายเมื่อเสร็จหน้าที่",
    )
    blocks = [*_head(scope, case, to, number, day), *_body(case, set(parts), identity)]
    title = f"สำเนาเรื่องเลขที่ {number}"
    return Document("", "composed", None, "", tuple(blocks), title=title, setup=setup)


def _head(scope: Scope, case: Case, to: Recipient, number: str, day: str) -> Iterator[Block]:
    report = case.report
    yield paragraph("สำเนาเรื่องร้องเรียนสำหรับการสอบข้อเท็จจริง", Style.TITLE)
    yield paragraph(scope.agency.name, Style.CENTRED)
    yield fields(("เรื่องเลขที่ ", number), ("รับเมื่อ ", format_date(report.received_on)))
    yield fields(("ประเภท ", str(report.get_category_display())), ("สถานะ ", str(report.get_state_display())))
    yield fields(("สำเนาสำหรับ ", to.words))
    yield fields(("ทำเมื่อ ", f"{day} โดย {scope.actor}"))


def _body(case: Case, parts: set[str], identity: Identity | None) -> Iterator[Block]:
    yield from _identity(identity)
    made = {
        Part.FACTS: _facts(case.told),
        Part.ACCUSED: _accused(case.accused),
        Part.DIALOGUE: _talk("ข้อความโต้ตอบกับผู้แจ้ง", case.dialogue),
        Part.NOTES: _talk("บันทึกของผู้รับเรื่อง", [one for one in case.notes if not one.data.get("act")]),
        Part.STEPS: _talk("ขั้นตอนที่ดำเนินการแล้ว", case.of(Kind.STEP)),
        Part.FILES: _files(case.files),
    }
    for part, blocks in made.items():
        if part in parts:
            yield from blocks


def _identity(told: Identity | None) -> Iterator[Block]:
    if told is None:
        return
    yield paragraph("ผู้แจ้ง", Style.HEADING)
    yield from _lines(
        ("ชื่อ", told.name),
        ("ที่อยู่", told.address),
        ("โทรศัพท์", told.phone),
        ("อีเมล", told.email),
        ("เลขประจำตัวประชาชน", told.id_number),
        ("อื่น ๆ", told.note),
    )


def _facts(told: Told) -> Iterator[Block]:
    yield paragraph("เรื่องที่แจ้ง", Style.HEADING)
    yield from _lines(
        ("เกิดอะไรขึ้น", told.what),
        ("ที่ไหน", told.where),
        ("เมื่อใด", told.when),
        ("อย่างไร", told.how),
        ("พยานหลักฐาน", told.evidence),
        ("พยานบุคคล", told.witnesses),
        ("แจ้งที่อื่นแล้ว", told.elsewhere),
    )


def _lines(*pairs: tuple[str, str]) -> Iterator[Block]:
    rows = [row(label, cell(*_paragraphs(words))) for label, words in pairs if words.strip()]
    yield _pairs(rows)


def _pairs(rows: Iterable[Row]) -> Table:
    """Set labels beside what belongs to them, without lines and without a head."""
    return Table(tuple(rows), NOWHERE, "composed", columns=(Column(2), Column(7)), ruled=False)


def _paragraphs(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()]


def _accused(accused: Sequence[Accused]) -> Iterator[Block]:
    yield paragraph("ผู้ถูกกล่าวหา", Style.HEADING)
    if not accused:
        yield paragraph("ไม่ได้ระบุ", Style.PLAIN)
        return
    rows = (row(one.name or "–", one.position or "–", one.unit or "–") for one in accused)
    yield table(("ชื่อ", "ตำแหน่ง", "ส่วนราชการ"), rows, [Column(3), Column(3), Column(3)])


def _talk(title: str, said: Iterable[Said]) -> Iterator[Block]:
    yield paragraph(title, Style.HEADING)
    rows = [row(cell(*_about(one)), cell(*_paragraphs(one.text))) for one in said]
    yield _pairs(rows) if rows else paragraph("ไม่มี", Style.PLAIN)


def _about(one: Said) -> Iterator[str]:
    """Say when, by whom and, of a step, which."""
    step = MOVES.get(str(one.data.get("move", "")))
    yield from filter(None, (_day(one.at), one.by or _ANONYMOUS, str(step.label) if step else ""))


def _day(at: str) -> str:
    return format_date(day_of(at)) if at else ""


def _files(files: Sequence[FileKey]) -> Iterator[Block]:
    yield paragraph("บัญชีไฟล์", Style.HEADING)
    if not files:
        yield paragraph("ไม่มี", Style.PLAIN)
        return
    rows = (row(to_thai(str(place)), one.title, _size(one.size)) for place, one in enumerate(files, 1))
    yield table(("ที่", "ชื่อไฟล์", "ขนาด"), rows, [Column(1), Column(7), Column(2)])


def _size(n: int) -> str:
    size = f"{n / _MB:.1f} MB" if n >= _MB else f"{max(1, round(n / _KB))} KB"
    return to_thai(size)
