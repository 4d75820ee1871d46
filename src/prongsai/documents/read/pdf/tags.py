"""The paragraphs that a tagged PDF names itself: which marked content belongs together."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

PICTURED = -1
DEPTH_MAX = 60
ELEMENTS_MAX = 50_000
_INLINE = frozenset(
    ("Span", "Link", "NonStruct", "Quote", "Em", "Strong", "Code", "Reference", "Annot", "Ruby", "Warichu", "Sub")
)


def read_parts(page: pypdfium2.PdfPage) -> dict[int, int]:
    """Give marked content → number of its paragraph, PICTURED inside a picture; empty when the page has no tags."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    parts: dict[int, int] = {}
    try:
        for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            for content, part in _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number)):
                parts.setdefault(content, part)
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return parts


def _walk(root: object) -> Iterator[tuple[int, int]]:
    """Walk down from an element; whatever is no piece of a line starts a part of its own."""
    stack = [(root, 0, 0)]
    seen = 0
    while stack and seen < ELEMENTS_MAX:
        element, above, depth = stack.pop()
        if not element or depth > DEPTH_MAX:
            continue
        seen += 1
        kind = _type(element)
        part = above if above == PICTURED or (above and kind in _INLINE) else _address(element)
        part = PICTURED if kind in ("Figure", "Formula") else part
        for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
            # Asked child by child: the list of an element's contents also has those on other pages, numbered alike.
            content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, number)
            if content >= 0:
                yield content, part
            stack.append((pdfium.FPDF_StructElement_GetChildAtIndex(element, number), part, depth + 1))


def _address(element: object) -> int:
    return ctypes.cast(element, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _type(element: object) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")
