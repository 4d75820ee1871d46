"""From a document to its records: which paper it is, and everything that it says."""

from collections.abc import Sequence
from pathlib import Path

from prongsai.documents.model import Document, Paragraph
from prongsai.documents.read import read_document
from prongsai.errors import Problem
from prongsai.reports import gap_memo, indicator_plan, measures_report, score_table, tracking_report
from prongsai.reports.doubts import doubted
from prongsai.reports.identity import read_agency, read_fiscal_year, read_overall, read_report_period
from prongsai.reports.letter import read_shell
from prongsai.reports.papers.panel import without_panel
from prongsai.reports.records import IndicatorPlan, IndicatorScore, Kind, Memo, Record, Report
from prongsai.reports.stream import Event, stream
from prongsai.reports.trust import weigh
from prongsai.reports.year import level_names
from prongsai.thai.dates import read_date


def read_report(path: Path) -> Report:
    """Read a file into the records of the paper that it is.

    Raises FileUnusable or LimitExceeded when the file cannot be read at all; what is wrong inside it is a Problem.
    """
    return recognise(read_document(path))


def recognise(document: Document) -> Report:
    """Recognise a document. An unknown paper gives a Report of kind UNKNOWN that needs a person."""
    document = without_panel(document)
    events = stream(document)
    shell = read_shell(events)
    year = read_fiscal_year(events, shell.memo)
    rows, printed, problems = _rows(events, year)
    scores = score_table.recognise(events)
    plans = [row for row in rows if isinstance(row, IndicatorPlan)]
    indicators = scores.indicators or score_table.from_plans(plans) or score_table.from_titles(events)
    problems = (*document.problems, *_memo_date(shell.memo), *problems, *scores.problems, *doubted(rows, events))
    trust = weigh(events, rows, indicators, whole_text(document), problems)
    return Report(
        file=document.file,
        document_type=_kind(rows, indicators),
        agency=read_agency(events, shell.memo),
        fiscal_year_be=year,
        report_period=read_report_period(events, year),
        memo=shell.memo,
        deadline=shell.deadline,
        signatories=shell.signatories,
        announced=shell.announced,
        overall=read_overall(events, level_names(year), scores),
        indicators=indicators,
        rows=rows,
        printed_rows=printed,
        problems=problems,
        confidence=trust.confidence,
        needs_person=trust.needs_person,
        reasons=trust.reasons,
        previous=scores.previous,
    )


def _rows(events: Sequence[Event], year: int | None) -> tuple[tuple[Record, ...], int, tuple[Problem, ...]]:
    gaps, gap_count = gap_memo.recognise(events)
    measures, measure_count, measure_problems = measures_report.recognise(events, year)
    plans, plan_count, plan_problems = indicator_plan.recognise(events, year)
    topics, topic_count, topic_problems = tracking_report.recognise(events, year)
    rows: tuple[Record, ...] = (*gaps, *measures, *plans, *topics)
    counted = gap_count + measure_count + plan_count + topic_count
    return rows, counted, (*measure_problems, *plan_problems, *topic_problems)


def _memo_date(memo: Memo | None) -> tuple[Problem, ...]:
    """Say what is wrong with the date of a memo when it cannot be read."""
    read = read_date(memo.date_text) if memo and memo.date is None and memo.date_text else None
    return (read.problem.at(memo.where),) if memo and read and read.problem else ()


def _kind(rows: Sequence[Record], indicators: Sequence[IndicatorScore]) -> Kind:
    kinds = {row.kind for row in rows}
    for kind, name in (("gap", Kind.GAP_MEMO), ("tracking", Kind.TRACKING_REPORT), ("measure", Kind.MEASURES_REPORT)):
        if kind in kinds:
            return name
    if "indicator" in kinds:
        return Kind.MEASURES_REPORT
    return Kind.SCORE_TABLE if indicators else Kind.UNKNOWN


def whole_text(document: Document) -> str:
    """Give every printed word of a document, a line a paragraph or cell."""
    lines: list[str] = []
    for block in document.printed:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [line.text for row in block.rows for cell in row.cells for line in cell.lines]
    return "\n".join(lines)
