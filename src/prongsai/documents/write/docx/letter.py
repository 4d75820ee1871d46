"""The blocks that only official papers have: fields with dotted leaders, lines at two sides, places for signatures."""

from collections.abc import Iterator
from itertools import zip_longest

from prongsai.documents.fonts.shipped import load
from prongsai.documents.model import Fields, Sides, Signature, Signatures
from prongsai.documents.write.docx.styles import (
    LETTER_FIELD,
    MEMO_FIELD,
    OPINION,
    OPINION_HEAD,
    SIDE_LINE,
    SIGN_LINE,
    SIGN_NAME,
    Look,
)
from prongsai.documents.write.docx.table import frame_xml
from prongsai.documents.write.docx.xml import Face, Pen, indent, paragraph, tab_stops, twips

LABEL = Face(20, bold=True)
SIGN_CM = 9.0  # room of a single signature, at the right
SIGN_END_CM = 1.0  # between its dotted line and the right margin
UNSIGNED_GAP_PT = 42  # left free for a signature that has no dotted line
OPINION_LINES = 2  # dotted, for an opinion still to be written
LEFT_SHARE = 0.55
CLOSING_CM = 3.1  # of ขอแสดงความนับถือ, which begins at the middle of the line
_SPARE = 1.08  # the shipped font, which is measured, is up to this much narrower than TH Sarabun
_AFTER_LABEL_CM = 0.2
_NO_KEEP = '<w:keepNext w:val="0"/>'


def fields_xml(fields: Fields, pen: Pen, width_cm: float) -> str:
    """Write labels and values on one line; lines that follow hang under the first value."""
    if not fields.fields:
        return ""
    look, face = (MEMO_FIELD, LABEL) if fields.memo else (LETTER_FIELD, LETTER_FIELD.face)
    hanging = _label_cm(fields.fields[0].label, face)
    share = width_cm / len(fields.fields)
    between = "dots" if fields.memo else "left"
    stops = [(hanging, "left"), *((share * at, between) for at in range(1, len(fields.fields)))]
    pieces = []
    for at, field in enumerate(fields.fields):
        gap = pen.tab(look.face) if at == 0 else pen.run(" ", look.face)
        value = pen.run(field.value, look.face) if field.value else ""
        pieces.append(f"{pen.run(field.label, face)}{gap}{value}")
    content = (pen.tab(look.face) + pen.run(" ", look.face)).join(pieces)
    if fields.memo:
        stops.append((width_cm, "end"))
        content += pen.tab(look.face)
    return paragraph(look.id, content, tab_stops(*stops) + indent(left=hanging, hanging=hanging))


def _label_cm(label: str, face: Face) -> float:
    """Give the room of a label and the blank after it: a value behind a tab must not begin inside its label."""
    points = load(None).width(label, face.size, bold=face.bold)
    return round(points * _SPARE * 2.54 / 72 + _AFTER_LABEL_CM, 2)


def sides_xml(sides: Sides, pen: Pen, width_cm: float) -> str:
    """Write the lines of both sides as a table without rules, a row a height."""
    widths = [twips(width_cm * LEFT_SHARE), twips(width_cm) - twips(width_cm * LEFT_SHARE)]
    rows = "".join(
        _bare_row(widths, [paragraph(SIDE_LINE.id, pen.run(text, SIDE_LINE.face) if text else "") for text in pair])
        for pair in zip_longest(sides.left, sides.right, fillvalue="")
    )
    return frame_xml(widths, rows, ruled=False) if rows else ""


def _bare_row(widths: list[int], cells: list[str]) -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{written}</w:tr>"


def signatures_xml(signatures: Signatures, pen: Pen, width_cm: float, *, stays: bool = False) -> str:
    """Write places for signatures: a single one right of the middle, several side by side.

    stays: whether a single one stays on the page of what follows.
    """
    if len(signatures.places) == 1:
        return _single(signatures.places[0], pen, width_cm, "" if stays else _NO_KEEP)
    return _side_by_side(signatures.places, pen, width_cm) if signatures.places else ""


