"""Pages of the Word file: how they lie, margins, numbers, marks of secrecy, covers."""

import pytest

from prongsai.documents.build import paragraph, row, table
from prongsai.documents.model import Block, Masthead, NewPage, Orientation, Separator
from prongsai.documents.write.docx.xml import twips
from tests.documents.write.docx_parts import Parts, R, W, attribute, parts, words

TEXT = paragraph("ข้อความ")
WIDE = NewPage(Orientation.LANDSCAPE)


def sections(found: Parts) -> list:
    return found.find("//w:sectPr")


def header(found: Parts, section: int, kind: str, pages: str) -> list[str] | None:
    """Give the words of each paragraph of a head or foot; None where the section goes on with the one before."""
    references = [
        each for each in sections(found)[section].findall(f"{W}{kind}Reference") if attribute(each, "type") == pages
    ]
    return [words(each) for each in found.related(references[0].get(f"{R}id")).iter(f"{W}p")] if references else None


def test_page_is_a4_with_official_margins() -> None:
    (section,) = sections(parts(TEXT))
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (attribute(size, "w"), attribute(size, "h")) == ("11906", "16838")
    assert [int(attribute(margins, side)) for side in ("left", "right", "top", "bottom")] == [
        twips(cm) for cm in (3, 2, 2.5, 2)
    ]


@pytest.mark.parametrize(("first", "top"), [(Masthead(1.5, "บันทึกข้อความ"), 1.5), (Masthead(3), 2.5), (TEXT, 2.5)])
def test_memo_begins_higher(first: Block, top: float) -> None:
    assert parts(first).find("//w:pgMar/@w:top") == [str(twips(top))]


def test_landscape_turns_the_sheet() -> None:
    (section,) = sections(parts(TEXT, orientation=Orientation.LANDSCAPE))
    size = section.find(f"{W}pgSz")
    assert [attribute(size, name) for name in ("w", "h", "orient")] == ["16838", "11906", "landscape"]


def test_new_page_that_lies_the_same_way_is_a_break() -> None:
    found = parts(TEXT, NewPage(), TEXT)
    assert len(sections(found)) == 1
    assert [attribute(each, "val") for each in found.find("//w:p[w:pPr/w:pageBreakBefore]/w:pPr/w:pStyle")] == [
        "Spacer"
    ]


def test_new_page_that_lies_another_way_is_a_section() -> None:
    found = parts(TEXT, WIDE, TEXT, NewPage(), TEXT)
    assert [each.find(f"{W}pgSz").get(f"{W}orient") for each in sections(found)] == [None, "landscape", None]
    assert {attribute(each.find(f"{W}type"), "val") for each in sections(found)} == {"nextPage"}


def test_table_does_not_follow_a_section_at_once() -> None:
    found = parts(TEXT, WIDE, table(["ก"], [row("๑")]))
    body = found.find("/w:document/w:body/*")
    assert [each.tag.removeprefix(W) for each in body] == ["p", "p", "p", "tbl", "p", "sectPr"]
    assert body[1].find(f"{W}pPr/{W}sectPr") is not None
    assert body[2].find(f"{W}pPr/{W}sectPr") is None


def test_new_page_before_anything_sets_that_page() -> None:
    found = parts(WIDE, TEXT)
    assert [each.find(f"{W}pgSz").get(f"{W}orient") for each in sections(found)] == ["landscape"]
    assert len(found.find("//w:body/w:p")) == 1


def test_pages_are_numbered_from_the_second() -> None:
    found = parts(TEXT)
    (section,) = sections(found)
    assert section.find(f"{W}titlePg") is not None
    assert header(found, 0, "header", "first") == [""]
    assert header(found, 0, "header", "default") == ["- ๒ -"]
    assert found.find("//w:style[@w:styleId='PageNumber']/w:pPr/w:jc/@w:val", "word/styles.xml") == ["center"]


@pytest.mark.parametrize(("thai", "kind", "shown"), [(True, ["thaiNumbers"], "- ๒ -"), (False, [], "- 2 -")])
def test_page_number_is_a_field_in_the_digits_of_the_paper(thai: bool, kind: list[str], shown: str) -> None:
    found = parts(TEXT, thai_digits=thai)
    assert found.find("//w:pgNumType/@w:fmt") == kind
    assert header(found, 0, "header", "default") == [shown]
    (reference,) = found.find("//w:headerReference[@w:type='default']/@r:id")
    root = found.related(reference)
    assert [each.text for each in root.iter(f"{W}instrText")] == [" PAGE "]
    assert [attribute(each, "fldCharType") for each in root.iter(f"{W}fldChar")] == ["begin", "separate", "end"]


def test_secrecy_stands_red_above_and_below_every_page() -> None:
    found = parts(TEXT, secrecy="ลับมาก", mark="แบบจำลอง ไม่ใช่แบบทางการ")
    assert header(found, 0, "header", "first") == ["ลับมาก"]
    assert header(found, 0, "header", "default") == ["ลับมาก", "- ๒ -"]
    for pages in ("first", "default"):
        assert header(found, 0, "footer", pages) == ["แบบจำลอง ไม่ใช่แบบทางการ", "ลับมาก"]
    names = [name for name in found.names() if name.startswith(("word/header", "word/footer"))]
    colours = {colour for name in names for colour in found.find("//w:r[w:t='ลับมาก']/w:rPr/w:color/@w:val", name)}
    assert colours == {"C00000"}
    assert found.find("//w:style[@w:styleId='Secrecy']/w:pPr/w:jc/@w:val", "word/styles.xml") == ["center"]


def test_sections_go_on_with_the_heads_of_the_one_before() -> None:
    found = parts(TEXT, WIDE, TEXT, secrecy="ลับ")
    assert header(found, 1, "header", "default") is None
    assert [each.find(f"{W}titlePg") is not None for each in sections(found)] == [True, False]


def test_cover_is_in_the_middle_and_bears_no_number() -> None:
    found = parts(paragraph("รายงาน"), NewPage(), TEXT, cover=True, secrecy="ลับ")
    cover, paper = sections(found)
    assert [
        attribute(each.find(f"{W}vAlign"), "val") if each.find(f"{W}vAlign") is not None else None
        for each in (cover, paper)
    ] == ["center", None]
    assert header(found, 0, "header", "default") == ["ลับ"]
    assert header(found, 1, "header", "default") == ["ลับ", "- ๒ -"]
    assert attribute(paper.find(f"{W}pgNumType"), "start") == "1"
    assert paper.find(f"{W}titlePg") is not None


def test_a_new_paper_in_the_same_file_counts_its_own_pages() -> None:
    found = parts(Masthead(1.5, "บันทึกข้อความ"), TEXT, NewPage(), Masthead(3), TEXT, NewPage(), TEXT)
    memo, announcement = sections(found)
    assert [each.find(f"{W}pgNumType").get(f"{W}start") for each in (memo, announcement)] == ["1", "1"]
    assert [each.find(f"{W}titlePg") is not None for each in (memo, announcement)] == [True, True]
    assert [attribute(each.find(f"{W}pgMar"), "top") for each in (memo, announcement)] == [
        str(twips(1.5)),
        str(twips(2.5)),
    ]


def test_centred_page_inside_a_paper_goes_on_counting() -> None:
    found = parts(TEXT, NewPage(centred=True), TEXT, NewPage(), Separator())
    assert [each.find(f"{W}pgNumType").get(f"{W}start") for each in sections(found)] == ["1", None, None]
    assert [header(found, at, "header", "default") for at in range(3)] == [["- ๒ -"], [""], ["- ๒ -"]]
