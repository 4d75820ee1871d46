"""What differs between the records that a drawn paper must give back and those that it gave."""

from collections.abc import Iterator, Sequence
from typing import Any

from prongsai.reports.records import Measure
from prongsai.thai.numerals import to_arabic
from tests.trips.layouts import EXTRAS, Wanted


def differences(wanted: Sequence[Wanted], rows: Sequence[Any]) -> list[str]:
    """List what differs between the records that must come back and those that did; white space aside."""
    found = [row for row in rows if isinstance(row, Measure)]
    if len(found) != len(wanted) or len(found) != len(rows):
        return [f"{len(rows)} rows for {len(wanted)}"]
    return [
        f"{n}.{name}: {left!r} != {right!r}"
        for n, (one, other) in enumerate(zip(wanted, found, strict=True))
        for name, left, right in _pairs(one, other)
        if _bare(left) != _bare(right)
    ]


def _pairs(one: Wanted, other: Measure) -> Iterator[tuple[str, object, object]]:
    period = other.period
    days = (
        (period.start.isoformat() if period.start else None, period.end.isoformat() if period.end else None)
        if period
        else None
    )
    for name in ("seq", "measure", "steps", "responsible", "results", "outcomes"):
        yield name, getattr(one, name), getattr(other, name)
    yield "period", one.period, days
    yield "issue", one.issue, (other.issue_no, other.issue_title)
    yield "extra", one.extra, _known_extra(other)


def _known_extra(one: Measure) -> tuple[tuple[str, str], ...]:
    """Give what stands under the unknown heads that were drawn; a narrow column may break a head in its middle."""
    printed = {"".join(head.split()): words for head, words in one.origin.extra.items()}
    return tuple(sorted((head, printed[head]) for head in EXTRAS if head in printed))


def _bare(value: object) -> object:
    if isinstance(value, str):
        return to_arabic("".join(value.split()))
    return tuple(map(_bare, value)) if isinstance(value, tuple) else value
