"""The framed block that says who signed a paper and where that is checked: one row that never parts over a page."""

from prongsai.documents.model import Panel
from prongsai.documents.write.docx.styles import PANEL_LINE, PANEL_TITLE, PICTURE
from prongsai.documents.write.docx.table import frame_xml
from prongsai.documents.write.docx.xml import Pen, paragraph, twips

_AROUND_CM = 0.35  # the insets of both sides of a cell
_CLOSE = '<w:keepNext/><w:spacing w:before="0" w:after="0"/>'


def panel_xml(panel: Panel, drawing: str, pen: Pen, width_cm: float) -> str:
    """Write the frame, a line below what stands over it. drawing: the picture as it stands in a line, or nothing."""
    words = paragraph(PANEL_TITLE.id, pen.run(panel.title, PANEL_TITLE.face))
    last = len(panel.lines) - 1
    for at, line in enumerate(panel.lines):
        goes_on = '<w:keepNext w:val="0"/>' if at == last else ""
        words += paragraph(PANEL_LINE.id, pen.run(line, PANEL_LINE.face), goes_on)
    if panel.picture is None or not drawing:
        return _frame([width_cm], [_cell(width_cm, words)])
    wide = panel.picture.width_cm + _AROUND_CM
    picture = paragraph(PICTURE.id, pen.piece(drawing, PICTURE.face), _CLOSE)
    cells = [_cell(wide, picture, bare="right"), _cell(width_cm - wide, words, bare="left")]
    return _frame([wide, width_cm - wide], cells)


def _frame(widths_cm: list[float], cells: list[str]) -> str:
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"
    gap = paragraph(PANEL_LINE.id)
    return gap + frame_xml([twips(width) for width in widths_cm], row, ruled=True)


def _cell(width_cm: float, content: str, bare: str = "") -> str:
    """Write a cell. bare: the side without a line, where picture and words stand in one frame."""
    borders = f'<w:tcBorders><w:{bare} w:val="nil"/></w:tcBorders>' if bare else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width_cm)}" w:type="dxa"/>{borders}<w:vAlign w:val="center"/></w:tcPr>'
        f"{content}</w:tc>"
    )
