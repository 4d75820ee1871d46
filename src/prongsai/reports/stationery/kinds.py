"""Each kind of paper on an office's own Word file: fields, check, fill, starting template, sample."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from prongsai.documents.model import Block, Document, NewPage, Panel, Setup
from prongsai.documents.plain import plain
from prongsai.documents.template.faults import fault
from prongsai.documents.template.fill import check_template, fill_template
from prongsai.documents.template.model import Check, Said, Slot, Sort, TemplateUnfit, Value, Values
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import Where
from prongsai.reports.catalogue import PaperKind, paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.reports.stationery import papers
from prongsai.reports.stationery.fed import Fed, blocks
from prongsai.reports.stationery.forms import of_form

EXAMPLE_MAX = 90
CONTENT, CONTENT_TH = "content", "เอกสารทั้งฉบับตามแบบของระบบ (สำหรับกระดาษหัวจดหมาย)"
_MADE = {"memo": papers.memo, "letter": papers.letter, "announcement": papers.announcement}


@dataclass(frozen=True)
class Stationery:
    """The fields of a kind and how a record fills them. start: the blocks of a template to start from, in our layout.

    Beside the fields of the record, ``content`` is the whole paper as the program sets it.
    """

    name: str
    title_th: str
    fed: tuple[Fed, ...]
    start: tuple[Block, ...]
    setup: Setup = Setup()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The fields that a template may hold."""
        return (*(one.slot for one in self.fed), blocks(CONTENT, CONTENT_TH, lambda _: ()).slot)

    def values(self, record: Any, document: Document) -> Values:
        """Print every field of a record. document: the paper composed of it."""
        found: dict[str, Value] = {one.slot.name: one.value(record) for one in self.fed}
        return found | {CONTENT: whole(document)}

    def check(self, content: bytes, name: str) -> Check:
        """Say what is wrong with a template. Raises FileUnusable, LimitExceeded."""
        return check_template(content, name, self.slots)

    def fill(self, content: bytes, name: str, record: Any, document: Document, office: Office | None = None) -> bytes:
        """Put a record into a template; the panel of who signed stands at the end where it has no place of its own.

        Raises TemplateUnfit, also for a secret paper that the template would not mark; FileUnusable, LimitExceeded.
        """
        used = self.check(content, name).used
        if document.setup.secrecy and "secrecy" not in used:
            raise TemplateUnfit(name, [fault("TEMPLATE_SECRECY", Where(file=name))])
        tail = () if CONTENT in used else tuple(one for one in document.blocks if isinstance(one, Panel))
        values = self.values(record, document)
        return fill_template(content, name, self.slots, values, title=document.title, office=office, tail=tail)

    def starting(self, office: Office | None = None) -> bytes:
        """Give a Word file in our own layout that holds the markers, to be changed in Word."""
        setup = replace(self.setup, names=())
        document = Document("", "composed", None, "", self.start, title=f"แม่แบบ {self.title_th}", setup=setup)
        return render(document, "docx", office or Office())

    def exemplified(self, record: Any, document: Document) -> tuple[Slot, ...]:
        """Give the fields with what a sample record prints there."""
        values = self.values(record, document)
        return tuple(_with_example(slot, values[slot.name]) for slot in self.slots)


def whole(document: Document) -> tuple[Block, ...]:
    """Give the blocks of a paper, the way its first page lies said before them."""
    return (NewPage(document.setup.orientation, document.setup.cover), *document.blocks)


def _with_example(slot: Slot, value: Value) -> Slot:
    if isinstance(value, Said):
        return replace(slot, example=_short(value))
    if slot.sort is Sort.ROWS and value:
        first: Any = value[0]
        columns = tuple(replace(one, example=_short(first[one.name])) for one in slot.columns)
        return replace(slot, columns=columns)
    return slot


def _short(said: Said) -> str:
    text = "" if said.is_empty else " / ".join(said.lines)
    return text if len(text) <= EXAMPLE_MAX else f"{text[:EXAMPLE_MAX]}…"


def recognised(kind: str, document: Document) -> Any:
    """Give the records of a composed paper.

    Raises TemplateUnfit when it holds more than its records say: then no template could give all of it.
    """
    found = paper_kind(kind)
    record, _problems = found.recognise(plain(document))
    if found.compose(record, USUAL).blocks != document.blocks:
        raise TemplateUnfit(document.title, [fault("TEMPLATE_PAPER", Where())])
    return record


@lru_cache(maxsize=64)
def stationery_of(kind: str) -> Stationery:
    """Give the fields of a kind of paper. Raises UnknownPaper."""
    found = paper_kind(kind)
    fed, start = _made(found)
    setup = Setup()
    if found.paper is not None:
        paper = found.paper
        setup = Setup(paper.orientation, paper.edge.language, thai_digits=paper.edge.thai_digits, mark=paper.mark)
    return Stationery(kind, found.title_th, tuple(fed), tuple(start), setup)


def _made(kind: PaperKind) -> tuple[Sequence[Fed], Sequence[Block]]:
    if kind.paper is not None:
        return of_form(kind.paper)
    return _MADE.get(kind.name, papers.report)()
