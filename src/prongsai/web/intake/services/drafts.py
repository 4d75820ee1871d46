"""The rows of an intake before they are saved: one a record, with the problems that stand in its place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from prongsai.errors import Problem, Severity, Where
from prongsai.frameworks.match import match_item
from prongsai.frameworks.model import Framework
from prongsai.reports.records import Gap, IndicatorPlan, IndicatorScore, Measure, Record, Report, Tracking, plain
from prongsai.reports.year import framework_of
from prongsai.scoring.scores import Scores, Section
from prongsai.thai.names import Person, PersonName, name_key, read_name, similar_names, split_people
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import fold
from prongsai.web.intake.models import RowKind
from prongsai.web.intake.services.reading import Paper

TITLE_MAX = 500
SIGNER, OWNER = "ผู้ลงนาม", "ผู้รับผิดชอบ"
ROW_CONFIDENCE_MIN = 0.75
# What the fields hold in which a value is saved.
LENGTHS: Mapping[str, int] = {
    "issue_title": 500, "seq": 20, "title": 500, "code": 20, "group": 500, "name": 500, "level": 60,
    "given_name": 100, "family_name": 100, "prefix": 40,
}  # fmt: skip
OWNER_MAX, UNITS_MAX, PERIOD_MAX = 300, 500, 300
_SAME_ITEM = (
    "ข้อเดียวกันมีในแถวอื่นของเอกสารนี้ด้วย",
    "เลือกว่าจะรวมเป็นประเด็นเดียวโดยเก็บข้อความไว้ทั้งสอง หรือแยกเป็นสองประเด็น",
)
_SAME_SEQ = ("ประเด็นเดียวกันมีมาตรการลำดับนี้ซ้ำในเอกสาร", "แก้ลำดับของแถวใดแถวหนึ่งก่อนรับ")
_TITLES = {Gap: "title", Measure: "measure", IndicatorPlan: "name", Tracking: "topic"}


@dataclass(slots=True)
class Draft:
    """A row to be. read: the record as JSON with its origin. lines: where in the file its problems stand."""

    kind: RowKind
    title: str
    read: dict[str, Any]
    lines: set[int] = field(default_factory=set)
    confidence: float = 1.0
    problems: list[Problem] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Any]:
        """What will be saved: the record without where it came from."""
        return {name: value for name, value in self.read.items() if name not in ("kind", "origin")}

    @property
    def is_clean(self) -> bool:
        """Whether it can be accepted without a look: nothing worse than a remark, and no doubt about its cells."""
        worse = any(problem.severity is not Severity.INFO for problem in self.problems)
        return not worse and self.confidence >= ROW_CONFIDENCE_MIN


def drafts_of(paper: Paper) -> tuple[list[Draft], list[Problem]]:
    """Give the rows of a paper, and the problems that stand in none of them."""
    report = paper.report
    drafts = [_of_record(row) for row in report.rows]
    drafts += _of_scores(paper)
    drafts += _of_people(report)
    rest = _placed(paper.problems, drafts)
    _add_own(drafts, report)
    return drafts, rest


def _of_record(row: Record) -> Draft:
    read: Any = {"kind": row.kind, **plain(row)}  # type: ignore[dict-item]  # a record is a mapping in JSON
    if isinstance(row, Tracking):
        read["step_numbers"] = list(row.step_numbers)
    title = str(getattr(row, _TITLES[type(row)]))
    code = row.code if isinstance(row, Gap) else None
    number = f"ตัวชี้วัดที่ {row.no}" if isinstance(row, IndicatorPlan) and row.no is not None else None
    named = " ".join(part for part in (code, number, title) if part)
    return Draft(RowKind(row.kind), named[:TITLE_MAX], read, set(row.origin.lines), row.origin.confidence)


# --- scores ---------------------------------------------------------------------------------------------------------


def _of_scores(paper: Paper) -> Iterator[Draft]:
    if paper.scores is not None:
        yield _score_draft(_of_file(paper.scores, paper.scores_year_be), paper.scores.where, set())
        return
    report = paper.report
    values = _stated(report.indicators, paper.scores_year_be)
    values |= {"overall": plain(report.overall.score), "level": report.overall.level}
    wheres = [report.overall.where, *(score.where for score in report.indicators)]
    lines = {where.line for where in wheres if where.line}
    if _has_scores(values):
        where = next((where for where in wheres if where.line), Where())
        draft = _score_draft(values, where, lines, report.indicators)
        if paper.scores_text:
            draft.read["origin"]["printed"] = {"คะแนนรวม": paper.scores_text} | draft.read["origin"]["printed"]
        yield draft
    before = _stated(report.previous, paper.scores_year_be - 1 if paper.scores_year_be else None)
    if _has_scores(before):
        yield _score_draft(before, report.previous[0].where, set(), report.previous)


def _stated(scores: Sequence[IndicatorScore], year: int | None) -> dict[str, Any]:
    return {
        "year_be": year,
        "overall": None,
        "level": None,
        "indicators": {str(one.no): plain(one.score) for one in scores if one.score is not None},
        "items": {},
        "instruments": {},
    }


def _of_file(scores: Scores, year: int | None) -> dict[str, Any]:
    values = _stated((), year)
    values["overall"] = plain(scores.overall.value) if scores.overall else None
    values["level"] = scores.level.text if scores.level else None
    framework = framework_of(year)
    for entry in scores.entries:
        section = entry.section or _section(framework, entry.code)
        if entry.value is not None:
            values[f"{section.value}s"][entry.code] = plain(entry.value)
    return values


def _section(framework: Framework, code: str) -> Section:
    if framework.item(code):
        return Section.ITEM
    known = {instrument.code for instrument in framework.instruments}
    return Section.INSTRUMENT if code in known else Section.INDICATOR


def _has_scores(values: Mapping[str, Any]) -> bool:
    return values["overall"] is not None or any(values[name] for name in ("indicators", "items", "instruments"))


def _score_draft(values: dict[str, Any], where: Where, lines: set[int], scores: Sequence[IndicatorScore] = ()) -> Draft:
    printed = {f"{one.no} {one.title or ''}".strip(): str(one.score) for one in scores if one.score is not None}
    year = values["year_be"]
    title = f"คะแนน ITA ปี {year}" if year else "คะแนน ITA (ยังไม่ทราบปี)"
    read = {"kind": "scores", **values, "origin": {"where": where.to_json(), "printed": printed}}
    draft = Draft(RowKind.SCORES, title, read, lines)
    if year is None:
        draft.problems.append(
            _own("SCORE_YEAR_UNKNOWN", Severity.WARNING, where, "ไม่ทราบว่าเป็นคะแนนของปีใด", "เลือกปีที่ประเมินก่อนรับ")
        )
    return draft


# --- people ---------------------------------------------------------------------------------------------------------


def _of_people(report: Report) -> Iterator[Draft]:
    """Give everybody named as a signer or owner once; different spellings are proposals of their own."""
    named: dict[str, Draft] = {}
    for name, position, where, part in _people(report):
        key = name_key(name)
        draft = named.get(key)
        if draft is None:
            named[key] = draft = _person_draft(name, where)
        _also(draft, name, position, where, part)
    yield from named.values()


def _people(report: Report) -> Iterator[tuple[PersonName, str, Where, str]]:
    for one in report.signatories:
        name = read_name(one.name)
        if name is not None:
            yield name, one.position or "", one.where, SIGNER
    for row in report.rows:
        for text in row.units if isinstance(row, Gap) else row.responsible:
            for person in split_people(text):
                yield person.name, person.position, row.origin.where, OWNER


def _person_draft(name: PersonName, where: Where) -> Draft:
    read = {
        "kind": "person", "prefix": name.title, "given_name": name.given, "family_name": name.surname, "position": "",
        "as": [], "origin": {"where": where.to_json(), "printed": {"ชื่อ": name.raw}, "places": []},
    }  # fmt: skip
    title = f"{name.title}{name.given} {name.surname}".strip()
    return Draft(RowKind.PERSON, title[:TITLE_MAX], read)


def _also(draft: Draft, name: PersonName, position: str, where: Where, part: str) -> None:
    read = draft.read
    read["position"] = read["position"] or position
    draft.lines |= {where.line} if where.line and part == SIGNER else set()
    read["as"] += [part] if part not in read["as"] else []
    read["origin"]["places"].append({"name": name.raw, "position": position, "where": where.to_json(), "as": part})


# --- problems -------------------------------------------------------------------------------------------------------


def _placed(problems: Iterable[Problem], drafts: Sequence[Draft]) -> list[Problem]:
    """Hang each problem on the row that it stands in; give those of the whole paper."""
    rest: list[Problem] = []
    for problem in problems:
        line = problem.where.line
        draft = next((one for one in drafts if line in one.lines), None) if line else None
        (draft.problems if draft else rest).append(problem)
    return rest


def _add_own(drafts: Sequence[Draft], report: Report) -> None:
    """Add what only shows when rows are to be saved: texts too long, the same thing twice, names that are alike."""
    for draft in drafts:
        draft.problems += _too_long(draft)
    gaps = [one for one in drafts if one.kind is RowKind.GAP]
    measures = [one for one in drafts if one.kind is RowKind.MEASURE]
    _mark_twice(gaps, _item_key(report), "SAME_ITEM_TWICE", *_SAME_ITEM)
    _mark_twice(measures, _seq_key, "SAME_SEQ_TWICE", *_SAME_SEQ)
    _mark_alike([one for one in drafts if one.kind is RowKind.PERSON])


def _too_long(draft: Draft) -> Iterator[Problem]:
    for name, value in draft.values.items():
        limit = PERIOD_MAX if name == "period" else LENGTHS.get(name)
        text = value.get("text", "") if name == "period" and value else value
        if limit and isinstance(text, str) and len(text) > limit:
            yield _long(draft, text, limit)
    for owner in draft.values.get("responsible") or ():
        if len(owner) > OWNER_MAX:
            yield _long(draft, owner, OWNER_MAX)
    units = ", ".join(draft.values.get("units") or ())
    if len(units) > UNITS_MAX:
        yield _long(draft, units, UNITS_MAX)


def _long(draft: Draft, text: str, limit: int) -> Problem:
    return _own(
        "TEXT_TOO_LONG", Severity.WARNING, _where(draft), f"ข้อความยาว {len(text)} ตัวอักษร เก็บได้ไม่เกิน {limit}",
        "ย่อหรือแบ่งข้อความก่อนรับ", (text[:80],),
    )  # fmt: skip


def _item_key(report: Report) -> Any:
    framework = framework_of(report.fiscal_year_be)

    def key(draft: Draft) -> str | None:
        matched = match_item(framework, draft.values["code"], draft.values["title"])
        return matched[0].key if matched else fold(f"{draft.values['code']} {draft.values['title']}")

    return key


def _seq_key(draft: Draft) -> tuple[int, str] | None:
    number, seq = draft.values["issue_no"], draft.values["seq"]
    return (number, to_arabic(seq).strip()) if number is not None and seq else None


def _mark_twice(drafts: Sequence[Draft], key: Any, code: str, message: str, mend: str) -> None:
    keys = [key(draft) for draft in drafts]
    count = Counter(one for one in keys if one is not None)
    for draft, one in zip(drafts, keys, strict=True):
        if one is not None and count[one] > 1:
            draft.problems.append(_own(code, Severity.WARNING, _where(draft), message, mend))


def _mark_alike(drafts: Sequence[Draft]) -> None:
    people = {draft.title: _as_person(draft) for draft in drafts}
    titles = {person.name.raw: title for title, person in people.items()}
    for group in similar_names(people.values()):
        names = {titles[name.raw] for name in group if name.raw in titles}
        for draft in drafts:
            others = sorted(names - {draft.title})
            if draft.title in names and others:
                draft.problems.append(_alike(draft, others))
    for draft in drafts:
        if not draft.values["position"]:
            message = "เอกสารไม่ได้บอกตำแหน่งของบุคคลนี้"
            draft.problems.append(_own("PERSON_WITHOUT_POSITION", Severity.INFO, _where(draft), message, "เติมตำแหน่ง"))


def _as_person(draft: Draft) -> Person:
    values = draft.values
    name = PersonName(values["prefix"], values["given_name"], values["family_name"], draft.title)
    return Person(name, values["position"], draft.title)


def _alike(draft: Draft, others: Sequence[str]) -> Problem:
    message = f"ชื่อคล้ายกับ {', '.join(others)} ในเอกสารเดียวกัน อาจเป็นคนเดียวกันที่พิมพ์ต่างกัน"
    mend = "ตรวจตัวสะกด แล้วเลือกว่าเป็นคนเดียวกันหรือเป็นคนใหม่ ระบบไม่รวมให้เอง"
    return _own("NAME_ALIKE", Severity.WARNING, _where(draft), message, mend, tuple(others))


def _where(draft: Draft) -> Where:
    return Where(**draft.read["origin"]["where"])


def _own(
    code: str, severity: Severity, where: Where, message_th: str, mend_th: str, evidence: tuple[str, ...] = ()
) -> Problem:
    return Problem(code, severity, message_th, message_th, where, evidence, mend_th=mend_th)
