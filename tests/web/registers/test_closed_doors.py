"""What a hostile reader tried: names and figures that are not theirs, proofs that are none, files that go astray."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from prongsai.thai.fiscal import Span
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence import services as evidence
from prongsai.web.evidence.models import File
from prongsai.web.registers import services
from prongsai.web.registers.forms import outside as forms
from prongsai.web.registers.models import Entry, EntryFile, EntryProgress, PeriodClose
from prongsai.web.registers.queries import opened, periods
from prongsai.web.registers.queries.entries import list_page
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.look import OfficeLook
from prongsai.web.registers.queries.proofs import proofs_of, proven
from tests.web.registers.conftest import TODAY, entry_ref, sample, unit_ref
from tests.web.registers.rules.daily import bylaw
from tests.web.registers.test_outside import word_of

PDF = b"%PDF-1.4\nabc\n%%EOF"
YEAR = 2569


@pytest.fixture(autouse=True)
def monday(monkeypatch) -> None:
    """A Monday of fiscal year 2569."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_words: TODAY)


# --- complaints that were moved as corruption -------------------------------------------------------------------------
HIDDEN_TITLE = "เรื่องที่ย้ายไป"


@pytest.fixture
def complaint(system):
    """Make a general complaint."""

    def make(topic: str, received_on: date = date(2026, 2, 1)) -> Entry:
        values = {"topic": topic, "details": "รายละเอียด", "category": "road", "received_on": received_on}
        return services.add_entry(system, register="complaints-general", values=values)

    return make


def test_moved_complaint_is_not_offered_found_or_named_to_who_may_not_see_it(system, then, sign_in, agency, complaint):
    moved, merged, open_ = complaint(HIDDEN_TITLE), complaint("ไฟดับ"), complaint("น้ำไม่ไหล")
    services.move_entry(system, entry=merged, move="merge", values={"same_as": entry_ref(moved)}, version=None)
    services.move_entry(system, entry=moved, move="reclassify", note="ทุจริต", version=None)
    client = sign_in(Role.CLERK)
    address = f"/{agency.code}/registers/complaints-general"
    for entry in (merged, open_):
        page = client.get(f"{address}/{entry.pk}/").content.decode()
        assert f"{address}/{moved.pk}/" not in page
        assert f">{HIDDEN_TITLE}</option>" not in page
    assert OfficeLook(then(Role.CLERK)).entry("complaints-general", HIDDEN_TITLE) is None
    assert HIDDEN_TITLE in sign_in(Role.LEGAL).get(f"{address}/{merged.pk}/").content.decode()


def test_who_moves_an_entry_out_of_sight_comes_back_to_the_list(sign_in, agency, complaint):
    entry = complaint("ไฟดับ")
    address = f"/{agency.code}/registers/complaints-general/{entry.pk}/move/reclassify/"
    page = sign_in(Role.CLERK).post(address, {"move_note": "ทุจริต", "seen_version": 1}, follow=True)
    assert (page.status_code, Entry.objects.get(pk=entry.pk).state) == (200, "moved")


# --- registers of the office's own ------------------------------------------------------------------------------------
CLOSED = """id: cases
name_th: สำนวน
flow: record
owners: [legal]
readers: [legal]
dated_by: day
title: "{name}"
fields:
  name: {type: text, label_th: ชื่อ, required: true}
  day: {type: date, label_th: วันที่, required: true}
due: {rhythm: monthly}
"""
POINTING = """id: notes
name_th: บันทึก
flow: record
standing: true
everyone: true
owners: [clerk]
title: "{name}"
fields:
  name: {type: text, label_th: ชื่อ, required: true}
  case: {type: entry, of: cases, label_th: สำนวน}
"""


def test_names_of_a_register_with_readers_are_not_offered_to_others(own_register, system, then, sign_in, agency):
    own_register(CLOSED)
    own_register(POINTING)
    services.add_entry(system, register="cases", values={"name": "คดีลับ", "day": date(2025, 10, 5)})
    page = sign_in(Role.OFFICER).get(f"/{agency.code}/registers/notes/add/").content.decode()
    assert "คดีลับ" not in page
    assert OfficeLook(then(Role.OFFICER)).entry("cases", "คดีลับ") is None
    assert not OfficeLook(then(Role.OFFICER)).nearest("cases", "คดีลับ")
    assert OfficeLook(then(Role.LEGAL)).entry("cases", "คดีลับ") is not None


