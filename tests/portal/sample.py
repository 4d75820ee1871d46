"""A public site of the made-up municipality, with one of everything that a site can hold."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from prongsai.portal.model import (
    Asset,
    Block,
    BlockKind,
    Column,
    DataTable,
    Document,
    Entry,
    FormLink,
    ItemLine,
    Law,
    Metadata,
    Office,
    Official,
    Page,
    Posting,
    Release,
    Reported,
    Site,
    Standing,
    UnitNode,
    Year,
)

BASE = "https://www.bansuanphlu.example/"
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
NAME = "เทศบาลตำบลบ้านสวนพลู"

ITEMS = (
    ("O1", "structure", "โครงสร้าง หน้าที่และอำนาจ", "ตัวชี้วัดย่อยที่ ๙.๑ ข้อมูลพื้นฐาน"),
    ("O2", "executives", "ข้อมูลผู้บริหาร", "ตัวชี้วัดย่อยที่ ๙.๑ ข้อมูลพื้นฐาน"),
    ("O3", "contact", "ข้อมูลการติดต่อและช่องทางการสอบถามข้อมูล", "ตัวชี้วัดย่อยที่ ๙.๑ ข้อมูลพื้นฐาน"),
    ("O4", "news", "ข่าวประชาสัมพันธ์", "ตัวชี้วัดย่อยที่ ๙.๑ ข้อมูลพื้นฐาน"),
    ("O5", "plan.strategy", "แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน", "ตัวชี้วัดย่อยที่ ๙.๒ การบริหารงานและงบประมาณ"),
    (
        "O6",
        "plan.progress",
        "แผนและความก้าวหน้าในการดำเนินงานและการใช้งบประมาณประจำปี",
        "ตัวชี้วัดย่อยที่ ๙.๒ การบริหารงานและงบประมาณ",
    ),
    ("O8", "manual.officer", "คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่", "ตัวชี้วัดย่อยที่ ๙.๒ การบริหารงานและงบประมาณ"),
    ("O11", "procurement.monthly", "สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน", "ตัวชี้วัดย่อยที่ ๙.๓ การจัดซื้อจัดจ้าง"),
    ("O12", "procurement.annual", "รายงานสรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ ประจำปี", "ตัวชี้วัดย่อยที่ ๙.๓ การจัดซื้อจัดจ้าง"),
    ("O17", "complaint.channel", "ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "ตัวชี้วัดย่อยที่ ๙.๕ การส่งเสริมความโปร่งใส"),
    ("O20", "no-gift", "ประกาศเจตนารมณ์นโยบาย No Gift Policy", "ตัวชี้วัดย่อยที่ ๑๐.๑ การดำเนินการเพื่อป้องกันการทุจริต"),
    ("O21", "risk", "การประเมินความเสี่ยงการทุจริตในประเด็นที่เกี่ยวข้องกับสินบน", "ตัวชี้วัดย่อยที่ ๑๐.๑ การดำเนินการเพื่อป้องกันการทุจริต"),
)
NEWS = (
    (
        "ประชาคมท้องถิ่นร่วมจัดทำแผนพัฒนาท้องถิ่น ประจำปี ๒๕๗๐",
        "ประชาชน ๑๒๔ คนจาก ๙ ชุมชนร่วมเสนอโครงการ ถนน ทางระบายน้ำ และแหล่งน้ำเพื่อการเกษตร",
    ),
    ("เปิดรับฟังความคิดเห็นร่างเทศบัญญัติการจัดการมูลฝอย", "ส่งความเห็นได้ถึงวันที่ ๑๕ มีนาคม ๒๕๖๙ ที่สำนักงานหรือทางออนไลน์"),
    ("ฝึกซ้อมแผนป้องกันและบรรเทาสาธารณภัย", "เจ้าหน้าที่และอาสาสมัครฝึกดับเพลิงเบื้องต้นและการช่วยชีวิต"),
    ("กำหนดการออกหน่วยรับชำระภาษีที่ดินและสิ่งปลูกสร้าง", "ออกหน่วยทุกชุมชนตลอดเดือนมีนาคม เวลา ๐๙.๐๐ ถึง ๑๕.๐๐ น."),
    ("โครงการปลูกต้นไม้ริมคลองสวนพลู", "ปลูกต้นยางนาและพะยอมรวม ๓๐๐ ต้น"),
    ("อบรมคุณธรรมจริยธรรมสำหรับพนักงานและผู้บริหาร", "ผู้เข้าอบรมผ่านการทดสอบหลังเรียนร้อยละ ๙๖"),
)


def asset(name: str, content: bytes, media_type: str = "application/octet-stream") -> Asset:
    return Asset(name, media_type, len(content), hashlib.sha256(content).hexdigest(), lambda: content)


def erased(name: str, content: bytes) -> Asset:
    return replace(asset(name, content), open_bytes=None)


def pdf(number: int) -> bytes:
    return f"%PDF-1.4\n% เอกสารทดสอบฉบับที่ {number}\n%%EOF\n".encode()


def portrait(number: int) -> Asset:
    skin, shirt, back = (
        ("#e0b48c", "#f5f2e8", "#9fb7bd"),
        ("#c99a73", "#e9edf2", "#b7c4a8"),
        ("#edc7a3", "#fbfbf6", "#b9aecb"),
    )[number % 3]
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 200"><rect width="160" height="200" fill="{back}"/>
<path d="M20 200c0-46 26-62 60-62s60 16 60 62z" fill="{shirt}"/><path d="M66 118h28v26l-14 12-14-12z" fill="{skin}"/>
<ellipse cx="80" cy="86" rx="32" ry="40" fill="{skin}"/><path d="M46 84c-4-40 18-52 34-52s38 12 34 52c-4-24-14-32-34-32s-30 8-34 32z" fill="#2a2523"/></svg>"""
    return asset(f"portrait-{number}.svg", svg.encode(), "image/svg+xml")


