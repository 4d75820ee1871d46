"""A demonstration with one of everything: ``python -m tests.trips.furnished DATA`` prints where its pages are.

Works on a data folder that a demonstration made, in a process of its own, by the services that the pages use. Prints
one object: {"pages": {route: [who or "", address, what is typed there]}, "others": {route: what it answers with instead of a page}}.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.trips import furnished_complaints
from tests.trips.furnished_complaints import furnish_complaints
from tests.trips.furnished_directory import furnish_directory
from tests.trips.furnished_disclosure import furnish_disclosure
from tests.trips.furnished_letters import furnish_letters
from tests.trips.furnished_mentor import furnish_mentor
from tests.trips.furnished_registers import OTHERWISE, furnish_registers
from tests.trips.furnished_surveys import furnish_surveys, survey_words

SAMPLES = Path(__file__).parents[2] / "samples" / "clean"
ROLES = ("coordinator", "mayor", "admin", "privacy", "personnel")  # who between them may see everything
EARLIER, NOW = "ita-2566", "ita-2567"  # findings and measures are followed up in the earlier one, scores stand in both
WORDS = {"which": "emblem", "page": 1, "suffix": "docx", "year": 2026, "month": 1, "day": 31}
# Their key comes in a mail; the last one answers a form that leads on.
# The public site is files, which tests/trips/test_public_site.py walks.
SITES = {"site_root", "site_file", "compare_root", "compare_file"}
UNASKED = {"account_confirm_email", "account_reset_password_from_key", "handover:leave"} | SITES
UNASKED.add("directory:operator_invitation")
UNASKED |= furnished_complaints.UNASKED
YEAR = 2569  # of the statistics that are looked at before they are signed
OF_EARLIER = ("cycles:finding", "plans:")


def main(data: str) -> None:
    os.environ |= {"PRONGSAI_DATA": data, "PRONGSAI_DATABASE": "", "DJANGO_SETTINGS_MODULE": "prongsai.web.settings"}
    os.environ.pop("PRONGSAI_SECRET_KEY", None)
    import django  # reason: after the settings

    django.setup()
    from tests.web.test_rights import ROUTES  # reason: needs Django; before any address is given, which adds parameters

    made = furnish()
    found = addresses(made, ROUTES)
    print(json.dumps(looked_up(found, Visitors(Path(data)), made["by"], made["typed"]), ensure_ascii=False))


def furnish() -> dict[str, Any]:
    """Do a bit of every kind of work; a name for each thing."""
    from prongsai.web.agencies.models import Agency, User  # reason: needs Django
    from prongsai.web.agencies.queries import scope_of  # reason: needs Django

    agency = Agency.objects.get(memberships__user__username="coordinator")
    scopes = {user.username: scope_of(user, agency.code) for user in User.objects.all()}
    made = {"agency": agency} | _people(scopes)
    made |= _work(scopes)
    made |= _papers(scopes, made)
    made |= furnish_registers(scopes, made["file"])
    made |= furnish_disclosure(scopes, made)
    made |= furnish_surveys(made)
    letters = furnish_letters(scopes, made)
    sealed = furnish_complaints(scopes)
    mentor = furnish_mentor(agency.code)
    every = (made, letters, sealed, mentor, furnish_directory(agency.code))
    words = {name: merged(name, every) for name in ("otherwise", "extras", "by")}
    return made | letters | sealed | mentor | words | {"words": made["words"] | letters["more_words"]}


def _people(scopes: dict[str, Any]) -> dict[str, Any]:
    from prongsai.web.agencies import accounts, models, services  # reason: needs Django
    from prongsai.web.notify.models import Mail  # reason: needs Django
    from prongsai.web.notify.services import send  # reason: needs Django

    admin, today = scopes["admin"], scopes["admin"].today
    people = list(models.Person.objects.filter(agency=admin.agency).order_by("pk"))
    post = models.Post.objects.filter(agency=admin.agency, roles__role="head").order_by("pk")[0]
    guest = services.add_person(admin, prefix="นางสาว", given_name="พรทิพย์", family_name="มาใหม่")
    committee = services.add_committee(
        scopes["coordinator"],
        name="คณะทำงานขับเคลื่อนการประเมินคุณธรรมและความโปร่งใส (ITA)",
        order_no="๑๒๓/๒๕๖๙",
        order_date=today - timedelta(days=120),
        duties="วิเคราะห์ผลการประเมิน กำหนดมาตรการ และติดตามผลการดำเนินการตามมาตรการเพื่อส่งเสริมคุณธรรมและความโปร่งใส",
        members=[(people[1], "chair"), (people[2], "member"), (people[3], "secretary")],
    )
    rows = [["ชื่อส่วนราชการ", "ประเภท"], ["กองสวัสดิการสังคม", "กอง"]]
    table = services.stage_table(admin, kind="units", rows=rows, name="ส่วนราชการ.csv")
    invited = accounts.invite(admin, person=guest, link=lambda token: token)
    send(admin, to="clerk@example.go.th", subject="มีงานใหม่มอบหมายถึงกองคลัง", text="กรุณาตอบภายในกำหนด")
    return {
        "person": people[2],
        "post": post,
        "appointment": post.appointments.first(),
        "unit": post.unit,
        "committee": committee,
        "table": table,
        "invitation": models.Invitation.objects.filter(agency=admin.agency).order_by("-pk")[0],
        "token": invited.address,
        "membership": models.Membership.objects.get(agency=admin.agency, user=scopes["clerk"].user),
        "mail": Mail.objects.get(agency=admin.agency),
    }


def _work(scopes: dict[str, Any]) -> dict[str, Any]:
    from prongsai.web.cycles import services as cycles  # reason: needs Django
    from prongsai.web.cycles.models import Cycle  # reason: needs Django
    from prongsai.web.plans import services as plans  # reason: needs Django
    from prongsai.web.plans.models import Task  # reason: needs Django

    clerk, today = scopes["coordinator"], scopes["coordinator"].today
    earlier = Cycle.objects.get(framework_id=EARLIER)
    cycle = Cycle.objects.get(framework_id=NOW)
    measure = earlier.measures.order_by("-progress__pk")[0]
    finding = earlier.findings.filter(item__isnull=False).order_by("pk")[0]
    units = list(clerk.agency.units.order_by("pk"))
    rows = [
        plans.Assignment(each, lead=unit, all_units=whole, pilot=unit if whole else None)
        for each, unit, whole in zip(earlier.findings.order_by("pk")[:3], units[1:4], (False, False, True), strict=True)
    ]
    words = {"cycle": earlier, "due_on": today + timedelta(days=14)}
    subject = "มอบหมายการแก้ไขข้อบกพร่องจากผลการประเมินคุณธรรมและความโปร่งใส"
    sent = plans.draft_dispatch(clerk, subject=subject, rows=rows, **words)
    plans.issue_dispatch(clerk, dispatch=sent, version=sent.version, number="ลบ ๕๒๗๐๑/๑๒๕", issued_on=today)
    draft = plans.draft_dispatch(clerk, subject=f"{subject} (เพิ่มเติม)", rows=rows[:2], **words)
    tasks = list(Task.objects.filter(dispatch=sent).order_by("pk"))
    done, pilot = tasks[0], next((task for task in tasks if task.is_pilot), tasks[-1])
    for task in {done, pilot}:
        answer = "ปรับปรุงหน้าเผยแพร่ข้อมูลและเพิ่มรายการรายเดือนครบถ้วนแล้ว"
        plans.answer_task(clerk, task=task, version=None, answer=answer, submit=True)
    if pilot != done:
        plans.decide_task(clerk, task=pilot, version=None, accept=True)
    item = cycle.items.filter(elements__isnull=False).order_by("pk")[0]
    cycles.ensure_cycle(clerk, fiscal_year_be=2569)
    return {
        "cycle": cycle,
        "earlier": earlier,
        "measure": measure,
        "progress": measure.progress.first(),
        "finding": finding,
        "dispatch": sent,
        "draft": draft,
        "task": done,
        "pilot": pilot,
        "item": item,
        "element": item.elements.first(),
        "snapshot": cycle.scores.order_by("pk")[0],
    }


def _papers(scopes: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    from prongsai.web.cycles import services as cycles  # reason: needs Django
    from prongsai.web.duties.models import Duty  # reason: needs Django
    from prongsai.web.evidence import services as evidence  # reason: needs Django
    from prongsai.web.intake import services as intake  # reason: needs Django
    from prongsai.web.plans import services as plans  # reason: needs Django
    from prongsai.web.plans.services.reports import decide_report, make_report  # reason: as above

    clerk, mayor = scopes["coordinator"], scopes["mayor"]
    old = make_report(clerk, cycle=made["earlier"], kind="tracking-12")
    decide_report(mayor, report=old, approve=True, is_confirmed=True)
    report = make_report(clerk, cycle=made["earlier"], kind="tracking-6")
    file = report.pdf or report.docx
    proof = evidence.add_evidence(clerk, title="รายงานการกำกับติดตามรอบ ๖ เดือน", file=file, unit=made["unit"])
    evidence.add_evidence(clerk, title="หน้าเผยแพร่บนเว็บไซต์", address="https://example.go.th/ita/o12")
    plans.attach_evidence(clerk, measure=made["measure"], evidence=proof)
    cycles.attach(clerk, element=made["element"], evidence=proof, page="๒")
    paper = intake.take_in(
        clerk, name="measures-report-2568.txt", content=(SAMPLES / "measures-report-2568.txt").read_bytes()
    )
    duty = Duty.objects.filter(agency=clerk.agency).order_by("pk")[0]
    return {
        "report": report,
        "file": file,
        "evidence": proof,
        "intake": paper,
        "row": paper.rows.order_by("pk")[0],
        "duty": duty,
        "occurrence": duty.occurrences.order_by("-due_on")[0],
    }


def merged(name: str, parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Put together what several kinds of work say under a name."""
    found: dict[str, Any] = {}
    for part in parts:
        found |= part.get(name, {})
    return found


