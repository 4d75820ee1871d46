"""The pages of an office: what stands on them, and as many queries for thirty agencies as for one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.frameworks.load import load
from prongsai.web.agencies.models import Agency
from prongsai.web.mentor.models import ItemStanding, Participation, Size, Standing
from prongsai.web.mentor.services import messages
from prongsai.web.ui.templatetags.ui import thai_time
from tests.web import objects_mentor
from tests.web.mentor import neighbours

pytestmark = pytest.mark.django_db
YEAR = f"?year={neighbours.FRAMEWORK}"
FAULT = f"{YEAR}&source=page&key=&code=REACH_NOT_FOUND"


def ask(client, desk, name, query="", *args):
    return client.get(reverse(f"mentor_office:{name}", args=[desk.office.pk, *args]) + query)


# page → what is asked of it, and how many queries it takes
PAGES = {
    "heat": (YEAR, 9),
    "late": (YEAR, 8),
    "faults": (YEAR, 6),
    "fault": (FAULT, 7),
    "examples": (YEAR, 7),
    "compare": (YEAR, 6),
    "agencies": ("", 6),
    "messages": ("", 6),
    "message_add": (YEAR, 6),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_takes_as_many_queries_for_one_agency_as_for_thirty(desk, look, name, django_assert_num_queries):
    query, count = PAGES[name]
    client = look(desk)
    neighbours.make(desk.office, 2 if name == "faults" else 1, met=9)  # one alone has no fault in common
    _write(desk)
    with django_assert_num_queries(count):
        assert ask(client, desk, name, query).status_code == 200
    neighbours.make(desk.office, 28, met=9, first=3)
    _write(desk)
    with django_assert_num_queries(count):
        assert ask(client, desk, name, query).status_code == 200


def _write(desk):
    everybody = Participation.objects.filter(office=desk.office).values_list("agency", flat=True)
    return messages.send(desk, subject="เรื่อง", text="ข้อความ", due_on=None, agencies=everybody, to_text="ทุกแห่ง")


@pytest.mark.parametrize("name", ["agency", "message"])
def test_page_of_one_thing_takes_as_many_queries_among_thirty(desk, look, name, django_assert_num_queries):
    client, queries = look(desk), {"agency": 8, "message": 7}
    [first] = neighbours.make(desk.office, 1)
    arguments = {"agency": first.agency.code, "message": _write(desk).pk}
    with django_assert_num_queries(queries[name]):
        assert ask(client, desk, name, "", arguments[name]).status_code == 200
    neighbours.make(desk.office, 29, first=2)
    arguments["message"] = _write(desk).pk
    with django_assert_num_queries(queries[name]):
        assert ask(client, desk, name, "", arguments[name]).status_code == 200


# --- the heat map ---------------------------------------------------------------------------------------------------
def test_heat_map_shows_cells_with_sign_words_and_lateness(desk, look):
    neighbours.make(desk.office, 6, met=1)
    text = ask(look(desk), desk, "heat", YEAR).content.decode()
    assert '<td class="heat" data-heat="some"><i aria-hidden="true">◔</i>๑/' in text
    assert '<b title="เลยกำหนด">!<span class="visually-hidden">เลยกำหนด</span></b>' in text
    assert "อบต.เพื่อนบ้าน 6" in text and "None" not in text


def test_heat_map_puts_who_needs_help_first_or_names_in_order(desk, look):
    neighbours.make(desk.office, 1, met=9)
    neighbours.make(desk.office, 1, met=0, first=2)
    first = lambda query: ask(look(desk), desk, "heat", YEAR + query).context["rows"][0].standing.agency.name  # noqa: E731
    assert first("") == "อบต.เพื่อนบ้าน 2"
    assert first("&order=name") == "อบต.เพื่อนบ้าน 1"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 9),
        ("&kind=city", 3),
        ("&size=large", 3),
        ("&district=บ้านหมี่", 4),
        ("&state=late", 9),
        ("&state=untouched", 3),
        ("&state=complete", 0),
        ("&kind=nonsense", 9),
    ],
)
def test_heat_map_is_narrowed(desk, look, query, count):
    neighbours.make(desk.office, 6, met=1)
    neighbours.make(desk.office, 3, met=0, first=7, kind="city", size=Size.LARGE)
    assert ask(look(desk), desk, "heat", YEAR + query).context["page"].paginator.count == count


@pytest.mark.parametrize(("seen", "rest", "told"), [(5, 0, True), (4, 0, False), (5, 5, True), (5, 4, False)])
def test_tally_is_withheld_for_a_small_group_and_for_what_leaves_out_a_small_one(desk, look, seen, rest, told):
    neighbours.make(desk.office, seen, met=9, kind="tao")
    neighbours.make(desk.office, rest, met=9, kind="city", first=20)
    answer = ask(look(desk), desk, "heat", f"{YEAR}&kind=tao")
    assert bool(answer.context["head"].tallies) == told
    assert ("ไม่แสดงผลรวม" in answer.content.decode()) == (not told)
    sheet = ask(look(desk), desk, "heat_sheet", f"{YEAR}&kind=tao", "csv").content.decode("utf-8-sig")
    assert ("จำนวนหน่วยงานที่ครบ" in sheet) == told
    if told:
        assert set(answer.context["head"].tallies) == {seen}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_heat_map_is_taken_away_with_every_agency_that_passes(desk, look, form):
    neighbours.make(desk.office, 60)
    answer = ask(look(desk), desk, "heat_sheet", YEAR, form)
    assert answer.status_code == 200
    assert f".{form}" in answer["Content-Disposition"]
    if form == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 62
        assert lines[0].startswith("รหัส อปท.,หน่วยงาน") and "เลยกำหนด" in lines[1]


# --- what is overdue, faults, examples, comparison ---------------------------------------------------------------------
def test_overdue_says_who_what_and_how_many_days(desk, look):
    neighbours.make(desk.office, 2)
    rows = ask(look(desk), desk, "late", YEAR).context["rows"]
    assert [(row.agency.name, row.item.code, row.days) for row in rows] == [
        ("อบต.เพื่อนบ้าน 1", "O1", 9),
        ("อบต.เพื่อนบ้าน 2", "O1", 9),
    ]
    ItemStanding.objects.update(is_done=True)
    assert ask(look(desk), desk, "late", YEAR).context["rows"] == ()


def test_fault_of_several_agencies_is_told_with_its_weeks_and_who(desk, look):
    standings = neighbours.make(desk.office, 3)
    standings[2].faults.all().delete()
    [row] = ask(look(desk), desk, "faults", YEAR).context["rows"]
    assert (row.agencies, row.weeks, row.told.code) == (2, 2, "REACH_NOT_FOUND")
    assert "{" not in row.told.words and "ไม่มีหน้านี้" in row.told.words
    found = ask(look(desk), desk, "fault", FAULT).context["rows"]
    assert [one.agency.name for one in found] == ["อบต.เพื่อนบ้าน 1", "อบต.เพื่อนบ้าน 2"]
    assert ask(look(desk), desk, "fault", FAULT.replace("NOT_FOUND", "SLOW")).status_code == 404


def test_example_is_shown_only_where_the_agency_allows_it(desk, look, agency):
    neighbours.make(desk.office, 1, met=9)
    [quiet] = neighbours.make(desk.office, 1, met=9, first=2, shows_examples=False)
    # That another office may show it allows nothing here.
    other = objects_mentor.office(agency, "province")
    Participation.objects.create(office=other, agency=quiet.agency, joined_on=timezone.localdate(), shows_examples=True)
    item = load(neighbours.FRAMEWORK).items[4]
    rows = ask(look(desk), desk, "examples", f"{YEAR}&item={item.key}").context["rows"]
    whole = ask(look(desk), desk, "examples", YEAR).context["rows"]
    assert {row.agency.name for row in whole} == {"อบต.เพื่อนบ้าน 1"}
    assert {row.item.key for row in rows} == {item.key}


def test_comparison_keeps_small_groups_back_and_what_would_tell_them(desk, look):
    neighbours.make(desk.office, 8, met=1)
    neighbours.make(desk.office, 6, met=9, first=20, kind="city", size=Size.LARGE)
    neighbours.make(desk.office, 2, met=9, first=40, kind="city", size=Size.SMALL)
    made = ask(look(desk), desk, "compare", YEAR).context["comparison"]
    told = {
        (line.kind, size): group for line in made.lines for size, group in zip(made.sizes, line.groups, strict=True)
    }
    small, large = "๓๐–๗๙ คน", "๒๐๐–๔๙๙ คน"
    assert told["เทศบาลนคร", small].is_kept_back
    hidden = [place for place, group in told.items() if group.is_kept_back]
    assert len(hidden) >= 2  # one alone could be worked out from the whole
    assert made.total.whole.agencies == 16
    assert told["องค์การบริหารส่วนตำบล", large].quartiles is None


# --- who comes in -----------------------------------------------------------------------------------------------------
def test_strangers_and_mentors_elsewhere_get_404(desk, look, agency, other_agency, sign_in):
    elsewhere = objects_mentor.office(other_agency, "province")
    other = type(desk)(elsewhere, objects_mentor.mentor(elsewhere))
    neighbours.make(desk.office, 1)
    assert ask(look(other), desk, "heat").status_code == 404
    assert ask(look(other), other, "heat").status_code == 200
    assert ask(look(other), other, "agency", "", "06160001").status_code == 404
    assert ask(sign_in("mayor"), desk, "heat").status_code == 404


@pytest.mark.parametrize("name", ["heat", "late", "faults", "examples", "compare", "agencies", "messages"])
def test_closed_mentor_gets_404_and_who_is_not_signed_in_the_door(desk, look, client, name):
    signed_in = look(desk)
    assert ask(signed_in, desk, name).status_code == 200
    answer = ask(client, desk, name)
    assert (answer.status_code, answer["Location"].startswith(reverse("account_login"))) == (302, True)
    desk.mentor.is_open = False
    desk.mentor.save()
    assert ask(signed_in, desk, name).status_code == 404


def test_agency_that_is_closed_in_the_installation_is_not_seen(desk, look):
    neighbours.make(desk.office, 2)
    Agency.objects.filter(code="06160001").update(closed_on=timezone.localdate())
    assert [row.standing.agency.code for row in ask(look(desk), desk, "heat", YEAR).context["rows"]] == ["06160002"]
    assert ask(look(desk), desk, "agency", "", "06160001").status_code == 404


def test_year_that_nobody_has_is_404_and_without_figures_the_page_says_so(desk, look):
    assert "ยังไม่มีตัวเลขให้ดู" in ask(look(desk), desk, "heat").content.decode()
    neighbours.make(desk.office, 1)
    assert ask(look(desk), desk, "heat", "?year=ita-2560").status_code == 404


def test_standing_says_as_of_when(desk, look):
    [one] = neighbours.make(desk.office, 1)
    at = timezone.now() - timedelta(days=3)
    Standing.objects.update(at=at)
    assert thai_time(at) in ask(look(desk), desk, "agency", "", one.agency.code).content.decode()
