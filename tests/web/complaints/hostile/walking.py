"""Every address of the channel with what it needs, and of the whole platform."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.models import AppealRound, Holder, Recovery
from prongsai.web.complaints.urls import urlpatterns

_TOKENS = re.compile(r'(?<=name="token" value=")[^"]*|(?<=name="opened" value=")[^"]*|[A-Za-z0-9]{64}')
ROUTES = {entry.name: frozenset(entry.pattern.converters) for entry in urlpatterns if entry.name}
REPORTERS = tuple(sorted(name for name in ROUTES if name.startswith("report_")))
HELD = tuple(sorted(name for name in ROUTES if name not in REPORTERS))
CASE = tuple(name for name in HELD if "number" in ROUTES[name])


def address(agency: Agency, name: str, number: str = "00000", /, **more: object) -> str:
    """Give an address; what it needs and is not given belongs to nobody."""
    usual: dict[str, object] = {"number": number, "name": "0" * 32, "move": "screen", "pk": 999_999, "entry": 999_999}
    given = usual | _pk(agency, name) | more
    return reverse(name, kwargs={"agency": agency.code} | {key: given[key] for key in ROUTES[name]})


def _pk(agency: Agency, name: str) -> dict[str, object]:
    """Give an object that there is, where there is one."""
    models: dict[str, Any] = {"complaint_vouch": Holder, "complaint_holder_leave": Holder, "appeal": AppealRound}
    models |= dict.fromkeys(("recovery", "recovery_consent", "recovery_drop"), Recovery)
    found = models[name].objects.filter(agency=agency).first() if name in models else None
    return {"pk": found.pk} if found else {}


def content_of(answer: HttpResponse) -> bytes:
    """Give the whole body of an answer and its headers: nothing of it may tell anything."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cookies = answer.cookies.output().encode() if answer.cookies else b""
    return b"\n".join([*(f"{name}: {value}".encode() for name, value in answer.items()), cookies, body])


def bare(answer: HttpResponse, *words: str) -> str:
    """Give a page without the tokens of forms, which are new each time, and without some words that were asked with."""
    text = answer.content.decode()
    for word in words:
        text = text.replace(word, "…")
    return _TOKENS.sub("…", text)


def ask(client: Client, method: str, where: str, sent: dict[str, Any] | None = None) -> HttpResponse:
    """Ask by GET or POST."""
    return client.get(where) if method == "GET" else client.post(where, sent or {})
