"""What stands at the address of a survey or of one of its groups, for those who answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.utils import timezone

from prongsai.questionnaires.model import Kind, Questionnaire
from prongsai.web.surveys.models import Group, Survey, SurveyState
from prongsai.web.surveys.queries.windows import may_take

_CACHED = 64  # surveys and links of groups: of each a page of some 100 kB
_FIELDS = (
    *(
        "agency__code",
        "agency__name",
        "agency__name_en",
        "pk",
        "version",
        "address",
        "title",
        "title_en",
        "kind",
        "state",
        "closes_at",
    ),
    *("has_link", "k"),
)
_OF_SURVEY = tuple(f"survey__{name}" for name in _FIELDS)
_known: dict[tuple[str, str], Asked] = {}  # by code of the agency and link


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands at an address: two that are equal are asked with the same page.

    address: of the survey, also where the link is a group's; link: as it was asked for. group: pk, None for a link
    that is for everybody. k: of fewer people nothing is told.
    """

    agency: str
    agency_name: str
    agency_name_en: str
    pk: int
    version: int
    address: str
    title: str
    title_en: str
    kind: str
    state: str
    closes_at: datetime
    has_link: bool
    k: int
    link: str
    group: int | None = None
    group_name: str = ""
    group_name_en: str = ""

    @property
    def is_practice(self) -> bool:
        """Whether it practises for an official survey."""
        return Kind(self.kind).is_practice

    @property
    def is_taking(self) -> bool:
        """Whether answers are taken now. No query; of a practice survey one a minute."""
        return self.state == SurveyState.OPEN and timezone.now() <= self.closes_at and not self.is_kept_out

    @property
    def is_kept_out(self) -> bool:
        """Whether it takes no answers because the official survey that it practises for runs."""
        return self.is_practice and not _may_take(self.pk, self.address, int(timezone.now().timestamp()) // 60)

    def agency_of(self, language: str) -> str:
        """Give the name of the agency in a language; Thai where there is no English."""
        return (self.agency_name_en or self.agency_name) if language == "en" else self.agency_name

    def title_of(self, language: str) -> str:
        """Give the title in a language; Thai where there is no English."""
        return (self.title_en or self.title) if language == "en" else self.title

    def group_of(self, language: str) -> str:
        """Give the name of the link's group, "" for none."""
        return (self.group_name_en or self.group_name) if language == "en" else self.group_name


@dataclass(frozen=True, slots=True)
class GroupAsked:
    """A group that somebody who comes by a link may belong to."""

    pk: int
    name: str
    name_en: str
    has_quota: bool

    def name_of(self, language: str) -> str:
        """Give the name in a language; Thai where there is no English."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class Told:
    """What is asked in a survey, who its groups are, and the key that answers are sealed for."""

    text: Questionnaire
    recipient: str
    groups: tuple[GroupAsked, ...]

    @property
    def has_english(self) -> bool:
        """Whether it can be answered in English."""
        return bool(self.text.title.en)


def asked_at(agency: str, address: str) -> Asked | None:
    """Give what stands at an address of an agency (its code); None for nothing.

    One query that looks whether the survey is still the one this process knows; two or three the first time.
    """
    link = agency, address.lower()  # people type what they read on a poster
    known = _known.get(link)
    if known and _is_as_known(known):
        return known
    found = _found(*link)
    if found:
        if len(_known) >= _CACHED:
            _known.clear()
        _known[link] = found
    return found


_AS_KNOWN = """SELECT survey.address, survey.version FROM surveys_survey AS survey
    JOIN agencies_agency AS agency ON agency.id = survey.agency_id
    WHERE survey.id = %s AND agency.closed_on IS NULL"""


def _is_as_known(known: Asked) -> bool:
    """Whether the survey is still what this process knows, its agency open; asked for every page, so in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_AS_KNOWN, [known.pk])
        return cursor.fetchone() == (known.address, known.version)


def _found(agency: str, link: str) -> Asked | None:
    here = {"agency__code": agency, "agency__closed_on__isnull": True}
    survey = Survey.objects.filter(address=link, **here).values_list(*_FIELDS).first()
    if survey is not None:
        return Asked(*(*survey, link))
    group = (
        Group.objects.filter(address=link, **{f"survey__{name}": value for name, value in here.items()})
        .values_list(*_OF_SURVEY, "address", "pk", "name", "name_en")
        .first()
    )
    return Asked(*group) if group is not None else None


@lru_cache(_CACHED)
def told_of(asked: Asked) -> Told:
    """Give what is asked; kept by this process, as nothing of it changes while the version does not."""
    survey = Survey.objects.select_related("questionnaire").get(pk=asked.pk)
    groups = tuple(
        GroupAsked(one.pk, one.name, one.name_en, one.quota is not None) for one in Group.objects.filter(survey=survey)
    )
    return Told(survey.pure, survey.recipient, groups)


@lru_cache(_CACHED)
def _may_take(pk: int, address: str, minute: int) -> bool:
    """Whether no official survey runs; looked up once a minute. address: no other survey ever has it."""
    survey = Survey.objects.select_related("agency").get(pk=pk, address=address)
    return may_take(survey, timezone.localdate())
