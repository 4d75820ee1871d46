from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import Severity
from prongsai.thai.date_print import DateStyle, format_date
from prongsai.thai.days import find_dates, read_date
from prongsai.thai.numerals import to_arabic, to_thai
from tests.thai.hostile import assert_quick


@pytest.mark.parametrize(
    ("text", "value", "inferred"),
    [
        ("๓๐ มีนาคม ๒๕๖๙", date(2026, 3, 30), ()),
        ("30 มีนาคม 2569", date(2026, 3, 30), ()),
        ("๓0 มีนาคม 25๖๙", date(2026, 3, 30), ()),
        ("วันที่ ๙ ตุลาคม พ.ศ. ๒๕๖๗", date(2024, 10, 9), ()),
        ("๙ ตุลาคม พ.ศ.๒๕๖๗", date(2024, 10, 9), ()),
        ("ประกาศ ณ วันที่ ๓๐ มีนาคม พ.ศ. ๒๕๖๙", date(2026, 3, 30), ()),
        ("สั่ง ณ วันที่๑ตุลาคมพ.ศ.๒๕๖๗", date(2024, 10, 1), ()),
        ("๓๐ มีนาคม ค.ศ. ๒๐๒๖", date(2026, 3, 30), ()),
        ("30 มีนาคม 2026", date(2026, 3, 30), ()),
        ("๑ ต.ค. ๒๕๖๖", date(2023, 10, 1), ()),
        ("๑ ต.ค ๒๕๖๗", date(2024, 10, 1), ()),
        ("1 ตค. 2566", date(2023, 10, 1), ()),
        ("1 ตค 2566", date(2023, 10, 1), ()),
        ("1 ต. ค. 2566", date(2023, 10, 1), ()),
        ("๑ต.ค.๒๕๖๖", date(2023, 10, 1), ()),
        ("๑ ต.ค. ๖๖", date(2023, 10, 1), ("century",)),
        ("๒๗ ก.พ. ๖๗", date(2024, 2, 27), ("century",)),
        ("วันที่ ๑ เดือน ตุลาคม พ.ศ. ๒๕๖๖", date(2023, 10, 1), ()),
        ("๑ ตุลา คม ๒๕๖๖", date(2023, 10, 1), ()),
        ("๑ กรกฏาคม ๒๕๖๖", date(2023, 7, 1), ("month_spelling",)),
        ("๓๐ มี\u200bนาคม\u00a0๒๕๖๙", date(2026, 3, 30), ()),
        ("2026-03-30", date(2026, 3, 30), ()),
        ("๒๕๖๙-๐๓-๓๐", date(2026, 3, 30), ()),
        ("30/3/2569", date(2026, 3, 30), ()),
        ("๓๐ / ๐๓ / ๒๕๖๙", date(2026, 3, 30), ()),
        ("30/3/2026", date(2026, 3, 30), ()),
        ("30/3/69", date(2026, 3, 30), ("century",)),
        ("30.3.2569", date(2026, 3, 30), ()),
        ("30-3-2569", date(2026, 3, 30), ()),
        ("๒๙ กุมภาพันธ์ ๒๕๖๗", date(2024, 2, 29), ()),
        ("ลงวันที่ ๒๐ พฤษภาคม ๒๕๖๓ เรื่อง แต่งตั้งคณะกรรมการ", date(2020, 5, 20), ()),
        ("๕ มกราคม ๒๕๖๖ เวลา ๐๙.๓๐ น.", date(2023, 1, 5), ()),
    ],
)
def test_read_date_reads_every_print(text: str, value: date, inferred: tuple[str, ...]) -> None:
    reading = read_date(text)
    assert reading is not None
    assert (reading.value, reading.problem, reading.inferred) == (value, None, inferred)


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("๓๑ ก.พ. ๒๕๖๗", "DATE_IMPOSSIBLE", Severity.ERROR),
        ("๒๙ กุมภาพันธ์ ๒๕๖๖", "DATE_IMPOSSIBLE", Severity.ERROR),
        ("32 ม.ค. 2566", "DATE_IMPOSSIBLE", Severity.ERROR),
        ("0 ม.ค. 2566", "DATE_IMPOSSIBLE", Severity.ERROR),
        ("31/4/2566", "DATE_IMPOSSIBLE", Severity.ERROR),
        ("๑ บ.ค. ๒๕๖๗", "DATE_MONTH_UNKNOWN", Severity.ERROR),
        ("๑ บ.๓. ๒๕๖๗", "DATE_MONTH_UNKNOWN", Severity.ERROR),
        ("๑ ๘.๙. ๒๕๖๗", "DATE_MONTH_UNKNOWN", Severity.ERROR),
        ("๑๕ มกรคม ๒๕๖๖", "DATE_MONTH_UNKNOWN", Severity.ERROR),
        ("๑ ต.ค. ๒๗๖๖", "DATE_YEAR_UNREADABLE", Severity.ERROR),
        ("๑ ต.ค. ๒๕๖", "DATE_YEAR_UNREADABLE", Severity.ERROR),
        ("๑ ต.ค. ๒๐๕๖๗", "DATE_YEAR_UNREADABLE", Severity.ERROR),
        ("30 มีนาคม พ.ศ. 2026", "DATE_YEAR_UNREADABLE", Severity.ERROR),
        ("30 มีนาคม ค.ศ. 2569", "DATE_YEAR_UNREADABLE", Severity.ERROR),
        ("๕ มกราคม", "DATE_YEAR_UNREADABLE", Severity.INFO),
        ("3/30/2569", "DATE_AMBIGUOUS", Severity.WARNING),
        ("5/3/24", "DATE_AMBIGUOUS", Severity.WARNING),
        ("๑ ธันวาคม ๒๕๖๕ หรือ ๓๑ มกราคม ๒๕๖๖", "DATE_AMBIGUOUS", Severity.WARNING),
    ],
)
def test_what_cannot_be_is_a_problem_never_a_guess(text: str, code: str, severity: Severity) -> None:
    reading = read_date(text)
    assert reading is not None
    assert reading.value is None
    assert reading.problem is not None
    assert (reading.problem.code, reading.problem.severity) == (code, severity)
    assert reading.problem.message_th != reading.problem.message
    assert reading.problem.mend_th


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "ทุกเดือน", "พ.ร.บ. พ.ศ. ๒๕๔๐", "เดือนตุลาคม ๒๕๖๖", "สำนักงาน ก.พ. ๒๕๖๖", "๓ ประชาคม ๒๕๖๖",
        "ต.คลองหลวง ๑๒ หมู่", "ที่ ลบ ๕๒๗๐๑.๐๔/๓๑๗", "ระเบียบข้อ ๑๒/๑", "โทร. ๐-๓๖๐๐-๐๐๐๐", "1.2.3", "๑๒:๓๐ น.", "99/99/2566",
    ],
)  # fmt: skip
def test_read_date_finds_none_where_none_is(text: str) -> None:
    assert read_date(text) is None


