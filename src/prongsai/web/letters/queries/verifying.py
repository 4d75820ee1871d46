"""Whether a signed letter is whole: asked by its code, by a file, or by who may see it.

Everything is worked out again from what stands: nothing is believed because it was found whole before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.documents.read import read_content
from prongsai.errors import Problem, Severity
from prongsai.reports.papers.panel import panel_of
from prongsai.thai.numerals import to_arabic
from prongsai.web.letters import faults
from prongsai.web.letters.kinds import LETTER_PAPERS
from prongsai.web.letters.models import Endorsement, Letter, LetterState
from prongsai.web.letters.queries import file_checks, signature_checks
from prongsai.web.letters.queries.held import SIGNED, Held, held_of
from prongsai.web.letters.queries.journal_checks import of_journal
from prongsai.web.letters.seals import CODE_GROUP, CODE_GROUPS, CODE_LETTERS

CODE_LENGTH = CODE_GROUP * CODE_GROUPS


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as it was printed. capacity: in which right; order: by which one acts; opinion: not told outside."""

    name: str
    position: tuple[str, ...]
    capacity: str
    order: str
    decision: str
    opinion: str
    signed_on: date
    signed_at: datetime
    method: str
    step: str
    seal: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that are looked at, and what was found there."""

    title: Promise | str
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """Whether no fault was found."""
        return not any(one.severity is Severity.ERROR for one in self.problems)


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found. is_sound: nothing is wrong with what stands; is_whole: and everybody has signed."""

    letter: Letter
    state: tuple[Problem, ...]
    parts: tuple[Part, ...]
    signatures: tuple[Signature, ...]
    text_sha256: str

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was found."""
        return (*self.state, *(problem for part in self.parts for problem in part.problems))

    @property
    def is_sound(self) -> bool:
        """Whether no fault was found."""
        return all(part.is_sound for part in self.parts)

    @property
    def is_signed(self) -> bool:
        """Whether everybody has signed."""
        return self.letter.state in SIGNED

    @property
    def is_whole(self) -> bool:
        """Whether it is a signed letter without a fault."""
        return self.is_sound and self.is_signed


def checked(letter: Letter, *, is_thorough: bool = False) -> Checked:
    """Check a letter as it stands. is_thorough: walk the journal to its end, about 40,000 lines a second."""
    held = held_of(letter)
    text = held.text.sha256 if held.text else ""
    signatures = tuple(map(_signature, held.active))
    return Checked(held.letter, tuple(_state(held)), tuple(_parts(held, is_thorough)), signatures, text)


def _state(held: Held) -> Iterator[Problem]:
    if not held.is_signed:
        yield faults.fault("LETTER_NOT_SIGNED")
    elif held.letter.state == LetterState.REPLACED:
        yield faults.fault("LETTER_REPLACED")


def _parts(held: Held, is_thorough: bool) -> Iterator[Part]:
    for title, check in (*signature_checks.CHECKS, *file_checks.CHECKS):
        yield Part(title, tuple(check(held)))
    yield Part(_("ตรงกับบันทึกการใช้งาน ซึ่งแก้ย้อนหลังไม่ได้"), tuple(of_journal(held, is_thorough=is_thorough)))


def _signature(one: Endorsement) -> Signature:
    return Signature(
        name=one.name,
        position=tuple(str(line) for line in one.position),
        capacity=one.get_capacity_display(),
        order=one.order,
        decision=one.get_decision_display(),
        opinion=one.opinion,
        signed_on=one.signed_on,
        signed_at=timezone.localtime(one.signed_at),
        method=one.get_method_display(),
        step=str(one.step),
        seal=one.seal,
    )


# --- by code, by file -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Found:
    """What a code or a file led to. is_exact: the file is byte for byte what is kept; None when only a code was asked.

    form: docx, pdf, scan. sha256: of the file.
    """

    code: str = ""
    checked: Checked | None = None
    is_exact: bool | None = None
    form: str = ""
    sha256: str = ""
    problem: Problem | None = None

    @property
    def letter(self) -> Letter | None:
        """The letter that was found."""
        return self.checked.letter if self.checked else None

    @property
    def is_whole(self) -> bool:
        """Whether the letter is whole and, of a file, that it is the one that was signed."""
        return self.checked is not None and self.checked.is_whole and self.is_exact is not False

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was found, what is wrong with the question first."""
        return (*((self.problem,) if self.problem else ()), *(self.checked.problems if self.checked else ()))


