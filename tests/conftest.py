"""Fixtures and search sizes for all tests: small and fixed by default, full counts with PRONGSAI_PROVE=1."""

import atexit
import gc
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

PROVE = os.environ.get("PRONGSAI_PROVE") == "1"
SHARED = Path(__file__).resolve().parents[2] / "shared"


def _platform() -> None:
    """Point the platform's settings at a folder that is nobody's data; without Django there is only the pure half."""
    folder = tempfile.mkdtemp(prefix="prongsai-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["PRONGSAI_DATA"] = folder
    os.environ["PRONGSAI_SECRET_KEY"] = "a key for tests only"
    os.environ["PRONGSAI_BROWSER"] = "none"  # pictures of addresses, where a test is not about them
    os.environ["PRONGSAI_DATABASE"] = os.environ.get("PRONGSAI_TEST_DATABASE", "")
    os.environ["DJANGO_SETTINGS_MODULE"] = "prongsai.web.settings"
    if importlib.util.find_spec("django"):
        import django

        _begin_at_noon()
        django.setup()
        _in_memory()


def _begin_at_noon() -> None:
    """Let the platform's clock begin at noon in Thailand and go on from there: no run passes a midnight, here or in UTC.

    The function itself is changed, not its name: in a worker of pytest-xdist the models hold it already.
    """
    from django.utils import timezone as clock

    def now():
        return datetime.now(tz=timezone.utc) + ahead_in_tests  # noqa: F821  # reason: the names of its new module

    began = datetime.now(ZoneInfo("Asia/Bangkok"))
    clock.ahead_in_tests = began.replace(hour=12, minute=0, second=0, microsecond=0) - began
    clock.now.__code__ = now.__code__


def _in_memory() -> None:
    """Say what Django does with SQLite anyway: pytest-django gives each worker a file unless it is Django's own backend."""
    from django.conf import settings as platform

    database = platform.DATABASES["default"]
    if database["ENGINE"] == "prongsai.web.sqlite":
        database.setdefault("TEST", {})["NAME"] = ":memory:"


_platform()

settings.register_profile(
    "quick", max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("prove", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("prove" if PROVE else "quick")


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among the tests and modules themselves: that was a fifth of all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout."""
    if not (SHARED / "samples").is_dir():
        pytest.skip("the real documents are not beside this checkout: ../shared/samples is missing")
    return SHARED


@pytest.fixture(scope="session")
def prove() -> Callable[..., None]:
    """Note what a search counted, for docs/explanation/proofs.md: name, tried, held, note."""

    def note(name: str, count: int, passed: int, note: str = "") -> None:
        path = os.environ.get("PRONGSAI_PROOFS")
        if path:
            line = json.dumps({"name": name, "count": count, "passed": passed, "note": note}, ensure_ascii=False)
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    return note
