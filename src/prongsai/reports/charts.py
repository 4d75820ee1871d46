"""Charts as SVG with Thai text: they print, need no script, and say their figures in words beside the drawing.

Sizes are in units of a drawing 560 units wide; room is left for a substitute font, half as large again as TH Sarabun.
Every figure is printed as text, and no meaning hangs on colour alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from xml.sax.saxutils import escape

from prongsai.documents.model import Picture
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import display_width

WIDTH, WIDTH_CM = 560, 15.5
FONTS = "TH SarabunPSK, TH Sarabun New, Prongsai Sarabun, Sarabun, sans-serif"
INK, SOFT, LINE = "#1d2733", "#5b6673", "#c9d0d8"
BAR, BEFORE = "#1f5f8b", "#9db8cc"
STATES = {
    "done": ("ดำเนินการแล้วเสร็จ", "#2f6b3c"),
    "in_progress": ("อยู่ระหว่างดำเนินการ", "#c98a1b"),
    "not_started": ("ยังไม่ได้ดำเนินการ", "#b9c0c8"),
}
_ROW, _TOP, _LABELS, _VALUES, _SIDE = 27, 36, 252, 56, 66


@dataclass(frozen=True, slots=True)
class Bar:
    """A label, its value (0–100) and that of the year before; None where there is none."""

    label: str
    value: Decimal | None
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RiskCell:
    """Likelihood and impact (1–5) of a risk and what it is called in the drawing."""

    likelihood: int
    impact: int
    label: str


def indicator_bars(
    bars: Sequence[Bar], *, title: str, now: str, before: str = "", marks: Sequence[Decimal] = ()
) -> Picture:
    """Draw scores as bars of 0–100, last year's as a paler bar under each.

    now, before: what the two years are called. marks: scores at which a line is drawn (thresholds of levels).
    """
    height = _TOP + _ROW * len(bars) + 30
    parts = [*_legend([(now, BAR), *([(before, BEFORE)] if before else [])])]
    parts += [_mark(mark, height) for mark in marks]
    for place, bar in enumerate(bars):
        parts += _bar(bar, _TOP + _ROW * place)
    return _picture(parts, height, title, [_said(bar, now, before) for bar in bars])


def progress_bars(counts: Mapping[str, Mapping[str, int]], *, title: str) -> Picture:
    """Draw how many of each row's measures are done, going on or not begun; counts: row → state → number."""
    height = _TOP + _ROW * len(counts) + 8
    parts = [*_legend(list(STATES.values()))]
    for place, (label, states) in enumerate(counts.items()):
        parts += _progress(label, states, _TOP + _ROW * place)
    told = [
        f"{label}: " + " ".join(f"{STATES[s][0]} {n}" for s, n in states.items()) for label, states in counts.items()
    ]
    return _picture(parts, height, title, told)


def risk_matrix(cells: Iterable[RiskCell], levels: Mapping[tuple[int, int], tuple[str, str]], *, title: str) -> Picture:
    """Draw risks in a square of five by five. levels: (likelihood, impact) → name and colour of the level there."""
    left, side = 120, _SIDE
    named: dict[tuple[int, int], list[str]] = {}
    for risk in cells:
        named.setdefault((risk.likelihood, risk.impact), []).append(risk.label)
    parts = [
        _text(left + side * 2.5, side * 5 + 52, "ผลกระทบ", anchor="middle", bold=True),
        _text(left - 34, side * 2.5, "โอกาสเกิด", anchor="end", bold=True),
    ]
    for step in range(1, 6):
        parts.append(_text(left - 10, side * (5.5 - step) + 15, to_thai(str(step)), anchor="end"))
        parts.append(_text(left + side * (step - 0.5), side * 5 + 30, to_thai(str(step)), anchor="middle"))
    for likelihood, impact in product(range(1, 6), range(1, 6)):
        at = (likelihood, impact)
        parts += _square(left + side * (impact - 1), 10 + side * (5 - likelihood), levels.get(at), named.get(at, []))
    told = [
        f"โอกาส {likelihood} ผลกระทบ {impact}: {' '.join(labels)}"
        for (likelihood, impact), labels in sorted(named.items())
    ]
    return _picture(parts, side * 5 + 62, title, told)


