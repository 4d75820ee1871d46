"""When something is done again, on the office's clock."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from prongsai.web.work import plan
from prongsai.web.work.plan import Daily, Every, Planned

BANGKOK = ZoneInfo("Asia/Bangkok")


def here(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("when", "moment", "found"),
    [
        (Every(minutes=10), here(22, 9), here(22, 9, 10)),
        (Daily(time(1, 10)), here(22, 1, 9), here(22, 1, 10)),
        (Daily(time(1, 10)), here(22, 1, 10), here(23, 1, 10)),  # what has just been done comes tomorrow
        (Daily(time(1, 10)), here(22, 9), here(23, 1, 10)),
        (Daily(time(1, 10)), datetime(2026, 11, 22, 17, 30, tzinfo=UTC), here(23, 1, 10)),  # past midnight in Thailand
        (Daily(time(3, 40), weekday=6), here(22, 3, 39), here(22, 3, 40)),  # the 22nd is a Sunday
        (Daily(time(3, 40), weekday=6), here(22, 3, 40), here(29, 3, 40)),
        (Daily(time(3, 40), weekday=6), here(24, 9), here(29, 3, 40)),
    ],
)
def test_next_time_is_the_first_after_the_last(when: plan.When, moment: datetime, found: datetime):
    assert when.after(moment) == found


def test_two_jobs_cannot_share_a_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plan, "_known", {})
    one = Planned("sweep", "กวาด", print)
    plan.add(one)
    plan.add(one)
    with pytest.raises(ValueError, match="sweep"):
        plan.add(Planned("sweep", "ล้าง", print))
    assert list(plan.known()) == ["sweep"]
