"""The pages of the made-up municipality as their files say them: heads, and the body in the light markup of pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from prongsai.thai.days import read_date


@dataclass(frozen=True, slots=True)
class Sample:
    """A page as its file says it: heads (``title``, ``year``, …) and the body in the light markup of pages."""

    name: str
    heads: Mapping[str, str]
    body: str

    def head(self, name: str) -> str:
        """Give a head, empty where there is none."""
        return self.heads.get(name, "")

    def day(self, name: str) -> date | None:
        """Give a head that is a day."""
        found = read_date(self.head(name))
        return found.value if found else None


def samples(folder: Path) -> Iterator[Sample]:
    """Read the pages of a folder, by name."""
    for path in sorted(folder.glob("*.md")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
        pairs = (line.partition(": ") for line in head.splitlines())
        yield Sample(path.stem, {key: value for key, _, value in pairs}, body)
