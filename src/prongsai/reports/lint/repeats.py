"""Rules about things printed twice or under the wrong head: codes, pages, issues, indicators, advice, numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from prongsai.documents.model import Paragraph, Table
from prongsai.errors import Problem, Severity, Where
from prongsai.frameworks.match import match_item
from prongsai.frameworks.model import Framework, Issue
from prongsai.reports.lint.issues import (
    HEADING_LENGTH_MAX,
    TITLE_FITS,
    Section,
    content_issue,
    likeness,
    named_issue,
    sections,
    speaks_of,
)
from prongsai.reports.lint.rule import Paper, Say, rule
from prongsai.reports.records import Gap, IndicatorPlan, Measure, Record
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, fold


def _gaps(paper: Paper) -> list[Gap]:
    return [row for row in paper.report.rows if isinstance(row, Gap)]


def _name(row: Record) -> str:
    """Give the words by which a person finds a row."""
    if isinstance(row, Gap):
        return collapse(f"{row.code or ''} {row.title}")[:90]
    if isinstance(row, Measure):
        return row.measure[:90]
    return (row.name if isinstance(row, IndicatorPlan) else row.topic)[:90]


# ---------------------------------------------------------------- item codes and pages

ADVICE_LENGTH_MIN = 40
SAME_ADVICE = 95


@rule(
    "CODE_REUSED",
    Severity.ERROR,
    summary="One item code stands for two different items.",
    summary_th="รหัสข้อเดียวใช้กับสองรายการที่ต่างกัน",
    mend="Give each item the code of the year's list.",
    mend_th="แก้รหัสข้อให้ตรงกับรายการของปี",
)
def code_reused(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell each code once, and which codes the year's list gives to the titles."""
    by_code: dict[str, list[Gap]] = defaultdict(list)
    for gap in _gaps(paper):
        if gap.code:
            by_code[gap.code].append(gap)
    for code, gaps in by_code.items():
        if len(gaps) > 1:
            likely = [(gap, _likely_code(paper.framework, gap)) for gap in gaps]
            hints = [f"{gap.title[:40]} → {found}" for gap, found in likely if found and found != code]
            yield say(
                gaps[1].origin.where,
                f"Code {code} stands for {len(gaps)} items.{' By title: ' + '; '.join(hints) if hints else ''}",
                f"รหัส {code} ใช้กับ {len(gaps)} รายการ{' เทียบชื่อแล้วน่าจะเป็น ' + ' และ '.join(hints) if hints else ''}",
                *(gap.title[:90] for gap in gaps),
            )


def _likely_code(framework: Framework, gap: Gap) -> str | None:
    found = match_item(framework, None, gap.title)
    return found[0].code if found else None


@rule(
    "DUPLICATE_PAGE",
    Severity.WARNING,
    summary="A page is printed twice; its rows were merged.",
    summary_th="หน้าเดียวกันพิมพ์ซ้ำ ระบบรวมแถวไว้แล้ว",
    mend="Remove one of the pages; where they differ, keep what is right.",
    mend_th="เอาหน้าที่ซ้ำออก ส่วนที่ต่างกันให้เก็บที่ถูกต้อง",
)
def duplicate_page(paper: Paper, say: Say) -> Iterator[Problem]:
    """Tell rows merged from neighbouring lines as one page."""
    page: list[Record] = []
    for row in (row for row in paper.report.rows if row.origin.variants):
        if page and not _follows(page[-1], row):
            yield _page(say, page)
            page = []
        page.append(row)
    if page:
        yield _page(say, page)


def _again(row: Record) -> int:
    return row.origin.lines[-len(row.origin.variants)]


def _follows(before: Record, after: Record) -> bool:
    return 0 < _again(after) - _again(before) <= 3


def _page(say: Say, rows: Sequence[Record]) -> Problem:
    lines = "; ".join(", ".join(map(str, row.origin.lines)) for row in rows)
    first = rows[0].origin.where
    return say(
        Where(first.file, _again(rows[0])),
        f"{len(rows)} rows are printed twice (lines {lines}).",
        f"มี {len(rows)} แถวพิมพ์ซ้ำ (บรรทัด {lines})",
        *(_name(row) for row in rows),
    )


