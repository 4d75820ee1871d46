from decimal import Decimal
from xml.etree import ElementTree

from prongsai.web.registers.charts import bar, chart, line, said

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [("ต.ค. 2568", 3), ("พ.ย. 2568", None), ("ธ.ค. 2568", 5), ("ม.ค. 2569", 8)]


def test_bars_are_as_long_as_their_values_and_said_in_words():
    root = ElementTree.fromstring(bar([("ก & ข", 10), ("ค", Decimal("2.50")), ("ง", 0)], title="จำนวน"))
    widths = [float(each.get("width")) for each in root.findall(f"{SVG}rect") if each.get("opacity") is None]
    assert widths == [340, 85]
    assert root.findtext(f"{SVG}title") == "จำนวน"
    assert root.findtext(f"{SVG}desc") == "ก & ข 10; ค 2.50; ง 0"
    assert [each.text for each in root.findall(f"{SVG}text")] == ["ก & ข", "๑๐", "ค", "๒.๕๐", "ง", "๐"]


def test_a_covered_value_has_its_words_and_no_bar():
    root = ElementTree.fromstring(bar([("ก", 10), ("ข", "น้อยกว่า 3")], title="x"))
    assert [each.text for each in root.findall(f"{SVG}text")][-1] == "น้อยกว่า ๓"
    assert len([each for each in root.findall(f"{SVG}rect") if each.get("opacity") is None]) == 1


def test_line_leaves_a_gap_where_nothing_is_known():
    root = ElementTree.fromstring(line(MONTHS, title="รายเดือน"))
    assert len(root.findall(f"{SVG}circle")) == 3
    assert [len(each.get("points").split()) for each in root.findall(f"{SVG}polyline")] == [2]
    assert "style" not in line(MONTHS, title="รายเดือน")


def test_nothing_to_draw_gives_no_drawing():
    assert bar([("ก", 0), ("ข", None)], title="x") == ""
    assert line([("ก", None)], title="x") == ""
    assert chart("", [("ก", 1)], title="x") == ""


def test_a_line_of_one_point_is_drawn_as_a_bar():
    assert "<polyline" not in chart("line", [("ก", 1)], title="x")
    assert "<rect" in chart("line", [("ก", 1)], title="x")


def test_values_are_printed_with_thousands_and_satang_only_where_there_are_any():
    assert [said(one) for one in (1250, Decimal("1250.00"), Decimal("12.5"), None)] == ["1,250", "1,250", "12.50", "–"]
