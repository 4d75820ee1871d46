"""The parts of a Word or Excel file in hand: taken out with all that names them, and put together again.

Office Open XML, ECMA-376 part 2. What no relation leads to is not shown by anything, so it is not written again.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from prongsai.documents.read.archive import Archive, open_archive, parse_xml
from prongsai.documents.read.refusals import broken

TYPES = "[Content_Types].xml"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_DEFAULT = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_XML_SUFFIXES = (".xml", ".rels")
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"drawingml/2006/"),
)
_COMMON = b"http://schemas.openxmlformats.org/"


@dataclass(slots=True)
class Tie:
    """A relation of a part to another or to an address outside. element: where it is written."""

    owner: str
    element: etree._Element

    @property
    def id(self) -> str:
        """How the owner names it."""
        return str(self.element.get("Id", ""))

    @property
    def kind(self) -> str:
        """The last word of its type."""
        return str(self.element.get("Type", "")).rpartition("/")[2]

    @property
    def is_outside(self) -> bool:
        """Whether it leads out of the file."""
        return str(self.element.get("TargetMode")) == "External"

    @property
    def target(self) -> str:
        """The name of a part, or an address outside."""
        given = str(self.element.get("Target", ""))
        if self.is_outside:
            return given
        folder = posixpath.dirname(self.owner)
        return posixpath.normpath(posixpath.join("/", folder, unquote(given))).lstrip("/")


class Package:
    """An office file as parts that can be changed. XML is parsed once, when it is first asked for."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self.archive: Archive = open_archive(content, name)
        self._names = dict.fromkeys(self.archive.names)
        self._roots: dict[str, etree._Element] = {}
        self._changed: dict[str, bytes] = {}
        if TYPES not in self.archive:
            raise broken(name, "it has no list of content types")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts that are still there."""
        return tuple(self._names)

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def read(self, part: str) -> bytes:
        """Give the bytes of a part as they stand now."""
        if part in self._roots:
            return bytes(etree.tostring(self._roots[part], xml_declaration=True, encoding="UTF-8", standalone=True))
        return self._changed[part] if part in self._changed else self.archive.read(part)

    def write(self, part: str, content: bytes) -> None:
        """Put other bytes in place of a part."""
        self._roots.pop(part, None)
        self._changed[part] = content

    def xml(self, part: str) -> etree._Element:
        """Give the root of a part, to be looked at and changed. Raises FileUnusable when it is no XML."""
        if part not in self._roots:
            content = self.read(part)
            if b"purl.oclc.org/ooxml" in content:
                for strict, common in _STRICT:
                    content = content.replace(strict, _COMMON + common)
            self._roots[part] = parse_xml(content, self.name)
        return self._roots[part]

    def ties(self, owner: str) -> list[Tie]:
        """Give the relations of a part; of the file itself when owner is empty."""
        rels = rels_of(owner)
        if rels not in self:
            return []
        return [Tie(owner, element) for element in self.xml(rels).iter(_RELS)]

    def all_ties(self) -> Iterator[Tie]:
        """Walk the relations of all parts."""
        for part in self.names:
            if part.endswith(".rels"):
                yield from self.ties(owner_of(part))

    def main(self) -> str:
        """Give the name of the main part."""
        found = [tie.target for tie in self.ties("") if tie.kind == "officeDocument" and tie.target in self]
        if not found:
            raise broken(self.name, "its main part is missing")
        return found[0]

    def untie(self, tie: Tie) -> None:
        """Take a relation away."""
        parent = tie.element.getparent()
        if parent is not None:
            parent.remove(tie.element)

    def drop(self, *parts: str) -> None:
        """Take parts away with their relations and every relation to them."""
        gone = set(parts)
        for tie in [tie for tie in self.all_ties() if not tie.is_outside and tie.target in gone]:
            self.untie(tie)
        for part in gone | {rels_of(part) for part in gone}:
            self._names.pop(part, None)
            self._roots.pop(part, None)
        types = self.xml(TYPES)
        for override in [each for each in types.iter(_OVERRIDE) if each.get("PartName", "").lstrip("/") in gone]:
            types.remove(override)

    def unreached(self) -> list[str]:
        """Give the parts that no relation leads to."""
        reached, waiting = {TYPES}, [""]
        while waiting:
            owner = waiting.pop()
            if rels_of(owner) in self:
                reached.add(rels_of(owner))
            for tie in self.ties(owner):
                if not tie.is_outside and tie.target in self and tie.target not in reached:
                    reached.add(tie.target)
                    waiting.append(tie.target)
        return [part for part in self._names if part not in reached]

    def content_type(self, part: str) -> str:
        """Give what the file says a part is."""
        types = self.xml(TYPES)
        for override in types.iter(_OVERRIDE):
            if override.get("PartName", "").lstrip("/").lower() == part.lower():
                return str(override.get("ContentType", ""))
        suffix = part.rpartition(".")[2].lower()
        defaults = (each for each in types.iter(_DEFAULT) if each.get("Extension", "").lower() == suffix)
        return next((str(each.get("ContentType", "")) for each in defaults), "")

    def set_content_type(self, part: str, kind: str) -> None:
        """Say what a part is."""
        for override in self.xml(TYPES).iter(_OVERRIDE):
            if override.get("PartName", "").lstrip("/") == part:
                override.set("ContentType", kind)

    def add(self, part: str, content: bytes, kind: str) -> None:
        """Add a part."""
        self._names[part] = None
        self._changed[part] = content
        etree.SubElement(self.xml(TYPES), _OVERRIDE, PartName=f"/{part}", ContentType=kind)

    def file(self) -> bytes:
        """Put the file together: the parts in reach, without times, all XML written anew, remarks in it left out."""
        self.drop(*self.unreached())
        for part in self._names:
            if part.lower().endswith(_XML_SUFFIXES):
                self.xml(part)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as bundle:
            for part in sorted(self._names, key=lambda each: (each != TYPES, each != "_rels/.rels")):
                entry = zipfile.ZipInfo(part, _NO_TIME)
                entry.create_system = 0
                entry.compress_type = zipfile.ZIP_DEFLATED
                bundle.writestr(entry, self.read(part), compresslevel=6)
        return target.getvalue()


def rels_of(owner: str) -> str:
    """Give the name of the part that holds the relations of another."""
    folder, name = posixpath.split(owner)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owner_of(rels: str) -> str:
    """Give the part whose relations a part holds."""
    folder, name = posixpath.split(rels.removesuffix(".rels"))
    return posixpath.join(posixpath.dirname(folder), name)
