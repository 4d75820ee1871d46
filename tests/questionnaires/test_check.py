"""What is wrong with a questionnaire: every code once, what is right passes, and what passes can be answered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import Severity
from prongsai.questionnaires.check import check, is_fit
from prongsai.questionnaires.faults import KINDS
from prongsai.questionnaires.load import load, ready_scales
from prongsai.questionnaires.model import (
    Aspect,
    Kind,
    Option,
    Question,
    Questionnaire,
    QuestionType,
    Row,
    Scale,
    Section,
    ShownIf,
    Words,
    questionnaire_from,
)
from prongsai.questionnaires.sheet import Sheet, field_of, read, sheet_from

YES_NO = ready_scales()["yes_no"].scale
FLAT = Scale(
    key="flat", options=(Option(key="1", label=Words(th="หนึ่ง"), value=1), Option(key="na", label=Words(th="ไม่มี")))
)
TWO = (Option(key="a", label=Words(th="ช้า")), Option(key="b", label=Words(th="เร็ว")))


def words(text: str) -> Words:
    return Words(th=text)


def rated(key: str = "q1", text: str = "สะดวกแค่ไหน", **more: Any) -> Question:
    return Question(key=key, type=QuestionType.SCALE, text=words(text), scale="yes_no", **more)


def chosen(key: str = "q2", text: str = "เพราะเหตุใด", **more: Any) -> Question:
    return Question(key=key, type=QuestionType.SINGLE, text=words(text), **{"options": TWO, **more})


def said(key: str = "q3", text: str = "ข้อเสนอแนะ", **more: Any) -> Question:
    return Question(key=key, type=QuestionType.TEXT, text=words(text), is_required=False, **more)


def matrix(key: str = "q4", **more: Any) -> Question:
    rows = (Row(key="a", text=words("ก่อน")), Row(key="b", text=words("หลัง")))
    return Question(key=key, type=QuestionType.MATRIX, text=words("ความรู้"), **{"rows": rows, "scale": "yes_no", **more})


def asking(*questions: Question, about: tuple[Question, ...] = (), **more: Any) -> Questionnaire:
    sections = [Section(key="s1", title=words("ความเห็น"), questions=questions)]
    if about:
        sections.append(Section(key="s2", title=words("ผู้ตอบ"), is_about=True, questions=about))
    given = {"kind": Kind.FREE, "title": words("ถามความเห็น"), "scales": [_thai(YES_NO)], "sections": sections}
    return Questionnaire.model_validate({**given, **more})


def _thai(scale: Scale) -> Scale:
    return Scale(
        key=scale.key, options=tuple(Option(key=o.key, label=words(o.label.th), value=o.value) for o in scale.options)
    )


OF = ShownIf(question="q1", answers=("yes",))
OPTIONAL = {"is_required": False}
FAULTY = {
    "QUESTIONNAIRE_EMPTY": asking(),
    "QUESTIONNAIRE_NOT_RATED": asking(said(), about=(chosen(text="เพศ", **OPTIONAL),)),
    "QUESTIONNAIRE_NO_THAI": asking(rated(text=" ")),
    "QUESTIONNAIRE_HALF_ENGLISH": asking(rated(), title=Words(th="ถาม", en="Asked")),
    "QUESTIONNAIRE_BAD_KEY": asking(rated("Q-1")),
    "QUESTIONNAIRE_KEY_TWICE": asking(rated("q1"), chosen("q1")),
    "QUESTIONNAIRE_NO_SCALE": asking(rated(), scales=()),
    "QUESTIONNAIRE_SCALE_SHORT": asking(Question(key="q", type="scale", text=words("ก"), scale="flat"), scales=(FLAT,)),
    "QUESTIONNAIRE_FEW_OPTIONS": asking(chosen(options=TWO[:1])),
    "QUESTIONNAIRE_OPTION_TWICE": asking(chosen(options=(TWO[0], Option(key="c", label=words("ช้า "))))),
    "QUESTIONNAIRE_NO_ROWS": asking(matrix(rows=())),
    "QUESTIONNAIRE_UNFIT_PART": asking(rated(options=TWO)),
    "QUESTIONNAIRE_UNKNOWN_ASPECT": asking(rated(aspect="staff")),
    "QUESTIONNAIRE_CONDITION_QUESTION": asking(chosen(shown_if=OF), rated()),
    "QUESTIONNAIRE_CONDITION_ANSWER": asking(rated(), chosen(shown_if=ShownIf(question="q1", answers=("yes", "maybe")))),
    "QUESTIONNAIRE_CONDITION_ABOUT": asking(rated(), about=(chosen(text="เพศ", shown_if=OF, **OPTIONAL),)),
    "QUESTIONNAIRE_CONDITION_TEXT": asking(rated(), said(shown_if=OF)),
    "QUESTIONNAIRE_ABOUT_MATRIX": asking(rated(), about=(matrix(**OPTIONAL),)),
    "QUESTIONNAIRE_ABOUT_ELSEWHERE": asking(rated(), chosen(text="เพศ")),
    "QUESTIONNAIRE_ABOUT_REQUIRED": asking(rated(), about=(chosen(text="เพศ"),)),
    "QUESTIONNAIRE_MANY_TEXTS": asking(rated(), *(said(f"t{n}") for n in range(4))),
    "QUESTIONNAIRE_LONG": asking(*(rated(f"q{n}", f"คำถาม {n}") for n in range(31))),
    "QUESTIONNAIRE_STEERING": asking(rated(), intro=words("กรุณาให้ ๕")),
    "QUESTIONNAIRE_ASKS_WHO": asking(rated(), said(text="ชื่อและเบอร์โทรศัพท์")),
    "QUESTIONNAIRE_PERSONAL": asking(chosen(options=(TWO[0], Option(key="c", label=words("โทร 081-234-5678"))))),
}  # fmt: skip
RIGHT = {
    "all types": asking(rated(), chosen(shown_if=OF), said(), matrix(), about=(chosen("q9", "เพศ", **OPTIONAL),)),
    "an aspect": asking(rated(aspect="staff"), aspects=(Aspect(key="staff", name=words("เจ้าหน้าที่")),)),
    "Thai alone, on a ready scale": asking(rated(), scales=(YES_NO,)),
    "three texts": asking(rated(), said("t1"), said("t2"), said("t3")),
    "a way to reach the office": asking(rated(), thanks=words("สอบถามได้ที่ โทร 0 3651 2345")),
    "a warning not to name people": asking(rated(), said(help=words("อย่าใส่ชื่อ-สกุล หรือเบอร์โทรศัพท์"))),
}  # fmt: skip


@pytest.mark.parametrize("code", KINDS)
def test_every_fault_is_found_with_its_mend_in_both_languages(code):
    found = [one for one in check(FAULTY[code]) if one.code == code]
    assert found
    assert found[0].severity is KINDS[code].severity
    assert all((one.message, one.message_th, one.mend, one.mend_th) for one in found)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_has_no_fault(name):
    assert check(RIGHT[name]) == ()


def test_condition_on_a_question_about_oneself_would_tie_both_together():
    about = Section(key="s0", title=words("ผู้ตอบ"), is_about=True, questions=(chosen("q1", "เพศ", **OPTIONAL),))
    opinion = Section(
        key="s1", title=words("ความเห็น"), questions=(rated("q2", shown_if=ShownIf(question="q1", answers=("a",))),)
    )
    codes = {one.code for one in check(asking(sections=(about, opinion)))}
    assert codes == {"QUESTIONNAIRE_CONDITION_ABOUT"}


def test_condition_leads_neither_to_words_nor_from_the_group():
    of_group = ShownIf(question="group_question", answers=("1",))
    grouped = asking(rated(shown_if=of_group), group_question=words("ท่านใช้บริการใด"))
    assert [one.code for one in check(grouped)] == ["QUESTIONNAIRE_CONDITION_QUESTION"]
    (told,) = check(asking(rated(), said(shown_if=OF)))
    assert (told.code, told.severity) == ("QUESTIONNAIRE_CONDITION_TEXT", Severity.ERROR)
    assert "ข้อที่ตอบเป็นข้อความต้องถามทุกคน" in told.message_th


def test_steering_is_an_error_where_an_official_survey_is_practised():
    steering = asking(rated(), intro=words("เพื่อให้คะแนน ITA ของเราสูง"))
    assert is_fit(steering)
    assert not is_fit(steering.model_copy(update={"kind": Kind.PRACTICE_EIT}))


def test_steering_is_quoted_as_it_was_written():
    found = check(asking(rated(), intro=words("ทุกท่าน กรุณาให้ ๕ คะแนน ทุกข้อ")))
    assert found[0].evidence == ("กรุณาให้ ๕ คะแนน",)


def test_place_is_named_as_the_page_numbers_it():
    found = check(asking(rated(), chosen(options=())))
    assert "คำถามที่ 2" in found[0].message_th
    assert "question 2" in found[0].message


# --- what passes can be answered --------------------------------------------------------------------------------------
KEYS = st.sampled_from(["a", "b", "q1", "q2", "a_b", "x" * 20, "x" * 21, "A", "q-1", ""])
TEXTS = st.sampled_from(["ช้า", "เร็ว", "สะดวก", "สะอาด", ""])
OPTIONS = st.builds(Option, key=KEYS, label=st.builds(Words, th=TEXTS), value=st.sampled_from([None, 0, 1, 2]))
ROWS = st.builds(Row, key=KEYS, text=st.builds(Words, th=TEXTS), reversed=st.booleans())
QUESTIONS = st.builds(
    Question,
    key=KEYS,
    type=st.sampled_from(list(QuestionType)),
    text=st.builds(Words, th=TEXTS),
    scale=st.sampled_from(["", "yes_no", "b", "gone"]),
    options=st.lists(OPTIONS, max_size=3).map(tuple),
    rows=st.lists(ROWS, max_size=3).map(tuple),
    reversed=st.booleans(),
    is_required=st.booleans(),
    shown_if=st.none()
    | st.builds(ShownIf, question=KEYS, answers=st.lists(KEYS | st.just("yes"), max_size=2).map(tuple)),
)
SECTIONS = st.builds(
    Section,
    key=KEYS,
    title=st.builds(Words, th=TEXTS),
    is_about=st.booleans(),
    questions=st.lists(QUESTIONS, max_size=3).map(tuple),
)
SCALES = st.builds(Scale, key=KEYS, options=st.lists(OPTIONS, max_size=3).map(tuple))
WILD = st.builds(
    Questionnaire,
    kind=st.sampled_from(list(Kind)),
    title=st.builds(Words, th=TEXTS),
    scales=st.lists(SCALES, max_size=1).map(lambda own: (*own, YES_NO)),
    sections=st.lists(SECTIONS, max_size=3).map(tuple),
)


@st.composite
def answerable(draw: st.DrawFn) -> Questionnaire:
    """Questionnaires that were right until one part was exchanged for a wild one: so that many still pass."""
    text = draw(st.sampled_from([*RIGHT.values(), load("training")]))
    place = draw(st.integers(0, len(text.sections) - 1))
    section = text.sections[place]
    added = draw(st.lists(QUESTIONS, max_size=1))
    sections = [*text.sections]
    sections[place] = section.model_copy(
        update={"questions": (*section.questions, *added), "is_about": draw(st.booleans())}
    )
    return text.model_copy(update={"sections": tuple(sections)})


def filled(text: Questionnaire) -> tuple[Sheet, dict[str, object]]:
    """Answer everything with the last option, words with as many letters as may be."""
    sent: dict[str, list[str]] = {}
    for question in text.questions:
        if question.type is QuestionType.TEXT:
            sent[field_of(question)] = ["ก" * 2000]
        for field in [field_of(question, row.key) for row in question.rows] or [field_of(question)]:
            if question.type is not QuestionType.TEXT:
                sent[field] = [text.options_of(question)[-1].key]
    sheet, faults = read(text, sent)
    return sheet, dict(faults)


@given(WILD | answerable())
def test_questionnaire_that_passes_can_be_answered_kept_and_read_back(text):
    found = check(text)
    assert all(one.code in KINDS and one.message_th and one.mend_th for one in found)
    if any(one.severity is Severity.ERROR for one in found):
        return
    sheet, faults = filled(text)
    assert faults == {}
    assert len(json.dumps(sheet.plain, ensure_ascii=False).encode()) <= text.box_bytes
    assert sheet_from(json.loads(json.dumps(sheet.plain))) == sheet
    assert questionnaire_from(json.loads(json.dumps(text.plain))) == text
    assert len({field_of(one, row.key) for one in text.questions for row in one.rows}) == sum(
        len(one.rows) for one in text.questions
    )
