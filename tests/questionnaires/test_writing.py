"""Lines as somebody types them, and changing a questionnaire step by step."""

import pytest

from prongsai.questionnaires import edit
from prongsai.questionnaires.lines import next_key, options_of, rows_of, words_of, written, written_rows
from prongsai.questionnaires.load import load, ready_scales
from prongsai.questionnaires.model import Option, Question, QuestionType, Section, ShownIf, Words

TEXT = load("training")


def keys(section):
    return [one.key for one in section.questions]


# --- lines ------------------------------------------------------------------------------------------------------------
def test_words_part_at_the_bar():
    assert words_of(" ช้า |  Slow ") == Words(th="ช้า", en="Slow")
    assert words_of("ช้า") == Words(th="ช้า")


def test_options_are_written_as_they_are_read():
    known = load("satisfaction").question("age").options
    assert options_of(written(known), known) == known


def test_rows_keep_their_mark():
    text = "สะอาด | Clean\n* เสียงดัง | Noise"
    rows = rows_of(text)
    assert [row.reversed for row in rows] == [False, True]
    assert written_rows(rows) == text
    assert rows_of("*\n|\n\n") == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ช้า\nเร็ว", ["x", "y"]),
        ("เร็ว\nช้า", ["y", "x"]),
        ("ช้ามาก\nเร็ว", ["x", "y"]),
        ("ช้า\nปานกลาง\nเร็ว", ["x", "a1", "y"]),
        ("เร็ว", ["y"]),
        ("อื่น ๆ", ["a1"]),
    ],
)
def test_keys_of_options_follow_what_they_say(text, kept):
    known = (Option(key="x", label=Words(th="ช้า")), Option(key="y", label=Words(th="เร็ว")))
    assert [one.key for one in options_of(text, known)] == kept


def test_next_key_is_free():
    assert next_key(["q1", "q3"], "q") == "q2"
    assert next_key([], "q") == "q1"


# --- steps ------------------------------------------------------------------------------------------------------------
def test_changed_question_stays_in_its_place():
    question = TEXT.question("content2").model_copy(update={"text": Words(th="ใหม่")})
    changed = edit.with_question(TEXT, question, "content")
    assert keys(changed.sections[0]) == keys(TEXT.sections[0])
    assert str(changed.question("content2").text) == "ใหม่"


def test_question_goes_to_the_end_of_another_section():
    changed = edit.with_question(TEXT, TEXT.question("content2"), "place")
    assert keys(changed.sections[0]) == ["content1", "content3", "content4"]
    assert keys(changed.sections[2])[-1] == "content2"


def test_scales_come_and_go_with_the_questions_that_name_them():
    yes_no = ready_scales()["yes_no"].scale
    question = Question(
        key=edit.new_question_key(TEXT), type=QuestionType.SCALE, text=Words(th="มาอีกหรือไม่"), scale="yes_no"
    )
    changed = edit.with_question(TEXT, question, "use", yes_no)
    assert [one.key for one in changed.scales] == ["satisfied5", "knowledge5", "yes_no"]
    assert [one.key for one in edit.without_question(changed, "knowledge").scales] == ["satisfied5", "yes_no"]


def test_question_moves_up_and_down_through_sections_and_back():
    up = edit.moved_question(TEXT, "speaker1", up=True)
    assert (keys(up.sections[0])[-1], keys(up.sections[1])[0]) == ("speaker1", "speaker2")
    assert edit.moved_question(up, "speaker1", up=False) == TEXT
    assert edit.moved_question(TEXT, "content1", up=True) == TEXT


def test_section_keeps_its_questions_when_its_heading_changes():
    changed = edit.with_section(TEXT, Section(key="use", title=Words(th="ประโยชน์")))
    assert keys(changed.sections[3]) == keys(TEXT.sections[3])
    assert edit.moved_section(edit.moved_section(TEXT, "use", up=True), "use", up=False) == TEXT


def test_showable_leaves_out_what_leads_nowhere():
    lost = Question(key="l", type=QuestionType.SCALE, text=Words(th="ก"), scale="gone")
    loose = Question(
        key="m", type=QuestionType.TEXT, text=Words(th="ข"), shown_if=ShownIf(question="l", answers=("1",))
    )
    text = edit.with_question(edit.with_question(TEXT, lost, "use"), loose, "use")
    shown = edit.showable(text)
    assert "l" not in [one.key for one in shown.questions]
    assert shown.question("m").shown_if is None
    assert edit.showable(TEXT) == TEXT