def addresses(made: dict[str, Any], routes: dict[str, frozenset[str]]) -> dict[str, str]:
    """Give the address of every route that is asked for as it stands. routes: with their parameters."""
    from django.urls import reverse  # reason: needs Django

    from tests.web.objects import PK  # reason: needs Django

    one_of = PK | {"plans:dispatch_edit": "draft", "plans:dispatch_issue": "draft", "plans:task_roll_out": "pilot"}
    found = {}
    for route, names in routes.items():
        of_earlier = route.startswith(OF_EARLIER)
        known: dict[str, Any] = WORDS | {
            "agency": made["agency"].code,
            "cycle": (made["earlier"] if of_earlier else made["cycle"]).framework_id,
            "key": made["item"].key,
            "token": made["token"],
        }
        known |= made["words"] | OTHERWISE.get(route, {}) | made["otherwise"].get(route, {}) | survey_words(route, made)
        if route in one_of and "pk" not in known:
            known["pk"] = made[one_of[route]].pk
        if names <= set(known) and route not in UNASKED:
            found[route] = reverse(route, kwargs={name: known[name] for name in names})
    code = {"agency": made["agency"].code}
    found |= {name: reverse(route, kwargs=code | words) for name, (route, words) in made["extras"].items()}
    for route, query in made["queries"].items():
        found[route] += query
    found["complaint_tally_sign"] += f"?year={YEAR}&half=1"
    return found


