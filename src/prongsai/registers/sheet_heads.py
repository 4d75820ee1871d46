"""Which column of a spreadsheet is which field of a register, by what its head is called."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from prongsai.errors import FileUnusable
from prongsai.registers.model import Field
from prongsai.thai.text import fold

HEAD_LETTERS_MAX = 300
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")


class Heads:
    """The names under which the fields of a register are known, the office's own before those of the file."""

    def __init__(self, fields: Sequence[Field], others: Sequence[Field], labels: Mapping[str, str]) -> None:
        """fields: that may be filled; others: whose names are known too, and whose columns are not used."""
        self._fields = {one.key for one in fields}
        self._ranks: dict[str, tuple[int, str]] = {}
        self.names = tuple(labels.get(one.key) or one.label_th for one in fields)
        self.enough = min(2, len(fields)) or 1
        known = [*fields, *(one for one in others if one.key not in self._fields)]
        for rank, names in enumerate((*_tiers(known, labels, _folded), *_tiers(known, labels, _without_aside))):
            self._take(rank, names)

    def _take(self, rank: int, names: Iterable[tuple[str, str]]) -> None:
        """Learn the names of one kind; a name that two fields share says nothing."""
        found: dict[str, set[str]] = {}
        for text, key in names:
            if text:
                found.setdefault(text, set()).add(key)
        for text, keys in found.items():
            if len(keys) == 1 and text not in self._ranks:
                self._ranks[text] = (rank, next(iter(keys)))

    def match(self, head: str) -> tuple[int, str] | None:
        """Give the key that a head names, with how well it names it (lower is better)."""
        text = _folded(head)
        found = self._ranks.get(text)
        if found is None and (bare := _without_aside(head)) != text:
            known = self._ranks.get(bare)
            found = (known[0] + len(self._ranks), known[1]) if known else None
        return found

    def count(self, cells: Sequence[str]) -> int:
        """Count the fields that a row of texts names."""
        found = (self.match(text) for text in cells if text.strip())
        return len({match[1] for match in found if match and match[1] in self._fields})

    def columns(self, head: Sequence[str], row: int, name: str) -> dict[str, int]:
        """Give the place of each field. Raises FileUnusable when two columns are equally good for one."""
        places: dict[str, tuple[int, int]] = {}
        for place, text in enumerate(head):
            match = self.match(text) if text.strip() else None
            if match is None or match[1] not in self._fields:
                continue
            rank, key = match
            if key in places and places[key][0] == rank:
                raise _twice(name, text, places[key][1], place, row)
            if key not in places or rank < places[key][0]:
                places[key] = (rank, place)
        return {key: place for key, (_, place) in sorted(places.items(), key=lambda each: each[1][1])}


def _tiers(
    fields: Sequence[Field], labels: Mapping[str, str], plain: Callable[[str], str]
) -> Iterator[list[tuple[str, str]]]:
    """Give names with the keys that they are of, the best kind of name first."""
    yield [(plain(labels[one.key]), one.key) for one in fields if labels.get(one.key)]
    yield [(plain(one.label_th), one.key) for one in fields]
    yield [(plain(one.label_en), one.key) for one in fields]
    yield [(plain(text), one.key) for one in fields for text in one.heads]
    yield [(plain(one.key), one.key) for one in fields]


def _folded(text: str) -> str:
    return fold(text[:HEAD_LETTERS_MAX].replace("*", ""))


def _without_aside(text: str) -> str:
    return _folded(_ASIDE.sub("", text[:HEAD_LETTERS_MAX]))


def _twice(name: str, text: str, first: int, second: int, row: int) -> FileUnusable:
    cells = f"{cell_name(first, row)} และ {cell_name(second, row)}"
    return FileUnusable(
        f"{name}: two columns for one field, {cells}",
        message_th=f"หัวคอลัมน์ “{text.strip()}” ซ้ำกันที่ช่อง {cells}",
        mend_th="เหลือไว้คอลัมน์เดียว หรือเปลี่ยนชื่อหัวคอลัมน์ที่ไม่ใช้",
    )


def cell_name(column_index: int, row: int) -> str:
    """Name a cell as programs do: column 2 (0-based) of row 5 is ``C5``."""
    letters, rest = "", column_index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"
