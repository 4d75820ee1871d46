"""The script of the year, from the first of October to the end of the October after it."""

from __future__ import annotations

from prongsai.web.agencies.roles import Role
from tests.trips import fiscal_year_autumn as autumn
from tests.trips import fiscal_year_measures as measures
from tests.trips import fiscal_year_months as months
from tests.trips import fiscal_year_records as records
from tests.trips import fiscal_year_sealed as sealed
from tests.trips import fiscal_year_site as site
from tests.trips.fiscal_year_office import YEAR, Office

LAST = YEAR - 1
# What nobody does in the script, and what is done too late: the key of the duty, the place of its period in the year.
MISSED = {
    ("procurement-summary", months.place_of(months.NEVER_CLOSED)),
    ("executive-follow-up", months.place_of(months.NOT_FOLLOWED)),
}
LATE = {("stock-check", months.LATE_CHECK)}
# A report that rests on every month of purchases; it is not due before December and cannot be closed.
WAITING = {("register-procurement-annual", 1)}
# Standard duties that are entered by hand, by the month in which they are done: key → who enters it.
BY_HAND = {
    10: {
        "analysis": Role.ANALYST,
        "plans": Role.ANALYST,
        "procurement-plan": Role.SUPPLY,
        "procurement-notices": Role.SUPPLY,
        "complaint-guideline": Role.LEGAL,
        "risk-analysis": Role.LEGAL,
        "ethics-group": Role.PERSONNEL,
        "no-gift-plan": Role.CLERK,
        "manpower": Role.PERSONNEL,
    },
    11: {"personnel-policy": Role.PERSONNEL, "personnel-criteria": Role.PERSONNEL},
    12: {"annual-reports": Role.ANALYST, "online-service": Role.CLERK, "no-gift": Role.COORDINATOR},
    1: {
        "manuals": Role.CLERK,
        "service-manuals": Role.CLERK,
        "basic-data": Role.CLERK,
        "satisfaction": Role.ANALYST,
        "complaint-statistics": Role.LEGAL,
    },
    2: {"no-gift-activity": Role.CLERK, "ethics-training": Role.PERSONNEL},
    9: {"ita-lessons": Role.ANALYST, "risk": Role.LEGAL, "audit-plan": Role.SECRETARY, "budget-bylaw": Role.HEAD},
}
# Yearly registers that are closed after the year, by who closes them.
YEARLY = {
    "acknowledgements": Role.PERSONNEL,
    "audit-plan": Role.AUDITOR,
    "dos-donts": Role.LEGAL,
    "integrity-declarations": Role.LEGAL,
    "internal-measures": Role.LEGAL,
    "no-gift-declarations": Role.LEGAL,
    "property-manuals": Role.SUPPLY,
    "property-measures": Role.SUPPLY,
    "subject-requests": Role.PRIVACY,
    "stock-takings": Role.SUPPLY,
    "hr-report": Role.PERSONNEL,
    "development-plan": Role.ANALYST,
    "control-components": Role.SECRETARY,
}


def live(o: Office) -> None:
    """Live the whole year, and the month after it in which it is reported."""
    october(o)
    november(o)
    december(o)
    january(o)
    february(o)
    for number in (3, 4, 5, 6, 7, 8, 9):
        REST[number](o)
    after(o)


def recorded(o: Office, month: int) -> None:
    """Enter the duties of a month that are done."""
    for key, role in BY_HAND[month].items():
        o.hand(role).record(key, result="ดำเนินการแล้วตามแผน")


# --- autumn ---------------------------------------------------------------------------------------------------------
def october(o: Office) -> None:
    """The cycle is opened; plans are made; the channel is open; last year's work is brought in."""
    o.on(1, 10)
    autumn.people(o)
    autumn.budget(o)
    measures.opened(o)
    records.settings(o)
    records.basics(o)
    autumn.plans(o, YEAR)
    records.plans_of_money(o)
    records.services(o)
    sealed.opened(o)
    months.month(o, 10)
    o.on(24, 10)
    autumn.last_year(o)
    measures.take_in_last_years(o)
    measures.analysed(o)
    measures.planned(o)
    records.workshop(o)
    o.on(30, 10)
    recorded(o, 10)


def november(o: Office) -> None:
    """October is closed; people are planned for; last year's reports are made."""
    o.on(5, 11)
    months.close_month(o, 10)
    records.people_plan(o)
    records.evaluation(o, "1")
    months.month(o, 11)
    o.on(25, 11)
    autumn.last_reports(o)
    measures.announced(o, cycle=measures.OLDER)
    recorded(o, 11)


def december(o: Office) -> None:
    """The mayor declares; property is lent; the online service is asked for."""
    o.on(5, 12)
    months.close_month(o, 11)
    records.integrity(o)
    records.property_rules(o)
    records.control_and_audit(o)
    months.month(o, 12)
    o.on(22, 12)
    records.loans(o)
    records.ask_online(o)
    sealed.told(o)
    recorded(o, 12)
    months.count_things(o)


# --- winter and spring ----------------------------------------------------------------------------------------------
def january(o: Office) -> None:
    """The first quarter is closed; what the public reads is brought up to date."""
    o.on(6, 1)
    o.hand(Role.ANALYST).post("registers/service-statistics/propose/")  # what was asked for online
    months.close_month(o, 12)
    months.quarter(o, 1)
    records.gift(o)
    sealed.counted(o, LAST)
    months.month(o, 1)
    o.on(28, 1)
    records.information(o)
    recorded(o, 1)


