"""Requirements on the systems that a paper holds already: docs/reference/systems.md names these tests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from prongsai.documents.model import Document
from prongsai.documents.plain import plain
from prongsai.documents.read.text import read_text
from prongsai.errors import Problem, RecordsInvalid
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.signing import Capacity, Signed
from prongsai.reports.papers.options import USUAL

ACTING_TH = {
    Capacity.ACTING_FOR: "รักษาราชการแทน",
    Capacity.DELEGATED: "ปฏิบัติราชการแทน",
    Capacity.PERFORMING_DUTIES: "ปฏิบัติหน้าที่",
    Capacity.ACTING_IN_POST: "รักษาการในตำแหน่ง",
}
SIGNED_BY = {
    "memo": "signer", "letter": "signer", "announcement": "signer", "committee-order": "signer", "minutes": "taker",
    "no-gift-th": "signer", "zero-report": "signer", "risk-assessment": "signer", "complaint-statistics": "signer",
    "satisfaction-report": "reporter", "loan-form": "approver",
}  # fmt: skip


def composed(name: str, record: Any) -> Document:
    """Compose a paper and give what a reader would find in it."""
    return plain(paper_kind(name).compose(record, USUAL))


def told(name: str, document: Document) -> list[str]:
    return [problem.code for problem in paper_kind(name).recognise(document)[1]]


def without(document: Document, words: str) -> Document:
    """Leave out every line that says some words."""
    return replace(document, blocks=tuple(b for b in document.blocks if words not in getattr(b, "text", "")))


def refused(name: str, **changed: object) -> list[Problem]:
    """Give what is wrong with the records of a sample in which some values were changed."""
    kind = paper_kind(name)
    with pytest.raises(RecordsInvalid) as raised:
        kind.from_json({**kind.to_json(kind.sample()), **changed})
    return list(raised.value.problems)


# ---------------------------------------------------------------- A Dates

CIRCULAR = """บัญชีรายชื่อผู้รับทราบหนังสือเวียน
หน่วยงาน กองคลัง
หนังสือที่ ลบ ๕๒๗๐๑/ว ๑
ลงวันที่ ๑ มกราคม ๒๕๖๙
เรื่อง แจ้งเวียนประกาศ

