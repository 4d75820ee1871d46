"""The files of the made-up municipality's public pages: what registers left, pictures, and papers composed here."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from prongsai.documents import build
from prongsai.documents.model import Block, Document, Style, Table
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.portal.model import BlockKind
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure import markup
from prongsai.web.disclosure.models import FileRole, Release
from prongsai.web.disclosure.services import pages
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.evidence.services import keep_file
from prongsai.web.operations.demo_samples import Sample
from prongsai.web.registers.models import PeriodClose

BY_MONTH = "purchases"  # the register of which an item shows every month of two quarters, as PDF and as a table
MONTHS = 6
MAYOR = {"th": "นายสมหมาย ใจกว้าง", "en": "Mr. Sommai Chaikwang"}
NO_GIFT = (
    ("no-gift-th", "th", "ประกาศเจตนารมณ์ No Gift Policy"),
    ("no-gift-en", "en", "No Gift Policy declaration"),
)


def attach(scope: Scope, release: Release, sample: Sample, folder: Path) -> None:
    """Show with a release what its sample names. folder: of the pictures."""
    for register in sample.head("evidence").split():
        for proof in _proofs(scope, register, int(sample.head("year")), sample.day("dated")):
            assert proof.file
            pages.attach(
                scope, release=release, file=proof.file, title=proof.title, role=_role(proof.file), evidence=proof
            )
    for name, text in _pictures(sample):
        file = keep_file(scope, name=name, content=(folder / name).read_bytes())
        title = name.removesuffix(".png")
        pages.attach(scope, release=release, file=file, title=title, role=FileRole.PICTURE, text=text)
    if title := sample.head("paper"):
        _attach_paper(scope, release, sample, title)
    if sample.head("papers") == "no-gift":
        _attach_no_gift(scope, release)


def _role(file: File) -> FileRole:
    return FileRole.TABLE if file.name.endswith(".xlsx") else FileRole.DOCUMENT


def _attach_paper(scope: Scope, release: Release, sample: Sample, title: str) -> None:
    paper = paper_of(sample)
    for kind in sample.head("forms").split() or ["pdf"]:
        shown = _tables_of(paper) if kind == "xlsx" else paper
        file = keep_file(scope, name=f"{title}.{kind}", content=render(shown, kind, Office()))
        pages.attach(scope, release=release, file=file, title=title, role=_role(file))


def _attach_no_gift(scope: Scope, release: Release) -> None:
    for form, language, title in NO_GIFT:
        kind = paper_kind(form)
        record = kind.sample()
        signed = replace(record, signer=replace(record.signer, name=MAYOR[language]))
        content = render(kind.compose(signed, USUAL), "pdf", Office())
        file = keep_file(scope, name=f"{form}.pdf", content=content)
        pages.attach(scope, release=release, file=file, title=title, role=FileRole.SIGNED, language=language)


def _proofs(scope: Scope, register: str, year_be: int, day: date | None) -> Iterator[Evidence]:
    """Give what closed periods of a register left: of the newest that had ended by a day, else of the newest at all."""
    found = PeriodClose.objects.filter(
        agency=scope.agency, register=register, fiscal_year_be=year_be, reopened_at=None
    ).order_by("starts_on", "pk")
    newest = (found.filter(ends_on__lte=day).last() if day else None) or found.last()
    by_month = register == BY_MONTH
    closes = list(found[:MONTHS]) if by_month else [newest] if newest else []
    suffixes = (".pdf", ".xlsx") if by_month else (".pdf",)
    for close in closes:
        kept = close.evidence.select_related("file").order_by("title")
        yield from (one for one in kept if one.file and one.file.name.endswith(suffixes))


def _pictures(sample: Sample) -> Iterator[tuple[str, str]]:
    for line in sample.body.splitlines():
        if line.startswith("!["):
            text, _, name = line.removeprefix("![").removesuffix(")").partition("](")
            yield name, text


def paper_of(sample: Sample) -> Document:
    """Compose what a page says as a paper."""
    title = sample.head("title")
    heads = (build.paragraph("เทศบาลตำบลบ้านสวนพลู", Style.TITLE), build.paragraph(title, Style.TITLE))
    blocks = (block for one in markup.read(sample.body) for block in _blocks(one))
    return Document("", "composed", None, "", (*heads, *blocks), title=title)


def _blocks(block: Mapping[str, Any]) -> Iterator[Block]:
    lines = block.get("lines", ())
    if block["kind"] == BlockKind.TABLE:
        head, *rows = block["rows"]
        yield build.table(head, [build.row(*row) for row in rows])
    elif block["kind"] == BlockKind.HEADING:
        yield from (build.paragraph(line, Style.HEADING) for line in lines)
    elif block["kind"] in (BlockKind.LIST, BlockKind.STEPS):
        yield from (build.paragraph(f"- {line}", Style.HANGING) for line in lines)
    elif block["kind"] == BlockKind.PARAGRAPH:
        yield from (build.paragraph(line) for line in lines)


def _tables_of(paper: Document) -> Document:
    return replace(paper, blocks=tuple(block for block in paper.blocks if isinstance(block, Table)))
