"""What is given out: tables of agencies, kinds, provinces, the nation, samples, faults; small cells are kept back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum

from prongsai.frameworks.sampling import required
from prongsai.scoring.bulk.directory import Directory, Entry
from prongsai.scoring.bulk.faults import Counted, counted
from prongsai.scoring.bulk.hidden import LEAST, NATION, Group, Hidden, hidden
from prongsai.scoring.bulk.run import AgencyScore, Nation
from prongsai.scoring.exact import half_up
from prongsai.scoring.outline import ROOT, Kind

Value = str | float | int | bool | None
TABLES = ("agencies", "kinds", "provinces", "nation", "samples", "faults")


@dataclass(frozen=True)
class Table:
    """A table to write. columns: each with ``text``, ``number``, ``count`` or ``flag``."""

    columns: Mapping[str, str]
    rows: Sequence[tuple[Value, ...]]

    def records(self) -> list[dict[str, Value]]:
        """Give the rows as plain data."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Results:
    """All tables of a nation."""

    nation: Nation
    least: int
    hidden: Hidden
    tables: Mapping[str, Table]
    faults: tuple[Counted, ...]


def results(nation: Nation, directory: Directory, *, least: int = LEAST) -> Results:
    """Make the tables.

    least: figures of fewer respondents are kept back, and with them what was answered oddly and where; 1 keeps nothing
    back.
    """
    makes = _Tables(nation, directory, least)
    told = nation.faults if least <= 1 else tuple(each.without_people() for each in nation.faults)
    faults = (*told, *directory.faults, *_unlisted(nation, directory))
    tables = {
        "agencies": makes.agencies(),
        "kinds": makes.groups("kind"),
        "provinces": makes.groups("province"),
        "nation": makes.nation_table(),
        "samples": makes.samples(),
        "faults": _faults(faults),
    }
    return Results(nation, least, makes.away, tables, faults)


def _unlisted(nation: Nation, directory: Directory) -> Iterable[Counted]:
    absent = [each.agency for each in nation.agencies if each.agency not in directory.entries]
    if directory.entries and absent:
        yield counted("AGENCY_UNLISTED", len(absent), agencies=len(absent), examples=absent[:3])