def test_frozen_table_of_a_register_with_readers_is_theirs_alone(own_register, system, then, sign_in, agency, kept):
    own_register(CLOSED)
    services.open_year(system, fiscal_year_be=YEAR)
    services.add_entry(system, register="cases", values={"name": "คดีลับ", "day": date(2025, 10, 5)})
    october = periods.occurrences_of(system, kept("cases").register, YEAR)[0]
    close = services.close_period(then(Role.LEGAL), kept=kept("cases"), occurrence=october)
    file = close.evidence.get(file__name__endswith=".docx").file
    assert sign_in(Role.OFFICER).get(f"/{agency.code}/evidence/files/{file.pk}/").status_code == 404
    paper = f"/{agency.code}/registers/cases/board/{october.pk}/paper/docx/"
    assert sign_in(Role.OFFICER).get(paper).status_code == 404
    assert sign_in(Role.LEGAL).get(paper).status_code == 200


SECRET = """id: box
name_th: กล่อง
flow: record
standing: true
everyone: true
owners: [clerk]
title: "{what}"
fields:
  what: {type: text, label_th: อะไร, required: true, open: public}
  kind: {type: choice, label_th: ชนิด, open: secret, choices: {a: หนึ่ง, b: สอง}}
  amount: {type: money, label_th: จำนวนเงิน, open: secret}
filters: [kind]
statistics:
  by_kind: {title_th: ตามชนิด, by: [kind]}
  total: {title_th: รวม, measure: sum, field: amount, by: [state]}
  by_state: {title_th: สถานะ, by: [state]}
"""


def test_secret_field_is_not_told_by_filter_order_or_figure(own_register, system, then, kept):
    own_register(SECRET)
    for what, kind, amount in (("x1", "a", 9), ("x2", "b", 5), ("x3", "a", 7)):
        values = {"what": what, "kind": kind, "amount": Decimal(amount)}
        services.add_entry(system, register="box", values=values)

    def seen(role: Role, **asked: str) -> list[str]:
        return [row.entry.title for row in list_page(then(role), kept("box"), asked).rows]

    assert seen(Role.CLERK, kind="a") == ["x3", "x1"]
    assert seen(Role.CLERK, sort="amount") == ["x2", "x3", "x1"]
    assert seen(Role.OFFICER, kind="a") == seen(Role.OFFICER, sort="amount") == ["x3", "x2", "x1"]
    assert [one.statistic.key for one in figures_of(then(Role.OFFICER), kept("box"), 0)] == ["by_state"]
    assert len(figures_of(then(Role.CLERK), kept("box"), 0)) == 3


def test_state_with_readers_is_not_public_unless_it_says_so(own_register, system, agency):
    own_register("""id: looked
name_th: เรื่อง
flow: record
standing: true
owners: [clerk]
title: "{what}"
states:
  kept: {label_th: เก็บ}
  inquiry: {label_th: สอบสวน, final: true, readers: [legal]}
moves:
  inquire: {label_th: สอบ, from: [kept], to: inquiry}
fields:
  what: {type: text, label_th: อะไร, required: true, open: public}
public: {title_th: เรื่อง, columns: [what, state]}
""")
    made = services.add_entry(system, register="looked", values={"what": "เรื่องซ่อน"})
    services.move_entry(system, entry=made, move="inquire", version=None)
    services.keep_setting(system, register="looked", is_published=True)
    assert "เรื่องซ่อน" not in Client().get(f"/{agency.code}/open/looked/").content.decode()


SWAPPED = """id: winners
name_th: ผู้ชนะ
flow: record
owners: [clerk]
dated_by: day
title: "{a}"
fields:
  a: {type: text, label_th: ผู้ชนะ, required: true, open: public}
  b: {type: text, label_th: ผู้แพ้, required: true, open: public}
  day: {type: date, label_th: วันที่, required: true}
due: {rhythm: monthly}
public: {title_th: ผล, columns: [COLUMNS]}
"""


def test_frozen_rows_stay_under_their_own_columns_when_the_order_changes(own_register, system, then, kept, agency):
    own_register(SWAPPED.replace("COLUMNS", "a, b"))
    services.open_year(system, fiscal_year_be=YEAR)
    for day in (date(2025, 10, 3), date(2025, 11, 3)):
        services.add_entry(system, register="winners", values={"a": "ชนะ", "b": "แพ้", "day": day})
    october, november = periods.occurrences_of(system, kept("winners").register, YEAR)[:2]
    services.close_period(then(Role.CLERK), kept=kept("winners"), occurrence=october)
    own_register(SWAPPED.replace("COLUMNS", "b, a"))
    services.keep_setting(system, register="winners", labels={"a": "ผู้ได้งาน"})
    services.close_period(then(Role.CLERK), kept=kept("winners"), occurrence=november)
    found = opened.whole_table(agency, kept("winners"), YEAR)
    assert found.head[1:] == ("ผู้แพ้", "ผู้ได้งาน")
    assert [row[1:] for row in found.rows] == [("แพ้", "ชนะ")] * 2


