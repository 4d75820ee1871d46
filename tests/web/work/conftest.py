"""A plan of its own for each test, whose jobs note that they ran."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from prongsai.web.work import plan
from prongsai.web.work.plan import Daily, Every, Planned, Run, When

OFTEN = Every(minutes=1)
NIGHT = Daily(time(1, 10))
BEGAN = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
Make = Callable[..., Planned]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Make:
    """Make a job that workers know: ``planned("sweep", run, when)``; nothing else is known."""
    monkeypatch.setattr(plan, "_known", {})

    def make(name: str, run: Run, when: When | None = OFTEN, **more: object) -> Planned:
        made = Planned(name, "งานทดสอบ", run, when, **more)  # type: ignore[arg-type]
        plan.add(made)
        return made

    return make
