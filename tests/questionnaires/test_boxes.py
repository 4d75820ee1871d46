"""No answer makes a longer box than any other: what a questionnaire allows at most fits into the length of all."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from prongsai.privacy.seal.boxes import seal_value
from prongsai.privacy.seal.keys import new_pair
from prongsai.questionnaires.model import TEXT_LETTERS_MAX, Questionnaire, QuestionType
from prongsai.questionnaires.sheet import Sheet, field_of, read
from tests.web.surveys import asked

LENGTH_BYTES = 4  # of what is in a box, in the box
AGE_VARIES = 512  # bytes that age adds by chance, whatever is in it
letters = st.sampled_from(
    ["ก", '"', "\\", "\n", "\t", "\x00", "\x01", "\x1f", "\x7f", "😀", "\u2028", "\ud800", "ำ่", "a"]
)


def longest(text: Questionnaire, letter: str) -> Sheet:
    """Answer everything, each question with its longest answer."""
    sent: dict[str, list[str]] = {}
    for question in text.questions:
        options = sorted((one.key for one in text.options_of(question)), key=len)
        for row in question.rows or [None]:
            name = field_of(question, row.key if row else "")
            if question.type is QuestionType.TEXT:
                sent[name] = [(letter * TEXT_LETTERS_MAX)[:TEXT_LETTERS_MAX]]
            else:
                sent[name] = options if question.type is QuestionType.MULTI else options[-1:]
    sent["q-s1"] = ["1"]  # by which one more is asked
    sheet, faults = read(text, sent)
    assert not faults
    return sheet


@given(letters)
def test_longest_answers_fit_into_the_length_of_all(letter: str) -> None:
    text = asked.text()
    plain = json.dumps(longest(text, letter).plain, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(plain) + LENGTH_BYTES <= text.box_bytes


def test_keys_of_any_length_fit() -> None:
    text = asked.text()
    plain = json.loads(json.dumps(text.plain).replace('"seat"', f'"{"ก" * 40}"').replace('"slow"', f'"{"s" * 300}"'))
    named = Questionnaire.model_validate(plain)
    assert (
        len(json.dumps(longest(named, "😀").plain, ensure_ascii=False, separators=(",", ":")).encode())
        <= named.box_bytes
    )


def test_box_of_an_empty_sheet_is_as_long_as_that_of_the_longest() -> None:
    text, to = asked.text(), new_pair().recipient
    short, long = (
        [len(seal_value(one.plain, to, pad=text.box_bytes)) for _ in range(20)]
        for one in (Sheet(), longest(text, "😀"))
    )
    assert max(short + long) - min(short + long) < AGE_VARIES
