"""What is wrong with the markers of a template, each at its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from prongsai.documents.read.docx.package import Element
from prongsai.documents.template.faults import fault
from prongsai.documents.template.marks import FILTERS, Mark, halves_of, is_alone, is_too_long, marks_of
from prongsai.documents.template.model import Found, Known, Sort
from prongsai.documents.template.tree import TBL, Group, Node, P, blocks_in, boxes_of, grouped, rows_in, text_of
from prongsai.errors import Problem, Where

EVIDENCE_MAX = 80
FAULTS_MAX = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands. story: body, head or foot of pages, in Thai."""

    file: str
    story: str
    line: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    is_body: bool = True

    @property
    def where(self) -> Where:
        """The place for machines."""
        return Where(self.file, self.line or None, None, self.table or None, self.row or None, self.column or None)

    def __str__(self) -> str:
        if self.table:
            return f"{self.story} ตารางที่ {self.table} แถวที่ {self.row} ช่องที่ {self.column}"
        return f"{self.story} ย่อหน้าที่ {self.line}"


@dataclass
class Checker:
    """Walks a template and collects its faults and the names that it uses."""

    known: Known
    problems: list[Problem] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)
    _tables: int = 0

    def story(self, root: Element, file: str, story: str, *, is_body: bool) -> None:
        """Look at the body, or at the head or foot of pages."""
        self._tables = 0
        self._blocks(list(blocks_in(root)), Place(file, story, is_body=is_body), {}, "")

    def _blocks(self, blocks: Sequence[Element], at: Place, aliases: dict[str, str], rows: str) -> None:
        places: dict[int, Place] = {}
        tables: dict[int, int] = {}
        for number, block in enumerate(blocks, 1):
            line = at if at.table else Place(at.file, at.story, number, is_body=at.is_body)
            places[id(block)] = line
            if block.tag == TBL:
                self._tables += 1
                tables[id(block)] = self._tables
        nodes, loose = grouped(blocks)
        for one in loose:
            self._note(
                f"TEMPLATE_ORDER_{one.why}",
                places[id(one.paragraph)],
                what=one.order.text,
                evidence=text_of(one.paragraph),
            )
        self._nodes(nodes, places, tables, aliases, rows)

    def _nodes(
        self,
        nodes: Sequence[Node],
        places: dict[int, Place],
        tables: dict[int, int],
        aliases: dict[str, str],
        rows: str,
    ) -> None:
        for node in nodes:
            if isinstance(node, Group):
                inner, within = self._group(node, places[id(node.start)], aliases, rows)
                self._nodes(node.nodes, places, tables, inner, within)
            elif node.tag == P:
                self._paragraph(node, places[id(node)], aliases, rows)
            else:
                self._table(node, places[id(node)], tables[id(node)], aliases, rows)

    def _group(self, group: Group, at: Place, aliases: dict[str, str], rows: str) -> tuple[dict[str, str], str]:
        order = group.order
        found = self._named(order.name, at, aliases, text_of(group.start))
        if found is None or order.verb == "if":
            return aliases, rows
        if rows:
            self._note("TEMPLATE_ROWS_NESTED", at, what=order.name)
        elif found.slot.sort is not Sort.ROWS or found.column:
            self._note("TEMPLATE_ROWS_OUTSIDE", at, what=order.name)
        return aliases | ({order.alias: found.slot.name} if order.alias else {}), found.slot.name

    def _table(self, table: Element, at: Place, number: int, aliases: dict[str, str], rows: str) -> None:
        for row_at, row in enumerate(rows_in(table), 1):
            own = self._rows_of(row, aliases)
            place = Place(at.file, at.story, at.line, number, row_at, 1, at.is_body)
            within = rows or next(iter(sorted(own)), "")
            if rows and own - {rows}:
                self._note("TEMPLATE_ROWS_NESTED", place, what=", ".join(sorted(own - {rows})))
            elif len(own) > 1:
                self._note("TEMPLATE_ROWS_MIXED", place, what=", ".join(sorted(own)))
            for column, cell in enumerate(rows_in(row), 1):
                here = Place(at.file, at.story, at.line, number, row_at, column, at.is_body)
                self._blocks(list(blocks_in(cell)), here, aliases, within)

    def _rows_of(self, row: Element, aliases: dict[str, str]) -> set[str]:
        found = (self._find(mark.name, aliases) for mark in marks_in_row(row))
        return {each.slot.name for each in found if each and each.column}

    def _paragraph(self, paragraph: Element, at: Place, aliases: dict[str, str], rows: str) -> None:
        text = text_of(paragraph)
        for half in halves_of(text):
            self._note("TEMPLATE_MARK_BROKEN", at, what=half, evidence=text)
        for mark in marks_of(text):
            self._mark(mark, text, at, aliases, rows)
        for box in boxes_of(paragraph):
            inside = Place(at.file, f"{at.story} กล่องข้อความใน", at.line, at.table, at.row, at.column, False)
            self._blocks(list(blocks_in(box)), inside, aliases, rows)

    def _mark(self, mark: Mark, text: str, at: Place, aliases: dict[str, str], rows: str) -> None:
        if is_too_long(mark):
            self._note("TEMPLATE_MARK_BROKEN", at, what=mark.name[:EVIDENCE_MAX])
            return
        for name in mark.filters:
            if name not in FILTERS:
                self._note("TEMPLATE_FILTER_UNKNOWN", at, what=name, near=" ".join(FILTERS), evidence=text)
        found = self._named(mark.name, at, aliases, text)
        if found is None:
            return
        if found.column and found.slot.name != rows:
            code = "TEMPLATE_ROWS_NESTED" if rows else "TEMPLATE_ROWS_OUTSIDE"
            self._note(code, at, what=mark.name, evidence=text)
        elif found.slot.sort is Sort.ROWS and not found.column:
            near = " ".join(f"{{{{ {found.slot.name}.{one.name} }}}}" for one in found.slot.columns[:3])
            self._note("TEMPLATE_COLUMN_MISSING", at, what=mark.name, near=near, evidence=text)
        elif found.slot.sort is Sort.BLOCKS and (not is_alone(text) or rows or at.table or not at.is_body):
            self._note("TEMPLATE_BLOCK_ALONE", at, what=mark.name, evidence=text)

    def _named(self, name: str, at: Place, aliases: dict[str, str], text: str) -> Found | None:
        found = self._find(name, aliases)
        if found is None:
            near = ", ".join(self.known.near(name[:EVIDENCE_MAX]))
            self._note("TEMPLATE_FIELD_UNKNOWN", at, what=name[:EVIDENCE_MAX], near=near, evidence=text)
        else:
            self.used[self.known.name_of(found)] = None
        return found

    def _find(self, name: str, aliases: dict[str, str]) -> Found | None:
        return self.known.find(unaliased(name, aliases))

    def _note(self, code: str, at: Place, *, near: str = "", evidence: str = "", **words: str) -> None:
        if len(self.problems) < FAULTS_MAX:
            made = fault(code, at.where, str(at), near=near, evidence=evidence.strip()[:EVIDENCE_MAX], **words)
            self.problems.append(made)


def unaliased(name: str, aliases: dict[str, str]) -> str:
    """Give a name whose row goes by another name in its loop."""
    head, dot, rest = name.partition(".")
    return f"{aliases[head]}.{rest}" if dot and head in aliases else name


def marks_in_row(row: Element) -> Iterator[Mark]:
    """Walk the fields of a table's row, those of tables inside it left out."""
    for cell in rows_in(row):
        for block in blocks_in(cell):
            if block.tag == P:
                yield from marks_of(text_of(block))
