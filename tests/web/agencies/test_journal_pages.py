"""The journal as people read it."""

import ast
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

import prongsai.web
from prongsai.web.agencies import journal
from prongsai.web.agencies.journal_words import lines_of, verb_of
from prongsai.web.agencies.models import AuditEntry, Person, Post, Unit
from prongsai.web.agencies.roles import Role
from tests.web import office
from tests.web.agencies.pages import inline_parts
from tests.web.agencies.test_journal import tamper

pytestmark = pytest.mark.django_db
SOURCES = Path(prongsai.web.__file__).parent
WRITERS = {"create", "change", "delete", "note"}


@pytest.fixture
def auditor(sign_in) -> Client:
    return sign_in(Role.AUDITOR)


def rename(scope, agency, old: str, new: str) -> None:
    journal.change(scope, Unit.objects.get(agency=agency, name=old), "unit.rename", name=new)


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_page_tells_in_thai_who_did_what_to_which_record(auditor, agency, scope):
    rename(scope(Role.PERSONNEL), agency, "กองช่าง", "กองช่างและผังเมือง")
    page = auditor.get(f"/{agency.code}/journal/")
    told = text_of(page)
    assert "เลขที่ ๑" in told
    assert "นายอารี ใจเย็น แก้ไขส่วนราชการ กองช่างและผังเมือง" in told
    assert "ชื่อส่วนราชการ กองช่าง → กองช่างและผังเมือง" in told
    assert inline_parts(page.content.decode()) == []


def test_values_are_told_as_the_forms_show_them(agency, scope):
    post = Post.objects.get(agency=agency, title="นายช่างโยธา")
    unit = office.unit(agency, "กองคลัง")
    journal.change(
        scope(Role.PERSONNEL), post, "post.change", unit=unit, is_head=True, side="political", valid_from="2026-03-30"
    )
    (line,) = lines_of(AuditEntry.objects.all())
    told = {change.name: (change.before, change.after) for change in line.changes}
    assert told == {
        "ส่วนราชการ": ("กองช่าง", "กองคลัง"),
        "เป็นหัวหน้าส่วนราชการ": ("ไม่ใช่", "ใช่"),
        "ฝ่าย": ("ฝ่ายประจำ", "ฝ่ายการเมือง"),
        "ตั้งแต่วันที่": ("๑ ต.ค. ๒๕๖๓", "๓๐ มี.ค. ๒๕๖๙"),
    }


def test_filters_by_person_days_and_record(auditor, agency, scope):
    personnel, secretary = scope(Role.PERSONNEL), scope(Role.ADMIN)
    rename(personnel, agency, "กองช่าง", "กองโยธา")
    rename(secretary, agency, "กองคลัง", "กองการคลัง")
    tamper(agency, 1, at=datetime(2026, 3, 30, 20, 0, tzinfo=UTC))  # 3 o'clock of the 31st in Thailand

    def numbers(**asked) -> list[int]:
        page = auditor.get(f"/{agency.code}/journal/", asked)
        return [line.entry.number for line in page.context["lines"]]

    assert numbers() == [2, 1]
    assert numbers(who=personnel.user.pk) == [1]
    assert numbers(since="31/3/2569", until="๓๑ มี.ค. ๒๕๖๙") == [1]
    assert numbers(until="30/3/2569") == []
    assert numbers(about="การคลัง") == [2]
    unit = Unit.objects.get(name="กองโยธา")
    assert numbers(type="agencies.unit", id=unit.pk) == [1]
    assert numbers(who="system") == []
    numbers(since="1/1/1", until="31/12/9999")  # beyond what a database holds: told or clipped, never a fault


def test_filter_that_cannot_be_read_is_told_and_keeps_everything(auditor, agency, system):
    journal.note(system, "test", None)
    page = auditor.get(f"/{agency.code}/journal/", {"since": "31/2/2569"})
    assert page.status_code == 422 and len(page.context["lines"]) == 1


def test_page_asks_the_same_number_of_questions_however_long_it_is(auditor, agency, system, django_assert_num_queries):
    queries = 14
    unit = office.unit(agency, "กองช่าง")
    person = Person.objects.filter(agency=agency).first()
    journal.note(system, "unit.change", unit, {"agency_id": (None, agency.pk), "parent_id": (None, unit.pk)})
    with django_assert_num_queries(queries):
        auditor.get(f"/{agency.code}/journal/")
    for _ in range(130):
        journal.note(system, "unit.change", unit, {"agency_id": (None, agency.pk), "parent_id": (None, unit.pk)})
    with django_assert_num_queries(queries):
        page = auditor.get(f"/{agency.code}/journal/")
    assert len(page.context["lines"]) == 50 and person


def test_page_says_on_top_that_the_chain_holds_or_where_it_does_not(auditor, agency, system):
    for _ in range(3):
        journal.note(system, "test", None)
    assert "ตรวจทั้งเล่มแล้ว เลขที่ ๑ ถึง ๓ ต่อเนื่องครบ" in text_of(auditor.get(f"/{agency.code}/journal/"))
    tamper(agency, 2, actor="ผู้อื่น")
    told = text_of(auditor.get(f"/{agency.code}/journal/"))
    assert "มีผู้แก้หรือลบรายการโดยไม่ผ่านโปรแกรม" in told and "รายการที่ไม่ตรง เลขที่ ๒ " in told


