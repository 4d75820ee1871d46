"""Entries of a register: as a list that somebody narrows, and one of them with everything that belongs to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from prongsai.registers.model import LINKED, Field, FieldType, Formula, Register, Values, View
from prongsai.registers.values import from_json
from prongsai.thai.days import read_date
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.found import PlaceOf, packed
from prongsai.web.registers.models import Entry, SavedView
from prongsai.web.registers.queries.detail import EntryPage, entry_page
from prongsai.web.registers.queries.library import Kept, edition_of, editions_of
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.queries.parts import Part, belonging, view_seen, views_seen
from prongsai.web.registers.queries.rights import may_see_field, seen_of
from prongsai.web.registers.queries.showing import is_late, open_states, shown_to, state_label

__all__ = ["EntryPage", "ListPage", "columns_of", "entries_of", "entry_page", "list_page", "narrowed", "views_of"]

PAGE = 50
EVERY = 10**9
FOUND_MAX = 1000  # of a search no more are counted or listed; it is to be narrowed
COLUMNS, WORDS_MAX, YEARS_MAX = 5, 5, 40
YEAR, SEARCH, STATE, UNIT, FROM, TO, LATE, SORT, NUMBER, VIEW = (
    "year",
    "q",
    "state",
    "unit",
    "from",
    "to",
    "late",
    "sort",
    "page",
    "view",
)
RESERVED = frozenset({YEAR, SEARCH, STATE, UNIT, FROM, TO, LATE, SORT, NUMBER, VIEW})
ALL_YEARS = "all"
_TRUTH = {"yes": "true", "no": "false"}
# The newest first: by year, then day, as the index stands.
_ORDER = ("-fiscal_year_be", "-dated_on", "-pk")
_SORTS: Mapping[str, tuple[str, ...]] = {
    "": _ORDER,
    "-date": _ORDER,
    "date": ("fiscal_year_be", "dated_on", "pk"),
    "number": ("fiscal_year_be", "number"),
    "-number": ("-fiscal_year_be", "-number"),
    "state": ("state", *_ORDER),
    "-state": ("-state", *_ORDER),
}


def entries_of(scope: Scope, kept: Kept, year: int | None = None) -> QuerySet[Entry]:
    """Give the entries of a register that somebody may see, the newest first. year: fiscal (BE), None: of all years."""
    found = seen_of(scope, kept.register, Entry.objects.filter(agency=scope.agency, register=kept.register.id))
    if kept.register.standing:
        found = found.filter(fiscal_year_be=0)
    elif year is not None:
        found = found.filter(fiscal_year_be=year)
    return found.select_related("unit").order_by(*_ORDER)


def parts_of(scope: Scope, kept: Kept, year: int | None, here: str = "") -> tuple[Part, ...]:
    """Give the named parts of a register that somebody may see, each with how many entries count; one query or none.

    year: fiscal (BE), None: of all years. here: the key of the one that is shown.
    """
    shown = views_seen(scope, kept.register)
    if not shown:
        return ()
    counted = entries_of(scope, kept, year).order_by().filter(state__in=kept.register.counted_states)
    found = counted.aggregate(**{f"n_{one.key}": Count("pk", filter=belonging(one)) for one in shown})
    return tuple(Part(one, found[f"n_{one.key}"], one.key == here) for one in shown)


# --- the list -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Head:
    """A column's head. sort: what the link asks for, "" where it is not sorted by; order: "up", "down" or ""."""

    key: str
    label: str
    sort: str
    order: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the list shows it; cells in the order of the heads."""

    entry: Entry
    cells: tuple[str, ...]
    state: str
    state_label: str
    is_final: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a register's list.

    year: None for all. page: of rows, for the component. total: how many there are, ``is_capped``: at least so many.
    query: the rest of the address, "&" first, without the page; asked: what was asked for; views: saved ones. parts:
    the register's named parts with their counts; part: the one that is shown, None for all.
    """

    kept: Kept
    year: int | None
    years: tuple[int, ...]
    heads: tuple[Head, ...]
    page: Page
    rows: tuple[Row, ...]
    total: int
    is_capped: bool
    query: str
    asked: Mapping[str, str]
    views: tuple[SavedView, ...]
    parts: tuple[Part, ...] = ()
    part: View | None = None

    @property
    def here(self) -> Part | None:
        """The part that is shown, with its count."""
        return next((one for one in self.parts if one.is_here), None)


