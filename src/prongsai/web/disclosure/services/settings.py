"""Saying how the public site of an office stands."""

from typing import Any

from django.db import transaction

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.services import redrawn
from prongsai.web.disclosure.models import Site
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file

MAP_SIDE = 1200  # as a screen shows it in full
MAP_NAME = "map.png"


def change_site(scope: Scope, *, version: int | None, picture: bytes | None = None, **values: Any) -> Site:
    """Keep what the office says of its site; what is printed on pages changes with the next build.

    picture: of the map, drawn anew so that nothing hidden in it is published; empty takes it away, None leaves it.
    Raises ValidationError and Stale.
    """
    if picture is not None:
        values["map_picture"] = _map(scope, picture) if picture else None
    return _kept(scope, version, values)


def _map(scope: Scope, picture: bytes) -> File:
    return keep_file(scope, name=MAP_NAME, content=redrawn(picture, MAP_SIDE))


@transaction.atomic
def _kept(scope: Scope, version: int | None, values: dict[str, Any]) -> Site:
    journal.take_turn(scope.agency)
    record = Site.objects.filter(agency=scope.agency).first()
    if record is None:
        return journal.create(scope, Site(agency=scope.agency, **values), "site.add")
    return journal.change(scope, record, "site.change", version=version, **values)


@transaction.atomic
def renew_layout(scope: Scope) -> Site:
    """Have every page written anew by the next build."""
    journal.take_turn(scope.agency)
    record = Site.objects.filter(agency=scope.agency).first()
    if record is None:
        return journal.create(scope, Site(agency=scope.agency), "site.add")
    return journal.change(scope, record, "site.change", layout_version=record.layout_version + 1)
