"""The page of a fault: a disk that is full and a database that is away are told from ours, and nothing is lost."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.operations import failing
from tests.web.at_once import on_disk


def caused(cause: BaseException) -> OperationalError:
    fault = OperationalError("told by the database")
    fault.__cause__ = cause
    return fault


class DiskFull(Exception):
    sqlstate = "53100"


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (caused(DiskFull()), 507),
        (OperationalError("the server is away"), 503),
        (OSError(errno.EACCES, "Permission denied"), 500),
        (ValueError("ours"), 500),
        (None, 500),
    ],
)
def test_kind_of_fault_is_told(fault, status):
    assert failing.status_of(fault) == status


@pytest.mark.parametrize(
    ("fault", "word"), [(OSError(errno.ENOSPC, ""), "ยังไม่ได้บันทึก"), (OperationalError(), "ฐานข้อมูลยังไม่ตอบ")]
)
def test_page_says_it_in_both_languages(fault, word):
    request = HttpRequest()
    request.path_info = "/05160101/units/"
    try:
        raise fault
    except type(fault):
        page = failing.failed(request)
    assert word in page.content.decode() and 'lang="en"' in page.content.decode()
    assert page.get("Retry-After") == ("5" if page.status_code == 503 else None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the room of PostgreSQL is looked at by its trip")
def test_sqlite_without_room_stores_nothing_says_so_and_works_again(agency, sign_in, tmp_path: Path):
    with on_disk(tmp_path):
        client = sign_in(Role.PERSONNEL)
        client.raise_request_exception = False
        before = _units()
        _limit(_pages_without_gaps())
        answers = [_add(client, f"งานที่ {n} {'ยาว' * 60}") for n in range(40)]
        refused = [answer for answer in answers if answer.status_code == 507]
        assert refused and {answer.status_code for answer in answers} <= {302, 507}
        assert "ยังไม่ได้บันทึก" in refused[0].content.decode()
        assert refused[0].headers["X-Request-ID"] in refused[0].content.decode()
        assert _units() == before + len(answers) - len(refused)
        assert client.get(reverse("agencies:units", args=[agency.code])).status_code == 200
        _limit(1_000_000)
        assert _add(client, "งานที่มีที่แล้ว").status_code == 302
        assert _units() == before + len(answers) - len(refused) + 1


def _add(client: Client, name: str):
    agency = Unit.objects.first().agency
    return client.post(reverse("agencies:unit_add", args=[agency.code]), {"name": name, "kind": "section", "place": 1})


def _units() -> int:
    return Unit.objects.count()


def _pages_without_gaps() -> int:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what earlier tests took away has left room inside
        return int(cursor.execute("PRAGMA page_count").fetchone()[0])


def _limit(pages: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count={pages}")
