"""The organisation chart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from prongsai.registers.load import of_year
from prongsai.web.agencies import services as agencies
from prongsai.web.agencies.models import Post, Unit
from prongsai.web.registers.rules import structure
from tests.web import office

PUBLISHED = date(2026, 3, 1)


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_chart_is_drawn_from_units_and_posts_of_both_sides(agency, now):
    Post.objects.filter(agency=agency, title="นายกเทศมนตรี").update(side="political")
    drawn = "\n".join(texts(structure.draw(agency, now.today)))
    assert [name for name, _kind, _aliases in office.UNITS if name not in drawn.replace("\n", "")] == []
    chart = structure.chart(agency, now.today)
    assert [str(one) for one in chart.political] == ["นายกเทศมนตรี นายสมหมาย ใจกว้าง"]
    assert "ปลัดเทศบาล นายวิเชียร รอบรู้" in map(str, chart.permanent)
    assert ("ฝ่ายการเมือง" in drawn, "ฝ่ายประจำ" in drawn) == (True, True)


def test_chart_follows_the_unit_register(agency, now):
    finance = office.unit(agency, "กองคลัง")
    agencies.add_unit(now, name="งานการเงิน", kind="section", parent=finance)
    Unit.objects.filter(pk=office.unit(agency, "กองช่าง").pk).update(valid_to=date(2026, 3, 30))
    names = [one.name for one in structure.chart(agency, now.today).units]
    assert names == ["สำนักปลัดเทศบาล", "กองคลัง", "กองการศึกษา", "กองสาธารณสุขและสิ่งแวดล้อม"]
    drawn = texts(structure.draw(agency, now.today))
    assert ("• งานการเงิน" in drawn, "กองช่าง" in drawn) == (True, False)


def test_vacant_post_is_drawn_as_vacant(agency, now):
    Post.objects.create(agency=agency, title="รองนายกเทศมนตรี", side="political")
    assert "รองนายกเทศมนตรี (ว่าง)" in [str(one) for one in structure.chart(agency, now.today).political]


def test_chart_is_a_nested_list_too_and_names_are_escaped(agency, now):
    finance = office.unit(agency, "กองคลัง")
    Unit.objects.create(agency=agency, name="<b>งาน</b>", kind="section", parent=finance)
    outline = structure.outline(agency, now.today)
    assert "<li>กองคลัง (ผู้อำนวยการกองคลัง นายประสิทธิ์ มั่นคง)<ul><li>&lt;b&gt;งาน&lt;/b&gt;</li></ul></li>" in outline
    assert "<b>" not in structure.draw(agency, now.today)


def test_chart_takes_three_queries(agency, now, django_assert_num_queries):
    with django_assert_num_queries(3):
        structure.draw(agency, now.today)


def test_chart_is_out_of_date_when_units_change_after_it_was_published(agency, now, make):
    made = make("structure", published_on=PUBLISHED, effective_on=PUBLISHED)
    register = of_year("structure", 0)
    Unit.objects.filter(agency=agency).update(valid_from=date(2020, 10, 1))
    assert structure.notices(now, register, 2569) == []
    agencies.add_unit(now, name="กองสวัสดิการสังคม", kind="division", valid_from=date(2026, 3, 15))
    (notice,) = structure.notices(now, register, 2569)
    assert notice.is_blocking
    assert notice.text == "แผนผังที่เผยแพร่เมื่อ ๑ มี.ค. ๒๕๖๙ ล้าสมัย มีการเปลี่ยนแปลงหลังจากนั้น: กองสวัสดิการสังคม"
    assert made.dated_on == PUBLISHED


def test_unit_that_ends_after_publication_makes_it_out_of_date(agency, now, make):
    make("structure", published_on=PUBLISHED, effective_on=PUBLISHED)
    Unit.objects.filter(agency=agency, name="กองช่าง").update(valid_to=date(2026, 3, 10))
    before = replace(now, today=date(2026, 3, 10))
    assert structure.notices(before, of_year("structure", 0), 2569) == []
    (notice,) = structure.notices(now, of_year("structure", 0), 2569)
    assert notice.text.endswith("กองช่าง")


def test_nothing_published_and_one_side_only_are_told(agency, now, make):
    register = of_year("structure", 0)
    assert [one.text for one in structure.notices(now, register, 2569)] == ["ยังไม่มีแผนผังโครงสร้างที่เผยแพร่"]
    make("structure", published_on=PUBLISHED, effective_on=PUBLISHED, both_sides=False)
    (notice,) = structure.notices(now, register, 2569)
    assert notice.text == "แผนผังที่เผยแพร่ล่าสุดไม่ได้แสดงทั้งฝ่ายการเมืองและฝ่ายประจำ"
