"""Which column of a published table is what: proposed by its head, with the reason, and changed by a person.

A role is a word: ``agency``, ``code``, ``district``, ``province``, ``kind``, ``year``, ``rank``, ``total``, ``level``,
``instrument:IIT``, ``points:IIT`` (weighted), ``indicator:9``, ``item:O12``, or nothing for a column that is left out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from prongsai.comparison.grid import AGENCY_HEADS, Grid
from prongsai.errors import FileUnusable
from prongsai.frameworks.model import Framework
from prongsai.thai.numerals import read_item_code, read_score, to_arabic
from prongsai.thai.text import fold

LEFT_OUT = ""
PLAIN_ROLES = ("agency", "code", "district", "province", "kind", "year", "rank", "total", "level")
SCORE_ROLES = ("instrument", "points", "indicator", "item")
RANKED_WITHIN = ("table", "province", "kind", "province+kind")
ROLE_WORDS = {
    "": "ไม่ใช้",
    "agency": "หน่วยงาน",
    "code": "รหัส ๘ หลัก",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "kind": "ประเภท",
    "year": "ปีงบประมาณ",
    "rank": "อันดับ",
    "total": "คะแนนรวม",
    "level": "ระดับ",
}

_HEADS: Mapping[str, tuple[str, ...]] = {
    "code": ("รหัส", "รหัสหน่วยงาน", "รหัสอปท.", "รหัสอปท", "code"),
    "district": ("อำเภอ", "อำเภอ/เขต", "เขต", "district"),
    "province": ("จังหวัด", "province"),
    "kind": ("ประเภท", "ประเภทอปท.", "ประเภทอปท", "ประเภทหน่วยงาน", "ประเภทองค์กรปกครองส่วนท้องถิ่น", "kind", "type"),
    "year": ("ปี", "ปีงบประมาณ", "ปีงบประมาณพ.ศ.", "ปีพ.ศ.", "ปีที่ประเมิน", "year"),
    "rank": ("อันดับ", "อันดับที่", "rank"),
    "total": (
        *("คะแนน", "คะแนนรวม", "คะแนนita", "คะแนนรวมita", "ita", "คะแนนเฉลี่ย", "ผลคะแนน", "ผลคะแนนita", "คะแนนรวมทั้งหมด"),
        *("ผลการประเมินคะแนน", "คะแนนภาพรวม", "คะแนนผลการประเมิน", "total", "score", "overall"),
    ),
    "level": (
        "ระดับ",
        "ระดับผลการประเมิน",
        "ระดับคะแนน",
        "ผลการประเมินระดับ",
        "ผลการประเมิน",
        "เกรด",
        "level",
        "rating",
        "ratingscore",
    ),
}
_BY_HEAD = {fold(word): role for role, words in _HEADS.items() for word in words}
_RUNNING = frozenset(map(fold, ("#", "ที่", "ลำดับ", "ลำดับที่", "ลําดับ", "no", "no.")))
_INDICATOR = re.compile(r"(?:ตัวชี้วัด(?:ย่อย)?(?:ที่)?|ตัวที่|ตชว\.?|indicator)?\(?(\d{1,2}(?:\.\d)?)[.)]?(?P<name>[^\d].*)?")
_ORDERED_SHARE = 0.9
_FEW = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column is taken for. letter: as a program of sheets calls it; reason_th: why, in one sentence."""

    letter: str
    head: str
    role: str
    reason_th: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is read. roles: one a column. within: among whom the printed rank counts.

    year_be, province: of the whole table, where no column tells it.
    """

    roles: tuple[str, ...]
    year_be: int | None = None
    province: str = ""
    within: str = "table"

    def places(self, role: str) -> tuple[int, ...]:
        """Give the columns of a role."""
        return tuple(at for at, one in enumerate(self.roles) if one == role)

    def place(self, role: str) -> int | None:
        """Give the first column of a role."""
        return next(iter(self.places(role)), None)

    def to_json(self) -> dict[str, object]:
        """Give the form of a mapping file."""
        columns = {letter_of(at): role for at, role in enumerate(self.roles)}
        return {"columns": columns, "year": self.year_be, "province": self.province, "rank_within": self.within}


def letter_of(place: int) -> str:
    """Give the letters by which programs of sheets call a column, 0-based."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def propose(grid: Grid, framework: Framework | None) -> tuple[Reading, tuple[Guess, ...]]:
    """Propose what each column of a table is. framework: of its year; with none only plain columns are known."""
    guesses: list[Guess] = []
    taken: set[str] = set()
    for place, head in enumerate(grid.heads):
        role, reason = _guess(grid, place, head, framework)
        if role and role in taken:
            role, reason = LEFT_OUT, f"หัวตารางซ้ำกับช่องก่อนหน้า ({word_of(role)})"
        taken.add(role)
        guesses.append(Guess(letter_of(place), head, role, reason))
    guesses = _with_rank(grid, _with_points(grid, _with_names(guesses), framework))
    mapping = Reading(tuple(one.role for one in guesses), grid.year_be, grid.province)
    return mapping, tuple(guesses)


