"""Papers of the made-up municipality for the content site, made with the project's own writers, and ways to spoil them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache

from prongsai.documents.build import paragraph, row, table
from prongsai.documents.model import Block, Document, Style
from prongsai.documents.write import render
from prongsai.documents.write.office import Office

OWN, HEAD, PROVINCE = "เทศบาลตำบลบ้านสวนพลู", "นายสมหมาย ใจกว้าง", "ลพบุรี"
Part = str | tuple[Sequence[str], Sequence[Sequence[str]]]


@lru_cache(maxsize=256)
def paper(kind: str, *parts: Part) -> bytes:
    """Write a paper: a first line as its title, lines, and tables given as heads and rows. kind: pdf, docx, xlsx."""
    blocks: list[Block] = []
    for number, part in enumerate(parts):
        if isinstance(part, str):
            blocks.append(paragraph(part, Style.TITLE if number == 0 else Style.PLAIN))
        else:
            heads, rows = part
            blocks.append(table(list(heads), [row(*cells) for cells in rows]))
    title = parts[0] if isinstance(parts[0], str) else ""
    return render(Document("paper", "composed", None, "", tuple(blocks), (), title), kind, Office())


def scanned(content: bytes) -> bytes:
    """Give a PDF as a scanner makes it: pictures of its pages."""
    import pypdfium2

    pages = [page.render(scale=0.7).to_pil().convert("L") for page in pypdfium2.PdfDocument(content)]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def turned(content: bytes, degrees: int = 90) -> bytes:
    """Give a PDF whose pages lie sideways."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            page.Rotate = degrees
        document.save(out)
    return out.getvalue()


def locked(content: bytes) -> bytes:
    """Give a PDF under a password."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out, encryption=pikepdf.Encryption(user="2569", owner="2569"))
    return out.getvalue()


def page(title: str, body: str, *, head: str = "") -> bytes:
    """Give a page with the menus and foot that every page of the made-up website has; no word in them is content."""
    return f"""<!doctype html><html lang="th"><head><meta charset="utf-8"><title>{title} | {OWN}</title>{head}</head><body>
<header><a href="/"><img src="/img/logo.png" alt="ตราเทศบาล"></a></header>
<nav class="main-menu"><ul><li><a href="/">หน้าแรก</a></li><li><a href="/plan/">แผนพัฒนา ยุทธศาสตร์</a></li>
<li><a href="/laws/">กฎหมาย</a></li><li><a href="/vision/">วิสัยทัศน์ พันธกิจ</a></li><li><a href="/advice/">ข้อเสนอแนะ</a></li>
<li><a href="/obstacles/">ปัญหาและอุปสรรค</a></li><li><a href="/fees/">ค่าธรรมเนียม</a></li></ul></nav>
<main><h1>{title}</h1>{body}</main>
<footer><p>สงวนลิขสิทธิ์ {OWN}</p></footer></body></html>""".encode()


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give a table of a page."""
    top = "".join(f"<th>{head}</th>" for head in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
