import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.frameworks.load import load
from prongsai.frameworks.match import match_indicator, match_issue, match_item

CASES = [
    ("การปฏิบัติหน้าที่", "1"),
    ("ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของทางราชการ คะแนน 92.87", "4"),
    ("ตัวชี้วัดที่ ๘ ปรับปรุงการทำงาน คะแนน ๙๑.๕๕", "8"),
    ("ตัวชี้วัดที่ 9 ข้อมูลพื้นฐาน", "9.1"),
    ("ตัวชี้วัดย่อยที่ ๙.๑", "9.1"),
    ("ตัวชี้วัดย่อยที่ ๙.๔ การบริหารและพัฒนาทรัพยากรบุคคล", "9.4"),
    ("ตัวชี้วัดที่ ๑๐", "10"),
    ("การปฏิบติหนาที่", "1"),
    ("การ ใช้ งบ ประมาณ", "2"),
    ("ประสิทธิภาพการสือสาร", "7"),
    ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส", "10.2"),
]


@pytest.mark.parametrize(("title", "code"), CASES)
def test_match_indicator_finds_what_a_paper_prints(title: str, code: str) -> None:
    found = match_indicator(load("ita-2566"), title)
    assert found
    assert found[0].code == code


@pytest.mark.parametrize("title", ["", "ตัวชี้วัดที่ 44", "อาหารกลางวันนักเรียน", "ลำดับ", "คะแนน 95.00"])
def test_match_indicator_finds_nothing_in_other_words(title: str) -> None:
    assert match_indicator(load("ita-2566"), title) is None


@pytest.mark.parametrize("year", range(2562, 2570))
def test_match_indicator_finds_every_name_exactly(year: int) -> None:
    framework = load(f"ita-{year}")
    for indicator in framework.indicators:
        found = match_indicator(framework, indicator.name_th)
        assert found
        assert (found[0].name_th, found[1]) == (indicator.name_th, 1.0)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("ประเด็นที่ ๑ กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ", 1),
        ("ประเด็นที่ ๔ ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ", 3),
        ("๔. กระบวนการกำกับดูแลการใช้ทรัพย์สินของทางราชการ", 4),
        ("ประเด็นที่ ๗", 7),
        ("การให้บริการและระบบ E–Service", 2),
    ],
)
def test_match_issue_follows_the_name_not_the_number(title: str, number: int) -> None:
    found = match_issue(load("ita-2567"), title)
    assert found
    assert found[0].no == number


def test_match_issue_finds_nothing_where_a_year_has_none() -> None:
    assert match_issue(load("ita-2566"), "การให้บริการและระบบ E-Service") is None
    assert match_issue(load("ita-2567"), "ประเด็นที่ 9") is None


@pytest.mark.parametrize(
    ("code", "title", "expected"),
    [
        ("๐๔", "ข้อมูลการติดต่อ : แสดงที่อยู่และหมายเลขโทรศัพท์ของหน่วยงาน", "O5"),
        ("๐๔", "Q&A : แสดงตำแหน่งบนเว็บไซต์", "O8"),
        ("0๒๖", None, "O26"),
        ("O26", "การดำเนินการตาม นโยบายการบริหารทรัพยากรบุคคล :", "O26"),
        (None, "รายงานผลการดำเนินการป้องกันการทุจริตประจำปี", "O41"),
        ("o40", "รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต รอบ ๖ เดือน", "O40"),
        ("O12", "", "O12"),
    ],
)
def test_match_item_lets_the_title_decide(code: str | None, title: str | None, expected: str) -> None:
    found = match_item(load("ita-2563"), code, title)
    assert found
    assert found[0].code == expected


def test_match_item_finds_nothing_without_code_and_title() -> None:
    framework = load("ita-2563")
    assert [
        match_item(framework, *args) for args in [(None, None), ("", ""), ("O99", None), ("O1", "อาหารกลางวัน")]
    ] == [
        None,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("year", range(2562, 2570))
def test_match_item_finds_every_title_without_its_code(year: int) -> None:
    framework = load(f"ita-{year}")
    assert [
        (found[0].code, found[1]) for i in framework.items if (found := match_item(framework, None, i.title_th))
    ] == [(item.code, 1.0) for item in framework.items]


@given(st.sampled_from(load("ita-2568").items), st.data())
def test_match_item_stands_a_letter_lost(item: object, data: st.DataObject) -> None:
    title = item.title_th  # type: ignore[attr-defined]
    place = data.draw(st.integers(0, len(title) - 1))
    found = match_item(load("ita-2568"), item.code, title[:place] + title[place + 1 :])  # type: ignore[attr-defined]
    assert found
    assert found[0] == item


@given(st.text(max_size=60), st.text(max_size=60))
def test_match_takes_any_text(one: str, other: str) -> None:
    framework = load("ita-2567")
    likenesses = [
        found[1]
        for found in (match_indicator(framework, one), match_issue(framework, one), match_item(framework, one, other))
        if found
    ]
    assert all(0 < likeness <= 1 for likeness in likenesses)
