import pytest

from prongsai.thai.months import MONTHS, MONTHS_SHORT, is_misspelt_month, month_number, unknown_month_abbreviations
from tests.thai.hostile import assert_quick


def test_month_number_reads_every_name_with_and_without_dots() -> None:
    for number, (full, short) in enumerate(zip(MONTHS, MONTHS_SHORT, strict=True), 1):
        forms = [full, short, short.rstrip("."), short.replace(".", ""), short.replace(".", ". "), f" {full} "]
        assert [month_number(form) for form in forms] == [number] * len(forms)


@pytest.mark.parametrize(
    ("text", "number"),
    [("ตค.", 10), ("ต. ค.", 10), ("มีค", 3), ("มีนา คม", 3), ("กรกฏาคม", 7), ("บ.ค.", None), ("เดือน", None), ("", None)],
)
def test_month_number_reads_what_is_printed(text: str, number: int | None) -> None:
    assert month_number(text) == number


def test_misspelt_months_are_known_as_such() -> None:
    assert [is_misspelt_month(text) for text in ("กรกฏาคม", "กรกฎาคม", "พฤษจิกายน")] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("๑ บ.ค. ๒๕๖๗ ถึง ๓๑ บ.ค. ๒๕๖๗", ["บ.ค.", "บ.ค."]),
        ("๑ บ.๓. ๘.๙. ๒๕๖๒", ["บ.๓.", "๘.๙."]),
        ("๓๐ ต.๓. ๒๕๖๑", ["ต.๓."]),
        ("2 อค. 2566", ["อค."]),
        ("๑ ม.ย. พ.ศ. ๒๕๖๗", ["ม.ย."]),
        ("๑ ต.ค. ๒๕๖๖ และ ๒ มค. ๒๕๖๗", []),
        ("ข้อ ๑ พ.ศ. ๒๕๖๖", []),
        ("ลำดับ 3 น.ส.ก ข ปี 2566", []),
        ("บ.ค. ๒๕๖๗", []),
        ("๑ บ.ค. ๒๐", []),
    ],
)
def test_unknown_month_abbreviations_stand_between_day_and_year(text: str, unknown: list[str]) -> None:
    assert unknown_month_abbreviations(text) == unknown


def test_no_month_is_an_unknown_abbreviation() -> None:
    for short in MONTHS_SHORT:
        assert unknown_month_abbreviations(f"๑ {short} ๒๕๖๗") == []


def test_months_take_linear_time_on_hostile_text() -> None:
    assert_quick(unknown_month_abbreviations, ["1 ก.ก. " * 25_000, "1 " * 100_000, "ก." * 100_000, "1 ก.ก.ก." * 20_000])
    assert_quick(month_number, ["มกราคม" * 30_000])
