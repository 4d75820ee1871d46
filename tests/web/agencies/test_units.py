"""Units: the tree with its levels, other names, validity; a sentence is no unit."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies import services
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry, Unit, UnitAlias
from prongsai.web.agencies.queries import find_unit, nearest_units, resolve_owner, unit_tree
from prongsai.web.agencies.roles import Role
from tests.web import office

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
SENTENCE = "ทุกงานจัดทำข้อมูลและส่งมอบให้สำนักปลัดรวบรวมเพื่อเผยแพร่"


@pytest.mark.parametrize("printed", ["กองวิชาการ", "กองวิชาการฯ", "กองวิชาการและแผนงาน", " กองวิชาการและ แผนงาน"])
def test_other_names_mean_one_unit(agency, system, printed):
    unit = services.add_unit(system, name="กองวิชาการและแผนงาน", aliases=("กองวิชาการ", "กองวิชาการฯ"))
    assert find_unit(agency, printed) == unit
    assert resolve_owner(agency, printed).unit == unit


def test_kind_is_told_from_the_name_and_levels_stand_in_order(agency, system):
    division = office.unit(agency, "กองช่าง")
    subdivision = services.add_unit(system, name="ฝ่ายการโยธา", parent=division)
    section = services.add_unit(system, name="งานวิศวกรรม", parent=subdivision)
    assert (subdivision.kind, section.kind) == ("subdivision", "section")
    found = [(node.unit.name, node.depth) for node in unit_tree(agency, TODAY)]
    start = found.index(("กองช่าง", 0))
    assert found[start : start + 3] == [("กองช่าง", 0), ("ฝ่ายการโยธา", 1), ("งานวิศวกรรม", 2)]


def test_unit_of_a_higher_level_under_a_lower_one_is_refused(agency, system):
    section = services.add_unit(system, name="งานพัสดุ", parent=office.unit(agency, "กองคลัง"))
    with pytest.raises(ValidationError) as refused:
        services.add_unit(system, name="ฝ่ายบริหารงานคลัง", parent=section)
    assert refused.value.message_dict == {"parent": ["ฝ่ายอยู่ใต้งานไม่ได้"]}


def test_unit_under_itself_is_refused(agency, system):
    unit = services.add_unit(system, name="หน่วยบริการ", parent=office.unit(agency, "กองคลัง"))
    below = services.add_unit(system, name="หน่วยย่อย", parent=unit)
    with pytest.raises(ValidationError) as refused:
        services.change_unit(system, unit=unit, parent=below)
    assert list(refused.value.message_dict) == ["parent"]


def test_sentence_is_no_unit_until_somebody_is_sure(agency, system):
    with pytest.raises(ValidationError) as refused:
        services.add_unit(system, name=SENTENCE)
    assert list(refused.value.message_dict) == ["name"]
    services.add_unit(system, name=SENTENCE, is_name_sure=True)
    assert [node.unit.name for node in unit_tree(agency, TODAY) if node.is_odd] == [SENTENCE]


def test_page_asks_before_it_takes_a_sentence(agency, sign_in):
    client, address = sign_in(Role.PERSONNEL), f"/{agency.code}/agency/units/add/"
    answer = client.post(address, {"name": SENTENCE, "kind": "division"})
    assert (answer.status_code, "is_name_sure" in answer.content.decode()) == (422, True)
    sure = client.post(address, {"name": SENTENCE, "kind": "division", "is_name_sure": "on"})
    assert (sure.status_code, Unit.objects.filter(name=SENTENCE).count()) == (302, 1)


def test_same_name_in_the_same_place_is_refused_and_under_another_unit_is_not(agency, system):
    one, other = office.unit(agency, "กองคลัง"), office.unit(agency, "กองช่าง")
    first = services.add_unit(system, name="งานธุรการ", parent=one)
    second = services.add_unit(system, name="งานธุรการ", parent=other)
    with pytest.raises(ValidationError):
        services.add_unit(system, name="งาน ธุรการ", parent=other)
    assert find_unit(agency, "งานธุรการ") is None
    assert [find_unit(agency, f"งานธุรการ {name}") for name in ("กองคลัง", "กองช่าง")] == [first, second]
    assert set(nearest_units(agency, "งานธุรการ")) == {first, second}


def test_name_of_another_unit_is_no_alias(agency, system):
    with pytest.raises(ValidationError) as refused:
        services.change_unit(system, unit=office.unit(agency, "กองช่าง"), aliases=("สำนักปลัด",))
    assert refused.value.message_dict == {"aliases": ["“สำนักปลัด” เป็นชื่อของสำนักปลัดเทศบาลอยู่แล้ว"]}


def test_change_keeps_aliases_and_journal_tells_them(agency, scope):
    unit = office.unit(agency, "กองช่าง")
    services.change_unit(scope(Role.PERSONNEL), unit=unit, version=1, name="กองช่างและผังเมือง", aliases=("กองช่าง",))
    assert [alias.name for alias in UnitAlias.objects.filter(unit=unit)] == ["กองช่าง"]
    assert find_unit(agency, "กองช่าง") == unit
    assert [entry.changes for entry in AuditEntry.objects.order_by("number")] == [
        {"name": ["กองช่าง", "กองช่างและผังเมือง"]},
        {"aliases": [[], ["กองช่าง"]]},
    ]


def test_closing_with_open_posts_and_units_is_refused_with_the_list(agency, system):
    unit = office.unit(agency, "กองคลัง")
    services.add_unit(system, name="งานพัสดุ", parent=unit)
    with pytest.raises(ValidationError) as refused:
        services.change_unit(system, unit=unit, valid_to=date(2026, 9, 30))
    assert refused.value.message_dict["valid_to"] == [
        "ยังปิดไม่ได้ มี 3 รายการที่ยังเปิดอยู่: งานพัสดุ, ผู้อำนวยการกองคลัง, เจ้าพนักงานพัสดุ ย้ายหรือปิดก่อน"
    ]


def test_closed_unit_is_left_in_the_history_and_its_name_still_means_it(agency, system):
    unit = office.unit(agency, "กองการศึกษา")
    services.change_unit(system, unit=unit, valid_to=date(2025, 9, 30))
    assert [node.unit.name for node in unit_tree(agency, TODAY) if not node.is_open] == ["กองการศึกษา"]
    assert "กองการศึกษา" not in [node.unit.name for node in unit_tree(agency, TODAY, closed=False)]
    assert find_unit(agency, "กองการศึกษา") == unit


def test_old_version_is_refused(agency, scope):
    unit = office.unit(agency, "กองช่าง")
    services.change_unit(scope(Role.PERSONNEL), unit=unit, version=1, phone="0-3642-0001")
    with pytest.raises(Stale):
        services.change_unit(scope(Role.PERSONNEL), unit=unit, version=1, phone="0-3642-0002")


def test_two_versions_stand_side_by_side_and_what_was_typed_is_kept(agency, sign_in, system):
    unit = office.unit(agency, "กองช่าง")
    client, address = sign_in(Role.PERSONNEL), f"/{agency.code}/agency/units/{unit.pk}/edit/"
    services.change_unit(system, unit=unit, version=1, phone="0-3642-0001")
    typed = {"name": "กองช่าง", "kind": "division", "phone": "0-3642-0002", "aliases": "", "version": "1"}
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert answer.context["beside"] == [("โทรศัพท์", "0-3642-0001", "0-3642-0002")]
    assert answer.context["form"]["phone"].value() == "0-3642-0002"
    again = client.post(address, typed | {"version": answer.context["form"]["version"].value()})
    assert (again.status_code, Unit.objects.get(pk=unit.pk).phone) == (302, "0-3642-0002")


@pytest.mark.parametrize("count", [1, 3, 60])
def test_tree_costs_the_same_however_many_units(agency, sign_in, django_assert_num_queries, count):
    Unit.objects.bulk_create(
        Unit(agency=agency, name=f"งานที่ {n}", kind="section", parent=office.unit(agency, "กองช่าง"))
        for n in range(count)
    )
    client = sign_in(Role.PERSONNEL)
    with django_assert_num_queries(11):
        assert client.get(f"/{agency.code}/agency/units/").status_code == 200


def test_other_agency_and_wrong_role_find_nothing(agency, other_agency, sign_in):
    theirs = office.unit(other_agency, "กองช่าง")
    assert sign_in(Role.PERSONNEL).get(f"/{agency.code}/agency/units/{theirs.pk}/").status_code == 404
    ours = office.unit(agency, "กองช่าง")
    assert sign_in(Role.HEAD).post(f"/{agency.code}/agency/units/{ours.pk}/edit/", {}).status_code == 404
    assert sign_in(Role.COUNCIL).get(f"/{agency.code}/agency/units/").status_code == 404


def test_parent_of_another_agency_is_not_offered(agency, other_agency, sign_in):
    theirs = office.unit(other_agency, "กองช่าง")
    answer = sign_in(Role.PERSONNEL).post(
        f"/{agency.code}/agency/units/add/", {"name": "งานถนน", "kind": "section", "parent": theirs.pk}
    )
    assert (answer.status_code, Unit.objects.filter(name="งานถนน").exists()) == (422, False)
