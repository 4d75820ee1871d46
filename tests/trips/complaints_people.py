"""Who holds keys beside those of the walk: ``python -m tests.trips.complaints_people DATA``.

Works on a data folder that a demonstration made and left, in a process of its own, before the channel is opened: two
people from outside get accounts, six are named and make their keys. Whom the walk names itself is left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PASSPHRASE = "มะม่วงสุก ริมรั้ว สีเหลือง หวานฉ่ำ"
OUTSIDERS = {"supervisor": ("นาย", "กำกับ", "ดูแลดี"), "outsider": ("นาง", "ภายนอก", "เก็บมั่น")}
DUTIES = {
    "head": "handler",  # of the division of finance
    "supervisor": "supervisor",
    "privacy": "fallback",
    "clerk": "keeper",
    "publisher": "keeper",
    "outsider": "keeper",
}


def main(data: str) -> None:
    os.environ |= {"PRONGSAI_DATA": data, "PRONGSAI_DATABASE": "", "DJANGO_SETTINGS_MODULE": "prongsai.web.settings"}
    os.environ.pop("PRONGSAI_SECRET_KEY", None)
    import django  # reason: after the settings

    django.setup()
    from django.conf import settings  # reason: as above

    # Keys of those who do not walk are made quickly; how much a guess costs stands beside each key.
    settings.PASSPHRASE_COST = (64, 1)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    from prongsai.web.agencies import accounts, services  # reason: needs Django
    from prongsai.web.agencies.models import Agency, User  # reason: needs Django
    from prongsai.web.agencies.queries import scope_of  # reason: needs Django
    from prongsai.web.complaints.services import holders, unlocking  # reason: needs Django

    code = Agency.objects.get(memberships__user__username="coordinator").code
    admin = scope_of(User.objects.get(username="admin"), code)
    assert admin is not None
    for name, (prefix, given, family) in OUTSIDERS.items():
        person = services.add_person(admin, prefix=prefix, given_name=given, family_name=family, employment="outside")
        invited = accounts.invite(admin, person=person, link=lambda token: token)
        accounts.accept(token=invited.address, username=name, password=f"suanphlu-{name}-2571-klong")
    for name, duty in DUTIES.items():
        user = User.objects.get(username=name)
        holder = holders.name_holder(admin, user=user, duty=duty)
        scope = scope_of(user, code)
        assert scope is not None
        unlocking.make_key(scope, holder=holder, passphrase=PASSPHRASE)


def name_people(data: Path) -> None:
    """Name them in a data folder, each with a key under the same words."""
    command = [sys.executable, "-m", "tests.trips.complaints_people", str(data)]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    main(*sys.argv[1:])
