"""Read one PDF in a process of its own: bytes on standard input, what was found as JSON on standard output.

pdfium is compiled, and the file came from anywhere: what it does to this process is nobody's loss.
"""

import contextlib
import json
import math
import sys
from collections import Counter
from typing import Any

from prongsai.documents.wire import dumps
from prongsai.errors import FileUnusable

try:
    import resource
except ImportError:  # Windows has no such limit; size, count and time limits remain
    resource = None  # type: ignore[assignment]

CHARACTERS_LOOKED_AT = 120
PAGES_LOOKED_AT = 400
SIDEWAYS_SHARE_MIN = 0.6
SCAN_SHARE_MIN = 0.4  # of the page


def main(name: str, memory_bytes_max: int) -> None:
    """Answer with the document, or why there is none, and with what a reader of the pages sees."""
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes_max, memory_bytes_max))
    content = sys.stdin.buffer.read()
    answer: dict[str, Any] = {"document": None, "refusal": None, "pages": 0}
    try:
        from prongsai.documents.read import pdf  # noqa: PLC0415  # reason: pypdfium2 is an extra

        answer |= _pages(content)
        answer["document"] = json.loads(dumps(pdf.read(content, name)))
    except FileUnusable as refusal:
        answer["refusal"] = [type(refusal).__name__, str(refusal), refusal.message_th]
    except ModuleNotFoundError as missing:
        answer["refusal"] = ["ModuleNotFoundError", str(missing), ""]
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode("ascii"))


def _pages(content: bytes) -> dict[str, Any]:
    import pypdfium2  # noqa: PLC0415  # reason: an extra, and 30 ms

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return {}
    turned, doubtful, pictured = [], [], []
    count = len(document)
    for index in range(min(count, PAGES_LOOKED_AT)):
        try:
            page = document[index]
            direction = _direction(page)
            pictures = _pictures(page)
        except pypdfium2.PdfiumError:
            continue
        number = index + 1
        if direction is not None and (page.get_rotation() // 90 + direction) % 4:
            turned.append(number)
        if direction is None and any(share >= SCAN_SHARE_MIN for share in pictures) and page.get_rotation() % 360:
            doubtful.append(number)
        if pictures:
            pictured.append(number)
        page.close()
    document.close()
    return {"pages": count, "turned": turned, "doubtful": doubtful, "pictured": pictured}


def _direction(page: Any) -> int | None:
    """Give how most of the text of a page runs, in clockwise quarter turns of the unturned page; None without text."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # reason: as above

    textpage = page.get_textpage()
    count = textpage.count_chars()
    step = max(1, count // CHARACTERS_LOOKED_AT)
    seen: Counter[int] = Counter()
    for index in range(0, count, step):
        if pdfium.FPDFText_GetUnicode(textpage, index) > 0x20:
            angle = pdfium.FPDFText_GetCharAngle(textpage, index)
            if angle >= 0:
                seen[round(angle / (math.pi / 2)) % 4] += 1
    textpage.close()
    if sum(seen.values()) < 5:
        return None
    most, times = seen.most_common(1)[0]
    return most if times >= SIDEWAYS_SHARE_MIN * sum(seen.values()) else 0


def _pictures(page: Any) -> list[float]:
    """Give the share of the page that each of its pictures takes."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # reason: as above

    width, height = page.get_size()
    shares = []
    for found in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = found.get_bounds()
        shares.append(abs((right - left) * (top - bottom)) / max(width * height, 1.0))
    return shares


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
