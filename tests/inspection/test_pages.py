"""Pages: encodings, menus that are no content, links and pictures with the words around them, forms."""

from __future__ import annotations

import pytest

from prongsai.inspection.pages import page_of

AT = "http://www.suanphlu.go.th/2569/o2/"
THAI = "<html lang=th><head>{}<title>ข้อมูลผู้บริหาร</title></head><body><p>นายกเทศมนตรีตำบลบ้านสวนพลู โทรศัพท์ ๐๓๖</p></body></html>"


def codes(content: bytes, sent: str = "") -> set[str]:
    return {problem.code for problem in page_of(content, AT, {"content-type": sent} if sent else {}).problems}


@pytest.mark.parametrize("charset", ["tis-620", "windows-874", "TIS-620", "iso-8859-11"])
def test_thai_code_page_is_read(charset: str) -> None:
    said = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    page = page_of(THAI.format(said).encode("cp874"), AT)
    assert "นายกเทศมนตรี" in page.text and page.title == "ข้อมูลผู้บริหาร"
    assert not page.problems


def test_server_goes_before_the_page_and_is_told_when_wrong() -> None:
    said = THAI.format('<meta charset="tis-620">').encode("cp874")
    assert codes(said, "text/html; charset=utf-8") == {"PAGE_GARBLED"}
    assert "นายกเทศมนตรี" in page_of(said, AT, {"content-type": "text/html; charset=utf-8"}).text
    assert codes(said, "text/html; charset=tis-620") == set()
    assert codes(THAI.format("").encode("cp874")) == {"PAGE_CHARSET_MISSING"}


@pytest.mark.parametrize("wrong", ["cp1252", "cp874"])
def test_text_spoilt_for_good_is_told(wrong: str) -> None:
    spoilt = THAI.format("").encode().decode(wrong, "replace")
    assert "PAGE_GARBLED" in codes(spoilt.encode(), "text/html; charset=utf-8")


def test_plain_thai_with_accents_is_no_gibberish() -> None:
    text = THAI.format('<meta charset="utf-8">').replace("๐๓๖", "café Müller “ยกคำ” เนื่องจากเธอ เน้นเนื้อหา – 5 °C")
    assert codes(text.encode()) == set()


def test_menus_are_no_content() -> None:
    html = """<html lang="th"><meta charset="utf-8"><body><div class="navbar"><ul><li><a href="/x">ปัญหาและอุปสรรค</a></li></ul></div>
    <div class="menu-item content"><p>เนื้อหาที่ยาวกว่าลิงก์มาก <a href="/y">ลิงก์</a></p></div>
    <footer>โทร 036</footer></body></html>"""
    page = page_of(html.encode(), AT)
    assert "ปัญหา" not in page.text and "ปัญหา" in page.around and "โทร" in page.around
    assert "เนื้อหาที่ยาว" in page.text
    assert [link.text for link in page.menu] == ["ปัญหาและอุปสรรค"] and len(page.links) == 2


def test_hidden_words_and_scripts_are_no_content() -> None:
    html = '<html lang="th"><meta charset="utf-8"><p>เห็นได้ชัดเจนบนหน้านี้ทุกคำ</p><p style="display:none">ซ่อน</p><script>var a = "สคริปต์"</script>'
    page = page_of(html.encode(), AT)
    assert "เห็นได้" in page.text and "ซ่อน" not in page.text and "สคริปต์" not in page.text
    assert {problem.code for problem in page.problems} == {"PAGE_HIDDEN_TEXT"}


def test_a_link_that_says_nothing_says_what_stands_around() -> None:
    html = '<html lang="th"><meta charset="utf-8"><ul><li>O11 สรุปผลรายเดือน <a href="a.pdf">ดาวน์โหลด</a></li></ul><table><tr><td>o2</td><td>ข้อมูลผู้บริหาร</td><td><a href="b.php">https://x.go.th/b.php</a></td></tr></table>'
    page = page_of(html.encode(), AT)
    assert "O11 สรุปผลรายเดือน" in page.links[0].text and page.links[0].address == AT + "a.pdf"
    assert "ข้อมูลผู้บริหาร" in page.links[1].text


def test_pictures_with_the_words_under_them() -> None:
    html = """<html lang="th"><meta charset="utf-8"><table><tr><td><img src="1.jpg"></td><td><img src="2.jpg"></td></tr>
    <tr><td>นายหนึ่ง ทดสอบ</td><td>นางสอง ทดสอบ</td></tr></table><div><img src="3.jpg"><p>นายสาม ทดสอบ</p></div>"""
    assert [one.near for one in page_of(html.encode(), AT).pictures] == ["นายหนึ่ง ทดสอบ", "นางสอง ทดสอบ", "นายสาม ทดสอบ"]


def test_forms_without_the_search_box() -> None:
    html = """<html lang="th"><meta charset="utf-8"><form role="search"><input name="q"></form><form><label for="n">ชื่อ</label><input id="n">
    <select name="k" aria-label="เรื่อง"><option>ถนน</option><option>ทุจริต</option></select><input type="hidden" name="t"><input type="submit"></form>"""
    assert page_of(html.encode(), AT).fields == ("ชื่อ", "เรื่อง (ถนน, ทุจริต)")


def test_frames_and_chats() -> None:
    html = '<html lang="th"><meta charset="utf-8"><p>แผนที่สำนักงานเทศบาลตำบลบ้านสวนพลู</p><iframe src="https://www.google.com/maps/embed?pb=1"></iframe><script src="https://embed.tawk.to/x"></script>'
    assert page_of(html.encode(), AT).frames == ("https://www.google.com/maps/embed?pb=1", "https://embed.tawk.to/x")


def test_a_page_that_a_script_would_fill() -> None:
    html = '<html lang="th"><meta charset="utf-8"><title>x</title><div id="root"></div><script src="a.js"></script>'
    assert codes(html.encode()) == {"PAGE_NEEDS_SCRIPT"}


@pytest.mark.parametrize(
    "content",
    [b"", b"   ", b"\x00\x00", b"<", b"<html>", b"\xff\xfe<\x00", b"<table>" * 3000, b"<!--", b"\x80\x81" * 50],
)
def test_never_raises(content: bytes) -> None:
    assert page_of(content, AT).address == AT


def test_headings_are_marked() -> None:
    from prongsai.inspection.model import Facts
    from prongsai.inspection.view import View
    from tests.inspection.content_site import TODAY

    html = '<html lang="th"><meta charset="utf-8"><h1>รายงาน ปี 2569</h1><p>เนื้อหาของรายงาน</p>'
    from prongsai.inspection.gather import pile_from

    view = View.of(pile_from(AT, html.encode(), (), Facts(), TODAY))
    assert [passage.text for passage in view.sources[0].head] == ["รายงาน ปี 2569"]
