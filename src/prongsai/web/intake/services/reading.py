"""From the bytes of a file to what it says: a paper with its problems, or a table of scores."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prongsai.documents.model import Document
from prongsai.documents.read import read_content
from prongsai.errors import FileUnusable, Problem, ScoresUnusable
from prongsai.reports.catalogue import guess, paper_kind
from prongsai.reports.lint.run import lint
from prongsai.reports.read import recognise
from prongsai.reports.records import Agency, Kind, Overall, Report
from prongsai.reports.year import framework_of
from prongsai.scoring.read import read_scores
from prongsai.scoring.scores import Scores
from prongsai.thai.agencies import same_agency
from prongsai.thai.numerals import to_arabic

_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SHEET_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
_YEAR_IN_NAME = re.compile(r"25\d\d")
_SCORED_YEAR = re.compile(r"ประเมิน.{0,260}?(?:งบประมาณ|ประจำปี)\s*(?:พ\.?\s?ศ\.?)?\s*(25\d\d)")
_NAMED_MAX = 5


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was read. scores: of a score file, whose report is empty. scores_year_be: of the scores it prints.

    scores_text: the words with the total. guess_th: the form that a paper without records is most like.
    """

    report: Report
    problems: tuple[Problem, ...]
    scores: Scores | None = None
    scores_year_be: int | None = None
    guess_th: str = ""
    scores_text: str = ""


def read_paper(name: str, content: bytes, *, agency: str) -> Paper:
    """Read a file as the paper that it is, or as scores of an agency.

    Everything but plain text is read in a process of its own, under limits. Raises FileUnusable and LimitExceeded,
    ScoresUnusable for score files of nobody here; each says so in Thai, with the mend.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _of_scores(name, content, agency)
    document = read_content(content, name)
    report = recognise(document)
    if not report.rows and _is_sheet(name, content):
        try:
            return _of_scores(name, content, agency)
        except ScoresUnusable:  # a table of something else; what reading said of it stands
            pass
    said = _said(document, report)
    problems = lint(document, report, framework_of(report.fiscal_year_be))
    kind = guess(document) if report.document_type is Kind.UNKNOWN else None
    return Paper(
        report,
        problems,
        scores_year_be=_scored_year(said, report),
        scores_text=said,
        guess_th=paper_kind(kind).title_th if kind else "",
    )


def _is_sheet(name: str, content: bytes) -> bool:
    return content.startswith(_SHEETS) or name.lower().endswith(_SHEET_SUFFIXES)


def _of_scores(name: str, content: bytes, agency: str) -> Paper:
    with tempfile.TemporaryDirectory(prefix="prongsai-") as folder:
        path = Path(folder) / (Path(name).name or "scores")
        path.write_bytes(content)
        scores = _ours(name, read_scores(path), agency)
    found = _YEAR_IN_NAME.search(to_arabic(name))
    year = int(found.group()) if found else None
    return Paper(_empty(name, year, scores), scores.problems, scores, year)


def _ours(name: str, many: Sequence[Scores], agency: str) -> Scores:
    named = [each for each in many if each.agency and same_agency(each.agency, agency)]
    if len(named) == 1:
        return named[0]
    if len(many) == 1:
        return many[0]  # whose it is stands on the page, with a warning when it is another's
    names = ", ".join(dict.fromkeys(each.agency or "–" for each in many[:_NAMED_MAX]))
    raise FileUnusable(
        f"{name} has scores of {len(many)} agencies, of this one {len(named)}",
        message_th=f"ไฟล์ {name} มีคะแนนของหลายหน่วยงาน ({names} …) แต่หาชุดเดียวที่เป็นของ{agency}ไม่ได้",
        mend_th="ตัดให้เหลือแถวของหน่วยงานนี้เพียงชุดเดียว แล้วนำเข้าใหม่",
    )


def _empty(name: str, year: int | None, scores: Scores) -> Report:
    return Report(
        file=name, document_type=Kind.SCORE_TABLE, agency=Agency(scores.agency, None, None), fiscal_year_be=year,
        report_period=None, memo=None, deadline=None, signatories=(), announced=None, overall=Overall(None, None),
        indicators=(), rows=(), printed_rows=0, problems=(), confidence=1.0, needs_person=False, reasons=(),
    )  # fmt: skip


def _said(document: Document, report: Report) -> str:
    """Give the line that states the total."""
    place = report.overall.where
    return next((line.text for line in document.paragraphs() if place.line and line.where == place), "")


def _scored_year(said: str, report: Report) -> int | None:
    """Tell the year of the scores: as the total's line says, else the paper's, beside measures the year before."""
    found = _SCORED_YEAR.search(to_arabic(said))
    if found:
        return int(found.group(1))
    year = report.fiscal_year_be
    return year - 1 if year and report.rows else year
