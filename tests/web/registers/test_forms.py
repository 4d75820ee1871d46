"""The form that a register declares: what it shows, what it reads, what it refuses, and that nothing typed is lost."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from prongsai.registers.model import Ref
from prongsai.thai.fiscal import Span
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.forms.entry import EntryForm, MoveForm, ProgressForm
from prongsai.web.registers.forms.options import OFFERED
from tests.web import office
from tests.web.registers.conftest import unit_ref

PNG = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
    "0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082".replace(
        " ", ""
    )
)
ALL_TYPES = """\
id: kinds
name_th: ทะเบียนทุกชนิด
name_en: Every kind
systems: [F3]
flow: record
title: "{name}"
everyone: true
owners: [legal]
fields:
  name: {type: text, label_th: "ชื่อ <b>", label_en: Name, required: true, help_th: "ช่วย <script>", max_length: 20}
  words: {type: long_text, label_th: ข้อความ, label_en: Words}
  amount: {type: number, label_th: จำนวน, label_en: Amount, unit_th: คน, low: 1}
  moon: {type: month, label_th: เดือน, label_en: Month}
  at: {type: time, label_th: เวลา, label_en: Time}
  span: {type: period, label_th: ช่วง, label_en: Span}
  pick: {type: choice, label_th: เลือก, label_en: Pick, choices: {a: ก, b: ข}}
  picks: {type: choices, label_th: หลายข้อ, label_en: Picks, choices: {x: เอกซ์, y: วาย}}
  truth: {type: yes_no, label_th: จริง, label_en: Truth}
  unit: {type: unit, label_th: ส่วน, label_en: Unit}
  who: {type: person, label_th: ใคร, label_en: Who}
  phone: {type: phone, label_th: โทรศัพท์, label_en: Phone}
  web: {type: link, label_th: เว็บ, label_en: Web}
  why: {type: text, label_th: เพราะ, label_en: Why, required_if: {field: amount, more_than: 3000}}
  photo: {type: file, label_th: ภาพ, label_en: Photo, accepts: [png]}
  lines:
    type: rows
    label_th: แถว
    label_en: Lines
    columns:
      what: {type: text, label_th: อะไร, label_en: What, required: true}
      price: {type: money, label_th: ราคา, label_en: Price, low: 0}
