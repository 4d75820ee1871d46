"""Records into the words of a cell, in the first form that reads back as the same records.

An item may hold numbers, dashes or a list of its own, so no single way of numbering suits every list: the usual form is
tried first, and the reader of that cell decides. Where none reads back, the usual form stands.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, islice

from prongsai.documents.build import cell, cell_of, covered, row
from prongsai.documents.model import Cell, Line, Mark, Row
from prongsai.documents.read.printed import as_printed
from prongsai.errors import Where
from prongsai.reports.boxes import is_status_label
from prongsai.reports.heads import read_head
from prongsai.reports.lists import read_items
from prongsai.reports.owners import read_owners
from prongsai.reports.records import Origin, Span
from prongsai.thai.dates import format_date, format_period
from prongsai.thai.numerals import to_thai

NOTHING = "-"
NAMELESS = "ช่องที่ "  # what a reader calls a column that no head names
GUESSES_MAX = 200  # ways to lay few printed numbers on many items: a list that lost its numbers is short
Lines = tuple[Line, ...]


def first_read_back(forms: Iterable[Lines], read: Callable[[Lines], object], wanted: object) -> Lines:
    """Give the first form that is read as wanted, or the first of all."""
    usual: Lines | None = None
    for form in forms:
        usual = form if usual is None else usual
        if read(_printed(form)) == wanted:
            return form
    return usual or ()


def _printed(lines: Lines) -> Lines:
    return tuple(replace(line, text=as_printed(line.text)) for line in lines)


def list_lines(items: Sequence[str]) -> Lines:
    """Give a list, one paragraph an item, numbered ๑. ๒. ๓. when it has more than one."""
    wanted = tuple(map(as_printed, items))
    return first_read_back(_list_forms(items), lambda lines: read_items(lines).texts, wanted)


def _list_forms(items: Sequence[str]) -> Iterator[Lines]:
    if len(items) < 2:
        yield tuple(map(Line, items))
    for opening, closing in (("", ". "), ("", ") "), ("(", ") ")):
        yield tuple(Line(f"{opening}{to_thai(str(number))}{closing}{item}") for number, item in enumerate(items, 1))
    yield tuple(Line(f"- {item}") for item in items)
    yield tuple(Line(item, Mark.ITEM) for item in items)


def numbered_lines(items: Sequence[str], numbers: Sequence[int]) -> Lines:
    """Give a list under the numbers that were printed, which may repeat, skip, or be fewer than the items."""
    wanted = (tuple(map(as_printed, items)), tuple(numbers))
    return first_read_back(_numbered_forms(items, numbers), _texts_and_numbers, wanted)


def _texts_and_numbers(lines: Lines) -> tuple[tuple[str, ...], tuple[int, ...]]:
    found = read_items(lines)
    return found.texts, tuple(number for number in found.numbers if number is not None)


def _numbered_forms(items: Sequence[str], numbers: Sequence[int]) -> Iterator[Lines]:
    if not items:
        yield ()
    elif not numbers:
        yield tuple(map(Line, items)) if len(items) == 1 else tuple(Line(f"- {item}") for item in items)
        yield tuple(map(Line, items))
        yield tuple(Line(item, Mark.ITEM) for item in items)
    for places in islice(combinations(range(len(items)), len(numbers)), GUESSES_MAX):
        by_place = dict(zip(places, numbers, strict=True))
        for mark in (". ", ") "):
            yield tuple(
                Line(f"{to_thai(str(by_place[place]))}{mark}{item}" if place in by_place else f"- {item}")
                for place, item in enumerate(items)
            )
    yield from _list_forms(items)


def owner_lines(owners: Sequence[str]) -> Lines:
    """Give owners, one paragraph each, without numbers where they read back so."""
    forms = (tuple(map(Line, owners)), *_list_forms(owners))
    return first_read_back(forms, read_owners, tuple(map(as_printed, owners)))


def cell_or_nothing(lines: Lines) -> Cell:
    """Give a cell of lines, a dash when there are none."""
    return cell_of(lines) if lines else cell(NOTHING)


def words(text: str | None) -> Cell:
    """Give a cell of words, a dash when there are none."""
    return cell(text or NOTHING)


def score_text(score: Decimal, places: int = 2) -> str:
    """Print a score with Thai digits and at least so many decimal places; none of its own is cut."""
    exponent = score.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return to_thai(f"{score:.{max(places, own)}f}")


def score_cell(score: Decimal | None, places: int = 2) -> Cell:
    """Give the cell of a score, typed for a workbook; a dash when there is none."""
    return cell(NOTHING) if score is None else cell(score_text(score, places), value=score)


def span_text(span: Span | None) -> str:
    """Print a period as it was printed; one that has only dates by its dates, a deadline as one."""
    if span is None:
        return NOTHING
    if span.text.strip():
        return span.text.strip()
    if span.start and span.end:
        return format_period(span.start, span.end)
    if span.end:
        return f"ภายในวันที่ {format_date(span.end)}"
    return f"ตั้งแต่วันที่ {format_date(span.start)}" if span.start else NOTHING


def heading_row(text: str, width: int) -> Row:
    """Give a row that only carries a title, merged over all columns."""
    title = cell(text, columns=width)
    return Row((title, *(covered(title) for _ in range(width - 1))), Where())


def extra_heads(heads: Sequence[str], origins: Iterable[Origin]) -> tuple[str, ...]:
    """Give the heads of columns that no form has a field for, as far as they leave the other columns their roles."""
    named = dict.fromkeys(head for origin in origins for head in origin.extra)
    kept: tuple[str, ...] = ()
    for head in named:
        if not head.startswith(NAMELESS) and not is_status_label(head) and _is_without_role(heads, (*kept, head)):
            kept = (*kept, head)
    return kept


def _is_without_role(heads: Sequence[str], more: Sequence[str]) -> bool:
    alone, together = read_head(row(*heads)), read_head(row(*heads, *more))
    if alone is None or together is None:
        return False
    roles = [column.role for column in together.columns]
    return roles == [column.role for column in alone.columns] + [None] * len(more)


def extra_cells(origin: Origin, heads: Sequence[str]) -> list[Cell]:
    """Give the cells of a row under such heads."""
    return [words(origin.extra.get(head)) for head in heads]
