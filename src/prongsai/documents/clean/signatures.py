"""Pictures that may be a signature, by their name and the words around: told, never taken out by themselves."""

import re

from lxml import etree

from prongsai.documents.clean.model import Leak, Sweep

SIGNATURE = re.compile(r"ลายมือ ?ชื่อ|ลง ?ชื่อ|ลง ?นาม|ลายเซ็น|signature|signed", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_NEAR_MAX = 200


def tell_signatures(root: etree._Element, sweep: Sweep, where: str) -> None:
    """Tell of pictures that are called a signature, or stand in or beside a line to sign on."""
    for drawing in root.iter(f"{_W}drawing", f"{_W}pict", f"{_W}object"):
        if drawing.find(f".//{_A}blip") is None and drawing.find(f".//{_V}imagedata") is None:
            continue
        named = " ".join(
            each.get(key, "") for each in drawing.iter() for key in ("name", "descr", "title", "alt") if each.get(key)
        )
        near = _around(drawing)
        if SIGNATURE.search(named) or SIGNATURE.search(near):
            sweep.say(Leak("signature", sweep.at(where), " ".join(f"{named} {near}".split())[:_NEAR_MAX]))


def tell_named(name: str, sweep: Sweep) -> None:
    """Tell of a picture whose file is called a signature."""
    if SIGNATURE.search(name):
        sweep.say(Leak("signature", sweep.at("ชื่อไฟล์"), name))


def _around(drawing: etree._Element) -> str:
    """Give the words of the paragraph that holds a drawing, and of those beside it."""
    paragraph = next(drawing.iterancestors(f"{_W}p"), None)
    if paragraph is None:
        return ""
    beside = [each for each in (paragraph.getprevious(), paragraph, paragraph.getnext()) if each is not None]
    return " ".join("".join(text.text or "" for text in each.iter(f"{_W}t")) for each in beside if each.tag == f"{_W}p")
