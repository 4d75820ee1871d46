"""The panel of a signed paper: printed in every format, left out of the records, its code found again."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
import pytest

from prongsai.documents.build import paragraph
from prongsai.documents.model import Document, NewPage, Picture, Signature, Signatures, Style
from prongsai.documents.model import Panel as PanelBlock
from prongsai.documents.plain import plain
from prongsai.documents.read import read_content
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.documents.write.together import stays_with_next
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.signing import Capacity, Opinion, Signed
from prongsai.reports.papers.measures_report import read_laws
from prongsai.reports.papers.options import USUAL, Options
from prongsai.reports.papers.panel import Panel, PanelSigner, panel_of, with_panel, without_panel
from tests.reports.papers.same import same_records

CODE = "7KQ3M-XW9PA-B4CDE"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'
PANEL = Panel(
    CODE,
    f"https://prongsai.example/verify/{CODE}/",
    "0123456789abcdef" * 4,
    (
        PanelSigner("นางสาวณัฐริกา คำแก้วใส", "นักวิเคราะห์นโยบายและแผนชำนาญการ", "๙ ต.ค. ๒๕๖๘ ๑๐.๓๐ น.", "ยืนยันด้วยรหัสผ่าน"),
        PanelSigner(
            "นายอนุชิต ทองพันชั่ง", "ผู้อำนวยการกองช่าง รักษาราชการแทน ปลัดเทศบาลตำบลบ้านสวนพลู", "๙ ต.ค. ๒๕๖๘", "ลงนามในกระดาษ"
        ),
    ),
    Picture(SVG, "image/svg+xml", "คิวอาร์โค้ด", 2.4),
)
FORMS = ("docx", "pdf", "html", "txt")
KINDS = (
    "memo",
    "letter",
    "announcement",
    "order",
    "committee-order",
    "job-order",
    "gap-memo",
    "measures-report",
    "tracking-6",
)
DAY = date(2026, 3, 30)
BODY = (
    "๑. เรื่องเดิม",
    "สำนักงาน ป.ป.ช. ได้ให้หน่วยงานภาครัฐเข้าร่วมการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ",
    "๒. ข้อเท็จจริง",
    "คณะกรรมการได้จัดทำรายงานเสร็จเรียบร้อยแล้ว มีค่าใช้จ่ายดังนี้",
    "รายการ | จำนวน | เป็นเงิน (บาท)",
    "ค่าอาหารว่างและเครื่องดื่มสำหรับผู้เข้าร่วมประชุม | ๔๐ คน | ๑,๔๐๐",
    "ค่าเอกสาร | | ๖๐๐",
    "๓. ข้อกฎหมายและระเบียบ",
    "๓.๑ แผนแม่บทภายใต้ยุทธศาสตร์ประเด็นการต่อต้านการทุจริตและประพฤติมิชอบ พ.ศ. ๒๕๖๑ - ๒๕๘๐",
    "(๑) ประเด็นย่อย",
    "- เอกสารแนบ",
    "๔. ข้อพิจารณา",
    "สำนักปลัดเทศบาลจึงขอรายงานผล เพื่อโปรดทราบและพิจารณาเผยแพร่รายงานผ่านเว็บไซต์ของเทศบาลตำบลบ้านสวนพลู",
)
OPINIONS = (
    Opinion("หัวหน้าฝ่ายแผนงานและงบประมาณ", ("ตรวจแล้ว เห็นควรเสนอ", "เพื่อโปรดพิจารณา"),
            Signed("นางสาวศศิธร บัวงามตา", "หัวหน้าฝ่ายแผนงานและงบประมาณ", on=DAY)),
    Opinion("หัวหน้าสำนักปลัดเทศบาล", ("เพื่อโปรดพิจารณา",), Signed("นางพรทิวา จันทร์สมบูรณ์", "หัวหน้าสำนักปลัดเทศบาล")),
    Opinion("ปลัดเทศบาล", ("เห็นชอบ",),
            Signed("นายอนุชิต ทองพันชั่ง", "ผู้อำนวยการกองช่าง", Capacity.ACTING_FOR, "ปลัดเทศบาลตำบลบ้านสวนพลู", DAY)),
    Opinion("นายกเทศมนตรี", (), Signed("นายธีรพงศ์ แก้วสว่างธรรม", "นายกเทศมนตรีตำบลบ้านสวนพลู")),
)  # fmt: skip
LAWS = ("พระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖ และที่แก้ไขเพิ่มเติม", "ประกาศ เรื่อง ปฏิทินการประเมิน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘")


def _memo():
    return replace(paper_kind("memo").sample(), body=BODY, opinions=OPINIONS)


def _through(document: Document, form: str) -> Document:
    """Write a paper with its panel and read the file."""
    writer = "text" if form == "txt" else form
    return read_content(render(with_panel(document, PANEL), writer, Office()), f"หนังสือ.{form}")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", KINDS)
def test_panel_is_in_no_record_and_its_code_is_found(name: str, form: str) -> None:
    kind = paper_kind(name)
    found = _through(kind.compose(kind.sample(), USUAL), form)
    assert same_records(kind.sample(), kind.recognise(found)[0]) == []
    assert panel_of(found) == CODE


@pytest.mark.parametrize("form", FORMS)
def test_memo_with_heads_table_and_a_chain_comes_back_equal(form: str) -> None:
    kind = paper_kind("memo")
    assert kind.recognise(_through(kind.compose(_memo(), USUAL), form))[0] == _memo()


@pytest.mark.parametrize("form", FORMS)
def test_laws_of_a_report_are_its_third_head_and_come_back(form: str) -> None:
    kind = paper_kind("measures-report")
    document = kind.compose(kind.sample(), Options(laws=LAWS))
    assert read_laws(_through(document, form)) == LAWS
    assert read_laws(_through(kind.compose(kind.sample(), Options(laws=LAWS[:1])), form)) == LAWS[:1]
    assert read_laws(plain(kind.compose(kind.sample(), USUAL))) == ()


def test_chain_of_a_memo_stands_as_official_papers_set_it() -> None:
    lines = [line.text for line in plain(paper_kind("memo").compose(_memo(), USUAL)).paragraphs()]
    at = lines.index("ความเห็น ปลัดเทศบาล")
    assert lines[at : at + 7] == [
        "ความเห็น ปลัดเทศบาล", "เห็นชอบ", "ลงชื่อ", "(นายอนุชิต ทองพันชั่ง)", "ผู้อำนวยการกองช่าง รักษาราชการแทน",
        "ปลัดเทศบาลตำบลบ้านสวนพลู", "วันที่ ๓๐ มีนาคม ๒๕๖๙",
    ]  # fmt: skip


def test_memo_without_opinions_bears_the_name_alone() -> None:
    kind = paper_kind("memo")
    (block,) = [one for one in kind.compose(kind.sample(), USUAL).blocks if isinstance(one, Signatures)]
    assert block.places[0].label == ""


def test_panel_stands_behind_the_chain_of_the_memo_not_behind_the_tables() -> None:
    kind = paper_kind("measures-report")
    blocks = with_panel(kind.compose(kind.sample(), USUAL), PANEL).blocks
    at = next(at for at, block in enumerate(blocks) if isinstance(block, PanelBlock))
    assert isinstance(blocks[at - 1], Signatures)
    assert isinstance(blocks[at + 1], NewPage)


def test_a_panel_that_was_cut_off_is_left_as_it_is() -> None:
    lines = ("ลงนามทางอิเล็กทรอนิกส์", f"รหัสตรวจสอบ {CODE}", "จึงเรียนมาเพื่อโปรดทราบ")
    document = Document("", "text", None, "", tuple(map(paragraph, lines)))
    assert without_panel(document) is document
    assert panel_of(document) == CODE
    assert panel_of(Document("", "text", None, "", (paragraph("บันทึกข้อความ"),))) is None


def test_the_last_signature_and_its_panel_stand_on_one_page() -> None:
    place = Signature("นายธีรพงศ์ แก้วสว่างธรรม", ("นายกเทศมนตรี",), opinion_of="นายกเทศมนตรี", opinion=("อนุมัติ",))
    for count in range(18, 30, 2):
        blocks = [*(paragraph(f"บรรทัดที่ {at}", Style.PLAIN) for at in range(count)), Signatures((place,))]
        document = with_panel(Document("", "composed", None, "", tuple(blocks)), PANEL)
        pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(render(document, "pdf", Office()))).pages]
        assert [("นายกเทศมนตรี" in page) == (CODE in page) for page in pages] == [True] * len(pages)


def test_what_asks_for_a_signature_stays_with_it() -> None:
    asks, closing = paragraph("จึงเรียนมาเพื่อโปรดพิจารณา"), paragraph("ขอแสดงความนับถือ", Style.RIGHT)
    signed = Signatures((Signature("ก"),))
    assert [stays_with_next((paragraph("ย่อหน้า"), asks, closing, signed, signed), at) for at in range(5)] == [
        False, True, True, False, False,
    ]  # fmt: skip
