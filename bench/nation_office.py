"""One local government with a year's work, made by the services and models: what ``bench.nation_data`` multiplies.

It is what the tests make of everything (``tests.web.objects``), filled up to the size of a year: see ``SIZES``.
"""

from __future__ import annotations

import io
import random
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image
from tests.web import objects, office
from tests.web.objects_letters import MEMO
from tests.web.registers.conftest import sample

from bench.entries import entry_of
from prongsai.questionnaires.model import Questionnaire, QuestionType
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies import models as agencies
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.agencies.services.agency import set_image
from prongsai.web.cycles import models as cycles
from prongsai.web.disclosure import models as disclosure
from prongsai.web.duties import services as duties
from prongsai.web.duties.models import Occurrence
from prongsai.web.evidence.models import Evidence
from prongsai.web.letters.services import incoming, writing
from prongsai.web.plans import models as plans
from prongsai.web.registers import services as registers
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.surveys import models as surveys
from prongsai.web.surveys.services import running

CODE, NAME = office.CODE, "เทศบาลตำบลบ้านสวนพลู"
SIZES = {
    "units": 12, "people": 60, "posts": 40, "findings": 40, "measures": 40, "entries": 500, "evidence": 200,
    "letters": 20, "answers": 200, "pages": 40, "looks": 6,
}  # fmt: skip
EMBLEM_SIDE = 240  # pixels; some sixty kilobytes
SINCE = date(2021, 10, 1)
BY_SERVICE = {"gifts": 60, "assets": 100, "prevention-plan": 20}  # the other entries are purchases


def build() -> tuple[agencies.Agency, dict[str, Any]]:
    """Make the office and its year; give it, and what ``tests.web.objects`` needs to find every route."""
    agency = office.build(CODE, NAME)
    set_image(system_scope(agency), which="emblem", content=_picture())
    _staff(agency)
    made = objects.build(agency)
    scope = system_scope(agency)
    for part in (_work, _year, _entries, _proofs, _letters, _survey, _site):
        part(scope, made)
    return agency, made


def _picture() -> bytes:
    """Draw a picture that does not compress, as photographs do not."""
    drawn = io.BytesIO()
    Image.frombytes("L", (EMBLEM_SIDE,) * 2, random.Random(0).randbytes(EMBLEM_SIDE**2)).save(drawn, "PNG")
    return drawn.getvalue()


def _staff(agency: agencies.Agency) -> None:
    for number in range(agencies.Unit.objects.count(), SIZES["units"]):
        agencies.Unit.objects.create(agency=agency, name=f"งานที่ {number}", kind="section", place=number)
    units = list(agency.units.all())
    for number in range(agencies.Person.objects.count(), SIZES["people"]):
        person = agencies.Person.objects.create(
            agency=agency, given_name=f"บุคลากร{number}", family_name="ใจดี", employment="officer", joined_on=SINCE
        )
        if agencies.Post.objects.count() < SIZES["posts"]:
            unit = units[number % len(units)]
            post = agencies.Post.objects.create(
                agency=agency, unit=unit, title="เจ้าพนักงานปฏิบัติงาน", number=str(number), valid_from=SINCE
            )
            agencies.Appointment.objects.create(agency=agency, person=person, post=post, valid_from=SINCE)


def _work(scope: Scope, made: dict[str, Any]) -> None:
    """Findings, each with its measure: steps, an owner, what was done."""
    cycle, units = made["cycle"], list(scope.agency.units.all())
    items = list(cycle.items.all())
    for number, item in enumerate(items[: SIZES["findings"]]):
        unit = units[number % len(units)]
        cycles.Finding.objects.create(cycle=cycle, item=item, title=item.title, score=number % 3 * 50, unit=unit)
    for number in range(SIZES["measures"]):
        _measure(cycle, number, units[number % len(units)])
    cycle.items.filter(unit=None).update(unit=units[1], due_on=scope.today + timedelta(days=20))
    judged = cycles.ElementState.objects.filter(item__cycle=cycle)
    judged.filter(item__in=items[::2]).update(verdict="pass", judged_at=timezone.now())
    judged.filter(item__in=items[1::6]).update(verdict="fail", judged_at=timezone.now())


def _measure(cycle: cycles.Cycle, number: int, unit: agencies.Unit) -> None:
    measure = plans.Measure.objects.create(
        cycle=cycle,
        title=f"มาตรการที่ {number} เผยแพร่ข้อมูลให้ครบทุกองค์ประกอบ",
        issue_no=number % 7 + 1,
        seq=f"m{number}",
        starts_on=date(2025, 10, 1),
        ends_on=date(2026, 9, 30),
    )
    plans.MeasureOwner.objects.create(measure=measure, text=unit.name, unit=unit)
    for place, text in enumerate(("จัดทำข้อมูล", "เสนอผู้บริหาร", "เผยแพร่บนเว็บไซต์")):
        step = plans.Step.objects.create(measure=measure, place=place, text=text)
        plans.Progress.objects.create(measure=measure, step=step, on=objects.DAY, result=f"{text}แล้ว", place=place)


def _year(scope: Scope, made: dict[str, Any]) -> None:
    """Every standard duty of two years and its occurrences, most of those that are over done."""
    year = fiscal_year_be(scope.today)
    for each in (year - 1, year):
        duties.open_year(scope, fiscal_year_be=each)
        registers.open_year(scope, fiscal_year_be=each)
    over = Occurrence.objects.filter(due_on__lt=scope.today, done_on=None).order_by("pk")
    done = [each.pk for at, each in enumerate(over) if at % 5]
    Occurrence.objects.filter(pk__in=done).update(done_on=objects.DAY, done_by=made["person"], result="ดำเนินการแล้ว")


