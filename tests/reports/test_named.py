"""Names that no printed line may cut."""

from prongsai.documents.build import paragraph, row, table
from prongsai.documents.model import Document, Setup
from prongsai.reports.named import with_names


def test_agencies_and_people_of_a_paper_are_known() -> None:
    blocks = (
        paragraph("ตามที่เทศบาลตำบลบ้านสวนพลูได้ประกาศ"),
        table(["ผู้รับผิดชอบ"], [row("นางสาวณัฐริกา คำแก้วใส นักวิเคราะห์นโยบายและแผน")]),
    )
    document = Document("", "composed", None, "", blocks, setup=Setup(names=("กองคลัง",)))
    assert with_names(document).setup.names == (
        "กองคลัง",
        "เทศบาลตำบลบ้านสวนพลู",
        "บ้านสวนพลู",
        "นางสาวณัฐริกา คำแก้วใส",
        "ณัฐริกา",
        "คำแก้วใส",
    )


def test_paper_without_names_keeps_its_own() -> None:
    document = Document("", "composed", None, "", (paragraph("ไม่มีรายการ"),), setup=Setup(names=("ก", "ก", "")))
    assert with_names(document).setup.names == ("ก",)
