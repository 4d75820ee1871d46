"""What a template may ask for, and what it gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeAlias

from prongsai.documents.model import Block
from prongsai.errors import FileUnusable, Problem
from prongsai.thai.text import squeeze

NEAR_MAX, NEAR_MIN = 3, 0.5


class Sort(StrEnum):
    """What stands behind a name: words, rows with columns of their own, or ready blocks (tables, pictures)."""

    WORDS = "words"
    ROWS = "rows"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Slot:
    """A field that a template may hold. type_th: what it holds, for people. columns: of rows. example: as printed."""

    name: str
    title_th: str
    type_th: str = "ข้อความ"
    sort: Sort = Sort.WORDS
    columns: tuple["Slot", ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A value as it is printed. lines: where it stands alone; words: inside a sentence."""

    lines: tuple[str, ...]
    words: str
    is_empty: bool = False


Item: TypeAlias = Mapping[str, Said]
Value: TypeAlias = Said | Sequence[Item] | Sequence[Block]
Values: TypeAlias = Mapping[str, Value]


def says(*lines: str, words: str | None = None) -> Said:
    """Make a value of lines; without any it is empty."""
    told = tuple(line for line in lines if line)
    return Said(told, " ".join(told) if words is None else words, not told)


@dataclass(frozen=True, slots=True)
class Found:
    """What a name means. column: of the rows, or none."""

    slot: Slot
    column: Slot | None = None


class Known:
    """The names that a template may hold: each field by its name, or by its Thai title where only one bears it."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self._found: dict[str, Found] = {}
        self._titles: dict[str, Found | None] = {}
        for slot in slots:
            self._add(slot.name, slot.title_th, Found(slot))
            for column in slot.columns:
                self._add(f"{slot.name}.{column.name}", f"{slot.title_th}.{column.title_th}", Found(slot, column))

    def _add(self, name: str, title: str, found: Found) -> None:
        self._found[name] = found
        key = squeeze(title)
        self._titles[key] = None if key in self._titles else found

    def find(self, name: str) -> Found | None:
        """Look a name up; None when there is no such field."""
        return self._found.get(name) or self._titles.get(squeeze(name))

    def near(self, name: str) -> list[str]:
        """Give the names most like another one."""
        titled = {title: self.name_of(found) for title, found in self._titles.items() if found}
        close = get_close_matches(name, self._found, NEAR_MAX, NEAR_MIN)
        close += [titled[title] for title in get_close_matches(squeeze(name), titled, NEAR_MAX, NEAR_MIN)]
        return list(dict.fromkeys(close))[:NEAR_MAX]

    @staticmethod
    def name_of(found: Found) -> str:
        """Give the name that means something."""
        return f"{found.slot.name}.{found.column.name}" if found.column else found.slot.name


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in a template. used: names of the fields that it holds, in their order."""

    problems: tuple[Problem, ...]
    used: tuple[str, ...] = ()


class TemplateUnfit(FileUnusable):
    """A template that cannot be filled as it is; every fault at its place is carried."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(
            f"{name} cannot be filled: {len(problems)} faults; the first: {first.message}",
            message_th=f"ใช้แม่แบบ {name} ไม่ได้ พบ {len(problems)} แห่ง แห่งแรก {first.message_th}",
            mend_th=first.mend_th or "",
        )
        self.problems = tuple(problems)
