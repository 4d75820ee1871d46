"""Pages: their lasting paths, withdrawing, renaming, publishing elsewhere; what was submitted is changed knowingly."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.disclosure.models import Page, PageState, PastPath, ProofEntry, Submission, Watched
from prongsai.web.disclosure.queries.addresses import folder_of
from prongsai.web.disclosure.services import pages, paths
from prongsai.web.disclosure.services.building import build
from prongsai.web.disclosure.services.locks import PageLocked
from tests.web import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(scope):
    return scope(Role.PUBLISHER)


@pytest.fixture
def submitted(page, publish) -> Page:
    """A published page whose address was pasted into the national system."""
    publish(page)
    Submission.objects.create(
        item=page.item, page=page, address="https://a.go.th/1/", state="pasted", pasted_at=timezone.now()
    )
    return page


def test_item_has_one_page_for_good(item, scope):
    head = scope(Role.HEAD)
    page = pages.ensure_item_page(head, item=item())
    assert pages.ensure_item_page(head, item=item()) == page
    assert (page.path, page.kind, page.year_be, page.item_key, str(page.unit)) == (
        "2569/organisation.executives", "item", 2569, "organisation.executives", "กองคลัง",
    )  # fmt: skip


def test_item_of_another_assessment_of_the_year_has_a_path_of_its_own(system, item, publisher):
    other = cycles.open_cycle(system, framework_id="lpa-2569").items.select_related("cycle__agency").first()
    other.key = "organisation.executives"
    first = pages.ensure_item_page(publisher, item=item())
    second = pages.ensure_item_page(publisher, item=other)
    assert (first.path, second.path) == ("2569/organisation.executives", "2569/lpa/organisation.executives")


@pytest.mark.parametrize("path", ["mission", "services/hall", "faq-2569"])
def test_page_of_anything_is_made_at_a_path(publisher, path):
    assert pages.add_page(publisher, kind="free", title="ภารกิจ", path=path).path == path


@pytest.mark.parametrize(
    "path",
    [
        *("Mission", "a b", "../a", "a//b", "a/", "ก", ""),
        *("news", "news/x", "assets/x", "en/a", "search", "2569/x"),
        *("a/v1", "a/files", "files/a", "table.csv", "a.html", "con", "a/aux.b"),
    ],
)
def test_path_that_the_site_needs_itself_is_refused(publisher, path):
    with pytest.raises(ValidationError):
        pages.add_page(publisher, kind="free", title="ภารกิจ", path=path)


@pytest.mark.parametrize(
    ("kind", "path", "fits"),
    [
        ("register", "2569/data/gifts", True),
        ("register", "data/assets", True),
        ("register", "gifts", False),
        ("news", "news/2569/open-day", True),
        ("news", "news/open-day", False),
    ],
)
def test_every_kind_has_its_paths(publisher, kind, path, fits):
    given = {"kind": kind, "title": "หน้า", "path": path, "register": "gifts" if kind == "register" else ""}
    if fits:
        assert pages.add_page(publisher, **given).path == path
    else:
        with pytest.raises(ValidationError):
            pages.add_page(publisher, **given)


def test_renamed_page_leads_on_from_its_old_path_and_nobody_else_ever_gets_it(free_page, publish, publisher):
    publish(free_page)
    pages.rename(publisher, page=free_page, version=free_page.version, path="duties")
    free_page.refresh_from_db()
    assert free_page.path == "duties"
    assert list(PastPath.objects.filter(page=free_page).values_list("path", "is_alias")) == [("mission", False)]
    with pytest.raises(ValidationError):
        pages.add_page(publisher, kind="free", title="อื่น", path="mission")
    other = pages.add_page(publisher, kind="free", title="อื่น", path="other")
    with pytest.raises(ValidationError):
        pages.rename(publisher, page=other, version=None, path="mission")


def test_page_goes_back_to_a_path_of_its_own(free_page, publish, publisher):
    publish(free_page)
    pages.rename(publisher, page=free_page, version=None, path="duties")
    pages.rename(publisher, page=free_page, version=None, path="mission")
    assert list(PastPath.objects.values_list("path", flat=True)) == ["duties"]


def test_path_that_was_never_public_leaves_nothing_behind(free_page, publisher):
    pages.rename(publisher, page=free_page, version=1, path="duties")
    assert not PastPath.objects.exists()


def test_letters_great_and_small_are_one_path(item, publish, publisher):
    page = pages.ensure_item_page(publisher, item=item())
    publish(page)
    assert page.past_paths.get().path == "2569/O2"
    assert pages.paths.is_taken(publisher.agency, "2569/o2")


def test_path_that_differs_from_an_old_one_by_its_letters_only_is_refused(page, publish, publisher):
    publish(page)
    with pytest.raises(ValidationError):
        pages.rename(publisher, page=page, version=None, path="2569/o2")


def test_alias_that_differs_from_the_path_by_its_letters_only_is_none(agency, page, publish, publisher):
    pages.rename(publisher, page=page, version=None, path=f"2569/{page.item.code.lower()}")
    publish(page)
    assert not page.past_paths.exists()
    build(agency)
    root = folder_of(agency)
    names = [one.relative_to(root).as_posix() for one in root.rglob("index.html")]
    assert len({one.lower() for one in names}) == len(names)


def test_page_leads_on_from_no_path_that_is_its_own_but_for_letters(page, publisher):
    Page.objects.filter(pk=page.pk).update(path="2569/o2")
    page.refresh_from_db()
    assert paths.lead_on(publisher, page, "2569/O2", is_alias=True) is None
    PastPath.objects.create(agency=page.agency, page=page, path="2569/O9", is_alias=True)
    with pytest.raises(ValidationError):
        paths.hold_path(page.agency, "item", "2569/o9", page)


def test_withdrawn_page_says_since_when_and_why(page, publish, publisher):
    publish(page)
    with pytest.raises(ValidationError):
        pages.withdraw(publisher, page=page, version=page.version, reason=" ")
    found = pages.withdraw(publisher, page=page, version=page.version, reason="เอกสารผิดปี")
    assert (found.state, found.current, found.withdrawn_reason) == (PageState.WITHDRAWN, None, "เอกสารผิดปี")
    (entry,) = ProofEntry.objects.filter(kind="withdrawal")
    assert (entry.subject, entry.content["number"], "reason" in entry.content) == (page.pk, 1, False)
    with pytest.raises(ValidationError):
        pages.withdraw(publisher, page=page, version=None, reason="อีกครั้ง")


def test_page_elsewhere_is_the_publication_and_is_watched(page, publisher):
    address = "https://banuanplu.go.th/executives"
    found = pages.publish_elsewhere(publisher, page=page, version=1, address=address)
    assert (found.state, found.elsewhere, found.current) == (PageState.PUBLIC, address, None)
    (watched,) = Watched.objects.all()
    assert (watched.address, watched.why, watched.page, watched.item) == (address, "elsewhere", page, page.item)
    assert [one.path for one in page.past_paths.all()] == ["2569/O2"]


def test_page_comes_back_from_elsewhere_only_to_what_was_approved(page, publish, publisher):
    pages.publish_elsewhere(publisher, page=page, version=None, address="https://banuanplu.go.th/x")
    with pytest.raises(ValidationError):
        pages.publish_elsewhere(publisher, page=page, version=None, address="")
    made = publish(page)
    assert (page.elsewhere, page.current) == ("", made)
    pages.publish_elsewhere(publisher, page=page, version=None, address="https://banuanplu.go.th/y")
    back = pages.publish_elsewhere(publisher, page=page, version=None, address="")
    assert (back.state, back.current, back.elsewhere) == (PageState.PUBLIC, made, "")


def test_address_with_a_password_is_refused(page, publisher):
    with pytest.raises(ValidationError):
        pages.publish_elsewhere(publisher, page=page, version=None, address="https://a:b@example.go.th/")


def test_submitted_page_is_changed_only_knowingly(submitted, ask, scope, publisher):
    page = submitted
    asked = ask(page, body="ใหม่")
    acts = [
        lambda **more: pages.approve(scope(Role.MAYOR), release=asked, version=None, **more),
        lambda **more: pages.rename(publisher, page=page, version=None, path="2569/executives", **more),
        lambda **more: pages.publish_elsewhere(publisher, page=page, version=None, address="https://b.go.th/", **more),
        lambda **more: pages.withdraw(publisher, page=page, version=None, reason="ผิดปี", **more),
    ]
    for act in acts:
        with pytest.raises(PageLocked):
            act()
        act(knows=True)
    known = AuditEntry.objects.filter(action="page.known").order_by("number")
    assert [entry.changes["action"][1] for entry in known] == [
        "release.approve", "page.rename", "page.elsewhere", "page.withdraw",
    ]  # fmt: skip


def test_page_of_a_closed_cycle_is_not_locked(submitted, publisher, system):
    cycles.close_cycle(system, cycle=submitted.item.cycle)
    assert pages.withdraw(publisher, page=submitted, version=None, reason="ผิดปี").state == PageState.WITHDRAWN


def test_page_that_somebody_else_changed_is_stale(free_page, publisher):
    pages.change_page(publisher, page=free_page, version=1, title="ภารกิจและอำนาจ")
    with pytest.raises(Stale):
        pages.rename(publisher, page=free_page, version=1, path="duties")


def test_page_has_no_unit_of_others(free_page, publisher, other_agency):
    with pytest.raises(ValidationError):
        pages.change_page(publisher, page=free_page, version=1, unit=office.unit(other_agency, "กองคลัง"))
