"""Which indicator, issue or item a printed title means: spelling, spaces, digits and a few words may differ."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

from prongsai.frameworks.model import Framework, Indicator, Issue, Item
from prongsai.thai.numerals import read_item_code, to_arabic
from prongsai.thai.text import fold

Thing = TypeVar("Thing")

LIKE_ENOUGH = 0.72
_CODE_BONUS = 0.08
# A head of a definition ("โครงสร้าง : แผนผัง …") counts as the title only when it is this long.
_HEAD_LETTERS = 8

_INDICATOR_HEAD = re.compile(r"\s*ตัวชี้วัด(?:ย่อย)?(?:ที่)?\s*(?P<code>\d{1,2}(?:\s*\.\s*\d{1,2})?)?[\s.:)-]*")
_ISSUE_HEAD = re.compile(r"\s*(?:ประเด็น(?:ที่)?\s*(?P<code>\d{1,2})?|(?P<bare>\d{1,2})\s*[.)])[\s.:)-]*")
_SCORE_TAIL = re.compile(r"\s*(?:ได้)?(?:คะแนน|เท่ากับ).*$", re.DOTALL)


def match_indicator(framework: Framework, title: str) -> tuple[Indicator, float] | None:
    """Find the indicator or sub-indicator that a title means; likeness 0–1, 1.0 for a bare number that exists.

    The number in front ("ตัวชี้วัดที่ ๘") only decides between titles that are equally like, or when nothing follows it.
    """
    code, name = _parted(_INDICATOR_HEAD, title)
    name = _SCORE_TAIL.sub("", name)
    if not fold(name):
        numbered = framework.indicator(code.replace(" ", "")) if code else None
        return (numbered, 1.0) if numbered else None
    names = [(each, (each.name_th, *each.aliases), each.code == code) for each in framework.indicators]
    return _best(name, names)


def match_issue(framework: Framework, title: str) -> tuple[Issue, float] | None:
    """Find the improvement issue that a title means; likeness 0–1. A wrong number in front does not mislead it."""
    code, name = _parted(_ISSUE_HEAD, title)
    if not fold(name):
        numbered = next((each for each in framework.issues if str(each.no) == code), None)
        return (numbered, 1.0) if numbered else None
    return _best(name, [(each, (each.name_th,), str(each.no) == code) for each in framework.issues])


def match_item(framework: Framework, code: str | None, title: str | None) -> tuple[Item, float] | None:
    """Find the item that a printed code and title mean; likeness 0–1 of the title.

    code as printed (``๐๓``, ``o12``) or None. The title decides, since codes are misread more often; without a title
    the code alone gives 1.0.
    """
    read = read_item_code(code) if code else None
    if not title or not fold(title):
        coded = framework.item(read or (code or "").strip())
        return (coded, 1.0) if coded else None
    return _best(title, [(each, (each.title_th,), each.code == (read or code)) for each in framework.items])


def _parted(head: re.Pattern[str], title: str) -> tuple[str, str]:
    """Part a title from the number in front of it."""
    plain = to_arabic(title)
    found = head.match(plain)
    if not found:
        return "", title.strip()
    groups = found.groupdict()
    code = groups.get("code") or groups.get("bare") or ""
    return code.replace(" ", ""), title[found.end() :].strip()


def _best(title: str, candidates: Iterable[tuple[Thing, Sequence[str], bool]]) -> tuple[Thing, float] | None:
    scored = [(_likeness(title, names), coded, thing) for thing, names, coded in candidates]
    if not scored:
        return None
    likeness, _, thing = max(scored, key=lambda each: each[0] + _CODE_BONUS * each[1])
    return (thing, likeness) if likeness >= LIKE_ENOUGH else None


def _likeness(title: str, names: Sequence[str]) -> float:
    whole, head = fold(title), fold(re.split(r"[:：\n]", title, maxsplit=1)[0])
    return max(max(_ratio(whole, fold(name)), _ratio(head, fold(name)), _leading(whole, fold(name))) for name in names)


def _ratio(one: str, other: str) -> float:
    return round(fuzz.ratio(one, other) / 100, 4)


def _leading(text: str, name: str) -> float:
    """Compare a name with the beginning of a longer text, a little below a whole title."""
    if len(name) < _HEAD_LETTERS or len(text) <= len(name):
        return 0.0
    return round(0.95 * fuzz.ratio(text[: len(name)], name) / 100, 4)
