"""What a release says, as HTML cut into parts: no page is heavier than a slow telephone line bears.

Written here and not in a template, because a table of thousands of rows is made of hundreds of thousands of cells.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from markupsafe import Markup, escape

from prongsai.portal.addresses import FORM, is_outside, outside, safe_name
from prongsai.portal.data import kinds_of
from prongsai.portal.model import Block, BlockKind, DataTable, Document
from prongsai.portal.shown import thai_short

PART = 56_000
"""Bytes of content on a page; with what stands around it, and around its heaviest row, below 100 KB."""
CARDS = 6
"""A table of more columns than that is moved sideways on a telephone, others become a card a row."""

WAY, SAID, END = "\x02", "\x03", "\x04"
"""A link of which only the site knows where it leads: WAY, path or form, SAID, its words as HTML, END."""
_MARKS = re.compile("[\x00-\x04]")
_WAY_WEIGHT, _FORM_WEIGHT = 40, 600
"""What a link of that kind may come to weigh: parts are the same whatever the site knows of it."""

_PHONE = re.compile(r"(?<![\d-])0(?:-?\d){8,9}(?![\d-])(?: ต่อ \d+)?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_RIGHT = {"number", "money"}
Where = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that stand between an opening and a closing; cut, the opening stands again. again: that opening."""

    before: str
    pieces: tuple[str, ...]
    after: str = ""
    again: str = ""


def cut(runs: Iterable[Run], limit: int = PART) -> list[Markup]:
    """Cut runs into parts of at most so many bytes, between pieces; a piece that is larger has a part for itself."""
    parts: list[list[Run]] = [[]]
    left = limit
    for run in runs:
        rest = run
        while rest.pieces or rest is run:
            left -= _weight(rest.before) + _weight(rest.after)
            fit, left = _fitting(rest.pieces, left)
            if not fit and rest.pieces and parts[-1]:
                parts.append([])
                left = limit
                continue
            if not fit and rest.pieces:
                fit, left = 1, left - _weight(rest.pieces[0])
            parts[-1].append(replace(rest, pieces=rest.pieces[:fit]))
            rest = replace(rest, before=rest.again or rest.before, pieces=rest.pieces[fit:])
    return [Markup("".join(_html(run) for run in part)) for part in parts]


def _weight(text: str) -> int:
    ways = _WAY_WEIGHT * text.count(WAY) + _FORM_WEIGHT * text.count(WAY + FORM) if WAY in text else 0
    return len(text.encode("utf-8", "replace")) + ways


def _fitting(pieces: Sequence[str], left: int) -> tuple[int, int]:
    """Count how many pieces fit into so many bytes; what is left after them."""
    for count, piece in enumerate(pieces):
        weight = _weight(piece)
        if weight > left:
            return count, left
        left -= weight
    return len(pieces), left


def _html(run: Run) -> str:
    return f"{run.before}{''.join(run.pieces)}{run.after}"


# --- running text ---------------------------------------------------------------------------------------------------
def body_runs(
    blocks: Sequence[Block],
    *,
    caption: str,
    picture: Where,
    pictures: Sequence[Document],
    heading: str = "h2",
) -> Iterator[Run]:
    """Give running text. picture: link to a picture by its name, "" when there is none."""
    described = {document.asset.name: document for document in pictures}
    for is_picture, group in groupby(blocks, key=lambda block: block.kind is BlockKind.PICTURE):
        if is_picture:
            yield _side_by_side([_figure(block, picture, described.get(block.address)) for block in group])
            continue
        for block in group:
            if block.kind is BlockKind.HEADING:
                caption = " ".join(block.lines) or caption
                yield Run("", (f"<{heading}>{escape(caption)}</{heading}>",)) if block.lines else Run("", ())
            elif block.kind is BlockKind.TABLE:
                yield from _table_run(block, caption)
            elif block.kind is BlockKind.LINK:
                yield Run("", (f"<p>{_anchor(block)}</p>",))
            else:
                yield _lines(block)


def _side_by_side(found: Sequence[Run]) -> Run:
    """Set pictures that follow each other beside each other; one alone stands alone."""
    pieces = tuple(piece for one in found for piece in one.pieces)
    return Run('<div class="pictures">', pieces, "</div>") if len(pieces) > 1 else Run("", pieces)


def _lines(block: Block) -> Run:
    if block.kind is BlockKind.PARAGRAPH:
        return Run("", tuple(f"<p>{_said(line)}</p>" for text in block.lines for line in text.splitlines() if line))
    tag = "ol" if block.kind is BlockKind.STEPS else "ul"
    items = tuple(f"<li>{_said(line)}</li>" for line in block.lines)
    return Run(f"<{tag}>", items, f"</{tag}>") if items else Run("", ())


