"""One made-up municipality lives its whole fiscal year on its pages: every item is green by what was done on the way.

Nothing is put into the database beside the pages but the people of the office and the keys of the sealed channel. What
the script leaves undone must be seen to be missed, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prongsai.web.agencies import journal
from tests.conftest import PROVE
from tests.trips import fiscal_year_script as script
from tests.trips import fiscal_year_seen as seen
from tests.trips.fiscal_year_office import Office, clock
from tests.web import office as cast
from tests.web.conftest import _quick  # noqa: F401  # reason: the settings of tests of the platform, for this file

pytestmark = pytest.mark.django_db
WHOLE = pytest.mark.skipif(not PROVE, reason="twelve months take minutes; in make prove")


@pytest.fixture
def o(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The municipality with its people, on the first of October; forms from outside need not be read for seconds."""
    settings.REGISTERS_FOLDER = tmp_path / "registers"
    monkeypatch.setattr("prongsai.web.registers.forms.outside.SECONDS_MIN", -1)
    with clock():
        office = Office(cast.build())
        office.on(1, 10)
        yield office


@WHOLE
def test_whole_year_turns_every_item_green_and_shows_what_was_missed(o: Office, prove: Callable[..., None]) -> None:
    script.live(o)
    items = seen.items(o)
    assert [item.code for item in items if not item.is_green] == []
    assert seen.without_record(items) == []
    assert (seen.missed(o), seen.late(o), seen.waiting(o)) == (script.MISSED, script.LATE, script.WAITING)
    seen.shown_as_missed(o)
    assert seen.papers_lacking(o, script.YEARLY) == []
    assert seen.doers(o) & {"council", "supervisor", "outsider"} == {"supervisor", "outsider"}
    assert list(journal.broken(o.agency)) == []
    prove("items of the newest framework green after a year on the pages", len(items), len(items))


def test_first_quarter_shows_what_is_green_and_what_is_missed(o: Office) -> None:
    script.first_quarter(o)
    assert [item.code for item in seen.items(o) if item.is_green] == list(script.GREEN_IN_WINTER)
    assert seen.missed(o, kept=script.KEPT_IN_WINTER) == script.MISSED_IN_WINTER
    assert seen.late(o) == set()
    assert seen.doers(o) == script.DOERS_IN_WINTER
    assert list(journal.broken(o.agency)) == []
