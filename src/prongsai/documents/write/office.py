"""What an office brings to its papers: its emblem and its fonts."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Office:
    """emblem: the bytes of the office's own image (PNG, JPEG or SVG), None for the neutral placeholder.

    fonts: a folder with the office's own TH Sarabun fonts made ready for PDF, None for the shipped font.
    """

    emblem: bytes | None = None
    fonts: Path | None = None
