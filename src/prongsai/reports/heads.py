"""What each column of a table holds, told from its head by likeness, never by an equal text alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.resources import files

import yaml
from rapidfuzz import fuzz

from prongsai.documents.model import Row
from prongsai.reports.boxes import BOXES, is_status_label, status_of
from prongsai.thai.dates import month_number
from prongsai.thai.numerals import read_score, to_arabic
from prongsai.thai.text import fold, squeeze


class Role(StrEnum):
    """The role of a column; the wordings of each are data (``reports/data/heads.yaml``)."""

    NUMBER = "number"
    INSTRUMENT = "instrument"
    SCORE = "score"
    CODE = "code"
    ITEM = "item"
    INDICATOR = "indicator"
    TOPIC = "topic"
    MEASURE = "measure"
    STEPS = "steps"
    GUIDANCE = "guidance"
    PERIOD = "period"
    START = "start"
    END = "end"
    RESPONSIBLE = "responsible"
    RESULT = "result"
    OUTCOME = "outcome"
    NOTES = "notes"
    PRIOR_ACTION = "prior_action"
    RECOMMENDATION = "recommendation"
    DUE = "due"
    ACTUAL = "actual"
    PROGRESS = "progress"
    STATUS = "status"
    WEAKNESS = "weakness"
    FOLLOW_UP = "follow_up"


NO_FIELD = "no_field"
LIKENESS_MIN = 0.62
STRONG = 0.85
NEAR_BEST = 0.15
OPENING = 0.84  # below STRONG: a cell of data may open like a head
_OPENS = "*"
HEAD_LENGTH_MAX = 90
_NOISE = re.compile(r"[\W_]|พ\.?ศ\.?|25\d\d")
_YEAR = re.compile(r"25\d\d")
_DASHES = frozenset("-–—")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_LISTED = re.compile(r"(?:[-–—•]|\(?\d{1,2}[.)])\s*\S")
_COUNTED = re.compile(r"^\(?[0-9๐-๙]{1,2}[.)]\)?\s*")
_QUARTER = re.compile(r"(?:ไตรมาส(?:ที่)?|q|เดือน(?:ที่)?|สัปดาห์(?:ที่)?)\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head as printed, the role it most likely has, and how likely (0–1). No role: kept as it is."""

    head: str
    role: Role | None
    likeness: float


