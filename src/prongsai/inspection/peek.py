"""A quick look at a page: what tells a page from a wall, a hole or a shell, and where its links lead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from prongsai.inspection.addresses import BadAddress, joined
from prongsai.inspection.charset import decoded
from prongsai.inspection.markup import FRAMES_MAX, parsed, some_words, words_of
from prongsai.inspection.model import Link

BYTES_MAX, LINKS_MAX, TEXT_MAX = 2_000_000, 3_000, 20_000
_REFRESH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(?:[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+))?", re.IGNORECASE)
# What a browser may refuse to load over http into an https page.
_PARTS = (("script", "src"), ("iframe", "src"), ("img", "src"), ("embed", "src"), ("object", "data"), ("video", "src"),
          ("audio", "src"), ("source", "src"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Peek:
    """What was seen of a page. text: its visible words, cut; plain: those outside of links, menus, head and foot.

    anchors: its ids; local: links as written that leave the web; refresh: seconds and address of a ``meta refresh``;
    insecure: parts drawn over http; password_form: words of the form that asks for a password, None when none does.
    """

    title: str
    heads: tuple[str, ...]
    text: str
    plain: str
    links: tuple[Link, ...]
    frames: tuple[str, ...]
    has_frameset: bool
    scripts: int
    pictures: int
    robots: str
    refresh: tuple[float, str] | None
    insecure: tuple[str, ...]
    local: tuple[str, ...]
    anchors: frozenset[str]
    password_form: str | None


_NOTHING = Peek("", (), "", "", (), (), False, 0, 0, "", None, (), (), frozenset(), None)
_NOT_PLAIN = frozenset({"a", "nav", "header", "footer", "script", "style", "template", "noscript", "svg", "option"})
_LOCAL = re.compile(
    r"file:|\\\\|//?[a-z]:[\\/]|[a-z]:[\\/]|https?://(?:localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2[0-9]|3[01])\."
    r"|\[::1\]|[a-z0-9-]+(?:[:/]|$)|[a-z0-9.-]+\.(?:local|lan|internal|intranet|localdomain)(?:[:/]|$))",
    re.IGNORECASE,
)


def peek(content: bytes, address: str, headers: Mapping[str, str]) -> Peek:
    """Look at a page. address: where it stands, for its links."""
    root = parsed(decoded(content[:BYTES_MAX], headers).text)
    if root is None:
        return _NOTHING
    base = _base(root, address)
    body = root.find(".//body")
    return Peek(
        title=some_words(root.find(".//title")),
        heads=tuple(filter(None, map(some_words, islice(root.iter("h1", "h2"), 10)))),
        text=words_of(body if body is not None else root)[:TEXT_MAX],
        plain=_plain(body if body is not None else root)[:TEXT_MAX],
        links=tuple(islice(_links(root, base), LINKS_MAX)),
        frames=tuple(dict.fromkeys(islice(_frames(root, base), FRAMES_MAX))),
        has_frameset=next(root.iter("frameset"), None) is not None,
        scripts=sum(1 for _ in root.iter("script")),
        pictures=sum(1 for _ in root.iter("img", "svg", "canvas", "video", "object", "embed")),
        robots=",".join(_meta(root, "robots")).lower(),
        refresh=_refresh(root, base),
        insecure=tuple(dict.fromkeys(islice(_insecure(root), LINKS_MAX))),
        local=tuple(dict.fromkeys(islice(_local(root), LINKS_MAX))),
        anchors=frozenset(_anchors(root)),
        password_form=_password_form(root),
    )


def _plain(body: etree._Element) -> str:
    said: list[str] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, each in walk:
        if event == "end":
            said.append((each.tail or "") if each is not body else "")
        elif not isinstance(each.tag, str) or each.tag in _NOT_PLAIN:
            walk.skip_subtree()
        else:
            said.append(each.text or "")
    return " ".join(" ".join(said).split())


def _base(root: etree._Element, address: str) -> str:
    said = root.find(".//base[@href]")
    return _absolute(address, said.get("href") or "") or address if said is not None else address


def _absolute(base: str, reference: str) -> str:
    try:
        return joined(base, reference)
    except BadAddress:
        return ""


def _links(root: etree._Element, base: str) -> Iterator[Link]:
    for each in root.iter("a", "area"):
        said = (each.get("href") or "").strip()
        if not said or said.startswith("#") or _LOCAL.match(said):
            continue
        address = _absolute(base, said)
        if address:
            yield Link(address, _words(each))


def _words(link: etree._Element) -> str:
    own = some_words(link) or link.get("aria-label") or link.get("title") or link.get("alt") or ""
    return " ".join((own or " ".join(filter(None, (one.get("alt") for one in islice(link.iter("img"), 5))))).split())[
        :300
    ]


def _frames(root: etree._Element, base: str) -> Iterator[str]:
    for each in root.iter("iframe", "frame"):
        address = _absolute(base, each.get("src") or "") if each.get("src") else ""
        if address:
            yield address


def _meta(root: etree._Element, name: str) -> Iterator[str]:
    for each in root.iter("meta"):
        if (each.get("name") or "").lower() == name:
            yield each.get("content") or ""


def _refresh(root: etree._Element, base: str) -> tuple[float, str] | None:
    for each in root.iter("meta"):
        if (each.get("http-equiv") or "").lower() != "refresh" or _is_without_scripts(each):
            continue
        found = _REFRESH.match(each.get("content") or "")
        to = _absolute(base, found[2].strip()) if found and found[2] else ""
        if found and to:
            return float(found[1]), to
    return None


def _is_without_scripts(each: etree._Element) -> bool:
    return any(parent.tag == "noscript" for parent in each.iterancestors())


def _insecure(root: etree._Element) -> Iterator[str]:
    for tag, name in _PARTS:
        for each in root.iter(tag):
            if (each.get(name) or "").strip().lower().startswith("http://"):
                yield (each.get(name) or "").strip()[:300]
    for each in root.iter("link"):
        if "stylesheet" in (each.get("rel") or "").lower() and (each.get("href") or "").lower().startswith("http://"):
            yield (each.get("href") or "")[:300]


def _local(root: etree._Element) -> Iterator[str]:
    for tag, name in (("a", "href"), ("img", "src"), ("iframe", "src")):
        for each in root.iter(tag):
            said = (each.get(name) or "").strip()
            if _LOCAL.match(said):
                yield said[:300]


def _anchors(root: etree._Element) -> Iterator[str]:
    for each in root.iter():
        if isinstance(each.tag, str):
            yield from filter(None, (each.get("id"), each.get("name") if each.tag == "a" else None))


def _password_form(root: etree._Element) -> str | None:
    for each in root.iter("input"):
        if (each.get("type") or "").strip().lower() == "password":
            form = next((parent for parent in each.iterancestors() if parent.tag == "form"), each.getparent())
            return words_of(form)
    return None
