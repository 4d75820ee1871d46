"""A clerk's path through the new registers of each group, in a browser: what is entered, refused, read and printed."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.conftest import PROVE
from tests.trips.groups_information import information
from tests.trips.groups_integrity import integrity
from tests.trips.groups_people import people
from tests.trips.groups_property import property_and_money
from tests.trips.groups_walk import Walk, walk
from tests.trips.platform import demo

pytestmark = pytest.mark.browser
# The path, its width, and whether its browser runs JavaScript. One every time, in which axe looks at each address once;
# all four, and every page of them at both widths, with PRONGSAI_PROVE=1.
PATHS: tuple[tuple[Callable[[Walk], None], str, bool], ...] = ((property_and_money, "desktop", True),)
if PROVE:
    PATHS = (*PATHS, (people, "desktop", True), (information, "phone", False), (integrity, "phone", False))


@pytest.mark.parametrize(("path", "width", "script"), PATHS, ids=[path.__name__ for path, *_how in PATHS])
def test_clerk_walks_through_a_group(browser, plain, tmp_path, path, width, script):
    shutil.copytree(plain, tmp_path / "data")
    with demo(tmp_path / "data") as place, walk(browser, place, tmp_path, width, script=script) as office:
        path(office)
