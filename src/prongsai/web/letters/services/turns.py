"""Taking a letter in turn: one writer at a time, and everybody else is told that it has changed."""

from django.db.models import F

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Letter


def turn(scope: Scope, letter: Letter, version: int | None) -> Letter:
    """Take the turn and give the letter as it is now. Raises Stale when somebody else has changed it."""
    journal.take_turn(scope.agency)
    found = Letter.objects.select_for_update(of=("self",)).select_related("agency", "unit", "drafter", "number")
    current = found.get(pk=letter.pk, agency=scope.agency)
    if version is not None and current.version != version:
        raise journal.Stale(current)
    return current


def bump(letter: Letter) -> None:
    """Let everybody who has the letter open know that it has changed."""
    Letter.objects.filter(pk=letter.pk).update(version=F("version") + 1)
    letter.refresh_from_db(fields=["version"])
