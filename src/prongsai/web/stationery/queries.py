"""Which kinds of papers there are, which templates an office has for them, and what is wrong with one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from prongsai.documents.model import Document
from prongsai.documents.template.model import Slot
from prongsai.errors import FileUnusable, Problem, Severity, UnknownRegister
from prongsai.registers.load import editions, library
from prongsai.registers.model import Register
from prongsai.reports.catalogue import FORMS, PAPERS, TITLES, paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.reports.register_forms import form_of
from prongsai.reports.stationery.kinds import Stationery, stationery_of
from prongsai.reports.stationery.registers import ENTRY, ENTRY_TH, PERIOD, of_entry, of_period
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence import store
from prongsai.web.stationery.models import PaperTemplate

# Written in our layout alone: what complaints give out is checked line by line, a list of readers is cut to be signed.
ALWAYS_OURS = frozenset({"complaint-guideline", "complaint-statistics", "circulation-list"})


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of paper in the list, with the template in use, when there is one, and whether it still fits."""

    kind: str
    title: str
    template: PaperTemplate | None = None
    n_versions: int = 0
    is_unfit: bool = False


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Kinds that belong together. key: letters, forms or registers."""

    key: str
    lines: tuple[KindLine, ...]


def templates_of(scope: Scope) -> QuerySet[PaperTemplate]:
    """Give an office's templates, the newest of a kind first."""
    return PaperTemplate.objects.filter(agency=scope.agency).select_related("file__agency", "added_by")


def template_for(agency: Agency, kind: str) -> PaperTemplate | None:
    """Give the template that papers of a kind are written on; None where the program's own layout serves."""
    found = PaperTemplate.objects.filter(agency=agency, kind=kind, is_open=True)
    return found.select_related("file__agency").first()


def stationery(kind: str) -> Stationery | None:
    """Give the fields of a kind: a paper of the catalogue, a register's period, an entry; None for another name."""
    if kind in ALWAYS_OURS:
        return None
    if kind in TITLES:
        return stationery_of(kind)
    if kind == ENTRY:
        return of_entry()
    register = _register(kind.removeprefix(PERIOD)) if kind.startswith(PERIOD) else None
    return of_period(register) if register else None


def _register(id: str) -> Register | None:
    try:
        return editions(id, settings.REGISTERS_FOLDER)[-1]
    except UnknownRegister:
        return None


def kinds_of(scope: Scope) -> tuple[KindGroup, ...]:
    """Give every kind of paper, in groups, with the office's templates."""
    forms = {kind: title for kind, title in FORMS.items() if kind not in ALWAYS_OURS}
    titles = {"letters": PAPERS, "forms": forms, "registers": _register_titles()}
    open_ones, counts = _counted(templates_of(scope))
    return tuple(
        KindGroup(key, tuple(_line(kind, title, open_ones, counts) for kind, title in kinds.items()))
        for key, kinds in titles.items()
    )


def _counted(templates: Iterable[PaperTemplate]) -> tuple[dict[str, PaperTemplate], dict[str, int]]:
    open_ones: dict[str, PaperTemplate] = {}
    counts: dict[str, int] = {}
    for one in templates:
        counts[one.kind] = counts.get(one.kind, 0) + 1
        if one.is_open:
            open_ones[one.kind] = one
    return open_ones, counts


def _line(kind: str, title: str, open_ones: dict[str, PaperTemplate], counts: dict[str, int]) -> KindLine:
    template = open_ones.get(kind)
    return KindLine(kind, title, template, counts.get(kind, 0), template is not None and bool(faults_of(template)))


def _register_titles() -> dict[str, str]:
    """Name the registers whose period has no form of its own: those are written on the form's template."""
    plain = (one for one in library(settings.REGISTERS_FOLDER) if form_of(one) is None)
    return {ENTRY: ENTRY_TH} | {f"{PERIOD}{one.id}": one.print_.title_th or one.name_th for one in plain}


def faults_of(template: PaperTemplate) -> tuple[Problem, ...]:
    """Say what is wrong with a kept template today: the fields of its kind may have changed since."""
    found = stationery(template.kind)
    if found is None:
        return ()
    return _faults(template.file.agency.code, template.file.sha256, template.name, found.slots, template.kind)


@lru_cache(maxsize=256)
def _faults(code: str, sha256: str, name: str, slots: tuple[Slot, ...], kind: str) -> tuple[Problem, ...]:
    content = content_of(code, sha256)
    found = stationery(kind)
    if content is None or found is None:
        return ()
    try:
        return found.check(content, name).problems
    except FileUnusable as refused:
        return (
            Problem("TEMPLATE_NOT_WORD", Severity.ERROR, str(refused), refused.message_th, mend_th=refused.mend_th),
        )


def content_of(code: str, sha256: str) -> bytes | None:
    """Give the bytes of a kept template; None when they are gone or damaged."""
    path = store.path_of(code, sha256)
    return path.read_bytes() if store.is_whole(path, sha256) else None


def sample_of(kind: str) -> tuple[Any, Document] | None:
    """Give a sample record of a kind and the paper composed of it; None for papers of registers, which have none."""
    if kind not in TITLES:
        return None
    found = paper_kind(kind)
    record = found.sample()
    return record, found.compose(record, USUAL)


def slots_of(found: Stationery) -> tuple[Slot, ...]:
    """Give the fields of a kind with examples, where there is a sample."""
    sample = sample_of(found.name)
    return found.exemplified(*sample) if sample else found.slots
