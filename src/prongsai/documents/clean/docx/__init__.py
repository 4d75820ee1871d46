"""Word files: what they hold besides what they print, found and taken out, and the words that stay masked."""

from lxml import etree

from prongsai.documents.clean.docx.changes import accept_changes
from prongsai.documents.clean.docx.hidden import sweep_hidden
from prongsai.documents.clean.docx.remarks import drop_remarks
from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.package import Package
from prongsai.documents.clean.parts import Nested, sweep_parts
from prongsai.documents.clean.properties import sweep_properties
from prongsai.documents.clean.signatures import tell_signatures
from prongsai.documents.clean.words_xml import sweep_words
from prongsai.documents.read.docx.styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORIES_TH = {
    "document": "เนื้อหา",
    "header": "หัวกระดาษ",
    "footer": "ท้ายกระดาษ",
    "footnotes": "เชิงอรรถ",
    "endnotes": "อ้างอิงท้ายเรื่อง",
}
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NO_MACROS = "บันทึกเป็นไฟล์ที่ไม่มีมาโคร"
_SAYS_NOTHING = frozenset(f"{W}{name}" for name in ("rsids", "saveThroughXslt"))


def sweep_docx(content: bytes, name: str, sweep: Sweep, nested: Nested) -> tuple[bytes, str]:
    """Find what a Word file gives away; gives it without, and its name. nested: looks into files inside."""
    package = Package(content, name)
    main = package.main()
    sweep_properties(package, sweep)
    drop_remarks(package, main, sweep)
    _sweep_settings(package, main, sweep)
    styles = Styles(_part(package, main, "styles"))
    stories = _stories(package, main)
    for part, story in stories.items():
        accept_changes(package.xml(part), sweep, story)
        sweep_hidden(package.xml(part), styles, sweep, story)
        tell_signatures(package.xml(part), sweep, story)
    sweep_parts(package, sweep, nested)
    name = _without_macros(package, main, name, sweep)
    for part in package.names:
        if part.endswith(".xml") and not part.startswith(("docProps/", "[")) and "/theme/" not in part:
            sweep_words(package.xml(part), sweep, stories.get(part, part.rpartition("/")[2]))
    for part in stories:
        _unbind(package, part)
    return (package.file() if sweep.is_cleaning else b""), name


def _part(package: Package, main: str, kind: str) -> etree._Element | None:
    found = (tie.target for tie in package.ties(main) if tie.kind == kind and tie.target in package)
    part = next(found, None)
    return None if part is None else package.xml(part)


def _stories(package: Package, main: str) -> dict[str, str]:
    """Give the parts that hold running text, each with what it is in Thai."""
    found = {main: STORIES_TH["document"]}
    counts: dict[str, int] = {}
    for tie in package.ties(main):
        if tie.kind in STORIES_TH and tie.target in package and not tie.is_outside:
            counts[tie.kind] = counts.get(tie.kind, 0) + 1
            found[tie.target] = f"{STORIES_TH[tie.kind]} {counts[tie.kind]}"
    return found


def _sweep_settings(package: Package, main: str, sweep: Sweep) -> None:
    root = _part(package, main, "settings")
    if root is None:
        return
    for variable in list(root.iter(f"{W}docVar")):
        text = f"{variable.get(W + 'name', '')} {variable.get(W + 'val', '')}"
        if sweep.found("variable", "การตั้งค่าเอกสาร", text):
            _remove(variable)
    for merge in list(root.iter(f"{W}mailMerge")):
        said = " ".join(each.get(f"{W}val", "") for each in merge.iter())
        if sweep.found("connection", "จดหมายเวียน", said):
            _remove(merge)
    for element in list(root):
        if element.tag in _SAYS_NOTHING or (element.tag == f"{W}docVars" and not len(element)):
            root.remove(element)


def _without_macros(package: Package, main: str, name: str, sweep: Sweep) -> str:
    """Say that the main part is a plain document when its macros are gone; gives the name that fits."""
    kind = package.content_type(main)
    if kind == _MAIN or any(tie.kind == "vbaProject" for tie in package.ties(main)):
        return name
    package.set_content_type(main, _MAIN)
    stem, dot, suffix = name.rpartition(".")
    if dot and suffix.lower() in {"docm", "dotm", "dotx"}:
        sweep.note(_NO_MACROS)
        return f"{stem}.docx"
    return name


def _unbind(package: Package, part: str) -> None:
    """Let content controls keep what they show when the data behind them is gone."""
    if not any(each.startswith("customXml/item") for each in package.names):
        for binding in list(package.xml(part).iter(f"{W}dataBinding")):
            _remove(binding)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
