"""The files of open data: which there are, where they stand, and their bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from prongsai.comparison import tables
from prongsai.comparison.figures import Figures
from prongsai.portal.data import FORMS, data_file
from prongsai.portal.model import DataTable
from prongsai.portal.stage import Made


@dataclass(frozen=True, slots=True)
class Listed:
    """A table of open data as pages tell of it. files: form → address."""

    title: str
    files: tuple[tuple[str, str], ...]


def data_files(figures: Figures) -> Iterator[Made]:
    """Give every data file: the nation's, each year's, each province's part of each year."""
    for address, table in _national(figures):
        yield from _forms(address, table)
    for province in figures.nation.provinces:
        for year in figures.nation.years:
            if figures.group(year, "", province.code):
                address = _province_address(province.code, year)
                yield from _forms(address, tables.results(figures, year, province.code))


def _national(figures: Figures) -> Iterator[tuple[str, DataTable]]:
    for year in figures.nation.years:
        yield f"data/results-{year}", tables.results(figures, year)
    yield "data/summaries", tables.summaries(figures)
    yield "data/losses", tables.losses(figures)
    yield "data/problems", tables.problems(figures.nation)
    yield "data/sources", tables.sources(figures.nation)


def _province_address(code: str, year: int) -> str:
    return f"p/{code}/results-{year}"


def _forms(address: str, table: DataTable) -> Iterator[Made]:
    return (Made(f"{address}.{form}", partial(data_file, table, form)) for form in FORMS)


def listed(figures: Figures, province: str = "") -> list[Listed]:
    """List the tables of the nation, or of a province."""
    if not province:
        named = [(address, _TITLES.get(address, "")) for address in _addresses(figures)]
    else:
        years = [year for year in figures.nation.years if figures.group(year, "", province)]
        named = [(_province_address(province, year), f"ผลการประเมินปี {year}") for year in years]
    return [Listed(title or _year_title(at), tuple((form, f"{at}.{form}") for form in FORMS)) for at, title in named]


def _addresses(figures: Figures) -> tuple[str, ...]:
    return (*(f"data/results-{year}" for year in figures.nation.years), *_TITLES)


_TITLES = {
    "data/summaries": "ค่าเฉลี่ยและระดับ ทั้งประเทศ รายจังหวัด รายประเภท",
    "data/losses": "ข้อและตัวชี้วัดที่เสียคะแนน ทั้งประเทศและรายจังหวัด",
    "data/problems": "ข้อขัดแย้งและข้อสังเกตทั้งหมด",
    "data/sources": "ตารางต้นทาง",
}


def _year_title(address: str) -> str:
    return f"ผลการประเมินทุกหน่วยงาน ปี {address.rpartition('-')[2]}"
