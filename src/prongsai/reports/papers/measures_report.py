"""The report on measures: memo with its chain of opinions, announcement, and the tables that the records call for.

Rows decide the tables: measures (seven columns, or six with the owners under notes and a score table), indicators with
three boxes, topics followed up, gaps. What a report does not hold is left out: without a memo it starts with its title.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document, Picture, Style
from prongsai.reports import gap_memo, indicator_plan, measures_report, score_table, tracking_report
from prongsai.reports.charts import progress_bars
from prongsai.reports.load import sample_data
from prongsai.reports.papers import shell
from prongsai.reports.papers.given import report_from_json
from prongsai.reports.papers.lines import set_lines
from prongsai.reports.papers.official import ASKS, lines_of
from prongsai.reports.papers.options import USUAL, Closing, Options
from prongsai.reports.read import recognise
from prongsai.reports.records import Gap, IndicatorPlan, Measure, ProgressStatus, Report, Tracking
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import display_width

__all__ = ["NAME", "TITLE_TH", "compose", "from_json", "recognise", "sample", "to_json"]

NAME = "measures-report"
TITLE_TH = "รายงานผลการดำเนินการตามมาตรการ"
OWNERS_MAX, OWNER_WIDTH_MAX = 12, 28  # what a chart has room for
_WORK = "การดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"
_TITLE = f"รายงานผล{_WORK}"
_LAWS = "ข้อกฎหมายและระเบียบ"
_LAWS_HEAD = re.compile(rf"[0-9๐-๙]{{1,2}}\.\s*{_LAWS}")
_HEAD = re.compile(r"[0-9๐-๙]{1,2}\.\s+\S")
_NUMBERED = re.compile(r"[0-9๐-๙]{1,2}\.[0-9๐-๙]{1,2}\.?\s+(?=\S)")
from_json = report_from_json
to_json = Report.to_json


def sample() -> Report:
    """Give the records of a made-up municipality."""
    return from_json(sample_data(NAME))


def compose(report: Report, options: Options = USUAL) -> Document:
    """Compose the paper: memo and announcement upright, tables across. RecordsInvalid for records without rows."""
    if not report.rows:
        raise shell.records_unfit(f"rows: {NAME} needs rows", f"rows: {NAME} ต้องมีแถวอย่างน้อยหนึ่งแถว")
    parts = shell.Parts(
        _TITLE,
        body=[*shell.titles(report, _TITLE), *body(report, options)],
        memo=list(_memo_body(report, options)),
        announced=list(_announcement(report)),
    )
    return shell.put_together(report, parts)


def body(report: Report, options: Options) -> Iterator[Block]:
    """Give what the records hold: stated total, scores, and the tables of the rows."""
    yield from shell.overall_line(report, options.scores_year_be)
    if report.indicators and not _are_scores_in_plans(report):
        yield paragraph("ผลคะแนนรายตัวชี้วัด", Style.HEADING)
        yield score_table.compose(report.indicators, report.previous, year_be=options.scores_year_be)
    yield from tables(report, options)
    yield from options.charts or ()


def tables(report: Report, options: Options) -> Iterator[Block]:
    """Set every row of the records in the table of its kind."""
    gaps, measures, plans, topics = (
        [row for row in report.rows if isinstance(row, kind)] for kind in (Gap, Measure, IndicatorPlan, Tracking)
    )
    if gaps:
        yield gap_memo.compose([row for row in gaps if isinstance(row, Gap)], report.fiscal_year_be)
    if measures:
        yield from measures_report.compose([row for row in measures if isinstance(row, Measure)], options.layout)
    if plans:
        yield paragraph("แนวทางการยกระดับผลการประเมินรายตัวชี้วัด", Style.HEADING)
        found = [row for row in plans if isinstance(row, IndicatorPlan)]
        yield indicator_plan.compose(found)
        yield from progress(found) if options.charts is None else ()
    if topics:
        yield tracking_report.compose([row for row in topics if isinstance(row, Tracking)], report.fiscal_year_be)


def progress(plans: Sequence[IndicatorPlan]) -> tuple[Picture, ...]:
    """Draw how far the indicators are, together and by owner; nothing where no state is known.

    An indicator of several owners counts for each. Owners are left out where they are too many or their names too long.
    """
    known = [plan for plan in plans if plan.status]
    if not known:
        return ()
    whole = f"ทราบสถานะ {len(known)} จาก {len(plans)}" if len(known) < len(plans) else f"รวม {len(known)}"
    owners = list(dict.fromkeys(owner for plan in known for owner in plan.responsible))
    if len(owners) > OWNERS_MAX or any(display_width(owner) > OWNER_WIDTH_MAX for owner in owners):
        owners = []
    rows = {owner: _states([plan for plan in known if owner in plan.responsible]) for owner in owners}
    rows[to_thai(f"{whole} ตัวชี้วัด")] = _states(known)
    return (progress_bars(rows, title="ความคืบหน้าการดำเนินการรายตัวชี้วัด"),)


def _states(plans: Sequence[IndicatorPlan]) -> dict[str, int]:
    count = Counter(plan.status for plan in plans)
    return {state.value: count[state] for state in ProgressStatus}


def _are_scores_in_plans(report: Report) -> bool:
    """Whether the scores are those of the indicator rows, which print them in their titles."""
    in_plans = score_table.from_plans([row for row in report.rows if isinstance(row, IndicatorPlan)])
    return [(one.no, one.score) for one in in_plans] == [(one.no, one.score) for one in report.indicators]


def _memo_body(report: Report, options: Options) -> Iterator[Block]:
    """Print the numbered heads of a staff paper; that on laws only with laws."""
    heads = [("เรื่องเดิม", [_before(report)]), ("ข้อเท็จจริง", [_facts(report)])]
    heads += [(_LAWS, list(options.laws))] if options.laws else []
    heads.append(("ข้อพิจารณา", [_proposal(report)]))
    for number, (head, texts) in enumerate(heads, 1):
        numbered = [to_thai(f"{number}.{place} ") + text for place, text in enumerate(texts, 1)]
        yield from set_lines([to_thai(f"{number}. ") + head, *(numbered if len(texts) > 1 else texts)])
    yield from shell.deadline_line(report, "ทั้งนี้ ขอให้ส่วนราชการที่เกี่ยวข้องดำเนินการให้แล้วเสร็จ")
    yield shell.closing_line(options.closing or Closing.CONSIDER)


def read_laws(document: Document) -> tuple[str, ...]:
    """Read the laws and rules that the memo of a paper of any format names; none where it has no such head."""
    lines = lines_of(document)
    start = next((at for at, line in enumerate(lines) if _LAWS_HEAD.fullmatch(line)), len(lines))
    named = takewhile(lambda line: not (_HEAD.match(line) or line.startswith(ASKS)), lines[start + 1 :])
    return tuple(_NUMBERED.sub("", line, count=1) for line in named)


def _before(report: Report) -> str:
    return f"{shell.agency_of(report)}ได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน{shell.of_year(report)} ไว้แล้ว"


def _facts(report: Report) -> str:
    parts = [
        shell.counted(number, what)
        for kind, what in ((Measure, "มาตรการ"), (IndicatorPlan, "ตัวชี้วัด"), (Tracking, "เรื่อง"), (Gap, "ข้อ"))
        if (number := sum(isinstance(row, kind) for row in report.rows))
    ]
    told = f"รวม {' '.join(parts)} " if parts else ""
    return f"ส่วนราชการเจ้าของเรื่องได้รวบรวมผล{_WORK}{shell.of_year(report)} {told}รายละเอียดปรากฏตามรายงานที่แนบมาพร้อมบันทึกนี้"


def _proposal(report: Report) -> str:
    told = f"เห็นควรเสนอรายงานผล{_WORK}{shell.of_year(report)} เพื่อทราบผลและใช้ปรับปรุงการดำเนินงานต่อไป"
    more = " และพิจารณาลงนามในประกาศที่เสนอมาพร้อมกันนี้ เพื่อเผยแพร่ให้ประชาชนทราบโดยทั่วกัน"
    return told + more if shell.is_announced(report) else told


def _announcement(report: Report) -> Iterator[Block]:
    agency, year = shell.agency_of(report), shell.of_year(report)
    subject = (report.memo.subject if report.memo else None) or f"{_TITLE}{year}"
    texts: Sequence[str] = (
        f"ตามที่{agency}ได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน{year} และได้ดำเนินการตามมาตรการดังกล่าว นั้น",
        f"{agency}จึงขอประกาศรายงานผล{_WORK}{year} รายละเอียดปรากฏตามเอกสารแนบท้ายประกาศนี้",
    )
    yield from shell.announcement(report, subject, texts)
