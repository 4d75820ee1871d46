"""The records of the year's registers that do not come round: by the month in which they are made."""

from __future__ import annotations

from datetime import date, timedelta

from prongsai.thai.fiscal import Span
from prongsai.web.agencies.models import Appointment
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import Entry
from tests.trips.fiscal_year_autumn import bylaw, control, rows, stock_taking
from tests.trips.fiscal_year_forms import FILES
from tests.trips.fiscal_year_office import YEAR, Office
from tests.web import office as cast

OUTSIDE = ("questions", "service-requests", "suggestions", "loans", "information-requests")
CLAUSES = ("s7", "s9_1", "s9_2", "s9_3", "s9_4", "s9_5", "s9_6", "s9_7", "s9_8")
CRITERIA = ("recruitment", "appointment", "development", "appraisal", "reward")


# --- October --------------------------------------------------------------------------------------------------------
def settings(o: Office) -> None:
    """Tables are opened to everybody, and forms to people outside, where the register has them."""
    coordinator = o.hand(Role.COORDINATOR)
    for register in ("questions", "spending-plan", "service-requests", "suggestions"):
        page = coordinator.get(f"registers/{register}/settings/").context["form"]
        data = {
            "version": page["version"].value(),
            "is_open": "on",
            "is_published": "on",
            "takes_outside": "on",
            "name": "",
        }
        coordinator.post(f"registers/{register}/settings/", data)


def basics(o: Office) -> None:
    """What everybody asks of the office: who leads it, what it may do, where it is."""
    personnel, publisher, legal = o.hand(Role.PERSONNEL), o.hand(Role.PUBLISHER), o.hand(Role.LEGAL)
    personnel.add("structure", both_sides="ใช่", published_on=o.today, effective_on=o.today)
    legal.add("powers", kind="powers")
    legal.add("laws", status="in_force")
    for element in ("address", "phone", "email", "map", "hours"):
        publisher.add("contact", element=element)
    executives(o)
    for code in ("executives", "council", "staff"):
        legal.add(
            "ethics-codes",
            code=code,
            title=f"ประมวลจริยธรรม {code}",
            local_rules="https://www.example.go.th/ethics-rules",
        )
    publisher.add("web-hosting", ends_on=date(2026, 12, 31), noted_on=o.today)


def executives(o: Office) -> None:
    """Enter everybody whom the page of executives must show."""
    held = Appointment.objects.filter(agency=o.agency).on(o.today).select_related("person", "post")
    for one in held:
        title = one.post.title
        rank = "head" if title == "นายกเทศมนตรี" else "deputy" if title.startswith("รอง") else "other"
        if rank != "other" or title == "ปลัดเทศบาล" or one.post.is_head:
            side = "political" if "นายก" in title else "permanent"
            told = {"person": one.person, "post": one.post, "side": side, "rank": rank}
            o.hand(Role.PERSONNEL).add("executives", photo=FILES["png"], phone="0-3600-0000", **told)


def plans_of_money(o: Office) -> None:
    """The spending plan, what it buys, and the people plan."""
    analyst, supply = o.hand(Role.ANALYST), o.hand(Role.SUPPLY)
    analyst.add("spending-plan", year=YEAR)
    truck = {"item": "รถบรรทุกขยะ", "category": "investment", "budget_thb": "2400000", "heading": "ค่าครุภัณฑ์"}
    parts = dict.fromkeys(("q1_thb", "q2_thb", "q3_thb", "q4_thb"), "600000")
    line = analyst.add("spending-plan", year=YEAR, ledger_code=None, **truck, **parts)
    plan = supply.add("procurement-plan", budget_line=line, month="1/2569", published_on=o.today)
    notice = {"kind": "invitation", "plan": plan, "posted_on": o.today, "closes_on": o.today + timedelta(days=10)}
    supply.add("procurement-notices", approved_on=o.today, due_on=o.today, **notice)
    supply.add("capital-list", year=YEAR, line=line, status="running")
    supply.add("assets", unit="กองคลัง")


