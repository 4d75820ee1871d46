"""Excel workbooks: what they hold besides what they show, found and taken out, and the cells that stay masked."""

from dataclasses import dataclass

from lxml import etree

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.package import Package
from prongsai.documents.clean.parts import Nested, sweep_parts
from prongsai.documents.clean.properties import sweep_properties
from prongsai.documents.clean.words_xml import sweep_words
from prongsai.documents.clean.xlsx.cells import S, Strings, cells, freeze, ranges, shared_strings
from prongsai.documents.clean.xlsx.names import mend_references, sweep_names
from prongsai.documents.clean.xlsx.remarks import drop_remarks
from prongsai.documents.clean.xlsx.sheet import sweep_sheet, text_of_sheet, unseen_styles
from prongsai.documents.clean.xlsx.words import sweep_cells, sweep_unused
from prongsai.documents.read.refusals import other_format
from prongsai.documents.read.sheets.xml import whole

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_NO_FORMULAS = "สูตรในสมุดงานถูกแทนด้วยค่าที่แสดงอยู่ เพราะเซลล์ที่ซ่อนถูกลบ"
_NO_MACROS = "บันทึกเป็นไฟล์ที่ไม่มีมาโคร"
_CELLS = frozenset({f"{S}sheetData"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet that stays. place: its number among those that were there."""

    name: str
    part: str
    place: int


def sweep_xlsx(content: bytes, name: str, sweep: Sweep, nested: Nested) -> tuple[bytes, str]:
    """Find what a workbook gives away; gives it without, and its name. nested: looks into files inside."""
    package = Package(content, name)
    main = package.main()
    if main.endswith(".bin"):
        raise other_format(name, " Excel แบบไบนารี (.xlsb) ", ".xlsx")
    book, strings = package.xml(main), shared_strings(package, main)
    sweep_properties(package, sweep)
    _sweep_book(book, sweep)
    before = len(book.findall(f"{S}sheets/{S}sheet"))
    shown, gone = _without_hidden_sheets(package, main, strings, sweep)
    areas = {place: found for place, found in _print_areas(book).items() if place < before}
    unseen = unseen_styles(_styles(package, main))
    is_changed = bool(gone)
    for sheet in shown:
        drop_remarks(package, sheet.part, sheet.name, sweep)
        root = package.xml(sheet.part)
        is_changed |= sweep_sheet(root, sheet.name, areas.get(sheet.place, []), unseen, strings, sweep)
    is_changed |= sweep_names(book, gone, [sheet.place for sheet in shown], sweep)
    is_changed |= any(tie.kind == "externalLink" for tie in package.ties(main)) and "external_link" in sweep.kinds
    if is_changed:
        _freeze(package, shown, sweep)
        mend_references(package, gone)
    sweep_parts(package, sweep, nested)
    for sheet in shown:
        sweep_cells(package.xml(sheet.part), sheet.name, strings, sweep)
    sweep_unused(strings, sweep)
    _sweep_rest(package, {sheet.part: f"แผ่นงาน {sheet.name}" for sheet in shown}, sweep)
    _forget_order(package)
    name = _without_macros(package, main, name, sweep)
    return (package.file() if sweep.is_cleaning else b""), name


def _styles(package: Package, main: str) -> etree._Element | None:
    found = (tie.target for tie in package.ties(main) if tie.kind == "styles" and tie.target in package)
    part = next(found, None)
    return None if part is None else package.xml(part)


def _sweep_book(book: etree._Element, sweep: Sweep) -> None:
    """Tell of names of persons and places of files in the workbook part."""
    for sharing in list(book.iter(f"{S}fileSharing")):
        if sharing.get("userName") and sweep.found("author", "ผู้บันทึกไฟล์", sharing.get("userName", "")):
            _remove(sharing)
    for views in list(book.iter(f"{S}customWorkbookViews")):
        if sweep.found("author", "มุมมองเฉพาะบุคคล", " ".join(each.get("name", "") for each in views)):
            _remove(views)
    for element in [each for each in book.iter() if etree.QName(each).localname == "absPath"]:
        if sweep.found("path", "สมุดงาน", element.get("url", "")):
            holder = next(
                (up for up in element.iterancestors() if etree.QName(up).localname == "AlternateContent"), element
            )
            _remove(holder)


def _without_hidden_sheets(
    package: Package, main: str, strings: Strings, sweep: Sweep
) -> tuple[list[Shown], list[str]]:
    """Give the sheets that stay, and the names of those that were taken out."""
    book = package.xml(main)
    targets = {tie.id: tie.target for tie in package.ties(main) if not tie.is_outside}
    shown: list[Shown] = []
    gone: list[str] = []
    for place, sheet in enumerate(book.findall(f"{S}sheets/{S}sheet")):
        part, name = targets.get(sheet.get(f"{_R}id", ""), ""), sheet.get("name", "")
        if part not in package:
            continue
        if sheet.get("state", "visible") == "visible":
            shown.append(Shown(name, part, place))
        elif sweep.found("hidden_sheet", f"แผ่นงาน {name}", text_of_sheet(package.xml(part), strings)):
            _remove(sheet)
            package.drop(part)
            gone.append(name)
        else:
            shown.append(Shown(name, part, place))
    for view in book.iter(f"{S}workbookView"):
        if gone:
            view.attrib.pop("activeTab", None)
            view.attrib.pop("firstSheet", None)
    return shown, gone


def _print_areas(book: etree._Element) -> dict[int, list[tuple[int, int, int, int]]]:
    return {
        whole(each.get("localSheetId")): found
        for each in book.iter(f"{S}definedName")
        if each.get("name") == "_xlnm.Print_Area" and (found := ranges(each.text or ""))
    }


def _freeze(package: Package, shown: list[Shown], sweep: Sweep) -> None:
    """Leave values in place of formulas: reckoned anew without the hidden cells they would change."""
    if sum(freeze(cell) for sheet in shown for cell in cells(package.xml(sheet.part))):
        sweep.note(_NO_FORMULAS)
    for part in package.names:
        if part.startswith("xl/tables/") and part.endswith(".xml"):
            for formula in list(package.xml(part).iter(f"{S}calculatedColumnFormula", f"{S}totalsRowFormula")):
                _remove(formula)


def _sweep_rest(package: Package, told: dict[str, str], sweep: Sweep) -> None:
    for part in package.names:
        if (
            part.startswith("xl/")
            and part.endswith(".xml")
            and "/theme/" not in part
            and not _is_strings(package, part)
        ):
            sweep_words(package.xml(part), sweep, told.get(part, part.rpartition("/")[2]), skip=_CELLS)


def _is_strings(package: Package, part: str) -> bool:
    return package.content_type(part).endswith("sharedStrings+xml")


def _forget_order(package: Package) -> None:
    """Drop the order of reckoning: it names cells that may be gone, and Excel makes it anew."""
    for tie in list(package.all_ties()):
        if tie.kind == "calcChain":
            package.drop(tie.target)


def _without_macros(package: Package, main: str, name: str, sweep: Sweep) -> str:
    """Say that the main part is a plain workbook when its macros are gone; gives the name that fits."""
    if package.content_type(main) == _MAIN or any(tie.kind == "vbaProject" for tie in package.ties(main)):
        return name
    package.set_content_type(main, _MAIN)
    stem, dot, suffix = name.rpartition(".")
    if dot and suffix.lower() in {"xlsm", "xltm", "xltx"}:
        sweep.note(_NO_MACROS)
        return f"{stem}.xlsx"
    return name


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
