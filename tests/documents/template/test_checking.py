"""A wrong marker is told at its place, with the nearest field."""

import pytest

from prongsai.documents.template.fill import check_template
from prongsai.documents.template.model import Slot, Sort
from tests.documents.template.word import header, p, table, tie, word

SLOTS = (
    Slot("agency", "หน่วยงาน"),
    Slot("signer.name", "ผู้ลงนาม: ชื่อ"),
    Slot("gifts", "ของขวัญ", sort=Sort.ROWS, columns=(Slot("giver", "ผู้ให้"), Slot("value", "มูลค่า"))),
    Slot("risks", "ความเสี่ยง", sort=Sort.ROWS, columns=(Slot("name", "ชื่อ"),)),
    Slot("content", "ทั้งฉบับ", sort=Sort.BLOCKS),
)


def codes(*blocks: str, **more: object) -> list[str]:
    return [one.code for one in check_template(word(*blocks, **more), "a.docx", SLOTS).problems]  # type: ignore[arg-type]


def test_an_unknown_field_is_told_with_place_and_nearest() -> None:
    made = word(p("หนึ่ง"), table(("ก", "ข"), ("ค", "{{ agncy }}")))
    (problem,) = check_template(made, "a.docx", SLOTS).problems
    assert (problem.code, problem.where.file, problem.where.table, problem.where.row, problem.where.column) == (
        "TEMPLATE_FIELD_UNKNOWN", "a.docx", 1, 2, 2)  # fmt: skip
    assert problem.message_th == "เนื้อความ ตารางที่ 1 แถวที่ 2 ช่องที่ 2: ไม่มีช่องชื่อ “agncy”"
    assert problem.mend_th == "ใกล้เคียงคือ agency · ดูรายชื่อช่องของเอกสารชนิดนี้"
    assert problem.evidence == ("{{ agncy }}",)


def test_a_paragraph_is_told_by_its_number() -> None:
    (problem,) = check_template(word(p("หนึ่ง"), p("{{ signer.nme }}")), "a.docx", SLOTS).problems
    assert problem.message_th.startswith("เนื้อความ ย่อหน้าที่ 2: ") and "signer.name" in (problem.mend_th or "")


def test_head_and_foot_of_pages_are_looked_at() -> None:
    ties = tie("header", "header1.xml", id="rId1") + tie("footer", "footer1.xml", id="rId2")
    parts = {"word/header1.xml": header(p("{{ a }}")), "word/footer1.xml": header(p("{{ b }}"), tag="ftr")}
    problems = check_template(word(p("{{ agency }}"), ties=ties, parts=parts), "a.docx", SLOTS).problems
    assert [one.message_th.partition(":")[0] for one in problems] == ["หัวกระดาษ ย่อหน้าที่ 1", "ท้ายกระดาษ ย่อหน้าที่ 1"]


def test_a_field_may_be_named_in_thai() -> None:
    assert check_template(word(p("{{ หน่วยงาน }}")), "a.docx", SLOTS).used == ("agency",)


@pytest.mark.parametrize(
    "expression",
    ["x.__class__", "agency.__class__.__mro__", "agency.upper()", "''.__class__", "7*7", "agency[0]", "self", "config",
     "lipsum.__globals__", "agency|attr('x')", "cycler.__init__", "range(9999999)", "agency ~ agency"],
)  # fmt: skip
def test_an_expression_is_no_field(expression: str) -> None:
    found = codes(p(f"{{{{ {expression} }}}}"))
    assert found and set(found) <= {"TEMPLATE_FIELD_UNKNOWN", "TEMPLATE_FILTER_UNKNOWN"}


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ([p("{{ agency")], "TEMPLATE_MARK_BROKEN"),
        ([p("agency }}")], "TEMPLATE_MARK_BROKEN"),
        ([p("{# หมายเหตุ #}"), p("{{ agency }}")], "TEMPLATE_MARK_BROKEN"),
        ([p("{{ agency | upper }}")], "TEMPLATE_FILTER_UNKNOWN"),
        ([p("{% set x = 1 %}")], "TEMPLATE_ORDER_UNKNOWN"),
        ([p("{% include 'x' %}")], "TEMPLATE_ORDER_UNKNOWN"),
        ([p("{% if agency %}")], "TEMPLATE_ORDER_UNPAIRED"),
        ([p("{% endfor %}")], "TEMPLATE_ORDER_UNPAIRED"),
        ([p("ก {% if agency %} ข"), p("{% endif %}")], "TEMPLATE_ORDER_ALONE"),
        ([p("{{ gifts.giver }}")], "TEMPLATE_ROWS_OUTSIDE"),
        ([p("{% for agency %}"), p("{% endfor %}")], "TEMPLATE_ROWS_OUTSIDE"),
        ([table(("{{ gifts.giver }}", "{{ risks.name }}"))], "TEMPLATE_ROWS_MIXED"),
        ([p("{% for gifts %}"), p("{% for risks %}"), p("{% endfor %}"), p("{% endfor %}")], "TEMPLATE_ROWS_NESTED"),
        ([p("{% for gifts %}"), table(("{{ risks.name }}",)), p("{% endfor %}")], "TEMPLATE_ROWS_NESTED"),
        ([table((table(("{{ risks.name }}",)) + p("{{ gifts.giver }}"),))], "TEMPLATE_ROWS_NESTED"),
        ([p("{{ gifts }}")], "TEMPLATE_COLUMN_MISSING"),
        ([p("ดังนี้ {{ content }}")], "TEMPLATE_BLOCK_ALONE"),
        ([table(("{{ content }}",))], "TEMPLATE_BLOCK_ALONE"),
        ([p("ไม่มีอะไร")], "TEMPLATE_NO_FIELDS"),
        ([p("{{ " + "ก" * 400 + " }}")], "TEMPLATE_MARK_BROKEN"),
    ],
)
def test_a_wrong_marker_is_told(blocks: list[str], code: str) -> None:
    assert code in codes(*blocks)


def test_instructions_in_one_cell_and_outside_are_no_pair() -> None:
    assert codes(p("{% if agency %}"), table((p("{% endif %}"),))) == ["TEMPLATE_ORDER_UNPAIRED"] * 2


def test_faults_are_bounded() -> None:
    made = word(*(p("{{ x }}") for _ in range(1000)))
    assert len(check_template(made, "a.docx", SLOTS).problems) == 200
