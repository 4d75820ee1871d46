"""Get registers: one by its file, all of them, or the edition of a year."""

import difflib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from prongsai.errors import Problem, RegisterInvalid, Severity, UnknownRegister
from prongsai.registers import written
from prongsai.registers.build import build
from prongsai.registers.check import check_document
from prongsai.registers.model import Register
from prongsai.registers.shelf import Stamp, own_files, shipped_files, shipped_states, stamp


def load(path: str | Path, *, folder: Path | None = None) -> Register:
    """Give the register of a file. folder: the office's own registers, which it may point at.

    Raises RegisterInvalid carrying every Problem of the file, FileUnusable when it cannot be read.
    """
    path = Path(path)
    return _register(path, stamp(path), None if path in shipped_files() else folder)


def library(folder: Path | None = None) -> tuple[Register, ...]:
    """Give every edition of every register, shipped and of the office's own folder, in the order of ids and years.

    A file with faults is left out; :func:`unfit` names those.
    """
    return _shelf(folder).registers


def unfit(folder: Path | None = None) -> tuple[RegisterInvalid, ...]:
    """Give why files of the library or of the office's folder are left out."""
    return _shelf(folder).unfit


def editions(id: str, folder: Path | None = None) -> tuple[Register, ...]:
    """Give the editions of a register, the oldest first. Raises UnknownRegister naming the nearest."""
    found = _shelf(folder).editions.get(id)
    if not found:
        raise _unknown(id, tuple(_shelf(folder).editions))
    return found


def of_year(id: str, year_be: int, folder: Path | None = None) -> Register:
    """Give the edition by which a fiscal year (BE) is kept; year 0: the newest. Raises UnknownRegister."""
    found = editions(id, folder)
    if not year_be:
        return found[-1]
    fitting = [each for each in found if each.since_be <= year_be]
    if fitting:
        return fitting[-1]
    raise UnknownRegister(
        f"register {id} is kept from {found[0].since_be} on, not in {year_be}",
        message_th=f"ทะเบียน {id} เริ่มใช้ปีงบประมาณ {found[0].since_be} ไม่มีฉบับของปี {year_be}",
        mend_th="เลือกปีตั้งแต่ที่เริ่มใช้",
    )


def _unknown(id_: str, known: tuple[str, ...]) -> UnknownRegister:
    near = difflib.get_close_matches(id_, known, n=3, cutoff=0.5) or known[:10]
    return UnknownRegister(
        f"there is no register {id_!r}; near are {', '.join(near)}",
        message_th=f"ไม่มีทะเบียน {id_}",
        mend_th=f"ที่ใกล้เคียงคือ {', '.join(near)}",
    )


Files = tuple[tuple[Path, Stamp], ...]


@dataclass(frozen=True, slots=True)
class _Shelf:
    registers: tuple[Register, ...]
    editions: dict[str, tuple[Register, ...]]
    unfit: tuple[RegisterInvalid, ...]


def _shelf(folder: Path | None) -> _Shelf:
    return _filled(shipped_states(), tuple((path, stamp(path)) for path in own_files(folder)), folder)


@lru_cache(maxsize=16)
def _filled(shipped: Files, own: Files, folder: Path | None) -> _Shelf:
    found: list[Register] = []
    unfit: list[RegisterInvalid] = []
    for path, state in (*shipped, *own):
        try:
            found.append(_register(path, state, folder if (path, state) in own else None))
        except RegisterInvalid as error:
            unfit.append(error)
    found.sort(key=lambda each: (each.id, each.since_be))
    by_id: dict[str, tuple[Register, ...]] = {}
    for each in found:
        by_id[each.id] = (*by_id.get(each.id, ()), each)
    return _Shelf(tuple(found), by_id, tuple(unfit))


@lru_cache(maxsize=512)
def _register(path: Path, _state: Stamp, folder: Path | None) -> Register:
    document = written.read(path)
    problems = check_document(document, folder=folder)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise _invalid(path, errors[0], len(errors), problems)
    return build(document.data, file=str(path), sha256=document.sha256)


def _invalid(path: Path, first: Problem, count: int, problems: tuple[Problem, ...]) -> RegisterInvalid:
    line = first.where.line
    return RegisterInvalid(
        f"{path} has {count} faults; line {line}: {first.message}",
        message_th=f"ไฟล์ทะเบียน {path.name} มีข้อผิดพลาด {count} แห่ง แห่งแรกบรรทัด {line}: {first.message_th}",
        problems=problems,
    )
