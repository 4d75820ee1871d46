"""A year in the life of eleven registers, from the first entry to what everybody reads, in a browser."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace

import pytest

from tests.conftest import PROVE
from tests.trips.platform import demo
from tests.trips.registers_heard import COMPLAINTS, QUESTIONS
from tests.trips.registers_integrity import GIFTS, RISKS, TRAINING
from tests.trips.registers_life import Life, Office, live
from tests.trips.registers_public import PARTICIPATION, SERVICE_REQUESTS, SERVICE_STATISTICS
from tests.trips.registers_supply import LOANS, PURCHASES, SPENDING_PLAN

pytestmark = pytest.mark.browser
# One every time: a plan that the office keeps itself, reported on and brought in as a sheet that is mended. All eleven,
# requests that come from outside among them, with PRONGSAI_PROVE=1.
LIVES = (SPENDING_PLAN,)
if PROVE:
    LIVES = (
        *LIVES,
        SERVICE_REQUESTS,
        PURCHASES,
        LOANS,
        QUESTIONS,
        GIFTS,
        RISKS,
        COMPLAINTS,
        TRAINING,
        SERVICE_STATISTICS,
        PARTICIPATION,
    )
YEARS = (2568, 2569)  # the assessed year, and the one before, which some of its items are about


@pytest.fixture(scope="module")
def opened(browser, plain, tmp_path_factory):
    """An office that keeps no register yet, in which the periods of the years are open."""
    folder = tmp_path_factory.mktemp("registers")
    shutil.copytree(plain, folder / "data")
    with demo(folder / "data") as place, contextlib.ExitStack() as stack:
        office = Office(browser, place, folder, stack)
        coordinator = office.clerk("coordinator")
        for year in YEARS:
            coordinator.go(f"registers/year/?year={year}")
            coordinator.press("เปิดงวดที่ยังขาด")
            coordinator.hold("เปิดงวดของ")
        yield office


@pytest.mark.parametrize("life", LIVES, ids=[each.register for each in LIVES])
def test_register_lives_a_year(opened: Office, life: Life, tmp_path):
    live(replace(opened, folder=tmp_path), life)
