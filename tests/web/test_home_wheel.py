"""The year wheel: every line of the calendars that municipalities' documents tell has its duty, and the page says of
each who has it, where it is filled in, what stood there last year and where it will be public."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from prongsai.registers.known import items
from prongsai.registers.load import of_year
from prongsai.reports.catalogue import TITLES
from prongsai.web.agencies.models import Appointment, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.disclosure.models import Page, PageKind, PageState, Submission
from prongsai.web.duties import services as duties
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.duties.standard import FOLLOW_UP, RESULTS, STANDARD, STANDARDS, TRACKING
from prongsai.web.evidence import services as evidence
from prongsai.web.home import places, wheel
from prongsai.web.registers import services as registers
from prongsai.web.registers.queries.library import all_kept
from tests.web import office

pytestmark = pytest.mark.django_db
YEAR = 2569
TODAY = date(2025, 10, 2)  # of fiscal year 2569
QUERIES = 16

# What a calendar says, the key of its duty, and the months in which it is to be done.
CALENDAR = (
    # --- mission: calendar found in the documents
    ("corruption risk assessment of the next year", "risk", (9,)),
    ("ITA analysis and measures", "analysis", (10,)),
    ("operation plan", "plans", (10,)),
    ("procurement plan", "procurement-plan", (10,)),
    ("complaint manual", "complaint-guideline", (10,)),
    ("risk analysis", "risk-analysis", (10,)),
    ("ethics working group", "ethics-group", (10,)),
    ("HR policy and plan", "personnel-policy", (11,)),
    ("HR criteria", "personnel-criteria", (11,)),
    ("HR report of the year before", "register-hr-report", (12,)),
    ("annual operation report of the year before", "annual-reports", (12,)),
    ("procurement report of the year before", "register-procurement-annual", (12,)),
    ("online service", "online-service", (12,)),
    ("No Gift Policy declared", "no-gift", (12,)),
    ("basic data", "basic-data", (1,)),
    ("work manuals", "manuals", (1,)),
    ("citizen manuals", "service-manuals", (1,)),
    ("satisfaction report of the year before", "satisfaction", (1,)),
    ("No Gift Policy activity", "no-gift-activity", (2,)),
    ("ethics training", "ethics-training", (2,)),
    ("contracts signed as of 31 March", "procurement-progress", (4,)),
    ("six-month report of the operation plan", "plan-spending", (4,)),
    ("six-month service statistics", "service-report", (4,)),
    ("six-month report of HR", "personnel-progress", (4,)),
    ("six-month report of the prevention plan", "prevention-plan", (4,)),
    ("six-month report of measures", TRACKING, (4,)),
    ("service statistics every month", "service-counts", (11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ("procurement summary every month", "procurement-summary", (11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ("news report every month", "register-news", (11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ("executive follow-up every month", FOLLOW_UP, (11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ("staff meeting every month", "register-meetings", (11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ("stock and equipment check every quarter", "stock-check", (1, 4, 7)),
    ("budget follow-up every quarter", "budget-check", (1, 4, 7)),
    ("gift report every half-year", "gift-report", (4,)),
    ("spending every half-year", "plan-spending", (4,)),
    ("procurement progress every half-year", "procurement-progress", (4,)),
    # --- domain: working calendar
    ("procurement notices page opened", "procurement-notices", (10,)),
    ("No Gift planning", "no-gift-plan", (10,)),
    ("complaint statistics of the year before", "complaint-statistics", (1,)),
    ("complaint counts every month", "complaint-counts", (11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ("lessons of the result", "ita-lessons", (9,)),
    # --- beside both
    ("evaluation rounds", "register-evaluation-rounds", (4,)),
    ("yearly stock-taking of the year before", "register-stock-takings", (12,)),
    ("development plan follow-up of the year before", "register-development-plan", (12,)),
    ("manpower against staff", "manpower", (10,)),
    ("plan of internal audit", "audit-plan", (9,)),
    ("by-law of the budget before 1 October", "budget-bylaw", (9,)),
)
AFTER = (
    ("results report of measures", RESULTS),
    ("internal control", "internal-control"),
    ("twelve-month report of the operation plan", "plan-spending"),
    ("twelve-month report of the prevention plan", "prevention-plan"),
    ("twelve-month report of HR", "personnel-progress"),
    ("HR report of the year", "register-hr-report"),
    ("procurement report of the year", "register-procurement-annual"),
    ("evaluation of the second round", "register-evaluation-rounds"),
)


@pytest.fixture
def coordinator(agency):
    return replace(office.scope(agency, Role.COORDINATOR), today=TODAY)


@pytest.fixture
def opened(coordinator):
    """The cycle of the year, opened in its first days."""
    return cycles.open_cycle(coordinator, framework_id=f"ita-{YEAR}")


@pytest.fixture
def shown(coordinator, opened):
    return lambda scope=coordinator, year=YEAR: wheel.wheel_of(scope, year)


def task_of(found, key, year=YEAR):
    return next(
        one
        for month in found.months
        for one in month.tasks
        if one.occurrence.duty.key == key and one.occurrence.duty.fiscal_year_be == year
    )


def page(sign_in, role=Role.OFFICER, address=f"?year={YEAR}"):
    return sign_in(role).get(reverse("year_wheel", args=[office.CODE]) + address)


# --- the calendars --------------------------------------------------------------------------------------------------
def test_every_line_of_the_calendars_has_its_duty_in_its_month_when_a_cycle_is_opened(shown) -> None:
    there = {(month.number, one.occurrence.duty.key) for month in shown().months for one in month.tasks}
    missing = [(line, key, month) for line, key, months in CALENDAR for month in months if (month, key) not in there]
    assert missing == []
    after = {one.occurrence.duty.key for one in shown().after}
    assert [(line, key) for line, key in AFTER if key not in after] == []


def test_news_is_due_seven_days_after_each_activity() -> None:
    clock = of_year("news", YEAR).clock
    assert (clock.days, clock.start, clock.stop) == (7, "event_on", "posted_on")


def test_the_assessments_own_calendar_comes_with_the_cycle(opened) -> None:
    keys = set(opened.dates.values_list("key", flat=True))
    assert {"registration", "disclosure", "scoring", "clarification", "confirmation", "results"} <= keys


def test_no_duty_is_there_twice(opened, coordinator) -> None:
    keys = list(Duty.objects.filter(fiscal_year_be=YEAR).values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    assert registers.open_year(coordinator, fiscal_year_be=YEAR) == []


def test_every_standard_duty_is_filled_in_somewhere_and_proves_known_items(opened) -> None:
    registers_there = {one.register.id for one in all_kept(opened.agency)}
    kinds = {"register": registers_there, "paper": set(TITLES), "page": set(places.PAGES)}
    split = [(one.key, *one.form.partition(":")[::2]) for one in STANDARD]
    assert [(key, kind, name) for key, kind, name in split if name not in kinds.get(kind, ())] == []
    assert len(STANDARDS) == len(STANDARD)
    assert [(one.key, key) for one in STANDARD for key in one.items if key not in items()] == []


def test_a_result_of_a_year_that_is_over_opens_no_duties(coordinator) -> None:
    cycles.open_cycle(coordinator, framework_id="ita-2567")
    assert Duty.objects.count() == 0


def test_reports_of_the_year_before_are_work_of_this_one(opened) -> None:
    before = Duty.objects.filter(fiscal_year_be=YEAR - 1)
    late = {"register-hr-report", "register-procurement-annual", "register-stock-takings", "register-development-plan"}
    assert late <= set(before.values_list("key", flat=True))
    assert {one.rhythm for one in before} == {"yearly"}
    assert Occurrence.objects.get(duty=before.get(key="register-hr-report")).due_on == date(2025, 12, 1)


# --- what is told of each -------------------------------------------------------------------------------------------
def test_owner_post_and_who_has_it_today_are_told(agency, coordinator, shown) -> None:
    found = task_of(shown(), "complaint-guideline")
    assert (found.owner, found.holder) == ("นิติกร สำนักปลัดเทศบาล", "นายเที่ยง ธรรมดี")
    assert task_of(shown(), "register-news").owner == "นักประชาสัมพันธ์"  # of the role that keeps the register
    assert task_of(shown(), FOLLOW_UP).holder == "นายสมหมาย ใจกว้าง"
    Appointment.objects.filter(agency=agency, post__title="นิติกร").update(valid_to=date(2025, 9, 30))
    assert task_of(shown(), "complaint-guideline").holder == ""


def test_a_post_is_found_with_its_level_behind_its_title(agency, coordinator) -> None:
    Post.objects.filter(agency=agency, title="นิติกร").update(title="นิติกรชำนาญการ")
    duties.open_year(coordinator, fiscal_year_be=YEAR)
    assert Duty.objects.get(key="complaint-guideline").post.title == "นิติกรชำนาญการ"


def test_the_form_is_a_link_to_where_it_is_filled_in(agency, shown) -> None:
    found, code = shown(), agency.code
    forms = {key: task_of(found, key).form.address for key in ("plans", "no-gift", "register-news", "ethics-group")}
    assert forms == {
        "plans": f"/{code}/registers/operation-plan/?year=2569",
        "no-gift": f"/{code}/registers/no-gift-declarations/?year=2569",
        "register-news": f"/{code}/registers/news/?year=2569",
        "ethics-group": f"/{code}/agency/committees/",
    }
    assert task_of(found, "audit-plan").form.address == f"/{code}/letters/add/memo/"
    assert task_of(found, "manuals").form.address == f"/{code}/registers/staff-manuals/"


def test_a_page_of_measures_is_of_the_cycle_that_they_answer(agency, coordinator, opened) -> None:
    earlier = cycles.open_cycle(coordinator, framework_id="ita-2568")
    found = wheel.wheel_of(coordinator, YEAR)
    assert earlier.measures_year_be == YEAR
    assert task_of(found, "analysis").form.address == f"/{agency.code}/cycles/ita-2568/analysis/"
    assert task_of(found, "ita-lessons").form.address == f"/{agency.code}/cycles/ita-2569/scores/"


def test_last_years_paper_is_a_link(agency, coordinator, opened, shown) -> None:
    registers.open_year(coordinator, fiscal_year_be=YEAR - 1)
    assert task_of(shown(), "plans").last is None
    one = Occurrence.objects.get(duty__key="plans", duty__fiscal_year_be=YEAR - 1)
    paper = evidence.add_evidence(coordinator, title="แผนดำเนินงาน ๒๕๖๘", address="https://www.suanphlu.example/plan")
    duties.record(coordinator, occurrence=one, done_on=date(2024, 10, 20), result="เผยแพร่แล้ว", evidence=[paper])
    last = task_of(shown(), "plans").last
    assert (last.text, last.address) == ("แผนดำเนินงาน ๒๕๖๘", f"/{agency.code}/evidence/{paper.pk}/")
    # Without a paper, what was entered.
    quarter = Occurrence.objects.get(duty__key="stock-check", duty__fiscal_year_be=YEAR - 1, label="ไตรมาส ๑")
    duties.record(coordinator, occurrence=quarter, done_on=date(2025, 1, 8), result="ครบ")
    assert task_of(shown(), "stock-check").last.address == f"/{agency.code}/duties/occurrences/{quarter.pk}/"


def test_last_years_paper_of_a_register_is_its_closed_period(agency, coordinator, opened, shown) -> None:
    then = replace(coordinator, today=date(2025, 4, 5))
    registers.open_year(then, fiscal_year_be=YEAR - 1)
    kept = next(one for one in all_kept(agency) if one.id == "gifts")
    first = Occurrence.objects.get(duty__key="gift-report", duty__fiscal_year_be=YEAR - 1, label="รอบ ๖ เดือน")
    registers.state_nothing(then, kept=kept, occurrence=first)
    last = task_of(shown(), "gift-report").last
    assert last.text.startswith("รายงาน")
    assert last.address.startswith(f"/{agency.code}/evidence/")


def test_a_guarded_paper_is_not_led_to(agency, coordinator, opened, shown) -> None:
    registers.open_year(coordinator, fiscal_year_be=YEAR - 1)
    one = Occurrence.objects.get(duty__key="plans", duty__fiscal_year_be=YEAR - 1)
    file = evidence.keep_file(coordinator, name="ลับ.txt", content="ลับ".encode(), is_guarded=True)
    paper = evidence.add_evidence(coordinator, title="ลับ", file=file)
    duties.record(coordinator, occurrence=one, done_on=date(2024, 10, 20), result="แล้ว", evidence=[paper])
    assert task_of(shown(), "plans").last.address == f"/{agency.code}/duties/occurrences/{one.pk}/"


def test_where_it_will_be_public_is_told(agency, opened, shown) -> None:
    found = task_of(shown(), "manuals").place
    assert (found.item.text[:2], found.page, found.address) == ("O8", None, "")
    item = opened.items.get(key="manual.staff")
    made = Page.objects.create(
        agency=agency, kind=PageKind.ITEM, path="2569/manual.staff", title="คู่มือ", year_be=YEAR, item=item
    )
    found = task_of(shown(), "manuals").place
    assert (found.page.address, found.address) == (f"/{agency.code}/site/pages/{made.pk}/", "")
    Page.objects.filter(pk=made.pk).update(state=PageState.PUBLIC)
    assert task_of(shown(), "manuals").place.address.endswith("/2569/manual.staff/")
    Submission.objects.create(item=item, address="https://www.suanphlu.example/o8")
    assert task_of(shown(), "manuals").place.address == "https://www.suanphlu.example/o8"


def test_an_item_is_called_as_the_years_framework_calls_it(coordinator, opened, shown) -> None:
    assert task_of(shown(), "no-gift").place.item.text.startswith("O20 ")
    assert task_of(shown(), "procurement-plan").place is None  # not asked in this year


def test_what_is_unconfirmed_is_marked(shown) -> None:
    found = {one.occurrence.duty.key: one.unverified for one in shown().after}
    assert "๙๐ วัน" in found["internal-control"]


def test_days_that_move_over_the_end_of_a_month_stay_in_it(shown) -> None:
    found = task_of(shown(), "service-manuals")  # 31 January 2026 is a Saturday
    assert found.occurrence.due_on == date(2026, 2, 2)
    january = next(one for one in shown().months if one.number == 1)
    assert found in january.tasks


def test_a_month_counts_what_was_done_and_missed(coordinator, opened, shown) -> None:
    one = Occurrence.objects.get(duty__key="plans", duty__fiscal_year_be=YEAR)
    later = replace(coordinator, today=date(2025, 11, 3))
    duties.record(later, occurrence=one, done_on=date(2025, 10, 20), result="เผยแพร่แล้ว")
    october = shown(later).months[0]
    assert (october.done, october.missed, october.is_now) == (1, len(october.tasks) - 1, False)
    assert [month.name for month in shown().months[:2]] == ["ตุลาคม ๒๕๖๘", "พฤศจิกายน ๒๕๖๘"]


# --- the pages ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", list(Role), ids=[one.value for one in Role])
def test_who_sees_work_sees_the_wheel(agency, sign_in, role) -> None:
    wanted = 404 if role in (Role.COUNCIL, Role.ADMIN) else 200
    assert page(sign_in, role).status_code == wanted
    month = reverse("year_month", args=[agency.code, YEAR, 10])
    assert sign_in(role).get(month).status_code == wanted
    answer = sign_in(role).post(reverse("year_wheel_open", args=[agency.code]), {"year": YEAR})
    runs = role in (Role.SECRETARY, Role.COORDINATOR, Role.ANALYST)
    assert answer.status_code == (302 if runs else 404)


def test_the_wheel_of_another_agency_is_not_there(agency, other_agency, sign_in, opened) -> None:
    assert sign_in(Role.OFFICER).get(reverse("year_wheel", args=[other_agency.code])).status_code == 404
    theirs = sign_in(Role.OFFICER, of=other_agency).get(
        reverse("year_wheel", args=[other_agency.code]) + f"?year={YEAR}"
    )
    assert "ยังไม่ได้เปิดงานของปีนี้" in theirs.content.decode()


def test_an_empty_year_teaches_and_is_opened_by_who_runs_it(agency, sign_in) -> None:
    assert "เปิดงานของปี</button>" not in page(sign_in).content.decode()
    client = sign_in(Role.COORDINATOR)
    assert "เปิดงานของปี</button>" in page(sign_in, Role.COORDINATOR).content.decode()
    answer = client.post(reverse("year_wheel_open", args=[agency.code]), {"year": str(YEAR)})
    assert answer["Location"] == f"/{agency.code}/year/?year=2569"
    text = page(sign_in).content.decode()
    assert "ยังไม่ได้เปิดรอบการประเมินของปีนี้" in text
    assert "ยังไม่ได้เปิดงานของปีนี้" not in text


def test_the_page_shows_a_duty_with_all_that_belongs_to_it(sign_in, opened) -> None:
    text = page(sign_in).content.decode()
    for told in (
        "ทบทวนคู่มือจัดการเรื่องร้องเรียนการทุจริต",
        "๓๑ ต.ค. ๒๕๖๘",
        "นิติกร สำนักปลัดเทศบาล",
        "นายเที่ยง ธรรมดี",
        "คู่มือจัดการเรื่องร้องเรียนการทุจริต</a>",
        "O16 แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
        "หลังสิ้นปีงบประมาณ",
    ):
        assert told in text
    assert text.count("<section id=") == 12
    assert "style=" not in text.partition("<main")[2]


def test_a_month_is_a_page_of_its_own_with_the_next_one(agency, sign_in, opened) -> None:
    text = sign_in(Role.OFFICER).get(reverse("year_month", args=[agency.code, YEAR, 2])).content.decode()
    assert "จัดอบรมคุณธรรมจริยธรรม" in text
    assert "ทบทวนคู่มือจัดการเรื่องร้องเรียนการทุจริต" not in text
    near = [reverse("year_month", args=[agency.code, YEAR, month]) for month in (1, 3)]
    assert [f'href="{one}"' in text for one in near] == [True, True]


@pytest.mark.parametrize("asked", [(YEAR, 13), (YEAR, 0), (999999, 1)])
def test_a_month_that_is_not_there_is_not_found(agency, sign_in, asked) -> None:
    assert sign_in(Role.OFFICER).get(reverse("year_month", args=[agency.code, *asked])).status_code == 404


@pytest.mark.parametrize("n", [1, 3, 200])
def test_the_wheel_asks_the_same_questions_however_many_duties_there_are(
    agency, coordinator, opened, sign_in, n, django_assert_num_queries
) -> None:
    for number in range(n):
        duties.add_duty(coordinator, fiscal_year_be=YEAR, title=f"งานของหน่วยงาน {number}", rhythm="once")
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(QUERIES):
        assert client.get(reverse("year_wheel", args=[agency.code]) + f"?year={YEAR}").status_code == 200
