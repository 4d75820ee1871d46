"""Named parts of a register: listed, counted and printed alone; one with readers is seen by these and nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.home.registers import work_of
from prongsai.web.registers import services
from prongsai.web.registers.forms.options import OpenOptions, Options
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries import opened, periods
from prongsai.web.registers.queries.entries import entries_of, list_page, parts_of
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.frozen import frozen_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.look import OfficeLook
from prongsai.web.registers.queries.overview import overview_of
from prongsai.web.registers.queries.proofs import proofs_of, proven
from prongsai.web.registers.queries.rows import office_json, office_table
from prongsai.web.registers.services import imports
from tests.web.registers.conftest import TODAY, entry_ref, unit_ref

YEAR = 2569
SECRET = "หัวหน้าสั่งเบิกเงิน"
CLOSED = """id: worries
name_th: ข้อกังวล
name_en: Worries
flow: plan
everyone: true
owners: [legal, auditor]
title: "{topic}"
dated_by: day
unit_by: unit
unique: [topic]
feeds:
  - {item: risk.assessment, when: entries}
carries: [planned]
fields:
  topic: {type: text, label_th: เรื่อง, label_en: Topic, required: true, open: public, example: เรื่อง}
  day: {type: date, label_th: วันที่, label_en: Day, required: true, open: public, example: 1/2/2569}
  unit: {type: unit, label_th: ส่วนราชการ, label_en: Unit, required: true, open: public}
  due: {type: date, label_th: กำหนด, label_en: Due}
  kind: {type: choice, label_th: ชนิด, label_en: Kind, open: public, choices: {money: เงิน, power: อำนาจ}}
  thb: {type: money, label_th: เงิน, label_en: Baht, open: public}
  superior: {type: yes_no, label_th: เกี่ยวกับผู้บังคับบัญชา, label_en: Superior}
  told: {type: derived, label_th: คำบอกเล่า, label_en: Told, open: public, formula: linked_count, register: remarks, by: worry}
views:
  money: {title_th: เรื่องเงิน, title_en: Money, where: {field: kind, is: money}, columns: [topic, thb]}
  both: {title_th: เงินหรืออำนาจ, where: {field: kind, any_of: [money, power]}}
  priced: {title_th: มีจำนวนเงิน, where: {field: thb, filled: true}}
  superior: {title_th: ผู้บังคับบัญชา, where: {field: superior, is: true}, readers: [auditor]}
clock: {days: 0, start: due}
due: {rhythm: yearly}
statistics:
  by_kind: {title_th: ตามชนิด, by: [kind]}
  thb: {title_th: เงินตามชนิด, measure: sum, field: thb, by: [kind]}
public: {columns: [topic, kind]}
"""
REMARKS = """id: remarks
name_th: คำบอกเล่า
flow: record
everyone: true
owners: [clerk, auditor]
title: "{text}"
standing: true
fields:
  text: {type: text, label_th: ข้อความ, label_en: Text, required: true}
  worry: {type: entry, of: worries, label_th: ข้อกังวล, label_en: Worry}
"""


@pytest.fixture(autouse=True)
def monday(monkeypatch) -> None:
    """A Monday of fiscal year 2569."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_words: TODAY)


@pytest.fixture
def worry(own_register, system, agency):
    """Make an entry of a register with parts."""
    own_register(CLOSED)
    own_register(REMARKS)

    def make(topic: str, *, by=None, **values: object) -> Entry:
        given = {"topic": topic, "day": date(2026, 2, 2), "unit": unit_ref(agency, "กองช่าง"), **values}
        return services.add_entry(by or system, register="worries", values=given)

    return make


@pytest.fixture
def three(worry):
    """An open entry about money, one about power, and one that only the auditor may see."""
    money = worry("ค่าน้ำมัน", kind="money", thb=Decimal(500), superior=False, due=date(2026, 2, 10))
    power = worry("ลัดคิว", kind="power")
    return money, power, worry(SECRET, kind="money", thb=Decimal(9000), superior=True, due=date(2026, 2, 10))


def titles(scope, params=None) -> list[str]:
    return [row.entry.title for row in list_page(scope, kept_of(scope, "worries"), params or {}).rows]


def counts(scope) -> dict[str, int]:
    return {one.view.key: one.n for one in parts_of(scope, kept_of(scope, "worries"), YEAR)}


# --- listed, counted, printed alone -----------------------------------------------------------------------------------
def test_part_is_listed_with_its_own_columns_and_counted_in_its_tab(three, then):
    page = list_page(then(Role.OFFICER), kept_of(then(Role.OFFICER), "worries"), {"view": "money"})
    assert [row.entry.title for row in page.rows] == ["ค่าน้ำมัน"]
    assert [head.key for head in page.heads] == ["topic", "thb"]
    assert [(one.view.key, one.n, one.is_here) for one in page.parts] == [
        ("money", 1, True),
        ("both", 2, False),
        ("priced", 1, False),
    ]


