"""Emptying entries whose content goes where fewer may read it: a dull row stays, with its number, day and state."""

from collections.abc import Iterator

from django.db import transaction

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import erase_unused
from prongsai.web.registers.models import Entry, EntryFile, EntryMove, ImportRow, OutsideCase
from prongsai.web.registers.queries.library import kept_with
from prongsai.web.registers.services.columns import found_by
from prongsai.web.registers.services.drafts import locked

_BLANK: dict[str, object] = {
    **{f"key_{slot}": "" for slot in (1, 2, 3, 4)},
    **{f"sum_{slot}": None for slot in (1, 2, 3, 4)},
    **dict.fromkeys(("ends_on", "due_on", "done_on", "unit", "asked_by", "written_by", "before")),
    "identity": "",
    "values": {},
}


def together(entry: Entry) -> tuple[Entry, ...]:
    """Give an entry with those that point at it, and those that point at them: duplicates tell what it tells."""
    found = {entry.pk: entry}
    wave = [entry.pk]
    while wave:
        near = Entry.objects.filter(agency=entry.agency_id, links__target__in=wave).exclude(pk__in=found)
        wave = [one.pk for one in near.distinct().order_by("pk") if found.setdefault(one.pk, one) is one]
    return tuple(found.values())


def files_of(entry: Entry) -> tuple[EntryFile, ...]:
    """Give the files of an entry in the order in which they came."""
    return tuple(entry.files.select_related("file__agency").order_by("pk"))


@transaction.atomic
def empty_entry(scope: Scope, *, entry: Entry, version: int | None, title: str, told: str = "", reason: str) -> Entry:
    """Take everything that an entry says out of it, its files too where nothing else holds them.

    title: what it is called from now on. told: what its sender reads by the tracking code, which goes on working.
    reason: of erasing the files, for the journal. What older lines of the journal and older backups keep stays there.
    Raises Stale.
    """
    journal.take_turn(scope.agency)
    entry = locked(scope, entry, version)
    for file in _parted(entry):
        erase_unused(scope, file=file, reason=reason)
    for name, value in _BLANK.items():
        setattr(entry, name, value)
    entry.title = title
    entry.found_by = found_by(kept_with(scope, entry).register, {}, entry)
    entry.version += 1
    entry.save()
    ImportRow.objects.filter(entry=entry).update(cells=[], values={}, faults=[], identity="")
    _tell(scope, entry, told)
    journal.note(scope, "entry.empty", entry)
    return entry


def _parted(entry: Entry) -> Iterator[File]:
    """Cut an entry's ties and give the files that it held."""
    held = {one.file_id: one.file for one in files_of(entry)}
    entry.files.all().delete()
    entry.links.all().delete()
    entry.progress.all().delete()
    entry.moves.update(note="", is_told=False)
    yield from held.values()


def _tell(scope: Scope, entry: Entry, told: str) -> None:
    case = OutsideCase.objects.filter(entry=entry)
    if not case.exists():
        return
    case.update(may_publish=False)
    last = entry.moves.last()
    EntryMove.objects.create(
        entry=entry,
        move=last.move if last else "",
        source=entry.state,
        to=entry.state,
        by_text="ระบบ",
        on=scope.today,
        note=told,
        is_told=bool(told),
    )