def test_unit_of_an_entry_stays_when_it_is_changed(own_register, then):
    own_register("""id: ours
name_th: ของหน่วย
flow: record
everyone: true
owners: [clerk]
unit_by: unit
title: "{what}"
fields:
  what: {type: text, label_th: อะไร, required: true}
  unit: {type: unit, label_th: ส่วนราชการ}
""")
    made = services.add_entry(then(Role.OFFICER), register="ours", values={"what": "x"})
    changed = services.change_entry(then(Role.OFFICER), entry=made, values={"what": "y"}, version=None)
    assert changed.unit == made.unit is not None


# --- files ------------------------------------------------------------------------------------------------------------
FILES = """id: papers
name_th: เอกสาร
flow: record
standing: true
everyone: true
owners: [clerk]
title: "{what}"
fields:
  what: {type: text, label_th: อะไร, required: true}
  hidden: {type: file, label_th: ไฟล์ลับ, open: secret}
  shown: {type: file, label_th: ไฟล์}
"""


def test_file_of_two_fields_is_given_to_who_sees_one_of_them(own_register, system, sign_in, agency):
    own_register(FILES)
    file = evidence.keep_file(system, name="a.pdf", content=PDF, is_guarded=True)
    both = services.add_entry(
        system, register="papers", values={"what": "x"}, files=[("hidden", file), ("shown", file)]
    )
    one = services.add_entry(system, register="papers", values={"what": "y"}, files=[("hidden", file)])
    asked = [f"/{agency.code}/registers/papers/{each.pk}/files/{file.pk}/" for each in (both, one)]
    assert [sign_in(Role.OFFICER).get(each).status_code for each in asked] == [200, 404]


def test_replaced_file_is_no_longer_given_out(own_register, system):
    own_register(FILES)
    old, new = (evidence.keep_file(system, name=f"{n}.pdf", content=PDF + b"%d" % n, is_guarded=True) for n in (1, 2))
    made = services.add_entry(system, register="papers", values={"what": "x"}, files=[("shown", old)])
    for _twice in range(2):
        services.change_entry(system, entry=made, values={}, version=None, files=[("shown", new)])
        assert list(made.files.values_list("name", flat=True)) == ["2.pdf"]


@pytest.fixture
def project(system, agency, kept) -> Entry:
    """A project of the operation plan, all year long, of a year whose by-law is in force."""
    bylaw(system)
    source = kept("operation-plan").register.field_of("source")
    values = {
        "code": "1",
        "project": "โครงการ",
        "budget_thb": Decimal(1000),
        "source": source.choices[0].key if source.choices else "x",
        "period": Span(date(2025, 10, 1), date(2026, 9, 30)),
        "unit": unit_ref(agency, "กองช่าง"),
    }
    return services.add_entry(system, register="operation-plan", values=values)


def test_proof_of_progress_is_kept_shown_and_taken_off_again(system, agency, project, sign_in, kept):
    client, started = sign_in(Role.COORDINATOR), "2025-10-01"
    address = f"/{agency.code}/registers/operation-plan/{project.pk}"
    given = {one.key: one.example for one in kept("operation-plan").register.progress.fields if one.type != "file"}
    given |= {one: "0" for one in given if one.endswith(("_thb", "percent"))}
    upload = SimpleUploadedFile("ภาพ.pdf", PDF, "application/pdf")
    page = client.post(f"{address}/progress/{started}/", {**given, "seen_version": "0", "proof": upload})
    assert page.status_code == 302
    file = EntryFile.objects.get(entry=project, field="proof")
    assert EntryProgress.objects.get().values["proof"]["id"] == file.file_id
    assert f"{address}/files/{file.file_id}/" in client.get(f"{address}/").content.decode()
    assert client.get(f"{address}/files/{file.file_id}/").status_code == 200
    services.report_progress(system, entry=project, starts_on=date(2025, 10, 1), values={"proof": None}, version=None)
    assert not EntryFile.objects.filter(entry=project).exists()


def test_outsider_who_sent_too_much_leaves_no_more_files(system, agency, monkeypatch):
    monkeypatch.setattr(forms, "SECONDS_MIN", -1)
    monkeypatch.setattr("prongsai.web.registers.services.outside.SENT_A_DAY_MAX", 2)
    services.keep_setting(system, register="complaints-general", takes_outside=True)
    client, address = Client(), f"/{agency.code}/open/complaints-general/send/"
    for n in range(4):
        upload = SimpleUploadedFile("a.pdf", PDF + b"%d" % n, "application/pdf")
        given = {"topic": "x", "details": "y", "category": "road", "photo": upload}
        client.post(address, {**given, forms.NONCE: word_of(client.get(address))})
    assert Entry.objects.filter(register="complaints-general").count() == File.objects.count() == 2