"""


def posted(**values: object) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, value in values.items():
        found.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return found


@pytest.fixture
def kinds(own_register, kept):
    return kept(own_register(ALL_TYPES))


@pytest.fixture
def who(scope):
    return scope(Role.LEGAL)


def drawn(form) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(f"<div>{''.join(line.as_field_group() for line in form.lines)}</div>")


def test_every_type_is_read_as_an_import_reads_it(kinds, who, agency):
    unit = office.unit(agency, "กองช่าง")
    form = EntryForm(
        who, kinds,
        posted(
            name="ก", words="สอง\nบรรทัด", amount="๑,๒๕๐", moon="มี.ค. 2569", at="09.30", span_from="1/2/2569",
            span_to="๓ ก.พ. ๒๕๖๙", pick="b", picks=["y", "x"], truth="no", unit=str(unit.pk), phone="08-1234-5678",
            web="https://example.go.th", lines__0__what="ปากกา", lines__0__price="12.50", lines__2__what="ดินสอ",
            why="",
        ),
    )  # fmt: skip
    assert form.is_valid(), form.errors
    assert {key: value for key, value in form.values.items() if key not in ("phone", "web")} == {
        "name": "ก", "words": "สอง\nบรรทัด", "amount": Decimal(1250), "moon": date(2026, 3, 1), "at": time(9, 30),
        "span": Span(date(2026, 2, 1), date(2026, 2, 3)), "pick": "b", "picks": ("x", "y"), "truth": False,
        "unit": Ref(unit.pk, "กองช่าง"), "lines": ({"what": "ปากกา", "price": Decimal("12.50")}, {"what": "ดินสอ"}),
    }  # fmt: skip


def test_every_input_has_a_label_and_hostile_labels_do_no_harm(kinds, who):
    page = drawn(EntryForm(who, kinds))
    for each in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        labelled = (
            each.get("aria-label")
            or page.xpath("//label[@for=$id]", id=each.get("id"))
            or each.xpath("ancestor::label")
        )
        assert labelled, each.attrib
    assert page.xpath("//b | //script") == []
    assert "ชื่อ <b>" in page.text_content()


def test_required_marks_and_conditions_stand_in_words(kinds, who):
    form = EntryForm(who, kinds)
    assert form["name"].field.required and not form["why"].field.required
    assert form["why"].help_text == "<strong>ต้องกรอกเมื่อ จำนวน มากกว่า ๓,๐๐๐</strong>"
    assert form["amount"].label == "จำนวน (คน)"


def test_what_is_required_only_then_is_asked_on_the_server(kinds, who):
    form = EntryForm(who, kinds, posted(name="ก", amount="3,001"))
    assert set(form.errors) == {"why"}
    assert EntryForm(who, kinds, posted(name="ก", amount="3,000")).is_valid()


def test_nothing_filled_in_names_what_is_required(kinds, who):
    form = EntryForm(who, kinds, posted())
    assert {name: len(errors) for name, errors in form.errors.items()} == {"name": 1}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": "สิบ"}, "amount"), ({"amount": "0"}, "amount"), ({"moon": "13/2569"}, "moon"), ({"at": "25.00"}, "at"),
        ({"span_from": "1/2/2569"}, "span"), ({"span_from": "3/2/2569", "span_to": "1/2/2569"}, "span"),
        ({"span_from": "31/2/2569", "span_to": "1/3/2569"}, "span"), ({"pick": "z"}, "pick"), ({"picks": ["z"]}, "picks"),
        ({"unit": "999999"}, "unit"), ({"unit": "กองช่าง"}, "unit"), ({"who": "kept"}, "who"), ({"phone": "ไม่มี"}, "phone"),
        ({"web": "javascript:alert(1)"}, "web"), ({"name": "ก" * 21}, "name"), ({"name": "ก\x00ข"}, "name"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_beside_its_field_once(kinds, who, values, field):
    form = EntryForm(who, kinds, posted(**{"name": "ก", **values}))
    assert {name: len(errors) for name, errors in form.errors.items()} == {field: 1}


def test_faulty_cells_of_a_grid_are_named_by_row_and_column(kinds, who):
    form = EntryForm(who, kinds, posted(name="ก", lines__1__what="ปากกา", lines__1__price="แพง", lines__4__price="5"))
    assert [error.partition(":")[0] for error in form.errors["lines"]] == ["แถวที่ ๒ ราคา"]
    page = drawn(form)
    assert [each.get("name") for each in page.xpath("//input[@aria-invalid]")][:1] == ["lines-1-price"]
    form = EntryForm(who, kinds, posted(name="ก", lines__4__price="5"))
    assert [error.partition(":")[0] for error in form.errors["lines"]] == ["แถวที่ ๕ อะไร"]


def test_more_rows_are_drawn_without_judging_and_nothing_typed_is_lost(kinds, who):
    data = posted(name="", amount="สิบ", lines__0__what="ปากกา", lines__count="3", more_rows="lines")
    form = EntryForm(who, kinds, data)
    assert form.is_more and form.errors == {}
    page = drawn(form)
    assert len(page.xpath("//input[contains(@name, '-what')]")) == 6
    assert page.xpath("//input[@name='lines-0-what']")[0].get("value") == "ปากกา"
    assert page.xpath("//input[@name='amount']")[0].get("value") == "สิบ"


def test_an_empty_form_has_three_rows_and_a_full_one_three_more(kinds, who):
    assert len(drawn(EntryForm(who, kinds)).xpath("//input[contains(@name, '-what')]")) == 3
    form = EntryForm(who, kinds, posted(lines__0__what="ก", lines__1__what="ข"))
    assert len(drawn(form).xpath("//input[contains(@name, '-what')]")) == 5


def test_a_file_is_checked_as_evidence_is_and_by_the_endings_of_the_field(kinds, who):
    def form(name: str, content: bytes) -> EntryForm:
        return EntryForm(who, kinds, posted(name="ก"), MultiValueDict({"photo": [SimpleUploadedFile(name, content)]}))

    assert "photo" in form("a.txt", "ข้อความ".encode()).errors
    assert "photo" in form("a.png", b"MZ program").errors
    faulty = EntryForm(who, kinds, posted(name=""), MultiValueDict({"photo": [SimpleUploadedFile("a.png", b"MZ")]}))
    assert faulty.has_lost_files


def test_what_is_there_is_shown_as_it_is_typed_and_read_back_the_same(kinds, who, agency, entry):
    values = {
        "name": "ก", "amount": Decimal(1250), "moon": date(2026, 3, 1), "at": time(9, 30), "truth": True,
        "span": Span(date(2026, 2, 1), date(2026, 2, 3)), "pick": "a", "picks": ("x",), "unit": unit_ref(agency, "กองช่าง"),
        "lines": ({"what": "ปากกา", "price": Decimal("12.50")},), "why": "",
    }  # fmt: skip
    made = entry("kinds", **values)
    page = drawn(EntryForm(who, kinds, entry=made))
    page.insert(0, lxml.html.fragment_fromstring("<form></form>"))
    again = QueryDict(mutable=True)
    for each in page.xpath("//input[not(@type='checkbox')] | //textarea"):
        again[each.get("name")] = each.get("value") or each.text or ""
    for each in page.xpath("//option[@selected]"):
        again[each.getparent().get("name")] = each.get("value")
    again.setlist("picks", [each.get("value") for each in page.xpath("//input[@checked]")])
    form = EntryForm(who, kinds, again, entry=made)
    assert form.is_valid(), form.errors
    assert form.values == form.was


def test_a_unit_that_is_gone_stays_possible(kinds, who, agency, entry):
    made = entry("kinds", name="ก", unit=unit_ref(agency, "กองช่าง"))
    Unit.objects.filter(name="กองช่าง").update(valid_to=date(2024, 1, 1))
    form = EntryForm(who, kinds, posted(name="ก", unit="kept"), entry=made)
    assert form.is_valid() and form.values["unit"] == form.was["unit"]
    assert form["unit"].value() == "kept"
    assert drawn(EntryForm(who, kinds, entry=made)).xpath("//select[@name='unit']/option[@selected]/text()") == [
        "กองช่าง"
    ]


def test_where_there_are_too_many_to_pick_from_a_name_is_typed(kinds, who, agency):
    Unit.objects.bulk_create(Unit(agency=agency, name=f"งานที่ {n}", kind="work", place=n) for n in range(OFFERED))
    unit = office.unit(agency, "กองช่าง")
    form = EntryForm(who, kinds, posted(name="ก", unit="กองช่าง"))
    assert form.is_valid() and form.values["unit"] == Ref(unit.pk, "กองช่าง")
    assert (
        len(drawn(form).xpath("//input[@name='unit'][@list='unit-names']/following-sibling::datalist/option")) > OFFERED
    )
    assert "กองช่าง" in EntryForm(who, kinds, posted(name="ก", unit="กองช่าว")).errors["unit"][0]


def test_a_form_asks_each_kind_of_reference_once(kinds, who, django_assert_num_queries):
    with django_assert_num_queries(2):  # units, people
        drawn(EntryForm(who, kinds))


def test_secret_values_are_kept_but_not_shown_to_who_does_not_keep_the_register(kept, entry, scope, agency):
    asset = entry("assets")
    made = entry("loans", asset=Ref(asset.pk, asset.title))
    form = EntryForm(scope(Role.OFFICER), kept("loans"), entry=made)
    assert "contact" not in form.fields
    assert "contact" in EntryForm(scope(Role.SUPPLY), kept("loans"), entry=made).fields
    assert "contact" in EntryForm(scope(Role.OFFICER), kept("loans")).fields


def test_a_move_asks_for_its_own_fields_and_a_reason(kept, entry, scope):
    made = entry("gifts")
    register = kept("gifts").register
    form = MoveForm(scope(Role.MAYOR), kept("gifts"), made, register.move_of("send_back"), posted(seen_version="1"))
    assert [line.name for line in form.lines] == ["returned_on"]
    assert set(form.errors) == {"returned_on"}
    form = MoveForm(scope(Role.LEGAL), kept("gifts"), made, register.move_of("withdraw"), posted(seen_version="1"))
    assert set(form.errors) == {"move_note"}


def test_progress_is_held_against_the_plan(kept, entry, scope):
    made = entry("prevention-plan")
    same = {"result": "อบรมแล้ว", "percent": "๕๐", "obstacles": "ไม่มี", "suggestions": "ไม่มี", "seen_version": "0"}
    form = ProgressForm(scope(Role.LEGAL), kept("prevention-plan"), made, posted(spent_thb="10,001", **same))
    assert set(form.errors) == {"reason"}
    form = ProgressForm(scope(Role.LEGAL), kept("prevention-plan"), made, posted(spent_thb="10,000", **same))
    assert form.is_valid(), form.errors
