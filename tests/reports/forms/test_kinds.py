"""Every kind of form comes back from paper as the record that it was composed from."""

import importlib
import json
from dataclasses import fields, replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.documents.model import Document, Paragraph
from prongsai.documents.plain import plain
from prongsai.documents.read.text import read_text
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import Severity
from tests.conftest import PROVE
from tests.reports.forms.made import KINDS, as_text, kind_of, records


def same(kind, record):
    """What compose must keep: small counts of statistics are kept back before they are printed."""
    return kind.suppress(record) if hasattr(kind, "suppress") else record


@pytest.mark.parametrize("name", KINDS)
def test_sample_comes_back_equal_without_a_fault(name):
    kind = kind_of(name)
    sample = kind.sample()
    record, problems = kind.recognise(plain(kind.compose(sample)))
    assert record == sample
    assert [problem for problem in problems if problem.severity is not Severity.INFO] == []


@pytest.mark.parametrize("name", KINDS)
def test_sample_is_its_json(name):
    kind = kind_of(name)
    text = files("prongsai.reports").joinpath(f"data/samples/{kind.NAME}.json").read_text(encoding="utf-8")
    assert kind.from_json(json.loads(text)) == kind.sample()
    assert name.replace("_", "-") == kind.NAME


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_made_records_come_back_equal(name, data):
    kind = kind_of(name)
    record = data.draw(records(kind.PAPER.record))
    document = plain(kind.compose(record))
    assert kind.recognise(document)[0] == same(kind, record)
    assert kind.recognise(as_text(document))[0] == same(kind, record)


@pytest.mark.parametrize("name", KINDS)
def test_sample_comes_back_from_plain_text(name):
    kind = kind_of(name)
    sample = kind.sample()
    assert kind.recognise(read_text(render(kind.compose(sample), "text", Office()), "ก.txt"))[0] == sample


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    ("format_", "reader"), [("docx", "docx"), ("html", "html"), ("xlsx", "sheets"), ("pdf", "pdf")]
)
def test_sample_comes_back_from_files(name, format_, reader):
    read = importlib.import_module(f"prongsai.documents.read.{reader}").read
    kind = kind_of(name)
    sample = kind.sample()
    assert kind.recognise(read(render(kind.compose(sample), format_, Office()), f"ก.{format_}"))[0] == sample


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(("format_", "reader"), [("docx", "docx"), ("html", "html"), ("xlsx", "sheets")])
@given(data=st.data())
@settings(max_examples=300 if PROVE else 3)
def test_made_records_come_back_from_files(name, format_, reader, data):
    read = importlib.import_module(f"prongsai.documents.read.{reader}").read
    kind = kind_of(name)
    record = data.draw(records(kind.PAPER.record))
    document = read(render(kind.compose(record), format_, Office()), f"ก.{format_}")
    assert kind.recognise(document)[0] == same(kind, record)


def test_each_sample_is_most_like_its_own_form():
    papers = {name: plain(kind_of(name).compose(kind_of(name).sample())) for name in KINDS}
    for name, paper in papers.items():
        likeness = {other: kind_of(other).PAPER.likeness(paper) for other in KINDS}
        assert likeness[name] == 1.0
        assert max(likeness[other] for other in KINDS if other != name) < 0.8, name


@pytest.mark.parametrize("name", KINDS)
def test_every_field_is_declared_by_one_part(name):
    kind = kind_of(name)
    printed = [part_field for part in kind.PAPER.parts for part_field in _fields(part)]
    assert sorted(printed) == sorted(each.name for each in fields(kind.PAPER.record))


def _fields(part):
    declared = [each.field for each in part.declared]
    return declared or ([part.field] if hasattr(part, "field") else [])


@st.composite
def torn(draw, name):
    """Blocks of this form and another one, in disorder, some lines cut short and some cells gone."""
    other = draw(st.sampled_from(KINDS))
    blocks = [block for each in (name, other) for block in plain(kind_of(each).compose(kind_of(each).sample())).blocks]
    kept = draw(st.lists(st.sampled_from(blocks), max_size=30))
    cut = draw(st.integers(0, 30))
    return Document("ก", "x", None, "", tuple(_torn(block, cut) for block in kept))


def _torn(block, cut):
    if isinstance(block, Paragraph):
        return replace(block, text=block.text[: cut * 3])
    rows = tuple(
        replace(row, cells=row.cells[: len(row.cells) - cut % 3] or row.cells) for row in block.rows[: cut + 1]
    )
    return replace(block, rows=rows)


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
@settings(max_examples=500 if PROVE else 12)
def test_torn_papers_give_a_record_and_problems_never_an_exception(name, data):
    kind = kind_of(name)
    record, problems = kind.recognise(data.draw(torn(name)))
    assert isinstance(record, kind.PAPER.record)
    assert all(problem.message and problem.message_th for problem in problems)


@pytest.mark.parametrize("name", KINDS)
def test_other_papers_are_said_to_lack_what_they_lack(name):
    kind = kind_of(name)
    other = "no_gift_en" if name != "no_gift_en" else "loan_form"
    record, problems = kind.recognise(plain(kind_of(other).compose(kind_of(other).sample())))
    assert isinstance(record, kind.PAPER.record)
    assert any(problem.code in ("FORM_VALUE_MISSING", "FORM_TABLE_MISSING") for problem in problems)
