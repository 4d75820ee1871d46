"""The parts of an office file that is a zip (docx, xlsx, ods), opened within limits and never written anywhere.

What a directory of a zip says about sizes may be a lie, so every part is counted while it is unpacked. XML is parsed
without entities, network or document types: an office file needs none of them.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from lxml import etree

from prongsai.documents.read.formats import format_in_zip, format_of
from prongsai.documents.read.refusals import broken, over_limit, under_password
from prongsai.errors import LimitExceeded

ENTRIES_MAX = 10_000
UNPACKED_BYTES_MAX = 200_000_000
ENTRY_BYTES_MAX = 200_000_000
RATIO_MAX = 300
RATIO_FREE_BYTES = 10_000_000
NAME_LENGTH_MAX = 400
FOLDERS_MAX = 20
XML_BYTES_MAX = 60_000_000
MIMETYPE_BYTES_MAX = 1_000

_CHUNK = 1 << 20
_LOCKED = 0x1
_MANIFEST = "META-INF/manifest.xml"
_MANIFEST_LOCK = b"encryption-data"
_MIMETYPE = "mimetype"
_TOO_DEEP = ("Excessive depth", "Resource limit exceeded", "huge text node", "Buffer size limit")
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Archive:
    """The parts of an office file by name. Names have forward slashes and no leading one."""

    def __init__(self, bundle: zipfile.ZipFile, file: str) -> None:
        self.file = file
        self._bundle = bundle
        self._entries = {_part_name(entry): entry for entry in bundle.infolist() if not entry.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the directory."""
        return tuple(self._entries)

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def read(self, part: str, bytes_max: int = ENTRY_BYTES_MAX) -> bytes:
        """Give the bytes of a part.

        Raises FileUnusable when there is none of that name or it is damaged; LimitExceeded over bytes_max bytes.
        """
        entry = self._entries.get(part)
        if entry is None:
            raise broken(self.file, f"the part {part} is missing")
        if entry.file_size > bytes_max:
            raise self._too_large(entry.file_size, bytes_max)
        with _faults_named(self.file), self._bundle.open(entry) as stream:
            content = stream.read(bytes_max + 1)
        if len(content) > bytes_max:
            raise self._too_large(len(content), bytes_max)
        return content

    def xml(self, part: str, bytes_max: int = XML_BYTES_MAX) -> etree._Element:
        """Give the root element of a part that is XML. Raises as ``read`` and ``parse_xml`` do."""
        return parse_xml(self.read(part, bytes_max), self.file)

    def verify(self) -> None:
        """Unpack every part once and throw it away, for readers that hand the whole file to another library.

        Raises FileUnusable when a part is damaged or larger than the directory of the zip says.
        """
        for entry in self._entries.values():
            with _faults_named(self.file), self._bundle.open(entry) as stream:
                while stream.read(_CHUNK):
                    pass

    def _too_large(self, size: int, bytes_max: int) -> LimitExceeded:
        return over_limit(self.file, f"ส่วนหนึ่งของไฟล์เมื่อคลายแล้วมี {size:,} ไบต์", f"{bytes_max:,} ไบต์")


def open_archive(content: bytes, name: str) -> Archive:
    """Open the bytes of an office file that is a zip. name: what messages call it.

    Raises FileUnusable when it is damaged, under a password, or no zip; LimitExceeded over a limit of this module.
    """
    if not content.startswith(b"PK"):
        format_of(content, name)  # says what it is: a file under a password, an older format
        raise broken(name, "it is no zip")
    with _faults_named(name):
        bundle = zipfile.ZipFile(BytesIO(content))
    entries = bundle.infolist()
    _check_limits(entries, name)
    archive = Archive(bundle, name)
    if any(entry.flag_bits & _LOCKED for entry in entries) or _is_locked_inside(archive):
        raise under_password(name)
    return archive


def format_inside(content: bytes, name: str) -> str:
    """Give ``docx``, ``xlsx`` or ``ods``: which office file a zip is.

    Raises as ``open_archive`` does; FileUnusable when it is a zip of something else.
    """
    archive = open_archive(content, name)
    mimetype = archive.read(_MIMETYPE, MIMETYPE_BYTES_MAX) if _MIMETYPE in archive else b""
    return format_in_zip(archive.names, mimetype, name)


def parse_xml(content: bytes, name: str) -> etree._Element:
    """Parse XML from a file that nobody vouches for. name: of that file, for messages.

    Raises FileUnusable when it is not well-formed or declares a document type; LimitExceeded when nested or long beyond
    what the parser takes (256 levels, 10,000,000 characters in one text).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as reason:
        if any(sign in str(reason) for sign in _TOO_DEEP):
            raise over_limit(name, "โครงสร้างซ้อนกันหรือข้อความหนึ่งยาว", "256 ชั้น หรือ 10,000,000 อักขระ") from reason
        raise broken(name, f"its XML is damaged: {reason}") from reason
    if root is None or root.getroottree().docinfo.doctype:
        raise broken(name, "its XML declares a document type")
    return root


def _check_limits(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > ENTRIES_MAX:
        raise over_limit(name, f"มีส่วนประกอบ {len(entries):,} ส่วน", f"{ENTRIES_MAX:,} ส่วน")
    total = sum(entry.file_size for entry in entries)
    if total > UNPACKED_BYTES_MAX:
        raise over_limit(name, f"เมื่อคลายแล้วมี {total:,} ไบต์", f"{UNPACKED_BYTES_MAX:,} ไบต์")
    for entry in entries:
        ratio = entry.file_size // max(1, entry.compress_size)
        if entry.file_size > RATIO_FREE_BYTES and ratio > RATIO_MAX:
            raise over_limit(name, f"บีบอัดไว้ {ratio:,} เท่า", f"{RATIO_MAX} เท่า")
        if len(entry.filename) > NAME_LENGTH_MAX or entry.filename.count("/") > FOLDERS_MAX:
            raise over_limit(name, "ชื่อส่วนประกอบยาวหรือซ้อนหลายชั้น", f"{FOLDERS_MAX} ชั้น")


def _part_name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lstrip("/")


def _is_locked_inside(archive: Archive) -> bool:
    """Whether an OpenDocument file says of its parts that they are encrypted."""
    return _MANIFEST in archive and _MANIFEST_LOCK in archive.read(_MANIFEST, XML_BYTES_MAX)


@contextmanager
def _faults_named(name: str) -> Iterator[None]:
    try:
        yield
    except _FAULTS as reason:
        raise broken(name, f"its zip cannot be unpacked: {reason}") from reason
