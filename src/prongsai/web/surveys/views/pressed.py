"""Pages of those who answer: the same for everybody but for the name of the form, so they are made once a process.

A page is kept compressed up to the place of that name; each time only its last few bytes are compressed.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from prongsai.web.surveys.forms.answering import CODE, GROUP, Filled
from prongsai.web.surveys.forms.asking import sections
from prongsai.web.surveys.queries.asked import Asked, told_of
from prongsai.web.surveys.tokens import new_form

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_CACHED = 64
_PLACE = "form-goes-here"
_GZIP = zlib.MAX_WBITS | 16
_GROUPS_MAX = 8  # more are chosen from a list that opens


@dataclass(frozen=True, slots=True)
class _Pressed:
    """A page in two halves, the name of its form between them. packed: the compressor that has seen the first."""

    before: bytes
    after: bytes
    packed: Any
    packed_before: bytes

    def named(self, form: str, *, packed: bool) -> bytes:
        """Give the page with the name of a form."""
        rest = form.encode() + self.after
        if not packed:
            return self.before + rest
        packer = self.packed.copy()
        return self.packed_before + packer.compress(rest) + packer.flush()


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing that was filled in is taken, and what to do. is_over: sending again would not help."""

    message: _StrPromise | str
    mend: _StrPromise | str
    is_over: bool = False


def asking_page(request: HttpRequest, asked: Asked, language: str) -> HttpResponse:
    """Answer with a form that nobody has filled in, under a new name."""
    is_packed = request.META.get("HTTP_ACCEPT_ENCODING") == "gzip"
    response = HttpResponse(_pressed(asked, language).named(new_form(), packed=is_packed))
    if is_packed:
        response["Content-Encoding"] = "gzip"
    return response


def filled_page(
    asked: Asked, language: str, filled: Filled, *, status: int, refused: Refused | None = None
) -> HttpResponse:
    """Answer with what was filled in and why it is not taken. refused: told on top, where it is no answer's fault."""
    shown = sections(told_of(asked).text, language, filled.sent, filled.faults)
    fields = (CODE, GROUP, *(line.field for part in shown for question in part.questions for line in question.lines))
    context = {
        "sections": shown,
        "code": "".join(filled.sent.get(CODE, ())),
        "group": "".join(filled.sent.get(GROUP, ())),
        "form": filled.form,
        "faults": filled.faults,
        "focus": next((name for name in fields if name in filled.faults), ""),
        "refused": refused or (Refused(filled.faults[""], "") if "" in filled.faults else None),
    }
    return HttpResponse(_rendered("ask", asked, language, **context), status=status)


def closed_page(asked: Asked, language: str) -> HttpResponse:
    """Say that no answers are taken, not yet or no longer."""
    return HttpResponse(_rendered("ask_closed", asked, language))


@lru_cache(_CACHED)
def done_page(asked: Asked, language: str) -> bytes:
    """Give the page that says that an answer is stored."""
    return _rendered("ask_done", asked, language, thanks=told_of(asked).text.thanks.of(language)).encode()


@lru_cache(_CACHED)
def _pressed(asked: Asked, language: str) -> _Pressed:
    shown = sections(told_of(asked).text, language)
    page = _rendered("ask", asked, language, sections=shown, form=_PLACE, faults={})
    before, after = (half.encode() for half in page.rpartition(_PLACE)[::2])
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return _Pressed(before, after, packer, packer.compress(before))


def _rendered(name: str, asked: Asked, language: str, **more: object) -> str:
    told = told_of(asked)
    groups = [(str(one.pk), one.name_of(language)) for one in told.groups]
    context = {
        "asked": asked,
        "language": language,
        "agency_name": asked.agency_of(language),
        "title": asked.title_of(language),
        "group_name": asked.group_of(language),
        "intro": told.text.intro.of(language),
        "group_question": told.text.group_question.of(language),
        "groups": groups if asked.group is None and asked.has_link else [],
        "is_many": len(groups) > _GROUPS_MAX,
        "has_english": told.has_english,
    }
    return render_to_string(f"surveys/{name}.html", context | more)
