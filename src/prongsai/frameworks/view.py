"""A file's data as the rules look at it.

What is out of shape is stepped over, so that one fault neither hides another nor causes one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prongsai.errors import Where
from prongsai.frameworks.document import Document, Place
from prongsai.frameworks.model import Certainty

Entry = Mapping[str, Any]

_CERTAINTIES = list(Certainty)

# The keys under which a file says how sure it is.
BASES = ("basis", "elements_basis", "links_basis")


@dataclass(frozen=True, slots=True)
class View:
    """broken: the places whose shape is wrong, unknown keys apart, and every place around them."""

    document: Document
    broken: frozenset[Place]

    def rows(self, section: str) -> Iterator[tuple[int, Entry]]:
        """Walk the well-shaped entries of a list with their numbers."""
        found = self.document.data.get(section, [])
        if isinstance(found, list):
            for number, entry in enumerate(found):
                if isinstance(entry, Mapping) and (section, number) not in self.broken:
                    yield number, entry

    def whole(self, section: str) -> bool:
        """Whether a list or value is there with nothing in it out of shape."""
        return section in self.document.data and (section,) not in self.broken

    def names(self, section: str, key: str = "code") -> tuple[str, ...]:
        """Give every code of a list, those of broken entries too, so that nobody is told they are unknown."""
        found = self.document.data.get(section, [])
        entries = found if isinstance(found, list) else []
        return tuple(str(e[key]) for e in entries if isinstance(e, Mapping) and key in e)

    def where(self, *place: str | int) -> Where:
        """Give the line of a place."""
        return self.document.where(*place)

    def bases(self) -> Iterator[tuple[Place, Entry]]:
        """Walk every statement of certainty in the file."""
        for place, key, value in _walk(self.document.data, ()):
            if key in BASES and isinstance(value, Mapping) and _is_basis(value):
                yield (*place, key), value

    def texts(self) -> Iterator[tuple[Place, str]]:
        """Walk the texts in which years are filled in."""
        for place, key, value in _walk(self.document.data, ()):
            if key in ("title_th", "title_en", "text_th", "period_th") and isinstance(value, str):
                yield (*place, key), value


def _is_basis(value: Entry) -> bool:
    return value.get("certainty") in _CERTAINTIES and isinstance(value.get("sources", []), list)


def _walk(value: object, place: Place) -> Iterator[tuple[Place, str | int, object]]:
    pairs: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, Mapping):
        pairs = iter(value.items())
    elif isinstance(value, list):
        pairs = iter(enumerate(value))
    for key, inner in pairs:
        yield place, key, inner
        yield from _walk(inner, (*place, key))
