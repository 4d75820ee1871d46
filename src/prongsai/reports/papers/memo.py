"""An internal memo in three parts: cause, what is wanted, what is asked (form 2 of the Rule on correspondence)."""

from itertools import takewhile

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document, Setup, Signatures, Style
from prongsai.reports.identity import prose_of
from prongsai.reports.letter import read_memo
from prongsai.reports.load import sample_data
from prongsai.reports.papers import shell
from prongsai.reports.papers.given import load_signed
from prongsai.reports.papers.official import (
    ASKS,
    Memorandum,
    lines_of,
    place_of,
    read_signer,
    take_marks,
    to_json,
)
from prongsai.reports.papers.options import USUAL, Options
from prongsai.reports.records import Memo
from prongsai.reports.stream import stream
from prongsai.thai.text import squeeze

__all__ = ["NAME", "TITLE_TH", "compose", "from_json", "recognise", "sample", "to_json"]

NAME = "memo"
TITLE_TH = "บันทึกข้อความ"


def from_json(data: object) -> Memorandum:
    """Read the records from JSON data. Raises RecordsInvalid with every fault at once."""
    return load_signed(Memorandum, data)


def sample() -> Memorandum:
    """Give the records of a made-up municipality."""
    return from_json(sample_data(NAME))


def compose(memo: Memorandum, options: Options = USUAL) -> Document:
    """Compose the paper. An option for the closing wins over that of the records."""
    closing = options.closing.value if options.closing else memo.closing
    blocks: list[Block] = [paragraph(memo.speed.value, Style.SPEED)] if memo.speed else []
    blocks += shell.memo_head(Memo(memo.office, memo.number, memo.date, memo.subject, memo.to))
    blocks += [*map(paragraph, memo.body), paragraph(ASKS + closing), Signatures((place_of(memo.signer),))]
    secrecy = memo.secrecy.value if memo.secrecy else ""
    setup = Setup(secrecy=secrecy, names=tuple(name for name in (memo.signer.name, memo.office) if name))
    return Document("", "composed", None, "", tuple(blocks), title=memo.subject, setup=setup)


def recognise(document: Document) -> Memorandum:
    """Read a memo of any format; what is not found is empty."""
    lines, speed, secrecy = take_marks(document, lines_of(document))
    head = read_memo(prose_of(stream(document))) or Memo(None, None, None, None, None)
    after = _after_addressee(lines, head.to or "")
    body = list(takewhile(lambda line: not line.startswith(ASKS), after))
    signer, _ = read_signer(after[len(body) :])
    asked = after[len(body)].removeprefix(ASKS).strip() if len(body) < len(after) else ""
    return Memorandum(
        office=head.office or "",
        number=head.number or "",
        date=head.date,
        subject=head.subject or "",
        to=head.to or "",
        body=tuple(body),
        closing=asked,
        signer=signer,
        speed=speed,
        secrecy=secrecy,
    )


def _after_addressee(lines: list[str], to: str) -> list[str]:
    """Give the lines after that of the addressee and those that go on with it."""
    start = next((at for at, line in enumerate(lines) if line.startswith("เรียน")), -1)
    rest = lines[start + 1 :]
    while rest and squeeze(rest[0]) in squeeze(to):
        rest = rest[1:]
    return rest
