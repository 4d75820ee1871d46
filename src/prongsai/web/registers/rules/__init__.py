"""What a register's file cannot say: one small module a register, ``rules/<id with _>.py``, each function optional.

- ``check(scope, register, values, entry | None) -> Iterable[Fault]``: before an entry is added, changed or moved
- ``why_not_move(scope, register, entry, move) -> str``: empty when nothing is against it
- ``why_not_report(scope, register, entry) -> str``: of the progress of a plan's entry; empty when nothing is against it
- ``notices(scope, register, year) -> Iterable[Notice]``: when a period or year is looked at; on the list of a register
  that has no periods
- ``proposals(scope, register, year) -> Sequence[Values]``: what follows from other registers and is not there yet
- ``picture(scope, register, entry | None) -> SafeString``: what is drawn of an entry, or beside the list
- ``after(scope, register, entry) -> None``: when an entry was added, changed or moved, in the same transaction
- ``papers(scope, register, entry) -> Mapping[kind, records]``: the papers that an entry makes: a kind of
  ``reports.catalogue``, and a function that gives its records as JSON holds them (``queries.papers`` asks it)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.utils.safestring import SafeString

from prongsai.registers.model import Fault, Move, Register, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry

Records = Callable[[], dict[str, Any]]  # the records of a paper, worked out when it is written


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to look at before a period is closed. is_blocking: it is not closed while this stands."""

    text: str
    is_blocking: bool = False


def _no_faults(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterable[Fault]:
    return ()


def _no_reason(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    return ""


def _no_report(scope: Scope, register: Register, entry: Entry) -> str:
    return ""


def _no_picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    return SafeString("")


def _no_proposals(scope: Scope, register: Register, year: int) -> Sequence[Values]:
    return ()


def _no_notices(scope: Scope, register: Register, year: int) -> Iterable[Notice]:
    return ()


def _nothing_more(scope: Scope, register: Register, entry: Entry) -> None:
    return None


def _no_papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    return {}


@dataclass(frozen=True, slots=True)
class Hooks:
    """The functions of a register's module; where it has none, one that says nothing."""

    check: Callable[[Scope, Register, Values, Entry | None], Iterable[Fault]] = _no_faults
    why_not_move: Callable[[Scope, Register, Entry, Move], str] = _no_reason
    why_not_report: Callable[[Scope, Register, Entry], str] = _no_report
    notices: Callable[[Scope, Register, int], Iterable[Notice]] = _no_notices
    proposals: Callable[[Scope, Register, int], Sequence[Values]] = _no_proposals
    picture: Callable[[Scope, Register, Entry | None], SafeString] = _no_picture
    after: Callable[[Scope, Register, Entry], None] = _nothing_more
    papers: Callable[[Scope, Register, Entry], Mapping[str, Records]] = _no_papers


@lru_cache(maxsize=512)
def hooks_of(register: str) -> Hooks:
    """Give what a register's own module says; registers without one get functions that say nothing."""
    name = f"{__name__}.{register.replace('-', '_')}"
    if not name.rpartition(".")[2].isidentifier() or find_spec(name) is None:
        return Hooks()
    module = import_module(name)
    given = {each: getattr(module, each) for each in Hooks.__dataclass_fields__ if hasattr(module, each)}
    return Hooks(**given)
