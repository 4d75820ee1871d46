"""The parts of a Word file, found by their relations, and the few ways to look at its XML.

Office Open XML, ECMA-376 part 1 §17 (WordprocessingML) and part 2 (packages). The strict form has other namespaces for
the same names; they are put back to the common ones before parsing, so the reader knows one set only.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from prongsai.documents.read.archive import XML_BYTES_MAX, Archive, parse_xml
from prongsai.documents.read.refusals import broken

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_OFF = frozenset({"0", "false", "off", "none"})
_DIGITS_MAX = 9


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part. kind: the last word of its type. target: the name of a part, or an address outside."""

    id: str
    kind: str
    target: str
    is_external: bool


class Package:
    """A Word file as its main part and the parts that this names."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.main = self._main()
        self.relations = {relation.id: relation for relation in self._relations(self.main)}

    def root(self) -> Element:
        """Give the root of the main part. Raises FileUnusable when it is missing or damaged."""
        return self._parse(self.main)

    def by_kind(self, kind: str) -> Element | None:
        """Give the root of the part of a kind (``styles``, ``numbering``, ``comments``), None when there is none."""
        found = (each for each in self.relations.values() if each.kind == kind and not each.is_external)
        return next((self._parse(each.target) for each in found if each.target in self.archive), None)

    def by_id(self, relation: str | None) -> Element | None:
        """Give the root of the part that a relation of the main part names, None when there is none."""
        found = self.relations.get(relation or "")
        is_there = found is not None and not found.is_external and found.target in self.archive
        return self._parse(found.target) if found and is_there else None

    def external(self) -> Iterator[Relation]:
        """Walk the relations of all parts that lead out of the file."""
        for part in self.archive.names:
            if part.endswith(".rels"):
                folder, name = posixpath.split(part.removesuffix(".rels"))
                owner = posixpath.join(posixpath.dirname(folder), name)
                yield from (each for each in self._relations(owner) if each.is_external)

    def _main(self) -> str:
        named = (each.target for each in self._relations("") if each.kind == "officeDocument")
        return next((part for part in named if part in self.archive), "word/document.xml")

    def _relations(self, owner: str) -> Iterator[Relation]:
        folder, name = posixpath.split(owner)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        if part not in self.archive:
            return
        for each in self._parse(part).iter(_RELATION):
            is_external = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            kind = each.get("Type", "").rpartition("/")[2]
            yield Relation(each.get("Id", ""), kind, target if is_external else _inside(folder, target), is_external)

    def _parse(self, part: str) -> Element:
        content = self.archive.read(part, XML_BYTES_MAX)
        if b"purl.oclc.org/ooxml" in content:
            for strict, common in _STRICT:
                content = content.replace(strict, common)
        return parse_xml(content, self.archive.file)


def body_of(package: Package) -> Element:
    """Give the body of a document. Raises FileUnusable when the main part has none."""
    body = package.root().find(f"{W}body")
    if body is None:
        raise broken(package.archive.file, f"{package.main} has no body")
    return body


def value(element: Element | None, name: str = "val") -> str:
    """Give an attribute of the main namespace, empty when there is none."""
    return "" if element is None else element.get(W + name, "")


def number(element: Element | None, name: str = "val", otherwise: int = 0) -> int:
    """Give an attribute as a whole number, another one when it is none or unreasonably long."""
    text = value(element, name)
    bare = text.removeprefix("-")
    return int(text) if bare.isascii() and bare.isdecimal() and len(bare) <= _DIGITS_MAX else otherwise


def is_on(element: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and value(element) not in _OFF


def children(element: Element | None, *path: str) -> Element | None:
    """Follow child elements of the main namespace by name, None when one is missing."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def chosen(alternatives: Element) -> Element | None:
    """Give the branch of a choice of contents that is read: the first, else the fallback; never both."""
    choice = alternatives.find(f"{MC}Choice")
    return choice if choice is not None else alternatives.find(f"{MC}Fallback")


def _inside(folder: str, target: str) -> str:
    """Give the name of the part that a target means; one that leads out of the file is no part."""
    path = posixpath.normpath(target if target.startswith("/") else posixpath.join(folder, target))
    return path.lstrip("/")
