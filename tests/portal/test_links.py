"""Links inside the site lead where their pages are by now; links to forms stand beside telephone and address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from prongsai.portal.build import is_stale, pack, publish
from prongsai.portal.entry import ways_from
from prongsai.portal.manifest import Manifest
from prongsai.portal.model import Block, BlockKind, FormLink, Page, Release, Site, Standing
from prongsai.portal.render import Press, page_html
from tests.portal import sample, sites
from tests.portal.test_build import Cut, cut_after


def page(path: str, *addresses: str, **given: object) -> Page:
    body = tuple(Block(BlockKind.LINK, (f"ไปที่ {one}",), address=one) for one in addresses)
    release = Release(1, Standing.CURRENT, f"หน้า {path}", body=body)
    return Page(path, "free", f"หน้า {path}", (release,), **given)  # type: ignore[arg-type]


def prose(content: bytes) -> Element:
    found = sites.parsed(content).find(".//*[@class='prose']")
    assert found is not None
    return found


def way(root: Path, path: str) -> list[str]:
    return [one.get("href", "") for one in prose((root / path / "index.html").read_bytes()).iter("a")]


def same_as_fresh(site: Site, root: Path, fresh: Path) -> None:
    publish(site, fresh)
    assert sites.files(root) == sites.files(fresh)


@pytest.mark.parametrize("address", ["b", "/b/", "b/index.html", "B"])
def test_link_to_a_page_that_comes_later_appears(tmp_path: Path, address: str) -> None:
    root = tmp_path / "site"
    publish(sample.site([page("a", address)]), root)
    assert way(root, "a") == []
    site = sample.site([page("a", address), page("b")])
    publish(site, root)
    assert way(root, "a") == ["../b/index.html"]
    same_as_fresh(site, root, tmp_path / "fresh")


def test_link_to_a_renamed_page_leads_there_at_once(tmp_path: Path) -> None:
    root = tmp_path / "site"
    publish(sample.site([page("a", "b"), page("b")]), root)
    for path, others in (("c", ("b",)), ("2569/d", ("b", "c"))):
        site = sample.site([page("a", "b"), page(path, others=others)])
        publish(site, root)
        assert way(root, "a") == [f"../{path}/index.html"]
    publish(site, tmp_path / "fresh")
    assert way(tmp_path / "fresh", "a") == ["../2569/d/index.html"]


def test_page_is_made_again_only_when_its_links_lead_elsewhere(tmp_path: Path) -> None:
    loaded: list[str] = []

    def counted(site: Site) -> Site:
        entries = tuple(
            replace(one, load=lambda one=one: (loaded.append(one.path), one.load())[1]) for one in site.entries
        )
        return replace(site, entries=entries)

    pages = [page("a", "b", "https://out.example/x"), page("c", "b"), page("d")]
    publish(counted(sample.site(pages)), tmp_path)
    loaded.clear()
    site = sample.site([*pages, page("e")])
    publish(counted(site), tmp_path)
    assert loaded == ["e"]
    loaded.clear()
    last = sample.site([*pages, page("e"), page("b")])
    manifest = Manifest.read((tmp_path / "manifest.json").read_text("utf-8"))
    assert [one.path for one in last.entries if is_stale(Press(last), manifest, one)] == ["a", "c", "b"]
    publish(counted(last), tmp_path)
    assert loaded == ["a", "c", "b"]


def test_links_of_what_is_not_shown_do_not_count() -> None:
    shown, hidden = page("a", "b", "form:service", "https://out.example/").releases[0], page("a", "z").releases[0]
    both = replace(page("a"), releases=(shown, replace(hidden, standing=Standing.WITHDRAWN)))
    assert ways_from(both) == ["b", "form:service"]
    assert ways_from(replace(both, withdrawn="เหตุผล")) == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/x", "data:text/html,x", "\x02b\x03x\x04"])
def test_link_that_leads_nowhere_stays_words(tmp_path: Path, address: str) -> None:
    publish(sample.site([page("a", address, "b"), page("b")]), tmp_path)
    assert way(tmp_path, "a") == ["../b/index.html"]
    assert not any(sign in (tmp_path / "a/index.html").read_text("utf-8") for sign in "\x02\x03\x04")


def test_run_that_is_cut_off_links_to_nothing_that_is_not_there(tmp_path: Path) -> None:
    site = sample.site([page("a", "b"), page("c", "b", "d"), page("d", "a", others=("b",))])
    written: list[str] = []
    publish(site, tmp_path / "whole", tell=written.append)
    first, last = written.index("a/v1/index.html"), written.index("d/index.html")
    for count in range(first, last + 2):
        root = tmp_path / str(count)
        with pytest.raises(Cut):
            publish(site, root, tell=cut_after(count))
        assert sites.all_broken(root) == []
    publish(site, root)
    assert sites.files(root) == sites.files(tmp_path / "whole")


# --- forms ----------------------------------------------------------------------------------------------------------
def test_form_is_a_link_beside_telephone_and_address(tmp_path: Path) -> None:
    site = sample.site([page("a", "form:questions", "form:corruption", "form:none")])
    publish(site, tmp_path)
    lines = list(prose((tmp_path / "a/index.html").read_bytes()).iter("p"))
    office = sample.office()
    asked = [[one.get("href") for one in line.iter("a")] for line in lines]
    assert asked == [["https://app.example/05160101/questions/", "tel:036000000"], ["tel:036000000"], ["tel:036000000"]]
    for line, key in zip(lines, ("questions", "corruption", "none"), strict=True):
        said = "".join(line.itertext())
        assert said.startswith(f"ไปที่ form:{key}") and office.phone in said and office.address in said
    assert sites.faults(tmp_path, "a/index.html", (tmp_path / "a/index.html").read_bytes()) == []


def test_form_without_words_has_its_own_title(tmp_path: Path) -> None:
    bare = Block(BlockKind.LINK, address="form:service")
    release = Release(1, Standing.CURRENT, "ก", body=(bare,), body_en=(bare,), title_en="A")
    site = sample.site([Page("a", "free", "ก", (release,), title_en="A")])
    publish(site, tmp_path)
    assert prose((tmp_path / "a/index.html").read_bytes()).findtext(".//a") == "ยื่นคำขอรับบริการออนไลน์"
    english = prose((tmp_path / "en/a/index.html").read_bytes())
    assert "99 Moo 3" in "".join(english.itertext())


def test_page_follows_its_form(tmp_path: Path) -> None:
    root = tmp_path / "site"
    given = sample.site([page("a", "form:corruption"), page("b")])
    publish(given, root)
    assert way(root, "a") == ["tel:036000000"]
    opened = FormLink("corruption", "แจ้งเบาะแส", "https://app.example/new/")
    site = replace(given, forms=(opened,))
    publish(site, root)
    assert way(root, "a")[0] == opened.address
    same_as_fresh(site, root, tmp_path / "fresh")
    pack(site, tmp_path / "site.zip")
    assert opened.address in page_html(site, page("a", "form:corruption"))


def test_office_without_telephone_and_address_leaves_words(tmp_path: Path) -> None:
    site = sample.site([page("a", "form:corruption")])
    bare = replace(site, office=replace(site.office, phone="", address=""))
    publish(bare, tmp_path)
    assert [one.text.strip() for one in prose((tmp_path / "a/index.html").read_bytes()).iter("p")] == [
        "ไปที่ form:corruption"
    ]
