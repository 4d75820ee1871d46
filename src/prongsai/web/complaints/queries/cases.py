"""Cases as a handler reads them: which ones their key opens, and what stands inside."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from prongsai.privacy.seal.boxes import NotForThisKey, unseal_value
from prongsai.privacy.seal.keys import pair_of
from prongsai.privacy.seal.wraps import unwrapped
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.contents import (
    Accused,
    CaseKeys,
    FileKey,
    Identity,
    Kind,
    Said,
    Told,
    identity_from,
    keys_from,
    said_from,
    told_from,
)
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Channel, Holder, Message, Report
from prongsai.web.complaints.queries.routing import route
from prongsai.web.complaints.states import ENDS

DIALOGUE = frozenset({Kind.REPORTER, Kind.REPLY})


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list: the dull columns, nothing from inside. files: how many came with it."""

    report: Report
    files: int
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A case that was opened. accused: all that are known so far, those added later at the end.

    said: in the order in which it came. conflicts: pks of the holders who declared a conflict. is_altered: somebody
    wrote past the software, a message that no key of the case opens or a public key that is not of its pair.
    """

    report: Report
    keys: CaseKeys = field(repr=False)
    told: Told = field(repr=False)
    said: tuple[Said, ...] = field(repr=False)
    accused: tuple[Accused, ...] = field(repr=False)
    conflicts: frozenset[int] = frozenset()
    has_identity: bool = False
    is_altered: bool = False

    @property
    def dialogue(self) -> tuple[Said, ...]:
        """What the reporter reads too."""
        return tuple(one for one in self.said if one.kind in DIALOGUE)

    @property
    def notes(self) -> tuple[Said, ...]:
        """What handlers wrote for each other."""
        return self.of(Kind.NOTE)

    @property
    def files(self) -> tuple[FileKey, ...]:
        """All files: those of the report, then those of the messages."""
        return (*self.told.files, *(file for one in self.said for file in one.files))

    def of(self, *kinds: Kind) -> tuple[Said, ...]:
        """Give the messages of some kinds."""
        return tuple(one for one in self.said if one.kind in kinds)


def reports_of(agency: Agency) -> QuerySet[Report]:
    """Give the reports of an office, shredded ones included: whoever shows one must open it first."""
    return Report.objects.filter(agency=agency).select_related("agency")


def report_of(agency: Agency, number: str) -> Report | None:
    """Find a report by its number."""
    return reports_of(agency).filter(number=number, shredded_on=None).first()


def shredded_of(agency: Agency, number: str) -> Report | None:
    """Find the dull row of a report that was shredded. No list gives it: whoever asks must know its number."""
    return reports_of(agency).filter(number=number, shredded_on__isnull=False).first()


def keys_of(key: Key, report: Report) -> CaseKeys | None:
    """Open the wrap of a report that is for this key; None when there is none."""
    if report.agency_id != key.holder.agency_id:
        return None
    found = unwrapped(report.wraps, key.bundle.identities)
    return keys_from(json.loads(found)) if found is not None else None


def cases_of(key: Key, *, state: str = "", category: str = "", is_ended: bool | None = None) -> list[Row]:
    """List the cases that a key opens, what is due first on top. One query, however many there are.

    Whoever took over a lost key is not shown what they may not read themselves; those cases are looked into.
    """
    found = reports_of(key.holder.agency).filter(shredded_on=None)
    if state:
        found = found.filter(state=state)
    if category:
        found = found.filter(category=category)
    if is_ended is not None:
        ended = Q(state__in=ENDS)
        found = found.filter(ended if is_ended else ~ended)
    found = found.annotate(files=Count("sealed_files")).defer("body", "receipt_wrap")
    return [_row(one) for one in found.order_by(*_BY_DUE) if _is_shown(key, one)]


_BY_DUE = (F("due_on").asc(nulls_last=True), "-received_on", "number")


def _is_shown(key: Key, report: Report) -> bool:
    own, *taken_over = key.bundle.identities
    if not taken_over or unwrapped(report.wraps, [own]) is not None:
        return keys_of(key, report) is not None
    keys = keys_of(key, report)
    return keys is not None and _is_for(key.holder, report, keys)


def _is_for(holder: Holder, report: Report, keys: CaseKeys) -> bool:
    """Whether a case that came by a lost key is for who took it over: they may be the one whom it accuses."""
    try:
        case = read_case(report, keys)
    except NotForThisKey:
        return True  # changed past the software: its page says so
    way = route(report.agency, case.accused, day=timezone.localdate(), conflicted=conflicted(case))
    return holder.pk in {one.pk for one in way.holders}


def _row(report: Report) -> Row:
    return Row(report, files=getattr(report, "files"), is_ended=report.state in ENDS)  # noqa: B009


def is_stale(report: Report) -> bool:
    """Whether a report must be closed anew: somebody lost the right to it, or the roll has changed since."""
    if report.is_stale:
        return True
    rolls = Channel.objects.filter(agency=report.agency_id).values_list("roll_version", flat=True)
    return any(report.roll_version < version for version in rolls)


def read_case(report: Report, keys: CaseKeys) -> Case:
    """Open everything in a case but its files. Raises NotForThisKey for other keys or a changed report."""
    told = told_from(unseal_value(report.body, [keys.dialogue]))
    messages = list(report.messages.all())
    said = tuple(one for one in (_said(message, keys) for message in messages) if one is not None)
    is_altered = len(said) < len(messages) or not _are_of(keys, report)
    return _with(Case(report, keys, told, said, told.accused, is_altered=is_altered))


def extended(case: Case, *said: Said) -> Case:
    """Give a case with more said in it."""
    return _with(replace(case, said=(*case.said, *said)))


def _with(case: Case) -> Case:
    return replace(
        case,
        accused=(*case.told.accused, *_added(case.said)),
        conflicts=frozenset(_conflicts(case.said)),
        has_identity=identity_in(case.said) is not None,
    )


def _are_of(keys: CaseKeys, report: Report) -> bool:
    """Whether what is sealed for a report from now on is sealed for its own keys."""
    public = pair_of(keys.dialogue).recipient, pair_of(keys.case).recipient
    return public == (report.dialogue_key, report.case_key)


def _said(message: Message, keys: CaseKeys) -> Said | None:
    """Open a message; None for one that is not for its key, or pretends to be what its key cannot vouch for."""
    said = said_of(message, keys)
    return said if said is not None and (said.kind in DIALOGUE) == message.is_dialogue else None


def said_of(message: Message, keys: CaseKeys) -> Said | None:
    """Open a message; None for one that is not for its key."""
    try:
        return said_from(unseal_value(message.sealed, [keys.dialogue if message.is_dialogue else keys.case]))
    except NotForThisKey:
        return None


def identity_in(said: Iterable[Said]) -> Identity | None:
    """Give who reports, as they said last; None for one who told nothing: their message of that kind is empty."""
    found = [one.data for one in said if one.kind is Kind.IDENTITY and one.data]
    return identity_from(found[-1]) if found else None


def _added(said: Iterable[Said]) -> Iterator[Accused]:
    """Give those whom a handler added: ``{"accused": [{…}, …]}``."""
    for one in said:
        if one.kind is Kind.READERS:
            yield from (Accused(**value) for value in one.data.get("accused", ()))


def _conflicts(said: Iterable[Said]) -> Iterator[int]:
    """Give the holders who declared a conflict: ``{"conflict": pk}``."""
    return (one.data["conflict"] for one in said if one.kind is Kind.READERS and "conflict" in one.data)


def conflicted(case: Case) -> frozenset[int]:
    """Give every key of those who declared a conflict or were once kept from the case, also one for a lost one."""
    declared = Holder.objects.filter(pk__in=case.conflicts).values_list("user_id", flat=True)
    users = {*case.keys.barred, *declared}
    return frozenset(Holder.objects.filter(user__in=users).values_list("pk", flat=True)) if users else frozenset()


def due_of(rows: Iterable[Row], today: date) -> int:
    """Count the cases of a list that are past their day."""
    return sum(1 for row in rows if row.report.due_on is not None and row.report.due_on < today)
