"""The public site as our server gives it: without Django, with and without the slash, and back after a restore."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest

from prongsai.portal.manifest import verify
from tests.web.operations.conftest import prepared_once, published_once  # noqa: F401
from tests.web.operations.place import SERVER, Place, database_name, new_place
from tests.web.operations.running import served

pytestmark = pytest.mark.db
CODE = "05160101"
PAGE = "2569/procurement.monthly"
TYPES = {
    "": "text/html",
    f"{PAGE}/": "text/html",
    f"{PAGE}/v1/": "text/html",
    f"{PAGE}.csv": "text/csv",
    f"{PAGE}.json": "application/json",
    f"{PAGE}/files/plan.txt": "text/plain",
    "2569/O12/": "text/html",
    "old-notice/": "text/html",
    "old-notice.csv": "text/csv",
    "sitemap.xml": "text/xml",
    "feed.xml": "text/xml",
    "assets/site.css": "text/css",
    "manifest.json": "application/json",
}


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(url: str) -> Answer:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except urllib.error.HTTPError as mistake:
        return Answer(mistake.code, {k.lower(): v for k, v in mistake.headers.items()}, mistake.read())


@pytest.fixture(scope="module")
def filled(
    published_once: tuple[Place, str],  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Place, Path]]:
    """An office whose site was published by the command, and the file of its private key."""
    folder = tmp_path_factory.mktemp("published")
    with new_place(folder / "data", database_name(), like=published_once[0]) as place:
        (folder / "key.txt").write_text(published_once[1], encoding="utf-8")
        done = place.run("publish", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["to"] == str(site_of(place))
        yield place, folder / "key.txt"


@pytest.fixture(scope="module")
def root(filled: tuple[Place, Path]) -> Iterator[str]:
    """The address of its application while ``prongsai serve`` runs."""
    with served(filled[0], "serve", "--port", "0") as told:
        yield str(told["url"])


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Callable[[], Place]]:
    """Make an empty installation."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(new_place(tmp_path / "data", database_name()))


def site_of(place: Place) -> Path:
    return place.folder.resolve() / "sites" / CODE


def test_site_is_given_without_django(filled: tuple[Place, Path], root: str):
    for path, media in TYPES.items():
        answer = ask(f"{root}public/{CODE}/{path}")
        assert (path, answer.status, answer.headers["content-type"]) == (path, 200, media)
        assert answer.headers["cache-control"] == "max-age=60"
        assert "content-security-policy" not in answer.headers and "x-frame-options" not in answer.headers
    assert "content-security-policy" in ask(f"{root}account/login/").headers
    if not SERVER:
        with without_database(filled[0]):
            assert ask(f"{root}public/{CODE}/{PAGE}/").status == 200


def test_every_address_of_the_manifest_is_answered_with_its_bytes(filled: tuple[Place, Path], root: str):
    site = site_of(filled[0])
    for address in json.loads((site / "manifest.json").read_text(encoding="utf-8"))["files"]:
        answer = ask(f"{root}public/{CODE}/{address}")
        assert (answer.status, answer.body) == (200, (site / address).read_bytes()), address
    assert ask(f"{root}public/{CODE}/never-was/").status == 404
    assert ask(f"{root}public/../secret_key").status == 404
    assert ask(f"{root}public/%2e%2e/secret_key").status == 404


LINK = re.compile(r'(?:href|src|action)="([^"#?:]+)')


@pytest.mark.parametrize("path", ["", f"/{PAGE}", "/2569/O12", "/old-notice"])
def test_links_of_a_page_work_with_and_without_the_slash(root: str, path: str):
    bare = f"{root}public/{CODE}{path}"
    shown = ask(f"{bare}/")
    assert ask(bare).body == shown.body
    links = set(LINK.findall(shown.body.decode()))
    assert any(link.endswith("assets/site.css") for link in links)
    for address in (f"{bare}/", bare):
        assert {link for link in links if ask(urljoin(address, link)).status != 200} == set()


def test_site_comes_back_after_a_restore(filled: tuple[Place, Path], place: Callable[[], Place], tmp_path: Path):
    office, key = filled
    backup = tmp_path / "backup.age"
    assert office.run("backup", str(backup)).returncode == 0
    there = place()
    done = there.run("restore", str(backup), "--identity", str(key))
    assert done.returncode == 0, done.stderr
    assert not site_of(there).exists()
    with served(there, "serve", "--port", "0") as told:
        assert ask(f"{told['url']}public/{CODE}/{PAGE}/").status == 200
    assert verify(site_of(there)) == ()
    assert addresses(there) == addresses(office)


def addresses(place: Place) -> set[str]:
    return set(json.loads((site_of(place) / "manifest.json").read_text(encoding="utf-8"))["files"])


class without_database:  # noqa: N801  # reason: reads as a sentence
    """Take the database away for a while."""

    def __init__(self, place: Place) -> None:
        self._here = place.folder / "prongsai.sqlite3"
        self._away = place.folder / "away.sqlite3"

    def __enter__(self) -> None:
        for path in self._here.parent.glob("prongsai.sqlite3*"):
            path.rename(path.with_name(path.name.replace("prongsai", "away")))

    def __exit__(self, *exception: object) -> None:
        for path in self._here.parent.glob("prongsai.sqlite3*"):
            path.unlink()
        for path in self._here.parent.glob("away.sqlite3*"):
            path.rename(path.with_name(path.name.replace("away", "prongsai")))
