"""The paper of a letter: the records of its text with the number, the day and the signatures that stand beside them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from prongsai.documents.build import paragraph
from prongsai.documents.model import Document, Style
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.reports.catalogue import PaperKind, paper_kind
from prongsai.reports.forms.signing import NOBODY, Opinion, Signed
from prongsai.reports.measures_report import Layout
from prongsai.reports.papers.measures_report import read_laws
from prongsai.reports.papers.options import USUAL, Closing, Options
from prongsai.reports.papers.panel import Panel, PanelSigner, with_panel
from prongsai.reports.papers.shell import ANNOUNCEMENT
from prongsai.reports.records import Memo, Report, Signatory
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.letters.kinds import LETTER_PAPERS, Shape
from prongsai.web.letters.models import Endorsement, Letter, LetterText, Method
from prongsai.web.letters.qr import picture_of
from prongsai.web.letters.queries.content import OPTIONS, options_of
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.queries.printed import (
    OPEN_NAME,
    PrintedStep,
    decider_of,
    maker_of,
    printed_steps,
    signatures_of,
)
from prongsai.web.plans import records as plans
from prongsai.web.stationery.services import write_paper

LETTER, ANNOUNCED, MEASURES = "letter", "announcement", "measures-report"
# What the register and the chain bring, and no content holds.
BROUGHT = frozenset({"number", "date", "signer", "opinions", "speed", "secrecy", "year_be", "ordered_on"})
_BROUGHT_TO_REPORTS = frozenset({"signatories", "announced"})
_BROUGHT_TO_MEMOS = ("number", "date", "date_text")
_OPEN_SIGNER = {"name": "ผู้ลงนาม", "position": ""}  # stands in until the chain has said who signs
_BUDDHIST = 543
# Words of papers, not of pages.
_METHODS = {
    Method.PASSWORD: "ยืนยันด้วยรหัสผ่าน",
    Method.SECOND_FACTOR: "ยืนยันด้วยปัจจัยที่สอง",
    Method.SCAN: "ลงนามในกระดาษ",
}


def document_of(letter: Letter, *, text: LetterText | None = None) -> Document:
    """Compose a letter as it stands: number and day as far as they are given, the signatures on this text.

    text: the newest when not given. Where nobody has signed yet the paper shows who would sign today. One that has a
    code carries its panel. Raises RecordsInvalid for a text that makes no paper.
    """
    text = text or newest_text(letter)
    with override("th"):  # words of papers, not of pages
        kind = paper_kind(letter.paper)
        document = kind.compose(_records(kind, letter, text), _options(letter, text))
        return _with_code(letter, text, _marked(document, letter))


def render_letter(letter: Letter, form: str, *, text: LetterText | None = None) -> bytes:
    """Give the bytes of a letter. form: ``docx``, ``pdf`` or ``html``. Raises as ``document_of``, FileUnusable.

    The Word file stands on the office's own template where it has one; the PDF, which carries the code to verify it by
    as a picture, always in our layout.
    """
    document = document_of(letter, text=text)
    if form != "docx":
        return render(document, form, Office(bytes(letter.agency.emblem) or None))
    with override("th"):  # words of papers, not of pages
        record = _records(paper_kind(letter.paper), letter, text or newest_text(letter))
    return write_paper(letter.agency, kind=letter.paper, document=document, form=form, record=record).content


def content_from(paper: str, document: Document) -> tuple[str, dict[str, Any]]:
    """Read subject and content out of a paper of any format; number, day, signatures and panel are left out."""
    kind = paper_kind(paper)
    records, _ = kind.recognise(document)
    content = json.loads(json.dumps(kind.to_json(records)))
    if isinstance(records, Report):
        subject, content = _report_content(content)
        return subject, content | ({OPTIONS: {"laws": list(read_laws(document))}} if paper == MEASURES else {})
    bare = {name: value for name, value in content.items() if name not in BROUGHT}
    return str(bare.get("subject") or ""), bare


def verify_address(code: str) -> str:
    """Give where the panel sends people: with the host that ``PRONGSAI_ORIGINS`` names, bare where it names none."""
    known = settings.CSRF_TRUSTED_ORIGINS
    origin = str(known[0]).rstrip("/") if known else ""
    return f"{origin}{reverse('verify_code', args=[code])}"


def number_of(letter: Letter) -> str:
    """Give the number of a letter as papers print it; empty before it has one."""
    return to_thai(letter.number.text) if letter.number else ""


# --- records --------------------------------------------------------------------------------------------------------
def _records(kind: PaperKind, letter: Letter, text: LetterText) -> Any:
    content = {name: value for name, value in text.content.items() if name != OPTIONS}
    steps = printed_steps(letter, text)
    shape = LETTER_PAPERS[letter.paper].shape
    if shape is Shape.RECORDS:
        return _report(kind, letter, text, content, steps)
    content = {name: value for name, value in content.items() if name not in BROUGHT}
    data = content | {"subject": text.subject, "signer": _OPEN_SIGNER}
    if shape is Shape.ORDER:
        return _order(kind, letter, data, steps)
    return _letter(kind, letter, text, data, steps)


def _letter(
    kind: PaperKind, letter: Letter, text: LetterText, data: dict[str, Any], steps: tuple[PrintedStep, ...]
) -> Any:
    """Make the records of a memo, a letter or an announcement."""
    data = data | {"date": letter.dated.isoformat() if letter.dated else None}
    if letter.paper == ANNOUNCED:
        return replace(kind.from_json(data), signer=_last(steps))
    data |= {"number": number_of(letter), "speed": letter.speed or None, "secrecy": letter.secrecy or None}
    if letter.paper == LETTER:
        return replace(kind.from_json(data | _enclosed(data, text)), signer=_last(steps))
    maker = maker_of(steps)
    opinions = tuple(Opinion(one.opinion_of, one.opinion, _dated(one)) for one in steps if one is not maker)
    return replace(kind.from_json(data), signer=_dated(maker) if maker else NOBODY, opinions=opinions)


def _order(kind: PaperKind, letter: Letter, data: dict[str, Any], steps: tuple[PrintedStep, ...]) -> Any:
    year_be = (letter.dated or timezone.localdate()).year + _BUDDHIST
    data = {"agency": letter.agency.name} | data
    data |= {
        "number": letter.number.value if letter.number else None,
        "year_be": letter.number.year_be if letter.number else year_be,
        "ordered_on": letter.dated.isoformat() if letter.dated else None,
    }
    return replace(kind.from_json(data), signer=_last(steps))


def _report(
    kind: PaperKind, letter: Letter, text: LetterText, content: dict[str, Any], steps: tuple[PrintedStep, ...]
) -> Report:
    """Make the records of a report that goes up by a memo; what the head announces bears the head's name alone too."""
    report: Report = kind.from_json(content | {"signatories": [], "announced": None})
    memo = report.memo or Memo(None, None, None, None, None)
    office = memo.office or letter.agency.name
    memo = replace(memo, office=office, number=number_of(letter) or None, date=letter.dated, date_text=None,
                   subject=text.subject)  # fmt: skip
    signatories = [_signatory(step) for step in steps]
    is_announced = LETTER_PAPERS[letter.paper].by_top
    if is_announced and (last := decider_of(steps)):
        signatories.append(replace(_signatory(last), opinion_of=None, opinion=None, part=ANNOUNCEMENT))
    announced = letter.dated if is_announced else None
    return replace(report, memo=memo, signatories=tuple(signatories), announced=announced)


