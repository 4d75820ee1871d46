"""Published tables: taken in, columns said, faults looked at, accepted whole, put up as an explorer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prongsai.errors import FileUnusable
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.directory.scope import Installation
from prongsai.web.results import services
from prongsai.web.results.models import ResultFile, ResultTable, TableState
from prongsai.web.results.queries import accepted, columns_of, explorer_address, imported_all
from prongsai.web.work.models import Job
from tests.web.results.conftest import content, rows

pytestmark = pytest.mark.django_db
ROOT = "/installation/results/"


def take_in(installation: Installation, table: list[list[str]], name: str = "2567.csv") -> ResultTable:
    (made,) = services.take_in(installation, content=content(table), name=name, source="สำนักงาน ป.ป.ช.")
    return made


def said(table: ResultTable) -> dict[str, object]:
    return columns_of(table).reading.to_json()


def checked(installation: Installation, table: list[list[str]], name: str = "2567.csv") -> ResultTable:
    made = take_in(installation, table, name)
    return services.read_as(installation, table=made, said=said(made), version=made.version)


def test_right_table_is_checked_without_a_contradiction(installation: Installation):
    found = checked(installation, rows())
    assert (found.state, found.errors_count, found.agencies_count, found.years) == ("checked", 0, 8, [2567])


def test_wrong_total_is_kept_with_its_cell_and_arithmetic(installation: Installation):
    table = rows()
    table[4][4] = str(Decimal(table[4][4]) - 9)
    found = checked(installation, table)
    assert found.errors_count >= 1
    told = [one for one in found.problems if one["code"] == "SCORE_CONTRADICTION"]
    assert [(one["where"]["row"], one["where"]["column"]) for one in told] == [(4, 5)]
    assert told[0]["arithmetic"]


def test_accepting_is_whole_and_a_newer_table_keeps_the_old_one(installation: Installation):
    old = services.accept(installation, table=checked(installation, rows()), replaces=[])
    new = checked(installation, rows(seed=2), "2567-แก้ไข.csv")
    services.accept(installation, table=new, replaces=[old.pk])
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == (TableState.REPLACED, new)
    assert bytes(old.file.content) == content(rows())


def test_table_of_another_year_is_never_replaced(installation: Installation):
    old = services.accept(installation, table=checked(installation, rows(2566), "2566.csv"), replaces=[])
    services.accept(installation, table=checked(installation, rows()), replaces=[old.pk])
    old.refresh_from_db()
    assert old.state == TableState.ACCEPTED


def test_table_that_was_not_checked_or_shows_nobody_is_not_accepted(installation: Installation):
    with pytest.raises(ValidationError):
        services.accept(installation, table=take_in(installation, rows()), replaces=[])
    means = "จังหวัด,ปีงบประมาณ,คะแนน\nลพบุรี,2561,80\nอ่างทอง,2561,81\n".encode()
    (made,) = services.take_in(installation, content=means, name="means.csv", source="รายงาน")
    found = services.read_as(installation, table=made, said=said(made), version=None)
    with pytest.raises(ValidationError):
        services.accept(installation, table=found, replaces=[])


def test_accepted_table_is_neither_said_anew_nor_thrown_away(installation: Installation):
    table = services.accept(installation, table=checked(installation, rows()), replaces=[])
    with pytest.raises(ValidationError):
        services.drop(installation, table=table)
    with pytest.raises(ValidationError):
        services.read_as(installation, table=table, said=table.mapping, version=None)


def test_mapping_that_cannot_be_is_refused_and_not_kept(installation: Installation):
    table = take_in(installation, rows())
    with pytest.raises(FileUnusable):
        services.read_as(installation, table=table, said={"columns": {"A": "item:O99"}}, version=None)
    table.refresh_from_db()
    assert (table.mapping, table.state) == ({}, TableState.READ)


def test_large_table_is_checked_in_the_background(installation: Installation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "AT_ONCE", 5)
    table = take_in(installation, rows())
    assert services.read_as(installation, table=table, said=said(table), version=None).state == TableState.CHECKING
    (job,) = Job.objects.filter(name="results_check")
    services.check_asked(**job.arguments)
    services.check_asked(**job.arguments)  # a second run finds nothing to do
    table.refresh_from_db()
    assert (table.state, table.agencies_count) == (TableState.CHECKED, 8)
    services.accept(installation, table=table, replaces=[])
    assert services.ask_to_build(installation) is None
    assert Job.objects.filter(name="results_build").count() == 1


def test_explorer_is_built_of_accepted_tables_alone_and_served(installation: Installation, client: Client, sites: Path):
    services.accept(installation, table=checked(installation, rows()), replaces=[])
    checked(installation, rows(2566), "2566.csv")  # not accepted
    assert explorer_address() == ""
    services.ask_to_build(installation)
    assert explorer_address().endswith("/public/compare/")
    assert (sites / "compare/year/2567/index.html").exists()
    assert not (sites / "compare/year/2566").exists()
    answer = Client().get("/public/compare/p/16/")
    assert answer.status_code == 200
    assert "จังหวัดลพบุรี" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_nothing_is_built_while_no_table_is_accepted(installation: Installation):
    with pytest.raises(ValidationError):
        services.ask_to_build(installation)


# --- the file -------------------------------------------------------------------------------------------------------
def page_of(*tables: list[list[str]]) -> bytes:
    """Give one file with several tables."""
    lines = [["".join(f"<td>{cell}</td>" for cell in row) for row in table] for table in tables]
    return "".join(f"<table><tr>{'</tr><tr>'.join(each)}</tr></table>" for each in lines).encode()


def all_of(installation: Installation, data: bytes, name: str = "all.html") -> list[ResultTable]:
    return services.take_in(installation, content=data, name=name, source="สำนักงาน ป.ป.ช.")


def test_file_of_many_tables_is_kept_once_and_goes_with_the_last_of_them(installation: Installation):
    data = page_of(rows(2566), rows(2567), rows(2568))
    made = all_of(installation, data) + all_of(installation, data, "again.html")
    assert (len(made), [bytes(one.content) for one in ResultFile.objects.all()]) == (6, [data])
    for table in made[:5]:
        services.drop(installation, table=table)
    assert ResultFile.objects.count() == 1
    services.drop(installation, table=made[5])
    assert not ResultFile.objects.exists()


def test_explorer_reads_a_file_once_for_its_tables_and_asking_reads_none(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
):
    for table in all_of(installation, page_of(rows(2566), rows(2567), rows(2568))):
        found = services.read_as(installation, table=table, said=said(table), version=None)
        services.accept(installation, table=found, replaces=[])
    with CaptureQueriesContext(connection) as asked:
        years = [one.year_be for found in imported_all(accepted()) for one in found.tables]
    assert years == [2566, 2567, 2568]
    assert sum('"content"' in one["sql"] for one in asked) == 1
    monkeypatch.setattr(services, "AT_ONCE", 5)
    with CaptureQueriesContext(connection) as asked:
        services.ask_to_build(installation)
    assert not any('"content"' in one["sql"] or '"problems"' in one["sql"] for one in asked)


def test_every_step_is_in_the_journal_of_the_installation(installation: Installation):
    table = checked(installation, rows())
    services.accept(installation, table=table, replaces=[])
    services.ask_to_build(installation)
    told = list(AuditEntry.objects.filter(agency=None).order_by("number").values_list("action", flat=True))
    assert told == ["results.take_in", "results.read_as", "results.check", "results.accept", "results.build"]
    assert list(journal.broken(None)) == []


# --- pages ----------------------------------------------------------------------------------------------------------
def upload(client: Client, data: bytes, name: str = "2567.csv"):
    form = {"file": SimpleUploadedFile(name, data), "source": "สำนักงาน ป.ป.ช.", "framework": ""}
    return client.post(f"{ROOT}add/", form)


def test_table_goes_from_file_to_explorer_by_pages_alone(client: Client):
    table = rows()
    table[4][4] = str(Decimal(table[4][4]) - 9)
    answer = upload(client, content(table))
    (made,) = ResultTable.objects.all()
    assert answer["Location"] == f"{ROOT}{made.pk}/columns/"
    page = client.get(answer["Location"]).content.decode()
    assert "ตัวชี้วัดที่ 9" in page and "None" not in page
    form = {"version": made.version, "rank_within": "table", "year": "2567", "province": ""}
    found = columns_of(made)
    form |= {f"column-{one.guess.letter}": one.role for one in found.columns}
    answer = client.post(f"{ROOT}{made.pk}/columns/", form)
    assert answer["Location"] == f"{ROOT}{made.pk}/"
    page = client.get(answer["Location"]).content.decode()
    assert "แถว ๔" in page and "ช่อง ๕" in page and "วิธีคำนวณ" in page
    made.refresh_from_db()
    assert client.post(f"{ROOT}{made.pk}/accept/", {"version": made.version}).status_code == 422  # not looked at
    answer = client.post(f"{ROOT}{made.pk}/accept/", {"version": made.version, "looked": "on"})
    assert answer["Location"] == ROOT
    client.post(f"{ROOT}build/")
    page = client.get(ROOT).content.decode()
    assert "/public/compare/" in page and "None" not in page


def test_file_that_is_no_table_is_said_beside_its_field(client: Client):
    answer = upload(client, b"a,b\n1,2\n")
    assert answer.status_code == 422
    assert "ไม่พบตารางผลการประเมิน" in answer.content.decode()


def test_table_is_thrown_away_by_its_page(client: Client, installation: Installation):
    table = take_in(installation, rows())
    client.post(f"{ROOT}{table.pk}/drop/")
    assert not ResultTable.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_often_for_one_table_as_for_three(
    client: Client, installation: Installation, count: int, django_assert_num_queries
):
    for at in range(count):
        take_in(installation, rows(), f"{at}.csv")
    client.get(ROOT)
    with django_assert_num_queries(5):
        assert client.get(ROOT).status_code == 200


def test_strangers_find_no_page(client_of_nobody: Client, installation: Installation):
    table = take_in(installation, rows())
    for path in ("", "add/", f"{table.pk}/", f"{table.pk}/columns/"):
        assert client_of_nobody.get(f"{ROOT}{path}").status_code == 404


@pytest.fixture
def client_of_nobody(db) -> Client:
    from prongsai.web.agencies.models import User

    made = Client()
    user = User.objects.create(username="nobody")
    made.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made
