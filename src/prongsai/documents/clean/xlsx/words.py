"""Words and numbers in the cells that are shown: what belongs to a person in them is masked, with its looks kept."""

import re
from collections.abc import Iterator

from lxml import etree

from prongsai.documents.clean.model import Sweep, with_masks
from prongsai.documents.clean.words_xml import put
from prongsai.documents.clean.xlsx.cells import Cell, S, Strings, cells, freeze, say, text_of, words_of
from prongsai.privacy.patterns import Hit

_HEADS_ROWS_MAX = 30
_PHONE_HEAD = re.compile(r"โทร|มือถือ|เบอร์|phone|tel|mobile", re.IGNORECASE)
_LOST_ZERO = re.compile(r"[689][0-9]{8}|[2-7][0-9]{7}")


def sweep_cells(root: etree._Element, name: str, strings: Strings, sweep: Sweep) -> None:
    """Find and mask what belongs to a person in the cells of a sheet; a cell is read with the head of its column."""
    for cell, near in _with_heads(root, strings):
        where = f"แผ่นงาน {name} เซลล์ {cell.place}"
        text = text_of(cell, strings)
        hits = _hits(cell, text, near, where, sweep)
        index = strings.index(cell)
        if index is not None:
            strings.used.add(index)
        if not hits:
            pass
        elif index is not None:
            _mask_words(strings.items[index], hits)
        elif cell.element.get("t") == "inlineStr":
            _mask_words(cell.element, hits)
        else:
            say(cell, with_masks(text, hits))
        formula = cell.element.findtext(f"{S}f") or ""
        if formula and sweep.words(f"{where} (สูตร)", formula, near=near, hidden=True):
            freeze(cell)
    _sweep_boxes(root, name, strings, sweep)


def sweep_unused(strings: Strings, sweep: Sweep) -> None:
    """Empty the shared words that no cell shows any more; tell of those that none ever did."""
    unused = [index for index, item in enumerate(strings.items) if index not in strings.used and words_of(item).strip()]
    stray = [strings.items[index] for index in unused if index not in strings.known]
    empty_items([strings.items[index] for index in unused if index in strings.known])
    if stray and sweep.found("leftover", "ข้อความที่ไม่มีเซลล์ใดใช้", " | ".join(map(words_of, stray))):
        empty_items(stray)


def empty_items(items: list[etree._Element]) -> None:
    """Leave shared words in their place and without letters."""
    for item in items:
        for child in list(item):
            item.remove(child)
        etree.SubElement(item, f"{S}t")


def _hits(cell: Cell, text: str, near: str, where: str, sweep: Sweep) -> tuple[Hit, ...]:
    if cell.element.get("t", "n") == "n" and _LOST_ZERO.fullmatch(text) and _PHONE_HEAD.search(near):
        hits = sweep.words(where, f"0{text}", near=near)
        return tuple(Hit(hit.kind, 0, len(text), text, hit.masked) for hit in hits[:1])
    return sweep.words(where, text, near=near)


def _mask_words(element: etree._Element, hits: tuple[Hit, ...]) -> None:
    found = [each for each in element.iter(f"{S}t") if each.getparent().tag != f"{S}rPh"]
    put([(each, each.text or "") for each in found], hits)
    for spoken in list(element.iter(f"{S}rPh", f"{S}phoneticPr")):
        element.remove(spoken)


def _with_heads(root: etree._Element, strings: Strings) -> Iterator[tuple[Cell, str]]:
    """Give each cell with the head of its column and what stands to its left."""
    heads: dict[int, str] = {}
    row, left = 0, ""
    for cell in cells(root):
        left = left if cell.row == row else ""
        row = cell.row
        yield cell, f"{heads.get(cell.column, '')} {left}"
        text = text_of(cell, strings)
        if text and not re.search("[0-9๐-๙]{4}", text):
            left = text[-60:]
            if row <= _HEADS_ROWS_MAX and cell.element.get("t") in {"s", "inlineStr", "str"}:
                heads[cell.column] = left


def _sweep_boxes(root: etree._Element, name: str, strings: Strings, sweep: Sweep) -> None:
    """Mask a number that stands in a row of cells with one digit each."""
    for row in root.iterfind(f"{S}sheetData/{S}row"):
        own = [Cell(0, 0, each) for each in row.iterfind(f"{S}c")]
        digits = [(cell, text_of(cell, strings).strip()) for cell in own] if len(own) >= 9 else []
        text = "".join(f"{said} " if len(said) == 1 and said.isdecimal() else "/ " for _, said in digits)
        for hit in sweep.words(f"แผ่นงาน {name} แถว {row.get('r', '')}", text) if digits else ():
            for cell, _ in digits[hit.start // 2 : hit.end // 2 + 1]:
                say(cell, "x")
