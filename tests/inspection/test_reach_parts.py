"""The parts of a look, each alone: addresses, robots.txt, media types, certificates, file services, names of downloads."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.inspection import media
from prongsai.inspection.address_signs import is_test_host
from prongsai.inspection.addresses import Address, BadAddress, joined, parse, readable_host, same_place, site_of
from prongsai.inspection.answer_signs import is_home, is_odd, saved_as
from prongsai.inspection.body import BrokenEncoding, Taking, decoded
from prongsai.inspection.files_services import direct, is_door, is_gone, is_wall, service_of
from prongsai.inspection.peek import peek
from prongsai.inspection.policy import Policy
from prongsai.inspection.robots import LINES_MAX, RULES_MAX, STARS_MAX, read_robots
from prongsai.inspection.tls import BadCertificate, Certificate, certificate_of
from tests.inspection.site import PDF, docx
from tests.inspection.wires import authority_pem

# Addresses


@pytest.mark.parametrize(
    "written, read",
    [
        ("www.ban.go.th", "https://www.ban.go.th/"),
        (" https://www.ban.go.th/ข้อมูล ปี ๒๕๖๙.pdf \n", "https://www.ban.go.th/%E0%B8%82%E0%B9%89%E0%B8%AD%E0%B8%A1%E0%B8%B9%E0%B8%A5%20%E0%B8%9B%E0%B8%B5%20%E0%B9%92%E0%B9%95%E0%B9%96%E0%B9%99.pdf"),
        ("http://ban.go.th:80/a%20b?q=ก#x", "http://ban.go.th/a%20b?q=%E0%B8%81"),
        ("http://ban.go.th:8080/100%", "http://ban.go.th:8080/100%25"),
        ("https:\\\\www.ban.go.th\\a", "https://www.ban.go.th/a"),
        ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/"),
        ("localhost:8000/x", "https://localhost:8000/x"),
        ("https://ban.go.th?x=1", "https://ban.go.th/?x=1"),
    ],
)  # fmt: skip
def test_address_is_read_as_a_browser_reads_it(written: str, read: str) -> None:
    assert str(parse(written)) == read


@pytest.mark.parametrize(
    "written, scheme",
    [
        ("", ""), ("   ", ""), ("https://", ""), ("https://a b/", ""), ("https://ban..go.th/", ""), ("https://[::1/", ""), ("https://x:99999/", ""),
        ("file:///C:/a.pdf", "file"), ("ftp://ban.go.th/", "ftp"), ("javascript:alert(1)", "javascript"), ("mailto:a@b.c", "mailto"),
        ("C:\\ITA\\o1.pdf", "c"), ("https://" + "a" * 70 + ".th/", ""), ("https://ban.go.th/" + "a" * 5000, ""), ("https://%2e/", ""),
    ],
)  # fmt: skip
def test_what_no_browser_opens_is_refused(written: str, scheme: str) -> None:
    with pytest.raises(BadAddress) as refused:
        parse(written)
    assert refused.value.scheme == scheme


@given(st.text(max_size=80))
def test_any_text_is_an_address_that_reads_the_same_again_or_refused(text: str) -> None:
    try:
        found = parse(text)
    except BadAddress:
        return
    assert str(parse(str(found))) == str(found)
    assert str(found).isascii()


@given(st.text(max_size=60))
def test_any_reference_is_joined_or_refused(text: str) -> None:
    try:
        found = joined("https://www.ban.go.th/a/b?c=1", text)
    except BadAddress:
        return
    assert found.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "host, site",
    [
        ("www.ban.go.th", "ban.go.th"), ("ita.data.ban.go.th", "ban.go.th"), ("ban.go.th", "ban.go.th"), ("www.ban.com", "ban.com"),
        ("ban.com", "ban.com"), ("127.0.0.1", "127.0.0.1"), ("localhost", "localhost"), ("::1", "::1"), ("www.ban.blogspot.com", "ban.blogspot.com"),
        ("ban.รัฐบาล.ไทย".encode("idna").decode(), "ban.รัฐบาล.ไทย".encode("idna").decode()),
        ("www.ban.รัฐบาล.ไทย".encode("idna").decode(), "ban.รัฐบาล.ไทย".encode("idna").decode()),
    ],
)  # fmt: skip
def test_site_is_the_name_that_was_registered(host: str, site: str) -> None:
    assert site_of(host) == site


def test_thai_name_is_shown_in_thai() -> None:
    assert readable_host(parse("https://เทศบาล.ไทย/").host) == "เทศบาล.ไทย"


def test_same_place_looks_away_from_scheme_www_slash_and_fragment() -> None:
    one = parse("http://www.ban.go.th/a/")
    assert [same_place(one, parse(other)) for other in ("https://ban.go.th/a#x", "https://ban.go.th/a?b", "https://ban.go.th/A")] == [
        True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written, is_test",
    [
        ("http://localhost/", True), ("http://203.150.1.1/", True), ("https://staging.ban.go.th/", True), ("https://dev2.ban.go.th/", True),
        ("https://x.ngrok.io/", True), ("http://server/", True), ("https://www.demo.go.th/", False), ("https://www.ban.go.th/", False),
        ("https://test-ban.go.th/", False), ("https://ita.ban.go.th/dev/", False), ("https://pc.local/", True),
    ],
)  # fmt: skip
def test_test_machines_are_told_by_their_names(written: str, is_test: bool) -> None:
    assert is_test_host(parse(written), Policy()) is is_test


@pytest.mark.parametrize(
    "path, home",
    [
        ("/", True),
        ("/index.php", True),
        ("/home", True),
        ("/th/", True),
        ("/main.html", True),
        ("/ita", False),
        ("/index.php?o=1", False),
    ],
)
def test_home_pages_are_told_by_their_paths(path: str, home: bool) -> None:
    assert is_home(Address("https", "www.ban.go.th", 443, path)) is home


# robots.txt


@pytest.mark.parametrize(
    "text, target, allowed",
    [
        ("User-agent: *\nDisallow: /", "/a", False), ("User-agent: *\nDisallow:", "/a", True), ("", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True), ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?1", True), ("user-agent: PRONGSAI/1\ndisallow: /x\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: a\nUser-agent: *\nDisallow: /x # note", "/xyz", False), ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow: /a*b*b$", "/axbxbxb", False), ("User-agent: *\nDisallow: /a*a$", "/a", True),
        ("User-agent: *\nDisallow: /a$", "/ab", True), ("User-agent: *\nDisallow: /a*b*c", "/acb", True),
        ("\ufeffUser-agent: *\nDisallow: /x", "/x", False), ("User-agent: *\nDisallow: /a\nUser-agent: other\nDisallow: /", "/b", True),
    ],
)  # fmt: skip
def test_robots_are_read_by_the_longest_rule_of_our_group(text: str, target: str, allowed: bool) -> None:
    assert read_robots(text.encode(), "prongsai").allows(target) is allowed


class Counted(str):
    """A path that counts how often it is searched through."""

    searches = 0

    def find(self, *sought: object) -> int:  # type: ignore[override]
        Counted.searches += 1
        return super().find(*sought)  # type: ignore[arg-type]


def test_hostile_robots_cost_little() -> None:
    """Stars that a regular expression would try in every way; too many of them, or of lines, are left out."""
    stars = [f"Disallow: /{'*a' * count}b$" for count in (20, 21, 5000)]
    robots = read_robots("\n".join(["User-agent: *", *stars]).encode(), "x")
    assert [len(pattern) for _, pattern in robots.rules] == [43]
    Counted.searches = 0
    assert robots.allows(Counted("/" + "a" * 60))
    assert 0 < Counted.searches <= STARS_MAX
    many = read_robots(b"User-agent: *\n" + b"Allow: /**************a\n" * 20_000, "x")
    assert len(many.rules) <= RULES_MAX and set(many.rules) == {(True, "/*a")}
    late = read_robots(b"User-agent: *\n" + b"\n" * LINES_MAX + b"Disallow: /\n", "x")
    assert late.rules == ()


def test_robots_delay_is_read() -> None:
    assert read_robots(b"User-agent: *\nCrawl-delay: 2.5", "x").delay_seconds == 2.5


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_robots_are_read(content: bytes, target: str) -> None:
    assert read_robots(content, "prongsai").allows(f"/{target}") in (True, False)


# Bytes


@pytest.mark.parametrize(
    "head, sent, found",
    [
        (PDF, "text/html", media.PDF), (docx(), "application/zip", media.DOCX), (b"PK\x03\x04" + b"\0" * 40, "", media.ZIP),
        (b"<!DOCTYPE html><p>", "application/pdf", media.HTML), (b"\xef\xbb\xbf <html>", "", media.HTML), (b"<?xml version='1.0'?><rss/>", "text/xml", "text/xml"),
        (b"a,b\n1,2", "text/csv", media.CSV), ("ก,ข".encode("cp874"), "", media.TEXT), (b"\x00\x01\x02", "", media.UNKNOWN),
        (b"\xff\xd8\xff\xe0", "image/png", "image/jpeg"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "", media.XLS),
        (b"", "application/pdf; x=1", media.PDF), (b"hello", "application/pdf", media.TEXT), (b"<svg xmlns='x'/>", "image/svg+xml", "image/svg+xml"),
        (b"BMW cars are fine", "text/plain", media.TEXT),
    ],
)  # fmt: skip
def test_media_type_is_told_by_the_bytes(head: bytes, sent: str, found: str) -> None:
    assert media.media_type_of(head, sent) == found


@given(st.binary(max_size=200), st.sampled_from(["", "text/html", "application/pdf", "x/y"]))
def test_any_bytes_have_a_media_type(head: bytes, sent: str) -> None:
    assert isinstance(media.media_type_of(head, sent), str)


@given(st.lists(st.binary(max_size=50), max_size=20), st.integers(0, 200), st.integers(0, 300))
def test_size_and_hash_do_not_hang_on_the_pieces(pieces: list[bytes], keep: int, most: int) -> None:
    import hashlib

    whole = b"".join(pieces)
    taking = Taking(keep, most)
    taking.all_of(pieces)
    body = taking.done()
    assert (body.size, body.sha256) == (min(len(whole), most), hashlib.sha256(whole[:most]).hexdigest())
    assert body.content == (whole if len(whole) <= min(keep, most) else None)
    assert body.is_cut is (len(whole) > most)


@pytest.mark.parametrize("name, window", [("gzip", 31), ("deflate", 15), ("deflate", -15), ("identity", None)])
def test_encodings_are_undone_in_any_pieces(name: str, window: int | None) -> None:
    import zlib

    text = "ข้อมูลสาธารณะ".encode() * 500
    packer = zlib.compressobj(6, zlib.DEFLATED, window) if window else None
    packed = packer.compress(text) + packer.flush() if packer else text
    assert b"".join(decoded([packed[at : at + 7] for at in range(0, len(packed), 7)], name)) == text


def test_cut_gzip_is_broken() -> None:
    import gzip

    with pytest.raises(BrokenEncoding):
        b"".join(decoded([gzip.compress(b"x" * 900)[:-9]], "gzip"))


# Certificates


def test_certificate_is_read_from_its_bytes() -> None:
    import ssl

    from cryptography import x509

    der = ssl.PEM_cert_to_DER_cert(authority_pem())
    mine, theirs = certificate_of(der), x509.load_der_x509_certificate(der)
    assert (mine.begins, mine.ends) == (theirs.not_valid_before_utc, theirs.not_valid_after_utc)


@given(st.binary(max_size=120))
def test_any_bytes_are_a_certificate_or_none(der: bytes) -> None:
    try:
        certificate_of(der)
    except BadCertificate:
        return


@pytest.mark.parametrize(
    "host, fits",
    [
        ("www.ban.go.th", True),
        ("a.ban.go.th", True),
        ("a.b.ban.go.th", False),
        ("ban.go.th", False),
        ("www.other.go.th", True),
        ("other.go.th", False),
    ],
)
def test_star_stands_for_one_label(host: str, fits: bool) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert Certificate(now, now, ("*.ban.go.th", "www.other.go.th")).is_for(host) is fits


def test_last_day_is_that_of_thailand() -> None:
    ends = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    assert Certificate(ends, ends, ()).last_day == date(2026, 11, 22)


# File services


@pytest.mark.parametrize(
    "written, name",
    [
        ("https://drive.google.com/file/d/1/view", "Google Drive"), ("https://www.dropbox.com/s/1/a.pdf?dl=0", "Dropbox"), ("https://1drv.ms/b/s!A", "OneDrive"),
        ("https://ban-my.sharepoint.com/x", "OneDrive"), ("https://sites.google.com/view/ban", None), ("https://notdropbox.com/", None),
    ],
)  # fmt: skip
def test_service_is_told_by_its_host(written: str, name: str | None) -> None:
    found = service_of(parse(written))
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    "words, wall, gone",
    [
        ("คุณต้องขอสิทธิ์เข้าถึง", True, False), ("You need access · Request access", True, False), ("ขออภัย ไม่มีไฟล์ที่คุณขอ", False, True),
        ("This item was deleted", False, True), ("รายงาน.pdf - Google ไดรฟ์", False, False),
    ],
)  # fmt: skip
def test_walls_and_holes_of_services_are_told_by_their_words(words: str, wall: bool, gone: bool) -> None:
    drive = service_of(parse("https://drive.google.com/x"))
    assert (is_wall(drive, words), is_gone(drive, words), is_wall(None, words)) == (wall, gone, False)


def test_door_of_a_service_is_where_visitors_are_sent() -> None:
    drive, box = service_of(parse("https://drive.google.com/x")), service_of(parse("https://www.dropbox.com/s/x"))
    assert drive is not None and box is not None
    doors = ["https://accounts.google.com/v3/signin", "https://drive.google.com/x"]
    assert [is_door(parse(door), drive) for door in doors] == [True, False]
    assert [
        is_door(parse(door), box) for door in ("https://www.dropbox.com/login?cont=x", "https://www.dropbox.com/s/x")
    ] == [True, False]


@pytest.mark.parametrize(
    "viewer, file",
    [
        ("https://drive.google.com/file/d/1aB2cD3eF4gH/view?usp=sharing", "https://drive.google.com/uc?export=download&id=1aB2cD3eF4gH"),
        ("https://drive.google.com/open?id=1aB2cD3eF4gH", "https://drive.google.com/uc?export=download&id=1aB2cD3eF4gH"),
        ("https://docs.google.com/spreadsheets/d/1aB2cD3eF4gH/edit#gid=0", "https://docs.google.com/spreadsheets/d/1aB2cD3eF4gH/export?format=xlsx"),
        ("https://www.dropbox.com/s/x/a.pdf?dl=0", "https://www.dropbox.com/s/x/a.pdf?dl=1"), ("https://www.ban.go.th/a.pdf", "https://www.ban.go.th/a.pdf"),
        ("https://drive.google.com/drive/folders/1aB2cD3eF4gH", "https://drive.google.com/drive/folders/1aB2cD3eF4gH"),
    ],
)  # fmt: skip
def test_file_behind_a_viewer_has_an_address_of_its_own(viewer: str, file: str) -> None:
    assert direct(viewer) == file


# Names under which a browser saves


@pytest.mark.parametrize(
    "name, odd",
    [("แผน-2569.pdf", False), ("download.php", True), ("file", True), ("\u0e40\u0e18\u0e41\u0e40\u0e18.pdf", True), ("report.docx", True), ("a.b.pdf", False),
     ("???.pdf", True), ("20240101.pdf ", False)],
)  # fmt: skip
def test_odd_names_are_told(name: str, odd: bool) -> None:
    assert is_odd(name, media.PDF) is odd


def test_name_is_only_of_what_is_saved() -> None:
    at = parse("https://www.ban.go.th/get.php?id=1")
    said = {"content-disposition": "inline; filename=a.php", "content-type": "application/pdf"}
    assert saved_as(at, said, media.PDF) is None
    assert saved_as(at, {"content-disposition": 'attachment; filename="รายงาน.pdf"'}, media.PDF) == "รายงาน.pdf"
    assert saved_as(at, {"content-type": "application/octet-stream"}, media.PDF) == "get.php"


# A look at a page


def test_links_of_a_page_are_absolute_and_those_into_a_computer_are_apart() -> None:
    html = '<base href="/b/"><a href="x y.html">หนึ่ง</a><a href="file:///C:/a.doc">สอง</a><a href="\\\\server\\a.doc">สาม</a><a href="//ban.com">สี่</a>'
    found = peek(html.encode(), "https://www.ban.go.th/a/", {})
    assert [(link.address, link.text) for link in found.links] == [
        ("https://www.ban.go.th/b/x%20y.html", "หนึ่ง"),
        ("https://ban.com/", "สี่"),
    ]
    assert found.local == ("file:///C:/a.doc", "\\\\server\\a.doc")


@given(st.text(max_size=200))
def test_any_page_can_be_looked_at(text: str) -> None:
    assert peek(f"<html><body>{text}".encode("utf-8", "replace"), "https://www.ban.go.th/", {}).scripts >= 0
