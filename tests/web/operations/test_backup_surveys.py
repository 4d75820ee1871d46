"""Answers that are not counted yet, and the folder of keys that no backup holds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pyrage import decrypt, x25519

from prongsai.web.operations import rows
from prongsai.web.surveys.models import Code
from tests.web.operations.place import Place
from tests.web.surveys import asked

pytestmark = pytest.mark.db
KEYS = "survey-keys"


def test_keys_of_surveys_are_in_no_backup_and_without_them_people_answer_again(
    filled: Place, filled_once: tuple[Place, str], key_file: Path, place: Callable[[], Place], tmp_path: Path
) -> None:
    codes, before = filled.told("ask_people", "rows")
    path = tmp_path / "office.age"
    assert filled.run("backup", str(path)).returncode == 0
    held = [one for one in (filled.folder / KEYS).iterdir() if one.suffix == ".key"]
    opened = decrypt(path.read_bytes(), [x25519.Identity.from_str(filled_once[1])])
    assert len(held) == 1
    assert not any(needle in opened for needle in (held[0].read_bytes(), b"AGE-SECRET-KEY", KEYS.encode()))

    carried, bare = place(), place()
    shutil.copytree(filled.folder / KEYS, carried.folder / KEYS)
    told = restored(carried, path, key_file, codes)
    assert told["lost_answers"] == 0
    restored_rows, counted = carried.told("rows", "count_people")
    assert restored_rows == before
    assert counted == {"waiting": 8, "again": 0, "received": 8, "keys": 0}

    told = restored(bare, path, key_file, codes)
    assert told["lost_answers"] == 8
    counted, actions = bare.told("count_people", "journal_actions")
    assert counted == {"waiting": 0, "again": 8, "received": 8, "keys": 0}
    assert actions[:4] == ["survey.count", "survey.close", "survey.rekey", "survey.lost"]


def restored(at: Place, path: Path, key_file: Path, codes: list[str]) -> dict[str, object]:
    """Restore, tell what the command told, and leave the codes there for whoever answers again."""
    done = at.run("restore", str(path), "--identity", str(key_file), "--json")
    assert done.returncode == 0, done.stderr
    (at.folder / "codes.json").write_text(json.dumps(codes), encoding="utf-8")
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.django_db
def test_rows_with_words_as_keys_come_in_one_order_whatever_the_letters_of_the_database(agency) -> None:
    """Else a backup of one database would not be equal to what was restored of it in another."""
    group = asked.survey(agency).groups.first()
    asked.codes(group, 5)
    batch = Code.objects.first().batch
    Code.objects.bulk_create([Code(digest=one, batch=batch) for one in ("a", "B", "_", "-", "b", "A", "1")])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute('ALTER TABLE surveys_code ALTER COLUMN digest TYPE varchar(43) COLLATE "en-x-icu"')
    lines = b"".join(piece for piece, _count in rows.lines_of(Code)).splitlines()
    found = [json.loads(line)["digest"] for line in lines]
    assert found == sorted(found) and len(found) == 12
