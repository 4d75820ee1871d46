"""Every kind of paper on a Word file: the starting template, filled with the sample, is read back equal."""

import io
import zipfile
from dataclasses import replace

import pytest

from prongsai.documents.read import read_content
from prongsai.documents.template.model import Sort, TemplateUnfit
from prongsai.reports.catalogue import TITLES, paper_kind
from prongsai.reports.papers.official import Secrecy
from prongsai.reports.papers.options import USUAL
from prongsai.reports.papers.panel import Panel, PanelSigner, panel_of, with_panel
from prongsai.reports.records import Report
from prongsai.reports.stationery.kinds import recognised, stationery_of
from prongsai.reports.stationery.written import on_stationery
from tests.documents.template.word import header, p, table, tie, word
from tests.reports.papers.same import same_records


@pytest.mark.parametrize("name", TITLES)
def test_a_starting_template_has_no_fault(name: str) -> None:
    found = stationery_of(name)
    check = found.check(found.starting(), "a.docx")
    assert check.problems == ()
    assert check.used


@pytest.mark.parametrize("name", TITLES)
def test_a_starting_template_filled_with_the_sample_is_read_back_equal(name: str) -> None:
    kind, found = paper_kind(name), stationery_of(name)
    record = kind.sample()
    filled = found.fill(found.starting(), "a.docx", record, kind.compose(record, USUAL))
    again, _problems = kind.recognise(read_content(filled, "a.docx"))
    assert same_records(record, again) == []


@pytest.mark.parametrize("name", TITLES)
def test_fields_are_told_with_examples(name: str) -> None:
    kind, found = paper_kind(name), stationery_of(name)
    record = kind.sample()
    slots = found.exemplified(record, kind.compose(record, USUAL))
    names = [slot.name for slot in slots]
    assert len(set(names)) == len(names) and names[-1] == "content"
    assert all(slot.title_th and slot.type_th for slot in slots)
    assert any(slot.example for slot in slots)
    assert all(slot.columns for slot in slots if slot.sort is Sort.ROWS)


@pytest.mark.parametrize("name", [name for name in TITLES if not isinstance(paper_kind(name).sample(), Report)])
def test_the_records_of_a_composed_paper_are_read_back_for_its_template(name: str) -> None:
    kind = paper_kind(name)
    record = kind.sample()
    assert same_records(record, recognised(name, kind.compose(record, USUAL))) == []


def test_a_letterhead_with_the_whole_paper_holds_all_of_it() -> None:
    kind, found = paper_kind("measures-report"), stationery_of("measures-report")
    record = kind.sample()
    head = header(p("เทศบาลตำบลบ้านสวนพลู ", "{{ memo.number }}"))
    made = word(p("{{ content }}"), ties=tie("header", "header1.xml"), parts={"word/header1.xml": head})
    filled = found.fill(made, "a.docx", record, kind.compose(record, USUAL))
    again, _problems = kind.recognise(read_content(filled, "a.docx"))
    assert same_records(record, again) == []
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        assert record.memo.number in archive.read("word/header1.xml").decode()


def test_an_own_layout_with_a_table_of_rows() -> None:
    kind, found = paper_kind("gift-report"), stationery_of("gift-report")
    record = kind.sample()
    made = word(
        p("เทศบาลของเรา ปี {{ fiscal_year_be | arabic_digits }}"),
        table(("ไตรมาส", "ผู้ให้"), ("{{ gifts.quarter }}", "{{ gifts.giver }}"), ("รวม", "{{ gifts_total_count }}")),
    )
    filled = read_content(found.fill(made, "a.docx", record, kind.compose(record, USUAL)), "a.docx")
    assert next(filled.paragraphs()).text == "เทศบาลของเรา ปี 2569"
    rows = next(filled.tables()).rows
    assert len(rows) == 2 + len(record.gifts)
    assert rows[1].cells[1].text == "หน่วยงานรัฐ"


def test_a_template_of_another_kind_is_refused_with_every_place() -> None:
    kind, found = paper_kind("gift-report"), stationery_of("gift-report")
    record = kind.sample()
    with pytest.raises(TemplateUnfit) as unfit:
        found.fill(stationery_of("memo").starting(), "a.docx", record, kind.compose(record, USUAL))
    assert len(unfit.value.problems) > 5 and unfit.value.message_th


def test_a_pdf_of_a_template_holds_its_words() -> None:
    pytest.importorskip("typst")
    kind, found = paper_kind("memo"), stationery_of("memo")
    record = kind.sample()
    made = word(p("บันทึกของเทศบาล"), p("เรื่อง {{ subject }}"))
    pdf = on_stationery(found, made, "a.docx", record, kind.compose(record, USUAL), "pdf")
    words = " ".join(one.text for one in read_content(pdf, "a.pdf").paragraphs())
    assert "บันทึกของเทศบาล" in words and record.subject[:20] in words


def test_a_secret_paper_needs_a_place_that_says_so() -> None:
    kind, found = paper_kind("memo"), stationery_of("memo")
    record = replace(kind.sample(), secrecy=Secrecy.SECRET)
    document = kind.compose(record, USUAL)
    with pytest.raises(TemplateUnfit) as unfit:
        found.fill(word(p("{{ subject }}")), "a.docx", record, document)
    assert unfit.value.problems[0].code == "TEMPLATE_SECRECY"
    filled = read_content(
        found.fill(word(p("{{ secrecy }}"), p("{{ subject }}")), "a.docx", record, document), "a.docx"
    )
    assert next(filled.paragraphs()).text == "ลับ"


def test_the_panel_of_who_signed_is_never_left_out() -> None:
    kind, found = paper_kind("memo"), stationery_of("memo")
    record = kind.sample()
    signer = PanelSigner("นายธีรพงศ์ แก้วสว่างธรรม", "นายก", "๑ ม.ค. ๖๙", "ยืนยันด้วยรหัสผ่าน")
    panel = Panel("K7QX3-M2P9T", "example.go.th/verify/K7QX3-M2P9T", "a" * 64, (signer,), None)
    document = with_panel(kind.compose(record, USUAL), panel)
    for made in (word(p("{{ subject }}")), found.starting(), word(p("{{ content }}"))):
        assert panel_of(read_content(found.fill(made, "a.docx", record, document), "a.docx")) == "K7QX3-M2P9T"


def test_a_pdf_that_would_lose_pictures_is_refused() -> None:
    kind, found = paper_kind("announcement"), stationery_of("announcement")
    record = kind.sample()
    with pytest.raises(TemplateUnfit) as unfit:
        on_stationery(found, found.starting(), "a.docx", record, kind.compose(record, USUAL), "pdf")
    assert unfit.value.problems[0].code == "TEMPLATE_PDF"
