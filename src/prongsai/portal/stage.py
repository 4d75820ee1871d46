"""Where the files of a site are put: a folder, of which only what changed is written, or a zip.

A folder keeps a journal while it is written to. When a run ends before its end, the next one goes on from there: every
address that was written is known, pages that were done are not made again.
"""

import errno
import hashlib
import json
import os
import secrets
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

from prongsai.documents.write import save
from prongsai.portal.addresses import MANIFEST, WORKSHOP, suffix
from prongsai.portal.alone import workshop_of
from prongsai.portal.manifest import Known, Manifest, hash_file, sizes_in

_PACKED = {"pdf", "docx", "xlsx", "pptx", "png", "jpg", "jpeg", "webp", "zip", "woff2"}  # nothing to gain
JOURNAL, PART = "journal", "part"
_EPOCH = (1980, 1, 1, 0, 0, 0)
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A file to be put at an address. content: its bytes, or how to get them when they must be written.

    sha256: known beforehand of what is not loaded yet. is_early: files that come before it already link to it.
    """

    address: str
    content: bytes | Callable[[], bytes]
    sha256: str = ""
    is_early: bool = False

    @property
    def is_page(self) -> bool:
        """Whether it is a page that people read."""
        return self.address.endswith(".html")


class Stage(Protocol):
    """What a site is put on. recovered: pages that a run made which did not come to its end."""

    manifest: Manifest
    touched: set[str]
    recovered: set[str]

    def put(self, made: Made, owner: str = "", role: str = "own") -> None:
        """Put a file; what stands there already with the same bytes is left."""

    def hold(self, address: str, content: bytes) -> None:
        """Put something at an address at which nothing stands yet, until its file is made."""

    def has(self, address: str) -> bool:
        """Whether something stands at an address."""

    def text(self, address: str) -> str:
        """Give the text of a file that stands there, empty for none."""

    def keep(self, address: str) -> bool:
        """Leave a file as it is; False when it does not stand as it was written."""

    def is_done(self, path: str, stamp: str) -> bool:
        """Whether the files of a page stand as a stamp says; then they are left."""

    def done(self, path: str, stamp: str, links: list[str]) -> None:
        """Note that all files of a page stand. links: see Manifest."""

    def is_one(self, address: str, other: str) -> bool:
        """Whether two addresses are of one file, as great and small letters are the same on Windows."""


def bytes_of(made: Made) -> bytes:
    """Give the bytes of a file."""
    return made.content if isinstance(made.content, bytes) else made.content()


@dataclass(slots=True)
class Folder:
    """A folder that a web server shows while it is written to.

    sizes: of files that were looked at; all of them when is_healed. A folder of ten thousand pages is not looked
    through at every publication: its manifest is believed, unless a run before did not come to its end, or the caller
    asks.
    """

    to: Path
    workshop: Path
    manifest: Manifest
    journal: IO[str]
    sizes: dict[str, int]
    is_healed: bool
    tell: Tell | None = None
    recovered: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    written: int = 0
    kept: int = 0
    _owned: dict[str, set[str]] = field(default_factory=dict)
    _broken: set[str] = field(default_factory=set)
    _part: Path = field(init=False)

    def __post_init__(self) -> None:
        # A name that nobody guesses: where a server gives the folder of all sites, what is written stands there too.
        self._part = self.workshop / f"{PART}-{secrets.token_hex(8)}"

    @classmethod
    def open(cls, to: Path, tell: Tell | None = None, *, heal: bool = False) -> "Folder":
        """Open a folder where its manifest and journal say how far it is. heal: look at every file."""
        to.mkdir(parents=True, exist_ok=True)
        workshop = workshop_of(to)
        _swept(workshop)
        manifest, is_broken = _known(to)
        journals = [place / JOURNAL for place in _workshops(to, workshop)]
        is_healed = heal or is_broken or any(one.exists() for one in journals)
        found = sizes_in(to) if is_healed else {}
        sizes = {address: size for address, size in found.items() if not address.startswith(f"{WORKSHOP}/")}
        if is_broken:
            manifest = _adopted(to, sizes)
        recovered = {path for one in journals for path in _replay(one, to, sizes, manifest)}
        journal = (workshop / JOURNAL).open("a", encoding="utf-8", newline="\n")
        folder = cls(to, workshop, manifest, journal, sizes, is_healed, tell, recovered)
        folder._count()
        return folder

    def _count(self) -> None:
        """Sort what is known by its page, and find pages of which a file is gone or has another size."""
        owned = defaultdict(set)
        for address, known in self.manifest.files.items():
            owned[known.owner].add(address)
            if self.is_healed and self.sizes.get(address) != known.size:
                self._broken.add(known.owner)
        self._owned = dict(owned)

    def _size(self, address: str) -> int | None:
        """Give the size of a file, None when nothing stands there."""
        if address not in self.sizes and not self.is_healed:
            try:
                self.sizes[address] = (self.to / address).stat().st_size
            except (FileNotFoundError, NotADirectoryError):
                return None
        return self.sizes.get(address)

    def has(self, address: str) -> bool:
        """Whether something stands at an address."""
        return self._size(address) is not None

    def text(self, address: str) -> str:
        """Give the text of a file that stands there, empty for none."""
        return (self.to / address).read_text(encoding="utf-8") if self.has(address) else ""

    def keep(self, address: str) -> bool:
        """Leave a file as it is; False when it does not stand as it was written."""
        known = self.manifest.files.get(address)
        if known is None or self._size(address) != known.size:
            return False
        self.touched.add(address)
        self.kept += 1
        return True

    def is_done(self, path: str, stamp: str) -> bool:
        """Whether the files of a page stand as a stamp says; then they are left."""
        if self.manifest.entries.get(path) != stamp or path in self._broken:
            return False
        mine = self._owned.get(path, set())
        self.touched |= mine
        self.kept += len(mine)
        return True

    def done(self, path: str, stamp: str, links: list[str]) -> None:
        """Note that all files of a page stand. links: see Manifest."""
        self.manifest.note(path, stamp, links)
        self._note({"done": path, "stamp": stamp, "links": links})

    def is_one(self, address: str, other: str) -> bool:
        """Whether two addresses are of one file, as great and small letters are the same on Windows."""
        with suppress(FileNotFoundError):
            return (self.to / address).samefile(self.to / other)
        return False

    def put(self, made: Made, owner: str = "", role: str = "own") -> None:
        """Put a file; what stands there already with the same bytes is left."""
        address, known = made.address, self.manifest.files.get(made.address)
        self.touched.add(address)
        content = b"" if made.sha256 else bytes_of(made)
        sha256 = made.sha256 or hashlib.sha256(content).hexdigest()
        if known and known.sha256 == sha256 and self._size(address) == known.size:
            self.manifest.files[address] = Known(sha256, known.size, owner, role)
            self.kept += 1
            return
        content = bytes_of(made) if made.sha256 else content
        self._note({"put": address, "owner": owner, "role": role})
        self._write(address, content)
        self.manifest.files[address] = Known(sha256, len(content), owner, role)
        self.written += 1
        if self.tell:
            self.tell(address)

    def hold(self, address: str, content: bytes) -> None:
        """Put something at an address at which nothing stands yet, until its file is made."""
        if not self.has(address):
            self._note({"put": address, "owner": "", "role": "gone"})
            self._write(address, content)
            if self.tell:
                self.tell(address)

    def _write(self, address: str, content: bytes) -> None:
        """Write beside and replace: a reader sees the old file or the new one."""
        beside, target = self._part, self.to / address
        beside.write_bytes(content)
        try:
            os.replace(beside, target)  # noqa: PTH105  # reason: called for every file, twice as fast
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._move(beside, target, content)
        except OSError:
            self._move(beside, target, content)
        self.sizes[address] = len(content)

    def _move(self, beside: Path, target: Path, content: bytes) -> None:
        try:
            beside.replace(target)
        except OSError as mistake:
            if mistake.errno != errno.EXDEV:
                raise
            save(content, target)  # the site's folder is a disk of its own: its neighbour is on another one

    def _note(self, line: dict[str, object]) -> None:
        self.journal.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.journal.flush()

    def finish(self) -> None:
        """Write the manifest, if anything is other than it says; the journal has done its work."""
        text = self.manifest.text()
        if self.text(MANIFEST) != text:
            save(text.encode(), self.to / MANIFEST)
        self.close()
        for place in _workshops(self.to, self.workshop):
            _swept(place)
            with suppress(OSError):  # it is not there; or others hold it or put something in it, which is told
                (place / JOURNAL).unlink(missing_ok=True)
                if place != self.workshop:
                    (place / "lock").unlink(missing_ok=True)
                    place.rmdir()

    def close(self) -> None:
        """Leave the folder as it is; the next run goes on from the journal."""
        self.journal.close()
        self._part.unlink(missing_ok=True)


def _workshops(to: Path, workshop: Path) -> tuple[Path, ...]:
    """Give where a run may have left its journal: those of earlier editions stood inside the site's folder."""
    inside = to.resolve() / WORKSHOP
    return (workshop,) if inside == workshop else (inside, workshop)


