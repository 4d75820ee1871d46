import threading
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connections
from django.utils import translation

from prongsai.web.agencies.journal import Stale, broken
from prongsai.web.agencies.models import AuditEntry, Person, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Cycle, Finding, FindingState, ItemState, ScoreSnapshot
from prongsai.web.intake import queries, services
from prongsai.web.intake.models import Intake, IntakeRow, RowKind, RowState
from prongsai.web.plans.models import Measure
from tests.web.intake.papers import FAULTY, accept_all, take, take_sample

pytestmark = pytest.mark.django_db


def _row(intake, **found):
    return intake.rows.filter(**found).order_by("place").first()


def _accept(scope, row, choice=""):
    return services.accept_row(scope, row=row, version=row.version, choice=choice)


# --- what rows become -----------------------------------------------------------------------------------------------


def test_gap_becomes_a_finding_of_the_item_that_its_code_meant_in_its_year(scope, agency):
    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "gap-memo-2566.txt")
    finding = _accept(me, _row(intake, place=2))
    assert (finding.cycle.fiscal_year_be, finding.item.code, finding.printed_code) == (2566, "O3", "O3")
    assert (finding.title, finding.score) == ("อำนาจหน้าที่", Decimal("0.00"))
    assert finding.units_text == "งานนิติการ, งานประชาสัมพันธ์" and finding.unit is None
    assert finding.source["where"]["line"] == 28 and finding.source["printed"]["score"] == "๐"
    item = ItemState.objects.get(pk=finding.item_id)
    assert item.last_score == Decimal("0.00") and item.last_remark.startswith("ให้งานนิติการสรุปหน้าที่")


def test_gap_of_an_older_paper_is_followed_to_what_its_item_has_become(scope):
    me = scope(Role.COORDINATOR)
    cycles.ensure_cycle(me, fiscal_year_be=2569)
    intake = take_sample(me, "gap-memo-2566.txt")
    finding = _accept(me, _row(intake, place=2))
    assert finding.cycle.fiscal_year_be == 2569
    assert (finding.printed_code, finding.item.key) == ("O3", finding.item.key)
    assert finding.item.cycle_id == finding.cycle_id
    assert ItemState.objects.get(pk=finding.item_id).last_score is None  # the paper is not of that year


def test_gap_takes_the_unit_that_the_agency_has(scope, agency):
    Unit.objects.create(agency=agency, name="งานนิติการ", kind="section", place=9)
    me = scope(Role.COORDINATOR)
    finding = _accept(me, _row(take_sample(me, "gap-memo-2566.txt"), place=2))
    assert finding.unit.name == "งานนิติการ"


def test_same_item_twice_is_asked_and_merging_keeps_both_texts(scope):
    me = scope(Role.COORDINATOR)
    first = take_sample(me, "gap-memo-2566.txt")
    finding = _accept(me, _row(first, place=2))
    text = (FAULTY.parent / "clean/gap-memo-2566.txt").read_text(encoding="utf-8")
    again = services.take_in(me, name="แก้ไข.txt", content=text.replace("เป็นหน้าเดียวที่อ่านเข้าใจง่าย", "ให้ครบ").encode())
    row = _row(again, place=2)
    with pytest.raises(services.NeedsChoice, match="needs a choice"):
        _accept(me, row)
    assert IntakeRow.objects.get(pk=row.pk).state == RowState.WAITING
    assert _accept(me, row, services.MERGE).pk == finding.pk
    finding.refresh_from_db()
    assert "อ่านเข้าใจง่าย" in finding.advice and "ให้ครบ" in finding.variants[0]["advice"]
    assert Finding.objects.filter(item=finding.item).count() == 1


def test_same_item_twice_in_one_paper_is_left_for_a_person(scope):
    me = scope(Role.COORDINATOR)
    text = (FAULTY.parent / "clean/gap-memo-2566.txt").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("O๓"))
    other = line.replace("แยกชื่อ", "ใหม่ชื่อ").replace("เป็นหน้าเดียวที่อ่านเข้าใจง่าย", "ให้ครบถ้วนทุกมาตราและทุกฉบับ")
    intake = services.take_in(me, name="ซ้ำ.txt", content=text.replace(line, f"{line}\n{other}").encode())
    twice = [row for row in intake.rows.all() if "SAME_ITEM_TWICE" in {p["code"] for p in row.problems}]
    assert len(twice) == 2 and not any(row.is_clean for row in twice)


