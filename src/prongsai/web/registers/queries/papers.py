"""The papers that an entry makes beside the plain one: which there are, and what is printed in each."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from prongsai.reports.catalogue import TITLES
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.rules import hooks_of


def offered(scope: Scope, kept: Kept, entry: Entry) -> Mapping[str, str]:
    """Give the kinds of papers that an entry makes as it stands, each with its title; no query."""
    kinds = hooks_of(kept.id).papers(scope, kept.register, entry)
    return {kind: gettext(TITLES[kind]) for kind in kinds if kind in TITLES}


def records_of(scope: Scope, kept: Kept, entry: Entry, kind: str) -> dict[str, Any] | None:
    """Give what a paper of an entry prints, as the kind's ``from_json`` takes it; None when it makes no such paper."""
    found = hooks_of(kept.id).papers(scope, kept.register, entry).get(kind)
    return found() if found else None