def february(o: Office) -> None:
    """Nothing is bought; the No Gift activity and the training are held."""
    o.on(5, 2)
    months.close_month(o, 1)
    months.month(o, 2)
    o.on(24, 2)
    records.activities(o)
    records.participation(o)
    records.contract(o)
    recorded(o, 2)


def march(o: Office) -> None:
    """Steps of the measures are done; the half-year ends."""
    o.on(5, 3)
    months.close_month(o, 2)
    months.month(o, 3)
    o.on(25, 3)
    measures.progress(o, 1)
    months.count_things(o)


def april(o: Office) -> None:
    """The half-year is reported, and the items are shown to the assessors."""
    o.on(3, 4)
    months.close_month(o, 3)
    records.evaluate(o)
    records.evaluation(o, "2")
    months.half(o, 1)
    months.quarter(o, 2)
    measures.tracked(o, "tracking-6")
    sealed.counted(o, YEAR, half=True)
    months.month(o, 4)
    o.on(24, 4)
    site.judged_by_people(o)
    site.published(o)


# --- summer ---------------------------------------------------------------------------------------------------------
def may(o: Office) -> None:
    """The stock check of the second quarter is closed only now."""
    o.on(6, 5)
    months.close_month(o, 4)
    o.hand(Role.SUPPLY).settle("stock-checks", months.LATE_CHECK)
    months.month(o, 5)


def june(o: Office) -> None:
    """Nobody closes the purchases of May; the second steps are done."""
    o.on(5, 6)
    months.close_month(o, 5)
    months.month(o, 6)
    o.on(25, 6)
    measures.progress(o, 2)
    months.count_things(o)


def july(o: Office) -> None:
    """The third quarter is closed."""
    o.on(6, 7)
    months.close_month(o, 6)
    months.quarter(o, 3)
    months.month(o, 7)


def august(o: Office) -> None:
    """The mayor does not follow July up."""
    o.on(5, 8)
    months.close_month(o, 7)
    months.month(o, 8)


def september(o: Office) -> None:
    """The next year is prepared: its risks, its by-law, its audits; the result of this year is known."""
    o.on(4, 9)
    months.close_month(o, 8)
    months.month(o, 9)
    o.on(28, 9)
    months.count_things(o)
    site.result(o)
    records.next_year(o)
    recorded(o, 9)


REST = {3: march, 4: april, 5: may, 6: june, 7: july, 8: august, 9: september}


# --- after ----------------------------------------------------------------------------------------------------------
def after(o: Office) -> None:
    """October again: the year is closed in every register and reported."""
    o.on(5, 10)
    months.close_month(o, 9)
    records.evaluate(o)
    o.on(8, 10)
    months.half(o, 2)
    months.quarter(o, 4)
    measures.tracked(o, "tracking-12")
    sealed.counted(o, YEAR)
    o.on(14, 10)
    records.year_end(o)
    for register, role in YEARLY.items():
        o.hand(role).settle(register, 1)
    o.on(26, 10)
    measures.announced(o)
    o.hand(Role.SECRETARY).record("internal-control", result="ส่งรายงานต่อนายอำเภอแล้ว")


# --- the first quarter alone ------------------------------------------------------------------------------------------
# The duties that the short trip keeps; the others are for the whole year.
KEPT_IN_WINTER = ("procurement-summary", "register-news", "register-questions", "executive-follow-up", "budget-check")
KEPT_IN_WINTER += ("plans", "analysis")
MISSED_IN_WINTER = {("register-questions", 2), ("executive-follow-up", 1), ("analysis", 1)}
DOERS_IN_WINTER = {"coordinator", "analyst", "personnel", "legal", "publisher", "supply", "mayor"}
GREEN_IN_WINTER = ("O1", "O3", "O4", "O5", "O6", "O11")


def first_quarter(o: Office) -> None:
    """Live October to December with a handful of registers; the second of January's weeks has begun."""
    o.hand(Role.COORDINATOR).post("cycles/open/", {"framework_id": measures.NOW, "carry": "none"})
    autumn.bylaw(o.hand(Role.ANALYST), YEAR, f"1/{YEAR}")
    records.settings(o)
    o.hand(Role.PERSONNEL).add("structure", both_sides="ใช่", published_on=o.today, effective_on=o.today)
    o.hand(Role.LEGAL).add("powers", kind="powers")
    o.hand(Role.PUBLISHER).add("contact", element="map")
    o.hand(Role.ANALYST).add("development-plan", year=YEAR, budgets=f"{YEAR} | 50000")
    o.hand(Role.ANALYST).add("spending-plan", year=YEAR)
    o.hand(Role.OFFICER).refused("registers/year/open/", {"year": str(YEAR)})
    for number, after_it in ((10, 11), (11, 12), (12, 1)):
        o.on(20, number)
        if number == 10:
            o.hand(Role.ANALYST).record("plans", result="เผยแพร่แล้ว")
        months.question(o)
        months.bought_and_told(o, number)
        o.on(6, after_it)
        place = months.place_of(number)
        o.hand(Role.SUPPLY).settle("purchases", place)
        o.hand(Role.PUBLISHER).settle("news", place)
        if ("register-questions", place) not in MISSED_IN_WINTER:
            o.hand(Role.PUBLISHER).settle("questions", place)
        if ("executive-follow-up", place) not in MISSED_IN_WINTER:
            o.hand(Role.MAYOR).record("executive-follow-up", place, result="ให้เร่งรัดงานที่ใกล้ครบกำหนด")
    months.spent(o, 1)
    o.hand(Role.ANALYST).settle("spending-plan", 1)
    o.on(16, 1)
