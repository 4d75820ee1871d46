"""The main job as one readable page: HTML that needs nothing else, on a screen, a phone or paper."""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, select_autoescape

from prongsai import __version__
from prongsai.errors import Severity
from prongsai.reports.job import Job
from prongsai.reports.labels import KIND_TH, SEVERITY_TH
from prongsai.thai.dates import format_date


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("prongsai.reports"), autoescape=select_autoescape(default=True), trim_blocks=True
    )
    environment.filters["thai_date"] = lambda day: format_date(day) if day else "—"
    environment.filters["severity_th"] = SEVERITY_TH.__getitem__
    environment.filters["kind_th"] = KIND_TH.__getitem__
    return environment


def page(job: Job) -> str:
    """Give the page of a job."""
    without = sum(not line.has_measure for line in job.plan.lines)
    counts = {severity: sum(problem.severity is severity for problem in job.problems) for severity in Severity}
    return (
        _environment()
        .get_template("job.html")
        .render(job=job, counts=counts, without=without, version=__version__, severities=list(Severity))
    )