def _swept(workshop: Path) -> None:
    """Remove what was half written when a run was cut off."""
    for left in workshop.glob(f"{PART}*"):
        left.unlink(missing_ok=True)


def _known(to: Path) -> tuple[Manifest, bool]:
    """Read the manifest; say whether there is one that is broken."""
    try:
        return Manifest.read((to / MANIFEST).read_bytes().decode()), False
    except FileNotFoundError:
        return Manifest(), False
    except ValueError:
        return Manifest(), True


def _adopted(to: Path, sizes: dict[str, int]) -> Manifest:
    """Take every file of a folder for one that was public, when nothing else tells."""
    files = (address for address in sizes if address != MANIFEST)
    return Manifest({address: Known(hash_file(to / address), sizes[address], "?", "gone") for address in files})


def _replay(journal: Path, to: Path, sizes: dict[str, int], manifest: Manifest) -> set[str]:
    """Take over what a run did that did not come to its end; what it wrote is looked at, not believed.

    Gives the paths of the pages that it made: what lists and search say of them may be older.
    """
    recovered = set()
    for line in _lines(journal):
        if "done" in line:
            manifest.note(line["done"], line["stamp"], line.get("links", []))
            recovered.add(line["done"])
        elif line["put"] in sizes:
            manifest.files[line["put"]] = Known("", sizes[line["put"]], line["owner"], line["role"])
    for address, known in manifest.files.items():
        if not known.sha256:
            known.sha256 = hash_file(to / address)
    return recovered


