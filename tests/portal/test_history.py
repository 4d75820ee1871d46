"""No address that was ever public is ever missing, whatever happens to pages."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.portal.build import pack, publish
from prongsai.portal.entry import parts_of
from prongsai.portal.manifest import verify
from prongsai.portal.model import Block, BlockKind, DataTable, Document, Page, Release, Site, Standing
from tests.conftest import PROVE
from tests.portal import sample, sites
from tests.portal.test_build import Cut, cut_after

PATHS = ("2569/a", "2569/b", "2569/c", "news/2569/d", "e")
NAMES = ("one.txt", "two.json", "three.csv")
LONG = Block(BlockKind.LIST, tuple(f"ข้อที่ {number} " + "ถ้อยคำ" * 40 for number in range(90)))


@dataclass
class Office:
    """What the platform remembers of pages, as far as the public sees it."""

    pages: list[Page] = field(default_factory=list)
    secrets: set[bytes] = field(default_factory=set)
    count: int = 0

    def site(self) -> Site:
        return sample.site(list(self.pages))

    def act(self, action: str, at: int, name: str, path: str) -> None:
        if action == "publish" or not self.pages:
            if all(path not in (page.path, *page.others) for page in self.pages):
                self.pages.append(Page(path, "free", f"หน้า {path}", year_be=2569, title_en="Page" if at % 2 else ""))
                self.release(len(self.pages) - 1, name, path)
            return
        at %= len(self.pages)
        page = self.pages[at]
        if action == "replace":
            self.release(at, name, path)
        elif action == "withdraw":
            gone = tuple(replace(one, standing=Standing.WITHDRAWN) for one in page.releases)
            self.pages[at] = replace(page, releases=gone, withdrawn="เหตุผล", withdrawn_at=sample.NOON)
        elif action == "rename" and all(path not in (one.path, *one.others) for one in self.pages if one is not page):
            # A path that led here before is the page's own again.
            others = {one: None for one in (*page.others, page.path) if one != path}
            self.pages[at] = replace(page, path=path, others=tuple(others))
        elif action == "elsewhere":
            replaced = tuple(replace(one, standing=Standing.REPLACED) for one in page.releases)
            self.pages[at] = replace(page, elsewhere="https://old.example/x", releases=replaced)
        elif action == "erase":
            self.erase(at)

    def release(self, at: int, name: str, link: str) -> None:
        page, self.count = self.pages[at], self.count + 1
        older = tuple(
            replace(one, standing=Standing.REPLACED) if one.standing is Standing.CURRENT else one
            for one in page.releases
        )
        content = f"เนื้อหา {self.count}".encode()
        tables: tuple[DataTable, ...] = tuple(sample.purchases(3, key) for key in ("x", "y")[: self.count % 3])
        new = Release(
            len(older) + 1,
            Standing.CURRENT,
            page.title,
            body=(Block(BlockKind.LINK, (f"ไปที่ {link}",), address=link), *((LONG,) if self.count % 2 else ())),
            documents=(Document(sample.asset(name, content), name),),
            tables=tables,
        )
        new = replace(new, parts=parts_of(new))
        self.pages[at] = replace(page, releases=(new, *older), withdrawn="", withdrawn_at=None, elsewhere="")

    def erase(self, at: int) -> None:
        page = self.pages[at]
        for one in page.releases:
            self.secrets |= {document.asset.open_bytes() for document in one.documents if document.asset.open_bytes}
        gone = tuple(
            replace(
                one,
                body=(),
                tables=tuple(replace(each, columns=(), rows=()) for each in one.tables),
                erased_at=sample.NOON,
                documents=tuple(replace(each, asset=replace(each.asset, open_bytes=None)) for each in one.documents),
            )
            for one in page.releases
        )
        self.pages[at] = replace(page, releases=gone)


steps = st.lists(
    st.tuples(
        st.sampled_from(("publish", "replace", "withdraw", "rename", "elsewhere", "erase", "replace")),
        st.integers(0, 4),
        st.sampled_from(NAMES),
        st.sampled_from(PATHS),
        st.one_of(st.none(), st.integers(0, 60)),
    ),
    min_size=2,
    max_size=7,
)


def lost(ever: set[str], now: set[str]) -> set[str]:
    """Give the addresses that are missing; how many pages a list needs is nothing that lasts."""
    return {address for address in ever - now if not address.startswith(("pages/", "assets/"))}


@settings(max_examples=300 if PROVE else 8)
@given(steps)
def test_no_address_that_was_ever_written_is_missing(history: list[tuple[str, int, str, str, int | None]]) -> None:
    office, ever = Office(), set()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        for action, at, name, path, cut in history:
            office.act(action, at, name, path)
            site = office.site()
            if cut is not None:
                try:
                    publish(site, root, tell=cut_after(cut))
                except Cut:
                    assert sites.all_broken(root) == []
                    ever |= set(sites.files(root))
            publish(site, root)
            now = sites.files(root)
            ever |= set(now)
            assert ever - set(now) == set()
            assert verify(root) == ()
            assert [address for address, content in now.items() if content in office.secrets] == []
        assert sites.all_broken(root) == []
        fresh, packed = Path(folder) / "fresh", Path(folder) / "site.zip"
        publish(office.site(), fresh)
        pack(office.site(), packed)
        # From the platform's memory alone, without the folder: every address of pages, files and data is there again.
        made = sites.files(fresh)
        assert lost(ever, set(made)) == set()
        with zipfile.ZipFile(packed) as archive:
            assert lost(ever, set(archive.namelist())) == set()
        # And what was changed step by step is what is made at once, byte for byte.
        assert [at for at, content in made.items() if now[at] != content and at != "manifest.json"] == []


def test_parts_of_a_long_version_keep_their_addresses() -> None:
    office = Office()
    for action, at, name, path in (
        ("publish", 0, "one.txt", "2569/a"),
        ("publish", 0, "two.json", "2569/b"),
        ("rename", 0, "", "2569/c"),
        ("replace", 0, "one.txt", "2569/b"),
    ):
        office.act(action, at, name, path)
    assert [one.parts for one in office.pages[0].releases] == [2, 2]
    with tempfile.TemporaryDirectory() as folder:
        publish(office.site(), Path(folder) / "site")
        ever = set(sites.files(Path(folder) / "site"))
        long = {at for at in ever if at.endswith("v1/page-2/index.html")}
        assert long == {"2569/a/v1/page-2/index.html", "2569/c/v1/page-2/index.html"}
        for action, said in (("erase", "ลบเนื้อหาของฉบับนี้แล้ว"), ("withdraw", "ฉบับนี้ถอนจากการเผยแพร่แล้ว")):
            office.act(action, 0, "", "")
            fresh = Path(folder) / action
            publish(office.site(), fresh)
            assert lost(ever, set(sites.files(fresh))) == set()
            page = (fresh / "2569/c/v1/page-2/index.html").read_bytes()
            assert said in page.decode()
            assert sites.faults(fresh, "2569/c/v1/page-2/index.html", page) == []
            assert sites.all_broken(fresh) == []


def test_version_keeps_its_parts_when_it_comes_to_weigh_a_little_more_or_less() -> None:
    lines = tuple(f"ข้อที่ {number} " + "ถ้อยคำ" * 40 for number in range(74))
    told = Release(1, Standing.CURRENT, "ก", body=(Block(BlockKind.LIST, lines),))
    assert parts_of(told) == 1
    more = replace(told, body=(Block(BlockKind.LIST, (*lines, *lines[:5])),))
    assert parts_of(more) == 2
    for release, pages in (
        (replace(more, parts=1), 0),
        (more, 0),
        (replace(more, parts=2), 1),
        (replace(told, parts=3), 2),
    ):
        with tempfile.TemporaryDirectory() as folder:
            publish(sample.site([Page("a", "free", "ก", (release,))]), Path(folder))
            assert len(list(Path(folder, "a/v1").glob("page-*/index.html"))) == pages
            assert sites.all_broken(Path(folder)) == []