def word_of(role: str) -> str:
    """Name a role in Thai."""
    kind, _, code = role.partition(":")
    named = {"instrument": "คะแนน", "points": "คะแนนถ่วงน้ำหนัก", "indicator": "ตัวชี้วัดที่", "item": "ข้อ"}
    return f"{named[kind]} {code}" if code else ROLE_WORDS[role]


def known_roles(framework: Framework | None) -> tuple[str, ...]:
    """Give every role that a column may have."""
    if framework is None:
        return (LEFT_OUT, *PLAIN_ROLES)
    instruments = [one.code for one in framework.instruments]
    return (
        *(LEFT_OUT, *PLAIN_ROLES),
        *(f"{kind}:{code}" for code in instruments for kind in ("instrument", "points")),
        *(f"indicator:{one.code}" for one in framework.indicators),
        *(f"item:{one.code}" for one in framework.items),
    )


# --- by the head ----------------------------------------------------------------------------------------------------
def _guess(grid: Grid, place: int, head: str, framework: Framework | None) -> tuple[str, str]:
    word = fold(head)
    if not word:
        return LEFT_OUT, "ไม่มีหัวตาราง"
    if word in AGENCY_HEADS:
        return "agency", f"หัวตาราง “{head}”"
    role = _BY_HEAD.get(word) or _BY_HEAD.get(_BARE.sub("", word))
    if role == "level" and not _has_words(grid, place):
        role = "total" if _has_scores(grid, place) else LEFT_OUT
    if role:
        return role, f"หัวตาราง “{head}”"
    if word in _RUNNING or not _has_scores(grid, place):
        return LEFT_OUT, "เลขลำดับของแถว" if word in _RUNNING else "ไม่ใช่ช่องคะแนน"
    return _scored(head, framework)


_BARE = re.compile(r"\(.*?\)|ประจำปี.*|ปีงบประมาณ.*|(?<=.)25[4-9]\d$")


def _scored(head: str, framework: Framework | None) -> tuple[str, str]:
    """Say which score of the framework a column holds."""
    if framework is None:
        return LEFT_OUT, "ไม่มีกรอบของปีนี้ จึงไม่รู้ว่าเป็นคะแนนใด"
    word = fold(head)
    item = next((code for part in head.split() if (code := read_item_code(part))), None)
    if item and framework.item(item):
        return f"item:{item}", f"รหัสข้อ {item} ของกรอบ {framework.id}"
    named = next((one for one in framework.indicators if fold(one.name_th) in word), None)
    found = _INDICATOR.fullmatch(to_arabic(word))
    code = next((part for part in reversed(to_arabic(head).split()) if framework.indicator(part.strip(".()"))), "")
    if found and framework.indicator(found[1]):
        return f"indicator:{found[1]}", f"ตัวชี้วัดที่ {found[1]} ของกรอบ {framework.id}"
    if code and "ตัวชี้วัด" in word:
        return f"indicator:{code.strip('.()')}", f"เลข {code} ใต้หัว “ตัวชี้วัด”"
    if named:
        return f"indicator:{named.code}", f"ชื่อตัวชี้วัดที่ {named.code} ของกรอบ {framework.id}"
    instrument = next((one for one in framework.instruments if fold(one.code) in word), None)
    if instrument:
        return f"instrument:{instrument.code}", f"ชื่อเครื่องมือ {instrument.code}"
    return LEFT_OUT, f"ไม่พบในกรอบ {framework.id}"


def _has_scores(grid: Grid, place: int) -> bool:
    texts = [text for text in grid.column(place)[:200] if text]
    return bool(texts) and sum(read_score(text) is not None for text in texts) * 2 >= len(texts)


def _has_words(grid: Grid, place: int) -> bool:
    texts = [text for text in grid.column(place)[:200] if text]
    return not texts or sum(read_score(text) is None for text in texts) * 2 >= len(texts)


def _with_names(guesses: Sequence[Guess]) -> list[Guess]:
    """Take the provinces for the names where no column has agencies: a table of means, which is checked only."""
    if any(guess.role in ("agency", "code") for guess in guesses):
        return list(guesses)
    reason = "ไม่มีช่องหน่วยงาน จึงใช้จังหวัดเป็นชื่อแถว"
    return [replace(one, role="agency", reason_th=reason) if one.role == "province" else one for one in guesses]


