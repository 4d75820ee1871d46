"""The heat map as a table to take away, under the same rule as the page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from prongsai.registers.sheets import csv_text, workbook
from prongsai.registers.tables import Table
from prongsai.web.mentor.access import Desk, mentoring
from prongsai.web.mentor.forms.looking import HeatForm
from prongsai.web.mentor.queries.heat import Row, every_row, head_of
from prongsai.web.mentor.queries.sight import LEAST, Wanted, Year
from prongsai.web.mentor.views.looking import asked
from prongsai.web.ui.templatetags.ui import thai_time

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
HEAD = ("รหัส อปท.", "หน่วยงาน", "ประเภท", "จังหวัด", "อำเภอ", "พร้อม (ร้อยละ)", "ข้อที่ครบ", "ข้อทั้งหมด", "ข้อที่เลยกำหนด")
TAIL = ("ณ",)


@mentoring
@require_safe
def heat_sheet(request: HttpRequest, desk: Desk, form: str) -> HttpResponse:
    """Give every agency that passes the filters as csv or xlsx."""
    found = asked(request, desk, lambda _year, places, data: HeatForm(places, data))
    if form not in FORMS or found is None:
        raise Http404
    table = sheet_of(desk, found.year, found.form.wanted, request.GET.get("order", ""))
    title = f"ความพร้อมรายข้อ {found.year.framework.fiscal_year_be}"
    content = workbook([table], title=title) if form == "xlsx" else csv_text(table)
    disposition = content_disposition_header(True, f"{title}.{form}") or "attachment"
    return HttpResponse(content, content_type=FORMS[form], headers={"Content-Disposition": disposition})


def sheet_of(desk: Desk, year: Year, wanted: Wanted, order: str) -> Table:
    """Give the map as a table; the last row says how many agencies have each item complete, where it may be told."""
    rows = tuple(map(_printed, every_row(desk, year, wanted, order)))
    head = head_of(desk, year, wanted, len(rows))
    items = tuple(f"{item.code} {item.title_th}" for item in head.items)
    told = tuple(map(str, head.tallies)) or ("",) * len(items)
    words = "จำนวนหน่วยงานที่ครบ" if head.tallies else f"ไม่แสดงผลรวมของกลุ่มที่น้อยกว่า {LEAST} แห่ง"
    last = ("", words, *("",) * (len(HEAD) - 2), *told, "")
    numeric = (*(False,) * 5, *(True,) * 4, *(False,) * (len(items) + 1))
    return Table((*HEAD, *items, *TAIL), (*rows, last), (*HEAD, *items, *TAIL), numeric)


def _printed(row: Row) -> tuple[str, ...]:
    one = row.standing
    cells = (f"{each.met}/{each.elements}{' เลยกำหนด' if each.is_late else ''}" if each else "" for each in row.cells)
    agency = one.agency
    place = (agency.code, agency.name, str(agency.get_kind_display()), agency.province, agency.district)
    counts = (one.ready_pct, one.complete, one.items, one.late_items)
    return (*place, *map(str, counts), *cells, thai_time(one.at))
