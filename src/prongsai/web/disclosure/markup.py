"""The light markup in which people write a page in a plain field, and the blocks that it stands for.

A line is a paragraph. ``# `` makes a heading, ``- `` an item of a list, ``1. `` a step, ``a | b`` a row of a table, its
first row the head. ``[words](address)`` is a link, ``![words](name.jpg)`` a picture of the release, each alone on its
line; ``form:questions`` is the address of a form of the application. A line that must not be read so begins with a
backslash. Blocks are ``prongsai.portal.model.Block`` in JSON.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from prongsai.portal.model import BlockKind
from prongsai.thai.text import collapse, normalise

BlockJson = dict[str, Any]
ESCAPE = "\\"
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\((\S+)\)")
_STEP = re.compile(r"([0-9๐-๙]{1,3})[.)] +(\S.*)")
_CELL_END = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_RULE = re.compile(r":?-{2,}:?")
_SAFE = re.compile(
    r"(?:https?://|mailto:|tel:)\S+|form:[a-z0-9]+(?:[._-][a-z0-9]+)*|[^\s:/?#\\][^\s:?#\\]*/?", re.ASCII
)


def read(text: str) -> list[BlockJson]:
    """Give the blocks of a text."""
    lines = [_line(one) for one in text.splitlines()]
    return [block for kind, run in groupby(lines, key=_run_key()) if kind for block in _blocks(kind, run)]


def write(blocks: Iterable[Mapping[str, Any]]) -> str:
    """Give blocks as the text that they are read from: ``read(write(blocks)) == blocks`` for all that was read."""
    return "\n\n".join("\n".join(_written(block)) for block in blocks)


def links_of(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Give the addresses that the blocks lead to."""
    return (str(block.get("address", "")) for block in blocks if block["kind"] == BlockKind.LINK)


def pictures_of(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Give the names of the files that the blocks show."""
    return (str(block.get("address", "")) for block in blocks if block["kind"] == BlockKind.PICTURE)


def is_safe(address: str) -> bool:
    """Whether an address may stand in a page: of the web, mail, telephone or a form, or a path inside the site."""
    return _SAFE.fullmatch(address) is not None


def words_of(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Give every text of the blocks, a row of a table in one line."""
    for block in blocks:
        yield from block.get("lines", ())
        yield from (" | ".join(row) for row in block.get("rows", ()))
        if block["kind"] == BlockKind.LINK:
            yield str(block.get("address", ""))


# --- reading --------------------------------------------------------------------------------------------------------
def _line(text: str) -> tuple[str, Any]:
    """Give the kind of a line, empty for a blank one, and what it holds."""
    line = _clean(text)
    if not line or line in ("#", "-", ESCAPE):
        return "", None
    if line.startswith(ESCAPE):
        rest = _clean(line.removeprefix(ESCAPE))
        return (BlockKind.PARAGRAPH, rest) if rest else ("", None)
    if line.startswith(("# ", "## ", "### ")):
        heading = line.lstrip("#").strip()
        return (BlockKind.HEADING, heading) if heading else ("", None)
    if line.startswith(("- ", "• ", "* ")):
        return BlockKind.LIST, line[2:].strip()
    if step := _STEP.fullmatch(line):
        return BlockKind.STEPS, step[2]
    if link := _LINK.fullmatch(line):
        return (BlockKind.PICTURE if link[1] else BlockKind.LINK), (link[2].strip(), link[3])
    if _CELL_END.search(line):
        return BlockKind.TABLE, _cells(line)
    return BlockKind.PARAGRAPH, line


def _clean(text: str) -> str:
    return collapse(normalise(text)).strip()


def _run_key() -> Any:
    """Lines of a list, of steps or of a table that follow each other are one block; every other line is its own."""
    count = iter(range(1 << 62))
    joined = (BlockKind.LIST, BlockKind.STEPS, BlockKind.TABLE)
    return lambda line: line[0] if line[0] in joined or not line[0] else (line[0], next(count))


def _blocks(key: Any, run: Iterable[tuple[str, Any]]) -> Iterator[BlockJson]:
    kind = key[0] if isinstance(key, tuple) else key
    held = [value for _kind, value in run]
    if kind == BlockKind.TABLE:
        if rows := _rectangle([row for row in held if not _is_rule(row)]):
            yield {"kind": str(kind), "rows": rows}
    elif kind in (BlockKind.LINK, BlockKind.PICTURE):
        words, address = held[0]
        yield (
            {"kind": str(kind), "lines": [words], "address": address}
            if words
            else {
                "kind": str(kind),
                "address": address,
            }
        )
    else:
        yield {"kind": str(kind), "lines": held}


def _cells(line: str) -> list[str]:
    inner = line.removeprefix("|")
    cells, start = [], 0
    for end in _CELL_END.finditer(inner):
        cells.append(inner[start : end.end() - 1])
        start = end.end()
    rest = inner[start:]
    return [_unescaped(cell.strip()) for cell in ([*cells, rest] if rest.strip() else cells)]


def _unescaped(text: str) -> str:
    return _clean(re.sub(r"\\(.)", r"\1", text))


def _is_rule(row: Sequence[str]) -> bool:
    """Whether a row is the line that other markups draw under the head of a table."""
    return bool(row) and all(_RULE.fullmatch(cell) for cell in row)


def _rectangle(rows: Sequence[list[str]]) -> list[list[str]]:
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows] if width else []


# --- writing --------------------------------------------------------------------------------------------------------
def _written(block: Mapping[str, Any]) -> Iterator[str]:
    kind, lines = block["kind"], block.get("lines", ())
    if kind == BlockKind.TABLE:
        yield from (_row(row) for row in block.get("rows", ()))
    elif kind == BlockKind.HEADING:
        yield from (f"# {line}" for line in lines)
    elif kind == BlockKind.LIST:
        yield from (f"- {line}" for line in lines)
    elif kind == BlockKind.STEPS:
        yield from (f"{number}. {line}" for number, line in enumerate(lines, start=1))
    elif kind in (BlockKind.LINK, BlockKind.PICTURE):
        sign = "!" if kind == BlockKind.PICTURE else ""
        yield f"{sign}[{' '.join(lines)}]({block.get('address', '')})"
    else:
        yield from (_paragraph(line) for line in lines)


def _paragraph(line: str) -> str:
    return line if _line(line) == (BlockKind.PARAGRAPH, line) else ESCAPE + line


def _row(row: Sequence[str]) -> str:
    cells = [cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row]
    if all(_RULE.fullmatch(cell) for cell in cells):
        cells = [f" {cell} " for cell in cells]
    plain = (
        len(cells) > 1 and cells[0] and cells[-1] and not cells[0].startswith(("#", "-", "•", "*", "[", "!", ESCAPE))
    )
    text = " | ".join(cells)
    return text if plain and _line(text)[0] == BlockKind.TABLE else f"| {text} |"
