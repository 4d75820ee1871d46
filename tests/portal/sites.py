"""How a published site is looked at: its pages parsed strictly, its links followed as files."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

_LINK = re.compile(r'(?:href="|src="|action="|content="0; url=)([^":#?]+)"')


def pages(root: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(root.rglob("*.html")):
        yield file.relative_to(root).as_posix(), file.read_bytes()


def parsed(content: bytes) -> Element:
    """Parse a page; html5lib raises at the first fault."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content.decode())


def links(page: Element) -> Iterator[str]:
    for element in page.iter():
        for name in ("href", "src", "action"):
            if element.get(name):
                yield element.get(name) or ""
        if element.tag == "meta" and element.get("http-equiv") == "refresh":
            yield (element.get("content") or "").partition("url=")[2]


def broken(root: Path, address: str, page: Element) -> list[str]:
    """Give the links of a page that lead to no file of the site."""
    ids = {element.get("id") for element in page.iter()}
    found = []
    for link in links(page):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (root / address).parent / unquote(parts.path) if parts.path else root / address
        if (
            not target.resolve().is_relative_to(root.resolve())
            or not target.is_file()
            or not parts.path
            and parts.fragment not in ids
        ):
            found.append(link)
    return found


def all_broken(root: Path) -> list[str]:
    """Give the links of a whole site that lead to no file, without parsing it: thousands of pages a second."""
    found = []
    for address, content in pages(root):
        above = (root / address).parent
        for link in {*_LINK.findall(content.decode())}:
            if not Path(os.path.normpath(above / unquote(link))).is_file():
                found.append(f"{address}: {link}")
    return found


def faults(root: Path, address: str, content: bytes) -> list[str]:
    """List what is wrong with a page."""
    page = parsed(content)
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    found = [f"id twice: {one}" for one, count in ids.items() if count > 1]
    found += [f"broken: {link}" for link in broken(root, address, page)]
    found += [f"absolute: {link}" for link in links(page) if link.startswith("/")]
    headings = [element for element in page.iter() if element.tag in {"h1", "h2", "h3", "h4"}]
    levels = [int(heading.tag[1]) for heading in headings]
    if levels.count(1) != 1 or levels[0] != 1:
        found.append(f"headings {levels}")
    found += [
        f"heading {one} after {before}" for before, one in zip(levels, levels[1:], strict=False) if one > before + 1
    ]
    found += ["empty heading" for heading in headings if not "".join(heading.itertext()).strip()]
    if page.get("lang") != ("en" if address.startswith("en/") else "th"):
        found.append(f"language {page.get('lang')}")
    if not page.findtext(".//title"):
        found.append("no title")
    found += ["picture without words" for picture in page.iter("img") if picture.get("alt") is None]
    found += [
        "inline"
        for element in page.iter()
        if element.get("style") or any(name.startswith("on") for name in element.attrib)
    ]
    found += ["table without caption" for table in page.iter("table") if table.find("caption") is None]
    found += ["script inside" for script in page.iter("script") if (script.text or "").strip()]
    if len(content) > 100_000:
        found.append(f"{len(content)} bytes")
    return found


def files(root: Path) -> dict[str, bytes]:
    """Give every file of a site, hidden ones too."""
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}
