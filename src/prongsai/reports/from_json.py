"""A report from JSON: each row by its kind, what hand-written records leave out, periods that contradict themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from prongsai.errors import Problem, Where
from prongsai.reports.cells import read_span
from prongsai.reports.complete import complete_report, complete_rows
from prongsai.reports.load import Loading, Place, fault, invalid
from prongsai.reports.records import Gap, IndicatorPlan, Measure, Record, Report, Span, Tracking

ROWS: Mapping[str, type[Record]] = {
    "gap": Gap, "measure": Measure, "indicator": IndicatorPlan, "tracking": Tracking,
}  # fmt: skip
_KINDS = ", ".join(ROWS)


def records_from_json(data: object) -> Report:
    """Read the form of ``Report.to_json()`` back. Raises RecordsInvalid with every fault at once."""
    loading = Loading(fill=True)
    if not isinstance(data, Mapping):
        loading.note((), "dataclass", "expected one report, an object", data)
        raise invalid(loading.problems)
    rows = [_row(row, ("rows", number), loading) for number, row in enumerate(complete_rows(data))]
    whole = complete_report(data)
    if isinstance(whole["rows"], list):
        whole["rows"] = []  # read one by one above, each as its kind
    report = loading.read(Report, whole)
    problems = [*loading.problems, *_contradictions(data, report, rows)]
    if problems or report is None:
        raise invalid(problems)
    return replace(report, rows=tuple(row for row in rows if row is not None))


def _row(data: object, place: Place, loading: Loading) -> Record | None:
    kind = ROWS.get(str(data.get("kind"))) if isinstance(data, Mapping) else None
    if kind is None or not isinstance(data, Mapping):
        said = data.get("kind") if isinstance(data, Mapping) else data
        loading.note((*place, "kind"), "enum", f"should be {_KINDS}", said, _KINDS)
        return None
    return loading.read(kind, {name: value for name, value in data.items() if name != "kind"}, place)


def _contradictions(data: Mapping[str, object], report: Report | None, rows: list[Record | None]) -> Iterator[Problem]:
    """Name the periods whose words say other days than those given beside them: only the words would be printed."""
    year = data.get("fiscal_year_be")
    spans: list[tuple[Place, Span | None]] = [(("report_period",), report.report_period if report else None)]
    spans += [(("rows", number, "period"), getattr(row, "period", None)) for number, row in enumerate(rows)]
    for place, span in spans:
        said = read_span(span.text, year if isinstance(year, int) else None, Where()).value if span else None
        if span and said and (_differ(said.start, span.start) or _differ(said.end, span.end)):
            yield _contradiction(place, said, span)


def _differ(said: date | None, given: date | None) -> bool:
    return said is not None and given is not None and said != given


def _contradiction(place: Place, said: Span, given: Span) -> Problem:
    words, days = _days(said), _days(given)
    return fault(
        "RECORD_PERIOD_CONTRADICTS", place,
        f"the text “{given.text}” says {words}, but start and end say {days}",
        f"ข้อความ “{given.text}” หมายถึง {words} แต่ start และ end ระบุ {days}",
        (given.text, days), "give the text alone, or correct one of them", "ใส่เฉพาะข้อความ หรือแก้ให้ตรงกัน",
    )  # fmt: skip


def _days(span: Span) -> str:
    return " – ".join(day.isoformat() if day else "…" for day in (span.start, span.end))
