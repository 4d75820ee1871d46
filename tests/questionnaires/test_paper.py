"""A questionnaire on paper: its sheet, and the numbers that are typed of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from prongsai.documents.model import Line, Mark, Table
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.questionnaires.length import minutes_of
from prongsai.questionnaires.model import (
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
)
from prongsai.questionnaires.paper import Sheet, sheet_paper
from prongsai.questionnaires.places import number_of, places_of
from prongsai.questionnaires.sheet import Fault
from prongsai.questionnaires.typed import read_typed

RATED = 15


def words(th: str, en: str) -> Words:
    return Words(th=th, en=en)


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(key=f"o{n}", label=words(f"ทาง {n}", f"Way {n}")) for n in range(1, count + 1))


def asked() -> Questionnaire:
    levels = (*((str(n), Decimal(n)) for n in range(1, 6)), ("na", None))
    scale = Scale(
        key="agree",
        options=tuple(Option(key=key, label=words(f"ระดับ {key}", f"Level {key}"), value=v) for key, v in levels),
    )
    text = "เจ้าหน้าที่ให้บริการด้วยความสุภาพ เต็มใจ และให้คำแนะนำชัดเจนเพียงใด"
    rated = tuple(
        Question(key=f"s{n}", type=QuestionType.SCALE, text=words(text, "How clear was it"), scale="agree")
        for n in range(1, RATED + 1)
    )
    why = Question(
        key="why", type=QuestionType.MULTI, text=words("เพราะ", "Why"), options=options(2),
        shown_if=ShownIf(question="s1", answers=("1", "2")),
    )  # fmt: skip
    place = Question(
        key="place", type=QuestionType.MATRIX, text=words("สถานที่", "Place"), scale="agree",
        rows=(Row(key="a", text=words("ที่นั่ง", "Seats")), Row(key="b", text=words("ห้องน้ำ", "Toilets"))),
    )  # fmt: skip
    many = Question(key="many", type=QuestionType.SINGLE, text=words("ตำบล", "Place of living"), options=options(12))
    said = Question(key="said", type=QuestionType.TEXT, text=words("ข้อเสนอแนะ", "Suggestions"))
    return Questionnaire(
        kind=Kind.SATISFACTION,
        title=words("ความพึงพอใจ", "Satisfaction"),
        scales=(scale,),
        sections=(
            Section(key="main", title=words("ความเห็น", "Opinion"), questions=(*rated, why, place)),
            Section(key="you", title=words("ตัวท่าน", "You"), is_about=True, questions=(many,)),
            Section(key="more", title=words("เพิ่มเติม", "More"), questions=(said,)),
        ),
    )


def typed(**more: str) -> dict[str, str]:
    usual = {f"q-s{n}": "3" for n in range(1, RATED + 1)}
    return usual | {"q-place-a": "4", "q-place-b": "4", "q-many": "1", "q-said": ""} | {
        name.replace("_", "-"): value for name, value in more.items()
    }  # fmt: skip


def test_everything_has_a_number_and_rows_of_a_matrix_one_of_their_own():
    questionnaire = asked()
    places = places_of(questionnaire)
    assert [one.number for one in places][-6:] == ["15", "16", "17.1", "17.2", "18", "19"]
    assert number_of(questionnaire, "many") == "18"


@pytest.mark.parametrize(("language", "head", "condition"), [
    ("th", "ข้อคำถาม", "ตอบเฉพาะเมื่อข้อ 1 ตอบ “ระดับ 1” หรือ “ระดับ 2”"),
    ("en", "Question", "Only if the answer to 1 is “Level 1” or “Level 2”"),
])  # fmt: skip
def test_questions_on_one_scale_stand_in_one_table_with_the_numbers_to_type(language, head, condition):
    paper = sheet_paper(asked(), Sheet("แบบสำรวจ", "เทศบาลตำบลบ้านสวนพลู", language=language))
    first = next(paper.tables())
    assert first.rows[0].cells[0].text == head and len(first.rows) == RATED + 1
    boxes = [one.lines[0] for one in first.rows[1].cells[1:]]
    assert boxes == [Line(str(n), Mark.UNTICKED) for n in range(1, 7)]
    assert condition in [one.text for one in paper.paragraphs()]
    assert not any(
        line.mark is Mark.TICKED
        for table in paper.tables()
        for row in table.rows
        for c in row.cells
        for line in c.lines
    )


def test_sections_on_one_scale_share_a_table_under_their_own_titles():
    questionnaire = asked()
    first, *rest = questionnaire.sections
    halves = [
        Section(key=key, title=words(key, key), questions=first.questions[start:end])
        for key, start, end in (("บริการ", 0, 8), ("สถานที่", 8, RATED))
    ]
    parted = questionnaire.model_copy(update={"sections": (*halves, *rest)})
    paper = sheet_paper(parted, Sheet("แบบสำรวจ", "เทศบาล"))
    table = next(paper.tables())
    assert [row.cells[0].text for row in table.rows if row.cells[0].columns > 1] == ["สถานที่"]
    assert len(table.rows) == 1 + RATED + 1


def test_fifteen_questions_take_one_page_with_their_head():
    pypdfium2 = pytest.importorskip("pypdfium2")
    paper = sheet_paper(
        asked(), Sheet("แบบสำรวจความพึงพอใจ", "เทศบาลตำบลบ้านสวนพลู", "๓๐ กันยายน ๒๕๗๐", has_groups=True, has_code=True)
    )
    at = next(n for n, block in enumerate(paper.blocks) if isinstance(block, Table))
    with pypdfium2.PdfDocument(render(replace(paper, blocks=paper.blocks[: at + 1]), "pdf", Office())) as made:
        assert len(made) == 1


def test_sheet_has_lines_for_group_and_code_only_where_they_are_asked_for():
    def text(sheet: Sheet) -> str:
        return render(sheet_paper(asked(), sheet), "html", Office()).decode()

    bare = text(Sheet("แบบสำรวจ", "เทศบาล"))
    full = text(Sheet("แบบสำรวจ", "เทศบาล", group="งานทะเบียน", has_code=True))
    assert "รหัส (ถ้าได้รับ)" not in bare and "กลุ่ม" not in bare
    assert "รหัส (ถ้าได้รับ)" in full and "งานทะเบียน" in full


def test_numbers_become_the_keys_of_their_options():
    sheet, faults = read_typed(asked(), typed(q_s1="๒", q_why="2,1", q_s2="6", q_many="๑๒", q_said=" ดี "))
    assert faults == {}
    assert (sheet.rated["s1"], sheet.rated["why"], sheet.rated["s2"]) == ("2", ["o2", "o1"], "na")
    assert sheet.rated["place"] == {"a": "4", "b": "4"}
    assert (sheet.about, sheet.texts) == ({"many": "o12"}, {"said": "ดี"})


def test_left_out_is_said_with_a_nought_and_a_blank_is_missing():
    questionnaire = asked()
    sheet, faults = read_typed(questionnaire, typed(q_s1="", q_place_b=""))
    assert (sheet.is_empty, faults) == (True, {"q-s1": Fault.MISSING, "q-place-b": Fault.MISSING})
    sheet, faults = read_typed(questionnaire, typed(q_s1="0", q_place_b="๐"))
    assert faults == {} and "s1" not in sheet.rated and sheet.rated["place"] == {"a": "4"}


@pytest.mark.parametrize(("field", "value", "fault"), [
    ("q_s1", "7", Fault.UNKNOWN), ("q_s1", "มาก", Fault.UNKNOWN), ("q_s2", "12", Fault.TWICE),
    ("q_many", "13", Fault.UNKNOWN), ("q_many", "1 2", Fault.TWICE), ("q_place_a", "00", Fault.UNKNOWN),
])  # fmt: skip
def test_number_that_is_no_option_is_told(field, value, fault):
    sheet, faults = read_typed(asked(), typed(**{field: value}))
    assert sheet.is_empty and faults == {field.replace("_", "-"): fault}


def test_question_that_is_not_asked_is_passed_over():
    sheet, faults = read_typed(asked(), typed(q_s1="5", q_why="1"))
    assert faults == {} and "why" not in sheet.rated


def test_minutes_are_of_what_everybody_is_asked():
    questionnaire = asked()
    assert minutes_of(questionnaire) == 3
    assert minutes_of(Questionnaire(kind=Kind.FREE, title=Words(th="ว่าง"))) == 1
