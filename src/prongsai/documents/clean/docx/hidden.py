"""Words of a Word file that are there and not printed: hidden by their run or by its style."""

from lxml import etree

from prongsai.documents.clean.model import Sweep
from prongsai.documents.read.docx.package import children, is_on, value
from prongsai.documents.read.docx.styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS = frozenset({f"{W}t", f"{W}delText", f"{W}instrText", f"{W}sym"})
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_FIELD = frozenset({f"{W}fldChar", f"{W}instrText"})


def sweep_hidden(root: etree._Element, styles: Styles, sweep: Sweep, where: str) -> None:
    """Tell of hidden runs and take them out; joined when one follows the other."""
    runs = [run for run in root.iter(f"{W}r") if _is_hidden(run, styles) and _says_something(run)]
    together: list[list[etree._Element]] = []
    for run in runs:
        if together and together[-1][-1].getnext() is run:
            together[-1].append(run)
        else:
            together.append([run])
    for group in together:
        text = "".join(each.text or "" for run in group for each in run.iter(*_WORDS))
        if sweep.found("hidden_text", where, text):
            for run in group:
                _emptied(run)


def _is_hidden(run: etree._Element, styles: Styles) -> bool:
    own = children(run, "rPr", "vanish")
    if own is not None:
        return is_on(own)
    if styles.is_hidden(value(children(run, "rPr", "rStyle"))):
        return True
    paragraph = next(run.iterancestors(f"{W}p"), None)
    return paragraph is not None and styles.is_hidden(value(children(paragraph, "pPr", "pStyle")))


def _says_something(run: etree._Element) -> bool:
    if any(child.tag in _FIELD for child in run):
        return False  # marks of contents and the like, which Word hides itself; a field without its marks breaks
    return any(child.tag in _WORDS | _DRAWN for child in run)


def _emptied(run: etree._Element) -> None:
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)
