"""A pile as rules look at it: passages with places, words folded so that spaces, digits and case do not matter."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from prongsai.documents.model import Document, Paragraph, Style, Table
from prongsai.errors import Where
from prongsai.inspection.gather import is_picture, unseen_documents
from prongsai.inspection.model import Paper, Picture, Pile, WebPage
from prongsai.thai.names import read_name, split_people
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import collapse, fold

HEAD_LINES = 14  # of a paper: where it says what it is
HEAD_LETTERS_MAX = 1_600
HEADING_LETTERS_MAX = 110
PICTURE_WORTH = 3  # times as much as little text: what a picture of a paper may say
LITTLE_TEXT = 220  # letters: with fewer, the content is its pictures
SHOWN_MAX = 70
_NUMBERING = re.compile(
    r"^(?:[•●▪◦\-–—*>]+|\(?(?:\d{1,2}|[ก-ฮa-z])(?:\.\d{1,2}){0,3}[.)]\)?|\d{1,2}(?:\.\d{1,2}){1,3}|ข้อ\d{1,2}\.?|ส่วนที่\d|บทที่\d|o\d{1,2}[.:]?)*"
)
_DECORATION = re.compile(
    r"logo|icon|banner|button|btn|arrow|sprite|spacer|facebook|line-|youtube|avatar|flag|ตราสัญลักษณ์|โลโก้|phone|fax|e-?mail|โทรศัพท์|โทรสาร|อีเมล"
    r"|/(?:head\.|(?:header|top|bg|menu|foot|footer|bar|line|bullet|new|hot)[-_\d]*\.)\w+",
    re.IGNORECASE,
)
_GUARDED = re.compile(
    r"drive\.google\.com|docs\.google\.com|1drv\.ms|onedrive|sharepoint|dropbox\.com|canva\.com|fliphtml5|anyflip|issuu|heyzine",
    re.IGNORECASE,
)
_MAPS = re.compile(
    r"(?:google\.[a-z.]+/maps|maps\.google|maps\.app\.goo|goo\.gl/maps|openstreetmap|longdo|bing\.com/maps|here\.com)",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"facebook\.com/plugins|youtube(?:-nocookie)?\.com/embed|youtu\.be|vimeo\.com|tiktok\.com/embed|googletagmanager"
    r"|recaptcha|doubleclick|addthis|sharethis|truehits|histats",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(
    r"^[\w() .-]*\.(?:jpe?g|png|gif|webp)$|^(?:img|image|dsc|photo|picture|scan|page|untitled)?[\d_() -]*$",
    re.IGNORECASE,
)
_DRAWING_WORDS = re.compile(r"ผัง|โครงสร้าง|ตาราง|แผนภูมิ|สถิติ|ขั้นตอน|flow|ป้าย|โปสเตอร์|poster")
_PAPER_WORDS = re.compile(r"ประกาศ|รายงาน|คำสั่ง|เอกสาร|หนังสือ|บันทึก|อินโฟ|infographic|แผ่นพับ|สื่อ|หน้าที่?\d|scan")


@dataclass(frozen=True, slots=True)
class Passage:
    """A line or a cell. is_link: nothing but the words of a link. is_head: a heading of its page."""

    text: str
    folded: str
    where: Where
    is_head: bool = False
    is_link: bool = False
    in_table: bool = False

    @property
    def bare(self) -> str:
        """Folded words without the numbering before them."""
        return _NUMBERING.sub("", self.folded)

    @property
    def is_short(self) -> bool:
        """Whether it is as short as headings are."""
        return len(self.folded) <= HEADING_LETTERS_MAX

    @property
    def shown(self) -> str:
        """The words as printed, cut short for a sentence."""
        words = collapse(self.text)
        return words if len(words) <= SHOWN_MAX else f"{words[:SHOWN_MAX]}…"


@dataclass(frozen=True, eq=False)
class Source:
    """A page or a paper of the pile."""

    address: str
    name: str
    title: str
    document: Document | None
    passages: tuple[Passage, ...]
    page: WebPage | None = None
    paper: Paper | None = None

    @cached_property
    def folded(self) -> str:
        """All words, a passage a line."""
        return "\n".join(passage.folded for passage in self.passages)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for passage in self.passages:
            starts.append(at)
            at += len(passage.folded) + 1
        return starts

    def at(self, offset: int) -> Passage:
        """Give the passage at a place of the folded words."""
        return self.passages[max(0, bisect_right(self._starts, offset) - 1)]

    def find(self, pattern: re.Pattern[str], *, links: bool = False) -> Iterator[Passage]:
        """Find the passages in which a pattern occurs; links: those that are nothing but links, too."""
        last = None
        for found in pattern.finditer(self.folded):
            passage = self.at(found.start())
            if passage is not last and (links or not passage.is_link):
                yield passage
            last = passage

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Its tables."""
        return tuple(self.document.tables()) if self.document else ()

    @cached_property
    def head(self) -> tuple[Passage, ...]:
        """Where it says what it is: of a page its title and headings, of a paper its title and first lines."""
        title = (_passage(self.title, Where(), is_head=True),) if self.title else ()
        if self.page is not None:
            return (*title, *(p for p in self.passages if p.is_head))
        found, letters = [], 0
        for passage in self.passages[:HEAD_LINES]:
            found.append(passage)
            letters += len(passage.folded)
            if letters > HEAD_LETTERS_MAX:
                break
        return (*title, *found)

    def where_th(self, where: Where) -> str:
        """Name a place: the page of a paper, the table and row."""
        parts: list[tuple[str, int | None]] = [("หน้า", where.page)] if where.page else []
        if where.table and not where.page:
            parts += [("ตาราง", where.table), ("แถว", where.row)]
        return " ".join(f"{name} {to_thai(str(number))}" for name, number in parts if number)

    @property
    def called(self) -> str:
        """How it is called in a sentence."""
        return f"ไฟล์ {self.name}" if self.paper else "หน้าเว็บ"


