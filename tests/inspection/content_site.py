"""What a made-up municipality discloses, item by item: the clean twin, and each fault as one change of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from prongsai.inspection.gather import pile_from
from prongsai.inspection.model import Facts, Pile
from tests.inspection import content_papers as made
from tests.inspection.content_papers import HEAD, OWN, grid, page, paper

TODAY = date(2026, 4, 20)
FACTS = Facts(OWN, "ลพบุรี", HEAD, (HEAD, "นางอารี แสงทอง", "นายวิเชียร รอบรู้"), "036000114", True)
HOST = "http://www.suanphlu.go.th"
SIGNED = ("ลงชื่อ (ลงนามแล้ว)", f"({HEAD})", "นายกเทศมนตรีตำบลบ้านสวนพลู")
PDF, XLSX, DOCX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
File = tuple[str, bytes, str]


@dataclass(frozen=True)
class Disclosed:
    """An item of a year with its page and papers."""

    year_be: int
    item: str
    html: Callable[[], bytes]
    files: Callable[[], tuple[File, ...]] = tuple
    headers: tuple[tuple[str, str], ...] = ()

    def pile(self) -> Pile:
        address = f"{HOST}/{self.year_be}/{self.item}/"
        return pile_from(address, self.html(), self.files(), FACTS, TODAY, headers=dict(self.headers))


def links(*names: str) -> str:
    return "<ul>" + "".join(f'<li><a href="{name}">{name}</a></li>' for name in names) + "</ul>"


def pdf(name: str, *parts: made.Part) -> File:
    return name, paper("pdf", *parts), PDF


def docx(name: str, *parts: made.Part) -> File:
    return name, paper("docx", *parts), DOCX


def xlsx(name: str, *parts: made.Part) -> File:
    return name, paper("xlsx", *parts), XLSX


# ---------------------------------------------------------------- organisation

STRUCTURE = "<h2>โครงสร้างการแบ่งส่วนราชการ</h2><h3>ฝ่ายการเมือง</h3><p>นายกเทศมนตรี</p><p>รองนายกเทศมนตรี</p><p>สภาเทศบาล</p>"
PERMANENT = "<h3>ฝ่ายข้าราชการประจำ</h3><p>ปลัดเทศบาล</p><ul><li>สำนักปลัดเทศบาล</li><li>กองคลัง</li><li>กองช่าง</li><li>กองการศึกษา</li></ul>"
CHART = '<figure><img src="chart.png" alt="แผนผังโครงสร้างเทศบาล"></figure>'
DUTIES = """<h2>หน้าที่และอำนาจ</h2><p>เทศบาลตำบลบ้านสวนพลูมีหน้าที่ตามกฎหมายว่าด้วยเทศบาลและกฎหมายกระจายอำนาจ ดังนี้</p>
<ol><li>รักษาความสงบเรียบร้อยและความปลอดภัยของประชาชนในเขตเทศบาล</li><li>ให้มีและบำรุงทางบกและทางน้ำ ไฟส่องสว่าง และระบบระบายน้ำ</li>
<li>รักษาความสะอาดของถนน และกำจัดมูลฝอยและสิ่งปฏิกูล</li><li>ส่งเสริมการศึกษา ศาสนา และวัฒนธรรมของชุมชน</li></ol>"""


def structure() -> bytes:
    return page("โครงสร้าง หน้าที่และอำนาจ", STRUCTURE + PERMANENT + CHART + DUTIES)


def only_permanent() -> bytes:
    return page("โครงสร้าง หน้าที่และอำนาจ", "<h2>โครงสร้างการแบ่งส่วนราชการ</h2>" + PERMANENT + CHART + DUTIES)


def statute() -> bytes:
    articles = "".join(
        f"<p>มาตรา {n} ภายใต้บังคับแห่งกฎหมาย เทศบาลตำบลมีหน้าที่ต้องทำในเขตเทศบาลดังที่บัญญัติไว้ในหมวดนี้</p>" for n in range(1, 31)
    )
    law = f"<h2>พระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖</h2><p>โดยที่เป็นการสมควรแก้ไขกฎหมายว่าด้วยเทศบาล</p>{articles}"
    return page("โครงสร้าง หน้าที่และอำนาจ", STRUCTURE + PERMANENT + CHART + law)


def vision() -> bytes:
    words = "<h2>วิสัยทัศน์</h2><p>บ้านสวนพลูน่าอยู่ คู่คุณธรรม</p><h2>พันธกิจ</h2><p>พัฒนาคน พัฒนาเมือง</p>"
    return page("โครงสร้าง หน้าที่และอำนาจ", STRUCTURE + PERMANENT + CHART + words)


def _card(name: str, post: str, phone: str, photo: str) -> str:
    call = f"<p>โทรศัพท์ {phone}</p>" if phone else ""
    return f'<div class="card"><img src="{photo}" alt="ภาพ{name}"><p>{name}</p><p>{post}</p>{call}</div>'


def executives(clerk_phone: str = "08 1000 0003") -> bytes:
    cards = (
        _card(HEAD, "นายกเทศมนตรีตำบลบ้านสวนพลู", "0-3600-0114 ต่อ 101", "1.jpg"),
        _card("นางอารี แสงทอง", "รองนายกเทศมนตรี", "๐๘-๑๐๐๐-๐๐๐๒", "2.jpg"),
        _card("นายวิเชียร รอบรู้", "ปลัดเทศบาล", clerk_phone, "3.jpg"),
        _card("นายประสิทธิ์ มั่นคง", "ผู้อำนวยการกองคลัง", "036-000-116", "4.jpg"),
    )
    return page("ข้อมูลผู้บริหาร", "".join(cards))


def contact(
    map_: str = '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>',
    mail: str = "อีเมล saraban@suanphlu.example",
) -> bytes:
    body = f"""<p>{OWN} เลขที่ ๙๙ หมู่ ๓ ตำบลบ้านสวนพลู อำเภอเมืองลพบุรี จังหวัดลพบุรี ๑๕๐๐๐</p><p>โทรศัพท์ ๐-๓๖๐๐-๐๑๑๔ โทรสาร ๐-๓๖๐๐-๐๑๑๕</p>
