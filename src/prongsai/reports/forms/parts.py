"""The parts of a form outside its tables: fixed words, sentences with gaps, free text, numbered lists."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Line, Masthead, Paragraph, Separator, Style, Table
from prongsai.errors import Problem, Where
from prongsai.reports.forms.faults import fault
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import (
    NOTHING,
    Declared,
    Edge,
    Kind,
    Unreadable,
    empty,
    fits,
    is_blank,
    numbered,
    read,
    read_words,
    say,
    squeezed,
)
from prongsai.thai.text import collapse

WORDS_LIKENESS_MIN = 90
JOINED_LINES_MAX = 3
LINE_LENGTH_MAX = 4000
_DIGITS = frozenset({Kind.SERIAL, Kind.WHOLE, Kind.NUMBER, Kind.MONEY, Kind.TIME})
_GAP = re.compile(r"\{(\w+)\}")
LEADER_SIGNS = " .…:·\t"

Values = dict[str, Any]


class Part(ABC):
    """One part of a form. stage: parts are read in its order: fixed words first, what only fills the room last."""

    stage = 0

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The fields that it prints."""
        return ()

    @property
    def signs(self) -> tuple[str, ...]:
        """What, when it is read, speaks for this form: the fields that every paper of it has."""
        return tuple(each.field for each in self.declared if each.required)

    @abstractmethod
    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print it."""

    def anchor(self, stream: Stream, me: int) -> None:  # noqa: B027  # reason: most parts have no such words
        """Take the fixed words that say where it is, before any part reads."""

    def read(self, stream: Stream, me: int) -> Values:
        """Read its fields and take their lines."""
        return {}

    def faults(self, record: Any) -> list[Problem]:
        """Name the values of a record that are missing or do not fit."""
        return faults_of(record, self.declared)

    def verify(self, record: Any, read: Values, edge: Edge) -> list[Problem]:
        """Hold what was printed, and no record holds, against the record that was read."""
        return []


def faults_of(record: Any, declared: Sequence[Declared], place: str = "") -> list[Problem]:
    """Name the values of a record that are missing, or that the paper cannot print as they are."""
    problems = []
    for each in declared:
        value = getattr(record, each.field)
        if each.required and value in ("", (), None) and each.nil == NOTHING:
            problems.append(fault("FORM_VALUE_MISSING", name=f"{place}{each.field} ({each.called})"))
        elif not fits(value, each):
            problems.append(fault("FORM_VALUE_UNFIT", name=f"{place}{each.field} ({each.called})", value=value))
    return problems


@dataclass(frozen=True)
class Emblem(Part):
    """The emblem at the head."""

    height_cm: float = 3.0
    title: str = ""

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print it."""
        yield Masthead(self.height_cm, self.title)

    def read(self, stream: Stream, me: int) -> Values:
        """Take the title."""
        if self.title:
            take_words(stream, me, self.title)
        return {}


@dataclass(frozen=True)
class Rule(Part):
    """A short line under the titles."""

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print it."""
        yield Separator()


@dataclass(frozen=True)
class Words(Part):
    """Fixed words. wanted: a paper without them is faulty. when: whether a record has them at all."""

    text: str
    style: Style = Style.BODY
    wanted: bool = False
    when: Callable[[Any], bool] | None = None

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print them."""
        if self.when is None or self.when(record):
            yield paragraph(edge.digits(self.text), self.style)

    @property
    def signs(self) -> tuple[str, ...]:
        """A title tells the form."""
        return (self.text,) if self.style is Style.TITLE else ()

    def read(self, stream: Stream, me: int) -> Values:
        """Take the line that says them."""
        if take_words(stream, me, self.text):
            return {self.text: self.text}
        if self.wanted:
            stream.note("FORM_WORDS_MISSING", name=self.text)
        return {}


def take_words(stream: Stream, me: int, text: str) -> bool:
    """Take the first free line that says fixed words, or nearly; say whether there is one."""
    key = squeezed(text)
    for at, line in stream.lines():
        if squeezed(line.text) == key or fuzz.ratio(squeezed(line.text), key) >= WORDS_LIKENESS_MIN:
            stream.take(at, me)
            return True
    return False


