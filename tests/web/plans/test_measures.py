import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connections

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle, FindingState
from prongsai.web.cycles.services import CycleClosed, add_finding, open_cycle
from prongsai.web.evidence.services import add_evidence
from prongsai.web.plans.models import Dispatch, Measure, MeasureState, Progress, Task
from prongsai.web.plans.queries import measures as queries
from prongsai.web.plans.queries.checks import copies
from prongsai.web.plans.queries.done import missing_for_done
from prongsai.web.plans.services import Assignment, draft_dispatch, issue_dispatch
from prongsai.web.plans.services import measures as services
from prongsai.web.plans.services import tasks as task_services
from tests.web import office

pytestmark = pytest.mark.django_db
RESULT = "จัดทำคู่มือการปฏิบัติงานครบทุกส่วนราชการ"
OUTCOME = "ประชาชนใช้คู่มือยื่นคำขอได้เอง คำขอที่เอกสารไม่ครบลดลงจากร้อยละ ๒๐ เหลือร้อยละ ๕"


@pytest.fixture
def cycle(system) -> Cycle:
    return open_cycle(system, framework_id="ita-2568", measures_year_be=2569)


def add(system, cycle, **values) -> Measure:
    return services.add_measure(system, **{"cycle": cycle, "title": "จัดทำคู่มือการปฏิบัติงาน"} | values)


def gap(system, cycle, code="O1", **values):
    item = cycle.items.get(code=code)
    return add_finding(system, **{"cycle": cycle, "title": "โครงสร้าง", "item": item, "score": Decimal(0)} | values)


# ---------------------------------------------------------------- services


def test_measure_is_kept_with_its_parts(system, cycle):
    steps = ["ประชุม", {"text": "จัดทำ", "due_on": date(2026, 3, 31)}]
    owners = ["สำนักปลัดฯ", "ผู้อำนวยการกองคลัง", "ผู้รับจ้าง"]
    measure = add(system, cycle, steps=steps, owners=owners, results=["ก", "ข"], outcomes=["ค"])
    assert [(step.text, step.due_on) for step in measure.steps.all()] == [
        ("ประชุม", None),
        ("จัดทำ", date(2026, 3, 31)),
    ]
    assert [(owner.text, str(owner.unit), str(owner.post)) for owner in measure.owners.all()] == [
        ("สำนักปลัดฯ", "สำนักปลัดเทศบาล", "None"),
        ("ผู้อำนวยการกองคลัง", "กองคลัง", "ผู้อำนวยการกองคลัง"),
        ("ผู้รับจ้าง", "None", "None"),
    ]
    assert [(one.result, one.outcome) for one in measure.progress.all()] == [("ก", ""), ("ข", ""), ("", "ค")]
    assert measure.state == MeasureState.DRAFT


def test_results_and_outcomes_of_one_count_are_pairs(system, cycle):
    measure = add(system, cycle, results=["ก", "ข"], outcomes=["ค", "ง"])
    assert [(one.result, one.outcome) for one in measure.progress.all()] == [("ก", "ค"), ("ข", "ง")]


def test_linked_finding_is_covered_until_the_link_goes(system, cycle):
    finding = gap(system, cycle)
    measure = add(system, cycle, findings=[finding])
    finding.refresh_from_db()
    assert finding.state == FindingState.COVERED
    services.change_measure(system, measure=measure, version=1, findings=[])
    finding.refresh_from_db()
    assert finding.state == FindingState.OPEN


def test_finding_of_another_cycle_is_refused(system, cycle):
    other = gap(system, open_cycle(system, framework_id="ita-2567"))
    with pytest.raises(ValidationError):
        add(system, cycle, findings=[other])
    assert Measure.objects.count() == 0


@pytest.mark.db
def test_number_is_used_once_an_issue_in_thai_digits_or_not(system, cycle):
    add(system, cycle, issue_no=1, seq="๑")
    with pytest.raises(ValidationError) as refused:
        add(system, cycle, issue_no=1, seq="1")
    assert refused.value.message_dict == {"seq": ["ในประเด็นนี้มีมาตรการลำดับนี้แล้ว"]}
    add(system, cycle, issue_no=2, seq="๑")
    add(system, open_cycle(system, framework_id="ita-2567"), issue_no=1, seq="๑")
    assert Measure.objects.count() == 3


