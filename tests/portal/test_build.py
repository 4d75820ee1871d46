"""A folder is written only where it changed, taken up where it was left, and the same for the same site."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from prongsai.portal.alone import alone
from prongsai.portal.build import pack, publish
from prongsai.portal.manifest import verify
from prongsai.portal.model import Document, Page, Site, Standing
from tests.portal import sample, sites


class Cut(Exception):
    pass


def cut_after(count: int) -> Callable[[str], None]:
    """End a run after so many files, as a power cut does."""
    left = [count]

    def tell(_: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Cut

    return tell


def small(title: str = "เรื่องหนึ่ง", **given: object) -> Page:
    return Page(
        "2569/one",
        "item",
        title,
        (
            sample.release(
                1,
                Standing.CURRENT,
                title,
                tables=(sample.purchases(2),),
                documents=(Document(sample.asset("one.pdf", sample.pdf(1)), "หนึ่ง"),),
            ),
        ),
        code="O1",
        year_be=2569,
        others=("2569/O1",),
        **given,
    )  # type: ignore[arg-type]


def other(number: int, title: str = "อีกเรื่อง") -> Page:
    return Page(
        f"news/2569/n{number}",
        "news",
        f"{title} {number}",
        (sample.release(1, Standing.CURRENT, f"{title} {number}"),),
        year_be=2569,
    )


def test_same_site_gives_the_same_bytes(rich: Path, tmp_path: Path) -> None:
    publish(sample.site(), tmp_path)
    assert sites.files(tmp_path) == sites.files(rich)


def test_nothing_changed_writes_nothing_and_loads_nothing(tmp_path: Path) -> None:
    site = sample.site()
    publish(site, tmp_path)

    def refuse() -> Page:
        raise AssertionError("loaded")

    again = replace(site, entries=tuple(replace(one, load=refuse) for one in site.entries))
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    done = publish(again, tmp_path)
    assert done.written == 0
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_one_changed_page_writes_what_tells_of_it(tmp_path: Path) -> None:
    pages = [small(), *(other(number) for number in range(30))]
    publish(sample.site(pages), tmp_path)
    written: list[str] = []
    pages[5] = replace(pages[5], releases=(replace(pages[5].releases[0], summary="แก้ใหม่"),))
    publish(sample.site(pages), tmp_path, tell=written.append)
    own = {address for address in written if address.startswith("news/2569/n4/")}
    assert own == {"news/2569/n4/index.html", "news/2569/n4/v1/index.html"}
    others = set(written) - own
    assert others <= {"index.html", "news/index.html", "news/2569/index.html", "feed.xml", "assets/search/1.js"}
    fresh = tmp_path / "fresh"
    publish(sample.site(pages), fresh)
    assert {at: content for at, content in sites.files(tmp_path).items() if not at.startswith("fresh/")} == sites.files(
        fresh
    )


def test_what_stands_on_every_page_makes_every_page_anew(tmp_path: Path) -> None:
    site = sample.site([small(), other(1)])
    publish(site, tmp_path)
    moved = replace(site, office=replace(site.office, phone="0-3611-1111"))
    publish(moved, tmp_path)
    assert [at for at, content in sites.pages(tmp_path) if b"0-3600-0000" in content] == []


def test_missing_or_cut_file_is_written_again(tmp_path: Path) -> None:
    site = sample.site([small(), other(1)])
    publish(site, tmp_path)
    whole = sites.files(tmp_path)
    (tmp_path / "2569/one/files/one.pdf").unlink()
    (tmp_path / "news/2569/n1/index.html").write_bytes(b"")
    (tmp_path / "assets/site.css").unlink()
    (tmp_path / "assets/search/1.js").write_bytes(b"")
    publish(site, tmp_path, heal=True)
    assert sites.files(tmp_path) == whole


def test_manifest_alone_brings_every_address_back(tmp_path: Path) -> None:
    pages = [small(), other(1), other(2)]
    publish(sample.site(pages), tmp_path)
    publish(sample.site(pages[:2]), tmp_path)
    kept = sites.files(tmp_path)
    restored = tmp_path / "restored"
    restored.mkdir()
    (restored / "manifest.json").write_bytes(kept["manifest.json"])
    publish(sample.site(pages[:2]), restored, heal=True)
    assert sites.files(restored) == kept
    assert "หน้านี้ไม่มีแล้ว" in (restored / "news/2569/n2/index.html").read_text("utf-8")


def test_broken_manifest_loses_no_address(tmp_path: Path) -> None:
    pages = [small(), other(1), other(2)]
    publish(sample.site(pages), tmp_path)
    known = set(sites.files(tmp_path))
    (tmp_path / "manifest.json").write_bytes(b"{")
    publish(sample.site(pages[:2]), tmp_path)
    assert known <= set(sites.files(tmp_path))
    assert verify(tmp_path) == ()


def test_run_that_is_cut_off_never_leads_nowhere_and_is_taken_up(tmp_path: Path) -> None:
    before, after = [small(), other(1)], [small("เรื่องใหม่"), other(2), other(1)]
    whole = tmp_path / "whole"
    publish(sample.site(before), whole)
    publish(sample.site(after), whole)
    for count in (*range(20, 90, 6), *range(95, 190, 13)):
        root = tmp_path / f"cut-{count}"
        try:
            publish(sample.site(before), root, tell=cut_after(count))
            publish(sample.site(after), root, tell=cut_after(count))
        except Cut:
            assert sites.all_broken(root) == []
        publish(sample.site(before), root)
        publish(sample.site(after), root)
        assert sites.files(root) == sites.files(whole)


def test_resumed_run_does_not_make_again_what_was_done(tmp_path: Path) -> None:
    pages = [other(number) for number in range(20)]
    loaded: list[str] = []

    def counted(site: Site) -> Site:
        return replace(
            site,
            entries=tuple(
                replace(one, load=lambda one=one: (loaded.append(one.path), one.load())[1]) for one in site.entries
            ),
        )

    with pytest.raises(Cut):
        publish(counted(sample.site(pages)), tmp_path, tell=cut_after(90))
    done = len(loaded) - 1
    assert done > 5
    loaded.clear()
    publish(counted(sample.site(pages)), tmp_path)
    # Each page once: what was done only for its words, what was not for its files.
    assert len(loaded) == 20
    assert (tmp_path / "news/2569/n3/v1/index.html").stat().st_mtime_ns < (
        tmp_path / "manifest.json"
    ).stat().st_mtime_ns
    assert verify(tmp_path) == ()


def test_page_that_takes_an_old_address_stands_there(tmp_path: Path) -> None:
    old = replace(
        small(),
        path="2569/new",
        others=("2569/one", "2569/O1"),
        releases=(*small().releases, replace(small().releases[0], number=7)),
    )
    new = small(
        "หน้าใหม่ที่ที่อยู่เดิม",
    )
    new = replace(new, others=(), code="")
    publish(sample.site([old]), tmp_path)
    assert "หน้านี้ย้ายไปอยู่ที่" in (tmp_path / "2569/one/index.html").read_text("utf-8")
    publish(sample.site([old, new]), tmp_path)
    assert "หน้าใหม่ที่ที่อยู่เดิม" in (tmp_path / "2569/one/index.html").read_text("utf-8")
    assert (tmp_path / "2569/one/v7/index.html").is_file()
    fresh = tmp_path / "fresh"
    publish(sample.site([old, new]), fresh)
    assert {at: content for at, content in sites.files(tmp_path).items() if not at.startswith("fresh/")} == sites.files(
        fresh
    )


def test_erased_bytes_are_nowhere_in_the_folder(tmp_path: Path) -> None:
    secret = b"%PDF-1.4 1-2345-67890-12-3"
    held = Document(sample.asset("secret.pdf", secret), "ลับ")
    page = Page(
        "2569/a",
        "item",
        "ก",
        (
            sample.release(2, Standing.CURRENT, "ก", documents=(held,)),
            sample.release(1, Standing.REPLACED, "ก", documents=(held,)),
        ),
        others=("2569/before",),
    )
    publish(sample.site([page]), tmp_path)
    assert sum(secret in content for content in sites.files(tmp_path).values()) == 6
    gone = Document(sample.erased("secret.pdf", secret), "ลับ")
    erased = replace(page, releases=tuple(replace(one, documents=(gone,)) for one in page.releases))
    publish(sample.site([erased]), tmp_path)
    assert [at for at, content in sites.files(tmp_path).items() if secret in content] == []
    assert (tmp_path / "2569/before/v1/files/secret.pdf").read_bytes()[:5] == b"%PDF-"


def test_photo_that_the_office_took_away_is_nowhere_in_the_folder(tmp_path: Path) -> None:
    site = sample.site([])
    publish(site, tmp_path)
    photo = sample.portrait(10).open_bytes
    assert photo
    publish(replace(site, political=()), tmp_path)
    left = [at for at, content in sites.files(tmp_path).items() if content == photo()]
    assert left == [f"assets/office/{sample.portrait(22).sha256[:20]}.svg"]  # the same drawing is another's photo


def test_file_names_are_safe_everywhere(tmp_path: Path) -> None:
    names = ("nul.pdf", 'a"b<c>.pdf', "..", "รายงาน.pdf", "a b.pdf", "x.pdf.")
    documents = tuple(Document(sample.asset(name, name.encode()), name) for name in names)
    publish(
        sample.site([Page("p", "free", "ก", (sample.release(1, Standing.CURRENT, "ก", documents=documents),))]),
        tmp_path,
    )
    assert sorted(file.name for file in (tmp_path / "p/files").iterdir()) == [
        "_nul.pdf",
        "a-b-c-.pdf",
        "a-b.pdf",
        "file",
        "pdf",
        "x.pdf",
    ]
    assert sites.all_broken(tmp_path) == []


def test_two_runs_wait_for_each_other(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        publish(sample.site([other(1)]), tmp_path)
        order.append("second")

    with alone(tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        publish(sample.site([small()]), tmp_path)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert verify(tmp_path) == ()


# --- zip ------------------------------------------------------------------------------------------------------------
def test_zip_holds_what_the_folder_holds_and_lists_of_it(rich: Path, tmp_path: Path) -> None:
    done = pack(sample.site(), tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        names = archive.namelist()
        packed = {name: archive.read(name) for name in names}
    assert len(names) == len(set(names))
    lists = {name: packed.pop(name) for name in ("PAGES.csv", "PAGES.html")}
    folder = sites.files(rich)
    assert packed.keys() == folder.keys()
    assert {name for name in packed if packed[name] != folder[name]} == {"manifest.json"}
    assert verify(tmp_path / "site.zip") == ()
    assert set(done.addresses) == {*packed, *lists} - {"manifest.json"}
    sites.parsed(lists["PAGES.html"])
    assert "2569/procurement.monthly/index.html" in lists["PAGES.csv"].decode("utf-8-sig")


def test_same_site_gives_the_same_zip(tmp_path: Path) -> None:
    site = sample.site([small(), other(1)])
    pack(site, tmp_path / "a.zip")
    pack(site, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip", "b.zip"]


# --- verify ---------------------------------------------------------------------------------------------------------
def codes(place: Path) -> list[tuple[str, str | None]]:
    return [(one.code, one.where.file) for one in verify(place)]


def test_verify_finds_a_changed_byte_in_any_file(tmp_path: Path) -> None:
    publish(sample.site([small(), other(1)]), tmp_path)
    assert codes(tmp_path) == []
    for address in sites.files(tmp_path):
        file = tmp_path / address
        content = file.read_bytes()
        if content:
            at = len(content) // 2
            file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            wanted = "PORTAL_MANIFEST" if address == "manifest.json" else "PORTAL_CHANGED"
            assert codes(tmp_path) == [(wanted, address)]
            file.write_bytes(content)
    assert codes(tmp_path) == []


def test_verify_finds_what_is_missing_and_what_is_not_ours(tmp_path: Path) -> None:
    publish(sample.site([small()]), tmp_path)
    (tmp_path / "2569/one.csv").unlink()
    (tmp_path / "2569/strange.html").write_text("x")
    assert codes(tmp_path) == [("PORTAL_MISSING", "2569/one.csv"), ("PORTAL_EXTRA", "2569/strange.html")]
    (tmp_path / "manifest.json").unlink()
    assert codes(tmp_path) == [("PORTAL_MANIFEST", "manifest.json")]


def test_verify_finds_the_same_in_a_zip(tmp_path: Path) -> None:
    pack(sample.site([small()]), tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["2569/one/index.html"] = files["2569/one/index.html"].replace("เรื่องหนึ่ง".encode(), "เรื่องสอง".encode())
    del files["2569/one.csv"]
    files["extra.txt"] = b"x"
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert set(codes(tmp_path / "bad.zip")) == {
        ("PORTAL_MISSING", "2569/one.csv"),
        ("PORTAL_CHANGED", "2569/one/index.html"),
        ("PORTAL_EXTRA", "extra.txt"),
    }
    (tmp_path / "no.zip").write_bytes(b"no zip")
    assert codes(tmp_path / "no.zip") == [("PORTAL_MANIFEST", "no.zip")]
