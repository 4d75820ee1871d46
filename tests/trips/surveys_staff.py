"""An office that has asked nobody anything yet: ``python -m tests.trips.surveys_staff``.

Works on the data folder and database of the environment: everybody of the made-up municipality, and a cycle of the
newest framework. Prints one line of JSON, who signs in: {role: [user name, password]}.
"""

from __future__ import annotations

import json

from prongsai.cli.platform import start_django

ROLES = ("coordinator", "clerk")
YEAR = 2569  # of the newest framework


def main() -> None:
    start_django()
    from django.test import override_settings

    from prongsai.web.agencies.roles import Role
    from prongsai.web.cycles import services
    from prongsai.web.operations import server
    from tests.web import office

    server.prepare()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        agency = office.build()
    services.ensure_cycle(office.scope(agency, Role.COORDINATOR), fiscal_year_be=YEAR)
    users = {role: office.user(agency, Role(role)) for role in ROLES}
    for user in users.values():  # as the server takes it
        user.set_password(office.PASSWORD)
        user.save()
    print(json.dumps({role: [user.username, office.PASSWORD] for role, user in users.items()}))


if __name__ == "__main__":
    main()
