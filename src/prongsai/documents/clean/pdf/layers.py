"""Layers of a PDF that are off when it opens (ISO 32000-1 §8.11): what they would draw is taken out of the content."""

from typing import Any

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.pdf.opening import dictionaries, library, text_in

_PAINTS = frozenset(
    ["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "BI", "EI", "INLINE", "IMAGE", "Tj", "TJ"]
)
_PATHS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
_NEXT_LINE = frozenset({"'", '"'})


def sweep_layers(pdf: Any, sweep: Sweep) -> None:
    """Tell of every layer that is off, and take out what it holds."""
    pikepdf = library("")
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return
    off = _off(properties)
    taken = [sweep.found("hidden_layer", "ชั้น", _name(each)) for each in off.values()]
    if not all(taken) or not taken:
        return
    gone = set(off)
    for each in [
        one for one in dictionaries(pdf) if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"
    ]:
        if _draws_hidden(each.get("/Resources"), gone):
            each.write(_without(each, each.get("/Resources"), gone))
    for page in pdf.pages:
        resources = page.get("/Resources")
        if _draws_hidden(resources, gone):
            page.Contents = pdf.make_stream(_without(page, resources, gone))
        kept = [each for each in page.get("/Annots", []) if not _is_off(each.get("/OC"), gone)]
        if "/Annots" in page:
            page.Annots = pikepdf.Array(kept)
    for each in list(dictionaries(pdf)):
        if isinstance(each, pikepdf.Stream) and _is_off(each.get("/OC"), gone):
            each.write(b"")
        if "/OC" in each:
            del each["/OC"]
    del pdf.Root["/OCProperties"]


def _off(properties: Any) -> dict[tuple[int, int], Any]:
    """Give the layers that are off by number: those named so, or all but those named on."""
    pikepdf = library("")
    shown = properties.get("/D", pikepdf.Dictionary())
    groups = {each.objgen: each for each in properties.get("/OCGs", [])}
    if shown.get("/BaseState") == "/OFF":
        on = {each.objgen for each in shown.get("/ON", [])}
        return {number: each for number, each in groups.items() if number not in on}
    return {each.objgen: each for each in shown.get("/OFF", []) if each.objgen in groups}


def _name(group: Any) -> str:
    return text_in(group.get("/Name"))


def _is_off(group: Any, gone: set[tuple[int, int]]) -> bool:
    """Whether a layer, or a membership of layers by its policy, is off."""
    pikepdf = library("")
    if not isinstance(group, pikepdf.Dictionary):
        return False
    if group.get("/Type") != "/OCMD":
        return group.objgen in gone
    members = group.get("/OCGs", [])
    members = list(members) if isinstance(members, pikepdf.Array) else [members]
    states = [each.objgen in gone for each in members if isinstance(each, pikepdf.Dictionary)]
    policy = str(group.get("/P", "/AnyOn"))
    rules = {"/AllOn": any(states), "/AnyOff": not any(states), "/AllOff": not all(states)}
    return rules.get(policy, bool(states) and all(states))


def _draws_hidden(resources: Any, gone: set[tuple[int, int]]) -> bool:
    pikepdf = library("")
    if not isinstance(resources, pikepdf.Dictionary):
        return False
    properties = resources.get("/Properties", pikepdf.Dictionary())
    return any(_is_off(properties[key], gone) for key in list(properties.keys()))


def _without(stream: Any, resources: Any, gone: set[tuple[int, int]]) -> bytes:
    """Give the content without what is painted in layers that are off; states and places stay as they were."""
    pikepdf = library("")
    properties = resources.get("/Properties", pikepdf.Dictionary())
    kept: list[Any] = []
    marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(stream):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in {"BDC", "BMC"}:
            is_layer = operator == "BDC" and operands[0] == "/OC" and isinstance(operands[1], pikepdf.Name)
            marks.append(is_layer and _is_off(properties.get(str(operands[1])), gone))
        elif operator == "EMC" and marks:
            marks.pop()
        elif any(marks) and (operator in _PAINTS or operator in _NEXT_LINE):
            if operator in _PATHS or operator in _NEXT_LINE:
                new = "n" if operator in _PATHS else "T*"
                kept.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator(new)))
            continue
        kept.append(instruction)
    made: bytes = pikepdf.unparse_content_stream(kept)
    return made
