"""The page: everything of the paper comes back, nothing is run or fetched, and it is set for people and for print."""

import re
from dataclasses import replace

import pytest
from lxml import html as markup

from prongsai.documents import build as b
from prongsai.documents.model import Document, Line, Mark, Orientation, Paragraph, Picture, Setup, Style, Table
from prongsai.documents.plain import plain
from prongsai.documents.read.html import read
from prongsai.documents.write.html import render
from prongsai.documents.write.office import Office
from tests.documents.write.papers import SVG, composed, whole_paper


def shape(document: Document) -> list[object]:
    """Give what a round trip must keep: words, lines, boxes, merged cells and places."""
    return [
        (block.text, block.where.line)
        if isinstance(block, Paragraph)
        else (
            block.heads,
            [
                [(cell.lines, cell.rows, cell.columns, cell.covered, cell.where.line) for cell in row.cells]
                for row in block.rows
            ],
        )
        for block in document.printed
    ]


def page(document: Document) -> str:
    return render(document, Office()).decode()


def test_every_block_comes_back_as_plain_says() -> None:
    paper = whole_paper()
    assert shape(read(render(paper, Office()), "")) == shape(plain(paper))


def test_page_has_language_title_and_one_main_heading() -> None:
    root = markup.fromstring(page(whole_paper()))
    assert (root.get("lang"), root.findtext(".//title")) == ("th", "รายงานผล")
    assert [element.text_content() for element in root.iter("h1")] == ["บันทึกข้อความ"]
    assert [element.text_content() for element in root.iter("h2")] == ["๑. เรื่องเดิม"]


def test_heads_have_scopes_and_pictures_have_words() -> None:
    root = markup.fromstring(page(whole_paper()))
    scopes = [(head.text_content(), head.get("scope")) for head in root.xpath("//table[@aria-label]//th")]
    assert scopes[:3] == [("ลำดับ", "col"), ("มาตรการ", "col"), ("การดำเนินการ", "colgroup")]
    assert root.xpath("//figure/img/@alt") == ['แผนภูมิ "คะแนน"']
    assert [image for image in root.iter("img") if not image.get("alt")] == []
    boxes = root.xpath("//input")
    assert [box.getparent().tag for box in boxes] == ["label"] * len(boxes)


def test_nothing_is_run_or_fetched() -> None:
    made = page(whole_paper())
    root = markup.fromstring(made)
    assert root.xpath("//script | //link | //iframe | //object | //@onclick | //@href") == []
    assert [source for source in root.xpath("//@src") if not source.startswith("data:image/")] == []
    assert re.findall(r"url\(|@import|https?:", made) == []
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]


@pytest.mark.parametrize(
    "words",
    ["</p><script>x</script>", '" onload="x', "<!--", "]]>", "{{ 7*7 }}", "{% raw %}", "&lt;b&gt;", "a\x00\x0b\ud800b"],
)
def test_words_are_never_markup(words: str) -> None:
    kept = " ".join(words.replace("\x00", "").replace("\ud800", "").split())
    cell = b.cell_of([Line(words), b.box(words, ticked=True)])
    paper = composed(
        b.paragraph(words), b.fields((words, words)), b.table(["ก", words], [b.row("ข", cell)], name=words),
        Picture(SVG, "image/svg+xml", words, 3), title=words, setup=Setup(secrecy=words, mark=words),
    )  # fmt: skip
    made = read(render(paper, Office()), "x.html")
    assert [block.text for block in made.paragraphs()] == [kept, f"{kept} {kept}"]
    (table,) = made.tables()
    assert [[line.text for line in row.cells[1].lines] for row in table.rows] == [[kept], [kept, kept]]
    assert [problem.code for problem in made.problems] == []


def test_wide_table_scrolls_in_a_box_that_keys_reach() -> None:
    root = markup.fromstring(page(whole_paper()))
    wide = root.xpath("//div[@class='scroll'][@tabindex='0']")
    assert [(box.get("role"), box.get("aria-label")) for box in wide] == [("region", "มาตรการ")]


