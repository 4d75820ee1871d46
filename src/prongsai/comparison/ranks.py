"""Ranks as printed held against those that follow from the totals; equal totals share a rank, in any order printed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from prongsai.comparison.faults import fault
from prongsai.comparison.model import Checked
from prongsai.errors import Problem


def rank_problems(rows: Sequence[Checked], within: str) -> Iterator[Problem]:
    """Name every rank that its total does not give. within: table, province, kind, province+kind."""
    groups: dict[tuple[str, ...], list[Checked]] = {}
    for row in rows:
        if row.row.total.value is not None:
            groups.setdefault(_group(row, within), []).append(row)
    for group in groups.values():
        yield from _of_group(group)


def _group(row: Checked, within: str) -> tuple[str, ...]:
    who = row.named
    parts = within.split("+")
    province = who.province.code if who else row.row.province.text
    kind = who.kind.name if who else row.row.kind.text
    return tuple({"province": province, "kind": kind}.get(part, "") for part in parts)


def _of_group(rows: Sequence[Checked]) -> Iterator[Problem]:
    """Name the ranks of a group that neither the printed nor the computed totals give.

    One total that is misprinted would else put every rank below it in the wrong.
    """
    printed = _falling([row.row.total.value for row in rows])
    computed = _falling([_computed(row) for row in rows])
    for row in rows:
        stated, total, other = row.row.rank.value, row.row.total.value, _computed(row)
        if stated is None or total is None or other is None:
            continue
        first, last = _ranks(total, printed)
        or_first, or_last = _ranks(other, computed)
        if not (first <= stated <= last or or_first <= stated <= or_last):
            equal = f" เท่ากัน {last - first + 1} แห่ง" if last > first else ""
            sum_ = f"มีคะแนนสูงกว่า {total} อยู่ {first - 1} แห่ง{equal}"
            words = {"stated": int(stated), "computed": str(first) if first == last else f"{first}–{last}"}
            yield fault("COMPARE_RANK", row.row.rank.where, evidence=(row.row.rank.text,), arithmetic=sum_, **words)


def _computed(row: Checked) -> Decimal | None:
    return row.row.total.value if row.computed is None else row.computed


def _falling(totals: Sequence[Decimal | None]) -> list[Decimal]:
    """Give the negatives of totals, sorted."""
    return sorted(-total for total in totals if total is not None)


def _ranks(total: Decimal, falling: Sequence[Decimal]) -> tuple[int, int]:
    """Give the first and last rank that a total may have among others."""
    return bisect_left(falling, -total) + 1, bisect_right(falling, -total)
