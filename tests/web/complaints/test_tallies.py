"""Statistics: counted by clear columns, small ones kept back, signed, tied to the item, replaced and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prongsai.documents.read import read_document
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.reports.catalogue import paper_kind
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Category, Channel, Report, State, Tally, Way
from prongsai.web.complaints.queries import proofs
from prongsai.web.complaints.queries.counts import CATEGORIES, DONE, Period, counts_of, statistics_of
from prongsai.web.complaints.queries.tallies import Stands, lines_of, may_sign, standing
from prongsai.web.complaints.services.proofs import prove_channel
from prongsai.web.complaints.services.tallies import CountsChanged, sign_tally
from prongsai.web.cycles import services as cycles
from prongsai.web.evidence.services import read_file
from tests.web.office import CODE

YEAR = Period(2568)
HALF = Period(2568, is_half=True)
_numbers = count(10000)


def report(agency: Agency, month: int, *, state: State = State.CLOSED, category: Category = Category.ABUSE, n: int = 1,
           way: Way = Way.PUBLIC, shredded: bool = False) -> None:  # fmt: skip
    """Receive reports in a month of fiscal year 2568."""
    for _ in range(n):
        number = next(_numbers)
        Report.objects.create(
            agency=agency, number=str(number), handle=f"{number:064}", way=way, category=category, state=state,
            received_on=date(2024 if month > 9 else 2025, month, 15),
            shredded_on=date(2026, 1, 1) if shredded else None,
        )  # fmt: skip


@pytest.fixture
def many(agency: Agency) -> Agency:
    """Fifteen complaints of a year: eleven done, three of those refused, four not done."""
    report(agency, 11, n=4, category=Category.PROCUREMENT)
    report(agency, 2, n=3, state=State.REFUSED, category=Category.PROPERTY, shredded=True)
    report(agency, 5, n=4, state=State.INFORMED, category=Category.PROCUREMENT)
    report(agency, 7, n=4, state=State.FINDING, category=Category.ABUSE)
    return agency


@pytest.fixture
def mayor(scope) -> Scope:
    """Who approves, a year and more after the year that is counted."""
    return scope(Role.MAYOR)


# --- counting -------------------------------------------------------------------------------------------------------
def test_year_is_counted_by_day_state_and_category_with_what_was_shredded(many: Agency, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = counts_of(many, YEAR)
    assert (found.total, found.done, found.pending, found.refused) == (15, 11, 4, 3)
    told = {row.label: (row.procurement, row.other, row.total, row.done, row.pending) for row in found.months}
    assert len(told) == 12
    assert told["พฤศจิกายน ๒๕๖๗"] == (4, 0, 4, 4, 0)
    assert told["กรกฎาคม ๒๕๖๘"] == (0, 4, 4, 0, 4)
    assert told["ตุลาคม ๒๕๖๗"] == (0, 0, 0, 0, 0)
    assert {row.label: row.total for row in found.categories if row.total} == {
        "การจัดซื้อจัดจ้าง": 8, "การใช้ทรัพย์สินของราชการ": 3, "ใช้อำนาจหน้าที่โดยมิชอบ": 4,
    }  # fmt: skip


def test_done_and_pending_make_the_total_in_every_state(agency: Agency):
    for state in State:
        report(agency, 3, state=state, n=3)
    found = counts_of(agency, YEAR)
    assert found.total == 3 * len(State) == found.done + found.pending
    assert found.done == 3 * len(DONE)
    assert found.refused <= found.done


def test_half_a_year_ends_with_march(many: Agency):
    found = counts_of(many, HALF)
    assert (found.total, found.done, len(found.months), found.is_half) == (7, 7, 6, True)


def test_reports_of_other_years_of_other_agencies_and_appeals_do_not_count(many: Agency, other_agency: Agency):
    report(other_agency, 3, n=5)
    report(many, 3, n=5, way=Way.APPEAL, category=Category.EVALUATION)
    Report.objects.filter(agency=other_agency).update(received_on=date(2025, 3, 1))
    Report.objects.filter(agency=many, category=Category.ABUSE).update(received_on=date(2025, 10, 1))
    assert counts_of(many, YEAR).total == 11
    assert Category.EVALUATION not in CATEGORIES


def test_small_counts_are_kept_back_and_the_year_told(agency: Agency):
    report(agency, 11, n=1, state=State.FINDING, category=Category.PROCUREMENT)
    report(agency, 2, n=4)
    report(agency, 5, n=5)
    found = counts_of(agency, YEAR)
    assert (found.total, found.pending) == (10, 1)
    assert [row.total for row in found.months] == [0, None, 0, 0, None, 0, 0, 5, 0, 0, 0, 0]
    assert [row.total for row in found.categories if row.total != 0] == [None, None]


def test_totals_of_the_year_are_kept_back_only_where_an_office_asks_for_it(agency: Agency):
    report(agency, 11)
    assert counts_of(agency, YEAR).total == 1
    hidden = counts_of(agency, YEAR, hide_small_totals=True)
    assert (hidden.total, hidden.done, hidden.pending) == (None, None, 0)
    assert all(row.total is None for row in hidden.months)


# --- signing --------------------------------------------------------------------------------------------------------
def test_signed_counts_stay_as_they_were(many: Agency, mayor: Scope):
    made = sign_tally(mayor, period=YEAR)
    report(many, 3, n=9)
    assert statistics_of(made).total == 15
    assert (made.signed_by, made.signed_as, made.is_none) == (mayor.person, "นายกเทศมนตรี", False)
    line = AuditEntry.objects.filter(agency=many, action="complaint.tally").get()
    assert (line.subject_type, line.subject_id) == ("complaints.tally", str(made.pk))


def test_papers_say_what_was_signed_in_three_formats(many: Agency, mayor: Scope, tmp_path):
    made = sign_tally(mayor, period=YEAR)
    assert [one.name.rpartition(".")[2] for one in (made.docx, made.pdf, made.xlsx)] == ["docx", "pdf", "xlsx"]
    for one in (made.docx, made.xlsx):
        path = tmp_path / one.name
        path.write_bytes(read_file(one))
        found, problems = paper_kind("complaint-statistics").recognise(read_document(path))
        assert (found, problems) == (statistics_of(made), ())


def test_no_complaints_is_a_signed_statement_of_every_row(agency: Agency, mayor: Scope):
    """E7.1."""
    assert [line.stands for line in lines_of(mayor) if line.period == YEAR] == [Stands.MISSING]
    made = sign_tally(mayor, period=YEAR)
    assert made.is_none
    assert [line.stands for line in lines_of(mayor) if line.period == YEAR] == [Stands.NONE]
    assert AuditEntry.objects.filter(agency=agency, action="complaint.none").count() == 1
    text = read_text_of(made)
    assert text.count("ไม่มีเรื่องร้องเรียน") == 1 + 12 + len(CATEGORIES)


def read_text_of(tally: Tally) -> str:
    return render(paper_kind("complaint-statistics").paper.compose(statistics_of(tally)), "text", Office()).decode()


def test_period_that_runs_is_neither_counted_nor_signed(agency: Agency, mayor: Scope):
    early = replace(mayor, today=YEAR.ends_on)
    with pytest.raises(ValidationError, match="ยังไม่สิ้นสุดรอบ"):
        sign_tally(early, period=YEAR)
    assert sign_tally(replace(mayor, today=YEAR.ends_on + timedelta(1)), period=YEAR).is_none


def test_only_handlers_and_who_approves_sign(channel: Channel, scope):
    assert [role for role in Role if may_sign(scope(role))] == [
        Role.MAYOR, Role.SECRETARY, Role.LEGAL, Role.SUPPLY, Role.AUDITOR,
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="ผู้รับเรื่อง"):
        sign_tally(scope(Role.COORDINATOR), period=YEAR)


def test_counts_that_moved_since_they_were_seen_are_not_signed(many: Agency, mayor: Scope):
    with pytest.raises(CountsChanged):
        sign_tally(mayor, period=YEAR, seen="0" * 64)
    assert not Tally.objects.exists()


def test_newer_tally_replaces_the_older_which_is_kept(many: Agency, mayor: Scope):
    first = sign_tally(mayor, period=YEAR)
    report(many, 3, n=5)
    second = sign_tally(mayor, period=YEAR)
    first.refresh_from_db()
    assert first.replaced_by == second
    assert standing(many, YEAR) == second
    assert (statistics_of(first).total, statistics_of(second).total) == (15, 20)
    assert second.evidence.revision_of == first.evidence


# --- what was told before -------------------------------------------------------------------------------------------
def test_nothing_follows_from_half_a_year_and_the_year_together(agency: Agency, mayor: Scope):
    """In the half November (4) covers December (1): a year that shows November would tell December."""
    report(agency, 11, n=4)
    report(agency, 12, n=1)
    report(agency, 7, n=2)
    report(agency, 8, n=6)
    half = statistics_of(sign_tally(mayor, period=HALF))
    assert [row.total for row in half.months] == [0, None, None, 0, 0, 0]
    year = counts_of(agency, YEAR)
    kept = {row.label.split()[0] for row in year.months if row.total is None}
    assert kept == {"พฤศจิกายน", "ธันวาคม", "กรกฎาคม", "สิงหาคม"}


# --- evidence of the item -------------------------------------------------------------------------------------------
def test_papers_are_tied_to_the_elements_of_the_item_of_that_year(many: Agency, system: Scope, mayor: Scope):
    cycles.open_cycle(system, framework_id="ita-2569")
    made = sign_tally(mayor, period=YEAR)
    tied = {
        one.key: sorted(proof.file.name.rpartition(".")[2] for proof in one.evidence.all())
        for one in proofs.elements_of(many, proofs.STATISTICS)
    }
    assert tied == {"total": ["pdf"], "pending": ["pdf"], "done": ["pdf"], "refused": ["pdf"], "files": ["pdf", "xlsx"]}
    assert list(proofs.elements_of(many, proofs.STATISTICS, 2567)) == []
    report(many, 3, n=5)
    again = sign_tally(mayor, period=YEAR)
    (element,) = (one for one in proofs.elements_of(many, proofs.STATISTICS) if one.key == "total")
    assert list(element.evidence.all()) == [again.evidence]
    assert again.evidence != made.evidence


def test_closed_cycle_keeps_the_evidence_that_it_had(many: Agency, system: Scope, mayor: Scope):
    cycle = cycles.open_cycle(system, framework_id="ita-2569")
    first = sign_tally(mayor, period=YEAR)
    cycles.close_cycle(system, cycle=cycle)
    report(many, 3, n=5)
    sign_tally(mayor, period=YEAR)
    assert first.evidence.elements.count() == 5


def test_page_for_reporting_proves_the_channel_once_it_is_open(agency: Agency, system: Scope, scope, channel: Channel):
    cycles.open_cycle(system, framework_id="ita-2569")
    coordinator, address = scope(Role.COORDINATOR), f"https://office.example/{CODE}/report/"
    made = prove_channel(coordinator, address=address)
    assert prove_channel(coordinator, address=address) == made
    tied = {one.key: list(one.evidence.all()) for one in proofs.elements_of(agency, proofs.CHANNEL)}
    assert tied == {key: [made] for key in ("online", "nacc", "pacc", "separate", "protection")}
    with pytest.raises(ValidationError, match="ผู้ประสานงาน"):
        prove_channel(scope(Role.OFFICER), address=address)


def test_channel_that_is_not_open_proves_nothing(agency: Agency, system: Scope, scope):
    cycles.open_cycle(system, framework_id="ita-2569")
    with pytest.raises(ValidationError, match="ยังไม่ได้เปิดช่องทาง"):
        prove_channel(scope(Role.COORDINATOR), address="https://office.example/")


# --- pages ----------------------------------------------------------------------------------------------------------
def url(name: str, *args: int, query: str = "") -> str:
    return reverse(name, args=[CODE, *args]) + query


SIGN = "?year=2568"


def test_list_says_not_reported_and_never_none(agency: Agency, scope, sign_in):
    client: Client = sign_in(Role.OFFICER)
    page = client.get(url("complaint_tallies")).content.decode()
    missing = [one for one in lines_of(scope(Role.OFFICER)) if one.stands == Stands.MISSING]
    assert page.count("ยังไม่รายงาน</span>") == len(missing) >= 8
    assert "ไม่มีเรื่องร้องเรียน</span>" not in page
    assert "ตรวจและลงชื่อ</a>" not in page


def test_list_costs_the_same_with_one_and_with_three_tallies(agency: Agency, mayor: Scope, sign_in):
    client = sign_in(Role.MAYOR)
    costs = []
    for periods in ((YEAR,), (HALF, Period(2567))):
        for period in periods:
            sign_tally(mayor, period=period)
        with CaptureQueriesContext(connection) as made:
            client.get(url("complaint_tallies"))
        costs.append(len(made))
    assert costs[0] == costs[1]


def test_preview_is_what_is_signed(many: Agency, sign_in):
    client = sign_in(Role.MAYOR)
    page = client.get(url("complaint_tally_sign", query=SIGN))
    answer = client.post(url("complaint_tally_sign", query=SIGN), {"seen": page.context["seen"]})
    made = Tally.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("complaint_tally", made.pk))
    shown = client.get(url("complaint_tally", made.pk))
    assert shown.context["shown"] == page.context["shown"]


def test_counts_that_moved_answer_409_with_the_new_ones(many: Agency, sign_in):
    client = sign_in(Role.MAYOR)
    seen = client.get(url("complaint_tally_sign", query=SIGN)).context["seen"]
    report(many, 3, n=5)
    answer = client.post(url("complaint_tally_sign", query=SIGN), {"seen": seen})
    assert answer.status_code == 409
    assert answer.context["shown"]["total"] == "๒๐"


@pytest.mark.parametrize(
    "query", ["", f"?year={fiscal_year_be(date.today())}", "?year=2568x", "?year=99999", "?year=2400"]
)
def test_period_that_is_none_or_runs_is_not_found(agency: Agency, sign_in, query: str):
    assert sign_in(Role.MAYOR).get(url("complaint_tally_sign", query=query)).status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR, Role.ADMIN, Role.COUNCIL])
def test_who_may_not_sign_sees_no_count_that_is_not_signed(many: Agency, sign_in, role: Role):
    client = sign_in(role)
    assert client.get(url("complaint_tally_sign", query=SIGN)).status_code == 404
    assert client.post(url("complaint_tally_sign", query=SIGN), {}).status_code == 404


def test_tally_of_another_office_is_not_found(agency: Agency, other_agency: Agency, mayor: Scope, sign_in):
    made = sign_tally(mayor, period=YEAR)
    client = sign_in(Role.MAYOR, of=other_agency)
    assert client.get(url("complaint_tally", made.pk)).status_code == 404
    assert client.get(reverse("complaint_tally", args=[other_agency.code, made.pk])).status_code == 404