def test_pages_lie_as_the_paper_says() -> None:
    sections = markup.fromstring(page(whole_paper())).xpath("//section/@class")
    assert sections == ["page", "page landscape", "page centred"]
    cover = replace(whole_paper(), setup=Setup(orientation=Orientation.LANDSCAPE, cover=True))
    assert markup.fromstring(page(cover)).xpath("//section/@class")[0] == "page landscape centred"


def test_print_rules_repeat_heads_and_keep_signatures_whole() -> None:
    css = markup.fromstring(page(whole_paper())).findtext(".//style") or ""
    for rule in (
        "thead { display: table-header-group; }",
        "tr { break-inside: avoid; }",
        "@page { size: A4 portrait; margin: 2.5cm 2cm 2cm 3cm; }",
        '@page{@top-center{content:"- " counter(page, thai) " -"}}',
    ):
        assert css.count(rule) == 1
    assert re.findall(r"\.signature \{[^}]*break-inside: avoid", css) != []


def test_secrecy_stands_on_every_page_but_not_in_the_text() -> None:
    paper = replace(whole_paper(), setup=Setup(secrecy="ลับมาก", mark="แบบจำลอง", thai_digits=False))
    made = page(paper)
    assert made.count('content:"ลับมาก";color:#c00') == 2
    assert '@bottom-right{content:"แบบจำลอง"' in made
    assert shape(read(made.encode(), "")) == shape(plain(paper))


def test_office_emblem_takes_the_place_of_the_neutral_one() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(8)
    made = markup.fromstring(render(whole_paper(), Office(emblem=png)).decode())
    emblem = made.xpath("//div[contains(@class, 'masthead')]/img")[0]
    assert (emblem.get("src")[:15], emblem.get("alt")) == ("data:image/png;", "ตราของหน่วยงาน")
    neutral = markup.fromstring(page(whole_paper())).xpath("//div[contains(@class, 'masthead')]/img/@alt")
    assert neutral == ["ที่สำหรับตราของหน่วยงาน"] * 2


def test_cell_that_says_it_covers_what_it_does_not_hides_nothing() -> None:
    wide = b.cell("กว้าง", rows=3, columns=3)
    table = Table((b.row(wide, "ข", "ค"), b.row("ง", "จ", "ฉ"), b.row("ช")), b.NOWHERE, "x")
    (made,) = read(render(composed(table), Office()), "").tables()
    assert [[cell.text for cell in row.cells] for row in made.rows] == [["กว้าง", "ข", "ค"], ["ง", "จ", "ฉ"], ["ช"]]


def test_covered_place_without_a_cell_over_it_is_drawn() -> None:
    lost = b.covered(b.cell("หลง"))
    (made,) = read(render(composed(Table((b.row("ก", lost), b.row("ข", "ค")), b.NOWHERE, "x")), Office()), "").tables()
    assert [[cell.text for cell in row.cells] for row in made.rows] == [["ก", "หลง"], ["ข", "ค"]]


def test_lines_of_every_mark_come_back() -> None:
    lines = (
        Line("ก"), Line("ข ค", breaks=(2,)), Line("ง", Mark.ITEM, in_list=True), Line("จ", in_list=True),
        Line("ฉ", Mark.TICKED), Line("ช", Mark.UNTICKED, in_list=True), Line("", Mark.TICKED),
    )  # fmt: skip
    (table,) = read(render(composed(b.table(["ก", "ข"], [b.row(b.cell_of(lines), "ท้าย")])), Office()), "").tables()
    assert table.rows[1].cells[0].lines == lines


def test_english_paper_says_so() -> None:
    paper = composed(b.paragraph("No Gift Policy", Style.TITLE), setup=Setup(language="en"), title="No Gift Policy")
    assert markup.fromstring(page(paper)).get("lang") == "en"
