"""The ways of answering: who holds which code, and how an answer comes in."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.core import mail
from django.test import Client
from django.urls import reverse

from prongsai.questionnaires.sheet import Sheet
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Answer, Aside, Count, Group, Survey
from prongsai.web.surveys.services.codes import make_batch
from prongsai.web.surveys.services.mailing import mail_codes
from prongsai.web.surveys.services.storing import store
from prongsai.web.surveys.tokens import new_form, read_code
from tests.web.surveys import asked

_CODE = re.compile(r"(?:\d{4} ){3}\d{4}")


@dataclass
class Person:
    """Somebody who answers. The attacker knows group, code and the moment, not the sheet."""

    number: int
    group: Group
    sheet: Sheet
    code: str = ""


def people(groups: list[Group], each: int, mark: str) -> list[Person]:
    """Everybody answers another thing at another length."""
    numbers = list(range(len(groups) * each))
    lengths = random.Random(7).sample(numbers, len(numbers))
    step = max(1, 1900 // len(numbers))
    made = []
    for number in numbers:
        rated = {**asked.sheet(number).rated, **{f"s{n + 2}": str(number // 5**n % 5 + 1) for n in range(4)}}
        said = {"said": f"{mark}{number:03}" + "ก" * (step * lengths[number])}
        made.append(Person(number, groups[number // each], Sheet(rated, {"sex": "f"}, said)))
    return made


def deal(way: str, scope: Scope, survey: Survey, everybody: list[Person]) -> None:
    """Give everybody a code, in batches of one group, where the way has codes."""
    for group in survey.groups.all():
        some = [one for one in everybody if one.group == group]
        if way == "mailed":
            mail.outbox.clear()
            to = {f"person{one.number}@example.org": one for one in some}
            mail_codes(
                scope, survey=survey, group=group, addresses=to, link=lambda code: f"https://example.org/#{code}"
            )
            for letter in mail.outbox:
                to[letter.to[0]].code = read_code(_CODE.findall(letter.body)[0])
            mail.outbox.clear()
        elif way != "link":
            _batch, codes = make_batch(scope, survey=survey, group=group, size=len(some))
            for one, code in zip(some, codes, strict=True):
                one.code = code


def in_order(way: str, everybody: list[Person]) -> list[Person]:
    """Give people as they come: mixed, and by batches where a clerk enters one pile after the other."""
    come = random.Random(way).sample(everybody, len(everybody))
    return sorted(come, key=lambda one: one.group.pk) if way == "paper" else come


Answering = Callable[[Survey, Person], None]


def by_page(survey: Survey, one: Person) -> None:
    """Answer by the page, as everybody does."""
    fields = {f"q-{key}": value for key, value in {**one.sheet.rated, **one.sheet.about, **one.sheet.texts}.items()}
    named = {"form": new_form(), "code": one.code, "group": "" if one.code else one.group.pk}
    answer = Client().post(reverse("survey_ask", args=[survey.agency.code, survey.address]), fields | named)
    assert answer.status_code == 200, answer.content.decode()


def on_paper(clerk: Client) -> Answering:
    """Have a clerk type sheets in: keys of options as the sheet numbers them."""
    typed = {"q-sex": "1", "q-why": "1"}

    def enter(survey: Survey, one: Person) -> None:
        fields = {f"q-{key}": value for key, value in {**one.sheet.rated, **one.sheet.texts}.items()}
        given = fields | {name: value for name, value in typed.items() if name in fields or name == "q-sex"}
        named = {"form": new_form(), "entered": "0", "code": one.code, "group": one.group.pk}
        answer = clerk.post(reverse("survey_paper", args=[survey.agency.code, survey.pk]), given | named)
        assert answer.status_code == 200, answer.content.decode()

    return enter


def by_service(survey: Survey, one: Person, **changed: object) -> None:
    """Answer past the pages. changed: of what the service knows of the survey."""
    given = replace(asked.as_open(survey), **changed)
    store(given, one.sheet, form=new_form(), group=one.group.pk, code=one.code)


def naive(survey: Survey, one: Person) -> None:
    """Answer as everybody would if answers were stored in clear as they come."""
    done, _ = Count.objects.get_or_create(survey=survey, number=1, defaults={"counted_on": "2026-11-21", "received": 0})
    Answer.objects.create(count=done, group=one.group, values=dict(one.sheet.rated))
    Aside.objects.create(count=done, question="said", value=one.sheet.texts["said"], is_text=True)
