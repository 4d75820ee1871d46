"""An office with surveys that are open, for a browser: ``python -m tests.trips.survey_answers``.

Works on the data folder and database of the environment; prints one line of JSON: the office's code, the addresses of
its surveys, one of a group, and one-use codes of the survey that asks for one.
"""

from __future__ import annotations

import json

from prongsai.cli.platform import start_django


def main() -> None:
    start_django()
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from prongsai.web.operations import server
    from tests.web import office
    from tests.web.surveys import asked

    server.prepare()
    agency = office.build()
    linked, closing, coded = asked.survey(agency), asked.survey(agency), asked.survey(agency, has_link=False)
    groups = {"link": linked.groups.first(), "code": coded.groups.first()}
    told = {
        "code": agency.code,
        "linked": linked.address,
        "group": groups["link"].address,
        "closing": closing.address,
        "coded": coded.address,
        "codes": asked.codes(groups["code"], 6),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
