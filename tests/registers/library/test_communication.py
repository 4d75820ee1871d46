"""News, questions, suggestions, participation."""

from datetime import date

from prongsai.registers.derive import derive
from prongsai.registers.model import Due, FieldType, Openness, Rhythm
from tests.registers.library.example import codes, filled, number, shipped, told

# ---------------------------------------------------------------- news


def test_news_counts_the_days_from_the_event_and_tells_late_ones() -> None:
    news = shipped("news")
    late = filled("news", event_on=date(2026, 1, 15), posted_on=date(2026, 1, 25), channels=("board",))
    assert derive(news, late)["days"] == 10
    (fault,) = told("news", **late)
    assert (fault.code, fault.is_warning) == ("WITHIN_DAYS", True)
    assert fault.message_th == "วันที่เผยแพร่ช้ากว่า 7 วันนับแต่วันที่จัดกิจกรรม (10 วัน)"
    assert codes("news", event_on=date(2026, 1, 15), posted_on=date(2026, 1, 22), channels=("board",)) == []


def test_news_posted_before_the_event_is_refused() -> None:
    (fault,) = told("news", event_on=date(2026, 1, 15), posted_on=date(2026, 1, 14), channels=("board",))
    assert (fault.field, fault.code, fault.is_warning) == ("posted_on", "NOT_BEFORE", False)
    assert fault.message_th == "วันที่เผยแพร่อยู่ก่อนวันที่จัดกิจกรรม"


def test_news_that_is_posted_names_its_channels_and_address() -> None:
    posted = {"event_on": date(2026, 1, 15), "posted_on": date(2026, 1, 17)}
    assert codes("news", **posted, channels=None) == [("channels", "REQUIRED")]
    assert codes("news", **posted, channels=("website", "facebook"), link=None) == [("link", "REQUIRED")]


def test_news_is_reported_every_month_and_waits_seven_days() -> None:
    news = shipped("news")
    assert news.due == Due(Rhythm.MONTHLY, 10)
    assert news.clock is not None
    assert (news.clock.days, news.clock.start, news.clock.stop) == (7, "event_on", "posted_on")
    assert news.print_.title_th == "รายงานการเผยแพร่ข่าวประชาสัมพันธ์ประจำเดือน"


# ---------------------------------------------------------------- questions


def test_empty_question_is_not_taken_and_refusing_needs_a_reason() -> None:
    assert codes("questions", question=None) == [("question", "REQUIRED")]
    refuse = shipped("questions").move_of("refuse")
    assert refuse is not None
    assert (refuse.to, refuse.note_required) == ("refused", True)


def test_question_is_not_public_before_somebody_has_looked_at_it() -> None:
    questions = shipped("questions")
    assert [state.key for state in questions.states if state.is_public] == ["assigned", "answered"]
    assert questions.first_state.key == "asked"
    assert questions.public is not None
    assert questions.public.states == ("answered",)


def test_question_is_routed_to_a_unit_and_answered_within_fifteen_days() -> None:
    questions = shipped("questions")
    assert codes("questions", "route", unit=None) == [("unit", "REQUIRED")]
    assert codes("questions", "answer", answer=None, answered_on=None) == [
        ("answer", "REQUIRED"),
        ("answered_on", "REQUIRED"),
    ]
    assert questions.unit_by == "unit"
    assert questions.clock is not None
    assert (questions.clock.days, questions.clock.stop) == (15, "answered_on")


# ---------------------------------------------------------------- suggestions


def test_suggestion_is_decided_with_a_reason() -> None:
    assert codes("suggestions", "decide", decision=None, reason=None) == [
        ("decision", "REQUIRED"),
        ("reason", "REQUIRED"),
    ]


def test_who_suggested_is_in_no_public_table() -> None:
    suggestions = shipped("suggestions")
    personal = {one.key for one in suggestions.fields if one.openness is Openness.SECRET}
    assert personal == {"person", "contact"}
    assert suggestions.public is not None
    assert personal & set(suggestions.public.columns) == set()
    assert [one.key for one in suggestions.fields if one.type is FieldType.PHONE] == []


# ---------------------------------------------------------------- participation


def test_participation_needs_its_four_elements() -> None:
    for key in ("topic", "groups", "outsiders", "result", "use_made", "held_on"):
        assert (key, "REQUIRED") in codes("participation", **{key: None}), key


def test_insiders_alone_are_no_participation() -> None:
    assert codes("participation", outsiders=number(0), insiders=number(30)) == [("outsiders", "TOO_LOW")]


def test_use_made_of_a_result_is_not_the_result_again() -> None:
    assert codes("participation", result="เสนอซ่อมถนน", use_made="เสนอซ่อมถนน") == [("use_made", "DIFFERS")]
