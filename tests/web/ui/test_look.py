"""The look is held by numbers: every pair of colours that words stand in is dark enough against the other."""

import re
from pathlib import Path

import pytest

from prongsai.web import ui

CSS = (Path(ui.__file__).parent / "static" / "ui" / "ui.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})\b", CSS))
# words on a ground: at least 4.5 to 1 (WCAG 2.2, 1.4.3)
WORDS = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "brand", "brand-strong", "red") for ground in ("paper", "ground")],
    *[(tone, f"{tone}-wash") for tone in ("quiet", "blue", "green", "amber", "red")],
    ("brand-strong", "brand-wash"), ("brand", "brand-wash"), ("ink", "brand-wash"), ("ink", "green-wash"), ("ink", "red-wash"),
    ("paper", "brand"), ("paper", "brand-strong"),
]  # fmt: skip
# lines that say where a field or the focus is: at least 3 to 1 (1.4.11)
LINES = [
    ("line-strong", "paper"),
    ("line-strong", "ground"),
    ("focus", "paper"),
    ("focus", "ground"),
    ("focus", "brand-wash"),
]


def luminance(colour: str) -> float:
    code = colour.lstrip("#")
    code = "".join(each * 2 for each in code) if len(code) == 3 else code
    parts = [int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "ground"), WORDS, ids="-on-".join)
def test_words_are_dark_enough_on_their_ground(ink, ground):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), LINES, ids="-on-".join)
def test_lines_of_fields_and_focus_are_seen(line, ground):
    assert contrast(line, ground) >= 3


def test_the_focus_ring_is_seen_on_the_dark_head():
    assert contrast("focus-light", "brand-strong") >= 3


def test_every_colour_of_words_is_a_token():
    assert re.findall(r"[^-]color: #(?!fff\b)[0-9a-f]+", CSS) == []


def test_a_page_carries_no_style_or_script_of_its_own():
    root = Path(ui.__file__).parents[1]
    pages = [path for path in root.rglob("templates/**/*.html") if "/email/" not in path.as_posix()]
    faulty = [
        path.name
        for path in pages
        if re.search(r"\sstyle=|<style|<script(?! src=)|\son[a-z]+=\"", path.read_text(encoding="utf-8"))
    ]
    assert faulty == []
