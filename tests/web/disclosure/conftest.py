"""A cycle of the year, pages of its items, and releases that went the whole way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Cycle, ItemState
from prongsai.web.disclosure.models import GateCheck, GateOutcome, Page, Release, ReleaseFile
from prongsai.web.disclosure.services import pages
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file
from tests.web import office
from tests.web.kept import begin_with

FRAMEWORK = "ita-2569"
ITEM = "organisation.executives"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path: Path) -> Path:
    """Folders of their own for built sites and for the office's own registers."""
    settings.REGISTERS_FOLDER = tmp_path / "registers"
    settings.SITES_FOLDER = tmp_path / "sites"
    return settings.SITES_FOLDER


@pytest.fixture
def cycle(system: Scope) -> Cycle:
    """The cycle of the year."""
    begin_with("cycle of the year", lambda: cycles.open_cycle(system, framework_id=FRAMEWORK))
    return Cycle.objects.get(agency=system.agency, framework_id=FRAMEWORK)


@pytest.fixture
def item(cycle: Cycle, agency: Agency) -> Callable[..., ItemState]:
    """An item of the year, of a unit: ``item("organisation.executives", unit="กองคลัง")``."""

    def give(key: str = ITEM, unit: str = "กองคลัง") -> ItemState:
        found = cycle.items.select_related("cycle__agency").get(key=key)
        found.unit = office.unit(agency, unit)
        found.save()
        return found

    return give


@pytest.fixture
def page(item: Callable[..., ItemState], scope: Callable[[Role], Scope]) -> Page:
    """The page of an item of กองคลัง; nothing was published yet."""
    return pages.ensure_item_page(scope(Role.HEAD), item=item())


@pytest.fixture
def free_page(scope: Callable[[Role], Scope]) -> Page:
    """A page that belongs to no item."""
    return pages.add_page(scope(Role.PUBLISHER), kind="free", title="ภารกิจ", path="mission")


@pytest.fixture
def ask(scope: Callable[[Role], Scope]) -> Callable[..., Release]:
    """Write a release and ask for it: ``ask(page, body="…")``; ``by``: a role."""

    def make(page: Page, by: Role = Role.PUBLISHER, **fields: Any) -> Release:
        given = {"body": "ข้อมูลของหน่วยงาน"} | fields
        draft = pages.write_release(scope(by), page=page, version=None, **given)
        return pages.request_release(scope(by), release=draft, version=draft.version)

    return make


@pytest.fixture
def publish(ask: Callable[..., Release], scope: Callable[[Role], Scope]) -> Callable[..., Release]:
    """Publish a page: written by the publisher, approved by the permanent secretary: ``publish(page, body="…")``."""

    def make(page: Page, **fields: Any) -> Release:
        asked = ask(page, **fields)
        made = pages.approve(scope(Role.SECRETARY), release=asked, version=asked.version, knows=True)
        page.refresh_from_db()
        return made

    return make


@pytest.fixture
def attach(scope: Callable[[Role], Scope]) -> Callable[..., ReleaseFile]:
    """Show a file that the privacy gate has let through, without the second that its look takes."""

    def make(release: Release, file: File, title: str = "แผน", **more: Any) -> ReleaseFile:
        made = pages.attach(scope(Role.PUBLISHER), release=release, file=file, title=title, **more)
        GateCheck.objects.create(release=release, file=made, sha256=file.sha256, outcome=GateOutcome.NOTHING)
        return made

    return make


@pytest.fixture
def file(system: Scope) -> Callable[..., File]:
    """Keep a file: ``file("แผน.txt", "ข้อความ")``."""

    def make(name: str = "แผน.txt", content: str | bytes = "แผนของหน่วยงาน\n", **more: Any) -> File:
        given = content.encode() if isinstance(content, str) else content
        return keep_file(system, name=name, content=given, **more)

    return make
