"""Which page of a site answers which item, told by titles, headings, words of links, codes and years.

A proposal, never a verdict: it says how sure it is and by which words, and a person takes it or not.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Protocol
from urllib.parse import unquote, urlsplit

from lxml import etree
from rapidfuzz import fuzz

from prongsai.errors import ProngsaiError
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework, Item
from prongsai.inspection import charset, markup, years
from prongsai.inspection.addresses import BadAddress, joined
from prongsai.inspection.book import Book, book_of
from prongsai.inspection.gather import is_page
from prongsai.inspection.model import Link, Proposal, Seen
from prongsai.thai.numerals import find_item_codes, to_arabic
from prongsai.thai.text import fold

SURE_MIN = 0.35
PER_ITEM_MAX = 4
TEXT_MAX, HEAD_MAX = 260, 160
NAME_MIN = 5  # letters of a name that is looked for inside other words
LIKENESS_MIN = 86
_YEARS = re.compile(
    r"(?:ประจำ)?(?:ปีงบประมาณ|ปี)?(?:พ\.?ศ\.?)?25\d\d(?:[-–]25\d\d)?|\b20[2-4]\d\b|\.(?:pdf|docx?|xlsx?|php|html?)\b|ประจำปี(?:งบประมาณ)?"
)
_CODE = re.compile(r"(?:ข้อ)?(?:oit)?\(?[o○〇]\s?0?\d{1,2}\)?[.:)\]_-]*|^ข้อ(?:ที่)?\d{1,2}[.:)_-]*|^\(?\d{1,2}[.:)_-]+")
_BIDS = re.compile(r"ดาวน์โหลด|คลิก(?:ที่นี่)?|ดูรายละเอียด|รายละเอียด|อ่านเพิ่มเติม|เพิ่มเติม|ไฟล์แนบ|download|click(?:here)?|readmore")
_PLAIN_CODE = re.compile(r"(?:^|\s)(?:ข้อ|ตัวชี้วัดที่|OIT)\s?(?:ที่\s?)?([1-9]|[1-4]\d)(?=$|[\s.:)])", re.IGNORECASE)
_FIRST_YEAR_KNOWN, _LAST_YEAR_KNOWN = 2560, 2599


class Walk(Protocol):
    """A site that was walked: pages by address, clicks from home, and the links that lead to each."""

    @property
    def pages(self) -> Mapping[str, Seen]:
        """What came back from each address."""

    @property
    def clicks(self) -> Mapping[str, int]:
        """How many clicks each address is away from home."""

    @property
    def ways(self) -> Mapping[str, tuple[Link, ...]]:
        """The links that lead from home to each address."""

    def find(self, address: str) -> str | None:
        """The address under which it knows an address."""


@dataclass(slots=True)
class _Place:
    """An address that may answer something: all the words by which it goes, those of its own title marked."""

    address: str
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Hit:
    sureness: float
    why: str


def proposals(framework: Framework, walk: Walk) -> tuple[Proposal, ...]:
    """Propose for each item of a framework the pages and documents of a site that may answer it, the surest first."""
    book = book_of(framework.kind)
    names = _names(framework, book)
    found: dict[str, list[tuple[float, Proposal]]] = defaultdict(list)
    for place in _places(walk).values():
        for key, hit in _answers(place, framework, names).items():
            item = framework.item_by_key(key)
            if item and hit.sureness >= SURE_MIN:
                clicks = walk.clicks.get(place.address, 9)
                steps = walk.ways.get(place.address, ())
                one = Proposal(key, item.code, place.address, round(min(hit.sureness, 0.99), 2), hit.why, tuple(steps))
                found[key].append((hit.sureness - 0.005 * clicks, one))
    return tuple(
        one
        for item in framework.items
        for _, one in sorted(found[item.key], key=lambda each: (-each[0], each[1].address))[:PER_ITEM_MAX]
    )


# Names


def _names(framework: Framework, book: Book) -> dict[str, tuple[str, ...]]:
    """Give all names of each item, folded, without codes and years, the longest first."""
    return {item.key: tuple(sorted(set(_of_item(item, book)), key=len, reverse=True)) for item in framework.items}


def _of_item(item: Item, book: Book) -> Iterator[str]:
    for name in (fold(item.title_th), *book.aliases.get(item.key, ())):
        bare = _bare(name)
        if len(bare) >= 3:
            yield bare


def _bare(folded: str) -> str:
    folded = _BIDS.sub("", folded)
    return re.sub(r"[\"“”'()\[\]:•.\-–—_/]", "", _YEARS.sub("", _CODE.sub("", folded)))


# Places


def _places(walk: Walk) -> dict[str, _Place]:
    """Give every address of the site and where it leads, with the words of titles, headings and links."""
    places: dict[str, _Place] = {}
    for address, seen in walk.pages.items():
        place = places.setdefault(address, _Place(address))
        if seen.content is None or not is_page(seen.content, seen.media_type):
            _add(place, unquote(urlsplit(address).path).rpartition("/")[2], "ชื่อไฟล์")
            continue
        root = markup.parsed(charset.decoded(seen.content, seen.headers).text.replace("\x00", ""))
        if root is None:
            continue
        title = markup.some_words(root.find(".//title"))
        _add(place, title, "ชื่อหน้า")
        heads = list(map(markup.some_words, islice(root.iter("h1", "h2"), 3)))
        for head in heads:
            _add(place, head, "หัวข้อ")
        about = " ".join((title, *heads[:2]))
        for link, head in _named_links(root, seen.final_address or address):
            at = _known(link.address, walk)
            other = places.setdefault(at, _Place(at))
            _add(other, link.text, "ลิงก์", about)
            if head and not _says_item(link.text):
                _add(other, f"{head} {link.text}", "ลิงก์ใต้หัวข้อ", about)
    return places


def _known(address: str, walk: Walk) -> str:
    """Give an address as the walk writes it: percent-encoded, with or without ``www.`` as it was met first."""
    with suppress(BadAddress):
        address = joined(address, "")
    return walk.find(address) or address


def _add(place: _Place, words: str, how: str, about: str = "") -> None:
    text = " ".join(words.split())[:TEXT_MAX]
    if text:
        place.words.setdefault(f"{text}\n{about[:120]}", how)


def _says_item(text: str) -> bool:
    return bool(find_item_codes(text))


def _named_links(root: etree._Element, address: str) -> Iterator[tuple[Link, str]]:
    """Give the links of a page with the heading that they stand under."""
    head = ""
    pairs = list(markup.links_of(root, address))  # kept: an element that nobody holds loses its identity
    links = {id(element): link for link, element in pairs}
    for each in root.iter("h1", "h2", "h3", "h4", "h5", "h6", "summary", "button", "a", "area"):
        if each.tag in ("a", "area"):
            link = links.get(id(each))
            if link and link.address.startswith(("http:", "https:")):
                yield link, head
        else:
            head = markup.some_words(each, HEAD_MAX)[:HEAD_MAX] or head


# Answers


def _answers(place: _Place, framework: Framework, names: Mapping[str, tuple[str, ...]]) -> dict[str, _Hit]:
    """Say which items a place may answer: the best of all its words."""
    best: dict[str, _Hit] = {}
    hows: dict[str, set[str]] = defaultdict(set)
    for both, how in place.words.items():
        text, _, about = both.partition("\n")
        for key, hit in _told_by(text, about, framework, names).items():
            hows[key].add(how)
            if key not in best or hit.sureness > best[key].sureness:
                best[key] = _Hit(hit.sureness, f"{how} “{text[:70]}”{hit.why}")
    # said by its own title and by a link: surer
    return {key: _Hit(hit.sureness + (0.06 if len(hows[key]) > 1 else 0), hit.why) for key, hit in best.items()}


def _told_by(text: str, about: str, framework: Framework, names: Mapping[str, tuple[str, ...]]) -> dict[str, _Hit]:
    folded = fold(text)
    core = _bare(folded)
    spans = years.labelled(folded) or _bare_years(folded)
    spans_about = years.labelled(fold(about)) or _bare_years(fold(about))
    coded = _coded(text, spans or spans_about, framework)
    found: dict[str, tuple[float, str]] = {}
    for key, known in names.items():
        score, name = _likeness(core, known)
        if key in coded:
            score = max(score, 0.35) * 0.3 + 0.68
            name = name or coded[key]
        if score:
            found[key] = score, name
    hits: dict[str, _Hit] = {}
    for key, (score, name) in found.items():
        longer = any(
            name and name != other and name in other and other in core for k, (_, other) in found.items() if k != key
        )
        item = framework.item_by_key(key)
        if item is None:
            continue
        score = score * 0.6 if longer and key not in coded else score
        change, why = _year_change(item, framework, spans, spans_about)
        hits[key] = _Hit(max(0.0, score + change), (f" รหัส {coded[key]}" if key in coded else "") + why)
    return hits


def _likeness(core: str, known: Iterable[str]) -> tuple[float, str]:
    """Give how like a text is to the best of some names, and that name."""
    best, best_name = 0.0, ""
    for name in known:
        if core == name:
            return 0.9, name
        if len(name) >= NAME_MIN and name in core:
            score = 0.42 + 0.45 * min(1.0, len(name) / max(len(core), 1))
        elif len(core) >= 12 and core in name:
            score = 0.35 + 0.4 * len(core) / len(name)
        elif len(name) >= 14 and len(core) >= 14 and fuzz.ratio(core, name) >= LIKENESS_MIN:
            score = 0.75
        else:
            continue
        if score > best:
            best, best_name = score, name
    return best, best_name


def _bare_years(folded: str) -> list[tuple[int, int]]:
    return [(int(year),) * 2 for year in re.findall(r"(?<!\d)(25[4-9]\d)(?!\d)", folded)]


def _year_change(
    item: Item, framework: Framework, spans: list[tuple[int, int]], about: list[tuple[int, int]]
) -> tuple[float, str]:
    """Give what the years named are worth: the right one, another one, or none."""
    be = framework.fiscal_year_be
    wanted = {be + (item.content_year or 0), be}
    if any(first <= year <= last for first, last in spans for year in wanted):
        return 0.08, f" ปี {be + (item.content_year or 0)}"
    if spans and item.content_year is not None:
        return -0.32, f" แต่เป็นปี {years.named_th(spans)}"
    if any(first <= be <= last for first, last in about):
        return 0.05, f" ในหน้าปี {be}"
    if about and item.content_year is not None:
        return -0.2, f" ในหน้าปี {years.named_th(about)}"
    if spans or about:
        return -0.12, f" ในหน้าปี {years.named_th(spans or about)}"
    return 0.0, ""


def _coded(text: str, spans: list[tuple[int, int]], framework: Framework) -> dict[str, str]:
    """Give the items (by lasting key) that the codes of a text mean in the year that it names."""
    codes = [*find_item_codes(text), *(f"O{int(n)}" for n in _PLAIN_CODE.findall(to_arabic(text)))]
    if not codes:
        return {}
    be = framework.fiscal_year_be
    year = be if not spans or any(first <= be <= last for first, last in spans) else spans[0][0]
    theirs = framework if year == be else _of_year(framework.kind, year)
    found: dict[str, str] = {}
    for code in codes[:4]:
        item = theirs.item(code) if theirs else None
        if item is not None:
            found[item.key] = code if year == be else f"{code} ของปี {year}"
    return found


@lru_cache(maxsize=16)
def _of_year(kind: str, year: int) -> Framework | None:
    if not _FIRST_YEAR_KNOWN <= year <= _LAST_YEAR_KNOWN:
        return None
    try:
        return load(f"{kind}-{year}")
    except ProngsaiError:
        return None