def test_end_before_start_is_refused(system, cycle):
    with pytest.raises(ValidationError):
        add(system, cycle, starts_on=date(2026, 10, 3), ends_on=date(2026, 9, 30))


def test_closed_cycle_takes_no_measure(system, cycle):
    Cycle.objects.filter(pk=cycle.pk).update(state="closed")
    with pytest.raises(CycleClosed):
        add(system, cycle)


def test_step_whose_words_stay_keeps_its_days_and_its_progress(system, cycle):
    measure = add(system, cycle, steps=["ก", {"text": "ข", "done_on": date(2026, 1, 5)}])
    step = measure.steps.get(text="ข")
    Progress.objects.create(measure=measure, step=step, result="ทำแล้ว")
    services.change_measure(system, measure=measure, version=1, steps=["ข", "ค"])
    assert [(one.pk == step.pk, one.text, one.done_on) for one in measure.steps.all()] == [
        (True, "ข", date(2026, 1, 5)),
        (False, "ค", None),
    ]
    assert (measure.progress.get().step, measure.version) == (step, 2)


def test_change_of_parts_alone_is_seen_by_the_other_officer(system, cycle):
    measure = add(system, cycle, steps=["ก"])
    services.change_measure(system, measure=Measure.objects.get(), version=1, steps=["ข"])
    with pytest.raises(Stale):
        services.change_measure(system, measure=measure, version=1, steps=["ค"])
    assert [step.text for step in measure.steps.all()] == ["ข"]
    assert AuditEntry.objects.filter(action="measure.steps").last().changes == {"steps": [[], ["ก"]]}


def test_days_of_steps_are_kept_and_written_down(system, cycle):
    measure = add(system, cycle, steps=["ก"])
    step = measure.steps.get()
    days = {step.pk: {"due_on": date(2026, 1, 31), "done_on": None}}
    assert services.change_steps(system, measure=measure, version=1, dates=days)
    step.refresh_from_db()
    assert (step.due_on, measure.version) == (date(2026, 1, 31), 2)
    with pytest.raises(Stale):
        services.change_steps(system, measure=Measure.objects.get(), version=1, dates=days)


def test_unfinished_measure_is_carried_over_with_what_is_left(system, cycle):
    measure = add(system, cycle, steps=[{"text": "ก", "done_on": date(2026, 1, 1)}, "ข"], owners=["กองคลัง"])
    later = open_cycle(system, framework_id="ita-2569", measures_year_be=2570)
    new = services.carry_measure(system, measure=measure, cycle=later)
    assert [step.text for step in new.steps.all()] == ["ข"]
    assert (measure.state, new.carried_from, new.cycle) == (MeasureState.CARRIED, measure, later)
    with pytest.raises(ValidationError):
        services.carry_measure(system, measure=measure, cycle=later)


def test_measure_of_a_closed_cycle_is_neither_carried_over_nor_marked(system, cycle):
    measure = add(system, cycle)
    later = open_cycle(system, framework_id="ita-2569", measures_year_be=2570)
    Cycle.objects.filter(pk=cycle.pk).update(state="closed")
    with pytest.raises(CycleClosed):
        services.carry_measure(system, measure=measure, cycle=later)
    assert (Measure.objects.get().state, Measure.objects.get().cycle) == (MeasureState.DRAFT, cycle)


# ---------------------------------------------------------------- done


def test_what_is_missing_to_be_done_is_named(system, cycle):
    bare = add(system, cycle)
    assert missing_for_done(bare) == (
        "ผลการดำเนินการ",
        "วันที่ดำเนินการ",
        "ผลลัพธ์ (เกิดอะไรขึ้น)",
        "หลักฐานหรือที่อยู่เว็บ",
        "ส่วนราชการรับผิดชอบที่มีในทะเบียนหน่วยงาน",
    )
    stepped = add(system, cycle, steps=["ก"], owners=["กองคลัง"])
    assert missing_for_done(stepped)[0] == "ขั้นตอนที่ 1 “ก” ยังไม่มีวันแล้วเสร็จหรือผล"
    with pytest.raises(ValidationError) as refused:
        services.set_state(system, measure=bare, state="done", version=1)
    assert refused.value.messages == list(missing_for_done(bare))