def people_plan(o: Office) -> None:
    """November: the policy, the criteria in force and the plan of human resources."""
    personnel = o.hand(Role.PERSONNEL)
    policy = personnel.add("hr-policy", signed_on=o.today)
    for kind in CRITERIA:
        personnel.add("hr-criteria", kind=kind, title=f"หลักเกณฑ์ {kind}", issued_on=date(2021, 7, 1))
    for side in ("management", "development"):
        personnel.add("hr-plan", side=side, activity=f"กิจกรรม {side}", policy=policy, policy_point="การพัฒนาบุคลากร")
    personnel.add("manpower")


# --- winter ---------------------------------------------------------------------------------------------------------
def integrity(o: Office) -> None:
    """December: the mayor declares integrity and the No Gift Policy, in both languages; measures are announced."""
    legal, personnel = o.hand(Role.LEGAL), o.hand(Role.PERSONNEL)
    signed = {"signer": "นายสมหมาย ใจกว้าง", "signer_post": "นายกเทศมนตรี", "signed_on": o.today}
    for language in ("th", "en"):
        link = f"https://www.example.go.th/no-gift-2569-{language}"
        legal.add("no-gift-declarations", language=language, link=link, circulated_on=o.today, **signed)
    declared = legal.add("integrity-declarations", **signed)
    legal.move(declared, "publish", published_on=o.today)
    legal.add("internal-measures", announced_on=o.today, circulated_on=o.today, circulated_to="ทุกส่วนราชการ")
    legal.add("dos-donts", standard="1", do="ส่งคืนของขวัญ", dont="ใช้รถราชการส่วนตัว", published_on=o.today)
    personnel.add("acknowledgements", document="dos_donts", edition="1", person="นายอารี ใจเย็น", received_on=o.today)
    asked = legal.add("ethics-questions", asked_on=o.today)
    legal.move(asked, "answer", order_no="101/2568", publish="ใช่")
    interest = o.hand(Role.OFFICER).add("interests", declarer="นายอรุณ ขยันยิ่ง", declared_on=o.today)
    reviewed = legal.move(interest, "review", reviewer="นายมาลี ตั้งใจ", reviewed_on=o.today)
    legal.move(reviewed, "manage", managed_on=o.today)


def property_rules(o: Office) -> None:
    """The manual of lending and the measure against private use, announced by the mayor."""
    supply = o.hand(Role.SUPPLY)
    manual = supply.add("property-manuals", effective_on=o.today)
    announced = {"announced_on": o.today, "approved_by": "นายสมหมาย ใจกว้าง"}
    supply.move(manual, "announce", **announced)
    known = [(unit, "นายอารี ใจเย็น", o.today) for unit, _kind, _names in cast.UNITS]
    supply.change(manual, effective_on=o.today, acknowledged=known, **announced)
    measure = supply.add("property-measures")
    risk = next(one for one in rows(o, "risks", YEAR) if "รถราชการ" in one.title)
    supply.move(measure, "announce", risk=risk, signed_on=o.today, signer_post="นายกเทศมนตรี")


def services(o: Office) -> None:
    """Manuals for the public and for staff; a service that is asked for online, and asked for."""
    clerk, publisher = o.hand(Role.CLERK), o.hand(Role.PUBLISHER)
    for unit, _kind, _names in cast.UNITS:
        clerk.add("staff-manuals", unit=unit, name=f"คู่มืองานของ{unit}", effective_on=o.today)
    manual = clerk.add("service-manuals", updated_on=o.today)
    publisher.add("online-services", manual=manual, opened_on=o.today, guide="https://www.example.go.th/eservice/guide")


def ask_online(o: Office) -> None:
    """Somebody asks for a bin online and gets it."""
    service = Entry.objects.get(agency=o.agency, register="online-services")
    told = {"applicant": "นางสาวมะลิ ใจดี", "phone": "08-1234-5678", "details": "ขอถังขยะ 1 ใบ"}
    o.hand("").send("service-requests", service=str(service.pk), **told)
    clerk = o.hand(Role.CLERK)
    made = clerk.move(
        rows(o, "service-requests", YEAR)[-1], "accept", unit="กองสาธารณสุขและสิ่งแวดล้อม", received_on=o.today
    )
    clerk.move(made, "finish", finished_on=o.today)