def test_find_dates_gives_places_in_the_original() -> None:
    text = "เริ่ม ๑\u200b ต.ค. ๒๕๖๖ และ 2024-03-31"
    found = find_dates(text)
    assert [text[one.start : one.end] for one in found] == ["๑\u200b ต.ค. ๒๕๖๖", "2024-03-31"]
    assert [one.reading.kind for one in found] == ["day", "iso"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("๑๕-๓๐ ธ.ค. ๒๕๖๖", [date(2023, 12, 15), date(2023, 12, 30)]),
        ("๑ ต.ค. - ๓๐ ก.ย. ๒๕๖๗", [date(2024, 10, 1), date(2024, 9, 30)]),
        ("๑ ต.ค. ๒๕๖๖ - ๓๑ ธ.ค.", [date(2023, 10, 1), date(2023, 12, 31)]),
        ("วันที่ ๑๐, ๑๑ และ ๑๒ มกราคม ๒๕๖๖", [date(2023, 1, 10), date(2023, 1, 11), date(2023, 1, 12)]),
        ("ข้อ ๑ - ๓๐ กันยายน ๒๕๖๖", [date(2023, 9, 30)]),
        ("โครงการ ๕ และ ๓๐ กันยายน ๒๕๖๖", [date(2023, 9, 30)]),
        ("15/3/2566-30/9/2566", [date(2023, 3, 15), date(2023, 9, 30)]),
        ("เมื่อวันที่ ๑ ธันวาคม ๒๕๖๕ ดำเนินการเมื่อ วันที่ ๓๑ มกราคม ๒๕๖๖", [date(2022, 12, 1), date(2023, 1, 31)]),
    ],
)
def test_find_dates_shares_month_and_year_over_a_dash(text: str, days: list[date]) -> None:
    assert [one.reading.value for one in find_dates(text)] == days