def test_outcome_that_copies_the_result_is_none(system, cycle):
    measure = add(system, cycle, results=[RESULT], outcomes=[RESULT.replace("ครบ", "ครบ ")])
    assert "ผลลัพธ์ที่ไม่คัดลอกจากผลการดำเนินการ" in missing_for_done(measure)
    assert [copies([RESULT], [text]) for text in (OUTCOME, RESULT)] == [(), (RESULT,)]
    assert copies(["ทำแล้ว"], ["ทำแล้ว"]) == ("ทำแล้ว",)


def test_measure_with_everything_is_done(system, cycle):
    measure = add(
        system,
        cycle,
        steps=[{"text": "ก", "done_on": date(2026, 1, 5)}],
        owners=["กองคลัง"],
        results=[RESULT],
        outcomes=[OUTCOME],
    )
    proof = add_evidence(system, title="คู่มือ", address="https://example.go.th/manual")
    services.attach_evidence(system, measure=measure, evidence=proof)
    assert missing_for_done(measure) == ()
    services.set_state(system, measure=measure, state="done", version=1)
    assert Measure.objects.get().state == MeasureState.DONE


def test_running_past_the_end_needs_a_new_day(system, cycle):
    measure = add(system, cycle, ends_on=date(2020, 1, 1))
    assert queries.is_late(measure, system.today)
    for day in (None, date(2020, 2, 1)):
        with pytest.raises(ValidationError):
            services.set_state(system, measure=measure, state="running", ends_on=day)
    services.set_state(system, measure=measure, state="running", ends_on=date(2999, 1, 1))
    assert (measure.state, measure.ends_on) == (MeasureState.RUNNING, date(2999, 1, 1))


def test_state_is_one_of_the_list(system, cycle):
    with pytest.raises(ValidationError):
        services.set_state(system, measure=add(system, cycle), state="half_done")


# ---------------------------------------------------------------- the list


def test_list_groups_by_issue_and_tells_issues_without_a_measure(system, cycle):
    add(system, cycle, title="ไม่มีประเด็น")
    add(system, cycle, issue_no=2, issue_title="การให้บริการและระบบ E-Service", seq="๑")
    add(system, cycle, issue_no=1, seq="๑")
    board = queries.board(system, cycle)
    assert [row.head for row in board.rows] == [
        "ประเด็นที่ 1 กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ",
        "ประเด็นที่ 2 การให้บริการและระบบ E-Service",
        "ยังไม่จัดเข้าประเด็น",
    ]
    assert [head[:12] for head in board.empty] == [f"ประเด็นที่ {no}" for no in (3, 4, 5, 6, 7)]


def test_two_issues_of_one_title_are_an_error(system, cycle):
    for no in (3, 4):
        add(system, cycle, issue_no=no, issue_title="ช่องทางและรูปแบบการประชาสัมพันธ์")
    (fault,) = queries.board(system, cycle).faults
    assert (fault.code, fault.severity, fault.message_th) == (
        "DUP_ISSUE_TITLE",
        "error",
        "ประเด็นที่ 3 และ 4 ใช้ชื่อเดียวกัน",
    )


def test_period_shorter_than_a_promised_yearly_output_is_told(system, cycle):
    report = "จัดทำรายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. ๒๕๖๙"
    period = {"starts_on": date(2025, 10, 1), "ends_on": date(2026, 3, 31), "period_text": "ต.ค. ๒๕๖๘ - มี.ค. ๒๕๖๙"}
    add(system, cycle, steps=[report], **period)
    add(system, cycle, steps=[report], **period | {"ends_on": date(2026, 9, 30)})
    faults = [[fault.code for fault in row.faults] for row in queries.board(system, cycle).rows]
    assert faults == [["PERIOD_SHORTER_THAN_OUTPUT"], []]


