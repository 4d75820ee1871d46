"""A table in a spreadsheet, its columns known by what their heads are called."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from prongsai.errors import FileUnusable
from prongsai.registers.sheet_limits import too_many
from prongsai.registers.sheet_spool import content_of, events, spooled
from prongsai.thai.text import collapse, fold, normalise

HEAD_WITHIN = 20
_MARKS = re.compile(r"[.()*:_/-]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is looked for. key: what its cells are called here; names: heads in use, the usual one first."""

    key: str
    names: tuple[str, ...]
    is_needed: bool = False

    @property
    def label(self) -> str:
        """What it is called for people."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Table:
    """What was found. rows: the line of each in the file, its texts by the keys of columns; unused: other heads."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    unused: tuple[str, ...]


@dataclass(slots=True)
class _Sheet:
    name: str
    rows: list[tuple[int, list[str]]]


def table_of(content: bytes, name: str, columns: Sequence[Column]) -> Table:
    """Find the table in a file, xlsx, xls, ods or csv: that with most rows under a head that names the needed columns.

    Raises FileUnusable when there is none; LimitExceeded over a limit of spreadsheets.
    """
    with spooled(content_of(content, name), name) as spool:
        spool.seek(0)
        sheets = list(_sheets((event for _at, event in events(spool)), name))
    found = [table for sheet in sheets if (table := _under_head(sheet, columns)) is not None]
    if not found:
        raise _headless(name, columns)
    best = max(found, key=lambda table: len(table.rows))
    if not best.rows:
        raise FileUnusable(
            f"{name}: no rows under the head",
            message_th=f"ไฟล์ {name} มีหัวตาราง แต่ไม่มีแถวข้อมูล",
            mend_th="เลือกไฟล์ที่มีข้อมูลใต้หัวตาราง",
        )
    return best


def _sheets(found: Iterable[Sequence[object]], name: str) -> Iterator[_Sheet]:
    sheet: _Sheet | None = None
    for event in found:
        if event[0] == "sheet":
            if sheet is not None:
                yield sheet
            sheet = _Sheet(str(event[1]), [])
        elif event[0] == "row" and sheet is not None:
            sheet.rows.append((int(event[1]), list(event[2])))  # type: ignore[call-overload]
        elif event[0] == "over":
            raise too_many(name, str(event[1]), str(event[2]))
    if sheet is not None:
        yield sheet


@lru_cache(maxsize=10_000)  # a list of the country has the same few words in ten thousands of cells
def _clean(text: str) -> str:
    return collapse(normalise(text))


def _under_head(sheet: _Sheet, columns: Sequence[Column]) -> Table | None:
    for place, (_line, cells) in enumerate(sheet.rows[:HEAD_WITHIN]):
        head = [_clean(text) for text in cells]
        places = _places(head, columns)
        if all(column.key in places for column in columns if column.is_needed):
            rows = tuple(_rows(sheet.rows[place + 1 :], places, head))
            used = set(places.values())
            return Table(rows, tuple(text for at, text in enumerate(head) if text and at not in used))
    return None


def _places(head: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Give where each column stands. An earlier name of a column is a better one; of two alike, the first stands."""
    heads = [_bare(text) for text in head]
    found: dict[str, int] = {}
    for column in columns:
        at = next((heads.index(bare) for name in column.names if (bare := _bare(name)) in heads), None)
        if at is not None and at not in found.values():
            found[column.key] = at
    return found


def _bare(text: str) -> str:
    return _MARKS.sub("", fold(text))


def _rows(
    rows: Iterable[tuple[int, list[str]]], places: Mapping[str, int], head: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    for line, cells in rows:
        texts = {key: _clean(cells[at]) if at < len(cells) else "" for key, at in places.items()}
        if any(texts.values()) and any(texts[key] != head[at] for key, at in places.items()):
            yield line, texts


def _headless(name: str, columns: Sequence[Column]) -> FileUnusable:
    needed = " ".join(f"“{column.label}”" for column in columns if column.is_needed)
    return FileUnusable(
        f"{name}: no head row",
        message_th=f"ไม่พบหัวตารางในไฟล์ {name}",
        mend_th=f"แถวบนต้องเป็นชื่อคอลัมน์ อย่างน้อยต้องมี {needed}",
    )