def test_shared_parts_are_named_as_inferred() -> None:
    first, second = (one.reading for one in find_dates("๑๕-๓๐ ธ.ค. ๒๕๖๖"))
    assert (first.text, first.inferred) == ("๑๕", ("month", "year"))
    assert (second.text, second.inferred) == ("๓๐ ธ.ค. ๒๕๖๖", ())


def test_the_fiscal_year_gives_a_missing_year_and_says_so() -> None:
    for text, value in (("๕ มกราคม", date(2024, 1, 5)), ("๕ ตุลาคม", date(2023, 10, 5))):
        reading = read_date(text, fiscal_year_be=2567)
        assert reading is not None
        assert (reading.value, reading.inferred, reading.problem) == (value, ("year",), None)


@pytest.mark.parametrize("style", ["full", "full_be", "abbr"])
@given(st.dates(date(1937, 1, 1), date(2107, 12, 31)))
def test_what_is_printed_is_read_back(style: DateStyle, day: date) -> None:
    for digits in ("thai", "arabic"):
        reading = read_date(format_date(day, style, digits=digits))  # type: ignore[arg-type]
        assert reading is not None
        assert (reading.value, reading.problem, reading.inferred) == (day, None, ())


@given(st.dates(date(1957, 1, 1), date(2056, 12, 31)))
def test_short_years_are_read_back_within_their_century(day: date) -> None:
    reading = read_date(format_date(day, "abbr_short"))
    assert reading is not None
    assert (reading.value, reading.inferred) == (day, ("century",))


@given(st.dates(date(1937, 1, 1), date(2107, 12, 31)), st.booleans())
def test_numbers_are_read_back(day: date, thai: bool) -> None:
    for text in (day.isoformat(), f"{day.day}/{day.month}/{day.year + 543}"):
        reading = read_date(to_thai(text) if thai else text)
        assert reading is not None
        assert reading.value == day


@given(st.text(alphabet="๐๑๒๓1239 ./-–ตคกพมเย.ดือนวันที่ถึงและ,()ปีศ", max_size=40))
def test_every_found_date_is_where_it_says_and_whole(text: str) -> None:
    last = 0
    for one in find_dates(text, fiscal_year_be=2567):
        assert last <= one.start < one.end <= len(text)
        assert " ".join(text[one.start : one.end].split()) == one.reading.text
        assert (one.reading.value is None) == (one.reading.problem is not None)
        last = one.end


@given(st.text(alphabet="๐๑๒๓๖๗ ต.ค.กย-ถึง", max_size=30))
def test_thai_and_arabic_digits_read_alike(text: str) -> None:
    def values(one: str) -> list[object]:
        return [(found.start, found.reading.value, found.reading.inferred) for found in find_dates(one)]

    assert values(text) == values(to_arabic(text))


def test_days_take_linear_time_on_hostile_text() -> None:
    pieces = [
        "๑ ต.ค. ",
        "1",
        "1 ",
        "ก.",
        "1-",
        "1/",
        "1,",
        "1 ต.ค. - ",
        "วันที่ 1 และ ",
        "1 บ.ค. ",
        "1 มกรคม 2566",
        " ",
        "ม",
    ]
    texts = [piece * (200_000 // len(piece)) for piece in pieces]
    assert_quick(find_dates, texts)
