"""Sheets of paper: printed, and typed in by a clerk."""

from __future__ import annotations

import json
import logging

from django.urls import reverse

from prongsai.privacy.seal.boxes import unseal
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Box, Survey
from prongsai.web.surveys.services import running
from prongsai.web.surveys.tokens import new_form, shown_code
from tests.web.agencies.pages import inline_parts
from tests.web.surveys import asked

TYPED = {f"q-s{n}": "3" for n in range(1, asked.RATED + 1)}


def at(survey: Survey) -> str:
    return reverse("survey_paper", args=[survey.agency.code, survey.pk])


def sent(**more: object) -> dict[str, object]:
    return {"form": new_form(), "entered": "0"} | TYPED | more


def opened(survey: Survey) -> dict[str, dict[str, object]]:
    (sealed,) = Box.objects.values_list("sealed", flat=True)
    return json.loads(unseal(sealed, [keys.take(survey.recipient).identity]))


def test_sheet_is_kept_and_the_next_one_keeps_the_group(agency: Agency, sign_in, caplog):
    survey = asked.survey(agency)
    group = survey.groups.last()
    clerk = sign_in(Role.CLERK)
    first = clerk.get(at(survey))
    assert first.status_code == 200 and inline_parts(first.content.decode()) == []
    before = AuditEntry.objects.count()
    caplog.set_level(logging.INFO)
    typed = {"q-s1": "๑", "q-why": "12", "q-place-seat": "0", "q-place-noise": "6", "q-sex": "2", "q-said": "ขอที่จอดรถ"}
    given = sent(group=group.pk, **typed)
    answer = clerk.post(at(survey), given)
    form = answer.context["form"]
    assert answer.status_code == 200 and "บันทึกแล้ว รอบนี้กรอกไป ๑ แผ่น" in answer.content.decode()
    assert (form.entered, form.group) == (1, group.pk) and form.form != given["form"]
    assert not [line.value for line in form.lines if line.value]
    assert Box.objects.get().group == group
    found = opened(survey)
    assert found["r"]["s1"] == "1" and found["r"]["why"] == ["slow", "rude"] and found["r"]["place"] == {"noise": "na"}
    assert (found["a"], found["t"]) == ({"sex": "m"}, {"said": "ขอที่จอดรถ"})
    assert AuditEntry.objects.count() == before and caplog.records == []


def test_pressing_twice_counts_once(agency: Agency, sign_in):
    survey, clerk = asked.survey(agency), sign_in(Role.CLERK)
    given = sent()
    told = [clerk.post(at(survey), given).context["form"].entered for _ in range(2)]
    assert Box.objects.count() == 1 and told == [1, 1]


def test_gap_is_asked_about_and_told_apart_from_what_was_left_open(agency: Agency, sign_in):
    survey, clerk = asked.survey(agency), sign_in(Role.CLERK)
    wrong = sent(**{"q-s2": "", "q-s3": "7", "q-s4": "12", "q-said": "นาน"})
    answer = clerk.post(at(survey), wrong)
    faults = {line.place.field: line.fault for line in answer.context["form"].lines if line.fault}
    assert answer.status_code == 422 and set(faults) == {"q-s2", "q-s3", "q-s4"}
    assert "ใส่ 0" in faults["q-s2"] and "นาน</textarea>" in answer.content.decode()
    assert clerk.post(at(survey), wrong | {"q-s2": "0", "q-s3": "๐", "q-s4": "0"}).status_code == 200
    assert set(opened(survey)["r"]) == {f"s{n}" for n in range(1, asked.RATED + 1)} - {"s2", "s3", "s4"}


def test_sheet_with_nothing_on_it_is_not_kept(agency: Agency, sign_in):
    survey = asked.survey(agency)
    answer = sign_in(Role.CLERK).post(at(survey), sent(**dict.fromkeys(TYPED, "0")))
    assert answer.status_code == 422 and "ไม่มีคำตอบเลย" in answer.content.decode()
    assert not Box.objects.exists()


def test_code_on_the_sheet_is_spent_and_needed_where_there_is_no_link(agency: Agency, sign_in):
    survey = asked.survey(agency, has_link=False)
    group = survey.groups.first()
    (code, *_rest) = asked.codes(group, 5)
    clerk = sign_in(Role.CLERK)
    for wrong, why in (("", "ต้องมีรหัส"), ("1234", "รหัสไม่ถูก")):
        answer = clerk.post(at(survey), sent(code=wrong))
        assert answer.status_code == 422 and why in answer.context["form"].code_error
    assert clerk.post(at(survey), sent(code=shown_code(code))).status_code == 200
    assert Box.objects.get().group == group
    again = clerk.post(at(survey), sent(code=code))
    assert again.status_code == 422 and "ใช้ส่งคำตอบแล้ว" in again.context["form"].code_error


def test_closed_survey_takes_no_sheet_but_says_so_and_prints(agency: Agency, sign_in, system):
    survey, clerk = asked.survey(agency), sign_in(Role.CLERK)
    running.close_survey(system, survey=survey)
    assert "paper-entry" not in clerk.get(at(survey)).content.decode()
    answer = clerk.post(at(survey), sent())
    assert answer.status_code == 422 and not Box.objects.exists()
    assert clerk.get(reverse("survey_paper_sheet", args=[agency.code, survey.pk, "html"])).status_code == 200


def test_group_of_another_survey_is_refused(agency: Agency, sign_in):
    survey, other = asked.survey(agency), asked.survey(agency)
    answer = sign_in(Role.CLERK).post(at(survey), sent(group=other.groups.first().pk))
    assert answer.status_code == 422 and not Box.objects.exists()


def test_sheet_prints_in_both_languages_and_asks_for_a_code_only_without_a_link(agency: Agency, sign_in):
    survey = asked.survey(agency)
    clerk = sign_in(Role.CLERK)
    address = reverse("survey_paper_sheet", args=[agency.code, survey.pk, "html"])
    thai = clerk.get(address).content.decode()
    english = clerk.get(f"{address}?language=en&group={survey.groups.first().pk}").content.decode()
    assert "น้อยที่สุด" in thai and "รหัส (ถ้าได้รับ)" not in thai
    assert "Least" in english and "งานทะเบียน" in english
    word = clerk.get(reverse("survey_paper_sheet", args=[agency.code, survey.pk, "docx"]))
    assert word.content.startswith(b"PK") and word["Content-Disposition"].startswith("attachment")
    coded = asked.survey(agency, has_link=False)
    page = clerk.get(reverse("survey_paper_sheet", args=[agency.code, coded.pk, "html"])).content.decode()
    assert "รหัส (ถ้าได้รับ)" in page
    assert clerk.get(reverse("survey_paper_sheet", args=[agency.code, survey.pk, "exe"])).status_code == 404


def test_who_does_no_work_here_enters_nothing(agency: Agency, other_agency: Agency, sign_in):
    survey = asked.survey(agency)
    assert sign_in(Role.AUDITOR).post(at(survey), sent()).status_code == 404
    assert sign_in(Role.CLERK, of=other_agency).post(at(survey), sent()).status_code == 404
    assert not Box.objects.exists()