def _lines(journal: Path) -> Iterator[dict[str, Any]]:
    if journal.exists():
        for line in journal.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                return  # the last line, cut by the end of the run


@dataclass(slots=True)
class Zip:
    """A zip: made whole, the same for the same site."""

    archive: zipfile.ZipFile
    tell: Tell | None = None
    manifest: Manifest = field(default_factory=Manifest)
    touched: set[str] = field(default_factory=set)
    recovered: set[str] = field(default_factory=set)

    def has(self, address: str) -> bool:
        """Nobody looks into a zip before it is whole: nothing needs to be held."""
        return True

    def text(self, address: str) -> str:
        """Nothing stood in it before."""
        return ""

    def keep(self, address: str) -> bool:
        """Nothing stood in it before."""
        return False

    def is_done(self, path: str, stamp: str) -> bool:
        """Nothing stood in it before."""
        return False

    def done(self, path: str, stamp: str, links: list[str]) -> None:
        """Note that all files of a page are in. links: see Manifest."""
        self.manifest.note(path, stamp, links)

    def is_one(self, address: str, other: str) -> bool:
        """A zip holds what is put in, once."""
        return False

    def put(self, made: Made, owner: str = "", role: str = "own") -> None:
        """Put a file in; what two pages share is in it once."""
        if made.address in self.touched:
            return
        content = bytes_of(made)
        self.touched.add(made.address)
        self.manifest.files[made.address] = Known(hashlib.sha256(content).hexdigest(), len(content), owner, role)
        self._pack(made.address, content)
        if self.tell:
            self.tell(made.address)

    def hold(self, address: str, content: bytes) -> None:
        """Nobody looks into a zip before it is whole."""

    def finish(self) -> None:
        """Put the manifest in."""
        self._pack(MANIFEST, self.manifest.text().encode())

    def _pack(self, address: str, content: bytes) -> None:
        info = zipfile.ZipInfo(address, _EPOCH)
        info.create_system, info.external_attr = 3, 0o644 << 16
        info.compress_type = zipfile.ZIP_STORED if suffix(address) in _PACKED else zipfile.ZIP_DEFLATED
        self.archive.writestr(info, content)
