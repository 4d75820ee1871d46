"""The library of laws: free pages below ``laws/``, each with its year and whether it holds (C8.1)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Page
from prongsai.web.disclosure.queries.addresses import folder_of
from prongsai.web.disclosure.queries.site import site_of
from prongsai.web.disclosure.services import pages
from prongsai.web.disclosure.services.building import build

pytestmark = pytest.mark.django_db
GIVEN = {
    "kind": "law",
    "title": "เทศบัญญัติการจัดการมูลฝอย",
    "path": "waste",
    "law_year_be": "๒๕๖๕",
    "law_state": "in_force",
}


@pytest.fixture
def add(agency, sign_in):
    """Send the form: ``add(law_state="")``."""
    return lambda **given: sign_in(Role.PUBLISHER).post(f"/{agency.code}/site/pages/add/", GIVEN | given)


@pytest.fixture
def law(scope) -> Page:
    return pages.add_page(
        scope(Role.PUBLISHER), kind="free", title="เทศบัญญัติ", path="laws/waste", year_be=2565, law_state="in_force"
    )


@pytest.mark.parametrize("given", [{}, {"kind": "free", "path": "laws/waste"}, {"path": "laws/waste"}])
def test_law_is_added_below_laws_with_year_and_state(add, given):
    assert add(**given).status_code == 302
    made = Page.objects.get()
    assert (made.kind, made.path, made.year_be, made.law_state) == ("free", "laws/waste", 2565, "in_force")


@pytest.mark.parametrize("missing", ["law_year_be", "law_state", "path"])
def test_law_without_year_or_state_is_asked_for_it(add, missing):
    answer = add(**{missing: ""})
    assert (answer.status_code, list(answer.context["form"].errors), Page.objects.count()) == (422, [missing], 0)


def test_page_that_is_no_law_keeps_no_state(add):
    assert add(kind="free", path="mission").status_code == 302
    made = Page.objects.get()
    assert (made.path, made.year_be, made.law_state, made.is_law) == ("mission", 0, "", False)


@pytest.mark.parametrize("given", [{"year_be": 2565}, {"law_state": "repealed"}, {}])
def test_law_is_refused_without_year_and_state_wherever_it_comes_from(scope, given):
    with pytest.raises(ValidationError):
        pages.add_page(scope(Role.PUBLISHER), kind="free", title="เทศบัญญัติ", path="laws/waste", **given)


@pytest.mark.parametrize("path", ["laws", "laws/waste/2565", "laws/v1", "data/laws", "05170202"])
def test_paths_that_are_no_law_stay_reserved(scope, path):
    given = {"year_be": 2565, "law_state": "in_force"}
    with pytest.raises(ValidationError):
        pages.add_page(scope(Role.PUBLISHER), kind="free", title="เทศบัญญัติ", path=path, **given)


def test_page_does_not_become_a_law_nor_stop_being_one_by_its_path(law, free_page, scope):
    for page, path in ((law, "waste"), (free_page, "laws/mission")):
        with pytest.raises(ValidationError):
            pages.rename(scope(Role.PUBLISHER), page=page, version=None, path=path)


def test_repealed_law_is_told_in_the_library(agency, law, publish, sign_in):
    publish(law, body="ข้อ ๑")
    assert [(one.year_be, one.state, one.path) for one in site_of(agency).laws] == [(2565, "in force", "laws/waste")]
    client, address = sign_in(Role.PUBLISHER), f"/{agency.code}/site/pages/{law.pk}/"
    given = {"title": law.title, "law_state": "repealed", "version": law.version}
    assert client.post(f"{address}settings/", given).status_code == 302
    assert [one.state for one in site_of(agency).laws] == ["repealed"]
    build(agency)
    assert "ยกเลิก" in (folder_of(agency) / "laws/index.html").read_text(encoding="utf-8")
    assert "ยกเลิกแล้ว" in client.get(address).content.decode()


def test_state_is_asked_of_laws_alone(agency, law, free_page, sign_in):
    client = sign_in(Role.PUBLISHER)
    asked = [
        b'name="law_state"' in client.get(f"/{agency.code}/site/pages/{page.pk}/settings/").content
        for page in (law, free_page)
    ]
    assert asked == [True, False]