<p>{mail}</p>{map_}<p><a href="https://line.me/R/ti/p/@suanphlu">LINE OA สอบถามข้อมูล</a></p>"""
    return page("ข้อมูลการติดต่อและช่องทางการสอบถาม", body)


def one_way() -> bytes:
    return contact().replace(
        '<p><a href="https://line.me/R/ti/p/@suanphlu">LINE OA สอบถามข้อมูล</a></p>'.encode(),
        '<form><label>ชื่อ <input name="n"></label><label>ข้อความ <textarea name="m"></textarea></label></form>'.encode(),
    )


# ---------------------------------------------------------------- services

ONLINE = """<p>ยื่นคำขอออนไลน์ได้ตลอด 24 ชั่วโมง ไม่ต้องเดินทางมาที่สำนักงาน ปีงบประมาณ พ.ศ. 2569</p>
<form method="post"><label>ชื่อ-สกุล <input name="name"></label><label>โทรศัพท์ <input type="tel" name="tel"></label>
<label>บริการ <select name="s"><option>ขอรถกู้ชีพ</option><option>ขอน้ำอุปโภค</option></select></label><button>ส่ง</button></form>"""
ONLINE_STATS = (
    "<h2>คู่มือการใช้งานระบบ</h2><p>กรอกแบบฟอร์ม กดส่ง รับเลขคำขอทางข้อความ</p><h2>สถิติการขอรับบริการออนไลน์ ปีงบประมาณ พ.ศ. 2569</h2>"
    + grid(("เดือน", "จำนวนคำขอ (ครั้ง)"), (("ตุลาคม 2568", "12"), ("พฤศจิกายน 2568", "9")))
)


def e_service() -> bytes:
    return page("E-Service", ONLINE + ONLINE_STATS)


def e_service_download() -> bytes:
    body = '<p>ดาวน์โหลดแบบฟอร์มแล้วนำมายื่นที่สำนักงาน</p><a href="request.docx">แบบคำร้องทั่วไป</a>'
    return page("E-Service", body + ONLINE_STATS)


def manual() -> bytes:
    body = """<h2>คู่มือสำหรับประชาชน: การขอติดตั้งไฟฟ้าสาธารณะ</h2><h3>ขั้นตอนการให้บริการ</h3><p>๑) ยื่นคำขอ ๒) สำรวจ ๓) อนุมัติและติดตั้ง</p>
