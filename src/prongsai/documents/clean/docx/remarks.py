"""Comments of a Word file: their parts, and the marks in the text that lead to them."""

from lxml import etree

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = frozenset({"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "documenttasks"})
_MARKS = frozenset(
    f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
)


def drop_remarks(package: Package, main: str, sweep: Sweep) -> None:
    """Tell of every comment with its author, and take all of them out."""
    parts = [tie.target for tie in package.ties(main) if tie.kind in _KINDS and tie.target in package]
    taken = [_told(package.xml(part), sweep) for part in parts]
    if not parts or not all(taken):
        return
    package.drop(*parts)
    for part in package.names:
        if part.startswith("word/") and part.endswith(".xml"):
            _unmark(package.xml(part))


def _told(root: etree._Element, sweep: Sweep) -> bool:
    taken = True
    for number, comment in enumerate(root.iter(f"{W}comment"), 1):
        words = "".join(each.text or "" for each in comment.iter(f"{W}t"))
        taken &= sweep.found("comment", f"ความคิดเห็น {number}", f"{comment.get(W + 'author', '')}: {words}")
    if etree.QName(root).localname == "people" and len(root):
        names = " ".join(each.get(key, "") for each in root for key in each.attrib)
        taken &= sweep.found("comment", "รายชื่อผู้แสดงความคิดเห็น", names)
    return taken


def _unmark(root: etree._Element) -> None:
    for mark in [each for each in root.iter() if each.tag in _MARKS]:
        run = mark.getparent()
        if run is None:
            continue
        run.remove(mark)
        if run.tag == f"{W}r" and all(child.tag == f"{W}rPr" for child in run):
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)
