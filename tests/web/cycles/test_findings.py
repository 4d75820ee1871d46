from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle, FindingState, ScoreKind, ScoreSnapshot
from prongsai.web.cycles.queries import findings as queries
from prongsai.web.cycles.services import CycleClosed, add_finding, merge_finding, open_cycle
from prongsai.web.cycles.services import findings as services
from prongsai.web.plans.services import add_measure
from tests.web import office

pytestmark = pytest.mark.django_db

ADVICE = "จัดทำแผนผังโครงสร้างการแบ่งส่วนราชการให้ครบทุกองค์ประกอบและเผยแพร่บนเว็บไซต์หลักของหน่วยงาน"


@pytest.fixture
def cycle(system) -> Cycle:
    return open_cycle(system, framework_id="ita-2568")


def add(system, cycle, code="O1", **values):
    item = cycle.items.get(code=code)
    return add_finding(system, **{"cycle": cycle, "title": f"เรื่อง {code}", "item": item, "score": Decimal(0)} | values)


def snapshot(cycle, **indicators):
    scores = {code[1:]: score for code, score in indicators.items()}
    return ScoreSnapshot.objects.create(
        cycle=cycle, kind=ScoreKind.OFFICIAL, given={"indicators": scores}, result={"indicators": scores}
    )


# ---------------------------------------------------------------- services


def test_finding_takes_the_indicator_of_its_item_and_is_written_down(system, cycle):
    finding = add(system, cycle)
    assert (finding.indicator, finding.state) == (cycle.items.get(code="O1").indicator, FindingState.OPEN)
    assert AuditEntry.objects.filter(action="finding.add", subject_id=str(finding.pk)).count() == 1


@pytest.mark.parametrize("score", [Decimal("100.01"), Decimal(-1)])
def test_score_outside_0_to_100_is_refused(system, cycle, score):
    with pytest.raises(ValidationError):
        add(system, cycle, score=score)
    assert cycle.findings.count() == 0


def test_closing_needs_a_reason_and_reopening_forgets_it(system, cycle):
    finding = add(system, cycle)
    with pytest.raises(ValidationError):
        services.close_finding(system, finding=finding, version=1, reason=" ")
    services.close_finding(system, finding=finding, version=1, reason="ปีนี้ไม่มีข้อนี้แล้ว")
    assert (finding.state, finding.closed_reason) == (FindingState.CLOSED, "ปีนี้ไม่มีข้อนี้แล้ว")
    services.reopen_finding(system, finding=finding, version=2)
    assert (finding.state, finding.closed_reason) == (FindingState.OPEN, "")


def test_change_of_an_old_version_is_refused(system, cycle):
    finding = add(system, cycle)
    services.change_finding(system, finding=finding, version=1, advice="ก")
    with pytest.raises(Stale):
        services.change_finding(system, finding=finding, version=1, advice="ข")


def test_closed_cycle_takes_no_finding(system, cycle):
    Cycle.objects.filter(pk=cycle.pk).update(state="closed")
    with pytest.raises(CycleClosed):
        add(system, cycle)


def test_pages_of_findings_in_a_closed_cycle_say_so(system, cycle, sign_in):
    first, second = add(system, cycle), add(system, cycle)
    Cycle.objects.filter(pk=cycle.pk).update(state="closed")
    client, finding, year = sign_in(Role.COORDINATOR), f"/{office.CODE}/findings/{first.pk}/", f"/{office.CODE}/cycles/"
    data = {"version": 1, "title": "ใหม่", "reason": "ก", "finding": first.pk, "other": second.pk}
    sent = [f"{finding}edit/", f"{finding}close/", f"{year}ita-2568/findings/add/", f"{year}ita-2568/findings/merge/"]
    assert [client.post(address, data).status_code for address in sent] == [422, 422, 422, 302]
    assert list(cycle.findings.values_list("state", "version")) == [("open", 1), ("open", 1)]


def test_merged_findings_keep_both_texts_and_what_hung_on_them(system, cycle):
    first = add(system, cycle, advice="ทำแผนผัง")
    second = add(system, cycle, title="โครงสร้าง", advice="เผยแพร่แผนผัง", what_was_done="ไม่ได้ดำเนินการ")
    measure = add_measure(system, cycle=cycle, title="ทำแผนผัง", findings=[second])
    services.merge_findings(system, finding=first, other=second, version=1)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.title, first.advice, first.what_was_done) == ("เรื่อง O1", "ทำแผนผัง", "ไม่ได้ดำเนินการ")
    assert [(one["title"], one["advice"]) for one in first.variants] == [("โครงสร้าง", "เผยแพร่แผนผัง")]
    assert (first.state, second.state) == (FindingState.COVERED, FindingState.CLOSED)
    assert list(measure.findings.all()) == [first]


