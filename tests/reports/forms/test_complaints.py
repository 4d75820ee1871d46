"""Statistics of complaints as a whole: what both breakdowns, the totals and what was told before give away together."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.documents.plain import plain
from prongsai.errors import RecordsInvalid
from prongsai.reports.forms import complaint_statistics
from prongsai.reports.forms.complaint_statistics import ComplaintStatistics, Count, suppress
from tests.conftest import PROVE

MONTHS = ("ตุลาคม", "พฤศจิกายน")
KINDS = ("การจัดซื้อจัดจ้าง", "เรียกรับสินบน", "อื่น ๆ")
ROW = ("total", "done", "pending", "procurement", "other")
Case = tuple[str, str, bool]
CASES: tuple[Case, ...] = tuple(product(MONTHS, KINDS, (True, False)))


def counted(cases: tuple[Case, ...]) -> ComplaintStatistics:
    """Count complaints, each a month, a kind and whether it is done."""

    def row(label: str, found: list[Case], *, split: bool) -> Count:
        done, bought = sum(1 for case in found if case[2]), sum(1 for case in found if case[1] == KINDS[0])
        told = Count(label, len(found), done, len(found) - done)
        return replace(told, procurement=bought, other=len(found) - bought) if split else told

    year = row("", list(cases), split=False)
    months = tuple(row(month, [one for one in cases if one[0] == month], split=True) for month in MONTHS)
    kinds = tuple(row(kind, [one for one in cases if one[1] == kind], split=False) for kind in KINDS)
    sample = complaint_statistics.sample()
    return replace(sample, total=year.total, done=year.done, pending=year.pending, months=months, categories=kinds)


def cells(statistics: ComplaintStatistics) -> dict[tuple[str, str], int | None]:
    rows = (*statistics.months, *statistics.categories)
    found = {(row.label, name): getattr(row, name) for row in rows for name in ROW}
    return found | {("ทั้งปี", name): getattr(statistics, name) for name in ROW[:3]}


@cache
def every_year(n: int) -> list[dict[tuple[str, str], int | None]]:
    return [cells(counted(cases)) for cases in combinations_with_replacement(CASES, n)]


@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=5 if PROVE else 4), st.booleans())
@settings(max_examples=400 if PROVE else 12, deadline=None)
def test_no_year_of_complaints_can_be_worked_out_from_what_is_told_of_it(cases: list[Case], hide: bool) -> None:
    """E7.3: looked at against every year of as many complaints, or of one more or less where that is not told."""
    whole = counted(tuple(cases))
    told = cells(suppress(replace(whole, hide_small_totals=hide)))
    seen = {cell: count for cell, count in told.items() if count is not None}
    sizes = {len(cases)} if told["ทั้งปี", "total"] is not None else {1, 2}
    alike = [
        world for n in sizes for world in every_year(n) if all(world[cell] == count for cell, count in seen.items())
    ]
    for cell, count in cells(whole).items():
        if told[cell] is None and count:
            assert len({world[cell] for world in alike}) > 1, (cell, Counter(cases))
    breakdowns = {cell: count for cell, count in seen.items() if cell[0] != "ทั้งปี" or hide}
    assert not [cell for cell, count in breakdowns.items() if 0 < count < 3]


@given(st.lists(st.sampled_from(CASES), max_size=9), st.booleans())
def test_keeping_back_twice_changes_nothing(cases: list[Case], hide: bool) -> None:
    once = suppress(replace(counted(tuple(cases)), hide_small_totals=hide))
    assert suppress(once) == once


def test_total_that_is_kept_back_is_printed_in_words_and_read_again() -> None:
    few = counted((CASES[0], CASES[5]))
    hidden = suppress(replace(few, refused=1, hide_small_totals=True))
    assert (hidden.total, hidden.done, hidden.pending, hidden.refused) == (None, None, None, None)
    document = plain(complaint_statistics.compose(hidden))
    lines = [line.text for line in document.paragraphs()]
    told = "เรื่องร้องเรียนทั้งปี น้อยกว่า ๓ เรื่อง ดำเนินการแล้วเสร็จ น้อยกว่า ๓ เรื่อง อยู่ระหว่างดำเนินการ น้อยกว่า ๓ เรื่อง"
    assert told in lines
    assert complaint_statistics.recognise(document) == (hidden, ())


def test_paper_from_before_there_was_a_split_or_a_count_of_refused_is_read_as_it_was() -> None:
    sample = complaint_statistics.sample()
    assert (sample.refused, sample.is_half, sample.months[0].procurement) == (None, False, None)
    document = plain(complaint_statistics.compose(sample))
    heads = [cell.text for cell in next(document.tables()).rows[0].cells]
    assert heads == ["เดือน", "เรื่องทั้งหมด", "แล้วเสร็จ", "อยู่ระหว่างดำเนินการ", "หมายเหตุ"]
    assert complaint_statistics.recognise(document) == (sample, ())


def test_kinds_of_the_assessment_and_posts_are_nobodys_name() -> None:
    labels = ("การจัดซื้อจัดจ้าง", "การใช้อำนาจของนายกเทศมนตรี", "นายช่างโยธา", "ทุจริตต่อหน้าที่", "อื่น ๆ")
    rows = tuple(Count(label, 0, 0, 0) for label in labels)
    assert complaint_statistics.PAPER.check(replace(counted(()), categories=rows)) == []


def test_half_a_year_is_named_where_the_year_would_be() -> None:
    half = replace(counted(()), is_half=True)
    document = plain(complaint_statistics.compose(half))
    lines = [line.text for line in document.paragraphs()]
    assert "รอบ ๖ เดือนแรก (ตุลาคม ถึงมีนาคม)" in lines
    assert "ในรอบ ๖ เดือนแรกนี้ไม่มีเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ" in lines
    assert [table.rows[-1].cells[0].text for table in document.tables()] == ["รวม ๖ เดือนแรก"] * 2
    assert complaint_statistics.recognise(document) == (half, ())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"refused": 9}, "COMPLAINTS_REFUSED"),
        ({"months": (Count("ตุลาคม", 3, 3, 0, 2, 2),)}, "COMPLAINTS_SPLIT"),
        ({"categories": (Count("เรื่องของนายสมชาย ใจดีงาม", 3, 3, 0),)}, "COMPLAINTS_PERSON"),
        ({"categories": (Count("โทร. 081-234-5678", 3, 3, 0),)}, "COMPLAINTS_PERSON"),
    ],
)
def test_statistics_that_cannot_be_or_name_a_person_are_refused(changes: dict, code: str) -> None:
    """E7.2, E7.3."""
    year = replace(counted(()), total=3, done=3, pending=0, months=(), categories=())
    with pytest.raises(RecordsInvalid) as refused:
        complaint_statistics.from_json(complaint_statistics.to_json(replace(year, **changes)))
    assert code in [problem.code for problem in refused.value.problems]
