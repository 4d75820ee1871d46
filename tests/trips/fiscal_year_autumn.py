"""October to December: the cycle is opened, the year is planned, and last year's work is reported."""

from __future__ import annotations

from datetime import date

from prongsai.thai.fiscal import Span
from prongsai.web.agencies.models import Committee, Person, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import Entry
from tests.trips.fiscal_year_office import YEAR, Hand, Office
from tests.web import office as cast

LAST = YEAR - 1
FIRST_HALF, SECOND_HALF = date(2025, 10, 1), date(2026, 4, 1)
LAST_FIRST_HALF, LAST_SECOND_HALF = date(2024, 10, 1), date(2025, 4, 1)
ORDERS = {  # number of the order → committee
    "101/2568": "คณะทำงานขับเคลื่อนจริยธรรม",
    "102/2568": "คณะกรรมการตรวจสอบพัสดุประจำปี",
    "103/2568": "คณะทำงานขับเคลื่อนการประเมินคุณธรรมและความโปร่งใส (ITA)",
}
DIMENSIONS = ("culture", "transparency", "people", "audit")
AREAS = ("permits", "power", "spending", "personnel")
RISKS = {
    "permits": ("การออกใบอนุญาตก่อสร้าง", "เรียกรับเงินเพื่อเร่งออกใบอนุญาต"),
    "power": ("การตรวจสถานประกอบการ", "ละเว้นไม่ตรวจสถานประกอบการของคนรู้จัก"),
    "spending": ("การใช้รถราชการ", "นำรถราชการไปใช้ส่วนตัว"),
    "personnel": ("การเลื่อนขั้นเงินเดือน", "ให้คะแนนประเมินตามความสนิท"),
}


def people(o: Office) -> None:
    """A deputy mayor is entered, and the committees that this year's orders appoint."""
    admin, personnel = o.hand(Role.ADMIN), o.hand(Role.PERSONNEL)
    person = {"prefix": "นาง", "given_name": "รองดี", "family_name": "มีสุข", "joined_on": "1/10/2563"}
    admin.post("agency/people/add/", person)
    post = {"title": "รองนายกเทศมนตรี", "side": "political", "valid_from": "1/10/2563"}
    admin.post("agency/posts/add/", post)
    made = Post.objects.get(agency=o.agency, title="รองนายกเทศมนตรี")
    deputy = Person.objects.get(agency=o.agency, given_name="รองดี")
    holds = {"person": deputy.pk, "capacity": "self", "valid_from": "1/10/2563"}
    admin.post(f"agency/posts/{made.pk}/appoint/", holds)
    members = "นายวิเชียร รอบรู้ ประธานกรรมการ\nนายอารี ใจเย็น กรรมการ\nนายเที่ยง ธรรมดี กรรมการและเลขานุการ"
    for number, name in ORDERS.items():
        order = {"name": name, "order_no": number, "order_date": "1/10/2568", "members": members, "duties": "ตามคำสั่ง"}
        personnel.post("agency/committees/add/", order | {"valid_from": "1/10/2568", "valid_to": "31/12/2569"})
    assert Committee.objects.filter(agency=o.agency).count() == len(ORDERS)


def budget(o: Office) -> None:
    """The by-law of each year is in force before anything starts."""
    analyst = o.hand(Role.ANALYST)
    for year in (LAST, YEAR):
        bylaw(analyst, year, f"1/{year}")


def bylaw(analyst: Hand, year: int, number: str) -> Entry:
    """Enter an annual by-law with one line for each unit, and take it into force."""
    begins = date(year - 544, 10, 1)
    made = analyst.add("budget-bylaws", kind="annual", number=number, in_force_on=begins, total_thb="1000000")
    for unit, _kind, _names in cast.UNITS:
        words = {"item": f"ค่าใช้สอยของ{unit}", "unit": unit, "amount_thb": "200000", "code": None}
        analyst.add("budget-lines", bylaw=made, **words)
    analyst.move(made, "pass", passed_on=date(year - 544, 8, 28))
    analyst.move(made, "approve", approved_on=date(year - 544, 9, 15))
    return analyst.move(made, "enact", posted_on=date(year - 544, 9, 18))


# --- plans of a year ------------------------------------------------------------------------------------------------
def plans(o: Office, year: int) -> None:
    """The operation plan of every unit, the risks of every area, and the prevention plan that answers them."""
    analyst, legal = o.hand(Role.ANALYST), o.hand(Role.LEGAL)
    span = Span(date(year - 544, 10, 1), date(year - 543, 9, 30))
    for place, (unit, _kind, _names) in enumerate(cast.UNITS, 1):
        project = {"code": f"1-01-00{place}", "project": f"พัฒนางานบริการของ{unit}", "unit": unit}
        analyst.add("development-plan", year=year, budgets=f"{year} | 50000", **project)
        analyst.add("operation-plan", budget_thb="50000", period=span, **project)
    day = min(o.today, date(year - 544, 10, 1))
    for area, dimension in zip(AREAS, DIMENSIONS, strict=True):
        process, event = RISKS[area]
        told = {"area": area, "process": process, "event": event, "period": span, "assessed_on": day}
        risk = legal.add("risks", bribery="ใช่" if area == "permits" else "ไม่ใช่", **told)
        words = {"project": f"ลดความเสี่ยงเรื่อง{process}", "dimension": dimension, "period": span, "risk": risk}
        legal.add("prevention-plan", budget_thb="5000", indicator="ทำครบทุกขั้นตอน", **words)


