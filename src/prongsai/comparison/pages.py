"""The pages of the explorer: the nation, years, provinces, agencies, contradictions, data, method."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from prongsai.comparison.charts import bars, shares, trend
from prongsai.comparison.datafiles import listed
from prongsai.comparison.figures import Figures, Loss, Place, Summary
from prongsai.comparison.model import Agency, Result
from prongsai.comparison.render import Press
from prongsai.comparison.tables import contradictions_of, problems_by_table
from prongsai.errors import Problem, Severity
from prongsai.portal.addresses import index
from prongsai.portal.stage import Made
from prongsai.thai.numerals import to_thai
from prongsai.thai.places import Province

CUT = 200
"""Contradictions on a page."""
LOSSES_DRAWN = 10
ROOT = ("ทั้งประเทศ", "index.html")
PROVINCES = ("รายจังหวัด", index("p"))


def agency_path(key: str) -> str:
    """Give the path of an agency's page; it is made of what stays: its code, or where it is and what it is called."""
    return f"a/{key}"


def province_path(province: Province) -> str:
    """Give the path of a province's page."""
    return f"p/{province.code}"


# --- the nation and its years ---------------------------------------------------------------------------------------
def nation_page(press: Press) -> Made:
    """Give the page of the nation: trend, levels, kinds, provinces."""
    figures, years = press.figures, press.nation.years
    return _page(
        press,
        "nation.html",
        "",
        "ผลการประเมิน ITA ขององค์กรปกครองส่วนท้องถิ่น",
        section="nation",
        rows=[(year, figures.summary(year)) for year in years],
        trend=_trend_of_kinds(figures, "", "คะแนนเฉลี่ยทั้งประเทศ"),
        levels=_levels(figures, "", "ระดับผลการประเมินทั้งประเทศ"),
        kinds=_by_kind(figures, ""),
        losses=_losses(figures, ""),
        provinces=[_province_line(figures, one) for one in press.nation.provinces],
        contradictions=sum(one.severity is Severity.ERROR for _, one in problems_by_table(press.nation)),
    )


def year_pages(press: Press) -> Iterator[Made]:
    """Give a page a year: levels by kind, provinces in the order of their means, what is lost."""
    figures = press.figures
    for year in press.nation.years:
        lines = [(one, figures.summary(year, "", one.code)) for one in press.nation.provinces]
        known = [line for line in lines if line[1].mean is not None]
        yield _page(
            press,
            "year.html",
            f"year/{year}",
            f"ผลการประเมินปีงบประมาณ พ.ศ. {to_thai(str(year))}",
            section="nation",
            crumbs=(ROOT,),
            year=year,
            framework=press.nation.frameworks.get(year),
            whole=figures.summary(year),
            names=figures.level_names(year),
            kinds=[(kind, summary) for kind in figures.kinds if (summary := figures.summary(year, kind)).count],
            chart=_levels_by_kind(figures, year),
            provinces=sorted(known, key=lambda line: -(line[1].mean or Decimal(0))),
            losses=_losses(figures, "", year),
        )


def _trend_of_kinds(figures: Figures, province: str, title: str) -> str:
    means = [figures.summary(year, "", province).mean for year in figures.nation.years]
    return trend(figures.nation.years, [("ทุกประเภท", means)], title=title)


def _levels(figures: Figures, province: str, title: str) -> str:
    rows = []
    for year in figures.nation.years:
        counts = figures.summary(year, "", province).levels
        names = figures.level_names(year)
        rows.append((to_thai(str(year)), [(name, counts.get(code, 0)) for code, name in names.items()]))
    return shares(rows, title=title)


def _levels_by_kind(figures: Figures, year: int) -> str:
    names, rows = figures.level_names(year), []
    for kind in figures.kinds:
        counts = figures.summary(year, kind).levels
        rows.append((_SHORT.get(kind, kind), [(name, counts.get(code, 0)) for code, name in names.items()]))
    return shares(rows, title=f"ระดับผลการประเมินแยกตามประเภท ปี {to_thai(str(year))}")


_SHORT = {
    "องค์การบริหารส่วนจังหวัด": "อบจ.",
    "เทศบาลนคร": "ทน.",
    "เทศบาลเมือง": "ทม.",
    "เทศบาลตำบล": "ทต.",
    "องค์การบริหารส่วนตำบล": "อบต.",
    "เมืองพัทยา": "พัทยา",
}


def _by_kind(figures: Figures, province: str) -> list[tuple[str, list[Summary]]]:
    rows = [(kind, [figures.summary(year, kind, province) for year in figures.nation.years]) for kind in figures.kinds]
    return [row for row in rows if any(summary.count for summary in row[1])]


@dataclass(frozen=True, slots=True)
class Losses:
    """What is lost in a year, drawn and listed. what: item, indicator, or nothing where no table tells."""

    year: int
    what: str
    found: tuple[Loss, ...]
    chart: str


