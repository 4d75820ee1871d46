"""The fonts at hand: their folder, their name for Typst, and how wide each letter is."""

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from prongsai.documents.fonts.clusters import MARKS
from prongsai.errors import FileUnusable

HERE = Path(__file__).parent
METRICS = "metrics.json"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"  # shapers draw it as a space


@dataclass(frozen=True)
class Fonts:
    """A family of cluster fonts. regular, bold: the width of each character in ems; marks have none."""

    folder: Path
    family: str
    regular: dict[str, float]
    bold: dict[str, float]

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters that may stand alone: all the fonts have, save marks, which need their consonant."""
        return frozenset(self.regular.keys() & self.bold.keys()) - MARKS - {_SOFT_HYPHEN}

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Measure a text in points, without kerning."""
        widths = self.bold if bold else self.regular
        return size * sum(widths.get(char, 0.0) for char in text)


@lru_cache(maxsize=4)
def load(folder: Path | None) -> Fonts:
    """Load the shipped fonts, or those of an office that were made ready.

    Raises FileUnusable when the folder holds none that were.
    """
    folder = folder or HERE
    try:
        form = json.loads((folder / METRICS).read_text(encoding="utf-8"))
        widths = form["widths"]
        return Fonts(folder, form["family"], widths["Regular"], widths.get("Bold", widths["Regular"]))
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise FileUnusable(
            f"{folder} has no fonts made ready for PDF: {broken}",
            message_th=f"โฟลเดอร์ {folder} ไม่มีแบบอักษรที่เตรียมไว้สำหรับ PDF",
            mend_th=f"เตรียมด้วย python -m prongsai.documents.fonts.derive --from โฟลเดอร์แบบอักษร --to {folder}",
        ) from broken