@dataclass(frozen=True, eq=False)
class View:
    """A pile, read."""

    pile: Pile
    sources: tuple[Source, ...]

    @classmethod
    def of(cls, pile: Pile) -> "View":
        """Read a pile."""
        pages = [_of_page(page) for page in pile.pages]
        papers = [_of_paper(paper) for paper in pile.papers if paper.document is not None]
        return cls(pile, (*pages, *papers))

    @property
    def pages(self) -> tuple[Source, ...]:
        """Its pages."""
        return tuple(source for source in self.sources if source.page is not None)

    @property
    def papers(self) -> tuple[Source, ...]:
        """Its papers that could be read."""
        return tuple(source for source in self.sources if source.paper is not None)

    @cached_property
    def letters(self) -> int:
        """How many letters of content there are."""
        return sum(len(source.folded) for source in self.sources)

    @cached_property
    def unseen(self) -> tuple[tuple[str, str], ...]:
        """Say what could hold an answer that no machine saw, with its address."""
        return tuple(_unseen(self.pile, self))

    def find(self, pattern: re.Pattern[str], *, links: bool = False) -> Iterator[tuple[Source, Passage]]:
        """Find passages in all sources."""
        for source in self.sources:
            for passage in source.find(pattern, links=links):
                yield source, passage

    def first(self, pattern: re.Pattern[str], *, links: bool = False) -> tuple[Source, Passage] | None:
        """Find the first passage."""
        return next(self.find(pattern, links=links), None)


def _passage(
    text: str, where: Where, *, is_head: bool = False, is_link: bool = False, in_table: bool = False
) -> Passage:
    return Passage(text, fold(text), where, is_head, is_link, in_table)


def _of_page(page: WebPage) -> Source:
    links = {fold(link.text) for link in page.links if link.text}
    passages = tuple(_passages(page.document, links))
    return Source(page.address, page.title or page.address, page.title, page.document, passages, page=page)


def _of_paper(paper: Paper) -> Source:
    assert paper.document is not None
    title = paper.document.title if len(paper.document.title) > 8 else ""
    return Source(
        paper.address, paper.name, title, paper.document, tuple(_passages(paper.document, set())), paper=paper
    )