def test_part_that_is_not_there_narrows_nothing(three, then):
    assert len(titles(then(Role.OFFICER), {"view": "munny"})) == 2


def test_tabs_stand_on_the_page_and_keep_what_is_asked(three, sign_in, agency):
    page = sign_in(Role.OFFICER).get(f"/{agency.code}/registers/worries/?q=x&view=both").content.decode()
    assert "ผู้บังคับบัญชา" not in page.split("<form", 1)[0]
    assert '?q=x&amp;view=money">เรื่องเงิน <span class="badge">๑</span>' in page
    assert '<input type="hidden" name="view" value="both">' in page


def test_statistics_are_of_the_part_alone(three, then, sign_in, agency):
    kept = kept_of(then(Role.OFFICER), "worries")
    view = kept.register.view_of("money")
    by_kind, thb = figures_of(then(Role.OFFICER), kept, YEAR, view=view)
    assert (by_kind.total, thb.total) == (1, Decimal("500.00"))
    page = sign_in(Role.OFFICER).get(f"/{agency.code}/registers/worries/statistics/?view=money&year={YEAR}")
    assert [one.figure.total for one in page.context["figures"]] == [1, Decimal("500.00")]


def test_part_is_printed_alone_in_word_pdf_and_as_a_workbook(three, sign_in, agency):
    address = f"/{agency.code}/registers/worries/part/money"
    client = sign_in(Role.LEGAL)
    sheet = "".join(_parts(client.get(f"{address}/xlsx/?year={YEAR}").content))
    assert ("ค่าน้ำมัน" in sheet, "ลัดคิว" in sheet, SECRET in sheet) == (True, False, False)
    words = ZipFile(BytesIO(client.get(f"{address}/docx/").content)).read("word/document.xml").decode()
    assert ("เรื่องเงิน" in words, "ค่าน้ำมัน" in words, "ลัดคิว" in words, SECRET in words) == (True, True, False, False)
    assert client.get(f"{address}/pdf/").content[:4] == b"%PDF"


