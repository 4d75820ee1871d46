"""Pictures of an agency: apart from its row, and brought along from where they stood before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from prongsai.web.agencies import services
from prongsai.web.agencies.models import Agency, AgencyPicture, Unit
from tests.web.agencies.test_agency import picture

MOVED = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

def at(name):
    call_command("migrate", "agencies", name, verbosity=0)
    return MigrationExecutor(connection).loader.project_state([("agencies", name)]).apps

old = at("0004_closed_agencies").get_model("agencies", "Agency")
place = {"kind": "town", "province": "ลพบุรี"}
old.objects.create(code="05160101", name="ก", emblem=b"PNG 1", logo=b"PNG 2", **place)
old.objects.create(code="05160102", name="ข", **place)
new = at("0006_pictures_moved").get_model("agencies", "AgencyPicture")
print([(one.agency.code, one.which, bytes(one.content)) for one in new.objects.order_by("pk")])
old = at("0004_closed_agencies").get_model("agencies", "Agency")
print([(bytes(one.emblem), bytes(one.logo)) for one in old.objects.order_by("code")])
"""


@pytest.mark.django_db
def test_row_that_names_an_agency_brings_no_picture_along(agency: Agency, system, django_assert_num_queries):
    for which in ("emblem", "logo"):
        services.set_image(system, which=which, content=picture())
    with django_assert_num_queries(1) as asked:
        found = list(Unit.objects.select_related("agency"))
    assert "emblem" not in asked[0]["sql"] and "content" not in asked[0]["sql"]
    with django_assert_num_queries(1):
        assert found[0].agency.emblem == found[0].agency.logo != b""


@pytest.mark.django_db
def test_same_picture_again_and_none_again_write_nothing(agency: Agency, system):
    before = services.set_image(system, which="emblem", content=b"").version
    made = services.set_image(system, which="emblem", content=picture())
    again = services.set_image(system, which="emblem", content=picture())
    assert (before, made.version, again.version) == (1, 2, 2)
    assert AgencyPicture.objects.count() == 1
    assert services.set_image(system, which="emblem", content=b"").emblem == b""
    assert AgencyPicture.objects.count() == 0


def test_pictures_of_before_are_moved_and_can_go_back(tmp_path: Path):
    environment = os.environ | {"PRONGSAI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "prongsai.web.settings"}
    environment |= {"PRONGSAI_DATABASE": "", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", MOVED], env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines() == [
        "[('05160101', 'emblem', b'PNG 1'), ('05160101', 'logo', b'PNG 2')]",
        "[(b'PNG 1', b'PNG 2'), (b'', b'')]",
    ]
