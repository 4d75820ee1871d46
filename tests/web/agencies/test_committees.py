"""Committees and work assignments by order: numbers, dates, members from the register, signed by the top executive."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies import services
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Appointment, Committee, CommitteeMember, JobOrder, Person
from prongsai.web.agencies.queries import committee_in_force, without_duties
from prongsai.web.agencies.roles import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)


def person_named(given: str) -> Person:
    return Person.objects.get(given_name=given)


@pytest.fixture
def committee(agency, system) -> Committee:
    """The ITA working group, for one year."""
    members = [(person_named("วิเชียร"), "chair"), (person_named("มาลี"), "secretary")]
    return services.add_committee(
        system, name="คณะทำงาน ITA", order_no="๒๐๙/๒๕๖๙", order_date=DAY, valid_to=date(2026, 12, 31), members=members
    )


# --- committees -----------------------------------------------------------------------------------------------------
def test_committee_stands_by_its_order_from_its_date(committee):
    assert (committee.order_no, committee.valid_from) == ("209/2569", DAY)
    assert [str(one.person) for one in committee.members.all()] == ["นายวิเชียร รอบรู้", "นายมาลี ตั้งใจ"]


@pytest.mark.parametrize(
    ("order_no", "day"), [("", DAY), ("ไม่มีเลข", DAY), ("209", DAY), ("209/2568", DAY), ("ลบ 52701/12", DAY)]
)
def test_order_without_a_number_of_its_year_is_refused(system, order_no, day):
    with pytest.raises(ValidationError) as refused:
        services.add_committee(system, name="คณะ", order_no=order_no, order_date=day)
    assert list(refused.value.message_dict) == ["order_no"]


def test_order_without_a_date_is_refused(agency, sign_in):
    answer = sign_in(Role.PERSONNEL).post(
        f"/{agency.code}/agency/committees/add/", {"name": "คณะ", "order_no": "1/2569"}
    )
    assert (answer.status_code, Committee.objects.count()) == (422, 0)


def test_expired_committee_cannot_approve(committee):
    days = [DAY - timedelta(days=1), DAY, date(2026, 12, 31), date(2027, 1, 1)]
    assert [committee_in_force(committee, day) for day in days] == [False, True, True, False]
    services.require_committee(committee, DAY)
    with pytest.raises(ValidationError) as refused:
        services.require_committee(committee, date(2027, 1, 1))
    assert refused.value.messages == ["คณะทำงาน ITA อนุมัติไม่ได้ เพราะคำสั่งแต่งตั้งไม่มีผลในวันนั้น"]


def test_replaced_committee_ends_the_day_before_the_new_one(system, committee):
    new = services.add_committee(
        system, name="คณะทำงาน ITA", order_no="300/2569", order_date=date(2026, 7, 1), replaces=committee
    )
    committee.refresh_from_db()
    assert (committee.replaced_by, committee.valid_to) == (new, date(2026, 6, 30))
    assert [committee_in_force(committee, day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [True, False]


def test_replaced_committee_does_not_live_on_by_a_later_end(system, committee):
    new = services.add_committee(
        system, name="คณะใหม่", order_no="300/2569", order_date=date(2026, 7, 1), replaces=committee
    )
    services.change_committee(system, committee=committee, valid_to=date(2030, 1, 1))
    assert not committee_in_force(committee, new.valid_from)


def test_member_must_be_in_the_register(agency, other_agency, system):
    stranger = Person.objects.filter(agency=other_agency).first()
    with pytest.raises(ValidationError) as refused:
        services.add_committee(system, name="คณะ", order_no="1/2569", order_date=DAY, members=[(stranger, "chair")])
    assert list(refused.value.message_dict) == ["members"]
    assert Committee.objects.count() == 0


LIST = """๑. นายวิเชียร รอบรู้ ปลัดเทศบาล ประธานกรรมการ
2) นายประสิทธิ์ มั่นคง\tผู้อำนวยการกองคลัง\tกรรมการ
- สุดา คิดดี กรรมการและเลขานุการ
นายจันทร์ เรียบร้อย"""


def test_page_takes_the_list_as_an_order_prints_it(agency, sign_in):
    typed = {"name": "คณะทำงาน ITA", "order_no": "๒๐๙/๒๕๖๙", "order_date": "๕ ม.ค. ๒๕๖๙", "members": LIST}
    assert sign_in(Role.PERSONNEL).post(f"/{agency.code}/agency/committees/add/", typed).status_code == 302
    found = CommitteeMember.objects.select_related("person")
    assert [(one.person.given_name, one.role) for one in found] == [
        ("วิเชียร", "chair"),
        ("ประสิทธิ์", "member"),
        ("สุดา", "secretary"),
        ("จันทร์", "member"),
    ]


def test_page_names_the_line_and_who_may_be_meant(agency, sign_in):
    typed = {"name": "คณะ", "order_no": "1/2569", "order_date": "5/1/2569"}
    typed["members"] = "นายวิเชียร รอบรู้ ประธานกรรมการ\nนายประสิทธ์ มั่นคง กรรมการ"
    answer = sign_in(Role.PERSONNEL).post(f"/{agency.code}/agency/committees/add/", typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors["members"] == [
        "บรรทัดที่ 2: ไม่พบ “ประสิทธ์ มั่นคง” ในทะเบียนบุคลากร ใกล้เคียงคือ นายประสิทธิ์ มั่นคง"
    ]


def test_edit_shows_the_members_and_keeps_them(agency, sign_in, committee):
    client, address = sign_in(Role.PERSONNEL), f"/{agency.code}/agency/committees/{committee.pk}/edit/"
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert typed["members"] == "นายวิเชียร รอบรู้ ประธานกรรมการ\nนายมาลี ตั้งใจ กรรมการและเลขานุการ"
    before = list(CommitteeMember.objects.values_list("pk", flat=True))
    assert client.post(address, typed).status_code == 302
    assert list(CommitteeMember.objects.values_list("pk", flat=True)) == before


def test_change_by_two_is_told(agency, scope, committee):
    services.change_committee(scope(Role.PERSONNEL), committee=committee, version=committee.version, duties="ใหม่")
    with pytest.raises(Stale):
        services.change_committee(scope(Role.PERSONNEL), committee=committee, version=1, duties="เก่า")


# --- work assignments -----------------------------------------------------------------------------------------------
def assign(system, person: str = "อรุณ", number: int = 10, day: date = DAY, signer: str = "สมหมาย", **more) -> JobOrder:
    return services.add_job_order(
        system,
        person=person_named(person),
        duties=f"งาน {number}",
        order_no=f"{number}/{day.year + 543}",
        order_date=day,
        signer=person_named(signer),
        **more,
    )


def test_officer_without_duties_is_listed(agency, system, sign_in):
    before = without_duties(agency, DAY).count()
    assign(system)
    listed = without_duties(agency, DAY)
    assert (listed.count(), person_named("อรุณ") in listed) == (before - 1, False)
    page = sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/job-orders/", {"only": "no_duties"})
    assert page.context["without"] == page.context["page"].paginator.count


def test_history_of_assignments_is_kept(agency, system, sign_in):
    assign(system, number=10, day=date(2025, 1, 6))
    assign(system, number=11, day=DAY)
    found = [(one.order_no, one.valid_from, one.valid_to) for one in JobOrder.objects.order_by("order_date")]
    assert found == [("10/2568", date(2025, 1, 6), DAY - timedelta(days=1)), ("11/2569", DAY, None)]
    every = sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/job-orders/", {"all": "yes"})
    assert [one.order_no for one in every.context["page"]] == ["11/2569", "10/2568"]


def test_older_order_that_is_entered_late_ends_where_the_next_begins(system):
    assign(system, number=11, day=DAY)
    late = assign(system, number=10, day=date(2025, 1, 6))
    assert late.valid_to == DAY - timedelta(days=1)


def test_second_order_beside_the_first_leaves_it(system):
    first = assign(system, number=10, day=date(2025, 1, 6))
    assign(system, number=11, day=DAY, replaces_earlier=False)
    assert JobOrder.objects.get(pk=first.pk).valid_to is None


@pytest.mark.parametrize("signer", ["วิเชียร", "อารี", "อรุณ"])
def test_order_not_signed_by_the_top_executive_is_refused(system, signer):
    with pytest.raises(ValidationError) as refused:
        assign(system, signer=signer)
    assert refused.value.message_dict == {"signer": ["ผู้ลงนามต้องเป็นผู้บริหารสูงสุดในวันที่ลงคำสั่ง คือ นายสมหมาย ใจกว้าง"]}
    assert JobOrder.objects.count() == 0


def test_signer_counts_by_the_date_of_the_order(system):
    with pytest.raises(ValidationError):
        assign(system, day=date(2020, 9, 30))  # a day before the mayor took office
    mayor = Appointment.objects.get(person=person_named("สมหมาย"))
    services.end_appointment(system, appointment=mayor, on=date(2025, 12, 31))
    services.appoint(
        system, person=person_named("วิเชียร"), post=mayor.post, capacity="performing_duties", valid_from=date(2026, 1, 1)
    )
    assert assign(system, signer="วิเชียร").signer == person_named("วิเชียร")
    assert assign(system, number=9, day=date(2025, 12, 30)).signer == person_named("สมหมาย")


def test_page_offers_the_next_officer_of_the_same_order(agency, sign_in):
    client, address = sign_in(Role.PERSONNEL), f"/{agency.code}/agency/job-orders/add/"
    typed = {"person": person_named("อรุณ").pk, "duties": "คุมงาน", "order_no": "๑๐/๒๕๖๙", "order_date": "5/1/2569"}
    typed |= {"signer": client.get(address).context["form"]["signer"].value(), "replaces_earlier": "on", "next": "yes"}
    answer = client.post(address, typed, follow=True)
    form = answer.context["form"]
    assert (form["order_no"].value(), form["order_date"].value()) == ("10/2569", "05/01/2569")


@pytest.mark.parametrize("count", [1, 3, 60])
@pytest.mark.parametrize(("path", "queries"), [("committees/", 10), ("job-orders/", 12), ("job-orders/?all=yes", 10)])
def test_lists_cost_the_same_however_many(agency, sign_in, django_assert_num_queries, count, path, queries):
    person = person_named("มาลี")
    made = Committee.objects.bulk_create(
        Committee(agency=agency, name="คณะ", order_no=f"{n + 1}/2569", order_date=DAY) for n in range(count)
    )
    CommitteeMember.objects.bulk_create(CommitteeMember(committee=one, person=person, role="chair") for one in made)
    JobOrder.objects.bulk_create(
        JobOrder(agency=agency, person=person, duties="งาน", order_no=f"{n}/2569", order_date=DAY, signer=person)
        for n in range(count)
    )
    client = sign_in(Role.PERSONNEL)
    with django_assert_num_queries(queries):
        assert client.get(f"/{agency.code}/agency/{path}").status_code == 200


def test_other_agency_and_wrong_role_find_nothing(agency, committee, other_agency, sign_in):
    theirs = Committee.objects.create(agency=other_agency, name="คณะ", order_no="1/2569", order_date=DAY)
    assert sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/committees/{theirs.pk}/").status_code == 404
    assert sign_in(Role.HEAD).post(f"/{agency.code}/agency/committees/{committee.pk}/edit/", {}).status_code == 404
    assert sign_in(Role.SECRETARY).post(f"/{agency.code}/agency/job-orders/add/", {}).status_code == 404
