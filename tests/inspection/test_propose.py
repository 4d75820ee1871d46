"""Proposals: which page of a site answers which item, on sites built in different ways."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from prongsai.frameworks.load import load
from prongsai.inspection.crawl import Walk
from prongsai.inspection.model import Link, Proposal, Seen
from prongsai.inspection.propose import proposals

HOST = "http://www.suanphlu.go.th"
NAV = '<nav><a href="/">หน้าแรก</a><a href="/ita69/">ITA 2569</a><a href="/ita67/">ITA 2567</a><a href="/news/">ข่าวประชาสัมพันธ์</a><a href="/contact/">ติดต่อเรา</a></nav>'


def html(title: str, body: str) -> bytes:
    return f'<html lang="th"><meta charset="utf-8"><title>{title}</title>{NAV}<h1>{title}</h1>{body}'.encode()


def walk(pages: dict[str, bytes]) -> Walk:
    at = datetime(2026, 4, 1, tzinfo=UTC)
    seen = {
        HOST + path: Seen(HOST + path, at, HOST + path, 200, media_type="text/html", content=content)
        for path, content in pages.items()
    }
    clicks = {address: address.count("/") - 3 for address in seen}
    return Walk(HOST + "/", seen, clicks, {address: (Link(address, "ทาง"),) for address in seen})


ITEMS = """<table><tr><th>ข้อ</th><th>รายการ</th><th>URL</th></tr>
<tr><td>O1</td><td>โครงสร้าง หน้าที่และอำนาจ</td><td><a href="/structure/">คลิก</a></td></tr>
<tr><td>O2</td><td>ข้อมูลผู้บริหาร</td><td><a href="/board/">คลิก</a></td></tr>
<tr><td>O11</td><td>สรุปผลการจัดซื้อจัดจ้างรายเดือน</td><td><a href="/f/o11-2569.pdf">คลิก</a></td></tr>
<tr><td>O17</td><td>ช่องทางแจ้งเรื่องร้องเรียนการทุจริต</td><td><a href="/corruption/">คลิก</a></td></tr></table>"""
HEADED = """<h3>แผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2569</h3><p><a href="/f/plan.pdf">ดาวน์โหลด</a></p>
<h3>รายงานผลการดำเนินการป้องกันการทุจริต ประจำปี 2568</h3><p><a href="/f/report.pdf">ดาวน์โหลด</a></p>
<h3>รายงานผลการดำเนินการป้องกันการทุจริต ประจำปี 2566</h3><p><a href="/f/old-report.pdf">ดาวน์โหลด</a></p>"""
SITE = {
    "/": html("เทศบาลตำบลบ้านสวนพลู", "<p>ยินดีต้อนรับ</p>"),
    "/ita69/": html("การเปิดเผยข้อมูลสาธารณะ (OIT) ปีงบประมาณ พ.ศ. 2569", ITEMS),
    "/ita67/": html(
        "OIT ปี 2567",
        '<ul><li><a href="/old/o11.pdf">O11 คู่มือการให้บริการ</a></li><li><a href="/old/o22.html">O22</a></li></ul>',
    ),
    "/integrity/": html("ป้องกันการทุจริต", HEADED),
    "/contact/": html("ติดต่อเรา", "<p>โทร</p>"),
    "/structure/": html("โครงสร้างองค์กร", "<p>ผัง</p>"),
    "/board/": html("คณะผู้บริหาร", "<p>นายก</p>"),
    "/corruption/": html("แจ้งเบาะแสการทุจริต", "<p>แบบฟอร์ม</p>"),
    "/old/o22.html": html("แนวปฏิบัติ", "<p>เนื้อหา</p>"),
    "/news/": html("ข่าวประชาสัมพันธ์", "<p>ข่าว</p>"),
    "/gift/": html("No Gift Policy", "<p>ประกาศ</p>"),
    "/manual/": html("คู่มือประชาชน", "<p>คู่มือ</p>"),
}


@pytest.fixture(scope="module")
def found() -> tuple[Proposal, ...]:
    return proposals(load("ita-2569"), walk(SITE))


def best(found: tuple[Proposal, ...], code: str) -> Proposal | None:
    return next((one for one in found if one.code == code), None)


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("O1", "/structure/"), ("O2", "/board/"), ("O3", "/contact/"), ("O4", "/news/"), ("O9", "/manual/"), ("O11", "/f/o11-2569.pdf"), ("O17", "/corruption/"),
        ("O20", "/gift/"), ("O23", "/f/plan.pdf"), ("O24", "/f/report.pdf"),
    ],
)  # fmt: skip
def test_best_proposal(found: tuple[Proposal, ...], code: str, path: str) -> None:
    one = best(found, code)
    assert one is not None and one.address == HOST + path, [
        (o.address, o.sureness, o.why_th) for o in found if o.code == code
    ]
    assert 0.35 <= one.sureness < 1 and one.why_th


def test_code_and_name_are_surer_than_a_name(found: tuple[Proposal, ...]) -> None:
    both, name = best(found, "O1"), best(found, "O9")
    assert both and name and both.sureness > name.sureness and "O1" in both.why_th


def test_code_of_another_year_goes_through_the_lasting_key(found: tuple[Proposal, ...]) -> None:
    # O22 of 2567 is the guideline on corruption complaints: O16 of 2569
    paths = {one.address: one.why_th for one in found if one.code == "O16"}
    assert "O22 ของปี 2567" in paths[HOST + "/old/o22.html"]
    # and O11 of 2567 is the manual of services, not the monthly purchases
    assert HOST + "/old/o11.pdf" not in {one.address for one in found if one.code == "O11"}


def test_wrong_year_is_less_sure(found: tuple[Proposal, ...]) -> None:
    of = {one.address.rpartition("/")[2]: one.sureness for one in found if one.code == "O24"}
    assert of["report.pdf"] > of.get("old-report.pdf", 0) + 0.2


def test_steps_are_the_way_from_home(found: tuple[Proposal, ...]) -> None:
    one = best(found, "O3")
    assert one is not None and one.steps


def test_an_empty_walk_proposes_nothing() -> None:
    assert proposals(load("ita-2569"), Walk(HOST)) == ()


def test_thai_paths_find_their_clicks() -> None:
    home = html("เทศบาลตำบลบ้านสวนพลู", '<a href="/ข้อมูล/ผู้บริหาร/">ข้อมูลผู้บริหาร</a>')
    path = "/%E0%B8%82%E0%B9%89%E0%B8%AD%E0%B8%A1%E0%B8%B9%E0%B8%A5/%E0%B8%9C%E0%B8%B9%E0%B9%89%E0%B8%9A%E0%B8%A3%E0%B8%B4%E0%B8%AB%E0%B8%B2%E0%B8%A3/"
    found = proposals(load("ita-2569"), walk({"/": home, path: html("คณะผู้บริหาร", "<p>นายก</p>")}))
    executives = [one for one in found if one.code == "O2"]
    assert [(one.address, bool(one.steps)) for one in executives] == [(HOST + path, True)]


def test_a_page_met_with_and_without_www_is_one() -> None:
    other = HOST.replace("www.", "").replace("http:", "https:")
    home = html("เทศบาลตำบลบ้านสวนพลู", f'<a href="{other}/board">ข้อมูลผู้บริหาร</a>')
    found = proposals(load("ita-2569"), walk({"/": home, "/board/": html("คณะผู้บริหาร", "<p>นายก</p>")}))
    assert [one.address for one in found if one.code == "O2"] == [HOST + "/board/"]
