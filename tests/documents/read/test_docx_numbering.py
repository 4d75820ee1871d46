"""The numbers that Word prints before the paragraphs of its lists."""

import pytest

from prongsai.documents.model import Line, Mark
from prongsai.documents.read.docx.numbering import in_form
from tests.documents.read.words import listed, only_cell, para, read, texts


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def abstract(id_: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{id_}">{"".join(levels)}</w:abstractNum>'


def num(id_: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def printed(numbering: str, *body: str, styles: str = "") -> list[str]:
    return texts(read("".join(body), {"numbering": numbering, "styles": styles}))


LEVELS = abstract(0, level(0, "thaiNumbers", "%1."), level(1, "thaiNumbers", "%1.%2"), level(2, "lowerLetter", "(%3)"))


@pytest.mark.parametrize(
    ("form", "count", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("thaiNumbers", 10, "๑๐"),
        ("thaiLetters", 1, "ก"),
        ("thaiLetters", 4, "ง"),
        ("thaiLetters", 41, "ฮ"),
        ("thaiLetters", 42, "กก"),
        ("thaiCounting", 1, "หนึ่ง"),
        ("thaiCounting", 11, "สิบเอ็ด"),
        ("thaiCounting", 20, "ยี่สิบ"),
        ("thaiCounting", 35, "สามสิบห้า"),
        ("thaiCounting", 100, "100"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 9, "ix"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("upperRoman", 5000, "5000"),
        ("decimalEnclosedCircle", 2, "②"),
        ("decimalEnclosedParen", 2, "(2)"),
        ("numberInDash", 2, "- 2 -"),
        ("thaiLetters", 0, "0"),
        ("lowerLetter", 999_999_999, "999999999"),
        ("none", 1, ""),
        ("unknown", 7, "7"),
    ],
)
def test_number_is_printed_in_its_form(form: str, count: int, text: str) -> None:
    assert in_form(count, form) == text


def test_levels_count_and_start_anew_under_the_next_higher() -> None:
    body = [listed("ก"), listed("ข", 1, 1), listed("ค", 1, 1), listed("ง", 1, 2), listed("จ"), listed("ฉ", 1, 1)]
    assert printed(LEVELS + num(1, 0), *body) == ["๑. ก", "๑.๑ ข", "๑.๒ ค", "(a) ง", "๒. จ", "๒.๑ ฉ"]


def test_lists_of_one_definition_go_on_and_an_override_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = [listed("ก"), listed("ข", 2), listed("ค", 3), listed("ง", 3)]
    assert printed(LEVELS + num(1, 0) + num(2, 0) + num(3, 0, anew), *body) == ["๑. ก", "๒. ข", "๕. ค", "๖. ง"]


def test_override_of_a_level_has_its_own_form() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "thaiLetters", "%1)", start=2)}</w:lvlOverride>'
    assert printed(LEVELS + num(1, 0, own), listed("ก"), listed("ข")) == ["ข) ก", "ค) ข"]


def test_start_and_level_that_never_starts_anew() -> None:
    never = abstract(0, level(0, "decimal", "%1)", start=3), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    body = [listed("ก"), listed("ข", 1, 1), listed("ค"), listed("ง", 1, 1)]
    assert printed(never + num(1, 0), *body) == ["3) ก", "1. ข", "4) ค", "2. ง"]


def test_deeper_level_shows_higher_ones_in_plain_digits_when_it_says_so() -> None:
    legal = abstract(0, level(0, "upperRoman", "%1."), level(1, "thaiNumbers", "%1.%2", "<w:isLgl/>"))
    assert printed(legal + num(1, 0), listed("ก"), listed("ข", 1, 1)) == ["I. ก", "1.1 ข"]


def test_what_stands_between_number_and_text_is_kept() -> None:
    glued = abstract(
        0,
        level(0, "decimal", "ข้อ %1", '<w:suff w:val="nothing"/>'),
        level(1, "decimal", "%2", '<w:suff w:val="space"/>'),
    )
    assert printed(glued + num(1, 0), listed(" ก"), listed("ข", 1, 1)) == ["ข้อ 1 ก", "1 ข"]


def test_style_numbers_its_paragraphs() -> None:
    styles = (
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    linked = abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2", '<w:pStyle w:val="c"/>'))
    styled = [para("ก", properties=f'<w:pStyle w:val="{style}"/>') for style in ("a", "b", "c", "loop")]
    off = para("ก", properties='<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert printed(linked + num(1, 0), *styled, off, styles=styles) == ["1. ก", "2. ก", "2.1 ก", "ก", "ก"]


def test_definition_by_a_style_of_lists_is_followed() -> None:
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>'
    target = f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="s"/>{level(0, "decimal", "%1)")}</w:abstractNum>'
    assert printed(target + link + num(1, 1), listed("ก")) == ["1) ก"]


@pytest.mark.parametrize(
    ("glyph", "font", "text"),
    [("\uf0b7", "Symbol", "•"), ("-", "", "-"), ("\uf0d8", "Wingdings", "➢"), ("o", "Courier New", "○")],
)
def test_bullet_is_printed_in_text_and_an_item_in_a_cell(glyph: str, font: str, text: str) -> None:
    bullets = abstract(0, level(0, "bullet", glyph, f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>')) + num(1, 0)
    assert printed(bullets, listed("ก")) == [f"{text} ก"]
    assert only_cell(listed("ก"), listed("ข"), parts={"numbering": bullets}).lines == (
        Line("ก", Mark.ITEM, in_list=True),
        Line("ข", Mark.ITEM, in_list=True),
    )


def test_bullet_that_is_a_box_is_a_box() -> None:
    boxes = abstract(0, level(0, "bullet", "\uf0a8", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')) + num(1, 0)
    ticked = abstract(1, level(0, "bullet", "☑")) + num(2, 1)
    assert only_cell(listed("ก"), listed("ข", 2), parts={"numbering": boxes + ticked}).lines == (
        Line("ก", Mark.UNTICKED),
        Line("ข", Mark.TICKED),
    )


def test_numbered_lines_of_a_cell_carry_their_numbers() -> None:
    numbered = only_cell("ก่อน", listed("หนึ่ง"), listed(""), parts={"numbering": LEVELS + num(1, 0)})
    assert numbered.lines == (Line("ก่อน"), Line("๑. หนึ่ง"), Line("๒."))


def test_deleted_and_hidden_paragraphs_are_not_counted() -> None:
    in_list = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    deleted = para(
        "<w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del>", properties=f"{in_list}<w:rPr><w:del/></w:rPr>"
    )
    hidden = para(properties=f"{in_list}<w:rPr><w:vanish/></w:rPr>")
    assert printed(LEVELS + num(1, 0), listed("ก"), deleted, hidden, listed("ข")) == ["๑. ก", "๒. ข"]


@pytest.mark.parametrize(
    "numbering",
    [
        num(1, 9),
        abstract(0) + num(1, 0),
        abstract(0, level(55, "decimal", "%1"))
        + num(1, 0, '<w:lvlOverride w:ilvl="99"><w:startOverride/></w:lvlOverride>'),
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="s"/><w:styleLink w:val="s"/></w:abstractNum>'
        + num(1, 0),
        '<w:num/><w:abstractNum/><w:num w:numId="1"><w:abstractNumId w:val="x"/></w:num>',
    ],
)
def test_bad_numbering_numbers_nothing(numbering: str) -> None:
    assert printed(numbering, listed("ก"), listed("ข", 7, -3), listed("ค", 1, 99)) == ["ก", "ข", "ค"]


def test_number_without_reason_is_cut_short() -> None:
    endless = abstract(0, level(0, "decimal", "%1" * 1000, start=999_999_999)) + num(1, 0)
    (text,) = printed(endless, listed("ก"))
    assert len(text) == 50 * 9 + 2
