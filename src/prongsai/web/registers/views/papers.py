"""An entry as a paper, and its files."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from prongsai.documents.model import Document
from prongsai.documents.write import render as render_document
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable, RecordsInvalid
from prongsai.registers.sheets import workbook
from prongsai.reports.catalogue import TITLES, paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.reports.register_entry import Written
from prongsai.reports.register_entry import entry_paper as entry_paper_of
from prongsai.reports.stationery.registers import ENTRY
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import why_unreadable
from prongsai.web.registers.models import Entry, EntryFile
from prongsai.web.registers.queries import entries as queries
from prongsai.web.registers.queries import papers, rights
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.queries.parts import view_seen
from prongsai.web.registers.services.parts import report_of
from prongsai.web.registers.views.found import PAPERS, address_of, entry_seen, number_of, seen
from prongsai.web.stationery.services import write_paper
from prongsai.web.ui.forms import posted_number
from prongsai.web.ui.templatetags.ui import thai_date

WHYS_MAX, YEARS_BACK = 3, 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allowed(Power.SEE_WORK)
@require_safe
def entry_paper(request: HttpRequest, scope: Scope, register: str, pk: int) -> HttpResponse:
    """Give an entry as a paper, in Word or with ``?form=pdf`` in PDF; ``?kind=`` names one that the entry makes."""
    kept, found = entry_seen(scope, register, pk)
    form, kind = request.GET.get("form", "docx"), request.GET.get("kind", "")
    if form not in PAPERS:
        raise Http404
    try:
        with override("th"):  # papers stay Thai, whatever language is read
            paper = _of_kind(scope, kept, found, kind) if kind else _plain(scope, kept, found)
            made = write_paper(scope.agency, kind=kind or ENTRY, document=paper, form=form)
    except RecordsInvalid as refused:
        messages.error(request, _("ยังพิมพ์ไม่ได้: {why}").format(why=_why(refused)))
        return redirect(address_of(scope, found))
    except FileUnusable as refused:
        messages.error(request, refused.one_line)
        return redirect(address_of(scope, found))
    if made.notice_th:
        messages.warning(request, made.notice_th)
    return _answer(made.content, PAPERS[form], f"{TITLES[kind] if kind else kept.name_th} {found.number}.{form}")


def _answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _plain(scope: Scope, kept: Kept, found: Entry) -> Document:
    return entry_paper_of(_written(scope, kept, found), signer=str(scope.person or ""))


def _of_kind(scope: Scope, kept: Kept, found: Entry, kind: str) -> Document:
    records = papers.records_of(scope, kept, found, kind) if kind in TITLES else None
    if records is None:
        raise Http404
    known = paper_kind(kind)
    return known.compose(known.from_json(records), USUAL)


def _why(refused: RecordsInvalid) -> str:
    return "; ".join(dict.fromkeys(one.message_th for one in refused.problems[:WHYS_MAX]))


def _written(scope: Scope, kept: Kept, found: Entry) -> Written:
    page = queries.entry_page(scope, kept, found)
    moves = {one.key: one.label_th for one in kept.register.moves}
    return Written(
        scope.agency.name,
        kept.name,
        found.title,
        _("เลขที่ {number}").format(number=number_of(found)),
        page.state_label,
        [(line.label, _("ปกปิด") if line.is_hidden and line.text else line.text) for line in page.lines],
        [(thai_date(one.on), moves.get(one.move, one.move), one.by_text, one.note) for one in page.moves],
    )


@allowed(Power.SEE_WORK)
@require_safe
def part_paper(request: HttpRequest, scope: Scope, register: str, view: str, form: str) -> HttpResponse:
    """Give a named part of a register for a year alone: in Word, in PDF, or its table as xlsx."""
    year = _year(request, scope)
    kept = seen(scope, register, year)
    part = view_seen(scope, kept.register, view)
    if part is None or form not in (*PAPERS, "xlsx"):
        raise Http404
    with override("th"):
        found = report_of(scope, kept, part, year)
        if not found.table.rows:
            address = reverse("registers:register", args=[scope.agency.code, register])
            messages.error(request, _("ยังพิมพ์ไม่ได้: {why}").format(why=_("ส่วนนี้ยังไม่มีรายการในปีที่เลือก")))
            return redirect(f"{address}?view={view}&year={year}")
        if form == "xlsx":
            return _answer(workbook([found.table], title=found.title), XLSX, f"{found.title}.xlsx")
        try:
            content = render_document(found.paper, form, Office(bytes(scope.agency.emblem) or None))
        except FileUnusable as refused:
            messages.error(request, refused.one_line)
            return redirect(reverse("registers:register", args=[scope.agency.code, register]))
    return _answer(content, PAPERS[form], f"{found.title}.{form}")


def _year(request: HttpRequest, scope: Scope) -> int:
    asked, this = posted_number(request.GET.get("year")), fiscal_year_be(scope.today)
    return asked if asked and this - YEARS_BACK <= asked <= this + 1 else this


@allowed(Power.SEE_WORK)
@require_safe
def entry_file(request: HttpRequest, scope: Scope, register: str, pk: int, file: int) -> HttpResponseBase:
    """Give a file of an entry as an attachment that no browser opens as a page."""
    kept, found = entry_seen(scope, register, pk)
    progress = kept.register.progress.fields if kept.register.progress else ()
    fields = (*kept.register.fields, *progress)
    told = [one.key for one in fields if rights.may_see_field(scope, kept.register, one)]
    held = EntryFile.objects.filter(entry=found, file_id=file, field__in=told).select_related("file__agency").first()
    if held is None:
        raise Http404
    return attached(request, scope, held.file, held.name)


def attached(request: HttpRequest, scope: Scope, file: File, name: str) -> HttpResponseBase:
    """Give a kept file as an attachment that no browser opens as a page."""
    if refusal := why_unreadable(file):
        return render(request, "evidence/lost.html", {"refusal": refusal}, status=410)
    path = store.path_of(scope.agency.code, file.sha256)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=file.media_type)
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
