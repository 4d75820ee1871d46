"""Checking what hangs on a letter: its number in the register, attachments, the signed paper, the seal over all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.errors import Problem
from prongsai.thai.fiscal import BE_OFFSET
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import why_unreadable
from prongsai.web.letters.faults import fault
from prongsai.web.letters.models import Attachment, Letter, NumberState
from prongsai.web.letters.queries.held import Held
from prongsai.web.letters.seals import letter_seal

Check = Callable[[Held], Iterator[Problem]]
_FIGURES = re.compile(r"\d+")
_SCAN = "สำเนาสแกน"


# --- the number -----------------------------------------------------------------------------------------------------
def of_number(held: Held) -> Iterator[Problem]:
    """See that number and day stand in the register as those of this letter."""
    letter = held.letter
    if not letter.number or not letter.dated:
        if held.is_signed:
            yield fault("LETTER_NUMBER_MISSING")
        return
    for why in _why_wrong(letter):
        yield fault("LETTER_NUMBER_WRONG", number=letter.number, why=why)


def _why_wrong(letter: Letter) -> Iterator[str]:
    number = letter.number
    assert number and letter.dated
    if number.state != NumberState.USED:
        yield f"สถานะในทะเบียนคือ{number.get_state_display()}"
    if number.series_id != letter.series_id or number.series.agency_id != letter.agency_id:
        yield "เป็นเลขของทะเบียนอื่น"
    if number.year_be != letter.dated.year + BE_OFFSET:
        yield "ปีของเลขไม่ตรงกับปีของวันที่ในหนังสือ"
    if str(number.value) not in _FIGURES.findall(number.text):
        yield "เลขที่พิมพ์ไม่ตรงกับเลขในทะเบียน"


# --- files ----------------------------------------------------------------------------------------------------------
def of_attachments(held: Held) -> Iterator[Problem]:
    """Hold what is attached now against what was signed, by hash and by bytes."""
    told = [] if held.text is None else [_row(one) for one in held.text.attachments]
    rows = list(Attachment.objects.filter(letter=held.letter).select_related("file__agency").order_by("place", "pk"))
    now = [(one.title, one.file.sha256, one.file.size) for one in rows]
    for title, _hash, _size in [one for one in [*told, *now] if (one in told) != (one in now)]:
        yield fault("LETTER_ATTACHMENT_SWAPPED", name=title, file=title)
    for one in rows:
        yield from _bytes(one.file, "LETTER_ATTACHMENT_BYTES", name=one.title)


def _row(told: dict[str, Any]) -> tuple[str, str, int]:
    return told["title"], told["sha256"], told["size"]


def of_papers(held: Held) -> Iterator[Problem]:
    """See that the signed paper is kept byte for byte, and what was scanned; a PDF is not made everywhere."""
    letter = held.letter
    if letter.docx is None and held.is_signed:
        yield fault("LETTER_PAPER_MISSING", form="docx")
    for form, file in (("docx", letter.docx), ("pdf", letter.pdf)):
        if file is not None:
            yield from _bytes(file, "LETTER_PAPER_BYTES", form=form)
    for scan in {one.pk: one for one in (letter.scan, *(each.scan for each in held.active)) if one}.values():
        yield from _bytes(scan, "LETTER_PAPER_BYTES", form=_SCAN)


def _bytes(file: File, code: str, **words: str) -> Iterator[Problem]:
    if file.erased_at:
        yield fault("LETTER_ERASED", name=file.name, file=file.name)
    elif why_unreadable(file):
        yield fault(code, file=file.name, **words)


# --- the whole ------------------------------------------------------------------------------------------------------
def of_whole(held: Held) -> Iterator[Problem]:
    """Work out the seal over the whole letter again."""
    if held.is_signed and seal_of(held) != held.letter.seal:
        yield fault("LETTER_SEAL_BROKEN")


def seal_of(held: Held) -> str:
    """Give the seal that a letter would have as it stands; empty where something that it is made of is missing."""
    letter, text = held.letter, held.text
    if not (text and letter.number and letter.dated):
        return ""
    return letter_seal(
        paper=letter.paper,
        text=text.sha256,
        number=letter.number.text,
        dated=letter.dated,
        speed=letter.speed,
        secrecy=letter.secrecy,
        code=letter.code or "",
        endorsements=[one.seal for one in held.active],
        attachments=[str(one.get("sha256")) for one in text.attachments],
        docx=letter.docx.sha256 if letter.docx else "",
        pdf=letter.pdf.sha256 if letter.pdf else "",
    )


CHECKS: Sequence[tuple[Promise | str, Check]] = (
    (_("เลขที่และวันที่ตรงกับทะเบียน"), of_number),
    (_("สิ่งที่ส่งมาด้วยครบและไม่ถูกเปลี่ยน"), of_attachments),
    (_("ไฟล์ฉบับลงนามอยู่ครบทุกไบต์"), of_papers),
    (_("ค่าผนึกของทั้งฉบับตรงกัน"), of_whole),
)
