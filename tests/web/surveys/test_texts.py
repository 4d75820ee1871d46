"""Questionnaires: the library and one's own, written by a clerk question by question, without a script."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from prongsai.questionnaires.check import check, is_fit
from prongsai.questionnaires.load import library, load
from prongsai.questionnaires.model import Question, QuestionType, Section, Words
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.surveys.models import Questionnaire
from prongsai.web.surveys.services import texts as services
from prongsai.web.surveys.services.running import NotPossible
from tests.web.surveys import asked

PRACTICE = "practice-iit"


def address(agency, route, *args):
    return reverse(route, args=[agency.code, *args])


def page(client, agency, route, *args):
    return client.get(address(agency, route, *args)).content.decode()


@pytest.fixture
def own(agency, system):
    """A questionnaire of the office with an empty section."""
    return services.make(system, title=Words(th="ถามเรื่องตลาดนัด"))


# --- services ---------------------------------------------------------------------------------------------------------
def test_taken_questionnaire_reads_as_the_library_has_it_and_is_taken_once(system):
    taken = services.take(system, id=PRACTICE)
    assert (taken.pure, taken.kind, taken.library) == (load(PRACTICE), "practice-iit", PRACTICE)
    assert services.take(system, id=PRACTICE) == taken
    assert Questionnaire.objects.count() == 1


def test_shelved_questionnaire_comes_back_when_it_is_taken_again(system):
    taken = services.take(system, id="training")
    services.shelve(system, questionnaire=taken, version=taken.version, is_shelved=True)
    assert services.take(system, id="training").is_shelved is False


def test_practice_is_neither_changed_nor_copied(system):
    taken = services.take(system, id=PRACTICE)
    with pytest.raises(NotPossible):
        services.drop_question(system, questionnaire=taken, version=taken.version, key="duty1")
    with pytest.raises(NotPossible):
        services.copy(system, questionnaire=taken)
    taken.refresh_from_db()
    assert taken.pure == load(PRACTICE)


def test_changed_questionnaire_is_the_offices_own(system):
    taken = services.take(system, id="satisfaction")
    services.drop_question(system, questionnaire=taken, version=taken.version, key="comment")
    assert (taken.library, len(taken.pure.texts)) == ("", 0)
    assert services.take(system, id="satisfaction") != taken


def test_copy_changes_alone(system):
    taken = services.take(system, id="satisfaction")
    made = services.copy(system, questionnaire=taken)
    services.drop_question(system, questionnaire=made, version=made.version, key="comment")
    taken.refresh_from_db()
    assert (taken.pure, made.title) == (load("satisfaction"), "ความพึงพอใจต่อการให้บริการ (สำเนา)")


def test_step_is_journaled_with_its_version_and_without_the_text(system, own):
    question = Question(key="q1", type=QuestionType.TEXT, text=Words(th="ข้อเสนอแนะ"))
    services.save_question(system, questionnaire=own, version=own.version, question=question, section="s1")
    entry = AuditEntry.objects.filter(agency=own.agency).latest("number")
    assert (entry.action, own.version) == ("questionnaire.question", 2)
    assert "ข้อเสนอแนะ" not in str(entry.changes)
    with pytest.raises(Stale):
        services.drop_question(system, questionnaire=own, version=1, key="q1")


def test_section_with_questions_stays(system, own):
    question = Question(key="q1", type=QuestionType.TEXT, text=Words(th="ข้อเสนอแนะ"))
    services.save_question(system, questionnaire=own, version=None, question=question, section="s1")
    with pytest.raises(NotPossible):
        services.drop_section(system, questionnaire=own, version=None, key="s1")


def test_title_that_is_too_long_is_refused(system):
    with pytest.raises(ValidationError):
        services.make(system, title=Words(th="ก" * 201))


# --- the list ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [1, 3])
def test_list_of_questionnaires_asks_as_much_for_many_as_for_one(agency, system, sign_in, django_assert_num_queries, n):
    for number in range(n):
        services.make(system, title=Words(th=f"แบบที่ {number}"))
    client = sign_in(Role.COORDINATOR)
    client.get(address(agency, "questionnaires"))
    with django_assert_num_queries(8):
        assert "แบบที่ 0" in page(client, agency, "questionnaires")


def test_list_shows_kind_questions_surveys_and_what_is_put_away(agency, system, sign_in):
    asked.survey(agency)
    services.shelve(system, questionnaire=services.make(system, title=Words(th="เก่าแล้ว")), version=1, is_shelved=True)
    shown = page(sign_in(Role.COORDINATOR), agency, "questionnaires")
    row = next(each for each in re.findall(r"<tr>.*?</tr>", shown, flags=re.S) if ">ความพึงพอใจ</a>" in each)
    assert re.findall(r'<td class="number"[^>]*>(.*?)</td>', row) == ["๑๙", "๑"]
    assert "เก็บเข้ากรุแล้ว ๑ ชุด" in shown
    assert all(str(text.title) in shown for text in library().values())


def test_reader_sees_no_way_to_write(agency, system, own, sign_in):
    client = sign_in(Role.HEAD)
    assert "นำมาใช้" not in page(client, agency, "questionnaires")
    assert "เพิ่มคำถาม" not in page(client, agency, "questionnaire", own.pk)
    assert client.get(address(agency, "questionnaire_edit", own.pk)).status_code == 404


def test_library_is_taken_from_the_list(agency, sign_in):
    client = sign_in(Role.COORDINATOR)
    answer = client.post(address(agency, "questionnaire_take", "satisfaction"))
    taken = Questionnaire.objects.get()
    assert answer["Location"] == address(agency, "questionnaire", taken.pk)
    assert client.post(address(agency, "questionnaire_take", "nothing")).status_code == 404


# --- writing ----------------------------------------------------------------------------------------------------------
def posted(client, agency, route, *args, query="", **given):
    return client.post(address(agency, route, *args) + query, given)


def test_clerk_writes_a_questionnaire_from_nothing(agency, sign_in):
    client = sign_in(Role.COORDINATOR)
    posted(client, agency, "questionnaire_add", title_th="ถามเรื่องตลาดนัด", title_en="The market")
    made = Questionnaire.objects.get()
    add = ("questionnaire_question_add", made.pk)
    assert "ให้คะแนนตามระดับ" in client.get(address(agency, *add) + "?section=s1").content.decode()
    both = {"section": "s1", "is_required": "on"}
    posted(
        client,
        agency,
        *add,
        query="?section=s1&type=scale",
        version=1,
        text_th="ตลาดสะอาดแค่ไหน",
        scale="degree4",
        **both,
    )
    posted(
        client, agency, *add, query="?section=s1&type=multi", version=2, text_th="เพราะเหตุใด",
        options="ขยะมาก | Litter\n\nน้ำขัง | Puddles", condition="q1", answers=["1", "2"], **both,
    )  # fmt: skip
    posted(
        client, agency, *add, query="?section=s1&type=matrix", version=3, text_th="เรื่องอื่น", scale="degree4",
        rows="ที่จอดรถ | Parking\n* เสียงดัง | Noise", **both,
    )  # fmt: skip
    made.refresh_from_db()
    text = made.pure
    assert [one.key for one in text.scales] == ["degree4"]
    assert [(one.key, one.type.value) for one in text.questions] == [("q1", "scale"), ("q2", "multi"), ("q3", "matrix")]
    assert [(one.label.th, one.label.en) for one in text.question("q2").options] == [
        ("ขยะมาก", "Litter"),
        ("น้ำขัง", "Puddles"),
    ]
    assert text.question("q2").shown_if.answers == ("1", "2")
    assert [(row.text.th, row.reversed) for row in text.question("q3").rows] == [("ที่จอดรถ", False), ("เสียงดัง", True)]
    assert is_fit(text)


def test_condition_is_chosen_in_two_steps_without_a_script(agency, system, sign_in):
    taken = services.take(system, id="training")
    client = sign_in(Role.COORDINATOR)
    given = {
        "version": taken.version,
        "text_th": "เพราะเหตุใด",
        "section": "use",
        "condition": "use2",
        "options": "ยาก\nช้า",
    }
    query = "?section=use&type=multi"
    answer = posted(client, agency, "questionnaire_question_add", taken.pk, query=query, **given)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "เลือกคำตอบที่ทำให้ถามข้อนี้" in shown
    assert shown.count('name="answers"') == 6
    posted(client, agency, "questionnaire_question_add", taken.pk, query=query, **given, answers=["1", "2"])
    taken.refresh_from_db()
    assert taken.pure.question("q1").shown_if.question == "use2"


def test_words_are_asked_of_everybody_whatever_is_sent(agency, system, sign_in):
    taken = services.take(system, id="training")
    client = sign_in(Role.COORDINATOR)
    add, query = ("questionnaire_question_add", taken.pk), "?section=use&type=text"
    assert 'name="condition"' not in client.get(address(agency, *add) + query).content.decode()
    given = {"version": taken.version, "text_th": "เพราะเหตุใด", "section": "use", "condition": "use2", "answers": ["1"]}
    posted(client, agency, *add, query=query, **given)
    taken.refresh_from_db()
    assert taken.pure.question("q1").shown_if is None


def test_question_is_changed_in_its_place_and_keys_of_answers_stay(agency, system, sign_in):
    taken = services.take(system, id="satisfaction")
    client = sign_in(Role.COORDINATOR)
    route = ("questionnaire_question", taken.pk, "age")
    start = client.get(address(agency, *route)).content.decode()
    assert "ต่ำกว่า ๒๐ ปี | Under 20" in start
    given = {"text_th": "ช่วงอายุ", "text_en": "Age", "section": "you", "version": taken.version}
    options = "ต่ำกว่า ๑๕ ปี | Under 15\n๒๐–๔๐ ปี | 20–40\n๔๑–๖๐ ปี | 41–60\nมากกว่า ๖๐ ปี | Over 60"
    posted(client, agency, *route, options=options, **given)
    taken.refresh_from_db()
    question = taken.pure.question("age")
    assert [one.key for one in question.options] == ["under20", "to40", "to60", "over60"]
    assert (str(question.options[0].label), question.is_required) == ("ต่ำกว่า ๑๕ ปี", False)
    assert [one.key for one in taken.pure.about] == ["sex", "age", "education", "work"]


def test_somebody_faster_loses_nothing_that_was_typed(agency, system, own, sign_in):
    services.save_section(system, questionnaire=own, version=1, section=Section(key="s2", title=Words(th="อื่น ๆ")))
    client = sign_in(Role.COORDINATOR)
    answer = posted(client, agency, "questionnaire_edit", own.pk, version=1, title_th="ชื่อที่พิมพ์ไว้")
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว" in shown
    assert 'value="ชื่อที่พิมพ์ไว้"' in shown
    assert 'name="version" value="2"' in shown


def test_questions_move_over_the_border_of_sections(agency, system, sign_in):
    taken = services.take(system, id="training")
    client = sign_in(Role.COORDINATOR)
    version = taken.version
    for way in ("up", "down", "down"):
        posted(
            client, agency, "questionnaire_move", taken.pk, version=version, what="question", key="speaker1", way=way
        )
        version += 1
    taken.refresh_from_db()
    assert [one.key for one in taken.pure.sections[0].questions] == ["content1", "content2", "content3", "content4"]
    assert [one.key for one in taken.pure.sections[1].questions] == ["speaker2", "speaker1", "speaker3"]


def test_stale_button_is_told_and_does_nothing(agency, system, sign_in):
    taken = services.take(system, id="training")
    client = sign_in(Role.COORDINATOR)
    answer = client.post(
        address(agency, "questionnaire_drop", taken.pk), {"what": "question", "key": "use1", "version": 9}, follow=True
    )
    assert "มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว" in answer.content.decode()
    taken.refresh_from_db()
    assert taken.pure == load("training")


def test_page_tells_what_is_wrong_and_how_to_mend_it(agency, system, own, sign_in):
    client = sign_in(Role.COORDINATOR)
    given = {"version": 1, "text_th": "ชื่อ-นามสกุล และเบอร์โทรศัพท์", "section": "s1"}
    posted(client, agency, "questionnaire_question_add", own.pk, query="?section=s1&type=text", **given)
    shown = page(client, agency, "questionnaire", own.pk)
    assert "ยังเปิดการสำรวจไม่ได้" in shown
    assert "คำถามที่ ๑ ถามสิ่งที่บอกว่าใครเป็นผู้ตอบ" in shown
    assert "ลบคำถามนี้ ถ้ามีผู้ต้องการให้ติดต่อกลับ" in shown
    assert "ใช้ทำการสำรวจ" not in shown
    assert "ยังไม่พร้อมใช้" in page(client, agency, "questionnaires")


def test_practice_page_has_nothing_to_write_with(agency, system, sign_in):
    taken = services.take(system, id=PRACTICE)
    client = sign_in(Role.COORDINATOR)
    shown = page(client, agency, "questionnaire", taken.pk)
    assert "ใช้ทำการสำรวจ" in shown
    assert "เพิ่มคำถาม" not in shown
    assert client.get(address(agency, "questionnaire_question", taken.pk, "duty1")).status_code == 404


# --- what it looks like -----------------------------------------------------------------------------------------------
def test_preview_shows_what_those_who_answer_see_in_both_languages(agency, system, sign_in):
    taken = services.take(system, id="satisfaction")
    client = sign_in(Role.HEAD)
    shown = page(client, agency, "questionnaire_preview", taken.pk)
    assert shown.count('type="radio"') == 17 * 6 + 3 + 4 + 4 + 7 + 4  # and leaving each of the four about oneself
    english = client.get(address(agency, "questionnaire_preview", taken.pk) + "?language=en").content.decode()
    assert "Polite and friendly" in english
    assert "พูดจาสุภาพ" not in english
    assert "<button" not in english


def test_preview_of_something_half_written_leaves_out_what_cannot_be_shown(agency, system, own, sign_in):
    broken = Question(key="q1", type=QuestionType.SCALE, text=Words(th="ไม่มีระดับ"), scale="gone")
    services.save_question(system, questionnaire=own, version=None, question=broken, section="s1")
    assert not is_fit(own.pure)
    assert "ไม่มีระดับ" not in page(sign_in(Role.HEAD), agency, "questionnaire_preview", own.pk)
    assert "ไม่มีระดับ" in page(sign_in(Role.HEAD), agency, "questionnaire", own.pk)


def test_library_is_previewed_before_it_is_taken(agency, sign_in):
    client = sign_in(Role.HEAD)
    assert "หัวหน้าแบ่งงานให้แต่ละคนอย่างยุติธรรมแค่ไหน" in page(client, agency, "questionnaire_shipped", PRACTICE)
    assert client.get(address(agency, "questionnaire_shipped", "nothing")).status_code == 404


def test_questionnaire_of_the_tests_has_no_fault():
    assert check(asked.text()) == ()