def test_measures_that_merging_moves_are_written_down(system, cycle):
    first, second = add(system, cycle), add(system, cycle, title="โครงสร้าง")
    alone = add_measure(system, cycle=cycle, title="ทำแผนผัง", findings=[second])
    both = add_measure(system, cycle=cycle, title="ทำเว็บ", findings=[first, second])
    add_measure(system, cycle=cycle, title="ไม่เกี่ยว", findings=[first])
    last = AuditEntry.objects.latest("number").number
    services.merge_findings(system, finding=first, other=second)
    lines = AuditEntry.objects.filter(number__gt=last, action="measure.findings.change").order_by("number")
    kept, moved = str(first), str(second)
    assert [(line.subject_id, line.changes["findings"]) for line in lines] == [
        (str(alone.pk), [[moved], [kept]]),
        (str(both.pk), [[kept, moved], [kept]]),
    ]


def test_findings_of_two_items_are_not_merged(system, cycle):
    with pytest.raises(ValidationError):
        services.merge_findings(system, finding=add(system, cycle, "O1"), other=add(system, cycle, "O2"))


def test_same_printing_again_is_one_variant(system, cycle):
    finding = add(system, cycle)
    for _ in range(2):
        merge_finding(system, finding=finding, variant={"title": "อีกสำนวน", "score": Decimal("0.5"), "advice": ""})
    assert finding.variants == [{"title": "อีกสำนวน", "score": "0.5"}]


# ---------------------------------------------------------------- queries


def test_finding_without_a_measure_stands_on_top(system, cycle):
    covered, bare = add(system, cycle, "O1"), add(system, cycle, "O2")
    add_measure(system, cycle=cycle, title="ทำ", findings=[covered])
    board = queries.board(cycle)
    assert [(row.pk, row.is_bare) for row in board.rows] == [(bare.pk, True), (covered.pk, False)]
    assert (board.bare, board.covered, board.closed) == (1, 1, 0)


def test_findings_of_one_item_are_told_as_twins(system, cycle):
    first, second = add(system, cycle), add(system, cycle)
    add(system, cycle, "O2")
    assert [row.twins for row in queries.board(cycle).rows] == [(second.pk,), (first.pk,), ()]


def test_advice_of_the_neighbour_is_told(system, cycle):
    add(system, cycle, "O1", advice=ADVICE)
    second = add(system, cycle, "O2", advice=ADVICE)
    add(system, cycle, "O3", advice="อีกอย่าง")
    warned = {row.pk: row.warning for row in queries.board(cycle).rows if row.warning}
    assert warned == {second.pk: "ข้อเสนอแนะของข้อ O2 ซ้ำกับข้อ O1"}


def test_indicator_under_the_target_without_a_measure_is_an_error(system, cycle):
    snapshot(cycle, i1=90, i2=84.99, i3=85, i8=80.75)
    weak = queries.board(cycle).weak
    assert [(one.code, one.score, one.target) for one in weak] == [
        ("2", Decimal("84.99"), Decimal(85)),
        ("8", Decimal("80.75"), Decimal(85)),
    ]
    finding = add_finding(system, cycle=cycle, title="ปรับปรุงการทำงาน", indicator="8", score=Decimal("80.75"))
    assert [one.finding_id for one in queries.board(cycle).weak] == [None, finding.pk]
    add_measure(system, cycle=cycle, title="รับฟังความเห็น", findings=[finding])
    assert [one.code for one in queries.board(cycle).weak] == ["2"]


def test_measure_of_an_item_answers_the_indicator_above_it(system, cycle):
    snapshot(cycle, i9=70)
    finding = add(system, cycle, "O1")
    assert [one.code for one in queries.board(cycle).weak] == ["9"]
    add_measure(system, cycle=cycle, title="เปิดเผย", findings=[finding])
    assert queries.board(cycle).weak == ()


def test_own_target_of_the_cycle_counts(system, cycle):
    snapshot(cycle, i1=90)
    cycle.target_pct = Decimal(95)
    assert [one.code for one in queries.board(cycle).weak] == ["1"]


def test_groups_follow_the_issues_or_the_indicators(system, cycle):
    add(system, cycle, "O1")
    add_finding(system, cycle=cycle, title="อื่น", indicator="4")
    issues = [row.group for row in queries.board(cycle, "issue").rows]
    assert issues == [
        "ประเด็นที่ 3 ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ",
        "ประเด็นที่ 4 กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ",
    ]
    assert [row.group for row in queries.board(cycle, "indicator").rows] == [
        "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ",
        "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล",
    ]


def test_year_without_known_issues_borrows_those_of_the_last_year_that_has(system):
    later = open_cycle(system, framework_id="ita-2569")
    issues = queries.issues_of(queries.framework_of(later))
    assert (issues.year_be, len(issues.issues)) == (2568, 7)


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_queries(system, cycle, sign_in, django_assert_num_queries, rows):
    for code in ("O1", "O2", "O3")[:rows]:
        add_measure(system, cycle=cycle, title=code, findings=[add(system, cycle, code, advice=ADVICE)])
    client = sign_in(Role.COORDINATOR)
    with django_assert_num_queries(10):
        answer = client.get(f"/{office.CODE}/cycles/ita-2568/findings/")
    assert answer.status_code == 200