def clean_code(text: str) -> str:
    """Give a code as it is kept, however it was typed: ``7kq3m xw9pa …``; empty when it can be none."""
    bare = "".join(sign for sign in to_arabic(text).upper() if sign.isalnum())
    if len(bare) != CODE_LENGTH or set(bare) - set(CODE_LETTERS):
        return ""
    return "-".join(bare[at : at + CODE_GROUP] for at in range(0, CODE_LENGTH, CODE_GROUP))


def by_code(code: str, *, is_thorough: bool = False) -> Found:
    """Check the letter of a code."""
    known = clean_code(code)
    letter = Letter.objects.filter(code=known).first() if known else None
    if letter is None:
        return Found(code=known, problem=faults.fault("LETTER_UNKNOWN", code=known or code.strip()[:40]))
    return Found(known, checked(letter, is_thorough=is_thorough))


def by_file(name: str, content: bytes, *, is_thorough: bool = False) -> Found:
    """Check the letter that a file is, or that it claims to be by the code in its panel; nothing of it is kept.

    Raises FileUnusable for a file that is not known and cannot be read.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    known = _kept(sha256)
    if known is not None:
        letter, form = known
        return Found(letter.code or "", checked(letter, is_thorough=is_thorough), True, form, sha256)
    code = clean_code(panel_of(read_content(content, name)) or "")
    if not code:
        return Found(is_exact=False, sha256=sha256, problem=faults.fault("LETTER_FILE_UNKNOWN", file=name))
    found = by_code(code, is_thorough=is_thorough)
    differs = faults.fault("LETTER_FILE_DIFFERS", code=code, file=name)
    return Found(code, found.checked, False, "", sha256, differs if found.checked else found.problem)


def _kept(sha256: str) -> tuple[Letter, str] | None:
    """Give the letter of whose signed paper these are the bytes: one that was signed before one that is on its way."""
    scans = Q(steps__endorsements__scan__sha256=sha256, steps__endorsements__voided_at=None)
    is_one = Q(docx__sha256=sha256) | Q(pdf__sha256=sha256) | Q(scan__sha256=sha256) | scans
    found = (
        Letter.objects.filter(is_one).select_related("docx", "pdf", "scan").distinct().order_by("-decided_at", "-pk")
    )
    letter = next(iter(sorted(found[:10], key=lambda one: one.state not in SIGNED)), None)
    if letter is None:
        return None
    forms = [form for form in ("docx", "pdf") if (file := getattr(letter, form)) and file.sha256 == sha256]
    return letter, forms[0] if forms else "scan"


# --- what is told to whom asks from outside -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Answer:
    """What anybody may be told of a letter; of a secret one number, day, and whether it is whole.

    is_known: a letter was found. file_sha256: of the file that was asked about.
    """

    is_known: bool
    is_whole: bool
    is_secret: bool = False
    is_exact: bool | None = None
    form: str = ""
    code: str = ""
    number: str = ""
    dated: date | None = None
    agency: str = ""
    paper: str = ""
    subject: str = ""
    text_sha256: str = ""
    seal: str = ""
    file_sha256: str = ""
    signatures: tuple[Signature, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def faults(self) -> tuple[Problem, ...]:
        """What is wrong."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is only good to know."""
        return tuple(one for one in self.problems if one.severity is not Severity.ERROR)


def answer_of(found: Found) -> Answer:
    """Give what anybody may be told of what was found."""
    letter = found.letter
    if letter is None or found.checked is None:
        return Answer(
            is_known=False, is_whole=False, is_exact=found.is_exact, code=found.code, file_sha256=found.sha256,
            problems=found.problems,
        )  # fmt: skip
    number = str(letter.number or "")
    if letter.secrecy:
        return Answer(True, found.is_whole, is_secret=True, number=number, dated=letter.dated)
    return Answer(
        is_known=True,
        is_whole=found.is_whole,
        is_exact=found.is_exact,
        form=found.form,
        code=letter.code or "",
        number=number,
        dated=letter.dated,
        agency=letter.agency.name,
        paper=str(LETTER_PAPERS[letter.paper].title),
        subject=letter.subject,
        text_sha256=found.checked.text_sha256,
        seal=letter.seal,
        file_sha256=found.sha256,
        signatures=found.checked.signatures,
        problems=found.problems,
    )
