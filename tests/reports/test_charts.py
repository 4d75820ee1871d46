"""Charts: every figure stands in the drawing as text, lengths follow the figures, words cannot break out."""

from decimal import Decimal
from xml.etree import ElementTree

from prongsai.documents.model import Picture
from prongsai.reports.charts import Bar, RiskCell, indicator_bars, progress_bars, risk_matrix

SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.content)


def words(picture: Picture) -> list[str]:
    return [text.text or "" for text in drawn(picture).iter(f"{SVG}text")]


def widths(picture: Picture, colour: str) -> list[float]:
    return [float(each.attrib["width"]) for each in drawn(picture).iter(f"{SVG}rect") if each.attrib["fill"] == colour]


def test_bars_print_every_score_in_thai_digits_and_say_what_is_missing() -> None:
    bars = [Bar("๑. ก", Decimal("95.21"), Decimal(80)), Bar("๒. ข", None)]
    picture = indicator_bars(bars, title="คะแนน", now="ปี ๒๕๖๘", before="ปี ๒๕๖๗", marks=[Decimal(85)])
    assert words(picture) == ["ปี ๒๕๖๘", "ปี ๒๕๖๗", "๘๕", "๑. ก", "๙๕.๒๑", "๒. ข", "ไม่มี"]
    assert picture.says == "คะแนน: ๑. ก ปี ๒๕๖๘ 95.21 ปี ๒๕๖๗ 80; ๒. ข ไม่มีคะแนน"


def test_bar_is_as_long_as_its_score() -> None:
    picture = indicator_bars([Bar("ก", Decimal(50)), Bar("ข", Decimal(100))], title="", now="")
    _, half, whole = widths(picture, "#1f5f8b")
    assert half * 2 == whole


def test_progress_shares_the_bar_by_counts() -> None:
    picture = progress_bars({"กองคลัง": {"done": 3, "not_started": 1}}, title="ความก้าวหน้า")
    (_, done), (_, waiting) = widths(picture, "#2f6b3c"), widths(picture, "#b9c0c8")
    assert done == 3 * waiting
    assert words(picture)[-3:] == ["กองคลัง", "๓", "๑"]


def test_progress_of_nothing_is_an_empty_row() -> None:
    assert words(progress_bars({"กองช่าง": {}}, title=""))[-1] == "กองช่าง"


def test_matrix_names_level_and_risks_of_a_square() -> None:
    cells = [RiskCell(3, 4, f"ร{n}") for n in range(1, 6)]
    picture = risk_matrix(cells, {(3, 4): ("สูง", "#f6c89a")}, title="ความเสี่ยง")
    assert words(picture)[12:] == [*[""] * 13, "สูง", "ร1", "ร2", "และอีก ๓", *[""] * 11]


def test_words_stay_words() -> None:
    picture = indicator_bars([Bar('<script x="1">&', Decimal(1))], title="<b>", now="")
    assert words(picture)[1] == '<script x="1">&'
    assert drawn(picture)[0].text == "<b>"
