"""Posts and who fills them: the four legal kinds of acting, who may sign when, overlaps, rights that follow posts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies import services
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Appointment, AuditEntry, Person, Post, PostRole
from prongsai.web.agencies.queries import (
    can_sign,
    clashes,
    holders_of,
    scope_of,
    signature_lines,
    top_executive,
    top_executives,
    why_not_sign,
)
from prongsai.web.agencies.roles import Power, Role
from tests.web import office

pytestmark = pytest.mark.django_db
START, END = date(2026, 1, 1), date(2026, 6, 30)


def person_named(given: str) -> Person:
    return Person.objects.get(given_name=given)


def post_titled(title: str) -> Post:
    return Post.objects.get(title=title)


@pytest.fixture
def chief(agency, system) -> Person:
    """The head of the division of public works."""
    person = services.add_person(system, prefix="นาง", given_name="ดวงใจ", family_name="แสนดี", employment="officer")
    post = services.add_post(system, title="ผู้อำนวยการกองช่าง", unit=office.unit(agency, "กองช่าง"), is_head=True)
    services.appoint(system, person=person, post=post, valid_from=date(2021, 10, 1))
    return person


def act(system, person: Person, title: str, capacity: str, **more) -> Appointment:
    given = {"valid_from": START, "valid_to": END, "order_no": "๑๒/๒๕๖๙", "order_date": START, "scope_text": "ลงนาม"}
    return services.appoint(system, person=person, post=post_titled(title), capacity=capacity, **(given | more))


# --- acting ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("capacity", "title", "lines"),
    [
        ("acting_for", "ปลัดเทศบาล", ("ผู้อำนวยการกองช่าง รักษาราชการแทน", "ปลัดเทศบาล")),
        ("delegated", "นายกเทศมนตรี", ("ผู้อำนวยการกองช่าง ปฏิบัติราชการแทน", "นายกเทศมนตรี")),
        ("performing_duties", "นายกเทศมนตรี", ("ผู้อำนวยการกองช่าง ปฏิบัติหน้าที่", "นายกเทศมนตรี")),
        ("acting_in_post", "ปลัดเทศบาล", ("ผู้อำนวยการกองช่าง รักษาการในตำแหน่ง", "ปลัดเทศบาล")),
    ],
)
def test_words_of_acting_stand_under_the_name(system, chief, capacity, title, lines, django_assert_num_queries):
    acting = Appointment.objects.select_related("person", "post").get(pk=act(system, chief, title, capacity).pk)
    with django_assert_num_queries(1):
        assert signature_lines(acting, START) == lines


def test_holder_signs_with_the_post_alone(agency):
    assert signature_lines(holders_of(post_titled("ปลัดเทศบาล"), START)[0], START) == ("ปลัดเทศบาล",)


def test_own_post_under_the_name_is_that_of_the_day(system, chief):
    acting = act(system, chief, "ปลัดเทศบาล", "acting_for", valid_from=date(2020, 10, 1))
    assert signature_lines(acting, date(2021, 9, 30)) == ("รักษาราชการแทน", "ปลัดเทศบาล")
    assert signature_lines(acting, date(2021, 10, 1))[0] == "ผู้อำนวยการกองช่าง รักษาราชการแทน"


def test_signature_outside_the_acting_period_is_refused(system, chief):
    acting = act(system, chief, "ปลัดเทศบาล", "acting_for")
    days = [START - timedelta(days=1), START, END, END + timedelta(days=1)]
    assert [can_sign(acting, day) for day in days] == [False, True, True, False]
    services.require_signer(acting, END)
    with pytest.raises(ValidationError) as refused:
        services.require_signer(acting, END + timedelta(days=1))
    assert refused.value.messages == ["นางดวงใจ แสนดี ลงนามไม่ได้: อยู่นอกช่วงเวลาที่ดำรงตำแหน่งหรือรักษาการตามคำสั่ง"]


def test_who_has_left_and_whose_post_is_gone_cannot_sign(system, chief):
    acting = act(system, chief, "ปลัดเทศบาล", "acting_for")
    acting.person.left_on = date(2026, 2, 1)
    assert why_not_sign(acting, date(2026, 2, 2)) == "ผู้ลงนามพ้นจากงานแล้วในวันนั้น"
    acting.person.left_on, acting.post.valid_to = None, date(2026, 2, 1)
    assert why_not_sign(acting, date(2026, 2, 2)) == "ตำแหน่งนี้ไม่มีแล้วในวันนั้น"


def test_delegation_without_order_and_extent_is_refused(system, chief):
    with pytest.raises(ValidationError) as refused:
        act(system, chief, "นายกเทศมนตรี", "delegated", order_no="", order_date=None, scope_text="")
    assert sorted(refused.value.message_dict) == ["order_date", "order_no", "scope_text"]


def test_number_of_an_order_is_kept_in_one_way(system, chief):
    assert act(system, chief, "ปลัดเทศบาล", "acting_for", order_no="คำสั่งที่ ๑๒ / ๒๕๖๙").order_no == "12/2569"


# --- overlaps -------------------------------------------------------------------------------------------------------
def test_overlapping_delegations_are_flagged_and_kept(agency, system, chief, sign_in):
    post = post_titled("ปลัดเทศบาล")
    first = act(system, chief, "ปลัดเทศบาล", "acting_for")
    second = act(system, person_named("มาลี"), "ปลัดเทศบาล", "acting_for", valid_from=END, valid_to=date(2026, 12, 31))
    found = clashes(Appointment.objects.filter(post=post).select_related("person"))
    assert [({one.first.pk, one.second.pk}, one.why) for one in found] == [
        ({first.pk, second.pk}, "มีผู้รักษาการหรือปฏิบัติหน้าที่แทนซ้อนกันในช่วงเดียวกัน")
    ]
    page = sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/posts/{post.pk}/")
    assert len(page.context["clashes"]) == 1


def test_delegations_one_after_the_other_do_not_overlap(system, chief):
    act(system, chief, "ปลัดเทศบาล", "acting_for")
    act(system, person_named("มาลี"), "ปลัดเทศบาล", "acting_for", valid_from=END + timedelta(days=1), valid_to=None)
    assert clashes(Appointment.objects.filter(post=post_titled("ปลัดเทศบาล"))) == []


def test_two_holders_are_flagged(agency, system, chief, sign_in):
    services.appoint(system, person=chief, post=post_titled("ปลัดเทศบาล"), valid_from=START)
    found = clashes(Appointment.objects.filter(post=post_titled("ปลัดเทศบาล")))
    assert [one.why for one in found] == ["มีผู้ดำรงตำแหน่งสองรายในช่วงเดียวกัน"]
    listed = sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/posts/")
    assert listed.context["clashing"] == {post_titled("ปลัดเทศบาล").pk}


@pytest.mark.parametrize(("capacity", "flagged"), [("acting_for", 0), ("performing_duties", 1), ("acting_in_post", 1)])
def test_acting_that_needs_a_vacant_post_is_flagged_where_it_is_filled(system, chief, capacity, flagged):
    act(system, chief, "ปลัดเทศบาล", capacity)
    assert len(clashes(Appointment.objects.filter(post=post_titled("ปลัดเทศบาล")))) == flagged


# --- the top executive ----------------------------------------------------------------------------------------------
def test_top_executive_is_the_mayor_also_while_somebody_has_a_delegation(agency, system, chief):
    act(system, chief, "นายกเทศมนตรี", "delegated")
    assert top_executive(agency, START).person == person_named("สมหมาย")
    assert [one.person for one in top_executives(agency, START)] == [person_named("สมหมาย")]


def test_without_a_mayor_who_performs_the_duties_is_the_top_executive(agency, system):
    mayor = Appointment.objects.get(person=person_named("สมหมาย"))
    services.end_appointment(system, appointment=mayor, on=date(2025, 12, 31))
    act(system, person_named("วิเชียร"), "นายกเทศมนตรี", "performing_duties")
    found = top_executive(agency, START)
    assert (found.person.given_name, found.capacity) == ("วิเชียร", "performing_duties")
    assert top_executive(agency, END + timedelta(days=1)) is None


def test_deputy_mayor_is_not_the_top_executive(agency, system, chief):
    deputy = services.add_post(system, title="รองนายกเทศมนตรี", side="political")
    services.appoint(system, person=chief, post=deputy)
    assert [one.person.given_name for one in top_executives(agency, START)] == ["สมหมาย"]


# --- posts and their ends -------------------------------------------------------------------------------------------
def test_post_that_is_filled_is_not_closed(agency, system):
    with pytest.raises(ValidationError) as refused:
        services.change_post(system, post=post_titled("นิติกร"), valid_to=END)
    assert refused.value.message_dict == {"valid_to": ["ยังยุบไม่ได้ ผู้ดำรงตำแหน่งอยู่: นายเที่ยง ธรรมดี บันทึกวันสิ้นสุดก่อน"]}


def test_appointment_to_a_closed_post_ends_with_it(agency, system, chief):
    post = services.add_post(system, title="ครู", unit=office.unit(agency, "กองการศึกษา"), valid_to=END)
    with pytest.raises(ValidationError):
        services.appoint(system, person=chief, post=post)
    services.appoint(system, person=chief, post=post, valid_to=END)


def test_end_before_the_beginning_is_refused(agency, sign_in):
    one = Appointment.objects.get(post=post_titled("นิติกร"))
    address = f"/{agency.code}/agency/appointments/{one.pk}/end/"
    answer = sign_in(Role.PERSONNEL).post(address, {"on": "30/9/2563", "version": one.version})
    assert (answer.status_code, Appointment.objects.get(pk=one.pk).valid_to) == (422, None)


def test_work_stays_with_the_post_when_the_officer_changes(agency, system, chief):
    """Rights follow the post: the one who leaves it has them no more, the next one has them."""
    post, one = post_titled("ผู้อำนวยการกองคลัง"), Appointment.objects.get(person=person_named("ประสิทธิ์"))
    yesterday = timezone.localdate() - timedelta(days=1)
    services.end_appointment(system, appointment=one, on=yesterday, version=one.version)
    services.appoint(system, person=person_named("สภา"), post=post, valid_from=timezone.localdate())
    assert office.scope(agency, Role.HEAD).powers == frozenset()
    new = office.scope(agency, Role.COUNCIL)
    assert (new.can(Power.DO_WORK), new.unit_ids) == (True, frozenset({post.unit_id}))


# --- rights ---------------------------------------------------------------------------------------------------------
def test_roles_are_given_by_who_keeps_accounts_only(agency, scope):
    post = post_titled("นิติกร")
    with pytest.raises(ValidationError):
        services.give_roles(scope(Role.PERSONNEL), post=post, roles=["admin"])
    with pytest.raises(ValidationError):
        services.add_post(scope(Role.PERSONNEL), title="ผู้ช่วย", roles=["admin"])
    assert not Post.objects.filter(title="ผู้ช่วย").exists()
    services.give_roles(scope(Role.ADMIN), post=post, roles=["legal", "privacy"])
    assert sorted(PostRole.objects.filter(post=post).values_list("role", flat=True)) == ["legal", "privacy"]
    assert AuditEntry.objects.get().changes == {"roles": [["นิติกร"], ["นิติกร", "เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล"]]}


def test_officer_of_personnel_makes_nobody_keeper_and_herself_nothing(agency, scope):
    personnel, own = scope(Role.PERSONNEL), person_named("อารี")
    with pytest.raises(ValidationError):
        services.appoint(personnel, person=person_named("จันทร์"), post=post_titled("ผู้ดูแลระบบ"))
    with pytest.raises(ValidationError):
        services.appoint(personnel, person=own, post=post_titled("นายกเทศมนตรี"))
    services.appoint(personnel, person=person_named("จันทร์"), post=post_titled("นายกเทศมนตรี"))
    assert scope_of(office.user(agency, Role.PERSONNEL), agency.code).roles == frozenset({Role.PERSONNEL})


def test_officer_of_personnel_does_not_make_a_former_right_last_longer(agency, system, scope):
    personnel, own = scope(Role.PERSONNEL), person_named("อารี")
    post = post_titled("ผู้ดูแลระบบ")
    gone = services.appoint(system, person=own, post=post, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    with pytest.raises(ValidationError):
        services.end_appointment(personnel, appointment=gone, on=personnel.today + timedelta(days=365))
    services.end_appointment(personnel, appointment=gone, on=date(2020, 12, 31))
    assert scope_of(office.user(agency, Role.PERSONNEL), agency.code).roles == frozenset({Role.PERSONNEL})


def test_delegation_gives_none_of_the_roles_of_the_post(agency, system):
    act(system, person_named("อรุณ"), "นายกเทศมนตรี", "delegated", valid_to=None)
    assert scope_of(office.user(agency, Role.OFFICER), agency.code).roles == frozenset({Role.OFFICER})
    act(system, person_named("อรุณ"), "นายกเทศมนตรี", "acting_for", valid_to=None)
    held = scope_of(office.user(agency, Role.OFFICER), agency.code).roles
    assert held == frozenset({Role.OFFICER, Role.MAYOR})


def test_last_post_that_keeps_accounts_keeps_its_role_and_its_holder(agency, scope):
    admin = scope(Role.ADMIN)
    with pytest.raises(ValidationError):
        services.give_roles(admin, post=post_titled("ผู้ดูแลระบบ"), roles=[])
    one = Appointment.objects.get(post=post_titled("ผู้ดูแลระบบ"))
    with pytest.raises(ValidationError):
        services.end_appointment(admin, appointment=one, on=timezone.localdate())
    assert PostRole.objects.filter(role="admin").count() == 1
    services.give_roles(admin, post=post_titled("นักทรัพยากรบุคคล"), roles=["personnel", "admin"])
    services.give_roles(admin, post=post_titled("ผู้ดูแลระบบ"), roles=[])


def test_roles_changed_by_somebody_else_are_not_overwritten(agency, scope, sign_in):
    post = post_titled("นิติกร")
    services.give_roles(scope(Role.ADMIN), post=post, roles=["legal", "privacy"], version=1)
    with pytest.raises(Stale):
        services.give_roles(scope(Role.ADMIN), post=post_titled("นิติกร"), roles=[], version=1)
    answer = sign_in(Role.ADMIN).post(f"/{agency.code}/agency/posts/{post.pk}/roles/", {"roles": [], "version": 1})
    assert (answer.status_code, PostRole.objects.filter(post=post).count()) == (409, 2)
    assert answer.context["beside"] == [("บทบาทของตำแหน่ง", "นิติกร\nเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล", "")]


# --- pages ----------------------------------------------------------------------------------------------------------
def test_page_appoints_with_thai_dates(agency, sign_in):
    post, person = post_titled("ปลัดเทศบาล"), person_named("มาลี")
    typed = {"person": person.pk, "capacity": "acting_for", "valid_from": "๑ ม.ค. ๒๕๖๙", "valid_to": "2026-06-30"}
    answer = sign_in(Role.PERSONNEL).post(f"/{agency.code}/agency/posts/{post.pk}/appoint/", typed)
    assert answer.status_code == 302
    made = Appointment.objects.get(post=post, person=person)
    assert (made.capacity, made.valid_from, made.valid_to) == ("acting_for", START, END)


def test_page_shows_who_may_sign_today_with_the_words_under_the_name(agency, system, chief, sign_in):
    act(system, chief, "ปลัดเทศบาล", "acting_for", valid_to=None)
    page = sign_in(Role.HEAD).get(f"/{agency.code}/agency/posts/{post_titled('ปลัดเทศบาล').pk}/")
    assert [(str(one.person), lines) for one, lines in page.context["now"]] == [
        ("นายวิเชียร รอบรู้", ("ปลัดเทศบาล",)),
        ("นางดวงใจ แสนดี", ("ผู้อำนวยการกองช่าง รักษาราชการแทน", "ปลัดเทศบาล")),
    ]


def test_list_finds_vacant_posts_and_acting(agency, system, chief, sign_in):
    services.add_post(system, title="นักวิชาการคลัง", unit=office.unit(agency, "กองคลัง"))
    act(system, chief, "ปลัดเทศบาล", "acting_for", valid_to=None)
    client, address = sign_in(Role.PERSONNEL), f"/{agency.code}/agency/posts/"
    for only, titles in (("vacant", ["นักวิชาการคลัง"]), ("acting", ["ปลัดเทศบาล"])):
        assert [post.title for post in client.get(address, {"only": only}).context["page"]] == titles


@pytest.mark.parametrize("count", [1, 3, 60])
def test_list_costs_the_same_however_many_posts(agency, sign_in, django_assert_num_queries, count):
    posts = Post.objects.bulk_create(Post(agency=agency, title=f"ตำแหน่ง {n}") for n in range(count))
    person = person_named("มาลี")
    Appointment.objects.bulk_create(
        Appointment(agency=agency, person=person, post=post, capacity="acting_for") for post in posts
    )
    client = sign_in(Role.PERSONNEL)
    with django_assert_num_queries(13):
        assert client.get(f"/{agency.code}/agency/posts/").status_code == 200


def test_other_agency_and_wrong_role_find_nothing(agency, other_agency, sign_in):
    theirs = Post.objects.filter(agency=other_agency).first()
    assert sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/posts/{theirs.pk}/").status_code == 404
    ours = post_titled_in(agency, "นิติกร")
    assert sign_in(Role.PERSONNEL).post(f"/{agency.code}/agency/posts/{ours.pk}/roles/", {}).status_code == 404
    assert sign_in(Role.HEAD).post(f"/{agency.code}/agency/posts/{ours.pk}/appoint/", {}).status_code == 404


def post_titled_in(agency, title: str) -> Post:
    return Post.objects.get(agency=agency, title=title)


def test_form_begins_with_what_another_page_asks_for(agency, sign_in):
    post = Post.objects.get(agency=agency, title="ปลัดเทศบาล")
    address = reverse("agencies:appointment_add", args=[agency.code, post.pk])
    asked = {"capacity": "acting_for", "valid_from": "2026-12-01", "valid_to": "2026-13-40", "person": "x"}
    form = sign_in(Role.PERSONNEL).get(address, asked).context["form"]
    begun = {
        name: form.get_initial_for_field(form.fields[name], name) for name in ("capacity", "valid_from", "valid_to")
    }
    assert begun == {"capacity": "acting_for", "valid_from": date(2026, 12, 1), "valid_to": None}
