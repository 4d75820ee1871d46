import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from prongsai.errors import ScoresUnusable
from prongsai.scoring.outline import Outline
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import queries, services
from prongsai.web.cycles.models import ScoreSnapshot
from prongsai.web.cycles.queries.items import item_rows
from prongsai.web.cycles.queries.scores import calibration, indicator_lines, own_score, tree_of, trend_of
from tests.scoring.workbooks import write_xlsx
from tests.web.cycles import years

pytestmark = pytest.mark.django_db


def printed(path, year):
    """What ``prongsai score --json`` prints."""
    command = [sys.executable, "-m", "prongsai", "score", "--framework", f"ita-{year}", str(path), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, encoding="utf-8").stdout)


@pytest.mark.parametrize("year", [2566, 2567])
def test_result_equals_what_the_command_prints_for_the_same_scores(system, tmp_path, year):
    cycle = years.opened(system, year)
    snapshot = years.scored(system, cycle)
    path = tmp_path / "scores.json"
    path.write_text(json.dumps(snapshot.given, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert snapshot.given == years.given(year)
    assert ScoreSnapshot.objects.get().result == printed(path, year)


def test_result_of_a_file_equals_what_the_command_prints_for_it(system):
    cycle = years.opened(system, 2567)
    path = years.CLEAN / "scores-2567.csv"
    snapshot = services.import_scores(system, cycle=cycle, kind="official", name=path.name, content=path.read_bytes())
    assert snapshot.result == printed(path, 2567)
    assert snapshot.given == {"agency": "เทศบาลตำบลบ้านสวนพลู"} | years.given(2567)
    assert (snapshot.overall_pct, snapshot.level, snapshot.file.name) == (Decimal("92.22"), "ผ่านดี", "scores-2567.csv")


def test_items_of_a_table_are_told_from_indicators(system):
    cycle = years.opened(system, 2567)
    content = "ตัวชี้วัด,คะแนน\n1,๙๔.๖๒\nO1,100\nO2,0\n".encode()
    snapshot = services.import_scores(system, cycle=cycle, kind="own", name="คะแนน.csv", content=content)
    assert snapshot.given == {"indicators": {"1": 94.62}, "items": {"O1": 100.0, "O2": 0.0}}


def test_a_long_thai_name_of_a_file_is_no_hindrance(system):
    cycle = years.opened(system, 2567)
    content, name = "ตัวชี้วัด,คะแนน\n1,๙๔.๖๒\n".encode(), f"{'คะแนน' * 30}.csv"
    snapshot = services.import_scores(system, cycle=cycle, kind="own", name=name, content=content)
    assert (snapshot.given, snapshot.file.name) == ({"indicators": {"1": 94.62}}, name)


def test_a_workbook_is_read(system, tmp_path):
    write_xlsx(tmp_path / "คะแนน.xlsx", [["ตัวชี้วัด", "คะแนน"], ["1", 94.62], ["2", 89.75]])
    content = (tmp_path / "คะแนน.xlsx").read_bytes()
    cycle = years.opened(system, 2567)
    snapshot = services.import_scores(system, cycle=cycle, kind="official", name="คะแนน.xlsx", content=content)
    assert snapshot.given == {"indicators": {"1": 94.62, "2": 89.75}}


def test_scores_of_another_agency_are_refused(system):
    cycle = years.opened(system, 2567)
    content = "agency,indicator,score\nเทศบาลตำบลท่าหว้า,1,90\n".encode()
    with pytest.raises(ValidationError) as caught:
        services.import_scores(system, cycle=cycle, kind="official", name="x.csv", content=content)
    assert caught.value.messages == ["ไฟล์นี้เป็นคะแนนของ เทศบาลตำบลท่าหว้า ไม่ใช่ของหน่วยงานนี้"]


def test_of_many_agencies_ours_is_picked(system):
    cycle = years.opened(system, 2567)
    content = "agency,indicator,score\nเทศบาลตำบลท่าหว้า,1,90\nเทศบาลตำบลบ้านสวนพลู,1,91\n".encode()
    snapshot = services.import_scores(system, cycle=cycle, kind="official", name="x.csv", content=content)
    assert snapshot.given["indicators"] == {"1": 91.0}


@pytest.mark.parametrize("score", [100.01, -0.5, 93.456, "เก้าสิบ"])
def test_scores_out_of_range_or_too_fine_are_refused(system, score):
    cycle = years.opened(system, 2567)
    with pytest.raises(ValidationError):
        services.take_scores(system, cycle=cycle, kind="official", given={"indicators": {"1": score, "2": 90}})
    assert ScoreSnapshot.objects.count() == 0


@pytest.mark.parametrize(
    "given", [{"indicators": {"1": 90, "11": 90}}, {"items": {"O99": 100}}, {"items": {"O1": 50}, "overall": 90}]
)
def test_unknown_codes_and_scores_an_item_cannot_have_are_refused(system, given):
    with pytest.raises(ValidationError):
        services.take_scores(system, cycle=years.opened(system, 2567), kind="official", given=given)


def test_no_score_at_all_is_refused(system):
    with pytest.raises(ScoresUnusable):
        services.take_scores(system, cycle=years.opened(system, 2567), kind="official", given={"indicators": {}})


def test_contradictions_are_kept_and_pointed_out_never_mended(system):
    cycle = years.opened(system, 2567)
    snapshot = years.scored(system, cycle, overall=97.5)
    assert snapshot.given["overall"] == 97.5
    assert snapshot.result["stated"]["overall"] == 97.5
    assert snapshot.overall_pct == Decimal("92.22")
    assert "SCORE_CONTRADICTION" in [p["code"] for p in snapshot.result["problems"] if p["severity"] == "error"]


def test_a_missing_score_stays_missing_beside_its_derived_value(system):
    cycle = years.opened(system, 2566)
    snapshot = years.scored(system, cycle)
    assert snapshot.result["indicators"]["6"] is None
    lines = indicator_lines(queries.framework_of(cycle), snapshot.result, Decimal(85), None)
    six = next(line for line in lines if line.code == "6")
    derived = snapshot.result["derived"]["6"]
    assert (six.how, float(six.score)) == ("derived", derived["value"])
    assert [float(end) for end in six.interval] == [derived["low"], derived["high"]]


def test_level_follows_the_frameworks_own_rules(system):
    high = {str(n): 96 for n in range(1, 11)}
    got = {}
    for year in (2566, 2568):
        cycle = years.opened(system, year)
        given = {"indicators": high | {"6": 60, "7": 96, "8": 96}}
        got[year] = services.take_scores(system, cycle=cycle, kind="official", given=given)
    for year, snapshot in got.items():
        levels = queries.framework_of(snapshot.cycle).levels
        assert snapshot.level in [level.name_th for level in levels], year
    assert got[2568].level == "ผ่าน"


def test_tree_explains_itself(system):
    tree = tree_of(years.scored(system, years.opened(system, 2567)).result)
    assert tree.how == "computed"
    assert [child.code for child in tree.children] == ["IIT", "EIT", "OIT"]
    assert tree.explanation.endswith("≈ 92.22")
    assert tree.children[0].explanation == "(94.62 + 89.75 + 92.08 + 88.31 + 93.27) ÷ 5 = 91.606 ≈ 91.61"


def test_trend_takes_the_newest_official_result_of_each_year(system):
    first, second = years.opened(system, 2566), years.opened(system, 2567)
    years.scored(system, first)
    years.scored(system, second, indicators=years.surveys(2567), overall=80, level=None)
    years.scored(system, second)
    services.take_scores(system, cycle=second, kind="own", given={"indicators": {"1": 10}})
    points = trend_of(system, "ita")
    assert [(point.year_be, point.overall) for point in points] == [(2566, Decimal("91.12")), (2567, Decimal("92.22"))]


def test_official_beside_own_shows_where_the_assessor_was_stricter(system):
    cycle = years.opened(system, 2567)
    years.judge_all(system, cycle.items.get(code="O1"))
    years.judge_all(system, cycle.items.get(code="O2"))
    years.judge_all(system, cycle.items.get(code="O3"), "fail")
    items = years.item_scores(cycle, ("O2",))
    snapshot = years.scored(system, cycle, indicators=years.surveys(), items=items, overall=None, level=None)
    rows = {each.row.code: each for each in calibration(cycle, item_rows(cycle, system.today), snapshot.result)}
    told = {code: (rows[code].official, rows[code].own, rows[code].differs) for code in ("O1", "O2", "O3", "O4")}
    assert told == {
        "O1": (100, 100, False),
        "O2": (0, 100, True),
        "O3": (100, 0, True),
        "O4": (100, None, False),
    }


def test_own_score_of_a_partial_item_is_the_step_that_is_reached(system):
    cycle = services.open_cycle(system, framework_id="lpa-2569")
    outline = Outline.of(queries.framework_of(cycle))
    row = item_rows(cycle, system.today)[0]
    steps = [
        own_score(outline, outline.items[row.code], replace(row, passed=n, failed=5 - n, total=5)) for n in range(6)
    ]
    assert steps == [0, 20, 20, 60, 60, 100]


def test_snapshots_cannot_be_changed_by_a_page(system, sign_in, agency):
    snapshot = years.scored(system, years.opened(system, 2567))
    address = f"/{agency.code}/cycles/ita-2567/scores/{snapshot.pk}/"
    assert sign_in(Role.SECRETARY).post(address, {"overall": 99}).status_code == 405
    page = sign_in(Role.OFFICER).get(address).content.decode()
    assert "(๙๔.๖๒ + ๘๙.๗๕ + ๙๒.๐๘ + ๘๘.๓๑ + ๙๓.๒๗) ÷ ๕ = ๙๑.๖๐๖ ≈ ๙๑.๖๑" in page


def test_form_takes_scores_and_leaves_what_is_empty_missing(sign_in, agency, system):
    years.opened(system, 2567)
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2567/scores/add/"
    values = {"kind": "official", "indicator-1": "๙๔.๖๒", "indicator-8": "84.36", "item-O1": "100", "level": "ผ่านดี"}
    assert client.post(address, values | {"way": "hand"}).status_code == 302
    snapshot = ScoreSnapshot.objects.get()
    assert snapshot.given == {"indicators": {"1": 94.62, "8": 84.36}, "items": {"O1": 100.0}, "level": "ผ่านดี"}
    assert str(snapshot.taken_by) == "มาลี ตั้งใจ"


@pytest.mark.parametrize("wrong", ["101", "-1", "90.123", "มาก"])
def test_form_refuses_what_is_no_score(sign_in, agency, system, wrong):
    years.opened(system, 2567)
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2567/scores/add/"
    answer = client.post(address, {"kind": "official", "indicator-1": wrong, "way": "hand"})
    assert (answer.status_code, ScoreSnapshot.objects.count()) == (422, 0)
    assert client.post(address, {"kind": "official", "way": "hand"}).status_code == 422


def test_file_is_imported_through_the_page(sign_in, agency, system):
    years.opened(system, 2567)
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2567/scores/add/"
    path = years.CLEAN / "scores-2567.csv"
    file = SimpleUploadedFile(path.name, path.read_bytes())
    assert client.post(address, {"kind": "official", "file": file, "way": "file"}).status_code == 302
    assert ScoreSnapshot.objects.get().overall_pct == Decimal("92.22")
    wrong = SimpleUploadedFile("x.csv", b"indicator,score\n1,190\n")
    answer = client.post(address, {"kind": "official", "file": wrong, "way": "file"})
    assert answer.status_code == 422
    assert "190" in answer.content.decode()


def test_scores_page_lists_what_is_low_and_draws_with_words_beside(sign_in, agency, system):
    old = years.opened(system, 2566)
    years.scored(system, old)
    years.scored(system, years.opened(system, 2567, carry_from=old))
    answer = sign_in(Role.OFFICER).get(f"/{agency.code}/cycles/ita-2567/scores/")
    assert [(line.code, line.score, line.before) for line in answer.context["low"]] == [
        ("8", Decimal("84.36"), Decimal("86.11"))
    ]
    page = answer.content.decode()
    assert page.count("<svg") == page.count("<desc>") == 2
    assert "คะแนนรวมรายปี: 2566 91.12" not in page  # the description says the figures alone
    assert "<desc>2566 91.12; 2567 92.22</desc>" in page


def test_scores_page_without_scores_teaches(sign_in, agency, system):
    years.opened(system, 2567)
    assert "ยังไม่มีผลคะแนนทางการ" in sign_in(Role.OFFICER).get(f"/{agency.code}/cycles/ita-2567/scores/").content.decode()


def test_scores_page_asks_as_often_for_many_snapshots_as_for_one(system, sign_in, agency, django_assert_num_queries):
    cycle = years.opened(system, 2567)
    years.scored(system, cycle)
    client, address = sign_in(Role.OFFICER), f"/{agency.code}/cycles/ita-2567/scores/"
    with django_assert_num_queries(15):
        client.get(address)
    years.scored(system, cycle)
    years.scored(system, cycle)
    with django_assert_num_queries(15):
        client.get(address)
