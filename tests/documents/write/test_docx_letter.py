"""Heads and ends of official papers in the Word file: emblem, fields, sides, signatures."""

import pytest

from prongsai.documents.build import fields
from prongsai.documents.model import Masthead, Separator, Sides, Signature, Signatures
from prongsai.documents.write.docx.xml import twips
from tests.documents.write.docx_parts import NAMESPACES, W, attribute, parts, words

MAYOR = Signature("นายธีรพงศ์ แก้วสว่างธรรม", ("นายกเทศมนตรีตำบลบ้านสวนพลู",))
ACTING = Signature(
    "นายอนุชิต ทองพันชั่ง",
    ("ผู้อำนวยการกองช่าง รักษาราชการแทน", "ปลัดเทศบาลตำบลบ้านสวนพลู"),
    opinion_of="ปลัดเทศบาล",
    opinion=("เห็นชอบ", "เสนอนายกเทศมนตรี"),
    date="๒๐ มกราคม ๒๕๖๙",
)


def stops(element) -> list[tuple[str, str | None, int]]:
    found = element.findall(f"{W}pPr/{W}tabs/{W}tab")
    return [(attribute(each, "val"), each.get(f"{W}leader"), int(attribute(each, "pos"))) for each in found]


def test_title_of_a_memo_stands_beside_its_emblem_on_a_line_of_35_points() -> None:
    found = parts(Masthead(1.5, "บันทึกข้อความ"))
    (title,) = found.styled("MemoTitle")
    assert words(title) == "บันทึกข้อความ"
    assert {attribute(each, "val") for each in title.iter(f"{W}sz", f"{W}szCs")} == {"58"}
    (spacing,) = found.find("//w:style[@w:styleId='MemoTitle']/w:pPr/w:spacing", "word/styles.xml")
    assert (attribute(spacing, "line"), attribute(spacing, "lineRule")) == ("700", "exact")
    (height,) = title.xpath(".//wp:anchor/wp:extent/@cy", namespaces=NAMESPACES)
    assert height == str(540_000)  # 1.5 cm


def test_emblem_of_a_letter_stands_in_the_middle() -> None:
    found = parts(Masthead(3))
    (emblem,) = found.styled("Emblem")
    assert emblem.xpath(".//wp:inline/wp:extent/@cy", namespaces=NAMESPACES) == [str(1_080_000)]
    assert emblem.xpath(".//wp:docPr/@descr", namespaces=NAMESPACES) == ["ตราของหน่วยงาน"]
    assert found.find("//w:style[@w:styleId='Emblem']/w:pPr/w:jc/@w:val", "word/styles.xml") == ["center"]


def test_fields_of_a_memo_end_in_dots_at_the_margin() -> None:
    (found,) = parts(fields(("ส่วนราชการ", "สำนักปลัดเทศบาล"), memo=True)).styled("MemoField")
    assert words(found) == "ส่วนราชการ\tสำนักปลัดเทศบาล\t"
    assert stops(found)[-1] == ("right", "dot", twips(16))
    label, value = (run for run in found.findall(f"{W}r") if run.find(f"{W}t") is not None)
    assert [attribute(run.find(f"{W}rPr/{W}szCs"), "val") for run in (label, value)] == ["40", "32"]
    assert [run.find(f"{W}rPr/{W}bCs") is not None for run in (label, value)] == [True, False]


def test_two_fields_share_a_line_with_dots_between() -> None:
    (found,) = parts(fields(("ที่", "ลบ ๕๒๗๐๑/๑"), ("วันที่", ""), memo=True)).styled("MemoField")
    assert words(found) == "ที่\tลบ ๕๒๗๐๑/๑\t วันที่ \t"
    assert stops(found)[-2:] == [("left", "dot", twips(8)), ("right", "dot", twips(16))]


def test_long_value_hangs_under_its_beginning() -> None:
    (found,) = parts(fields(("เรื่อง", "รายงาน " * 40))).styled("LetterField")
    indent = found.find(f"{W}pPr/{W}ind")
    assert attribute(indent, "left") == attribute(indent, "hanging") == str(stops(found)[0][2])
    assert [kind for kind, *_ in stops(found)] == ["left"]


def test_sides_are_a_table_without_lines() -> None:
    found = parts(Sides(("ที่ ๑",), ("สำนักงานเทศบาล", "จังหวัดลพบุรี")))
    assert found.find("//w:tblStyle/@w:val") == ["BareTable"]
    assert [[words(each) for each in line.findall(f"{W}tc")] for line in found.find("//w:tr")] == [
        ["ที่ ๑", "สำนักงานเทศบาล"],
        ["", "จังหวัดลพบุรี"],
    ]


