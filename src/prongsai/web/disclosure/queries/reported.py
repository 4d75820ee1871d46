"""What stands behind the files of a release: letters and reports, who has signed them, and what may not be published.

A file belongs to a letter when it is its signed paper, its scan, a report that it carries, or goes with it as an
attachment; a copy that the privacy gate has cleaned belongs where the original does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.models import Release, ReleaseFile, ReleaseState
from prongsai.web.evidence.models import Evidence
from prongsai.web.letters.kinds import LETTER_PAPERS
from prongsai.web.letters.models import (
    Attachment,
    Decision,
    Endorsement,
    Incoming,
    Letter,
    LetterState,
    LetterText,
    SeriesKind,
    StepKind,
)
from prongsai.web.plans.models import Report, ReportState

# Words of the public site and of kept records: Thai, whatever language is read.
LETTER_TH, ORDER_TH, ANNOUNCEMENT_TH = "หนังสือ", "คำสั่ง", "ประกาศ"
_WHAT = {SeriesKind.ORDER: ORDER_TH, SeriesKind.ANNOUNCEMENT: ANNOUNCEMENT_TH}
DECIDED = (LetterState.SIGNED, LetterState.REPLACED)
_OPEN = (LetterState.DRAFT, LetterState.IN_CHAIN, LetterState.RETURNED)
_UNSIGNED = (*_OPEN, LetterState.REJECTED)
_FOR = (Decision.APPROVE, Decision.ACKNOWLEDGE)


@dataclass(frozen=True, slots=True)
class Preceding:
    """A signed letter by which executives had something before them. by: post of who decided, as it stood then."""

    letter: Letter
    what: str
    number: str
    dated: date
    by: str
    is_approved: bool

    def kept(self) -> dict[str, Any]:
        """Give what a release keeps of it: no subject and no name, as it is published for good."""
        return {
            "what": self.what,
            "number": self.number,
            "dated": self.dated.isoformat(),
            "by": self.by,
            "is_approved": self.is_approved,
        }


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a release may not be asked for yet. address, action: where it is mended; empty where nobody can."""

    text: str
    address: str = ""
    action: str = ""


@dataclass(frozen=True)
class Papers:
    """The letters and reports that files belong to; secret: files of secret papers."""

    agency: Agency
    letters: tuple[Letter, ...]
    reports: tuple[Report, ...]
    secret: frozenset[int]

    @cached_property
    def _files(self) -> Mapping[int, frozenset[int]]:
        return {one.pk: _signed_files(one) | _attached(one) for one in self.letters}

    def preceding(self, files: Iterable[ReleaseFile]) -> tuple[Preceding, ...]:
        """Give the signed letters behind files, the earliest first."""
        held = ids_of(files)
        found = [one for one in self.letters if one.state in DECIDED and not one.secrecy and self._files[one.pk] & held]
        told = [_preceding(one) for one in found]
        return tuple(sorted((one for one in told if one), key=lambda one: (one.dated, one.letter.pk)))

    def stops(self, files: Iterable[ReleaseFile]) -> tuple[Stop, ...]:
        """Say what of files was not signed yet, or may never be published."""
        held = ids_of(files)
        return tuple(_stops(self, held))

    def replaced(self, files: Iterable[ReleaseFile]) -> tuple[Letter, ...]:
        """Give the letters whose signed paper is among files though a newer one has replaced it."""
        held = ids_of(files)
        return tuple(
            one for one in self.letters if one.state == LetterState.REPLACED and _signed_files(one) & held
        )  # fmt: skip


# --- finding --------------------------------------------------------------------------------------------------------
def ids_of(files: Iterable[ReleaseFile]) -> frozenset[int]:
    """Give the keys of files, and of what they were before they were cleaned."""
    return frozenset(pk for one in files for pk in (one.file_id, one.original_id) if pk)


def papers_of(agency: Agency, files: Iterable[ReleaseFile]) -> Papers:
    """Find what files belong to: no query without files; seven where they belong to letters, else three."""
    held = ids_of(files)
    if not held:
        return Papers(agency, (), (), frozenset())
    reports = tuple(Report.objects.filter(Q(docx__in=held) | Q(pdf__in=held), agency=agency).order_by("-pk"))
    letters = tuple(_letters(agency, held, reports))
    return Papers(agency, letters, reports, secret_among(agency, held))


def _letters(agency: Agency, held: frozenset[int], reports: Sequence[Report]) -> Iterable[Letter]:
    attached = Attachment.objects.filter(file__in=held).values("letter")
    signed = Q(docx__in=held) | Q(pdf__in=held) | Q(scan__in=held)
    carried = Q(report__in=[one.pk for one in reports])
    texts = LetterText.objects.filter(file__in=held).values("letter")
    found = Letter.objects.filter(signed | carried | Q(pk__in=attached) | Q(pk__in=texts), agency=agency)
    active = Endorsement.objects.filter(step__letter__in=found.values("pk"), voided_at=None).select_related("step")
    return (
        found.select_related("number", "report", "agency")
        .prefetch_related("attachments", "texts", Prefetch("steps__endorsements", active, to_attr="active"))
        .order_by("pk")
    )


