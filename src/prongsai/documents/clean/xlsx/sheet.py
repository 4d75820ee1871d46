"""What a sheet holds and does not show: hidden rows and columns, cells outside the print, values without a look."""

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.xlsx.cells import Cell, S, Strings, cells, empty, letters, text_of
from prongsai.documents.read.sheets.xml import whole

_ON = ("1", "true")
_CHEAP = 16_384  # columns there can be
_NO_LOOK = re.compile(r";;;+")


def sweep_sheet(
    root: etree._Element,
    name: str,
    areas: list[tuple[int, int, int, int]],
    unseen: frozenset[int],
    strings: Strings,
    sweep: Sweep,
) -> bool:
    """Tell of cells that are not shown and empty them; whether any was. areas: what is printed, empty for all.

    unseen: the cell styles that show nothing.
    """
    rows, columns = _hidden_rows(root), _hidden_columns(root)
    kinds: tuple[tuple[str, Callable[[Cell], bool], Callable[[Cell], str]], ...] = (
        ("hidden_row", lambda cell: cell.row in rows, lambda cell: f"แถว {cell.row}"),
        ("hidden_column", lambda cell: cell.column in columns, lambda cell: f"คอลัมน์ {letters(cell.column)}"),
        ("hidden_text", lambda cell: _style(cell) in unseen, lambda cell: f"เซลล์ {cell.place}"),
        ("outside_print", lambda cell: bool(areas) and not _inside(cell, areas), lambda cell: f"แถว {cell.row}"),
    )
    said = [(cell, text) for cell in cells(root) if (text := text_of(cell, strings)).strip()]
    is_changed = False
    for kind, is_hidden, place in kinds:
        hidden = [(cell, text) for cell, text in said if is_hidden(cell)]
        said = [each for each in said if not is_hidden(each[0])]
        for where, group in _grouped(hidden, place).items():
            text = " | ".join(text for _, text in group)
            if sweep.found(kind, f"แผ่นงาน {name} {where}", text):
                _all_empty(cell for cell, _ in group)
                is_changed = True
    if is_changed:
        _forget_filters(root)
    return is_changed


def text_of_sheet(root: etree._Element, strings: Strings) -> str:
    """Give all that a sheet says."""
    return " | ".join(text for cell in cells(root) if (text := text_of(cell, strings)).strip())


def _grouped(hidden: Iterable[tuple[Cell, str]], place: Callable[[Cell], str]) -> dict[str, list[tuple[Cell, str]]]:
    found: dict[str, list[tuple[Cell, str]]] = {}
    for cell, text in hidden:
        found.setdefault(place(cell), []).append((cell, text))
    return found


def _all_empty(hidden: Iterator[Cell]) -> None:
    for cell in hidden:
        empty(cell)


def _hidden_rows(root: etree._Element) -> frozenset[int]:
    """Give the rows that are hidden, or no higher than nothing."""
    form = root.find(f"{S}sheetFormatPr")
    by_default = form is not None and form.get("zeroHeight") in _ON
    found, number = set(), 0
    for row in root.iterfind(f"{S}sheetData/{S}row"):
        said = row.get("r", "")
        number = int(said) if said.isdecimal() and len(said) < 9 else number + 1
        is_flat = _is_nothing(row.get("ht"))
        if row.get("hidden") in _ON or is_flat or (by_default and row.get("hidden") is None and row.get("ht") is None):
            found.add(number)
    return frozenset(found)


def _hidden_columns(root: etree._Element) -> frozenset[int]:
    found: set[int] = set()
    for column in root.iterfind(f"{S}cols/{S}col"):
        if column.get("hidden") in _ON or _is_nothing(column.get("width")):
            first, last = (whole(column.get(key)) for key in ("min", "max"))
            found.update(range(first, min(last, _CHEAP) + 1))
    return frozenset(found)


def _is_nothing(size: str | None) -> bool:
    try:
        return size is not None and float(size) < 0.1
    except ValueError:
        return False


def _style(cell: Cell) -> int:
    said = cell.element.get("s", "0")
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def unseen_styles(styles: etree._Element | None) -> frozenset[int]:
    """Give the cell styles whose number format shows nothing at all."""
    if styles is None:
        return frozenset()
    formats = {
        each.get("numFmtId") for each in styles.iter(f"{S}numFmt") if _NO_LOOK.fullmatch(each.get("formatCode", ""))
    }
    looks = styles.findall(f"{S}cellXfs/{S}xf")
    return frozenset(number for number, look in enumerate(looks) if look.get("numFmtId") in formats)


def _inside(cell: Cell, areas: list[tuple[int, int, int, int]]) -> bool:
    return any(top <= cell.row <= bottom and left <= cell.column <= right for top, left, bottom, right in areas)


def _forget_filters(root: etree._Element) -> None:
    """Forget by which values rows are filtered: the values name what was hidden."""
    for each in list(root.iter(f"{S}filterColumn", f"{S}sortState")):
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