def list_page(scope: Scope, kept: Kept, params: Mapping[str, str]) -> ListPage:
    """Give a page of a register's list; the number of queries depends on the register only.

    params: ``year`` (BE, ``all``; this year when not given), ``q``, ``state``, ``unit`` (its id), ``from`` and ``to``
    (days, as people write them), ``late`` (any text), a key of ``Register.keys`` with its value, ``sort`` (``date``,
    ``number``, ``state``, ``due``, a key or a sum; ``-`` first for the other way), ``page``, ``view`` (a named part).
    What cannot be read narrows nothing.
    """
    asked = {key: str(value).strip() for key, value in params.items() if str(value).strip()}
    year = _year(scope, kept, asked.get(YEAR, ""))
    found = narrowed(scope, kept, asked, year).order_by(*_sorted_by(scope, kept.register, asked.get(SORT, "")))
    page, total, is_capped = _page_of(found, asked)
    part = view_seen(scope, kept.register, asked.get(VIEW, ""))
    columns = columns_of(kept.register, part)
    rows = _rows(scope, kept, list(page.object_list), columns)
    page.object_list = rows
    return ListPage(
        kept,
        year,
        _years(scope, kept, year),
        _heads(kept, asked, columns),
        page,
        tuple(rows),
        total,
        is_capped,
        "".join(f"&{urlencode({key: value})}" for key, value in asked.items() if key != NUMBER),
        asked,
        views_of(scope, kept),
        parts_of(scope, kept, year, here=part.key if part else ""),
        part,
    )


def narrowed(scope: Scope, kept: Kept, asked: Mapping[str, str], year: int | None) -> QuerySet[Entry]:
    """Give the entries that filters and search leave; for lists and exports. asked: as ``list_page`` takes it."""
    found = entries_of(scope, kept, year)
    if part := view_seen(scope, kept.register, asked.get(VIEW, "")):
        found = found.filter(belonging(part))
    if asked.get(STATE):
        found = found.filter(state=asked[STATE])
    if asked.get(UNIT, "").isdecimal() and len(asked[UNIT]) < 18:
        found = found.filter(unit_id=int(asked[UNIT]))
    first, last = _day(asked.get(FROM, "")), _day(asked.get(TO, ""))
    found = found.filter(dated_on__gte=first) if first else found
    found = found.filter(dated_on__lte=last) if last else found
    if asked.get(LATE):
        found = found.filter(due_on__lt=scope.today, done_on=None, state__in=open_states(kept.register))
    for key in kept.register.keys:
        if asked.get(key) and key not in RESERVED and _is_told(scope, kept.register, key):
            found = found.filter(_keyed(kept.register, key, _TRUTH.get(asked[key], asked[key])))
    return _searched(found, kept, asked[SEARCH], scope, year) if asked.get(SEARCH) else found


def _searched(found: QuerySet[Entry], kept: Kept, words: str, scope: Scope, year: int | None) -> QuerySet[Entry]:
    """Keep what holds every word. Looked through apart from the filters, in an index that holds nothing else."""
    place = {"agency": scope.agency, "register": kept.register.id}
    if kept.register.standing or year is not None:
        place["fiscal_year_be"] = 0 if kept.register.standing else year
    held = Entry.objects.filter(**place).order_by()
    for number, word in enumerate(words.split()[:WORDS_MAX]):
        held = held.alias(**{f"at_{number}": PlaceOf("found_by", packed(word))}).filter(**{f"at_{number}__gt": 0})
    # Each database would rather fetch row after row by its key: the sum keeps SQLite from it, the bound PostgreSQL.
    return found.alias(own=F("pk") + 0).filter(own__in=held.values("pk")[:EVERY])


def views_of(scope: Scope, kept: Kept) -> tuple[SavedView, ...]:
    """Give the saved views of a register that are one's own or everybody's."""
    own = Q(user=None) | Q(user=scope.user)
    return tuple(SavedView.objects.filter(own, agency=scope.agency, register=kept.register.id))


def _page_of(found: QuerySet[Entry], asked: Mapping[str, str]) -> tuple[Page, int, bool]:
    """Give a page of keys, how many there are, and whether there are more. Columns are read for the page only."""
    pks: Sequence[int] | QuerySet = found.values_list("pk", flat=True)
    if asked.get(SEARCH):  # looked through once, and not once more to count
        pks = list(pks[: FOUND_MAX + 1])
        total = len(pks)
    else:
        total = found.order_by().count()
    is_capped = bool(asked.get(SEARCH)) and total > FOUND_MAX
    pages = Paginator(pks, PAGE)
    pages.count = min(total, FOUND_MAX) if is_capped else total
    return pages.get_page(asked.get(NUMBER, "1")), pages.count, is_capped


def _rows(scope: Scope, kept: Kept, pks: list[int], columns: tuple[Field, ...]) -> list[Row]:
    found = Entry.objects.filter(pk__in=pks).select_related("unit").defer("found_by").in_bulk()
    entries = [found[pk] for pk in pks if pk in found]
    far = (
        linked_values(kept.register, entries)
        if any(one.derivation and one.derivation.formula in _FAR for one in columns)
        else {}
    )
    return [_row(scope, one, columns, far.get(one.pk, {})) for one in entries]


