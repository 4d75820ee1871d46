"""Work for every agency at night: one by itself after another, each told, none stopped by what is broken in another."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from prongsai.web.agencies import walking
from prongsai.web.agencies.models import Agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(agency: Agency) -> list[Agency]:
    """Three agencies by their codes."""
    for code in ("05160102", "05160103"):
        Agency.objects.create(code=code, name=f"เทศบาล {code}", kind="town", province="ลพบุรี")
    return list(Agency.objects.order_by("code"))


class Walk:
    """A command that notes where it was; ``breaks`` at one agency with a fault."""

    def __init__(self, breaks: Agency | None = None, fault: Exception | None = None) -> None:
        self.command = BaseCommand(stdout=StringIO(), stderr=StringIO())
        self.seen: list[str] = []
        self._breaks, self._fault = breaks, fault

    def work(self, agency: Agency) -> None:
        self.seen.append(agency.code)
        if agency == self._breaks and self._fault:
            raise self._fault

    def run(self) -> tuple[walking.Broken, ...]:
        return walking.walk(self.command, Agency.objects.all(), self.work)


@pytest.mark.parametrize("fault", [KeyError("นายลับ"), TypeError("นายลับ"), OSError("นายลับ"), OperationalError("นายลับ")])
def test_what_is_broken_in_one_agency_stops_no_other_and_is_told_without_its_words(three, caplog, fault):
    walk = Walk(three[1], fault)
    broken = walk.run()
    assert walk.seen == [each.code for each in three]
    assert [one.code for one in broken] == [three[1].code]
    told = walk.command.stderr.getvalue() + caplog.text
    assert type(fault).__name__ in told and "test_walking.py" in told and "นายลับ" not in told
    with pytest.raises(CommandError, match=three[1].code):
        walking.refuse(broken)


def test_stopped_program_stops_the_walk(three):
    walk = Walk(three[0], SystemExit())
    with pytest.raises(SystemExit):
        walk.run()
    assert walk.seen == [three[0].code]


def test_database_that_is_away_stops_the_walk(three, monkeypatch):
    walk = Walk(three[0], OperationalError("gone"))
    monkeypatch.setattr(connection, "is_usable", lambda: False)
    with pytest.raises(OperationalError):
        walk.run()
    assert walk.seen == [three[0].code]


def test_agency_that_was_taken_away_meanwhile_is_passed_over(three):
    walk = Walk()
    walk.work = lambda agency: (walk.seen.append(agency.code), Agency.objects.filter(pk=three[1].pk).delete())
    assert walk.run() == ()
    assert walk.seen == [three[0].code, three[2].code]


def test_walk_reads_one_agency_at_a_time(three, django_assert_num_queries):
    walk = Walk()
    with django_assert_num_queries(1 + len(three)):
        walk.run()


def test_long_walk_tells_how_far_it_is(three, monkeypatch):
    monkeypatch.setattr(walking, "SAY_EVERY", 2)
    walk = Walk()
    walk.run()
    assert walk.command.stdout.getvalue() == "ทำแล้ว 2 จาก 3 หน่วยงาน\n"


def test_refusal_names_the_first_agencies_alone():
    broken = tuple(walking.Broken(f"{code:08}", "KeyError") for code in range(30))
    with pytest.raises(CommandError, match="30 หน่วยงาน: 00000000, .*00000019 …$"):
        walking.refuse(broken)


_WORK = {
    "remind_circulars": "letters.management.commands.remind_circulars.remind_due",
    "remind_handlers": "complaints.management.commands.remind_handlers.remind_holders",
    "mind_surveys": "surveys.management.commands.mind_surveys.mind",
    "check_files": "evidence.checks.check_files",
}


@pytest.mark.parametrize("command", _WORK)
def test_command_goes_on_after_a_broken_agency_and_ends_with_a_fault(three, monkeypatch, command):
    seen = []

    def broken(agency: Agency, **_words: object) -> list[str]:
        seen.append(agency.code)
        raise KeyError

    monkeypatch.setattr(f"prongsai.web.{_WORK[command]}", broken)
    with pytest.raises(CommandError, match="3 หน่วยงาน"):
        call_command(command, stdout=StringIO(), stderr=StringIO())
    assert seen == [each.code for each in three]
    with pytest.raises(CommandError, match="99999999"):
        call_command(command, agency="99999999")
