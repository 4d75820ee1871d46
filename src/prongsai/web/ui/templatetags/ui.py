"""What templates print with: Thai dates and numerals, scores, badges. Built into every template."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.template import Context
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from prongsai.thai.dates import format_date, format_fiscal_year
from prongsai.thai.numerals import to_thai

register = template.Library()

# Colour of a state's badge; a word says the same, so that nothing hangs on colour.
_TONES = {
    "quiet": {"not_started", "none", "draft", "missing", "info", "waiting", "assigned", "closed", "same", ""},
    "blue": {"in_progress", "running", "acknowledged", "carried", "open", "new", "soon"},
    "green": {"ready", "done", "accepted", "approved", "pass", "covered", "submitted", "fine", "self"},
    "amber": {"ask", "returned", "cannot_tell", "warning", "late_soon", "changed", "acting"},
    "red": {"fail", "overdue", "missed", "rejected", "error", "faulty", "late"},
}
_TONE = {state: tone for tone, states in _TONES.items() for state in states}


@register.filter
def thai_date(value: date | datetime | None, style: str = "abbr") -> str:
    """Print a day of the Buddhist era (``๓๐ มี.ค. ๒๕๖๙``; "full": whole month). English pages: ``30 Mar 2026``."""
    if value is None:
        return ""
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    if get_language() == "en":
        return f"{day.day} {day:%b %Y}"
    return format_date(day, "full" if style == "full" else "abbr")


@register.filter
def thai_time(value: datetime | None) -> str:
    """Print a day and a time of day."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{thai_date(value)} {thai_digits(f'{local:%H:%M}')}{gettext(' น.')}"


@register.filter
def thai_digits(value: object) -> str:
    """Print with Thai digits; with Arabic ones on English pages. Nothing for None."""
    if value is None:
        return ""
    return str(value) if get_language() == "en" else to_thai(str(value))


@register.filter
def fiscal_year(value: int | None) -> str:
    """Print ``ปีงบประมาณ พ.ศ. ๒๕๖๙``."""
    if value is None:
        return ""
    return f"FY {value - 543}" if get_language() == "en" else format_fiscal_year(value)


@register.filter
def score(value: Decimal | float | None) -> str:
    """Print a score (0–100) to two places, Thai digits; a dash when there is none."""
    return "–" if value is None else thai_digits(floatformat(value, 2))


@register.filter
def tone(state: object) -> str:
    """Give the tone of a state: quiet, blue, green, amber or red."""
    return _TONE.get(str(state), "quiet")


@register.simple_tag
def badge(state: object, label: object = "") -> SafeString:
    """Print a state as a badge: ``{% badge task.state task.get_state_display %}``."""
    return format_html('<span class="badge" data-tone="{}">{}</span>', tone(state), label or state)


@register.filter
def countdown(day: date | None, today: date | None = None) -> str:
    """Say how far away a day is: ``อีก ๕ วัน``, ``วันนี้``, ``เลยมา ๓ วัน``."""
    if day is None:
        return ""
    days = (day - (today or timezone.localdate())) // timedelta(days=1)
    if days == 0:
        return gettext("วันนี้")
    words = gettext("อีก {n} วัน") if days > 0 else ngettext("เลยมา {n} วัน", "เลยมา {n} วัน", -days)
    return words.format(n=thai_digits(abs(days)))


@register.filter
def nearness(day: date | None, today: date | None = None) -> str:
    """Give the tone word of a due date: overdue, soon (within 7 days), or nothing."""
    if day is None:
        return ""
    days = (day - (today or timezone.localdate())).days
    return "overdue" if days < 0 else "late_soon" if days <= 7 else ""


@register.filter
def dict_get(mapping: dict[object, object], key: object) -> object:
    """Look a key up; None when it is not there."""
    return mapping.get(key)


@register.filter
def file_size(size: int) -> str:
    """Print bytes as kB or MB."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} kB"


@register.filter
def can(scope: object, power: str) -> bool:
    """Whether a scope holds a power: ``{% if scope|can:"run_cycle" %}``."""
    return scope is not None and power in getattr(scope, "powers", ())


@register.simple_tag(takes_context=True)
def here(context: Context, *places: str, but: str = "") -> SafeString:
    """Mark a link of the navigation when the page stands under it: ``page`` on its own page, ``true`` below it.

    places: beginnings of addresses after the agency's code, in whole words; empty: its home. but: beginnings below
    them, parted by blanks, that have a link of their own.
    """
    request = context.get("request")
    if request is None:
        return mark_safe("")
    path = request.path.partition("/")[2].partition("/")[2].strip("/")
    if not _stands(path, places) or _stands(path, but.split()):
        return mark_safe("")
    return mark_safe(' aria-current="page"' if path in places else ' aria-current="true"')


def _stands(path: str, places: Iterable[str]) -> bool:
    return any(path == place or (place and path.startswith(f"{place}/")) for place in places)


@register.simple_tag(takes_context=True)
def language_next(context: Context) -> str:
    """Give where to go once the language is chosen: this page, or one that can be asked for where this one cannot."""
    request = context.get("request")
    if request is None:
        return "/"
    if request.method in ("GET", "HEAD"):
        return str(request.get_full_path())
    # The answer to a form: its address may take forms only. Those outside an agency can all be opened.
    match = request.resolver_match
    code = match.kwargs.get("agency") if match else None
    return reverse("home", args=[code]) if code else str(request.path)
