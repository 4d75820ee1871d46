import lxml.html
import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import queries, services
from prongsai.web.cycles.models import Analysis
from prongsai.web.cycles.queries.analysis import analysis_of
from prongsai.web.plans.models import Measure, MeasureOwner, Progress, Step
from tests.web.cycles import years

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(system):
    return years.opened(system, 2567)


def test_every_issue_of_the_year_is_there_also_without_scores(cycle):
    page = analysis_of(cycle)
    issues = queries.framework_of(cycle).issues
    assert [(section.no, section.title) for section in page.sections] == [(each.no, each.name_th) for each in issues]
    assert len(page.sections) == 7


def test_what_is_short_follows_from_the_scores(system, cycle):
    items = years.item_scores(cycle, ("O1",))
    scores = years.given(2567)["indicators"]
    years.scored(system, cycle, indicators=scores, items=items, overall=None, level=None)
    told = [words for section in analysis_of(cycle).sections for words in section.short]
    assert "ตัวชี้วัดที่ ๘ การปรับปรุงระบบการทำงาน ได้ ๘๔.๓๖ ต่ำกว่า ๘๕" in told
    assert not any("ตัวชี้วัดที่ ๑ " in words for words in told)


def test_each_issue_names_its_missing_parts(cycle):
    section = analysis_of(cycle).sections[0]
    assert section.missing == ("ผู้รับผิดชอบ", "ขั้นตอน", "การกำกับติดตาม", "การรายงานผล")
    measure = Measure.objects.create(cycle=cycle, issue_no=section.no, title="ทำคู่มือ", follow_up=["ติดตามทุกเดือน"])
    MeasureOwner.objects.create(measure=measure, text="สำนักปลัด", unit=Unit.objects.get(name="สำนักปลัดเทศบาล"))
    Step.objects.create(measure=measure, text="ร่างคู่มือ")
    section = analysis_of(cycle).sections[0]
    assert (section.owners, section.steps, section.missing) == (("สำนักปลัดเทศบาล",), ("ร่างคู่มือ",), ("การรายงานผล",))
    Progress.objects.create(measure=measure, result="แจกคู่มือ ๔ งาน")
    assert analysis_of(cycle).sections[0].missing == ()


def test_findings_stand_at_their_issue_and_none_is_lost(system, cycle):
    services.add_finding(system, cycle=cycle, title="ตามเลขประเด็น", issue_no=3)
    services.add_finding(system, cycle=cycle, title="ตามตัวชี้วัด", indicator="1")
    services.add_finding(system, cycle=cycle, title="ไม่รู้ที่")
    page = analysis_of(cycle)
    shown = {finding.title for section in page.sections for finding in section.findings}
    assert shown == {"ตามเลขประเด็น", "ตามตัวชี้วัด"}
    assert [finding.title for finding in page.loose] == ["ไม่รู้ที่"]


def test_a_year_without_issues_is_told_by_indicators(system):
    page = analysis_of(years.opened(system, 2566))
    assert (page.from_issues, len(page.sections)) == (False, 10)


def test_it_cannot_be_approved_without_scores_of_the_assessed_year(system, cycle):
    services.take_scores(system, cycle=cycle, kind="own", given={"indicators": {"1": 90}})
    with pytest.raises(ValidationError):
        services.approve_analysis(system, cycle=cycle)
    assert Analysis.objects.count() == 0


def test_who_wrote_it_does_not_approve_it(scope, system, cycle):
    years.scored(system, cycle)
    mayor = scope(Role.MAYOR)
    services.write_analysis(mayor, cycle=cycle, texts={"1": "ข้อความของนายก"})
    with pytest.raises(ValidationError) as refused:
        services.approve_analysis(mayor, cycle=cycle)
    assert refused.value.messages == ["ผู้เขียนบทวิเคราะห์อนุมัติเองไม่ได้ ให้ผู้บริหารคนอื่นอนุมัติ"]


def test_only_the_top_executive_approves_it(scope, system, cycle):
    years.scored(system, cycle)
    with pytest.raises(ValidationError) as refused:
        services.approve_analysis(scope(Role.SECRETARY), cycle=cycle)
    assert refused.value.messages == ["ผู้อนุมัติต้องเป็นผู้บริหารสูงสุด หรือผู้ทำหน้าที่แทนตามกฎหมาย ณ วันนี้"]


