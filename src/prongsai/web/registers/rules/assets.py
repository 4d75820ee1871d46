"""Assets: who has the thing now and who had it before, on its page."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Ref, Register, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.rights import may_enter
from prongsai.web.registers.rules._meetings import row_of
from prongsai.web.registers.rules.asset_moves import moves_of
from prongsai.web.ui.templatetags.ui import thai_date

MOVES = "asset-moves"


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show who holds an asset and every change of hands, the newest first; with the way to enter the next."""
    if entry is None:
        return SafeString("")
    moves = [row_of(one) for one in moves_of(scope, entry.pk).reverse()]
    now = _who(row_of(entry).values, "unit", "holder")
    heads = (_("วันที่"), _("จาก"), _("ให้"), _("เหตุผล"))
    rows = format_html_join(
        "",
        '<tr><td class="nowrap" data-head="{}">{}</td><td data-head="{}">{}</td><td data-head="{}">{}</td>'
        '<td data-head="{}">{}</td></tr>',
        (
            (
                *(heads[0], thai_date(one.entry.dated_on)),
                *(heads[1], _cell(one.values, "from_unit", "from_holder")),
                *(heads[2], _cell(one.values, "to_unit", "to_holder")),
                *(heads[3], one.text("reason")),
            )
            for one in moves
        ),
    )
    head = format_html_join("", '<th scope="col">{}</th>', ((one,) for one in heads))
    table = format_html(
        '<div class="table"><table class="cards"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>', head, rows
    )
    return format_html(
        "<h2>{}</h2><p>{}</p>{}{}", _("ผู้ครอบครอง"), now, table if moves else "", _link(scope, register, entry)
    )


def _who(values: Values, unit: str, holder: str) -> str:
    return " ".join(_names(values, unit, holder)) or _("ไม่ระบุ")


def _cell(values: Values, unit: str, holder: str) -> SafeString:
    """Name the holder, and the unit on a line of its own."""
    first, *rest = _names(values, unit, holder) or [_("ไม่ระบุ")]
    below = format_html('<br><span class="small soft">{}</span>', rest[0]) if rest else ""
    return format_html("{}{}", first, below)


def _names(values: Values, unit: str, holder: str) -> list[str]:
    return [value.text for key in (holder, unit) if isinstance(value := values.get(key), Ref)]


def _link(scope: Scope, register: Register, entry: Entry) -> SafeString:
    kept = kept_of(scope, MOVES)
    if entry.state not in register.counted_states or not kept.is_open or not may_enter(scope, kept.register):
        return SafeString("")
    address = reverse("registers:entry_add", args=[scope.agency.code, MOVES])
    return format_html(
        '<p class="no-print"><a class="button" href="{}?asset={}">{}</a></p>', address, entry.pk, _("เปลี่ยนผู้ครอบครอง")
    )