@dataclass(frozen=True)
class Says(Part):
    """A sentence with gaps: ``ทั้งนี้ ตั้งแต่วันที่ {effective} เป็นต้นไป``.

    accepts: other wordings. optional: nothing is printed when all gaps are empty. derive: gaps that no record holds,
    computed from it; what is printed there is held against them.
    """

    template: str
    gaps: tuple[Declared, ...]
    style: Style = Style.BODY
    accepts: tuple[str, ...] = ()
    optional: bool = False
    derive: Mapping[str, Callable[[Any], Any]] | None = None

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The fields that a record holds."""
        return tuple(gap for gap in self.gaps if gap.field not in (self.derive or {}))

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print it."""
        values = {gap.field: self._value(record, gap) for gap in self.gaps}
        if self.optional and all(values[gap.field] in (None, "", ()) for gap in self.declared):
            return
        yield paragraph(filled(self.template, self.gaps, values, edge), self.style)

    def _value(self, record: Any, gap: Declared) -> Any:
        derive = (self.derive or {}).get(gap.field)
        return derive(record) if derive else getattr(record, gap.field)

    def anchor(self, stream: Stream, me: int) -> None:
        """Take its line; the words are read later."""
        if found := self._find(stream):
            for at in found[0]:
                stream.take(at, me)

    def _find(self, stream: Stream, me: int | None = None) -> tuple[range, Mapping[str, str], Where] | None:
        numbers = frozenset(gap.field for gap in self.gaps if gap.kind in _DIGITS)
        templates = (self.template, *self.accepts)
        for pattern in (pattern_of(template, only) for only in (numbers, frozenset()) for template in templates):
            for at, line, count in _windows(stream, me):
                if match := pattern.fullmatch(line):
                    words = {name: _as_printed(line, match, name) for name in match.groupdict()}
                    return range(at, at + count), words, stream.entries[at].where
        return None

    def read(self, stream: Stream, me: int) -> Values:
        """Read the gaps of its line."""
        found = self._find(stream, me)
        if found is None:
            if not self.optional:
                note_missing(stream, self.declared)
            return {gap.field: empty(gap) for gap in self.declared}
        _, words, where = found
        return {gap.field: read_gap(stream, words.get(gap.field, ""), gap, where) for gap in self.gaps}

    def verify(self, record: Any, read: Values, edge: Edge) -> list[Problem]:
        """Hold the derived gaps against the record."""
        problems = []
        for gap in self.gaps:
            derive = (self.derive or {}).get(gap.field)
            if derive and read.get(gap.field) is not None:
                computed, stated = say(derive(record), gap, edge), say(read[gap.field], gap, edge)
                if computed != stated:
                    problems.append(fault("FORM_STATED_DIFFERS", name=gap.called, stated=stated, computed=computed))
        return problems


def _windows(stream: Stream, me: int | None) -> Iterator[tuple[int, str, int]]:
    """Give every free line (or every line of a part), alone and joined with those after it: a line may be wrapped."""
    owned = (at for at, owner in enumerate(stream.owner) if owner == me)
    free = {at: None for at in owned if _may_match(stream.entries[at])}
    for count in range(1, JOINED_LINES_MAX + 1):
        for start in free:
            places = range(start, start + count)
            if all(at in free for at in places):
                texts = [entry.text for at in places if isinstance(entry := stream.entries[at], Paragraph)]
                yield start, " ".join(texts), count


def _may_match(entry: Paragraph | Table) -> bool:
    """Whether a line is short enough for a pattern with gaps, whose time grows with the square of the length."""
    return isinstance(entry, Paragraph) and len(entry.text) <= LINE_LENGTH_MAX


def filled(template: str, gaps: Sequence[Declared], values: Mapping[str, Any], edge: Edge) -> str:
    """Print a sentence."""
    by_field = {gap.field: gap for gap in gaps}
    return _GAP.sub(lambda found: say(values[found[1]], by_field[found[1]], edge), template)


