"""One reader a format; each gives the same document model. Nothing in a document is executed or fetched."""

from pathlib import Path

from prongsai.documents.model import Document
from prongsai.documents.read.text import read_content, read_text

__all__ = ["read_content", "read_document", "read_text"]


def read_document(path: Path) -> Document:
    """Read a file into the document model.

    Raises FileUnusable when it is missing, empty, of an unknown encoding or format; LimitExceeded when too large.
    """
    return read_text(path)
