"""Pages of other hands: tables that lay out, cards, lists, accordions, other words; nothing here was written for a rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.frameworks.load import load
from prongsai.inspection.elements import inspect_item
from prongsai.inspection.gather import pile_from
from prongsai.inspection.model import Verdict
from tests.inspection.content_site import FACTS, HOST, TODAY

FOLDER = Path(__file__).with_name("content_samples")
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
GROUPS = {"pass": Verdict.PASS, "fail": Verdict.FAIL, "doubt": Verdict.CANNOT_TELL}


@pytest.mark.parametrize("name", EXPECTED)
def test_sample(name: str) -> None:
    wanted = EXPECTED[name]
    content = (FOLDER / name).read_bytes()
    if "encoding" in wanted:
        content = content.decode().encode(wanted["encoding"])
    framework = load(f"ita-{wanted['year']}")
    item = framework.item_by_key(wanted["item"])
    assert item is not None
    found = inspect_item(framework, item, pile_from(f"{HOST}/{name}", content, (), FACTS, TODAY))
    got = {one.key: one for one in found.elements}
    for group, verdict in GROUPS.items():
        for key in wanted[group]:
            assert got[key].verdict is verdict, (key, got[key].reason_th)
    invented = [
        (one.key, one.reason_th)
        for one in found.elements
        if one.verdict is Verdict.FAIL and one.key not in wanted["fail"]
    ]
    assert not invented


PIECES = ["<table><tr><td>", "</td></tr></table>", "<h1>", "นายกเทศมนตรี", "ลงชื่อ ( )", "ปี 2569", "1 ต.ค. 2568 - 31 มี.ค. 2569", "ไม่มี", "<img src=a.jpg>", "<a href=b.pdf>แผน</a>", "</div>", "๓๑ กุมภาพันธ์ ๒๕๖๙", "<select><option>ทุจริต", "เทศบาลตำบล", "\u200b", "<th colspan=9>", "ปัญหาอุปสรรค:", "(", "2566 - 2565"]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.integers(0, 400))
def test_any_page_gets_verdicts_for_every_element(pieces: list[str], seed: int) -> None:
    framework = load("ita-2569" if seed % 2 else "ita-2567")
    item = framework.items[seed % len(framework.items)]
    found = inspect_item(framework, item, pile_from(f"{HOST}/x/", " ".join(pieces).encode(), (), FACTS, TODAY))
    keys = [one.key for one in found.elements]
    assert keys[: len(item.elements)] == [element.key for element in item.elements]
    assert all(one.reason_th and (one.mend_th or one.verdict is Verdict.PASS) for one in found.elements)


def test_an_empty_page_fails_what_it_lacks() -> None:
    framework = load("ita-2569")
    html = '<html lang="th"><meta charset="utf-8"><title>เทศบาล</title><h1>หัวข้อ</h1>'.encode()
    for item in framework.items:
        found = inspect_item(framework, item, pile_from(f"{HOST}/x/", html, (), FACTS, TODAY))
        assert found.verdict is Verdict.FAIL, item.code
