from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import Severity
from prongsai.thai.date_print import format_fiscal_year, format_period
from prongsai.thai.fiscal import fiscal_year, half, quarter
from prongsai.thai.numerals import to_thai
from prongsai.thai.periods import read_period
from tests.thai.hostile import assert_quick

YEAR = 2568  # of the cell's document, where a cell leaves it out


def d(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "start", "end", "inferred"),
    [
        ("๑๕-๓๐ ธ.ค. ๒๕๖๖", "2023-12-15", "2023-12-30", ("month", "year")),
        ("๑ - ๓๐ ต.ค. ๒๕๖๖", "2023-10-01", "2023-10-30", ("month", "year")),
        ("๑ ต.ค. - ๓๐ ต.ค. ๒๕๖๖", "2023-10-01", "2023-10-30", ("year",)),
        ("๑ ก.พ.-๒๗ ก.พ. ๖๗", "2024-02-01", "2024-02-27", ("year", "century")),
        ("๑ ต.ค. ๒๕๖๖-๓๐ มี.ค. ๒๕๖๗", "2023-10-01", "2024-03-30", ()),
        ("๑ ตุลาคม ๒๕๖๕ – ๓๑ มีนาคม ๒๕๖๖", "2022-10-01", "2023-03-31", ()),
        ("(๑ ตุลาคม ๒๕๖๕ — ๓๑ มีนาคม ๒๕๖๖)", "2022-10-01", "2023-03-31", ()),
        ("๑ ตุลาคม ๒๕๖๕ ถึง ๓๑ มีนาคม ๒๕๖๖", "2022-10-01", "2023-03-31", ()),
        ("ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๕ จนถึงวันที่ ๓๑ มีนาคม ๒๕๖๖", "2022-10-01", "2023-03-31", ()),
        ("วันที่ดำเนินการ ๑ ต.ค. ๒๕๖๖ วันที่สิ้นสุด วันที่ ๓๑ มี.ค. ๒๕๖๗", "2023-10-01", "2024-03-31", ()),
        ("เริ่มต้น ๑ ต.ค. ๒๕๖๖\nสิ้นสุด ๓๑ มี.ค. ๒๕๖๗", "2023-10-01", "2024-03-31", ()),
        ("2023-10-01 - 2024-03-31", "2023-10-01", "2024-03-31", ()),
        ("1/10/2566 - 31/3/2567", "2023-10-01", "2024-03-31", ()),
        ("๑ ต.ค. ๒๕๖๖ - ๓๑ ธ.ค.", "2023-10-01", "2023-12-31", ("year",)),
        ("ต.ค. ๒๕๖๖ - มี.ค. ๒๕๖๗", "2023-10-01", "2024-03-31", ()),
        ("เดือนตุลาคม - ธันวาคม ๒๕๖๖", "2023-10-01", "2023-12-31", ("year",)),
        ("ม.ค.-มี.ค. 2567", "2024-01-01", "2024-03-31", ("year",)),
        ("พ.ย. ๖๖ ถึง ก.พ. ๖๗", "2023-11-01", "2024-02-29", ("century",)),
        ("ตุลาคม - ธันวาคม", "2024-10-01", "2024-12-31", ("year",)),
        ("เดือนมกราคม ๒๕๖๗", "2024-01-01", "2024-01-31", ()),
        ("ประจำเดือน กุมภาพันธ์ ๒๕๖๗", "2024-02-01", "2024-02-29", ()),
        ("ไตรมาสที่ ๑ - ๒", "2024-10-01", "2025-03-31", ("fiscal_year",)),
        ("ไตรมาสที่ ๑-๒", "2024-10-01", "2025-03-31", ("fiscal_year",)),
        ("ไตรมาส 1-2/2567", "2023-10-01", "2024-03-31", ()),
        ("ไตรมาสที่ ๑ ถึง ๔", "2024-10-01", "2025-09-30", ("fiscal_year",)),
        ("ไตรมาส ๑ และ ๒", "2024-10-01", "2025-03-31", ("fiscal_year",)),
        ("ไตรมาสที่ ๑, ๒ และ ๓", "2024-10-01", "2025-06-30", ("fiscal_year",)),
        ("ไตรมาส ๑ และ ๓", "2024-10-01", "2025-06-30", ("fiscal_year", "between")),
        ("ไตรมาสที่ ๔/๒๕๖๖ - ไตรมาสที่ ๑/๒๕๖๗", "2023-07-01", "2023-12-31", ()),
        ("ไตรมาสที่ ๔ ปีงบประมาณ พ.ศ. ๒๕๖๕", "2022-07-01", "2022-09-30", ()),
        ("ไตรมาสแรก", "2024-10-01", "2024-12-31", ("fiscal_year",)),
        ("ไตรมาสสุดท้าย", "2025-07-01", "2025-09-30", ("fiscal_year",)),
        ("ปีงบประมาณ 2566", "2022-10-01", "2023-09-30", ()),
        ("ปีงบประมาณ พ.ศ. ๒๕๖๗", "2023-10-01", "2024-09-30", ()),
        ("ประจำปีงบประมาณ พ.ศ.๒๕๖๗", "2023-10-01", "2024-09-30", ()),
        ("ปีงบประมาณ ๖๗", "2023-10-01", "2024-09-30", ()),
        ("ปีงบประมาณ พ.ศ. ๒๕๖๖ - ๒๕๗๐", "2022-10-01", "2027-09-30", ()),
        ("ปี ๒๕๖๗", "2023-10-01", "2024-09-30", ("fiscal_year",)),
        ("รอบ ๖ เดือน", "2024-10-01", "2025-03-31", ("fiscal_year", "half")),
        ("รอบ ๖ เดือนแรก", "2024-10-01", "2025-03-31", ("fiscal_year",)),
        ("รอบ 6 เดือนหลัง ปีงบประมาณ 2566", "2023-04-01", "2023-09-30", ()),
        ("๖ เดือนแรก", "2024-10-01", "2025-03-31", ("fiscal_year",)),
        ("รอบ ๙ เดือน", "2024-10-01", "2025-06-30", ("fiscal_year",)),
        ("รอบ ๑๒ เดือน", "2024-10-01", "2025-09-30", ("fiscal_year",)),
        ("ครึ่งปีหลัง", "2025-04-01", "2025-09-30", ("fiscal_year",)),
        ("ตลอดปีงบประมาณ", "2024-10-01", "2025-09-30", ("fiscal_year",)),
        ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๗", "2023-10-01", "2024-09-30", ()),
        ("ดำเนินการตลอดทั้งปี", "2024-10-01", "2025-09-30", ("fiscal_year",)),
        ("ตลอดปี", "2024-10-01", "2025-09-30", ("fiscal_year",)),
        ("ทั้งปี", "2024-10-01", "2025-09-30", ("fiscal_year",)),
        ("รอบ ๖ เดือน (๑ ตุลาคม ๒๕๖๕ – ๓๑ มีนาคม ๒๕๖๖)", "2022-10-01", "2023-03-31", ()),
        ("ปีงบประมาณ ๒๕๖๗ (๑ ต.ค. ๒๕๖๖ - ๓๐ ก.ย. ๒๕๖๗)", "2023-10-01", "2024-09-30", ()),
        ("ภายในวันที่ ๓๑ มี.ค. ๒๕๖๗", None, "2024-03-31", ()),
        ("ภายในเดือนเมษายน ๒๕๖๖", None, "2023-04-30", ()),
        ("ภายในไตรมาสที่ ๑", None, "2024-12-31", ("fiscal_year",)),
        ("ภายในปีงบประมาณ ๒๕๖๗", None, "2024-09-30", ()),
        ("๓๑ มี.ค. ๒๕๖๗", None, "2024-03-31", ()),
        ("ตั้งแต่ ๑ ต.ค. ๒๕๖๖ เป็นต้นไป", "2023-10-01", None, ()),
        ("เริ่ม ๑ ต.ค. ๒๕๖๖", "2023-10-01", None, ()),
    ],
)
def test_read_period_reads_every_print(
    text: str, start: str | None, end: str | None, inferred: tuple[str, ...]
) -> None:
    period = read_period(text, fiscal_year_be=YEAR)
    assert period is not None
    assert (period.start, period.end, period.problem, period.inferred) == (d(start), d(end), None, inferred)
    assert period.text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "start", "end", "code"),
    [
        ("๑ ต.ค. - ๓๐ ก.ย. ๒๕๖๗", "2024-10-01", "2024-09-30", "PERIOD_REVERSED"),
        ("๓ ต.ค. ๒๕๖๖-๓๐ ก.ย. ๒๕๖๖", "2023-10-03", "2023-09-30", "PERIOD_REVERSED"),
        ("เดือนตุลาคม - มีนาคม ๒๕๖๗", "2024-10-01", "2024-03-31", "PERIOD_REVERSED"),
        ("ไตรมาสที่ ๔ - ๑", "2025-07-01", "2024-12-31", "PERIOD_REVERSED"),
        ("๑ ต.ค. ๒๕๖๖ - ๓๑ ก.พ. ๒๕๖๗", "2023-10-01", None, "DATE_IMPOSSIBLE"),
        ("๑ บ.ค. ๒๕๖๗ วันที่สิ้นสุด วันที่ ๓๐ ก.ย. ๒๕๖๗", None, "2024-09-30", "DATE_MONTH_UNKNOWN"),
        ("๑ ต.ค. ๒๗๖๖ - ๓๐ ก.ย. ๒๕๖๗", None, "2024-09-30", "DATE_YEAR_UNREADABLE"),
        ("๑ ต.ค. - ๑๖-๑๗ ๒๕๖๗", None, None, "PERIOD_UNREADABLE"),
        ("๑ ก.ย. - ๒๕๖๖-๓๐ ก.ย. ๒๕๖๖", None, None, "PERIOD_UNREADABLE"),
        ("๑ ธันวาคม ๒๕๖๕ ๓๑ มกราคม ๒๕๖๖", None, None, "PERIOD_UNREADABLE"),
        ("๑ ม.ค. ๖๖ - ๒ ม.ค. ๖๖ และ ๓ ม.ค. ๖๗ - ๔ ม.ค. ๖๗", None, None, "PERIOD_UNREADABLE"),
        ("ไตรมาสที่ ๕", None, None, "PERIOD_UNREADABLE"),
        ("๒๕๖๗", None, None, "PERIOD_UNREADABLE"),
    ],
)
def test_a_faulty_period_stays_as_printed_with_its_problem(
    text: str, start: str | None, end: str | None, code: str
) -> None:
    period = read_period(text, fiscal_year_be=YEAR)
    assert period is not None
    assert (period.start, period.end) == (d(start), d(end))
    assert period.problem is not None
    assert period.problem.code == code


