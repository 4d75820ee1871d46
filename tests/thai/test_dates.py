import subprocess
import sys

import pytest

from prongsai.thai import dates

HEAVY = {"pythainlp", "holidays", "rapidfuzz", "yaml", "nlpo3"}
MEASURE = """
import sys, time
import re, decimal, dataclasses, enum, typing, datetime, calendar, difflib  # the standard library is not ours to count
before, began = set(sys.modules), time.perf_counter()
import {module}
print(round((time.perf_counter() - began) * 1000), *sorted(set(sys.modules) - before))
"""


def test_one_door_opens_on_every_name() -> None:
    for name in dates.__all__:
        assert getattr(dates, name) is not None


@pytest.mark.parametrize("module", ["dates", "numerals", "text", "names", "units", "agencies", "places", "spelling"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = MEASURE.format(module=f"prongsai.thai.{module}")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & {name.partition(".")[0] for name in run.stdout.split()[1:]} == set()
