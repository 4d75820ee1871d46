"""Internal control: every unit assesses its components; weaknesses of last year go on until they are done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of, preview_of
from tests.web import office
from tests.web.registers.conftest import unit_ref
from tests.web.registers.rules.daily import LATE, YEAR, add, preview, ref, report

MARCH = date(2026, 3, 31)
COMPONENTS = ("environment", "risk", "activities", "information", "monitoring")


@pytest.fixture
def then(system):
    """The software itself on a day of the year."""
    return replace(system, today=MARCH)


def assess(scope, name: str) -> Entry:
    return add(scope, "control-components", unit=unit_ref(scope.agency, name))


# --- components -------------------------------------------------------------------------------------------------------
def test_every_unit_is_counted_and_a_missing_one_is_listed(then):
    names = [name for name, _kind, _aliases in office.UNITS]
    for name in names[:3]:
        assess(then, name)
    (block,) = preview(then, "control-components", 1).blocks
    assert block == ("ส่วนราชการที่ยังไม่ได้ประเมินองค์ประกอบการควบคุมภายใน: ยังไม่มี กองการศึกษา, กองสาธารณสุขและสิ่งแวดล้อม")
    for name in names[3:]:
        assess(then, name)
    assert preview(then, "control-components", 1).blocks == ()


def test_a_unit_under_another_need_not_assess_on_its_own(then):
    for name, _kind, _aliases in office.UNITS:
        assess(then, name)
    top = office.unit(then.agency, "กองคลัง")
    Unit.objects.create(agency=then.agency, name="งานพัสดุ", kind="section", parent=top, valid_from=office.SINCE)
    assert preview(then, "control-components", 1).blocks == ()


def test_a_unit_assesses_once_a_year(then):
    assess(then, "กองคลัง")
    with pytest.raises(services.EntryRefused) as refused:
        assess(then, "กองคลัง")
    assert [fault.code for fault in refused.value.faults] == ["ALREADY_THERE"]


@pytest.mark.parametrize("component", [*COMPONENTS, *(f"{each}_is" for each in COMPONENTS), "overall"])
def test_all_five_components_are_assessed(then, component):
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "control-components", **{component: None})
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [(component, "REQUIRED")]


# --- weaknesses -------------------------------------------------------------------------------------------------------
@pytest.fixture
def old(system):
    """A weakness of the year before that is not done."""
    before = replace(system, today=date(2025, 8, 1))
    values = {**_values(before), "mission": "การรับเงินนอกเวลา"}
    return services.add_entry(before, register="control-weaknesses", values=values, year_be=YEAR - 1)


def _values(scope) -> dict[str, object]:
    made = add(scope, "control-weaknesses")
    values = dict(made.values)
    Entry.objects.filter(pk=made.pk).delete()
    given = {key: one for key, one in values.items() if isinstance(one, str) and key != "due"}
    return given | {"unit": unit_ref(scope.agency, "กองคลัง"), "due": date(2026, 3, 31)}


def blocks(scope, number: int = 2) -> tuple[str, ...]:
    services.open_year(scope, fiscal_year_be=YEAR)
    kept = kept_of(scope, "control-weaknesses", YEAR)
    late = replace(scope, today=LATE)
    return preview_of(late, kept, list(occurrences_of(scope, kept.register, YEAR))[number - 1]).blocks


def test_a_year_is_not_settled_while_weaknesses_of_the_year_before_are_left_behind(then, old, scope):
    (block,) = blocks(then)
    assert "การรับเงินนอกเวลา" in block
    kept = kept_of(then, "control-weaknesses", YEAR)
    first = occurrences_of(then, kept.register, YEAR)[0]
    signer = replace(then, today=LATE, person=scope(Role.SECRETARY).person)
    with pytest.raises(ValidationError, match="การรับเงินนอกเวลา"):
        services.state_nothing(signer, kept=kept, occurrence=first)


def test_weaknesses_of_the_year_before_are_carried_over_and_go_on(then, old):
    kept = kept_of(then, "control-weaknesses", YEAR)
    (made,) = services.carry_forward(then, kept=kept, to_year_be=YEAR)
    assert (made.title, made.fiscal_year_be, made.before_id, made.source) == (
        "การรับเงินนอกเวลา",
        YEAR,
        old.pk,
        "carried",
    )
    assert blocks(then, 1) == ("“การรับเงินนอกเวลา” ยังไม่รายงานความก้าวหน้าของงวดนี้",)
    report(then, made, date(2025, 10, 1))
    assert blocks(then, 1) == ()
    changed = services.change_entry(then, entry=made, values={"remaining": "เหลือเฉพาะวันหยุดยาว"}, version=None)
    assert changed.fiscal_year_be == YEAR


def test_a_weakness_that_was_done_is_not_carried(then, old):
    services.move_entry(then, entry=old, move="finish", version=None)
    assert services.carry_forward(then, kept=kept_of(then, "control-weaknesses", YEAR), to_year_be=YEAR) == []
    assert blocks(then) == ()


def test_a_weakness_names_the_assessment_that_found_it(then):
    found = assess(then, "กองคลัง")
    made = add(then, "control-weaknesses", component=found)
    assert [one.target_id for one in made.links.all()] == [ref(found).id]


@pytest.mark.parametrize(
    "key", ["mission", "objective", "risk", "control", "assessment", "remaining", "improvement", "due"]
)
def test_a_weakness_has_all_columns_of_its_form(then, key):
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "control-weaknesses", **{key: None})
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [(key, "REQUIRED")]
