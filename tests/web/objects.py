"""One of everything in an agency, made of the models themselves, for tests that ask every route."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from prongsai.registers.facts import fact_key
from prongsai.registers.load import of_year
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.stationery.kinds import stationery_of
from prongsai.web.agencies import models as agencies
from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles import models as cycles
from prongsai.web.cycles import services as cycle_services
from prongsai.web.duties import models as duties
from prongsai.web.evidence import services as evidence
from prongsai.web.intake import services as intake_services
from prongsai.web.notify import models as notify
from prongsai.web.plans import models as plans
from prongsai.web.registers import models as registers
from prongsai.web.registers import services as register_services
from prongsai.web.stationery import services as stationery
from tests.web import objects_complaints, objects_letters, objects_mentor, objects_published, objects_surveys, office
from tests.web.registers.conftest import sample, unit_ref

FRAMEWORK, EARLIER = "ita-2569", "ita-2568"
PLAN, SPENDING = "prevention-plan", "spending-plan"
GAP_MEMO = (Path(__file__).parents[2] / "samples" / "clean" / "gap-memo-2566.txt").read_bytes()
DAY = date(2026, 3, 31)


def build(agency: agencies.Agency, unit_name: str = "กองคลัง", framework: str = FRAMEWORK) -> dict[str, Any]:
    """Make one of everything, the work belonging to one unit; a name for each."""
    made: dict[str, Any] = {"unit": office.unit(agency, unit_name)}
    made |= _people(agency)
    made |= _cycle(agency, made["unit"], framework)
    made |= _work(made)
    made |= _rest(agency, made)
    made |= _registers(agency, made)
    made |= objects_published.build(agency, made)
    made |= objects_letters.build(agency, made)
    made |= objects_surveys.build(agency, made)
    made |= objects_mentor.build(agency, made)
    return made | objects_complaints.build(agency, made)


def _people(agency: agencies.Agency) -> dict[str, Any]:
    person = agencies.Person.objects.filter(agency=agency).first()
    post = agencies.Post.objects.filter(agency=agency).first()
    assert person and post
    committee = agencies.Committee.objects.create(
        agency=agency, name="คณะทำงาน ITA", order_no=f"{agencies.Committee.objects.count() + 1}/2569", order_date=DAY
    )
    user = agencies.User.objects.create(username=f"guest-{agencies.User.objects.count()}")
    guest = agencies.Person.objects.create(agency=agency, given_name="แขก", family_name="รับเชิญ")
    return {
        "person": person,
        "post": post,
        "appointment": agencies.Appointment.objects.filter(agency=agency).first(),
        "committee": committee,
        "membership": agencies.Membership.objects.create(agency=agency, user=user, person=guest),
        "invitation": agencies.Invitation.objects.create(
            agency=agency,
            person=guest,
            token_sha256=f"{agencies.Invitation.objects.count():064d}",
            expires_at=timezone.now() + timedelta(days=7),
        ),
        "table": agencies.TableImport.objects.create(agency=agency, kind="units", rows=[["ชื่อส่วนราชการ"], ["กองใหม่"]]),
    }


def _cycle(agency: agencies.Agency, unit: agencies.Unit, framework: str) -> dict[str, Any]:
    system = system_scope(agency)
    cycle = cycles.Cycle.objects.filter(agency=agency, framework_id=framework).first()
    if cycle is None:
        earlier = cycle_services.open_cycle(system, framework_id=EARLIER)
        cycle = cycle_services.open_cycle(system, framework_id=framework, carry_from=earlier)
    item = cycle.items.filter(unit=None).first()
    assert item
    item.unit = unit
    item.save()
    element = item.elements.first()
    finding = cycles.Finding.objects.create(cycle=cycle, item=item, title="ไม่มีรายการรายเดือน", unit=unit)
    given = {"indicators": {str(number): 80 + number for number in range(1, 11)}}
    snapshot = cycle_services.take_scores(system, cycle=cycle, kind="official", given=given)
    return {"cycle": cycle, "item": item, "element": element, "finding": finding, "snapshot": snapshot}


def _work(made: dict[str, Any]) -> dict[str, Any]:
    cycle, unit, finding = made["cycle"], made["unit"], made["finding"]
    measure = plans.Measure.objects.create(cycle=cycle, title="เผยแพร่ทุกเดือน", issue_no=1, seq=str(unit.pk))
    plans.MeasureOwner.objects.create(measure=measure, text=unit.name, unit=unit)
    progress = plans.Progress.objects.create(measure=measure, on=DAY, result="เผยแพร่แล้ว ๖ เดือน")
    dispatch = plans.Dispatch.objects.create(cycle=cycle, subject="มอบหมาย", due_on=DAY)
    plans.DispatchRow.objects.create(dispatch=dispatch, finding=finding, lead=unit)
    task = plans.Task.objects.create(
        dispatch=dispatch, cycle=cycle, finding=finding, unit=unit, title="เผยแพร่", due_on=DAY
    )
    return {"measure": measure, "progress": progress, "dispatch": dispatch, "task": task}


def _rest(agency: agencies.Agency, made: dict[str, Any]) -> dict[str, Any]:
    system = system_scope(agency)
    file = evidence.keep_file(system, name="หลักฐาน.txt", content=f"หลักฐานของ {agency} {made['unit']}\n".encode())
    proof = evidence.add_evidence(system, title="หลักฐาน", file=file, unit=made["unit"])
    kind = paper_kind("tracking-6")
    report = plans.Report.objects.create(
        agency=agency,
        cycle=made["cycle"],
        kind=kind.name,
        title="รายงาน",
        records=kind.to_json(kind.sample()),
        docx=file,
    )
    paper = intake_services.take_in(
        system, name=f"บันทึก-{made['unit'].pk}.txt", content=GAP_MEMO + f"\n{agency} {made['unit']}\n".encode()
    )
    row = paper.rows.first()
    duty = duties.Duty.objects.create(
        agency=agency, fiscal_year_be=2569, title=f"งาน {made['unit']}", rhythm="yearly", unit=made["unit"]
    )
    occurrence = duties.Occurrence.objects.create(duty=duty, label="ปี", starts_on=DAY, ends_on=DAY, due_on=DAY)
    template = stationery.add_template(system, kind="memo", name="แม่แบบ.docx", content=stationery_of("memo").starting())
    mail = notify.Mail.objects.create(agency=agency, to="clerk@example.go.th", subject="เรื่อง", text="ข้อความ")
    return {
        "file": file,
        "template": template,
        "evidence": proof,
        "report": report,
        "intake": paper,
        "row": row,
        "duty": duty,
        "occurrence": occurrence,
        "mail": mail,
    }


def _registers(agency: agencies.Agency, made: dict[str, Any]) -> dict[str, Any]:
    system, own = system_scope(agency), {"unit": unit_ref(agency, made["unit"].name)}
    entry, plan = (
        register_services.add_entry(system, register=register, values=sample(agency, register) | own)
        for register in ("gifts", PLAN)
    )
    registers.EntryFile.objects.create(entry=entry, field="photo", file=made["file"], name=made["file"].name)
    given = {"agency": agency, "register": "gifts"}
    duty, _made = duties.Duty.objects.get_or_create(
        agency=agency,
        fiscal_year_be=2569,
        key="gift-report",
        defaults={"title": "รายงานของขวัญ", "rhythm": "half_yearly"},
    )
    first, second = (
        duties.Occurrence.objects.get_or_create(
            duty=duty, starts_on=start, defaults={"label": str(start), "ends_on": end, "due_on": end}
        )[0]
        for start, end in ((date(2025, 10, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 9, 30)))
    )
    registers.PeriodClose.objects.get_or_create(
        **given,
        occurrence=second,
        defaults={
            "fiscal_year_be": 2569, "starts_on": second.starts_on, "ends_on": second.ends_on, "is_nothing": True,
            "closed_by": made["person"], "closed_at": timezone.now(),
        },
    )  # fmt: skip
    return {
        "entry": entry,
        "plan": plan,
        "open_period": first,
        "closed_period": second,
        "view": registers.SavedView.objects.create(**given, name=f"มุมมอง {entry.pk}", query="q=x"),
        "batch": registers.ImportBatch.objects.create(**given, name="ของขวัญ.xlsx", sha256="0" * 64, state="looked_at"),
        "spending": registers.ImportBatch.objects.create(
            agency=agency,
            register=SPENDING,
            kind="spending",
            name="รายจ่าย.xlsx",
            sha256="0" * 64,
            state="looked_at",
            fiscal_year_be=2569,
            details={"starts_on": "2025-10-01", "basis": "total"},
        ),
    }


# route → name of the object whose key stands as <pk>; the other words are the same everywhere
PK = {
    "agencies:unit": "unit", "agencies:unit_edit": "unit",
    "agencies:person": "person", "agencies:person_edit": "person",
    "agencies:post": "post", "agencies:post_edit": "post", "agencies:post_roles": "post",
    "agencies:appointment_add": "post", "agencies:appointment_end": "appointment",
    "agencies:committee": "committee", "agencies:committee_edit": "committee",
    "agencies:table": "table", "agencies:table_save": "table",
    "agencies:invitation_withdraw": "invitation", "agencies:account_close": "membership",
    "evidence:evidence": "evidence", "evidence:edit": "evidence", "evidence:revise": "evidence",
    "evidence:withdraw": "evidence", "evidence:download": "file", "evidence:preview": "file",
    "evidence:preview_page": "file",
    "duties:duty": "duty", "duties:duty_edit": "duty", "duties:occurrence": "occurrence",
    "notify:mail_retry": "mail",
    "stationery:file": "template", "stationery:preview": "template", "stationery:switch": "template",
    "cycles:element": "element", "cycles:element_evidence": "element", "cycles:snapshot": "snapshot",
    "cycles:finding": "finding", "cycles:finding_edit": "finding", "cycles:finding_close": "finding",
    "plans:measure": "measure", "plans:measure_edit": "measure", "plans:measure_state": "measure",
    "plans:progress_add": "measure", "plans:progress_edit": "progress",
    "plans:progress_delete": "progress",
    "plans:occurrence_record": "occurrence",
    "duties:occurrence_reopen": "occurrence",
    "agencies:account_help": "membership",
    "plans:measure_steps": "measure",
    "plans:measure_evidence": "measure",
    "plans:measure_assign": "measure",
    "plans:measure_carry": "measure",
    "plans:dispatch_edit": "dispatch",
    "plans:dispatch": "dispatch", "plans:dispatch_issue": "dispatch", "plans:dispatch_paper": "dispatch",
    "plans:task": "task", "plans:task_answer": "task", "plans:task_decide": "task", "plans:task_roll_out": "task",
    "plans:report": "report", "plans:report_decide": "report",
    "intake:intake": "intake", "intake:accept_clean": "intake", "intake:cycle": "intake",
    "intake:row": "row", "intake:row_mend": "row", "intake:row_decide": "row",
    "registers:entry": "entry", "registers:entry_edit": "entry", "registers:entry_move": "entry",
    "registers:entry_paper": "entry", "registers:entry_file": "entry", "registers:entry_progress": "plan",
    "registers:view_drop": "view", "registers:period": "open_period", "registers:period_none": "open_period",
    "registers:period_close": "open_period", "registers:period_reopen": "closed_period",
    "registers:period_paper": "open_period",
    "registers:batch": "batch", "registers:batch_faults": "batch", "registers:batch_step": "batch",
    "registers:batch_save": "batch", "registers:batch_drop": "batch",
    "registers:spending": "spending", "registers:spending_columns": "spending", "registers:spending_choose": "spending",
    "registers:spending_save": "spending", "registers:spending_drop": "spending",
    **objects_published.PK,
    **objects_letters.PK,
    **objects_complaints.PK,
    **objects_surveys.PK,
    **objects_mentor.PK,
}  # fmt: skip
# route → what is posted, where the record that it is about stands in the form
POSTED = {"cycles:carry": {"source": EARLIER}, **objects_surveys.POSTED}
WORDS = {
    "which": "emblem", "page": 1, "suffix": "docx", "year": 2026, "month": 3, "day": 31,
    "register": "gifts", "move": "withdraw", "period": "2025-10-01", "form": "csv",
    "fact": fact_key(of_year("gifts", 0).unverified_th[0]), "view": "bribery",
    **objects_surveys.WORDS,
}  # fmt: skip
# route → words that stand for something else there
OTHERWISE = {
    "registers:entry_progress": {"register": PLAN},
    "registers:carry": {"register": PLAN},
    "registers:period_paper": {"form": "docx"},
    "stationery:kind": {"kind": "memo"},
    "stationery:start": {"kind": "memo"},
    "stationery:preview": {"form": "docx"},
    "registers:part_paper": {"register": "risks", "form": "docx"},
    **{
        f"registers:spending{each}": {"register": SPENDING}
        for each in ("", "_add", "_columns", "_choose", "_save", "_drop")
    },
    "year_month": {"year": 2569},
    **objects_published.OTHERWISE,
    **objects_letters.OTHERWISE,
    **objects_surveys.OTHERWISE,
}


def posted(route: str, made: dict[str, Any]) -> dict[str, Any]:
    """Give what is sent to a route."""
    return POSTED.get(route, {}) | objects_published.posted(route, made)


def query(route: str) -> str:
    """Give what stands behind the address of a route."""
    return objects_complaints.QUERY.get(route, "")


def arguments(route: str, names: set[str], made: dict[str, Any]) -> dict[str, Any]:
    """Give what an address needs: names: its parameters besides the agency."""
    known: dict[str, Any] = dict(WORDS, cycle=made["cycle"].framework_id, key=made["item"].key, file=made["file"].pk)
    known |= OTHERWISE.get(route, {})
    if route in PK:
        known["pk"] = made[PK[route]].pk
    if route in objects_published.FILE:
        known["file"] = made[objects_published.FILE[route]].pk
    beside = objects_letters.BESIDE | objects_surveys.BESIDE
    if route in beside:
        word, name = beside[route]
        known[word] = made[name].pk
    return {name: known[name] for name in names if name != "agency"}
