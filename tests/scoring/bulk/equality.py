"""Hold what an engine says of a nation against the exact engine."""

from collections.abc import Sequence
from pathlib import Path

from prongsai.scoring.bulk.engines.base import Engine
from prongsai.scoring.bulk.run import Nation, score_nation
from prongsai.scoring.outline import ROOT
from prongsai.scoring.report import score_report
from tests.scoring.bulk.build import Country, everywhere

NEAR = 1e-9


def differences(nation: Nation, country: Country) -> list[str]:
    """Give every node, rounding and level that is not that of the exact engine."""
    found: list[str] = []
    trees, scores = country.trees(), country.scores()
    if [each.agency for each in nation.agencies] != sorted(trees):
        found.append(f"agencies {[each.agency for each in nation.agencies]}")
    for each in nation.agencies:
        exact = everywhere(trees[each.agency])
        told = {key: value for key, value in zip(nation.keys, each.nodes, strict=True) if value is not None}
        found += [f"{each.agency} {key}: {told.get(key)} for {exact.get(key)}" for key in {**exact, **told}
                  if key not in exact or key not in told or abs(exact[key] - told[key]) > NEAR]  # fmt: skip
        root = trees[each.agency].root
        if each.rounded[ROOT] != root.rounded:
            found.append(f"{each.agency} rounded {each.rounded[ROOT]} for {root.rounded}")
        level = score_report(nation.outline, scores[each.agency]).level
        if each.level != (level.code if level else None):
            found.append(f"{each.agency} level {each.level} for {level}")
    return found


def scored(engine: Engine, country: Country, files: Sequence[Path]) -> Nation:
    """Score a country by an engine, which is closed afterwards."""
    try:
        return score_nation(country.framework, files, engine, every_node=True)
    finally:
        engine.close()
