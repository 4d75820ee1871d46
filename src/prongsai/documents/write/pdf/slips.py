"""Slips as PDF. What is on them may be a secret: it goes through memory and pipes only, and is kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import cast

from prongsai.documents.fonts.shipped import load
from prongsai.documents.slips import Slip, Slips
from prongsai.documents.write.breaks import Breaker
from prongsai.documents.write.fill import Filler
from prongsai.documents.write.office import Office
from prongsai.documents.write.pdf import compiled, prepared_for
from prongsai.documents.write.pdf.page import CM, Form
from prongsai.documents.write.text_prep import Prepared

_WIDTH, _QR, _GAP, _INSET = 10.5 * CM, 3.1 * CM, 8.0, 0.7 * CM
_INNER = _WIDTH - 2 * _INSET
_TITLE_SIZES, _TITLE_LINES = (15, 14, 13, 12), 2
_STEP_WIDTH, _STEP_SIZE = 15 * CM, 16
_SMALL = 12
_ADDRESS_SIZES, _ADDRESS_LINES = (13, 12, 11, 10), 2
_CODE_SIZE = 20


def render_slips(slips: Slips, office: Office) -> bytes:
    """Give the PDF of slips, eight a page. Raises FileUnusable for a font folder that cannot be used."""
    fonts = load(office.fonts)
    prepared = prepared_for(fonts.folder)
    setter = _Setter(prepared, Filler(fonts, Breaker(())))
    paper = {
        "title": prepared.text(slips.title),
        "family": fonts.family,
        "language": slips.language,
        "qr": _QR,
        "gap": _GAP,
        "inset": _INSET,
        "front": [setter.lines(text, _STEP_WIDTH, size, bold=bold) for text, size, bold in _front(slips)],
        "slips": [setter.slip(one) for one in slips.slips],
    }
    return compiled("slips.typ", json.dumps(paper), fonts)


def render_slips_apart(slips: Slips, office: Office) -> bytes:
    """Give the PDF of slips, made in a process that ends and forgets them. Raises as ``render_slips``."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(render_slips, slips, office).result()


def _front(slips: Slips) -> Iterator[tuple[str, int, bool]]:
    yield slips.title, 20, True
    for number, step in enumerate(slips.steps, 1):
        yield f"{number}. {step}", _STEP_SIZE, False


class _Setter:
    """Puts the words of slips into lines."""

    def __init__(self, prepared: Prepared, filler: Filler) -> None:
        self._prepared, self._filler = prepared, filler
        self._known: dict[tuple[str, float, int, bool], Form] = {}

    def slip(self, slip: Slip) -> Form:
        beside = _INNER - _QR - _GAP
        return {
            "picture": slip.picture,
            "says": self._prepared.text(slip.says),
            "title": self._fitted(slip.title, _INNER, _TITLE_SIZES, _TITLE_LINES),
            "words": [
                self.lines(slip.above, beside, _SMALL),
                self._fitted(slip.address, beside, _ADDRESS_SIZES, _ADDRESS_LINES),
                self.lines(slip.below, beside, _SMALL),
                self.lines(slip.code, beside, _CODE_SIZE, bold=True),
            ],
            "foot": [self.lines(line, _INNER, _SMALL) for line in slip.foot],
        }

    def lines(self, text: str, width: float, size: int, *, bold: bool = False) -> Form:
        """Give a text in lines; of what is the same on every slip, once for all."""
        key = (text, width, size, bold)
        if key not in self._known:
            found = self._filler.lines(self._prepared.text(text), width, size, bold=bold)
            self._known[key] = {"size": size, "bold": bold, "lines": [line.text for line in found]}
        return self._known[key]

    def _fitted(self, text: str, width: float, sizes: Sequence[int], most: int) -> Form:
        """Give a text at the largest size at which it takes no more lines; the smallest, cut, when none does."""
        lines: list[str] = []
        for size in sizes:
            form = self.lines(text, width, size, bold=True)
            lines = cast(list[str], form["lines"])
            if len(lines) <= most:
                return form
        return form | {"lines": [*lines[: most - 1], lines[most - 1].rstrip() + "…"]}
