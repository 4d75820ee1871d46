"""Statistics and guideline on complaints on their way to the public: on which pages, with which files and tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from prongsai.reports.forms.complaint_parts import FEWER, HIDDEN, KEPT_BACK, NONE_TH
from prongsai.reports.forms.complaint_statistics import HALF_TH, ComplaintStatistics, Count
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Guideline, Tally
from prongsai.web.complaints.queries import proofs
from prongsai.web.complaints.queries.counts import statistics_of
from prongsai.web.cycles.models import ItemState
from prongsai.web.disclosure.models import Page, ReleaseFile, ReleaseState
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.letters import Place, places_showing

_TOTALS = (("total", "เรื่องทั้งหมด"), ("done", "แล้วเสร็จ"), ("pending", "อยู่ระหว่างดำเนินการ"), ("refused", "ไม่รับเรื่อง"))
_SPLIT = (("procurement", "จัดซื้อจัดจ้าง"), ("other", "ทุจริตอื่น"))
_KEPT_BACK_NOTE = f"{HIDDEN} จำนวนที่น้อยจนอาจทำให้ทราบตัวบุคคล จึงไม่เปิดเผย"
_REFUSED_NOTE = "เป็นส่วนหนึ่งของเรื่องที่แล้วเสร็จ"


# --- where to -------------------------------------------------------------------------------------------------------
def items_for_tally(scope: Scope, tally: Tally) -> list[ItemState]:
    """Give the items on whose pages somebody may show signed statistics."""
    return _mine(scope, proofs.items_of(scope.agency, proofs.STATISTICS, tally.fiscal_year_be))


def items_for_guideline(scope: Scope) -> list[ItemState]:
    """Give the items on whose pages somebody may show the guideline."""
    return _mine(scope, proofs.items_of(scope.agency, proofs.GUIDELINE))


def _mine(scope: Scope, items: Iterable[ItemState]) -> list[ItemState]:
    return [one for one in items if rights.may_publish(scope) or scope.can_change(one.unit_id)]


def may_publish_tally(scope: Scope, tally: Tally) -> bool:
    """Whether somebody may prepare the publication of signed statistics: of those that stand."""
    return tally.replaced_by_id is None and bool(items_for_tally(scope, tally))


def may_publish_guideline(scope: Scope, guideline: Guideline) -> bool:
    """Whether somebody may prepare the publication of an adopted guideline."""
    return guideline.edition > 0 and bool(items_for_guideline(scope))


def tally_places(tally: Tally) -> tuple[Place, ...]:
    """Give the pages that show signed statistics."""
    return places_showing(tally.agency, files_of(tally))


def guideline_places(guideline: Guideline) -> tuple[Place, ...]:
    """Give the pages that show a guideline."""
    return places_showing(guideline.agency, files_of(guideline))


def files_of(record: Tally | Guideline) -> tuple[int, ...]:
    """Give the keys of the papers of signed statistics or of a guideline."""
    names = ("pdf_id", "docx_id", "xlsx_id")
    return tuple(pk for name in names if (pk := getattr(record, name, None)))


# --- the table ------------------------------------------------------------------------------------------------------
def tables_for(page: Page) -> list[dict[str, Any]]:
    """Give the signed tables of a page on statistics of complaints: of the tally whose papers are in the making.

    None for other pages, and where no paper of a tally is shown: a table without the paper that it is signed on would
    be nobody's word. One query for other pages of items, none for pages without.
    """
    tally = _tally_of(page) if page.item_key == proofs.STATISTICS else None
    if tally is None:
        return []
    statistics = statistics_of(tally)
    return [table for table in (_year(statistics), _months(statistics), _categories(statistics)) if table["rows"]]


def _tally_of(page: Page) -> Tally | None:
    making = ReleaseFile.objects.filter(release__page=page).exclude(release__state=ReleaseState.APPROVED).order_by()
    shown = {pk for pair in making.values_list("file_id", "original_id") for pk in pair if pk}
    if not shown:
        return None
    own = Q(pdf__in=shown) | Q(docx__in=shown) | Q(xlsx__in=shown)
    found = Tally.objects.filter(own, agency=page.agency_id).select_related("agency", "signed_by")
    return found.order_by("-pk").first()


def _year(statistics: ComplaintStatistics) -> dict[str, Any]:
    period = f"ปีงบประมาณ พ.ศ. {statistics.fiscal_year_be}" + (f" {HALF_TH}" if statistics.is_half else "")
    counts = [_total(statistics, key) for key, _label in _TOTALS]
    note = NONE_TH if statistics.total == 0 else ""
    columns = [
        _column("period", "รอบ", "text"),
        *(_column(*one) for one in _TOTALS),
        _column("note", "หมายเหตุ", "text"),
    ]
    columns[4]["note"] = _REFUSED_NOTE
    return _table("complaints", "จำนวนเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", columns, [[period, *counts, note]])


def _total(statistics: ComplaintStatistics, key: str) -> str:
    count = getattr(statistics, key)
    if count is not None:
        return str(count)
    return FEWER if statistics.total is None else KEPT_BACK


def _months(statistics: ComplaintStatistics) -> dict[str, Any]:
    is_split = any(row.procurement is not None for row in statistics.months)
    columns = (*(_SPLIT if is_split else ()), *_TOTALS[:3])
    return _breakdown("complaints-by-month", "จำแนกรายเดือน", ("month", "เดือน"), columns, statistics.months)


def _categories(statistics: ComplaintStatistics) -> dict[str, Any]:
    title, first = "จำแนกตามประเภท", ("category", "ประเภทเรื่อง")
    return _breakdown("complaints-by-category", title, first, _TOTALS[:3], statistics.categories)


def _breakdown(
    key: str, title: str, first: tuple[str, str], counted: Sequence[tuple[str, str]], rows: Sequence[Count]
) -> dict[str, Any]:
    columns = [_column(*first, "text"), *(_column(*one) for one in counted), _column("note", "หมายเหตุ", "text")]
    told = [[to_thai(row.label), *(_cell(row, name) for name, _label in counted), _note(row)] for row in rows]
    return _table(key, title, columns, told)


def _cell(row: Count, name: str) -> str:
    count = getattr(row, name)
    return HIDDEN if count is None else str(count)


def _note(row: Count) -> str:
    return NONE_TH if row.total == 0 else ""


def _column(key: str, label: str, kind: str = "number") -> dict[str, str]:
    return {"key": key, "label": label, "type": kind, "note": _KEPT_BACK_NOTE if kind == "number" else ""}


def _table(key: str, title: str, columns: Sequence[Mapping[str, str]], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "head": [one["label"] for one in columns],
        "rows": [list(row) for row in rows],
        "numeric": [one["type"] == "number" for one in columns],
        "columns": [dict(one) for one in columns],
    }
