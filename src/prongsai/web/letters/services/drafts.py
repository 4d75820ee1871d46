"""The paper of a letter that is not signed yet, or of a text that was left: every page says that it is a draft."""

from dataclasses import replace

from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.web.letters.models import Letter, LetterState, LetterText
from prongsai.web.letters.services.composing import document_of

DRAFT = "ร่าง ยังลงนามไม่ครบ"  # a word of papers, not of pages
OLD = "ข้อความฉบับเก่า"
_SIGNED = (LetterState.SIGNED, LetterState.REPLACED)


def render_as_it_stands(letter: Letter, form: str, *, text: LetterText, is_newest: bool = True) -> bytes:
    """Give the bytes of a text, marked at the foot unless it is what was signed. Raises as ``document_of``."""
    document = document_of(letter, text=text)
    mark = OLD if not is_newest else "" if letter.state in _SIGNED else DRAFT
    marked = replace(document, setup=replace(document.setup, mark=mark)) if mark else document
    return render(marked, form, Office(bytes(letter.agency.emblem) or None))
