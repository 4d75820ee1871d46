"""Shares of options as bars in SVG: they print, need no script, and say their figures in words beside the drawing.

Drawn 360 units wide, so that letters can be read on a phone; every bar has its count and its share as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from django.utils.safestring import SafeString, mark_safe

from prongsai.thai.text import display_width
from prongsai.web.ui.templatetags.ui import thai_digits

WIDTH = 360
INK, SOFT, TRACK, BAR, QUIET = "#1b2a2f", "#4a5c63", "#e9eeef", "#0b5563", "#7f9197"
_ROW, _HEIGHT, _FONT = 42, 12, 15
_LABEL_MAX, _LABEL_MAX_LATIN = 30, 36  # letters; Latin ones are narrower


@dataclass(frozen=True, slots=True)
class Bar:
    """An option. is_quiet: no opinion, no answer, not asked. count None: only the share is told."""

    label: str
    percent: Decimal
    count: int | None = None
    is_quiet: bool = False
    value: str = ""

    @property
    def said(self) -> str:
        """What stands at its right end."""
        if self.value:
            return self.value
        share = f"{self.percent:.1f}%"
        return share if self.count is None else f"{self.count:,} ({share})"


def bars(found: Sequence[Bar], *, title: str) -> SafeString:
    """Draw bars of 0-100 per cent, one under the other, each under its label; "" for none."""
    if not found:
        return mark_safe("")
    height = _ROW * len(found) + 4
    told = "; ".join(f"{one.label} {thai_digits(one.said)}" for one in found)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
    head += f'role="img" font-family="Sarabun, sans-serif"><title>{escape(title)}</title><desc>{escape(told)}</desc>'
    drawn = "".join(part for place, one in enumerate(found) for part in _bar(one, _ROW * place))
    return mark_safe(f"{head}{drawn}</svg>")  # every word in it is escaped above and below


def _bar(one: Bar, y: float) -> list[str]:
    long = round(float(min(max(one.percent, Decimal(0)), Decimal(100))) / 100 * WIDTH, 1)
    colour = QUIET if one.is_quiet else BAR
    return [
        _text(0, y + 18, _cut(one.label), INK),
        _text(WIDTH, y + 18, thai_digits(one.said), SOFT, anchor="end"),
        f'<rect x="0" y="{y + 24}" width="{WIDTH}" height="{_HEIGHT}" rx="3" fill="{TRACK}"/>',
        f'<rect x="0" y="{y + 24}" width="{long}" height="{_HEIGHT}" rx="3" fill="{colour}"/>' if long else "",
    ]


def _cut(label: str) -> str:
    """Give a label that fits beside its figures; the table under the drawing has all of it."""
    most = _LABEL_MAX_LATIN if label.isascii() else _LABEL_MAX
    if display_width(label) <= most:
        return label
    kept = label
    while display_width(kept) >= most:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _text(x: float, y: float, words: str, colour: str, *, anchor: str = "start") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{_FONT}" fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>'
    )
