"""What a public site is made of: every file with its hash and size, sealed; and what has changed since."""

import hashlib
import json
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from json.encoder import encode_basestring as _quoted
from pathlib import Path

from prongsai.errors import Problem, Severity, Where
from prongsai.portal.addresses import MANIFEST

FORMAT = 1
_CHUNK = 1 << 20


@dataclass(slots=True)
class Known:
    """What is known of a file. owner: path of the page it belongs to, empty: of the site. role: see ROLES."""

    sha256: str
    size: int
    owner: str = ""
    role: str = "own"


ROLES = ("own", "lead", "gone")
"""own: as the site says; lead: leads on from an old address; gone: keeps an address that nothing stands at any more."""


@dataclass(slots=True)
class Manifest:
    """files: by address. entries: what each page was made from, by path.

    links: of pages that link to others: where those led when the page was made (``Press.ways_stamp``), and to what.
    """

    files: dict[str, Known] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)

    def note(self, path: str, stamp: str, links: list[str]) -> None:
        """Note from what a page was made, and its links."""
        self.entries[path] = stamp
        self.links.pop(path, None)
        if links:
            self.links[path] = links

    def text(self) -> str:
        """Give the file: a line a file, sorted, and a seal over all of it."""
        files = [
            f'{_quoted(address)}:["{one.sha256}",{one.size},{_quoted(one.owner)},"{one.role}"]'
            for address, one in sorted(self.files.items())
        ]
        entries = [f'{_quoted(path)}:"{stamp}"' for path, stamp in sorted(self.entries.items())]
        links = [f"{_quoted(path)}:{json.dumps(each, ensure_ascii=False)}" for path, each in sorted(self.links.items())]
        parts = (("files", files), ("entries", entries), ("links", links))
        body = ",".join(f'"{name}":{{\n' + ",\n".join(lines) + "\n}" for name, lines in parts) + "}\n"
        return f"{_HEAD}{hashlib.sha256(body.encode()).hexdigest()}{_TAIL}{body}"

    @classmethod
    def read(cls, text: str) -> "Manifest":
        """Read the file. Raises ValueError when a letter of it was changed, or it is none of ours."""
        body = text[_BEGIN:]
        if text[:_BEGIN] != f"{_HEAD}{hashlib.sha256(body.encode()).hexdigest()}{_TAIL}":
            raise ValueError("the manifest was changed")
        data = json.loads(text)
        try:
            files = {address: Known(*one) for address, one in data["files"].items()}
            return cls(files, dict(data["entries"]), dict(data.get("links", {})))
        except (AttributeError, KeyError, TypeError) as mistake:
            raise ValueError("the manifest is none of ours") from mistake


_HEAD = f'{{"format":{FORMAT},"columns":["sha256","size","page","role"],"seal":"'
_TAIL = '",'
_BEGIN = len(_HEAD) + 64 + len(_TAIL)


def hash_file(path: Path) -> str:
    """Give the SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def sizes_in(folder: Path) -> dict[str, int]:
    """Give the size of every file below a folder by its address."""
    found: dict[str, int] = {}
    pending = [("", str(folder))]  # plain strings: there are as many folders as pages
    while pending:
        before, place = pending.pop()
        with os.scandir(place) as inside:
            for one in inside:
                if not one.is_dir(follow_symlinks=False):
                    found[before + one.name] = one.stat(follow_symlinks=False).st_size
                else:
                    pending.append((f"{before}{one.name}/", one.path))
    return found


_UNREADABLE = (
    *(OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    RuntimeError,  # locked with a password, or packed in a way that is not known here
)


def verify(folder_or_zip: Path) -> tuple[Problem, ...]:
    """Compare a published folder or zip with its manifest: every file that was changed, is missing, or is not ours.

    Codes: PORTAL_MANIFEST (missing or changed itself), PORTAL_CHANGED, PORTAL_MISSING, PORTAL_EXTRA.
    """
    if folder_or_zip.is_dir():
        return _folder_problems(folder_or_zip)
    try:
        with zipfile.ZipFile(folder_or_zip) as archive:
            return tuple(_zip_problems(archive))
    except _UNREADABLE:
        return (_problem("PORTAL_MANIFEST", str(folder_or_zip.name)),)


def _folder_problems(folder: Path) -> tuple[Problem, ...]:
    def text() -> str:
        return (folder / MANIFEST).read_bytes().decode()

    def hashed(address: str) -> str:
        try:
            return hash_file(folder / address)
        except OSError:
            return ""

    return tuple(_problems(text, sizes_in(folder), hashed))


def _zip_problems(archive: zipfile.ZipFile) -> Iterator[Problem]:
    def hashed(address: str) -> str:
        try:
            return hashlib.sha256(archive.read(address)).hexdigest()
        except _UNREADABLE:  # its own checksum, or what was packed, is broken
            return ""

    sizes = {one.filename: one.file_size for one in archive.infolist() if not one.is_dir()}
    yield from _problems(lambda: archive.read(MANIFEST).decode(), sizes, hashed)


def _problems(text: Callable[[], str], sizes: dict[str, int], hashed: Callable[[str], str]) -> Iterator[Problem]:
    try:
        files = Manifest.read(text()).files
    except _UNREADABLE:
        yield _problem("PORTAL_MANIFEST", MANIFEST)
        return
    for address, known in files.items():
        if address not in sizes:
            yield _problem("PORTAL_MISSING", address)
        elif sizes[address] != known.size or hashed(address) != known.sha256:
            yield _problem("PORTAL_CHANGED", address)
    for address in sorted(sizes.keys() - files.keys() - {MANIFEST}):
        yield _problem("PORTAL_EXTRA", address)


_SAID = {
    "PORTAL_MANIFEST": (
        "the list of files is missing or was changed",
        "ไม่มีบัญชีไฟล์ หรือบัญชีไฟล์ถูกแก้",
        "เผยแพร่เว็บใหม่จากระบบ หรือใช้ชุดที่สำรองไว้",
    ),
    "PORTAL_CHANGED": (
        "a published file was changed",
        "ไฟล์ที่เผยแพร่แล้วถูกแก้หลังจากเผยแพร่",
        "ลบไฟล์นี้ แล้วเผยแพร่เว็บอีกครั้งโดยให้ตรวจทุกไฟล์ ระบบจะเขียนให้ใหม่",
    ),
    "PORTAL_MISSING": (
        "a published file is missing",
        "ไฟล์ที่เผยแพร่แล้วหายไป",
        "เผยแพร่เว็บอีกครั้งโดยให้ตรวจทุกไฟล์ ระบบจะเขียนให้ใหม่",
    ),
    "PORTAL_EXTRA": (
        "a file that was not published here stands in the site",
        "มีไฟล์ที่ระบบไม่ได้เผยแพร่อยู่ในเว็บ",
        "ตรวจว่าใครนำมาวาง ถ้าไม่รู้ที่มาให้ลบ",
    ),
}


def _problem(code: str, address: str) -> Problem:
    said, said_th, mend_th = _SAID[code]
    severity = Severity.WARNING if code == "PORTAL_EXTRA" else Severity.ERROR
    return Problem(code, severity, said, said_th, Where(file=address), mend_th=mend_th)