def test_page_looks_at_the_last_entries_and_at_all_when_asked(auditor, agency, system, monkeypatch):
    from prongsai.web.agencies import journal_views

    monkeypatch.setattr(journal_views, "LOOKED_AT", 2)
    for _ in range(5):
        journal.note(system, "test", None)
    tamper(agency, 2, actor="ผู้อื่น")
    page = auditor.get(f"/{agency.code}/journal/")
    assert (page.context["check"].first, page.context["check"].faults) == (4, ())
    whole = auditor.get(f"/{agency.code}/journal/?check=all").context["check"]
    assert whole.is_whole and [entry.number for entry in whole.faults] == [2]


def test_day_gives_its_count_last_number_and_hash_to_sign(auditor, agency, system):
    for _ in range(3):
        journal.note(system, "test", None)
    today = timezone.localdate()
    page = auditor.get(reverse("agencies:journal_day", args=[agency.code, today.year, today.month, today.day]))
    last = AuditEntry.objects.get(number=3)
    told = text_of(page)
    assert (page.context["count"], page.context["head"]) == (3, last)
    assert last.hash in told and "ลงชื่อ ....." in told and "๑ ถึง ๓" in told
    later = today + timedelta(days=1)
    page = auditor.get(reverse("agencies:journal_day", args=[agency.code, later.year, later.month, later.day]))
    assert (page.context["count"], page.context["head"]) == (0, last), "a quiet day repeats the head before it"
    earlier = today - timedelta(days=1)
    page = auditor.get(reverse("agencies:journal_day", args=[agency.code, earlier.year, earlier.month, earlier.day]))
    assert (page.context["count"], page.context["head"]) == (0, None)


def test_printed_head_no_longer_fits_once_the_book_was_rewritten(auditor, agency, system):
    for _ in range(3):
        journal.note(system, "test", None)
    today = timezone.localdate()
    path = reverse("agencies:journal_day", args=[agency.code, today.year, today.month, today.day])
    printed = auditor.get(path).context["head"].hash
    previous = journal.FIRST_HASH
    for number in (1, 2, 3):  # somebody rewrites the whole book with all its hashes
        entry = AuditEntry.objects.get(number=number)
        entry.actor, entry.previous_hash = "ผู้อื่น", previous
        previous = journal.hash_of(entry)
        tamper(agency, number, actor="ผู้อื่น", previous_hash=entry.previous_hash, hash=previous)
    assert list(journal.broken(agency)) == []
    assert auditor.get(path).context["head"].hash != printed


@pytest.mark.parametrize("day", ["2026-2-31", "2026-13-1", "0-1-1", "9999-12-31"])
def test_days_that_are_none_are_not_found(auditor, agency, day):
    assert auditor.get(f"/{agency.code}/journal/{day}/").status_code == 404


def test_only_who_may_sees_it_and_only_of_the_own_agency(sign_in, agency, other_agency):
    for role in Role:
        seen = sign_in(role).get(f"/{agency.code}/journal/").status_code == 200
        assert seen == (role in (Role.MAYOR, Role.SECRETARY, Role.AUDITOR, Role.PRIVACY, Role.ADMIN)), role
    assert sign_in(Role.AUDITOR, of=other_agency).get(f"/{agency.code}/journal/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_method_changes_it(auditor, agency, system, method):
    journal.note(system, "test", None)
    today = timezone.localdate()
    for path in ("journal/", f"journal/{today.year}-{today.month}-{today.day}/"):
        assert getattr(auditor, method)(f"/{agency.code}/{path}").status_code == 405
    assert AuditEntry.objects.get().action == "test"


def test_no_route_leads_to_changing_it():
    names = {name for name in get_resolver().namespace_dict["agencies"][1].reverse_dict if isinstance(name, str)}
    assert {name for name in names if "journal" in name} == {"journal", "journal_day"}
    writers = [
        path
        for path in SOURCES.rglob("*.py")
        if re.search(r"(?<!class )\bAuditEntry\(", path.read_text(encoding="utf-8"))
    ]
    assert [path.name for path in writers] == ["journal.py"]


def test_empty_journal_says_what_will_stand_there(auditor, agency):
    assert "ยังไม่มีบันทึก" in text_of(auditor.get(f"/{agency.code}/journal/"))


def actions_of(path: Path) -> set[str]:
    """Read the actions that a module writes, as far as they stand in it as text."""
    found = set()
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in WRITERS:
            owner = call.func.value
            if isinstance(owner, ast.Name) and owner.id == "journal":
                place = 1 if call.func.attr == "note" else 2
                given = [call.args[place]] if len(call.args) > place else []
                given += [word.value for word in call.keywords if word.arg == "action"]
                found |= {part.value for one in given for part in ast.walk(one) if _is_action(part)}
    return found


def _is_action(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", node.value) is not None
    )


def test_every_action_of_the_platform_has_its_thai_word():
    actions = set().union(*(actions_of(path) for path in SOURCES.rglob("*.py")))
    assert len(actions) > 10
    assert sorted(action for action in actions if verb_of(action) is None) == []