def test_measure_becomes_a_measure_with_everything_that_was_printed(scope):
    me = scope(Role.COORDINATOR)
    row = _row(take_sample(me, "measures-report-2568.txt"), place=1)
    measure = _accept(me, row)
    values = row.values
    assert (measure.title, measure.issue_no, measure.seq) == (values["measure"], values["issue_no"], values["seq"])
    assert [step.text for step in measure.steps.all()] == values["steps"]
    assert [owner.text for owner in measure.owners.all()] == values["responsible"]
    assert [one.result for one in measure.progress.all() if one.result] == values["results"]
    assert [one.outcome for one in measure.progress.all() if one.outcome] == values["outcomes"]
    assert (
        measure.period_text == values["period"]["text"] and measure.starts_on.isoformat() == values["period"]["start"]
    )
    assert measure.source["file"]["name"] == "measures-report-2568.txt" and measure.source["lines"]
    assert (measure.cycle.fiscal_year_be, measure.cycle.measures_year_be) == (2567, 2568)


def test_indicator_becomes_a_finding_covered_by_its_measure(scope):
    me = scope(Role.COORDINATOR)
    row = _row(take_sample(me, "indicator-plan-2567.txt"), kind=RowKind.INDICATOR)
    measure = _accept(me, row)
    finding = measure.findings.get()
    assert (finding.indicator, finding.score, finding.state) == ("1", Decimal("93.18"), FindingState.COVERED)
    assert (measure.title, measure.state) == ("การปฏิบัติหน้าที่", "done")
    assert [step.text for step in measure.steps.all()] == row.values["guidance"]


def test_topic_becomes_a_measure_with_dated_steps_and_dated_progress(scope):
    me = scope(Role.COORDINATOR)
    measure = _accept(me, _row(take_sample(me, "tracking-2567.txt"), place=1))
    steps = list(measure.steps.all())
    assert [step.due_on is not None for step in steps] == [False] * 3 + [True] * 3
    assert [(step.due_on.isoformat(), step.done_on.isoformat()) for step in steps[3:]] == [
        ("2023-11-30", "2023-11-01"),
        ("2023-12-31", "2023-12-14"),
        ("2024-03-31", "2024-03-20"),
    ]
    assert [(one.on.isoformat(), one.step) for one in measure.progress.all()] == [
        ("2023-11-01", steps[3]),
        ("2023-12-14", steps[4]),
        ("2024-03-20", steps[5]),
    ]


def test_scores_go_to_the_cycle_of_the_assessed_year(scope):
    me = scope(Role.COORDINATOR)
    snapshot = _accept(me, _row(take_sample(me, "scores-2567.json")))
    assert (snapshot.cycle.fiscal_year_be, snapshot.kind, snapshot.overall_pct) == (2567, "official", Decimal("92.22"))
    assert snapshot.file.name == "scores-2567.json"


def test_person_is_added_once_and_the_very_name_is_taken_as_who_is_there(scope, agency):
    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "score-results-2567.txt")
    row = _row(intake, kind=RowKind.PERSON)
    person = _accept(me, row)
    assert (person.prefix, person.given_name, person.family_name) == ("นาง", "พรทิวา", "จันทร์สมบูรณ์")
    other = take_sample(me, "measures-report-2568.txt")
    same = _accept(me, _row(other, kind=RowKind.PERSON, title="นางพรทิวา จันทร์สมบูรณ์"))
    assert same.pk == person.pk and Person.objects.filter(given_name="พรทิวา").count() == 1


def test_name_like_one_in_the_register_is_asked_and_never_merged_by_itself(scope, agency):
    known = Person.objects.create(agency=agency, prefix="นาง", given_name="พรทิวา", family_name="จันทร์สมบูรน์")
    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "score-results-2567.txt")
    row = _row(intake, kind=RowKind.PERSON)
    done = services.accept_clean(me, intake=intake, version=1)
    assert done.left == 1 and IntakeRow.objects.get(pk=row.pk).state == RowState.WAITING
    with pytest.raises(services.NeedsChoice) as asked:
        _accept(me, row)
    assert str(known) in asked.value.message_th
    assert _accept(me, row, str(known.pk)).pk == known.pk
    assert Person.objects.filter(given_name="พรทิวา").count() == 1


def test_person_of_another_agency_cannot_be_chosen(scope, other_agency):
    stranger = Person.objects.filter(agency=other_agency).first()
    me = scope(Role.COORDINATOR)
    row = _row(take_sample(me, "score-results-2567.txt"), kind=RowKind.PERSON)
    with pytest.raises(ValidationError):
        _accept(me, row, str(stranger.pk))
    assert IntakeRow.objects.get(pk=row.pk).state == RowState.WAITING


