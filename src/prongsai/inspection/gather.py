"""All that an item discloses: the page behind its address, the documents it leads to, sub-pages of the same item.

One link deep, and no further than a person would go who follows the item and nothing else.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from prongsai.inspection import sayings
from prongsai.inspection.model import Facts, Link, Paper, Pile, Seen, WebPage
from prongsai.inspection.pages import page_of
from prongsai.inspection.papers import missing, paper_of, too_large

if TYPE_CHECKING:
    from prongsai.inspection.network import Session
    from prongsai.inspection.policy import Policy

PAPERS_MAX = 30
PAGES_MAX = 8
FEW_LINKS = 12  # a page with so few links in its content sends its reader on
_PAPER = re.compile(r"\.(?:pdf|docx?|xlsx?|xlsm|odt|ods|csv|zip|rtf|pptx?|jpe?g|png|gif|tiff?)$", re.IGNORECASE)
_GIVES_PAPER = re.compile(
    r"(?:download|getfile|openfile|attachment|viewfile|dl=|file_?id=|/files?/|export=download)", re.IGNORECASE
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|tiff?)$", re.IGNORECASE)
# Of what came: the file itself says it, with a better mend than that it does not open.
_SAID_BY_FILE = frozenset({"REACH_PASSWORD", "REACH_EMPTY"})
_PAGE = re.compile(r"(?:^|/)[^/.]*$|\.(?:html?|php|aspx?|jsp|cfm)$", re.IGNORECASE)


def is_page(content: bytes, media_type: str) -> bool:
    """Whether bytes are a web page."""
    if media_type.split(";")[0].strip().lower() in ("text/html", "application/xhtml+xml"):
        return not content.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff"))
    return content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def pile_from(
    address: str,
    page_bytes: bytes,
    papers: Sequence[tuple[str, bytes, str]],
    facts: Facts,
    today: date,
    *,
    headers: Mapping[str, str] | None = None,
    pages: Sequence[tuple[str, bytes]] = (),
) -> Pile:
    """Make the pile of bytes at hand. papers: name, bytes, media type; pages: address and bytes of sub-pages."""
    media_type = (headers or {}).get("content-type", "")
    if page_bytes and not is_page(page_bytes, media_type or "text/html"):
        own = paper_of(page_bytes, _name(address), address, media_type)
        return Pile(address, (), (own, *(_paper(each, address, ()) for each in papers)), facts, today)
    page = page_of(page_bytes, address, headers)
    more = tuple(page_of(content, at) for at, content in pages)
    links = [link for each in (page, *more) for link in each.links]
    return Pile(address, (page, *more), tuple(_paper(each, address, links) for each in papers), facts, today)


def _paper(given: tuple[str, bytes, str], address: str, links: Sequence[Link]) -> Paper:
    name, content, media_type = given
    at = next((link.address for link in links if _name(link.address) == name), urljoin(address, name))
    return paper_of(content, name, at, media_type)


def pile_of(
    address: str,
    *,
    policy: "Policy",
    facts: Facts,
    fetched: Mapping[str, Seen] | None = None,
    today: date | None = None,
    session: "Session | None" = None,
) -> Pile:
    """Open an address, the documents one link deep, and sub-pages of the same item. Raises nothing.

    fetched: what was opened already, by address; nothing of it is opened again. session: to share connections and
    turns with other looks.
    """
    day = today or getattr(policy, "today", None) or date.today()
    look = _looking(policy, session, fetched or {})
    seen = look(address)
    if _is_unusable(seen):
        return Pile(address, (), (_paper_seen(seen, address),), facts, day)
    if not seen.is_open or seen.content is None:
        problem = sayings.say("ITEM_NOT_OPEN", address)
        lost = Paper(
            address, _name(address), seen.media_type, seen.size or 0, None, "", problems=(problem, *seen.problems)
        )
        return Pile(address, (), (lost,), facts, day)
    if not is_page(seen.content, seen.media_type):
        return Pile(address, (), (_paper_seen(seen, address),), facts, day)
    page = _counted(page_of(seen.content, seen.final_address or address, seen.headers))
    pages: list[WebPage] = [page]
    papers: list[Paper] = []
    links = onward(page)
    for link in links:
        _follow(look(link), link, pages, papers)
    for link in dict.fromkeys(link for sub in pages[1:] for link in documents(sub)):
        if len(papers) >= PAPERS_MAX or link in links:
            continue
        _follow(look(link), link, [page] * PAGES_MAX, papers)
    return Pile(address, tuple(pages), tuple(papers[:PAPERS_MAX]), facts, day)


def _looking(policy: "Policy", session: "Session | None", known: Mapping[str, Seen]) -> Callable[[str], Seen]:
    """Give what opens an address that is not known yet; what comes is not kept here, it may be large."""

    def look(address: str) -> Seen:
        if address in known:
            return known[address]
        from prongsai.inspection import reach  # noqa: PLC0415  # reason: bytes at hand need no network

        return reach.look(address, policy=policy, session=session)

    return look


def _follow(seen: Seen, link: str, pages: list[WebPage], papers: list[Paper]) -> None:
    """Add what came from a link: a page, a document, or that nothing came of a document."""
    if _is_unusable(seen):
        if len(papers) < PAPERS_MAX:
            papers.append(_paper_seen(seen, link))
    elif seen.is_open and seen.content is None:
        papers.append(too_large(_name(link), link, seen.media_type, seen.size or 0))
    elif not seen.is_open or seen.content is None:
        if _is_paper(link) or _gives_paper(link):
            papers.append(missing(_name(link), link, seen.problems))
    elif is_page(seen.content, seen.media_type):
        if len(pages) <= PAGES_MAX:
            pages.append(page_of(seen.content, seen.final_address or link, seen.headers))
    elif len(papers) < PAPERS_MAX:
        papers.append(_paper_seen(seen, link))


def _is_unusable(seen: Seen) -> bool:
    """Whether a file came that nobody can open, for a reason that is in the file."""
    return seen.content is not None and any(problem.code in _SAID_BY_FILE for problem in seen.problems)


def _paper_seen(seen: Seen, address: str) -> Paper:
    return paper_of(seen.content or b"", _name(address), address, seen.media_type)


# Which links


def onward(page: WebPage) -> tuple[str, ...]:
    """Give the addresses that belong to the item of a page: its documents, and sub-pages of its own."""
    return tuple(dict.fromkeys((*documents(page), *sub_pages(page))))


def documents(page: WebPage) -> tuple[str, ...]:
    """Give the addresses of documents in the content of a page, at most PAPERS_MAX."""
    return _all_documents(page)[:PAPERS_MAX]


def _counted(page: WebPage) -> WebPage:
    """Give a page that says so when it leads to more documents than are opened."""
    if len(_all_documents(page)) <= PAPERS_MAX:
        return page
    return replace(page, problems=(*page.problems, sayings.say("ITEM_TOO_MUCH", page.address)))


def _all_documents(page: WebPage) -> tuple[str, ...]:
    links = [link.address for link in content_links(page)]
    framed = [frame for frame in page.frames if _is_paper(frame)]
    found = [one for one in (*links, *framed) if _is_paper(one) or _gives_paper(one)]
    return tuple(dict.fromkeys(found))


def content_links(page: WebPage) -> tuple[Link, ...]:
    """Give the links of a page that stand in its content and lead somewhere on the web."""
    menu = {id(link) for link in page.menu}
    return tuple(link for link in page.links if id(link) not in menu and link.address.startswith(("http:", "https:")))


def sub_pages(page: WebPage) -> tuple[str, ...]:
    """Give the addresses of pages that go on with the item: below its own address, or the few it leads to."""
    own = urlsplit(page.address)
    folder = own.path if own.path.endswith("/") else own.path.rpartition("/")[0] + "/"
    links = [
        link.address for link in content_links(page) if not _is_paper(link.address) and link.address != page.address
    ]
    same_host = [
        one for one in dict.fromkeys(links) if urlsplit(one).netloc == own.netloc and _PAGE.search(urlsplit(one).path)
    ]
    below = [one for one in same_host if len(folder) > 1 and urlsplit(one).path.startswith(folder)]
    few = same_host if len(same_host) <= FEW_LINKS else []
    return tuple(dict.fromkeys(one for one in (*below, *few) if not _is_home(one)))[:PAGES_MAX]


def _is_home(address: str) -> bool:
    return urlsplit(address).path in ("", "/", "/index.html", "/index.php", "/home", "/main")


def _is_paper(address: str) -> bool:
    return bool(_PAPER.search(urlsplit(address).path))


def _gives_paper(address: str) -> bool:
    parts = urlsplit(address)
    return bool(_GIVES_PAPER.search(f"{parts.path}?{parts.query}"))


def is_picture(address: str) -> bool:
    """Whether an address is that of a picture."""
    return bool(_PICTURE.search(urlsplit(address).path))


def _name(address: str) -> str:
    return PurePosixPath(unquote(urlsplit(address).path)).name or "index.html"


def unseen_documents(pile: Pile) -> Iterator[Link]:
    """Give the links to documents in the content of a pile's pages that are not in it."""
    held = {paper.address for paper in pile.papers}
    names = {paper.name for paper in pile.papers}
    for page in pile.pages:
        for link in content_links(page):
            if _is_paper(link.address) and link.address not in held and _name(link.address) not in names:
                yield link
