"""What a clerk opens: the items with their next step, what waits for me, what is overtaken, who cannot be reached."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from prongsai.web.agencies import services as agencies
from prongsai.web.agencies.models import Appointment
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Page, Watched
from prongsai.web.disclosure.queries.overview import Step, overview_of
from prongsai.web.disclosure.services import gate, pages
from tests.web import office

pytestmark = pytest.mark.django_db
STRUCTURE = "organisation.structure-and-powers"


def line_of(scope, page):
    return next(line for line in overview_of(scope).lines if line.page == page)


def step_of(scope, page) -> Step:
    return line_of(scope, page).step


def test_empty_office_is_told_how_to_begin(agency, sign_in):
    shown = sign_in(Role.PUBLISHER).get(f"/{agency.code}/site/").content.decode()
    assert "ยังไม่มีรอบการประเมิน" in shown


def test_every_item_is_there_and_begins_with_writing(cycle, scope):
    found = overview_of(scope(Role.PUBLISHER))
    assert (len(found.lines), found.published, {line.step for line in found.lines}) == (
        cycle.items.count(), 0, {Step.START},
    )  # fmt: skip


def test_next_step_follows_a_release(page, scope, publish):
    head, mayor = scope(Role.HEAD), scope(Role.MAYOR)
    assert step_of(head, page) is Step.START
    draft = pages.write_release(head, page=page, version=0, body="โทร 081-234-5678")
    assert step_of(head, page) is Step.WRITE
    gate.look(head, release=draft)
    assert step_of(head, page) is Step.GATE
    draft = pages.write_release(head, page=page, version=1, body="ข้อความ")
    asked = pages.request_release(head, release=draft, version=2)
    assert (step_of(head, page), step_of(mayor, page)) == (Step.WAIT, Step.DECIDE)
    pages.return_release(mayor, release=asked, version=3, note="แก้คำผิด")
    assert step_of(head, page) is Step.MEND
    publish(page)
    assert (step_of(head, page), line_of(head, page).is_public) == (Step.DONE, True)
    pages.withdraw(mayor, page=page, version=None, reason="ผิดปี")
    assert step_of(head, page) is Step.AGAIN


def test_what_waits_for_me_is_mine_to_do(page, ask, scope):
    ask(page)
    waits = {
        role: len(overview_of(scope(role)).mine) for role in (Role.MAYOR, Role.SECRETARY, Role.PUBLISHER, Role.HEAD)
    }
    assert waits == {Role.MAYOR: 1, Role.SECRETARY: 1, Role.PUBLISHER: 0, Role.HEAD: 0}


def test_request_that_i_wrote_does_not_wait_for_me(page, ask, scope):
    pages.write_release(scope(Role.SECRETARY), page=page, version=0, body="ปลัดเขียน")
    ask(page)
    assert [len(overview_of(scope(role)).mine) for role in (Role.SECRETARY, Role.MAYOR)] == [0, 1]


@pytest.mark.parametrize(("days", "step"), [(-1, Step.REVIEW), (10, Step.REVIEW), (60, Step.DONE)])
def test_page_comes_up_for_review(page, publish, scope, days, step):
    publish(page)
    Page.objects.filter(pk=page.pk).update(review_on=timezone.localdate() + timedelta(days=days))
    assert step_of(scope(Role.HEAD), page) is step


def test_page_that_nobody_reaches_comes_first(agency, page, publish, scope):
    publish(page)
    Watched.objects.create(agency=agency, address="https://a.go.th/", page=page, state="fault")
    assert step_of(scope(Role.HEAD), page) is Step.REACH


@pytest.mark.parametrize(("days", "late"), [(-1, True), (1, False)])
def test_item_that_is_not_published_in_time_is_late(cycle, page, scope, days, late):
    cycle.dates.filter(key="disclosure").update(ends_on=timezone.localdate() + timedelta(days=days))
    assert line_of(scope(Role.HEAD), page).is_late == late


def test_structure_is_overtaken_when_a_unit_changes_after_publication(system, item, publish, scope):
    page = pages.ensure_item_page(system, item=item(STRUCTURE))
    publish(page)
    assert step_of(scope(Role.HEAD), page) is Step.DONE
    agencies.add_unit(system, name="กองยุทธศาสตร์", kind="division")
    line = line_of(scope(Role.HEAD), page)
    assert (line.step, line.overtaken.what) == (Step.RENEW, "ส่วนราชการหรือตำแหน่งเปลี่ยน: กองยุทธศาสตร์")
    publish(page, body="มีกองใหม่แล้ว")
    assert step_of(scope(Role.HEAD), page) is Step.DONE


def test_structure_is_overtaken_when_a_unit_ends_by_its_day(agency, system, item, publish, scope):
    page = pages.ensure_item_page(system, item=item(STRUCTURE))
    made = publish(page)
    type(made).objects.filter(pk=made.pk).update(published_at=timezone.now() - timedelta(days=3))
    unit = office.unit(agency, "กองช่าง")
    unit.valid_to = timezone.localdate() - timedelta(days=1)
    unit.save()
    assert step_of(scope(Role.HEAD), page) is Step.RENEW


def test_executives_are_overtaken_when_one_changes(agency, system, page, publish, scope):
    made = publish(page)
    type(made).objects.filter(pk=made.pk).update(published_at=timezone.now() - timedelta(days=3))
    assert step_of(scope(Role.HEAD), page) is Step.DONE
    mayor = Appointment.objects.get(agency=agency, post__title="นายกเทศมนตรี")
    mayor.valid_to = timezone.localdate() - timedelta(days=2)
    mayor.save()
    assert step_of(scope(Role.HEAD), page) is Step.RENEW


def test_declarations_are_overtaken_when_the_top_executive_changes(agency, system, item, publish, scope):
    chosen = item("organisation.contact-and-questions")
    chosen.key = "no-gift.declaration-and-culture"
    chosen.save()
    page = pages.ensure_item_page(system, item=chosen)
    made = publish(page)
    type(made).objects.filter(pk=made.pk).update(published_at=timezone.now() - timedelta(days=3))
    Appointment.objects.filter(agency=agency, post__title="นายกเทศมนตรี").update(
        valid_from=timezone.localdate() - timedelta(days=1)
    )
    line = line_of(scope(Role.HEAD), page)
    assert (line.step, line.overtaken.what) == (Step.RENEW, "ผู้บริหารสูงสุดเปลี่ยน ต้องประกาศใหม่")


def test_other_pages_are_not_overtaken(system, item, publish, scope):
    page = pages.ensure_item_page(system, item=item("operation.annual-report"))
    publish(page)
    agencies.add_unit(system, name="กองยุทธศาสตร์", kind="division")
    assert step_of(scope(Role.HEAD), page) is Step.DONE


def test_executives_without_contact_or_photograph_are_listed(agency, page, publish, scope, file, attach):
    assert overview_of(scope(Role.HEAD)).lacks == ()  # nothing is published yet
    draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0)
    picture = file("นายก.txt", "ภาพ\n")
    attach(draft, picture, "ภาพถ่าย", role="picture", text="นายสมหมาย ใจกว้าง นายกเทศมนตรี")
    publish(page)
    unit = office.unit(agency, "กองคลัง")
    unit.phone = "0 3641 1234"
    unit.save()
    lacks = {one.name: one.lacks for one in overview_of(scope(Role.HEAD)).lacks}
    assert lacks["นายสมหมาย ใจกว้าง"] == ("ช่องทางติดต่อ",)
    assert lacks["นายประสิทธิ์ มั่นคง"] == ("ภาพถ่าย",)
    assert lacks["นายวิเชียร รอบรู้"] == ("ช่องทางติดต่อ", "ภาพถ่าย")
    assert "นายสภา ใจธรรม" not in lacks


@pytest.mark.parametrize("count", [1, 3])
def test_overview_asks_the_same_however_much_there_is(
    agency, cycle, system, publish, ask, sign_in, django_assert_num_queries, count
):
    items = list(cycle.items.select_related("cycle__agency").all())
    for number in range(2):  # structure and executives, which are held against the organisation
        publish(pages.ensure_item_page(system, item=items[number]))
    for number in range(count):
        publish(pages.ensure_item_page(system, item=items[2 + number]))
        ask(pages.ensure_item_page(system, item=items[10 + number]))
    client = sign_in(Role.MAYOR)
    client.get(f"/{agency.code}/site/")
    with django_assert_num_queries(38):
        client.get(f"/{agency.code}/site/")


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_a_kind_asks_the_same_however_many_there_are(agency, scope, sign_in, django_assert_num_queries, count):
    for number in range(count):
        pages.add_page(scope(Role.PUBLISHER), kind="free", title=f"หน้า {number}", path=f"topic-{number}")
    client = sign_in(Role.PUBLISHER)
    with django_assert_num_queries(14):
        answer = client.get(f"/{agency.code}/site/?kind=free")
    assert answer.content.decode().count("เริ่มเขียน</a>") == count


@pytest.mark.parametrize(
    ("show", "count"), [("", 26), ("public", 1), ("todo", 25), ("waiting", 0), ("watch", 0), ("x", 26)]
)
def test_list_is_narrowed(agency, page, publish, sign_in, show, count):
    publish(page)
    shown = sign_in(Role.HEAD).get(f"/{agency.code}/site/?show={show}").content.decode()
    assert shown.count('<th scope="row">') == count
