"""Which year's assessment a paper is held against."""

from prongsai.frameworks.load import library, load
from prongsai.frameworks.model import Framework

KIND = "ita"


def level_names(fiscal_year_be: int | None) -> tuple[str, ...]:
    """Name the levels that a paper of a year may state: its year's, and those of the year whose scores it prints."""
    years = (fiscal_year_be, fiscal_year_be - 1 if fiscal_year_be else None)
    return tuple(dict.fromkeys(level.name_th for year in years for level in framework_of(year).levels))


def framework_of(fiscal_year_be: int | None, *, kind: str = KIND) -> Framework:
    """Give the framework of a fiscal year, or of the nearest year that has one; the newest when no year is known."""
    years = {entry.fiscal_year_be: entry.id for entry in library() if entry.kind == kind and entry.fiscal_year_be}
    wanted = fiscal_year_be or max(years)
    return load(years[min(years, key=lambda year: (abs(year - wanted), -year))])