def _parts(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as packed:
        return [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]


def test_empty_part_and_unknown_form_are_not_printed(worry, sign_in, agency):
    address = f"/{agency.code}/registers/worries/part"
    client = sign_in(Role.LEGAL)
    page = client.get(f"{address}/money/docx/", follow=True).content.decode()
    assert "ส่วนนี้ยังไม่มีรายการในปีที่เลือก" in page
    assert [client.get(f"{address}/{each}/").status_code for each in ("money/csv", "munny/docx")] == [404, 404]


# --- seen by its readers alone ----------------------------------------------------------------------------------------
OTHERS = [Role.MAYOR, Role.SECRETARY, Role.COORDINATOR, Role.HEAD, Role.OFFICER, Role.ANALYST, Role.LEGAL]


@pytest.mark.parametrize("role", OTHERS)
def test_closed_part_is_in_no_list_search_count_or_export_of_others(three, then, role):
    scope = then(role)
    kept = kept_of(scope, "worries")
    assert sorted(titles(scope)) == ["ค่าน้ำมัน", "ลัดคิว"]
    assert titles(scope, {"q": SECRET}) == titles(scope, {"q": "๙๐๐๐"}) == []
    assert len(titles(scope, {"view": "superior"})) == 2  # a part that is not theirs narrows nothing
    assert counts(scope) == {"money": 1, "both": 2, "priced": 1}
    assert [one.total for one in figures_of(scope, kept, YEAR)] == [2, Decimal("500.00")]
    assert len(office_table(scope, kept, {}).rows) == 2
    assert SECRET not in office_json(scope, kept, {})
    lines = [line for group in overview_of(scope, YEAR).groups for line in group.lines if line.kept.id == "worries"]
    assert [(line.n_entries, line.late) for line in lines] == [(2, 1)]


def test_closed_part_is_there_for_its_readers(three, then, sign_in, agency):
    scope = then(Role.AUDITOR)
    assert sorted(titles(scope)) == sorted(["ค่าน้ำมัน", "ลัดคิว", SECRET])
    assert titles(scope, {"view": "superior"}) == titles(scope, {"q": SECRET}) == [SECRET]
    assert counts(scope) == {"money": 2, "both": 3, "priced": 2, "superior": 1}
    assert sign_in(Role.AUDITOR).get(f"/{agency.code}/registers/worries/{three[2].pk}/").status_code == 200


@pytest.mark.parametrize("page", ["", "edit/", "paper/"])
def test_closed_entry_is_not_found_by_its_address(three, sign_in, agency, page):
    address = f"/{agency.code}/registers/worries/{three[2].pk}/{page}"
    assert [sign_in(role).get(address).status_code for role in (Role.LEGAL, Role.OFFICER)] == [404, 404]


def test_who_wrote_a_closed_entry_sees_it_no_more(worry, scope, sign_in, agency):
    client = sign_in(Role.OFFICER)
    given = {"topic": SECRET, "day": "2/2/2569", "unit": str(unit_ref(agency, "กองช่าง").id), "superior": "yes"}
    answer = client.post(f"/{agency.code}/registers/worries/add/", given, follow=True)
    made = Entry.objects.get(register="worries")
    assert made.values["superior"] is True
    assert answer.redirect_chain[-1][0] == f"/{agency.code}/registers/worries/"
    assert SECRET not in answer.content.decode()
    assert client.get(f"/{agency.code}/registers/worries/{made.pk}/").status_code == 404


def test_closed_part_is_printed_for_its_readers_only_and_in_no_other_paper(three, sign_in, agency):
    address = f"/{agency.code}/registers/worries/part"
    assert sign_in(Role.LEGAL).get(f"{address}/superior/docx/").status_code == 404
    client = sign_in(Role.AUDITOR)

    def words(part: str) -> str:
        return ZipFile(BytesIO(client.get(f"{address}/{part}/docx/").content)).read("word/document.xml").decode()

    assert (SECRET in words("superior"), SECRET in words("money"), "๙,๐๐๐" in words("money")) == (True, False, False)


def test_closed_entry_cannot_be_changed_moved_or_told_over_by_others(three, then):
    closed, legal = three[2], then(Role.LEGAL)
    with pytest.raises(services.EntryRefused):
        services.change_entry(legal, entry=closed, values={"topic": "อื่น"}, version=None)
    with pytest.raises(services.EntryRefused):
        services.move_entry(legal, entry=closed, move="start", version=None)
    services.change_entry(then(Role.AUDITOR), entry=closed, values={"topic": "อื่น"}, version=None)


def test_closed_entry_is_offered_and_named_to_nobody_else(three, then, system):
    scope, closed = then(Role.LEGAL), three[2]
    field = kept_of(scope, "remarks").register.field_of("worry")
    assert closed.pk not in [pk for pk, _name in Options(scope).of(field).choices]
    assert closed.pk not in [pk for pk, _name in OpenOptions(system).of(field).choices]
    assert (OfficeLook(scope).entry("worries", SECRET), list(OfficeLook(scope).nearest("worries", SECRET))) == (
        None,
        [],
    )
    with pytest.raises(services.EntryRefused) as refused:
        services.add_entry(scope, register="remarks", values={"text": "เห็นมา", "worry": entry_ref(closed)})
    assert [fault.code for fault in refused.value.faults] == ["NOT_THERE"]


def test_what_others_read_does_not_point_at_a_closed_entry(three, then, system):
    for scope in (then(Role.AUDITOR), system):
        with pytest.raises(services.EntryRefused) as refused:
            services.add_entry(scope, register="remarks", values={"text": "เห็นมา", "worry": entry_ref(three[2])})
        assert [fault.code for fault in refused.value.faults] == ["CLOSED_PART"]
    told = services.add_entry(system, register="remarks", values={"text": "เห็นมา", "worry": entry_ref(three[0])})
    with pytest.raises(services.EntryRefused) as refused:
        services.change_entry(system, entry=three[0], values={"superior": True}, version=None)
    assert [fault.code for fault in refused.value.faults] == ["NAMED_OPENLY"]
    services.change_entry(system, entry=told, values={"worry": None}, version=None)
    services.change_entry(system, entry=three[0], values={"superior": True}, version=None)
    assert titles(then(Role.LEGAL)) == ["ลัดคิว"]


def test_what_occurs_once_is_refused_without_telling_the_closed_title(three, then, agency):
    given = {"topic": SECRET, "day": date(2026, 2, 2), "unit": unit_ref(agency, "กองช่าง")}
    with pytest.raises(services.EntryRefused) as refused:
        services.add_entry(then(Role.LEGAL), register="worries", values=given)
    (fault,) = refused.value.faults
    assert (fault.code, fault.message_th) == ("ALREADY_THERE", "เรื่องนี้มีอยู่แล้ว: เลขที่ ๓/๒๕๖๙")


def test_import_does_not_read_a_closed_entry_again(three, then):
    scope = then(Role.LEGAL)
    sheet = f"เรื่อง,วันที่,ส่วนราชการ,เงิน\n{SECRET},2/2/2569,กองช่าง,1\nลัดคิว,2/2/2569,กองช่าง,7\n".encode()
    batch = imports.step(scope, batch=imports.stage(scope, register="worries", content=sheet, name="ก.csv"))
    rows = list(batch.rows.order_by("number"))
    assert [(row.fate, row.entry_id) for row in rows] == [("new", None), ("changed", three[1].pk)]
    saved = imports.save(scope, batch=batch, version=batch.version)
    assert [fault["code"] for fault in saved.rows.get(fate="faulty").faults] == ["ALREADY_THERE"]
    assert Entry.objects.get(pk=three[2].pk).values["thb"] == "9000"


def test_journal_is_told_of_a_closed_entry_only_what_was_filled_in(three, system):
    services.change_entry(system, entry=three[2], values={"topic": "คำใหม่", "superior": False}, version=None)
    told = [
        line for line in AuditEntry.objects.filter(subject_id=str(three[2].pk)) if line.subject_type.endswith("entry")
    ]
    text = " ".join(f"{line.subject_text} {line.changes}" for line in told)
    assert [word for word in (SECRET, "คำใหม่", "9,000", "กองช่าง") if word in text] == []
    assert "(ปกปิด)" in text


# --- in nothing that many read ----------------------------------------------------------------------------------------
def test_closed_entry_stands_in_no_period_and_blocks_none(three, system, then):
    services.open_year(system, fiscal_year_be=YEAR)
    late = replace(system, today=date(2026, 10, 5))
    kept = kept_of(system, "worries", YEAR)
    occurrence = periods.occurrences_of(system, kept.register, YEAR)[0]
    preview = periods.preview_of(late, kept, occurrence)
    closing = frozen_of(late, kept, preview)
    assert sorted(one.title for one in preview.entries) == ["ค่าน้ำมัน", "ลัดคิว"]
    assert (SECRET in str(closing.table), [one.total for one in closing.figures]) == (False, [2, Decimal("500.00")])
    assert periods.board_of(late, kept, YEAR).lines[0].n_entries == 2


def test_closed_entry_is_in_no_public_table_and_no_public_figure(three, system, agency):
    services.keep_setting(system, register="worries", version=None, is_published=True)
    kept = kept_of(system, "worries")
    assert len(opened.open_table(agency, kept, year=YEAR).page.object_list) == 2
    assert SECRET not in str(opened.whole_table(agency, kept, YEAR))
    assert [one.total for one in opened.open_figures(agency, kept, YEAR)] == [2, Decimal("500.00")]


def test_closed_entry_proves_nothing(worry, system):
    worry(SECRET, superior=True)
    own = [one for one in proven(proofs_of(system, [YEAR]), "risk.assessment", "", YEAR) if one.register == "worries"]
    assert {one.strength for one in own} == {"none"}


def test_closed_entry_is_in_nobody_elses_work_or_carrying(three, then, system):
    legal = replace(then(Role.LEGAL), today=date(2026, 2, 16))
    lines = {row.name: [line.n for line in row.lines] for row in (work_of(legal) or work_of(system)).rows}
    assert lines["ข้อกังวล"][0] == 1
    (own,) = periods.carries_of(legal, [kept_of(system, "worries")], YEAR + 1)
    assert own.n_entries == 2
    made = services.carry_forward(legal, kept=kept_of(system, "worries"), to_year_be=YEAR + 1)
    assert sorted(one.title for one in made) == ["ค่าน้ำมัน", "ลัดคิว"]


def test_closed_part_of_an_older_edition_stays_closed(three, own_register, then):
    own_register(CLOSED.replace("flow: plan", "since: 2569\nflow: plan").replace(
        "  superior: {title_th: ผู้บังคับบัญชา, where: {field: superior, is: true}, readers: [auditor]}\n", ""
    ))  # fmt: skip
    assert sorted(titles(then(Role.LEGAL))) == ["ค่าน้ำมัน", "ลัดคิว"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_with_parts_costs_the_same_for_every_number_of_entries(worry, then, count, django_assert_num_queries):
    for number in range(count):
        worry(f"เรื่อง {number}", kind="money")
    scope = then(Role.OFFICER)
    kept = kept_of(scope, "worries")
    with django_assert_num_queries(7):
        list_page(scope, kept, {"view": "money"})


def test_entries_of_a_closed_part_are_kept_by_their_condition_whatever_their_keys_say(three, then):
    Entry.objects.filter(pk=three[2].pk).update(key_1="", key_2="", key_3="", key_4="")
    assert entries_of(then(Role.LEGAL), kept_of(then(Role.LEGAL), "worries"), YEAR).count() == 2