# --- all that is clean ----------------------------------------------------------------------------------------------


def test_accept_clean_takes_every_clean_row_at_once_and_leaves_the_others(scope, agency):
    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "score-results-2567.txt")
    done = services.accept_clean(me, intake=intake, version=1)
    counts = queries.counts_of(intake)
    assert (done.accepted, counts.accepted, counts.waiting, counts.clean) == (9, 9, 4, 0)
    assert Measure.objects.count() == 6
    assert not intake.rows.filter(state=RowState.ACCEPTED, target_id=None).exists()
    entry = AuditEntry.objects.get(action="intake.accept_clean")
    assert len(entry.changes["rows"][1]) == 9 and list(broken(agency)) == []


def test_accept_clean_is_all_or_nothing(scope):
    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "indicator-plan-2567.txt")
    last = intake.rows.filter(is_clean=True, kind=RowKind.INDICATOR).last()
    IntakeRow.objects.filter(pk=last.pk).update(values={**last.values, "score": 250.0})
    with pytest.raises(ValidationError) as refused:
        services.accept_clean(me, intake=intake, version=1)
    assert last.title in refused.value.messages[0]
    assert (Measure.objects.count(), Finding.objects.count(), Cycle.objects.count()) == (0, 0, 0)
    assert not intake.rows.exclude(state=RowState.WAITING).exists()


def test_accept_clean_again_finds_nothing_and_an_old_version_is_refused(scope):
    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "tracking-2567.txt")
    assert services.accept_clean(me, intake=intake, version=1).accepted == 10
    with pytest.raises(Stale):
        services.accept_clean(me, intake=intake, version=1)
    assert services.accept_clean(me, intake=intake, version=2).accepted == 0
    assert Measure.objects.count() == 10


# --- mending, rejecting ---------------------------------------------------------------------------------------------


def test_mending_changes_what_is_saved_and_keeps_what_was_read(scope):
    me = scope(Role.COORDINATOR)
    row = _row(take_sample(me, "gap-memo-2566.txt"), place=2)
    mended = services.mend_row(me, row=row, version=1, values={"title": "หน้าที่และอำนาจ", "score": 50.0})
    assert (mended.title, mended.is_mended, mended.version) == ("O3 หน้าที่และอำนาจ", True, 2)
    assert (mended.values["title"], mended.read["title"]) == ("หน้าที่และอำนาจ", "อำนาจหน้าที่")
    entry = AuditEntry.objects.get(action="intake.mend")
    assert entry.changes == {"title": ["อำนาจหน้าที่", "หน้าที่และอำนาจ"], "score": ["0.0", "50.0"]}
    assert _accept(me, mended).score == Decimal("50.00")


def test_chosen_item_takes_the_place_of_the_one_found(scope):
    me = scope(Role.COORDINATOR)
    row = _row(take_sample(me, "gap-memo-2566.txt"), place=2)
    cycle = cycles.ensure_cycle(me, fiscal_year_be=2566)
    key = cycle.items.get(code="O8").key
    mended = services.mend_row(me, row=row, version=1, values={"item_key": key})
    assert _accept(me, mended).item.code == "O8"


def test_name_of_a_row_is_thai_whatever_language_its_mender_reads(scope):
    me = scope(Role.COORDINATOR)
    row = _row(take_sample(me, "score-results-2567.txt"), kind=RowKind.SCORES)
    with translation.override("en"):
        mended = services.mend_row(me, row=row, version=1, values={"year_be": 2565})
    assert mended.title == "คะแนน ITA ปี 2565"


def test_rejected_row_stays_and_can_be_put_back(scope):
    me = scope(Role.COORDINATOR)
    row = _row(take_sample(me, "gap-memo-2566.txt"), place=2)
    services.reject_row(me, row=row, version=1)
    with pytest.raises(Stale):
        _accept(me, row)
    back = services.restore_row(me, row=row, version=2)
    assert (back.state, back.version) == (RowState.WAITING, 3)
    assert _accept(me, back).title == "อำนาจหน้าที่"


# --- the cycle ------------------------------------------------------------------------------------------------------


