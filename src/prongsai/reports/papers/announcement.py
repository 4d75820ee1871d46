"""An announcement of an agency (form 7 of the Rule on correspondence)."""

from dataclasses import replace
from itertools import takewhile

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document, Setup, Signatures
from prongsai.reports.load import sample_data
from prongsai.reports.papers import shell
from prongsai.reports.papers.given import load_signed
from prongsai.reports.papers.lines import set_lines, tidy
from prongsai.reports.papers.official import Announcement, lines_of, place_of, read_day, read_signer, to_json
from prongsai.reports.papers.options import USUAL, Options

__all__ = ["NAME", "TITLE_TH", "compose", "from_json", "recognise", "sample", "to_json"]

NAME = "announcement"
TITLE_TH = "ประกาศ"
_ENDS = "จึงประกาศให้ทราบโดยทั่วกัน"
_ON = "ประกาศ ณ วันที่"


def from_json(data: object) -> Announcement:
    """Read the records from JSON data. Raises RecordsInvalid with every fault at once."""
    one = load_signed(Announcement, data)
    return replace(one, body=tidy(one.body))


def sample() -> Announcement:
    """Give the records of a made-up municipality."""
    return from_json(sample_data(NAME))


def compose(one: Announcement, options: Options = USUAL) -> Document:
    """Compose the paper."""
    blocks: list[Block] = [
        *shell.announcement_head(one.agency, one.subject),
        *set_lines(one.body),
        paragraph(_ENDS),
        shell.announced_line(one.date),
        Signatures((place_of(one.signer),)),
    ]
    setup = Setup(names=(one.agency, one.signer.name))
    return Document("", "composed", None, "", tuple(blocks), title=one.subject, setup=setup)


def recognise(document: Document) -> Announcement:
    """Read an announcement of any format; what is not found is empty."""
    lines = lines_of(document)
    start = next((at for at, line in enumerate(lines) if line.startswith("ประกาศ")), len(lines))
    head, after = lines[start : start + 2], lines[start + 2 :]
    agency, subject = [*head, "", ""][:2]
    body = list(takewhile(lambda line: line != _ENDS and not line.startswith(_ON), after))
    day = next((line.removeprefix(_ON).strip() for line in after[len(body) :] if line.startswith(_ON)), "")
    signer, _ = read_signer(after[len(body) :])
    return Announcement(
        agency=agency.removeprefix("ประกาศ").strip(),
        subject=subject.removeprefix("เรื่อง").strip(),
        body=tuple(body),
        date=read_day(day),
        signer=signer,
    )