def _same_advice(first: str, second: str) -> bool:
    """Whether two folded texts are one but for a letter or two; another year or round makes them two."""
    return fuzz.ratio(first, second) >= SAME_ADVICE and re.findall(r"\d", first) == re.findall(r"\d", second)


@rule(
    "RECOMMENDATION_REPEATED",
    Severity.WARNING,
    summary="An item carries the advice of its neighbour word for word.",
    summary_th="ข้อเสนอแนะซ้ำกับของข้อข้างเคียงคำต่อคำ",
    mend="Write advice that closes the gap of this very item.",
    mend_th="เขียนข้อเสนอแนะที่แก้จุดอ่อนของข้อนี้โดยเฉพาะ",
)
def recommendation_repeated(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare each item with the one before it; short advice may well be the same."""
    gaps = _gaps(paper)
    for before, after in zip(gaps, gaps[1:], strict=False):
        first, second = (fold(" ".join(gap.recommendations)) for gap in (before, after))
        if len(first) >= ADVICE_LENGTH_MIN and _same_advice(first, second):
            yield say(
                after.origin.where,
                f"The advice of {after.code or 'this item'} is that of {before.code or 'the item before'}.",
                f"ข้อเสนอแนะของข้อ {after.code or '?'} ซ้ำกับข้อ {before.code or '?'}",
                " ".join(after.recommendations)[:120],
            )


# ---------------------------------------------------------------- issues


@rule(
    "DUP_ISSUE_TITLE",
    Severity.ERROR,
    summary="Two issues carry the same title.",
    summary_th="สองประเด็นใช้ชื่อเดียวกัน",
    mend="Give each issue its own title.",
    mend_th="แก้ชื่อประเด็นให้ถูกต้อง",
)
def dup_issue_title(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare titles of issues with different numbers."""
    first: dict[str, Section] = {}
    for section in sections(paper):
        if section.no is None or not section.title:
            continue
        before = first.setdefault(fold(section.title), section)
        if before.no != section.no:
            yield say(
                section.where,
                f"Issues {before.no} and {section.no} carry the same title.",
                f"ประเด็นที่ {before.no} และ {section.no} ใช้ชื่อเดียวกัน",
                f"ประเด็นที่ {before.no} {before.title}",
                f"ประเด็นที่ {section.no} {section.title}",
            )


@rule(
    "ISSUE_TITLE_CONTENT_MISMATCH",
    Severity.ERROR,
    summary="The title over some measures is that of another issue.",
    summary_th="ชื่อประเด็นไม่ตรงกับเลขประเด็นหรือเนื้อหาของมาตรการ",
    mend="Correct the title or the number, or move the measures.",
    mend_th="แก้ชื่อหรือเลขประเด็น หรือย้ายมาตรการ",
)
def issue_title_content_mismatch(paper: Paper, say: Say) -> Iterator[Problem]:
    """Hold number, title and measures against the issues of the year; a garbled title alone is no mismatch."""
    issues = {issue.no: issue for issue in paper.framework.issues}
    for section in sections(paper):
        own = issues.get(section.no or 0)
        named = named_issue(section.title, own, paper.framework)
        if own and named and named.no != own.no:
            yield _title_problem(say, paper.framework, section, own, named)
        elif own and section.title:
            content = content_issue(section, paper.framework, own)
            if content:
                yield say(
                    section.rows[0].origin.where,
                    f"The measures under issue {own.no} speak of issue {content.no}.",
                    f"มาตรการในประเด็นที่ {own.no} เป็นเรื่องของประเด็นที่ {content.no} {content.name_th}",
                    section.rows[0].measure[:90],
                )


def _title_problem(say: Say, framework: Framework, section: Section, own: Issue, named: Issue) -> Problem:
    text = fold(" ".join(row.measure for row in section.rows))
    fits_own = speaks_of(text, framework, own)
    right = own if fits_own or not speaks_of(text, framework, named) else named
    what = "title" if right is own else "number"
    what_th = f"ชื่อควรเป็น “{own.name_th}”" if right is own else f"เลขประเด็นควรเป็น {named.no}"
    return say(
        section.rows[0].origin.where,
        f"Issue {own.no} carries the title of issue {named.no}; its measures fit {right.no}: the {what} is wrong.",
        f"ประเด็นที่ {own.no} ใช้ชื่อของประเด็นที่ {named.no} ทั้งที่เนื้อหาเป็นเรื่องของประเด็นที่ {right.no} {what_th}",
        section.title,
        section.rows[0].measure[:90],
    )


# ---------------------------------------------------------------- headings and titles of indicators

_INDICATOR_HEADING = re.compile(r"^ตัวชี้วัดที่\s*(\d{1,2})(?!\d)(?!\.\d)\s*(.*)$")


def _headings_over_tables(paper: Paper) -> Iterator[tuple[Paragraph, Table]]:
    """Give each short line of running text right above a table."""
    for before, after in zip(paper.document.printed, paper.document.printed[1:], strict=False):
        if isinstance(before, Paragraph) and isinstance(after, Table) and len(before.text) <= HEADING_LENGTH_MAX:
            yield before, after


@rule(
    "ISSUE_HEADING_MISMATCH",
    Severity.WARNING,
    summary="The heading over a table names another indicator than its rows.",
    summary_th="หัวเรื่องเหนือตารางระบุตัวชี้วัดไม่ตรงกับแถวในตาราง",
    mend="Correct the heading, or move the rows under their own.",
    mend_th="แก้หัวเรื่อง หรือย้ายแถวไปไว้ใต้หัวเรื่องที่ถูกต้อง",
)
def issue_heading_mismatch(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare number and title of the heading with the rows of the table right under it."""
    by_table: dict[int | None, list[IndicatorPlan]] = defaultdict(list)
    for row in paper.report.rows:
        if isinstance(row, IndicatorPlan):
            by_table[row.origin.where.table].append(row)
    for heading, table in _headings_over_tables(paper):
        hit = _INDICATOR_HEADING.match(to_arabic(heading.text))
        rows = by_table.get(table.where.table, [])
        if hit and rows and not _heads(int(hit[1]), hit[2], rows):
            yield say(
                heading.where,
                f"The heading names indicator {hit[1]}; the rows are of {', '.join(str(row.no) for row in rows)}.",
                f"หัวเรื่องระบุตัวชี้วัดที่ {hit[1]} แต่ในตารางเป็นตัวชี้วัดที่ {' '.join(str(row.no) for row in rows)}",
                collapse(heading.text),
                *(f"ตัวชี้วัดที่ {row.no} {row.name}" for row in rows),
            )


def _heads(number: int, title: str, rows: Sequence[IndicatorPlan]) -> bool:
    return all(row.no == number and (not title.strip() or likeness(title, row.name) >= TITLE_FITS) for row in rows)


@rule(
    "INDICATOR_TITLE_VARIANT",
    Severity.INFO,
    summary="The title of an indicator differs from that of the year's list.",
    summary_th="ชื่อตัวชี้วัดต่างจากชื่อในกรอบการประเมินของปี",
    mend="Use the title of the year's list.",
    mend_th="ใช้ชื่อตัวชี้วัดตามกรอบของปี",
)
def indicator_title_variant(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare by number; white space and digit style do not matter."""
    for number, title, where in _titled(paper):
        indicator = paper.framework.indicator(str(number))
        if indicator and fold(title) not in {fold(name) for name in (indicator.name_th, *indicator.aliases)}:
            yield say(
                where,
                f"Indicator {number} is called {indicator.name_th} in the year's list.",
                f"ตัวชี้วัดที่ {number} ในกรอบของปีชื่อ “{indicator.name_th}”",
                title,
            )


def _titled(paper: Paper) -> Iterator[tuple[int, str, Where]]:
    """Give number, title and place of each indicator that is printed with a title; of plans first."""
    seen: set[int] = set()
    for row in paper.report.rows:
        if isinstance(row, IndicatorPlan) and row.no is not None and row.name:
            seen.add(row.no)
            yield row.no, row.name, row.origin.where
    for score in paper.report.indicators:
        if score.no not in seen and score.title:
            yield score.no, score.title, score.where


@rule(
    "SECTION_HEADING_REPEATED",
    Severity.INFO,
    summary="A heading is printed again over the next page of its table.",
    summary_th="หัวเรื่องพิมพ์ซ้ำเมื่อขึ้นหน้าใหม่",
    mend="Nothing to mend; the rows belong together.",
    mend_th="ไม่ต้องแก้ แถวทั้งหมดอยู่ในเรื่องเดียวกัน",
)
def section_heading_repeated(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare each line right above a table with the one above the table before."""
    last = ""
    for heading, _ in _headings_over_tables(paper):
        text = fold(heading.text)
        if text == last:
            yield say(
                heading.where,
                "The heading is printed again on a page break.",
                "หัวเรื่องพิมพ์ซ้ำเมื่อขึ้นหน้าใหม่",
                collapse(heading.text),
            )
        last = text


# ---------------------------------------------------------------- rows and their numbers


@rule(
    "CONTINUATION_ROW",
    Severity.INFO,
    summary="A row goes on over a page break; its parts were joined.",
    summary_th="แถวต่อข้ามหน้า ระบบรวมไว้เป็นแถวเดียว",
    mend="Nothing to mend; check that the lists go on where they should.",
    mend_th="ไม่ต้องแก้ แต่ควรตรวจว่ารายการต่อกันถูกต้อง",
)
def continuation_row(paper: Paper, say: Say) -> Iterator[Problem]:
    """Note each row that was printed in parts."""
    for row in paper.report.rows:
        lines = row.origin.lines
        if len(lines) > 1 and not row.origin.variants:
            yield say(
                replace(row.origin.where, line=lines[1], row=None, column=None),
                f"This row stands on lines {', '.join(map(str, lines))}.",
                f"แถวนี้พิมพ์ต่อกันที่บรรทัด {', '.join(map(str, lines))}",
                _name(row),
            )


def _number(row: Measure) -> int | None:
    found = re.match(r"\d{1,3}", to_arabic(row.seq or "").strip(" ("))
    return int(found[0]) if found else None


@rule(
    "SEQ_REPEATED",
    Severity.WARNING,
    summary="Two measures of one issue carry the same running number.",
    summary_th="มาตรการสองรายการในประเด็นเดียวกันใช้ลำดับเดียวกัน",
    mend="Number the measures of an issue in order.",
    mend_th="เรียงลำดับมาตรการในประเด็นใหม่",
)
def seq_repeated(paper: Paper, say: Say) -> Iterator[Problem]:
    """Compare the running numbers inside each issue."""
    for section in sections(paper):
        first: dict[int, Measure] = {}
        for row in section.rows:
            number = _number(row)
            if number is not None and first.setdefault(number, row) is not row:
                yield say(
                    row.origin.where,
                    f"Number {number} occurs again in issue {section.no or '-'}.",
                    f"ลำดับ {number} ซ้ำในประเด็นที่ {section.no or '-'}",
                    _name(first[number]),
                    _name(row),
                )


@rule(
    "SEQ_RESTARTS",
    Severity.INFO,
    summary="The running number begins again in each issue: it is unique only with the number of the issue.",
    summary_th="ลำดับเริ่มใหม่ในแต่ละประเด็น จึงต้องอ้างคู่กับเลขประเด็น",
    mend="Nothing to mend; cite a measure by issue and number.",
    mend_th="ไม่ต้องแก้ แต่ให้อ้างมาตรการด้วยเลขประเด็นคู่กับลำดับ",
)
def seq_restarts(paper: Paper, say: Say) -> Iterator[Problem]:
    """Note it once a paper."""
    found = sections(paper)
    opened = [section for section in found if section.no is not None and _number(section.rows[0]) == 1]
    if len(opened) > 1:
        yield say(
            opened[1].rows[0].origin.where,
            f"The running number begins at 1 in {len(opened)} issues.",
            f"ลำดับเริ่มที่ ๑ ใหม่ใน {len(opened)} ประเด็น",
            " | ".join(", ".join(row.seq or "-" for row in section.rows) for section in opened),
            arithmetic=" + ".join(str(len(section.rows)) for section in found),
        )
