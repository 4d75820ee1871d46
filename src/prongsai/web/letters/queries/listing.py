"""The list of letters: its tabs and what narrows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, normalise
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Letter, LetterState
from prongsai.web.letters.queries.chain import waiting_for
from prongsai.web.letters.queries.letters import letters_of

BE = 543
_SIGNED = (LetterState.SIGNED, LetterState.REPLACED)


class Tab(StrEnum):
    """Which letters are listed."""

    WAITING = "waiting"
    MINE = "mine"
    IN_CHAIN = "in_chain"
    SIGNED = "signed"
    ALL = "all"


TABS: Mapping[Tab, Promise | str] = {
    Tab.WAITING: _("รอฉันลงนาม"),
    Tab.MINE: _("ร่างของฉัน"),
    Tab.IN_CHAIN: _("อยู่ระหว่างเสนอ"),
    Tab.SIGNED: _("ลงนามแล้ว"),
    Tab.ALL: _("ทั้งหมด"),
}


@dataclass(frozen=True, slots=True)
class TabShown:
    """A tab with how many letters it holds; count None where nobody asks how many."""

    key: Tab
    title: Promise | str
    count: int | None


def tabs(scope: Scope) -> tuple[TabShown, ...]:
    """Give the tabs; what waits for somebody is counted."""
    counts = {Tab.WAITING: waiting_for(scope).count(), Tab.MINE: in_tab(scope, Tab.MINE).count()}
    return tuple(TabShown(key, title, counts.get(key)) for key, title in TABS.items())


def in_tab(scope: Scope, tab: Tab) -> QuerySet[Letter]:
    """Give the letters of a tab."""
    found = letters_of(scope)
    if tab is Tab.WAITING:
        return found.filter(pk__in=waiting_for(scope).values("pk"))
    if tab is Tab.MINE:
        drafts = found.filter(state__in=(LetterState.DRAFT, LetterState.RETURNED))
        return drafts.filter(drafter=scope.person) if scope.person else drafts.none()
    if tab is Tab.IN_CHAIN:
        return found.filter(state=LetterState.IN_CHAIN)
    return found.filter(state__in=_SIGNED) if tab is Tab.SIGNED else found


def listed(scope: Scope, tab: Tab, wanted: Mapping[str, Any]) -> QuerySet[Letter]:
    """Give the letters of a tab, narrowed. wanted: cleaned values of ``forms.letters.FilterForm``."""
    found = in_tab(scope, tab)
    if words := collapse(normalise(str(wanted.get("q") or ""))):
        found = found.filter(Q(subject__icontains=words) | Q(number__text__icontains=to_arabic(words)))
    if year := wanted.get("year"):
        found = found.annotate(year=_YEAR).filter(year=int(year) - BE)
    if kind := wanted.get("kind"):
        found = found.filter(paper=kind)
    return found.order_by("-drafted_at", "-pk")


# The year of the register that it stands in or will stand in.
_YEAR = Coalesce(ExtractYear("dated"), ExtractYear("drafted_at"))


def years_of(scope: Scope) -> list[int]:
    """Give the calendar years (BE) of the agency's letters, the newest first."""
    years = letters_of(scope).annotate(year=_YEAR).order_by("-year").values_list("year", flat=True).distinct()
    return [year + BE for year in years]