def test_signature_reads_from_the_opinion_to_the_date() -> None:
    found = parts(Signatures((ACTING,))).find("//w:body/w:p")
    assert [words(each) for each in found] == [
        "ความเห็น ปลัดเทศบาล",
        "เห็นชอบ",
        "เสนอนายกเทศมนตรี",
        "ลงชื่อ\t",
        "(นายอนุชิต ทองพันชั่ง)",
        "ผู้อำนวยการกองช่าง รักษาราชการแทน",
        "ปลัดเทศบาลตำบลบ้านสวนพลู",
        "๒๐ มกราคม ๒๕๖๙",
    ]


def test_signature_never_parts() -> None:
    found = parts(Signatures((ACTING,)))
    styles = set(found.find("//w:body/w:p/w:pPr/w:pStyle/@w:val"))
    for style in styles:
        (looks,) = found.find(f"//w:style[@w:styleId='{style}']/w:pPr", "word/styles.xml")
        assert [looks.find(W + name) is not None for name in ("keepNext", "keepLines")] == [True, True]
    let_go = [each.find(f"{W}pPr/{W}keepNext") is not None for each in found.find("//w:body/w:p")]
    assert let_go == [False] * 7 + [True]
    assert attribute(found.find("//w:body/w:p[last()]/w:pPr/w:keepNext")[0], "val") == "0"


def test_line_to_sign_is_dotted_by_a_tab_and_the_name_stands_under_it() -> None:
    found = parts(Signatures((MAYOR,)))
    (line,) = found.styled("SignLine")
    assert stops(line) == [("right", "dot", twips(15))]
    assert attribute(line.find(f"{W}pPr/{W}ind"), "left") == str(twips(7))
    name, _ = found.styled("SignName")
    left = int(attribute(name.find(f"{W}pPr/{W}ind"), "left"))
    assert twips(7) < (left + twips(16)) / 2 < twips(15)


def test_suffix_ends_the_dotted_line() -> None:
    (line,) = parts(Signatures((Signature("ก", suffix="ผู้ยืม"),))).styled("SignLine")
    assert words(line) == "ลงชื่อ\tผู้ยืม"


def test_letter_leaves_room_to_sign_and_no_line() -> None:
    found = parts(Signatures((Signature("นาย ก", ("นายก",), label=""),)))
    assert found.styled("SignLine") == []
    first, second = found.styled("SignName")
    assert attribute(first.find(f"{W}pPr/{W}spacing"), "before") == "840"
    assert second.find(f"{W}pPr/{W}spacing") is None


@pytest.mark.parametrize(("opinion", "dotted"), [((), 2), (("ทราบ",), 0)])
def test_opinion_still_to_be_written_gets_dotted_lines(opinion: tuple[str, ...], dotted: int) -> None:
    found = parts(Signatures((Signature("ก", opinion_of="ปลัดเทศบาล", opinion=opinion),)))
    lines = [each for each in found.styled("Opinion") if stops(each) == [("right", "dot", twips(16))]]
    assert [words(each) for each in lines] == ["\t"] * dotted


def test_signatures_side_by_side_are_rows_that_stay_together() -> None:
    pair = (Signature("ก ข", ("ผู้อำนวยการ",), suffix="ผู้ให้ยืม"), Signature("ค ง", suffix="ผู้ยืม"))
    found = parts(Signatures(pair))
    assert [[words(each) for each in line.findall(f"{W}tc")] for line in found.find("//w:tr")] == [
        ["ลงชื่อ\tผู้ให้ยืม", "ลงชื่อ\tผู้ยืม"],
        ["(ก ข)", "(ค ง)"],
        ["ผู้อำนวยการ", ""],
    ]
    let_go = [[each.find(f"{W}keepNext") is not None for each in line.iter(f"{W}pPr")] for line in found.find("//w:tr")]
    assert let_go == [[False, False], [False, False], [True, True]]
    assert "{keep}" not in found.bytes_of("word/document.xml").decode()


def test_separator_is_a_short_line_in_the_middle() -> None:
    found = parts(Separator())
    (rule,) = found.styled("ShortRule")
    indent = rule.find(f"{W}pPr/{W}ind")
    assert attribute(indent, "left") == attribute(indent, "right") == str(twips(16 * 0.38))
    assert found.find("//w:style[@w:styleId='ShortRule']/w:pPr/w:pBdr/w:bottom/@w:val", "word/styles.xml") == ["single"]


@pytest.mark.parametrize("block", [Signatures(()), Sides((), ()), fields()])
def test_blocks_with_nothing_in_them_print_nothing(block) -> None:
    assert parts(block).find("//w:t") == []
