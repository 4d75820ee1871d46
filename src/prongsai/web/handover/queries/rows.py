"""A row of a handover: one thing, where it is, until when, and what becomes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from prongsai.web.handover.models import Fate, Kind

TITLE_MAX = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A thing to hand over. pk: of the record; address: of its page, empty for none. title: never of a secret paper."""

    kind: Kind
    pk: int
    title: str
    about: str = ""
    due_on: date | None = None
    address: str = ""
    fate: Fate = Fate.POST
    note: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other row."""
        return f"{self.kind.value}-{self.pk}"

    @property
    def moves(self) -> bool:
        """Whether the software moves it to the taker."""
        return self.fate == Fate.MOVED

    def kept(self) -> dict[str, Any]:
        """Give it as a handover keeps it."""
        return {
            "kind": self.kind.value,
            "key": self.key,
            "title": self.title[:TITLE_MAX],
            "about": self.about,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "address": self.address,
            "fate": self.fate.value,
            "moves": self.moves,
            "note": self.note,
        }


def row_of(kept: Mapping[str, Any]) -> Row:
    """Give a row as it was kept."""
    return Row(
        Kind(kept["kind"]),
        int(kept["key"].rpartition("-")[2]),
        kept["title"],
        kept.get("about", ""),
        date.fromisoformat(kept["due_on"]) if kept.get("due_on") else None,
        kept.get("address", ""),
        Fate(kept["fate"]),
        kept.get("note", ""),
    )


def extra_rows(extra: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Give the rows that somebody wrote."""
    return tuple(
        Row(
            Kind.EXTRA,
            place,
            one["title"],
            one.get("about", ""),
            date.fromisoformat(one["due_on"]) if one.get("due_on") else None,
            fate=Fate.HAND,
            note=one.get("note", ""),
        )
        for place, one in enumerate(extra, start=1)
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a kind."""

    kind: Kind
    rows: tuple[Row, ...] = field(default=())


def grouped(rows: Iterable[Row]) -> tuple[Group, ...]:
    """Put rows under their kinds, in the order of the list; those that are due first come first."""
    found: dict[Kind, list[Row]] = {kind: [] for kind in Kind}
    for one in rows:
        found[one.kind].append(one)
    return tuple(Group(kind, tuple(sorted(some, key=_by_day))) for kind, some in found.items() if some)


def _by_day(row: Row) -> tuple[date, str]:
    return row.due_on or date.max, row.key


def counts(rows: Iterable[Row]) -> dict[Fate, int]:
    """Count rows by what becomes of them."""
    told = list(rows)
    return {fate: sum(one.fate == fate for one in told) for fate in Fate}


def secret_title() -> str:
    """Say what stands in the place of a secret paper's subject."""
    return _("หนังสือลับ")
