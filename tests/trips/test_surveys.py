"""Surveys from the library to the report, as a clerk walks them in a browser: three paths, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser import need_chromium
from tests.trips.groups_walk import Walk, walk
from tests.trips.platform import Demo
from tests.trips.surveys_paths import citizens, paper, practice
from tests.trips.surveys_town import town
from tests.web.operations.conftest import prepared_once  # noqa: F401
from tests.web.operations.place import Place

pytestmark = pytest.mark.browser
# The path, its width, and whether its browser runs JavaScript; on each axe looks at every address once.
PATHS: tuple[tuple[Callable[[Walk], None], str, bool], ...] = (
    (citizens, "desktop", True),
    (paper, "phone", False),
    (practice, "desktop", True),
)


@pytest.fixture(scope="module")
def place(
    prepared_once: Place,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demo]:
    need_chromium()
    with town(prepared_once, tmp_path_factory.mktemp("surveys")) as found:
        yield found


@pytest.mark.parametrize(("path", "width", "script"), PATHS, ids=[path.__name__ for path, *_how in PATHS])
def test_clerk_walks_through_a_survey(browser, place, tmp_path, path, width, script):
    with walk(browser, place, tmp_path, width, script=script) as office:
        path(office)
