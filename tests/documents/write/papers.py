"""A made-up paper with every block of the document model."""

from prongsai.documents import build as b
from prongsai.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Kind,
    Line,
    Mark,
    Masthead,
    NewPage,
    Orientation,
    Picture,
    Separator,
    Setup,
    Sides,
    Signature,
    Signatures,
    Style,
    Table,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 16"><text x="2" y="9">คะแนน</text></svg>'.encode()

PORTRAIT = Setup()


def composed(*blocks: Block, title: str = "รายงานผล", setup: Setup = PORTRAIT) -> Document:
    return Document("", "composed", None, "", blocks, title=title, setup=setup)


def measures_table() -> Table:
    spans = [b.cell(text, rows=2) for text in ("ลำดับ", "มาตรการ")]
    done = b.cell("การดำเนินการ", columns=2)
    owner = b.cell("ผู้รับผิดชอบ", rows=2)
    heads = [
        b.row(*spans, done, b.covered(done), owner, b.cell("สถานะ", rows=2), b.cell("งบประมาณ (บาท)", rows=2)),
        b.row(
            *map(b.covered, spans),
            "ขั้นตอน",
            "ระยะเวลา",
            b.covered(owner),
            *map(b.covered, (b.cell("สถานะ"), b.cell("งบประมาณ (บาท)"))),
        ),
    ]
    rows = [
        b.row(
            str(number),
            f"มาตรการ <ข้อ {number}> & 'อื่น' \"ๆ\"",
            b.cell_of([Line("จัดทำแผน"), Line("ประกาศแผน"), Line("ติดตามผล", Mark.ITEM, in_list=True)]),
            "ต.ค. ๒๕๖๗ - ก.ย. ๒๕๖๘",
            b.cell_of([Line("กองคลัง งานพัสดุ", breaks=(8,))]),
            b.cell_of([b.box("ดำเนินการแล้ว", ticked=number == 1), b.box("อยู่ระหว่าง", ticked=number != 1)]),
            b.cell("") if number == 2 else "๑๒๐,๐๐๐.๐๐",
        )
        for number in (1, 2, 3)
    ]
    columns = [Column(1, Kind.NUMBER, Align.CENTRE), *(Column(3),) * 5, Column(2, Kind.MONEY)]
    return b.table(heads, rows, columns, name="มาตรการ")


def whole_paper() -> Document:
    signer = Signature("นางสาวณัฐริกา คำแก้วใส", ("นักวิเคราะห์นโยบายและแผนชำนาญการ",))
    acting = Signature(
        "นายอนุชิต ทองพันชั่ง",
        ("ผู้อำนวยการกองช่าง รักษาราชการแทน", "ปลัดเทศบาลตำบลบ้านสวนพลู"),
        opinion_of="ปลัดเทศบาล",
        opinion=("เพื่อโปรดพิจารณา",),
        date="๙ ต.ค. ๒๕๖๘",
    )
    mayor = Signature("นายธีรพงศ์ แก้วสว่างธรรม", ("นายกเทศมนตรีตำบลบ้านสวนพลู",), label="", suffix="")
    return composed(
        b.paragraph("ด่วนที่สุด", Style.SPEED),
        Masthead(1.5, "บันทึกข้อความ"),
        b.fields(("ส่วนราชการ", "สำนักปลัดเทศบาล โทร. ๐-๓๖๐๐-๐๑๑๔"), memo=True),
        b.fields(("ที่", "ลบ ๕๒๗๐๑/๑๐๔๒"), ("วันที่", "๙ ตุลาคม ๒๕๖๘"), memo=True),
        b.fields(("เรียน", "นายกเทศมนตรีตำบลบ้านสวนพลู")),
        b.paragraph("๑. เรื่องเดิม", Style.HEADING),
        b.paragraph("เทศบาลตำบลบ้านสวนพลู <b>ไม่ใช่แท็ก</b> &amp; **ดาว** # | เพื่อโปรดทราบ"),
        b.paragraph("# ไม่ใช่หัวเรื่อง", Style.HANGING),
        b.paragraph("| ไม่ใช่ | ตาราง |", Style.HANGING, 1),
        b.paragraph("บรรทัดแรก\nบรรทัดที่สอง", Style.PLAIN),
        Signatures((signer,)),
        Signatures((mayor,)),
        Signatures((acting, mayor)),
        NewPage(Orientation.LANDSCAPE),
        b.paragraph("ประกาศเทศบาลตำบลบ้านสวนพลู", Style.TITLE),
        Separator(),
        measures_table(),
        b.paragraph("ที่มา: กองคลัง", Style.NOTE),
        NewPage(Orientation.PORTRAIT, centred=True),
        Masthead(3.0),
        Sides(("ที่ ลบ ๕๒๗๐๑/๑๒๓",), ("สำนักงานเทศบาลตำบลบ้านสวนพลู", "อำเภอเมืองลพบุรี ลบ ๑๕๐๐๐")),
        Picture(SVG, "image/svg+xml", 'แผนภูมิ "คะแนน"', 12.0),
        b.table(["ที่", "รายการ"], [b.row("๑", "ค่าวัสดุ")]),
        b.table(["เดี่ยว"], [b.row("ช่องเดียว"), b.row("")]),
        Table((b.row("แถวเดียว", "สองช่อง"),), b.NOWHERE, "composed"),
        b.paragraph("จบ", Style.CENTRED),
    )