def gift(o: Office) -> None:
    """After the New Year: a gift is entered, and sent back by who may decide; who received it may not."""
    made = o.hand(Role.OFFICER).add(
        "gifts", received_on=o.today, unit="กองช่าง", receiver="นายอรุณ ขยันยิ่ง", reported_on=o.today
    )
    o.hand(Role.OFFICER).refused(f"registers/gifts/{made.pk}/move/send_back/", {"returned_on": "1/1/2569"})
    o.hand(Role.SECRETARY).move(made, "send_back", returned_on=o.today)


def loans(o: Office) -> None:
    """A projector is lent and comes back; a second loan does not."""
    officer, head, supply = o.hand(Role.OFFICER), o.hand(Role.HEAD), o.hand(Role.SUPPLY)
    for days in (0, 5):
        span = Span(o.today + timedelta(days=days), o.today + timedelta(days=days + 2))
        asked = officer.add("loans", borrower_kind="inside", place="inside", period=span)
        head.move(asked, "approve")
        out = supply.move(asked, "issue", issued_on=o.today)
        if not days:
            back = supply.move(out, "return", returned_on=o.today)
            supply.move(back, "close", condition_in="ครบ ใช้งานได้ปกติ")


# --- spring ---------------------------------------------------------------------------------------------------------
def activities(o: Office) -> None:
    """February: the No Gift activity and the ethics training, with who came."""
    coordinator, personnel = o.hand(Role.COORDINATOR), o.hand(Role.PERSONNEL)
    uses = ["no_gift", "gift_rules", "ethics"]
    activity = coordinator.add(
        "activities", uses=uses, held_on=o.today, executive="ใช่", papers=FILES["pdf"], photo=FILES["png"]
    )
    approved = {"approved_on": o.today - timedelta(days=20), "approval_no": "ลบ 52701/120"}
    course = personnel.add(
        "training",
        uses=["ethics"],
        starts_on=o.today,
        ends_on=o.today,
        spent_thb="12500",
        result="เข้าใจดีขึ้น",
        **approved,
    )
    for event, entry, session in (("activity", activity, "am"), ("training", course, "pm")):
        told = {"person": "นายอารี ใจเย็น", "attended_on": o.today, "sessions": [session], "hours": "3", event: entry}
        personnel.add("attendance", event=event, who="staff", **told)


def participation(o: Office) -> None:
    """People outside have their say; what they suggest is decided."""
    o.hand(Role.ANALYST).add("participation", held_on=o.today)
    publisher = o.hand(Role.PUBLISHER)
    told = {"topic": "เปิดรับชำระภาษีวันเสาร์", "text": "คนทำงานมาวันธรรมดาไม่ได้"}
    o.hand("").send("suggestions", person="นายสมชาย ใจดี", may_publish="on", **told)
    made = publisher.move(rows(o, "suggestions", YEAR)[-1], "route", unit="กองคลัง")
    publisher.move(made, "decide", decided_on=o.today, publish="ใช่")


