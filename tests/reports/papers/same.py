"""How two readings of one paper differ, in everything that a paper says."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

ASIDE = frozenset(
    {"file", "origin", "where", "problems", "confidence", "needs_person", "reasons", "printed_rows", "doubts"}
)


def same_records(one: object, other: object, place: str = "") -> list[str]:
    """List the differences of two records, each with its place; where things stood and how sure they are, aside."""
    return list(_differences(one, other, place))


def _differences(one: object, other: object, place: str) -> Iterator[str]:
    if is_dataclass(one) and type(one) is type(other):
        for entry in fields(one):
            if entry.name not in ASIDE:
                yield from _differences(getattr(one, entry.name), getattr(other, entry.name), f"{place}.{entry.name}")
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _differences(left, right, f"{place}[{number}]")
    elif one != other:
        yield f"{place}: {one!r} != {other!r}"