def _signatory(step: PrintedStep) -> Signatory:
    opinion = " ".join(step.opinion) or None
    position = " ".join(step.lines) or None
    return Signatory(step.signed.name, position, step.opinion_of or None, opinion, step.signed.capacity.value)


def _dated(step: PrintedStep) -> Signed:
    return replace(step.signed, on=step.given.signed_on) if step.given else step.signed


def _last(steps: tuple[PrintedStep, ...]) -> Signed:
    """Give who signs what bears one signature: whoever decides."""
    decider = decider_of(steps)
    return decider.signed if decider else replace(NOBODY, name=OPEN_NAME)


def _enclosed(data: Mapping[str, Any], text: LetterText) -> dict[str, Any]:
    """Name what is attached among the enclosures, each once."""
    listed = list(data.get("enclosures") or ())
    known = {str(one.get("what", "")) for one in listed}
    more = [{"what": one["title"]} for one in text.attachments if one["title"] not in known]
    return {"enclosures": [*listed, *more]}


def _report_content(content: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Take out of the records of a report what register and chain bring."""
    bare = {name: value for name, value in content.items() if name not in _BROUGHT_TO_REPORTS}
    memo = bare.get("memo") or {}
    bare["memo"] = memo | dict.fromkeys(_BROUGHT_TO_MEMOS)
    return str(memo.get("subject") or ""), bare


# --- what stands beside the records ---------------------------------------------------------------------------------
def _options(letter: Letter, text: LetterText) -> Options:
    """Give what a text says to the composer; of a report of the platform also the year of its scores."""
    said = options_of(text.content)
    usual = plans.options_of(letter.report.cycle, letter.paper) if letter.report else USUAL
    return replace(
        usual,
        laws=tuple(str(law) for law in said.get("laws") or ()),
        closing=_one_of(Closing, said.get("closing")),
        layout=_one_of(Layout, said.get("layout")) or usual.layout,
        scores_year_be=said.get("scores_year_be", usual.scores_year_be),
    )


def _one_of(kind: Any, value: Any) -> Any:
    """Give the member of an enumeration that a word means, None for any other word."""
    return kind(value) if value in set(kind) else None


def _marked(document: Document, letter: Letter) -> Document:
    """Mark a paper with its speed and secrecy where its records have no place for them."""
    if letter.secrecy:
        document = replace(document, setup=replace(document.setup, secrecy=letter.secrecy))
    if letter.speed and LETTER_PAPERS[letter.paper].shape is Shape.RECORDS:
        return replace(document, blocks=(paragraph(letter.speed, Style.SPEED), *document.blocks))
    return document


def _with_code(letter: Letter, text: LetterText, document: Document) -> Document:
    if not letter.code:
        return document
    address = verify_address(letter.code)
    signers = tuple(_signer(one) for one in signatures_of(letter, text).values())
    # Without a host the address leads a telephone nowhere: then only the code is printed to be typed in.
    qr = picture_of(address) if "://" in address else None
    return with_panel(document, Panel(letter.code, address, text.sha256, signers, qr))


def _signer(given: Endorsement) -> PanelSigner:
    """Say who signed, as what, when and how; of paper the day in ink."""
    day = format_date(given.signed_on, "abbr")
    at = timezone.localtime(given.signed_at)
    moment = day if given.method == Method.SCAN else f"{day} {to_thai(f'{at:%H.%M}')} น."
    return PanelSigner(given.name, " ".join(given.position), moment, _METHODS[Method(given.method)])
