"""General complaints that were re-classified as corruption and wait to be sealed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from prongsai.registers.model import Field, FieldType
from prongsai.registers.values import from_json
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Identity, Mode
from prongsai.web.registers.models import Entry, EntryFile
from prongsai.web.registers.queries.library import Kept, kept_with
from prongsai.web.registers.queries.showing import printed
from prongsai.web.registers.services.emptying import files_of, together

REGISTER = "complaints-general"
MOVED = "moved"
_WHO = ("person", "phone", "email")
_FACTS = ("topic", "details", "place")


@dataclass(frozen=True, slots=True)
class One:
    """A general complaint, read. others: its remaining fields and what was done with it, as lines."""

    entry: Entry
    topic: str
    details: str
    place: str
    name: str
    phone: str
    email: str
    others: tuple[str, ...]
    files: tuple[EntryFile, ...]

    @property
    def number(self) -> str:
        """Its number as offices write it."""
        return numbered(self.entry)

    @property
    def contact(self) -> str:
        """Who sent it and how they are reached, on one line."""
        return " ".join(filter(None, (self.name, self.phone, self.email)))


@dataclass(frozen=True, slots=True)
class Moved:
    """A re-classified complaint with the duplicates that were merged into it: they tell the same."""

    first: One
    merged: tuple[One, ...]

    @property
    def all(self) -> tuple[One, ...]:
        """All of them, the main one first."""
        return (self.first, *self.merged)

    @property
    def what(self) -> str:
        """What was complained about, in the senders' own words."""
        parts = [f"{self.first.topic}\n{self.first.details}"]
        parts += [f"{one.number} {one.topic}\n{one.details}\n{one.place}".strip() for one in self.merged]
        return "\n\n".join(parts)

    @property
    def files(self) -> tuple[EntryFile, ...]:
        """Every file, each once."""
        return tuple({one.file_id: one for each in self.all for one in each.files}.values())

    @property
    def identity(self) -> Identity | None:
        """Who sent it, the senders of duplicates beside; None when nobody said."""
        others = "\n".join(f"{one.number} {one.contact}" for one in self.merged if one.contact)
        if not self.first.contact and not others:
            return None
        first = self.first
        return Identity(name=first.name, phone=first.phone, email=first.email, note=others)

    @property
    def mode(self) -> Mode:
        """Nobody who wrote to the general desk agreed to be named in a case of corruption."""
        return Mode.CONFIDENTIAL if self.identity else Mode.ANONYMOUS

    @property
    def background(self) -> str:
        """What else the general register knew, for handlers."""
        return "\n".join(line for one in self.all for line in (f"{one.number}", *one.others))


def waiting(scope: Scope) -> QuerySet[Entry]:
    """Give the complaints that wait, the oldest first; those that were sealed are empty and no longer here."""
    found = Entry.objects.filter(agency=scope.agency, register=REGISTER, state=MOVED)
    return found.exclude(values={}).order_by("dated_on", "pk")


def read(scope: Scope, entry: Entry) -> Moved:
    """Read a complaint with everything that was merged into it."""
    first, *merged = (_read(scope, one) for one in together(entry))
    return Moved(first, tuple(merged))


def numbered(entry: Entry) -> str:
    """Give the number of an entry: ``๓/๒๕๖๙``."""
    return to_thai(f"{entry.number}/{entry.fiscal_year_be}" if entry.fiscal_year_be else str(entry.number))


def _read(scope: Scope, entry: Entry) -> One:
    kept = kept_with(scope, entry)
    values = from_json(kept.register.fields, entry.values)
    told = {key: str(values.get(key) or "") for key in (*_FACTS, *_WHO)}
    return One(
        entry,
        told["topic"],
        told["details"],
        told["place"],
        told["person"],
        told["phone"],
        told["email"],
        tuple(_others(kept, entry, values)),
        files_of(entry),
    )


def _others(kept: Kept, entry: Entry, values: Mapping[str, object]) -> Iterator[str]:
    for field in kept.register.fields:
        if _is_other(field) and values.get(field.key) is not None:
            yield f"{kept.label_th(field)}: {printed(kept.register, field, values[field.key])}"
    for made in entry.moves.all():
        move = kept.register.move_of(made.move)
        what = move.label_th if move else made.move
        yield " ".join(filter(None, (format_date(made.on), what, made.by_text, made.note)))


def _is_other(field: Field) -> bool:
    return field.key not in (*_FACTS, *_WHO) and field.type is not FieldType.FILE