@lru_cache(maxsize=512)
def pattern_of(template: str, numbers: frozenset[str] = frozenset()) -> re.Pattern[str]:
    """Give the pattern of a sentence: white space is free, the gaps are groups. numbers: gaps that only take digits."""
    pieces = _GAP.split(template)
    parts = []
    for number, piece in enumerate(pieces):
        words = r"[\d,.…:_\-– ]*?" if piece in numbers else ".*?"
        parts.append(rf"(?P<{piece}>{words})" if number % 2 else loose(piece))
    return re.compile(r"\s*".join(parts), re.DOTALL)


def loose(words: str) -> str:
    """Give the pattern of fixed words in which white space is free."""
    return r"\s*".join(re.escape(word) for word in words.split())


def _as_printed(line: str, match: re.Match[str], name: str) -> str:
    return collapse(line[slice(*match.span(name))])


def read_gap(stream: Stream, text: str, declared: Declared, where: Where) -> Any:
    """Read the words of a gap or after a label; what is unreadable or missing is noted."""
    try:
        value = read_words(text.strip(LEADER_SIGNS) if is_blank(text) else text, declared)
    except Unreadable:
        stream.note("FORM_VALUE_UNREADABLE", where, (text,), name=declared.called, value=text)
        return empty(declared)
    if declared.required and value in ("", (), None):
        stream.note("FORM_VALUE_MISSING", where, name=declared.called)
    return value


def note_missing(stream: Stream, declared: Sequence[Declared]) -> None:
    """Note the required fields that a paper does not have."""
    for each in declared:
        if each.required:
            stream.note("FORM_VALUE_MISSING", name=each.called)


@dataclass(frozen=True)
class Text(Part):
    """Free paragraphs between the part before and the part after. field: a tuple of them."""

    of: Declared
    style: Style = Style.BODY
    stage = 3

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The field."""
        return (self.of,)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print them."""
        for text in getattr(record, self.of.field):
            yield paragraph(text, self.style)

    def read(self, stream: Stream, me: int) -> Values:
        """Take the free lines of its room."""
        texts = tuple(line.text for at in stream.room(me) if (line := _taken(stream, at, me)))
        if self.of.required and not texts:
            note_missing(stream, (self.of,))
        return {self.of.field: texts}


def _taken(stream: Stream, at: int, me: int) -> Paragraph | None:
    line = stream.line(at)
    if line:
        stream.take(at, me)
    return line


@dataclass(frozen=True)
class Listed(Part):
    """A numbered list under a heading; a dash where it is empty."""

    heading: str
    of: Declared
    style: Style = Style.HEADING
    accepts: tuple[str, ...] = ()
    stage = 2

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The field."""
        return (self.of,)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print heading and items."""
        items = getattr(record, self.of.field)
        yield paragraph(self.heading, self.style)
        for text in numbered(items, edge) or (NOTHING,):
            yield paragraph(text, Style.HANGING)

    def anchor(self, stream: Stream, me: int) -> None:
        """Take the heading."""
        any(take_words(stream, me, words) for words in (self.heading, *self.accepts))

    def read(self, stream: Stream, me: int) -> Values:
        """Read the free lines after the heading."""
        start = stream.last_of(me)
        lines: list[Line] = []
        at = -1 if start is None else start + 1
        while start is not None and (line := _taken(stream, at, me)):
            lines.append(Line(line.text))
            at += 1
        items = read(lines, self.of) if lines else ()
        if self.of.required and not items:
            note_missing(stream, (self.of,))
        return {self.of.field: items}


FISCAL_YEAR = Says(
    "ประจำปีงบประมาณ พ.ศ. {fiscal_year_be}",
    (Declared("fiscal_year_be", Kind.SERIAL, "ปีงบประมาณ พ.ศ."),),
    Style.TITLE,
    accepts=("ประจำปี พ.ศ. {fiscal_year_be}", "ปีงบประมาณ {fiscal_year_be}"),
)
