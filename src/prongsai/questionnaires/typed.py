"""A filled-in sheet of paper as a clerk types it: the numbers of the options that were ticked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from prongsai.questionnaires.model import Questionnaire
from prongsai.questionnaires.places import Place, places_of
from prongsai.questionnaires.sheet import Fault, Sheet, read
from prongsai.thai.numerals import to_arabic

LEFT_OUT = "0"  # what is typed for a question that was left open, or where it cannot be told what was ticked
_ONE_DIGIT = 9  # up to so many options the numbers need nothing between them
_BETWEEN = re.compile(r"[\s,.;/+-]+")


def read_typed(questionnaire: Questionnaire, typed: Mapping[str, str]) -> tuple[Sheet, dict[str, Fault]]:
    """Read what was typed, field → numbers or words; give the sheet and, by field, what is wrong with it.

    A question that is asked and not marked as left out is missing: nobody can tell a slip of the finger from a gap.
    """
    sent: dict[str, list[str]] = {}
    left_out: set[str] = set()
    faults: dict[str, Fault] = {}
    for place in places_of(questionnaire):
        text = typed.get(place.field, "")
        if place.takes_words:
            sent[place.field] = [text]
        elif to_arabic(text).strip() == LEFT_OUT:
            left_out.add(place.field)
        else:
            chosen, is_known = _chosen(place, text)
            sent[place.field] = chosen
            if not is_known:
                faults[place.field] = Fault.UNKNOWN
    return _read(questionnaire, sent, left_out | _words_of(questionnaire), faults)


def _read(
    questionnaire: Questionnaire, sent: Mapping[str, list[str]], left_out: set[str], faults: dict[str, Fault]
) -> tuple[Sheet, dict[str, Fault]]:
    found = read(questionnaire, sent)[1] | faults
    found = {name: fault for name, fault in found.items() if fault is not Fault.MISSING or name not in left_out}
    return (Sheet(), found) if found else read(_relaxed(questionnaire), sent)


def _words_of(questionnaire: Questionnaire) -> set[str]:
    """Words that are not there were not written: a clerk sees that without a mark."""
    return {place.field for place in places_of(questionnaire) if place.takes_words}


def _chosen(place: Place, text: str) -> tuple[list[str], bool]:
    """Give the keys of the options that were typed, and whether each number is one of them."""
    numbers = [one for one in _BETWEEN.split(to_arabic(text).strip()) if one]
    if len(place.options) <= _ONE_DIGIT:
        numbers = list("".join(numbers))
    known = {number: option.key for number, option in place.numbered}
    return [known[one] for one in numbers if one in known], all(one in known for one in numbers)


def _relaxed(questionnaire: Questionnaire) -> Questionnaire:
    """Give the questionnaire with no question that must be answered: on paper some are left open."""
    sections = tuple(
        section.model_copy(
            update={"questions": tuple(one.model_copy(update={"is_required": False}) for one in section.questions)}
        )
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"sections": sections})
