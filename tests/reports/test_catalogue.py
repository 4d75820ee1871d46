"""The kinds of papers behind one door, and which form a document is."""

from types import ModuleType

import pytest

from prongsai.documents.build import paragraph
from prongsai.documents.model import Document
from prongsai.documents.plain import plain
from prongsai.errors import UnknownPaper
from prongsai.reports import catalogue
from prongsai.reports.catalogue import FORM_PARAGRAPHS_MAX, FORMS, PAPERS, TITLES, guess, paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.reports.records import Report


def paper(name: str) -> Document:
    kind = paper_kind(name)
    return plain(kind.compose(kind.sample(), USUAL))


@pytest.mark.parametrize("name", TITLES)
def test_every_module_has_the_same_doors(name: str) -> None:
    module = catalogue._module(name)
    assert isinstance(module, ModuleType)
    doors = ("sample", "from_json", "to_json", "compose", "recognise")
    assert [door for door in doors if not callable(getattr(module, door, None))] == []
    assert (name, TITLES[name]) == (module.NAME, module.TITLE_TH)
    assert module.from_json(module.to_json(module.sample())) == module.sample()


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_guessed(name: str) -> None:
    assert guess(paper(name)) == name


@pytest.mark.parametrize("name", PAPERS)
def test_no_other_paper_is_taken_for_a_form(name: str) -> None:
    assert guess(paper(name)) is None


def test_nothing_and_very_long_papers_are_no_form() -> None:
    form = paper("minutes")
    longer = tuple(paragraph("ที่ประชุมหารือเรื่องอื่น") for _ in range(FORM_PARAGRAPHS_MAX))
    assert guess(Document("ก", "text", None, "", ())) is None
    assert guess(Document("ก", "text", None, "", (*form.blocks, *longer))) is None


def test_only_forms_have_a_declaration() -> None:
    assert [name for name in TITLES if paper_kind(name).paper] == list(FORMS)


def test_what_the_reader_noticed_is_told_with_every_kind() -> None:
    damaged = paper("minutes")
    noticed = paper_kind("memo").recognise(damaged)[1]
    assert noticed == damaged.problems
    report, problems = paper_kind("measures-report").recognise(paper("measures-report"))
    assert isinstance(report, Report)
    assert problems == report.problems


def test_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(UnknownPaper) as caught:
        paper_kind("minute")
    assert caught.value.one_line == "ไม่มีเอกสารชนิด minute — ใกล้เคียงคือ minutes"
