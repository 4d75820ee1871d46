"""Slips to be cut apart: eight a page, each with its own code, whatever the title."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prongsai.documents.slips import Slip, Slips
from prongsai.documents.write.office import Office
from prongsai.documents.write.pdf.slips import render_slips, render_slips_apart
from tests.documents.write.pdf_extract import by_pdfium

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1v1h-1z"/></svg>'
TITLE = "แบบสำรวจความพึงพอใจต่อการให้บริการของเทศบาลตำบลบ้านสวนพลู"
ADDRESS = "survey.bansuanplu-municipality.go.th/05170201/ask/abcdefgh/"


def slip(number: int, title: str = TITLE) -> Slip:
    return Slip(
        title, PICTURE, "คิวอาร์โค้ด", "สแกน หรือเปิดเว็บ", ADDRESS, "แล้วใส่รหัสนี้", f"0000 0000 0000 {number:04d}", ("สับก่อนแจก",)
    )  # fmt: skip


def stack(count: int, title: str = TITLE) -> Slips:
    return Slips("ใบรหัส", ("สับให้คละกัน", "ให้หยิบเอง"), tuple(slip(number, title) for number in range(count)))


@pytest.mark.parametrize(("count", "pages"), [(1, 2), (8, 2), (9, 3)])
def test_eight_slips_stand_on_a_page_behind_what_to_do_with_them(count, pages):
    front, *rest = by_pdfium(render_slips(stack(count), Office()))
    assert "1. สับให้คละกัน" in front and "2. ให้หยิบเอง" in front and "0000 0000" not in front
    assert len(rest) == pages - 1
    printed = "\n".join(rest)
    assert [printed.count(f"0000 0000 0000 {number:04d}") for number in range(count)] == [1] * count


def test_long_title_is_cut_and_pushes_nothing_off_its_slip():
    (_front, page) = by_pdfium(render_slips(stack(8, TITLE * 4), Office()))
    assert page.count("…") == page.count("สับก่อนแจก") == 8


def test_slips_of_another_process_are_the_same(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert render_slips_apart(stack(1), Office()) == render_slips(stack(1), Office())


def test_address_may_be_parted_behind_its_strokes_only():
    one = replace(slip(1), address="ita.example.go.th/05170201/ask/abc/")
    assert one.address_parts == ("ita.example.go.th/", "05170201/", "ask/", "abc/")
