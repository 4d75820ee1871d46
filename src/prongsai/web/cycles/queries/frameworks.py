"""The framework of a cycle, read once and kept."""

from functools import lru_cache

from prongsai.frameworks.load import load
from prongsai.frameworks.marks import CERTAINTY_TH, unverified_mark
from prongsai.frameworks.model import Basis, Framework
from prongsai.scoring.outline import Outline
from prongsai.web.cycles.models import Cycle


def framework_of(cycle: Cycle) -> Framework:
    """Give the framework that a cycle was opened with, as its file is now. Raises UnknownFramework."""
    return load(cycle.framework_id)


def outline_of(cycle: Cycle) -> Outline:
    """Give the framework of a cycle drawn as a tree."""
    framework = framework_of(cycle)
    return _outline(framework.id, framework.sha256)


@lru_cache(maxsize=32)
def _outline(framework_id: str, _sha256: str) -> Outline:
    return Outline.of(load(framework_id))


def mark_of(basis: Basis) -> str:
    """Say in Thai how sure a fact is; empty when it was held against the handbook."""
    return "" if basis.certainty.is_official else f"{unverified_mark(basis)} · {CERTAINTY_TH[basis.certainty]}"


def indicator_names(framework: Framework) -> dict[str, str]:
    """Give what each indicator is called by its code, sub-indicators too."""
    return {each.code: each.name_th for each in framework.indicators}


def top_of(framework: Framework) -> dict[str, str]:
    """Give the indicator without a parent that each indicator stands under."""
    parents = {each.code: each.parent for each in framework.indicators}

    def climb(code: str) -> str:
        parent = parents.get(code)
        return climb(parent) if parent else code

    return {code: climb(code) for code in parents}
