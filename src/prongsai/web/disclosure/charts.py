"""The last days of an address as SVG; it prints, needs no script, and says in words what it shows."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from prongsai.web.disclosure.queries.watching import Day
from prongsai.web.ui.templatetags.ui import thai_date, thai_digits

_STEP, _WIDTH, _BASE, _HEIGHT = 20, 14, 44, 46
_LINE = "#d3dddf"
# Height as well as colour, so that nothing hangs on colour: the worse, the taller.
_BARS = {"fault": (40, "#9a1f1f"), "warning": (26, "#b57414"), "fine": (14, "#2c8a50"), "unknown": (3, "#b8c5c8")}


def strip(days: Sequence[Day]) -> str:
    """Draw a bar a day, the oldest first; empty without days."""
    if not days:
        return ""
    wide = len(days) * _STEP
    bars = "".join(_bar(place, day) for place, day in enumerate(days))
    said = "; ".join(f"{thai_date(day.day)} {day.label}" for day in days if day.count)
    size = f'viewBox="0 0 {wide} {_HEIGHT}" width="{wide}" height="{_HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={quoteattr(_("ผลตรวจรายวัน"))}'
    base = f'<line x1="0" y1="{_BASE}" x2="{wide}" y2="{_BASE}" stroke="{_LINE}"/>'
    return f"{head}><desc>{escape(said)}</desc>{base}{bars}</svg>"


def _bar(place: int, day: Day) -> str:
    high, colour = _BARS[day.state]
    left = place * _STEP + (_STEP - _WIDTH) // 2
    words = f"{thai_date(day.day)}: {day.label}"
    if day.count:
        words += f" ({_('ตรวจ {n} ครั้ง').format(n=thai_digits(day.count))})"
    box = f'x="{left}" y="{_BASE - high}" width="{_WIDTH}" height="{high}" rx="2" fill="{colour}"'
    return f"<rect {box}><title>{escape(words)}</title></rect>"
