"""Which year's assessment a paper is held against."""

from prongsai.frameworks.load import library, load
from prongsai.frameworks.model import Framework

KIND = "ita"


def framework_of(fiscal_year_be: int | None, *, kind: str = KIND) -> Framework:
    """Give the framework of a fiscal year, or of the nearest year that has one; the newest when no year is known."""
    years = {entry.fiscal_year_be: entry.id for entry in library() if entry.kind == kind and entry.fiscal_year_be}
    wanted = fiscal_year_be or max(years)
    return load(years[min(years, key=lambda year: (abs(year - wanted), -year))])
