"""A walk from the home page: how far each page is, by which clicks, and what is left alone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from prongsai.inspection.crawl import Walk, distances, duplicates, is_paper, walk
from prongsai.inspection.policy import Policy
from prongsai.inspection.reach import look_all
from tests.inspection.wires import Reply, Server, led, page

HOST = "www.suanphlu.go.th"
PDF = Reply(b"%PDF-1.7\n" + b"x" * 5000, "application/pdf")


def _links(*addresses: str, more: str = "") -> Reply:
    return page("".join(f'<p><a href="{address}">ไป {address}</a></p>' for address in addresses) + more)


REPLIES = {
    "/": _links("/ita/", "/about.html", "/old", "http://ita.suanphlu.go.th/x", "https://www.elsewhere.go.th/", "mailto:a@b.c",
                "/secret/x.html", "/logout", "/news?page=1&utm_source=x", "#top", "javascript:void(0)", "/contact.html#map"),
    "/ita/": _links("/ita/o1.html", "/ita/o2.html", "/files/plan.pdf", "https://drive.google.com/file/d/1234567890abc/view", "../"),
    "/ita/o1.html": _links("/ita/deep.html", "https://www.suanphlu.go.th/ita/o2.html/"),
    "/ita/o2.html": page('<iframe src="/ita/inner.html"></iframe>'),
    "/ita/inner.html": page("<p>ข้อมูลในกรอบ</p>"),
    "/ita/deep.html": page("<p>ลึก</p>"),
    "/about.html": page("<p>เกี่ยวกับ</p>"),
    "/contact.html": page("<p>ติดต่อ</p>"),
    "/old": led("/ita/"),
    "/files/plan.pdf": PDF,
    "/robots.txt": Reply(b"User-agent: *\nDisallow: /secret/\nCrawl-delay: 0\n", "text/plain"),
    "/alone.html": page("<p>ไม่มีใครลิงก์มา</p>"),
    "/alone-2.html": page("<p>ไม่มีใครลิงก์มา</p>"),
}  # fmt: skip


def _trap(number: int) -> Reply:
    return _links(f"/calendar?month={number + 1}", f"/calendar?month={number + 2}")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    replies = {(HOST, path): reply for path, reply in REPLIES.items()}
    replies[HOST, "/news?page=1"] = _links("/news?page=2")
    replies["ita.suanphlu.go.th", "/x"] = page("<p>เว็บย่อย</p>")
    replies |= {("trap.go.th", f"/calendar?month={number}"): _trap(number) for number in range(500)}
    replies["trap.go.th", "/"] = _trap(0)
    with Server(replies) as server:
        yield server


@pytest.fixture(scope="module")
def policy(server: Server) -> Policy:
    routes = server.routes(HOST, "ita.suanphlu.go.th", "trap.go.th")
    return Policy(routes=routes, delay_seconds=0, per_host=8, resolve=lambda host, port: ())


@pytest.fixture(scope="module")
def walked(server: Server, policy: Policy) -> Walk:
    return walk(f"http://{HOST}/", policy=policy)


def short(address: str) -> str:
    return address.replace(f"http://{HOST}", "")


def test_clicks_are_counted_from_home(walked: Walk) -> None:
    clicks = {short(address): count for address, count in walked.clicks.items()}
    assert {name: clicks[name] for name in ("/", "/ita/", "/ita/o1.html", "/ita/deep.html", "/files/plan.pdf", "/contact.html")} == {
        "/": 0, "/ita/": 1, "/ita/o1.html": 2, "/ita/deep.html": 3, "/files/plan.pdf": 2, "/contact.html": 1,
    }  # fmt: skip
    assert clicks["/ita/inner.html"] == clicks["/ita/o2.html"]  # a frame is no click


def test_way_is_told_by_the_words_of_its_links(walked: Walk) -> None:
    way = walked.ways[f"http://{HOST}/ita/deep.html"]
    assert [link.text for link in way] == ["ไป /ita/", "ไป /ita/o1.html", "ไป /ita/deep.html"]
    assert walked.ways[f"http://{HOST}/"] == ()


def test_what_robots_forbid_and_what_is_no_page_is_left_alone(server: Server, walked: Walk) -> None:
    assert [short(address) for address in walked.refused] == ["/secret/x.html"]
    asked = {line.partition(" ")[2] for line in server.asked}
    assert [line for line in asked if "secret" in line or "logout" in line or "elsewhere" in line] == []


def test_documents_are_asked_for_without_their_bytes(server: Server, walked: Walk) -> None:
    seen = walked.pages[f"http://{HOST}/files/plan.pdf"]
    assert (seen.status, seen.media_type, seen.size, seen.content) == (200, "application/pdf", 5009, None)
    assert [line.partition(" ")[0] for line in server.asked if line.endswith("plan.pdf")] == ["HEAD"]


def test_pages_have_their_content_and_only_of_this_site(walked: Walk) -> None:
    assert walked.pages[f"http://{HOST}/about.html"].content is not None
    assert [address for address in walked.pages if "elsewhere" in address] == []
    assert "https://drive.google.com/file/d/1234567890abc/view" in walked.clicks


def test_same_place_in_other_spelling_is_one_page(walked: Walk) -> None:
    assert walked.find("https://suanphlu.go.th/ita/o2.html/") == f"http://{HOST}/ita/o2.html"
    assert [short(address) for address in walked.clicks if "o2.html" in address] == ["/ita/o2.html"]
    assert f"http://{HOST}/news?page=1" in walked.clicks


def test_walk_is_whole_when_nothing_waits(walked: Walk) -> None:
    assert walked.is_whole is True


def test_far_and_unlinked_pages_are_told(walked: Walk, policy: Policy) -> None:
    asked = [f"http://{HOST}{path}" for path in ("/ita/o1.html", "/ita/deep.html", "/alone.html", "/files/plan.pdf")]
    found = {(short(problem.where.file or ""), problem.code) for problem in distances(walked, asked, policy=policy)}
    assert found == {("/ita/deep.html", "REACH_FAR"), ("/alone.html", "REACH_UNLINKED")}


def test_of_a_walk_that_was_cut_nothing_is_called_unlinked(walked: Walk, policy: Policy) -> None:
    cut = replace(walked, waiting=("http://x/",))
    assert list(distances(cut, [f"http://{HOST}/alone.html"], policy=policy)) == []


def test_limit_holds_and_the_walk_goes_on_from_there(server: Server, policy: Policy, walked: Walk) -> None:
    first = walk(f"http://{HOST}/", policy=policy, limit=3)
    assert len([one for one in first.pages if not is_paper(one)]) == 3
    whole = first
    for _ in range(10):
        whole = walk(f"http://{HOST}/", policy=policy, limit=3, before=whole)
    assert (whole.is_whole, whole.clicks, whole.ways) == (True, walked.clicks, walked.ways)


def test_walk_that_was_stopped_goes_on(policy: Policy, walked: Walk) -> None:
    stops = iter([False, True])
    part = walk(f"http://{HOST}/", policy=policy, stop=lambda: next(stops, True))
    assert (part.is_whole, len(part.pages) < len(walked.pages)) == (False, True)
    assert walk(f"http://{HOST}/", policy=policy, before=part).clicks == walked.clicks


def test_pages_without_end_are_left_after_a_while(policy: Policy) -> None:
    found = walk("http://trap.go.th/", policy=policy, limit=400)
    assert (found.is_whole, len(found.pages)) == (True, 151)


def test_home_that_does_not_open_is_a_walk_of_one(policy: Policy) -> None:
    found = walk("http://nobody.go.th/", policy=policy)
    assert [seen.status for seen in found.pages.values()] == [None]


def test_pages_that_are_the_same_are_told_for_each(policy: Policy) -> None:
    asked = [f"http://{HOST}{path}" for path in ("/ita/", "/old", "/about.html", "/alone.html", "/alone-2.html")]
    found = {(short(one.where.file or ""), one.code) for one in duplicates(look_all(asked, policy=policy))}
    assert found == {(path, "REACH_DUPLICATE") for path in ("/ita/", "/old", "/alone.html", "/alone-2.html")}


def test_site_that_forbids_everything_shows_its_home_and_no_more() -> None:
    replies = {
        ("", "/robots.txt"): Reply(b"User-agent: *\nDisallow: /", "text/plain"),
        ("", "/"): _links("/a.html", "/b.pdf"),
    }
    with Server(replies) as server:
        found = walk(server.url, policy=Policy(allow_private=True))
        assert (list(found.pages), len(found.refused), found.is_whole) == ([f"{server.url}/"], 2, True)