def test_periodically_is_told_until_it_says_how_often(system, cycle, sign_in):
    vague, said = "รายงานผู้บริหารให้ทราบเป็นระยะ", "รายงานผู้บริหารเป็นประจำทุกเดือน"
    measure = add(system, cycle, steps=[vague, said], follow_up=["ติดตามอย่างสม่ำเสมอ"])
    assert queries.measure_page(system, measure).vague == (vague, "ติดตามอย่างสม่ำเสมอ")
    page = sign_in(Role.COORDINATOR).get(f"/{cycle.agency.code}/measures/{measure.pk}/").content.decode()
    told = page.split('id="steps"')[0]
    assert (f"<li>{vague}</li>" in told, f"<li>{said}</li>" in told) == (True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_queries(system, cycle, sign_in, django_assert_num_queries, rows):
    for place in range(rows):
        add(
            system,
            cycle,
            title=str(place),
            steps=["ก"],
            owners=["กองคลัง"],
            results=["ข"],
            findings=[gap(system, cycle)],
        )
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(15):
        answer = client.get(f"/{office.CODE}/cycles/ita-2568/measures/")
    assert answer.status_code == 200


# ---------------------------------------------------------------- pages


def given(**values):
    usual = {"title": "จัดทำคู่มือ", "period_text": "ไตรมาสที่ ๑ - ๒", "steps": "ก\n ข \n", "owners": "กองช่าง", "issue_no": 1}
    return usual | values


def test_gap_becomes_a_measure_in_two_steps(system, cycle, sign_in):
    unit = office.unit(cycle.agency, "กองคลัง")
    finding = gap(system, cycle, advice="ทำแผนผังโครงสร้าง\nเผยแพร่หน้าเว็บไซต์", unit=unit)
    passed = finding.item.elements.first()
    passed.verdict = "pass"
    passed.save()
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/cycles/ita-2568/measures/add/?finding={finding.pk}"
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields if name != "version"}
    short = [element for element in finding.item.elements.all() if element != passed]
    assert shown["title"] == "ทำแผนผังโครงสร้าง"
    assert shown["steps"] == "\n".join(element.text for element in short)
    assert (shown["owners"], shown["issue_no"], shown["starts_on"]) == ("กองคลัง", 3, "01/10/2568")
    data = {name: "" if value is None else value for name, value in shown.items()}
    made = client.post(address, data)
    measure = Measure.objects.get()
    assert made.url == f"/{office.CODE}/measures/{measure.pk}/"
    assert list(measure.findings.all()) == [finding]
    assert list(measure.elements.all()) == short
    assert (measure.seq, measure.starts_on, measure.ends_on) == ("๑", date(2025, 10, 1), date(2026, 9, 30))
    assert measure.issue_title == "ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ"


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("ไตรมาสที่ ๑ - ๒", date(2025, 10, 1), date(2026, 3, 31)),
        ("พ.ย. ๒๕๖๘ - ม.ค. ๒๕๖๙", date(2025, 11, 1), date(2026, 1, 31)),
        ("ตลอดปีงบประมาณ", date(2025, 10, 1), date(2026, 9, 30)),
    ],
)
def test_period_is_read_from_its_words(cycle, sign_in, words, start, end):
    sign_in(Role.COORDINATOR).post(f"/{office.CODE}/cycles/ita-2568/measures/add/", given(period_text=words))
    measure = Measure.objects.get()
    assert (measure.period_text, measure.starts_on, measure.ends_on) == (words, start, end)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"period_text": "๓ ต.ค. ๒๕๖๙ - ๓๐ ก.ย. ๒๕๖๙"}, "period_text"),
        ({"period_text": "เร็ว ๆ นี้"}, "period_text"),
        ({"period_text": "", "starts_on": "3/10/2569", "ends_on": "30/9/2569"}, "ends_on"),
        ({"starts_on": "31/2/2569"}, "starts_on"),
        ({"title": ""}, "title"),
    ],
)
def test_faulty_form_is_refused_beside_the_field(cycle, sign_in, values, field):
    answer = sign_in(Role.COORDINATOR).post(f"/{office.CODE}/cycles/ita-2568/measures/add/", given(**values))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Measure.objects.count() == 0


