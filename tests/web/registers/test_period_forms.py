"""Closing a period writes the register's own form: what is kept as evidence reads back as what was entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from prongsai.documents.plain import plain
from prongsai.documents.read.docx import read as read_docx
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.values import Period
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.services import read_file
from prongsai.web.registers import services
from prongsai.web.registers.queries.frozen import beside_of, frozen_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of, preview_of
from prongsai.web.registers.services.periods import paper_of
from tests.web.registers.rules.daily import LATE, YEAR, add, bylaw, report

OCTOBER, APRIL = date(2025, 10, 1), date(2026, 4, 1)
ID = "1103700000011"  # thirteen digits of nobody, with a right check digit or not: none is shown


@pytest.fixture
def late(system):
    """The software itself after the year, whose periods are opened."""
    services.open_year(system, fiscal_year_be=YEAR)
    return replace(system, today=LATE)


@pytest.fixture
def signer(scope, late):
    """Somebody who may sign, after the year."""
    return lambda role: replace(scope(role), today=LATE)


def period_of(scope, register, number):
    kept = kept_of(scope, register, YEAR)
    return kept, list(occurrences_of(scope, kept.register, YEAR))[number - 1]


def written(scope, register, number, kind=""):
    """Give the records that stand on the paper of a period, without closing it."""
    kept, occurrence = period_of(scope, register, number)
    frozen = frozen_of(scope, kept, preview_of(scope, kept, occurrence))
    document = paper_of(scope, kept, occurrence, frozen, kind)
    return paper_kind(kind or kept.register.print_.kind).recognise(plain(document))[0]


def test_closed_half_year_of_gifts_is_kept_as_its_report(late, signer) -> None:
    add(late, "gifts", received_on=date(2025, 12, 28), giver="นายสมชาย ใจดี", value_thb=Decimal("450.50"))
    add(late, "gifts", received_on=date(2026, 2, 3), reported_on=None, giver_kind="citizen")
    kept, occurrence = period_of(late, "gifts", 1)
    legal = signer(Role.LEGAL)
    close = services.close_period(legal, kept=kept, occurrence=occurrence)
    files = {one.file.name.rpartition(".")[2]: one.file for one in close.evidence.all()}
    assert set(files) >= {"docx", "xlsx"}
    record = paper_kind("gift-report").recognise(read_docx(read_file(files["docx"]), "ก.docx"))[0]
    assert [(one.quarter, str(one.giver), one.waiting, one.value_thb) for one in record.gifts] == [
        (1, "private", 1, Decimal("450.50")),
        (2, "citizen", 1, Decimal("800.00")),
    ]
    assert record.period == Period(occurrence.starts_on, occurrence.ends_on)
    assert (record.signer.name, record.signer.on) == (str(legal.person), LATE)


def test_both_half_years_of_risks_report_since_the_year_began(late, signer) -> None:
    risk = add(late, "risks", area="spending", assessed_on=date(2025, 9, 15))
    report(late, risk, OCTOBER, likelihood_after=None, impact_after=None, status="started")
    report(late, risk, APRIL, likelihood_after=Decimal(1))
    first, second = written(late, "risks", 1), written(late, "risks", 2)
    assert (first.period.end, second.period) == (date(2026, 3, 31), Period(OCTOBER, date(2026, 9, 30)))
    assert [(str(one.risks[0].status), one.risks[0].score_after) for one in (first, second)] == [
        ("started", None),
        ("watched", 5),
    ]


def test_assessment_is_written_from_the_same_entries(late) -> None:
    add(late, "risks", area="spending", assessed_on=date(2025, 9, 15), involved="นายสมชาย ใจดี")
    record = written(late, "risks", 1, "risk-assessment")
    (risk,) = record.risks
    assert (record.level_of(risk), risk.responsible, risk.likelihood, risk.impact) == ("สูงมาก", ("กองช่าง",), 3, 5)
    assert risk.involved == ""  # not open: the paper may be published


def test_page_of_a_period_offers_the_other_papers_of_its_register(late, agency, sign_in, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_words: LATE)
    add(late, "risks", assessed_on=date(2025, 9, 15))
    _kept, occurrence = period_of(late, "risks", 1)
    client = sign_in(Role.LEGAL)
    address = f"/{agency.code}/registers/risks/board/{occurrence.pk}/"
    assert f"{address}paper/docx/?kind=risk-assessment" in client.get(address).content.decode()
    answer = client.get(f"{address}paper/docx/?kind=risk-assessment")
    record = paper_kind("risk-assessment").recognise(read_docx(answer.content, "ก.docx"))[0]
    assert [one.score for one in record.risks] == [15]
    assert [client.get(f"{address}paper/docx/?kind={kind}").status_code for kind in ("gift-report", "x")] == [404, 404]


def test_report_of_spending_adds_the_quarters_up(late) -> None:
    bylaw(late)
    line = add(late, "spending-plan")
    report(late, line, OCTOBER, spent_thb=Decimal("21500.50"), transfer_out_thb=Decimal(2000), note=None)
    report(late, line, date(2026, 1, 1), spent_thb=Decimal(30000), transfer_in_thb=Decimal(5000))
    report(late, line, APRIL, spent_thb=Decimal(1))
    half = written(late, "spending-plan", 2)
    assert [(one.budget_thb, one.available_thb, one.spent_thb) for one in half.lines] == [
        (Decimal(120000), Decimal(123000), Decimal("51500.50"))
    ]
    assert half.period == Period(OCTOBER, date(2026, 3, 31))
    assert written(late, "spending-plan", 3).lines[0].spent_thb == Decimal("51501.50")


def test_annual_report_of_procurement_has_the_budget_of_every_method(late) -> None:
    for number, (method, budget) in enumerate((("specific", 15000), ("e-bidding", 900000))):
        add(
            late, "purchases", contract_no=f"{number}/69", contract_on=date(2026, 3, 2), method=method,
            budget_thb=Decimal(budget),
        )  # fmt: skip
    add(late, "procurement-annual", as_of=date(2026, 9, 30))
    record = written(late, "procurement-annual", 1)
    assert {one.label: (one.count, one.budget_thb) for one in record.methods if one.count} == {
        "e-bidding": (1, Decimal(900000)),
        "เฉพาะเจาะจง": (1, Decimal(15000)),
    }
    assert (record.total("agreed_thb"), [one.count for one in record.kinds]) == (Decimal(24000), [2, 0, 0, 0])


def test_annual_report_of_personnel_has_the_plan_as_it_was_last_reported(late) -> None:
    policy = add(late, "hr-policy")
    plan = add(late, "hr-plan", policy=policy)
    report(late, plan, OCTOBER, percent=Decimal(40), spent_thb=Decimal(100), result="เริ่มแล้ว")
    report(late, plan, APRIL, result="อบรมครบ 14 คน")
    add(late, "hr-report", as_of=date(2026, 9, 30))
    record = written(late, "hr-report", 1)
    assert [(one.result, one.spent_thb, one.percent) for one in record.activities] == [
        ("อบรมครบ 14 คน", Decimal(18400), Decimal(100))
    ]
    assert (record.authorised, record.vacant, [one.men for one in record.staff]) == (84, 8, [20, 16])


def test_form_has_only_what_everybody_may_read(late) -> None:
    add(late, "participation", result=f"ผู้แทนโทร 08-1234-5678 เลข {ID} เสนอซ่อมถนน")
    record = written(late, "participation", 1)
    said = record.activities[0].result
    assert [word for word in ("1234", ID) if word in said] == []
    assert said.endswith("เสนอซ่อมถนน")


@pytest.mark.parametrize(("register", "queries"), [("gifts", 0), ("spending-plan", 1), ("hr-report", 3)])
def test_what_a_form_asks_for_costs_the_same_however_many_rows(
    late, register, queries, django_assert_num_queries
) -> None:
    if register == "spending-plan":
        bylaw(late)
    kept, occurrence = period_of(late, register, 1)
    for count in (1, 3):
        if register == "hr-report":
            add(late, "hr-plan", policy=add(late, "hr-policy", title=f"นโยบาย {count}"), activity=f"กิจกรรม {count}")
        else:
            for number in range(count):
                add(late, register, item=f"รายการ {count}/{number}")
        entries = preview_of(late, kept, occurrence).entries
        with django_assert_num_queries(queries):
            beside_of(late, kept.register, occurrence, entries)
