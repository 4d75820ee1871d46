"""A page that was made to cost much costs little: what is looked at around each element is bounded.

Each of these took minutes, or longer than anybody waited, before; now it is a second or two of the processor.
"""

from __future__ import annotations

import time

import pytest

from prongsai.inspection import source
from prongsai.inspection.markup import LETTERS_MAX
from prongsai.inspection.pages import page_of
from prongsai.inspection.peek import peek
from tests.conftest import PROVE

SIZE, SECONDS = (5_000_000 if PROVE else 2_500_000), 15.0
HERE = "https://www.ban.go.th/"


def filled(unit: str, before: str = "", after: str = "") -> bytes:
    return (before + unit * (SIZE // len(unit)) + after).encode()


PAGES = {
    "heads": lambda: filled("<header></header>x"),
    "links beside much text": lambda: filled("word ", "<div>" + "<a href=x></a>" * 6_000 + "<p>"),
    "links after many elements": lambda: filled("<i></i>", "<div>", "<a href=x></a>" * 6_000),
    "pictures in a row": lambda: filled("<td><img src=a>", "<table><tr>"),
    "fields in one label": lambda: filled("<input id=a>", "<label>"),
    "attributes": lambda: f"<p {' '.join(f'a{n}=b' for n in range(600_000))}>x".encode(),
}


@pytest.mark.parametrize("name", PAGES)
def test_hostile_page_costs_little(name: str) -> None:
    content = PAGES[name]()
    began = time.process_time()
    peek(content, HERE, {})
    page_of(content, HERE, {"content-type": "text/html"})
    assert time.process_time() - began < SECONDS


def test_what_is_cut_is_told() -> None:
    for content in (filled("<p>x"), filled("word ")):
        page = page_of(content, HERE, {"content-type": "text/html"})
        assert "PAGE_CUT" in [problem.code for problem in page.problems]
        assert 0 < len(page.text) <= 2 * LETTERS_MAX
    usual = page_of(b"<p>word</p>" * 20_000, HERE)
    assert "PAGE_CUT" not in [problem.code for problem in usual.problems]


def attributes(count: int) -> str:
    return "".join(f" a{number}=1" for number in range(count))


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<!-- <p -->",
        "<!-->",
        '<script>i<n="</script>',
        "<STYLE>a<b='</style>",
        "<i title='>'>",
        '<a href=">" x=\'"\'>',
    ],
)
def test_attributes_beyond_what_anybody_writes_are_left_out(before: str) -> None:
    kept = f"{before}<p{attributes(source.ATTRIBUTES_MAX)}>x</p>"
    assert source.thinned(kept) == kept
    more = f"{before}<p{attributes(source.ATTRIBUTES_MAX + 100)}>x</p>"
    assert source.thinned(more) == kept


def test_usual_source_stays_as_it_is() -> None:
    text = "<!doctype html><p class='a b' hidden>1 < 2 <b>x</b><script>for(i=0;i<n;i++){a b c}</script><textarea><p a></textarea>"
    assert source.thinned(source.shortened(text)) == text
    assert source.shortened("<p>" * (source.TAGS_MAX + 5)) == "<p>" * source.TAGS_MAX
