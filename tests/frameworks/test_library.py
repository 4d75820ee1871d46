"""The shipped years against what is known of them: counts, weights, levels, arithmetic that was published."""

import itertools
from decimal import ROUND_HALF_UP, Decimal

import pytest

from prongsai.frameworks.chain import chain
from prongsai.frameworks.check import check
from prongsai.frameworks.load import crosswalk, crosswalks, load
from prongsai.frameworks.model import Certainty, Framework, Relation, Status
from prongsai.frameworks.shelf import LIBRARY

YEARS = range(2562, 2570)
FILES = sorted(LIBRARY.rglob("*.yaml"))


def _ita(year: int) -> Framework:
    return load(f"ita-{year}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_file_checks_clean(path: object) -> None:
    assert check(path) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_file_names_no_way_of_finding_it(path: object) -> None:
    """A source is named so that a stranger understands it."""
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert [word for word in ("index id", "seed", "SEED", "/work", ".txt") if word in text] == []


def test_years_have_their_numbers_of_items() -> None:
    assert [len(_ita(year).items) for year in YEARS] == [48, 43, 43, 43, 43, 35, 28, 26]


@pytest.mark.parametrize("year", YEARS)
def test_item_codes_run_from_o1(year: int) -> None:
    items = _ita(year).items
    assert [item.code for item in items] == [f"O{number}" for number in range(1, len(items) + 1)]


@pytest.mark.parametrize("year", YEARS)
def test_weights_are_30_30_40(year: int) -> None:
    assert {i.code: i.weight_pct for i in _ita(year).instruments} == {"IIT": 30, "EIT": 30, "OIT": 40}


@pytest.mark.parametrize("year", YEARS)
def test_indicators_are_five_three_and_two(year: int) -> None:
    framework = _ita(year)
    assert [[i.code for i in framework.top_indicators(code)] for code in ("IIT", "EIT", "OIT")] == [
        ["1", "2", "3", "4", "5"],
        ["6", "7", "8"],
        ["9", "10"],
    ]


@pytest.mark.parametrize(
    ("year", "sizes"),
    [
        (2562, [9, 8, 7, 4, 5, 8, 7]),
        (2563, [9, 8, 7, 4, 5, 8, 2]),
        (2564, [9, 8, 7, 4, 5, 8, 2]),
        (2565, [9, 8, 7, 4, 5, 8, 2]),
        (2566, [10, 8, 4, 4, 4, 8, 5]),
        (2567, [6, 7, 4, 4, 4, 8, 2]),
        (2568, [4, 7, 2, 3, 4, 4, 4]),
        (2569, [4, 6, 2, 3, 4, 5, 2]),
    ],
)
def test_sub_indicators_have_their_numbers_of_items(year: int, sizes: list[int]) -> None:
    framework = _ita(year)
    subs = [sub for top in ("9", "10") for sub in framework.children(top)]
    assert [len(framework.items_of(sub.code)) for sub in subs] == sizes


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _printed(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _indicator(framework: Framework, code: str, missed: dict[str, int]) -> Decimal:
    """Score an OIT indicator when so many items of a sub-indicator are missed, all items giving 0 or 100."""
    subs = framework.children(code)
    sizes = {sub.code: len(framework.items_of(sub.code)) for sub in subs}
    return _mean([Decimal(100) * (sizes[sub.code] - missed.get(sub.code, 0)) / sizes[sub.code] for sub in subs])


@pytest.mark.parametrize(
    ("missed", "printed"),
    [
        ({"9.1": 1}, "97.78"),
        ({"9.2": 1}, "97.50"),
        ({"9.3": 1}, "97.14"),
        ({"9.5": 1}, "96.00"),
        ({"9.2": 1, "9.5": 1}, "93.50"),
        ({"9.2": 1, "9.3": 1}, "94.64"),
    ],
)
def test_published_scores_of_2564_come_out_of_its_item_lists(missed: dict[str, int], printed: str) -> None:
    assert _printed(_indicator(_ita(2564), "9", missed)) == Decimal(printed)


@pytest.mark.parametrize(
    ("nine", "ten", "printed"),
    [
        ({"9.2": 1, "9.5": 1}, {}, "38.70"),
        ({"9.2": 1}, {}, "39.50"),
        ({"9.1": 1}, {"10.1": 1}, "38.31"),
        ({"9.3": 1}, {}, "39.43"),
        ({"9.2": 1}, {"10.1": 2}, "37.00"),
    ],
)
def test_published_weighted_scores_of_2564_come_out(nine: dict[str, int], ten: dict[str, int], printed: str) -> None:
    framework = _ita(2564)
    oit = _mean([_indicator(framework, "9", nine), _indicator(framework, "10", ten)])
    weight = next(i.weight_pct for i in framework.instruments if i.code == "OIT")
    assert _printed(oit * weight / 100) == Decimal(printed)


def test_score_90_of_2567_needs_sub_indicators_not_25_items() -> None:
    framework = _ita(2567)
    assert _indicator(framework, "9", {"9.4": 2}) == 90
    items = sum(len(framework.items_of(sub.code)) for sub in framework.children("9"))
    assert 90 not in {Decimal(100) * number / items for number in range(items + 1)}


@pytest.mark.parametrize("year", range(2562, 2566))
def test_early_years_have_letters(year: int) -> None:
    assert [(level.code, str(level.minimum), level.instrument_minimum) for level in _ita(year).levels] == [
        ("AA", "95", None),
        ("A", "85", None),
        ("B", "75", None),
        ("C", "65", None),
        ("D", "55", None),
        ("E", "50", None),
        ("F", "0", None),
    ]


@pytest.mark.parametrize("year", range(2566, 2570))
def test_later_years_have_five_levels_with_conditions(year: int) -> None:
    assert [(level.name_th, level.minimum, level.instrument_minimum) for level in _ita(year).levels] == [
        ("ผ่านดีเยี่ยม", 95, 95),
        ("ผ่านดี", 85, 85),
        ("ผ่าน", 85, None),
        ("ต้องปรับปรุง", 70, None),
        ("ต้องปรับปรุงโดยด่วน", 0, None),
    ]


@pytest.mark.parametrize("year", YEARS)
def test_target_is_85_and_items_score_all_or_nothing(year: int) -> None:
    framework = _ita(year)
    assert (framework.target_pct, framework.item_scores, framework.decimals) == (85, (0, 100), 2)
    assert not any(item.partial for item in framework.items)


def test_seven_issues_are_the_same_in_2567_and_2568() -> None:
    names = [[issue.name_th for issue in _ita(year).issues] for year in (2567, 2568)]
    assert names[0] == names[1]
    assert [issue.no for issue in _ita(2568).issues] == [1, 2, 3, 4, 5, 6, 7]
    assert [len(_ita(year).issues) for year in YEARS] == [0, 0, 0, 0, 0, 7, 7, 0]


def test_questions_are_there_only_where_a_source_is() -> None:
    codes = [[question.code[0] for question in _ita(year).questions] for year in YEARS]
    counts = [(letters.count("i"), letters.count("e")) for letters in codes]
    assert counts == [(0, 0), (30, 15), (30, 15), (30, 15), (0, 0), (0, 0), (0, 0), (0, 0)]
    assert {q.basis.certainty for q in _ita(2564).questions if q.code.startswith("i")} == {Certainty.HIGH}
    assert {q.basis.certainty for q in _ita(2564).questions if q.code.startswith("e")} == {Certainty.RECALL}


def test_scale_scores_as_the_form_of_2564_does() -> None:
    four, two = _ita(2564).scales
    assert [four.score(answer, reverse=False) for answer, _ in four.answers] == [0, 33, 67, 100]
    assert [four.score(answer, reverse=True) for answer, _ in four.answers] == [100, 67, 33, 0]
    assert (two.score("มี", reverse=True), two.score("ไม่มี", reverse=True)) == (0, 100)


def test_mixed_question_reverses_one_part_only() -> None:
    question = next(q for q in _ita(2564).questions if q.code == "i11")
    assert [part.reversed for part in question.parts] == [False, True]


@pytest.mark.parametrize("year", [2566, 2567, 2568])
def test_external_survey_has_two_parts_of_unknown_weight(year: int) -> None:
    eit = next(i for i in _ita(year).instruments if i.code == "EIT")
    assert ([part.number for part in eit.parts], eit.split_unknown) == ([1, 2], True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_shipped_is_official_yet(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert "\nstatus: draft\n" in text
    assert "certainty: verified," not in text


@pytest.mark.parametrize("year", YEARS)
def test_recall_names_no_source_and_all_else_does(year: int) -> None:
    for place, basis in _ita(year).facts():
        assert (basis.certainty is Certainty.RECALL) == (not basis.sources), place


def test_a_lasting_key_goes_on_only_by_a_row_of_its_own() -> None:
    for entry in crosswalks():
        before, after = load(entry.from_id), load(entry.to_id)
        walk = crosswalk(entry.from_id, entry.to_id)
        for key in {item.key for item in before.items} & {item.key for item in after.items}:
            old, new = before.item_by_key(key), after.item_by_key(key)
            assert old and new
            row = walk.row_from(old.code)
            assert row
            assert (row.from_codes, row.to_codes) == ((old.code,), (new.code,)), (entry.id, key)


def test_every_pair_of_years_has_a_crosswalk_that_covers_both() -> None:
    assert [(entry.from_id, entry.to_id) for entry in crosswalks()] == [
        (f"ita-{old}", f"ita-{new}") for old, new in itertools.pairwise(YEARS)
    ]
    for entry in crosswalks():
        walk = crosswalk(entry.from_id, entry.to_id)
        assert {code for row in walk.rows for code in row.from_codes} == {i.code for i in load(entry.from_id).items}
        assert {code for row in walk.rows for code in row.to_codes} == {i.code for i in load(entry.to_id).items}


@pytest.mark.parametrize(
    ("pair", "counts"),
    [
        ((2562, 2563), {"kept": 39, "renamed": 2, "merged": 1, "new": 1}),
        ((2563, 2564), {"kept": 43}),
        ((2564, 2565), {"kept": 39, "renamed": 3, "new": 1, "retired": 1}),
        ((2565, 2566), {"kept": 31, "renamed": 4, "merged": 2, "new": 6, "retired": 4}),
        ((2566, 2567), {"kept": 23, "renamed": 9, "merged": 1, "new": 2, "retired": 9}),
        ((2567, 2568), {"kept": 19, "renamed": 4, "merged": 5, "retired": 2}),
        ((2568, 2569), {"kept": 11, "renamed": 13, "merged": 1, "new": 1, "retired": 2}),
    ],
)
def test_crosswalk_has_its_numbers_of_rows(pair: tuple[int, int], counts: dict[str, int]) -> None:
    rows = crosswalk(f"ita-{pair[0]}", f"ita-{pair[1]}").rows
    found = {relation.value: sum(row.relation is relation for row in rows) for relation in Relation}
    assert {relation: count for relation, count in found.items() if count} == counts


def test_complaint_statistics_are_followed_through_eight_years() -> None:
    steps = chain("complaints.corruption.statistics", "ita-2562", "ita-2569")
    assert [step.codes for step in steps] == [("O31",)] * 4 + [("O29",), ("O24",), ("O19",), ("O18",)]


def test_complaint_statistics_are_found_by_any_years_code() -> None:
    assert chain("O18", "ita-2569", "ita-2562")[-1].codes == ("O31",)
    assert chain("O29", "ita-2566", "ita-2568")[-1].codes == ("O19",)


def test_second_kind_of_assessment_uses_the_same_lasting_keys() -> None:
    lpa = load("lpa-2569")
    known = {item.key for year in YEARS for item in _ita(year).items}
    assert {item.key for item in lpa.items} <= known
    assert (lpa.kind, lpa.status) == ("lpa", Status.DRAFT)
    assert {basis.certainty for _, basis in lpa.facts()} == {Certainty.RECALL}
