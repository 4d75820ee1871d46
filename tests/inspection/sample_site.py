"""The samples of the made-up municipality's public pages as an assessor meets them: rendered, with their papers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from prongsai.documents.build import paragraph, row, table
from prongsai.documents.model import Block as PaperBlock
from prongsai.documents.model import Document, Style
from prongsai.documents.write import render
from prongsai.documents.write.office import Office as Letterhead
from prongsai.frameworks.model import Item
from prongsai.inspection.gather import pile_from
from prongsai.inspection.model import Facts, Pile
from prongsai.portal.model import Asset, Block, BlockKind, Entry, FormLink, Office, Page, Release, Site, Standing
from prongsai.portal.model import Document as Published
from prongsai.portal.render import page_html
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.web.disclosure import markup
from prongsai.web.operations.demo_samples import Sample, samples

FOLDER = Path(__file__).parents[2] / "samples" / "site"
NAME, HEAD = "เทศบาลตำบลบ้านสวนพลู", "นายสมหมาย ใจกว้าง"
FACTS = Facts(NAME, "ลพบุรี", HEAD, (HEAD, "นายวิเชียร รอบรู้"), "0-3600-0000", True)
TODAY = date(2026, 4, 20)
HOST = "https://www.suanphlu.example"
FORMS = tuple(
    FormLink(key, key, f"https://app.suanphlu.example/05160101/send/{key}/")
    for key in ("questions", "service", "complaint", "corruption")
)
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
}
MONTHS = ("ตุลาคม 2568", "พฤศจิกายน 2568", "ธันวาคม 2568", "มกราคม 2569", "กุมภาพันธ์ 2569", "มีนาคม 2569")
HEADS = ("ลำดับ", "งานที่จัดซื้อหรือจัดจ้าง", "วงเงิน (บาท)", "ราคากลาง (บาท)", "วิธีซื้อหรือจ้าง", "ผู้เสนอราคา", "ผู้ได้รับการคัดเลือก")
ROW = ("1", "จ้างซ่อมเครื่องสูบน้ำ", "18,500", "18,500", "เฉพาะเจาะจง", "ร้านสวนพลูการช่าง", "ร้านสวนพลูการช่าง 18,500")


@lru_cache(maxsize=1)
def _samples() -> Mapping[str, Sample]:
    return {sample.name: sample for sample in samples(FOLDER)}


def sample_of(key: str) -> Sample:
    return _samples()[key]


def disclosed(item: Item) -> Pile:
    """Give the pile of an item: its page as it is published, its pictures and papers beside it."""
    sample = sample_of(item.key)
    files = [*_pictures(sample), *_papers(sample)]
    path = f"2569/{item.key}"
    page = Page(path, "item", sample.heads["title"], (_release(sample, files),), code=item.code, year_be=2569)
    office = Office(NAME, "05160101", phone=FACTS.phone)
    entry = Entry(path, "item", page.title, "", lambda: page, code=item.code, year_be=2569)
    html = page_html(Site(office, "", entries=(entry,), forms=FORMS), page).encode()
    papers = [(name, content, TYPES[name.rpartition(".")[2]]) for name, content, role, *_ in files if role != "picture"]
    return pile_from(f"{HOST}/{path}/", html, papers, FACTS, TODAY)


File = tuple[str, bytes, str, str, str]


def _release(sample: Sample, files: list[File]) -> Release:
    year = sample.head("year")
    return Release(
        1,
        Standing.CURRENT,
        sample.heads["title"],
        summary=sample.head("summary"),
        body=tuple(map(_block, markup.read(sample.body))),
        documents=tuple(
            Published(_asset(name, content), name.rpartition(".")[0], role, text, language)
            for name, content, role, text, language in files
        ),
        content_year_be=int(year) if year else None,
        document_date=sample.day("dated"),
        published_at=datetime(2026, 4, 3, 3, 0, tzinfo=UTC),
    )


def _block(said: Mapping[str, Any]) -> Block:
    rows = tuple(map(tuple, said.get("rows", ())))
    return Block(BlockKind(said["kind"]), tuple(said.get("lines", ())), rows, said.get("address", ""))


def _asset(name: str, content: bytes) -> Asset:
    media_type = TYPES[name.rpartition(".")[2]]
    return Asset(name, media_type, len(content), hashlib.sha256(content).hexdigest(), lambda: content)


def _pictures(sample: Sample) -> Iterator[File]:
    for one in markup.read(sample.body):
        if one["kind"] == BlockKind.PICTURE:
            name = one["address"]
            yield name, (FOLDER / "pictures" / name).read_bytes(), "picture", one["lines"][0], "th"


def _papers(sample: Sample) -> Iterator[File]:
    if title := sample.head("paper"):
        paper = _paper(sample)
        for kind in sample.head("forms").split() or ["pdf"]:
            shown = replace(paper, blocks=tuple(paper.tables())) if kind == "xlsx" else paper
            yield f"{title}.{kind}", render(shown, kind, Letterhead()), "document", "", "th"
    if sample.head("papers") == "no-gift":
        for form, language in (("no-gift-th", "th"), ("no-gift-en", "en")):
            kind = paper_kind(form)
            record = kind.sample()
            signer = replace(record.signer, name=HEAD if language == "th" else "Mr. Sommai Chaikwang")
            paper = kind.compose(replace(record, signer=signer), USUAL)
            yield f"{form}.pdf", render(paper, "pdf", Letterhead()), "signed", "", language
    if sample.head("evidence") == "purchases":
        for number, month in enumerate(MONTHS, 1):
            title = f"สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน{month}"
            blocks = (paragraph(title, Style.TITLE), paragraph(NAME), table(list(HEADS), [row(*ROW)]))
            for ending in ("pdf", "xlsx") if number in (1, len(MONTHS)) else ("xlsx",):
                paper = render(Document("", "composed", None, "", blocks, title=title), ending, Letterhead())
                yield f"สขร1-{number}.{ending}", paper, "document", "", "th"


def _paper(sample: Sample) -> Document:
    title = sample.heads["title"]
    heads = (paragraph(NAME, Style.TITLE), paragraph(title, Style.TITLE))
    return Document(
        "", "composed", None, "", (*heads, *(b for one in markup.read(sample.body) for b in _printed(one))), title=title
    )


def _printed(said: Mapping[str, Any]) -> Iterator[PaperBlock]:
    if said["kind"] == BlockKind.TABLE:
        head, *rows = said["rows"]
        yield table(head, [row(*cells) for cells in rows])
    elif said["kind"] == BlockKind.HEADING:
        yield from (paragraph(line, Style.HEADING) for line in said["lines"])
    elif said["kind"] in (BlockKind.LIST, BlockKind.STEPS):
        yield from (paragraph(f"- {line}", Style.HANGING) for line in said["lines"])
    elif said["kind"] == BlockKind.PARAGRAPH:
        yield from (paragraph(line) for line in said["lines"])
