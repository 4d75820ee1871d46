"""One reader a format; each gives the same document model. Nothing in a document is executed or fetched."""

from pathlib import Path

from prongsai.documents.model import Document
from prongsai.documents.read.formats import format_of
from prongsai.documents.read.guard import read_guarded
from prongsai.documents.read.load import load
from prongsai.documents.read.text import read_text

__all__ = ["read_content", "read_document"]


def read_document(path: Path) -> Document:
    """Read a file of any known format into the document model.

    Raises FileUnusable when it is missing, empty, broken, under a password, or of an unknown encoding or format;
    LimitExceeded when too large.
    """
    return read_content(load(path), path.name)


def read_content(content: bytes, name: str) -> Document:
    """Read the bytes of a file that is already at hand. name: what places in it are called after.

    Text is read right here; every other format in a process that can be lost. Raises as read_document does.
    """
    kind = format_of(content, name)
    return read_text(content, name) if kind == "text" else read_guarded(content, name, kind)
