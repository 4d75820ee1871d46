"""Values into the paragraphs of a template, in one pass: what is put in is never looked at again."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from prongsai.documents.model import Block
from prongsai.documents.read.docx.package import W14, Element, W
from prongsai.documents.template.checking import marks_in_row, unaliased
from prongsai.documents.template.marks import FILTERS, Mark, marks_of
from prongsai.documents.template.model import Item, Known, Said, Sort, Value, Values
from prongsai.documents.template.tree import (
    TBL,
    TC,
    Group,
    Node,
    P,
    blocks_in,
    boxes_of,
    grouped,
    make,
    remove,
    rows_in,
    text_of,
    texts_of,
)
from prongsai.documents.write.docx.xml import without_controls
from prongsai.errors import LimitExceeded
from prongsai.thai.text import has_thai

COPIES_MAX = 50_000  # cells and paragraphs that rows are repeated into
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AFTER_CS = frozenset(f"{W}{name}" for name in ("em", "lang", "eastAsianLayout", "specVanish", "oMath"))
_AFTER_LANG = frozenset(f"{W}{name}" for name in ("eastAsianLayout", "specVanish", "oMath"))
_ONCE = (f"{W14}paraId", f"{W14}textId")
_NOTHING = Said((), "", True)

PutBlocks = Callable[[Element, Sequence[Block]], None]


@dataclass
class Filler:
    """Fills one part of a template. put_blocks: puts ready blocks before a paragraph."""

    known: Known
    values: Values
    put_blocks: PutBlocks
    copies: int = 0
    _aliases: dict[str, str] = field(default_factory=dict)

    def container(self, container: Element, rows: str = "", item: Item | None = None) -> None:
        """Fill body, cell, box, head or foot."""
        self._blocks(list(blocks_in(container)), rows, item or {})

    def _blocks(self, blocks: Sequence[Element], rows: str, item: Item) -> None:
        self._nodes(grouped(blocks)[0], rows, item)

    def _nodes(self, nodes: Sequence[Node], rows: str, item: Item) -> None:
        for node in nodes:
            if isinstance(node, Group):
                self._group(node, rows, item)
            elif node.tag == TBL:
                self._table(node, rows, item)
            else:
                self._paragraph(node, rows, item)

    def _group(self, group: Group, rows: str, item: Item) -> None:
        inside = list(group.start.itersiblings())
        inside = inside[: inside.index(group.end)]
        if group.order.verb == "for":
            self._repeat(group, inside)
        elif self._is_there(group.order.name, rows, item) != group.order.negated:
            self._nodes(group.nodes, rows, item)
        else:
            for each in inside:
                _take_out(each)
        remove(group.start)
        remove(group.end)

    def _repeat(self, group: Group, inside: Sequence[Element]) -> None:
        name, alias = self._slot_of(group.order.name), group.order.alias
        self._aliases |= {alias: name} if alias else {}
        for item in self._items(name):
            copies = [_copied(each) for each in inside]
            self._count(len(copies))
            for each in copies:
                group.end.addprevious(each)
            self._blocks([each for each in copies if each.tag in (P, TBL)], name, item)
        for each in inside:
            _take_out(each)
        self._aliases.pop(alias, None)

    def _table(self, table: Element, rows: str, item: Item) -> None:
        for row in list(rows_in(table)):
            name = self._rows_of(row)
            if not name or name == rows:
                for cell in rows_in(row):
                    self.container(cell, rows, item)
                continue
            for each in self._items(name):
                copy = _copied(row)
                row.addprevious(copy)
                cells = list(rows_in(copy))
                self._count(len(cells))
                for cell in cells:
                    self.container(cell, name, each)
            _parent_of(row).remove(row)
        if not any(True for _ in rows_in(table)):
            _take_out(table)

    def _count(self, number: int) -> None:
        self.copies += number
        if self.copies > COPIES_MAX:
            raise LimitExceeded(
                f"the rows would fill more than {COPIES_MAX} cells",
                message_th=f"รายการมากเกินกว่าที่แม่แบบรับได้ ({COPIES_MAX:,} ช่อง)",
                mend_th="ใช้ {{ content }} แทนตารางของแม่แบบ หรือแยกเอกสารเป็นหลายฉบับ",
            )

    def _paragraph(self, paragraph: Element, rows: str, item: Item) -> None:
        text, in_cell = text_of(paragraph), _parent_of(paragraph).tag == TC
        marks = marks_of(text)
        for box in boxes_of(paragraph):
            self.container(box, rows, item)
        if not marks:
            return
        if len(marks) == 1 and text.strip() == text[marks[0].start : marks[0].end]:
            self._alone(paragraph, marks[0], self._value(marks[0], item), in_cell)
            return
        said = [self._said(mark, item) for mark in marks]
        if all(one.is_empty for one in said) and not in_cell and not _besides(text, marks):
            remove(paragraph)
        else:
            put(paragraph, [(mark, one.words) for mark, one in zip(marks, said, strict=True)])

    def _alone(self, paragraph: Element, mark: Mark, value: Value, in_cell: bool) -> None:
        if not isinstance(value, Said):
            self.put_blocks(paragraph, value)  # type: ignore[arg-type]
            remove(paragraph)
            return
        said = _filtered(value, mark)
        if said.is_empty and not in_cell and "dash" not in mark.filters:
            remove(paragraph)
            return
        lines = said.lines or ("",)
        for line in lines[:-1]:
            copy = _copied(paragraph)
            _without_section(copy)
            paragraph.addprevious(copy)
            self._count(1)
            put(copy, [(mark, line)])
        put(paragraph, [(mark, lines[-1])])

    def _said(self, mark: Mark, item: Item) -> Said:
        value = self._value(mark, item)
        return _filtered(value, mark) if isinstance(value, Said) else _NOTHING

    def _value(self, mark: Mark, item: Item) -> Value:
        found = self.known.find(unaliased(mark.name, self._aliases))
        if found is None:
            return _NOTHING
        if found.column:
            return item.get(found.column.name, _NOTHING)
        return self.values.get(found.slot.name, () if found.slot.sort is Sort.BLOCKS else _NOTHING)

    def _is_there(self, name: str, rows: str, item: Item) -> bool:
        value = self._value(Mark(0, 0, name, ()), item)
        found = self.known.find(unaliased(name, self._aliases))
        if found and found.slot.sort is Sort.ROWS and not found.column:
            return bool(self._items(found.slot.name))
        return not value.is_empty if isinstance(value, Said) else bool(value)

    def _slot_of(self, name: str) -> str:
        found = self.known.find(name)
        return found.slot.name if found else ""

    def _items(self, name: str) -> Sequence[Item]:
        value = self.values.get(name, ())
        return () if isinstance(value, Said) else tuple(one for one in value if isinstance(one, Mapping))

    def _rows_of(self, row: Element) -> str:
        found = (self.known.find(unaliased(mark.name, self._aliases)) for mark in marks_in_row(row))
        return next((each.slot.name for each in found if each and each.column), "")


def _filtered(said: Said, mark: Mark) -> Said:
    for name in mark.filters:
        said = FILTERS[name](said) if name in FILTERS else said
    return said


def _besides(text: str, marks: Sequence[Mark]) -> bool:
    """Whether a paragraph says anything beside its fields; signs between them are nothing."""
    rest, at = "", 0
    for mark in marks:
        rest, at = rest + text[at : mark.start], mark.end
    return any(each.isalnum() for each in rest + text[at:])


def put(paragraph: Element, changes: Sequence[tuple[Mark, str]]) -> None:
    """Put words where markers stand, in the run in which each marker begins."""
    texts = texts_of(paragraph)
    starts, at = [], 0
    for each in texts:
        starts.append(at)
        at += len(each.text or "")
    for mark, words in sorted(changes, key=lambda pair: -pair[0].start):
        is_first = True
        for each, start in zip(texts, starts, strict=True):
            old = each.text or ""
            end = start + _length(texts, starts, each, at)
            if end <= mark.start or start >= mark.end:
                continue
            low, high = max(mark.start - start, 0), min(mark.end, end) - start
            inner = without_controls(words) if is_first else ""
            each.text = old[:low] + inner + old[high:]
            each.set(_SPACE, "preserve")
            if is_first and has_thai(inner):
                _speak_thai(each)
            is_first = False


def _length(texts: Sequence[Element], starts: Sequence[int], each: Element, total: int) -> int:
    """Give how long a text was before anything was put in: markers are worked on from the last to the first."""
    place = next(number for number, one in enumerate(texts) if one is each)
    return (starts[place + 1] if place + 1 < len(starts) else total) - starts[place]


def _speak_thai(text: Element) -> None:
    """Mark the run as Thai, and let Thai letters look as the marker did: Word keeps their font and size apart."""
    run = text.getparent()
    if run is None or run.tag != f"{W}r":
        return
    found = run.find(f"{W}rPr")
    if found is None:
        found = etree.Element(f"{W}rPr")
        run.insert(0, found)
    fonts = found.find(f"{W}rFonts")
    if fonts is not None and fonts.get(f"{W}ascii") and not (fonts.get(f"{W}cs") or fonts.get(f"{W}cstheme")):
        fonts.set(f"{W}cs", fonts.get(f"{W}ascii", ""))
    for latin, thai in (("b", "bCs"), ("i", "iCs"), ("sz", "szCs")):
        one = found.find(f"{W}{latin}")
        if one is not None and found.find(f"{W}{thai}") is None:
            twin = etree.Element(f"{W}{thai}", dict(one.attrib))
            one.addnext(twin)
    _before(found, "cs", _AFTER_CS)
    _before(found, "lang", _AFTER_LANG).set(f"{W}bidi", "th-TH")


def _before(properties: Element, name: str, after: frozenset[str]) -> Element:
    """Give a property, made in its place in the order of the schema when there is none."""
    there = properties.find(f"{W}{name}")
    if there is not None:
        return there
    made = make(name, properties)
    later = next((each for each in properties if each.tag in after), None)
    if later is not None and later is not made:
        later.addprevious(made)
    return made


def _copied(element: Element) -> Element:
    """Copy an element without the marks that may stand in a file only once."""
    copy = deepcopy(element)
    for each in copy.iter():
        for name in _ONCE:
            each.attrib.pop(name, None)
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for each in list(copy.iter(f"{W}{tag}")):
            _parent_of(each).remove(each)
    return copy


def _without_section(paragraph: Element) -> None:
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    if section is not None:
        _parent_of(section).remove(section)


def _parent_of(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _take_out(element: Element) -> None:
    """Take any element away; a cell keeps a paragraph."""
    if element.tag == P:
        remove(element)
        return
    parent = _parent_of(element)
    parent.remove(element)
    if parent.tag == TC and not len(parent.findall(P)):
        make("p", parent)
