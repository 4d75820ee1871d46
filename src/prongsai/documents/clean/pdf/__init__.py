"""PDF: what it holds besides what it shows, taken out; words of a person on its pages, masked where they stand.

pikepdf changes the structure, pdfium reads letters and draws pages, Typst sets the masks. What was masked is looked at
again: a page on which it cannot be masked, or which would look otherwise, becomes a picture with bars.
"""

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.parts import Nested
from prongsai.documents.clean.pdf.annotations import flatten, sweep_annotations
from prongsai.documents.clean.pdf.layers import sweep_layers
from prongsai.documents.clean.pdf.objects import sweep_objects
from prongsai.documents.clean.pdf.opening import opened, saved
from prongsai.documents.clean.pdf.properties import sweep_history, sweep_pdf_properties
from prongsai.documents.clean.pdf.structure import sweep_structure
from prongsai.documents.clean.pdf.words import mask_pages, tell_pages


def sweep_pdf(content: bytes, name: str, sweep: Sweep, nested: Nested) -> bytes:
    """Find what a PDF gives away; gives it without. nested: looks into attached files.

    Raises FileUnusable when it is broken, under a password or a library is missing.
    """
    with opened(content, name) as pdf:
        sweep_history(content, pdf, sweep)
        sweep_pdf_properties(pdf, sweep)
        sweep_structure(pdf, sweep, nested)
        is_drawn = sweep_annotations(pdf, sweep)
        sweep_layers(pdf, sweep)
        sweep_objects(pdf, sweep)
        bare = saved(pdf)
    if is_drawn:
        bare = flatten(bare, name, sweep)
    hits = tell_pages(bare, name, sweep)
    if not sweep.is_cleaning:
        return b""
    return mask_pages(bare, name, hits, sweep)
