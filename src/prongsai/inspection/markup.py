"""The tree of a page: what is content and what stands around it, links, pictures, frames and forms.

Nothing is run or fetched. Menus, the head and the foot of a page are visible, but no assessor takes a word in a menu
for the thing itself: they are cut out of the content and kept apart.

A page may be made to cost much: what is done for each element looks at a bounded piece of the tree around it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urldefrag, urljoin

from lxml import etree
from lxml import html as markup

from prongsai.inspection.layout import SILENT, around, called
from prongsai.inspection.model import Link, Picture
from prongsai.inspection.source import shortened, thinned

LINKS_MAX, PICTURES_MAX, FIELDS_MAX, OPTIONS_MAX = 5_000, 500, 300, 30
FRAMES_MAX, HEADS_MAX, LABELS_MAX = 500, 2_000, 2_000
ADDRESS_MAX = 4_000
LETTERS_MAX, LETTERS_EACH = 1_000_000, 5  # of content; what an element with words counts beside them
NEAR_LETTERS_MAX, WORDS_MAX = 300, 3_000
NODES_MAX = 300  # that are looked through for the words of a link, a picture, a heading, a field
CLIMB_MAX = 5
_SPEAKS_NOT = re.compile(
    r"(?:https?://\S+|www\.\S+|\W*|(?:คลิก|กด|ดู|อ่าน|เปิด|ดาวน์โหลด|โหลด|เพิ่มเติม|รายละเอียด|ที่นี่|ต่อ|ลิงก์|ลิงค์|ไฟล์|แนบ|เอกสาร|url|link|click|here"
    r"|download|more|view|read|file|open|pdf|excel|word|xlsx?|docx?|[\s.:>\u00bb\u2026()\[\]_0-9๐-๙-])+)",
    re.IGNORECASE,
)
_CHATS = re.compile(
    r"tawk\.to|crisp\.chat|livechatinc|chatra|zopim|zendesk|userlike|smartsupp|fb-customerchat|customerchat|botnoi|dialogflow"
    r"|zwiz|chatbot|webchat|livechat|messenger",
    re.IGNORECASE,
)
_SEARCH = re.compile(r"^(?:q|s|search|keyword|keywords|query|kw|ค้นหา.*|search.*)$", re.IGNORECASE)
_NO_FIELD = frozenset({"hidden", "submit", "button", "reset", "image", "search"})


@dataclass(slots=True)
class Parts:
    """What a page consists of. root: its tree without what stands around; menu: links that stand around.

    is_cut: whether there are more words than are read.
    """

    root: etree._Element
    title: str = ""
    language: str = ""
    around: str = ""
    heads: tuple[str, ...] = ()
    links: list[Link] = field(default_factory=list)
    menu: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    scripts: int = 0
    is_cut: bool = False


def parsed(text: str) -> etree._Element | None:
    """Give the tree of a page, up to what is read of a long one; None when there is none in it."""
    parser = markup.HTMLParser(encoding="utf-8", no_network=True)
    try:
        root = markup.document_fromstring(thinned(shortened(text)).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root if isinstance(root.tag, str) else None


def taken_apart(root: etree._Element, address: str) -> Parts:
    """Take a page apart; the tree given is left without what stands around its content."""
    base = _base(root, address)
    parts = Parts(root)
    parts.title = some_words(root.find(".//title"))
    parts.language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    parts.scripts = sum(1 for _ in root.iter("script"))
    outside = around(root)
    inside = {id(each) for each in outside}
    for link, element in islice(_links(root, base), LINKS_MAX):
        is_menu = any(id(parent) in inside for parent in (element, *element.iterancestors()))
        parts.links.append(link)
        if is_menu:
            parts.menu.append(link)
    parts.frames = [*dict.fromkeys(islice(_frames(root, base), FRAMES_MAX))]
    parts.around = " ".join(filter(None, (words_of(each) for each in outside)))
    for each in outside:
        _cut(each)
    parts.is_cut = _is_cut(root)
    heads = islice(root.iter("h1", "h2", "h3", "h4", "h5", "h6", "caption"), HEADS_MAX)
    parts.heads = tuple(filter(None, map(some_words, heads)))
    parts.pictures = list(_pictures(root, base))
    parts.fields = list(islice(_fields(root), FIELDS_MAX))
    return parts


def words_of(element: etree._Element | None) -> str:
    """Give the words of an element as one line, without those of scripts."""
    if element is None:
        return ""
    return " ".join("".join(_texts(element)).split())


def some_words(element: etree._Element | None, letters: int = WORDS_MAX) -> str:
    """Give the words of an element as one line, cut where it is long; a hostile page may ask for them very often."""
    if element is None:
        return ""
    said: list[str] = []
    length = 0
    for text in islice(_texts(element), 3 * NODES_MAX):
        said.append(text[: 2 * letters])
        length += len(text.strip())
        if length > 2 * letters:
            break
    return " ".join("".join(said).split())[: letters + 1]


def _texts(element: etree._Element) -> Iterator[str]:
    for event, each in (walk := etree.iterwalk(element, events=("start", "end"))):
        if event == "start":
            if isinstance(each.tag, str) and each.tag in SILENT:
                walk.skip_subtree()
            else:
                yield (each.text or "") if isinstance(each.tag, str) else ""
        else:
            yield " "
            if each is not element:
                yield each.tail or ""


def links_of(root: etree._Element, address: str) -> Iterator[tuple[Link, etree._Element]]:
    """Give the links of a page with their elements, at most LINKS_MAX."""
    return islice(_links(root, _base(root, address)), LINKS_MAX)


def _base(root: etree._Element, address: str) -> str:
    said = root.find(".//base[@href]")
    return (_joined(address, said.get("href") or "") or address) if said is not None else address


def _joined(base: str, address: str) -> str:
    """Give an absolute address without its fragment; "" for one that cannot be."""
    if len(address) > ADDRESS_MAX:
        return ""
    try:
        return urldefrag(urljoin(base, " ".join(address.split())).strip())[0]
    except ValueError:
        return ""


# What is left


def _cut(each: etree._Element) -> None:
    parent = each.getparent()
    if parent is not None:
        nothing = etree.Comment("")  # in its place: words that would be joined around many are copied each time
        nothing.tail = each.tail
        parent.replace(each, nothing)


def _is_cut(root: etree._Element) -> bool:
    """Take away the words after LETTERS_MAX; tells whether there were any."""
    left = LETTERS_MAX
    for each in root.iter():
        is_said = isinstance(each.tag, str) and each.tag not in SILENT
        if left < 0:
            each.text = None if is_said else each.text
            each.tail = None
            continue
        for text in (each.text if is_said else None, each.tail):
            left -= len(text) + LETTERS_EACH if text and not text.isspace() else 0
        if left < 0 and is_said and each.text:
            each.text = each.text[:LETTERS_MAX]
    return left < 0


# Links


def _links(root: etree._Element, base: str) -> Iterator[tuple[Link, etree._Element]]:
    for each, beside in _with_neighbours(root.iter("a", "area")):
        said = (each.get("href") or "").strip()
        if not said or said.startswith("#") or said[:20].lower().startswith(("javascript:", "data:", "blob:")):
            continue
        address = _joined(base, said)
        if address:
            yield Link(address, _link_words(each, beside)), each


Neighbours = tuple[etree._Element | None, etree._Element | None]


def _with_neighbours(found: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, Neighbours]]:
    """Give elements in the order of the page, each with the one before and the one after it."""
    every = [None, *found, None]
    for before, each, after in zip(every, every[1:], every[2:], strict=False):
        if each is not None:
            yield each, (before, after)


def _holding(beside: Neighbours) -> frozenset[etree._Element]:
    """Give what holds a neighbour too, and is thus not of one element alone."""
    return frozenset(one for each in beside if each is not None for one in (each, *each.iterancestors()))


def _link_words(each: etree._Element, beside: Neighbours) -> str:
    """Give the words of a link, those of its picture, or, when they say nothing, those it stands among."""
    own = some_words(each) or each.get("aria-label") or each.get("title") or each.get("alt") or ""
    if not own:
        own = " ".join(filter(None, (picture.get("alt") for picture in islice(each.iter("img"), CLIMB_MAX))))
    own = " ".join(own[:WORDS_MAX].split())
    if own and not _SPEAKS_NOT.fullmatch(own):
        return own
    shared = _holding(beside)
    for parent in islice(each.iterancestors(), CLIMB_MAX):
        words = some_words(parent, NEAR_LETTERS_MAX)
        if len(words) > NEAR_LETTERS_MAX:
            break
        if parent.tag == "body" or (parent.tag not in ("tr", "li") and parent in shared):
            break
        if words and not _SPEAKS_NOT.fullmatch(words):
            return words
        if parent.tag in ("tr", "li"):
            break
    return own


# Frames


def _frames(root: etree._Element, base: str) -> Iterator[str]:
    for each in root.iter("iframe", "frame", "embed", "object"):
        said = each.get("src") or each.get("data-src") or each.get("data") or ""
        if said and not said.startswith(("about:", "javascript:", "data:")):
            yield _joined(base, said)
    for each in root.iter("script"):
        said = each.get("src") or ""
        text = "" if said else (each.text or "")[:20_000]
        found = _CHATS.search(said or text)
        if found:
            yield _joined(base, said) if said else f"{base}#{found[0].lower()}"


# Pictures


def _pictures(root: etree._Element, base: str) -> Iterator[Picture]:
    for each, beside in islice(_with_neighbours(root.iter("img")), PICTURES_MAX):
        said = each.get("src") or each.get("data-src") or each.get("data-lazy-src") or ""
        if said:
            address = said[:60] if said.startswith("data:") else _joined(base, said)
            alt = " ".join((each.get("alt") or "")[:WORDS_MAX].split())
            yield Picture(address, alt, _near(each, beside)[:NEAR_LETTERS_MAX])


def _near(picture: etree._Element, beside: Neighbours) -> str:
    """Give the words right around a picture: in the smallest thing that has words and no other picture."""
    below: etree._Element = picture
    shared = _holding(beside)
    for parent in islice(picture.iterancestors(), CLIMB_MAX):
        if parent.tag == "body":
            break
        if parent in shared:
            return _under(below)
        words = some_words(parent, NEAR_LETTERS_MAX)
        if words:
            return words
        below = parent
    return _under(below)


def _under(below: etree._Element) -> str:
    """Give the words that follow up to the next picture, in a table those of the cell underneath."""
    row = below.getparent() if below.tag in ("td", "th") else None
    if row is not None and row.tag == "tr":
        place = row.index(below)
        under = row.getnext()
        cells = under if under is not None and under.tag == "tr" else ()
        return some_words(cells[place], NEAR_LETTERS_MAX) if place < len(cells) else ""
    words = [below.tail or ""]
    for each in islice(below.itersiblings(), NODES_MAX):
        is_picture = isinstance(each.tag, str) and (each.tag == "img" or each.find(".//img") is not None)
        if is_picture or sum(map(len, words)) > 2 * NEAR_LETTERS_MAX:
            break
        words += [some_words(each, NEAR_LETTERS_MAX), each.tail or ""]
    return " ".join(" ".join(words).split())


# Forms


def _fields(root: etree._Element) -> Iterator[str]:
    labels = {each.get("for"): some_words(each) for each in islice(root.iter("label"), LABELS_MAX) if each.get("for")}
    for each in root.iter("input", "textarea", "select"):
        kind = (each.get("type") or "").lower()
        if kind in _NO_FIELD or _is_search(each) or _is_comment(each):
            continue
        wrapped = next((parent for parent in each.iterancestors("label")), None)
        name = labels.get(each.get("id")) or each.get("aria-label") or some_words(wrapped) or each.get("placeholder")
        name = " ".join((name or each.get("name") or kind or each.tag)[:WORDS_MAX].split())
        if each.tag == "select":
            options = [some_words(option, NEAR_LETTERS_MAX) for option in islice(each.iter("option"), OPTIONS_MAX)]
            name = f"{name} ({', '.join(filter(None, options))})"
        yield name


def _is_comment(each: etree._Element) -> bool:
    """Whether a field belongs to the form for comments that blog software puts under every page."""
    form = next(each.iterancestors("form"), None)
    said = f"{called(form)} {form.get('action', '')[:ADDRESS_MAX]}" if form is not None else ""
    return "comment" in said.lower() or "newsletter" in said.lower()


def _is_search(each: etree._Element) -> bool:
    said = (each.get("name") or "", each.get("placeholder") or "", each.get("id") or "")
    if any(_SEARCH.match(one.strip()) for one in said if one.strip()):
        return True
    return any(parent.get("role") == "search" for parent in each.iterancestors("form"))
