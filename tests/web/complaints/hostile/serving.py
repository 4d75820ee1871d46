"""An office with an open channel, served: ``python -m tests.web.complaints.hostile.serving --port 0 --json``.

Works on the data folder and database of the environment, and makes the office where there is none. Prints a line of
JSON first: the code of the office, sessions of those who handle, the private half of the backup key where it was made
just now; then it goes on as ``prongsai serve``, whose options it takes.
"""

from __future__ import annotations

import json
import sys

from prongsai.cli.platform import start_django


def main(arguments: list[str]) -> None:
    start_django()
    from pathlib import Path

    from django.conf import settings

    settings.PASSPHRASE_COST = (64, 1)  # what a guess costs has no part in this
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from django.test import Client

    from prongsai.cli.serve import command
    from prongsai.web.agencies.models import Agency
    from prongsai.web.agencies.roles import Role
    from prongsai.web.operations import keys, server
    from tests.web import office
    from tests.web.complaints import office_keys

    server.prepare()
    agency, private = Agency.objects.first(), ""
    if agency is None:
        agency = office.build()
        office_keys.build(agency)
        pair = keys.new_pair()
        keys.keep_public(Path(settings.DATA_FOLDER), pair.public)
        private = pair.private
    sessions = {}
    for who in (Role.LEGAL, Role.AUDITOR, Role.SUPPLY):
        client = Client()
        user = office_keys.scope_for(agency, who).user
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        sessions[who.value] = client.cookies["sessionid"].value
    print(json.dumps({"code": agency.code, "sessions": sessions, "private": private}), flush=True)
    command.main(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