def test_cycle_of_the_papers_year_is_proposed_and_opened_by_the_first_acceptance(scope):
    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "tracking-2567.txt")
    proposal = queries.proposed_cycle(me, intake)
    assert (proposal.cycle, proposal.fiscal_year_be, proposal.exact) == (None, 2566, True)
    measure = _accept(me, _row(intake))
    intake.refresh_from_db()
    assert measure.cycle_id == intake.cycle_id and intake.cycle.measures_year_be == 2567


def test_current_cycle_is_proposed_where_that_of_the_papers_year_is_not_open(scope):
    me = scope(Role.COORDINATOR)
    current = cycles.ensure_cycle(me, fiscal_year_be=2569)
    intake = take_sample(me, "tracking-2567.txt")
    assert queries.proposed_cycle(me, intake).cycle == current
    exact = cycles.ensure_cycle(me, fiscal_year_be=2566)
    assert queries.proposed_cycle(me, intake).cycle == exact
    cycles.close_cycle(me, cycle=exact)
    assert queries.proposed_cycle(me, intake).cycle == current


def test_choosing_opens_the_cycle_of_a_year_and_ends_with_the_first_acceptance(scope):
    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "tracking-2567.txt")
    cycle = services.choose_cycle(me, intake=intake, version=1, fiscal_year_be=2568)
    assert cycle.fiscal_year_be == 2568
    assert _accept(me, _row(intake)).cycle == cycle
    with pytest.raises(ValidationError):
        services.choose_cycle(me, intake=intake, version=None, fiscal_year_be=2567)


def test_choosing_with_an_old_version_or_anothers_or_a_closed_cycle_is_refused(scope, other_agency):
    from tests.web import office

    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "tracking-2567.txt")
    theirs = cycles.ensure_cycle(office.scope(other_agency, Role.COORDINATOR), fiscal_year_be=2567)
    closed = cycles.ensure_cycle(me, fiscal_year_be=2565)
    cycles.close_cycle(me, cycle=closed)
    for cycle in (theirs, closed):
        with pytest.raises(ValidationError):
            services.choose_cycle(me, intake=intake, version=1, cycle=cycle)
    with pytest.raises(Stale):
        services.choose_cycle(me, intake=intake, version=7, fiscal_year_be=2567)


# --- two at once ----------------------------------------------------------------------------------------------------


def test_second_officer_is_told_who_was_first_and_nothing_is_doubled(scope):
    first, second = scope(Role.COORDINATOR), scope(Role.ANALYST)
    row = _row(take_sample(first, "measures-report-2568.txt"), place=1)
    _accept(first, row)
    with pytest.raises(Stale) as told:
        _accept(second, row)
    assert told.value.current.decided_by == first.user and Measure.objects.count() == 1


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_two_officers_accepting_at_the_same_moment_make_one_measure(scope):
    me, other = scope(Role.COORDINATOR), scope(Role.ANALYST)
    intake = take_sample(me, "tracking-2567.txt")
    row = _row(intake)
    gate, outcomes = threading.Barrier(2), []

    def accept(who):
        gate.wait()
        while len(outcomes) < 2:
            try:
                outcomes.append(str(services.accept_row(who, row=row, version=row.version).pk))
            except Stale:
                outcomes.append("told")
            except OperationalError:  # a database in memory does not wait for its turn, as one on disk does
                continue
            break
        connections.close_all()

    threads = [threading.Thread(target=accept, args=(who,)) for who in (me, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [str(Measure.objects.get().pk), "told"]


def test_measure_of_a_number_that_the_cycle_has_is_left_for_a_person(scope):
    me = scope(Role.COORDINATOR)
    intake = take_sample(me, "measures-report-2568.txt")
    accept_all(me, intake)
    text = (FAULTY.parent / "clean/measures-report-2568.txt").read_text(encoding="utf-8")
    again = services.take_in(me, name="อีกฉบับ.txt", content=(text + "\nปรับปรุง").encode())
    done = services.accept_clean(me, intake=again, version=1)
    assert done.left == 8 and Measure.objects.count() == 8
    with pytest.raises(services.NeedsChoice):
        _accept(me, _row(again, kind=RowKind.MEASURE))


def test_damaged_paper_can_be_accepted_row_by_row(scope):
    me = scope(Role.COORDINATOR)
    intake = take(me, FAULTY / "damaged-2566.txt")
    assert services.accept_clean(me, intake=intake, version=1).accepted == 0
    assert _accept(me, _row(intake, kind=RowKind.MEASURE)).cycle == Intake.objects.get(pk=intake.pk).cycle
    assert ScoreSnapshot.objects.count() == 0