def map_picture() -> Asset:
    svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 420" font-family="Sarabun, sans-serif" font-size="15"><rect width="640" height="420" fill="#eef2e6"/>
<path d="M0 300c120-30 200 20 320-10s220-60 320-30v60c-120-30-200 0-320 30S120 330 0 360z" fill="#bcd9e6"/>
<path d="M-10 200h660M300-10v440M120 200v-210M480 200v220" stroke="#fff" stroke-width="16" fill="none"/><path d="M-10 200h660M300-10v440" stroke="#d9c98f" stroke-width="3" fill="none"/>
<circle cx="340" cy="160" r="13" fill="#0b5563"/><circle cx="340" cy="160" r="5" fill="#fff"/><text x="360" y="165" fill="#083f4a" font-weight="700">สำนักงานเทศบาลตำบลบ้านสวนพลู</text>
<text x="20" y="190" fill="#5b5b4a">ถนนสวนพลู</text><text x="312" y="40" fill="#5b5b4a">ทางหลวงท้องถิ่น</text><text x="40" y="330" fill="#3a6c80">คลองสวนพลู</text><text x="490" y="260" fill="#5b5b4a">ตลาดบ้านสวนพลู</text></svg>"""
    return asset("map.svg", svg.encode(), "image/svg+xml")


def office(base: str = BASE) -> Office:
    return Office(
        name=NAME,
        code="05160101",
        name_en="Ban Suan Phlu Subdistrict Municipality",
        address="๙๙ หมู่ที่ ๓ ถนนสวนพลู ตำบลบ้านสวนพลู อำเภอเมืองลพบุรี จังหวัดลพบุรี ๑๕๐๐๐",
        address_en="99 Moo 3, Suan Phlu Road, Ban Suan Phlu, Mueang Lop Buri, Lop Buri 15000",
        phone="0-3600-0000",
        fax="0-3600-0001",
        email="saraban@bansuanphlu.example",
        hours="วันจันทร์ถึงวันศุกร์ เวลา ๐๘.๓๐ ถึง ๑๖.๓๐ น. เว้นวันหยุดราชการ",
        directions="จากศาลากลางจังหวัด ไปทางทิศตะวันออก ๔ กิโลเมตร\nรถสองแถวสายตลาดบ้านสวนพลู ลงหน้าสำนักงาน",
        map_address="https://maps.example/bansuanphlu",
        map_picture=map_picture(),
        about="เทศบาลตำบลบ้านสวนพลูดูแลชุมชน ๙ แห่ง ประชากร ๖,๔๒๐ คน บนพื้นที่ ๑๒ ตารางกิโลเมตรริมคลองสวนพลู ให้บริการสาธารณะ ดูแลถนน น้ำ ขยะ การศึกษาปฐมวัย และสวัสดิการของผู้สูงอายุ\nวิสัยทัศน์: บ้านสวนพลูน่าอยู่ บริหารโปร่งใส ประชาชนมีส่วนร่วม",
        about_en="Ban Suan Phlu is a subdistrict municipality of nine communities and 6,420 people along the Suan Phlu canal in Lop Buri.",
        channels=(
            ("Facebook เทศบาลตำบลบ้านสวนพลู", "https://facebook.example/bansuanphlu"),
            ("LINE @bansuanphlu", "https://line.example/bansuanphlu"),
        ),
        base=base,
    )


def official(number: int, name: str, post: str, side: str, *, photo: bool = True) -> Official:
    contact = (f"0-3600-00{number:02d}", f"person{number}@bansuanphlu.example") if photo else ("", "")
    return Official(
        name,
        post,
        side,
        *contact,
        photo=portrait(number) if photo else None,
        term="ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๖" if side != "permanent" else "",
    )


POLITICAL = (
    official(10, "นายสมหมาย ใจกว้าง", "นายกเทศมนตรีตำบลบ้านสวนพลู", "political"),
    official(11, "นางสาวพร้อม ยินดี", "รองนายกเทศมนตรี", "political"),
    official(12, "นายเพียร สร้างสรรค์", "รองนายกเทศมนตรี", "political"),
    official(13, "นายสภา ใจธรรม", "ประธานสภาเทศบาล", "council"),
    official(14, "นางรับฟัง เสียงดี", "รองประธานสภาเทศบาล", "council", photo=False),
)
PERMANENT = (
    official(20, "นายวิเชียร รอบรู้", "ปลัดเทศบาล", "permanent"),
    official(21, "นางสาวมาลี ตั้งใจ", "หัวหน้าสำนักปลัดเทศบาล", "permanent"),
    official(22, "นายประสิทธิ์ มั่นคง", "ผู้อำนวยการกองคลัง", "permanent"),
)
UNITS = (
    UnitNode(
        "สำนักปลัดเทศบาล",
        "นางสาวมาลี ตั้งใจ",
        "0-3600-0021",
        (
            UnitNode("ฝ่ายอำนวยการ", "", "", (UnitNode("งานการเจ้าหน้าที่"), UnitNode("งานนิติการ"))),
            UnitNode("งานป้องกันและบรรเทาสาธารณภัย"),
        ),
    ),
    UnitNode("กองคลัง", "นายประสิทธิ์ มั่นคง", "0-3600-0022", (UnitNode("งานการเงินและบัญชี"), UnitNode("งานพัสดุและทรัพย์สิน"))),
    UnitNode("กองช่าง", "นายชูชัย แข็งแรง"),
    UnitNode("กองการศึกษา", "นางวิไล สอนดี"),
    UnitNode("หน่วยตรวจสอบภายใน"),
)
METADATA = Metadata(
    "ข้อมูลระเบียน", "สรุปผลการจัดซื้อจัดจ้างรายเดือน", NAME, "งานพัสดุและทรัพย์สิน", "saraban@bansuanphlu.example", ("จัดซื้อจัดจ้าง", "พัสดุ"),
    "รายการจัดซื้อจัดจ้างทุกรายการของปีงบประมาณ", ("เพื่อความโปร่งใส", "เพื่อตรวจสอบ"), "เดือน", "เทศบาล/อบต.", "ทะเบียนจัดซื้อจัดจ้าง", ("CSV", "JSON"), "ข้อมูลสาธารณะ", "Open Data Common",
)  # fmt: skip
COLUMNS = (
    Column("no", "ลำดับ", "number"),
    Column("work", "งานที่จัดซื้อจัดจ้าง"),
    Column("budget_thb", "วงเงิน (บาท)", "money", "วงเงินที่จะซื้อหรือจ้าง"),
    Column("contract_on", "วันที่ทำสัญญา", "date", "ปี ค.ศ. ตามมาตรฐาน ISO 8601"),
    Column("winner", "ผู้ได้รับการคัดเลือก"),
    Column("method", "วิธีจัดหา", "choice", "เฉพาะเจาะจง คัดเลือก e-bidding"),
    Column("reason", "เหตุผลที่คัดเลือก"),
    Column("contract_no", "เลขที่สัญญา"),
)


REPORTED = (
    Reported("หนังสือ", "ลบ 52701.2/220", date(2026, 2, 20), "ปลัดเทศบาล รักษาราชการแทน นายกเทศมนตรีตำบลบ้านสวนพลู"),
    Reported("ประกาศ", "", date(2026, 2, 27), "นายกเทศมนตรีตำบลบ้านสวนพลู", is_approved=False),
)


def purchases(count: int, key: str = "purchases", title: str = "รายการจัดซื้อจัดจ้าง") -> DataTable:
    shops = ("ร้านสวนพลูการค้า", "ห้างหุ้นส่วนจำกัดลพบุรีก่อสร้าง", "สหกรณ์โคนม")
    works = ("จัดซื้อวัสดุสำนักงาน", "จ้างซ่อมแซมถนนคอนกรีต", "จัดซื้ออาหารเสริมนม")
    rows = tuple(
        (
            str(n),
            f"{works[n % 3]} ครั้งที่ {n}",
            f"{n * 1250 + 500:,}.00",
            f"2026-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            shops[n % 3],
            "เฉพาะเจาะจง",
            "ราคาต่ำสุด คุณสมบัติครบ",
            f"{n}/2569",
        )
        for n in range(1, count + 1)
    )
    return DataTable(key, title, COLUMNS, rows, (True, False, True, False, False, False, False, False))


def release(number: int, standing: Standing, title: str, **given: object) -> Release:
    at = NOON + timedelta(days=number)
    fixed: dict[str, object] = {
        "summary": f"สาระสำคัญของเรื่อง {title}",
        "content_year_be": 2569,
        "document_date": date(2026, 2, 27),
        "received_on": date(2026, 3, 1),
        "published_at": at,
        "approved_as": "ปลัดเทศบาล",
        "sha256": hashlib.sha256(f"{title}{number}".encode("utf-8", "replace")).hexdigest(),
    }
    return Release(number, standing, title, **{**fixed, **given})  # type: ignore[arg-type]


def stamp_of(page: Page) -> str:
    return hashlib.sha256(
        re.sub(r"<function .*? at 0x[0-9a-f]+>", "bytes", repr(page)).encode("utf-8", "replace")
    ).hexdigest()


def entry(page: Page) -> Entry:
    newest = page.current or (page.releases[0] if page.releases else None)
    return Entry(
        path=page.path,
        kind=page.kind,
        title=page.title,
        stamp=stamp_of(page),
        load=lambda: page,
        title_en=page.title_en or (newest.title_en if newest else ""),
        code=page.code,
        year_be=page.year_be,
        published_at=newest.published_at if newest else None,
        event_on=page.event_on,
        summary=newest.summary if newest else "",
        others=page.others,
        has_data=bool(newest and newest.tables),
        is_withdrawn=bool(page.withdrawn),
        metadata=page.metadata,
    )


HOSTILE = "x\"><script>alert(1)</script>&<img src=x onerror=alert(1)>'</title></textarea>{{ 7*7 }}"


def item_pages() -> list[Page]:
    pages = []
    for at, (code, key, title, _) in enumerate(ITEMS):
        current = release(
            1,
            Standing.CURRENT,
            title,
            documents=(Document(asset(f"{key}.pdf", pdf(at)), f"{title} (ฉบับลงนาม)", "signed"),),
        )
        pages.append(
            Page(
                f"2569/{key}",
                "item",
                title,
                (current,),
                code=code,
                year_be=2569,
                unit="สำนักปลัดเทศบาล",
                others=(f"2569/{code}",),
            )
        )
    return pages


def rich_pages() -> list[Page]:
    """Pages of every kind and state."""
    by_key = {page.path: page for page in item_pages()}
    monthly = by_key["2569/procurement.monthly"]
    letter = Document(asset("letter.pdf", pdf(77)), "หนังสือนำส่ง", text="หนังสือนำส่งรายงานถึงอำเภอ")
    scan = Document(erased("scan.pdf", pdf(78)), "สำเนาสัญญา (ลบแล้ว)")
    sheet = Document(asset("table.xlsx", b"PK-sheet"), "ตารางต้นฉบับ", "table")
    body = (
        Block(BlockKind.HEADING, ("ผลการจัดซื้อจัดจ้าง",)),
        Block(
            BlockKind.PARAGRAPH,
            ("เดือนกุมภาพันธ์ ๒๕๖๙ มีการจัดซื้อจัดจ้าง ๓๒ รายการ วงเงินรวม ๑,๒๔๕,๐๐๐ บาท ไม่มีรายการที่มีผู้เสนอราคารายเดียวเกินเกณฑ์",),
        ),
        Block(BlockKind.LIST, ("วิธีเฉพาะเจาะจง ๓๐ รายการ", "วิธี e-bidding ๒ รายการ")),
        Block(BlockKind.STEPS, ("ตรวจทะเบียน", "เสนอปลัดเทศบาล", "เผยแพร่")),
        Block(
            BlockKind.TABLE,
            rows=(
                ("เดือน", "รายการ", "วงเงิน (บาท)"),
                ("มกราคม ๒๕๖๙", "๒๘", "๙๘๐,๐๐๐"),
                ("กุมภาพันธ์ ๒๕๖๙", "๓๒", "๑,๒๔๕,๐๐๐"),
            ),
        ),
        Block(BlockKind.LINK, ("ประกาศในระบบ e-GP",), address="https://process.example/egp?a=1&b=2"),
        Block(BlockKind.LINK, ("รายงานประจำปี",), address="2569/procurement.annual"),
    )
    by_key["2569/procurement.monthly"] = replace(
        monthly,
        others=("2569/O11", "2569/purchases.monthly"),
        unit="กองคลัง",
        metadata=METADATA,
        review_on=date(2026, 4, 5),
        postings=(Posting("Facebook เทศบาลตำบลบ้านสวนพลู", date(2026, 3, 6), "https://facebook.example/posts/1"), Posting("บอร์ดประชาสัมพันธ์", date(2026, 3, 6))),
        releases=(
            release(3, Standing.CURRENT, monthly.title, body=body, tables=(purchases(32),), documents=(letter, sheet, scan), change_note="เพิ่มรายการเดือนกุมภาพันธ์", is_late=True, reported=REPORTED),
            release(2, Standing.REPLACED, monthly.title, tables=(purchases(12), purchases(3, "e-bidding", "รายการ e-bidding")), documents=(letter,), change_note="แก้วงเงินรายการที่ ๔"),
            release(1, Standing.WITHDRAWN, monthly.title, documents=(Document(asset("first.docx", b"PK-first"), "ฉบับแรก"),)),
        ),
    )  # fmt: skip
    annual = by_key["2569/procurement.annual"]
    by_key["2569/procurement.annual"] = replace(
        annual, releases=(release(1, Standing.CURRENT, annual.title, tables=(purchases(1500),), content_year_be=2568),)
    )
    risk = by_key["2569/risk"]
    by_key["2569/risk"] = replace(
        risk,
        withdrawn="พบข้อมูลส่วนบุคคลของผู้ร้องในภาคผนวก\nจะเผยแพร่ใหม่เมื่อปกปิดแล้ว",
        withdrawn_at=NOON + timedelta(days=9),
        releases=(release(1, Standing.WITHDRAWN, risk.title, tables=(purchases(2),), documents=tuple(Document(asset(f"risk.{ending}", ending.encode()), f"รายงาน {ending}") for ending in ("pdf", "docx", "xlsx", "png", "jpg", "csv", "txt", "json", "odt"))),),
    )  # fmt: skip
    by_key["2569/manual.officer"] = replace(
        by_key["2569/manual.officer"], releases=(), elsewhere="https://old.bansuanphlu.example/manual?id=8"
    )
    gift = by_key["2569/no-gift"]
    by_key["2569/no-gift"] = replace(
        gift,
        title_en="No Gift Policy",
        releases=(
            replace(gift.releases[0], title_en="No Gift Policy", body_en=(Block(BlockKind.PARAGRAPH, ("The municipality and its staff accept no gifts of any kind.",)),), documents=(*gift.releases[0].documents, Document(asset("no-gift-en.pdf", pdf(99)), "No Gift Policy (English)", language="en"))),
        ),
    )  # fmt: skip
    return [*by_key.values(), *news_pages(), *other_pages()]


def news_pages() -> list[Page]:
    pages = []
    for number in range(42):
        title, summary = NEWS[number % len(NEWS)]
        year = 2569 if number < 34 else 2568
        picture = Document(
            asset("photo.svg", portrait(number).open_bytes()), "ภาพกิจกรรม", "picture", "ผู้เข้าร่วมกิจกรรมที่ลานหน้าสำนักงาน"
        )  # type: ignore[misc]
        told = release(
            1,
            Standing.CURRENT,
            f"{title}" + (f" ครั้งที่ {number}" if number >= len(NEWS) else ""),
            summary=summary,
            published_at=NOON - timedelta(days=number * 9),
            body=(Block(BlockKind.PARAGRAPH, (summary,)),),
            documents=(picture,),
        )
        pages.append(
            Page(
                f"news/{year}/activity-{number}",
                "news",
                told.title,
                (told,),
                year_be=year,
                event_on=date(2026, 3, 1) - timedelta(days=number * 9),
                unit="สำนักปลัดเทศบาล",
            )
        )
    return pages


def other_pages() -> list[Page]:
    long_word = "ก" * 5000
    hostile_table = DataTable(
        "bad",
        HOSTILE,
        (Column("a", "=HYPERLINK(1)"), Column("b", HOSTILE), Column("c", "จำนวน", "number")),
        (
            ("=1+1", "+66 81", "-500"),
            ("@SUM(A1)", "\t=cmd", "1,200.50"),
            ("-", "'", ""),
            (long_word, HOSTILE, "๑๒"),
            ("\x00\x01\ufffe\u2028", "\u0085", "ไม่มี"),
        ),
    )
    hostile = release(
        1, Standing.CURRENT, HOSTILE, summary=HOSTILE,
        body=(Block(BlockKind.PARAGRAPH, (long_word,)), Block(BlockKind.LINK, ("กด",), address="javascript:alert(1)"), Block(BlockKind.LINK, ("หน้าที่ไม่มี",), address="no/such/page"), Block(BlockKind.PICTURE, (HOSTILE,), address="pic.svg"), Block(BlockKind.PICTURE, (), address="missing.png"), Block(BlockKind.HEADING, ()), Block(BlockKind.LIST, ()), Block(BlockKind.TABLE, rows=())),
        tables=(hostile_table,), documents=(Document(asset("pic.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), HOSTILE, "picture", HOSTILE),), approved_as=HOSTILE, change_note=HOSTILE,
    )  # fmt: skip
    data = release(1, Standing.CURRENT, "สถิติการให้บริการประชาชน", tables=(purchases(5, "services", "จำนวนผู้รับบริการ"),))
    return [
        Page("2569/data/service-statistics", "register", "สถิติการให้บริการประชาชน", (data,), year_be=2569, unit="สำนักปลัดเทศบาล", metadata=METADATA),
        Page("history", "free", "ประวัติความเป็นมาของบ้านสวนพลู", (release(1, Standing.CURRENT, "ประวัติความเป็นมาของบ้านสวนพลู", title_en="History", body_en=(Block(BlockKind.PARAGRAPH, ("Founded beside betel gardens.",)),)),), title_en="History"),
        Page("hostile", "free", HOSTILE, (hostile,), unit=HOSTILE, postings=(Posting(HOSTILE, date(2026, 1, 1), "javascript:alert(2)"),)),
    ]  # fmt: skip


def year(pages: list[Page]) -> Year:
    by_code = {page.code: page for page in pages if page.code}
    groups: dict[str, list[ItemLine]] = {}
    for code, _, title, indicator in ITEMS:
        page = by_code[code]
        state = "withdrawn" if page.withdrawn else "elsewhere" if page.elsewhere else "published"
        at = page.current.published_at if page.current else None
        groups.setdefault(indicator, []).append(ItemLine(code, title, indicator, page.path, page.elsewhere, state, at))
    groups[ITEMS[-1][3]].append(ItemLine("O24", "รายงานผลการดำเนินการป้องกันการทุจริต", ITEMS[-1][3], state="waiting"))
    return Year(
        2569, "การเปิดเผยข้อมูลสาธารณะ ปีงบประมาณ พ.ศ. ๒๕๖๙", tuple((name, tuple(lines)) for name, lines in groups.items())
    )


LAWS = (
    Law("พระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖", 2496, "in force", address="https://law.example/municipality"),
    Law("เทศบัญญัติงบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. ๒๕๖๙", 2569, "in force", path="history"),
    Law("เทศบัญญัติเรื่องตลาด พ.ศ. ๒๕๔๐", 2540, "repealed"),
)
FORMS = (
    FormLink("service", "ยื่นคำขอรับบริการออนไลน์", "https://app.example/05160101/service/", "ขอใช้น้ำ ขอตัดต้นไม้ จองคิวออกหน่วย"),
    FormLink("questions", "ถาม–ตอบกับเจ้าหน้าที่", "https://app.example/05160101/questions/", "ตอบภายใน ๓ วันทำการ"),
    FormLink("complaint", "แจ้งเรื่องร้องเรียนทั่วไป", "https://app.example/05160101/complaint/"),
    FormLink("corruption", "แจ้งเบาะแสการทุจริต", "", "ส่งถึงปลัดเทศบาลโดยตรง ไม่ต้องบอกชื่อ"),
)


def site(pages: list[Page] | None = None, base: str = BASE, stamp: str = "1") -> Site:
    """The rich site, or one of the given pages."""
    given = rich_pages() if pages is None else pages
    old = (ItemLine("O1", "โครงสร้าง", "๙.๑", elsewhere="https://old.bansuanphlu.example/o1", state="elsewhere"),)
    before = Year(2568, "การเปิดเผยข้อมูลสาธารณะ ปีงบประมาณ พ.ศ. ๒๕๖๘", (("ตัวชี้วัดย่อยที่ ๙.๑", old),))
    return Site(
        office(base),
        stamp,
        (year(given), before) if pages is None else (),
        tuple(map(entry, given)),
        POLITICAL,
        PERMANENT,
        UNITS,
        (Block(BlockKind.HEADING, ("ตามพระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖",)), Block(BlockKind.LIST, ("รักษาความสงบเรียบร้อยของประชาชน", "ให้มีและบำรุงทางบกและทางน้ำ", "รักษาความสะอาดของถนนและที่สาธารณะ"))),
        LAWS,
        FORMS,
        (date(2026, 3, 6), hashlib.sha256(b"head").hexdigest()),
        NOON,
    )  # fmt: skip
