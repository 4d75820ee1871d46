"""The panel of a paper that was signed in a system: code and address to check it by, hash, who signed, when and how.

It belongs to no record: every reader leaves it out, and ``panel_of`` gives its code.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from prongsai.documents.model import (
    Block,
    Document,
    NewPage,
    Paragraph,
    Picture,
    Printed,
    Signatures,
    Table,
)
from prongsai.documents.model import (
    Panel as PanelBlock,
)
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import squeeze

TITLE = "ลงนามทางอิเล็กทรอนิกส์"
HASH_SHOWN = 16
LINES_MAX = 60
_CODE, _CHECKED_AT, _HASH = "รหัสตรวจสอบ", "ตรวจสอบที่", "ค่าแฮชของข้อความ"
_END = re.compile(r"รวมผู้ลงนาม[0-9๐-๙]+ราย")  # in words without white space
_PRINTED_CODE = re.compile(r"รหัสตรวจสอบ([0-9A-Z]{5}(?:-[0-9A-Z]{5})+)")
_ADDRESS_CODE = re.compile(r"/verify/([0-9A-Z]{5}(?:-[0-9A-Z]{5})+)")


@dataclass(frozen=True, slots=True)
class PanelSigner:
    """Who signed. capacity: the post, in words of acting where it is. at, method: as printed."""

    name: str
    capacity: str
    at: str
    method: str


@dataclass(frozen=True, slots=True)
class Panel:
    """code: asked at ``address``. text_hash: SHA-256 in hex of what was signed. qr: a picture of the address."""

    code: str
    address: str
    text_hash: str
    signers: tuple[PanelSigner, ...]
    qr: Picture | None = None


def with_panel(document: Document, panel: Panel) -> Document:
    """Give a paper with its panel: at the end of the first sheet that is signed, else of the paper."""
    at = _place(document.blocks)
    blocks = (*document.blocks[:at], _block(panel), *document.blocks[at:])
    names = dict.fromkeys((*document.setup.names, *(signer.name for signer in panel.signers)))
    return replace(document, blocks=blocks, setup=replace(document.setup, names=tuple(names)))


def without_panel(document: Document) -> Document:
    """Give a document of any format without its panel; one that has none, or no whole one, as it is."""
    span = _span(document.blocks)
    if span is None:
        return document
    blocks = (*document.blocks[: span.start], *document.blocks[span.stop :])
    return replace(document, blocks=blocks)


def panel_of(document: Document) -> str | None:
    """Give the code of the panel of a document of any format; None where it has none."""
    texts = [squeeze(_text(block)) for block in document.blocks]
    whole = "".join(texts[at] for at in _span(document.blocks) or range(len(texts)))
    found = _PRINTED_CODE.search(whole) or _ADDRESS_CODE.search(whole)
    return found[1] if found else None


def _block(panel: Panel) -> PanelBlock:
    signers = (_signer(number, signer) for number, signer in enumerate(panel.signers, 1))
    lines = (
        f"{_CODE} {panel.code} · {_HASH} {panel.text_hash[:HASH_SHOWN]}…",
        f"{_CHECKED_AT} {panel.address}",
        *signers,
        f"รวมผู้ลงนาม {to_thai(str(len(panel.signers)))} ราย",
    )
    return PanelBlock(TITLE, lines, panel.qr)


def _signer(number: int, signer: PanelSigner) -> str:
    parts = (f"{signer.name} {signer.capacity}".strip(), signer.at, signer.method)
    return f"{to_thai(str(number))}. {' · '.join(part for part in parts if part)}"


def _place(blocks: Sequence[Block]) -> int:
    """Give where the sheet ends on which the first signature stands."""
    signed = next((at for at, block in enumerate(blocks) if isinstance(block, Signatures)), len(blocks))
    return next((at for at in range(signed, len(blocks)) if isinstance(blocks[at], NewPage)), len(blocks))


def _span(blocks: Sequence[Block]) -> range | None:
    """Give where the panel stands: one block, or lines from its title to the count of who signed."""
    for start, block in enumerate(blocks):
        if _opens(block):
            for end in range(start, min(start + LINES_MAX, len(blocks))):
                if _END.search(squeeze(_text(blocks[end]))):
                    return range(start, end + 1)
    return None


def _opens(block: Block) -> bool:
    return squeeze(_text(block)).startswith(TITLE)


def _text(block: Block) -> str:
    """Give the words of a block that may be a panel or a line of one."""
    if isinstance(block, PanelBlock):
        return "\n".join((block.title, *block.lines))
    return _printed_text(block) if isinstance(block, Paragraph | Table) else ""


def _printed_text(block: Printed) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return " ".join(_cell_texts(block)) if len(block.rows) <= LINES_MAX else ""


def _cell_texts(table: Table) -> Iterable[str]:
    return (cell.text for row in table.rows for cell in row.cells if not cell.covered and cell.text)
