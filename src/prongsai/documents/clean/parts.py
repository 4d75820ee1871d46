"""Parts that Word and Excel files share: pictures, files inside, macros, links outside, and what nothing leads to."""

import re
from collections.abc import Callable

from lxml import etree

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.package import Package, Tie
from prongsai.documents.clean.pictures import is_picture, sweep_picture
from prongsai.documents.clean.pictures.exif import text_of
from prongsai.errors import FileUnusable

Nested = Callable[[bytes, str, Sweep], object]
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_O = "{urn:schemas-microsoft-com:office:office}"
_V = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHOWN = frozenset(
    [
        "officeDocument",
        "styles",
        "stylesWithEffects",
        "numbering",
        "settings",
        "webSettings",
        "fontTable",
        "theme",
        "themeOverride",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "image",
        "hyperlink",
        "chart",
        "chartEx",
        "chartStyle",
        "chartColorStyle",
        "diagramData",
        "diagramLayout",
        "diagramQuickStyle",
        "diagramColors",
        "diagramDrawing",
        "diagram",
        "font",
        "worksheet",
        "chartsheet",
        "sharedStrings",
        "drawing",
        "vmlDrawing",
        "table",
        "chartUserShapes",
        "sheetMetadata",
        "core-properties",
        "extended-properties",
        "custom-properties",
        "thumbnail",
        "video",
        "hdphoto",
        "svgBlip",
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "documenttasks",
        "calcChain",
    ]
)
_KINDS = {
    "oleObject": "embedded",
    "package": "embedded",
    "aFChunk": "embedded",
    "subDocument": "embedded",
    "glossaryDocument": "leftover",
    "customXml": "leftover",
    "customXmlProps": "leftover",
    "vbaProject": "script",
    "wordVbaData": "script",
    "attachedToolbars": "script",
    "keyMapCustomizations": "script",
    "control": "script",
    "activeXControlBinary": "script",
    "ctrlProp": "script",
    "printerSettings": "printer",
    "connections": "connection",
    "queryTable": "connection",
    "powerPivotData": "connection",
    "mailMergeSource": "connection",
    "mailMergeHeaderSource": "connection",
    "recipientData": "connection",
    "attachedTemplate": "template",
    "externalLink": "external_link",
    "externalLinkPath": "external_link",
    "pivotTable": "pivot_cache",
    "pivotCacheDefinition": "pivot_cache",
    "pivotCacheRecords": "pivot_cache",
    "slicer": "pivot_cache",
    "slicerCache": "pivot_cache",
    "timeline": "pivot_cache",
    "timelineCache": "pivot_cache",
    "person": "comment",
    "threadedComment": "comment",
    "origin": "digital_signature",
    "signature": "digital_signature",
    "docMetadata": "property",
    "classificationlabels": "property",
    "userShapes": "leftover",
    "revisionHeaders": "change",
    "usernames": "change",
    "customProperty": "property",
}
_WEB = re.compile(r"(?:https?|ftp|mailto|tel):", re.IGNORECASE)
_NOWHERE = "#"
_DATA = ("refreshedBy", "userName", "v", "connection", "command", "sourceFile", "odcFile")
_HOLDERS = frozenset(
    [
        "pivotCaches",
        "externalReferences",
        "slicerCaches",
        "slicerList",
        "timelineCacheRefs",
        "timelineRefs",
        "ext",
        "extLst",
        "customProperties",
        "controls",
        "oleObjects",
        "AlternateContent",
        "Choice",
        "Fallback",
        "tableParts",
    ]
)


