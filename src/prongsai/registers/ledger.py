"""The export of an office's ledger: what its columns are, and its rows as lines of the budget, sections and sums.

Ledgers print what a budget line belongs to in columns of its own, or in rows above it that say only that; sums stand
between the lines. Which column is what is guessed by the heads and decided by a person. The heads that are known here
were gathered from how offices call these columns; no official layout was to be had, and none is supposed.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cached_property, lru_cache

from prongsai.registers.model import Fault
from prongsai.registers.sheet_events import FORMULA
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import fold

SPENT = "spent"
BUDGET, MOVED, MOVED_IN, MOVED_OUT, AVAILABLE = "budget", "moved", "moved_in", "moved_out", "available"
CODE, PROGRAMME, WORK, HEADING, ITEM, SOURCE = "code", "programme", "work", "heading", "item", "source"
LEVELS = (PROGRAMME, WORK, HEADING)
BETWEEN = " / "  # between the parts of a head that stands in several rows
AMOUNT_MAX = Decimal(10) ** 15

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a column may hold. names: heads by which it is known, the best first."""

    key: str
    label_th: str
    label_en: str
    names: tuple[str, ...]
    is_amount: bool = False


TARGETS = (
    Target(CODE, "รหัสรายการ", "Code", ("รหัสรายการ", "รหัสงบประมาณ", "รหัสโครงการ", "รหัสบัญชี", "รหัส", "เลขที่โครงการ")),
    Target(PROGRAMME, "แผนงาน", "Programme", ("แผนงาน",)),
    Target(WORK, "งาน", "Work", ("งาน",)),
    Target(HEADING, "หมวด", "Heading", ("หมวดรายจ่าย", "หมวด", "ประเภทรายจ่าย")),
    Target(ITEM, "รายการ", "Item", (
        "รายการ", "รายการงบประมาณ", "ชื่อรายการ", "โครงการ/รายการ", "รายจ่าย", "โครงการ", "ชื่อโครงการ",
    )),
    Target(SOURCE, "แหล่งเงิน", "Source", ("แหล่งเงิน", "แหล่งงบประมาณ", "แหล่งที่มา", "ประเภทเงิน")),
    Target(BUDGET, "งบประมาณ", "Budget", (
        "งบประมาณอนุมัติ", "งบประมาณตั้งไว้", "งบประมาณตามเทศบัญญัติ", "งบประมาณตามข้อบัญญัติ", "งบประมาณ",
        "ประมาณการ", "ประมาณการรายจ่าย", "ตั้งไว้", "อนุมัติ", "วงเงินงบประมาณ",
    ), is_amount=True),
    Target(MOVED_IN, "โอนเพิ่ม", "Moved in", ("โอนเพิ่ม", "รับโอน", "โอนเข้า"), is_amount=True),
    Target(MOVED_OUT, "โอนลด", "Moved out", ("โอนลด", "โอนออก"), is_amount=True),
    Target(MOVED, "โอนเพิ่ม (ลด) ในช่องเดียว", "Moved, net", (
        "โอนเพิ่ม/ลด", "โอน(เพิ่ม/ลด)", "โอนเพิ่ม(ลด)", "โอน(+/-)", "โอนเปลี่ยนแปลง", "โอนงบประมาณ",
    ), is_amount=True),
    Target(AVAILABLE, "งบประมาณหลังโอน", "Budget after transfers", (
        "งบประมาณหลังโอน", "งบประมาณสุทธิ", "งบประมาณหลังโอนเปลี่ยนแปลง", "หลังโอน", "รวมงบประมาณ",
    ), is_amount=True),
    Target(SPENT, "เบิกจ่าย", "Spent", (
        "เบิกจ่ายสะสม", "เบิกจ่ายแล้วสะสม", "จ่ายจริงสะสม", "จ่ายสะสม", "รายจ่ายสะสม", "เบิกจ่ายทั้งสิ้น", "เบิกจ่ายแล้ว",
        "ผลการเบิกจ่าย", "เบิกจ่าย", "เบิกจ่ายไตรมาสนี้", "จ่ายจริง", "จ่ายแล้ว", "รายจ่ายจริง",
    ), is_amount=True),
)  # fmt: skip
_FOLDED = {one.key: [fold(name) for name in one.names] for one in TARGETS}
BY_KEY = {one.key: one for one in TARGETS}
AMOUNTS = tuple(one.key for one in TARGETS if one.is_amount)