def test_taken_number_is_refused_beside_the_field(system, cycle, sign_in):
    add(system, cycle, issue_no=1, seq="๑")
    answer = sign_in(Role.COORDINATOR).post(f"/{office.CODE}/cycles/ita-2568/measures/add/", given(seq="1"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["seq"])


def test_changed_words_change_the_days(system, cycle, sign_in):
    measure = add(system, cycle, period_text="ไตรมาสที่ ๑", starts_on=date(2025, 10, 1), ends_on=date(2025, 12, 31))
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/measures/{measure.pk}/edit/"
    days = {"starts_on": "01/10/2568", "ends_on": "31/12/2568"}
    client.post(address, given(version=1, period_text="ไตรมาสที่ ๒", **days))
    measure.refresh_from_db()
    assert (measure.starts_on, measure.ends_on) == (date(2026, 1, 1), date(2026, 3, 31))


def test_second_officer_sees_both_versions_and_loses_nothing(system, cycle, sign_in):
    measure = add(system, cycle, steps=["ก"], owners=["กองคลัง"])
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/measures/{measure.pk}/edit/"
    services.change_measure(system, measure=Measure.objects.get(), version=1, title="ของคนอื่น", steps=["ข"])
    answer = client.post(address, given(version=1, title="ของฉัน", steps="ค", owners="กองคลัง"))
    assert answer.status_code == 409
    beside = {label: (now, typed) for label, now, typed in answer.context["beside"]}
    assert beside["มาตรการหรือกิจกรรม"] == ("ของคนอื่น", "ของฉัน")
    assert beside["ขั้นตอนหรือวิธีการ"] == ("ข", "ค")
    assert Measure.objects.get().title == "ของคนอื่น"
    version = answer.context["form"]["version"].value()
    assert client.post(address, given(version=version, title="ของฉัน", steps="ค")).status_code == 302
    measure.refresh_from_db()
    assert (measure.title, [step.text for step in measure.steps.all()]) == ("ของฉัน", ["ค"])


def test_page_shows_what_is_missing_and_refuses_done(system, cycle, sign_in):
    measure = add(system, cycle, owners=["กองช่าง"])
    client = sign_in(Role.OFFICER)
    page = client.get(f"/{office.CODE}/measures/{measure.pk}/")
    assert page.context["page"].missing[0] == "ผลการดำเนินการ"
    refused = client.post(f"/{office.CODE}/measures/{measure.pk}/state/", {"state": "done", "version": 1})
    assert refused.status_code == 422
    assert refused.context["state_form"].non_field_errors() == list(page.context["page"].missing)
    moved = client.post(f"/{office.CODE}/measures/{measure.pk}/state/", {"state": "running", "version": 1})
    late = client.post(f"/{office.CODE}/measures/{measure.pk}/state/", {"state": "draft", "version": 1})
    assert (moved.status_code, late.status_code) == (302, 409)


def test_steps_get_their_days_on_the_page(system, cycle, sign_in):
    measure = add(system, cycle, owners=["กองช่าง"], steps=["ก"])
    step = measure.steps.get()
    client, address = sign_in(Role.OFFICER), f"/{office.CODE}/measures/{measure.pk}/steps/"
    wrong = client.post(address, {"version": 1, f"done_on-{step.pk}": "31/2/2569"})
    right = client.post(address, {"version": 1, f"done_on-{step.pk}": "๕ ม.ค. ๒๕๖๙"})
    late = client.post(address, {"version": 1, f"done_on-{step.pk}": "6/1/2569"})
    step.refresh_from_db()
    assert (wrong.status_code, right.status_code, late.status_code) == (422, 302, 409)
    assert step.done_on == date(2026, 1, 5)
    assert late.context["steps_form"][f"done_on-{step.pk}"].value() == "6/1/2569"


def test_evidence_is_uploaded_and_attached(system, cycle, sign_in):
    measure = add(system, cycle, owners=["กองช่าง"])
    client, address = sign_in(Role.OFFICER), f"/{office.CODE}/measures/{measure.pk}/evidence/"
    file = SimpleUploadedFile("คู่มือ.txt", "คู่มือการปฏิบัติงาน".encode())
    refused = client.post(address, {})
    assert (refused.status_code, client.post(address, {"file": file}).status_code) == (422, 302)
    assert [proof.title for proof in measure.evidence.all()] == ["คู่มือ"]
    assert measure.evidence.get().content_year_be == 2569


def test_task_of_a_measure_goes_to_a_unit_and_an_unknown_one_is_refused_with_the_nearest(system, cycle, sign_in):
    measure = add(system, cycle)
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/measures/{measure.pk}/assign/"
    data = {"title": "จัดทำคู่มือ", "due_on": "30/9/2599"}
    wrong = client.post(address, data | {"unit": "กองช้าง"})
    assert wrong.status_code == 422
    assert wrong.context["assign_form"].errors["unit"][0].startswith("ไม่รู้จักส่วนราชการ “กองช้าง” ใกล้เคียงคือ กองช่าง")
    assert client.post(address, data | {"unit": "กองช่าง"}).status_code == 302
    task = measure.tasks.get()
    assert (str(task.unit), task.dispatch) == ("กองช่าง", None)


# ---------------------------------------------------------------- two at the same moment


def at_once(*calls):
    """What each of several calls gives when they begin together: its answer, or "told"."""
    gate, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        gate.wait()
        while answers[place] is None:
            try:
                answers[place] = call()
            except Stale:
                answers[place] = "told"
            except OperationalError:  # a database in memory does not wait for its turn, as one on disk does
                continue
        connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_moment_change_a_measure_once(system, cycle):
    pk = add(system, cycle, steps=["ก"]).pk

    def change(text):
        measure = Measure.objects.get(pk=pk)
        return services.change_measure(system, measure=measure, version=1, title=text, steps=[text]).title

    answers = at_once(lambda: change("หนึ่ง"), lambda: change("สอง"))
    measure = Measure.objects.get()
    assert sorted(answers) == sorted([measure.title, "told"])
    assert (measure.version, [step.text for step in measure.steps.all()]) == (2, [measure.title])


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_memo_issued_at_the_same_moment_gives_each_unit_one_task(system, cycle):
    row = Assignment(gap(system, cycle), all_units=True)
    due = system.today + timedelta(days=365)
    pk = draft_dispatch(system, cycle=cycle, subject="มอบหมาย", due_on=due, rows=[row]).pk

    def issue(number):
        dispatch = Dispatch.objects.get(pk=pk)
        return str(len(issue_dispatch(system, dispatch=dispatch, version=1, number=number, issued_on=system.today)))

    assert sorted(at_once(lambda: issue("๑"), lambda: issue("๒"))) == ["5", "told"]
    assert Task.objects.count() == len(office.UNITS) == 5


# ---------------------------------------------------------------- rights


def test_unit_changes_its_own_measures_and_no_others(system, cycle, sign_in):
    own, other = add(system, cycle, owners=["กองช่าง"]), add(system, cycle, owners=["กองคลัง"])
    client = sign_in(Role.OFFICER)
    for path in ("", "edit/"):
        assert client.get(f"/{office.CODE}/measures/{own.pk}/{path}").status_code == 200
    assert client.get(f"/{office.CODE}/measures/{other.pk}/").status_code == 200
    assert client.get(f"/{office.CODE}/measures/{other.pk}/edit/").status_code == 404
    for path in ("edit", "state", "steps", "evidence", "assign", "carry"):
        assert client.post(f"/{office.CODE}/measures/{other.pk}/{path}/").status_code == 404
    for path in ("assign", "carry"):
        assert client.post(f"/{office.CODE}/measures/{own.pk}/{path}/").status_code == 404
    assert client.get(f"/{office.CODE}/cycles/ita-2568/measures/add/").status_code == 404


PROMISED = {
    "title": "ง่ายกว่า", "steps": "น้อยลง", "owners": "กองคลัง", "period_text": "ไตรมาสที่ ๔", "budget_thb": "1",
    "issue_no": 2, "seq": "๙", "starts_on": "1/7/2569", "ends_on": "30/9/2569",
}  # fmt: skip


def test_unit_writes_notes_of_its_own_measure_and_moves_none_of_its_goals(system, cycle, sign_in):
    finding = gap(system, cycle)
    own = add(system, cycle, owners=["กองช่าง"], steps=["ก"], findings=[finding], ends_on=date(2026, 3, 31))
    before = {name: value for name, value in vars(Measure.objects.get()).items() if name not in _MOVING}
    client, address = sign_in(Role.OFFICER), f"/{office.CODE}/measures/{own.pk}/edit/"
    form = client.get(address).context["form"]
    assert sorted(form.fields) == ["notes", "version"]
    assert client.post(address, PROMISED | {"version": 1, "notes": "รอเครื่องพิมพ์"}).status_code == 302
    after = Measure.objects.get()
    assert {name: value for name, value in vars(after).items() if name not in _MOVING} == before
    assert (after.notes, after.version) == ("รอเครื่องพิมพ์", 2)
    parts = [[str(one) for one in getattr(after, name).all()] for name in ("steps", "owners", "findings")]
    assert parts == [["ก"], ["กองช่าง"], [str(finding)]]
    late = client.post(address, {"version": 1, "notes": "ช้าไป"})
    assert (late.status_code, late.context["beside"]) == (409, (("หมายเหตุ", "รอเครื่องพิมพ์", "ช้าไป"),))


_MOVING = {"_state", "notes", "version", "changed_at"}


def test_unit_says_when_a_step_was_done_and_never_when_it_is_due(system, cycle, sign_in):
    own = add(system, cycle, owners=["กองช่าง"], steps=[{"text": "ก", "due_on": date(2026, 1, 31)}])
    step, client = own.steps.get(), sign_in(Role.OFFICER)
    page = client.get(f"/{office.CODE}/measures/{own.pk}/")
    assert sorted(page.context["steps_form"].fields) == [f"done_on-{step.pk}", "version"]
    assert "๓๑ ม.ค. ๒๕๖๙" in page.content.decode()
    data = {"version": 1, f"due_on-{step.pk}": "31/12/2569", f"done_on-{step.pk}": "5/1/2569"}
    assert client.post(f"/{office.CODE}/measures/{own.pk}/steps/", data).status_code == 302
    step.refresh_from_db()
    assert (step.due_on, step.done_on) == (date(2026, 1, 31), date(2026, 1, 5))
    other = sign_in(Role.COORDINATOR).get(f"/{office.CODE}/measures/{own.pk}/").context["steps_form"]
    assert sorted(other.fields) == [f"done_on-{step.pk}", f"due_on-{step.pk}", "version"]


def test_unit_gives_its_late_measure_no_new_end(system, cycle, sign_in):
    own = add(system, cycle, owners=["กองช่าง"], ends_on=date(2020, 1, 1))
    address, data = (
        f"/{office.CODE}/measures/{own.pk}/state/",
        {"version": 1, "state": "running", "ends_on": "1/1/2599"},
    )
    refused = sign_in(Role.OFFICER).post(address, data)
    assert (refused.status_code, Measure.objects.get().ends_on) == (422, date(2020, 1, 1))
    assert sign_in(Role.COORDINATOR).post(address, data).status_code == 302
    assert Measure.objects.get().ends_on == date(2056, 1, 1)


def test_auditor_sees_but_does_not_change(system, cycle, sign_in):
    measure = add(system, cycle, owners=["กองช่าง"])
    client = sign_in(Role.AUDITOR)
    assert client.get(f"/{office.CODE}/measures/{measure.pk}/").status_code == 200
    assert client.post(f"/{office.CODE}/measures/{measure.pk}/edit/").status_code == 404


@pytest.mark.parametrize("path", ["measures/{pk}/", "measures/{pk}/edit/", "cycles/ita-2568/measures/"])
def test_another_agency_gets_404(system, cycle, other_agency, sign_in, path):
    measure = add(system, cycle)
    client = sign_in(Role.COORDINATOR, of=other_agency)
    for code in (office.CODE, other_agency.code):
        assert client.get(f"/{code}/{path.format(pk=measure.pk)}").status_code == 404


def test_task_day_that_is_past_is_refused(system, cycle):
    unit = office.unit(cycle.agency, "กองช่าง")
    with pytest.raises(ValidationError):
        task_services.assign_task(system, cycle=cycle, unit=unit, title="ก", due_on=date(2020, 1, 1))
