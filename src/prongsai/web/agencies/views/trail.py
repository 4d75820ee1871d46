"""The way to a page, for its crumbs."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.web.agencies.scope import Scope

_NAMES = {
    "agency": gettext_lazy("ข้อมูลหน่วยงาน"),
    "units": gettext_lazy("ส่วนราชการ"),
    "people": gettext_lazy("บุคลากร"),
    "posts": gettext_lazy("ตำแหน่ง"),
    "committees": gettext_lazy("คณะกรรมการ"),
    "job_orders": gettext_lazy("คำสั่งมอบหมายงาน"),
}


def trail_of(scope: Scope, tab: str, *records: object) -> list[tuple[str, str]]:
    """Give the way through the tabs to a page; records: those on the way, each with its own page."""
    code = scope.agency.code
    trail = [(_("หน่วยงานและบุคลากร"), reverse("agencies:agency", args=[code]))]
    if tab != "agency":
        trail.append((str(_NAMES[tab]), reverse(f"agencies:{tab}", args=[code])))
    for record in records:
        kind = type(record).__name__.lower()
        trail.append((str(record), reverse(f"agencies:{kind}", args=[code, record.pk])))  # type: ignore[attr-defined]
    return trail


def ended(trail: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Take the address off the last step: that is where the user is."""
    return [*trail[:-1], (trail[-1][0], "")]