def _losses(figures: Figures, province: str, year: int | None = None) -> Losses | None:
    """Give what is lost in a year, by default the newest of which tables tell."""
    for each in [year] if year else reversed(figures.nation.years):
        what, found = figures.losses(each, province)
        if what == "item":
            rows = [(f"{one.code} {one.title}", one.lost_pct) for one in found[:LOSSES_DRAWN]]
            title = f"ข้อที่หน่วยงานไม่ได้คะแนนเต็มมากที่สุด ปี {to_thai(str(each))}"
            return Losses(each, what, found, bars(rows, title=title, unit="%"))
        if what:
            rows = [(f"{one.code} {one.title}", one.mean) for one in found[:LOSSES_DRAWN]]
            title = f"ตัวชี้วัดที่คะแนนเฉลี่ยต่ำที่สุด ปี {to_thai(str(each))}"
            return Losses(each, what, found, bars(rows, title=title))
    return None


# --- provinces ------------------------------------------------------------------------------------------------------
def _province_line(figures: Figures, province: Province) -> tuple[Province, str, list[Summary]]:
    years = figures.nation.years
    return province, index(province_path(province)), [figures.summary(year, "", province.code) for year in years]


def provinces_page(press: Press) -> Made:
    """Give the list of provinces, in the order of their names."""
    lines = [_province_line(press.figures, one) for one in sorted(press.nation.provinces, key=lambda one: one.name)]
    return _page(press, "provinces.html", "p", "ผลการประเมินรายจังหวัด", section="provinces", lines=lines, crumbs=(ROOT,))


def province_pages(press: Press) -> Iterator[Made]:
    """Give a page a province: trend, levels, what it loses, its agencies ranked within their kind."""
    figures = press.figures
    by_province: dict[str, list[Agency]] = {}
    for agency in press.nation.agencies.values():
        by_province.setdefault(agency.named.province.code, []).append(agency)
    for province in press.nation.provinces:
        yield _page(
            press,
            "province.html",
            province_path(province),
            f"จังหวัด{province.name}" if province.code != "10" else province.name,
            section="provinces",
            crumbs=(ROOT, PROVINCES),
            province=province,
            rows=[(year, figures.summary(year, "", province.code)) for year in press.nation.years],
            nation_rows={year: figures.summary(year) for year in press.nation.years},
            trend=trend(
                press.nation.years,
                [
                    (f"จังหวัด{province.name}", [figures.summary(y, "", province.code).mean for y in press.nation.years]),
                    ("ทั้งประเทศ", [figures.summary(y).mean for y in press.nation.years]),
                ],
                title=f"คะแนนเฉลี่ยของจังหวัด{province.name}เทียบกับทั้งประเทศ",
            ),
            levels=_levels(figures, province.code, f"ระดับผลการประเมินของจังหวัด{province.name}"),
            losses=_losses(figures, province.code),
            national={one.code: one for one in (_losses(figures, "") or _NO_LOSSES).found},
            groups=list(_ranked(figures, by_province[province.code])),
            files=listed(press.figures, province.code),
        )


_NO_LOSSES = Losses(0, "", (), "")


@dataclass(frozen=True, slots=True)
class Standing:
    """An agency in the table of its province. totals: by year; place: in the newest year it has a total in."""

    agency: Agency
    address: str
    totals: tuple[Result | None, ...]
    level: str
    place: Place | None
    is_contradicted: bool


def _ranked(figures: Figures, agencies: Sequence[Agency]) -> Iterator[tuple[str, list[Standing]]]:
    """Give agencies by kind, the highest total of the newest year first; those without one last, by name."""
    newest = figures.nation.years[-1]
    for kind in figures.kinds:
        found = [_standing(figures, one, newest) for one in agencies if one.named.kind.name == kind]
        found.sort(key=lambda one: (one.place is None, one.place.rank if one.place else 0, one.agency.name))
        if found:
            yield kind, found


def _standing(figures: Figures, agency: Agency, newest: int) -> Standing:
    results = {one.year_be: one for one in figures.nation.of_agency(agency.key)}
    now = results.get(newest)
    return Standing(
        agency,
        index(agency_path(agency.key)),
        tuple(results.get(year) for year in figures.nation.years),
        figures.level_names(newest).get(now.checked.level, "") if now else "",
        figures.place(now, in_province=True) if now else None,
        any(contradictions_of(one) for one in results.values()),
    )


