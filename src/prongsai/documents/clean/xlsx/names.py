"""Names of cell ranges, and whatever else refers to sheets and files that are gone."""

import re

from lxml import etree

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.package import Package
from prongsai.documents.clean.xlsx.cells import S

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_OUTSIDE = re.compile(r"\[[0-9]+\]")
_ON = ("1", "true")
_FILTERED = "_xlnm._FilterDatabase"
_LITERAL = {f"{_C}numRef": (f"{_C}numCache", f"{_C}numLit"), f"{_C}strRef": (f"{_C}strCache", f"{_C}strLit")}


def sweep_names(book: etree._Element, gone: list[str], places: list[int], sweep: Sweep) -> bool:
    """Tell of hidden names and names of other files, and take out what leads nowhere; whether any was taken.

    gone: names of sheets that are gone; places: former numbers of the sheets that stay, in order.
    """
    is_changed = False
    for name in list(book.iter(f"{S}definedName")):
        text, called = name.text or "", name.get("name", "")
        place = name.get("localSheetId")
        is_homeless = place is not None and (not place.isdecimal() or int(place) not in places)
        if is_homeless or _mentions(text, gone) or called == _FILTERED:
            _remove(name)
            continue
        is_hidden = name.get("hidden") in _ON
        kind = "external_link" if _OUTSIDE.search(text) else "hidden_name" if is_hidden else ""
        if kind and sweep.found(kind, f"ชื่อ {called}", text):
            _remove(name)
            is_changed = True
        elif place is not None:
            name.set("localSheetId", str(places.index(int(place))))
    for names in list(book.iter(f"{S}definedNames")):
        if not len(names):
            _remove(names)
    return is_changed


def mend_references(package: Package, gone: list[str]) -> None:
    """Let charts show the values they last showed, and take out rules that refer to what is gone."""
    for part in package.names:
        if part.startswith("xl/charts/") and part.endswith(".xml"):
            for reference in list(package.xml(part).iter(*_LITERAL)):
                if _mentions(reference.findtext(f"{_C}f") or "", gone):
                    _as_literal(reference)
        elif part.startswith("xl/worksheets/") and part.endswith(".xml"):
            for rule in list(package.xml(part).iter(f"{S}dataValidation", f"{S}cfRule")):
                if any(_mentions(each.text or "", gone) for each in rule.iter()):
                    _remove_rule(rule)


def _mentions(formula: str, gone: list[str]) -> bool:
    return (
        bool(_OUTSIDE.search(formula))
        and "!" in formula
        or any(f"{name}!" in formula or f"'{name.replace(chr(39), chr(39) * 2)}'!" in formula for name in gone)
    )


def _as_literal(reference: etree._Element) -> None:
    """Put the values that a reference last had in its place."""
    cache, literal = _LITERAL[str(reference.tag)]
    values, parent = reference.find(cache), reference.getparent()
    if values is None or parent is None:
        return
    if parent.tag == f"{_C}tx":
        new = etree.Element(f"{_C}v")
        new.text = "".join(each.text or "" for each in values.iter(f"{_C}v"))
    else:
        new, new.tag = values, literal
    parent.replace(reference, new)


def _remove_rule(rule: etree._Element) -> None:
    holder = rule.getparent()
    if holder is None:
        return
    holder.remove(rule)
    if not len(holder):
        _remove(holder)
    elif holder.get("count"):
        holder.set("count", str(len(holder)))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