def secret_among(agency: Agency, held: Iterable[int]) -> frozenset[int]:
    """Give those files that a secret paper holds, whichever way: its own, what goes with it, what came in. One query.

    What goes with a secret paper and lies open elsewhere, as a law does, is no secret by that. Nobody is told which
    paper it is.
    """
    pks = list(held)
    letters = Letter.objects.filter(agency=agency).exclude(secrecy="")
    own = [letters.filter(**{f"{name}__in": pks}).values_list(name) for name in ("docx", "pdf", "scan")]
    attached = Attachment.objects.filter(letter__in=letters, file__in=pks, file__is_guarded=True).values_list("file")
    texts = LetterText.objects.filter(letter__in=letters, file__in=pks).values_list("file")
    scans = Endorsement.objects.filter(step__letter__in=letters, scan__in=pks).values_list("scan")
    came = Incoming.objects.filter(agency=agency).exclude(secrecy="")
    papers = came.filter(files__in=pks).values_list("files")
    proofs = Evidence.objects.filter(pk__in=came.values("evidence"), file__in=pks, file__is_guarded=True).values_list(
        "file"
    )
    others = (texts, scans, papers, proofs, *own)
    found = attached.order_by().union(*(one.order_by() for one in others))
    return frozenset(pk for (pk,) in found)


def _signed_files(letter: Letter) -> frozenset[int]:
    report = (letter.report.docx_id, letter.report.pdf_id) if letter.report else ()
    return frozenset(pk for pk in (letter.docx_id, letter.pdf_id, letter.scan_id, *report) if pk)


def _attached(letter: Letter) -> frozenset[int]:
    return frozenset(one.file_id for one in letter.attachments.all())


# --- what preceded --------------------------------------------------------------------------------------------------
def preceding_of(release: Release) -> tuple[Preceding, ...]:
    """Give the signed letters by which executives had what a release shows before them, the earliest first."""
    files = list(release.files.all())
    found = papers_of(release.page.agency, files).preceding(files)
    return before(release, found)


def before(release: Release, found: Iterable[Preceding]) -> tuple[Preceding, ...]:
    """Keep what was decided before a release was published; all of it where it is not published yet."""
    at = release.published_at if release.state == ReleaseState.APPROVED else None
    return tuple(
        one for one in found if at is None or one.letter.decided_at is None or one.letter.decided_at <= at
    )  # fmt: skip


def kept_of(release: Release) -> list[dict[str, Any]]:
    """Give what a release keeps of the letters before it when it is approved."""
    return [one.kept() for one in preceding_of(release)]


def what_of(letter: Letter) -> str:
    """Name what a letter is, in a word that stands before its number."""
    paper = LETTER_PAPERS.get(letter.paper)
    return _WHAT.get(paper.series, LETTER_TH) if paper else LETTER_TH


def _preceding(letter: Letter) -> Preceding | None:
    last = _deciding(letter)
    if last is None or letter.dated is None:
        return None
    number = letter.number.text if letter.number else ""
    by = " ".join(str(line) for line in last.position) or last.name
    return Preceding(letter, what_of(letter), number, letter.dated, by, last.decision == Decision.APPROVE)


def _deciding(letter: Letter) -> Endorsement | None:
    steps = sorted(letter.steps.all(), key=lambda one: (one.kind == StepKind.DECIDE, one.place))
    given = [one for step in steps for one in step.active if one.decision in _FOR]  # type: ignore[attr-defined]
    return given[-1] if given else None


# --- what stands in the way -----------------------------------------------------------------------------------------
def _stops(papers: Papers, held: frozenset[int]) -> Iterator[Stop]:
    if papers.secret & held:
        yield Stop(_("มีไฟล์ของหนังสือลับ หนังสือลับเผยแพร่ไม่ได้ เอาไฟล์นั้นออก"))
    approved = {pk for one in papers.reports if one.state == ReportState.APPROVED for pk in (one.docx_id, one.pdf_id)}
    told: set[int] = set()
    for report in papers.reports:
        mine = {report.docx_id, report.pdf_id} & held
        if report.state != ReportState.APPROVED and mine - approved - told:
            told |= {pk for pk in mine if pk}
            yield _unapproved(papers, report)
    signed = {pk for one in papers.letters if one.state in DECIDED for pk in _own_files(one)}
    for letter in papers.letters:
        if letter.state in _UNSIGNED and not letter.secrecy and (_own_files(letter) & held) - signed:
            yield _unsigned(letter)


def _own_files(letter: Letter) -> frozenset[int]:
    """Give the files that are the letter itself: signed, scanned, or a Word file that a text was read from."""
    return frozenset(pk for pk in (letter.docx_id, letter.pdf_id, letter.scan_id) if pk) | frozenset(
        one.file_id for one in letter.texts.all() if one.file_id
    )


def _unapproved(papers: Papers, report: Report) -> Stop:
    code = papers.agency.code
    letter = next((one for one in papers.letters if one.report_id == report.pk and one.state in _OPEN), None)
    words = _("รายงาน “{title}” ยังไม่ผ่านการอนุมัติของผู้บริหาร เสนอตามสายงานก่อนเผยแพร่").format(title=report.title)
    if letter is not None and not letter.secrecy:
        return Stop(words, letter.get_absolute_url(), _("เปิดหนังสือที่เสนอรายงานนี้"))
    return Stop(words, reverse("plans:report", args=[code, report.pk]), _("เสนอตามสายงาน"))


def _unsigned(letter: Letter) -> Stop:
    words = _("หนังสือ “{subject}” ยังไม่ได้ลงนาม ({state}) เผยแพร่ได้เมื่อลงนามแล้ว").format(
        subject=letter.subject, state=letter.get_state_display()
    )
    return Stop(words, letter.get_absolute_url(), _("เปิดหนังสือ"))