def _said(text: str) -> str:
    """Give words whose telephone numbers are never broken between lines."""
    said = str(escape(text))
    return _PHONE.sub(r'<span class="nowrap">\g<0></span>', said) if "-" in said else said


def _anchor(block: Block) -> str:
    said = " ".join(block.lines)
    if is_outside(block.address):
        anchor = Markup('<a href="{}" rel="external">{}</a>')
        return str(anchor.format(outside(block.address), said or block.address))
    way = _way(block)
    said = said or ("" if way.startswith(FORM) else block.address)
    return f"{WAY}{way}{SAID}{escape(_MARKS.sub('', said))}{END}"


def _way(block: Block) -> str:
    """Give the path or form that a link leads to."""
    return _MARKS.sub("", block.address).strip().strip("/").removesuffix("/index.html")


def ways_of(blocks: Iterable[Block]) -> set[str]:
    """Give the paths and forms that links of running text lead to."""
    return {_way(one) for one in blocks if one.kind is BlockKind.LINK and not is_outside(one.address)}


def _figure(block: Block, picture: Where, document: Document | None) -> Run:
    link, said = picture(block.address), " ".join(block.lines)
    if not link:
        return Run("", (f"<p>{escape(said)}</p>",) if said else ())
    alt = (document.text if document else "") or said or (document.title if document else block.address)
    under = Markup("<figcaption>{}</figcaption>").format(said) if said else ""
    return Run("", (f'<figure><img src="{escape(link)}" alt="{escape(alt)}" loading="lazy">{under}</figure>',))


def _table_run(block: Block, caption: str) -> Iterator[Run]:
    if not block.rows:
        return
    head, *rows = block.rows
    width = max(map(len, block.rows))
    heads = [*head, *[""] * (width - len(head))]
    cells = [[*row, *[""] * (width - len(row))] for row in rows]
    yield _table(caption, heads, [False] * width, cells)


# --- tables ---------------------------------------------------------------------------------------------------------
def data_run(table: DataTable) -> Run:
    """Give a table of open data; days are shown in Thai, all else as given."""
    kinds = kinds_of(table)
    width = len(kinds)
    right = [kind in _RIGHT or (at < len(table.numeric) and table.numeric[at]) for at, kind in enumerate(kinds)]
    rows = ([*map(_shown, row, kinds), *[""] * (width - len(row))] for row in table.rows)
    return _table(table.title, [column.label for column in table.columns], right, rows)


def _shown(text: str, kind: str) -> str:
    if kind == "date" and _ISO.fullmatch(text):
        try:
            return thai_short(date.fromisoformat(text))
        except ValueError:
            return text
    return text


def _table(title: str, heads: Sequence[str], right: Sequence[bool], rows: Iterable[Sequence[str]]) -> Run:
    cards = len(heads) <= CARDS
    opening = ["<td" + (' class="number"' if is_right else "") for is_right in right]
    if cards:
        opening = [f'{tag} data-head="{escape(head)}"' for tag, head in zip(opening, heads, strict=True)]
    row_heads = "".join(
        f'<th scope="col"{" class=number" if is_right else ""}>{escape(head)}</th>' if head else "<td></td>"
        for head, is_right in zip(heads, right, strict=True)
    )
    pieces = tuple(
        "<tr>"
        + "".join(f"{tag}>{_said(cell) if cell.strip() else '–'}</td>" for tag, cell in zip(opening, row, strict=False))
        + "</tr>\n"
        for row in rows
    )
    kind = 'class="table"' if cards else f'class="table" tabindex="0" role="region" aria-label="{escape(title)}"'
    shape = "<table class=cards>" if cards else "<table>"

    def head(caption: str) -> str:
        return f"<div {kind}>{shape}<caption>{escape(caption)}</caption><thead><tr>{row_heads}</tr></thead><tbody>\n"

    none = "" if pieces else f'<tr><td colspan="{max(1, len(heads))}">ไม่มีรายการ</td></tr>'
    return Run(head(title), pieces or (none,), "</tbody></table></div>\n", head(f"{title} (ต่อ)"))


def picture_names(blocks: Sequence[Block]) -> set[str]:
    """Give the names of the pictures that stand in running text; they are not listed again as documents."""
    return {safe_name(block.address) for block in blocks if block.kind is BlockKind.PICTURE}
