"""Where framework and crosswalk files lie: the shipped library, and a folder of the office's own.

The office's folder is a parameter or the environment variable ``PRONGSAI_FRAMEWORKS``; a year made by an office or a
province can be shared as two files without waiting for a release.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import yaml

from prongsai.errors import FileUnusable
from prongsai.frameworks.document import LOADER, read_bytes
from prongsai.frameworks.model import Status

LIBRARY = Path(__file__).with_name("library")
ENVIRONMENT = "PRONGSAI_FRAMEWORKS"
CROSSWALK = "crosswalk"
MAX_DIGITS = 9  # of an edition or year

_HEAD = ("id", "kind", "fiscal_year_be", "edition", "status", "title_th", "title_en", "from", "to")


@dataclass(frozen=True, slots=True)
class FrameworkEntry:
    """A framework file seen from outside.

    own: it lies in the office's folder. problem_th: why its head cannot be read.
    """

    id: str
    kind: str
    fiscal_year_be: int | None
    edition: int
    status: Status
    title_th: str
    title_en: str
    path: Path
    own: bool = False
    problem_th: str = ""

    def to_json(self) -> dict[str, object]:
        """Give the row that ``frameworks --json`` prints."""
        return {
            "id": self.id,
            "kind": self.kind,
            "fiscal_year_be": self.fiscal_year_be,
            "edition": self.edition,
            "status": self.status.value,
            "title_th": self.title_th,
            "title_en": self.title_en,
            "own": self.own,
            "problem_th": self.problem_th,
        }


@dataclass(frozen=True, slots=True)
class CrosswalkEntry:
    """A crosswalk file seen from outside."""

    id: str
    from_id: str
    to_id: str
    edition: int
    status: Status
    path: Path
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """The plain entries at the head of a file, and why they could not be read."""

    words: dict[str, str]
    problem_th: str = ""


def own_folder(folder: Path | None = None) -> Path | None:
    """Give the office's folder: the parameter, else ``PRONGSAI_FRAMEWORKS``, else None."""
    if folder is not None:
        return folder
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else None


def library(*, folder: Path | None = None) -> tuple[FrameworkEntry, ...]:
    """List every framework by kind and year, the office's own among them; reads no more than the head of a file.

    Of several files with one id the one that :func:`load` takes comes first: verified, then the higher edition, then
    the office's own.
    """
    entries = [e for path, own in _paths(folder) if isinstance(e := _entry(path, own), FrameworkEntry)]
    return tuple(sorted(entries, key=_order))


def crosswalks(*, folder: Path | None = None) -> tuple[CrosswalkEntry, ...]:
    """List every crosswalk, in the same order of preference."""
    entries = [e for path, own in _paths(folder) if isinstance(e := _entry(path, own), CrosswalkEntry)]
    return tuple(sorted(entries, key=lambda e: (e.id, e.status is not Status.VERIFIED, -e.edition, not e.own)))


def _order(entry: FrameworkEntry) -> tuple[object, ...]:
    return (
        entry.kind,
        entry.fiscal_year_be or 0,
        entry.id,
        entry.status is not Status.VERIFIED,
        -entry.edition,
        not entry.own,
    )


def _paths(folder: Path | None) -> Iterator[tuple[Path, bool]]:
    for path in sorted(LIBRARY.rglob("*.yaml")):
        yield path, False
    own = own_folder(folder)
    if own is None:
        return
    if not own.is_dir():
        raise FileUnusable(
            f"{own} is not a folder",
            message_th=f"ไม่พบโฟลเดอร์กรอบการประเมิน {own}",
            mend_th=f"แก้ชื่อโฟลเดอร์ หรือยกเลิกตัวแปร {ENVIRONMENT}",
        )
    for path in sorted([*own.rglob("*.yaml"), *own.rglob("*.yml")]):
        yield path, True


def _entry(path: Path, own: bool) -> FrameworkEntry | CrosswalkEntry:
    try:
        found = path.stat()
        state = found.st_mtime_ns, found.st_size
    except OSError:  # a link to nowhere, for example; reading it says so
        state = 0, 0
    return replace(_read_entry(path, *state), own=own)


@lru_cache(maxsize=256)
def _read_entry(path: Path, _mtime_ns: int, _size: int) -> FrameworkEntry | CrosswalkEntry:
    head = _head(path)
    words = head.words
    edition = _whole(words.get("edition", "")) or 0
    status = Status.VERIFIED if words.get("status") == Status.VERIFIED else Status.DRAFT
    if words.get("kind") == CROSSWALK:
        return CrosswalkEntry(
            words.get("id", path.stem), words.get("from", ""), words.get("to", ""), edition, status, path
        )
    year = words.get("fiscal_year_be", "")
    return FrameworkEntry(
        id=words.get("id", path.stem),
        kind=words.get("kind", ""),
        fiscal_year_be=_whole(year),
        edition=edition,
        status=status,
        title_th=words.get("title_th", "").replace("{year}", year),
        title_en=words.get("title_en", "").replace("{year}", year),
        path=path,
        problem_th=head.problem_th,
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else None


def _head(path: Path) -> _Head:
    """Read the scalar entries above the first list; what is wrong further down does not matter here."""
    words: dict[str, str] = {}
    try:
        for key, value in _pairs(read_bytes(path).decode("utf-8-sig")):
            if value is None:
                break
            if key in _HEAD:
                words[key] = value
    except FileUnusable as error:
        return _Head(words, error.message_th)
    except UnicodeDecodeError:
        return _Head(words, "ไฟล์ไม่ได้บันทึกเป็น UTF-8")
    except yaml.YAMLError:
        return _Head(words, "อ่านไฟล์ตามรูปแบบ YAML ไม่ได้")
    if "id" not in words or "kind" not in words:
        return _Head(words, "หัวไฟล์ไม่มี id และ kind ก่อนรายการแรก")
    for key in ("edition", "fiscal_year_be"):
        if len(words.get(key, "")) > MAX_DIGITS:
            return _Head(words, f"{key} ยาวเกิน {MAX_DIGITS} หลัก")
    return _Head(words)


def _pairs(text: str) -> Iterator[tuple[str, str | None]]:
    """Walk the entries of the outermost table; the value of a list or table is None."""
    key: str | None = None
    inside = False
    for event in yaml.parse(text, Loader=LOADER):
        if not inside:
            inside = isinstance(event, yaml.MappingStartEvent)
        elif not isinstance(event, yaml.ScalarEvent):
            yield key or "", None
        elif key is None:
            key = event.value
        else:
            yield key, event.value
            key = None
