"""Every page of a rich site: valid, whole, light, and saying what it must."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from prongsai.portal.build import publish
from prongsai.portal.model import Block, BlockKind, DataTable, Document, Page, Site, Standing
from prongsai.portal.render import page_html
from tests.portal import sample, sites

ITEM = "2569/procurement.monthly"


def text(root: Path, address: str) -> str:
    return " ".join(" ".join(sites.parsed((root / address).read_bytes()).itertext()).split())


def test_every_page_is_valid_whole_and_light(rich: Path) -> None:
    found = [
        f"{address}: {fault}"
        for address, content in sites.pages(rich)
        for fault in sites.faults(rich, address, content)
    ]
    assert found == []
    assert len(list(sites.pages(rich))) > 150


def test_a_site_with_nothing_in_it_is_valid_too(tmp_path: Path) -> None:
    publish(Site(replace(sample.office(""), map_picture=None, about="", channels=()), "1"), tmp_path)
    found = [
        f"{address}: {fault}"
        for address, content in sites.pages(tmp_path)
        for fault in sites.faults(tmp_path, address, content)
    ]
    assert found == []


def test_links_hold_below_any_folder(rich: Path, tmp_path: Path) -> None:
    # Whatever stands above the site: no link leaves it, and every link finds its file.
    moved = tmp_path / "a" / "ที่ย่อย b"
    shutil.copytree(rich, moved)
    assert sites.all_broken(moved) == []


def test_item_page_shows_every_date_in_thai(rich: Path) -> None:
    told = text(rich, f"{ITEM}/index.html")
    wanted = (
        "ปีงบประมาณของเนื้อหา พ.ศ. ๒๕๖๙",
        "วันที่ในเอกสาร ๒๗ กุมภาพันธ์ ๒๕๖๙",
        "วันที่ได้รับข้อมูล ๑ มีนาคม ๒๕๖๙",
        "วันที่เผยแพร่ ๕ มีนาคม ๒๕๖๙ เวลา ๑๒.๐๐ น.",
        "ผู้อนุญาตให้เผยแพร่ ปลัดเทศบาล",
        "เปลี่ยนหลังวันครบกำหนด",
        f"ที่อยู่ถาวรของหน้านี้ {sample.BASE}{ITEM}/",
        "Facebook เทศบาลตำบลบ้านสวนพลู เมื่อวันที่ ๖ มีนาคม ๒๕๖๙",
    )
    assert [words for words in wanted if words not in told] == []


def test_item_page_shows_the_reports_that_preceded_it(rich: Path) -> None:
    # B13.1
    told = text(rich, f"{ITEM}/index.html")
    wanted = (
        "รายงานผู้บริหารแล้ว หนังสือที่ ลบ ๕๒๗๐๑.๒/๒๒๐ ลงวันที่ ๒๐ กุมภาพันธ์ ๒๕๖๙ อนุมัติโดย ปลัดเทศบาล รักษาราชการแทน นายกเทศมนตรีตำบลบ้านสวนพลู",
        "ประกาศ ลงวันที่ ๒๗ กุมภาพันธ์ ๒๕๖๙ รับทราบโดย นายกเทศมนตรีตำบลบ้านสวนพลู",
    )
    assert [words for words in wanted if words not in told] == []
    assert "รายงานผู้บริหารแล้ว" not in text(rich, f"{ITEM}/v2/index.html")


def test_item_page_shows_the_hash_of_every_file_and_of_itself(rich: Path) -> None:
    told = text(rich, f"{ITEM}/index.html")
    page = next(one for one in sample.rich_pages() if one.path == ITEM)
    assert page.current
    hashes = [page.current.sha256, *(one.asset.sha256 for one in page.current.documents)]
    assert [one for one in hashes if one not in told] == []


def test_versions_keep_their_addresses(rich: Path) -> None:
    assert "ฉบับนี้เป็นฉบับปัจจุบัน" in text(rich, f"{ITEM}/v3/index.html")
    assert "มีฉบับใหม่กว่าแทนฉบับนี้แล้ว" in text(rich, f"{ITEM}/v2/index.html")
    assert "ฉบับนี้ถอนจากการเผยแพร่แล้ว" in text(rich, f"{ITEM}/v1/index.html")
    assert (rich / f"{ITEM}/files/letter.pdf").read_bytes() == sample.pdf(77)
    assert (rich / f"{ITEM}/v2/files/letter.pdf").read_bytes() == sample.pdf(77)


def test_withdrawn_page_says_since_when_and_why(rich: Path) -> None:
    told = text(rich, "2569/risk/index.html")
    assert "หน้านี้ถอนจากการเผยแพร่แล้ว ตั้งแต่วันที่ ๑๑ มีนาคม ๒๕๖๙ เวลา ๑๒.๐๐ น. เหตุผล: พบข้อมูลส่วนบุคคลของผู้ร้องในภาคผนวก" in told


def test_erased_file_is_told_with_its_hash(rich: Path) -> None:
    page = next(one for one in sample.rich_pages() if one.path == ITEM)
    assert page.current
    gone = next(one.asset for one in page.current.documents if one.asset.is_erased)
    assert gone.sha256 in text(rich, f"{ITEM}/index.html")
    assert (rich / f"{ITEM}/files/scan.pdf").read_bytes()[:5] == b"%PDF-"
    assert (rich / f"{ITEM}/files/scan.pdf").read_bytes() != sample.pdf(78)


def test_published_elsewhere_leads_there(rich: Path) -> None:
    page = sites.parsed((rich / "2569/manual.officer/index.html").read_bytes())
    assert "https://old.bansuanphlu.example/manual?id=8" in list(sites.links(page))


def test_code_of_the_year_and_old_path_lead_to_the_page(rich: Path) -> None:
    for old in ("2569/O11", "2569/purchases.monthly"):
        page = sites.parsed((rich / old / "index.html").read_bytes())
        assert (
            list(sites.links(page)).count("../../2569/procurement.monthly/index.html") == 2
        )  # at once, and to be clicked
        canonical = [one.get("href") for one in page.iter("link") if one.get("rel") == "canonical"]
        assert canonical == [f"{sample.BASE}{ITEM}/"]
    assert (rich / "2569/purchases.monthly/files/letter.pdf").read_bytes() == sample.pdf(77)
    assert (rich / "2569/purchases.monthly.csv").read_bytes() == (rich / f"{ITEM}.csv").read_bytes()


def test_long_table_goes_on_without_losing_a_row(rich: Path) -> None:
    folder = rich / "2569/procurement.annual/v1"
    parts = [folder / "index.html", *sorted(folder.glob("page-*/index.html"), key=lambda one: int(one.parent.name[5:]))]
    numbers = [row[0].text for part in parts for row in sites.parsed(part.read_bytes()).iterfind(".//tbody/tr")]
    assert numbers == [str(number) for number in range(1, 1501)]
    assert len(parts) > 5
    main = sites.parsed((rich / "2569/procurement.annual/index.html").read_bytes())
    assert "../../2569/procurement.annual/v1/page-2/index.html" in list(sites.links(main))


def test_every_item_is_two_clicks_from_home(rich: Path) -> None:
    home = sites.parsed((rich / "index.html").read_bytes())
    year = sites.parsed((rich / "2569/index.html").read_bytes())
    assert "2569/index.html" in list(sites.links(home))
    reached = {link.removeprefix("../") for link in sites.links(year)}
    assert {f"{page.path}/index.html" for page in sample.item_pages()} - reached == set()


def test_year_list_tells_the_state_of_each_item(rich: Path) -> None:
    rows = [
        [("".join(cell.itertext())).strip() for cell in row]
        for row in sites.parsed((rich / "2569/index.html").read_bytes()).iterfind(".//tbody/tr")
    ]
    states = {row[0]: row[2] for row in rows}
    assert (states["O11"], states["O21"], states["O8"], states["O24"]) == (
        "เผยแพร่แล้ว",
        "ถอนแล้ว",
        "เผยแพร่ที่เว็บอื่น",
        "ยังไม่เผยแพร่",
    )
    assert len(rows) == 13


def test_contact_has_the_five_facts(rich: Path) -> None:
    told = text(rich, "contact/index.html")
    office = sample.office()
    assert [fact for fact in (office.address, office.phone, office.fax, office.email) if fact not in told] == []
    pictures = [one.get("alt") for one in sites.parsed((rich / "contact/index.html").read_bytes()).iter("img")]
    assert f"แผนที่แสดงที่ตั้ง {sample.NAME}" in pictures


def test_executives_have_name_post_photo_and_contact(rich: Path) -> None:
    page = sites.parsed((rich / "executives/index.html").read_bytes())
    cards = [one for one in page.iter("li") if "person" in (one.get("class") or "")]
    assert len(cards) == len(sample.POLITICAL) + len(sample.PERMANENT)
    for card, official in zip(cards, (*sample.POLITICAL, *sample.PERMANENT), strict=True):
        told = "".join(card.itertext())
        assert official.name in told and official.post in told and (official.phone or sample.office().phone) in told
        assert card.find(".//img") is not None


def test_structure_shows_both_sides_and_powers(rich: Path) -> None:
    told = text(rich, "structure/index.html")
    assert [
        words
        for words in ("ฝ่ายการเมือง", "ฝ่ายประจำ", "งานนิติการ", "นายกเทศมนตรี", "ปลัดเทศบาล", "รักษาความสงบเรียบร้อย")
        if words not in told
    ] == []


def test_english_pages_and_thai_ones_name_each_other(rich: Path) -> None:
    for thai, english in (
        ("index.html", "en/index.html"),
        ("contact/index.html", "en/contact/index.html"),
        ("2569/no-gift/index.html", "en/2569/no-gift/index.html"),
    ):
        for address in (thai, english):
            page = sites.parsed((rich / address).read_bytes())
            named = {(one.get("hreflang"), one.get("href")) for one in page.iter("link") if one.get("hreflang")}
            assert named == {
                ("th", f"{sample.BASE}{thai.removesuffix('index.html')}"),
                ("en", f"{sample.BASE}{english.removesuffix('index.html')}"),
            }


def test_metadata_fields_stand_on_the_list_in_json_and_csv(rich: Path) -> None:
    sets = json.loads((rich / "data.json").read_text("utf-8"))["datasets"]
    one = next(each for each in sets if each.get("data_type"))
    keys = {
        "data_type",
        "title",
        "owner_org",
        "maintainer",
        "maintainer_email",
        "tag_string",
        "notes",
        "objective",
        "update_frequency_unit",
        "geo_coverage",
        "data_source",
        "data_format",
        "data_category",
        "license_id",
    }
    assert keys - one.keys() == set()
    assert one["objective"] == ["เพื่อความโปร่งใส", "เพื่อตรวจสอบ"]
    rows = list(csv.reader(io.StringIO((rich / "data.csv").read_bytes().decode("utf-8-sig"))))
    assert len(rows) == len(sets) + 1 and len(rows[0]) == 18
    page = sites.parsed((rich / "data/index.html").read_bytes())
    lists = [[term.text for term in facts.iter("dt")] for facts in page.iter("dl")]
    assert [len(terms) for terms in lists] == [14, 14]


def test_feed_and_map_are_well_formed_and_whole(rich: Path) -> None:
    feed = ElementTree.fromstring((rich / "feed.xml").read_bytes())
    atom = "{http://www.w3.org/2005/Atom}"
    assert len(feed.findall(f"{atom}entry")) == 40
    links = [one.get("href", "") for one in feed.iter(f"{atom}link")]
    assert [link for link in links if not link.startswith(sample.BASE)] == []
    told = [
        one.text or ""
        for one in ElementTree.fromstring((rich / "sitemap.xml").read_bytes()).iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    ]
    assert [one for one in told if not (rich / one.removeprefix(sample.BASE) / "index.html").is_file()] == []
    shown = {page.path for page in sample.rich_pages() if not page.withdrawn}
    assert {one.removeprefix(sample.BASE).rstrip("/") for one in told} >= shown
    assert (rich / "robots.txt").read_text() == f"User-agent: *\nAllow: /\nSitemap: {sample.BASE}sitemap.xml\n"


def test_forms_stand_beside_phone_and_address(rich: Path) -> None:
    home = sites.parsed((rich / "index.html").read_bytes())
    cards = [one for one in home.iter("ul") if one.get("class") == "services"][0]
    assert [sample.office().phone in "".join(card.itertext()) for card in cards] == [True] * 4
    assert sample.office().address in text(rich, "index.html")


def test_proof_page_shows_the_head_of_the_chain(rich: Path) -> None:
    day, head = sample.site().proof_head or (None, "")
    assert head in text(rich, "proof/index.html")
    assert "๖ มีนาคม ๒๕๖๙" in text(rich, "proof/index.html")


def test_page_without_javascript_says_how_to_find_things(rich: Path) -> None:
    assert "การค้นหาต้องใช้ JavaScript" in text(rich, "search/index.html")
    scripts = {address for address, content in sites.pages(rich) if b"<script" in content}
    assert scripts == {"search/index.html"}


def test_hostile_words_stay_words(rich: Path) -> None:
    for address in ("hostile/index.html", "index.html", "sitemap/index.html", "data/index.html"):
        page = sites.parsed((rich / address).read_bytes())
        assert list(page.iter("script")) == []
        assert "<script>alert(1)</script>" in "".join(page.itertext())
        assert [link for link in sites.links(page) if link.startswith("javascript")] == []
    assert sample.HOSTILE in text(rich, "hostile/index.html")
    assert "ก" * 5000 in text(rich, "hostile/index.html")


def test_body_links_only_where_something_stands(rich: Path) -> None:
    page = sites.parsed((rich / f"{ITEM}/index.html").read_bytes())
    assert "../../2569/procurement.annual/index.html" in list(sites.links(page))
    assert "หน้าที่ไม่มี" in text(rich, "hostile/index.html")


def test_page_html_is_what_stands_at_the_address(rich: Path) -> None:
    given = sample.site()
    for entry in given.entries[:12]:
        assert page_html(given, entry.load()).encode() == (rich / entry.path / "index.html").read_bytes()


@pytest.mark.parametrize("length", [1, 400, 3000])
def test_long_text_and_lists_are_cut_between_pieces(tmp_path: Path, length: int) -> None:
    body = (Block(BlockKind.LIST, tuple(f"ข้อที่ {number} " + "ถ้อยคำ" * 10 for number in range(length))),)
    page = Page("long", "free", "ยาว", (sample.release(1, Standing.CURRENT, "ยาว", body=body),))
    publish(sample.site([page]), tmp_path)
    parts = [
        tmp_path / "long/v1/index.html",
        *sorted((tmp_path / "long/v1").glob("page-*/index.html"), key=lambda one: int(one.parent.name[5:])),
    ]
    told = [
        item.text or ""
        for part in parts
        for item in sites.parsed(part.read_bytes()).iter("li")
        if (item.text or "").startswith("ข้อที่")
    ]
    assert told == list(body[0].lines)
    assert max(part.stat().st_size for part in parts) < 100_000


def test_pictures_that_follow_each_other_stand_side_by_side(tmp_path: Path) -> None:
    names = ("mayor.png", "palad.png")
    documents = tuple(Document(sample.asset(name, name.encode(), "image/png"), name, "picture") for name in names)
    body = tuple(Block(BlockKind.PICTURE, (name,), address=name) for name in names)
    alone = (Block(BlockKind.PARAGRAPH, ("คั่น",)), Block(BlockKind.PICTURE, ("ลำพัง",), address=names[0]))
    one = sample.release(1, Standing.CURRENT, "ผู้บริหาร", body=body + alone, documents=documents, tables=())
    publish(sample.site([Page(ITEM, "item", "ผู้บริหาร", (one,))]), tmp_path)
    page = sites.parsed((tmp_path / ITEM / "index.html").read_bytes())
    beside = page.findall(".//*[@class='pictures']")
    assert [len(list(group)) for group in beside] == [2]
    assert len([one for one in page.iter() if one.tag.endswith("figure")]) == 3
    assert sites.faults(tmp_path, f"{ITEM}/index.html", (tmp_path / ITEM / "index.html").read_bytes()) == []


def test_telephone_numbers_are_not_broken_between_lines(tmp_path: Path) -> None:
    said = "โทร 0-3600-0000 ต่อ 101 หรือ 081-234-5678 เลขที่ 12-3456"
    body = (Block(BlockKind.PARAGRAPH, (said,)), Block(BlockKind.TABLE, rows=(("โทร",), ("0-3600-0001",))))
    one = sample.release(1, Standing.CURRENT, "ติดต่อ", body=body, documents=(), tables=())
    publish(sample.site([Page(ITEM, "item", "ติดต่อ", (one,))]), tmp_path)
    page = sites.parsed((tmp_path / ITEM / "index.html").read_bytes())
    whole = [one.text for one in page.findall(".//*[@class='prose']//*[@class='nowrap']")]
    assert whole == ["0-3600-0000 ต่อ 101", "081-234-5678", "0-3600-0001"]


def test_erased_words_are_told_at_every_address_of_their_version(tmp_path: Path) -> None:
    bare = DataTable("purchases", "รายการ", (), ())
    gone = sample.release(
        1, Standing.CURRENT, "รายการ", summary="", body=(), tables=(bare,), erased_at=datetime(2026, 5, 1, 9, 0)
    )
    publish(sample.site([Page(ITEM, "item", "รายการ", (gone,))]), tmp_path)
    for at in (ITEM, f"{ITEM}/v1"):
        assert "ลบเนื้อหาของฉบับนี้แล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล" in text(tmp_path, f"{at}/index.html")
        assert "ไม่มีรายการ" not in text(tmp_path, f"{at}/index.html")
        for form in ("csv", "json", "dictionary.csv"):
            notice = (tmp_path / f"{at}.{form}").read_text("utf-8")
            assert ("ลบข้อมูลนี้แล้ว" in notice, gone.sha256 in notice) == (True, True), f"{at}.{form}"
