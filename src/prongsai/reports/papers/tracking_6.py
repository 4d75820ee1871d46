"""The report on how measures were followed up over half a year, with its cover."""

from prongsai.documents.model import Document
from prongsai.reports.load import sample_data
from prongsai.reports.papers import tracking
from prongsai.reports.papers.given import report_from_json
from prongsai.reports.papers.options import USUAL, Options
from prongsai.reports.read import recognise
from prongsai.reports.records import Report

__all__ = ["NAME", "TITLE_TH", "compose", "from_json", "recognise", "sample", "to_json"]

NAME = "tracking-6"
TITLE_TH = "รายงานกำกับติดตามมาตรการ รอบ ๖ เดือน"
MONTHS = 6
from_json = report_from_json
to_json = Report.to_json


def sample() -> Report:
    """Give the records of a made-up municipality."""
    return from_json(sample_data(NAME))


def compose(report: Report, options: Options = USUAL) -> Document:
    """Compose the paper. Raises RecordsInvalid for records without topics or with a period of another length."""
    return tracking.compose(report, options, MONTHS)