def test_a_reversed_period_shows_the_arithmetic() -> None:
    period = read_period("๑ ต.ค. - ๓๐ ก.ย. ๒๕๖๗")
    assert period is not None
    assert period.problem is not None
    assert period.problem.severity is Severity.ERROR
    assert period.problem.arithmetic == "2024-09-30 − 2024-10-01 = -1"


@pytest.mark.parametrize("text", ["ไตรมาสที่ ๑", "รอบ ๖ เดือน", "ตลอดปี", "ตลอดปีงบประมาณ"])
def test_without_a_fiscal_year_what_is_missing_is_named(text: str) -> None:
    period = read_period(text)
    assert period is not None
    assert (period.start, period.end, period.inferred) == (None, None, ("fiscal_year",))
    assert period.problem is not None
    assert period.problem.code == "PERIOD_UNREADABLE"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "ทุกเดือน",
        "ทุกไตรมาส",
        "ไตรมาสละ ๑ ครั้ง",
        "ทุก ๆ ๖ เดือน",
        "ทุกปี",
        "ตลอดเวลา",
        "อย่างสม่ำเสมอ",
        "๗ วัน",
        "เดือนละ ๒ ครั้ง",
    ],
)
def test_read_period_finds_none_where_none_is(text: str) -> None:
    assert read_period(text, fiscal_year_be=YEAR) is None


