"""A published table held against the arithmetic of its year: every figure that cannot be is named by its cell.

Nothing is corrected. The engine is that of ``prongsai score``: total against indicators, indicators against items,
level against scores; here are added points against scores, ranks against totals, and agencies that stand twice.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from prongsai.comparison.agencies import named
from prongsai.comparison.columns import Reading
from prongsai.comparison.faults import fault
from prongsai.comparison.grid import Grid
from prongsai.comparison.model import Cell, Checked, CheckedTable, Named, Row, Source
from prongsai.comparison.ranks import rank_problems
from prongsai.comparison.rows import is_nothing, rows_of
from prongsai.comparison.twice import twice
from prongsai.errors import Problem
from prongsai.frameworks.model import Framework
from prongsai.scoring.exact import HUNDRED, half_unit, half_up, show
from prongsai.scoring.faults import fault as score_fault
from prongsai.scoring.outline import Kind, Outline
from prongsai.scoring.report import ScoreReport, score_report
from prongsai.scoring.resolve import find_level
from prongsai.scoring.scores import Entry, Scores, Section, StatedLevel

Frameworks = Mapping[int, Framework]
_SECTIONS = (
    ("instruments", Section.INSTRUMENT),
    ("indicators", Section.INDICATOR),
    ("items", Section.ITEM),
)
_PLAIN_PLACES = 2


def check(grid: Grid, reading: Reading, frameworks: Frameworks, source: Source) -> tuple[CheckedTable, ...]:
    """Check a table: one for each year that it holds, the oldest first. frameworks: by Buddhist year."""
    by_year: dict[int, list[Row]] = {}
    lost: list[Problem] = []
    for row in rows_of(grid, reading):
        if row.year_be is None:
            where = row.year.where if row.year.text else row.where
            lost.append(fault("COMPARE_YEAR_MISSING", where, text=row.year.text or "–"))
        else:
            by_year.setdefault(row.year_be, []).append(row)
    tables = [
        _table(rows, reading, year, frameworks.get(year), source, lost if at == 0 else [])
        for at, (year, rows) in enumerate(sorted(by_year.items()))
    ]
    return tuple(tables or [CheckedTable(source, 0, None, (), tuple(lost))])


def _table(
    rows: list[Row], reading: Reading, year: int, framework: Framework | None, source: Source, lost: list[Problem]
) -> CheckedTable:
    outline = Outline.of(framework) if framework else None
    places = framework.decimals if framework else _PLAIN_PLACES
    rounded, long = _rounded(rows, places)
    checked = tuple(_row(row, reading.province, outline) for row in rounded)
    checked, double = twice(checked, year)
    problems = [*lost, *double, *rank_problems(checked, reading.within)]
    if long:
        where = replace(rows[0].where, row=None, line=None)
        problems.append(fault("COMPARE_ROUNDED", where, count=long, places=places))
    return CheckedTable(source, year, framework, checked, tuple(problems))


# --- figures with the decimals of a machine -------------------------------------------------------------------------
def _rounded(rows: list[Row], places: int) -> tuple[list[Row], int]:
    """Round figures to the places of the year, halves up; tell how many had more."""
    count: Counter[str] = Counter()

    def cell(one: Cell) -> Cell:
        if one.value is None or one.value == round(one.value, places):
            return one
        count["long"] += 1
        return replace(one, value=half_up(Fraction(one.value), places))

    made = []
    for row in rows:
        made.append(
            replace(
                row,
                total=cell(row.total),
                instruments=_each(cell, row.instruments),
                points=_each(cell, row.points),
                indicators=_each(cell, row.indicators),
                items=_each(cell, row.items),
            )
        )
    return made, count["long"]


def _each(change: Callable[[Cell], Cell], cells: Mapping[str, Cell]) -> dict[str, Cell]:
    return {code: change(one) for code, one in cells.items()}


# --- one row --------------------------------------------------------------------------------------------------------
def _row(row: Row, province_of_table: str, outline: Outline | None) -> Checked:
    who, problems = named(row, province_of_table)
    if outline is None:
        return _plain(row, who, problems)
    report = score_report(outline, _scores(row))
    # What items can add up to says nothing of a row that is no agency's, such as the mean of a province.
    told = (one for one in report.problems if who or one.code != "SCORE_UNREACHABLE")
    found = (*problems, *_no_numbers(row), *told, *_points(row, report, outline))
    printed = row.total.value
    level = _level(row, report, outline)
    instruments = {code: score for code, score in report.instruments().items() if score is not None}
    return Checked(
        row=row,
        named=who,
        total=_usable(printed) if printed is not None else report.overall,
        is_total_printed=printed is not None,
        computed=report.overall if report.overall_how == "computed" else None,
        level=level,
        instruments=instruments | _from_points(row, instruments, outline),
        indicators=_values(row.indicators),
        items=_values(row.items),
        problems=tuple(found),
    )


def _plain(row: Row, who: Named | None, problems: tuple[Problem, ...]) -> Checked:
    """Check what can be checked without a framework: whether the total can be one."""
    value = row.total.value
    found = [*problems, *_no_numbers(row)]
    if value is not None and _usable(value) is None:
        text = str(value)
        found.append(score_fault("SCORE_OUT_OF_RANGE", row.total.where, evidence=(text,), code="overall", text=text))
    total = _usable(value)
    return Checked(row, who, total, value is not None, None, "", {}, {}, {}, tuple(found))


def _usable(value: Decimal | None) -> Decimal | None:
    return value if value is not None and 0 <= value <= 100 else None


def _values(cells: Mapping[str, Cell]) -> dict[str, Decimal]:
    return {code: value for code, cell in cells.items() if (value := _usable(cell.value)) is not None}


def _scores(row: Row) -> Scores:
    entries = tuple(
        Entry(code, cell.value, cell.where, section)
        for name, section in _SECTIONS
        for code, cell in getattr(row, name).items()
        if cell.value is not None
    )
    return Scores(
        entries=entries,
        overall=None if row.total.value is None else Entry("overall", row.total.value, row.total.where),
        level=None if is_nothing(row.level.text) else StatedLevel(row.level.text, row.level.where),
        agency=row.agency.text,
        where=row.total.where if row.total.text else row.where,
    )


def _no_numbers(row: Row) -> Iterator[Problem]:
    cells: list[tuple[str, Cell]] = [("คะแนนรวม", row.total), ("อันดับ", row.rank)]
    for group in (row.instruments, row.points, row.indicators, row.items):
        cells += group.items()
    for what, cell in cells:
        if cell.value is None and not is_nothing(cell.text):
            yield fault(
                "COMPARE_NOT_A_NUMBER", cell.where, evidence=(cell.text,), what=what, what_th=what, text=cell.text
            )


def _level(row: Row, report: ScoreReport, outline: Outline) -> str:
    stated = None if is_nothing(row.level.text) else find_level(outline.framework, row.level.text)
    found = stated or report.level
    return found.code if found else ""


# --- weighted points ------------------------------------------------------------------------------------------------
def _weights(outline: Outline) -> dict[str, Decimal]:
    return {one.code: one.weight_pct for one in outline.framework.instruments}


def _from_points(row: Row, known: Mapping[str, Decimal], outline: Outline) -> dict[str, Decimal]:
    """Give the scores 0–100 of instruments of which only points are printed, rounded."""
    weights, places = _weights(outline), outline.framework.decimals
    return {
        code: half_up(Fraction(cell.value) * 100 / Fraction(weights[code]), places)
        for code, cell in row.points.items()
        if cell.value is not None and code not in known and 0 <= cell.value <= weights[code]
    }


def _points(row: Row, report: ScoreReport, outline: Outline) -> Iterator[Problem]:
    """Hold points against the scores they weigh, and their sum against the total; roundings are allowed for."""
    half = half_unit(outline.framework.decimals)
    for node in report.tree.at(Kind.INSTRUMENT):
        cell = row.points.get(node.code)
        if cell is None or cell.value is None or node.value is None or node.how != "computed":
            continue
        points = node.value * node.share
        if abs(points - Fraction(cell.value)) > half + node.slack * node.share:
            computed = half_up(points, node.places)
            sum_ = f"{node.explanation}; × {show(node.share * HUNDRED)}% = {show(points)}"
            yield _point_fault(cell, f"{node.code}", cell.value, computed, "ตัวชี้วัดของเครื่องมือ", sum_)
    yield from _point_sum(row, outline, half)


def _point_sum(row: Row, outline: Outline, half: Fraction) -> Iterator[Problem]:
    parts = [row.points[code].value for code in _weights(outline) if code in row.points]
    known = [part for part in parts if part is not None]
    total = row.total.value
    if total is None or len(known) < len(outline.framework.instruments):
        return
    summed = sum(known, Decimal(0))
    if abs(Fraction(summed) - Fraction(total)) > half * (len(known) + 1):
        sum_ = f"{' + '.join(map(str, known))} = {summed}"
        yield _point_fault(row.total, "คะแนนรวม", total, summed, "ผลบวกของคะแนนถ่วงน้ำหนัก", sum_)


def _point_fault(cell: Cell, what: str, stated: Decimal, computed: Decimal, basis: str, sum_: str) -> Problem:
    words = {"what": what, "what_th": what, "stated": stated, "computed": computed, "basis": basis, "basis_th": basis}
    return fault("COMPARE_POINTS", cell.where, evidence=(str(stated),), arithmetic=sum_, **words)
