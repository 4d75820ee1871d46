"""The last signature: number and day, code, the paper with its whole chain, the seal over it all, what follows."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.errors import FileUnusable
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file
from prongsai.web.letters.models import Endorsement, Letter, LetterState, LetterText
from prongsai.web.letters.queries import chain as queries
from prongsai.web.letters.seals import letter_seal, new_code
from prongsai.web.letters.services import composing, effects, numbers

NAME_MAX, SECRET_NAME = 80, "หนังสือลับ"


def rehearse(letter: Letter) -> None:
    """Write the paper once before anybody has to wait: fonts are loaded then, and what cannot be printed is told."""
    with suppress(FileUnusable):
        composing.render_letter(letter, "pdf")


def seal_letter(scope: Scope, *, letter: Letter, last: Endorsement, is_confirmed: bool = False) -> Letter:
    """Finish a letter with its last signature, inside the transaction of that signature.

    What is kept as Word and PDF is composed here, of the letter while nobody else can change it. Raises ValidationError
    for a day that is to come and for effects that cannot be carried out; then nothing of it has happened.
    """
    if letter.number_id is None:
        letter = numbers.number_letter(scope, letter=letter, version=None, dated=letter.dated or last.signed_on)
    if letter.dated is None or letter.dated > scope.today:
        raise ValidationError(_("วันที่ของหนังสือยังมาไม่ถึง แก้วันที่ก่อนลงนาม"))
    letter.code = new_code()
    docx, pdf = _files(scope, letter, last.text)
    values: dict[str, Any] = {
        "code": letter.code,
        "state": LetterState.SIGNED,
        "docx": docx,
        "pdf": pdf,
        "scan": letter.scan or last.scan,
        "decided_at": timezone.now(),
        "seal": seal_of(letter, last.text, docx, pdf),
    }
    journal.change(scope, letter, "letter.sign", **values)
    effects.carry_out(scope, letter, is_confirmed=is_confirmed)
    return letter


def seal_of(letter: Letter, text: LetterText, docx: File | None, pdf: File | None) -> str:
    """Work out the seal of a letter from what is kept of it."""
    assert letter.number is not None
    return letter_seal(
        paper=letter.paper,
        text=text.sha256,
        number=letter.number.text,
        dated=letter.dated or date.min,
        speed=letter.speed,
        secrecy=letter.secrecy,
        code=letter.code or "",
        endorsements=[one.seal for one in queries.active_of(letter)],
        attachments=[one["sha256"] for one in text.attachments],
        docx=docx.sha256 if docx else "",
        pdf=pdf.sha256 if pdf else "",
    )


def _files(scope: Scope, letter: Letter, text: LetterText) -> tuple[File, File | None]:
    docx = _keep(scope, letter, "docx", composing.render_letter(letter, "docx", text=text))
    try:
        pdf = composing.render_letter(letter, "pdf", text=text)
    except FileUnusable:  # the packages for PDF are not installed: the Word file is enough
        return docx, None
    return docx, _keep(scope, letter, "pdf", pdf)


def _keep(scope: Scope, letter: Letter, form: str, content: bytes) -> File:
    # The journal tells the names of files: that of a secret paper says nothing.
    name = SECRET_NAME if letter.secrecy else letter.subject[:NAME_MAX].replace("/", "-")
    return keep_file(scope, name=f"{name}.{form}", content=content, is_guarded=bool(letter.secrecy))
