"""Check a template and fill it: a Word file in, a Word file out; the same values give the same bytes."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from prongsai.documents.model import Block
from prongsai.documents.read.archive import Archive
from prongsai.documents.read.docx.package import Element, W
from prongsai.documents.template.blocks import Pieces
from prongsai.documents.template.checking import Checker
from prongsai.documents.template.faults import fault
from prongsai.documents.template.filling import Filler
from prongsai.documents.template.gate import PART_MAX, TYPES, open_template, relations_of
from prongsai.documents.template.model import Check, Known, Slot, TemplateUnfit, Values
from prongsai.documents.template.tree import P
from prongsai.documents.write.docx.styles import styles_xml
from prongsai.documents.write.office import Office
from prongsai.errors import Where

_TIES = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_MEDIA = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
_CORE = "docProps/core.xml"
_PERSONAL = frozenset({"creator", "lastModifiedBy", "created", "modified", "lastPrinted", "revision"})
_NO_TIME = (1980, 1, 1, 0, 0, 0)
STORIES = {"header": "หัวกระดาษ", "footer": "ท้ายกระดาษ"}


@dataclass(frozen=True, slots=True)
class _Story:
    """A part that may hold markers. holder: the element whose children are its paragraphs."""

    part: str
    root: Element
    holder: Element
    name_th: str
    is_body: bool


def check_template(content: bytes, name: str, slots: Sequence[Slot]) -> Check:
    """Say everything that is wrong with a template, each at its place, and which fields it holds.

    Raises FileUnusable or LimitExceeded for a file that is no whole Word file.
    """
    archive, problems = open_template(content, name)
    if problems:
        return Check(problems)
    return _checked(archive, Known(slots), _stories(archive))


def fill_template(
    content: bytes,
    name: str,
    slots: Sequence[Slot],
    values: Values,
    *,
    title: str = "",
    office: Office | None = None,
    tail: Sequence[Block] = (),
) -> bytes:
    """Fill a template. title: of the file made. office: emblem and fonts of ready blocks. tail: put at its end.

    Raises TemplateUnfit with every fault, LimitExceeded for more rows than it takes, others as ``check_template``.
    """
    archive, problems = open_template(content, name)
    if problems:
        raise TemplateUnfit(name, problems)
    known, stories = Known(slots), _stories(archive)
    if faults := _checked(archive, known, stories).problems:
        raise TemplateUnfit(name, faults)
    pieces = Pieces(office or Office())
    filler = Filler(known, values, pieces.put)
    for story in stories:
        filler.container(story.holder)
        _unbind(story.root)
    if tail:
        _at_end(stories[0].holder, pieces, tail)
    return _written(archive, stories, pieces, title)


def _at_end(body: Element, pieces: Pieces, blocks: Sequence[Block]) -> None:
    last = etree.Element(P)
    section = body.find(f"{W}sectPr")
    if section is None:
        body.append(last)
    else:
        section.addprevious(last)
    pieces.put(last, blocks)


def _checked(archive: Archive, known: Known, stories: Sequence[_Story]) -> Check:
    checker = Checker(known)
    for story in stories:
        checker.story(story.holder, archive.file, story.name_th, is_body=story.is_body)
    if not checker.problems and not checker.used:
        checker.problems.append(fault("TEMPLATE_NO_FIELDS", Where(file=archive.file)))
    return Check(tuple(checker.problems), tuple(checker.used))


def _main(archive: Archive) -> str:
    named = (each.target for each in relations_of(archive, "") if each.kind == "officeDocument")
    return next(named, "word/document.xml")


def _stories(archive: Archive) -> tuple[_Story, ...]:
    main = _main(archive)
    root = archive.xml(main, PART_MAX)
    body = root.find(f"{W}body")
    if body is None:
        raise TemplateUnfit(archive.file, [fault("TEMPLATE_NOT_WORD", Where(file=archive.file))])
    return (_Story(main, root, body, "เนื้อความ", True), *_margins(archive, main))


def _margins(archive: Archive, main: str) -> Iterator[_Story]:
    for part in dict.fromkeys(each.target for each in relations_of(archive, main) if each.kind in STORIES):
        kind = next(each.kind for each in relations_of(archive, main) if each.target == part)
        root = archive.xml(part, PART_MAX)
        yield _Story(part, root, root, STORIES[kind], False)


def _unbind(root: Element) -> None:
    """Cut content controls loose from data behind them: Word would put that in the place of what was filled in."""
    for tag in ("dataBinding", "showingPlcHdr"):
        for each in list(root.iter(f"{W}{tag}")):
            parent = each.getparent()
            if parent is not None:
                parent.remove(each)


def _written(archive: Archive, stories: Sequence[_Story], pieces: Pieces, title: str) -> bytes:
    parts = {name: archive.read(name, PART_MAX) for name in archive.names}
    parts |= {story.part: _bytes(story.root) for story in stories}
    main = stories[0].part
    if pieces.is_used:
        _add_styles(archive, main, parts)
        _add_pictures(archive, main, pieces, parts)
    if _CORE in parts:
        parts[_CORE] = _impersonal(archive.xml(_CORE, PART_MAX), title)
    return _zipped(parts)


def _bytes(root: Element) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _add_styles(archive: Archive, main: str, parts: dict[str, bytes]) -> None:
    """Add the styles of ready blocks that the file lacks; those that it has stay as the office set them."""
    part = next((each.target for each in relations_of(archive, main) if each.kind == "styles"), "")
    if part not in parts:
        return
    root = archive.xml(part, PART_MAX)
    known = {each.get(f"{W}styleId") for each in root.iter(f"{W}style")}
    for each in etree.fromstring(styles_xml("th").encode()).iter(f"{W}style"):
        if each.get(f"{W}styleId") not in known and each.get(f"{W}customStyle"):
            based = each.find(f"{W}basedOn")
            if based is not None and based.get(f"{W}val") not in known:
                each.remove(based)
            root.append(each)
    parts[part] = _bytes(root)


def _add_pictures(archive: Archive, main: str, pieces: Pieces, parts: dict[str, bytes]) -> None:
    if not pieces.ties:
        return
    folder, name = posixpath.split(main)
    ties = posixpath.join(folder, "_rels", f"{name}.rels")
    root = archive.xml(ties, PART_MAX) if ties in archive else etree.Element(f"{{{_TIES}}}Relationships")
    for tie, target in pieces.ties.items():
        etree.SubElement(root, f"{{{_TIES}}}Relationship", Id=tie, Type=_IMAGE, Target=f"/word/{target}")
    parts[ties] = _bytes(root)
    parts |= pieces.parts
    kinds = archive.xml(TYPES, PART_MAX)
    known = {each.get("Extension", "").lower() for each in kinds}
    for suffix, kind in _MEDIA.items():
        if suffix not in known:
            made = etree.Element(f"{{{_CONTENT}}}Default", Extension=suffix, ContentType=kind)
            kinds.insert(0, made)
    parts[TYPES] = _bytes(kinds)


def _impersonal(root: Element, title: str) -> bytes:
    """Leave out of the properties who made the template and when; name the paper."""
    for each in list(root):
        local = str(each.tag).rpartition("}")[2]
        if local in _PERSONAL:
            root.remove(each)
        elif local == "title" and title:
            each.text = title
    return _bytes(root)


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in sorted(parts.items(), key=lambda pair: (pair[0] != TYPES, pair[0])):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.create_system = 0
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=6)
    return target.getvalue()
