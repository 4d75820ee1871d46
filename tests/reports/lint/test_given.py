from datetime import date

from prongsai.errors import Severity
from prongsai.reports.lint.given import is_doubted, line_of, measures, period_of, short, softened, year_of
from prongsai.thai.fiscal import Span
from tests.reports.lint.looking import paper_of
from tests.reports.papers import MEASURE_HEAD, TITLE, tab

ROW = ("๑", "เผยแพร่ราคากลาง", "๑. เผยแพร่", "ไตรมาสที่ ๑", "กองคลัง", "๑. เผยแพร่แล้ว", "๑) โปร่งใสขึ้น")
YEAR = Span(date(2024, 10, 1), date(2025, 9, 30))


def test_period_is_the_stated_half_year() -> None:
    paper = paper_of(TITLE + "(๑ ตุลาคม ๒๕๖๗ – ๓๑ มีนาคม ๒๕๖๘)\n" + tab(MEASURE_HEAD, ROW))
    assert period_of(paper) == Span(date(2024, 10, 1), date(2025, 3, 31))
    assert year_of(paper) == YEAR


def test_period_outside_the_year_is_not_believed() -> None:
    paper = paper_of(TITLE + "(๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๘๐)\n" + tab(MEASURE_HEAD, ROW))
    assert period_of(paper) == YEAR


def test_paper_without_a_year_has_no_period() -> None:
    paper = paper_of("รายงานผลการดำเนินการ\n" + tab(MEASURE_HEAD, ROW))
    assert (year_of(paper), period_of(paper)) == (None, None)


def test_shifted_row_is_doubted_and_left_out() -> None:
    paper = paper_of(TITLE + tab(MEASURE_HEAD, ROW, ROW[1:]))
    assert [is_doubted(row) for row in paper.report.rows] == [False, True]
    assert measures(paper) == [paper.report.rows[0]]


def test_damaged_paper_softens_errors() -> None:
    sound = paper_of(TITLE + tab(MEASURE_HEAD, ROW))
    damaged = paper_of(TITLE + tab(MEASURE_HEAD, *[ROW[1:]] * 4))
    assert (softened(sound), softened(damaged)) == (None, Severity.WARNING)


def test_line_of_words_or_the_place_given() -> None:
    paper = paper_of(TITLE + "วันที่  ๙ ตุลาคม ๒๕๖๘\n")
    otherwise = paper.report.overall.where
    assert line_of(paper, "วันที่ ๙ ตุลาคม ๒๕๖๘", otherwise).line == 3
    assert line_of(paper, "วันที่ ๑๐ ตุลาคม ๒๕๖๘", otherwise) == otherwise
    assert line_of(paper, None, otherwise) == otherwise


def test_short_keeps_a_text_within_its_length() -> None:
    assert short("ก  ข") == "ก ข"
    assert short("ก" * 20, 10) == "ก" * 9 + "…"