_FAR = LINKED | {Formula.LOOKUP}


def columns_of(register: Register, part: View | None = None) -> tuple[Field, ...]:
    """Give the fields that the list shows: those the file names for a part or for all, else the first five."""
    keys = (part.columns if part else ()) or register.columns
    named = tuple(one for key in keys if (one := register.field_of(key)))
    return named or tuple(one for one in register.fields if not one.at)[:COLUMNS]


def _row(scope: Scope, entry: Entry, columns: Iterable[Field], far: Values) -> Row:
    register = edition_of(entry.register, entry.since_be)
    values = {**from_json(register.fields, entry.values), **far}
    # Each entry keeps the form of its year: a column that it has not stays empty.
    fields = [register.field_of(one.key) for one in columns]
    cells = tuple(shown_to(scope, register, one, values.get(one.key)) if one else "" for one in fields)
    state = register.state_of(entry.state)
    return Row(
        entry,
        cells,
        entry.state,
        state_label(register, entry.state),
        state is not None and state.is_final,
        is_late(register, entry, scope.today),
    )


def _keyed(register: Register, key: str, value: str) -> Q:
    """Look where each edition keeps the key."""
    slots: dict[int, list[int]] = {}
    editions = [one for one in editions_of(register.id) if key in one.keys]
    for one in editions:
        slots.setdefault(one.keys.index(key) + 1, []).append(one.since_be)
    if len(slots) == 1:
        return Q(**{f"key_{next(iter(slots))}": value})
    found = Q(pk__in=())
    for slot, since in slots.items():
        found |= Q(since_be__in=since, **{f"key_{slot}": value})
    return found


def _is_told(scope: Scope, register: Register, key: str) -> bool:
    """Whether somebody may narrow and sort by a field: what is secret would be told by what is found."""
    field = register.field_of(key)
    return field is None or may_see_field(scope, register, field)


def _sorted_by(scope: Scope, register: Register, asked: str) -> tuple:
    if asked in _SORTS:
        return _SORTS[asked]
    key = asked.removeprefix("-")
    if not _is_told(scope, register, key):
        return _ORDER
    slot = next(
        (
            f"{kind}_{keys.index(key) + 1}"
            for kind, keys in (("key", register.keys), ("sum", register.sums))
            if key in keys
        ),
        "due_on" if key == "due" else "",
    )
    if not slot:
        return _ORDER
    way = F(slot).desc(nulls_last=True) if asked.startswith("-") else F(slot).asc(nulls_last=True)
    return (way, *_ORDER)


def _heads(kept: Kept, asked: Mapping[str, str], columns: Iterable[Field]) -> tuple[Head, ...]:
    register, sorted_by = kept.register, asked.get(SORT, "-date")
    return tuple(_head(kept, one, _sort_of(register, one), sorted_by) for one in columns)


def _head(kept: Kept, field: Field, sort: str, sorted_by: str) -> Head:
    way = "" if not sort or sorted_by.removeprefix("-") != sort else "down" if sorted_by.startswith("-") else "up"
    is_number = field.type in (FieldType.NUMBER, FieldType.MONEY)
    return Head(field.key, kept.label(field), f"-{sort}" if way == "up" else sort, way, is_number)


def _sort_of(register: Register, field: Field) -> str:
    if field.key == register.dated_by:
        return "date"
    return field.key if field.key in (*register.keys, *register.sums) else ""


def _year(scope: Scope, kept: Kept, asked: str) -> int | None:
    if kept.register.standing or asked == ALL_YEARS:
        return None
    return int(asked) if asked.isdecimal() and len(asked) == 4 else fiscal_year_be(scope.today)


def _years(scope: Scope, kept: Kept, year: int | None) -> tuple[int, ...]:
    """Give the years to choose from, the newest first: those from the first entry's to this one."""
    if kept.register.standing:
        return ()
    years = Entry.objects.filter(agency=scope.agency, register=kept.register.id)
    first = years.order_by("fiscal_year_be").values_list("fiscal_year_be", flat=True)[:1]
    last = years.order_by("-fiscal_year_be").values_list("fiscal_year_be", flat=True)[:1]
    this = fiscal_year_be(scope.today)
    known = [this, *first, *last, *([year] if year else [])]
    return (
        tuple(range(max(known), min(known) - 1, -1))
        if max(known) - min(known) < YEARS_MAX
        else tuple(sorted(set(known), reverse=True))
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        reading = read_date(text[:60]) if text else None
        return reading.value if reading else None