class _Tables:
    def __init__(self, nation: Nation, directory: Directory, least: int) -> None:
        self.nation, self.directory = nation, directory
        self.levels = {level.code: level for level in nation.outline.framework.levels}
        self.groups_of = {each.agency: _groups(directory.entries.get(each.agency)) for each in nation.agencies}
        self.away = hidden(nation, self.groups_of, least)
        self.codes = _codes(nation)
        self.rests = [self._rests(kind, code) for kind, code in nation.keys]

    def _rests(self, kind: Kind, code: str) -> bool:
        """Whether a figure rests on answers of people."""
        asked = {question.indicator for question in self.nation.outline.framework.questions}
        spot = self.nation.outline.spots[kind, code]
        return any(below.code in asked for below in spot.walk() if below.kind in (Kind.INDICATOR, Kind.SUB_INDICATOR))

    # --- agencies ------------------------------------------------------------------------------------------------
    def agencies(self) -> Table:
        instruments = self._instruments()
        columns = {
            **dict.fromkeys(("agency", "name", "kind", "province"), "text"),
            **dict.fromkeys(("overall", "exact"), "number"),
            **dict.fromkeys(("level", "level_th"), "text"),
            **dict.fromkeys(self.codes[1:], "number"),
            **dict.fromkeys((f"rounded_{code}" for code in instruments), "number"),
            "respondents": "count",
            **dict.fromkeys((f"respondents_{code}" for code in instruments), "count"),
            "withheld": "flag",
        }
        rows = [self._agency(each) for each in self.nation.agencies]
        said = {each.agency for each in self.nation.agencies}
        rows += [
            self._silent(entry, len(columns)) for entry in self.directory.entries.values() if entry.agency not in said
        ]
        return Table(columns, sorted(rows, key=lambda row: str(row[0])))

    def _instruments(self) -> list[str]:
        return [each.code for each in self.nation.outline.framework.instruments]

    def _agency(self, score: AgencyScore) -> tuple[Value, ...]:
        is_away = score.agency in self.away.agencies
        nodes = [None if is_away and rests else v for v, rests in zip(score.nodes, self.rests, strict=True)]
        level = None if is_away or score.level is None else self.levels[score.level]
        rounded = {
            key: None if value is None or (is_away and self.rests[self.nation.keys.index(key)]) else float(value)
            for key, value in score.rounded.items()
        }
        people = [None if is_away else score.respondents.get(code, 0) for code in self._instruments()]
        told = [n for n in people if n is not None]
        return (
            score.agency,
            *self._named(self.directory.entries.get(score.agency)),
            rounded[ROOT],
            nodes[0],
            level.code if level else None,
            level.name_th if level else None,
            *nodes[1:],
            *(rounded[Kind.INSTRUMENT, code] for code in self._instruments()),
            None if is_away else sum(told),
            *people,
            is_away,
        )

    def _named(self, entry: Entry | None) -> tuple[Value, ...]:
        return (entry.name, entry.kind, entry.province) if entry else (None, None, None)

    def _silent(self, entry: Entry, width: int) -> tuple[Value, ...]:
        """Give the row of an agency that no file says anything of."""
        instruments = len(self._instruments())
        blank = [None] * (width - 4 - instruments - 2)
        return (entry.agency, *self._named(entry), *blank, 0, *([0] * instruments), False)

    # --- groups --------------------------------------------------------------------------------------------------
    def groups(self, kind: str) -> Table:
        members: dict[str | None, list[AgencyScore]] = {}
        for each in self.nation.agencies:
            name = next((group[1] for group in self.groups_of[each.agency] if group[0] == kind), None)
            members.setdefault(name, []).append(each)
        if not self.directory.entries:
            members = {}
        ordered = sorted(members.items(), key=lambda item: (item[0] is None, item[0] or ""))
        rows = [self._group((kind, name or ""), name, inside) for name, inside in ordered]
        return Table({kind: "text", **self._group_columns()}, rows)

    def nation_table(self) -> Table:
        return Table({"nation": "text", **self._group_columns()}, [self._group(NATION, "ประเทศ", self.nation.agencies)])

    def _group_columns(self) -> dict[str, str]:
        return {
            **dict.fromkeys(("agencies", "scored", "withheld_agencies"), "count"),
            **dict.fromkeys(("overall", "exact", *self.codes[1:]), "number"),
            **dict.fromkeys((f"level_{code}" for code in self.levels), "count"),
            "respondents": "count",
            "withheld": "flag",
        }

    def _group(self, group: Group, name: str | None, inside: Sequence[AgencyScore]) -> tuple[Value, ...]:
        is_away = group in self.away.groups or (name is None and self._is_told_apart(inside))
        means = [
            None if is_away and rests else _mean([each.nodes[at] for each in inside])
            for at, rests in enumerate(self.rests)
        ]
        told = [each for each in inside if each.agency not in self.away.agencies]
        levels = [sum(each.level == code for each in told) for code in self.levels]
        places = self.nation.outline.framework.decimals
        overall = None if means[0] is None else float(half_up(Fraction(means[0]), places))
        return (
            name,
            len(inside),
            sum(each.nodes[0] is not None for each in inside),
            len(inside) - len(told),
            overall,
            *means,
            *levels,
            None if is_away else sum(sum(each.respondents.values()) for each in inside),
            is_away,
        )

    def _is_told_apart(self, inside: Sequence[AgencyScore]) -> bool:
        """Whether the agencies of no group, whose sum is in no table, hold one that is kept back."""
        return any(each.agency in self.away.agencies for each in inside)

    # --- samples -------------------------------------------------------------------------------------------------
    def samples(self) -> Table:
        columns = {
            **dict.fromkeys(("agency", "instrument"), "text"),
            **dict.fromkeys(("headcount", "required", "reached", "short"), "count"),
            "state": "text",
        }
        scores = {each.agency: each for each in self.nation.agencies}
        rows: list[tuple[Value, ...]] = []
        for agency in sorted({*scores, *self.directory.entries}):
            for rule in self.nation.outline.framework.samplings:
                entry = self.directory.entries.get(agency)
                heads = entry.headcounts.get(rule.instrument) if entry else None
                need = None if heads is None else required(rule, heads)
                reached = scores[agency].respondents.get(rule.instrument, 0) if agency in scores else 0
                rows.append(
                    (agency, rule.instrument, heads, need, *_reach(need, reached, agency in self.away.agencies))
                )
        return Table(columns, rows)


def _reach(need: int | None, reached: int, is_away: bool) -> tuple[Value, Value, str]:
    if is_away:
        return None, None, "withheld"
    if need is None:
        return reached, None, "unknown"
    return reached, max(0, need - reached), "enough" if reached >= need else "short"


def _groups(entry: Entry | None) -> tuple[Group, ...]:
    if entry is None:
        return ()
    named = (("kind", entry.kind), ("province", entry.province))
    return tuple((what, name) for what, name in named if name is not None)


def _codes(nation: Nation) -> list[str]:
    """Name the columns of the tree after codes; a code that two places have is told apart by what they are."""
    codes = [code for _, code in nation.keys]
    return [code if codes.count(code) == 1 else f"{kind.value}_{code}" for kind, code in nation.keys]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fsum(known) / len(known) if known else None


def _faults(faults: Sequence[Counted]) -> Table:
    columns = {
        **dict.fromkeys(("code", "severity", "file", "what"), "text"),
        **dict.fromkeys(("count", "agencies"), "count"),
        **dict.fromkeys(("first_agency", "examples", "message_th", "mend_th", "message", "mend"), "text"),
    }
    rows: list[tuple[Value, ...]] = [
        (
            each.problem.code,
            each.problem.severity.value,
            each.problem.where.file,
            each.what,
            each.count,
            each.agencies,
            each.first,
            " | ".join(each.examples),
            each.problem.message_th,
            each.problem.mend_th,
            each.problem.message,
            each.problem.mend,
        )
        for each in faults
    ]
    return Table(columns, rows)
