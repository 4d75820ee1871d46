"""Words as a picture that a telephone reads, drawn into the page or paper: no address of a picture is asked for."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

_BORDER = 4  # modules of white around it, which readers need


def svg_of(text: str, title: str) -> SafeString:
    """Give a text as an inline SVG. title: what it is called for who cannot see it."""
    side, path = _drawn(text)
    return format_html(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{title}" shape-rendering="crispEdges">'
        '<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>',
        side=side,
        title=title,
        path=path,
    )


def drawing_of(text: str) -> str:
    """Give a text as an SVG file, for a paper."""
    side, path = _drawn(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>'
    )


def address_of(text: str) -> str:
    """Give a text as the address of an ``img``, which holds the picture itself."""
    return f"data:image/svg+xml;base64,{b64encode(drawing_of(text).encode()).decode()}"


def _drawn(text: str) -> tuple[int, str]:
    """Give how many modules it is wide, and the dark ones as a path."""
    code = QRCode(border=_BORDER, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    return len(rows), "".join(_runs(rows))


def _runs(rows: Sequence[Sequence[bool]]) -> Iterator[str]:
    """Give each run of dark modules of a row as a stroke of the path."""
    for y, row in enumerate(rows):
        start: int | None = None
        for x, is_dark in enumerate([*row, False]):
            if is_dark and start is None:
                start = x
            elif not is_dark and start is not None:
                yield f"M{start} {y}h{x - start}v1h-{x - start}z"
                start = None
