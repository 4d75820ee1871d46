"""What an office writes: to one agency, to all, or to those that a page was narrowed to; who has read and answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.web.mentor.access import Desk, mentoring
from prongsai.web.mentor.forms.looking import FilterForm, MessageForm
from prongsai.web.mentor.models import FaultSource
from prongsai.web.mentor.queries import clusters
from prongsai.web.mentor.queries import messages as queries
from prongsai.web.mentor.queries.sight import agencies_of, standings_of
from prongsai.web.mentor.services import messages as services
from prongsai.web.mentor.views.looking import asked
from prongsai.web.ui.forms import refuse
from prongsai.web.ui.templatetags.ui import thai_digits

PAGE_SIZE = 50
SENT_SIZE = 20  # of the nation each of them has thousands of receipts to count
READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@mentoring
@require_safe
def sent(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List what the office wrote."""
    page = Paginator(desk.office.messages.all(), SENT_SIZE).get_page(request.GET.get("page"))
    rows = queries.rows_of(desk, page.object_list)
    context = {"desk": desk, "office": desk.office, "here": "messages", "page": page, "rows": rows}
    return render(request, "mentor/messages.html", context)


@mentoring
@READ_WRITE
def message_add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Write to those whom the address names: an agency, those with a fault, those that pass filters, else all."""
    audience = _audience(request, desk)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.send(desk, agencies=audience.agencies, to_text=audience.words, **form.cleaned_data)
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("ส่งข้อความถึง {to} แล้ว").format(to=audience.words))
            return redirect("mentor_office:message", desk.office.pk, made.pk)
    context = {"desk": desk, "office": desk.office, "here": "messages", "form": form, "audience": audience}
    context["trail"] = _trail(desk, _("เขียนข้อความ"))
    return render(request, "mentor/message_form.html", context, status=422 if form.is_bound else 200)


@mentoring
@require_safe
def message(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Show a message and what became of it at each agency: ``?only=`` unread, read or answered."""
    found = get_object_or_404(desk.office.messages, pk=pk)
    only = request.GET.get("only", "")
    page = Paginator(queries.at_agencies(desk, found, only), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "desk": desk,
        "office": desk.office,
        "here": "messages",
        "message": found,
        "counts": queries.counts_of(desk, found),
        "is_late": queries.is_late(found, desk.today),
        "page": page,
        "only": only,
        "query": f"&{urlencode({'only': only})}" if only else "",
        "trail": _trail(desk, found.subject),
    }
    return render(request, "mentor/message_sent.html", context)


def _trail(desk: Desk, here: str) -> list[tuple[str, str]]:
    return [(_("ข้อความ"), reverse("mentor_office:messages", args=[desk.office.pk])), (here, "")]


# --- to whom --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Audience:
    """To whom a message goes: keys of agencies, and words for them."""

    agencies: tuple[int, ...]
    words: str


def _audience(request: HttpRequest, desk: Desk) -> Audience:
    if code := request.GET.get("agency"):
        one = get_object_or_404(agencies_of(desk), code=code)
        return Audience((one.pk,), one.name)
    if not request.GET.get("year"):
        return _counted(agencies_of(desk).values_list("pk", flat=True), [_("ทุกหน่วยงานที่เข้าร่วม")])
    found = asked(request, desk, lambda _year, places, data: FilterForm(places, data))
    if found is None:
        raise Http404
    words, wanted = found.form.chosen_words, found.form.wanted
    source, key, code = (request.GET.get(name, "") for name in ("source", "key", "code"))
    if source not in FaultSource.values or not code:
        chosen = standings_of(desk, found.year.id, wanted).values_list("agency", flat=True)
        return _counted(chosen, words or [_("ทุกหน่วยงานที่มีตัวเลขของปีนี้")])
    having = clusters.having(desk, found.year, wanted, source, key, code).values_list("standing__agency", flat=True)
    return _counted(having, [*words, clusters.told(found.year, source, key, code).words])


def _counted(agencies: Iterable[int], words: Iterable[str]) -> Audience:
    keys = tuple(agencies)
    said = " · ".join(words)[:240]
    return Audience(keys, _("{who} ({n} แห่ง)").format(who=said, n=thai_digits(len(keys))))