<h3>ระยะเวลาให้บริการ</h3><p>รวม ๗ วันทำการ</p><h3>ช่องทางการให้บริการ</h3><p>กองช่าง ชั้น ๑ หรือทางออนไลน์</p>
<h3>ค่าธรรมเนียม</h3><p>ไม่มีค่าธรรมเนียม</p><h3>เอกสารที่ใช้</h3><p>สำเนาบัตรประจำตัวประชาชน ๑ ฉบับ</p>"""
    return page("คู่มือการขอรับบริการ", body)


# ---------------------------------------------------------------- purchases

HEADS_16 = (
    "ที่", "ปีงบประมาณ", "ชื่อหน่วยงาน", "อำเภอ", "จังหวัด", "กระทรวง", "ประเภทหน่วยงาน", "ชื่อรายการของงานที่ซื้อหรือจ้าง",
    "วงเงินงบประมาณที่ได้รับจัดสรร (บาท)", "แหล่งที่มาของงบประมาณ", "สถานะการจัดซื้อจัดจ้าง", "วิธีการจัดซื้อจัดจ้าง", "ราคากลาง (บาท)",
    "ราคาที่ตกลงซื้อหรือจ้าง (บาท)", "รายชื่อผู้ประกอบการที่ได้รับการคัดเลือก", "เลขที่โครงการในระบบ e-GP",
)  # fmt: skip


def _purchases(blank: bool = False, without: str = "") -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    works = ("ก่อสร้างถนนคอนกรีต หมู่ ๑", "ก่อสร้างรางระบายน้ำ หมู่ ๓", "ซื้อเครื่องสูบน้ำ")
    keep = [n for n, head in enumerate(HEADS_16) if head != without]
    rows = []
    for n, work in enumerate(works, 1):
        price = "" if blank and n == 2 else "498,000"
        row = (str(n), "2568", OWN, "เมืองลพบุรี", "ลพบุรี", "มหาดไทย", "องค์กรปกครองส่วนท้องถิ่น", work, "500,000",
               "เทศบัญญัติ", "ลงนามในสัญญาแล้ว", "e-bidding", price, "495,000", "ห้างหุ้นส่วนจำกัด ทดสอบการช่าง", "6810900012" + str(n))  # fmt: skip
        rows.append(tuple(row[k] for k in keep))
    return tuple(HEADS_16[k] for k in keep), tuple(rows)


def purchases(blank: bool = False, without: str = "") -> tuple[File, ...]:
    head = "รายการการจัดซื้อจัดจ้างและความก้าวหน้า ปีงบประมาณ พ.ศ. 2568"
    return (xlsx("ita-o12-2568.xlsx", head, "ข้อมูล ณ วันที่ 31 มีนาคม 2568", _purchases(blank, without)),)


MONTH_HEADS = (
    "ลำดับที่", "งานที่จัดซื้อหรือจัดจ้าง", "วงเงินที่จะซื้อหรือจ้าง", "ราคากลาง", "วิธีซื้อหรือจ้าง", "รายชื่อผู้เสนอราคาและราคาที่เสนอ",
    "ผู้ได้รับการคัดเลือกและราคาที่ตกลงซื้อหรือจ้าง", "เหตุผลที่คัดเลือกโดยสรุป", "เลขที่และวันที่ของสัญญาหรือข้อตกลง",
)  # fmt: skip
MONTH_ROW = (
    "1",
    "ซื้อวัสดุสำนักงาน",
    "9,000",
    "9,000",
    "เฉพาะเจาะจง",
    "ร้านทดสอบ 9,000",
    "ร้านทดสอบ 9,000",
    "ราคาไม่เกินวงเงิน",
    "12/2569 ลว. 3 พ.ย. 68",
)


def monthly(last: str = "31 มีนาคม 2569", year: int = 2569) -> tuple[File, ...]:
    head = f"สรุปผลการดำเนินการจัดซื้อจัดจ้าง ปีงบประมาณ พ.ศ. {year} ไตรมาสที่ 1 และ 2"
    if last != "31 มีนาคม 2569":
        head = f"สรุปผลการดำเนินการจัดซื้อจัดจ้าง ปีงบประมาณ พ.ศ. {year}"
    span = (
        f"ระหว่างวันที่ 1 ตุลาคม {year - 1} ถึง {last}"
        if year == 2569
        else f"ระหว่างวันที่ 1 ตุลาคม {year - 1} ถึง 31 มีนาคม {year}"
    )
    parts = (head, OWN, span, (MONTH_HEADS, (MONTH_ROW,)))
    return pdf("สขร1.pdf", *parts), xlsx("สขร1.xlsx", *parts)


def monthly_page(title: str = "สรุปผลการจัดซื้อจัดจ้างรายเดือน ปีงบประมาณ พ.ศ. 2569") -> Callable[[], bytes]:
    return lambda: page(title, links("สขร1.pdf", "สขร1.xlsx"))


REPORT_ROWS = (
    ("โครงการอบรมคุณธรรมจริยธรรม", "20,000", "18,500", "ผู้เข้าอบรม 45 คน เข้าใจเพิ่มขึ้นร้อยละ 82"),
    ("กิจกรรมเปิดเผยข้อมูลการจัดซื้อ", "ไม่ใช้งบประมาณ", "ไม่ใช้งบประมาณ", "เผยแพร่ครบ 12 เดือน"),
)
REPORT_HEADS = ("โครงการ/กิจกรรม", "งบประมาณ", "ผลการใช้จ่ายงบประมาณ", "ผลการดำเนินการ")


def prevention(*, obstacles: bool = True, advice: str = "ควรกำหนดปฏิทินล่วงหน้า", same: bool = False) -> tuple[File, ...]:
    head = "รายงานผลการดำเนินการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2567"
    rows = tuple((*r[:3], r[0] if same else r[3]) for r in REPORT_ROWS)
    tail = ("ปัญหาและอุปสรรค", "ระยะเวลาดำเนินการกระชั้นชิดกับงานประจำ") if obstacles else ()
    return (docx("รายงานป้องกันทุจริต.docx", head, OWN, (REPORT_HEADS, rows), *tail, "ข้อเสนอแนะ", advice),)


# ---------------------------------------------------------------- integrity


def channel(fields: str = "") -> bytes:
    form = (
        fields
        or '<label>รายละเอียดการทุจริต <textarea name="d"></textarea></label><label>ช่องทางติดต่อกลับ (ไม่บังคับ) <input name="c"></label>'
    )
    body = f"""<p>แจ้งเรื่องการทุจริตของเจ้าหน้าที่ทางออนไลน์ แยกจากการร้องเรียนทั่วไป ข้อมูลของผู้แจ้งเป็นความลับและได้รับความคุ้มครอง</p><form>{form}</form>
