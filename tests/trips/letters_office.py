"""The planning section and two more accounts for the demonstration: ``python -m tests.trips.letters_office DATA``.

Works on a data folder that a demonstration made and left, in a process of its own. Prints the accounts that it made:
{role: [user name, password]}; ``planning`` heads the section above the analyst, ``works`` the division of works.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SECTION, OFFICE, ANALYST = "ฝ่ายแผนงานและงบประมาณ", "สำนักปลัดเทศบาล", "นักวิเคราะห์นโยบายและแผน"
HEAD_OF_SECTION, HEAD_OF_WORKS = f"หัวหน้า{SECTION}", "ผู้อำนวยการกองช่าง"
PASSWORDS = {"planning": "suanphlu-sala-2571-klong", "works": "lopburi-saphan-2571-khlong"}


def main(data: str) -> None:
    os.environ |= {"PRONGSAI_DATA": data, "PRONGSAI_DATABASE": "", "DJANGO_SETTINGS_MODULE": "prongsai.web.settings"}
    os.environ.pop("PRONGSAI_SECRET_KEY", None)
    import django  # reason: after the settings

    django.setup()
    from prongsai.web.agencies import accounts, services  # reason: needs Django
    from prongsai.web.agencies.models import Agency, Post, Unit, User  # reason: needs Django
    from prongsai.web.agencies.queries import scope_of  # reason: needs Django
    from prongsai.web.agencies.roles import Role  # reason: needs Django

    admin = scope_of(
        User.objects.get(username="admin"), Agency.objects.get(memberships__user__username="coordinator").code
    )
    assert admin is not None
    section = services.add_unit(admin, name=SECTION, parent=Unit.objects.get(name=OFFICE))
    services.change_post(admin, post=Post.objects.get(title=ANALYST), unit=section)
    head = services.add_post(admin, title=HEAD_OF_SECTION, unit=section, is_head=True, roles=[Role.HEAD])
    person = services.add_person(admin, prefix="นางสาว", given_name="ศศิธร", family_name="บัวงามตา")
    services.appoint(admin, person=person, post=head)
    works = Post.objects.get(title=HEAD_OF_WORKS).appointments.get().person
    for name, whose in (("planning", person), ("works", works)):
        invited = accounts.invite(admin, person=whose, link=lambda token: token)
        accounts.accept(token=invited.address, username=name, password=PASSWORDS[name])
    print(json.dumps({name: [name, password] for name, password in PASSWORDS.items()}))


def larger_office(data: Path) -> dict[str, tuple[str, str]]:
    """Make the section and the accounts in a data folder; role → user name, password."""
    command = [sys.executable, "-m", "tests.trips.letters_office", str(data)]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return {role: (name, password) for role, (name, password) in json.loads(done.stdout).items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
