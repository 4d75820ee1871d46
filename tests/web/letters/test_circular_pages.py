"""Pages of circulars, as a reader on a phone and as who keeps letters see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Circular, Letter, LetterState, Receipt
from prongsai.web.letters.queries.circulars import counts
from prongsai.web.letters.services import circulars as services
from prongsai.web.notify.models import Mail
from tests.web import office
from tests.web.letters.circulating import PDF, draft, hire, paper, person_of, scan, sent

BASE = f"/{office.CODE}/circulars/"


@pytest.fixture
def clerk(scope):
    return scope(Role.CLERK)


# --- the reader -----------------------------------------------------------------------------------------------------
def test_what_waits_for_me_is_listed_until_i_acknowledge(clerk, sign_in):
    made = sent(clerk)
    client = sign_in(Role.OFFICER)
    assert client.get(BASE).context["waiting"] == (made,)
    answer = client.post(f"{BASE}{made.pk}/acknowledge/", follow=True)
    assert answer.redirect_chain == [(made.get_absolute_url(), 302)]
    assert "ท่านรับทราบเรื่องนี้แล้ว" in answer.content.decode()
    page = client.get(BASE)
    assert (page.context["waiting"], [one.circular for one in page.context["done"]]) == ((), [made])


def test_no_get_writes_anything(agency, clerk, sign_in):
    made = sent(clerk, evidence=[paper(clerk)])
    file = made.evidence.get().file
    client = sign_in(Role.OFFICER)
    for path in ("", f"{made.pk}/", f"{made.pk}/files/{file.pk}/", f"{made.pk}/receipts/"):
        assert client.get(f"{BASE}{path}").status_code == 200
    assert client.get(f"{BASE}{made.pk}/acknowledge/").status_code == 405
    assert Receipt.objects.count() == 0


def test_opening_the_file_by_its_button_is_written_down_once(agency, clerk, sign_in):
    made = sent(clerk, evidence=[paper(clerk)])
    file = made.evidence.get().file
    client = sign_in(Role.OFFICER)
    answer = client.post(f"{BASE}{made.pk}/files/{file.pk}/", follow=True)
    assert b"".join(answer.streaming_content) == PDF + "ประกาศ".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    receipt = Receipt.objects.get()
    assert (receipt.person, receipt.acknowledged_on, counts(made).read) == (person_of(agency, Role.OFFICER), None, 1)
    client.post(f"{BASE}{made.pk}/files/{file.pk}/")
    assert Receipt.objects.get().read_at == receipt.read_at


def test_a_reader_gets_one_form_to_acknowledge_and_none_of_the_keeping(clerk, sign_in):
    made = sent(clerk)
    page = sign_in(Role.OFFICER).get(made.get_absolute_url()).content.decode()
    assert page.count('<button class="primary big">') == 1
    assert [word in page for word in ("/remind/", "/sheets/add/", "/close/", "/edit/")] == [False] * 4


def test_a_file_that_is_not_of_the_circular_is_not_given(clerk, sign_in):
    made, other = sent(clerk), paper(clerk, "อื่น")
    assert sign_in(Role.OFFICER).get(f"{BASE}{made.pk}/files/{other.file.pk}/").status_code == 404


# --- rights ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.OFFICER, Role.COUNCIL, Role.ADMIN])
def test_a_draft_is_seen_only_by_who_keeps_letters(clerk, sign_in, role):
    made = draft(clerk)
    assert sign_in(role).get(made.get_absolute_url()).status_code == 404
    assert sign_in(Role.CLERK).get(made.get_absolute_url()).status_code == 200


def test_who_sees_no_work_sees_only_what_binds_them(agency, clerk, sign_in):
    client = sign_in(Role.COUNCIL)
    own, others = sent(clerk), sent(clerk, to_everybody=False, units=[office.unit(agency, "กองช่าง")])
    assert [client.get(one.get_absolute_url()).status_code for one in (own, others)] == [200, 404]
    assert client.get(f"{BASE}{own.pk}/receipts/").status_code == 404
    assert "form" not in client.get(BASE).context
    client.post(f"{BASE}{own.pk}/acknowledge/")
    services.close_circular(clerk, circular=own, version=None)
    assert client.get(own.get_absolute_url()).status_code == 200  # what one has acknowledged stays to be read


def test_another_agency_sees_nothing_of_it(clerk, sign_in, other_agency):
    made = sent(clerk, evidence=[paper(clerk)])
    file = made.evidence.get().file.pk
    stranger = sign_in(Role.CLERK, of=other_agency)
    for base in (BASE, f"/{other_agency.code}/circulars/"):
        for path in ("", "acknowledge/", "edit/", "send/", "close/", "receipts/", "receipts/pdf/", f"files/{file}/"):
            assert stranger.get(f"{base}{made.pk}/{path}").status_code in (404, 405)
            assert stranger.post(f"{base}{made.pk}/{path}").status_code in (404, 405)
    assert Receipt.objects.count() == 0


@pytest.mark.parametrize("path", ["edit/", "send/", "drop/", "remind/", "close/", "sheets/add/", "evidence/"])
def test_only_who_keeps_letters_may_keep_them(clerk, sign_in, path):
    made = sent(clerk)
    assert sign_in(Role.OFFICER).post(f"{BASE}{made.pk}/{path}").status_code == 404


# --- making, sending ------------------------------------------------------------------------------------------------
def test_from_a_form_with_a_file_to_a_sent_circular(agency, clerk, sign_in):
    client = sign_in(Role.CLERK)
    given = {
        "title": "ประกาศไม่รับของขวัญ", "number_text": "ลบ 52701/ว 12", "dated": "2/3/2569", "to": "chosen",
        "units": [office.unit(agency, "กองช่าง").pk], "binds_joiners": "on", "attach-file": scan(),
    }  # fmt: skip
    answer = client.post(f"{BASE}add/", given, follow=True)
    made = Circular.objects.get()
    assert answer.redirect_chain == [(made.get_absolute_url(), 302)]
    assert "ส่งเวียนถึง ๑ คน" in answer.content.decode()
    client.post(f"{BASE}{made.pk}/send/", {"version": made.version})
    made.refresh_from_db()
    assert (made.sent_on, made.evidence.count(), counts(made).audience) == (timezone.localdate(), 1, 1)


def test_a_signed_letter_is_prefilled_and_a_secret_one_not_found(clerk, sign_in):
    client = sign_in(Role.CLERK)
    letter = Letter.objects.create(
        agency=clerk.agency, paper="memo", subject="แจ้งมาตรการ", state=LetterState.SIGNED, dated=timezone.localdate()
    )
    secret = Letter.objects.create(
        agency=clerk.agency, paper="memo", subject="ลับ", state=LetterState.SIGNED, secrecy="ลับ"
    )
    page = client.get(f"{BASE}add/?letter={letter.pk}")
    assert "แจ้งมาตรการ" in page.content.decode()
    assert "title" not in page.context["form"].fields
    client.post(f"{BASE}add/?letter={letter.pk}", {"to": "everybody", "message": "ให้ทราบ"})
    made = Circular.objects.get()
    assert (made.title, made.letter, made.dated) == ("แจ้งมาตรการ", letter, letter.dated)
    assert client.get(f"{BASE}add/?letter={secret.pk}").status_code == 404
    assert client.get(f"{BASE}add/?letter=x").status_code == 404


def test_a_faulty_form_comes_back_with_what_was_typed(clerk, sign_in):
    answer = sign_in(Role.CLERK).post(f"{BASE}add/", {"title": "เรื่อง", "to": "chosen", "due_on": "32/1/2569"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"due_on"}
    answer = sign_in(Role.CLERK).post(f"{BASE}add/", {"title": "เรื่อง", "to": "chosen"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"to"})
    assert Circular.objects.count() == 0


def test_two_who_change_it_at_once(agency, clerk, sign_in):
    client = sign_in(Role.CLERK)
    made = draft(clerk)
    form = {"title": "ของฉัน", "to": "everybody", "version": made.version}
    services.change_circular(clerk, circular=made, version=made.version, title="ของผู้อื่น")
    answer = client.post(f"{BASE}{made.pk}/edit/", form)
    text = answer.content.decode()
    assert (answer.status_code, "ของผู้อื่น" in text, 'value="ของฉัน"' in text) == (409, True, True)
    again = client.post(f"{BASE}{made.pk}/edit/", {**form, "version": answer.context["form"]["version"].value()})
    assert again.status_code == 302
    made.refresh_from_db()
    assert made.title == "ของฉัน"


def test_a_closed_one_is_neither_changed_nor_acknowledged_and_opens_with_a_reason(clerk, sign_in):
    client, made = sign_in(Role.CLERK), sent(clerk)
    assert client.get(f"{BASE}{made.pk}/close/").status_code == 200
    client.post(f"{BASE}{made.pk}/close/", {"version": made.version})
    made.refresh_from_db()
    assert made.closed_on == timezone.localdate()
    assert client.get(f"{BASE}{made.pk}/edit/").status_code == 404
    client.post(f"{BASE}{made.pk}/acknowledge/")
    assert counts(made).acknowledged == 0
    assert client.post(f"{BASE}{made.pk}/close/", {"version": made.version}).status_code == 422
    client.post(f"{BASE}{made.pk}/close/", {"version": made.version, "reason": "ปิดผิดเรื่อง"})
    made.refresh_from_db()
    assert made.closed_on is None


def test_reminding_by_hand_says_whom_it_reached(agency, clerk, sign_in):
    person = person_of(agency, Role.OFFICER)
    person.email = "arun@example.com"
    person.save()
    hire(agency, 2)
    made = sent(clerk, to_everybody=False, units=[office.unit(agency, "กองช่าง")])
    answer = sign_in(Role.CLERK).post(f"{BASE}{made.pk}/remind/", follow=True)
    assert "เตือนทางอีเมล ๑ คน" in answer.content.decode()
    assert f"http://testserver{made.get_absolute_url()}" in Mail.objects.get().text


# --- queries --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [1, 3, 300])
@pytest.mark.parametrize(
    ("role", "path", "queries"),
    [(Role.OFFICER, "", 24), (Role.OFFICER, "{pk}/", 16), (Role.CLERK, "{pk}/", 24), (Role.CLERK, "{pk}/edit/", 16)],
)
def test_number_of_queries_does_not_grow_with_people(
    agency, clerk, sign_in, django_assert_num_queries, n, role, path, queries
):
    people = hire(agency, n)
    made = sent(clerk, days_ago=2, to_everybody=False, units=[office.unit(agency, "กองช่าง")], people=people)
    for one in people:
        Receipt.objects.create(circular=made, person=one, acknowledged_on=clerk.today)
    client = sign_in(role)
    with django_assert_num_queries(queries):
        assert client.get(f"{BASE}{path.format(pk=made.pk)}").status_code == 200


@pytest.mark.parametrize("n", [1, 3])
def test_number_of_queries_does_not_grow_with_circulars(agency, clerk, sign_in, django_assert_num_queries, n):
    for place in range(n):
        sent(clerk, days_ago=place, to_everybody=False, units=[office.unit(agency, "กองช่าง")])
        done = sent(clerk, days_ago=place)
        Receipt.objects.create(circular=done, person=person_of(agency, Role.OFFICER), acknowledged_on=clerk.today)
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(24):
        page = client.get(BASE)
    assert (len(page.context["waiting"]), len(page.context["rows"]), len(page.context["done"])) == (n, 2 * n, n)


def test_the_list_of_the_office_is_narrowed_and_paged(clerk, sign_in):
    for place in range(21):
        sent(clerk, days_ago=place, title=f"เรื่องที่ {place}")
    draft(clerk, title="ร่างหนึ่ง")
    client = sign_in(Role.CLERK)
    assert len(client.get(BASE).context["rows"]) == 20
    assert [one.title for one, _counts in client.get(f"{BASE}?only=draft").context["rows"]] == ["ร่างหนึ่ง"]
    assert [one.title for one, _counts in client.get(f"{BASE}?q=20").context["rows"]] == ["เรื่องที่ 20"]
    assert client.get(f"{BASE}?q=ไม่มี").context["rows"] == []
    assert timedelta(days=20) == timezone.localdate() - Circular.objects.get(title="เรื่องที่ 20").sent_on
