"""Where our server gives the public sites: the short way to a page stands for the only office there is, or for none."""

from __future__ import annotations

from pathlib import Path

import pytest

from prongsai.web.disclosure.queries.serving import office_codes, settled_on
from prongsai.web.operations.server import site_mounts

pytestmark = pytest.mark.django_db
CODE, OTHER = "05160101", "05170202"


@pytest.fixture(autouse=True)
def sites(settings, tmp_path: Path) -> Path:
    settings.SITES_FOLDER = tmp_path
    return tmp_path


def given(address: str, mounts: dict[str, Path]) -> Path | None:
    """Find the file of an address as the server does: below the first route that fits, None where none does."""
    route = next((one for one in mounts if f"{address}/".startswith(f"{one}/")), None)
    return mounts[route] / address.removeprefix(route).strip("/") if route else None


def test_the_only_office_stands_at_the_short_way_too(agency, sites: Path):
    codes = office_codes()
    assert codes == (CODE,)
    assert list(site_mounts(codes)) == [f"/public/{CODE}", "/public"]
    for address in (f"/public/{CODE}/2569/x", "/public/2569/x"):
        assert given(address, site_mounts(codes)) == sites / CODE / "2569/x"


def test_several_offices_have_no_short_way(agency, other_agency, sites: Path):
    codes = office_codes()
    assert codes == (CODE, OTHER)
    assert site_mounts(codes) == {f"/public/{code}": sites / code for code in codes}
    assert given(f"/public/{OTHER}/2569/x", site_mounts(codes)) == sites / OTHER / "2569/x"


def test_what_is_settled_tells_offices_apart_and_fits_into_an_environment_variable():
    country = [f"{code:08}" for code in range(7850)]
    assert len({settled_on(codes) for codes in ((), (CODE,), (OTHER,), (CODE, OTHER), (OTHER, CODE), country)}) == 6
    assert len(settled_on(country)) < 100  # of all of them together Windows takes 32,767 letters


def test_what_is_being_built_is_never_given(agency, other_agency):
    """It stands beside the site, under its name with an ending: below no route of several offices."""
    for address in (f"/public/{CODE}.building/index.html", "/public", "/public/2569/x"):
        assert given(address, site_mounts(office_codes())) is None


def test_first_run_begins_with_every_site(sites: Path):
    assert (settled_on(office_codes()), site_mounts(office_codes())) == ("-", {"/public": sites})


def test_office_made_after_the_start_shows_no_page_of_the_other(agency, request, sites: Path):
    """Its addresses lead where no page of the first office can stand, until the next start."""
    mounts = site_mounts(office_codes())
    request.getfixturevalue("other_agency")
    found = given(f"/public/{OTHER}/2569/x", mounts)
    assert found == sites / CODE / OTHER / "2569/x"
    assert found is not None and not found.exists()