# --- what was decided, closed, carried ----------------------------------------------------------------------------------
def test_what_was_decided_on_is_not_rewritten_by_who_asked(then, agency, entry):
    asset, other = entry("assets"), entry("assets", name="รถยนต์")
    officer = then(Role.OFFICER)
    values = {**sample(agency, "loans"), "place": "outside", "asset": entry_ref(asset)}
    loan = services.add_entry(officer, register="loans", values=values, asked_by=officer.person)
    services.change_entry(officer, entry=loan, values={"purpose": "ประชุม"}, version=None)
    services.move_entry(then(Role.MAYOR), entry=loan, move="approve", version=None)
    with pytest.raises(services.EntryRefused):
        services.change_entry(officer, entry=loan, values={"asset": entry_ref(other)}, version=None)
    services.change_entry(then(Role.SUPPLY), entry=loan, values={"purpose": "อบรม"}, version=None)


def test_paper_of_a_closed_period_is_the_one_that_was_signed(system, then, sign_in, agency, kept, complaint):
    services.open_year(system, fiscal_year_be=YEAR)
    made = complaint("ไฟดับ", date(2025, 10, 5))
    october = periods.occurrences_of(system, kept("complaints-general").register, YEAR)[0]
    close = services.close_period(then(Role.LEGAL), kept=kept("complaints-general"), occurrence=october)
    services.move_entry(system, entry=made, move="assign", values={"unit": unit_ref(agency, "กองช่าง")}, version=None)
    paper = sign_in(Role.CLERK).get(f"/{agency.code}/registers/complaints-general/board/{october.pk}/paper/docx/")
    signed = close.evidence.get(file__name__endswith=".docx").file
    assert b"".join(paper.streaming_content) == evidence.read_file(signed)


def test_carry_says_what_stands_in_the_way(system, agency, sign_in):
    values = {
        "contract_no": "1/2569",
        "work": "ถนน",
        "contractor": "ห้างหุ้นส่วน ก",
        "value_thb": Decimal(100),
        "ends_on": date(2026, 1, 1),
        "unit": unit_ref(agency, "กองช่าง"),
    }
    for day in (date(2025, 1, 5), date(2025, 11, 5)):  # the second one was typed in again, instead of carried
        services.add_entry(system, register="contracts", values={**values, "signed_on": day})
    address = f"/{agency.code}/registers/contracts/carry/"
    page = sign_in(Role.SUPPLY).post(address, {"year": YEAR}, follow=True)
    assert "มีอยู่แล้ว" in page.content.decode()


@pytest.mark.parametrize("year", ["99999", "1", "543", "2570", "x"])
def test_figures_of_a_year_that_is_not_there_are_those_of_the_newest(system, agency, year):
    services.keep_setting(system, register="procurement-plan", is_published=True)
    page = Client().get(f"/{agency.code}/open/procurement-plan/data/json/?what=statistics&year={year}")
    assert page.status_code == 200


# --- proofs -----------------------------------------------------------------------------------------------------------
def ready(scope, item: str, element: str, register: str) -> list[bool]:
    found = proven(proofs_of(replace(scope, today=TODAY), [YEAR]), item, element, YEAR)
    return [one.is_ready for one in found if one.register == register]


def test_half_a_plan_proves_only_its_own_half(system, agency, kept):
    policy = Entry.objects.create(
        agency=agency,
        register="hr-policy",
        number=1,
        title="นโยบาย",
        state=kept("hr-policy").register.first_state.key,
        dated_on=date(2025, 10, 1),
    )
    values = {
        "policy": entry_ref(policy),
        "policy_point": "x",
        "side": "development",
        "activity": "อบรม",
        "budget_thb": Decimal(1),
        "period": Span(date(2025, 10, 1), date(2026, 9, 30)),
        "unit": unit_ref(agency, "กองช่าง"),
        "target": "x",
    }
    known = {key: value for key, value in values.items() if kept("hr-plan").register.field_of(key)}
    services.add_entry(system, register="hr-plan", values=known)
    assert ready(system, "personnel.plan", "development", "hr-plan") == [True]
    assert ready(system, "personnel.plan", "management", "hr-plan") == [False]