# --- agencies -------------------------------------------------------------------------------------------------------
def agency_pages(press: Press) -> Iterator[Made]:
    """Give a page an agency: totals, ranks, indicators and items by year."""
    for agency in press.nation.agencies.values():
        at = index(agency_path(agency.key))
        yield Made(at, partial(_agency, press, agency, at))


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an agency."""

    result: Result
    level: str
    in_nation: Place | None
    in_province: Place | None
    problems: tuple[Problem, ...]


def _agency(press: Press, agency: Agency, at: str) -> bytes:
    figures, province = press.figures, agency.named.province
    years = [_year(figures, one) for one in figures.nation.of_agency(agency.key)]
    totals = {one.result.year_be: one.result.total for one in years}
    return press.set(
        "agency.html",
        at=at,
        title=agency.name,
        section="provinces",
        crumbs=(ROOT, PROVINCES, (province.name, index(province_path(province)))),
        agency=agency,
        province=province,
        results=years,
        trend=trend(
            press.nation.years,
            [(agency.name, [totals.get(year) for year in press.nation.years])],
            title=f"คะแนนรวมของ{agency.name}",
        ),
        indicators=_lasting(figures, years, "indicators"),
        items=_lasting(figures, years, "items"),
        address=index(province_path(province)),
    )


def _year(figures: Figures, result: Result) -> Year:
    return Year(
        result,
        figures.level_names(result.year_be).get(result.checked.level, ""),
        figures.place(result, in_province=False),
        figures.place(result, in_province=True),
        contradictions_of(result),
    )


@dataclass(frozen=True, slots=True)
class Lasting:
    """An indicator or item over years by its lasting key. cells: code of the year and score, None where it was none."""

    title: str
    cells: tuple[tuple[str, Decimal | None] | None, ...]


def _lasting(figures: Figures, years: Sequence[Year], what: str) -> list[Lasting]:
    """Set indicators or items of several years beside each other, only where their lasting key is the same."""
    told = [one for one in years if getattr(one.result.checked, what)]
    titles: dict[str, str] = {}
    columns: list[dict[str, tuple[str, Decimal | None]]] = []
    for year in told:
        framework = figures.nation.frameworks[year.result.year_be]
        things = framework.top_indicators() if what == "indicators" else framework.items
        scores = getattr(year.result.checked, what)
        columns.append({one.key: (one.code, scores.get(one.code)) for one in things})
        titles |= {one.key: getattr(one, "title_th", "") or getattr(one, "name_th", "") for one in things}
    return [Lasting(title, tuple(column.get(key) for column in columns)) for key, title in titles.items()]


# --- lists ----------------------------------------------------------------------------------------------------------
def contradiction_pages(press: Press) -> Iterator[Made]:
    """Give the list of contradictions, cut into pages that a slow line bears."""
    nation = press.nation
    found = [(at, one) for at, one in problems_by_table(nation) if one.severity is Severity.ERROR]
    pieces = [found[at : at + CUT] for at in range(0, len(found), CUT)] or [[]]
    counts: dict[str, int] = {}
    for _, one in problems_by_table(nation):
        if one.severity is not Severity.ERROR:
            counts[one.code] = counts.get(one.code, 0) + 1
    for number, piece in enumerate(pieces, 1):
        yield _page(
            press,
            "contradictions.html",
            contradictions_path(number),
            "ข้อขัดแย้งในตารางที่เผยแพร่",
            section="contradictions",
            crumbs=(ROOT,),
            rows=[(nation.tables[at], at + 1, one) for at, one in piece],
            total=len(found),
            number=number,
            pages=[(page, index(contradictions_path(page))) for page in range(1, len(pieces) + 1)],
            remarks=sorted(counts.items()),
        )


def contradictions_path(number: int) -> str:
    """Give the path of a page of contradictions."""
    return "contradictions" if number == 1 else f"contradictions/{number}"


def method_page(press: Press) -> Made:
    """Give the page of method and sources: where each table came from, when, its hash, what it was held against."""
    shown: dict[int, int] = {}
    for result in press.nation.results.values():
        shown[result.table] = shown.get(result.table, 0) + 1
    lines = [(at + 1, table, shown.get(at, 0)) for at, table in enumerate(press.nation.tables)]
    title = "วิธีการและแหล่งที่มา"
    return _page(press, "method.html", "method", title, section="method", crumbs=(ROOT,), lines=lines)


def data_page(press: Press) -> Made:
    """Give the page of open data: every file of the nation, with what its columns mean."""
    files = listed(press.figures)
    return _page(press, "data.html", "data", "ข้อมูลเปิด", section="data", crumbs=(ROOT,), files=files)


def missing_page(press: Press) -> Made:
    """Give what a server shows where nothing is found."""
    at = "404.html"
    return Made(at, partial(press.set, "missing.html", at=at, title="ไม่พบหน้านี้"))


def _page(press: Press, template: str, path: str, title: str, **given: object) -> Made:
    at = index(path)
    return Made(at, partial(press.set, template, at=at, title=title, **given))  # type: ignore[arg-type]