def _square(x: float, y: float, level: tuple[str, str] | None, labels: Sequence[str]) -> list[str]:
    name, colour = level or ("", "#eef1f4")
    parts = [_rect(x, y, _SIDE, _SIDE, colour, LINE), _text(x + 4, y + 13, name, colour=SOFT, size=13)]
    return parts + _names(labels, x + _SIDE / 2, y + _SIDE / 2 + 5)


def _names(labels: Sequence[str], x: float, y: float) -> list[str]:
    """Set up to three labels in a square; more are counted."""
    shown = [*labels[:2], f"และอีก {to_thai(str(len(labels) - 2))}"] if len(labels) > 3 else list(labels)
    first = y + 5 - 9 * (len(shown) - 1)
    return [_text(x, first + 18 * n, label, anchor="middle", bold=True) for n, label in enumerate(shown)]


def _bar(bar: Bar, y: float) -> list[str]:
    parts = [_text(_LABELS - 8, y + 16, bar.label, anchor="end")]
    if bar.before is not None:
        parts.append(_rect(_LABELS, y + 15, _long(bar.before), 4, BEFORE))
    if bar.value is None:
        return [*parts, _text(WIDTH, y + 16, "ไม่มี", anchor="end", colour=SOFT)]
    parts.append(_rect(_LABELS, y + 3, _long(bar.value), 12, BAR))
    return [*parts, _text(WIDTH, y + 16, to_thai(str(bar.value)), anchor="end", bold=True)]


def _progress(label: str, states: Mapping[str, int], y: float) -> list[str]:
    parts = [_text(_LABELS - 8, y + 16, label, anchor="end")]
    total = sum(states.values())
    x = float(_LABELS)
    for state, (_, colour) in STATES.items():
        count = states.get(state, 0)
        wide = (WIDTH - _LABELS) * count / total if total else 0
        if count:
            parts.append(_rect(x, y + 3, wide, 15, colour, "#ffffff"))
            ink = "#ffffff" if state == "done" else INK
            parts.append(_text(x + wide / 2, y + 15, to_thai(str(count)), anchor="middle", colour=ink, bold=True))
        x += wide
    return parts


def _long(value: Decimal) -> float:
    return round(float(value) / 100 * (WIDTH - _LABELS - _VALUES), 2)


def _mark(mark: Decimal, height: float) -> str:
    x = _LABELS + _long(mark)
    dashes = f'stroke="{SOFT}" stroke-width="0.8" stroke-dasharray="3 3"'
    line = f'<line x1="{x:g}" y1="{_TOP - 2}" x2="{x:g}" y2="{height - 20:g}" {dashes}/>'
    return line + _text(x, height - 6, to_thai(str(mark)), anchor="middle", colour=SOFT)


def _legend(entries: Sequence[tuple[str, str]]) -> list[str]:
    parts: list[str] = []
    x = 0.0
    for label, colour in entries:
        parts += [_rect(x, 8, 10, 10, colour), _text(x + 15, 18, label, colour=SOFT)]
        x += 40 + 10 * display_width(label)
    return parts


def _rect(x: float, y: float, width: float, height: float, colour: str, stroke: str = "none") -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}" stroke="{stroke}"/>'


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK, bold: bool = False, size: int = 17
) -> str:
    look = f'fill="{colour}" text-anchor="{anchor}" font-size="{size}"' + (' font-weight="bold"' if bold else "")
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(words)}</text>'


def _said(bar: Bar, now: str, before: str) -> str:
    value = "ไม่มีคะแนน" if bar.value is None else f"{now} {bar.value}"
    return f"{bar.label} {value}" + (f" {before} {bar.before}" if bar.before is not None else "")


def _picture(parts: Iterable[str], height: float, title: str, told: Sequence[str]) -> Picture:
    says = f"{title}: {'; '.join(told)}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" '
    )
    head += f'role="img" font-family="{FONTS}"><title>{escape(title)}</title><desc>{escape(says)}</desc>'
    drawing = head + "".join(parts) + "</svg>"
    return Picture(drawing.encode(), "image/svg+xml", says, WIDTH_CM)
