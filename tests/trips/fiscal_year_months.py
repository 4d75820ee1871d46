"""What comes round: every month, every quarter and every half-year, and the closing of each."""

from __future__ import annotations

from collections.abc import Callable

from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import Entry
from tests.trips.fiscal_year_autumn import report_plans, rows
from tests.trips.fiscal_year_office import YEAR, Office, periods_of

MONTHS = (10, 11, 12, *range(1, 10))  # by their place in the fiscal year
NOTHING_BOUGHT, NEVER_CLOSED = 2, 5  # a month of none in the register of purchases, one that nobody closes
NOT_FOLLOWED = 7  # of the executive
LATE_CHECK = 2  # the quarter whose stock check is closed after its day
# The registers that are closed every month, by who closes them.
MONTHLY = {
    "meetings": Role.CLERK,
    "policy-briefings": Role.COORDINATOR,
    "budget-briefings": Role.ANALYST,
    "news": Role.PUBLISHER,
    "questions": Role.PUBLISHER,
    "complaints-general": Role.CLERK,
    "service-requests": Role.CLERK,
    "service-statistics": Role.ANALYST,
    "purchases": Role.SUPPLY,
}
QUARTERLY = {
    "stock-checks": Role.SUPPLY,
    "loans": Role.SUPPLY,
    "property-reports": Role.SUPPLY,
    "spending-plan": Role.ANALYST,
    "information-requests": Role.CLERK,
    "suggestions": Role.PUBLISHER,
}
HALF_YEARLY = {
    "gifts": Role.LEGAL,
    "hr-plan": Role.PERSONNEL,
    "operation-plan": Role.ANALYST,
    "prevention-plan": Role.LEGAL,
    "contracts": Role.SUPPLY,
    "activities": Role.COORDINATOR,
    "evaluation-rounds": Role.PERSONNEL,
    "participation": Role.ANALYST,
    "risks": Role.LEGAL,
    "training": Role.PERSONNEL,
    "control-weaknesses": Role.SECRETARY,
}


def place_of(month: int) -> int:
    """Give the place of a month in the fiscal year, 1 for October."""
    return MONTHS.index(month) + 1


# --- a month --------------------------------------------------------------------------------------------------------
def month(o: Office, number: int) -> None:
    """Live a month: it is met about, told about, served and bought in, and followed up."""
    o.on(6, number)
    held = meeting(o, number)
    if number % 3 == 1:
        briefings(o, held)
    o.on(12, number)
    voices(o)
    o.on(20, number)
    bought_and_told(o, number)


def bought_and_told(o: Office, number: int) -> None:
    """Buy something, but for one month; tell of what was held."""
    if number != NOTHING_BOUGHT:
        o.hand(Role.SUPPLY).add("purchases", contract_no=f"{place_of(number)}/2569", contract_on=o.today)
    news = {"topic": f"กิจกรรมเดือนที่ {place_of(number)}", "posted_on": o.today, "channels": ["website"]}
    link = f"https://www.suanphlu.example/news/{place_of(number)}"
    o.hand(Role.PUBLISHER).add("news", event_on=o.today, summary="ประชาชนร่วมงาน ๔๒ คน", link=link, **news)


def meeting(o: Office, number: int) -> Entry:
    """The heads meet; the meeting before is adopted by this one."""
    clerk = o.hand(Role.CLERK)
    before = rows(o, "meetings", YEAR)
    made = clerk.add("meetings", number=f"{place_of(number)}/2569", held_on=o.today)
    for name, position in (("นายสมหมาย ใจกว้าง", "นายกเทศมนตรี"), ("นายประสิทธิ์ มั่นคง", "ผู้อำนวยการกองคลัง")):
        clerk.add("meeting-attendance", meeting=made, person=name, position=position, role="present")
    made = clerk.move(made, "hold")
    if before:
        clerk.move(before[-1], "adopt", adopted_at=made)
    return made


def briefings(o: Office, held: Entry) -> None:
    """Policy and budget are told in a meeting."""
    told = {"meeting": held, "briefed_on": o.today}
    page = "https://www.suanphlu.example/policy"
    o.hand(Role.COORDINATOR).add("policy-briefings", page=page, briefed_by="นายสมหมาย ใจกว้าง", **told)
    o.hand(Role.ANALYST).add("budget-briefings", briefed_by="นายประสิทธิ์ มั่นคง", no_questions="ใช่", **told)


