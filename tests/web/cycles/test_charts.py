from decimal import Decimal
from xml.etree import ElementTree

from prongsai.web.cycles.charts import trend

SVG = "{http://www.w3.org/2000/svg}"


def test_trend_draws_every_known_year_and_says_it_in_words():
    drawing = trend(
        [(2565, Decimal("88.1")), (2566, None), (2567, Decimal("92.22"))], title="ก & ข", target=Decimal(85)
    )
    root = ElementTree.fromstring(drawing)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "ก & ข"
    assert root.findtext(f"{SVG}desc") == "2565 88.1; 2566 ไม่มีคะแนน; 2567 92.22"
    assert len(root.findall(f"{SVG}circle")) == 2
    assert "style" not in drawing


def test_trend_of_one_year_and_of_none():
    assert "<circle" in trend([(2567, Decimal(0))], title="x")
    assert trend([(2567, None)], title="x") == ""