def information(o: Office) -> None:
    """The index of the information centre, a request with its clock, and what the privacy officer keeps."""
    clerk, privacy, publisher = o.hand(Role.CLERK), o.hand(Role.PRIVACY), o.hand(Role.PUBLISHER)
    for number, clause in enumerate(CLAUSES, 1):
        told = {"clause": clause, "file_no": f"{number}/2569", "title": f"แฟ้ม {clause}", "place": "ตู้ที่ 2"}
        clerk.add("information-index", updated_on=o.today, **told)
    asked = clerk.add("information-requests", requested_on=o.today)
    given = clerk.move(asked, "route", unit="กองช่าง")
    clerk.move(given, "answer", decision="open", answered_on=o.today)
    notice = privacy.add("privacy-notices", reviewed_on=o.today)
    privacy.move(notice, "announce", published_on=o.today, file=FILES["pdf"])
    privacy.add("processing-records", reviewed_on=o.today, notice=notice)
    right = privacy.add("subject-requests", received_on=o.today)
    privacy.move(right, "answer", decision="granted", answered_on=o.today)
    asked = publisher.add("website-requests", asked_on=o.today)
    publisher.move(asked, "finish", done_on=o.today, proof_link="https://www.example.go.th/ita/o23")
    wanted = publisher.add("unit-submissions", asked_on=o.today, due_by=o.today + timedelta(days=9))
    publisher.move(
        wanted, "submit", sender="นายมาลี ตั้งใจ", receiver="นายแจ่ม กระจ่าง", received_on=o.today, file=FILES["pdf"]
    )


def contract(o: Office) -> None:
    """The truck is contracted."""
    o.hand(Role.SUPPLY).add("contracts", signed_on=o.today, ends_on=o.today + timedelta(days=120))


def evaluation(o: Office, number: str) -> None:
    """A round of evaluation is announced before it begins; who is scored is told."""
    span = Span(date(2025, 10, 1), date(2026, 3, 31)) if number == "1" else Span(date(2026, 4, 1), date(2026, 9, 30))
    criteria = Entry.objects.get(agency=o.agency, register="hr-criteria", values__kind="appraisal")
    o.hand(Role.PERSONNEL).add(
        "evaluation-rounds", round=number, period=span, criteria=criteria, criteria_on=date(2025, 9, 15)
    )


def evaluate(o: Office) -> None:
    """Who is scored in the round that is over is told; the result is announced."""
    personnel, made = o.hand(Role.PERSONNEL), rows(o, "evaluation-rounds", YEAR)[-1]
    scored = personnel.add(
        "evaluations", round=made, person="นายอรุณ ขยันยิ่ง", evaluator="นายประสิทธิ์ มั่นคง", scored_on=o.today
    )
    personnel.move(scored, "tell", told_on=o.today, appeal_until=o.today + timedelta(days=15))
    personnel.move(made, "announce", results_on=o.today)


def control_and_audit(o: Office) -> None:
    """A weakness of control is planned against; the auditor audits and finds."""
    o.hand(Role.SECRETARY).add("control-weaknesses", year=YEAR)
    auditor = o.hand(Role.AUDITOR)
    audit = auditor.add("audit-plan", auditor="นายตรง สุจริตกุล")
    found = auditor.add(
        "audit-findings", audit=audit, found_on=o.today, owner="นายประสิทธิ์ มั่นคง", due=o.today + timedelta(days=30)
    )
    answered = o.hand(Role.HEAD).move(found, "answer")
    auditor.move(answered, "close", closed_on=o.today)


def workshop(o: Office) -> None:
    """Risks are chosen in a workshop."""
    o.hand(Role.LEGAL).add("risk-workshops", held_on=o.today, chair="นายสมหมาย ใจกว้าง")


# --- the end of the year ----------------------------------------------------------------------------------------------
def next_year(o: Office) -> None:
    """September: the by-law of the next year passes, and its risks are assessed before its plans are made."""
    bylaw(o.hand(Role.ANALYST), YEAR + 1, f"1/{YEAR + 1}")
    coming = Span(date(2026, 10, 1), date(2027, 9, 30))
    o.hand(Role.LEGAL).add("risks", period=coming, assessed_on=o.today)


def year_end(o: Office) -> None:
    """October: the reports of the year that are entered once, and the plans that are followed up once."""
    end = date(2026, 9, 30)
    staff = "officer | 12 | 0 | 12"
    o.hand(Role.PERSONNEL).add("hr-report", as_of=end, authorised="12", actual="12", staff=staff)
    stock_taking(o, end)
    for one in rows(o, "development-plan", YEAR):
        o.hand(Role.ANALYST).report(one, date(2025, 10, 1))
    control(o, end)
