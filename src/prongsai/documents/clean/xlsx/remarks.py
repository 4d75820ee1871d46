"""Comments of a sheet, old and threaded, with the boxes they are drawn in; and scenarios."""

import re

from lxml import etree

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.package import Package, Tie
from prongsai.documents.clean.parts import unname
from prongsai.documents.clean.xlsx.cells import S
from prongsai.errors import FileUnusable

_NOTE = re.compile(r'ObjectType="Note"')
_V = "{urn:schemas-microsoft-com:vml}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_LETTERS = ("t", "text")


def drop_remarks(package: Package, part: str, name: str, sweep: Sweep) -> None:
    """Tell of every comment of a sheet with its author and cell, and take all of them out."""
    ties = [tie for tie in package.ties(part) if tie.kind in {"comments", "threadedComment"} and tie.target in package]
    taken = [_told(package.xml(tie.target), name, sweep) for tie in ties]
    if ties and all(taken):
        package.drop(*(tie.target for tie in ties))
        for tie in package.ties(part):
            if tie.kind == "vmlDrawing" and tie.target in package:
                _without_notes(package, tie)
    for scenarios in list(package.xml(part).iter(f"{S}scenarios")):
        said = " ".join(value for each in scenarios.iter() for value in each.attrib.values())
        if sweep.found("leftover", f"แผ่นงาน {name} สถานการณ์สมมติ", said):
            package.xml(part).remove(scenarios)


def _told(root: etree._Element, name: str, sweep: Sweep) -> bool:
    authors = [each.text or "" for each in root.iter(f"{S}author")]
    taken = True
    for comment in [each for each in root.iter() if each.get("ref")]:
        said = comment.get("authorId", "")
        author = authors[int(said)] if said.isdecimal() and int(said) < len(authors) else ""
        words = "".join(each.text or "" for each in comment.iter() if etree.QName(each).localname in _LETTERS)
        taken &= sweep.found("comment", f"แผ่นงาน {name} เซลล์ {comment.get('ref')}", f"{author}: {words}")
    return taken


def _without_notes(package: Package, tie: Tie) -> None:
    """Take the boxes of comments out of a drawing, and the drawing when it holds no other."""
    owner, part, relation = tie.owner, tie.target, tie.id
    try:
        root = package.xml(part)
    except FileUnusable:  # old programs wrote it as HTML
        shapes = re.split(rb"(?=<v:shape )", package.read(part))
        if not all(_NOTE.search(each.decode("utf-8", "replace")) for each in shapes[1:]):
            package.write(part, b"".join(each for each in shapes if b'ObjectType="Note"' not in each))
            return
        root = None
    if root is not None:
        for shape in list(root.iter(f"{_V}shape")):
            if any(each.get("ObjectType") == "Note" for each in shape.iter(f"{_X}ClientData")):
                root.remove(shape)
        if root.find(f".//{_V}shape") is not None:
            return
    package.drop(part)
    unname(package.xml(owner), relation)
