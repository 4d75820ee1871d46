"""``prongsai serve``: an office is served, and nothing is served that should not be."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from tests.web.operations.conftest import filled, filled_once, place, prepared, prepared_once  # noqa: F401
from tests.web.operations.place import SERVER, Place
from tests.web.operations.running import answers, served, status

pytestmark = pytest.mark.db
Make = Callable[[], Place]


def refusal(office: Place, *call: str, **environment: str) -> str:
    done = Given(office.folder, office.database, environment).run("serve", *call)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


class Given(Place):
    """A place whose processes get further variables."""

    def __init__(self, folder, database, more: dict[str, str]) -> None:
        super().__init__(folder, database)
        object.__setattr__(self, "more", more)

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | self.more


def test_empty_office_is_served_with_the_address_of_its_first_run(place: Make):  # noqa: F811
    office = place()
    with served(office, "serve", "--port", "0") as told:
        url, first = told["url"], told["first_run_url"]
        assert url.startswith("http://127.0.0.1:") and first.startswith(f"{url}first-run/?word=")
        assert status(first) == 200
        assert status(f"{url}first-run/") == 200  # from this machine the word is not needed
        assert status(f"{url}first-run/", **{"X-Forwarded-For": "203.0.113.9"}) == 404
        assert status(first, **{"X-Forwarded-For": "203.0.113.9"}) == 200
        assert status(f"{url}account/login/") == 200
        assert status(f"{url}05160101/") in (200, 404)  # to the sign-in page, or not there
    assert not answers(url)
    with served(office, "serve", "--port", "0") as told:
        assert told["first_run_url"] != first


def test_office_with_an_agency_gets_no_first_run(filled: Place):  # noqa: F811
    with served(filled, "serve", "--port", "0") as told:
        assert told["first_run_url"] is None
        assert status(f"{told['url']}first-run/") == 404


def test_demo_database_is_refused(prepared: Place):  # noqa: F811
    prepared.told("make_demo")
    line = refusal(prepared, "--port", "0")
    assert "prongsai.E005" in line and "prongsai demo" in line


def test_busy_port_is_refused(prepared: Place):  # noqa: F811
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        line = refusal(prepared, "--port", str(port))
    assert f"พอร์ต {port} ไม่ได้" in line and "--port" in line


def test_public_address_without_names_is_refused(prepared: Place):  # noqa: F811
    line = refusal(prepared, "--host", "0.0.0.0", "--port", "0")
    assert "prongsai.E002" in line and "PRONGSAI_HOSTS" in line


def test_debug_at_a_public_address_is_refused(prepared: Place):  # noqa: F811
    line = refusal(prepared, "--port", "0", PRONGSAI_LISTEN="0.0.0.0", PRONGSAI_DEBUG="1", PRONGSAI_HOSTS="10.0.0.1")
    assert "prongsai.E001" in line and "prongsai.E002" not in line


def test_folder_that_cannot_be_written_is_refused(place: Make, tmp_path):  # noqa: F811
    (tmp_path / "a file").write_text("")
    office = Place(tmp_path / "a file" / "data", place().database)
    assert "a file" in refusal(office, "--port", "0")


def test_database_that_does_not_answer_is_refused(place: Make):  # noqa: F811
    with socket.socket() as nobody:  # bound and never listening: nobody answers there
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        line = refusal(Place(place().folder, f"postgresql://nobody@127.0.0.1:{port}/none"), "--port", "0")
    assert "ใช้ฐานข้อมูลไม่ได้" in line and "PRONGSAI_DATABASE" in line


@pytest.mark.skipif(not SERVER, reason="of PostgreSQL alone")
def test_database_that_does_not_know_thai_is_refused(tmp_path):
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute("CREATE DATABASE ascii_only TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C' LC_COLLATE 'C'")
        try:
            line = refusal(Place(tmp_path, SERVER.rsplit("/", 1)[0] + "/ascii_only"), "--port", "0")
        finally:
            connection.execute("DROP DATABASE ascii_only WITH (FORCE)")
    assert "prongsai.E004" in line and "createdb" in line
