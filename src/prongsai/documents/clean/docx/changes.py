"""Tracked changes: accepted, so that the file reads as its last writer saw it, and nothing of before is kept.

ECMA-376 part 1 §17.13.5 (revisions).
"""

from lxml import etree

from prongsai.documents.clean.model import Sweep

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_STAYS = frozenset(f"{W}{name}" for name in ("ins", "moveTo"))
_FORMER = frozenset(
    f"{W}{name}"
    for name in (
        *("rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "tcPrChange", "trPrChange", "sectPrChange"),
        *("tblGridChange", "numberingChange", "cellIns", "cellMerge"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
        *("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
        *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    )
)
_IN_PROPERTIES = frozenset(f"{W}{name}" for name in ("rPr", "trPr"))
_MARKS = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))


def accept_changes(root: etree._Element, sweep: Sweep, where: str) -> None:
    """Tell of every tracked change with its author and former words, and accept it."""
    changes = [each for each in root.iter() if each.tag in _GONE | _STAYS | _FORMER | {f"{W}cellDel"}]
    taken = [_told(change, sweep, where) for change in changes]  # every one is told, also behind one that stays
    if not all(taken):
        return
    for row in [row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is not None]:
        _remove(row)
    for cell in [cell for cell in root.iter(f"{W}tc") if cell.find(f"{W}tcPr/{W}cellDel") is not None]:
        _empty(cell)
    _join_paragraphs(root)
    for change in changes:
        parent = change.getparent()
        if parent is None:
            continue
        if change.tag in _STAYS and parent.tag not in _IN_PROPERTIES:
            _unwrap(change)
        else:
            parent.remove(change)


def _told(change: etree._Element, sweep: Sweep, where: str) -> bool:
    words = "".join(each.text or "" for each in change.iter(f"{W}delText", f"{W}delInstrText", f"{W}t"))
    is_visible = change.tag in _STAYS
    author = change.get(f"{W}author", "")
    return sweep.found("change", where, f"{author}: {words}" if author else words, look_inside=not is_visible)


def _join_paragraphs(root: etree._Element) -> None:
    """Join each paragraph whose end was deleted with the one after it, which gives the two their setting."""
    for paragraph in list(root.iter(f"{W}p")):
        marks = paragraph.find(f"{W}pPr/{W}rPr")
        if marks is None or not any(mark.tag in _GONE for mark in marks):
            continue
        after = paragraph.getnext()
        own = [child for child in paragraph if child.tag != f"{W}pPr"]
        if after is None or after.tag != f"{W}p":
            if not any(child.tag not in _GONE for child in own) and _has_sibling(paragraph):
                _remove(paragraph)
            continue
        start = 1 if after.find(f"{W}pPr") is not None else 0
        for place, child in enumerate(own):
            after.insert(start + place, child)
        _remove(paragraph)


def _has_sibling(paragraph: etree._Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and len(parent.findall(f"{W}p")) > 1


def _empty(cell: etree._Element) -> None:
    """Leave a deleted cell in its place without words: without it the table would shift."""
    for each in list(cell.iter(f"{W}r")):
        _remove(each)
    for each in list(cell.iter(f"{W}cellDel")):
        _remove(each)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)
