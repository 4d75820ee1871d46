"""What people write into records by hand and no paper could give back: nameless signers, unknown words, list marks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from prongsai.documents.model import Line, Mark
from prongsai.documents.read.printed import as_printed
from prongsai.errors import Problem, RecordsInvalid
from prongsai.reports.forms.signing import Capacity
from prongsai.reports.from_json import records_from_json
from prongsai.reports.lists import read_items
from prongsai.reports.load import Place, fault, invalid, load
from prongsai.reports.owners import read_owners
from prongsai.reports.papers.official import number_items, take_items
from prongsai.reports.printing import list_lines, owner_lines
from prongsai.reports.records import Report

T = TypeVar("T")
NAME_LETTERS_MIN = 2
PARTS = ("memo", "announcement")
OWNERS = frozenset({"responsible", "units"})
_NUMBERED = re.compile(r"[0-9๐-๙]{1,2}\.\s+(?=\S)")


def report_from_json(data: object) -> Report:
    """Read a report, list marks in its items taken off where no paper would give them back.

    Raises RecordsInvalid with every fault at once, also of who signs.
    """
    problems = list(_signatory_faults(data))
    try:
        report = records_from_json(_unmarked_report(data))
    except RecordsInvalid as refused:
        raise invalid([*refused.problems, *problems]) from None
    if problems:
        raise invalid(problems)
    return report


def load_signed(kind: type[T], data: object) -> T:
    """Read a paper that one person signs. Raises RecordsInvalid with every fault at once, also of a blank name."""
    signer = data.get("signer") if isinstance(data, Mapping) else None
    problems = list(_name_faults(signer, ("signer",)))
    try:
        found = load(kind, data, fill=True)
    except RecordsInvalid as refused:
        raise invalid([*refused.problems, *problems]) from None
    if problems:
        raise invalid(problems)
    return found


def without_numbers(label: str, items: Sequence[str]) -> tuple[str, ...]:
    """Take the numbers off labelled items that would not be read back with them."""
    given = tuple(items)
    bare = tuple(_NUMBERED.sub("", item, count=1) for item in given)
    return given if take_items(label, list(number_items(label, given))) == given else bare


def _signatory_faults(data: object) -> Iterator[Problem]:
    listed = data.get("signatories") if isinstance(data, Mapping) else None
    for number, one in enumerate(listed if isinstance(listed, list) else []):
        place: Place = ("signatories", number)
        yield from _name_faults(one, place)
        for name, known in (("capacity", tuple(each.value for each in Capacity)), ("part", PARTS)):
            value = one.get(name) if isinstance(one, Mapping) else None
            if isinstance(value, str) and value not in known:
                words = ", ".join(known)
                yield fault("RECORD_VALUE_WRONG", (*place, name), f"should be {words}",
                            f"ใช้ค่านี้ไม่ได้ ต้องเป็น {words}", (repr(value),))  # fmt: skip


def _name_faults(signer: object, place: Place) -> Iterator[Problem]:
    """Refuse a name without letters: the next name on the paper would be taken for it."""
    name = signer.get("name") if isinstance(signer, Mapping) else None
    if isinstance(name, str) and sum(letter.isalpha() for letter in name) < NAME_LETTERS_MIN:
        yield fault("RECORD_NAME_BLANK", (*place, "name"), "a signer needs a name", "ต้องมีชื่อผู้ลงนาม", (repr(name),),
                    "give the name, or leave the signer out of a list", "ใส่ชื่อ หรือเอาผู้ลงนามคนนี้ออกจากรายการ")  # fmt: skip


def _unmarked_report(data: object) -> object:
    rows = data.get("rows") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(rows, list):
        return data
    return {**data, "rows": [_unmarked_row(row) if isinstance(row, Mapping) else row for row in rows]}


def _unmarked_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _unmarked_items(name, value) if _are_texts(value) else value for name, value in row.items()}


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _unmarked_items(name: str, items: list[str]) -> list[str]:
    """Take the mark off each item once, as reading does, unless some printed form keeps the items as they are."""
    printed = tuple(map(as_printed, items))
    lines = owner_lines(printed) if name in OWNERS else list_lines(printed)
    again = read_owners(lines) if name in OWNERS else read_items(lines).texts
    return items if again == printed else [_unmarked(item) for item in items]


def _unmarked(item: str) -> str:
    """Give an item without its number or dash; what is nothing but a mark stays."""
    return " ".join(read_items([Line(item, Mark.ITEM)]).texts) or item
