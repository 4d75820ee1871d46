import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.units import (
    STANDARD_UNITS,
    is_sentence,
    is_unit,
    known_unit,
    same_unit,
    sentence_parties,
    split_units,
)
from tests.thai.hostile import assert_quick

SENTENCE = "ทุกภารกิจงานจัดทำ ข้อมูลในส่วนงาน ตนเองและส่งมอบให้ สำนักปลัดเทศบาล รวบรวม"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("สำนักปลัดเทศบาล กองคลัง กองช่าง กองการศึกษา", ["สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง", "กองการศึกษา"]),
        ("กองคลัง/งานพัสดุ", ["กองคลัง", "งานพัสดุ"]),
        ("กองคลัง, กองช่าง\nกองการศึกษา", ["กองคลัง", "กองช่าง", "กองการศึกษา"]),
        ("- งานทะเบียนฯ - กองวิชาการฯ", ["งานทะเบียนฯ", "กองวิชาการฯ"]),
        ("- ทุกหน่วยงาน - กองวิชาการฯ", ["ทุกหน่วยงาน", "กองวิชาการฯ"]),
        ("สำนักปลัด งานการเจ้าหน้าที่", ["สำนักปลัด", "งานการเจ้าหน้าที่"]),
        ("งานพัฒนาบุคลากร ฝ่ายอำนวยการ สำนักปลัดเทศบาล", ["งานพัฒนาบุคลากร", "ฝ่ายอำนวยการ", "สำนักปลัดเทศบาล"]),
        ("หน่วยตรวจสอบภายใน สถานธนานุบาล ศูนย์ข้อมูลข่าวสาร", ["หน่วยตรวจสอบภายใน", "สถานธนานุบาล", "ศูนย์ข้อมูลข่าวสาร"]),
        ("ผู้อำนวยการกองคลัง", ["ผู้อำนวยการกองคลัง"]),
        ("ผู้อำนวยการ กองคลัง", ["ผู้อำนวยการ กองคลัง"]),
        ("หัวหน้าสำนักปลัด ผู้อำนวยการกองทุกกอง", ["หัวหน้าสำนักปลัด", "ผู้อำนวยการกองทุกกอง"]),
        ("ทุกส่วนราชการ", ["ทุกส่วนราชการ"]),
        ("ประชาสัมพันธ์ ทุกส่วน ราชการ", ["ประชาสัมพันธ์", "ทุกส่วน ราชการ"]),
        ("ผู้บริหาร นิติการ ทุกส่วนราชการ", ["ผู้บริหาร", "นิติการ", "ทุกส่วนราชการ"]),
        ("เจ้าหน้าที่ประชาสัมพันธ์ ทุกส่วนราชการ", ["เจ้าหน้าที่ประชาสัมพันธ์", "ทุกส่วนราชการ"]),
        ("นิติกร สำนักปลัด", ["นิติกร สำนักปลัด"]),
        ("กองการศึกษา ศาสนา และวัฒนธรรม", ["กองการศึกษา ศาสนา และวัฒนธรรม"]),
        ("กองสาธารณสุข และสิ่งแวดล้อม กองช่าง", ["กองสาธารณสุข และสิ่งแวดล้อม", "กองช่าง"]),
        ("กองยุทธศาสตร์และ งบประมาณ กองคลัง", ["กองยุทธศาสตร์และ งบประมาณ", "กองคลัง"]),
        ("สำนักปลัด เทศบาล", ["สำนักปลัด เทศบาล"]),
        ("ทุก กอง ทุก สำนัก", ["ทุก กอง", "ทุก สำนัก"]),
        ("กองทุนหลักประกันสุขภาพ กองคลัง", ["กองทุนหลักประกันสุขภาพ", "กองคลัง"]),
        (SENTENCE, [SENTENCE]),
        ("-", []),
        ("", []),
    ],
)
def test_split_units_splits_lists_and_nothing_else(text: str, units: list[str]) -> None:
    assert split_units(text) == units


