"""Rules about numbers and order: lists that count wrongly, lists that lost their numbers, rows out of their columns."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from prongsai.errors import Problem, Severity
from prongsai.reports.lint.given import measures, short
from prongsai.reports.lint.rule import Paper, Say, rule
from prongsai.reports.records import ListOddity, Record
from prongsai.thai.numerals import digit_style, to_thai

NAMES = {
    "steps": ("steps", "ขั้นตอน"),
    "result": ("results", "ผลการดำเนินการ"),
    "outcome": ("outcomes", "ผลลัพธ์"),
    "guidance": ("guidance items", "แนวทาง"),
    "progress": ("progress items", "ความก้าวหน้า"),
    "recommendation": ("recommendations", "ข้อเสนอแนะ"),
    "due": ("due items", "กำหนดแล้วเสร็จ"),
}
_SEQ = re.compile(r"\(?[0-9๐-๙]{1,3}([.)]*)")


def _odd(paper: Paper, kind: str) -> Iterator[tuple[Record, ListOddity]]:
    """Walk the lists with one kind of oddity."""
    for row in paper.report.rows:
        for oddity in row.origin.oddities:
            if oddity.oddity == kind:
                yield row, oddity


def _name(oddity: ListOddity) -> tuple[str, str]:
    return NAMES.get(oddity.role, (oddity.role, oddity.role))


def _printed(row: Record, oddity: ListOddity) -> str:
    """Give the numbers in the digits that the cell uses, a dash for an item without one."""
    text = " ".join("–" if number is None else str(number) for number in oddity.numbers)
    return to_thai(text) if digit_style(row.origin.printed.get(oddity.role, "")) != "arabic" else text


def _counted(numbers: Sequence[int | None]) -> str:
    return ",".join("–" if number is None else str(number) for number in numbers)


def _restarts(numbers: Sequence[int | None]) -> bool:
    """Whether the numbers are whole lists one after another: 1,2,3,1,2."""
    known = [number for number in numbers if number is not None]
    steps = list(zip(known, known[1:], strict=False))
    return known[:1] == [1] and all(after in (1, before + 1) for before, after in steps) and (1, 1) not in steps


@rule(
    "NUMBER_REPEATED",
    Severity.ERROR,
    summary="A number occurs twice in one list.",
    summary_th="เลขลำดับในรายการเดียวกันซ้ำ",
    mend="Number the items anew from 1.",
    mend_th="เรียงเลขลำดับใหม่ตั้งแต่ ๑",
)
def number_repeated(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell it once a list; a list that only starts again from 1 is a warning, it may be two lists."""
    for row, oddity in _odd(paper, "number_repeated"):
        what, what_th = _name(oddity)
        count = len(oddity.numbers)
        twice = [n for n, times in Counter(oddity.numbers).items() if times > 1 and n is not None]
        yield say(
            row.origin.where,
            f"In the list of {what}, number {', '.join(map(str, twice))} occurs more than once.",
            f"รายการ{what_th}มีเลขลำดับ {', '.join(map(str, twice))} ซ้ำ",
            _printed(row, oddity),
            arithmetic=f"{count} {what} numbered {_counted(oddity.numbers)}; expected 1..{count}",
            severity=Severity.WARNING if _restarts(oddity.numbers) else None,
        )


@rule(
    "NUMBER_MISSING",
    Severity.WARNING,
    summary="A number is missing in a list, or an item has lost its own.",
    summary_th="เลขลำดับในรายการขาดไป หรือข้อหนึ่งไม่มีเลข",
    mend="Number the items anew, or put the missing item back.",
    mend_th="เรียงเลขลำดับใหม่ หรือเติมข้อที่หายไป",
)
def number_missing(paper: Paper, say: Say) -> Iterator[Problem]:
    """Name the numbers that are not there."""
    for row, oddity in _odd(paper, "number_missing"):
        what, what_th = _name(oddity)
        known = [number for number in oddity.numbers if number is not None]
        absent = sorted(set(range(1, max(known, default=0) + 1)) - set(known))
        names = ", ".join(map(str, absent)) or "–"
        yield say(
            row.origin.where,
            f"In the list of {what}, number {names} is missing.",
            f"รายการ{what_th}ไม่มีเลขลำดับ {names}",
            _printed(row, oddity),
            arithmetic=f"{len(oddity.numbers)} {what} numbered {_counted(oddity.numbers)}; missing {names}",
        )


@rule(
    "NUMBERING_STYLE",
    Severity.INFO,
    summary="Numbering of several styles is mixed.",
    summary_th="ใช้รูปแบบเลขลำดับหลายแบบปนกัน",
    mend="Keep to one style.",
    mend_th="ใช้รูปแบบเดียวกันทั้งฉบับ",
)
def numbering_style(paper: Paper, say: Say) -> Iterator[Problem]:
    """Look inside lists, and at the running numbers of the measures."""
    for row, oddity in _odd(paper, "numbering_mixed"):
        what, what_th = _name(oddity)
        yield say(
            row.origin.where,
            f"The list of {what} mixes numbers of several styles or dashes.",
            f"รายการ{what_th}ใช้เลขลำดับหลายแบบหรือมีขีดปนกับเลข",
            _printed(row, oddity),
        )
    numbered = [(row, found) for row in measures(paper) if row.seq and (found := _SEQ.fullmatch(row.seq))]
    styles = Counter(found.group(1) for _, found in numbered)
    if len(styles) > 1:
        rare = styles.most_common()[-1][0]
        odd = next(row for row, found in numbered if found.group(1) == rare)
        yield say(
            odd.origin.where,
            f"The running numbers of {len(numbered)} measures are written in {len(styles)} ways.",
            f"เลขลำดับของ {len(numbered)} มาตรการพิมพ์ {len(styles)} แบบ",
            " | ".join(row.seq or "" for row, _ in numbered),
        )


@rule(
    "LIST_BOUNDARIES_GUESSED",
    Severity.INFO,
    summary="A list has lost its numbers; where one item ends and the next begins is a guess.",
    summary_th="รายการไม่มีเลขหรือขีด การแบ่งข้อจึงเป็นการคาดเดา",
    mend="Number the items.",
    mend_th="ใส่เลขลำดับให้แต่ละข้อ",
)
def list_boundaries_guessed(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell it once a list, with the number of items taken from it."""
    for row, oddity in _odd(paper, "boundaries_guessed"):
        what, what_th = _name(oddity)
        yield say(
            row.origin.where,
            f"The list of {what} has no numbers; it was taken for {len(oddity.numbers)} items.",
            f"รายการ{what_th}ไม่มีเลขลำดับ ระบบแบ่งได้ {len(oddity.numbers)} ข้อโดยคาดเดา",
            short(" ".join(re.sub(r"<[^<>]*>", " ", row.origin.printed.get(oddity.role, "")).split())),
        )
