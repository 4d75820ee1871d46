"""What stands at the address of a file that is withdrawn or erased: a file of the same type that says so.

A type whose extra package is not installed, and a type that we do not write, is held by plain words: an erased file
must go even where its notice cannot be pretty.
"""

import base64
import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from functools import lru_cache

from prongsai.documents.build import cell, paragraph, row, table
from prongsai.documents.model import Document, Setup, Style
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable
from prongsai.portal.addresses import suffix

Lines = tuple[str, ...]
"""The first is the title; none is empty."""


def notice(name: str, lines: Lines) -> bytes:
    """Give a notice as a file of the type that a name says. The same words give the same bytes."""
    return _notice(suffix(name), lines)


@lru_cache(maxsize=512)
def _notice(ending: str, lines: Lines) -> bytes:
    try:
        return _WRITERS.get(ending, _text)(lines)
    except (FileUnusable, ImportError):  # the extra "pdf" is not installed
        return _text(lines)


def _document(lines: Lines) -> Document:
    title, *others = lines
    blocks = (paragraph(title, Style.TITLE), *(paragraph(line, Style.PLAIN) for line in others))
    return Document(title, "composed", None, "", blocks, title=title, setup=Setup())


def _docx(lines: Lines) -> bytes:
    return render(_document(lines), "docx", Office())


def _xlsx(lines: Lines) -> bytes:
    rows = table(["ประกาศ"], [row(cell(line)) for line in lines])
    return render(Document(lines[0], "composed", None, "", (rows,), title=lines[0]), "xlsx", Office())


_TIMES = re.compile(rb"(?<=D:)\d{14}(?=Z)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=\+00:00)")
_IDS = re.compile(rb"[A-Za-z0-9+/]{22}==")


def _pdf(lines: Lines) -> bytes:
    """Give a PDF whose times and identifier come from its words: those of its making would differ every time."""
    identifier = base64.b64encode(hashlib.sha256("\n".join(lines).encode()).digest()[:16])
    made = render(_document(lines), "pdf", Office())
    made = _TIMES.sub(lambda found: b"2000-01-01T00:00:00" if b"-" in found[0] else b"20000101000000", made)
    return _IDS.sub(identifier, made)


def _picture(form: str) -> Callable[[Lines], bytes]:
    def draw(lines: Lines) -> bytes:
        import pypdfium2  # noqa: PLC0415  # reason: of the extra "pdf"
        from PIL import Image  # noqa: PLC0415, F401  # reason: as above; pypdfium2 hands its pictures over

        with pypdfium2.PdfDocument(_pdf(lines)) as paper:
            page = paper[0].render(scale=1.2).to_pil().convert("RGB")
        target = io.BytesIO()
        page.crop((0, 0, page.width, page.height // 2)).save(target, form)
        return target.getvalue()

    return draw


def _csv(lines: Lines) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows([line] for line in ("ประกาศ", *lines))
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _text(lines: Lines) -> bytes:
    return b"\xef\xbb\xbf" + ("\r\n".join(lines) + "\r\n").encode()


def _json(lines: Lines) -> bytes:
    return (json.dumps({"notice": lines}, ensure_ascii=False, indent=1) + "\n").encode()


def _zip(lines: Lines) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("notice.txt", (1980, 1, 1, 0, 0, 0)), _text(lines))
    return target.getvalue()


_WRITERS: dict[str, Callable[[Lines], bytes]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
    "txt": _text,
    "zip": _zip,
    "png": _picture("PNG"),
    "jpg": _picture("JPEG"),
    "jpeg": _picture("JPEG"),
    "webp": _picture("WEBP"),
    "gif": _picture("GIF"),
}
