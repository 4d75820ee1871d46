"""Words of persons on the pages of a PDF: told page by page, masked where they stand, and looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2

from prongsai.documents.clean.model import Leak, Sweep
from prongsai.documents.clean.pdf.letters import Box, Letters, opened_for_letters
from prongsai.documents.clean.pdf.opening import opened, saved
from prongsai.documents.clean.pdf.overlay import Mask, lay_over, make_picture
from prongsai.documents.clean.pdf.shows import CannotMask, Editor
from prongsai.documents.clean.signatures import SIGNATURE
from prongsai.documents.read.refusals import broken
from prongsai.privacy.patterns import Hit

_SIGNED_NEAR = 70.0  # points between the words and a picture of a signature
_SIGNED_HEIGHT_MAX = 150.0
_DIFFERS = 60  # of 255: from which a pixel is another one
_DIFFERS_MAX = 12  # pixels that may be, at the edges of letters
_AROUND = 3.0


@dataclass(slots=True)
class PageHits:
    """What is to be masked on a page. hidden: hits that nobody sees; scanned: those over a picture of themselves."""

    index: int
    seen: list[Hit] = field(default_factory=list)
    hidden: list[Hit] = field(default_factory=list)
    is_scanned: bool = False

    @property
    def all(self) -> list[Hit]:
        """Give all hits of the page."""
        return self.seen + self.hidden


def tell_pages(content: bytes, name: str, sweep: Sweep) -> list[PageHits]:
    """Tell of what belongs to a person on each page, and of pictures by a line to sign; gives what is to be masked."""
    found = []
    document = opened_for_letters(content, name)
    try:
        for index in range(len(document)):
            letters = _letters(document, index, name)
            try:
                page = _tell_page(letters, index, sweep)
                _tell_signatures(letters, sweep)
            finally:
                letters.close()
            if page.all:
                found.append(page)
    finally:
        document.close()
    return found


def mask_pages(content: bytes, name: str, pages: Sequence[PageHits], sweep: Sweep) -> bytes:
    """Mask hits on their pages; a page where that fails becomes a picture, which is said."""
    if not pages:
        return content
    document = opened_for_letters(content, name)
    try:
        new, failed = _masked(content, name, pages, document)
        failed |= _still_there(new, name, [page for page in pages if page.index not in failed], document, sweep)
        if failed:
            new = _drawn(new, name, [page for page in pages if page.index in failed], document)
            told = ", ".join(str(index + 1) for index in sorted(failed))
            sweep.note(f"หน้า {told} ถูกวาดเป็นรูปพร้อมแถบปิด จึงค้นหาข้อความในหน้านั้นไม่ได้")
    finally:
        document.close()
    return new


def _letters(document: pypdfium2.PdfDocument, index: int, name: str) -> Letters:
    try:
        return Letters(document, index)
    except pypdfium2.PdfiumError as reason:
        raise broken(name, f"page {index + 1} does not open") from reason


def _tell_page(letters: Letters, index: int, sweep: Sweep) -> PageHits:
    page = PageHits(index)
    for hit in sweep.personal(letters.text):
        places = range(hit.start, hit.end)
        is_seen = letters.are_seen(places)
        page.is_scanned |= is_seen and letters.is_invisible(hit.start)
        for each in sweep.one(f"หน้า {letters.number}", hit, hidden=not is_seen):
            (page.seen if is_seen else page.hidden).append(_shortened(each))
    return page


def _shortened(hit: Hit) -> Hit:
    """Leave out of a hit what its mask ends with too."""
    text, mask = hit.text, hit.masked
    same = 0
    while len(text) != len(mask) and same < min(len(text), len(mask)) and text[-1 - same] == mask[-1 - same]:
        same += 1
    return replace(hit, end=hit.end - same, text=text[: len(text) - same], masked=mask[: len(mask) - same])


def _tell_signatures(letters: Letters, sweep: Sweep) -> None:
    signs = list(SIGNATURE.finditer(letters.text))
    for picture in letters.pictures() if signs else ():
        if picture[3] - picture[1] > _SIGNED_HEIGHT_MAX:
            continue
        near = next((sign for sign in signs if _distance(letters.box(sign.start()), picture) < _SIGNED_NEAR), None)
        if near:
            text = letters.text[near.start() : near.start() + 80]
            sweep.say(Leak("signature", sweep.at(f"หน้า {letters.number}"), " ".join(text.split())))


def _distance(one: Box, other: Box) -> float:
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    upright = max(one[1] - other[3], other[1] - one[3], 0.0)
    return max(across, upright)


def _masked(
    content: bytes, name: str, pages: Sequence[PageHits], document: pypdfium2.PdfDocument
) -> tuple[bytes, set[int]]:
    """Take letters out and set masks; gives the file and the pages on which that cannot be done."""
    failed = {page.index for page in pages if page.is_scanned}
    with opened(content, name) as pdf:
        masks: dict[int, list[Mask]] = {}
        for page in pages:
            letters = _letters(document, page.index, name)
            try:
                gone = frozenset(place for hit in page.all for place in range(hit.start, hit.end))
                if page.index not in failed:
                    Editor(pdf, letters, gone).edit(pdf.pages[page.index])
                    masks[page.index] = [mask for hit in page.seen for mask in _masks(hit, letters)]
            except CannotMask:
                failed.add(page.index)
            finally:
                letters.close()
        lay_over(pdf, name, masks)
        return saved(pdf), failed


def _masks(hit: Hit, letters: Letters) -> list[Mask]:
    """Give the masks of a hit: letter for letter as it stands, line by line, or one where it begins."""
    runs = _runs(hit, letters)
    is_even = len(hit.masked) == hit.end - hit.start
    made = []
    for number, (start, end) in enumerate(runs):
        text = hit.masked[start - hit.start : end - hit.start] if is_even else "" if number else hit.masked
        if not text.strip():
            continue
        x, y = letters.origin(start)
        size, _, angle = letters.scale(start)
        width = letters.box(end - 1)[2] - x if abs(angle) < 0.01 else 0.0
        made.append(Mask(text, x, y, size, width, angle, letters.colour(start)))
    return made


def _runs(hit: Hit, letters: Letters) -> list[tuple[int, int]]:
    """Give the stretches of a hit that stand on one line each."""
    runs: list[tuple[int, int]] = []
    line = None
    for place in range(hit.start, hit.end):
        if letters.text[place].isspace() or letters.text[place] in "\r\n\x02":
            continue
        baseline = round(letters.origin(place)[1])
        if runs and line is not None and abs(baseline - line) <= 1:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
        line = baseline
    return runs


def _still_there(
    content: bytes, name: str, pages: Sequence[PageHits], before: pypdfium2.PdfDocument, sweep: Sweep
) -> set[int]:
    """Give the pages on which something to be masked is still read, or which look otherwise beside the masks."""
    failed = set()
    after = opened_for_letters(content, name)
    try:
        for page in pages:
            old, new = _letters(before, page.index, name), _letters(after, page.index, name)
            try:
                left = [hit for hit in sweep.personal(new.text) if hit.kind in sweep.kinds]
                if left or _looks_other(old, new, page):
                    failed.add(page.index)
            finally:
                old.close()
                new.close()
    finally:
        after.close()
    return failed


def _looks_other(old: Letters, new: Letters, page: PageHits) -> bool:
    from PIL import ImageDraw  # noqa: PLC0415  # reason: an extra

    one, other = old.drawn(1.0), new.drawn(1.0)
    if one.size != other.size:
        return True
    for picture in (one, other):
        pen = ImageDraw.Draw(picture)
        for box in _boxes(page, old):
            wider = (box[0] - _AROUND, box[1] - _AROUND, box[2] + _AROUND, box[3] + _AROUND)
            pen.rectangle(old.on_picture(wider, picture), fill=0)
    return max(_strays(one, other), _strays(other, one)) > _DIFFERS_MAX


def _strays(one: Any, other: Any) -> int:
    """Count the pixels of a picture unlike all around their place in another: letters may shift by a hair."""
    from PIL import ImageChops, ImageFilter  # noqa: PLC0415  # reason: an extra

    darker = ImageChops.subtract(other.filter(ImageFilter.MinFilter(3)), one)
    lighter = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3)))
    return int(sum(ImageChops.lighter(darker, lighter).histogram()[_DIFFERS:]))


def _boxes(page: PageHits, letters: Letters) -> list[Box]:
    """Give the boxes of the lines of all hits of a page; a mask longer than its hit may stand over."""
    found = []
    for hit in page.all:
        for start, end in _runs(hit, letters):
            boxes = [letters.box(place) for place in range(start, end)]
            sides: tuple[Any, ...] = tuple(zip(*boxes, strict=True))
            found.append((min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])))
    return found


def _drawn(content: bytes, name: str, pages: Sequence[PageHits], document: pypdfium2.PdfDocument) -> bytes:
    with opened(content, name) as pdf:
        for page in pages:
            letters = _letters(document, page.index, name)
            try:
                make_picture(pdf, letters, _boxes(page, letters))
            finally:
                letters.close()
        return saved(pdf)
