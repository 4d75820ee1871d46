"""The light markup: what it stands for, and that reading what was written gives the same again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.web.disclosure import markup
from prongsai.web.disclosure.slugs import free_name, slug_of

TEXT = """# ขั้นตอน
ติดต่อสำนักปลัด

1. ยื่นคำขอ
๒. รออนุมัติ

- ไม่มีค่าธรรมเนียม
- เปิดทุกวัน
ห้อง | ความจุ
--- | ---
ใหญ่ | ๑๐๐
เล็ก |
[แบบคำขอ](https://example.go.th/form.pdf)
![แผนผัง](chart.png)
\\# ไม่ใช่หัวข้อ
"""
BLOCKS = [
    {"kind": "heading", "lines": ["ขั้นตอน"]},
    {"kind": "paragraph", "lines": ["ติดต่อสำนักปลัด"]},
    {"kind": "steps", "lines": ["ยื่นคำขอ", "รออนุมัติ"]},
    {"kind": "list", "lines": ["ไม่มีค่าธรรมเนียม", "เปิดทุกวัน"]},
    {"kind": "table", "rows": [["ห้อง", "ความจุ"], ["ใหญ่", "๑๐๐"], ["เล็ก", ""]]},
    {"kind": "link", "lines": ["แบบคำขอ"], "address": "https://example.go.th/form.pdf"},
    {"kind": "picture", "lines": ["แผนผัง"], "address": "chart.png"},
    {"kind": "paragraph", "lines": ["# ไม่ใช่หัวข้อ"]},
]


def test_text_is_read_as_blocks():
    assert markup.read(TEXT) == BLOCKS


def test_blocks_are_written_as_text_that_reads_the_same():
    assert markup.read(markup.write(BLOCKS)) == BLOCKS


@given(st.text(alphabet="ก้1๑2.)#-*•|\\[]()! :ab/\n\t\u200b", max_size=40))
def test_what_is_read_is_written_so_that_it_reads_the_same(text):
    blocks = markup.read(text)
    assert markup.read(markup.write(blocks)) == blocks


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.go.th/ก", True),
        ("mailto:clerk@example.go.th", True),
        ("2569/procurement.monthly/", True),
        ("form:questions", True),
        ("form:public-hearings", True),
        ("form:", False),
        ("form://evil.example", False),
        ("form:x y", False),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example", False),
        ("\\\\evil", False),
    ],
)
def test_only_addresses_that_run_nothing_are_safe(address, safe):
    assert markup.is_safe(address) == safe


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("รายงานผลการจัดซื้อจัดจ้าง ประจำเดือน มกราคม ๒๕๖๙", "report-procurement-01-2569"),
        ("ประกาศ No Gift Policy ปี 2569", "announcement-no-gift-policy-2569"),
        ("ทดสอบ", "document"),
        ("๒๕๖๙", "document-2569"),
        ("x " * 100, "x"),
    ],
)
def test_title_has_a_latin_name(title, slug):
    assert slug_of(title) == slug


def test_taken_name_gets_a_number():
    assert free_name("plan", ".pdf", {"plan.pdf", "plan-2.pdf"}) == "plan-3.pdf"
