"""What an office must never see: no text, name or file of an agency comes into its pages, its sheets or its tables."""

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from prongsai.web.agencies.models import Agency, Person, User
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import ElementState, Verdict
from prongsai.web.mentor.services import joining
from tests.web import objects
from tests.web.mentor.test_pages import YEAR, ask

pytestmark = pytest.mark.django_db
MARK = "ลับเฉพาะสำนักงาน"
# What is public of an agency, and what the year's framework says.
OPEN = {"agencies.Agency", "agencies.User", "cycles.Cycle"}
PAGES = ("heat", "late", "faults", "examples", "compare", "agencies", "messages")


@pytest.fixture
def marked(agency, system, desk):
    """One of everything, a mark in every free text of every record, and an agency that takes part."""
    made = objects.build(agency)
    first = made["item"].elements.first()
    ElementState.objects.filter(pk=first.pk).update(verdict=Verdict.FAIL)
    for model in apps.get_models():
        if model.__module__.startswith("prongsai.web") and model._meta.app_label not in ("mentor", "directory"):
            _mark(model)
    Person.objects.update(given_name=MARK, family_name=MARK)
    joining.join(system, office=desk.office, shows_examples=True)
    return made


def _mark(model: type[models.Model]) -> None:
    if model._meta.label in OPEN or model.__name__ == "AuditEntry":
        return
    for field in model._meta.concrete_fields:
        if type(field) is models.TextField and not field.choices and not field.unique:
            try:
                model._base_manager.update(**{field.name: MARK})
            except TypeError:
                continue  # sealed and append-only records say no


def test_marks_stand_in_the_agencys_own_pages(marked, sign_in):
    """Else this file would hold nothing."""
    item = reverse("cycles:item", args=[marked["cycle"].agency.code, marked["cycle"].framework_id, marked["item"].key])
    assert MARK in sign_in(Role.COORDINATOR).get(item).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_page_of_the_office_holds_no_text_of_the_agency(marked, desk, look, name):
    answer = ask(look(desk), desk, name, YEAR)
    assert (answer.status_code, MARK in answer.content.decode()) == (200, False)


def test_agencys_page_and_sheet_hold_no_text_of_it(marked, desk, look):
    code = marked["cycle"].agency.code
    page = ask(look(desk), desk, "agency", YEAR, code).content.decode()
    sheet = ask(look(desk), desk, "heat_sheet", YEAR, "csv").content.decode("utf-8-sig")
    assert code in sheet and MARK not in page + sheet
    names = [user.get_full_name() for user in User.objects.filter(memberships__is_open=True).exclude(last_name="")]
    assert len(names) > 10 and not any(name in page for name in names)


def test_standings_have_no_column_for_a_text(db):
    """Keys, codes and addresses of public pages are all the words that are kept."""
    found = {
        (model.__name__, field.name)
        for model in apps.get_app_config("mentor").get_models()
        if model.__name__.endswith("Standing")
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField | models.JSONField)
        or (isinstance(field, models.CharField) and not field.choices)
    }
    assert found == {
        ("Standing", "framework_id"),
        ("Standing", "last_level"),
        ("ItemStanding", "key"),
        ("ItemStanding", "example"),
        ("FaultStanding", "key"),
        ("FaultStanding", "code"),
    }


@pytest.mark.parametrize("role", list(Role))
def test_preview_is_the_very_page_that_the_office_will_see(marked, desk, look, sign_in, role):
    code = marked["cycle"].agency.code
    answer = sign_in(role).get(reverse("mentor:preview", args=[code]))
    if role not in (Role.MAYOR, Role.SECRETARY, Role.COORDINATOR, Role.ANALYST):
        assert answer.status_code == 404
        return
    theirs = ask(look(desk), desk, "agency", YEAR, code).context["seen"]
    [own] = [seen for seen in answer.context["all_seen"] if seen.year.id == theirs.year.id]
    assert _plain(own) == _plain(theirs)


def _plain(seen):
    skipped = {"id", "at"}
    one = {
        f.attname: getattr(seen.standing, f.attname)
        for f in seen.standing._meta.concrete_fields
        if f.name not in skipped
    }
    items = [(each.item.key, each.line.met, each.line.work, each.line.example, each.days_late) for each in seen.items]
    return one, items, seen.faults


def test_agency_is_named_by_what_is_public(marked, desk, look):
    Agency.objects.update(address=MARK, letter_prefix=MARK[:20])
    assert MARK[:20] not in ask(look(desk), desk, "agency", YEAR, marked["cycle"].agency.code).content.decode()
