"""The explorer: every page stands, leads to what stands, works below any folder, and tells what the tables say."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from prongsai.comparison.build import build
from prongsai.comparison.figures import Figures
from prongsai.comparison.importing import Shelf, import_file
from prongsai.comparison.model import Nation
from prongsai.comparison.nation import put_together
from prongsai.errors import FileUnusable
from prongsai.frameworks.load import load
from prongsai.portal.manifest import verify
from prongsai.thai.numerals import to_thai
from tests.comparison import made

YEARS = (2566, 2567, 2568)


@pytest.fixture(scope="module")
def nation() -> Nation:
    who = made.agencies(24, ["ลพบุรี", "อ่างทอง"])
    tables = []
    for year in YEARS:
        rows = made.rows_of(made.results(load(f"ita-{year}"), who, year))
        if year == 2567:
            rows[5][4] = str(Decimal(rows[5][4]) - 7)
        tables += import_file(made.as_csv(rows), f"{year}.csv", Shelf())[0].tables
    return put_together(tables)


@pytest.fixture(scope="module")
def site(nation: Nation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("compare") / "site"
    build(nation, root, said="จัดทำเพื่อการทดสอบ")
    return root


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def test_every_link_leads_to_a_file_of_the_site_by_a_relative_address(site: Path) -> None:
    checked = 0
    for page in site.rglob("*.html"):
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        assert "script" not in links.tags
        for link in links.found:
            assert not re.match(r"[a-z]+:|/", link), link
            target, _, anchor = unquote(link).partition("#")
            place = (page.parent / target) if target else page
            assert place.is_file(), (page, link)
            if anchor:
                assert f'id="{anchor}"' in place.read_text(encoding="utf-8")
            checked += 1
    assert checked > 900


def test_every_page_forbids_what_is_not_its_own(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "default-src 'none'; style-src 'self'" in text
        assert " style=" not in text and "None" not in text


def test_charts_are_sound_and_say_their_figures(site: Path, nation: Nation) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    drawings = [etree.fromstring(one) for one in re.findall(r"<svg.*?</svg>", text, re.DOTALL)]
    assert len(drawings) == 3
    mean = Figures(nation).summary(2568).mean
    assert str(mean).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) in drawings[0].findtext("{*}desc")


def test_agency_page_has_totals_ranks_and_items_by_lasting_keys(site: Path, nation: Nation) -> None:
    figures = Figures(nation)
    best = max(figures.group(2568), key=lambda one: one.total or 0)
    text = (site / f"a/{best.agency}/index.html").read_text(encoding="utf-8")
    assert "๑ จาก ๑๒" in text  # the first of its kind in the nation
    row = re.search(r"<tr><th scope=row>E–Service</th>(.*?)</tr>", text)
    assert row is not None
    (key,) = {one.key for one in nation.frameworks[2568].items if one.title_th == "E–Service"}
    codes = [framework.item_by_key(key) for framework in nation.frameworks.values()]
    told = re.findall(r"<small>([^<]+)</small>", row[1])
    assert told == [to_thai(one.code) for one in codes if one]
    assert len(set(told)) > 1  # one key, other codes


def test_ranks_share_equal_totals(nation: Nation) -> None:
    figures = Figures(nation)
    for result in figures.group(2567):
        kind = nation.agencies[result.agency].named.kind.name
        above = [one for one in figures.group(2567, kind) if (one.total or 0) > (result.total or 0)]
        place = figures.place(result, in_province=False)
        assert place is not None and (place.rank, place.of) == (len(above) + 1, 12)


def test_province_page_tells_the_share_of_agencies_that_lost_each_item(site: Path, nation: Nation) -> None:
    what, losses = Figures(nation).losses(2568, "16")
    assert what == "item"
    scores = [one.checked.items[losses[0].code] for one in Figures(nation).group(2568, "", "16")]
    assert losses[0].lost == sum(score < 100 for score in scores)
    assert losses[0].lost_pct == max(one.lost_pct for one in losses)
    text = (site / "p/16/index.html").read_text(encoding="utf-8")
    assert losses[0].title in text


def test_means_are_those_of_the_printed_totals(nation: Nation) -> None:
    totals = [one.checked.row.total.value for one in Figures(nation).group(2566, "", "15")]
    expected = sum(total for total in totals if total is not None) / len(totals)
    assert abs(Figures(nation).summary(2566, "", "15").mean - expected) <= Decimal("0.005")  # type: ignore[operator]


def test_contradiction_is_on_its_list_at_its_agency_and_in_the_data(site: Path, nation: Nation) -> None:
    listed = (site / "contradictions/index.html").read_text(encoding="utf-8")
    assert "แถว ๕ ช่อง ๕" in listed and "วิธีคำนวณ" in listed
    (told,) = [one for one in _rows(site / "data/problems.csv") if one["รหัสข้อสังเกต"] == "SCORE_CONTRADICTION"]
    assert (told["ปีงบประมาณ (พ.ศ.)"], told["แถว"], told["ช่อง"]) == ("2567", "5", "5")
    wrong = next(one for one in nation.results.values() if one.checked.row.where.row == 5 and one.year_be == 2567)
    assert "ขัดแย้งกันเอง" in (site / f"a/{wrong.agency}/index.html").read_text(encoding="utf-8")


def _rows(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # so that Excel reads Thai
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_data_files_hold_every_printed_figure(site: Path, nation: Nation) -> None:
    rows = {row["รหัสในชุดข้อมูล"]: row for row in _rows(site / "data/results-2567.csv")}
    assert len(rows) == 24
    for (key, year), result in nation.results.items():
        if year == 2567:
            assert rows[key]["คะแนนรวม"] == str(result.total)
    form = json.loads((site / "p/16/results-2567.json").read_text(encoding="utf-8"))
    assert len(form["rows"]) == 12
    assert {"total", "i9", "O12", "rank_kind_province"} <= set(form["rows"][0])
    described = {row["ชื่อในข้อมูล (key)"] for row in _rows(site / "p/16/results-2567.dictionary.csv")}
    assert described == set(form["rows"][0])


def test_second_build_writes_nothing_and_the_folder_verifies(site: Path, nation: Nation) -> None:
    again = build(nation, site, said="จัดทำเพื่อการทดสอบ")
    assert again.written == 0 and again.kept > 50
    assert verify(site) == ()


def test_agency_that_is_no_longer_told_keeps_its_address(nation: Nation, tmp_path: Path) -> None:
    build(nation, tmp_path / "site")
    fewer = put_together(nation.tables[:1])
    one = next(iter(fewer.agencies))
    left = {key: agency for key, agency in fewer.agencies.items() if key != one}
    results = {key: result for key, result in fewer.results.items() if key[0] != one}
    build(Nation(fewer.tables, left, results), tmp_path / "site")
    assert "ไม่มีข้อมูลของหน้านี้แล้ว" in (tmp_path / f"site/a/{one}/index.html").read_text(encoding="utf-8")


def test_folder_with_other_things_is_refused(nation: Nation, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(FileUnusable):
        build(nation, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_to_show_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable):
        build(Nation((), {}, {}), tmp_path / "site")


def test_hostile_names_are_shown_as_text(tmp_path: Path) -> None:
    text = "หน่วยงาน,จังหวัด,คะแนน\nอบต.<script>alert(1)</script>,ลพบุรี,90\nอบต.=1+1,ลพบุรี,80\n"
    (found,) = import_file(text.encode(), "2561.csv", Shelf())
    build(put_together(found.tables), tmp_path / "site")
    page = (tmp_path / "site/p/16/index.html").read_text(encoding="utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page
    printed = [row["ชื่อตามที่พิมพ์"] for row in _rows(tmp_path / "site/data/results-2561.csv")]
    assert "อบต.=1+1" in printed
