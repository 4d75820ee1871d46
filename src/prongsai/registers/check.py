"""Every fault of a register file, each with its line."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from prongsai.errors import FileUnusable, Problem
from prongsai.frameworks.document import Document
from prongsai.registers import written
from prongsai.registers.build import build
from prongsai.registers.checking.across import across_problems, taken_problems
from prongsai.registers.checking.examples import example_problems
from prongsai.registers.checking.fields import derivation_problems, field_problems
from prongsai.registers.checking.flow import flow_problems
from prongsai.registers.checking.parts import part_problems
from prongsai.registers.checking.ruling import rule_problems
from prongsai.registers.checking.view import View, look
from prongsai.registers.checking.wording import wording_problems
from prongsai.registers.shape import SHAPE
from prongsai.registers.shelf import LIBRARY, Stamp, own_files, shipped_files, stamp

_RULES = (field_problems, derivation_problems, part_problems, rule_problems, flow_problems, wording_problems)


def check(path: str | Path, *, folder: Path | None = None) -> list[Problem]:
    """List every fault of a register file, in the order of its lines. Raises FileUnusable when it cannot be opened.

    folder: the office's own registers, which the file may point at beside the shipped ones; else those beside it.
    """
    return list(check_document(written.read(Path(path)), folder=folder))


def check_document(document: Document, *, folder: Path | None = None) -> tuple[Problem, ...]:
    """List every fault of a file that is already read."""
    if document.data is None and document.problems:
        return document.problems
    found = [*document.problems, *(problem for _, problem in SHAPE.problems(document))]
    view = look(document)
    if view is not None:
        for rule in _RULES:
            found += rule(view)
        found += _outer(view, folder)
        if not found:
            found += example_problems(view, build(view.data))
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: (problem.where.line or 0, problem.code)))


def _outer(view: View, folder: Path | None) -> Iterator[Problem]:
    path = Path(view.document.file).resolve()
    is_shipped = path.parent == LIBRARY.resolve()
    own = () if is_shipped else own_files(folder or path.parent)
    shipped = [(file, each) for file in shipped_files() if (each := _seen(file))]
    beside = [(file, each) for file in own if file.resolve() != path and (each := _seen(file))]
    newest_last = sorted((each for _, each in (*shipped, *beside)), key=lambda each: each.since)
    others: Mapping[str, View] = {each.id: each for each in newest_last} | {view.id: view}
    yield from across_problems(view, others)
    before = [(file, each) for file, each in (shipped if is_shipped else beside) if file.name < path.name]
    yield from taken_problems(
        view,
        taken={(each.id, each.since): file for file, each in before},
        shipped_since={each.id: each.since for _, each in sorted(shipped, key=lambda pair: pair[1].since)},
        is_shipped=is_shipped,
    )


def _seen(path: Path) -> View | None:
    """Look at another register's file; None when there is none in it."""
    try:
        found = _read(path, stamp(path))
    except FileUnusable:
        return None
    return found if found is not None and found.id and found.fields else None


@lru_cache(maxsize=512)
def _read(path: Path, _state: Stamp) -> View | None:
    return look(written.read(path))