STATED = """id: stated
name_th: ตามสถานะ
flow: record
standing: true
owners: [clerk]
title: "{what}"
feeds:
  - {item: communication.news, when: complete, where: {field: state, is: kept}}
fields:
  what: {type: text, label_th: อะไร, required: true}
  n: {type: derived, label_th: จำนวน, formula: linked_count, register: pointing, by: to}
year_checks:
  - {kind: at_least, value: 1, where: {field: state, is: kept}, blocking: true}
  - {kind: every_entry_of, register: pointing, field: n, blocking: true}
"""
LINKING = """id: pointing
name_th: ชี้
flow: record
standing: true
owners: [clerk]
title: "{what}"
fields:
  what: {type: text, label_th: อะไร, required: true}
  to: {type: entry, of: stated, label_th: ถึง}
"""


def test_proof_knows_states_and_linked_figures(own_register, system):
    own_register(STATED)
    own_register(LINKING)
    made = services.add_entry(system, register="stated", values={"what": "x"})
    assert not any(ready(system, "communication.news", "post", "stated"))
    services.add_entry(system, register="pointing", values={"what": "y", "to": entry_ref(made)})
    assert all(ready(system, "communication.news", "post", "stated"))


TYPED = """id: typed
name_th: เปลี่ยนชนิด
flow: record
since: SINCE
owners: [clerk]
dated_by: day
title: "{what}"
feeds:
  - {item: communication.news, when: every, where: {field: amount, filled: true}}
fields:
  what: {type: text, label_th: อะไร, required: true}
  day: {type: date, label_th: วันที่, required: true}
  amount: {type: TYPE, label_th: จำนวน}
"""


def test_entries_of_an_older_edition_are_read_by_it(own_register, system):
    own_register(TYPED.replace("SINCE", "2560").replace("TYPE", "text"))
    values = {"what": "x", "day": date(2025, 10, 3), "amount": "ห้าบาท"}
    services.add_entry(system, register="typed", values=values)
    own_register(TYPED.replace("SINCE", "2570").replace("TYPE", "number"))
    assert ready(system, "communication.news", "post", "typed") == [True]


def test_close_whose_evidence_was_withdrawn_proves_nothing(system, then, kept, entry):
    services.open_year(system, fiscal_year_be=YEAR)
    entry("purchases", contract_on=date(2025, 10, 20))
    october, *others = _ended(system, kept)
    for occurrence in others:
        services.state_nothing(then(Role.SUPPLY), kept=kept("purchases"), occurrence=occurrence)
    close = services.close_period(then(Role.SUPPLY), kept=kept("purchases"), occurrence=october)
    assert ready(system, "procurement.monthly", "all", "purchases") == [True]
    for one in close.evidence.all():
        evidence.withdraw(system, evidence=one, version=None)
    assert ready(system, "procurement.monthly", "all", "purchases") == [False]


def _ended(system, kept) -> Iterator:
    found = periods.occurrences_of(system, kept("purchases").register, YEAR)
    return (one for one in found if one.ends_on < TODAY)


def test_close_that_was_taken_back_is_not_taken_back_once_more(system, then, kept):
    services.open_year(system, fiscal_year_be=YEAR)
    supply, purchases = then(Role.SUPPLY), kept("purchases")
    first = services.state_nothing(supply, kept=purchases, occurrence=next(_ended(system, kept)))
    seen = PeriodClose.objects.get(pk=first.pk)  # by somebody else, at the same time
    services.reopen_period(supply, close=first, note="มีรายการ")
    services.state_nothing(supply, kept=purchases, occurrence=next(_ended(system, kept)))
    with pytest.raises(ValidationError):
        services.reopen_period(supply, close=seen, note="มีรายการ")
    assert next(_ended(system, kept)).done_on is not None


def test_another_unit_does_not_withdraw_a_loan(scope, entry):
    loan = entry("loans", by=scope(Role.OFFICER), asset=entry_ref(entry("assets")))
    with pytest.raises(services.EntryRefused):
        services.move_entry(scope(Role.PUBLISHER), entry=loan, move="withdraw", note="ไม่ใช้", version=loan.version)
    services.move_entry(scope(Role.OFFICER), entry=loan, move="withdraw", note="ไม่ใช้", version=loan.version)


def test_borrower_named_in_a_loan_does_not_approve_it(scope, entry):
    mayor = scope(Role.MAYOR)
    loan = entry("loans", borrower=str(mayor.person), place="outside", asset=entry_ref(entry("assets")))
    with pytest.raises(services.EntryRefused) as refused:
        services.move_entry(mayor, entry=loan, move="approve", version=loan.version)
    assert refused.value.faults[0].message_th == "ผู้ยืมพิจารณาการยืมของตนเองไม่ได้"
