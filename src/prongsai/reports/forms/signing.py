"""Who signed a form, in which capacity and when: one place for a signature, or a whole chain of opinions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from prongsai.documents.model import Block, Paragraph, Signature, Signatures
from prongsai.errors import Problem
from prongsai.reports.forms.faults import fault
from prongsai.reports.forms.parts import Part, Values
from prongsai.reports.forms.stream import SIGNED, Stream
from prongsai.reports.forms.values import Declared, Edge, Kind, Unreadable, is_blank, read_words, say, squeezed
from prongsai.reports.phrases import phrases
from prongsai.thai.text import collapse

POSITION_LINES_MAX = 3
OPINION_LINES_MAX = 12
_NAME = re.compile(r"(?!\((?:[0-9๐-๙]{1,3}|[ก-ฮ])\))\(\s*([^()]*?)\s*\)\s*(.*)")  # (๑) and (ก) begin an item
_DATED = re.compile(r"(.*?)\s*(?:(?:เมื่อ)?วันที่|Date:?)\s*(\d.*)", re.IGNORECASE)  # a PDF may join it to the position
_OPINION = re.compile(r"ความเห็น(?:ของ)?\s*(.*)")
_GLUED = re.compile(r"(?<=\S)\s+ความเห็น(?:ของ)?\s*(?:หัวหน้า|ผู้อำนวยการ|ปลัด|รอง|นายก|เจ้าหน้าที่|เจ้าของเรื่อง|ผู้)")
_LEADERS = re.compile(r"[.…_]{2,}")


class Capacity(StrEnum):
    """In which capacity a person signs; the four kinds of acting differ in law."""

    SELF = "self"
    ACTING_FOR = "acting_for"
    DELEGATED = "delegated"
    PERFORMING_DUTIES = "performing_duties"
    ACTING_IN_POST = "acting_in_post"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature. position: the person's own; acting_as: the post signed for, when acting. on: the day, or none."""

    name: str
    position: str
    capacity: Capacity = Capacity.SELF
    acting_as: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """A step of a chain: whose opinion, its lines, and who signed it."""

    opinion_of: str
    opinion: tuple[str, ...]
    signed: Signed


NOBODY = Signed("", "")
_ON = Declared("on", Kind.DATE, style="full")
_WORDS = {
    Capacity.ACTING_FOR: "รักษาราชการแทน",
    Capacity.DELEGATED: "ปฏิบัติราชการแทน",
    Capacity.PERFORMING_DUTIES: "ปฏิบัติหน้าที่",
    Capacity.ACTING_IN_POST: "รักษาการในตำแหน่ง",
}
_WORDS_EN = {
    Capacity.ACTING_FOR: "acting for",
    Capacity.DELEGATED: "signing on delegation of",
    Capacity.PERFORMING_DUTIES: "performing the duties of",
    Capacity.ACTING_IN_POST: "acting in the post of",
}


