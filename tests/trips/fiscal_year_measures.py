"""The measures of the year: the result that they answer, their progress, their reports, and the chain that signs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Finding
from prongsai.web.letters.models import Letter
from prongsai.web.plans.models import Measure, Report
from tests.trips.fiscal_year_office import Office
from tests.web import office as cast

SAMPLES = Path(__file__).parents[2] / "samples" / "clean"
BEFORE = "ita-2568"  # whose result this year's measures answer
OLDER = "ita-2567"  # whose measures were carried out last year
NOW = "ita-2569"
WORKS = ("จัดทำคู่มือการให้บริการครบทุกส่วนราชการ", "เผยแพร่ผลการจัดซื้อจัดจ้างทุกเดือน", "อบรมการใช้ทรัพย์สินของราชการ")


def opened(o: Office) -> None:
    """The coordinator opens the cycle of the year and those whose results it answers."""
    coordinator = o.hand(Role.COORDINATOR)
    for framework in (OLDER, BEFORE, NOW):
        coordinator.post("cycles/open/", {"framework_id": framework, "carry": "none"})


def take_in_last_years(o: Office) -> None:
    """Last year's measures come in from the paper of last year; the report of their results is made and approved."""
    coordinator = o.hand(Role.COORDINATOR)
    paper = SAMPLES / "measures-report-2568.txt"
    at = coordinator.post("intake/upload/", {"files": SimpleUploadedFile(paper.name, paper.read_bytes())})
    coordinator.post(f"{at}accept-clean/")
    assert Measure.objects.filter(cycle__agency=o.agency, cycle__framework_id=OLDER).exists()


def analysed(o: Office) -> None:
    """The result of last year is entered, analysed by the analyst and approved by the mayor."""
    analyst, mayor = o.hand(Role.ANALYST), o.hand(Role.MAYOR)
    scores = {f"indicator-{number}": "88.50" for number in range(1, 11)}
    analyst.post(f"cycles/{BEFORE}/scores/add/", scores | {"kind": "official", "way": "hand", "level": "ผ่าน"})
    page = analyst.get(f"cycles/{BEFORE}/analysis/").context["page"]
    words = {f"text-{section.no}": section.text for section in page.sections}
    analyst.post(f"cycles/{BEFORE}/analysis/", words | {"text-1": "คู่มือยังไม่ครบทุกส่วนราชการ", "version": 0})
    version = mayor.get(f"cycles/{BEFORE}/analysis/").context["page"].record.version
    mayor.post(f"cycles/{BEFORE}/analysis/approve/", {"version": version})


def planned(o: Office) -> None:
    """Findings of the result get measures with steps that are due, and owners."""
    analyst = o.hand(Role.ANALYST)
    for number, work in enumerate(WORKS, 1):
        finding = {"title": f"ข้อบกพร่องที่ {number}", "indicator": str(number), "advice": work, "issue_no": str(number)}
        analyst.post(f"cycles/{BEFORE}/findings/add/", finding)
        found = Finding.objects.filter(cycle__agency=o.agency).order_by("-pk")[0]
        steps = f"จัดทำร่างเรื่องที่ {number}\nประกาศใช้เรื่องที่ {number}"
        span = {"starts_on": "1/10/2568", "ends_on": "30/9/2569", "budget_thb": "0", "findings": [found.pk]}
        told = {"title": work, "issue_no": str(number), "steps": steps, "owners": "กองช่าง"}
        at = analyst.post(f"cycles/{BEFORE}/measures/add/?finding={found.pk}", told | span)
        made = measures_of(o)[-1]
        days = zip(made.steps.order_by("place", "pk"), ("31/3/2569", "30/6/2569"), strict=True)
        analyst.post(f"{at}steps/", {f"due_on-{step.pk}": day for step, day in days} | {"version": made.version})


def measures_of(o: Office) -> list[Measure]:
    """Give this year's measures in order."""
    return list(Measure.objects.filter(cycle__agency=o.agency, cycle__framework_id=BEFORE).order_by("pk"))


def progress(o: Office, step: int) -> None:
    """The unit tells what came of a step, with what proves it."""
    officer = o.hand(Role.OFFICER)
    for measure in measures_of(o):
        done = measure.steps.order_by("place", "pk")[step - 1]
        said = {
            "on": thai(o.today),
            "step": done.pk,
            "is_step_done": "on",
            "result": f"{done.text}ของ{measure.title}แล้ว",
        }
        outcome = (
            "ประชาชนรอรับบริการลดลงจาก ๗ วันเหลือ ๓ วัน" if step == 1 else "คำขอที่เอกสารไม่ครบลดลงจากร้อยละ ๒๐ เหลือร้อยละ ๕"
        )
        address = f"https://www.suanphlu.example/measures/{measure.pk}/{step}"
        officer.post(f"measures/{measure.pk}/progress/", said | {"outcome": outcome, "address": address})


def thai(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


def tracked(o: Office, kind: str, cycle: str = BEFORE) -> Report:
    """The coordinator makes a report, the mayor approves it; who made it may not."""
    report = made(o, kind, cycle)
    o.hand(Role.COORDINATOR).refused(f"reports/{report.pk}/decide/", {"decision": "approve"})
    said = {"decision": "approve", "is_confirmed": "on", "version": report.version}
    o.hand(Role.MAYOR).post(f"reports/{report.pk}/decide/", said)
    return Report.objects.get(pk=report.pk)


def made(o: Office, kind: str, cycle: str) -> Report:
    """Make a report of a cycle's measures."""
    to = o.hand(Role.COORDINATOR).post(f"cycles/{cycle}/reports/make/", {"kind": kind})
    return Report.objects.get(pk=int(to.rstrip("/").rpartition("/")[2]))


def announced(o: Office, kind: str = "measures-report", cycle: str = BEFORE) -> Letter:
    """The results go up with memo and announcement: drafted, given an opinion, numbered, signed by the mayor."""
    report = made(o, kind, cycle)
    analyst, clerk = o.hand(Role.ANALYST), o.hand(Role.CLERK)
    at = analyst.post(f"letters/from/report/{report.pk}/")
    letter = Letter.objects.get(pk=int(at.rstrip("/").rpartition("/")[2]))
    analyst.post(f"{at}send/", {"version": letter.version})
    for role in (Role.ANALYST, Role.COORDINATOR, Role.SECRETARY):
        sign(o, role, letter)
    letter.refresh_from_db()
    clerk.post(f"{at}number/", {"dated": thai(o.today), "version": letter.version})
    sign(o, Role.MAYOR, letter)
    letter.refresh_from_db()
    assert letter.state == "signed", letter.state
    return letter


def sign(o: Office, role: Role, letter: Letter) -> None:
    """Sign at one's step, with the password once more."""
    hand = o.hand(role)
    page = hand.get(f"letters/{letter.pk}/sign/").context
    field = page["form"].fields["decision"]
    decision = field.initial or "approve"
    said = {"decision": decision, "opinion": "เห็นควรดำเนินการตามเสนอ", "is_confirmed": "on", "password": cast.PASSWORD}
    hand.post(f"letters/{letter.pk}/sign/", said | {"version": page["letter"].version, "seen": page["text"].sha256})