<p>สำนักงาน ป.ป.ช. โทร. 1205 และสำนักงาน ป.ป.ท. โทร. 1206</p>"""
    return page("ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", body)


MIXED = '<label>ประเภทเรื่อง <select name="k"><option>ไฟฟ้าสาธารณะ</option><option>ถนน</option><option>ร้องเรียนการทุจริต</option></select></label><label>รายละเอียด <textarea name="d"></textarea></label>'


def complaint_statistics(said: str = "ไม่มีเรื่องร้องเรียนการทุจริตในปีงบประมาณ พ.ศ. 2567") -> bytes:
    rows = (("จำนวนเรื่องทั้งหมด", "0"), ("ดำเนินการแล้วเสร็จ", "0"), ("อยู่ระหว่างดำเนินการ", "0"))
    return page(
        "ข้อมูลสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ ประจำปีงบประมาณ พ.ศ. 2567",
        grid(("รายการ", "จำนวน (เรื่อง)"), rows) + f"<p>{said}</p>",
    )


def participation(
    use: str = "นำข้อเสนอไปปรับปรุงการดำเนินงาน โดยบรรจุในแผนพัฒนาท้องถิ่นและจัดสรรงบประมาณ", name: str = OWN
) -> tuple[File, ...]:
    parts = (
        "รายงานผลการมีส่วนร่วม ประจำปีงบประมาณ พ.ศ. 2567", name, "ประเด็นของการมีส่วนร่วม: ประชาคมแผนพัฒนาท้องถิ่น",
        "ผู้เข้าร่วม: ประชาชน 64 คน ผู้นำชุมชน 8 คน เมื่อวันที่ 12 มกราคม 2567",
        "ผลจากการมีส่วนร่วม: เสนอขยายเขตประปาสองหมู่บ้าน",
    )  # fmt: skip
    return (docx("ประชาคม.docx", *parts, *((use,) if use else ())),)


THAI_GIFT = (
    f"ประกาศ{OWN}", "เรื่อง เจตนารมณ์นโยบายไม่รับของขวัญและของกำนัลทุกชนิดจากการปฏิบัติหน้าที่ (No Gift Policy) ประจำปีงบประมาณ พ.ศ. 2568",
    "ข้าพเจ้าและบุคลากรทุกคนจะไม่รับของขวัญทั้งก่อน ขณะ และหลังปฏิบัติหน้าที่", "ประกาศ ณ วันที่ 6 มกราคม พ.ศ. 2568",
)  # fmt: skip
ENGLISH_GIFT = (
    "Announcement of Ban Suan Phlu Subdistrict Municipality", "Intention on the No Gift Policy from the Performance of Duties, Fiscal Year 2025",
    "All executives and officials shall not accept any gift before, during or after the performance of their duties.",
    "Announced on 6 January 2025", "(Signed)", "(Mr. Sommai Jaikwang)", "Mayor of Ban Suan Phlu Subdistrict Municipality",
)  # fmt: skip
UNSIGNED = ("ลงชื่อ ..............................", "(.................................)", "นายกเทศมนตรีตำบลบ้านสวนพลู")
FORMER = ("ลงชื่อ (ลงนามแล้ว)", "(นายเกษม ก่อนกาล)", "นายกเทศมนตรีตำบลบ้านสวนพลู")


def gift(signed: tuple[str, ...] = SIGNED, *, english: bool = True) -> Callable[[], tuple[File, ...]]:
    thai = docx("no-gift-th.docx", *THAI_GIFT, *signed)
    return lambda: (thai, docx("no-gift-en.docx", *ENGLISH_GIFT)) if english else (thai,)


def gift_page() -> bytes:
    body = "<p>กิจกรรมประชุมถ่ายทอดนโยบาย No Gift Policy วันที่ 10 มกราคม 2568 มีผู้เข้าร่วม 60 คน</p>"
    return page("ประกาศเจตนารมณ์ No Gift Policy ประจำปีงบประมาณ พ.ศ. 2568", body + links("no-gift-th.docx"))


RISK_HEADS = ("ลำดับ", "ด้าน", "เหตุการณ์ความเสี่ยง", "โอกาส", "ผลกระทบ", "ระดับความเสี่ยง", "มาตรการจัดการความเสี่ยง", "ผู้รับผิดชอบ")
RISK_ROWS = (("1", "การอนุมัติ อนุญาต", "เรียกรับสินบนเพื่อเร่งใบอนุญาต", "2", "4", "ปานกลาง", "รับคำขอทางออนไลน์ทุกเรื่อง", "กองช่าง"),)


def risks(year: int = 2568, title_year: int | None = None) -> tuple[File, ...]:
    head = f"การประเมินความเสี่ยงการทุจริต ประเด็นสินบน ประจำปีงบประมาณ พ.ศ. {year}"
    return (pdf("ประเมินความเสี่ยง.pdf", head, OWN, f"จัดทำเมื่อเดือนธันวาคม {year - 1}", (RISK_HEADS, RISK_ROWS)),)


def risks_page() -> bytes:
    return page("การประเมินความเสี่ยงที่อาจเกิดการให้หรือรับสินบน ประจำปีงบประมาณ พ.ศ. 2568", links("ประเมินความเสี่ยง.pdf"))


def spoilt(files: Callable[[], tuple[File, ...]], how: Callable[[bytes], bytes]) -> Callable[[], tuple[File, ...]]:
    return lambda: tuple(
        (name, how(content) if name.endswith(".pdf") else content, kind) for name, content, kind in files()
    )


def strategic(years: str = "2566 - 2570") -> bytes:
    rows = (("ยุทธศาสตร์ที่ 1 โครงสร้างพื้นฐาน", "ถนนครบทุกหมู่บ้าน", "ร้อยละ 100 ของหมู่บ้าน"),)
    return page(f"แผนพัฒนาท้องถิ่น พ.ศ. {years}", grid(("ยุทธศาสตร์", "เป้าหมาย", "ตัวชี้วัด"), rows))


CLEAN: dict[str, Disclosed] = {
    "structure": Disclosed(2569, "organisation.structure-and-powers", structure),
    "executives": Disclosed(2569, "organisation.executives", executives),
    "contact": Disclosed(2568, "organisation.contact-and-questions", contact),
    "e-service": Disclosed(2569, "service.online", e_service),
    "manual": Disclosed(2568, "manual.service", manual),
    "purchases": Disclosed(
        2568,
        "procurement.list-and-progress",
        lambda: page("รายการจัดซื้อจัดจ้าง 2568", links("ita-o12-2568.xlsx")),
        purchases,
    ),
    "monthly": Disclosed(2569, "procurement.monthly", monthly_page(), monthly),
    "prevention": Disclosed(
        2568,
        "anticorruption.annual-report",
        lambda: page("รายงานผลการป้องกันการทุจริต 2567", links("รายงานป้องกันทุจริต.docx")),
        prevention,
    ),
    "channel": Disclosed(2569, "complaints.corruption.channel", channel),
    "complaints": Disclosed(2568, "complaints.corruption.statistics", complaint_statistics),
    "participation": Disclosed(
        2567, "participation.activities", lambda: page("การมีส่วนร่วม 2567", links("ประชาคม.docx")), participation
    ),
    "gift": Disclosed(2568, "no-gift.declaration-and-culture", gift_page, gift()),
    "risks": Disclosed(2568, "risk.assessment", risks_page, risks),
    "strategic": Disclosed(2568, "plan.strategic", strategic),
}
