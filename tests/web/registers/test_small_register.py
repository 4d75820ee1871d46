"""A register is added by one file of at most twenty-five lines, and everything comes from it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from prongsai.documents.read import read_content
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry, ImportBatch, PeriodClose
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of

SMALL = Path(__file__).parents[2] / "registers" / "small.yaml"
TODAY = date(2026, 2, 16)


@pytest.fixture(autouse=True)
def parking(own_register, monkeypatch):
    """The register of parking permits is in the office's folder, on a Monday of fiscal year 2569."""
    text = SMALL.read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if line.strip()]) <= 25
    own_register(text)
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_words: TODAY)


def at(agency, rest=""):
    return f"/{agency.code}/registers/parking/{rest}"


def permit(plate="กข 1234 ลพบุรี", since="5/1/2569", **more):
    return {"plate": plate, "holder": "นายสมชาย ใจดี", "kind": "car", "since": since, "fee_thb": "100", **more}


def test_form_comes_from_the_file(agency, sign_in):
    client = sign_in(Role.CLERK)
    page = client.get(at(agency, "add/")).content.decode()
    assert all(label in page for label in ("ทะเบียนรถ", "ประเภทรถ", "ใช้ตั้งแต่", "ค่าธรรมเนียม"))
    refused = client.post(at(agency, "add/"), permit(fee_thb="900", since="31/2/2569"))
    assert refused.status_code == 422
    assert client.post(at(agency, "add/"), permit()).status_code == 302
    assert client.post(at(agency, "add/"), permit()).status_code == 422  # the plate is there
    entry = Entry.objects.get(register="parking")
    assert (entry.title, entry.fiscal_year_be, str(entry.dated_on)) == (
        "กข 1234 ลพบุรี ของ นายสมชาย ใจดี",
        2569,
        "2026-01-05",
    )
    assert "กข 1234 ลพบุรี" in client.get(at(agency, "?year=2569")).content.decode()


def test_import_comes_from_the_file(agency, sign_in):
    client = sign_in(Role.CLERK)
    assert client.get(at(agency, "import/template/")).content[:2] == b"PK"
    pasted = "ทะเบียนรถ\tผู้ขอ\tประเภทรถ\tใช้ตั้งแต่\tค่าธรรมเนียม\nกค 1\tนายหนึ่ง ดี\tรถยนต์\t5 ม.ค. 69\t๑๐๐\nกค 2\tนางสอง ดี\tเรือ\t6/1/2569\t50"
    client.post(at(agency, "import/"), {"pasted": pasted, "year": ""})
    batch = ImportBatch.objects.get()
    page = client.get(at(agency, f"import/{batch.pk}/")).content.decode()
    assert (batch.n_new, batch.n_faulty) == (1, 1)
    assert "C3" in page


def test_statistics_export_and_print_come_from_the_file(agency, sign_in, system):
    client = sign_in(Role.CLERK)
    client.post(at(agency, "add/"), permit())
    page = client.get(at(agency, "statistics/?year=2569")).content.decode()
    assert "จำนวนตามประเภทรถ" in page
    assert "<svg" in page
    assert "กข 1234" in client.get(at(agency, "export/csv/?year=2569")).content.decode("utf-8-sig")
    services.open_year(system, fiscal_year_be=2569)
    kept = kept_of(agency, "parking")
    january = occurrences_of(system, kept.register, 2569).get(starts_on=date(2026, 1, 1))
    paper = read_content(client.get(at(agency, f"board/{january.pk}/paper/docx/")).content, "งวด.docx")
    cells = [cell.text for table in paper.tables() for row in table.rows for cell in row.cells]
    assert "รถยนต์" in cells


def test_public_table_comes_from_the_file_with_masks(agency, sign_in, system):
    client = sign_in(Role.CLERK)
    client.post(at(agency, "add/"), permit())
    services.open_year(system, fiscal_year_be=2569)
    kept = kept_of(agency, "parking")
    january = occurrences_of(system, kept.register, 2569).get(starts_on=date(2026, 1, 1))
    assert client.post(at(agency, f"board/{january.pk}/close/")).status_code == 302
    assert PeriodClose.objects.get().n_entries == 1
    stranger = Client()
    assert stranger.get(f"/{agency.code}/open/parking/").status_code == 404
    services.keep_setting(system, register="parking", is_published=True, takes_outside=True)
    page = stranger.get(f"/{agency.code}/open/parking/").content.decode()
    assert "รถยนต์" in page
    assert "1234" not in page
    assert "สมชาย" not in page


def test_form_for_outsiders_comes_from_the_file(agency, system, monkeypatch):
    monkeypatch.setattr("prongsai.web.registers.forms.outside.SECONDS_MIN", -1)
    services.keep_setting(system, register="parking", takes_outside=True)
    client, address = Client(), f"/{agency.code}/open/parking/send/"
    page = client.get(address).content.decode()
    assert "ค่าธรรมเนียม" not in page
    word = re.search(r'name="form_word" value="([^"]+)"', page)[1]
    given = {key: value for key, value in permit().items() if key != "fee_thb"}
    assert client.post(address, {**given, "form_word": word}).status_code == 200
    assert Entry.objects.get(register="parking").source == "outside"