def test_empty_list_says_how_to_begin(cycle, sign_in):
    answer = sign_in(Role.OFFICER).get(f"/{office.CODE}/cycles/ita-2568/findings/")
    assert "นำเข้าบันทึกช่องว่าง OIT" in answer.content.decode()


@pytest.mark.parametrize(("typed", "kept"), [("○", "0"), ("๐", "0"), ("0", "0"), ("", "None"), ("๘๕.๕", "85.50")])
def test_zero_is_read_however_it_is_drawn_and_empty_stays_empty(cycle, sign_in, typed, kept):
    data = {"title": "เรื่อง", "score": typed, "item": "", "indicator": "9"}
    sign_in(Role.COORDINATOR).post(f"/{office.CODE}/cycles/ita-2568/findings/add/", data)
    finding = cycle.findings.get()
    assert finding.score == (None if kept == "None" else Decimal(kept))


def test_second_finding_of_an_item_is_asked_about_and_kept_as_a_variant(system, cycle, sign_in):
    first = add(system, cycle, advice="ทำแผนผัง")
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/cycles/ita-2568/findings/add/"
    data = {"title": "โครงสร้าง", "item": first.item_id, "advice": "เผยแพร่", "score": ""}
    asked = client.post(address, data)
    assert (asked.status_code, [one.pk for one in asked.context["same"]]) == (422, [first.pk])
    assert cycle.findings.count() == 1
    answer = client.post(address, data | {"same": first.pk})
    assert answer.url == f"/{office.CODE}/findings/{first.pk}/"
    first.refresh_from_db()
    assert [(one["title"], one["advice"]) for one in first.variants] == [("โครงสร้าง", "เผยแพร่")]
    client.post(address, data | {"same": "new"})
    assert cycle.findings.count() == 2


def test_page_of_a_finding_leads_to_a_measure(system, cycle, sign_in):
    finding = add(system, cycle)
    text = sign_in(Role.COORDINATOR).get(f"/{office.CODE}/findings/{finding.pk}/").content.decode()
    assert f"/{office.CODE}/cycles/ita-2568/measures/add/?finding={finding.pk}" in text
    assert "ยังไม่มีมาตรการรองรับเรื่องนี้" in text


def test_edit_that_comes_second_keeps_what_was_typed_beside_what_stands(system, cycle, sign_in):
    finding = add(system, cycle, advice="เดิม")
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/findings/{finding.pk}/edit/"
    data = {"title": finding.title, "item": finding.item_id, "indicator": finding.indicator, "score": "0"}
    services.change_finding(system, finding=finding, version=1, advice="ของคนอื่น")
    answer = client.post(address, data | {"advice": "ของฉัน", "version": 1})
    assert answer.status_code == 409
    assert ("ข้อเสนอแนะ", "ของคนอื่น", "ของฉัน") in answer.context["beside"]
    again = client.post(address, data | {"advice": "ของฉัน", "version": answer.context["form"]["version"].value()})
    finding.refresh_from_db()
    assert (again.status_code, finding.advice) == (302, "ของฉัน")


def test_close_page_refuses_an_empty_reason(system, cycle, sign_in):
    finding = add(system, cycle)
    client, address = sign_in(Role.COORDINATOR), f"/{office.CODE}/findings/{finding.pk}/close/"
    assert client.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert client.post(address, {"version": 1, "reason": "ครบแล้ว"}).status_code == 302
    assert client.post(address, {"version": 1, "reopen": 1}).status_code == 409
    assert client.post(address, {"version": 2, "reopen": 1}).status_code == 302


def test_merge_page_makes_one_of_two(system, cycle, sign_in):
    first, second = add(system, cycle), add(system, cycle)
    data = {"finding": first.pk, "other": second.pk, "version": 1}
    answer = sign_in(Role.COORDINATOR).post(f"/{office.CODE}/cycles/ita-2568/findings/merge/", data)
    second.refresh_from_db()
    assert (answer.url, second.state) == (f"/{office.CODE}/findings/{first.pk}/", FindingState.CLOSED)


@pytest.mark.parametrize("path", ["findings/{pk}/", "findings/{pk}/edit/", "cycles/ita-2568/findings/"])
def test_another_agency_gets_404(system, cycle, other_agency, sign_in, path):
    finding = add(system, cycle)
    client = sign_in(Role.COORDINATOR, of=other_agency)
    for code in (office.CODE, other_agency.code):
        assert client.get(f"/{code}/{path.format(pk=finding.pk)}").status_code == 404


@pytest.mark.parametrize("path", ["findings/{pk}/edit/", "findings/{pk}/close/", "cycles/ita-2568/findings/add/"])
def test_officer_may_look_but_not_change(system, cycle, sign_in, path):
    finding = add(system, cycle)
    client = sign_in(Role.OFFICER)
    assert client.get(f"/{office.CODE}/findings/{finding.pk}/").status_code == 200
    assert client.post(f"/{office.CODE}/{path.format(pk=finding.pk)}").status_code == 404


def test_council_member_sees_nothing(system, cycle, sign_in):
    finding = add(system, cycle)
    assert sign_in(Role.COUNCIL).get(f"/{office.CODE}/findings/{finding.pk}/").status_code == 404
