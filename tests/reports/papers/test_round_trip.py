"""What is composed is read back equal: samples of every kind, the clean samples, the real documents, and random ones."""

import importlib
import json
import random
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.documents.plain import plain
from prongsai.reports.from_json import records_from_json
from prongsai.reports.measures_report import Layout
from prongsai.reports.papers import measures_report, tracking_6
from prongsai.reports.papers.options import Options
from prongsai.reports.read import read_report
from prongsai.reports.records import DatedText, IndicatorPlan, Report, Tracking
from prongsai.reports.score_table import from_plans
from tests.conftest import PROVE
from tests.reports.papers.same import same_records

KINDS = (
    "gap_memo",
    "measures_announcement",
    "measures_report",
    "tracking_6",
    "tracking_12",
    "score_report",
    "memo",
    "letter",
    "announcement",
)
CLEAN = Path(__file__).resolve().parents[3] / "samples" / "clean"
PAPERS = sorted(path.name for path in CLEAN.glob("*.txt"))
REAL = ("000", "001", "002", "003", "004")


def _kind(name: str) -> ModuleType:
    return importlib.import_module(f"prongsai.reports.papers.{name}")


def _again(report: Report, layout: Layout = Layout.SEVEN) -> Report:
    return measures_report.recognise(plain(measures_report.compose(report, Options(layout=layout))))


@lru_cache(maxsize=8)
def _clean(name: str) -> Report:
    return read_report(CLEAN / name)


@pytest.mark.parametrize("name", KINDS)
def test_sample_of_every_kind_is_read_back_equal(name: str) -> None:
    kind = _kind(name)
    records = kind.sample()
    assert same_records(records, kind.recognise(plain(kind.compose(records)))) == []


@pytest.mark.parametrize("name", KINDS)
def test_sample_of_every_kind_goes_through_json(name: str) -> None:
    kind = _kind(name)
    records = kind.sample()
    printed = json.loads(json.dumps(kind.to_json(records), ensure_ascii=False))
    assert same_records(records, kind.from_json(printed)) == []


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_name_and_a_thai_title_of_its_own(name: str) -> None:
    kind = _kind(name)
    assert name.replace("_", "-") == kind.NAME
    assert kind.compose(kind.sample()).title != ""
    assert len({_kind(other).TITLE_TH for other in KINDS}) == len(KINDS)


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", PAPERS)
def test_clean_sample_is_composed_and_read_back_equal(name: str, layout: Layout) -> None:
    assert same_records(_clean(name), _again(_clean(name), layout)) == []


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("number", REAL)
def test_real_document_is_composed_and_read_back_equal(shared: Path, number: str, layout: Layout) -> None:
    report = read_report(next((shared / "samples").glob(f"{number}_*.txt")))
    assert same_records(report, _again(report, layout)) == []


@pytest.mark.parametrize("number", REAL)
def test_records_of_a_real_document_go_through_the_json_that_read_prints(shared: Path, number: str) -> None:
    report = read_report(next((shared / "samples").glob(f"{number}_*.txt")))
    printed = json.loads(json.dumps(report.to_json(), ensure_ascii=False))
    assert records_from_json(printed).to_json() == report.to_json()


def _mutated(report: Report, chance: random.Random) -> Report:
    """Drop rows, shorten, turn and repeat lists, empty fields, put notes where there were none."""
    rows = []
    for row in report.rows:
        if chance.random() < 0.3:
            continue
        change: dict[str, object] = {}
        for entry in fields(row):
            value = getattr(row, entry.name)
            if entry.name in ("period", "notes", "seq", "prior_action", "score") and chance.random() < 0.2:
                change[entry.name] = None
            elif entry.name in ("responsible", "units"):
                change[entry.name] = value[: chance.randint(0, 3)]
            elif (
                isinstance(value, tuple)
                and value
                and isinstance(value[0], str)
                and entry.name != "ticked"
                and chance.random() < 0.25
            ):
                change[entry.name] = chance.choice([(), value[:1], value[1:], value[::-1], value + value[:1]])
        if "notes" in {entry.name for entry in fields(row)} and chance.random() < 0.3:
            change["notes"] = chance.choice(
                ["อยู่ระหว่างดำเนินการ", "กองคลัง", "ใช้งบประมาณ ๑๐,๐๐๐ บาท", "ผู้รับผิดชอบร่วม กองช่าง"]
            )
        if isinstance(row, Tracking) and "steps" in change:
            count = len(change["steps"])  # type: ignore[arg-type]
            change["step_numbers"] = tuple(range(1, count + 1)) if chance.random() < 0.7 else ()
        rows.append(replace(row, **change))
    plans = [row for row in rows if isinstance(row, IndicatorPlan)]
    if len(plans) != len([row for row in report.rows if isinstance(row, IndicatorPlan)]) or plans:
        report = replace(report, indicators=from_plans(plans))
    return replace(report, rows=tuple(rows), signatories=report.signatories[: chance.randint(0, 6)])


@given(st.integers(0, 10**9), st.sampled_from(PAPERS), st.sampled_from(list(Layout)))
@settings(max_examples=2000 if PROVE else 25)
def test_random_records_are_read_back_equal(seed: int, name: str, layout: Layout) -> None:
    report = _mutated(_clean(name), random.Random(seed))
    if report.rows:
        assert same_records(report, _again(report, layout)) == []


def test_work_that_is_not_done_yet_keeps_its_place_among_dates() -> None:
    report = tracking_6.sample()
    row = report.rows[0]
    assert isinstance(row, Tracking)
    done = (row.done[0], DatedText("อยู่ระหว่างดำเนินการ", None), row.done[2])
    changed = replace(report, rows=(replace(row, done=done), *report.rows[1:]))
    assert same_records(changed, tracking_6.recognise(plain(tracking_6.compose(changed)))) == []
