"""Stated figures held against computed ones: what disagrees, what explains it, what cannot be at all.

Nothing is replaced: each finding is a Problem with its arithmetic.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from prongsai.errors import Problem, Where
from prongsai.frameworks.model import Framework, Level
from prongsai.scoring.exact import HUNDRED, PERCENT, Bounds, half_up, printed_as, show
from prongsai.scoring.faults import fault
from prongsai.scoring.grade import OVERALL, Grade, conditions_hold, possible_levels, shortfalls
from prongsai.scoring.misread import Misreading, misreadings, printed_parts
from prongsai.scoring.outline import Kind
from prongsai.scoring.rollup import Node, ScoreTree, agrees, equals, weighted
from prongsai.scoring.solve import knows_below

_WEIGHTED = "ค่าที่ระบุคือคะแนนหลังถ่วงน้ำหนัก (the stated figure is weighted)"
_NAMED = 4  # explanations named in the sentence; all are in the report


@dataclass(frozen=True, slots=True)
class Findings:
    """What holding stated against computed figures gave."""

    problems: tuple[Problem, ...]
    misreadings: tuple[Misreading, ...]


def check_totals(tree: ScoreTree) -> Findings:
    """Compare the stated total, and the stated score of each instrument, with what the scores below give."""
    problems = [problem for node in tree.at(Kind.INSTRUMENT) for problem in _check_instrument(node)]
    root = tree.root
    if root.how == "stated" and not knows_below(root):
        problems.append(fault("SCORE_WITHOUT_INDICATORS", root.where, stated=root.rounded))
    if root.stated is None or root.how != "computed" or _equal(root):
        return Findings(tuple(problems), ())
    if agrees(root):
        return Findings((*problems, _rounding(root, "the total", "คะแนนรวม")), ())
    found = misreadings(tree)
    return Findings((*problems, _contradiction(tree, found)), found)


def _equal(node: Node) -> bool:
    return node.stated is None or node.value is None or half_up(node.stated, node.places) == node.rounded


def _rounding(node: Node, what: str, what_th: str) -> Problem:
    stated = half_up(node.stated or Fraction(0), node.places)
    return fault(
        "SCORE_ROUNDING",
        node.where,
        evidence=(str(stated),),
        arithmetic=node.explanation,
        what=what,
        what_th=what_th,
        stated=stated,
        computed=node.rounded,
    )


def _check_instrument(node: Node) -> Iterator[Problem]:
    if node.how != "computed" or _equal(node):
        return
    what, what_th = f"instrument {node.code}", f"เครื่องมือ {node.code}"
    if agrees(node):
        yield _rounding(node, what, what_th)
        return
    stated = half_up(node.stated or Fraction(0), node.places)
    arithmetic = node.explanation
    points = half_up((node.value or Fraction(0)) * node.share, node.places)
    if points == stated:
        arithmetic += f"; × {show(node.share * HUNDRED)}% = {points}: {_WEIGHTED}"
    yield fault(
        "SCORE_CONTRADICTION",
        node.where,
        evidence=(str(stated),),
        arithmetic=arithmetic,
        what=what,
        what_th=what_th,
        stated=stated,
        computed=node.rounded,
        basis="its indicators",
        basis_th="ตัวชี้วัดของเครื่องมือ",
    )


def _contradiction(tree: ScoreTree, found: tuple[Misreading, ...]) -> Problem:
    root = tree.root
    assert root.stated is not None
    stated = half_up(root.stated, root.places)
    problem = fault(
        "SCORE_CONTRADICTION",
        root.where,
        evidence=(str(stated), *(str(each) for each in found[:_NAMED])),
        arithmetic="; ".join([f"{weighted(root)} = {equals(root)}", *_reach(tree, root.stated)]),
        what="the total",
        what_th="คะแนนรวม",
        stated=stated,
        computed=root.rounded,
        basis="the scores of its indicators",
        basis_th="คะแนนรายตัวชี้วัด",
    )
    return _with_explanations(problem, found)


def _with_explanations(problem: Problem, found: tuple[Misreading, ...]) -> Problem:
    if not found:
        more, more_th = "no misreading of one digit explains it", "ไม่มีการอ่านผิดเพียงหลักเดียวที่อธิบายได้"
    else:
        named = "; ".join(str(each) for each in found[:_NAMED])
        named_th = "; ".join(each.text_th for each in found[:_NAMED])
        rest = len(found) - _NAMED
        more = f"misreadings of one digit that would explain it: {named}" + (f" and {rest} more" if rest > 0 else "")
        more_th = f"อ่านผิดหลักเดียวที่อธิบายได้: {named_th}" + (f" และอีก {rest} แบบ" if rest > 0 else "")
    return replace(problem, message=f"{problem.message}; {more}", message_th=f"{problem.message_th} {more_th}")


def _reach(tree: ScoreTree, stated: Fraction) -> Iterator[str]:
    """Say how far the total can be moved by one score alone, when that is not far enough."""
    root, parts = tree.root, printed_parts(tree)
    if root.value is None or not parts:
        return
    up = stated > root.value
    ends = [
        (root.value + worth * ((HUNDRED if up else Fraction(0)) - (node.value or Fraction(0))), node.code)
        for node, worth in parts
    ]
    best, code = max(ends) if up else min(ends)
    if not printed_as(stated, root.places).meet(Bounds(min(best, root.value), max(best, root.value))).is_empty:
        return
    sign, end = ("≤", 100) if up else ("≥", 0)
    yield f"{code} = {end}: คะแนนรวม {sign} {half_up(best, root.places)}"


def check_level(tree: ScoreTree, graded: Grade, possible: tuple[Level, ...], where: Where) -> tuple[Problem, ...]:
    """Compare the stated level with the computed one. possible: all that the printed scores allow."""
    stated, computed = tree.resolved.level, graded.level
    if computed is None:
        return _check_possible(tree, possible, where)
    problems = []
    if len(possible) > 1:
        problems.append(_uncertain(possible, graded, where))
    if stated and stated.code != computed.code and stated not in possible:
        problems.append(_level_contradiction(tree, stated, computed, where))
    return tuple(problems)


def levels_within(framework: Framework, limits: Mapping[str, Bounds]) -> tuple[Level, ...]:
    """Give the levels that exact scores inside the limits lead to.

    limits: of the total (``overall``) and instruments.
    """
    instruments = {each.code: limits.get(each.code, PERCENT) for each in framework.instruments}
    return possible_levels(framework, limits[OVERALL], instruments)


def _uncertain(possible: tuple[Level, ...], graded: Grade, where: Where) -> Problem:
    levels = ", ".join(level.name_th for level in possible)
    return fault("LEVEL_UNCERTAIN", where, arithmetic=graded.explanation or None, levels=levels)


def _check_possible(tree: ScoreTree, possible: tuple[Level, ...], where: Where) -> tuple[Problem, ...]:
    """Check the level when only bounds are known, as when a total stands alone."""
    root, stated = tree.root, tree.resolved.level
    if root.rounded is None:
        return ()
    if not possible:
        name = tree.outline.framework.id
        return (fault("LEVEL_NONE", where, framework=name, computed=root.rounded),)
    if stated is None or stated in possible:
        return ()
    return (_level_problem(stated.name_th, possible, f"คะแนนรวม {root.rounded}", where),)


def _level_contradiction(tree: ScoreTree, stated: Level, computed: Level, where: Where) -> Problem:
    root = tree.root
    instruments = {node.code: node.rounded for node in tree.at(Kind.INSTRUMENT) if node.rounded is not None}
    overall = root.rounded or Decimal(0)
    missed = shortfalls(stated, overall, instruments)
    if missed:
        reason = f"{stated.name_th}: {', '.join(str(each) for each in missed)}"
    else:
        reason = f"{computed.name_th}: {conditions_hold(computed, overall, instruments)}"
    return _level_problem(stated.name_th, (computed,), reason + _split_note(tree), where)


def _split_note(tree: ScoreTree) -> str:
    """Name instruments with parts of unknown weight: a part that counts alone could explain another level."""
    split = [each for each in tree.outline.framework.instruments if each.split_unknown]
    return "".join(
        f"; {each.code} เก็บเป็น {len(each.parts)} ส่วนที่ไม่ทราบน้ำหนัก จึงตรวจเงื่อนไขได้เพียงคะแนนรวมของ {each.code}"
        for each in split
    )


def _level_problem(stated: str, computed: tuple[Level, ...], reason: str, where: Where) -> Problem:
    names = ", ".join(level.name_th for level in computed)
    return fault(
        "SCORE_CONTRADICTION",
        where,
        evidence=(stated,),
        arithmetic=reason,
        what="the level",
        what_th="ระดับ",
        stated=stated,
        computed=names,
        basis="the scores",
        basis_th="คะแนน",
    )
