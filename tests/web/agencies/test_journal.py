"""The journal: what writes to it, its chain, and that it is never changed."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, connection, connections, models, transaction

from prongsai.web.agencies import accounts, journal, triggers
from prongsai.web.agencies.models import (
    Agency,
    AgencyPicture,
    Appointment,
    AuditEntry,
    Membership,
    Person,
    PostRole,
    Unit,
    UnitAlias,
)
from prongsai.web.agencies.roles import Power, Role
from tests.web import office

pytestmark = pytest.mark.django_db


def tamper(agency, number: int, **values) -> None:
    """Change an entry below the model, as somebody with the database in hand would."""
    super(type(AuditEntry.objects.all()), AuditEntry.objects.filter(agency=agency, number=number)).update(**values)


def test_change_writes_before_and_after_under_the_name_of_who_did_it(agency, scope):
    unit = Unit.objects.get(agency=agency, name="กองช่าง")
    journal.change(scope(Role.PERSONNEL), unit, "unit.rename", version=1, name="กองช่างและผังเมือง")
    entry = AuditEntry.objects.get()
    assert (entry.number, entry.action, entry.actor) == (1, "unit.rename", "นายอารี ใจเย็น")
    assert entry.changes == {"name": ["กองช่าง", "กองช่างและผังเมือง"]}
    assert Unit.objects.get(pk=unit.pk).version == 2
    assert list(journal.broken(agency)) == []


def test_change_of_an_old_version_is_refused_and_changes_nothing(agency, scope):
    unit = Unit.objects.get(agency=agency, name="กองช่าง")
    journal.change(scope(Role.PERSONNEL), unit, version=1, name="กองโยธา")
    with pytest.raises(journal.Stale) as caught:
        journal.change(scope(Role.PERSONNEL), unit, version=1, name="กองก่อสร้าง")
    assert caught.value.current.name == "กองโยธา"
    assert Unit.objects.get(pk=unit.pk).name == "กองโยธา"


def test_change_to_the_same_writes_nothing(agency, scope):
    unit = Unit.objects.get(agency=agency, name="กองช่าง")
    journal.change(scope(Role.PERSONNEL), unit, name="กองช่าง")
    assert AuditEntry.objects.count() == 0 and Unit.objects.get(pk=unit.pk).version == 1


def test_change_of_a_picture_is_kept_and_noted_by_its_hash(agency, scope):
    picture = AgencyPicture.objects.create(agency=agency, which="emblem", content=b"\x89PNG old")
    journal.change(scope(Role.ADMIN), picture, "agency.change", content=b"\x89PNG new")
    assert Agency.objects.get(pk=agency.pk).emblem == b"\x89PNG new"
    before, after = AuditEntry.objects.get().changes["content"]
    assert before.startswith("sha256:") and after.startswith("sha256:") and before != after


def test_fields_that_a_model_names_are_told_by_their_hash(agency, system, monkeypatch):
    monkeypatch.setattr(Agency, "JOURNAL_HASHED", frozenset({"address"}), raising=False)
    for address in ("บ้านเลขที่ ๑", "บ้านเลขที่ ๒", ""):
        journal.change(system, agency, "agency.change", address=address, phone=f"0-3600-000{len(address)}")
    told = [entry.changes for entry in AuditEntry.objects.order_by("number")]
    hashes = [[value[:7] for value in changes["address"]] for changes in told]
    assert hashes[1:] == [["sha256:", "sha256:"], ["sha256:", ""]]
    assert told[1]["address"][0] != told[1]["address"][1]
    assert told[2]["phone"][1] == "0-3600-0000"
    assert list(journal.broken(agency)) == []


def test_entries_cannot_be_changed_by_the_model_and_a_change_below_it_shows(agency, system):
    journal.note(system, "test.one", None)
    journal.note(system, "test.two", None)
    for forbidden in (lambda: AuditEntry.objects.update(actor="x"), lambda: AuditEntry.objects.all().delete()):
        with pytest.raises(TypeError):
            forbidden()
    tamper(agency, 1, actor="somebody else")
    assert [entry.number for entry in journal.broken(agency)] == [1]


@pytest.mark.parametrize(
    "values",
    [
        {"actor": "ผู้อื่น"},
        {"action": "x"},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"subject_text": "อื่น"},
        {"subject_id": "99"},
        {"changes": {"name": ["ก", "ค"]}},
        {"user": None},
    ],
)
def test_a_change_of_any_field_shows(agency, scope, values):
    for name in ("ก", "ข", "ค"):
        journal.note(scope(Role.ADMIN), "test", None, {"name": ("ก", name)})
    tamper(agency, 2, **values)
    assert [entry.number for entry in journal.broken(agency)] == [2]


def test_a_forged_hash_shows_at_the_next_entry_and_a_deleted_entry_too(agency, system):
    for _ in range(4):
        journal.note(system, "test", None)
    entry = AuditEntry.objects.get(number=2)
    entry.actor = "ผู้อื่น"
    tamper(agency, 2, actor="ผู้อื่น", hash=journal.hash_of(entry))
    assert [entry.number for entry in journal.broken(agency)] == [3]
    super(type(AuditEntry.objects.all()), AuditEntry.objects.filter(number=2)).delete()
    assert [entry.number for entry in journal.broken(agency)] == [3]


def test_part_of_the_chain_is_looked_at_from_the_entry_before_it(agency, system):
    for _ in range(10):
        journal.note(system, "test", None)
    tamper(agency, 3, actor="ผู้อื่น")
    assert [entry.number for entry in journal.broken(agency, first=2, last=5)] == [3]
    assert list(journal.broken(agency, first=5)) == []


def test_each_agency_has_a_chain_of_its_own(agency, other_agency, system):
    from prongsai.web.agencies.scope import system_scope

    journal.note(system, "test", None)
    journal.note(system_scope(other_agency), "test", None)
    journal.note(system, "test", None)
    assert [entry.number for entry in AuditEntry.objects.filter(agency=agency)] == [2, 1]
    assert [entry.number for entry in AuditEntry.objects.filter(agency=other_agency)] == [1]


@pytest.mark.db
def test_hash_holds_for_every_kind_of_value_once_it_has_been_to_the_database(agency, system):
    values = {
        "float": (0.1, 1e16),
        "decimal": (Decimal("5.00"), Decimal("1E+2")),
        "day": (date(2026, 3, 30), datetime(2026, 3, 30, 9, 0, 0, tzinfo=UTC)),
        "moment": (datetime(2026, 3, 30, 9, 0, 0, 5, tzinfo=UTC), None),
        "nested": ({1: (2, 3.5), "ก": {"ข": [None, True]}}, ["๑", {"b": 1, "a": 2}]),
        "choice": (Role.ADMIN, Power.SEE_WORK),
        "text": ("ก\x00ข", "“ ”\u2028😀\\"),
        "big": (2**70, -1),
        "set": ({"x"}, ()),
    }
    journal.note(system, "test", None, values)
    assert list(journal.broken(agency)) == []
    entry = AuditEntry.objects.get()
    assert entry.changes["moment"] == ["2026-03-30T09:00:00.000005+00:00", None]
    assert entry.changes["choice"] == ["admin", "see_work"]


def test_scope_follows_from_the_post(agency, scope):
    head = scope(Role.HEAD)
    assert head.can(Power.DO_WORK) and not head.can(Power.RUN_CYCLE)
    assert head.unit_ids == frozenset({Unit.objects.get(agency=agency, name="กองคลัง").pk})


# --- the database refuses -------------------------------------------------------------------------------------------
@pytest.fixture
def guarded(agency, system):
    journal.note(system, "test", None)
    triggers.install(connection)
    yield AuditEntry.objects.get()
    triggers.remove(connection)


@pytest.mark.db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agencies_auditentry SET actor = 'x'",
        "DELETE FROM agencies_auditentry",
        "UPDATE agencies_auditentry SET number = 7 WHERE id = -1 OR number = 1",
    ],
)
def test_database_refuses_to_change_or_delete_an_entry(guarded, statement):
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.get().hash == guarded.hash


@pytest.mark.db
def test_database_refuses_to_empty_or_replace(guarded):
    if connection.vendor == "postgresql":
        statement = "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE agencies_auditentry"
    else:
        statement = (
            f"INSERT OR REPLACE INTO agencies_auditentry SELECT * FROM agencies_auditentry WHERE id = {guarded.pk}"
        )
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.count() == 1


@pytest.mark.db
def test_guarded_journal_still_takes_new_entries_and_installs_twice(guarded, agency, system):
    triggers.install(connection)
    journal.note(system, "test.more", None)
    assert [entry.number for entry in AuditEntry.objects.all()] == [2, 1]
    assert list(journal.broken(agency)) == []


def test_no_field_that_keeps_a_secret_is_told():
    from prongsai.web.agencies.models import Invitation, User

    for record in (User(password="x"), Invitation(token_sha256="x")):
        assert journal.SECRET.isdisjoint(journal._values(record))
    assert isinstance(User._meta.get_field("password"), models.CharField)


# --- at the same moment ---------------------------------------------------------------------------------------------
def at_once(*tasks: Callable[[], object]) -> list[object]:
    """Run tasks on connections of their own at the same moment; give what each gave, or the error it raised."""
    gate, outcomes = threading.Barrier(len(tasks)), {}

    def run(number: int, task: Callable[[], object]) -> None:
        gate.wait()
        while number not in outcomes:
            try:
                outcomes[number] = task()
            except ValidationError as error:
                outcomes[number] = error
            except OperationalError:  # a database in memory does not wait for its turn, as one on disk does
                if connection.vendor != "sqlite":
                    raise
        connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes[number] for number in range(len(tasks))]


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_chain_holds_when_several_write_at_once_new_rows_and_changes(agency, scope):
    units = list(Unit.objects.filter(agency=agency))[:4]
    scopes = [scope(role) for role in (Role.PERSONNEL, Role.ADMIN, Role.SECRETARY, Role.COORDINATOR)]

    def work(number: int) -> None:
        with transaction.atomic():  # a new row, then two that the others change too, in another order
            journal.create(scopes[number], UnitAlias(agency=agency, unit=units[number], name=f"ชื่อ {number}"))
            for unit in units[number:] + units[:number]:
                journal.change(scopes[number], unit, "unit.change", phone=str(number))

    at_once(*(lambda number=number: work(number) for number in range(4)))
    assert list(journal.broken(agency)) == []
    assert [entry.number for entry in AuditEntry.objects.order_by("number")] == list(range(1, 21))


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_two_who_use_the_same_invitation_at_once_make_one_account(agency, scope):
    person = Person.objects.create(agency=agency, given_name="ปราณี")
    token = accounts.invite(scope(Role.ADMIN), person=person, link=str).address

    def accept(name: str) -> Membership:
        return accounts.accept(token=token, username=name, password="ทุ่งนาเขียวขจี-๒๕๗๐")

    outcomes = at_once(lambda: accept("pranee.a"), lambda: accept("pranee.b"))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Membership", "ValidationError"]
    assert Membership.objects.filter(person=person).count() == 1


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_two_admins_who_close_each_other_at_once_leave_one(agency, scope):
    members = {role: Membership.objects.get(user=office.user(agency, role)) for role in (Role.ADMIN, Role.CLERK)}
    clerk_post = Appointment.objects.get(person=members[Role.CLERK].person).post
    PostRole.objects.create(post=clerk_post, role=Role.ADMIN)
    both = [scope(Role.ADMIN), scope(Role.CLERK)]
    outcomes = at_once(
        lambda: accounts.close(both[0], member=members[Role.CLERK]),
        lambda: accounts.close(both[1], member=members[Role.ADMIN]),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Membership", "ValidationError"]
    assert Membership.objects.filter(pk__in=[member.pk for member in members.values()], is_open=True).count() == 1
