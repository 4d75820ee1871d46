"""The official shell of a paper: head of the memo, chain of opinions and signatures, announcement."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.reports.phrases import phrases
from prongsai.reports.records import Memo, Signatory
from prongsai.reports.stream import Event, Prose
from prongsai.thai.dates import find_dates, read_date, read_due
from prongsai.thai.names import read_name, split_people
from prongsai.thai.text import collapse, squeeze

_LABELS = {"office": "ส่วนราชการ", "number": "ที่", "date": "วันที่", "subject": "เรื่อง", "to": "เรียน"}
_DOTS = re.compile(r"\.{4,}|…+|_{4,}")
_LEADERS = " .…·:\u2026"
_HEAD_LINES_MAX = 16
_NAME_LINE = re.compile(r"^\s*\(\s*([^()]{4,80})\s*\)\s*(.*)$")
_SIGNED = re.compile(r"^\s*\(?\s*ลงชื่อ")
_ROLE = re.compile(r"^ผู้(?:รายงาน|ตรวจ|จัดทำ|รับรอง|อนุมัติ|เสนอ|ทาน|พิมพ์|สั่งการ|บันทึก|รวบรวม)\S*\s*")
_POST_LABEL = re.compile(r"^ตำแหน่ง\s*[:：]?\s*")
_NO_POST = re.compile(r"\(|ความเห็น|ลงชื่อ|วันที่|โทร|ประกาศ|เรียน|เรื่อง|ประเด็น|รายงาน|จาก|ตาม|[-–.…^|]|[0-9๐-๙]")
_COLUMNS = re.compile(r"\s{2,}|\t+")
_LIST_NUMBER = re.compile(r"^\(?[0-9๐-๙]{1,2}[.)]\)?\s*")
_OPINION = re.compile(r"^\s*ความเห็น(?:ของ)?\s*(.*)$")
_ANNOUNCED = re.compile(r"(?:ประกาศ|สั่ง)\s*ณ\s*วันที่\s*(.*)$")
_DEADLINE = re.compile(
    r"(?:จัดส่ง|ส่งให้|ส่ง|รายงาน|แล้วเสร็จ|ดำเนินการ).{0,160}?((?:ภายใน|ไม่เกิน)\s*(?:วันที่)?\s*[\d๐-๙].{4,40})", re.DOTALL
)
_WEEKDAY = re.compile(r"วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)\s*ที่")
POSITION_LENGTH_MAX = 120
ADDRESSEE_LENGTH_MAX = 80


@dataclass(frozen=True, slots=True)
class Shell:
    """What the official part of a paper says; None and empty where it has none."""

    memo: Memo | None
    signatories: tuple[Signatory, ...]
    deadline: date | None
    announced: date | None


def read_shell(events: Sequence[Event]) -> Shell:
    """Read memo, signatures, deadline and date of announcement from the running text."""
    prose = [event for event in events if isinstance(event, Prose)]
    memo = read_memo(prose)
    return Shell(memo, tuple(read_signatories(prose)), _deadline(prose) if memo else None, _announced(prose))


def read_memo(prose: Sequence[Prose]) -> Memo | None:
    """Read the head of a memo; None when the paper has none. "ที่" and "วันที่" may share a line."""
    start = next((at for at, line in enumerate(prose) if squeeze(line.text) in phrases().memo_title), None)
    if start is None:
        return None
    found = _labelled(prose[start + 1 : start + 1 + _HEAD_LINES_MAX])
    read = read_date(found["date"]) if found.get("date") else None
    return Memo(
        office=found.get("office"),
        number=found.get("number"),
        date=read.value if read else None,
        subject=found.get("subject"),
        to=found.get("to"),
        date_text=found.get("date"),
        where=prose[start].where,
    )


def _labelled(lines: Sequence[Prose]) -> dict[str, str]:
    """Give the value after each label; subject and addressees may go on over the next lines, without a blank one.

    Between subject and addressee stands nothing else, so that a subject may also go on after a blank one.
    """
    found: dict[str, str] = {}
    current: str | None = None
    last_line = 0
    for at, line in enumerate(lines):
        pieces = list(_pieces(line.text, found))
        is_next = (line.where.line or 0) == last_line + 1
        if pieces and not (current == "to" and _is_one_more(found["to"], line.text, is_next=is_next)):
            found.update(pieces)
            current = pieces[-1][0]
        elif current == "to" and found["to"] and not _is_one_more(found["to"], line.text, is_next=is_next):
            break
        elif current and not found[current]:
            found[current] = _value(line.text)
        elif (
            (current in ("office", "subject") and is_next)
            or current == "to"
            or (current == "subject" and _greets(lines[at + 1 :]))
        ):
            found[current] = collapse(f"{found[current]} {line.text}")
        else:
            continue
        last_line = line.where.line or 0
    return {name: value for name, value in found.items() if value}


def _greets(lines: Sequence[Prose]) -> bool:
    """Whether the addressee is named on one of the next two lines."""
    return any(_starts(line.text, _LABELS["to"]) for line in lines[:2])


def _is_one_more(before: str, text: str, *, is_next: bool) -> bool:
    """Whether a line names one more addressee; after a blank line only when both are numbered."""
    counted = _LIST_NUMBER.match(before) and _LIST_NUMBER.match(text)
    return _is_addressee(text) and (is_next or counted is not None)


def _is_addressee(text: str) -> bool:
    bare = _LIST_NUMBER.sub("", text).strip()
    return len(bare) <= ADDRESSEE_LENGTH_MAX and bare.startswith(phrases().owner_starts)


def _pieces(text: str, found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Split a line at the labels that it starts with or, for the date, that follow after a space."""
    label = next((name for name, word in _LABELS.items() if name not in found and _starts(text, word)), None)
    if label is None:
        return
    rest = text.strip()[len(_LABELS[label]) :].strip(_LEADERS)
    if label == "number" and (cut := re.search(r"(?:^|\s)วันที่\s*", rest)):
        yield "number", _value(rest[: cut.start()])
        yield "date", _value(rest[cut.end() :])
        return
    yield label, _value(rest)


