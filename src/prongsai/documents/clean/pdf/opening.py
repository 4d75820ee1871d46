"""Opening and saving with pikepdf: every fault named, and the same bytes for the same file."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prongsai.documents.read.refusals import broken, over_limit, under_password
from prongsai.errors import FileUnusable

PAGES_MAX = 2_000
OBJECTS_MAX = 500_000


@contextmanager
def opened(content: bytes, name: str) -> Iterator[Any]:
    """Open a PDF to be changed.

    Raises FileUnusable when it is broken, under a password or pikepdf is missing; LimitExceeded over PAGES_MAX pages.
    """
    pikepdf = library(name)
    try:
        with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted and not pdf.allow.modify_other:
                raise under_password(name)
            _check(pdf, name)
            yield pdf
    except pikepdf.PasswordError as reason:
        raise under_password(name) from reason
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, IndexError, AttributeError) as reason:
        raise broken(name, f"it is no whole PDF: {reason}") from reason


def saved(pdf: Any) -> bytes:
    """Give the file as one revision with what is in reach only, its streams packed."""
    target = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(target, compress_streams=True, deterministic_id=True, encryption=False)
    return target.getvalue()


def library(name: str) -> Any:
    """Give the module pikepdf. Raises FileUnusable when it is not installed."""
    try:
        import pikepdf  # noqa: PLC0415  # reason: an extra
    except ModuleNotFoundError as missing:
        raise FileUnusable(
            f"{name}: cleaning PDF needs the package pikepdf",
            message_th=f"ยังตรวจ PDF ({name}) ไม่ได้ เพราะไม่ได้ติดตั้ง pikepdf",
            mend_th='ติดตั้งด้วย pip install "prongsai[pdf]"',
        ) from missing
    return pikepdf


def text_in(value: Any) -> str:
    """Give the words of a string object, empty for anything else."""
    pikepdf = library("")
    return str(value) if isinstance(value, pikepdf.String) else ""


def dictionaries(pdf: Any) -> Iterator[Any]:
    """Walk every dictionary of a file, those of streams too, also those inside others."""
    pikepdf = library("")
    seen: set[tuple[int, int]] = set()
    waiting = [pdf.trailer]
    while waiting:
        each = waiting.pop()
        if each.objgen != (0, 0):
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
        if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
            yield each
            children = [each.get(key) for key in list(each.keys())]
        elif isinstance(each, pikepdf.Array):
            children = list(each)
        else:
            continue
        waiting += [one for one in children if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array))]


def _check(pdf: Any, name: str) -> None:
    if not len(pdf.pages):
        raise broken(name, "it has no pages")
    if len(pdf.pages) > PAGES_MAX:
        raise over_limit(name, f"มี {len(pdf.pages):,} หน้า", f"{PAGES_MAX:,} หน้า")
    if len(pdf.objects) > OBJECTS_MAX:
        raise over_limit(name, f"มีวัตถุ {len(pdf.objects):,} ชิ้น", f"{OBJECTS_MAX:,} ชิ้น")
