"""Frequent misspellings of official print, words printed twice, and marks that no Thai consonant can carry.

The list is data (``data/misspellings.yaml``). A finding is a hint for a person; nothing is mended.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from prongsai.thai.segmentation import words


class Rule(NamedTuple):
    """One misspelling. unless: words in which the wrong form is right."""

    wrong: str
    right: str
    unless: tuple[str, ...]


class Misspelling(NamedTuple):
    """A finding: text[start:end] is ``wrong``. kind: ``term`` of the list, or ``doubled`` words."""

    start: int
    end: int
    wrong: str
    right: str
    kind: Literal["term", "doubled"]


class Cluster(NamedTuple):
    """A consonant with marks that cannot stand on it, at text[start:end]; why, in English and Thai."""

    start: int
    end: int
    text: str
    why: str
    why_th: str


_CONTEXT = 30  # characters on both sides that the word breaker sees
_THAI_RUN = re.compile("[ก-๎]{1,20}")
_DOING = "การ"  # opens a noun of action
_ABOVE_OR_BELOW = "ะ-ฺ็-๎"  # what may not follow a whole word: it would belong to its last consonant
_INSIDE = re.compile(f"[{_ABOVE_OR_BELOW}]")
# A run of five letters or more printed twice in a row, the second ending where a syllable can end.
_TWICE = re.compile(f"(?P<once>[ก-ฮเ-ไ][ก-ฺเ-๎]{{4,23}})(?P=once)(?![{_ABOVE_OR_BELOW}])")


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Give the list of misspellings."""
    import yaml  # noqa: PLC0415  # reason: only the first look for misspellings should pay

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load((files("prongsai.thai") / "data" / "misspellings.yaml").read_text(encoding="utf-8"), loader)
    return tuple(Rule(row["wrong"], row["right"], tuple(row.get("unless", ()))) for row in rows)


def find_misspellings(text: str) -> list[Misspelling]:
    """Find listed misspellings and doubled words, in order; of overlapping ones the longest first."""
    found = [*_listed(text), *_doubled(text)]
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[Misspelling] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _listed(text: str) -> Iterator[Misspelling]:
    for rule in rules():
        start = text.find(rule.wrong)
        while start >= 0:
            end = start + len(rule.wrong)
            if not (_INSIDE.match(text, end) or _excused(text, start, end, rule) or _next_word(text, end, rule)):
                yield Misspelling(start, end, rule.wrong, rule.right, "term")
            start = text.find(rule.wrong, end)


def _excused(text: str, start: int, end: int, rule: Rule) -> bool:
    """Whether the place lies inside a word in which the wrong form is right, or inside the right form itself."""
    for word in (*rule.unless, rule.right):
        at = word.find(rule.wrong)
        while at >= 0:
            if text.startswith(word, start - at) and start >= at:
                return True
            at = word.find(rule.wrong, at + 1)
    return False


def _next_word(text: str, end: int, rule: Rule) -> bool:
    """Whether the end of the wrong form begins the next word: ขั้นตอน|นโยบาย, สถาน|การคลัง are right."""
    tail = _tail(rule)
    after = _THAI_RUN.match(text, end) if tail else None
    return after is not None and _begins_word(text[end - tail : end], after[0])


@lru_cache(maxsize=1024)
def _begins_word(tail: str, after: str) -> bool:
    """Whether letters and what follows them are words, and no worse ones than what follows alone."""
    joined = words(tail + after)
    if len(joined[0]) <= len(tail) or not _is_word(joined[0]):
        return False
    return _letters_of_no_word(joined) <= _letters_of_no_word(words(after))  # พัสดุน|บน: นบ|น leaves a letter over


def _letters_of_no_word(pieces: Iterable[str]) -> int:
    return sum(len(piece) for piece in pieces if not _is_word(piece))


def _is_word(piece: str) -> bool:
    return len(piece) > 1 and piece in _dictionary()


def _tail(rule: Rule) -> int:
    """Count the letters at the end of a wrong form that may belong to the next word: a letter too many, or การ."""
    if rule.wrong[:-1] == rule.right:
        return 1
    return len(_DOING) if rule.wrong.endswith(_DOING) and not rule.right.endswith(_DOING) else 0


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    from pythainlp.corpus import thai_words  # noqa: PLC0415  # reason: only a doubtful place should pay

    return frozenset(thai_words())


def _doubled(text: str) -> Iterator[Misspelling]:
    for found in _TWICE.finditer(text):
        if _whole_words(text, found.start(), found.end("once"), found.end()):
            yield Misspelling(*found.span(), found[0], found["once"], "doubled")


def _whole_words(text: str, start: int, middle: int, end: int) -> bool:
    """Whether words begin and end at all three places: ดำเนินการในการให้ holds น|การใ twice and is right."""
    first, last = max(start - _CONTEXT, 0), end + _CONTEXT
    edges, at = {first}, first
    for word in words(text[first:last]):
        prefix = next((p for p in ("การ", "ความ") if word.startswith(p)), "")
        at += len(word)
        edges |= {at, at - len(word) + len(prefix)}
    return {start, middle, end} <= edges


_CONSONANTS = "ก-ฮ"
_CLUSTER = re.compile("(?P<base>[ก-ฮ]?)(?P<marks>[ัิ-ฺ็-๎]+)")
_VOWELS, _TONES, _MIDDLE = frozenset("ัิีึืฺุู็ํ"), frozenset("่้๊๋"), frozenset("กจดตฎฏบปอ")
_SECOND = frozenset("รลวยนมง")  # second consonant of a cluster: the tone is ruled by the first
_SILENT_MAY_HAVE = frozenset("ิุ")  # สิทธิ์ พันธุ์


def _why(before: str, base: str, marks: str) -> tuple[str, str] | None:
    vowels = [mark for mark in marks if mark in _VOWELS]
    tones = [mark for mark in marks if mark in _TONES]
    if not base:
        return "a mark without a consonant", "เครื่องหมายไม่มีพยัญชนะรองรับ"
    if len(set(marks)) < len(marks):
        return "the same mark twice", "เครื่องหมายซ้ำ"
    if len(vowels) > 1:
        return "two vowels on one consonant", "สระสองตัวบนพยัญชนะเดียว"
    if len(tones) > 1:
        return "two tone marks on one consonant", "วรรณยุกต์สองตัวบนพยัญชนะเดียว"
    if "์" in marks and (tones or set(vowels) - _SILENT_MAY_HAVE):
        return "a silenced consonant with another mark", "การันต์ร่วมกับเครื่องหมายอื่น"
    if set(tones) & set("๊๋") and base not in _MIDDLE and not (base in _SECOND and before in _MIDDLE):
        return "this tone mark stands on middle consonants only", "วรรณยุกต์นี้ใช้กับอักษรกลางเท่านั้น"
    return None


def impossible_clusters(text: str) -> list[Cluster]:
    """Find consonants with marks that cannot stand on them, such as ``แก้้`` or ``นี๋``, in order."""
    found: list[Cluster] = []
    for match in _CLUSTER.finditer(text):
        before = text[match.start() - 1] if match.start() else ""
        why = _why(before, match["base"], match["marks"])
        if why:
            found.append(Cluster(*match.span(), match[0], *why))
    return found
