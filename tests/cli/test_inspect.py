"""``prongsai inspect``: addresses and files as an assessor finds them."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from prongsai.cli import run
from prongsai.frameworks.load import load
from prongsai.inspection.policy import Policy
from tests.inspection.content_faults import CONTENT
from tests.inspection.content_server import FAULTY, TWIN, Held, serving
from tests.inspection.content_site import FACTS, TODAY
from tests.inspection.faults import REACH
from tests.inspection.site import ADDRESSES, TWINS, Site
from tests.inspection.wires import Reply, Server, led, page

ITEM = "O11"
WORDS = "<p>รายงานผลการดำเนินงานของเทศบาลตำบลบ้านสวนพลู ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ ตามภารกิจและแผน</p>"
PLAN = (
    "<h1>แผนการใช้จ่ายงบประมาณประจำปี พ.ศ. 2569</h1>" + WORDS
    + "<table><tr><th>แหล่งงบประมาณ</th><th>จำนวนงบประมาณ</th></tr><tr><td>เงินอุดหนุน</td><td>100,000</td></tr></table>"
)  # fmt: skip
REPLIES = {
    ("", "/"): page(f'{WORDS}<a href="/ita/">ITA 2569</a><a href="/gone.html">ข่าวเก่า</a>'),
    ("", "/ita/"): page('<h1>ITA 2569</h1><ul><li><a href="/plan.html">O11 แผนการใช้จ่ายงบประมาณประจำปี</a></li></ul>'),
    ("", "/plan.html"): page(PLAN, title="แผนการใช้จ่ายงบประมาณประจำปี 2569"),
    ("", "/fine.html"): page(WORDS),
    ("", "/old.html"): led("/plan.html", 301),
    ("", "/empty.pdf"): Reply(b"", "application/pdf"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(REPLIES) as server:
        yield server


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = run(["inspect", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_fine_address_ends_with_0(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, f"{server.url}/fine.html", "--allow-private")
    assert (status, "ไม่พบข้อสังเกต" in out) == (0, True)


def test_faulty_address_ends_with_1_and_says_the_mend(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, f"{server.url}/gone.html", "--allow-private")
    assert (status, "REACH_NOT_FOUND" in out, "แก้:" in out) == (1, True, True)


def test_internal_address_is_refused_unless_allowed(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    asked = len(server.asked)
    status, out, _ = said(capsys, f"{server.url}/fine.html", "--json")
    assert status == 1
    assert [one["code"] for one in json.loads(out)["problems"]] == ["REACH_PRIVATE", "REACH_TEST_HOST"]
    assert len(server.asked) == asked


def test_json_of_one_address_has_the_documented_form(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, f"{server.url}/old.html", "--allow-private", "--json")
    form = json.loads(out)
    assert set(form) == {"target", "is_fine", "seen", "problems", "items", "clicks", "way"}
    assert (form["seen"]["hops"], form["seen"]["final_address"]) == (
        [[301, f"{server.url}/old.html"]],
        f"{server.url}/plan.html",
    )
    assert form["problems"][0]["code"] == "REACH_MOVED"


def test_several_targets_come_back_in_order_and_same_pages_are_told(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [f"{server.url}{path}" for path in ("/old.html", "/fine.html", "/plan.html")]
    _, out, _ = said(capsys, *asked, "--allow-private", "--json")
    forms = json.loads(out)
    assert [one["target"] for one in forms] == asked
    told = [any(problem["code"] == "REACH_DUPLICATE" for problem in one["problems"]) for one in forms]
    assert told == [True, False, True]


def test_item_is_held_against_the_page(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(
        capsys, f"{server.url}/plan.html", "--allow-private", "--framework", "ita-2569", "--item", ITEM, "--json"
    )
    item = json.loads(out)["items"][0]
    assert item["code"] == ITEM
    assert {one["verdict"] for one in item["elements"]} <= {"pass", "fail", "cannot_tell"}
    assert [one["key"] for one in item["elements"] if not one["reason_th"]] == []
    assert status == (0 if json.loads(out)["is_fine"] else 1)


def test_item_is_read_from_the_address_when_nobody_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    first, other = load("ita-2569").items[0], load("ita-2569").item("O11")
    replies = {
        ("", f"/2569/{first.key}/"): page(WORDS),
        ("", "/2569/O11/"): page(PLAN),
        ("", "/2568/O11/"): page("<p>ไม่มี</p>"),
    }
    with Server(replies) as server:
        asked = [f"{server.url}/2569/{first.key}/", f"{server.url}/2569/O11/", f"{server.url}/2568/O11/"]
        _, out, _ = said(capsys, *asked, "--allow-private", "--framework", "ita-2569", "--json")
    assert other is not None
    assert [[item["key"] for item in one["items"]] for one in json.loads(out)] == [[first.key], [other.key], []]


def test_home_alone_walks_and_proposes(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "--home", server.url, "--framework", "ita-2569", "--allow-private", "--json")
    form = json.loads(out)
    assert (status, form["is_whole"], form["framework"]) == (0, True, "ita-2569")
    assert f"{server.url}/plan.html" in [one["address"] for one in form["proposals"]]
    keys = [one["key"] for one in form["proposals"]] + [one["key"] for one in form["unanswered"]]
    assert len(keys) == len(set(keys))


def test_home_with_addresses_tells_clicks_and_what_is_not_linked(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [f"{server.url}/plan.html", f"{server.url}/fine.html"]
    _, out, _ = said(capsys, *asked, "--home", server.url, "--allow-private", "--json")
    linked, alone = json.loads(out)
    assert (linked["clicks"], [step["text"] for step in linked["way"]]) == (
        2,
        ["ITA 2569", "O11 แผนการใช้จ่ายงบประมาณประจำปี"],
    )
    assert (alone["clicks"], [one["code"] for one in alone["problems"]]) == (None, ["REACH_UNLINKED"])


def test_table_is_in_thai(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "--home", server.url, "--framework", "ita-2569", "--allow-private")
    assert "หน้าที่น่าจะตอบข้อ" in out
    _, out, _ = said(capsys, f"{server.url}/plan.html", "--allow-private", "--item", ITEM)
    assert "องค์ประกอบ" in out


def test_local_files_are_judged_by_their_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.pdf").write_text("<html><body>ไม่ใช่ PDF</body></html>", encoding="utf-8")
    (tmp_path / "empty.pdf").write_bytes(b"")
    status, out, _ = said(capsys, tmp_path / "report.pdf", tmp_path / "empty.pdf", "--json")
    codes = [[problem["code"] for problem in one["problems"]] for one in json.loads(out)]
    assert (status, "REACH_TYPE" in codes[0], "REACH_EMPTY" in codes[1]) == (1, True, True)
    assert [one["seen"] for one in json.loads(out)] == [None, None]


def test_local_page_and_papers_are_one_pile_of_an_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.html").write_bytes(page(PLAN).body)
    (tmp_path / "plan.csv").write_text("แหล่งงบประมาณ,จำนวน\nเงินอุดหนุน,100000\n", encoding="utf-8")
    _, out, _ = said(
        capsys, tmp_path / "plan.csv", tmp_path / "plan.html", "--framework", "ita-2569", "--item", ITEM, "--json"
    )
    form = json.loads(out)
    assert [item["code"] for item in form["items"]] == [ITEM]


def own_name(capsys: pytest.CaptureFixture[str], path: Path, *more: str) -> tuple[str, str]:
    _, out, _ = said(capsys, path, "--framework", "ita-2569", "--item", ITEM, "--json", *more)
    one = next(one for one in json.loads(out)["items"][0]["elements"] if one["key"] == "item.own-name")
    return one["verdict"], one["reason_th"]


def test_the_office_is_as_said_and_what_a_page_calls_itself_is_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.html"
    path.write_bytes(page(PLAN, title="แผน | เทศบาลตำบลบ้านสวนพลู").body)
    verdict, reason = own_name(capsys, path)
    assert (verdict, "เทศบาลตำบลบ้านสวนพลู" in reason) == ("cannot_tell", True)
    assert own_name(capsys, path, "--agency", "เทศบาลตำบลบ้านสวนพลู", "--province", "จังหวัดลพบุรี")[0] == "pass"
    assert own_name(capsys, path, "--agency", "เทศบาลตำบลท่าวังทอง")[0] == "fail"


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["nothing-there.pdf"], ["https://www.ban.go.th/", "--framework", "ita-1999"], [Path(__file__).parent],
        ["https://www.ban.go.th/", "--item", "O99"], ["--home", "ftp://x/"], ["https://www.ban.go.th/", "--limit", "0"],
        ["https://www.ban.go.th/", "--province", "ลพบุรื"],
    ],
)  # fmt: skip
def test_unusable_call_says_one_line_and_ends_with_2(
    arguments: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = said(capsys, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)


# --- the deliberately bad website, through the verb ------------------------------------------------------------------
# All that is changed is where names of the internet lead, and for what is disclosed which day it is.
PATIENT = {3: "0.5", 20: "0.9"}  # seconds that a clerk who waits for no machine would give
REACHED = {fault.number: fault.code for fault in REACH if fault.number in ADDRESSES}
FAILING = dict(zip(FAULTY, CONTENT, strict=False))
OFFICE = ("--agency", FACTS.name, "--province", FACTS.province, "--head", FACTS.head)


@pytest.fixture(scope="module")
def routed() -> Iterator[Callable[..., Policy]]:
    with Site() as site, serving() as routes:
        near = site.policy(slow_ms=Policy().slow_ms)
        yield lambda **more: replace(near, routes={**near.routes, **routes}, **more)


@pytest.fixture
def on_day(routed: Callable[..., Policy], monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Open the bad website to the verb; gives how to set the day."""
    monkeypatch.setattr("prongsai.cli.inspect.Policy", routed)
    return lambda day: monkeypatch.setattr("prongsai.cli.inspect.Policy", partial(routed, today=day))


