"""The first beat of every page of a letter: the letter, for who may know of it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Letter
from prongsai.web.letters.queries import letters as queries
from prongsai.web.ui.forms import posted_number

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
Trail = list[tuple[str, str]]


def letter_seen(scope: Scope, pk: int) -> Letter:
    """Give a letter that somebody may see; 404 for every other."""
    return get_object_or_404(queries.letters_of(scope), pk=pk)


def letter_written(scope: Scope, pk: int) -> Letter:
    """Give a letter that somebody may write; 404 for every other."""
    found = letter_seen(scope, pk)
    if not queries.may_write(scope, found):
        raise Http404
    return found


def trail_of(scope: Scope, *last: str, letter: Letter | None = None) -> Trail:
    """Give the way to a page: the list, the letter, the page."""
    code = scope.agency.code
    found: Trail = [(_("หนังสือ"), reverse("letters:letters", args=[code]))]
    if letter is not None:
        found.append((letter.subject, letter.get_absolute_url()))
    found += [(words, "") for words in last]
    return found if last else [*found[:-1], (found[-1][0], "")]


def version_of(request: HttpRequest) -> int:
    """Give the version that a page was made of; 0, which no letter has, where it is not said."""
    return posted_number(request.POST.get("version")) or 0


def said(refusal: Exception) -> str:
    """Give what was refused as one sentence."""
    if isinstance(refusal, ProngsaiError):
        return refusal.one_line
    return " ".join(getattr(refusal, "messages", [str(refusal)]))