def sweep_parts(package: Package, sweep: Sweep, nested: Nested) -> None:
    """Go over every relation of a file: what it leads to stays only when it is shown."""
    for tie in list(package.all_ties()):
        if tie.is_outside:
            _sweep_link(package, tie, sweep)
        elif tie.target in package:
            _sweep_part(package, tie, sweep, nested)
        elif tie.target != "NULL" and tie.owner in package:
            _unname(package, tie)
    for part in package.unreached():
        _told_inside(package, part, "leftover", sweep, nested)
    for part in package.names:
        content = package.read(part) if not part.endswith((".xml", ".rels")) else b""
        if is_picture(content):
            package.write(
                part, sweep_picture(content, part, sweep.inside(f"รูป {part.rpartition('/')[2]}"), turns=False)
            )
        elif content and not part.endswith((".odttf", ".ttf", ".otf")):
            sweep.words(part, text_of(content), hidden=True)


def _sweep_link(package: Package, tie: Tie, sweep: Sweep) -> None:
    target = tie.target
    if tie.kind in _KINDS:
        if sweep.found(_KINDS[tie.kind], tie.owner, target):
            _unname(package, tie)
    elif sweep.words(f"ลิงก์ใน {tie.owner}", target.replace("%40", "@").removeprefix("tel:")) or (
        _is_local(target) and sweep.found("path", tie.owner, target)
    ):
        tie.element.set("Target", _NOWHERE)


def _is_local(target: str) -> bool:
    """Whether an address outside is a place in somebody's computer or network."""
    return not _WEB.match(target) and bool(re.search(r"^file:|\\|^/", target, re.IGNORECASE))


def _sweep_part(package: Package, tie: Tie, sweep: Sweep, nested: Nested) -> None:
    if tie.kind in _SHOWN:
        return
    kind = _KINDS.get(tie.kind, "leftover")
    if _told_inside(package, tie.target, kind, sweep, nested):
        relation, owner = tie.id, tie.owner
        package.drop(tie.target)
        if owner in package and owner.endswith((".xml", ".vml")):
            unname(package.xml(owner), relation)


def _told_inside(package: Package, part: str, kind: str, sweep: Sweep, nested: Nested) -> bool:
    """Tell of a part that is not shown, and of what a file inside it gives away."""
    if part.endswith(".rels"):
        return True
    content = package.read(part)
    is_file = content.startswith((b"PK\x03\x04", b"%PDF")) or is_picture(content)
    text = "" if is_file else _said(package.xml(part)) if part.endswith(".xml") else text_of(content)
    if kind == "leftover" and not is_file and not text.strip():
        return "leftover" in sweep.kinds
    taken = sweep.found(kind, part, text)
    if is_file:
        try:
            nested(content, part, sweep.inside(part))
        except FileUnusable:
            sweep.note(f"ไฟล์ที่ฝังไว้ {part} เปิดตรวจไม่ได้")
    return taken


def _said(root: etree._Element) -> str:
    """Give the words of a part that is data: its text, and the attributes that hold words."""
    words = []
    for each in root.iter():
        words += [each.get(key, "") for key in _DATA] + [each.text or ""]
    return " ".join(word for word in words if word.strip())


def _unname(package: Package, tie: Tie) -> None:
    """Take away a relation that leads to nothing."""
    if tie.owner.endswith(".xml"):
        unname(package.xml(tie.owner), tie.id)
    package.untie(tie)


def unname(root: etree._Element, relation: str) -> None:
    """Take out what names a relation that is gone; a picture that stands for an object stays."""
    for element in [each for each in root.iter() if isinstance(each.tag, str) and relation in _named(each)]:
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag in {f"{_O}OLEObject", f"{_W}control"} and parent.tag == f"{_W}object":
            parent.tag = f"{_W}pict"
            parent.attrib.clear()
        if element.get(f"{R}id") == relation and etree.QName(element).localname in {"pageSetup", "hyperlink"}:
            del element.attrib[f"{R}id"]
            continue
        remove(element)


def remove(element: etree._Element) -> None:
    """Take an element out, and what held nothing else."""
    parent = element.getparent()
    while parent is not None:
        parent.remove(element)
        if len(parent) or etree.QName(parent).localname not in _HOLDERS:
            return
        element, parent = parent, parent.getparent()


def _named(element: etree._Element) -> list[str]:
    return [value for key, value in element.attrib.items() if key.startswith(R)]
