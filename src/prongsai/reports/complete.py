"""What follows from hand-written records without being written: running numbers, boxes, the days that words name.

Only what is left out is completed, and as reading would: a period given by its words gets the days that they name.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from prongsai.documents.model import Line
from prongsai.errors import Where
from prongsai.reports.cells import read_done_items, read_due_items, read_span
from prongsai.reports.records import DatedText, Kind, Span, plain
from prongsai.thai.dates import fiscal_year
from prongsai.thai.numerals import to_thai

Data = Mapping[str, Any]
_KINDS = {
    "gap": Kind.GAP_MEMO, "tracking": Kind.TRACKING_REPORT, "measure": Kind.MEASURES_REPORT,
    "indicator": Kind.MEASURES_REPORT,
}  # fmt: skip
_NOWHERE = Where()


def complete_report(data: Data) -> dict[str, Any]:
    """Give a report with what it need not say: kind, counts, the fiscal year as its period."""
    rows = data["rows"] if isinstance(data.get("rows"), list) else []
    kinds = {str(row.get("kind")) for row in rows if isinstance(row, Mapping)}
    kind = next((kind for name, kind in _KINDS.items() if name in kinds), Kind.SCORE_TABLE)
    year = _year(data)
    whole: dict[str, Any] = {
        "file": "", "document_type": kind.value, "printed_rows": len(rows), "confidence": 1.0, "needs_person": False,
        "rows": rows, **{name: value for name, value in data.items() if name != "row_count"},
    }  # fmt: skip
    whole.setdefault("report_period", _fiscal_year(year) if year else None)
    if isinstance(whole["report_period"], str | Mapping):
        whole["report_period"] = _span(whole["report_period"], year)
    return whole


def complete_rows(data: Data) -> Iterator[Any]:
    """Give the rows of a report with what follows from their order and their words."""
    rows = data["rows"] if isinstance(data.get("rows"), list) else []
    count: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, Mapping):
            issue = f"{row.get('issue_no')} {row.get('issue_title')}"
            count[issue] += 1
            yield _row(row, count[issue], _year(data))
        else:
            yield row


def _year(data: Data) -> int | None:
    year = data.get("fiscal_year_be")
    return year if isinstance(year, int) else None


def _fiscal_year(year: int) -> Any:
    start, end = fiscal_year(year)
    return plain(Span(f"ปีงบประมาณ {year}", start, end, ("report_period",)))


def _row(row: Data, number: int, year: int | None) -> dict[str, Any]:
    whole = {**_by_order(row, number), **row}
    if isinstance(row.get("period"), str | Mapping):
        whole["period"] = _span(row["period"], year)
    for name, read in (("due", _due), ("done", _done)):
        if isinstance(row.get(name), list):
            whole[name] = [_dated(item, read, year) for item in row[name]]
    return whole


def _by_order(row: Data, number: int) -> dict[str, Any]:
    kind, steps = row.get("kind"), row.get("steps")
    if kind == "measure":
        return {"seq": to_thai(str(number))}
    if kind == "tracking" and isinstance(steps, list):
        return {"step_numbers": list(range(1, len(steps) + 1))}
    return {"boxes": 3 if row.get("status") else 0} if kind == "indicator" else {}


def _span(given: str | Data, year: int | None) -> Any:
    """Complete a period: what its text says of days and of what they were inferred from, where that is left out."""
    span = {"text": given} if isinstance(given, str) else given
    text = span.get("text")
    read = read_span(text, year, _NOWHERE).value if isinstance(text, str) and "inferred" not in span else None
    named: Any = plain(read or Span("", None, None))
    return {**named, **span}


def _dated(given: Any, read: Any, year: int | None) -> Any:
    item = {"text": given} if isinstance(given, str) else given
    if isinstance(item, Mapping) and isinstance(item.get("text"), str) and "inferred" not in item:
        found: Any = plain(read(item["text"], year) or DatedText("", None))
        return {**found, **item}
    return item


def _due(text: str, year: int | None) -> DatedText | None:
    items, _, _ = read_due_items([Line(text)], year, _NOWHERE)
    return items[0] if len(items) == 1 else None


def _done(text: str, year: int | None) -> DatedText | None:
    items, _ = read_done_items([Line(text)], year, _NOWHERE)
    return items[0] if len(items) == 1 else None
