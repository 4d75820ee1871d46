"""The privacy gate: what it finds is kept covered, a person decides, nothing goes past it."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.documents import clean
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import GateCheck, ReleaseFile
from prongsai.web.disclosure.services import gate, pages
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import read_file

pytestmark = pytest.mark.django_db

PHONE = "081-234-5678"
LEAK = f"รายชื่อ\nสมชาย {PHONE}\n"
REASON = "เป็นหมายเลขที่เจ้าตัวยินยอมให้เปิดเผย"


@pytest.fixture
def draft(page, scope):
    return pages.write_release(scope(Role.HEAD), page=page, version=0, body=f"ติดต่อ {PHONE}")


@pytest.fixture
def with_file(page, scope, file) -> ReleaseFile:
    made = pages.write_release(scope(Role.HEAD), page=page, version=0)
    return pages.attach(scope(Role.HEAD), release=made, file=file("รายชื่อ.txt", LEAK), title="รายชื่อ")


def look(scope, release):
    return gate.look(scope(Role.HEAD), release=release)


def test_number_in_the_words_waits_and_is_kept_covered(draft, scope):
    (check,) = look(scope, draft)
    assert (check.outcome, check.file) == ("waiting", None)
    assert check.found == [{"kind": "phone", "where": "เนื้อหา", "text": "xxx-xxx-xxxx", "masked": "xxx-xxx-xxxx"}]
    assert not gate.is_open(draft)
    told = AuditEntry.objects.get(action="gate.look").changes
    assert PHONE not in json.dumps(told)


def test_words_that_were_mended_are_looked_at_again(page, draft, scope):
    look(scope, draft)
    pages.write_release(scope(Role.HEAD), page=page, version=1, body="ติดต่อสำนักงาน")
    (check,) = look(scope, draft)
    assert (check.outcome, GateCheck.objects.count()) == ("nothing", 1)


def test_own_numbers_of_the_office_pass(agency, page, scope):
    agency.phone, agency.email = "0 3641 1234", "saraban@banuanplu.go.th"
    agency.save()
    made = pages.write_release(scope(Role.HEAD), page=page, version=0, body="โทร 0-3641-1234 saraban@banuanplu.go.th")
    assert [check.outcome for check in look(scope, made)] == ["nothing"]


def test_looking_again_changes_nothing(draft, scope):
    assert look(scope, draft) == look(scope, draft)
    assert GateCheck.objects.count() == 1


def test_file_is_replaced_by_its_cleaned_copy_and_the_original_kept_guarded(with_file, scope):
    release, original = with_file.release, with_file.file
    check = next(one for one in look(scope, release) if one.file)
    assert (check.outcome, [one["kind"] for one in check.found]) == ("waiting", ["phone"])
    assert check.cleaned.is_guarded and PHONE.encode() not in read_file(check.cleaned)
    gate.decide(scope(Role.PRIVACY), check=check, version=1, outcome="cleaned")
    with_file.refresh_from_db()
    assert (with_file.file, with_file.original, with_file.name) == (check.cleaned, original, "document.txt")
    outcomes = {one.sha256: one.outcome for one in look(scope, release)}
    assert outcomes[check.cleaned.sha256] == "nothing"
    assert gate.is_open(release)


def test_new_file_is_a_new_look(with_file, scope, file):
    release = with_file.release
    first = {check.pk for check in look(scope, release)}
    pages.attach(scope(Role.HEAD), release=release, file=file("อื่น.txt", "ไม่มี\n"), title="อื่น")
    assert not gate.is_open(release)
    assert len({check.pk for check in look(scope, release)} - first) == 1


@pytest.mark.parametrize("reason", ["", "ok", "123456789012345"])
def test_release_as_it_is_needs_a_reason(draft, scope, reason):
    (check,) = look(scope, draft)
    with pytest.raises(ValidationError):
        gate.decide(scope(Role.PRIVACY), check=check, version=1, outcome="released", reason=reason)


def test_decision_is_kept_with_who_and_why_and_opens_the_gate(draft, scope):
    (check,) = look(scope, draft)
    made = gate.decide(scope(Role.PUBLISHER), check=check, version=1, outcome="released", reason=REASON)
    assert (made.outcome, made.reason, str(made.decided_by)) == ("released", REASON, "นายแจ่ม กระจ่าง")
    assert gate.is_open(draft)
    assert AuditEntry.objects.filter(action="gate.decide").count() == 1


def test_decision_is_taken_once(draft, scope):
    (check,) = look(scope, draft)
    gate.decide(scope(Role.PUBLISHER), check=check, version=1, outcome="released", reason=REASON)
    with pytest.raises(Stale):
        gate.decide(scope(Role.PRIVACY), check=check, version=1, outcome="released", reason=REASON)
    with pytest.raises(ValidationError):
        gate.decide(scope(Role.PRIVACY), check=check, version=None, outcome="released", reason=REASON)


@pytest.mark.parametrize("role", [Role.HEAD, Role.MAYOR, Role.AUDITOR])
def test_only_publisher_and_privacy_officer_decide(draft, scope, role):
    (check,) = look(scope, draft)
    with pytest.raises(ValidationError):
        gate.decide(scope(role), check=check, version=1, outcome="released", reason=REASON)


def test_words_have_no_cleaned_copy(draft, scope):
    (check,) = look(scope, draft)
    with pytest.raises(ValidationError):
        gate.decide(scope(Role.PRIVACY), check=check, version=1, outcome="cleaned")


def test_file_that_cannot_be_looked_into_waits_for_a_person(page, scope, file):
    made = pages.write_release(scope(Role.HEAD), page=page, version=0)
    pages.attach(scope(Role.HEAD), release=made, file=file("เสีย.pdf", b"%PDF-1.4\n\xff\xfe broken"), title="เสีย")
    check = next(one for one in look(scope, made) if one.file)
    assert (check.outcome, check.found[0]["kind"], check.cleaned) == ("waiting", "unread", None)


@pytest.fixture
def sweeps(monkeypatch) -> list[str]:
    """The names of the files that are really looked into."""
    seen: list[str] = []
    really = clean.Sweeper.sweep

    def sweep(self, content, name):
        seen.append(name)
        return really(self, content, name)

    monkeypatch.setattr(clean.Sweeper, "sweep", sweep)
    cache.clear()
    return seen


@pytest.fixture
def on_pages(page, free_page, scope, file) -> list[ReleaseFile]:
    """The same file on two pages."""
    kept = file("รายชื่อ.txt", LEAK)
    drafts = [pages.write_release(scope(Role.PUBLISHER), page=one, version=0) for one in (page, free_page)]
    return [pages.attach(scope(Role.PUBLISHER), release=one, file=kept, title="รายชื่อ") for one in drafts]


def test_same_bytes_are_looked_into_once_and_decided_on_each_page(on_pages, scope, sweeps):
    first, second = (next(check for check in look(scope, one.release) if check.file == one) for one in on_pages)
    assert sweeps == ["รายชื่อ.txt"]
    assert (first.found, first.cleaned, first.outcome) == (second.found, second.cleaned, second.outcome)
    gate.decide(scope(Role.PRIVACY), check=first, version=1, outcome="released", reason=REASON)
    second.refresh_from_db()
    assert second.outcome == "waiting"


def test_same_bytes_are_looked_into_again_when_the_office_says_more_of_itself(agency, on_pages, scope, sweeps):
    look(scope, on_pages[0].release)
    agency.phone = PHONE
    agency.save()
    checks = [check for check in look(scope, on_pages[1].release) if check.file]
    assert (len(sweeps), [check.outcome for check in checks]) == (2, ["nothing"])


def test_copy_that_was_erased_is_made_no_more_and_what_was_found_is_still_told(on_pages, scope, sweeps):
    check = next(check for check in look(scope, on_pages[0].release) if check.file)
    File.objects.filter(pk=check.cleaned.pk).update(erased_at=timezone.now())
    again = next(check for check in look(scope, on_pages[1].release) if check.file)
    assert (len(sweeps), again.outcome, again.cleaned, again.found) == (2, "waiting", None, check.found)


def test_a_leak_behind_many_signatures_waits(with_file, scope, monkeypatch):
    leaks = (
        *(clean.Leak("signature", f"หน้า {page}", "ลงชื่อ") for page in range(300)),
        clean.Leak("phone", "หน้า 9", PHONE),
    )
    cache.clear()
    monkeypatch.setattr(clean.Sweeper, "sweep", lambda self, content, name: clean.Swept(leaks))
    check = next(check for check in look(scope, with_file.release) if check.file)
    assert (check.outcome, check.found[0]["kind"], len(check.found)) == ("waiting", "phone", gate.SHOWN_MAX)


@pytest.mark.parametrize(("told", "where"), [("title", "ชื่อไฟล์ที่แสดง"), ("text", "คำอธิบาย")])
def test_words_that_are_told_of_a_file_are_looked_at(page, scope, file, told, where):
    made = pages.write_release(scope(Role.HEAD), page=page, version=0, body="แผน")
    given = {"title": "แผน", told: f"แผนของผู้ติดต่อ {PHONE}"}
    pages.attach(scope(Role.HEAD), release=made, file=file(), **given)
    check = next(one for one in look(scope, made) if one.file)
    assert (check.outcome, [(one["where"], one["text"]) for one in check.found]) == (
        "waiting",
        [(where, "xxx-xxx-xxxx")],
    )
    assert not gate.is_open(made)


def test_words_of_a_file_are_not_told_of_the_same_bytes_elsewhere(page, free_page, scope, file):
    outcomes = []
    for one, title in ((page, f"แผนของ {PHONE}"), (free_page, "แผน")):
        made = pages.write_release(scope(Role.PUBLISHER), page=one, version=0, body="แผน")
        pages.attach(scope(Role.PUBLISHER), release=made, file=file(), title=title)
        outcomes += [check.outcome for check in gate.look(scope(Role.PUBLISHER), release=made) if check.file]
    assert outcomes == ["waiting", "nothing"]


def test_name_of_the_page_is_looked_at(page, scope):
    made = pages.write_release(scope(Role.HEAD), page=page, version=0, body="ข้อความ", title="แผน")
    pages.change_page(scope(Role.HEAD), page=page, version=None, title=f"แผนของ {PHONE}")
    (check,) = look(scope, made)
    assert [(one["kind"], one["where"]) for one in check.found] == [("phone", "ชื่อหน้า")]


def test_reason_of_withdrawing_that_names_a_number_is_refused_and_says_what_to_do(
    agency, page, publish, scope, sign_in
):
    publish(page)
    with pytest.raises(ValidationError) as refused:
        pages.withdraw(scope(Role.PUBLISHER), page=page, version=None, reason=f"มีเบอร์ {PHONE} ของนายดำ")
    (told,) = refused.value.message_dict["reason"]
    assert "xxx-xxx-xxxx" in told and "เขียนใหม่" in told and PHONE not in told
    address = f"/{agency.code}/site/pages/{page.pk}/withdraw/"
    answer = sign_in(Role.PUBLISHER).post(address, {"version": page.version, "reason": f"โทร {PHONE}"})
    page.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors), page.state) == (422, ["reason"], "public")
