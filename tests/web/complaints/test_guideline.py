"""The guideline: four parts, ticked, adopted as an edition, with the office's own clocks, evidence of its item."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from prongsai.documents.read import read_document
from prongsai.reports.catalogue import paper_kind
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Channel, Guideline
from prongsai.web.complaints.queries import guideline as queries
from prongsai.web.complaints.queries import proofs
from prongsai.web.complaints.services.guideline import adopt_guideline, write_guideline
from prongsai.web.cycles import services as cycles
from prongsai.web.evidence.services import read_file
from tests.web.office import CODE

PARTS = ("how", "steps", "unit", "times")
TEXT = {
    "how": "๑. แจ้งผ่านหน้าแจ้งเรื่องทุจริต\n๒. ส่งหนังสือถึงนิติกร",
    "steps": "- รับเรื่อง\n- สอบข้อเท็จจริง",
    "unit": "นิติกร สำนักปลัดเทศบาล",
    "times": "แจ้งผู้ร้องภายใน ๑๕ วัน",
}


@pytest.fixture
def legal(scope, channel: Channel) -> Scope:
    """A handler."""
    return scope(Role.LEGAL)


def adopt(scope: Scope, **changes: str) -> Guideline:
    write_guideline(scope, version=None, **(TEXT | changes))
    return adopt_guideline(scope, version=None, ticked=PARTS)


# --- writing --------------------------------------------------------------------------------------------------------
def test_draft_may_lack_a_part_and_is_changed_by_the_version_seen(legal: Scope):
    made = write_guideline(legal, version=0, how="แจ้งผ่านเว็บไซต์")
    assert [one.is_there for one in queries.parts_of(made)] == [True, False, False, False]
    write_guideline(legal, version=made.version, steps="รับเรื่อง")
    with pytest.raises(Stale):
        write_guideline(legal, version=0, how="อย่างอื่น")
    assert Guideline.objects.count() == 1


def test_numbers_and_dashes_of_lines_are_not_printed_twice():
    assert queries.lines_of("๑. ก\n2) ข\n\n - ค  ง\n๑๒๐๕ โทร") == ("ก", "ข", "ค ง", "๑๒๐๕ โทร")


def test_officer_writes_none_and_adopts_none(legal: Scope, scope):
    officer = scope(Role.OFFICER)
    with pytest.raises(ValidationError, match="แก้ไขได้เฉพาะ"):
        write_guideline(officer, version=0, **TEXT)
    write_guideline(scope(Role.COORDINATOR), version=0, **TEXT)
    with pytest.raises(ValidationError, match="เฉพาะผู้บริหารหรือผู้รับเรื่อง"):
        adopt_guideline(scope(Role.COORDINATOR), version=None, ticked=PARTS)


# --- adopting -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("part", PARTS)
def test_each_of_four_parts_must_be_there_and_ticked(legal: Scope, part: str):
    """E1.1."""
    write_guideline(legal, version=0, **(TEXT | {part: " \n "}))
    with pytest.raises(ValidationError, match="ยังไม่มีเนื้อหา"):
        adopt_guideline(legal, version=None, ticked=PARTS)
    write_guideline(legal, version=None, **TEXT)
    with pytest.raises(ValidationError, match="ยังไม่ได้ทำเครื่องหมาย"):
        adopt_guideline(legal, version=None, ticked=[one for one in PARTS if one != part])
    assert queries.adopted(legal.agency) is None


def test_adopted_edition_is_frozen_and_a_new_one_begins_beside_it(legal: Scope):
    first = adopt(legal)
    assert (first.edition, first.adopted_on, first.adopted_by) == (1, legal.today, legal.person)
    write_guideline(legal, version=0, **(TEXT | {"times": "ภายใน ๗ วันทำการ"}))
    assert queries.adopted(legal.agency) == first
    assert queries.adopted(legal.agency).times == TEXT["times"]
    second = adopt_guideline(legal, version=None, ticked=PARTS)
    assert (second.edition, queries.adopted(legal.agency)) == (2, second)
    assert second.evidence.revision_of == first.evidence


def test_paper_says_the_four_parts_in_word_and_pdf(legal: Scope, tmp_path):
    made = adopt(legal)
    for file in (made.docx, made.pdf):
        path = tmp_path / file.name
        path.write_bytes(read_file(file))
        found, problems = paper_kind("complaint-guideline").recognise(read_document(path))
        assert (found, problems) == (queries.paper_of(made), ())


def test_adopted_edition_proves_every_element_of_the_item(legal: Scope, system: Scope):
    cycles.open_cycle(system, framework_id="ita-2568")
    made = adopt(legal)
    tied = {one.key: list(one.evidence.all()) for one in proofs.elements_of(legal.agency, proofs.GUIDELINE)}
    assert tied == {key: [made.evidence] for key in ("manual", "how", "steps", "unit", "time")}
    again = adopt(legal, times="ภายใน ๗ วันทำการ")
    tied = [list(one.evidence.all()) for one in proofs.elements_of(legal.agency, proofs.GUIDELINE)]
    assert tied == [[again.evidence]] * 5


# --- the clocks -----------------------------------------------------------------------------------------------------
def test_clocks_of_the_office_are_offered_and_what_differs_is_told(channel: Channel, agency: Agency):
    """E1.2: the days that cases go by are those of the channel; the text is held against them."""
    offered = queries.times_offered(channel)
    assert [line.split()[1] for line in offered.splitlines()] == ["๗", "๑๕", "๓๐", "๓๐"]
    assert queries.differing(agency, offered) == []
    Channel.objects.update(reply_days=10)
    assert queries.differing(agency, offered) == ["แจ้งผู้ร้องครั้งแรก ตั้งไว้ ๑๐ วัน แต่ไม่พบจำนวนนี้ในส่วนที่ ๔"]
    assert queries.differing(agency, "ภายใน 115 วัน 7 วัน 30 วัน 10 วัน") == ["ตรวจรับเรื่อง ตั้งไว้ ๗ วัน แต่ไม่พบจำนวนนี้ในส่วนที่ ๔"]


# --- pages ----------------------------------------------------------------------------------------------------------
def url(name: str) -> str:
    return reverse(name, args=[CODE])


def test_guideline_is_written_and_adopted_on_its_pages(channel: Channel, agency: Agency, sign_in):
    client: Client = sign_in(Role.LEGAL)
    page = client.get(url("complaint_guideline_edit"))
    assert page.context["form"].initial["times"] == queries.times_offered(channel)
    assert client.post(url("complaint_guideline_edit"), TEXT | {"version": 0}).status_code == 302
    shown = client.get(url("complaint_guideline")).content.decode()
    assert shown.count("มีแล้ว</span>") == 4
    assert "ระยะเวลาในแนวปฏิบัติไม่ตรงกับกำหนดที่ใช้นับจริง" in shown
    short = client.post(url("complaint_guideline_adopt"), {"ticked": PARTS[:3], "version": 1})
    assert (short.status_code, "ยังไม่ได้ทำเครื่องหมาย" in short.content.decode()) == (422, True)
    assert client.post(url("complaint_guideline_adopt"), {"ticked": PARTS, "version": 1}).status_code == 302
    assert queries.adopted(agency).edition == 1


def test_second_writer_keeps_what_was_typed_and_sees_the_other(channel: Channel, agency: Agency, sign_in, legal: Scope):
    client = sign_in(Role.COORDINATOR)
    write_guideline(legal, version=0, how="ของนิติกร")
    answer = client.post(url("complaint_guideline_edit"), TEXT | {"version": 0, "how": "ของผู้ประสานงาน"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ของผู้ประสานงาน" in page
    assert "ของนิติกร" in page


def test_draft_that_was_changed_since_is_not_adopted(channel: Channel, sign_in, legal: Scope):
    write_guideline(legal, version=0, **TEXT)
    write_guideline(legal, version=1, how="อย่างอื่น")
    answer = sign_in(Role.MAYOR).post(url("complaint_guideline_adopt"), {"ticked": PARTS, "version": 1})
    assert answer.status_code == 409


def test_officer_reads_what_holds_and_not_what_is_being_written(legal: Scope, sign_in):
    adopt(legal)
    write_guideline(legal, version=0, **(TEXT | {"how": "ร่างที่ยังไม่ให้ใช้"}))
    client = sign_in(Role.OFFICER)
    page = client.get(url("complaint_guideline")).content.decode()
    assert "แจ้งผ่านหน้าแจ้งเรื่องทุจริต" in page
    assert "ร่างที่ยังไม่ให้ใช้" not in page
    assert client.get(url("complaint_guideline_edit")).status_code == 404
    assert client.post(url("complaint_guideline_adopt"), {"ticked": PARTS}).status_code == 404


@pytest.mark.parametrize("name", ["complaint_guideline", "complaint_guideline_edit", "complaint_tallies"])
def test_council_and_other_offices_find_nothing(agency: Agency, other_agency: Agency, sign_in, name: str):
    assert sign_in(Role.COUNCIL).get(url(name)).status_code == 404
    assert sign_in(Role.MAYOR, of=other_agency).get(url(name)).status_code == 404
