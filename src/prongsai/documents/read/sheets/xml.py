"""Walking the large XML parts of a workbook element by element, so that memory is that of one row."""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from prongsai.documents.read.archive import Archive
from prongsai.documents.read.refusals import broken, over_limit

PART_BYTES_MAX = 200_000_000
_TOO_DEEP = ("Excessive depth", "huge text node", "Buffer size limit", "internal error: Huge")


def walk(
    archive: Archive, part: str, starts: frozenset[str], ends: frozenset[str]
) -> Iterator[tuple[str, etree._Element]]:
    """Give ("start" or "end", element) for elements of some local names; one that ended is emptied after its turn.

    Raises FileUnusable when the part is missing, damaged or declares a document type; LimitExceeded over
    PART_BYTES_MAX bytes.
    """
    events = etree.iterparse(
        BytesIO(archive.read(part, PART_BYTES_MAX)),
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in sorted(starts | ends)],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        is_checked = False
        for event, element in events:
            if not is_checked and element.getroottree().docinfo.doctype:
                raise broken(archive.file, f"the part {part} declares a document type")
            is_checked = True
            if event == "end":
                if local(element) in ends:
                    yield "end", element
                    _empty(element)
            elif local(element) in starts:
                yield "start", element
    except (etree.XMLSyntaxError, ValueError) as reason:
        if any(sign in str(reason) for sign in _TOO_DEEP):
            raise over_limit(archive.file, "โครงสร้างซ้อนลึกหรือข้อความยาว", "ที่อ่านได้") from reason
        raise broken(archive.file, f"the part {part} is damaged: {reason}") from reason


def local(element: etree._Element) -> str:
    """Give the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attributes(element: etree._Element) -> dict[str, str]:
    """Give the attributes of an element by their names without namespace."""
    return {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}


def whole(text: str | None, otherwise: int = 0) -> int:
    """Give a whole number of at most nine digits, or something else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 9 else otherwise


def _empty(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)