# --- which column is what -------------------------------------------------------------------------------------------
def guess(head: Sequence[str]) -> dict[str, int]:
    """Give the place of each target by the heads; a column is one target only. Places from 0.

    A head of several rows is known whole, by its last part, or, where its group says enough, by its first.
    """
    found: dict[str, int] = {}
    ways = [_ways(label) for label in head]
    ranked = sorted(
        (rank, place, key)
        for key, names in _FOLDED.items()
        for place, each in enumerate(ways)
        if (rank := _rank(names, each))
    )
    for _how_well, place, key in ranked:
        if key not in found and place not in found.values():
            found[key] = place
    return found


def _ways(label: str) -> list[str]:
    """Give what a head may be known by, folded, the surest first."""
    parts = [part for part in label.split(BETWEEN) if part.strip()]
    if not parts:
        return []
    ways = ("".join(parts), _bare("".join(parts)), parts[-1], _bare(parts[-1]), parts[0])
    return [fold(text[:300]) for text in ways]


def _rank(names: Sequence[str], ways: Sequence[str]) -> tuple[int, int] | None:
    """Say how well a head names a target, lower is better; None when it does not."""
    return next(((way, names.index(text)) for way, text in enumerate(ways) if text in names), None)


def _bare(text: str) -> str:
    """Give a head without what stands in brackets: the unit, a note."""
    return re.sub(r"\([^()]*\)", "", text)


def is_running(label: str) -> bool:
    """Whether a head says that its figures run on from the beginning of the year."""
    return "สะสม" in label or "ตั้งแต่ต้นปี" in label


# --- amounts --------------------------------------------------------------------------------------------------------
def amount(text: str) -> Decimal | None:
    """Read an amount as ledgers print it: brackets or a minus for less than nothing, a dash or nothing for none.

    Raises ``ValueError`` for what is no amount; fractions of a satang that a program of sheets made are rounded off.
    """
    bare = (
        re.sub(r"บาท|฿|[\s,\u200b\ufeff]", "", to_arabic(text))
        .replace("\u2212", "-")
        .replace("–", "-")
        .replace("—", "-")
    )
    if bare.strip("-") == "":
        return None
    is_less = bare.startswith(("(", "-")) or bare.endswith("-")
    digits = bare.strip("()-") if re.fullmatch(r"\(-?[^()]*\)|-?[^()-]+|[^()-]+-", bare) else ""
    if not re.fullmatch(r"[0-9]{1,15}(?:\.[0-9]+)?", digits):
        raise ValueError(text)
    try:
        value = Decimal(digits).quantize(_CENT, ROUND_HALF_UP)
    except InvalidOperation as odd:
        raise ValueError(text) from odd
    if value >= AMOUNT_MAX:
        raise ValueError(text)
    return -value if is_less else value


# --- rows -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """A line of the budget as the ledger prints it. amounts: those that were read; printed: their cells as they are."""

    number: int
    names: Mapping[str, str]
    amounts: Mapping[str, Decimal]
    printed: Mapping[str, str]
    faults: tuple[Fault, ...] = ()

    @property
    def title(self) -> str:
        """What it is called, for people."""
        return self.names.get(ITEM) or self.names.get(CODE) or ""

    @property
    def key(self) -> str:
        """By which the same line is known in another month's file."""
        return "|".join(normal(self.names.get(name, "")) for name in (CODE, *LEVELS, ITEM, SOURCE))

    @property
    def moved_in(self) -> Decimal:
        """What was moved in, from whichever column says so."""
        return self.amounts.get(MOVED_IN, Decimal(0)) + max(self.amounts.get(MOVED, Decimal(0)), Decimal(0))

    @property
    def moved_out(self) -> Decimal:
        """What was moved out, as an amount above nothing: some print it in brackets."""
        return abs(self.amounts.get(MOVED_OUT, Decimal(0))) + max(-self.amounts.get(MOVED, Decimal(0)), Decimal(0))


