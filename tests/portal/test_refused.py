"""One path that is none, one file that is spoilt: they are told, and all else goes out, withdrawals first of all."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from prongsai.errors import FileUnusable
from prongsai.portal.addresses import check_path
from prongsai.portal.build import pack, publish
from prongsai.portal.manifest import verify
from prongsai.portal.model import Document, Page, Standing
from tests.portal import sample, sites
from tests.portal.test_build import other, small

BAD = (
    *("../out", "a/../../b", "con", "2569/aux.x", "a//b", "", "/a", "ก", ".building/x", ".building", "a ", "a:b"),
    *("about", "en", "en/x", "news/2569", "data", "a/v1", "a/page-2", "a/files", "files/x", "assets/x"),
    *("2569/a.csv", "2569/a.csv/y", "2569/a.JSON/y", "data.csv/x", "laws.json/x", "manifest.json/a", "index.html/x"),
    *("404.html/x", "robots.txt/x", "feed.xml/a", "sitemap-2.xml/a", "pages", "pages/x", "2569", "x" * 201),
    *("About", "EN/x", "Pages/x", "News/2569/x", "DATA/x", "Robots.TXT/x", "2569/A/V1"),
)


@pytest.mark.parametrize("path", BAD)
def test_path_at_or_below_what_is_the_sites_own_is_refused(path: str) -> None:
    with pytest.raises(FileUnusable, match="not an address"):
        check_path(path, {"2569"})


@pytest.mark.parametrize("path", ["2569/O11", "2569/plan.strategy", "news/2569/x", "data/x", "laws/x", "about/history"])
def test_path_of_a_page_is_taken(path: str) -> None:
    assert check_path(path, {"2569"}) == path


def test_bad_path_stops_no_other_page_and_is_told(tmp_path: Path) -> None:
    root = tmp_path / "site"
    pages = [replace(small(), path=path, others=()) for path in BAD if path not in ("", "2569")]
    fine = replace(small(), others=("2569/O1", "robots.txt/x", "About"))
    publish(sample.site([fine]), root)
    gone = replace(fine, withdrawn="เหตุผล", withdrawn_at=sample.NOON)
    done = publish(sample.site([*pages, gone]), root)
    told = {(one.code, one.where.file) for one in done.problems}
    assert told == {("PORTAL_ADDRESS", one.path) for one in pages} | {
        ("PORTAL_ADDRESS", "robots.txt/x"),
        ("PORTAL_ADDRESS", "About"),
    }
    assert all(one.message_th and one.mend_th for one in done.problems)
    assert "หน้านี้ถอนจากการเผยแพร่แล้ว" in (root / "2569/one/index.html").read_text("utf-8")
    assert "หน้านี้ย้ายไปอยู่ที่" in (root / "2569/O1/index.html").read_text("utf-8")
    publish(sample.site([replace(gone, others=("2569/O1",))]), tmp_path / "alone")
    assert sites.files(root).keys() == sites.files(tmp_path / "alone").keys()
    assert sites.all_broken(root) == []
    assert verify(root) == ()


def test_list_of_the_year_does_not_lead_to_a_page_that_was_left_out(tmp_path: Path) -> None:
    site = sample.site()
    entries = tuple(replace(one, path="2569/a.csv/x") if one.code == "O8" else one for one in site.entries)
    done = pack(replace(site, entries=entries), tmp_path / "site.zip")
    assert [one.where.file for one in done.problems] == ["2569/a.csv/x"]
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        archive.extractall(tmp_path / "site")
    assert sites.all_broken(tmp_path / "site") == []


def test_second_page_at_one_address_is_left_out_and_told(tmp_path: Path) -> None:
    second = replace(small("อีกหน้า"), path="2569/ONE", others=())
    done = publish(sample.site([small(), second]), tmp_path)
    assert [(one.code, one.where.file) for one in done.problems] == [("PORTAL_TWICE", "2569/ONE")]
    assert [one.name for one in (tmp_path / "2569").iterdir() if one.name.lower() == "one"] == ["one"]


def test_old_path_that_differs_by_case_only_replaces_no_page(tmp_path: Path) -> None:
    pages = [replace(small(), path="2569/o1"), replace(other(1), others=("2569/o1/v1", "2569/ONE", "2569/O1"))]
    site = sample.site([pages[0], replace(pages[1], others=("2569/O1",))])
    publish(site, tmp_path)
    names = list(sites.files(tmp_path))
    assert len({name.lower() for name in names}) == len(names)
    assert "เรื่องหนึ่ง" in (tmp_path / "2569/o1/index.html").read_text("utf-8")


# --- spoilt files ---------------------------------------------------------------------------------------------------
def torn() -> bytes:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("read", [lambda: b"other bytes", torn], ids=["other bytes", "cannot be read"])
def test_spoilt_file_stops_nothing_is_told_and_mended_by_the_next_run(tmp_path: Path, read: object) -> None:
    whole = sample.asset("one.pdf", sample.pdf(1))
    spoilt = replace(whole, open_bytes=read)
    release = sample.release(1, Standing.CURRENT, "ก", documents=(Document(spoilt, "ก"),))
    page = Page("2569/a", "item", "ก", (release,), others=("2569/before",))
    root = tmp_path / "site"
    for again in (False, True):  # it is tried each time, and told each time
        done = publish(sample.site([page, other(1)]), root, heal=again)
        assert [(one.code, one.where.file) for one in done.problems] == [("PORTAL_FILE", "2569/a/v1/files/one.pdf")]
        for at in ("2569/a/v1/files/one.pdf", "2569/a/files/one.pdf", "2569/before/v1/files/one.pdf"):
            assert (root / at).read_bytes()[:5] == b"%PDF-"
        assert (root / "news/2569/n1/index.html").is_file()
        assert (verify(root), sites.all_broken(root)) == ((), [])
    assert [one.code for one in pack(sample.site([page]), tmp_path / "s.zip").problems] == ["PORTAL_FILE"]
    mended = replace(page, releases=(replace(release, documents=(Document(whole, "ก"),)),))
    site = replace(sample.site([mended, other(1)]), entries=(sample.entry(mended), sample.entry(other(1))))
    stamps = {one.path: one.stamp for one in sample.site([page, other(1)]).entries}
    same = replace(site, entries=tuple(replace(one, stamp=stamps[one.path]) for one in site.entries))
    assert publish(same, root).problems == ()
    assert (root / "2569/a/files/one.pdf").read_bytes() == sample.pdf(1)


def test_spoilt_photo_stops_nothing(tmp_path: Path) -> None:
    site = sample.site([])
    first, *others = site.political
    assert first.photo
    broken = replace(first, photo=replace(first.photo, open_bytes=torn))
    done = publish(replace(site, political=(broken, *others)), tmp_path)
    assert [one.code for one in done.problems] == ["PORTAL_FILE"]
    assert publish(site, tmp_path).problems == ()
    assert (verify(tmp_path), sites.all_broken(tmp_path)) == ((), [])


# --- what other programs read ---------------------------------------------------------------------------------------
def test_feed_is_well_formed_whatever_the_title(tmp_path: Path) -> None:
    title = "เรื่อง\x0bหนึ่ง\x00\ufffe\ud800"
    page = Page("a", "free", title, (sample.release(1, Standing.CURRENT, title, summary=title),))
    publish(sample.site([page]), tmp_path)
    for name in ("feed.xml", "sitemap.xml"):
        ElementTree.fromstring((tmp_path / name).read_bytes())


def test_zip_that_is_locked_or_packed_otherwise_is_told_of(tmp_path: Path) -> None:
    pack(sample.site([small()]), tmp_path / "s.zip")
    for name, place, value in (("locked", 8, 1), ("strange", 10, 99), ("lzma", 10, 14)):
        data = bytearray((tmp_path / "s.zip").read_bytes())
        at = 0
        while (at := data.find(b"PK\x01\x02", at)) >= 0:
            data[at + place] = value
            at += 4
        (tmp_path / f"{name}.zip").write_bytes(bytes(data))
        assert [one.code for one in verify(tmp_path / f"{name}.zip")] == ["PORTAL_MANIFEST"], name
