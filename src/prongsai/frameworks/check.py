"""Every fault of a framework or crosswalk file, each with its line."""

from collections.abc import Iterable
from pathlib import Path

from prongsai.errors import Problem, Severity
from prongsai.frameworks import shelf
from prongsai.frameworks.build import build_framework
from prongsai.frameworks.crosswalk_rules import crosswalk_problems
from prongsai.frameworks.document import Document, Place, read
from prongsai.frameworks.faults import fault
from prongsai.frameworks.level_rules import level_problems
from prongsai.frameworks.model import Framework
from prongsai.frameworks.rules import common_problems, framework_problems
from prongsai.frameworks.structure import SHAPE
from prongsai.frameworks.view import View


def check(path: str | Path, *, folder: Path | None = None) -> list[Problem]:
    """List every fault of a framework or crosswalk file, in the order of its lines.

    folder: where a crosswalk's frameworks are looked for beside the shipped ones; else ``PRONGSAI_FRAMEWORKS``, else
    the file's own folder. Raises FileUnusable when the file cannot be opened.
    """
    return list(check_document(read(Path(path)), folder=folder))


def check_document(document: Document, *, folder: Path | None = None) -> tuple[Problem, ...]:
    """List every fault of a file that is already read."""
    if document.data is None and document.problems:
        return document.problems
    shape = SHAPE.problems(document)
    found = [*document.problems, *(problem for _, problem in shape)]
    if isinstance(document.data, dict):
        view = View(document, _broken(shape))
        found += common_problems(view)
        if document.data.get("kind") == shelf.CROSSWALK:
            found += _crosswalk(view, folder)
        else:
            found += [*framework_problems(view), *level_problems(view)]
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.where.line or 0))


def _broken(shape: Iterable[tuple[Place, Problem]]) -> frozenset[Place]:
    """Give the places out of shape and all that holds them; an unknown key harms nothing around it."""
    wrong = [place for place, problem in shape if problem.code != "FRAMEWORK_UNKNOWN_KEY"]
    return frozenset(place[:length] for place in wrong for length in range(len(place) + 1))


def _crosswalk(view: View, folder: Path | None) -> list[Problem]:
    frameworks: list[Framework] = []
    found: list[Problem] = []
    for key in ("from", "to"):
        if not view.whole(key):
            return found
        framework = _framework(view, key, folder)
        if isinstance(framework, Framework):
            frameworks.append(framework)
        else:
            found.append(framework)
    if not found:
        found += crosswalk_problems(view, *frameworks)
    return found


def _framework(view: View, key: str, folder: Path | None) -> Framework | Problem:
    wanted = view.document.data[key]
    beside = Path(view.document.file).parent
    own = shelf.own_folder(folder) or (beside if beside.is_dir() else None)
    entry = next((e for e in shelf.library(folder=own) if e.id == wanted), None)
    if entry is None:
        return fault("FRAMEWORK_CROSSWALK_UNKNOWN_FRAMEWORK", view.where(key), code=wanted)
    document = read(entry.path)
    if any(problem.severity is Severity.ERROR for problem in check_document(document, folder=folder)):
        return fault("FRAMEWORK_CROSSWALK_UNFIT_FRAMEWORK", view.where(key), code=wanted)
    return build_framework(document.data, document.sha256)