def test_approval_freezes_words_and_scores_and_a_change_takes_it_back(system, scope, cycle):
    snapshot = years.scored(system, cycle)
    record = services.approve_analysis(scope(Role.MAYOR), cycle=cycle)
    before = [section.text for section in analysis_of(cycle).sections]
    assert (record.snapshot, record.approved_as, len(record.texts)) == (snapshot, "นายกเทศมนตรี", 7)
    years.scored(system, cycle, indicators={str(n): 60 for n in range(1, 11)}, overall=None, level=None)
    assert [section.text for section in analysis_of(cycle).sections] == before
    same = services.write_analysis(system, cycle=cycle, texts={"1": before[0]}, version=record.version)
    assert same.approved_at is not None
    changed = services.write_analysis(system, cycle=cycle, texts={"1": "ข้อความใหม่"}, version=record.version)
    assert (changed.approved_at, changed.texts) == (None, {"1": "ข้อความใหม่"})
    with pytest.raises(Stale):
        services.write_analysis(system, cycle=cycle, texts={"1": "ช้าไป"}, version=record.version - 1)


def test_page_is_written_by_who_runs_the_cycle_and_approved_by_who_may(sign_in, agency, system, cycle):
    years.scored(system, cycle)
    address = f"/{agency.code}/cycles/ita-2567/analysis/"
    assert sign_in(Role.OFFICER).get(address).status_code == 200
    assert sign_in(Role.OFFICER).post(address, {"text-1": "x"}).status_code == 404
    assert sign_in(Role.COORDINATOR).post(address, {"text-1": "เขียนเอง", "version": ""}).status_code == 302
    assert sign_in(Role.COORDINATOR).post(f"{address}approve/").status_code == 404
    assert sign_in(Role.MAYOR).post(f"{address}approve/").status_code == 302
    page = sign_in(Role.MAYOR).get(address).content.decode()
    assert "อนุมัติโดย สมหมาย ใจกว้าง นายกเทศมนตรี เมื่อ" in page and "เขียนเอง" in page


def test_words_written_since_they_were_seen_are_not_approved(sign_in, scope, agency, system, cycle):
    years.scored(system, cycle)
    mayor, address = sign_in(Role.MAYOR), f"/{agency.code}/cycles/ita-2567/analysis/"
    for version in (0, 1):
        shown = lxml.html.fromstring(mayor.get(address).content.decode())
        seen = shown.xpath("//form[contains(@action, 'approve')]/input[@name='version']/@value")
        assert seen == [str(version)]
        services.write_analysis(system, cycle=cycle, texts={"1": f"แก้ครั้งที่ {version}"}, version=version)
        late = mayor.post(f"{address}approve/", {"version": seen[0]})
        assert (late.status_code, Analysis.objects.get().approved_at) == (409, None)
        assert "มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว" in late.content.decode()
    assert mayor.post(f"{address}approve/", {"version": "2"}).status_code == 302


def test_words_of_two_who_write_first_are_not_lost(sign_in, agency, system, cycle):
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2567/analysis/"
    shown = lxml.html.fromstring(client.get(address).content.decode())
    seen = shown.xpath("//input[@name='version']/@value")[0]
    services.write_analysis(system, cycle=cycle, texts={"1": "คนแรก"})
    assert client.post(address, {"text-1": "คนที่สอง", "version": seen}).status_code == 409
    assert Analysis.objects.get().texts == {"1": "คนแรก"}


def test_page_says_why_it_cannot_be_approved(sign_in, agency, cycle):
    answer = sign_in(Role.MAYOR).post(f"/{agency.code}/cycles/ita-2567/analysis/approve/")
    assert answer.status_code == 422
    assert "ยังอนุมัติไม่ได้ เพราะยังไม่มีผลคะแนนทางการของปีที่ประเมิน" in answer.content.decode()


def test_page_asks_the_same_for_many_measures_as_for_one(system, cycle, django_assert_num_queries):
    def add(count):
        for n in range(count):
            measure = Measure.objects.create(cycle=cycle, issue_no=n % 7 + 1, title=f"มาตรการ {n}")
            Step.objects.create(measure=measure, text="ขั้น")

    add(1)
    with django_assert_num_queries(8):
        analysis_of(cycle)
    add(20)
    with django_assert_num_queries(8):
        analysis_of(cycle)