@dataclass(frozen=True, slots=True)
class Total:
    """A row that sums others up. is_grand: the whole table."""

    number: int
    label: str
    amounts: Mapping[str, Decimal]
    is_grand: bool


_SUMS = ("รวม", "ยอดรวม", "total", "grandtotal")
_GRAND = frozenset(
    map(fold, ("รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "ยอดรวม", "ยอดรวมทั้งสิ้น", "รวมเป็นเงิน", "รวมรายจ่าย", "รวมรายจ่ายทั้งสิ้น",
               "รวมงบประมาณรายจ่ายทั้งสิ้น", "รวมเป็นเงินทั้งสิ้น", "total", "grand total"))
)  # fmt: skip
_BEGINS = {PROGRAMME: "แผนงาน", HEADING: "หมวด"}
_GROUPS = frozenset(
    map(fold, ("งบกลาง", "งบบุคลากร", "งบดำเนินงาน", "งบลงทุน", "งบเงินอุดหนุน", "งบรายจ่ายอื่น"))
)  # of headings: known, and not asked for
_NUMBERED = re.compile(r"\(?[0-9]{1,2}\)?")


@dataclass
class Reader:
    """Reads the rows of one table in their order. columns: target → place; head: of each column.

    known: what the plan's lines are called, by level and ``ITEM``: a row that says only that is a section, and one that
    an item is called by is none, whatever it begins with.
    """

    columns: Mapping[str, int]
    head: Sequence[str]
    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    _at: dict[str, str] = field(default_factory=dict)

    def read(self, number: int, cells: Sequence[str], *, is_section: bool = False) -> Line | Total | None:
        """Read a row; None for a section, for what is no part of the table, and for heads that are repeated."""
        if is_section:
            self._enter(next((text for text in cells if text.strip()), ""), is_sure=True)
            return None
        texts = {key: self._cell(cells, key) for key in self.columns if key not in AMOUNTS}
        printed = {key: self._cell(cells, key) for key in self.columns if key in AMOUNTS}
        if self._is_beside(cells, texts):
            return None
        amounts, faults = _amounts(printed)
        words = texts.get(ITEM) or next((text for text in texts.values() if text), "")
        words = words or next((text for text in cells if text.strip() and not _is_amount(text)), "").strip()
        if self._is_sum(words):
            return Total(number, words, amounts, fold(words) in _GRAND)
        if not any(printed.values()):
            self._enter(words, is_sure=False)
            self._inherit(texts)
            return None
        if self._is_group(texts, words):
            return Total(number, words, amounts, False)
        self._inherit(texts)
        names = {key: text for key, text in {**{one: self._at.get(one, "") for one in LEVELS}, **texts}.items() if text}
        return Line(number, names, amounts, {key: text for key, text in printed.items() if text}, faults)

    def _cell(self, cells: Sequence[str], key: str) -> str:
        place = self.columns[key]
        return cells[place].strip() if place < len(cells) else ""

    def _is_beside(self, cells: Sequence[str], texts: Mapping[str, str]) -> bool:
        """Whether a row repeats the head, numbers the columns, or is empty."""
        filled = [(place, text.strip()) for place, text in enumerate(cells) if text.strip()]
        if not filled:
            return True
        if len(filled) >= 3 and all(_NUMBERED.fullmatch(to_arabic(text)) for _place, text in filled):
            numbers = [int(to_arabic(text).strip("()")) for _place, text in filled]
            if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
                return True
        return all(place < len(self._heads) and fold(text[:300]) in self._heads[place] for place, text in filled)

    @cached_property
    def _heads(self) -> list[frozenset[str]]:
        """The parts of each head, folded."""
        return [frozenset(map(fold, label.split(BETWEEN))) for label in self.head]

    def _is_sum(self, words: str) -> bool:
        return fold(words).startswith(_SUMS) and fold(words) not in self.known.get(ITEM, ())

    def _is_group(self, texts: dict[str, str], words: str) -> bool:
        """Whether a row with amounts only sums up the section that it begins."""
        if texts.get(CODE) or normal(words) in self.known.get(ITEM, ()):
            return False
        level = self._level(words, is_sure=False)
        if level is None or fold(words) in _GROUPS:
            return fold(words) in _GROUPS
        if level in self.columns and texts.get(ITEM) and texts.get(level):
            return False  # a line whose item is called as what it belongs to
        self._enter(words, is_sure=False)
        self._inherit(texts)
        return True

    def _enter(self, words: str, *, is_sure: bool) -> None:
        """Begin a section, where a row is one. is_sure: of a cell over the whole width."""
        level = self._level(words, is_sure=is_sure)
        if level is None or level in self.columns:
            return
        for lower in LEVELS[LEVELS.index(level) :]:
            self._at.pop(lower, None)
        self._at[level] = words.strip()

    def _level(self, words: str, *, is_sure: bool) -> str | None:
        text = normal(words)
        if not text or text in self.known.get(ITEM, ()):
            return None
        named = next((level for level in LEVELS if text in self.known.get(level, ())), None)
        begun = next((level for level, begin in _BEGINS.items() if words.strip().startswith(begin)), None)
        return named or begun or (WORK if is_sure and words.strip().startswith("งาน") else None)

    def _inherit(self, texts: dict[str, str]) -> None:
        """An empty cell of a level says the same as the one above it; a new level forgets those below."""
        for place, level in enumerate(LEVELS):
            if level not in self.columns:
                continue
            if texts.get(level):
                if normal(texts[level]) != normal(self._at.get(level, "")):
                    for lower in LEVELS[place + 1 :]:
                        self._at.pop(lower, None)
                self._at[level] = texts[level]
            elif level in self._at:
                texts[level] = self._at[level]


