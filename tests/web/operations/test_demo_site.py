"""The public site of the made-up municipality: every state of a page is seen, and nothing of it waits at the gate."""

from __future__ import annotations

from pathlib import Path

import pytest

from prongsai.frameworks.load import load
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.disclosure.models import GateCheck, Page, Posting, ReleaseFile, Submission
from prongsai.web.operations import demo, demo_site
from prongsai.web.operations.demo import Account
from prongsai.web.operations.demo_samples import samples
from prongsai.web.operations.services import set_up

pytestmark = pytest.mark.django_db
SITE = Path(__file__).resolve().parents[3] / "samples" / "site"
ITEMS = [sample for sample in samples(SITE) if not sample.head("kind")]
TAKEN = (
    *("child-centre", "market", "news-2569-01", "safety"),
    *("complaints.corruption.channel", "complaints.corruption.statistics", "organisation.structure-and-powers"),
)


@pytest.fixture
def site(db, monkeypatch: pytest.MonkeyPatch) -> dict[str, Page]:
    """Some pages of the demonstration, without its registers; each under its path."""
    agency = Agency(**demo.AGENCY, is_demo=True)
    words = {"person": demo.ADMIN, "post": demo.ADMIN_POST, "username": "admin", "password": "tambon-4821-7730"}
    made = set_up(agency=agency, roles=[Role.ADMIN], **words)
    keeper = scope_of(made.user, agency.code)
    assert keeper is not None
    demo._staff(keeper)
    wanted = (Role.ADMIN, Role.PUBLISHER, Role.MAYOR)
    people = demo._accounts(keeper, {role: Account(role, role, "tambon-4821-7730") for role in wanted})
    cycles.ensure_cycle(keeper, fiscal_year_be=demo.NEWEST)
    monkeypatch.setattr(demo_site, "TABLES", {})
    monkeypatch.setattr(demo_site, "samples", lambda folder: (one for one in samples(folder) if one.name in TAKEN))
    demo_site.load(demo._scopes(people, agency.code), SITE.parent, demo.NEWEST)
    return {page.path.removeprefix(f"{demo.NEWEST}/"): page for page in Page.objects.all()}


def test_every_state_of_a_page_is_seen_and_nothing_waits(site: dict[str, Page]):
    seen = {path: (page.state, page.elsewhere, page.current and page.current.number) for path, page in site.items()}
    assert seen == {
        "child-centre": ("public", "https://www.suanphlu.example/child-centre/", None),
        "market": ("withdrawn", "", None),
        "safety": ("public", "", 1),
        "news/2569/light-moo-2": ("public", "", 1),
        "complaints.corruption.channel": ("public", "", 2),
        "complaints.corruption.statistics": ("public", "", 1),
        "organisation.structure-and-powers": ("public", "", 1),
    }
    assert [check for check in GateCheck.objects.all() if check.outcome != "nothing" or check.found] == []
    assert site["complaints.corruption.channel"].current.change_note == "เพิ่มสาระสำคัญ"
    assert [posting.is_counted for posting in Posting.objects.all()] == [True]
    assert [one.state for one in Submission.objects.all()] == ["pasted"]
    files = ReleaseFile.objects.filter(release__page=site["complaints.corruption.statistics"])
    assert sorted(Path(one.name).suffix for one in files) == [".pdf", ".xlsx"]


def test_samples_are_the_items_of_the_year_and_those_submitted_are_among_them():
    names = {sample.name for sample in ITEMS}
    assert names == {item.key for item in load(f"ita-{demo.NEWEST}").items}
    assert set(demo_site.SUBMITTED) <= names
