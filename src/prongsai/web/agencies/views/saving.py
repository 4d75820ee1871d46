"""The last two beats of every form page: save, and answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.journal import Stale
from prongsai.web.ui.templatetags.ui import thai_date

Trail = list[tuple[str, str]]


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    save: Callable[[], str | None],
    *,
    heading: str,
    back: str,
    trail: Trail,
    said: str,
    template: str = "agencies/form.html",
    also: Callable[[], bool] = lambda: True,
    **more: Any,
) -> HttpResponse:
    """Show a form, or save it.

    save: calls the service and may give the address to go to; what the service refuses stands at its field (422; 409
    when somebody else was first, with both versions side by side). back: where to go otherwise. trail: the way to the
    page. also: whether other forms on the page are valid too.
    """
    shown = {"form": form, "heading": heading, "back": back, "trail": [*trail, (heading, "")], **more}
    if request.method != "POST":
        return render(request, template, shown)
    if not form.is_valid() or not also():
        return render(request, template, shown, status=422)
    try:
        address = save()
    except Stale as stale:
        shown |= {"stale": stale, "beside": beside(form, stale.current)}
        return render(request, template, shown, status=409)
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return render(request, template, shown, status=422)
    messages.success(request, said)
    return redirect(address or back)


def refuse(form: forms.BaseForm, refused: ValidationError | ProngsaiError) -> None:
    """Put what a service refused beside its fields; what has no field there, on top."""
    if isinstance(refused, ProngsaiError):
        form.add_error(None, refused.one_line)
        return
    named = refused.message_dict if hasattr(refused, "error_dict") else {"__all__": refused.messages}
    for name, texts in named.items():
        form.add_error(name if name in form.fields else None, list(texts))


def beside(form: forms.BaseForm, current: models.Model) -> list[tuple[str, str, str]]:
    """Give the fields in which a form differs from the record as somebody else left it: label, theirs, ours.

    The form carries their version from now on, so that saving once more means to overwrite.
    """
    found = []
    for name, field in form.fields.items():
        if name == "version" or not hasattr(current, name):
            continue
        theirs, ours = _shown(current, name), _told(form, name)
        if theirs != ours:
            found.append((str(field.label), theirs, ours))
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = getattr(current, "version", "")
    form.data = data
    return found


def _shown(record: models.Model, name: str) -> str:
    value = getattr(record, name)
    if hasattr(value, "all"):
        return "\n".join(str(one) for one in value.all())
    display = getattr(record, f"get_{name}_display", None)
    return _text(display() if display else value)


def _told(form: forms.BaseForm, name: str) -> str:
    value = form.cleaned_data.get(name)
    choices = getattr(form.fields[name], "choices", ()) if isinstance(value, str | list) else ()
    labels = {str(key): label for key, label in choices}
    if isinstance(value, list):
        return _text([labels.get(str(one), one) for one in value])
    return _text(labels.get(value, value) if isinstance(value, str) else value)


def _text(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    if isinstance(value, list | tuple):
        return "\n".join(_text(one[0] if isinstance(one, tuple) else one) for one in value)
    return thai_date(value) if isinstance(value, date) else str(value)
