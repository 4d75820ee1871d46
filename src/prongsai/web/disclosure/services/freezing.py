"""What is frozen at approval: the tables of a register as they are then, and the hash over all that is shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from prongsai.errors import UnknownRegister
from prongsai.registers.known import STATE
from prongsai.registers.model import Field, FieldType
from prongsai.registers.tables import STATE_LABEL
from prongsai.web.disclosure.models import Page, PageKind, Release
from prongsai.web.disclosure.queries import complaints
from prongsai.web.disclosure.queries.deadlines import last_day_of
from prongsai.web.disclosure.queries.frozen import SHOWN, hash_of, hash_of_draft, is_as_frozen, shown_of
from prongsai.web.disclosure.queries.site_pages import in_the_making
from prongsai.web.registers.queries import opened
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.queries.periods import reporting

__all__ = [
    "SHOWN",
    "columns_of",
    "hash_of",
    "hash_of_draft",
    "is_as_frozen",
    "is_late",
    "kept_for",
    "parts_of",
    "shown_of",
    "tables_of",
]

_TYPES = {
    FieldType.NUMBER: "number",
    FieldType.MONEY: "money",
    FieldType.DATE: "date",
    FieldType.YES_NO: "yes-no",
    FieldType.CHOICE: "choice",
    FieldType.CHOICES: "choice",
}


# --- tables ---------------------------------------------------------------------------------------------------------
def kept_for(page: Page) -> Kept | None:
    """Give the register whose public table a page shows; None for other pages and registers that have none."""
    if page.kind != PageKind.REGISTER or not page.register:
        return None
    try:
        kept = kept_of(page.agency, page.register, page.year_be)
    except UnknownRegister:
        return None
    return kept if kept.is_open and kept.register.public is not None else None


@override("th")  # what is published is Thai, whatever language its maker reads
def tables_of(page: Page) -> list[dict[str, Any]]:
    """Give the public table of the register that a page is about, as it stands now; none for most other pages.

    On the page of the statistics of complaints stand those that were signed, with the papers that are shown.

    Each {"key", "title", "head", "rows", "numeric", "columns"}; columns: {"key", "label", "type", "note"} each.
    """
    kept = kept_for(page)
    if kept is None:
        return complaints.tables_for(page)
    if not _has_year(page, kept):
        return []
    table = opened.whole_table(page.agency, kept, page.year_be)
    if not table.rows:
        return []
    return [
        {
            "key": kept.id,
            "title": opened.title_of(kept),
            "head": list(table.head),
            "rows": [list(row) for row in table.rows],
            "numeric": list(table.numeric),
            "columns": columns_of(kept, table.head),
        }
    ]


def _has_year(page: Page, kept: Kept) -> bool:
    """Whether the register has something of the page's year: another year's table must not stand under it."""
    return kept.register.standing or page.year_be in opened.years_of(page.agency, kept.register)


def columns_of(kept: Kept, head: Sequence[str]) -> list[dict[str, str]]:
    """Describe the columns of a public table for its data dictionary."""
    register = reporting(kept.register)
    fields = {kept.label_th(field): field for field in register.fields}
    return [_column(label, fields.get(label), number) for number, label in enumerate(head, start=1)]


def _column(label: str, field: Field | None, number: int) -> dict[str, str]:
    if field is None:
        key = {opened.PERIOD: "period", STATE_LABEL: STATE}.get(label, f"column_{number}")
        return {"key": key, "label": label, "type": "text", "note": ""}
    return {"key": field.key, "label": label, "type": _TYPES.get(field.type, "text"), "note": _note(field)}


def _note(field: Field) -> str:
    parts = [field.help_th, "บาท" if field.type is FieldType.MONEY else field.unit_th]
    parts.append(" / ".join(one.label_th for one in field.choices))
    return " · ".join(part for part in parts if part)


# --- pages ----------------------------------------------------------------------------------------------------------
def parts_of(release: Release) -> int:
    """Count the pages of the public site that a release stands on, with the tables that it holds."""
    return in_the_making(release, release.page.agency).parts


# --- lateness -------------------------------------------------------------------------------------------------------
def is_late(page: Page, at: datetime) -> bool:
    """Whether a page of an item is published after the assessment's last day for disclosure."""
    last = last_day_of(page.item.cycle.dates.all()) if page.item else None
    return last is not None and timezone.localdate(at) > last
