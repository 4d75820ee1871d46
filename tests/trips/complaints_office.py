"""An office with an opened channel, served: ``python -m tests.trips.complaints_office --port 0 --json``.

Works on the data folder and database of the environment. Prints a line of JSON first, with the code of the office and
the private keys of one of its handlers, and goes on as ``prongsai serve``, whose options it takes.
"""

from __future__ import annotations

import json
import sys

from prongsai.cli.platform import start_django


def main(arguments: list[str]) -> None:
    start_django()
    from django.conf import settings

    # Keys and passwords of a made-up office are made quickly; no reporter meets either.
    settings.PASSPHRASE_COST = (64, 1)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from prongsai.cli.serve import command
    from prongsai.web.agencies.roles import Role
    from prongsai.web.operations import server
    from tests.web import office
    from tests.web.complaints import office_keys

    server.prepare()
    agency = office.build()
    office_keys.build(agency)
    handler = office_keys.key_of(agency, Role.LEGAL)
    print(json.dumps({"code": agency.code, "identities": handler.bundle.identities}), flush=True)
    command.main(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