@dataclass(frozen=True)
class Head:
    """The columns of a table, in printed order."""

    columns: tuple[Column, ...]

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that occur."""
        return frozenset(column.role for column in self.columns if column.role)

    @cached_property
    def confidence(self) -> float:
        """The mean likeness of the columns that have a head."""
        named = [column.likeness for column in self.columns if column.head]
        return sum(named) / len(named) if named else 0.0

    def index(self, role: Role) -> int | None:
        """Give the 0-based place of a role."""
        return next((place for place, column in enumerate(self.columns) if column.role is role), None)


@lru_cache(maxsize=1)
def _wordings() -> tuple[tuple[Role | None, str, bool], ...]:
    """Give every wording with its role and whether it only opens a head; columns without a field have no role."""
    text = files("prongsai.reports").joinpath("data/heads.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(
        (None if role == NO_FIELD else Role(role), _bare(phrase), phrase.endswith(_OPENS))
        for role, phrases in data.items()
        for phrase in map(str, phrases)
    )


def _bare(head: str) -> str:
    return _NOISE.sub("", fold(head)).replace("_", "")


@lru_cache(maxsize=4096)
def likenesses(head: str) -> tuple[tuple[float, Role], ...]:
    """Give every role with its likeness to a head, best first; none when it names a column without a field."""
    found = _likenesses(head)
    best = found.get(None, 0.0)
    roles = [(value, role) for role, value in found.items() if role is not None]
    return (
        () if best > LIKENESS_MIN and best >= max(found.values()) else tuple(sorted(roles, key=lambda pair: -pair[0]))
    )


@lru_cache(maxsize=4096)
def _likenesses(head: str) -> dict[Role | None, float]:
    """Compare a head with every wording, also without what stands in parentheses at its end ("ผลผลิต (Output)")."""
    if names_time(head):
        return {None: 1.0}
    best = _compared(_bare(head))
    short = without_aside(head)
    if short and short != head:
        for role, value in _compared(_bare(short)).items():
            best[role] = max(best.get(role, 0.0), 0.98 * value)
    return best


def without_aside(head: str) -> str:
    """Give a head without its own number and without what stands in parentheses at its end."""
    return _ASIDE.sub("", _COUNTED.sub("", head)).strip()


def names_time(head: str) -> bool:
    """Whether a head only names a month, a week or a quarter, as those of a calendar of work do."""
    bare = squeeze(_YEAR.sub("", to_arabic(head)).replace("พ.ศ.", "")).strip("./")
    return month_number(bare.rstrip("0123456789")) is not None or _QUARTER.fullmatch(bare) is not None


def _compared(bare: str) -> dict[Role | None, float]:
    best: dict[Role | None, float] = {}
    opening: tuple[int, Role | None] = (0, None)
    if bare:
        for role, phrase, opens in _wordings():
            if opens and bare.startswith(phrase) and len(phrase) > opening[0]:
                opening = (len(phrase), role)
            best[role] = max(best.get(role, 0.0), 0.0 if opens else _likeness(bare, phrase))
    return _opened(best, opening[1]) if opening[0] else best


def _opened(best: dict[Role | None, float], role: Role | None) -> dict[Role | None, float]:
    """Prefer the role that the first words of a head name: in Thai the noun stands first, what narrows it follows."""
    least = {other: value if value == 1.0 else min(value, OPENING - 0.01) for other, value in best.items()}
    return least | {role: max(best.get(role, 0.0), OPENING)}


def _likeness(bare: str, phrase: str) -> float:
    if bare == phrase:
        return 1.0
    if len(phrase) < 3 or len(bare) < 3:
        return 0.0
    share = len(phrase) / len(bare)
    if bare.startswith(phrase):
        return 0.65 + 0.33 * share
    if phrase in bare:
        return 0.5 + 0.45 * share
    return 0.95 * fuzz.ratio(bare, phrase) / 100


def read_head(row: Row) -> Head | None:
    """Read a row as the head of a table; None when it is no head.

    A head has at least two cells, none long, a bare number or a dash, none with a box or as an item of a list, at least
    half of them like a known wording and one of them strongly.
    """
    if any(line.mark in BOXES or line.text in _DASHES for cell in row.cells for line in cell.lines):
        return None
    texts = [cell.text for cell in row.cells]
    named = [text for text in texts if text]
    if len(set(named)) < 2 or any(
        len(without_aside(text)) > HEAD_LENGTH_MAX or read_score(text) is not None for text in named
    ):
        return None
    if _is_list(named) or not any(found[0][0] >= STRONG for found in map(likenesses, named) if found):
        return None
    columns = assign(texts)
    statuses = statuses_in(texts)
    known = [column for column in columns if column.role or column.head in statuses]
    sure = [column for column in known if column.likeness >= STRONG and not is_status_label(column.head)]
    return Head(columns) if len(known) >= max(2, len(named) / 2) and sure else None


def _is_list(texts: Sequence[str]) -> bool:
    """Whether some cells, not all, open as an item of a list does: heads may be counted, each of them."""
    marked = sum(_LISTED.match(to_arabic(text)) is not None for text in texts)
    return 0 < marked < len(texts)


def statuses_in(texts: Sequence[str]) -> frozenset[str]:
    """Give the heads that are labels of a status each ("แล้วเสร็จ", "อยู่ระหว่างดำเนินการ"): two columns at least."""
    labels = {text: status_of(text) for text in texts if is_status_label(text)}
    return frozenset(labels) if len(set(labels.values())) > 1 else frozenset()


def assign(texts: Sequence[str]) -> tuple[Column, ...]:
    """Make the columns of heads. Give each role to the head most like it, the newest year first; a role stands once."""
    statuses = statuses_in(texts)
    offers = sorted(
        (
            (-likeness, -newest_year(text), place, role)
            for place, text in enumerate(texts)
            if text not in statuses
            for likeness, role in _near_best(text)
        ),
        key=lambda offer: offer[:3],
    )
    taken: dict[int, tuple[Role, float]] = {}
    used: set[Role] = set()
    for minus_likeness, _, place, role in offers:
        if place not in taken and role not in used:
            taken[place] = (role, -minus_likeness)
            used.add(role)
    return tuple(
        Column(text, *taken[place])
        if place in taken
        else Column(text, None, 1.0 if text in statuses else _likeness_without_field(text))
        for place, text in enumerate(texts)
    )


def _likeness_without_field(head: str) -> float:
    """Give how sure it is that a column is one that no form has a field for."""
    return 0.0 if likenesses(head) else _likenesses(head).get(None, 0.0)


def _near_best(head: str) -> list[tuple[float, Role]]:
    """Give the roles that a head may have: likely ones, none much less likely than its best."""
    found = likenesses(head)
    least = max(LIKENESS_MIN, found[0][0] - NEAR_BEST) if found else 1.0
    return [(likeness, role) for likeness, role in found if likeness >= least]


def is_like_a_head(text: str) -> bool:
    """Whether a text is like a known wording, of whatever column."""
    return max(_likenesses(text).values(), default=0.0) >= LIKENESS_MIN


def newest_year(head: str) -> int:
    """Give the newest Buddhist year in a head, 0 when it names none."""
    years = _YEAR.findall(to_arabic(head))
    return max(map(int, years), default=0)
