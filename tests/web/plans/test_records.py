from datetime import date

import pytest

from prongsai.reports.read import read_report
from prongsai.reports.records import Kind, Measure, Report
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Finding
from prongsai.web.intake.models import Intake
from prongsai.web.plans import models, services
from prongsai.web.plans.records import NO_DATE_TH, memo_of, options_of, report_of
from tests.web.intake.papers import NAMES, PAPERS, accept_all, in_format, take, told, written

pytestmark = pytest.mark.django_db
SUFFIXES = (".txt", ".docx", ".html")
FIELDS = ("issue_no", "issue_title", "seq", "measure", "steps", "responsible", "results", "outcomes", "notes")


def _dispatch(intake: Intake) -> models.Dispatch:
    """Dispatch every finding to the unit that its paper names."""
    dispatch = models.Dispatch.objects.create(cycle=intake.cycle, subject="มอบหมาย", due_on=date(2023, 2, 24))
    spare = Unit.objects.filter(agency=intake.agency).first()
    for finding in Finding.objects.filter(cycle=intake.cycle).order_by("pk"):
        for text in finding.units_text.split(", "):
            unit = Unit.objects.filter(agency=intake.agency, name=text).first() or spare
            models.Task.objects.get_or_create(
                dispatch=dispatch, finding=finding, unit=unit, cycle=intake.cycle, title=text[:500], due_on="2023-02-24"
            )
    return dispatch


def _again(intake: Intake, kind: Kind) -> tuple[Report, str]:
    if kind is Kind.GAP_MEMO:
        return memo_of(_dispatch(intake)), "gap-memo"
    months = (intake.report["report_period"] or {}).get("start") and kind is Kind.TRACKING_REPORT
    name = "tracking-6" if months else "measures-report"
    return report_of(intake.cycle, name), name


def _make_units(intake: Intake) -> None:
    for row in intake.rows.all():
        for text in row.values.get("units") or ():
            Unit.objects.get_or_create(agency=intake.agency, name=text, kind="section", parent=None)


def _refused(rows: list) -> set[str]:
    return {row.title for row in rows}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", PAPERS)
def test_records_of_an_accepted_paper_written_and_read_again_equal_it(scope, tmp_path, name, suffix):
    path = in_format(name, tmp_path, suffix)
    printed = read_report(path)
    me = scope(Role.COORDINATOR)
    if suffix == ".html":  # web pages are not kept as files; what they say is the same
        path = in_format(name, tmp_path, ".docx")
    intake = take(me, path)
    _make_units(intake)
    assert accept_all(me, intake) == []
    again, kind = _again(intake, printed.document_type)
    assert [told(row) for row in again.rows] == [told(row) for row in printed.rows]
    read = read_report(written(again, kind, tmp_path, suffix, options_of(intake.cycle, kind)))
    assert [told(row) for row in read.rows] == [told(row) for row in printed.rows]
    assert read.agency.name == printed.agency.name and read.fiscal_year_be == printed.fiscal_year_be
    assert read.overall.score == printed.overall.score
    assert [(one.no, one.score) for one in read.indicators] == [
        (one.no, one.score) for one in printed.indicators if one.score is not None
    ]


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_real_papers_are_accepted_or_pointed_out_and_written_again(scope, shared, tmp_path, number):
    path = next((shared / "samples").glob(f"{number}_*.txt"))
    printed = read_report(path)
    me = scope(Role.COORDINATOR)
    intake = take(me, path)
    assert intake.rows.filter(kind__in=["gap", "measure", "indicator", "tracking"]).count() == len(printed.rows)
    _make_units(intake)
    refused = accept_all(me, intake)
    assert all(row.problems for row in refused)
    again, kind = _again(intake, printed.document_type)
    left_out = _refused(refused)
    kept = [told(row) for row in printed.rows if getattr(row, "measure", "") not in left_out]
    assert [told(row) for row in again.rows] == kept
    if number == "001":
        assert refused == []
        read = read_report(written(again, kind, tmp_path, ".docx", options_of(intake.cycle, kind)))
        for one, other in zip(read.rows, printed.rows, strict=True):
            assert isinstance(one, Measure) and isinstance(other, Measure)
            assert [getattr(one, name) for name in FIELDS] == [getattr(other, name) for name in FIELDS]
            assert one.period.text == other.period.text


# --- what is typed --------------------------------------------------------------------------------------------------


@pytest.fixture
def cycle(scope):
    return cycles.ensure_cycle(scope(Role.COORDINATOR), fiscal_year_be=2567)


def _add(scope, cycle, **values):
    return services.add_measure(scope(Role.COORDINATOR), cycle=cycle, title="ชี้แจงงบประมาณทุกไตรมาส", **values)


def test_report_of_typed_measures_numbers_them_in_their_issue(scope, cycle):
    for issue in (2, 1, 2):
        _add(scope, cycle, issue_no=issue, issue_title=f"ประเด็น {issue}")
    rows = report_of(cycle, "measures-report").rows
    assert [(row.issue_no, row.seq) for row in rows] == [(1, "๑"), (2, "๑"), (2, "๒")]


