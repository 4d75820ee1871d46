"""What everybody may read of an office's procurement, as rows of the open contracting standard.

The same entries that the public tables show: of registers whose table is published, of periods that are closed, in
states that are public; the open fields of them.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse

from prongsai.registers import ocds
from prongsai.registers.model import Flow, Openness, Register, Values
from prongsai.registers.tables import open_values
from prongsai.registers.values import from_json
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.registers.models import Entry, EntryProgress, RegisterSetting
from prongsai.web.registers.queries.library import Kept, edition_of
from prongsai.web.registers.queries.opened import is_frozen, public_entries, published_one

PREFIX_REGISTER = "purchases"  # whose setting holds the prefix
_CHUNK = 500


def contracting(agency: Agency, year: int = 0) -> ocds.Part | None:
    """Give the release package of a fiscal year (BE), 0: the newest year; None when nothing is published.

    Some queries a register, however many rows it has.
    """
    rows = [row for kept in published_of(agency) for row in _rows(agency, kept)]
    years = sorted({one.year for one in rows})
    wanted = year or (years[-1] if years else 0)
    made = ocds.package(_office(agency, wanted), rows, wanted) if rows else None
    return made if made and made["releases"] else None


def published_of(agency: Agency) -> tuple[Kept, ...]:
    """Give the registers of procurement whose table is published."""
    found = (published_one(agency, register) for register in ocds.REGISTERS)
    return tuple(kept for kept in found if kept is not None)


def prefix_of(agency: Agency) -> str:
    """Give what stands before the number of each process: what the office set, else its own code. One query."""
    found = RegisterSetting.objects.filter(agency=agency, register=PREFIX_REGISTER).values_list(
        "ocid_prefix", flat=True
    )
    return found.first() or f"prongsai-{agency.code}"


def _office(agency: Agency, year: int) -> ocds.Office:
    origin = str(settings.CSRF_TRUSTED_ORIGINS[0]).rstrip("/") if settings.CSRF_TRUSTED_ORIGINS else ""
    address = f"{reverse('registers:open_ocds', args=[agency.code])}?year={year}"
    uri = f"{origin}{address}" if origin else f"urn:prongsai:ocds:{agency.code}:{year}"
    return ocds.Office(agency.code, agency.name, prefix_of(agency), uri, agency.website)


# --- rows -----------------------------------------------------------------------------------------------------------
def _rows(agency: Agency, kept: Kept) -> Iterator[ocds.Row]:
    entries = list(_dated(_entries(agency, kept.register)))
    done = _done(kept.register, entries)
    for entry in entries:
        register = edition_of(entry.register, entry.since_be)
        values = _open(register, from_json(register.fields, entry.values))
        reports = done.get(entry.pk, [])
        yield ocds.Row(
            entry.pk,
            entry.register,
            entry.fiscal_year_be,
            entry.number,
            entry.state,
            values,
            max([_told_at(entry), *(one.written_at for one in reports)]),
            _labels(register, values),
            tuple(ocds.Done(one.ends_on, _open_report(register, one)) for one in reports),
            entry.before_id,
        )


def _entries(agency: Agency, register: Register) -> QuerySet[Entry]:
    """Give the entries that the public table shows: of closed periods, where it is read from those."""
    found = public_entries(agency, register)
    if not is_frozen(register):
        return found
    if register.flow is not Flow.PLAN:
        return found.filter(close__isnull=False)
    years = set(
        EntryProgress.objects.filter(entry__agency=agency, entry__register=register.id, close__isnull=False)
        .order_by()
        .values_list("entry__fiscal_year_be", flat=True)
    )
    return found.exclude(fiscal_year_be__in=years) | found.filter(progress__close__isnull=False)


def _dated(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """Add when something about an entry was last written down."""
    lines = AuditEntry.objects.filter(
        agency=OuterRef("agency"), subject_type=Entry._meta.label_lower, subject_id=Cast(OuterRef("pk"), CharField())
    )
    last = Subquery(lines.order_by("-number").values("at")[:1])
    return found.select_related("close").distinct().annotate(changed_at=last).order_by("pk")


def _told_at(entry: Entry) -> datetime:
    if entry.close is not None:
        return entry.close.closed_at
    changed: datetime | None = getattr(entry, "changed_at", None)
    return changed or entry.written_at


def _done(register: Register, entries: list[Entry]) -> dict[int, list[EntryProgress]]:
    """Give what was reported of entries in closed periods, by their pk."""
    if register.progress is None:
        return {}
    found: dict[int, list[EntryProgress]] = {}
    own = [one.pk for one in entries]
    for start in range(0, len(own), _CHUNK):
        closed = EntryProgress.objects.filter(entry__in=own[start : start + _CHUNK], close__isnull=False)
        for one in closed.order_by("starts_on"):
            found.setdefault(one.entry_id, []).append(one)
    return found


def _open(register: Register, values: Values) -> dict[str, object]:
    """Give what is open to everybody; what is only shown masked is left out."""
    public = {one.key for one in register.fields if one.openness is Openness.PUBLIC}
    return {key: value for key, value in open_values(register, values).items() if key in public}


def _open_report(register: Register, report: EntryProgress) -> dict[str, object]:
    fields = register.progress.fields if register.progress else ()
    return _open(replace(register, fields=fields), from_json(fields, report.values))


def _labels(register: Register, values: Values) -> dict[str, str]:
    told = {}
    for one in register.fields:
        choice = one.choice(str(values.get(one.key, ""))) if one.choices else None
        if choice is not None:
            told[one.key] = choice.label_th
    return told
