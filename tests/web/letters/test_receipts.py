"""The list of who has acknowledged: on the page, on paper, as a table, as evidence; lists signed in ink by their form."""

from __future__ import annotations

from datetime import timedelta

import pytest

from prongsai.documents.read import read_content
from prongsai.reports.catalogue import paper_kind
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.models import Evidence
from prongsai.web.letters.models import PaperSheet, Receipt
from prongsai.web.letters.queries.circulars import counts
from prongsai.web.letters.services import circulars as services
from tests.web import office
from tests.web.letters.circulating import as_person, draft, hire, scan, sent

BASE = f"/{office.CODE}/circulars/"


@pytest.fixture
def clerk(scope):
    return scope(Role.CLERK)


def test_the_page_tells_who_has_and_who_has_not(agency, clerk, sign_in):
    people = hire(agency, 3)
    made = sent(clerk, to_everybody=False, people=people)
    services.acknowledge(as_person(agency, people[0]), circular=made)
    client = sign_in(Role.OFFICER)

    def names(only: str) -> set[int]:
        page = client.get(f"{BASE}{made.pk}/receipts/?only={only}").context["page"]
        return {one.pk for one in page.object_list}

    assert names("") == {one.pk for one in people}
    assert names("missing") == {one.pk for one in people[1:]}
    assert names("acknowledged") == {people[0].pk}
    assert names("left") == set()
    assert "รับทราบแล้ว ๑ จาก ๓ คน" in client.get(f"{BASE}{made.pk}/receipts/").content.decode()


def test_a_draft_has_no_list(clerk, sign_in):
    made = draft(clerk)
    assert [sign_in(Role.CLERK).get(f"{BASE}{made.pk}/receipts/{end}").status_code for end in ("", "pdf/")] == [
        404,
        404,
    ]


@pytest.mark.parametrize(
    ("form", "magic"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")]
)
def test_every_form_of_the_list_is_given(agency, clerk, sign_in, form, magic):
    made = sent(clerk)
    answer = sign_in(Role.OFFICER).get(f"{BASE}{made.pk}/receipts/{form}/")
    assert answer.content.startswith(magic)
    assert answer["Content-Disposition"].startswith("attachment")
    assert sign_in(Role.OFFICER).get(f"{BASE}{made.pk}/receipts/exe/").status_code == 404


def test_the_list_to_sign_has_only_those_who_are_missing(agency, clerk, sign_in):
    people = hire(agency, 3)
    made = sent(clerk, to_everybody=False, people=people)
    services.acknowledge(as_person(agency, people[0]), circular=made)
    content = sign_in(Role.CLERK).get(f"{BASE}{made.pk}/receipts/docx/?only=missing").content
    read, _problems = paper_kind("circulation-list").recognise(read_content(content, "a.docx"))
    assert {one.name for one in read.readers} == {str(one) for one in people[1:]}


def test_keeping_the_list_as_evidence_goes_to_it(clerk, sign_in):
    made = sent(clerk)
    answer = sign_in(Role.CLERK).post(f"{BASE}{made.pk}/evidence/")
    assert answer["Location"] == f"/{office.CODE}/evidence/{Evidence.objects.get().pk}/"


def test_a_signed_list_is_entered_by_its_form(agency, clerk, sign_in):
    people = hire(agency, 3)
    made = sent(clerk, days_ago=1)
    day = f"{clerk.today.day}/{clerk.today.month}/{clerk.today.year + 543}"
    client, address = sign_in(Role.CLERK), f"{BASE}{made.pk}/sheets/add/"
    given = {"signed_on": day, "n_signed": "๔", "people": [one.pk for one in people]}
    refused = client.post(address, {**given, "file": scan()})
    text = refused.content.decode()
    assert (refused.status_code, "ได้ ๔ แต่เลือกชื่อไว้ ๓ คน" in text, text.count(" checked")) == (422, True, 3)
    assert client.post(address, {**given, "n_signed": "๓", "file": scan()}).status_code == 302
    assert counts(made).acknowledged == Receipt.objects.filter(sheet=PaperSheet.objects.get()).count() == 3
    twice = client.post(address, {**given, "n_signed": "๓", "file": scan()})
    assert (twice.status_code, set(twice.context["form"].errors)) == (422, {"file"})


def test_a_whole_unit_is_ticked_at_once_without_those_who_had_acknowledged(agency, clerk, sign_in):
    people = hire(agency, 4)
    made = sent(clerk, to_everybody=False, people=people)
    services.acknowledge(as_person(agency, people[0]), circular=made)
    given = {"signed_on": clerk.today.isoformat(), "whole": ["กองช่าง"]}
    client, address = sign_in(Role.CLERK), f"{BASE}{made.pk}/sheets/add/"
    assert client.post(address, {**given, "n_signed": 4, "file": scan()}).status_code == 422
    assert client.post(address, {**given, "n_signed": 3, "file": scan()}).status_code == 302
    assert (counts(made).acknowledged, PaperSheet.objects.get().people.count()) == (4, 3)
    nobody = client.post(address, {"signed_on": clerk.today.isoformat(), "n_signed": 1, "file": scan("สอง")})
    assert set(nobody.context["form"].errors) == {"people"}


def test_a_scan_opens_only_through_its_circular(agency, clerk, sign_in):
    made = sent(clerk)
    client = sign_in(Role.CLERK)
    people = hire(agency, 1)
    given = {"signed_on": clerk.today.isoformat(), "n_signed": 1, "people": [people[0].pk], "file": scan()}
    client.post(f"{BASE}{made.pk}/sheets/add/", given)
    sheet = PaperSheet.objects.get()
    assert client.get(f"{BASE}{made.pk}/sheets/{sheet.pk}/").status_code == 200
    assert client.get(f"{BASE}{sent(clerk).pk}/sheets/{sheet.pk}/").status_code == 404
    assert client.get(f"/{office.CODE}/evidence/files/{sheet.file.pk}/").status_code == 404
    assert sign_in(Role.COUNCIL).get(f"{BASE}{made.pk}/sheets/{sheet.pk}/").status_code == 404


def test_a_wrong_list_is_taken_back_by_its_page(agency, clerk, sign_in):
    people = hire(agency, 2)
    made = sent(clerk)
    client = sign_in(Role.CLERK)
    given = {"signed_on": clerk.today.isoformat(), "n_signed": 2, "people": [one.pk for one in people], "file": scan()}
    client.post(f"{BASE}{made.pk}/sheets/add/", given)
    address = f"{BASE}{made.pk}/sheets/{PaperSheet.objects.get().pk}/back/"
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"reason": "สแกนผิดแผ่น"}).status_code == 302
    assert counts(made).acknowledged == 0
    assert "สแกนผิดแผ่น" in client.get(made.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("n", [1, 3, 300])
@pytest.mark.parametrize(("path", "queries"), [("receipts/", 18), ("receipts/csv/", 18), ("sheets/add/", 18)])
def test_number_of_queries_does_not_grow_with_people(
    agency, clerk, sign_in, django_assert_num_queries, n, path, queries
):
    people = hire(agency, n)
    made = sent(clerk, days_ago=2, to_everybody=False, people=people)
    Receipt.objects.create(circular=made, person=people[0], acknowledged_on=clerk.today - timedelta(days=1))
    client = sign_in(Role.CLERK)
    with django_assert_num_queries(queries):
        assert client.get(f"{BASE}{made.pk}/{path}").status_code == 200
