"""Bytes of files, good and evil, made here."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from PIL import Image

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
PDF = (SAMPLES / "office" / "tracking-2567-disordered.pdf").read_bytes()
DOCX = (SAMPLES / "office" / "measures-report-2568-libreoffice.docx").read_bytes()
XLS = (SAMPLES / "office" / "indicator-plan-2567-libreoffice.xls").read_bytes()
ODS = (SAMPLES / "office" / "indicator-plan-2567-libreoffice.ods").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """Give a small picture."""
    kept = BytesIO()
    Image.new("RGB", size, "teal").save(kept, kind)
    return kept.getvalue()


def huge_png() -> bytes:
    """Give a picture of 20,000 × 20,000 points in a few kilobytes."""
    kept = BytesIO()
    Image.new("1", (20_000, 20_000)).save(kept, "PNG")
    return kept.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    """Give a zip of parts."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return kept.getvalue()


def office(part: str, **more: bytes) -> bytes:
    """Give a zip that looks like an office file with this main part."""
    return zipped({"[Content_Types].xml": b"<Types/>", part: b"<x/>"} | more)


def with_macro() -> bytes:
    """Give a Word file with a program inside."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>", "word/vbaProject.bin": b"\x00"})


def bomb() -> bytes:
    """Give a zip that unpacks to a thousand times its size."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"0" * 60_000_000})


def ole(*streams: str) -> bytes:
    """Give an old office file with these streams in its directory."""
    return OLE + b"\x00" * 500 + b"\x00\x00".join(stream.encode("utf-16-le") for stream in streams)