# --- by the figures -------------------------------------------------------------------------------------------------
def _numbers(grid: Grid, place: int) -> list[Decimal | None]:
    return [read_score(text) for text in grid.column(place)]


def _with_points(grid: Grid, guesses: Sequence[Guess], framework: Framework | None) -> list[Guess]:
    """Take instrument columns for weighted points where no figure is above the weight: 28.04 of 30."""
    weights = {f"instrument:{one.code}": one.weight_pct for one in framework.instruments} if framework else {}
    made = []
    for place, guess in enumerate(guesses):
        weight = weights.get(guess.role)
        known = [number for number in _numbers(grid, place) if number is not None] if weight else []
        if weight and known and max(known) <= weight:
            role = guess.role.replace("instrument:", "points:")
            guess = replace(guess, role=role, reason_th=f"ไม่มีค่าใดเกินน้ำหนัก {weight} จึงเป็นคะแนนถ่วงน้ำหนัก")
        made.append(guess)
    return made


def _with_rank(grid: Grid, guesses: Sequence[Guess]) -> list[Guess]:
    """Take a running number for a rank where the rows stand in the order of their scores."""
    total = next((at for at, guess in enumerate(guesses) if guess.role == "total"), None)
    running = next((at for at, guess in enumerate(guesses) if fold(guess.head) in _RUNNING), None)
    has_rank = any(guess.role == "rank" for guess in guesses)
    if total is None or running is None or has_rank or not _falls(_numbers(grid, total)):
        return list(guesses)
    reason = "เลขลำดับ และแถวเรียงจากคะแนนมากไปน้อย จึงเป็นอันดับ"
    return [replace(one, role="rank", reason_th=reason) if at == running else one for at, one in enumerate(guesses)]


def _falls(scores: Sequence[Decimal | None]) -> bool:
    """Whether scores fall from row to row, nearly everywhere, and are not all equal."""
    known = [score for score in scores if score is not None]
    pairs = list(pairwise(known))
    is_sorted = len(pairs) >= _FEW and sum(one >= other for one, other in pairs) >= len(pairs) * _ORDERED_SHARE
    return is_sorted and known[0] > known[-1]


# --- as a person says -----------------------------------------------------------------------------------------------
def changed(grid: Grid, proposed: Reading, said: Mapping[str, object], framework: Framework | None) -> Reading:
    """Give a mapping with what a person said: ``columns`` by letter or head, ``year``, ``province``, ``rank_within``.

    Raises FileUnusable for a column or role that there is none of.
    """
    roles = list(proposed.roles)
    columns = said.get("columns") or {}
    if not isinstance(columns, Mapping):
        raise _wrong("columns", "ต้องเป็นคู่ ช่อง: ความหมาย")
    for name, role in columns.items():
        roles[_named(grid, str(name))] = _role(str(role or ""), framework)
    year, within = said.get("year", proposed.year_be), str(said.get("rank_within") or proposed.within)
    if within not in RANKED_WITHIN:
        raise _wrong(within, f"rank_within ใช้ได้เพียง {', '.join(RANKED_WITHIN)}")
    if year is not None and (not isinstance(year, int) or not 2500 <= year <= 2700):
        raise _wrong(str(year), "year ต้องเป็นปี พ.ศ. เช่น 2567")
    return Reading(tuple(roles), year, str(said.get("province") or proposed.province), within)


def _named(grid: Grid, name: str) -> int:
    letters = [letter_of(at) for at in range(len(grid.heads))]
    places = [at for at, head in enumerate(grid.heads) if fold(head) == fold(name)]
    if name.upper() in letters:
        return letters.index(name.upper())
    if len(places) == 1:
        return places[0]
    raise _wrong(name, f"ไม่มีช่องนี้ในตาราง ใช้ {letters[0]} ถึง {letters[-1]} หรือหัวตารางที่ไม่ซ้ำ")


def _role(role: str, framework: Framework | None) -> str:
    if role in known_roles(framework):
        return role
    plain = ", ".join(PLAIN_ROLES)
    raise _wrong(role, f"ความหมายที่ใช้ได้คือ {plain}, instrument:IIT, points:IIT, indicator:9, item:O12 ตามกรอบของปี")


def _wrong(what: str, mend_th: str) -> FileUnusable:
    return FileUnusable(f"the mapping is wrong: {what}", message_th=f"การจับคู่ช่องใช้ไม่ได้: {what}", mend_th=mend_th)