def voices(o: Office) -> None:
    """People ask and complain, and are answered; what was served is counted."""
    question(o)
    complaint(o)
    month = f"{o.today.month}/{o.today.year + 543}"
    o.hand(Role.ANALYST).add("service-statistics", month=month, channel="walk_in")


def question(o: Office) -> None:
    """Somebody outside asks; the publisher takes it in and answers."""
    question = {"topic": f"วันเก็บขยะเดือน {o.today.month}", "question": "เทศบาลเก็บขยะหมู่ที่ 2 วันใดบ้าง", "about": "service"}
    o.hand("").send("questions", asker="นายสมชาย ใจดี", may_publish="on", **question)
    publisher = o.hand(Role.PUBLISHER)
    asked = publisher.move(rows(o, "questions", YEAR)[-1], "accept")
    publisher.move(asked, "answer", answer="เก็บทุกวันจันทร์และวันพฤหัสบดี", publish="ใช่")


def complaint(o: Office) -> None:
    """In every other month a street lamp is out, and mended."""
    if o.today.month % 2:
        clerk, told = o.hand(Role.CLERK), {"received_on": o.today, "channel": "phone"}
        case = clerk.add("complaints-general", topic=f"ไฟถนนซอย {o.today.month} ดับ", **told)
        clerk.move(case, "assign", unit="กองช่าง")
        o.hand(Role.OFFICER).move(case, "answer")


def close_month(o: Office, number: int) -> None:
    """Close a month's period of every monthly register, in the first days of the next."""
    place = place_of(number)
    for register, role in MONTHLY.items():
        if not (register == "purchases" and number == NEVER_CLOSED):
            o.hand(role).settle(register, place)
    o.hand(Role.LEGAL).record("complaint-counts", place, result="นับจากช่องทางปกปิดแล้ว")
    if number != NOT_FOLLOWED:
        o.hand(Role.MAYOR).record("executive-follow-up", place, result="ให้เร่งรัดงานที่ใกล้ครบกำหนด")


# --- a quarter ------------------------------------------------------------------------------------------------------
def quarter(o: Office, place: int) -> None:
    """Close a quarter: things are counted, money is reported, the use of property is reported to the executive."""
    spent(o, place)
    supply = o.hand(Role.SUPPLY)
    supply.post("registers/property-reports/propose/")
    report = rows(o, "property-reports", YEAR)[-1]
    supply.move(report, "send", sent_on=o.today)
    o.hand(Role.MAYOR).move(report, "acknowledge", acknowledged_on=o.today)
    for register, role in QUARTERLY.items():
        if not (register == "stock-checks" and place == LATE_CHECK):
            o.hand(role).settle(register, place)


def spent(o: Office, place: int) -> None:
    """Report what was spent of every line of the spending plan in a quarter."""
    begins = periods_of(o.agency, "budget-check", YEAR)[place - 1].starts_on
    told = {"note": "เบิกจ่ายตามแผน", "obstacles": "ไม่มี", "suggestions": "ไม่มี"}
    for one in rows(o, "spending-plan", YEAR):
        o.hand(Role.ANALYST).report(one, begins, spent_thb="30000", **told)


def count_things(o: Office) -> None:
    """Count what the register of assets says is there."""
    counted = {"expected": "2", "counted": "2", "condition": "good", "counted_on": o.today, "unit": "กองคลัง"}
    o.hand(Role.SUPPLY).add("stock-checks", **counted)


# --- a half-year ----------------------------------------------------------------------------------------------------
def half(o: Office, place: int) -> None:
    """Report what was done by the plans in a half-year, and close it in every register of half-years."""
    begins = periods_of(o.agency, "tracking", YEAR)[place - 1].starts_on
    report_plans(o, YEAR, begins)
    others: dict[str, tuple[Role, Callable[[], dict[str, str]]]] = {
        "hr-plan": (Role.PERSONNEL, lambda: {"spent_thb": "5000"}),
        "contracts": (Role.SUPPLY, lambda: {"status": "running", "paid_thb": "100000"}),
        "control-weaknesses": (Role.SECRETARY, dict),
    }
    for register, (role, more) in others.items():
        for one in rows(o, register, YEAR):
            o.hand(role).report(one, begins, **more())
    for register, role in HALF_YEARLY.items():
        o.hand(role).settle(register, place)
    o.hand(Role.ANALYST).record("service-report", place, result="รวมจากสถิติรายเดือนของทุกส่วนราชการแล้ว")