def _passages(document: Document, links: set[str]) -> Iterator[Passage]:
    for block in document.printed:
        if isinstance(block, Paragraph):
            is_head = block.style in (Style.HEADING, Style.TITLE)
            folded = fold(block.text)
            yield Passage(block.text, folded, block.where, is_head, _NUMBERING.sub("", folded) in links and not is_head)
        else:
            yield from _cells(block, links)


def _cells(table: Table, links: set[str]) -> Iterator[Passage]:
    for row in table.rows:
        for cell in row.cells:
            if cell.covered or cell.is_empty:
                continue
            for line in cell.lines:
                if line.text:
                    folded = fold(line.text)
                    yield Passage(line.text, folded, cell.where, False, folded in links, True)


def _unseen(pile: Pile, view: View) -> Iterator[tuple[str, str]]:
    for paper in pile.papers:
        codes = {problem.code for problem in paper.problems}
        if codes & {"PAPER_SCANNED", "PAPER_PICTURE"}:
            yield f"{paper.name} เป็นภาพ เครื่องอ่านไม่ได้", paper.address
        elif "PAPER_PARTLY_SCANNED" in codes:
            yield f"{paper.name} มีหน้าที่เป็นภาพสแกน", paper.address
        elif "PAPER_GARBLED" in codes or (
            paper.document is None and not codes & {"PAPER_MISSING", "ITEM_NOT_OPEN", "PAPER_EMPTY"}
        ):
            yield f"{paper.name} เครื่องอ่านไม่ได้", paper.address
    for page in pile.pages:
        codes = {problem.code for problem in page.problems}
        if codes & {"PAGE_NEEDS_SCRIPT", "PAGE_CUT", "PAGE_GARBLED"}:
            yield "เนื้อหาของหน้าแสดงด้วยสคริปต์ ยาวเกิน หรืออ่านไม่ออก", page.address
        for frame in page.frames:
            if not _is_beside(frame) and not _is_held(frame, pile):
                yield "เนื้อหาอยู่ในกรอบที่ฝังมาจากที่อื่น", frame
        guarded = next((link for link in page.links if _GUARDED.search(link.address)), None)
        if guarded:
            yield "เอกสารอยู่ที่บริการฝากไฟล์ ซึ่งไม่ได้เปิดตรวจ", guarded.address
        if _is_all_pictures(page, view):
            yield "เนื้อหาของหน้าเป็นรูปภาพ", page.address
    link = next(unseen_documents(pile), None)
    if link:
        yield "มีเอกสารที่ลิงก์ไว้แต่ไม่ได้เปิดตรวจ", link.address


def _is_held(address: str, pile: Pile) -> bool:
    return any(paper.address == address for paper in pile.papers)


def _is_beside(frame: str) -> bool:
    """Whether a frame shows a map, a film or a wall of a social network, and no content of the item."""
    return "#" in frame or bool(_MAPS.search(frame) or _SHOWS.search(frame))


def _is_all_pictures(page: WebPage, view: View) -> bool:
    """Whether pictures may hold what is not said in words: of papers, or nearly alone on the page."""
    papers = sum(_is_of_paper(page.pictures[number]) for number in pictures_of(page))
    if papers and view.letters < LITTLE_TEXT * (1 + PICTURE_WORTH * papers):
        return True
    if view.letters >= LITTLE_TEXT:
        return False
    drawings = (page.pictures[number].alt for number in pictures_of(page))
    return any(_DRAWING_WORDS.search(fold(alt)) for alt in drawings) or any(
        is_picture(link.address) for link in page.links
    )


def _is_of_paper(picture: Picture) -> bool:
    """Whether a picture may be one of a paper: it says so, or says nothing and shows nobody by name."""
    if picture.alt and not _NO_WORDS.match(picture.alt):
        return bool(_PAPER_WORDS.search(fold(picture.alt)))
    return not any(read_name(word) for word in re.split(r"\s{2,}|\n", picture.near)) and not split_people(picture.near)


def pictures_of(page: WebPage) -> tuple[int, ...]:
    """Give the numbers of the pictures of a page that are no decoration."""
    return tuple(n for n, one in enumerate(page.pictures) if not _DECORATION.search(f"{one.address} {one.alt}"))


def is_map(address: str) -> bool:
    """Whether an address is that of a map."""
    return bool(_MAPS.search(address))
