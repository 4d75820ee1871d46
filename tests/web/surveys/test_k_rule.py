"""No figure about fewer than k people, on any page or file of results, nor by putting any of them together.

Surveys are made up, answered and counted as in an office: groups of which some are small, several months, questions
passed over, questions asked under a condition. The test alone knows who answered what. It collects every figure of every
way to narrow the page and of every file, works out on whom it rests, and then looks for a group of 1 to k-1 people.

A figure is a number that is printed of a question, of an aspect or of all. It rests

- as a count or a share, on everybody of the group and the months that it is told of (its base, printed beside it). That
  two of twelve chose an option says how the twelve answered; it is no figure about the two, of whom nothing else is told:
  answers are never crossed, neither with each other nor with who answered;
- as a mean, deviation, interval or score, on those among them who had an opinion (n, printed beside it).

Of one question, figures may be added, taken from each other, and taken from everybody: all who are counted, whose number
is printed too (the agency as a whole). What comes out rests on the people that are in the one and not in the other, or in
neither. The search goes over all pairs, and over the parts into which all bases together cut everybody, of which whatever
sums and differences give is made. A base that cannot be named by groups and months, or that is not what the people of it
said, is a fault too.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.questionnaires.model import Aspect, Kind, Question, QuestionType, Section, ShownIf, Words
from prongsai.questionnaires.sheet import Sheet
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.surveys.models import Survey
from tests.conftest import PROVE
from tests.web.surveys import asked, counted

pytestmark = pytest.mark.django_db
K = 5
SEEDS = range(40 if PROVE else 3)
KEYS = ("s1", "s2", "s3")
Who = frozenset[int]


def text(kind: Kind):
    """Three questions, one asked of those who were not content, one about who answers."""
    usual = asked.text(kind)
    aspect = {"aspect": "staff"} if kind is Kind.SATISFACTION else {"indicator": "duty"}
    main = (
        counted.scaled("s1", "หนึ่ง", is_required=False, **aspect),
        counted.scaled("s2", "สอง", is_required=False, reversed=True, **aspect),
        counted.scaled("s3", "สาม", is_required=False, shown_if=ShownIf(question="s1", answers=("1", "2"))),
    )
    why = Question(
        key="sex", type=QuestionType.SINGLE, text=Words(th="เพศ"), options=usual.about[0].options, is_required=False
    )
    sections = (
        Section(key="main", title=Words(th="หลัก"), questions=main),
        Section(key="you", title=Words(th="ท่าน"), is_about=True, questions=(why,)),
    )
    aspects = (Aspect(key="staff", name=Words(th="คน")),) if kind is Kind.SATISFACTION else ()
    return usual.model_copy(update={"sections": sections, "aspects": aspects})


class Office:
    """A survey that was answered and counted, and who answered what. People are numbered; cells: as they are stored."""

    def __init__(self, agency: Agency, seed: int, kind: Kind) -> None:
        picked = random.Random(seed)
        is_monthly = not kind.is_practice
        names = ["ก", "ข", "ค"][: picked.randint(2, 3)]
        self.survey = counted.opened(agency, text(kind), names, is_monthly=is_monthly)
        self.groups = list(self.survey.groups.all())
        self.sheets: list[Sheet] = []
        self.cells: list[tuple[int, int | None]] = []
        for month in range(1, 1 + (picked.randint(2, 3) if is_monthly else 1)):
            self._month(picked, month)

    def _month(self, picked: random.Random, month: int) -> None:
        sizes = {group.pk: picked.choice((0, 2, 4, 5, 6, 8)) for group in self.groups} | {
            None: picked.choice((0, 1, 5))
        }
        if sum(sizes.values()) < K:
            sizes[None] = K
        shy = {key: picked.choice((0.0, 0.3, 0.8)) for key in (*KEYS, "sex")}
        by_pk = {group.pk: group for group in self.groups}
        given = [(self._sheet(picked, shy), group) for group, n in sizes.items() for _ in range(n)]
        counted.counted(self.survey, [(sheet, by_pk.get(group)) for sheet, group in given])
        stored = self._stored(sizes)
        self.sheets += [sheet for sheet, _group in given]
        self.cells += [(month, group if group in stored else None) for _sheet, group in given]

    def _stored(self, sizes: dict[int | None, int]) -> set[int]:
        """The groups that stay groups, by the rule as it is told to people, worked out a second time."""
        if self.survey.is_practice:
            return set()
        large = {group: n for group, n in sizes.items() if group is not None and n >= K}
        if 0 < sum(sizes.values()) - sum(large.values()) < K and large:
            large.pop(min(large, key=lambda group: (large[group], group)))
        return set(large)

    @staticmethod
    def _sheet(picked: random.Random, shy: dict[str, float]) -> Sheet:
        def one(key: str) -> str:
            return picked.choice(("", "na")) if picked.random() < shy[key] else picked.choice("12345")

        rated = {key: value for key in ("s1", "s2") if (value := one(key))}
        if rated.get("s1") in ("1", "2") and (value := one("s3")):
            rated["s3"] = value
        return Sheet(rated, {"sex": picked.choice("fm")} if picked.random() > shy["sex"] else {}, {})

    # --- what is true -----------------------------------------------------------------------------------------------
    @property
    def everybody(self) -> Who:
        return frozenset(range(len(self.sheets)))

    def among(self, group: str, count: str) -> list[Who]:
        """The cells that a page is narrowed to."""
        cells = defaultdict(set)
        for person, (month, stored) in enumerate(self.cells):
            if count in ("", str(month)) and group in ("", "rest" if stored is None else str(stored)):
                cells[month, stored].add(person)
        return [frozenset(one) for one in cells.values()]

    def opinions(self, who: Who, key: str) -> Who:
        return frozenset(one for one in who if self.answer(one, key) not in ("", "na"))

    def answer(self, person: int, key: str) -> str:
        sheet = self.sheets[person]
        return str(sheet.about.get(key, "") if key == "sex" else sheet.rated.get(key, ""))

    def chosen(self, who: Who, key: str) -> Counter[str]:
        return Counter(value for one in who if (value := self.answer(one, key)))


def ways(office: Office) -> Iterator[dict[str, str]]:
    """Every way to narrow, and some that are none."""
    groups = ["", "rest", *(str(one.pk) for one in office.groups)]
    counts = ["", *(str(month) for month in sorted({month for month, _group in office.cells})), "99"]
    yield from ({"group": group, "count": count} for group in groups for count in counts)


def files(client: Client, survey: Survey, way: dict[str, str]) -> tuple[dict, list[dict[str, str]], str]:
    def get(name: str, *more: str) -> bytes:
        answer = client.get(reverse(name, args=[survey.agency.code, survey.pk, *more]), way)
        assert answer.status_code == 200
        return answer.content

    table = csv.DictReader(io.StringIO(get("survey_results_export", "csv").decode("utf-8-sig")))
    return json.loads(get("survey_results_export", "json")), list(table), get("survey_results").decode()


class Search:
    """Every figure with the people it rests on: (question and kind of figure) → bases."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.bases: defaultdict[str, set[Who]] = defaultdict(set)

    def take(self, way: dict[str, str], told: dict) -> None:
        """Take the rows of a file: of what it is narrowed to, then of each group."""
        names = {one.name: str(one.pk) for one in self.office.groups}
        lines: defaultdict[tuple[str, str], list[dict]] = defaultdict(list)
        for row in told["rows"]:
            lines[row["part"], row["key"]].append(row)
        count = way["count"] if way["count"] != "99" else ""
        for (part, key), rows in lines.items():
            group = names.get(part) or {"ทั้งหมด": "", "ผู้ตอบ": ""}.get(part, "rest")
            if key in (*KEYS, "sex"):
                self._line(group, count, key, rows)

    def _line(self, group: str, count: str, key: str, rows: list[dict]) -> None:
        shares = [row for row in rows if row["item"] != "ค่าเฉลี่ย"]
        who = self._base(group, count, key, shares)
        self.bases[f"{key} share"].add(who)
        for row in (one for one in rows if one["item"] == "ค่าเฉลี่ย"):
            had = self.office.opinions(who, key)
            assert row["n"] == len(had)
            self.bases[f"{key} mean"].add(had)

    def _base(self, group: str, count: str, key: str, shares: list[dict]) -> Who:
        """Find the people: the union of cells that answered as it is printed. About who answers, months are the cells."""
        cells = self.office.among("" if key == "sex" else group, count)
        if key == "sex":
            cells = self._months(cells)
        printed = sorted(row["n"] for row in shares if row["n"] and row["item"] not in ("ไม่ตอบ", "ไม่ได้ถามเพราะเงื่อนไข"))
        fitting = [
            union for size in range(len(cells), 0, -1) for some in combinations(cells, size)
            if len(union := frozenset().union(*some)) == shares[0]["base"]
            and sorted(self.office.chosen(union, key).values()) == printed
        ]  # fmt: skip
        assert fitting, (key, shares)
        few = [one for one in cells if len(self.office.opinions(one, key)) < K]
        return next((one for one in fitting if not any(part <= one for part in few)), fitting[0])

    def _months(self, cells: list[Who]) -> list[Who]:
        months: defaultdict[int, set[int]] = defaultdict(set)
        for cell in cells:
            for person in cell:
                months[self.office.cells[person][0]].add(person)
        return [frozenset(one) for one in months.values()]

    def faults(self) -> list[tuple[str, Who]]:
        """Give what rests on 1 to k-1 people: pairs by difference, union and complement, and the smallest parts."""
        found = []
        for name, bases in self.bases.items():
            everybody = self.office.everybody if name.endswith("share") else frozenset().union(*bases)
            whole = sorted(bases | {everybody}, key=sorted)
            found += [(name, one) for one in whole if 0 < len(one) < K]
            for a, b in combinations(whole, 2):
                made = (a - b, b - a, a & b, a ^ b, everybody - (a | b), everybody - a, everybody - b)
                found += [(name, one) for one in made if 0 < len(one) < K]
            signs = Counter(tuple(person in base for base in whole) for person in everybody)
            found += [(name, frozenset()) for n in signs.values() if n < K]
        return found


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", [Kind.SATISFACTION, Kind.PRACTICE_IIT])
def test_no_figure_rests_on_few(agency: Agency, sign_in, kind: Kind, seed: int):
    office, client = Office(agency, seed, kind), sign_in(Role.COORDINATOR)
    search = Search(office)
    for way in ways(office):
        told, table, page = files(client, office.survey, way)
        search.take(way, told)
        assert [row["จำนวน (คน)"] for row in table] == [
            "" if row["n"] is None else str(row["n"]) for row in told["rows"]
        ]
        assert means(page) <= {row["mean"] for row in told["rows"] if row["mean"]}
    assert search.faults() == []
    for key in KEYS:  # and what may be told is told
        is_enough = any(len(office.opinions(cell, key)) >= K for cell in office.among("", ""))
        assert bool(search.bases[f"{key} share"]) == is_enough


def means(page: str) -> set[str]:
    """The means of the page's tables and lines, and scores of practice, as a file writes them."""
    arabic = page.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    found = re.findall(r"<strong>([0-9.]+)</strong> ในมาตรวัด", arabic)
    found += re.findall(r'data-head="(?:ค่าเฉลี่ย|ซ้อม)">([0-9]+\.[0-9]{2})', arabic)
    return set(found)


def test_search_finds_a_group_that_is_told_by_subtraction(agency: Agency):
    """The search itself is tried: a month beside the whole of which four people are missing is found."""
    office = Office(agency, 0, Kind.PRACTICE_IIT)
    search = Search(office)
    everybody = sorted(office.everybody)
    search.bases["s1 share"] = {frozenset(everybody[4:])}
    assert search.faults()
    search.bases["s1 share"] = {frozenset(everybody)}
    assert not search.faults()
