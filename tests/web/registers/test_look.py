"""Names in forms and spreadsheets, found with few queries."""

from __future__ import annotations

from prongsai.registers.model import Ref
from prongsai.web.agencies.models import Person, Post
from prongsai.web.registers import services
from prongsai.web.registers.queries.look import OfficeLook
from tests.web import office


def test_units_people_and_posts_are_found_as_papers_call_them(system, agency):
    look = OfficeLook(system)
    unit, person = office.unit(agency, "สำนักปลัดเทศบาล"), Person.objects.get(agency=agency, given_name="อรุณ")
    for text in ("สำนักปลัดเทศบาล", "สำนักปลัดฯ", "สำนัก ปลัด"):
        assert look.unit(text) == Ref(unit.pk, unit.name)
    for text in ("นายอรุณ ขยันยิ่ง", "อรุณ ขยันยิ่ง", " อรุณ  ขยันยิ่ง"):
        assert look.person(text) == Ref(person.pk, "นายอรุณ ขยันยิ่ง")
    assert look.post("นิติกร") == Ref(Post.objects.get(agency=agency, title="นิติกร").pk, "นิติกร")
    assert (look.unit("กองบิน"), look.person("ใครไม่รู้"), look.post("นักบิน")) == (None, None, None)


def test_name_of_two_people_finds_none_and_merged_spelling_finds_the_root(system, agency):
    root = Person.objects.get(agency=agency, given_name="อรุณ")
    Person.objects.create(agency=agency, given_name="อรุน", family_name="ขยันยิ่ง", merged_into=root)
    for prefix in ("นาย", "นาง"):
        Person.objects.create(agency=agency, prefix=prefix, given_name="สมศรี", family_name="ดีงาม")
    look = OfficeLook(system)
    assert look.person("นายอรุน ขยันยิ่ง") == Ref(root.pk, "นายอรุณ ขยันยิ่ง")
    assert look.person("สมศรี ดีงาม") is None


def test_entry_is_found_by_title_number_and_what_is_unique_while_it_counts(system, entry):
    asset, gift = entry("assets", code="416-63-0012"), entry("gifts")
    look = OfficeLook(system)
    ref = Ref(asset.pk, asset.title)
    assert [look.entry("assets", text) for text in ("416-63-0012", "416-63-0012 เครื่องฉายภาพ", "1", "๑")] == [ref] * 4
    assert look.entry("gifts", "1/2569") == Ref(gift.pk, gift.title)
    services.move_entry(system, entry=asset, move="dispose", note="หมดสภาพ", version=1)
    assert OfficeLook(system).entry("assets", "416-63-0012") is None


def test_other_agencies_things_are_not_found(system, other_agency, entry):
    entry("assets", code="416-63-0012")
    look = OfficeLook(office.scope(other_agency, office.Role.SUPPLY))
    assert look.entry("assets", "416-63-0012") is None


def test_nearest_names_are_proposed(system, entry):
    entry("assets", code="416-63-0012")
    look = OfficeLook(system)
    assert look.nearest("unit", "กองครัง")[0] == "กองคลัง"
    assert "นายอรุณ ขยันยิ่ง" in look.nearest("person", "อรุณ ขยันยื่ง")
    assert look.nearest("assets", "416-63-0013") == ("416-63-0012 เครื่องฉายภาพ",)


def test_a_thousand_names_cost_no_more_queries_than_one(system, entry, django_assert_num_queries):
    entry("assets")
    look = OfficeLook(system)
    with django_assert_num_queries(5):  # units and their aliases, people, posts, assets
        for number in range(1000):
            look.unit(f"กอง {number}")
            look.person(f"นาย ก {number}")
            look.post(f"ตำแหน่ง {number}")
            look.entry("assets", f"416-{number}")