@dataclass(frozen=True)
class Signs(Part):
    """A place for one signature. suffix: the role printed after the dotted line (``ผู้ยืม``), which tells it apart.

    label: ``ลงชื่อ``, or nothing above the name in announcements and orders. required: a paper without it is faulty.
    """

    field: str
    suffix: str = ""
    label: str = ""
    required: bool = True
    name: str = "ผู้ลงนาม"
    stage = 1

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print it."""
        yield Signatures((place_of(getattr(record, self.field), edge, self.label, self.suffix),))

    def faults(self, record: Any) -> list[Problem]:
        """Name a missing signature."""
        signed: Signed = getattr(record, self.field)
        return (
            [fault("FORM_VALUE_MISSING", name=f"{self.field}.name ({self.suffix or self.name})")]
            if (self.required and not signed.name)
            else []
        )

    def read(self, stream: Stream, me: int) -> Values:
        """Take the place with the suffix, the first one when there is none."""
        signed = _find(stream, me, self.suffix)
        if self.required and not signed.name:
            stream.note("FORM_VALUE_MISSING", name=self.suffix or self.name)
        return {self.field: signed}


@dataclass(frozen=True)
class Chain(Part):
    """Opinions one after the other, each with its signature."""

    field: str
    stage = 1

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The field."""
        return (Declared(self.field, Kind.LIST, "ความเห็น"),)

    def anchor(self, stream: Stream, me: int) -> None:
        """Part the headings of opinions from the lines before them."""
        at = 0
        while at < len(stream.entries):
            line = stream.line(at)
            if line and (found := _GLUED.search(line.text)):
                stream.split(at, found.start())
            at += 1

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print them."""
        for step in getattr(record, self.field):
            place = place_of(step.signed, edge, "ลงชื่อ")
            yield Signatures((_with_opinion(place, step),))

    def read(self, stream: Stream, me: int) -> Values:
        """Take every opinion."""
        steps = tuple(_opinions(stream, me))
        if not steps:
            stream.note("FORM_VALUE_MISSING", name="ความเห็น")
        return {self.field: steps}


def place_of(signed: Signed, edge: Edge, label: str = "ลงชื่อ", suffix: str = "") -> Signature:
    """Give the block of a signature: name in parentheses, position with the wording of its capacity, day."""
    word = (_WORDS_EN if edge.language == "en" else _WORDS).get(signed.capacity)
    lines = (f"{signed.position} {word}", signed.acting_as) if word else (signed.position,)
    day = f"{'Date' if edge.language == 'en' else 'วันที่'} {say(signed.on, _ON, edge)}" if signed.on else ""
    return Signature(signed.name, tuple(line for line in lines if line), label or ("ลงชื่อ" if suffix else ""),
                     suffix, date=day)  # fmt: skip


def _with_opinion(place: Signature, step: Opinion) -> Signature:
    return Signature(place.name, place.position, place.label, place.suffix, step.opinion_of, step.opinion, place.date)


def _find(stream: Stream, me: int, suffix: str) -> Signed:
    for at, line in list(stream.lines()):
        if _signs_as(line.text, suffix):
            stream.take(at, me)
            return _block(stream, me, at + 1)
        if not suffix and _name_in(line):
            return _block(stream, me, at)
    return NOBODY


def _signs_as(text: str, suffix: str) -> bool:
    signed = SIGNED.match(text)
    if not signed:
        return False
    return squeezed(_LEADERS.sub("", text[signed.end() :]).strip(" ).")) == squeezed(suffix)


def _name_in(line: Paragraph | None) -> re.Match[str] | None:
    return _NAME.fullmatch(line.text) if line else None


def _block(stream: Stream, me: int, at: int) -> Signed:
    """Read name, position and day from a line on."""
    name, lines = "", []
    if found := _name_in(stream.line(at)):
        name, lines = ("" if is_blank(found[1]) else collapse(found[1])), [found[2]]
        stream.take(at, me)
        at += 1
    day = _day(lines)
    while day is None and (line := stream.line(at)) and not _begins(line.text):
        more = [line.text]
        day = _day(more)
        if not _is_position([text for text in lines if text], more):
            return Signed(name, *_position(lines))
        lines += more
        stream.take(at, me)
        at += 1
    return Signed(name, *_position(lines), day)


def _day(lines: list[str]) -> date | None:
    """Take the day away from the last of some lines and give it; None when it has none."""
    found = _DATED.fullmatch(lines[-1]) if lines else None
    if found is None:
        return None
    try:
        day = read_words(found[2], _ON)
    except Unreadable:
        return None
    lines[-1:] = [found[1]] if found[1] else []
    return day if isinstance(day, date) else None


def _begins(text: str) -> bool:
    return bool(SIGNED.match(text) or _OPINION.match(text) or _NAME.match(text))


def _is_position(lines: list[str], more: list[str]) -> bool:
    """Whether a line goes on with the position: the first does, a second one only in words of acting; a day ends it."""
    text = " ".join(more)
    if not text or not lines:
        return True
    return len(lines) < POSITION_LINES_MAX and (_capacity(lines[-1]) is not None or _capacity(text) is not None)


def _capacity(text: str) -> tuple[Capacity, str] | None:
    thai = [(word, Capacity(kind)) for kind, words in phrases().acting.items() for word in words]
    english = [(word, kind) for kind, word in _WORDS_EN.items()]
    found = [(text.find(word), -len(word), kind, word) for word, kind in (*thai, *english) if word in text]
    return min(found)[2:] if found else None


def _position(lines: list[str]) -> tuple[str, Capacity, str]:
    text = collapse(" ".join(lines)).removeprefix("ตำแหน่ง ").strip()
    acting = _capacity(text)
    if acting is None:
        return ("" if is_blank(text) else text), Capacity.SELF, ""
    own, _, post = text.partition(acting[1])
    return own.strip(), acting[0], post.strip()


def _opinions(stream: Stream, me: int) -> Iterator[Opinion]:
    for at, line in list(stream.lines()):
        found = _OPINION.fullmatch(line.text)
        if stream.owner[at] is None and found:
            stream.take(at, me)
            yield _opinion(stream, me, at + 1, collapse(found[1]))


def _opinion(stream: Stream, me: int, at: int, whose: str) -> Opinion:
    said: list[str] = []
    while len(said) < OPINION_LINES_MAX and (line := stream.line(at)) and not _begins(line.text):
        said.append(line.text)
        stream.take(at, me)
        at += 1
    if (line := stream.line(at)) and SIGNED.match(line.text):
        stream.take(at, me)
        at += 1
    return Opinion(whose, tuple(said), _block(stream, me, at))
