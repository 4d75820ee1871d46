"""What stands in the papers on a year's work: parts, order, wording, and nothing that the records do not hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.documents.model import (
    Document,
    Fields,
    Mark,
    Masthead,
    NewPage,
    Orientation,
    Paragraph,
    Picture,
    Signatures,
    Style,
    Table,
)
from prongsai.documents.plain import plain
from prongsai.errors import RecordsInvalid
from prongsai.reports.from_json import records_from_json
from prongsai.reports.measures_report import Layout
from prongsai.reports.papers import (
    gap_memo,
    measures_announcement,
    measures_report,
    score_report,
    tracking_6,
    tracking_12,
)
from prongsai.reports.papers.options import Closing, Options
from prongsai.reports.papers.shell import position_lines
from prongsai.reports.records import Agency, IndicatorPlan, Measure, Overall, ProgressStatus, Report
from tests.reports.papers.same import same_records

AGENCY = {"name": "เทศบาลตำบลบ้านสวนพลู"}


def _texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _heads(table: Table) -> list[str]:
    return [cell.text for cell in table.rows[0].cells]


def _report(*rows: dict[str, object], **more: object) -> Report:
    return records_from_json({"agency": AGENCY, "fiscal_year_be": 2568, "rows": list(rows), **more})


MEASURE: dict[str, object] = {
    "kind": "measure", "issue_no": 1, "issue_title": "กระบวนการปฏิบัติงาน", "measure": "จัดทำคู่มือ", "steps": ["ประชุม", "ยกร่าง"],
    "period": "ไตรมาสที่ ๑", "responsible": ["กองคลัง"], "results": ["มีคู่มือ"], "outcomes": ["ลดเวลา"],
}  # fmt: skip


def test_the_measures_package_has_its_parts_in_order() -> None:
    blocks = measures_report.compose(measures_report.sample()).blocks
    marks = [block for block in blocks if isinstance(block, Masthead | NewPage | Table)]
    assert [type(mark).__name__ for mark in marks[:5]] == ["Masthead", "NewPage", "Masthead", "NewPage", "Table"]
    pages = [block.orientation for block in blocks if isinstance(block, NewPage)]
    assert pages == [Orientation.PORTRAIT, Orientation.LANDSCAPE]


def test_the_memo_has_numbered_heads_and_laws_only_when_given() -> None:
    heads = [
        text
        for text in _texts(measures_report.compose(measures_report.sample()))
        if text[:3] in ("๑. ", "๒. ", "๓. ", "๔. ")
    ]
    assert heads == ["๑. เรื่องเดิม", "๒. ข้อเท็จจริง", "๓. ข้อพิจารณา"]
    options = Options(laws=("พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐", "ระเบียบ ก"))
    texts = _texts(measures_report.compose(measures_report.sample(), options))
    assert texts[texts.index("๓. ข้อกฎหมายและระเบียบ") + 1 :][:3] == [
        "๓.๑ พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐", "๓.๒ ระเบียบ ก", "๔. ข้อพิจารณา",
    ]  # fmt: skip


def test_every_issue_has_its_heading_over_its_table() -> None:
    blocks = measures_report.compose(measures_report.sample()).blocks
    over = [blocks[at - 1] for at, block in enumerate(blocks) if isinstance(block, Table)]
    texts = [block.text[:12] for block in over if isinstance(block, Paragraph) and block.style is Style.HEADING]
    assert texts == [f"ประเด็นที่ {number}"[:12] for number in "๑๒๓๔๕๖๗"]


@pytest.mark.parametrize(
    ("position", "lines"),
    [
        ("ผู้อำนวยการกองช่าง รักษาราชการแทน ปลัดเทศบาลตำบลบ้านสวนพลู", ("ผู้อำนวยการกองช่าง รักษาราชการแทน", "ปลัดเทศบาลตำบลบ้านสวนพลู")),
        ("รองนายกเทศมนตรี ปฏิบัติราชการแทน นายกเทศมนตรีตำบลบ้านสวนพลู", ("รองนายกเทศมนตรี ปฏิบัติราชการแทน", "นายกเทศมนตรีตำบลบ้านสวนพลู")),
        ("ปลัดเทศบาล ปฏิบัติหน้าที่ นายกเทศมนตรีตำบลบ้านสวนพลู", ("ปลัดเทศบาล ปฏิบัติหน้าที่", "นายกเทศมนตรีตำบลบ้านสวนพลู")),
        ("นิติกร รักษาการในตำแหน่ง หัวหน้าฝ่ายอำนวยการ", ("นิติกร รักษาการในตำแหน่ง", "หัวหน้าฝ่ายอำนวยการ")),
        ("ปลัดเทศบาล ปฏิบัติหน้าที่นายกเทศมนตรี", ("ปลัดเทศบาล ปฏิบัติหน้าที่นายกเทศมนตรี",)),
        ("นายกเทศมนตรีตำบลบ้านสวนพลู", ("นายกเทศมนตรีตำบลบ้านสวนพลู",)),
        ("", ()),
    ],
)  # fmt: skip
def test_acting_stands_over_two_lines(position: str, lines: tuple[str, ...]) -> None:
    assert position_lines(position) == lines


def test_the_chain_of_opinions_is_printed_step_by_step() -> None:
    signed = [
        block.places[0]
        for block in measures_report.compose(measures_report.sample()).blocks
        if isinstance(block, Signatures)
    ]
    assert [(place.label, place.opinion_of, place.opinion) for place in signed][1:3] == [
        ("ลงชื่อ", "หัวหน้าฝ่ายแผนงานและงบประมาณ", ("- ตรวจแล้ว ข้อมูลตรงกับทะเบียนผลงานของทุกกอง เห็นควรเสนอ",)),
        ("ลงชื่อ", "หัวหน้าสำนักปลัดเทศบาล", ("เพื่อโปรดพิจารณาลงนามในประกาศ",)),
    ]
    assert signed[-1].label == ""


def test_a_paper_without_memo_starts_with_its_title_and_lies_across() -> None:
    document = measures_report.compose(_report(MEASURE))
    assert document.setup.orientation is Orientation.LANDSCAPE
    assert _texts(document)[:3] == [
        "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๘", "เทศบาลตำบลบ้านสวนพลู",
    ]  # fmt: skip
    assert not any(isinstance(block, Fields | Masthead | Signatures) for block in document.blocks)


def test_an_inferred_province_is_not_printed() -> None:
    agency = Agency("เทศบาลตำบลบ้านสวนพลู", None, "ลพบุรี", ("province",))
    texts = _texts(measures_report.compose(replace(_report(MEASURE), agency=agency)))
    assert [text for text in texts if "ลพบุรี" in text] == []


def test_an_unknown_agency_and_year_leave_a_paper_without_them() -> None:
    document = measures_report.compose(records_from_json({"rows": [MEASURE]}))
    assert measures_report.recognise(plain(document)).agency.name is None
    assert [text for text in _texts(document) if "None" in text or "พ.ศ." in text] == []


def test_seven_columns_take_notes_only_where_there_are_some() -> None:
    bare, noted = (
        _tables(measures_report.compose(_report(row)))[0] for row in (MEASURE, {**MEASURE, "notes": "ทำต่อปีหน้า"})
    )
    assert [len(_heads(table)) for table in (bare, noted)] == [7, 8]
    assert _heads(noted)[-1] == "หมายเหตุ"


def test_six_columns_keep_owner_and_note_apart_in_one_cell() -> None:
    report = _report({**MEASURE, "notes": "กองช่างร่วมดำเนินการ"})
    document = measures_report.compose(report, Options(layout=Layout.SIX))
    cells = _tables(document)[0].rows[1].cells
    assert len(cells) == 6
    assert [line.text for line in cells[5].lines] == ["ผู้รับผิดชอบ: กองคลัง", "หมายเหตุ: กองช่างร่วมดำเนินการ"]
    assert [line.text for line in cells[1].lines] == ["จัดทำคู่มือ", "ขั้นตอน:", "๑. ประชุม", "๒. ยกร่าง"]
    assert same_records(report, measures_report.recognise(plain(document))) == []


def test_a_plan_shows_results_only_when_there_are_some() -> None:
    plan = {**MEASURE, "results": [], "outcomes": [], "weaknesses": ["ไม่มีคู่มือ"], "follow_up": ["รายงานทุกไตรมาส"]}
    document = measures_announcement.compose(_report(plan))
    assert _heads(_tables(document)[0]) == [
        "ลำดับ", "ประเด็นข้อบกพร่อง/จุดอ่อน", "มาตรการ/กิจกรรม", "ขั้นตอนหรือวิธีการปฏิบัติ", "ระยะเวลาในการดำเนินการ", "ผู้รับผิดชอบ", "การติดตามผล",
    ]  # fmt: skip
    assert len(_heads(_tables(measures_announcement.compose(_report(MEASURE)))[0])) == 9


def test_an_unknown_column_is_printed_and_read_back() -> None:
    row = {**MEASURE, "origin": {"extra": {"งบประมาณ": "๑๐,๐๐๐ บาท"}}}
    document = measures_report.compose(_report(row))
    found = measures_report.recognise(plain(document)).rows[0]
    assert _heads(_tables(document)[0])[-1] == "งบประมาณ"
    assert dict(found.origin.extra) == {"งบประมาณ": "๑๐,๐๐๐ บาท"}


@pytest.mark.parametrize("status", ProgressStatus)
def test_a_state_is_one_ticked_box_of_three(status: ProgressStatus) -> None:
    report = _report(
        {"kind": "indicator", "no": 4, "name": "การใช้ทรัพย์สิน", "progress": ["จัดทำทะเบียน"], "status": status.value}
    )
    report = replace(report, indicators=())
    lines = _tables(measures_report.compose(report))[0].rows[1].cells[4].lines
    assert [line.mark for line in lines].count(Mark.TICKED) == 1
    assert [line.mark for line in lines].count(Mark.UNTICKED) == 2
    found = measures_report.recognise(plain(measures_report.compose(report))).rows[0]
    assert isinstance(found, IndicatorPlan)
    assert (found.status, found.boxes, found.progress) == (status, 3, ("จัดทำทะเบียน",))


def test_an_unknown_state_has_no_box() -> None:
    report = _report({"kind": "indicator", "no": 4, "name": "การใช้ทรัพย์สิน", "progress": ["จัดทำทะเบียน"]})
    assert [line.mark for line in _tables(measures_report.compose(report))[0].rows[1].cells[4].lines] == [Mark.NONE]


def test_groups_of_gaps_stand_in_rows_merged_over_the_table() -> None:
    table = _tables(gap_memo.compose(gap_memo.sample()))[0]
    merged = [row.cells[0].text for row in table.rows[1:] if row.cells[0].columns == 6]
    assert merged[:3] == ["ตัวชี้วัดย่อยที่ ๙.๑", "ข้อมูลพื้นฐานของหน่วยงาน", "ด้านการประชาสัมพันธ์"]
    assert all(cell.covered for row in table.rows[1:] if row.cells[0].columns == 6 for cell in row.cells[1:])


def test_the_deadline_is_asked_for_only_when_there_is_one() -> None:
    said = [text for text in _texts(gap_memo.compose(gap_memo.sample())) if "ภายในวันที่" in text]
    assert said == ["เมื่อดำเนินการแล้วขอให้จัดส่งข้อมูลให้ส่วนราชการเจ้าของเรื่อง ภายในวันที่ ๒๔ กุมภาพันธ์ ๒๕๖๖"]
    without = gap_memo.compose(replace(gap_memo.sample(), deadline=None))
    assert [text for text in _texts(without) if "ภายในวันที่" in text] == []
    assert gap_memo.recognise(plain(without)).deadline is None


@pytest.mark.parametrize("closing", Closing)
def test_the_closing_can_be_chosen(closing: Closing) -> None:
    texts = _texts(gap_memo.compose(gap_memo.sample(), Options(closing=closing)))
    assert [text for text in texts if text.startswith("จึงเรียนมา")] == [f"จึงเรียนมาเพื่อ{closing.value}"]


def test_an_announcement_to_be_dated_leaves_room_for_the_day() -> None:
    report = replace(measures_announcement.sample(), announced=None)
    document = measures_announcement.compose(report)
    assert [text for text in _texts(document) if text.startswith("ประกาศ ณ วันที่ ....")] != []
    assert measures_announcement.recognise(plain(document)).announced is None


def test_a_tracking_report_has_a_cover_with_its_round_and_days() -> None:
    document = tracking_6.compose(tracking_6.sample())
    cover = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.style is Style.COVER]
    assert document.setup.cover
    assert cover == [
        "รายงานการดำเนินการตามมาตรการส่งเสริมคุณธรรม", "และความโปร่งใสภายในหน่วยงาน", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗", "รอบ ๖ เดือน",
        "(๑ ตุลาคม ๒๕๖๖ – ๓๑ มีนาคม ๒๕๖๗)", "เทศบาลตำบลบ้านสวนพลู", "อำเภอเมืองลพบุรี จังหวัดลพบุรี",
    ]  # fmt: skip


def test_the_days_of_a_round_follow_from_the_year_when_none_are_stated() -> None:
    report = replace(tracking_6.sample(), report_period=None)
    for kind, last in (
        (tracking_6, "(๑ ตุลาคม ๒๕๖๖ – ๓๑ มีนาคม ๒๕๖๗)"),
        (tracking_12, "(๑ ตุลาคม ๒๕๖๖ – ๓๐ กันยายน ๒๕๖๗)"),
    ):
        assert last in _texts(kind.compose(report))


def test_a_stated_period_of_another_length_is_refused() -> None:
    with pytest.raises(RecordsInvalid) as caught:
        tracking_12.compose(tracking_6.sample())
    assert caught.value.one_line == "report_period: ช่วงที่ระบุยาว 6 เดือน แต่แบบนี้เป็นรอบ 12 เดือน"


def test_records_of_another_kind_are_refused() -> None:
    for kind, report in (
        (gap_memo, tracking_6.sample()),
        (tracking_6, gap_memo.sample()),
        (score_report, gap_memo.sample()),
        (measures_announcement, gap_memo.sample()),
    ):
        with pytest.raises(RecordsInvalid):
            kind.compose(report)


def test_scores_stand_by_instrument_beside_those_of_the_year_before() -> None:
    document = score_report.compose(score_report.sample())
    table = _tables(document)[0]
    assert _heads(table) == ["แบบ", "ลำดับ", "ตัวชี้วัด", "คะแนนปี ๒๕๖๗", "คะแนนปี ๒๕๖๖", "ผลต่าง"]
    assert [(row.cells[0].text, row.cells[0].rows) for row in table.rows[1:] if row.cells[0].rows > 1] == [
        ("IIT", 5),
        ("EIT", 3),
        ("OIT", 2),
    ]
    assert [cell.text for cell in table.rows[8].cells] == [
        "EIT",
        "๘",
        "การปรับปรุงระบบการทำงาน",
        "๘๔.๓๖",
        "๘๖.๑๑",
        "−๑.๗๕",
    ]
    assert [cell.text for cell in table.rows[11].cells] == ["", "", "คะแนนภาพรวม", "๙๒.๒๒", "-", "-"]
    assert table.rows[1].cells[3].value == Decimal("94.62")


def test_the_score_report_draws_a_chart_unless_charts_are_given() -> None:
    def pictures(options: Options) -> list[Picture]:
        return [
            block for block in score_report.compose(score_report.sample(), options).blocks if isinstance(block, Picture)
        ]

    mine = Picture(b"<svg/>", "image/svg+xml", "ก", 10)
    assert [picture.media_type for picture in pictures(Options())] == ["image/svg+xml"]
    assert pictures(Options(charts=())) == []
    assert pictures(Options(charts=(mine,))) == [mine]


def test_the_year_of_scores_is_printed_only_when_it_is_known() -> None:
    report = replace(_report(MEASURE), overall=Overall(Decimal("92.22"), "ผ่านดี"))
    unknown, known = (measures_report.compose(report, Options(scores_year_be=year)) for year in (None, 2567))
    assert [text for text in _texts(unknown) if "๒๕๖๗" in text] == []
    assert [text for text in _texts(known) if "๒๕๖๗" in text] == [
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ "
        "ของเทศบาลตำบลบ้านสวนพลู โดยภาพรวมได้คะแนน ๙๒.๒๒ คะแนน อยู่ในระดับ ผ่านดี"
    ]
    assert measures_report.recognise(plain(known)).fiscal_year_be == 2568


def test_names_that_no_line_may_cut_are_told_to_the_writers() -> None:
    names = measures_report.compose(measures_report.sample()).setup.names
    assert names[0] == "เทศบาลตำบลบ้านสวนพลู"
    assert {"นายอนุชิต ทองพันชั่ง", "กองช่าง"} <= set(names)
    assert len(set(names)) == len(names)


def test_a_deadline_day_alone_is_a_period() -> None:
    row = {**MEASURE, "period": {"end": "2025-03-31"}}
    document = measures_report.compose(_report(row))
    found = measures_report.recognise(plain(document)).rows[0]
    assert isinstance(found, Measure) and found.period is not None
    assert (found.period.text, found.period.start, found.period.end) == (
        "ภายในวันที่ ๓๑ มีนาคม ๒๕๖๘",
        None,
        date(2025, 3, 31),
    )
