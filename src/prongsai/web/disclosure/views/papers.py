"""Papers of publication: the request of a release and the year's monitoring report, printed from what is kept."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import override
from django.views.decorators.http import require_safe

from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.signing import NOBODY, Signed
from prongsai.reports.papers.options import USUAL
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Page
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries import year_report as queries
from prongsai.web.registers.services.periods import position_of
from prongsai.web.stationery.services import write_paper
from prongsai.web.ui.forms import posted_number

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
YEAR_MIN, YEAR_MAX = 2550, 2643


@allowed(Power.SEE_WORK)
@require_safe
def request_paper(request: HttpRequest, scope: Scope, pk: int, form: str) -> HttpResponse:
    """Print the request form of a page's newest release that was asked for, or with ``?release=`` of another."""
    pages = Page.objects.filter(agency=scope.agency).select_related("agency", "unit", "publisher_unit", "item__unit")
    page = get_object_or_404(pages, pk=pk)
    release = queries.asked_for(page, posted_number(request.GET.get("release")))
    if release is None or not rights.may_open_file(scope, page, release):
        raise Http404
    return as_paper(scope, "publication-request", queries.request_of(scope, page, release), form)


@allowed(Power.SEE_WORK)
@require_safe
def year_report(request: HttpRequest, scope: Scope, year: int, form: str) -> HttpResponse:
    """Print the monitoring report of a fiscal year."""
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise Http404
    return as_paper(scope, "publication-report", queries.year_report(scope, year, signer_of(scope)), form)


def signer_of(scope: Scope) -> Signed:
    """Give who prints a report, with the post of today."""
    return Signed(str(scope.person), position_of(scope), on=scope.today) if scope.person else NOBODY


@override("th")  # a paper is Thai, whatever language is read
def as_paper(scope: Scope, kind: str, record: Any, form: str) -> HttpResponse:
    """Answer with a paper as a file to keep. form: a key of FORMS, else Http404."""
    if form not in FORMS:
        raise Http404
    document = paper_kind(kind).compose(record, USUAL)
    content = write_paper(scope.agency, kind=kind, document=document, form=form, record=record).content
    disposition = content_disposition_header(True, f"{document.title[:120]}.{form}") or "attachment"
    return HttpResponse(content, content_type=FORMS[form], headers={"Content-Disposition": disposition})