ลำดับ\tชื่อ - สกุล\tตำแหน่ง\tลงชื่อรับทราบ\tวันที่
๑\tนางสุนันทา ใจมั่นคง\tผู้อำนวยการกองคลัง\tลงนาม\t{}
"""


def read_on(day: str) -> tuple[date | None, Sequence[Problem]]:
    """Read a circular that one person has acknowledged on a printed day."""
    record, problems = paper_kind("circulation-list").recognise(read_text(CIRCULAR.format(day).encode(), "เวียน.txt"))
    return record.readers[0].on, [problem for problem in problems if problem.code == "FORM_VALUE_UNREADABLE"]


@pytest.mark.parametrize("day", ["๕ ม.ค. ๒๕๖๙", "5 มกราคม 2569", "5/1/2026", "5 ม.ค. 2026", "๕ มกราคม ค.ศ. ๒๐๒๖"])
def test_dates_of_a_form_are_read_in_every_print_or_refused_at_their_cell(day: str) -> None:
    assert read_on(day) == (date(2026, 1, 5), [])
    for wrong in ("๓๑ ก.พ. ๒๕๖๙", "๕ บ.ค. ๒๕๖๙"):
        found, (problem,) = read_on(wrong)
        assert (found, problem.severity, problem.evidence) == (None, "error", (wrong,))
        assert (problem.where.line, problem.where.table, problem.where.row, problem.where.column) == (8, 1, 2, 5)


# ---------------------------------------------------------------- B Correspondence


@pytest.mark.parametrize("capacity", ACTING_TH)
@pytest.mark.parametrize("name", SIGNED_BY)
def test_acting_words_stand_under_the_name(name: str, capacity: Capacity) -> None:
    signed = Signed("นางสาวกมลทิพย์ ศรีสวนพลู", "รองนายกเทศมนตรี", capacity, "นายกเทศมนตรีตำบลบ้านสวนพลู")
    record = replace(paper_kind(name).sample(), **{SIGNED_BY[name]: signed})
    lines = [line.text for line in composed(name, record).paragraphs()]
    at = lines.index(f"({signed.name})")
    assert lines[at + 1 : at + 3] == [f"{signed.position} {ACTING_TH[capacity]}", signed.acting_as]


def test_one_who_acknowledges_twice_is_printed_once_in_the_count_and_told() -> None:
    sample = paper_kind("circulation-list").sample()
    first = sample.readers[0]
    assert first.on is not None
    again = replace(first, on=first.on + timedelta(days=1))
    document = composed("circulation-list", replace(sample, readers=(*sample.readers, again)))
    assert [line.text for line in document.paragraphs()][-1] == "รับทราบแล้ว ๖ คน จากทั้งหมด ๗ คน คิดเป็นร้อยละ ๘๕.๗๑"
    assert "CIRCULATION_TWICE" in told("circulation-list", document)


def test_acknowledgement_before_the_circular_or_after_its_due_day_is_told() -> None:
    sample = paper_kind("circulation-list").sample()
    in_time = tuple(replace(reader, on=sample.dated) for reader in sample.readers)
    assert told("circulation-list", composed("circulation-list", replace(sample, readers=in_time))) == []
    for day, code in ((sample.dated - timedelta(days=1), "EARLY"), (sample.due + timedelta(days=1), "LATE")):
        one = replace(sample, readers=(replace(in_time[0], on=day), *in_time[1:]))
        assert told("circulation-list", composed("circulation-list", one)) == [f"CIRCULATION_{code}"]


def test_signature_dated_before_the_step_below_is_told() -> None:
    sample = paper_kind("opinion-form").sample()
    days = (date(2026, 1, 5), date(2026, 1, 7), date(2026, 1, 6))
    steps = tuple(
        replace(step, signed=replace(step.signed, on=day)) for step, day in zip(sample.steps[:3], days, strict=True)
    )
    in_order = (steps[0], steps[1], replace(steps[2], signed=replace(steps[2].signed, on=days[1])))
    for given, codes in ((steps, ["OPINION_ORDER"]), (in_order, [])):
        assert told("opinion-form", composed("opinion-form", replace(sample, steps=given))) == codes


# ---------------------------------------------------------------- E Complaints


def test_year_without_complaints_is_stated_and_silence_is_told() -> None:
    sample = paper_kind("complaint-statistics").sample()
    none = replace(sample, total=0, done=0, pending=0, months=(), categories=())
    document = composed("complaint-statistics", none)
    lines = [line.text for line in document.paragraphs()]
    assert "ในปีงบประมาณนี้ไม่มีเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ" in lines
    assert paper_kind("complaint-statistics").recognise(document) == (none, ())
    silent = without(without(document, " ๐ เรื่อง"), "ไม่มีเรื่องร้องเรียน")
    assert told("complaint-statistics", silent) == ["FORM_VALUE_MISSING"] * 3
    assert [problem.severity for problem in refused("complaint-statistics", total=None)] == ["error"]


# ---------------------------------------------------------------- F Gifts, statements of nothing


def test_month_outside_the_period_of_a_statement_is_told() -> None:
    sample = paper_kind("zero-report").sample()
    outside = replace(sample.months[0], month=date(2020, 1, 1))
    document = composed("zero-report", replace(sample, months=(*sample.months, outside)))
    assert told("zero-report", document) == ["ZERO_MONTH_OUTSIDE"]


# ---------------------------------------------------------------- G Risks


def risk(**changed: object) -> list[Mapping[str, object]]:
    kind = paper_kind("risk-assessment")
    return [{**kind.to_json(kind.sample())["risks"][0], **changed}]


def with_rated(document: Document, level: str) -> Document:
    """Print another level beside the first risk."""
    table = next(t for t in document.tables() if len(t.rows[0].cells) == 12)
    row = table.rows[2]
    cell = replace(row.cells[11], raw=level, lines=(replace(row.cells[11].lines[0], text=level),))
    rows = (*table.rows[:2], replace(row, cells=(*row.cells[:11], cell)), *table.rows[3:])
    return replace(document, blocks=tuple(replace(b, rows=rows) if b is table else b for b in document.blocks))


@pytest.mark.parametrize("name", ["level", "score"])
def test_level_and_score_of_a_risk_cannot_be_typed(name: str) -> None:
    (problem,) = refused("risk-assessment", risks=risk(**{name: "ต่ำ"}))
    assert (problem.code, problem.message.partition(":")[0].rpartition(".")[2]) == ("RECORD_FIELD_UNKNOWN", name)


def test_printed_level_that_does_not_follow_from_the_matrix_is_told() -> None:
    document = composed("risk-assessment", paper_kind("risk-assessment").sample())
    assert told("risk-assessment", document) == []
    (problem,) = paper_kind("risk-assessment").recognise(with_rated(document, "ต่ำ"))[1]
    assert (problem.code, problem.message_th) == (
        "FORM_STATED_DIFFERS",
        "การประเมินความเสี่ยง ระดับ พิมพ์ไว้ ต่ำ แต่คำนวณจากรายการได้ สูง",
    )


def test_level_changes_with_the_matrix() -> None:
    sample = paper_kind("risk-assessment").sample()
    renamed = replace(sample, levels=tuple(replace(level, name=f"{level.name}ยิ่ง") for level in sample.levels))
    printed = [
        cell.text
        for table in composed("risk-assessment", renamed).tables()
        for row in table.rows
        for cell in row.cells[11:12]
    ]
    assert printed[2:] == ["สูงยิ่ง", "ปานกลางยิ่ง", "สูงมากยิ่ง"]


@pytest.mark.parametrize("name", ["measures", "responsible"])
def test_risk_without_measure_or_owner_is_refused_and_told(name: str) -> None:
    (problem,) = refused("risk-assessment", risks=risk(**{name: []}))
    assert (problem.severity, name in problem.message) == ("error", True)
    sample = paper_kind("risk-assessment").sample()
    bare = replace(sample, risks=(replace(sample.risks[0], **{name: ()}), *sample.risks[1:]))
    assert told("risk-assessment", composed("risk-assessment", bare)) == ["FORM_VALUE_MISSING"]
