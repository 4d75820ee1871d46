"""Who may what with pages: by role, by unit, by record; strangers find nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import GateCheck
from prongsai.web.disclosure.services import gate, pages
from tests.web import office

pytestmark = pytest.mark.django_db


def status(client, agency, path, data=None):
    ask = client.get if data is None else client.post
    return ask(f"/{agency.code}/site/{path}", data or {}).status_code


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.HEAD, 200),
        (Role.SUPPLY, 200),
        (Role.PUBLISHER, 200),
        (Role.COORDINATOR, 200),
        (Role.ANALYST, 200),
        (Role.OFFICER, 404),
        (Role.CLERK, 404),
        (Role.MAYOR, 404),
        (Role.AUDITOR, 404),
        (Role.PRIVACY, 404),
    ],
)
def test_unit_publisher_and_who_runs_the_cycle_write(agency, page, sign_in, role, expected):
    client = sign_in(role)
    assert status(client, agency, f"pages/{page.pk}/") == 200
    for path in ("edit/", "settings/"):
        assert status(client, agency, f"pages/{page.pk}/{path}") == expected
    if expected == 404:
        for path in ("edit/", "files/", "request/", "settings/"):
            assert status(client, agency, f"pages/{page.pk}/{path}", {"title": "แอบแก้"}) == 404, path


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.ADMIN])
def test_who_does_not_see_work_finds_nothing(agency, page, sign_in, role):
    for path in ("", f"pages/{page.pk}/", "pages/add/"):
        assert status(sign_in(role), agency, path) == 404


@pytest.mark.parametrize(
    ("role", "expected"),
    [(Role.PUBLISHER, 200), (Role.COORDINATOR, 200), (Role.SECRETARY, 200), (Role.HEAD, 404), (Role.MAYOR, 404)],
)
def test_only_the_publisher_renames_and_says_elsewhere(agency, page, sign_in, role, expected):
    for path in ("rename/", "elsewhere/"):
        assert status(sign_in(role), agency, f"pages/{page.pk}/{path}") == expected


@pytest.mark.parametrize(("role", "expected"), [(Role.PUBLISHER, 200), (Role.MAYOR, 200), (Role.HEAD, 404)])
def test_publisher_and_executives_withdraw_what_is_public(agency, page, publish, sign_in, role, expected):
    assert status(sign_in(role), agency, f"pages/{page.pk}/withdraw/") == 404
    publish(page)
    assert status(sign_in(role), agency, f"pages/{page.pk}/withdraw/") == expected


@pytest.mark.parametrize(("role", "expected"), [(Role.PUBLISHER, 200), (Role.ANALYST, 200), (Role.HEAD, 404)])
def test_pages_of_no_item_are_added_by_who_publishes_or_runs_the_cycle(agency, cycle, sign_in, role, expected):
    assert status(sign_in(role), agency, "pages/add/") == expected


def test_page_of_an_item_is_begun_by_its_unit_only(agency, item, sign_in):
    pk = item().pk
    assert status(sign_in(Role.OFFICER), agency, "pages/add/", {"item": pk}) == 404
    assert status(sign_in(Role.HEAD), agency, "pages/add/", {"item": pk}) == 302


@pytest.mark.parametrize(
    ("role", "see", "judge"),
    [(Role.PRIVACY, 200, 422), (Role.PUBLISHER, 200, 422), (Role.HEAD, 200, 404), (Role.OFFICER, 404, 404)],
)
def test_who_sees_and_who_decides_what_the_gate_found(agency, page, scope, sign_in, role, see, judge):
    draft = pages.write_release(scope(Role.HEAD), page=page, version=0, body="โทร 081-234-5678")
    gate.look(scope(Role.HEAD), release=draft)
    path = f"gate/{GateCheck.objects.get().pk}/"
    assert (status(sign_in(role), agency, path), status(sign_in(role), agency, path, {"outcome": ""})) == (see, judge)


@pytest.mark.parametrize(("role", "expected"), [(Role.PRIVACY, 200), (Role.SECRETARY, 200), (Role.PUBLISHER, 404)])
def test_who_guards_privacy_erases(agency, file, sign_in, role, expected):
    assert status(sign_in(role), agency, f"erase/{file().pk}/") == expected


def test_files_of_a_draft_are_for_who_has_to_do_with_it_and_those_that_are_public_for_everybody(
    agency, page, publish, scope, sign_in, file, attach
):
    draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0)
    held = attach(draft, file(is_guarded=True))
    path = f"pages/{page.pk}/files/{held.pk}/"
    roles = (Role.HEAD, Role.MAYOR, Role.PRIVACY, Role.OFFICER, Role.AUDITOR)
    assert [status(sign_in(role), agency, path) for role in roles] == [200, 200, 200, 404, 404]
    publish(page)
    assert [status(sign_in(role), agency, path) for role in roles] == [200] * 5


def test_original_of_a_cleaned_file_is_for_few(agency, page, publish, scope, sign_in, file, attach):
    draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0)
    held = attach(draft, file())
    held.original = file("ก่อน.txt", "ก่อนทำความสะอาด\n", is_guarded=True)
    held.save()
    publish(page)
    path = f"pages/{page.pk}/files/{held.pk}/?copy=original"
    roles = (Role.HEAD, Role.PRIVACY, Role.PUBLISHER, Role.MAYOR, Role.OFFICER)
    assert [status(sign_in(role), agency, path) for role in roles] == [200, 200, 200, 404, 404]
    assert status(sign_in(Role.HEAD), agency, f"pages/{page.pk}/files/{held.pk}/?copy=cleaned") == 404


def test_file_is_not_opened_through_another_page(agency, page, free_page, scope, sign_in, file, attach):
    held = attach(pages.write_release(scope(Role.PUBLISHER), page=page, version=0), file())
    assert status(sign_in(Role.PUBLISHER), agency, f"pages/{free_page.pk}/files/{held.pk}/") == 404


def test_another_office_finds_nothing(agency, page, publish, scope, sign_in, other_agency, file, attach):
    held = attach(pages.write_release(scope(Role.PUBLISHER), page=page, version=0), file())
    publish(page)
    check = GateCheck.objects.first()
    client = sign_in(Role.SECRETARY, of=other_agency)
    for code in (agency, other_agency):
        for path in ("", "edit/", "settings/", "withdraw/", "rename/", "elsewhere/", f"files/{held.pk}/"):
            assert status(client, code, f"pages/{page.pk}/{path}") == 404, path
        for path in ("files/", "request/", "decide/", f"files/{held.pk}/drop/"):
            assert status(client, code, f"pages/{page.pk}/{path}", {"version": 1}) == 404, path
        assert status(client, code, f"gate/{check.pk}/") == 404
        assert status(client, code, f"erase/{held.file_id}/") == 404
    own = office.scope(other_agency, Role.SECRETARY)
    assert own.can("guard_privacy")
    assert status(client, other_agency, "pages/add/", {"item": page.item_id}) == 404


SECRETS = ("หัวข้อลับ", "สรุปลับ", "คำลับของร่าง", "081-234-5678")
READ = {Role.HEAD: True, Role.PUBLISHER: True, Role.COORDINATOR: True, Role.MAYOR: True, Role.PRIVACY: True,
        Role.CLERK: False, Role.OFFICER: False, Role.LEGAL: False, Role.AUDITOR: False}  # fmt: skip


@pytest.fixture
def secret(page, scope):
    """A draft of กองคลัง, with a finding of the gate."""
    words = {"title": SECRETS[0], "summary": SECRETS[1], "body": " ".join(SECRETS[2:])}
    made = pages.write_release(scope(Role.HEAD), page=page, version=0, **words)
    gate.look(scope(Role.HEAD), release=made)
    return made


@pytest.mark.parametrize(("role", "may"), READ.items())
def test_draft_is_read_by_who_has_to_do_with_it_alone(agency, page, secret, sign_in, role, may):
    client = sign_in(role)
    shown = client.get(f"/{agency.code}/site/pages/{page.pk}/").content.decode()
    assert [words in shown for words in SECRETS[:3]] == [may] * 3
    assert ("มีฉบับที่กำลังทำ" in shown, 'id="gate"' in shown, page.title in shown) == (not may, may, True)
    for path in ("", "?show=waiting", f"pages/{page.pk}/preview/", f"pages/{page.pk}/request.docx"):
        if not may:
            told = client.get(f"/{agency.code}/site/{path}").content.decode()
            assert [words for words in SECRETS if words in told] == [], path


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR])
def test_request_is_printed_by_who_may_read_it_alone(agency, page, ask, sign_in, role):
    ask(page, title="หัวข้อลับ")
    paper = reverse("disclosure:request_paper", args=[agency.code, page.pk, "docx"])
    assert (sign_in(role).get(paper).status_code, sign_in(Role.MAYOR).get(paper).status_code) == (404, 200)


def test_journal_does_not_quote_a_draft(agency, secret, sign_in):
    told = sign_in(Role.AUDITOR).get(f"/{agency.code}/journal/").content.decode()
    assert [words for words in SECRETS[1:] if words in told] == []
