"""The promise: every word comes back letter for letter from four independent programs, no line ends inside a word."""

import random
from itertools import accumulate
from pathlib import Path

import pytest

from prongsai.documents.build import cell, row, table
from prongsai.documents.fonts.clusters import CLUSTERS
from prongsai.documents.fonts.shipped import load
from prongsai.documents.model import Column, Document, Orientation, Setup, Style
from prongsai.documents.write.office import Office
from prongsai.documents.write.pdf import problems, render
from prongsai.documents.write.text_prep import Prepared
from prongsai.thai.segmentation import words
from prongsai.thai.text import normalise
from tests.conftest import PROVE
from tests.documents.write.pdf_extract import (
    EXTRACTORS,
    by_pdfium,
    by_pdfplumber,
    lines,
    paper,
    paragraphs,
    sample_texts,
    squeezed,
)

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "samples" / "clean").glob("*.txt"))
SEED = 20261121
NAMES = ("เทศบาลตำบลบ้านสวนพลู", "นายธีรพงศ์ แก้วสว่างธรรม", "นางพรทิวา จันทร์สมบูรณ์", "นายสมภพ วัฒนาเรืองชัย")
READ_BY = [name for name in EXTRACTORS if PROVE or name != "pdftotext -raw"]


def dictionary() -> list[str]:
    from pythainlp.corpus import thai_words

    return sorted(thai_words())


def sayable(texts: list[str]) -> tuple[list[str], list[str]]:
    """Part texts into those that the font can say and the others."""
    prepared = Prepared(load(None))
    return [text for text in texts if not prepared.unknown(text)], [text for text in texts if prepared.unknown(text)]


def wrong_in(document: Document, wanted: str) -> list[str]:
    """Name the programs that read other letters than those wanted."""
    made = render(document, Office())
    assert problems(document, Office()) == ()
    return [name for name in READ_BY if squeezed(EXTRACTORS[name](made)) != wanted]


def grouped(texts: list[str], count: int = 120) -> list[str]:
    return [" ".join(texts[start : start + count]) for start in range(0, len(texts), count)]


def test_words_of_the_dictionary_come_back_letter_for_letter(prove) -> None:
    every = dictionary()
    said, unsayable = sayable(every if PROVE else random.Random(SEED).sample(every, 2000))
    wanted = "".join(said)
    wrong = wrong_in(paragraphs(grouped(said)), normalise(wanted).replace(" ", ""))
    prove(
        "pdf: words of the dictionary, letter for letter by " + ", ".join(READ_BY),
        len(said) + len(unsayable),
        0 if wrong else len(said),
        f"{len(unsayable)} misspelt entries have marks that never meet: reported, not printed",
    )
    assert wrong == []
    assert len(unsayable) <= 5


def test_misspelt_entries_of_the_dictionary_are_reported() -> None:
    assert sayable(dictionary())[1] == ["รักษาู", "ศรีอยุูธยา", "อาวุูธ", "เมีัย", "เหมืิอน"]


@pytest.mark.parametrize("style", [Style.BODY, Style.HEADING])
@pytest.mark.parametrize("between", [" ", ""])
def test_every_cluster_comes_back_in_any_order(style: Style, between: str, prove) -> None:
    shuffled = random.Random(SEED).sample(CLUSTERS, len(CLUSTERS))
    texts = [between.join(shuffled[start : start + 80]) for start in range(0, len(shuffled), 80)]
    wrong = wrong_in(paragraphs(texts, style), "".join(shuffled))
    prove(
        f"pdf: clusters of consonant and marks ({style}, {'apart' if between else 'in a run'})",
        len(CLUSTERS),
        0 if wrong else len(CLUSTERS),
    )
    assert wrong == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_sample_comes_back_letter_for_letter(path: Path, prove) -> None:
    texts = sample_texts(path)
    wanted = "".join(map(normalise, texts)).replace(" ", "")
    wrong = wrong_in(paragraphs(texts), wanted)
    prove(f"pdf: {path.name}", len(wanted), 0 if wrong else len(wanted), "letters")
    assert wrong == []


@pytest.mark.parametrize("reader", READ_BY[:2])
@pytest.mark.parametrize("path", SAMPLES[:2], ids=lambda path: path.name)
def test_spaces_come_back_too(path: Path, reader: str) -> None:
    """A line that was broken at a space keeps it, so lines joined are the text."""
    texts = [text for text in sample_texts(path) if len(text) > 150]
    made = render(paragraphs(texts), Office())
    assert "".join(lines(EXTRACTORS[reader](made))) == "".join(map(normalise, texts))


def inner_ends(text: str, ends: list[int]) -> list[str]:
    """Give the words and names of a text that one of some offsets lies inside."""
    bounds = {0, *accumulate(map(len, words(text)))}
    names = [(text.find(name), text.find(name) + len(name)) for name in NAMES if name in text]
    cut = [text[max(at - 12, 0) : at] + "|" + text[at : at + 12] for at in ends if at not in bounds]
    return cut + [text[start:end] for start, end in names for at in ends if start < at < end]


def ends_of(text: str, printed: list[str]) -> tuple[list[int], list[str]]:
    """Take the lines of a text off the front of the printed ones; give where they ended, and the rest."""
    ends, taken, number = [], "", 0
    while len(taken) < len(text):
        taken += printed[number]
        ends.append(len(taken))
        number += 1
    assert taken == text
    return ends[:-1], printed[number:]


def test_no_line_ends_inside_a_word_or_a_name(prove) -> None:
    texts = [normalise(text) for path in SAMPLES for text in sample_texts(path) if len(text) > 60]
    made = render(paper(*paragraphs(texts).blocks, setup=Setup(names=NAMES)), Office())
    printed, cut, count = lines(by_pdfium(made)), list[str](), 0
    for text in texts:
        ends, printed = ends_of(text, printed)
        cut += inner_ends(text, ends)
        count += len(ends)
    prove("pdf: line ends of running text not inside a word or a name", count, count - len(cut))
    assert count > 200
    assert cut == []


def test_no_line_of_a_narrow_column_ends_inside_a_word(prove) -> None:
    texts = [normalise(text)[:400].strip() for path in SAMPLES for text in sample_texts(path) if len(text) > 200][:40]
    texts = [text for text in texts if "http" not in text]
    rows = [row(cell(text), "") for text in texts]
    setup = Setup(Orientation.LANDSCAPE, names=NAMES)
    made = render(paper(table(["", ""], rows, [Column(2), Column(8)]), setup=setup), Office())
    printed = [line for line in lines(by_pdfplumber(made)) if line]
    cut, count = list[str](), 0
    for text in texts:
        ends, printed = ends_of(text, printed)
        cut += inner_ends(text, ends)
        count += len(ends)
    prove("pdf: line ends of a narrow column not inside a word or a name", count, count - len(cut))
    assert count > 200
    assert cut == []


@pytest.mark.shared
def test_real_documents_come_back_letter_for_letter(shared: Path, prove) -> None:
    for path in sorted((shared / "samples").glob("*.txt"))[: None if PROVE else 1]:
        texts = [text.replace("派", "") for text in sample_texts(path)]
        wanted = "".join(map(normalise, texts)).replace(" ", "")
        wrong = wrong_in(paragraphs(texts), wanted)
        prove(f"pdf: real document {path.name[:3]}", len(wanted), 0 if wrong else len(wanted), "letters")
        assert wrong == []