def _parts(place: Signature) -> list[tuple[Look, str]]:
    """Give the printed lines of a place, in the order of ``plain.signature_lines``, each with its style."""
    signed = [(SIGN_LINE, "")] if place.label or place.suffix else []
    names = [f"({place.name})" if place.name else "", *place.position, place.date]
    heads = [(OPINION_HEAD, f"ความเห็น {place.opinion_of}")] if place.opinion_of else []
    opinions = [(OPINION, line) for line in place.opinion if line]
    return [*heads, *opinions, *signed, *((SIGN_NAME, name) for name in names if name)]


def _single(place: Signature, pen: Pen, width_cm: float, end_keep: str) -> str:
    """Write one place; all its lines stay with the next, the last one as end_keep says."""
    left, end = width_cm - SIGN_CM, width_cm - SIGN_END_CM
    middle = _middle(place, width_cm)
    names = indent(left=2 * middle - width_cm)
    written: list[str] = []
    parts = _parts(place)
    for at, (look, text) in enumerate(parts):
        keep = end_keep if at == len(parts) - 1 else ""
        if look is SIGN_NAME:
            gap = _gap(place, at, parts)
            written.append(paragraph(look.id, pen.run(text, look.face), keep + gap + names))
        elif look is SIGN_LINE:
            written.append(_sign_line(place, pen, left, end, keep))
        else:
            written.append(paragraph(look.id, pen.run(text, look.face), keep))
            if look is OPINION_HEAD and not place.opinion:
                written += _to_write(pen, width_cm)
    return "".join(written)


def _middle(place: Signature, width_cm: float) -> float:
    """Give where the names are centred: under the middle of the dots, or of the closing of a letter."""
    left, end = width_cm - SIGN_CM, width_cm - SIGN_END_CM
    if not (place.label or place.suffix):
        return (width_cm + CLOSING_CM) / 2
    face = SIGN_LINE.face
    before = _label_cm(place.label, face) if place.label else 0
    after = _label_cm(place.suffix, face) if place.suffix else 0
    return (left + before + end - after) / 2


def _gap(place: Signature, at: int, parts: list[tuple[Look, str]]) -> str:
    """Leave room above the name where there is no line to sign on."""
    is_first = at == 0 or parts[at - 1][0] is not SIGN_NAME
    if not is_first or place.label or place.suffix:
        return ""
    return f'<w:spacing w:before="{UNSIGNED_GAP_PT * 20}"/>'


def _sign_line(place: Signature, pen: Pen, left: float, end: float, keep: str) -> str:
    face = SIGN_LINE.face
    label, suffix = (pen.run(text, face) if text else "" for text in (place.label, place.suffix))
    stops = tab_stops((end, "end"))
    return paragraph(SIGN_LINE.id, f"{label}{pen.tab(face)}{suffix}", keep + stops + indent(left=left))


def _to_write(pen: Pen, width_cm: float) -> list[str]:
    """Rule dotted lines for an opinion that is still to be written by hand."""
    line = paragraph(OPINION.id, pen.tab(OPINION.face), tab_stops((width_cm, "end")) + indent())
    return [line] * OPINION_LINES


def _side_by_side(places: tuple[Signature, ...], pen: Pen, width_cm: float) -> str:
    """Write several places as a table without rules, a row a line; every row but the last stays with the next."""
    width = width_cm / len(places)
    columns = [list(_cells(place, pen, width)) for place in places]
    height = max(map(len, columns))
    rows = []
    for at, cells in enumerate(zip_longest(*columns, fillvalue=None)):
        keep = _NO_KEEP if at == height - 1 else ""
        rows.append([cell.replace("{keep}", keep, 1) if cell else paragraph(SIGN_NAME.id, "", keep) for cell in cells])
    widths = [twips(width)] * len(places)
    return frame_xml(widths, "".join(_bare_row(widths, row) for row in rows), ruled=False)


def _cells(place: Signature, pen: Pen, width_cm: float) -> Iterator[str]:
    """Write the lines of one of several places as paragraphs, ``{keep}`` where their row decides."""
    parts = _parts(place)
    for at, (look, text) in enumerate(parts):
        if look is SIGN_LINE:
            yield _sign_line(place, pen, 0.2, width_cm - 0.6, "{keep}")
        else:
            gap = _gap(place, at, parts) if look is SIGN_NAME else ""
            yield paragraph(look.id, pen.run(text, look.face), "{keep}" + gap)
