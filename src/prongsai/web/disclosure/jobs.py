"""What is done in the background for the public site and the addresses that are looked at from outside."""

from prongsai.web.agencies.models import Agency
from prongsai.web.work.plan import Every, Planned, add, command


def _is_no_demo() -> bool:
    """A made-up office has made-up addresses: nobody is asked for them."""
    return not Agency.objects.filter(is_demo=True).exists()


# A run takes each address for an hour: another one beside it, or after it was killed, goes on with the others.
add(
    Planned(
        "check_addresses",
        "ตรวจลิงก์ที่ถึงรอบจากภายนอก",
        command("check_addresses"),
        Every(minutes=10),
        is_long=True,
        is_wanted=_is_no_demo,
    )
)


def _walk(*, agency: str, cycle: str, home: str) -> object:
    return command("walk_site")(agency, cycle, home=home)


# Asked for by somebody who waits for the rest of a large site; proposals that are there already are kept.
add(Planned("walk_site", "เดินดูเว็บไซต์ของหน่วยงานทั้งเว็บ", _walk, is_long=True))
