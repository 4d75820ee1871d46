"""One writer a format; each takes the document model and gives bytes. A file is written whole or not at all."""

import importlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from prongsai.documents.model import Document
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable, Problem

SUFFIXES = {".docx": "docx", ".pdf": "pdf", ".html": "html", ".xlsx": "xlsx", ".txt": "text"}


def write_document(document: Document, path: Path, office: Office | None = None) -> tuple[Problem, ...]:
    """Write a document in the format that the suffix of a path names; what stood there stays until it is whole.

    Gives what could not be printed. Raises FileUnusable for a suffix that no writer has, or a format whose packages are
    not installed.
    """
    return write_all(document, [path], office)


def write_all(document: Document, paths: Sequence[Path], office: Office | None = None) -> tuple[Problem, ...]:
    """Write a document in several formats: all are made before the first is saved. Raises as write_document does."""
    office = office or Office()
    made = [render(document, format_for(path), office) for path in paths]
    for content, path in zip(made, paths, strict=True):
        save(content, path)
    kinds = dict.fromkeys(map(format_for, paths))
    return tuple(problem for kind in kinds for problem in problems_of(document, kind, office))


def format_for(path: Path) -> str:
    """Give the writer of a suffix. Raises FileUnusable for one that there is none for."""
    if path.suffix.lower() in SUFFIXES:
        return SUFFIXES[path.suffix.lower()]
    raise FileUnusable(
        f"{path.name}: no writer for {path.suffix or 'a name without suffix'}",
        message_th=f"ไม่รู้จักชนิดไฟล์ปลายทาง {path.name}",
        mend_th=f"ตั้งชื่อให้ลงท้ายด้วย {' '.join(SUFFIXES)}",
    )


def render(document: Document, kind: str, office: Office) -> bytes:
    """Give the bytes of a document in a format. Raises FileUnusable when its packages are not installed."""
    content = _writer(kind).render(document, office)
    assert isinstance(content, bytes)
    return content


def problems_of(document: Document, kind: str, office: Office) -> tuple[Problem, ...]:
    """Give what a format cannot print of a document: in a PDF, what its font lacks."""
    problems = getattr(_writer(kind), "problems", None)
    return tuple(problems(document, office)) if problems else ()


def _writer(kind: str) -> ModuleType:
    try:
        return importlib.import_module(f"prongsai.documents.write.{kind}")
    except ModuleNotFoundError as missing:
        raise FileUnusable(
            f"writing {kind} needs the package {missing.name}",
            message_th=f"ยังเขียน {kind.upper()} ไม่ได้ เพราะไม่ได้ติดตั้ง {missing.name}",
            mend_th=f'ติดตั้งด้วย pip install "prongsai[{kind}]"',
        ) from missing


def save(content: bytes, path: Path) -> None:
    """Put bytes in a file through a neighbour, so that a power cut leaves the old file or the new one, never half."""
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
