"""The paragraphs of a template as a tree: single blocks, and groups between an instruction and its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from prongsai.documents.read.docx.package import Element, W
from prongsai.documents.template.marks import Order, is_alone, orders_of

P, TBL, TR, TC, T = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}t"
_BOX = f"{W}txbxContent"
_THROUGH = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag"})


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between an instruction and its end, both paragraphs included."""

    order: Order
    start: Element
    end: Element
    nodes: tuple["Node", ...]


Node = Element | Group


@dataclass(frozen=True, slots=True)
class Loose:
    """An instruction that cannot be carried out, and why: ``ALONE``, ``UNKNOWN`` or ``UNPAIRED``."""

    why: str
    order: Order
    paragraph: Element


def blocks_in(container: Element) -> Iterator[Element]:
    """Walk the paragraphs and tables of a container, those in content controls among them."""
    for child in container:
        if child.tag in (P, TBL):
            yield child
        elif child.tag in _THROUGH:
            yield from blocks_in(child)


def rows_in(container: Element) -> Iterator[Element]:
    """Walk the rows of a table, or the cells of a row."""
    wanted = TR if container.tag == TBL else TC
    stack = list(reversed(container))
    while stack:
        child = stack.pop()
        if child.tag == wanted:
            yield child
        elif child.tag in _THROUGH:
            stack.extend(reversed(child))


def texts_of(paragraph: Element) -> list[Element]:
    """Give the text elements of a paragraph itself, not those of text boxes that hang on it."""
    found: list[Element] = []
    stack = list(reversed(paragraph))
    while stack:
        child = stack.pop()
        if child.tag == T:
            found.append(child)
        elif child.tag != _BOX and isinstance(child.tag, str):
            stack.extend(reversed(child))
    return found


def text_of(paragraph: Element) -> str:
    """Give the words of a paragraph, however many runs they stand in."""
    return "".join(each.text or "" for each in texts_of(paragraph))


def boxes_of(paragraph: Element) -> list[Element]:
    """Give the text boxes that hang on a paragraph."""
    return [each for each in paragraph.iter(_BOX) if next(each.iterancestors(P)) is paragraph]


def grouped(blocks: Sequence[Element]) -> tuple[tuple[Node, ...], tuple[Loose, ...]]:
    """Pair the instructions among neighbours; gives the tree and what is without a partner."""
    loose: list[Loose] = []
    stack: list[tuple[Order, Element, list[Node]]] = []
    nodes: list[Node] = []
    for block in blocks:
        order = _order_of(block, loose)
        if order is None:
            nodes.append(block)
        elif not order.opens:
            stack.append((order, block, nodes))
            nodes = []
        elif stack and stack[-1][0].verb == order.opens and stack[-1][1].getparent() is block.getparent():
            opened, start, before = stack.pop()
            before.append(Group(opened, start, block, tuple(nodes)))
            nodes = before
        else:
            loose.append(Loose("UNPAIRED", order, block))
    while stack:
        order, block, before = stack.pop()
        loose.append(Loose("UNPAIRED", order, block))
        nodes = [*before, *nodes]
    return tuple(nodes), tuple(loose)


def _order_of(block: Element, loose: list[Loose]) -> Order | None:
    if block.tag != P:
        return None
    text = text_of(block)
    orders = orders_of(text)
    for order in orders:
        if not order.verb or not is_alone(text):
            loose.append(Loose("UNKNOWN" if not order.verb else "ALONE", order, block))
    return orders[0] if orders and orders[0].verb and is_alone(text) else None


def remove(element: Element) -> None:
    """Take a paragraph away; where its container needs one, or the end of a section hangs on it, only its words."""
    parent = element.getparent()
    if parent is None:
        return
    last = not any(each is not element and each.tag == P for each in parent) and parent.tag != f"{W}body"
    ends_cell = parent.tag == TC and parent[-1] is element
    if element.find(f"{W}pPr/{W}sectPr") is None and not last and not ends_cell:
        parent.remove(element)
        return
    for child in list(element):
        if child.tag != f"{W}pPr":
            element.remove(child)


def make(tag: str, parent: Element) -> Element:
    """Append an element of the main namespace."""
    return etree.SubElement(parent, f"{W}{tag}")