@given(st.dates(date(1937, 1, 1), date(2107, 12, 31)), st.dates(date(1937, 1, 1), date(2107, 12, 31)))
def test_a_printed_period_is_read_back(one: date, other: date) -> None:
    start, end = sorted((one, other))
    for style in ("full", "full_be", "abbr"):
        period = read_period(format_period(start, end, style))  # type: ignore[arg-type]
        assert period is not None
        wanted = (start, end) if start < end else (None, end)
        assert (period.start, period.end, period.problem) == (*wanted, None)


@given(st.integers(2480, 2650), st.integers(1, 4), st.integers(1, 4))
def test_quarters_halves_and_years_are_read_back(be: int, one: int, other: int) -> None:
    first, last = sorted((one, other))
    year = to_thai(str(be))
    spans = {
        f"ไตรมาสที่ {first} - {last}/{year}": (quarter(first, be).start, quarter(last, be).end),
        f"รอบ ๖ เดือนแรก ปีงบประมาณ พ.ศ. {year}": half(1, be),
        f"รอบ ๖ เดือนหลัง ปีงบประมาณ พ.ศ. {year}": half(2, be),
        format_fiscal_year(be): fiscal_year(be),
    }
    for text, span in spans.items():
        period = read_period(text)
        assert period is not None
        assert (period.start, period.end) == tuple(span)


@given(st.text(alphabet="๑๒๓๖๗ ตค.กยมี-–ถึงไตรมาสที่ปีงบประมาณรอบเดือนแรกหลังภายใน/และ", max_size=40))
def test_read_period_never_fails_and_never_reverses_silently(text: str) -> None:
    period = read_period(text, fiscal_year_be=YEAR)
    if period and period.start and period.end and period.end < period.start:
        assert period.problem is not None
        assert period.problem.code == "PERIOD_REVERSED"


def test_periods_take_linear_time_on_hostile_text() -> None:
    texts = [
        "๑ ต.ค. - " * 20_000, "ไตรมาสที่ ๑ " * 15_000, "ปีงบประมาณ 2566 " * 12_000, "1-" * 100_000, "(" * 200_000,
        "รอบ 6 เดือน " * 16_000, "ทุก ๆ " * 40_000, "1 ต.ค. 2566 สิ้นสุด " * 10_000, "ภายใน" * 40_000,
    ]  # fmt: skip
    assert_quick(lambda text: read_period(text, fiscal_year_be=YEAR), texts)
