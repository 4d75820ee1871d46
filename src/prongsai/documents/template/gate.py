"""What may be in a template: words, tables, styles and pictures. Everything that acts or reaches out is refused.

Allowed are kinds of parts from a list, not forbidden ones: what a later Word invents is refused until somebody looks.
"""

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from prongsai.documents.read.archive import Archive, open_archive, parse_xml
from prongsai.documents.read.docx.package import Element, Relation, W
from prongsai.documents.read.refusals import broken, over_limit
from prongsai.documents.template.faults import fault
from prongsai.errors import Problem, Where

BYTES_MAX = 10_000_000
UNPACKED_MAX = 60_000_000
PART_MAX = 20_000_000
PARTS_MAX = 300
TYPES, MAIN_TYPE = (
    "[Content_Types].xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
)
ALLOWED = frozenset(
    {"officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail"}
    | {"styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "font", "numbering", "theme"}
    | {"header", "footer", "footnotes", "endnotes", "image", "customXml", "customXmlProps", "hyperlink"}
    | {"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"}
)
FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "="})
ACTIVE = {
    "altChunk": ("an inserted file", "เอกสารอื่นฝังอยู่"),
    "object": ("an embedded object", "วัตถุฝัง (OLE)"),
    "OLEObject": ("an embedded object", "วัตถุฝัง (OLE)"),
    "control": ("a control", "ปุ่มหรือคอนโทรล (ActiveX)"),
    "subDoc": ("a subdocument", "เอกสารย่อย"),
    "mailMerge": ("a mail merge", "จดหมายเวียน (Mail merge)"),
    "attachedTemplate": ("an attached template", "แม่แบบภายนอกที่แนบไว้"),
    "attachedSchema": ("an attached schema", "โครงสร้าง XML ที่แนบไว้"),
    "frame": ("a frame", "เฟรมของหน้าเว็บ"),
    "script": ("a script", "สคริปต์"),
    "contentPart": ("ink of another part", "ส่วนประกอบที่ไม่รู้จัก"),
}
CHANGED = frozenset(
    {"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange"}
    | {"tcPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "commentReference", "commentRangeStart"}
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_KINDS = {
    "vbaProject": "มาโคร",
    "attachedTemplate": "แม่แบบภายนอกที่แนบไว้",
    "oleObject": "วัตถุฝัง (OLE)",
    "package": "ไฟล์ฝัง",
    "control": "คอนโทรล (ActiveX)",
    "aFChunk": "เอกสารอื่นฝังอยู่",
    "subDocument": "เอกสารย่อย",
    "mailMergeSource": "จดหมายเวียน (Mail merge)",
    "glossaryDocument": "ชุดข้อความสำเร็จรูป",
}
PICTURES = (".png", ".jpg", ".jpeg", ".svg")
ENDINGS = (".xml", ".rels", ".odttf", ".ttf", *PICTURES)  # written so: Word reads a ``.RELS`` that nobody looked at
STRICT = "purl.oclc.org/ooxml"  # the other names of everything in a Word file, which are not looked for here
_CODE = re.compile(r"\s*([^\s\\\"]+)")
_SAFE_LINK = ("http://", "https://", "mailto:")


def open_template(content: bytes, name: str) -> tuple[Archive, tuple[Problem, ...]]:
    """Open a template and say what of it is not allowed; with faults nothing of it may be used.

    Raises FileUnusable for what is no whole Word file (no zip, damaged, under a password, XML with a document type),
    LimitExceeded for one that is too large, also when unpacked.
    """
    if len(content) > BYTES_MAX:
        raise over_limit(name, f"{len(content):,} ไบต์", f"{BYTES_MAX:,} ไบต์", "ลดขนาดรูปในแม่แบบ")
    archive = open_archive(content, name)
    _hold_size(content, name)
    if TYPES not in archive:
        raise broken(name, f"the part {TYPES} is missing")
    problems = tuple(dict.fromkeys((*_types(archive), *_relations(archive), *_elements(archive), *_pictures(archive))))
    return archive, problems


def _hold_size(content: bytes, name: str) -> None:
    with zipfile.ZipFile(BytesIO(content)) as bundle:
        entries = bundle.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > PARTS_MAX or total > UNPACKED_MAX:
        raise over_limit(
            name, f"มี {len(entries)} ส่วน เมื่อคลายแล้ว {total:,} ไบต์", f"{PARTS_MAX} ส่วน {UNPACKED_MAX:,} ไบต์"
        )
    if max(Counter(entry.filename.casefold() for entry in entries).values(), default=0) > 1:
        raise broken(name, "two parts have the same name")


def _types(archive: Archive) -> Iterator[Problem]:
    here = Where(file=archive.file)
    declared = [each.get("ContentType", "") for each in archive.xml(TYPES, PART_MAX)]
    if MAIN_TYPE not in declared:
        yield fault("TEMPLATE_NOT_WORD", here)
    for kind in declared:
        if re.search(r"macro|vba|activex|oleobject", kind, re.IGNORECASE):
            yield fault("TEMPLATE_ACTIVE", here, what="macros or controls", what_th="มาโครหรือคอนโทรล")
    for part in archive.names:
        if not part.endswith((*ENDINGS, "/")) or re.search(r"vba|activex|embeddings/", part, re.IGNORECASE):
            yield fault("TEMPLATE_ACTIVE", here, what=part, what_th=f"ส่วนประกอบ {part}")


def relations_of(archive: Archive, part: str) -> Iterator[Relation]:
    """Walk the relations of a part (``word/document.xml``)."""
    folder, name = posixpath.split(part)
    ties = posixpath.join(folder, "_rels", f"{name}.rels")
    if ties in archive:
        for each in archive.xml(ties, PART_MAX).iter(_RELATION):
            target, is_external = each.get("Target", ""), each.get("TargetMode") == "External"
            inside = posixpath.normpath(target if target.startswith("/") else posixpath.join(folder, target)).lstrip(
                "/"
            )
            kind = each.get("Type", "").rpartition("/")[2]
            yield Relation(each.get("Id", ""), kind, target if is_external else inside, is_external)


def _relations(archive: Archive) -> Iterator[Problem]:
    here = Where(file=archive.file)
    for ties in archive.names:
        if not ties.endswith(".rels"):
            continue
        folder, name = posixpath.split(ties.removesuffix(".rels"))
        for each in relations_of(archive, posixpath.join(posixpath.dirname(folder), name)):
            if each.kind not in ALLOWED:
                yield fault(
                    "TEMPLATE_ACTIVE", here, what=each.kind, what_th=_KINDS.get(each.kind, f"ส่วนประกอบ {each.kind}")
                )
            elif each.is_external and not (each.kind == "hyperlink" and each.target.lower().startswith(_SAFE_LINK)):
                yield fault("TEMPLATE_OUTSIDE", here, what=each.target[:120])
            elif not each.is_external and each.kind != "hyperlink" and each.target not in archive:
                raise broken(archive.file, f"the part {each.target} is missing")


def _elements(archive: Archive) -> Iterator[Problem]:
    here = Where(file=archive.file)
    for part in archive.names:
        if not part.lower().endswith((".xml", ".rels")):
            continue
        root = parse_xml(archive.read(part, PART_MAX), archive.file)
        if STRICT in str(root.tag):
            yield fault("TEMPLATE_NOT_WORD", here)
        names = {_local(each) for each in root.iter() if isinstance(each.tag, str)}
        for name in sorted(names & set(ACTIVE)):
            yield fault("TEMPLATE_ACTIVE", here, what=ACTIVE[name][0], what_th=ACTIVE[name][1])
        if names & CHANGED and part.startswith("word/"):
            yield fault("TEMPLATE_CHANGES", here)
        for code in codes_of(root):
            if code.upper() not in FIELDS:
                yield fault("TEMPLATE_FIELD_CODE", here, what=code[:40])


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def codes_of(root: Element) -> Iterator[str]:
    """Walk the first words of the fields of Word; one may be written over several runs, and stand inside another."""
    stack: list[str] = []
    for each in root.iter():
        if each.tag == f"{W}fldSimple":
            yield _first(each.get(f"{W}instr", ""))
        elif each.tag == f"{W}instrText" and not stack:
            yield _first(each.text or "")
        elif each.tag == f"{W}instrText":
            stack[-1] += each.text or ""
        elif each.tag == f"{W}fldChar":
            kind = each.get(f"{W}fldCharType")
            if kind == "begin":
                stack.append("")
            elif kind == "end" and stack:
                yield _first(stack.pop())
    yield from map(_first, stack)


def _first(code: str) -> str:
    found = _CODE.match(code)
    return found[1] if found else "?"


def _pictures(archive: Archive) -> Iterator[Problem]:
    for part in archive.names:
        if part.endswith(PICTURES):
            content = archive.read(part, PART_MAX)
            if not content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) and not _is_ours(archive, content):
                yield fault("TEMPLATE_PICTURE", Where(file=archive.file), what=part)


def _is_ours(archive: Archive, content: bytes) -> bool:
    """Whether a picture is a drawing without anything that acts, such as the program itself puts beside a PNG."""
    if b"<svg" not in content[:500]:
        return False
    root = parse_xml(content, archive.file)
    acts = {"script", "foreignObject", "image", "use", "a", "iframe", "animate", "set", "handler"}
    return not any(
        _local(each) in acts or any(name.rpartition("}")[2].lower().startswith(("on", "href")) for name in each.attrib)
        for each in root.iter()
        if isinstance(each.tag, str)
    )