Told = dict[str, dict[str, Any]]


def told(capsys: pytest.CaptureFixture[str], addresses: Iterable[str], *more: str) -> tuple[int, Told]:
    status, out, _ = said(capsys, *addresses, "--json", *more)
    found = json.loads(out)
    return status, {one["target"]: one for one in (found if isinstance(found, list) else [found])}


def held_against(
    capsys: pytest.CaptureFixture[str], every: Iterable[Held]
) -> Iterator[tuple[Held, int, dict[str, Any]]]:
    """Hold addresses against their items, those of one item in one call."""
    for (year, item), group in groupby(sorted(every, key=lambda one: one[1:]), key=lambda one: one[1:]):
        held = list(group)
        asked = ("--framework", f"ita-{year}", "--item", item, *OFFICE)
        status, found = told(capsys, [one.address for one in held], *asked)
        yield from ((one, status, found[one.address]) for one in held)


def test_each_of_forty_faults_is_found_by_the_verb(
    on_day: Callable[[date], None], capsys: pytest.CaptureFixture[str]
) -> None:
    usual = [ADDRESSES[number] for number in REACHED if number not in PATIENT]
    status, reached = told(capsys, usual)
    for number, seconds in PATIENT.items():
        reached |= told(capsys, [ADDRESSES[number]], "--patience", seconds)[1]
    found = {
        number for number, code in REACHED.items()
        if code in {problem["code"] for problem in reached[ADDRESSES[number]]["problems"]}
    }  # fmt: skip
    on_day(TODAY)
    for held, failed, one in held_against(capsys, FAILING):
        fault = FAILING[held]
        elements = {element["key"]: element for element in one["items"][0]["elements"]}
        told_of = elements[fault.element]
        if (failed, told_of["verdict"]) == (1, "fail") and fault.says in told_of["reason_th"] and told_of["mend_th"]:
            found.add(fault.number)
    assert status == 1
    assert [number for number in (*range(1, 41), *REACHED) if number not in found] == []


def test_the_clean_twin_has_no_error_and_fails_nothing_by_the_verb(
    on_day: Callable[[date], None], capsys: pytest.CaptureFixture[str]
) -> None:
    status, reached = told(capsys, TWINS)
    assert (status, {address: one["problems"] for address, one in reached.items() if one["problems"]}) == (0, {})
    on_day(TODAY)
    seen = list(held_against(capsys, TWIN))
    assert {held: one for held, status, one in seen if status or not one["is_fine"]} == {}
    assert [held for held, _, one in seen if "fail" in {each["verdict"] for each in one["items"][0]["elements"]}] == []
    assert len(seen) == len(TWIN)


def test_patience_says_how_long_to_wait_and_what_is_slow(
    on_day: Callable[[date], None], capsys: pytest.CaptureFixture[str]
) -> None:
    codes = {
        seconds: [one["code"] for one in told(capsys, [ADDRESSES[20]], "--patience", seconds)[1][ADDRESSES[20]]["problems"]]
        for seconds in ("0.1", "0.9", "60")
    }  # fmt: skip
    assert codes == {"0.1": ["REACH_TIMEOUT"], "0.9": ["REACH_SLOW"], "60": []}
    assert said(capsys, ADDRESSES[20], "--patience", "0")[0] == 2
