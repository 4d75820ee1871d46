"""An internal memo (form 2 of the Rule on correspondence), with the opinions of those that it went up to."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from prongsai.documents.build import NOWHERE, paragraph
from prongsai.documents.model import Block, Document, Paragraph, Setup, Signatures, Style
from prongsai.reports.forms.signing import Chain, Opinion, Signed, Signs
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import Edge
from prongsai.reports.identity import prose_of
from prongsai.reports.letter import read_memo
from prongsai.reports.load import sample_data
from prongsai.reports.papers import shell
from prongsai.reports.papers.given import load_signed
from prongsai.reports.papers.lines import set_lines, tidy
from prongsai.reports.papers.official import ASKS, Memorandum, lines_of, take_marks, to_json
from prongsai.reports.papers.options import USUAL, Options
from prongsai.reports.records import Memo
from prongsai.reports.stream import stream
from prongsai.thai.text import squeeze

__all__ = ["NAME", "TITLE_TH", "compose", "from_json", "recognise", "sample", "to_json"]

NAME = "memo"
TITLE_TH = "บันทึกข้อความ"
_EDGE = Edge()
_OPINIONS, _SIGNER = Chain("opinions"), Signs("signer", label="ลงชื่อ")


def from_json(data: object) -> Memorandum:
    """Read the records from JSON data. Raises RecordsInvalid with every fault at once."""
    memo = load_signed(Memorandum, data)
    return replace(memo, body=tidy(memo.body))


def sample() -> Memorandum:
    """Give the records of a made-up municipality."""
    return from_json(sample_data(NAME))


def compose(memo: Memorandum, options: Options = USUAL) -> Document:
    """Compose the paper. An option for the closing wins over that of the records."""
    closing = options.closing.value if options.closing else memo.closing
    blocks: list[Block] = [paragraph(memo.speed.value, Style.SPEED)] if memo.speed else []
    blocks += shell.memo_head(Memo(memo.office, memo.number, memo.date, memo.subject, memo.to))
    blocks += [*set_lines(memo.body), paragraph(ASKS + closing), *_signed(memo)]
    secrecy = memo.secrecy.value if memo.secrecy else ""
    named = (memo.signer.name, *(step.signed.name for step in memo.opinions), memo.office)
    setup = Setup(secrecy=secrecy, names=tuple(dict.fromkeys(name for name in named if name)))
    return Document("", "composed", None, "", tuple(blocks), title=memo.subject, setup=setup)


def _signed(memo: Memorandum) -> list[Block]:
    """Print who made it and the opinions. Without opinions the name stands alone, else after ลงชื่อ as every other."""
    maker = _SIGNER if memo.opinions else replace(_SIGNER, label="")
    signed: list[Block] = [block for part in (maker, _OPINIONS) for block in part.compose(memo, _EDGE)]
    return [block for block in signed if isinstance(block, Signatures)]


def recognise(document: Document) -> Memorandum:
    """Read a memo of any format; what is not found is empty."""
    lines, speed, secrecy = take_marks(document, lines_of(document))
    head = read_memo(prose_of(stream(document))) or Memo(None, None, None, None, None)
    after = _after_addressee(lines, head.to or "")
    body = list(takewhile(lambda line: not line.startswith(ASKS), after))
    asked = after[len(body)].removeprefix(ASKS).strip() if len(body) < len(after) else ""
    signer, opinions = _read_signed(after[len(body) + 1 :])
    return Memorandum(
        office=head.office or "",
        number=head.number or "",
        date=head.date,
        subject=head.subject or "",
        to=head.to or "",
        body=tuple(body),
        closing=asked,
        signer=signer,
        opinions=opinions,
        speed=speed,
        secrecy=secrecy,
    )


def _read_signed(lines: Sequence[str]) -> tuple[Signed, tuple[Opinion, ...]]:
    """Read the opinions, then who made the memo: the first signature that is no opinion's."""
    printed = Stream([Paragraph(line, line, NOWHERE) for line in lines], _EDGE)
    _OPINIONS.anchor(printed, 1)
    read = _OPINIONS.read(printed, 1) | _SIGNER.read(printed, 0)
    return read["signer"], read["opinions"]


def _after_addressee(lines: list[str], to: str) -> list[str]:
    """Give the lines after that of the addressee and those that go on with it."""
    start = next((at for at, line in enumerate(lines) if line.startswith("เรียน")), -1)
    rest = lines[start + 1 :]
    while rest and squeeze(rest[0]) in squeeze(to):
        rest = rest[1:]
    return rest
