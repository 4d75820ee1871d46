"""The plug is pulled in the middle of an import of 500 rows: all or nothing, and again works."""

from __future__ import annotations

import pytest

from tests.web.operations.place import Place

pytestmark = pytest.mark.db
NOTHING = {"people": 0, "lines": 0, "is_saved": False, "broken": 0}
ALL = {"people": 500, "lines": 500, "is_saved": True, "broken": 0}


@pytest.mark.parametrize(
    "before", ['INSERT INTO "agencies_person"', 'INSERT INTO "agencies_auditentry"', 'UPDATE "agencies_tableimport"']
)
def test_import_that_is_killed_leaves_nothing_and_works_again(filled: Place, before: str):
    process = filled.start("-m", "tests.web.operations.inside", "stage_and_save", before)
    assert process.stdout is not None
    assert process.stdout.readline() == "half-way\n", process.communicate()[1]
    process.kill()  # -9: no chance to clean up
    process.communicate(timeout=120)
    assert filled.told("save_twice") == [NOTHING, 500, ALL, 0, ALL]  # once more changes nothing
