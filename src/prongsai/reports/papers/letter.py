"""A letter to another office or person (form 1 of the Rule on correspondence)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document, Masthead, Setup, Sides, Signatures, Style
from prongsai.reports.load import sample_data
from prongsai.reports.papers import shell
from prongsai.reports.papers.given import load_signed, without_numbers
from prongsai.reports.papers.lines import set_lines, tidy
from prongsai.reports.papers.official import (
    ASKS,
    Contact,
    Enclosure,
    Letter,
    Salutation,
    lines_of,
    number_items,
    place_of,
    read_day,
    read_signer,
    take_items,
    take_marks,
    to_json,
)
from prongsai.reports.papers.options import USUAL, Options
from prongsai.thai.dates import format_date

__all__ = ["NAME", "TITLE_TH", "compose", "from_json", "recognise", "sample", "to_json"]

NAME = "letter"
TITLE_TH = "หนังสือภายนอก"
_NUMBER = re.compile(r"ที่(?:\s+([ก-ฮ]{2,3}\s?[0-9๐-๙.]+\s?/\s?(?:ว\s?)?[0-9๐-๙]*))?(?:\s+(.*))?")
_AMOUNT = re.compile(r"\s+จำนวน\s+(\S.*)$")
_REFERENCES, _ENCLOSURES, _COPIES = "อ้างถึง", "สิ่งที่ส่งมาด้วย", "สำเนาส่ง"
_REACHED_BY = (("phone", "โทร."), ("fax", "โทรสาร"), ("email", "ไปรษณีย์อิเล็กทรอนิกส์"))


def from_json(data: object) -> Letter:
    """Read the records from JSON data. Raises RecordsInvalid with every fault at once."""
    letter = load_signed(Letter, data)
    what = without_numbers(_ENCLOSURES, [one.what for one in letter.enclosures])
    return replace(
        letter,
        references=without_numbers(_REFERENCES, letter.references),
        enclosures=tuple(replace(one, what=words) for one, words in zip(letter.enclosures, what, strict=True)),
        copies=without_numbers(_COPIES, letter.copies),
        body=tidy(letter.body),
    )


def sample() -> Letter:
    """Give the records of a made-up municipality."""
    return from_json(sample_data(NAME))


def compose(letter: Letter, options: Options = USUAL) -> Document:
    """Compose the paper. An option for the closing wins over that of the records."""
    closing = options.closing.value if options.closing else letter.closing
    blocks: list[Block] = [
        *_head(letter),
        *set_lines(letter.body),
        paragraph(ASKS + closing),
        paragraph(letter.salutation.respects, Style.RIGHT),
        Signatures((place_of(letter.signer),)),
        *(paragraph(line, Style.PLAIN) for line in _foot(letter)),
    ]
    secrecy = letter.secrecy.value if letter.secrecy else ""
    names = tuple(name for name in (letter.agency, letter.signer.name, letter.contact.unit) if name)
    setup = Setup(secrecy=secrecy, names=names)
    return Document("", "composed", None, "", tuple(blocks), title=letter.subject, setup=setup)


def _head(letter: Letter) -> Iterator[Block]:
    if letter.speed:
        yield paragraph(letter.speed.value, Style.SPEED)
    yield Masthead(shell.EMBLEM_CM)
    yield Sides((f"ที่ {letter.number}".strip(),), (letter.agency, *letter.address))
    if letter.date:
        yield paragraph(format_date(letter.date), Style.RIGHT)
    yield paragraph(f"เรื่อง {letter.subject}", Style.PLAIN)
    yield paragraph(f"{letter.salutation.value} {letter.to}", Style.PLAIN)
    enclosed = [f"{one.what} จำนวน {one.amount}" if one.amount else one.what for one in letter.enclosures]
    for label, items in ((_REFERENCES, letter.references), (_ENCLOSURES, tuple(enclosed))):
        for at, line in enumerate(number_items(label, items)):
            yield paragraph(line, Style.HANGING if at else Style.PLAIN, 1 if at else 0)


def _foot(letter: Letter) -> Iterator[str]:
    if letter.contact.unit:
        yield letter.contact.unit
    for name, label in _REACHED_BY:
        if value := getattr(letter.contact, name):
            yield f"{label} {value}"
    yield from number_items(_COPIES, letter.copies)


def recognise(document: Document) -> Letter:
    """Read a letter of any format; what is not found is empty."""
    lines, speed, secrecy = take_marks(document, lines_of(document))
    top = list(takewhile(lambda line: not line.startswith("เรื่อง"), lines))
    after = lines[len(top) :]
    subject = after[0].removeprefix("เรื่อง").strip() if after else ""
    salutation, to, at = _addressee(after)
    references, enclosed = take_items(_REFERENCES, after[at:]), take_items(_ENCLOSURES, after[at:])
    inner = after[at + len(references) + len(enclosed) :]
    body = list(takewhile(lambda line: not line.startswith(ASKS) and line not in _all_respects(), inner))
    end = inner[len(body) :]
    signer, foot_at = read_signer(end)
    number, agency, address, day = _top(top)
    return Letter(
        number=number,
        agency=agency,
        address=address,
        date=read_day(day),
        subject=subject,
        salutation=salutation,
        to=to,
        references=references,
        enclosures=tuple(map(_enclosure, enclosed)),
        body=tuple(body),
        closing=next((line.removeprefix(ASKS).strip() for line in end if line.startswith(ASKS)), ""),
        signer=signer,
        contact=_contact(end[foot_at:]),
        copies=take_items(_COPIES, end[foot_at:]),
        speed=speed,
        secrecy=secrecy,
    )


def _all_respects() -> list[str]:
    return [salutation.respects for salutation in Salutation]


def _addressee(lines: Sequence[str]) -> tuple[Salutation, str, int]:
    """Read the line that greets; gives the place after it."""
    for at, line in enumerate(lines):
        for salutation in Salutation:
            if line.startswith(f"{salutation.value} "):
                return salutation, line.removeprefix(salutation.value).strip(), at + 1
    return Salutation.GENERAL, "", min(1, len(lines))


def _top(lines: Sequence[str]) -> tuple[str, str, tuple[str, ...], str]:
    """Read number, agency, address and day; number and agency may share a line."""
    number, right, day = "", [], ""
    for line in lines:
        if not number and (found := _NUMBER.fullmatch(line)):
            number = found[1] or ""
            right += [found[2]] if found[2] else []
        elif not day and (read_day(line) and len(line) < 30):
            day = line
        else:
            right.append(line)
    return number, right[0] if right else "", tuple(right[1:]), day


def _enclosure(text: str) -> Enclosure:
    found = _AMOUNT.search(text)
    return Enclosure(text[: found.start()], found[1]) if found else Enclosure(text)


def _contact(lines: Sequence[str]) -> Contact:
    found: dict[str, str] = {}
    own = list(takewhile(lambda line: not line.startswith(_COPIES), lines))
    for name, label in _REACHED_BY:
        found[name] = next((line.removeprefix(label).strip() for line in own if line.startswith(label)), "")
    labels = tuple(label for _, label in _REACHED_BY)
    unit = own[0] if own and not own[0].startswith(labels) else ""
    return Contact(unit, found["phone"], found["fax"], found["email"])
