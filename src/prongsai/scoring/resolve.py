"""Hold what a file says against the framework: the place of each score, and whether it may stand there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from prongsai.errors import Problem, Where
from prongsai.frameworks.model import Framework, Level
from prongsai.scoring.answers import question_scores
from prongsai.scoring.collect import clip
from prongsai.scoring.faults import fault
from prongsai.scoring.outline import ROOT, Key, Kind, Outline
from prongsai.scoring.scores import Entry, Given, Scores, Section
from prongsai.thai.text import fold

_LEAD = re.compile("^(ตัวชี้วัดย่อยที่|ตัวชี้วัดที่|ตัวชี้วัดย่อย|ตัวชี้วัด|เครื่องมือ|ข้อที่|ข้อ)")
_KINDS = {
    Section.INSTRUMENT: (Kind.INSTRUMENT,),
    Section.INDICATOR: (Kind.INDICATOR, Kind.SUB_INDICATOR),
    Section.ITEM: (Kind.ITEM,),
}
_MAX_KNOWN = 12


@dataclass(frozen=True, slots=True)
class Resolved:
    """The usable scores of an agency by place of the tree.

    places: where each score is printed, also the unusable ones. where: the agency's own place in the file.
    """

    given: Mapping[Key, Given]
    places: Mapping[Key, Where]
    level: Level | None
    where: Where
    problems: tuple[Problem, ...]

    @property
    def overall(self) -> Given | None:
        """The total as stated."""
        return self.given.get(ROOT)


def resolve(outline: Outline, scores: Scores) -> Resolved:
    """Give every score its place; what cannot stand there is a Problem and is left out, never mended."""
    problems: list[Problem] = []
    stated: dict[Key, list[Entry]] = {}
    for entry in scores.entries:
        key = _place(outline, entry)
        if key is None:
            problems.append(_unknown(outline, entry))
        else:
            stated.setdefault(key, []).append(entry)
    if scores.overall:
        stated[ROOT] = [scores.overall]
    given = {key: found for key, each in stated.items() if (found := _settle(outline, key, each, problems))}
    given.update(_questions(outline, scores, problems))
    level = _level(outline.framework, scores, problems)
    places = {key: each[0].where for key, each in stated.items()}
    return Resolved(given, places, level, scores.where, tuple(problems))


def find_level(framework: Framework, text: str) -> Level | None:
    """Find a level by its code or name as printed; white space and the word ระดับ do not count."""
    name = fold(text).removeprefix("ระดับ")
    levels = (each for each in framework.levels if name in (fold(each.code), fold(each.name_th)))
    return next(levels, None)


def _place(outline: Outline, entry: Entry) -> Key | None:
    name = fold(entry.code)
    key = outline.names.get(name) or outline.names.get(_LEAD.sub("", name))
    allowed = _KINDS[entry.section] if entry.section else None
    if allowed is None or (key and key[0] in allowed):
        return key
    # A section can tell an item from an indicator that is called the same.
    return next(((kind, entry.code) for kind in allowed if (kind, entry.code) in outline.spots), None)


def _unknown(outline: Outline, entry: Entry) -> Problem:
    kinds = _KINDS[entry.section] if entry.section else (Kind.INDICATOR,)
    known = [spot.code for spot in outline.spots.values() if spot.kind in kinds]
    shown = ", ".join(known[:_MAX_KNOWN]) + (", …" if len(known) > _MAX_KNOWN else "")
    return fault(
        "SCORE_UNKNOWN_CODE",
        entry.where,
        evidence=(clip(entry.code),),
        framework=outline.framework.id,
        code=clip(entry.code),
        known=shown,
    )


def _settle(outline: Outline, key: Key, entries: list[Entry], problems: list[Problem]) -> Given | None:
    """Give the one score of a place, None when there is none, it is not allowed, or two disagree."""
    with_value = [(entry, entry.value) for entry in entries if entry.value is not None]
    if not with_value:
        return None
    first, value = with_value[0]
    code = key[1]
    for other, second in with_value[1:]:
        same = second == value
        problems.append(
            fault(
                "SCORE_REPEATED" if same else "SCORE_DUPLICATE",
                other.where,
                evidence=(str(value), str(second)),
                code=code,
                first=value,
                second=second,
            )
        )
        if not same:
            return None
    problem = _refusal(outline, key, first, value)
    if problem:
        problems.append(problem)
        return None
    return Given(Fraction(value), first.where, printed=key[0] is not Kind.ITEM)


def _refusal(outline: Outline, key: Key, entry: Entry, value: Decimal) -> Problem | None:
    code, text, places = key[1], clip(str(value)), outline.framework.decimals
    if not 0 <= value <= 100:
        return fault("SCORE_OUT_OF_RANGE", entry.where, evidence=(text,), code=code, text=text)
    if value != round(value, places):
        return fault("SCORE_PRECISION", entry.where, evidence=(text,), code=code, text=text, places=places)
    scores = outline.allowed[code] if key[0] is Kind.ITEM else None
    if scores is not None and value not in scores:
        allowed = ", ".join(str(each) for each in scores)
        return fault("SCORE_ITEM_NOT_ALLOWED", entry.where, evidence=(text,), code=code, text=text, allowed=allowed)
    return None


def _questions(outline: Outline, scores: Scores, problems: list[Problem]) -> dict[Key, Given]:
    if not scores.replies:
        return {}
    found, faults = question_scores(outline, scores.replies)
    problems.extend(faults)
    return {
        (Kind.QUESTION, score.code): Given(score.value, scores.where, printed=False, respondents=score.respondents)
        for score in found.values()
    }


def _level(framework: Framework, scores: Scores, problems: list[Problem]) -> Level | None:
    if scores.level is None:
        return None
    level = find_level(framework, scores.level.text)
    if level is None:
        known = ", ".join(each.name_th for each in framework.levels)
        text = clip(scores.level.text)
        problems.append(
            fault(
                "LEVEL_UNKNOWN",
                scores.level.where,
                evidence=(text,),
                framework=framework.id,
                text=text,
                known=known,
            )
        )
    return level
