"""Labels and values: lines of a form that are read in any order."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from prongsai.documents.build import fields
from prongsai.documents.model import Block, Paragraph, Table
from prongsai.errors import Where
from prongsai.reports.forms.parts import LEADER_SIGNS, LINE_LENGTH_MAX, Part, Values, loose, note_missing, read_gap
from prongsai.reports.forms.stream import Stream, rows_as_lines
from prongsai.reports.forms.values import Declared, Edge, Kind, empty, say
from prongsai.thai.text import collapse

_AFTER = r"(?=[\s:.…]|$)"
Labelled = tuple[tuple[str, Declared], ...]


@dataclass(frozen=True)
class Labels(Part):
    """Labels and values, one printed line after the other: (label, field) pairs of each. Read in any order.

    other: further wordings of a label, by field.
    """

    lines: tuple[Labelled, ...]
    memo: bool = False
    other: Mapping[str, tuple[str, ...]] | None = None

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The fields."""
        return tuple(declared for line in self.lines for _, declared in line)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print them."""
        for line in self.lines:
            pairs = [(label, say(getattr(record, declared.field), declared, edge)) for label, declared in line]
            yield fields(*pairs, memo=self.memo)

    def read(self, stream: Stream, me: int) -> Values:
        """Read the labelled lines, and tables that only set labels beside values, in printed order."""
        found: dict[str, tuple[str, Where]] = {}
        for at, entry in enumerate(stream.entries):
            lines = rows_as_lines(entry) if isinstance(entry, Table) else [entry]
            if stream.owner[at] is None and self._are_labelled(lines):
                taken = [self._line(line, found) for line in lines]
                if any(taken):
                    stream.take(at, me)
        return {each.field: self._value(stream, each, found.get(each.field)) for each in self.declared}

    def _are_labelled(self, lines: list[Paragraph]) -> bool:
        return 2 * sum(1 for line in lines if self._words(line.text)) > len(lines)

    def _line(self, line: Paragraph, found: dict[str, tuple[str, Where]]) -> bool:
        new = {name: (text, line.where) for name, text in self._words(line.text).items() if name not in found}
        found.update(new)
        return bool(new)

    def _words(self, text: str) -> dict[str, str]:
        """Give the words after each label of a line, by field."""
        if len(text) > LINE_LENGTH_MAX:
            return {}
        return self._as_declared(text) or self._pieces(text)

    def _as_declared(self, text: str) -> dict[str, str]:
        for line in self.lines:
            if match := _line_pattern(tuple((label, declared.field) for label, declared in line)).fullmatch(text):
                return {name: collapse(words) for name, words in match.groupdict().items()}
        return {}

    def _pieces(self, text: str) -> dict[str, str]:
        """Cut a line at the labels that stand at its beginning or after a space."""
        starts = [(found, name) for name, label in self._wordings() if (found := _label(label).search(text))]
        starts.sort(key=lambda pair: (pair[0].start(), -len(pair[0][0])))
        if not starts or starts[0][0].start() > 0:
            return {}
        kept: list[tuple[re.Match[str], str]] = []
        for match, name in starts:
            if not kept or match.start() >= kept[-1][0].end():
                kept.append((match, name))
        ends = [match.start() for match, _ in kept[1:]] + [len(text)]
        return {
            name: collapse(text[match.end() : end].strip(LEADER_SIGNS))
            for (match, name), end in zip(kept, ends, strict=True)
        }

    def _wordings(self) -> Iterator[tuple[str, str]]:
        for line in self.lines:
            for label, declared in line:
                for wording in (label, *(self.other or {}).get(declared.field, ())):
                    yield declared.field, wording

    @staticmethod
    def _value(stream: Stream, declared: Declared, found: tuple[str, Where] | None) -> Any:
        if found is None:
            note_missing(stream, (declared,))
            return empty(declared)
        return read_gap(stream, found[0], declared, found[1])


def agency_as_of(*between: Labelled, **other: tuple[str, ...]) -> Labels:
    """Give the head of a report of figures: whose they are (``agency``) and of which day (``reported_on``).

    between: lines that stand between both; other: further wordings of their labels, by field.
    """
    agency = (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),)
    day = (("ข้อมูล ณ วันที่", Declared("reported_on", Kind.DATE, "วันที่รายงาน", style="full")),)
    return Labels((agency, *between, day), other={"reported_on": ("วันที่รายงาน",)} | other)


@lru_cache(maxsize=512)
def _line_pattern(pairs: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile(
        r"\s*".join(rf"{loose(label)}{_AFTER}\s*:?\s*(?P<{name}>.*?)" for label, name in pairs), re.DOTALL
    )


@lru_cache(maxsize=512)
def _label(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=\s)){loose(label)}{_AFTER}\s*:?")