def _value(text: str) -> str:
    """Give a value without the dots that lead to it, follow it, or stand between its parts."""
    return collapse(_DOTS.sub(" ", text)).strip(_LEADERS)


def _starts(text: str, word: str) -> bool:
    text = text.strip()
    after = text[len(word) : len(word) + 1]
    return text.startswith(word) and (after in ("", " ", ".", "…", ":") or word in ("ส่วนราชการ", "เรื่อง", "เรียน"))


def read_signatories(prose: Sequence[Prose]) -> Iterator[Signatory]:
    """Read names in parentheses after a signature, or after "ลงชื่อ" alone, with the post printed under or beside them.

    What stands between "ความเห็น <post>" and "ลงชื่อ" is a hand-written opinion, never a name.
    """
    opinion_of: str | None = None
    opinion: list[str] = []
    part = "memo"
    for at, line in enumerate(prose):
        if _announces(line.text):
            part = "announcement"
        heading = _OPINION.match(line.text)
        named = _names(prose, at)
        if heading:
            opinion_of, opinion = collapse(heading.group(1)) or None, []
        elif opinion_of and not named and not _SIGNED.match(line.text):
            opinion.append(line.text)
        for name, position in named:
            post, capacity = position
            yield Signatory(name, post, opinion_of, " ".join(opinion) or None, capacity, part, line.where)
        if named:
            opinion_of, opinion = None, []


def _announces(text: str) -> bool:
    bare = squeeze(text)
    return bare.startswith("ประกาศ") and "ณวันที่" not in bare and len(text) < 80


def _names(prose: Sequence[Prose], at: int) -> list[tuple[str, tuple[str | None, str]]]:
    """Give the names of a line of signatures, each with its post and in which capacity it signs."""
    text, after = prose[at].text, prose[at + 1 : at + 5]
    found = _NAME_LINE.match(text)
    if found and read_name(f"({found.group(1)})"):
        beside = _side_by_side(prose[at], after)
        return beside or [(collapse(found.group(1)), _position(after, found.group(2)))]
    signed = _SIGNED.match(text)
    if signed and not any(_NAME_LINE.match(line.text) for line in after[:2]):
        people = split_people(text[signed.end() :].strip(_LEADERS + ")"))
        return [(people[0].name.raw, _position(after, _ROLE.sub("", people[0].position)))] if len(people) == 1 else []
    return []


def _side_by_side(line: Prose, after: Sequence[Prose]) -> list[tuple[str, tuple[str | None, str]]]:
    """Read several names on one line, their posts on the next in the same columns of blanks."""
    names = [cell.strip("() ") for cell in _COLUMNS.split(line.raw.strip()) if read_name(cell.strip())]
    if len(names) < 2:
        return []
    posts = [collapse(cell) for cell in _COLUMNS.split(after[0].raw.strip())] if after else []
    given: Sequence[str | None] = posts if len(posts) == len(names) else [None] * len(names)
    return [(collapse(name), (post, _capacity(post or ""))) for name, post in zip(names, given, strict=True)]


def _position(after: Sequence[Prose], same_line: str) -> tuple[str | None, str]:
    """Read the post under a name; an acting officer has two lines, joined with one space."""
    lines = [
        _POST_LABEL.sub("", collapse(text)) for text in (same_line, *(line.text for line in after)) if text.strip()
    ]
    if not lines or len(lines[0]) > POSITION_LENGTH_MAX or _NO_POST.match(lines[0]):
        return None, "self"
    capacity = _capacity(lines[0])
    rest = [line for line in lines[1:3] if not _NO_POST.match(line)]
    if capacity != "self" and rest and _ends_acting(lines[0]):
        return f"{lines[0]} {rest[0]}", capacity
    if rest and _capacity(rest[0]) != "self" and not _ends_acting(lines[0]):
        second = " ".join(rest[:2]) if _ends_acting(rest[0]) else rest[0]
        return f"{lines[0]} {second}", _capacity(rest[0])
    return lines[0], capacity


def _capacity(text: str) -> str:
    return next((kind for kind, words in phrases().acting.items() if any(word in text for word in words)), "self")


def _ends_acting(text: str) -> bool:
    return text.endswith(tuple(word for words in phrases().acting.values() for word in words))


def _deadline(prose: Sequence[Prose]) -> date | None:
    for line in prose:
        for found in _DEADLINE.finditer(_WEEKDAY.sub("วันที่", line.text[:4000])):
            due = read_due(found.group(1))
            if due and due.end:
                return due.end
    return None


def _announced(prose: Sequence[Prose]) -> date | None:
    for line in prose:
        found = _ANNOUNCED.search(line.text)
        if found:
            dates = find_dates(found.group(1))
            return dates[0].reading.value if dates else None
    return None
