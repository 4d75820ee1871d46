"""Get a framework or a crosswalk by its id or its file."""

import difflib
from functools import lru_cache
from pathlib import Path

from prongsai.errors import FileUnusable, FrameworkInvalid, Problem, Severity, UnknownFramework
from prongsai.frameworks import shelf
from prongsai.frameworks.build import build_crosswalk, build_framework
from prongsai.frameworks.check import check_document
from prongsai.frameworks.document import Document, read
from prongsai.frameworks.model import Crosswalk, Framework
from prongsai.frameworks.shelf import CrosswalkEntry, FrameworkEntry, crosswalks, library

__all__ = ["CrosswalkEntry", "FrameworkEntry", "crosswalk", "crosswalks", "library", "load"]

Stamp = tuple[int, int]


def load(id_or_path: str | Path, *, folder: Path | None = None) -> Framework:
    """Give the framework of an id (``"ita-2568"``) or of a file.

    folder: the office's own frameworks, else ``PRONGSAI_FRAMEWORKS``. Of several files with one id: verified before
    draft, then the higher edition, then the office's own. Raises UnknownFramework naming the nearest ids,
    FrameworkInvalid carrying every Problem of the file, FileUnusable when it cannot be read.
    """
    path = Path(id_or_path) if _is_path(id_or_path) else _find(str(id_or_path), folder)
    return _framework(path, _stamp(path), folder)


def crosswalk(from_id: str, to_id: str, *, folder: Path | None = None) -> Crosswalk:
    """Give the crosswalk between two years that follow each other. Raises as :func:`load` does."""
    for entry in crosswalks(folder=folder):
        if (entry.from_id, entry.to_id) == (from_id, to_id):
            return _crosswalk(entry.path, _stamp(entry.path), folder)
    known = [f"{entry.from_id} → {entry.to_id}" for entry in crosswalks(folder=folder)]
    raise UnknownFramework(
        f"there is no crosswalk from {from_id} to {to_id}; there are {', '.join(known)}",
        message_th=f"ไม่มีตารางเทียบข้อจาก {from_id} ไป {to_id}",
        mend_th="มีเฉพาะปีที่ติดกัน ถ้าห่างกันหลายปีใช้การเปรียบเทียบหรือไล่ตามข้อ",
    )


def _is_path(id_or_path: str | Path) -> bool:
    return isinstance(id_or_path, Path) or id_or_path.endswith((".yaml", ".yml")) or Path(id_or_path).name != id_or_path


def _find(id_: str, folder: Path | None) -> Path:
    entries = library(folder=folder)
    entry = next((each for each in entries if each.id == id_), None)
    if entry is not None:
        return entry.path
    known = list(dict.fromkeys(each.id for each in entries))
    near = difflib.get_close_matches(id_, known, n=3, cutoff=0.5) or known
    raise UnknownFramework(
        f"there is no framework {id_!r}; near are {', '.join(near)}",
        message_th=f"ไม่มีกรอบการประเมิน {id_}",
        mend_th=f"ที่ใกล้เคียงคือ {', '.join(near)}",
    )


def _stamp(path: Path) -> Stamp:
    """Tell one state of a file from another, so that an edited file is read anew."""
    try:
        found = path.stat()
    except OSError as error:
        raise FileUnusable(
            f"cannot read {path}: {error.strerror}",
            message_th=f"เปิดไฟล์ {path} ไม่ได้",
            mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
        ) from error
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=32)
def _framework(path: Path, _state: Stamp, folder: Path | None) -> Framework:
    document = _sound(path, folder)
    if document.data["kind"] == shelf.CROSSWALK:
        raise FrameworkInvalid(
            f"{path} is a crosswalk, not a framework",
            message_th=f"{path.name} เป็นตารางเทียบข้อ ไม่ใช่กรอบการประเมิน",
            problems=(),
        )
    return build_framework(document.data, document.sha256)


@lru_cache(maxsize=32)
def _crosswalk(path: Path, _state: Stamp, folder: Path | None) -> Crosswalk:
    document = _sound(path, folder)
    return build_crosswalk(document.data, document.sha256)


def _sound(path: Path, folder: Path | None) -> Document:
    """Read a file that has no fault of severity error."""
    document = read(path)
    problems = check_document(document, folder=folder)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise _invalid(path, errors[0], len(errors), problems)
    return document


def _invalid(path: Path, first: Problem, count: int, problems: tuple[Problem, ...]) -> FrameworkInvalid:
    line = first.where.line
    return FrameworkInvalid(
        f"{path} has {count} faults; line {line}: {first.message}",
        message_th=f"ไฟล์ {path.name} มีข้อผิดพลาด {count} แห่ง แห่งแรกบรรทัด {line}: {first.message_th}",
        problems=problems,
    )