def test_report_of_a_changed_period_prints_its_days_and_not_the_old_words(scope, cycle):
    measure = _add(scope, cycle, period_text="ไตรมาสที่ ๑", starts_on=date(2024, 10, 1), ends_on=date(2024, 12, 31))
    assert report_of(cycle, "measures-report").rows[0].period.text == "ไตรมาสที่ ๑"
    services.change_measure(scope(Role.COORDINATOR), measure=measure, ends_on=date(2025, 3, 31))
    period = report_of(cycle, "measures-report").rows[0].period
    assert (period.text, period.start, period.end) == ("", date(2024, 10, 1), date(2025, 3, 31))


def test_tracking_of_typed_measures_says_what_is_due_and_done_in_the_round_and_gives_nothing_a_date(scope, cycle):
    measure = _add(
        scope,
        cycle,
        issue_no=5,
        issue_title="การใช้งบประมาณ",
        steps=[
            {"text": "เสนอแผน", "due_on": date(2024, 11, 30)},
            {"text": "สรุปทั้งปี", "due_on": date(2025, 9, 30)},
            "แจ้งเวียน",
        ],
        results=["ปิดประกาศแล้ว"],
        owners=["กองคลัง"],
    )
    models.Progress.objects.create(measure=measure, on=date(2024, 12, 2), result="ประชุมชี้แจง", place=5)
    models.Progress.objects.create(measure=measure, on=date(2025, 6, 2), result="ประชุมชี้แจงอีกครั้ง", place=6)
    half, year = (report_of(cycle, kind).rows[0] for kind in ("tracking-6", "tracking-12"))
    assert half.group == "ประเด็นที่ ๕ การใช้งบประมาณ" and half.steps == ("เสนอแผน", "สรุปทั้งปี", "แจ้งเวียน")
    assert [(one.text, one.date) for one in half.due] == [("เสนอแผน", date(2024, 11, 30))]
    assert [one.text for one in year.due] == ["เสนอแผน", "สรุปทั้งปี"]
    assert [(one.text, one.date) for one in half.done] == [
        (f"ปิดประกาศแล้ว {NO_DATE_TH}", None),
        ("ประชุมชี้แจง เมื่อวันที่ ๒ ธันวาคม ๒๕๖๗", date(2024, 12, 2)),
    ]
    assert len(year.done) == 3
    assert [one.text for one in report_of(cycle, "tracking-12", date(2025, 1, 1)).rows[0].done] == [
        one.text for one in half.done
    ]


def test_tracking_of_a_measure_without_due_steps_is_due_at_its_end_in_the_round(scope, cycle):
    _add(scope, cycle, ends_on=date(2025, 3, 31))
    half = report_of(cycle, "tracking-6")
    assert [(one.text, one.date) for one in half.rows[0].due] == [("แล้วเสร็จภายในวันที่ ๓๑ มีนาคม ๒๕๖๘", date(2025, 3, 31))]
    assert half.report_period.text == "(๑ ตุลาคม ๒๕๖๗ – ๓๑ มีนาคม ๒๕๖๘)"


def test_indicator_row_whose_state_was_changed_ticks_the_new_box(scope, tmp_path):
    me = scope(Role.COORDINATOR)
    intake = take(me, in_format("indicator-plan-2567.txt", tmp_path, ".txt"))
    accept_all(me, intake)
    measure = models.Measure.objects.filter(cycle=intake.cycle, source__kind="indicator").first()
    models.Measure.objects.filter(pk=measure.pk).update(state="running")
    plan = next(row for row in report_of(intake.cycle, "measures-report").rows if row.kind == "indicator")
    assert (plan.status, plan.ticked, plan.boxes) == ("in_progress", (), 3)


def test_memo_names_the_units_that_got_the_task_when_the_paper_meant_others(scope, cycle, agency, tmp_path):
    me = scope(Role.COORDINATOR)
    finding = cycles.add_finding(me, cycle=cycle, title="แผนดำเนินงาน", units_text="กองคลัง, กองช่าง")
    dispatch = models.Dispatch.objects.create(cycle=cycle, subject="มอบหมาย", due_on=date(2025, 1, 31))
    unit = Unit.objects.get(agency=agency, name="กองการศึกษา")
    models.Task.objects.create(
        dispatch=dispatch, cycle=cycle, finding=finding, unit=unit, title="แผน", due_on=date(2025, 1, 31)
    )
    memo = memo_of(dispatch)
    assert memo.rows[0].units == ("กองการศึกษา",) and memo.deadline == date(2025, 1, 31)
    assert NAMES[memo.document_type] == "gap-memo"
    assert read_report(written(memo, "gap-memo", tmp_path, ".txt")).rows[0].units == ("กองการศึกษา",)


def test_report_of_another_kind_is_refused(cycle):
    with pytest.raises(ValueError, match="no report of kind score-report"):
        report_of(cycle, "score-report")


def test_report_takes_the_same_queries_for_one_measure_and_three(scope, cycle, django_assert_num_queries):
    for count in (1, 3):
        while models.Measure.objects.count() < count:
            _add(scope, cycle, steps=["ก", "ข"], owners=["กองคลัง"], results=["ค"])
        with django_assert_num_queries(5):
            report_of(cycle, "tracking-6")
