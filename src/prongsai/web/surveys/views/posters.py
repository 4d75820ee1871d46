"""Posters with the open link: of the whole survey, and of each group for its counter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prongsai.errors import FileUnusable
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Group, Survey
from prongsai.web.surveys.queries.surveys import survey_of
from prongsai.web.surveys.services.printing import Poster, poster_paper, print_paper
from prongsai.web.surveys.views.codes import has_pdf, link_of
from prongsai.web.surveys.views.printed import MEDIA, printed
from prongsai.web.surveys.views.surveys import trail_of
from prongsai.web.ui.forms import posted_number
from prongsai.web.ui.qr import svg_of


@dataclass(frozen=True, slots=True)
class _Line:
    """A poster in the list. group: pk, None for the whole survey."""

    poster: Poster
    group: int | None
    qr: SafeString


@allowed(Power.DO_WORK)
@require_safe
def posters(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show the open links with their pictures, and offer them as posters."""
    found = survey_of(scope, pk)
    context = {
        "survey": found,
        "lines": list(_lines(request, found)) if found.has_link else [],
        "has_pdf": has_pdf(),
        "trail": trail_of(scope, found, _("โปสเตอร์ QR")),
    }
    return render(request, "surveys/posters.html", context)


@allowed(Power.DO_WORK)
@require_safe
def posters_file(request: HttpRequest, scope: Scope, pk: int, form: str) -> HttpResponse:
    """Give the posters as PDF, Word or a page: all, or with ``?group=`` the one of a group (0: the whole survey)."""
    found = survey_of(scope, pk)
    if not found.has_link or form not in MEDIA:
        raise Http404
    chosen = _chosen(request, found)
    try:
        content = print_paper(poster_paper(found, chosen), scope.agency, form)
    except FileUnusable as refused:
        messages.error(request, refused.one_line)
        return redirect("survey_posters", scope.agency.code, pk)
    return printed(content, form, _("โปสเตอร์ {title}").format(title=found.title))


def _chosen(request: HttpRequest, survey: Survey) -> list[Poster]:
    number = posted_number(request.GET.get("group"))
    groups: list[Group | None] = [None, *survey.groups.all()]
    if number is not None:
        groups = [one for one in groups if (one.pk if one else 0) == number]
    if not groups:
        raise Http404
    return [_poster(request, survey, one) for one in groups]


def _lines(request: HttpRequest, survey: Survey) -> Iterator[_Line]:
    for group in (None, *survey.groups.all()):
        poster = _poster(request, survey, group)
        title = _("คิวอาร์โค้ดของ {name}").format(name=poster.name or survey.title)
        yield _Line(poster, group.pk if group else None, svg_of(poster.address, title))


def _poster(request: HttpRequest, survey: Survey, group: Group | None) -> Poster:
    name, name_en = (group.name, group.name_en) if group else ("", "")
    return Poster(name, name_en, link_of(request, survey, group))