def report_plans(o: Office, year: int, starts_on: date) -> None:
    """Every row of the operation plan, the risks and the prevention plan is reported on in a half-year."""
    for register, role in (("operation-plan", Role.ANALYST), ("risks", Role.LEGAL), ("prevention-plan", Role.LEGAL)):
        for one in rows(o, register, year):
            o.hand(role).report(one, starts_on, **_told(register, starts_on))


def _told(register: str, starts_on: date) -> dict[str, str]:
    if register == "risks":
        return {"likelihood_after": "2", "impact_after": "2"}
    part = "ครึ่งปีแรก" if starts_on.month >= 10 else "ครึ่งปีหลัง"
    said = {"result": f"ดำเนินการตามแผน{part}แล้ว", "spent_thb": "2500", "percent": "50" if part == "ครึ่งปีแรก" else "100"}
    return said | {"outcome": "ประชาชนรอรับบริการสั้นลงจาก ๗ วันเหลือ ๓ วัน"}


def rows(o: Office, register: str, year: int) -> list[Entry]:
    """Give the entries of a register and a fiscal year (BE), in order."""
    return list(Entry.objects.filter(agency=o.agency, register=register, fiscal_year_be=year).order_by("number"))


# --- last year ------------------------------------------------------------------------------------------------------
def last_year(o: Office) -> None:
    """What the items ask of the year before is entered and closed: the office begins with the software this year."""
    o.hand(Role.COORDINATOR).post("year/open/", {"year": str(LAST)})
    plans(o, LAST)
    for half in (LAST_FIRST_HALF, LAST_SECOND_HALF):
        report_plans(o, LAST, half)
    o.hand(Role.ANALYST).settle("operation-plan", 1, 2, year=LAST)
    o.hand(Role.LEGAL).settle("risks", 1, 2, year=LAST)
    o.hand(Role.LEGAL).settle("prevention-plan", 1, 2, year=LAST)
    supply = o.hand(Role.SUPPLY)
    supply.bring_in("purchases", purchases_sheet(LAST))
    supply.settle("purchases", *range(1, 13), year=LAST)
    o.hand(Role.LEGAL).settle("gifts", 1, 2, year=LAST)


def purchases_sheet(year: int) -> str:
    """Give a sheet with a purchase in every month of a fiscal year (BE)."""
    head = "งานที่จัดซื้อหรือจัดจ้าง,ประเภท,วงเงินที่จะซื้อหรือจ้าง,ราคากลาง,วิธีซื้อหรือจ้าง,ผู้เสนอราคาและราคาที่เสนอ,ผู้ได้รับการคัดเลือก,"
    head += "ราคาที่ตกลงซื้อหรือจ้าง,เหตุผลที่คัดเลือกโดยสรุป,เลขที่สัญญาหรือข้อตกลง,วันที่ของสัญญาหรือข้อตกลง,ส่วนราชการที่ใช้"
    lines = [head]
    for number, month in enumerate((10, 11, 12, *range(1, 10)), 1):
        day = f"15/{month}/{year - 1 if month >= 10 else year}"
        lines.append(
            f"ซื้อวัสดุสำนักงานครั้งที่ {number},ซื้อ,15000,15000,เฉพาะเจาะจง,ร้านสวนพลูการค้า | 14000,ร้านสวนพลูการค้า,"
            f"14000,ราคาไม่เกินวงเงิน,{number}/{year},{day},กองคลัง"
        )
    return "\n".join(lines)


def last_reports(o: Office) -> None:
    """November and December: the yearly reports of the year before, each due within this year."""
    end = date(2025, 9, 30)
    personnel, supply = o.hand(Role.PERSONNEL), o.hand(Role.SUPPLY)
    personnel.add("hr-report", as_of=end, authorised="12", actual="12", staff="officer | 12 | 0 | 12")
    personnel.settle("hr-report", 1, year=LAST)
    supply.add("procurement-annual", as_of=end)
    supply.settle("procurement-annual", 1, year=LAST)
    stock_taking(o, end)
    supply.settle("stock-takings", 1, year=LAST)
    for one in rows(o, "development-plan", LAST):
        o.hand(Role.ANALYST).report(one, LAST_FIRST_HALF)
    o.hand(Role.ANALYST).settle("development-plan", 1, year=LAST)
    control(o, end)
    o.hand(Role.SECRETARY).settle("control-components", 1, year=LAST)


def stock_taking(o: Office, end: date) -> None:
    """The committee counts everything from the first working day after a year, and reports."""
    supply = o.hand(Role.SUPPLY)
    taking = supply.add("stock-takings", as_of=end, order_no="102/2568")
    supply.move(taking, "begin", begins_on=date(end.year, 10, 2))
    supply.move(taking, "report", counted_items="2", reported_on=o.today, no_difference="ใช่")
    supply.move(taking, "send", copy_sent_on=o.today)


def control(o: Office, end: date) -> None:
    """Every unit assesses its internal control."""
    for unit, _kind, _names in cast.UNITS:
        o.hand(Role.SECRETARY).add("control-components", unit=unit, year_end=end)
