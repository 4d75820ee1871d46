"""The page of a letter: what is next, its texts and files, what it cites."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.letters.kinds import LETTER_PAPERS, LetterPaper
from prongsai.web.letters.models import Attachment, Circular, Delivery, Endorsement, Letter, LetterState, LetterText
from prongsai.web.letters.queries import letters as rights
from prongsai.web.letters.queries.chain import active_of, waiting_step, why_not_endorse
from prongsai.web.letters.queries.circulars import circulars_of
from prongsai.web.letters.queries.numbers import may_give_number
from prongsai.web.letters.queries.references import Cited, Standing, cited


@dataclass(frozen=True, slots=True)
class History:
    """A text of a letter with what was signed on it. voided: signatures that another text made void."""

    text: LetterText
    signed: int
    voided: tuple[Endorsement, ...]
    is_newest: bool


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Everything the page of a letter shows."""

    letter: Letter
    paper: LetterPaper
    text: LetterText
    next_step: str
    is_mine: bool
    history: tuple[History, ...]
    attachments: tuple[Attachment, ...]
    deliveries: tuple[Delivery, ...]
    circulars: tuple[Circular, ...]
    cited: tuple[Cited, ...]
    newer: Letter | None
    may_write: bool
    may_number: bool
    may_deliver: bool
    may_replace: bool
    may_open_to: bool
    signed: int

    @property
    def unresolved(self) -> tuple[Cited, ...]:
        """The orders that nobody knows."""
        return tuple(one for one in self.cited if one.standing is Standing.UNKNOWN)

    @property
    def late(self) -> tuple[Cited, ...]:
        """The orders that are dated after the letter."""
        return tuple(one for one in self.cited if one.is_late)

    @property
    def known_orders(self) -> tuple[Cited, ...]:
        """The orders that need nothing more."""
        return tuple(one for one in self.cited if one.standing is not Standing.UNKNOWN)

    @property
    def may_drop(self) -> bool:
        """Whether it is a draft that may be dropped."""
        return self.may_write and self.letter.state in (LetterState.DRAFT, LetterState.RETURNED)


def letter_page(scope: Scope, letter: Letter) -> LetterPage:
    """Give the page of a letter."""
    texts = list(letter.texts.select_related("made_by", "file").order_by("-number"))
    signed = active_of(letter).count()
    next_step, is_mine = _next(scope, letter, signed)
    return LetterPage(
        letter=letter,
        paper=LETTER_PAPERS[letter.paper],
        text=texts[0],
        next_step=next_step,
        is_mine=is_mine,
        history=tuple(_history(letter, texts)),
        attachments=tuple(letter.attachments.select_related("file", "letter").order_by("place", "pk")),
        deliveries=tuple(letter.deliveries.select_related("unit", "post", "letter")),
        circulars=tuple(circulars_of(scope).filter(letter=letter)) if letter.code else (),
        cited=cited(letter, texts[0], today=scope.today),
        newer=rights.letters_of(scope).filter(supersedes=letter).exclude(state__in=rights.OVER[:2]).first(),
        may_write=rights.may_write(scope, letter),
        may_number=may_give_number(scope, letter),
        may_deliver=rights.may_deliver(scope, letter),
        may_replace=rights.may_replace(scope, letter),
        may_open_to=rights.may_open_to(scope, letter),
        signed=signed,
    )


def _history(letter: Letter, texts: list[LetterText]) -> list[History]:
    given = Endorsement.objects.filter(text__in=texts).order_by("pk")
    by_text: dict[int, list[Endorsement]] = {}
    for one in given:
        by_text.setdefault(one.text_id, []).append(one)
    return [_of_text(text, by_text.get(text.pk, []), text == texts[0]) for text in texts]


def _of_text(text: LetterText, given: list[Endorsement], is_newest: bool) -> History:
    voided = tuple(one for one in given if one.voided_at)
    return History(text, len(given) - len(voided), voided, is_newest)


def _next(scope: Scope, letter: Letter, signed: int) -> tuple[str, bool]:
    """Say in one sentence what is to be done next, and whether it is for who asks."""
    state = LetterState(letter.state)
    if state is LetterState.IN_CHAIN:
        return _next_in_chain(scope, letter)
    mine = rights.may_write(scope, letter)
    said = {
        LetterState.DRAFT: _("เป็นร่าง ตรวจตัวอย่างแล้วกำหนดลำดับการเสนอ จากนั้นส่งเสนอ"),
        LetterState.RETURNED: _("ถูกส่งคืน แก้ไขข้อความตามความเห็น แล้วเสนอใหม่"),
        LetterState.SIGNED: _sent(letter),
        LetterState.REJECTED: _("ไม่ได้รับอนุมัติ ไม่ต้องดำเนินการต่อ"),
        LetterState.DROPPED: _("ยกเลิกร่างแล้ว: {reason}").format(reason=letter.reason),
        LetterState.REPLACED: _("มีฉบับใหม่แทนแล้ว ใช้ฉบับใหม่"),
    }
    return said[state], mine


def _next_in_chain(scope: Scope, letter: Letter) -> tuple[str, bool]:
    step = waiting_step(letter)
    if step is None:
        return _("ลงนามครบทุกลำดับแล้ว"), False
    if not why_not_endorse(scope, letter):
        return _("รอท่านลงนามในลำดับ {step}").format(step=step), True
    return _("รอ {step} ลงนาม").format(step=step), False


def _sent(letter: Letter) -> str:
    waiting = letter.deliveries.filter(sent_on=None).count()
    if waiting:
        return _("ลงนามแล้ว ยังต้องส่งผู้รับอีก {n} ราย").format(n=to_thai(str(waiting)))
    return _("ลงนามแล้ว")


def files_of(letter: Letter) -> "list[File]":
    """Give every file that belongs to a letter: attached now or with an earlier text, brought back, signed, scanned."""
    hashes = {one["sha256"] for told in letter.texts.values_list("attachments", flat=True) for one in told}
    given = Endorsement.objects.filter(step__letter=letter).values("scan")
    own = Q(sha256__in=hashes) | Q(pk__in=letter.attachments.values("file")) | Q(pk__in=letter.texts.values("file"))
    own |= Q(pk__in=[letter.docx_id, letter.pdf_id, letter.scan_id]) | Q(pk__in=given)
    return list(File.objects.filter(own, agency=letter.agency_id).select_related("agency"))
