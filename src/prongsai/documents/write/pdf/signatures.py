"""Places for signatures in print: opinion, dotted line, name in parentheses, position, date."""

from collections.abc import Iterator, Sequence

from prongsai.documents.model import Align, Signature, Signatures
from prongsai.documents.write.fill import Filler
from prongsai.documents.write.pdf.page import BODY_SIZE, CM, Form
from prongsai.documents.write.text_prep import Prepared

_GUTTER = 14.0
_SINGLE_LEFT = 0.44  # of the width: a single signature stands right of the middle
_CLOSING = "ขอแสดงความนับถือ"  # begins at the middle of the line
_LEADER_MAX, _LEADER_MIN = 5.2 * CM, 1.5 * CM
_INK, _INK_UNRULED = 26.0, 54.0  # room for the hand above the line, or where there is no line
_BLANKS = 2
_ABOVE, _ABOVE_OPINION = 6, 14


def signature_forms(
    block: Signatures, prepared: Prepared, filler: Filler, width: float, *, stays: bool = False
) -> Iterator[Form]:
    """Give the forms of places side by side in a width of points; those too many for one row stand in several.

    stays: whether they stay on the page of what follows.
    """
    count = _abreast(block.places, prepared, filler, width)
    column = (width - _GUTTER * (count - 1)) / count
    for start in range(0, len(block.places), count):
        places = block.places[start : start + count]
        left = _left(places[0], filler, width) if count == 1 else 0.0
        setter = _Setter(prepared, filler, column, left)
        yield {
            "kind": "signatures",
            "above": _ABOVE_OPINION if any(place.opinion_of for place in places) else _ABOVE,
            "sticky": stays,
            "columns": [column] * len(places),
            "gutter": _GUTTER,
            "places": [setter.place(place) for place in places],
        }


def _abreast(places: Sequence[Signature], prepared: Prepared, filler: Filler, width: float) -> int:
    """Say how many places stand side by side: as many as the longest name lets, two at least."""
    longest = max((filler.width(prepared.text(f"({place.name})"), BODY_SIZE) for place in places), default=0.0)
    fitting = int((width + _GUTTER) // (longest + _GUTTER))
    return max(min(len(places), max(fitting, 2)), 1)


def _left(place: Signature, filler: Filler, width: float) -> float:
    """Give where a single signature begins. Without a label it is that of a letter: its middle under the closing's."""
    return width * _SINGLE_LEFT if place.label else filler.width(_CLOSING, BODY_SIZE)


class _Setter:
    """Sets places in columns of one width. left: where the signed part begins."""

    def __init__(self, prepared: Prepared, filler: Filler, width: float, left: float) -> None:
        self._prepared, self._filler, self._width, self._left = prepared, filler, width, left

    def place(self, place: Signature) -> Form:
        """Give the form of one place."""
        label, suffix = self._prepared.text(place.label), self._prepared.text(place.suffix)
        room = self._width - self._left - self._wide(label + " ") - self._wide(" " + suffix)
        name = f"({place.name})" if place.name else ""
        signed = bool(label or suffix)
        return {
            "left": self._left,
            "opinions": list(self._opinions(place)),
            "blanks": [self._width] * _BLANKS if place.opinion_of and not place.opinion else [],
            "signed": signed,
            "label": f"{label} " if label and suffix else label,
            "suffix": suffix,
            "above": _INK if signed else _INK_UNRULED,
            "leader": max(min(room, _LEADER_MAX), _LEADER_MIN),
            "lines": [
                self._lines(text, self._width - self._left) for text in (name, *place.position, place.date) if text
            ],
        }

    def _opinions(self, place: Signature) -> Iterator[Form]:
        if place.opinion_of:
            yield self._paragraph(f"ความเห็น {place.opinion_of}", bold=True)
        yield from (self._paragraph(text) for text in place.opinion)

    def _paragraph(self, text: str, *, bold: bool = False) -> Form:
        first = 2.5 * CM if self._left and not bold else 0.0
        return {
            "above": 6,
            "sticky": True,
            "left": 0,
            "size": BODY_SIZE,
            "bold": bold,
            "red": False,
            "align": Align.LEFT,
            "first": first,
            "hang": 0,
            "level": 0,
            "lines": self._lines(text, self._width, bold=bold, first=first),
        }

    def _lines(self, text: str, width: float, *, bold: bool = False, first: float = 0) -> Sequence[str | list[object]]:
        text = self._prepared.text(text)
        return [line.to_json() for line in self._filler.lines(text, width, BODY_SIZE, bold=bold, indent=first)]

    def _wide(self, text: str) -> float:
        return self._filler.width(text, BODY_SIZE) if text.strip() else 0.0
