"""The package of a Word file: its parts, what ties them together, and the same bytes for the same paper."""

import hashlib
import io
import zipfile
from collections.abc import Iterator

from prongsai.documents.write.docx.picture import SVG, Image
from prongsai.documents.write.docx.xml import DECLARATION, words

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TIES = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE_TIE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_TYPES = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "svg": SVG,
}


class Package:
    """Collects the parts that the document refers to; gives the file."""

    def __init__(self) -> None:
        self._parts: dict[str, bytes] = {}
        self._kinds: dict[str, str] = {}
        self._ties: list[tuple[str, str]] = []
        self._pictures: dict[str, str] = {}

    def part(self, name: str, kind: str, content: str) -> str:
        """Add an XML part beside the document (``header1``, ``header``). Gives how the document names it."""
        self._parts[f"word/{name}.xml"] = content.encode("utf-8")
        self._kinds[f"word/{name}.xml"] = f"{_WORD}.{kind}+xml"
        return self._tie(kind, f"{name}.xml")

    def picture(self, image: Image) -> tuple[str, str | None]:
        """Add a picture, once however often it is shown. Gives how the document names it and its SVG."""
        svg = self._media(image.svg, "svg") if image.svg is not None else None
        return self._media(image.content, image.suffix), svg

    def _media(self, content: bytes, suffix: str) -> str:
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._pictures:
            name = f"media/image{len(self._pictures) + 1}.{suffix}"
            self._parts[f"word/{name}"] = content
            self._pictures[digest] = self._tie("image", name)
        return self._pictures[digest]

    def _tie(self, kind: str, target: str) -> str:
        self._ties.append((f"{_OFFICE}/{kind}", target))
        return f"rId{len(self._ties)}"

    def pictures(self) -> dict[str, str]:
        """Give how the document names each picture, with its part."""
        names = dict(self._named())
        return {tie: names[tie] for tie in self._pictures.values()}

    def _named(self) -> Iterator[tuple[str, str]]:
        return ((f"rId{number}", target) for number, (_, target) in enumerate(self._ties, 1))

    def parts(self) -> dict[str, bytes]:
        """Give the parts collected so far, by name."""
        return dict(self._parts)

    def file(self, document: str, title: str, language: str) -> bytes:
        """Give the bytes of the file. The properties name title and language, nobody and no time."""
        self._kinds["word/document.xml"] = f"{_WORD}.document.main+xml"
        self._kinds["docProps/core.xml"] = _CORE_TYPE
        roots = [(f"{_OFFICE}/officeDocument", "word/document.xml"), (_CORE_TIE, "docProps/core.xml")]
        parts = {
            "[Content_Types].xml": self._content_types().encode(),
            "_rels/.rels": _ties_xml(roots).encode(),
            "docProps/core.xml": _core_xml(title, language).encode(),
            "word/document.xml": document.encode("utf-8"),
            "word/_rels/document.xml.rels": _ties_xml(self._ties).encode(),
            **self._parts,
        }
        return _zipped(parts)

    def _content_types(self) -> str:
        defaults = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in _TYPES.items())
        parts = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self._kinds.items())
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        return f'{DECLARATION}<Types xmlns="{types}">{defaults}{parts}</Types>'


def _ties_xml(ties: list[tuple[str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(ties, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_TIES}">{written}</Relationships>'


def _core_xml(title: str, language: str) -> str:
    return (
        f"{DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{words(title)}</dc:title><dc:language>{'en-US' if language == 'en' else 'th-TH'}</dc:language>"
        "</cp:coreProperties>"
    )


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Zip without times and system: the same paper gives the same bytes (with the same zlib)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.create_system = 0
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=6)
    return target.getvalue()