def _amounts(printed: Mapping[str, str]) -> tuple[dict[str, Decimal], tuple[Fault, ...]]:
    found: dict[str, Decimal] = {}
    faults: list[Fault] = []
    for key, text in printed.items():
        try:
            value = amount(text)
        except ValueError:
            told = "เป็นสูตรที่ไม่มีผลลัพธ์เก็บไว้" if text.strip() == FORMULA else f"“{text.strip()[:40]}” ไม่ใช่จำนวนเงิน"
            faults.append(
                Fault(key, "NO_AMOUNT", f"{BY_KEY[key].label_th}: {told}", "แก้ช่องนี้ในไฟล์ หรือส่งออกใหม่จากระบบบัญชี")
            )
            continue
        if value is not None:
            found[key] = value
    return found, (*faults, *_negative(found))


def _negative(found: Mapping[str, Decimal]) -> Iterator[Fault]:
    for key in (SPENT, BUDGET, AVAILABLE):
        if found.get(key, Decimal(0)) < 0:
            told = f"{BY_KEY[key].label_th}ติดลบ {found[key]:,.2f} บาท"
            yield Fault(key, "NEGATIVE", told, "ตรวจกับระบบบัญชี รายการเรียกเงินคืนต้องหักจากยอดรวมของรายการเดียวกัน")


def _is_amount(text: str) -> bool:
    try:
        amount(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """Give a name as names are compared: one spelling, no spaces, without the word that only says its level."""
    folded = fold(to_arabic(text[:500]))
    begin = fold("หมวด")
    return folded.removeprefix(begin) if folded != begin else folded
