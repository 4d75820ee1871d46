"""Everything that follows from one agency's scores, in the form that ``prongsai score --json`` prints."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from prongsai.errors import Problem, Severity
from prongsai.frameworks.model import Framework, Level
from prongsai.scoring.contradictions import check_level, check_totals, levels_within
from prongsai.scoring.derive import Derived, derive
from prongsai.scoring.exact import Bounds
from prongsai.scoring.grade import OVERALL, Grade, grade
from prongsai.scoring.misread import Misreading
from prongsai.scoring.outline import Kind, Outline
from prongsai.scoring.reach import unreachable
from prongsai.scoring.rollup import How, Node, ScoreTree, roll_up
from prongsai.scoring.scores import Scores
from prongsai.scoring.solve import solve


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """One agency's tree, level, derived scores and problems.

    level: the computed one; the stated one where the scores allow several and it is among them.
    possible_levels: all that the printed scores allow, roundings considered.
    """

    framework: str
    agency: str | None
    tree: ScoreTree
    grade: Grade
    level: Level | None
    possible_levels: tuple[Level, ...]
    derived: tuple[Derived, ...]
    misreadings: tuple[Misreading, ...]
    stated_overall: Decimal | None
    stated_level: str | None
    problems: tuple[Problem, ...]

    @property
    def overall(self) -> Decimal | None:
        """The total as computed, rounded half-up; the stated one when nothing can be computed."""
        return self.tree.root.rounded

    @property
    def overall_how(self) -> How:
        """Whether the total is computed, rests on a derived score, or is only stated."""
        return self.tree.root.how

    @property
    def official(self) -> bool:
        """Whether the framework is verified throughout, so that the figures may be shown without a mark."""
        return self.tree.outline.framework.is_official

    @property
    def has_errors(self) -> bool:
        """Whether any problem is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def instruments(self) -> Mapping[str, Decimal | None]:
        """Give the rounded score of every instrument."""
        return {node.code: node.rounded for node in self.tree.at(Kind.INSTRUMENT)}

    def indicators(self) -> Mapping[str, Decimal | None]:
        """Give the rounded score of every indicator; a missing one is None, also if derived."""
        known = {node.code: node.rounded for node in self.tree.at(Kind.INDICATOR) if node.how != "derived"}
        return {each.code: known.get(each.code) for each in self.tree.outline.framework.top_indicators()}

    def to_json(self) -> dict[str, object]:
        """Give the report as plain data; scores are numbers, unknown ones null."""
        root = self.tree.root
        exact = root.value if root.how != "stated" else None
        return {
            "framework": self.framework,
            "official": self.official,
            "agency": self.agency,
            "overall": _number(self.overall),
            "overall_how": self.overall_how,
            "exact": None if exact is None else float(exact),
            "level": self.level.name_th if self.level else None,
            "level_code": self.level.code if self.level else None,
            "possible_levels": [level.name_th for level in self.possible_levels],
            "next_level": self.grade.explanation or None,
            "instruments": {code: _number(score) for code, score in self.instruments().items()},
            "indicators": {code: _number(score) for code, score in self.indicators().items()},
            "derived": {each.code: each.to_json() for each in self.derived},
            "stated": {"overall": _number(self.stated_overall), "level": self.stated_level},
            "misreadings": [each.to_json() for each in self.misreadings],
            "problems": [problem.to_json() for problem in self.problems],
            "tree": root.to_json(),
        }


def _number(score: Decimal | None) -> float | None:
    return None if score is None else float(score)


def score_report(framework: Framework | Outline, scores: Scores) -> ScoreReport:
    """Compute, derive and check the scores of one agency. Whatever the scores say, it is told as Problems."""
    outline = framework if isinstance(framework, Outline) else Outline.of(framework)
    plain = roll_up(outline, scores)
    derivation = derive(plain)
    tree = derivation.tree
    totals = check_totals(tree)
    limits, graded = _limits(plain), _grade(tree)
    possible: tuple[Level, ...] = ()
    level_problems: tuple[Problem, ...] = ()
    if tree.root.value is not None and not any(each.is_empty for each in limits.values()):
        possible = levels_within(outline.framework, limits)
        where = scores.level.where if scores.level else scores.where
        level_problems = check_level(tree, graded, possible, where)
    return ScoreReport(
        framework=outline.framework.id,
        agency=scores.agency,
        tree=tree,
        grade=graded,
        level=_level(graded, possible, tree),
        possible_levels=possible,
        derived=derivation.derived,
        misreadings=totals.misreadings,
        stated_overall=scores.overall.value if scores.overall else None,
        stated_level=scores.level.text if scores.level else None,
        problems=(
            *scores.problems,
            *tree.problems,
            *derivation.problems,
            *totals.problems,
            *level_problems,
            *unreachable(tree),
        ),
    )


def score_reports(framework: Framework, many: Iterable[Scores]) -> Iterator[ScoreReport]:
    """Score many agencies, drawing the framework's tree once."""
    outline = Outline.of(framework)
    for scores in many:
        yield score_report(outline, scores)


def _level(graded: Grade, possible: tuple[Level, ...], tree: ScoreTree) -> Level | None:
    if graded.level:
        return graded.level
    if len(possible) == 1:
        return possible[0]
    stated = tree.resolved.level
    return stated if stated in possible else None


def _grade(tree: ScoreTree) -> Grade:
    root = tree.root
    if root.rounded is None:
        return Grade(None, None, ())
    instruments = {node.code: node.rounded for node in tree.at(Kind.INSTRUMENT) if node.rounded is not None}
    complete = len(instruments) == len(tree.outline.framework.instruments)
    return grade(tree.outline.framework, root.rounded, instruments if complete else {})


def _limits(tree: ScoreTree) -> Mapping[str, Bounds]:
    """Give the bounds of the total and of every instrument, all roundings considered."""
    limits = {node.code: _slack(node) for node in tree.at(Kind.INSTRUMENT) if node.value is not None}
    if tree.root.how == "computed":
        return limits | {OVERALL: _slack(tree.root)}
    for box in solve(tree.root, all_roundings=True).walk():
        if box.node.kind is Kind.INSTRUMENT:
            limits[box.node.code] = box.limits
        elif box.node.kind is Kind.OVERALL:
            limits[OVERALL] = box.limits
    return limits


def _slack(node: Node) -> Bounds:
    assert node.value is not None
    return Bounds(node.value - node.slack, node.value + node.slack, high_open=node.slack > 0)