class Visitors:
    """Clients of who asks: a role, "" for nobody; ``legal+key`` has unlocked their key of the sealed channel."""

    def __init__(self, data: Path) -> None:
        read = (json.loads((data / name).read_text(encoding="utf-8")) for name in ("demo.json", "demo-keys.json"))
        accounts, held = next(read), next(read)["keys"]
        self._passwords = {one["username"]: one["password"] for one in [*accounts, *held]}
        self._passphrases = {one["username"]: one["passphrase"] for one in held}
        self._clients: dict[str, Any] = {}

    def of(self, who: str, code: str) -> Any:
        """Give somebody's client, signed in and unlocked as it is asked for. code: of the office."""
        from django.test import Client  # reason: needs Django

        if who not in self._clients:
            name, _, key = who.partition("+")
            client = self._clients[who] = Client(SERVER_NAME="localhost")
            if name:
                client.post("/account/login/", {"login": name, "password": self._passwords[name]})
            if key:
                client.post(f"/{code}/complaints/unlock/", {"passphrase": self._passphrases[name]})
        return self._clients[who]


def looked_up(
    found: dict[str, str], visitors: Visitors, by: dict[str, str], typed: dict[str, dict[str, str]]
) -> dict[str, dict[str, Any]]:
    """Ask every address as who it is for (by), or as each role, then as nobody, until one is answered with a page."""
    code = next(address[1:9] for address in found.values() if address[1:2].isdecimal())
    pages: dict[str, list[Any]] = {}
    others: dict[str, str] = {}
    ordered = sorted(found.items(), key=lambda each: each[0] == "account_logout")
    for route, address in ordered:
        tried = []
        everybody = ROLES if address[1:2].isdecimal() else ("", *ROLES)
        for who in (by[route],) if route in by else everybody:
            tried.append(_answer(visitors.of(who, code), address, typed.get(route)))
            if tried[-1] == "page":
                pages[route] = [who, address, typed.get(route, {})]
                break
            if tried[-1] in ("405", "file") or (who and tried[-1] == "302"):
                break
        if route not in pages:
            others[route] = tried[-1]
    return {"pages": pages, "others": others}


def _answer(client: Any, address: str, typed: dict[str, str] | None) -> str:
    answer = client.get(address)
    if typed and answer.status_code == 200:
        hidden = {name: value for name in ("token",) if (value := _hidden(answer, name))}
        answer = client.post(address, hidden | typed)
    if answer.status_code not in (200, 201):
        return str(answer.status_code)
    return "page" if answer["Content-Type"].startswith("text/html") else "file"


def _hidden(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
