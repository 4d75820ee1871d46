"""The office behind a real server: ``python -m tests.trips.server_office WHAT …``, on the environment's installation.

Prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from prongsai.cli.platform import start_django

start_django()

from django.test import Client  # noqa: E402

from prongsai.web.agencies.models import Agency  # noqa: E402
from prongsai.web.agencies.roles import Role  # noqa: E402
from prongsai.web.disclosure.services import building  # noqa: E402
from prongsai.web.registers.models import Entry  # noqa: E402
from tests.trips import surveys_office  # noqa: E402
from tests.web import office  # noqa: E402
from tests.web.disclosure import published  # noqa: E402


def prepare(codes: str) -> dict[str, Any]:
    """Make an office with public pages, an open survey with so many codes, and somebody signed in."""
    published.fill()
    agency = Agency.objects.get()
    building.build(agency)
    survey = surveys_office.opened(agency, codes)
    client = Client()
    user = office.user(agency, Role.LEGAL)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return survey | {"session": client.cookies["sessionid"].value}


def written() -> dict[str, Any]:
    """Close the survey and count it; tell the title of every entry and every answer."""
    titles = [one.values["title"] for one in Entry.objects.filter(register="laws")]
    return {"entries": titles, "answers": surveys_office.count()}


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    verbs: dict[str, Any] = {"prepare": prepare, "written": written}
    print(json.dumps(verbs[what](*arguments)))
