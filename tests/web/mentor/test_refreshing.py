"""Counting anew: who is due, one that is broken stops no other, an unchanged agency writes nothing new."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Cycle
from prongsai.web.mentor.models import ItemStanding, Size, Standing
from prongsai.web.mentor.services import joining
from prongsai.web.mentor.services.refreshing import changed, refresh, taking_part
from tests.web import objects_mentor

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(system, desk, cycle):
    """The municipality, taking part."""
    joining.join(system, office=desk.office)
    return cycle


def test_agency_that_takes_part_nowhere_is_not_counted(agency, cycle):
    assert refresh(agency=agency) == ()
    assert list(taking_part()) == [] and not Standing.objects.exists()


def test_counting_anew_writes_nothing_of_the_agency(agency, joined):
    lines = AuditEntry.objects.count()
    refresh(agency=agency)
    assert AuditEntry.objects.count() == lines


def test_items_that_stand_as_before_are_left_alone(agency, joined):
    before = set(ItemStanding.objects.values_list("pk", flat=True))
    refresh(agency=agency)
    assert set(ItemStanding.objects.values_list("pk", flat=True)) == before


def test_only_what_changed_since_is_due(agency, system, joined):
    assert list(changed()) == []
    journal.note(system, "cycle.target", joined)
    assert list(changed()) == [agency]
    refresh(agency=agency)
    assert list(changed()) == []


def test_what_was_counted_a_day_ago_is_due(agency, joined):
    Standing.objects.update(at=timezone.now() - timedelta(hours=21))
    assert list(changed()) == [agency]


def test_command_counts_all_or_only_what_changed(agency, joined, capsys):
    Standing.objects.update(met=999)
    call_command("refresh_standings", "--changed")
    assert "คำนวณแล้ว 0 หน่วยงาน" in capsys.readouterr().out
    call_command("refresh_standings")
    assert "คำนวณแล้ว 1 หน่วยงาน" in capsys.readouterr().out
    assert Standing.objects.get().met < 999


def test_broken_agency_stops_no_other(agency, other_agency, system, joined, capsys, monkeypatch):
    other = system_scope(other_agency)
    cycles.open_cycle(other, framework_id="ita-2569")
    joining.join(other, office=objects_mentor.office(other_agency, "province"))
    Standing.objects.update(at=timezone.now() - timedelta(days=2))
    Standing.objects.filter(agency=agency).update(at=timezone.now() - timedelta(days=3))
    monkeypatch.setattr("prongsai.web.mentor.queries.figures.size_of", _broken_for(agency))
    with pytest.raises(CommandError, match=agency.code):
        call_command("refresh_standings")
    assert Standing.objects.get(agency=agency).at < timezone.now() - timedelta(days=2)
    assert Standing.objects.get(agency=other_agency).at > timezone.now() - timedelta(hours=1)


def _broken_for(agency):
    def size_of(asked, day):
        if asked == agency:
            raise ValueError("broken")
        return Size.SMALL

    return size_of


def test_cycle_of_a_framework_that_is_gone_shows_nothing(agency, joined):
    Cycle.objects.update(framework_id="ita-gone")
    assert refresh(agency=agency) == ()
    assert not Standing.objects.exists()
