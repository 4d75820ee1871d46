"""Tables of many years and places put together: who is the same agency, and which result counts.

An agency is known by its code. A row without one is of the only agency that has its kind, name, province and, where
printed, district; where there are several, the row is told and left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from prongsai.comparison.faults import fault
from prongsai.comparison.model import Agency, Checked, CheckedTable, Named, Nation, Result
from prongsai.comparison.twice import short_place
from prongsai.errors import Problem, Where
from prongsai.thai.text import fold

Look = tuple[str, str, str]


def put_together(tables: Sequence[CheckedTable], listed: Iterable[Named] = ()) -> Nation:
    """Make the nation of checked tables. Of two tables that tell the same agency and year, the later one counts.

    listed: agencies of an official list of codes, by which rows without a code find theirs.
    """
    known = _Known()
    for who in listed:
        known.add(who)
    for row in _named_rows(tables):
        if row.named and row.named.code:
            known.add(row.named)
    for row in _named_rows(tables):
        if row.named and not row.named.code:
            known.add(row.named)
    return _nation(tables, known)


def _named_rows(tables: Sequence[CheckedTable]) -> Iterator[Checked]:
    return (row for table in tables for row in table.rows if row.named)


@dataclass(slots=True)
class _Known:
    """agencies: by key. looks: keys of all that look the same."""

    agencies: dict[str, Named] = field(default_factory=dict)
    looks: dict[Look, list[str]] = field(default_factory=dict)

    def add(self, who: Named) -> None:
        """Take an agency in, unless it is known already or cannot be told from one that is."""
        if who.code:
            key = who.code
            before = self.agencies.get(key)
            self.agencies[key] = replace(who, district=who.district or (before.district if before else ""))
            if before is None:
                self.looks.setdefault(_look(who), []).append(key)
        elif not self.fitting(who):
            key = _key(who)
            self.agencies[key] = who
            self.looks.setdefault(_look(who), []).append(key)

    def fitting(self, who: Named) -> list[str]:
        """Give the keys of agencies that a row may be of; those of another district are not."""
        if who.code:
            return [who.code]
        keys = self.looks.get(_look(who), [])
        return [key for key in keys if _fits(self.agencies[key].district, who.district)]


def _fits(one: str, other: str) -> bool:
    return not one or not other or one == other


def _look(who: Named) -> Look:
    return who.kind.name, fold(who.name), who.province.code


def _key(who: Named) -> str:
    """Give a name that stays for an agency without a code: of what it is called and where it is."""
    said = "\0".join((*_look(who), who.district))
    return f"{who.kind.code or '00'}{who.province.code}-{sha256(said.encode()).hexdigest()[:10]}"


def _nation(tables: Sequence[CheckedTable], known: _Known) -> Nation:
    results: dict[tuple[str, int], Result] = {}
    problems: list[tuple[int, Problem]] = []
    printed: dict[str, dict[str, None]] = {}
    for at, table in enumerate(tables):
        for row in table.rows:
            if row.named is None:
                continue
            keys = known.fitting(row.named)
            if len(keys) != 1:
                problems.append((at, _ambiguous(row, keys, known)))
                continue
            result = Result(keys[0], table.year_be, at, row)
            if clash := _clash(results.get((keys[0], table.year_be)), result, tables):
                problems.append((at, clash))
            results[keys[0], table.year_be] = result
            printed.setdefault(keys[0], {})[row.row.agency.text] = None
    agencies = {key: Agency(key, known.agencies[key], tuple(printed[key])) for key in sorted(printed)}
    return Nation(tuple(tables), agencies, results, tuple(problems))


def _ambiguous(row: Checked, keys: Sequence[str], known: _Known) -> Problem:
    where = row.row.agency.where
    choices = ", ".join(_told(key, known.agencies[key]) for key in keys)
    words = {"name": row.row.agency.text, "choices": choices}
    return fault("COMPARE_AGENCY_AMBIGUOUS", where, evidence=(row.row.agency.text,), **words)


def _told(key: str, who: Named) -> str:
    return f"{who.text} {f'อำเภอ{who.district} ' if who.district else ''}({who.code or key})"


def _clash(before: Result | None, now: Result, tables: Sequence[CheckedTable]) -> Problem | None:
    """Say that another table tells other figures of the same agency and year; the later one counts."""
    if before is None or before.checked.row.figures == now.checked.row.figures:
        return None
    cell = now.checked.row.agency
    other = _place_of(tables[before.table], before.checked.row.where)
    said = (cell.text,)
    return fault("COMPARE_OTHERWISE", cell.where, evidence=said, name=cell.text, year=now.year_be, other=other)


def _place_of(table: CheckedTable, where: Where) -> str:
    return f"{table.source.file} {short_place(where)}"
