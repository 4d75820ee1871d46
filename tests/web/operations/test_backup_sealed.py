"""Reports come back from a backup as closed as they were, and open for the same people."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps

from prongsai.privacy.seal.receipts import new_receipt
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Message, Report, SealedFile
from prongsai.web.complaints.services import receiving, store
from prongsai.web.complaints.services.cases import file_pieces, open_case
from prongsai.web.operations import archive, backup, keys, restore, rows
from tests.web.complaints import office_keys, told
from tests.web.complaints.conftest import channel

__all__ = ["channel"]
pytestmark = pytest.mark.django_db
TITLE, CONTENT = told.FILES[1]


def backed_up(agency, folder: Path) -> archive.Backup:
    """Back up what stands in the database of the test, and open the backup with its key."""
    pair = keys.new_pair()
    work = backup._Work(pair.public, [agency], archive.say_nothing)
    archive.write(folder / "office.age", work.sources(), work.manifest, pair.public)
    return archive.opened(folder / "office.age", keys.read_private(pair.private), folder / "office.zip")


def bring_back(found: archive.Backup, folder: Path) -> None:
    """Put the files and the rows of reports back, as restoring does."""
    restore._files(found, archive.say_nothing)
    parts = {part.name: part for part in found.manifest.parts}
    for model in (Report, Message, SealedFile):
        list(restore._put(folder, found, parts[name_of(model)], model))


def name_of(model) -> str:
    return f"{archive.ROWS}/{model._meta.label_lower}.jsonl"


def test_sealed_file_comes_back_byte_for_byte_and_opens(agency, channel, settings, tmp_path):
    receipt = new_receipt()
    report = told.tell(agency, files=told.sealed_files(agency), receipt=receipt)
    before = {name: store.place_of(agency.code, name).read_bytes() for name in store.names(agency.code)}
    assert len(before) == 2
    found = backed_up(agency, tmp_path)
    digests = {model: rows.digest_of(model) for model in (Report, Message, SealedFile)}
    Report.objects.all().delete()
    settings.SEALED_FOLDER = tmp_path / "elsewhere"
    assert list(store.names(agency.code)) == []

    bring_back(found, tmp_path)
    found.packed.close()
    assert {name: store.place_of(agency.code, name).read_bytes() for name in before} == before
    assert {model: rows.digest_of(model) for model in digests} == digests
    key, scope = office_keys.key_of(agency, Role.LEGAL), office_keys.scope_for(agency, Role.LEGAL)
    case = open_case(scope, key, Report.objects.select_related("agency").get(pk=report.pk))
    assert case is not None and case.told.what == told.WHAT
    voice = next(one for one in case.files if one.title == TITLE)
    kept, pieces = file_pieces(case, voice.name)
    assert (kept.title, b"".join(pieces)) == (TITLE, CONTENT)
    seen = receiving.by_receipt(agency, receipt)
    assert seen is not None and seen.told.what == told.WHAT


def test_backup_holds_every_table_of_complaints_and_no_plain_word(agency, channel, tmp_path):
    told.tell(agency, files=told.sealed_files(agency), identity=told.WHO)
    found = backed_up(agency, tmp_path)
    with found.packed as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    parts = {part.name for part in found.manifest.parts}
    models = apps.get_app_config("complaints").get_models(include_auto_created=True)
    assert {name_of(model) for model in models} <= parts
    assert sum(name.startswith(f"{archive.SEALED}/{agency.code}/") for name in parts) == 2
    words = (told.WHAT, told.WHO.name, *(title for title, _ in told.FILES))
    assert [word for word in words if word.encode() in everything] == []


def test_file_that_is_gone_is_told_and_does_not_stop_the_backup(agency, channel, tmp_path):
    told.tell(agency, files=told.sealed_files(agency))
    lost = sorted(store.names(agency.code))[0]
    store.remove(agency.code, [lost])
    found = backed_up(agency, tmp_path)
    found.packed.close()
    assert [one["name"] for one in found.manifest.missing] == [lost]