def _entries(scope: Scope, _made: dict[str, Any]) -> None:
    agency = scope.agency
    for register, count in BY_SERVICE.items():
        for _ in range(count):
            registers.add_entry(scope, register=register, values=sample(agency, register))
    kept, units = kept_of(agency, "purchases"), list(agency.units.all())
    left = SIZES["entries"] - Entry.objects.count()
    Entry.objects.bulk_create(entry_of(agency, kept, units[number % len(units)], number) for number in range(left))


def _proofs(scope: Scope, made: dict[str, Any]) -> None:
    """Evidence, hung on the elements of the items."""
    proofs = Evidence.objects.bulk_create(
        Evidence(
            agency=scope.agency,
            title=f"หลักฐานชิ้นที่ {number}",
            file=made["file"],
            content_year_be=2569,
            unit=made["unit"],
        )
        for number in range(SIZES["evidence"])
    )
    elements = list(cycles.ElementState.objects.filter(item__cycle=made["cycle"]))
    cycles.ElementEvidence.objects.bulk_create(
        cycles.ElementEvidence(element=elements[at % len(elements)], evidence=proof) for at, proof in enumerate(proofs)
    )


def _letters(scope: Scope, made: dict[str, Any]) -> None:
    for number in range(SIZES["letters"] // 2):
        writing.start_letter(scope, subject=f"บันทึกที่ {number}", paper="memo", content=MEMO, unit=made["unit"])
        incoming.register_incoming(
            scope, sender="อำเภอเมืองลพบุรี", addressee="นายกเทศมนตรี", subject=f"ขอข้อมูล {number}", unit=made["unit"]
        )


def _survey(scope: Scope, made: dict[str, Any]) -> None:
    """A survey that was counted; its rows are those that a counting writes."""
    survey = running.make_survey(
        scope,
        questionnaire=made["questionnaire"],
        title="ประเมินการอบรมที่นับแล้ว",
        closes_at=timezone.now() + timedelta(days=9),
        fiscal_year_be=2569,
        grouping="other",
    )
    groups = [running.add_group(scope, survey=survey, name=f"รุ่นที่ {number}", headcount=60) for number in range(4)]
    survey = running.open_survey(scope, survey=survey)
    count = surveys.Count.objects.create(survey=survey, number=1, counted_on=objects.DAY, received=SIZES["answers"])
    chance = random.Random(1)
    sheets = [_sheet(survey.pure, chance) for _ in range(SIZES["answers"])]
    surveys.Answer.objects.bulk_create(
        surveys.Answer(count=count, group=groups[at % len(groups)], values=rated)
        for at, (rated, _) in enumerate(sheets)
    )
    surveys.Aside.objects.bulk_create(
        surveys.Aside(count=count, question=key, value=value, is_text=is_text)
        for _, apart in sheets
        for key, value, is_text in apart
    )
    surveys.Survey.objects.filter(pk=survey.pk).update(state="counted")
    made["survey_counted"] = survey


def _sheet(pure: Questionnaire, chance: random.Random) -> tuple[dict[str, Any], list[tuple[str, Any, bool]]]:
    """Answer every question that a choice answers, and every fifth one in words."""
    scales = {scale.key: scale for scale in pure.scales}
    rated: dict[str, Any] = {}
    apart: list[tuple[str, Any, bool]] = []
    for section in pure.sections:
        for question in section.questions:
            if question in pure.texts:
                if chance.random() < 0.2:
                    apart.append((question.key, "อยากให้จัดอบรมอีก", True))
                continue
            options = scales[question.scale].options if question.scale else question.options
            if not options:
                continue
            value: Any = chance.choice(options).key
            if question.type == QuestionType.MATRIX:
                value = {row.key: chance.choice(options).key for row in question.rows}
            if section.is_about:
                apart.append((question.key, value, False))
            else:
                rated[question.key] = value
    return rated, apart


def _site(scope: Scope, made: dict[str, Any]) -> None:
    """Public pages of the items, each at its first release, with its address watched and looked at."""
    now, person = timezone.now(), made["person"]
    pages = disclosure.Page.objects.filter(agency=scope.agency).values("item")
    for item in made["cycle"].items.exclude(pk__in=pages)[: SIZES["pages"]]:
        page = disclosure.Page.objects.create(
            agency=scope.agency, kind="item", path=f"2569/{item.key}", title=item.title, year_be=2569, item=item,
            item_key=item.key, unit=made["unit"], state="public",
        )  # fmt: skip
        asked = {"requested_by": person, "requested_at": now, "decided_by": person, "decided_at": now}
        page.current = disclosure.Release.objects.create(
            page=page, number=1, state="approved", title=item.title, published_at=now, **asked
        )
        page.save()
        watched = disclosure.Watched.objects.create(
            agency=scope.agency,
            address=f"http://127.0.0.1:9/{page.path}",
            page=page,
            state="fine",
            next_at=now + timedelta(days=30),
        )  # fmt: skip
        disclosure.Check.objects.bulk_create(
            disclosure.Check(watched=watched, at=now - timedelta(days=day), state="fine", sha256="0" * 64)
            for day in range(SIZES["looks"])
        )