@given(
    st.lists(st.sampled_from([unit.name for unit in STANDARD_UNITS]), min_size=1, max_size=8),
    st.sampled_from([" ", ", ", "\n", "/", " - "]),
)
def test_split_units_gives_back_standard_units_run_together(units: list[str], gap: str) -> None:
    assert split_units(gap.join(units)) == units


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("กองคลัง", True),
        ("งานทะเบียนฯ", True),
        ("ทุกส่วนราชการ", True),
        ("ประชาสัมพันธ์", True),
        ("ผู้อำนวยการกองคลัง", False),
        ("กองคลัง กองช่าง", False),
        ("นิติกร", False),
        ("กอง", False),
        ("สถานที่ราชการ", False),
        ("นายสมชาย ใจดี", False),
        (SENTENCE, False),
        ("", False),
    ],
)
def test_is_unit_knows_units_from_posts(text: str, is_one: bool) -> None:
    assert is_unit(text) is is_one


def test_is_sentence_needs_length_and_a_verb() -> None:
    assert is_sentence(SENTENCE)
    assert not is_sentence("สำนักปลัดเทศบาล กองคลัง กองช่าง กองการศึกษา กองสาธารณสุข")
    assert not is_sentence("ทุกงานจัดทำ")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (SENTENCE, ["ทุกภารกิจงาน", "สำนักปลัดเทศบาล"]),
        (
            "-ทุกภารกิจงานจัดทำข้อมูล และส่งมอบให้ เจ้าหน้าที่ผู้รับผิดชอบ เผยแพร่ข้อมูล",
            ["ทุกภารกิจงาน", "เจ้าหน้าที่ผู้รับผิดชอบเผยแพร่ข้อมูล"],
        ),
        ("กองคลังรวบรวมเอกสารทั้งหมด", ["กองคลัง"]),
        ("ตามที่เห็นสมควร", []),
    ],
)
def test_sentence_parties_names_doer_and_receiver(text: str, parties: list[str]) -> None:
    assert sentence_parties(text) == parties


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("กองวิชาการ", "กองวิชาการฯ", True),
        ("กองวิชาการฯ", "กองวิชาการและแผนงาน", True),
        ("งานทะเบียนฯ", "งานทะเบียนราษฎร", True),
        ("สำนัก ปลัด", "สำนักปลัดเทศบาล", True),
        ("กองป่าไม้ฯ", "กองป่าไม้และที่ดิน", True),
        ("กองคลัง", "กองช่าง", False),
        ("กองวิชาการ", "งานทะเบียน", False),
        ("กองป่าไม้", "กองป่าไม้และที่ดิน", False),
    ],
)
def test_same_unit_knows_short_forms(a: str, b: str, same: bool) -> None:
    assert same_unit(a, b) is same_unit(b, a) is same


def test_known_unit_finds_or_names_the_nearest() -> None:
    found = known_unit("กองวิชาการฯ")
    assert found.unit is not None
    assert (found.unit.name, found.unit.kind, found.nearest) == ("กองวิชาการและแผนงาน", "กอง", ())
    near = known_unit("กองวิชากร")
    assert (near.unit, near.nearest[0]) == (None, "กองวิชาการและแผนงาน")
    assert known_unit("ไปรษณีย์สากล").unit is None


def test_known_unit_takes_the_office_own_units() -> None:
    found = known_unit("กองป่าไม้", own=["กองป่าไม้"])
    assert found.unit is not None
    assert (found.unit.name, found.unit.kind) == ("กองป่าไม้", "กอง")


def test_no_two_standard_units_share_a_name() -> None:
    names = [name for unit in STANDARD_UNITS for name in (unit.name, *unit.aliases)]
    assert len(names) == len(set(names))
    assert all(is_unit(unit.name) for unit in STANDARD_UNITS)


def test_units_take_linear_time_on_hostile_text() -> None:
    texts = [
        "กอง" * 60_000,
        "กอง " * 50_000,
        "ทุก " * 50_000,
        "ส่งให้" * 33_000,
        "- " * 100_000,
        "/" * 200_000,
        "ก " * 100_000,
    ]
    for read in (split_units, is_unit, is_sentence, sentence_parties):
        assert_quick(read, texts)
