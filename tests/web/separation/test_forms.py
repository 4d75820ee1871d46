"""Every form of every page, sent with what another office has in each place that takes a choice: nothing crosses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from tests.conftest import PROVE
from tests.web.separation import asked, canaries
from tests.web.separation.asked import steady
from tests.web.separation.guard import guarded
from tests.web.separation.pair import Pair, counterparts
from tests.web.test_rights import undone

pytestmark = pytest.mark.django_db
CHOICES_TRIED = 80
SEARCHES_TRIED = 20
WORD_OF_NOBODY = "Qzzjwv"
_NUMBER = re.compile(r"\d{5,}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a form. given: what the form sends as it stands; offered: every value that the place offers."""

    page: str
    action: str
    method: str
    name: str
    given: Mapping[str, tuple[str, ...]]
    offered: tuple[str, ...]
    is_words: bool

    @property
    def known_by(self) -> tuple[str, str, str]:
        """What is tried once: the view that takes it, and the name, whose row numbers count for one."""
        try:
            view = resolve(urlsplit(self.action).path).view_name
        except Resolver404:
            view = self.action
        return view, self.method, re.sub(r"\d+", "#", self.name)


@cache
def _places(page: str, text: str) -> tuple[Place, ...]:
    if "Content-Type: text/html" not in text or "<form" not in text:
        return ()
    whole = html.document_fromstring(text[text.index("<") :].encode(), parser=html.HTMLParser(encoding="utf-8"))
    return tuple(place for form in whole.forms for place in _of_form(page, form))


def _of_form(page: str, form: html.FormElement) -> Iterator[Place]:
    given: dict[str, tuple[str, ...]] = {}
    for name, value in form.form_values():
        given[name] = (*given.get(name, ()), value)
    offers: dict[str, list[str]] = {}
    words = set()
    for control in form.inputs:
        if not control.name or control.name == "csrfmiddlewaretoken":
            continue
        is_choice = control.tag == "select" or control.get("type") in ("radio", "checkbox", "hidden", "submit")
        values = list(control.value_options) if control.tag == "select" else [control.get("value") or ""]
        offers.setdefault(control.name, []).extend(values if is_choice else [])
        words |= set() if is_choice else {control.name}
    for name, values in offers.items():
        yield Place(
            page,
            urljoin(page, form.get("action") or page),
            form.method.lower(),
            name,
            given,
            tuple(values),
            name in words,
        )


def places(both: Pair) -> list[Place]:
    """Give every place of every form of the own pages: each once, in full for every page that has it."""
    found = [place for one in asked.by_everybody(both).values() for place in _places(one.address, one.text)]
    return found if PROVE else list({place.known_by: place for place in reversed(found)}.values())


def foreign(place: Place, theirs: Mapping[str, str]) -> str | None:
    """Give what the other office would offer in a place; None where no key stands."""
    for value in place.offered:
        swapped = _NUMBER.sub(lambda found: theirs.get(found[0], found[0]), value)
        if swapped != value:
            return swapped
    return None


def test_choices_of_another_office_are_refused_by_every_form(both):
    theirs, client, n_tried = counterparts(both), both.own.client(), 0
    crossing = {}
    every = places(both)
    with guarded(both.other.agency) as guard:
        for place in every:
            wrong = foreign(place, theirs)
            if wrong is None:
                continue
            with undone():
                answer = _sent(client, place, wrong)
                told, touched = canaries.told_by(canaries.text_of(answer)), guard.taken()
            if answer.status_code >= 500 or told or touched:
                crossing[place.page, place.name] = answer.status_code, told, touched
            n_tried += 1
    assert crossing == {}
    assert n_tried > CHOICES_TRIED


def test_searches_for_words_of_another_office_find_nothing(both):
    """The answer is the same as for a word of nobody; at home every mark is found."""
    client, n_tried = both.own.client(), 0
    for place in places(both):
        if place.method != "get" or not place.is_words:
            continue
        found = [_searched(client, place, word).replace(word, "…") for word in (canaries.MARK, WORD_OF_NOBODY)]
        assert (place.page, place.name, found[0]) == (place.page, place.name, found[1])
        n_tried += 1
    assert n_tried > SEARCHES_TRIED


def _searched(client: Client, place: Place, word: str) -> str:
    with undone():
        return steady(canaries.text_of(_sent(client, place, word)))


def _sent(client: Client, place: Place, value: str) -> HttpResponse:
    """Send a form as it stands, with something else in one place."""
    sent = {name: list(values) for name, values in place.given.items()} | {place.name: [value]}
    ask = client.get if place.method == "get" else client.post
    return ask(urlsplit(place.action).path, sent)
