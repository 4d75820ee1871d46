"""Setting an office up."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from prongsai.errors import ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, Membership, Person, User
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services import making
from prongsai.web.directory.services.making import FIRST_ROLES
from prongsai.web.directory.services.operators import make_operator
from prongsai.web.operations import keys


class AlreadySetUp(ProngsaiError):
    """Somebody else set the office up first."""

    def __init__(self) -> None:
        super().__init__(
            "there is an agency already",
            message_th="ตั้งค่าหน่วยงานไว้แล้ว",
            mend_th="เข้าสู่ระบบ หรือขอคำเชิญจากผู้ดูแลระบบ",
        )


@dataclass(frozen=True, slots=True)
class SetUp:
    """An office that was set up, and its first account."""

    agency: Agency
    user: User


@transaction.atomic
def set_up(
    *,
    agency: Agency,
    person: str,
    post: str,
    username: str,
    password: str,
    units: Iterable[str] = (),
    roles: Iterable[Role] = FIRST_ROLES,
) -> SetUp:
    """Make the first agency, its standard units, and the first person with post, roles and account.

    The account also runs the installation: nobody else could make a second agency.
    person: the name as written, with its title. units: names of standard units. Raises AlreadySetUp, ValidationError
    (fields by the names of these arguments, those of the agency by their own).
    """
    _take_turn()
    if Agency.objects.exists():
        raise AlreadySetUp
    journal.take_turn(None)
    making.found(agency)
    scope = system_scope(agency)
    journal.note(scope, "agency.set_up", agency)
    making.make_units(scope, units)
    first = making.first_person(scope, person=person, post=post, roles=roles)
    user = _account(first, username, password)
    journal.create(scope, user, "account.create")
    journal.create(scope, Membership(agency=agency, user=user, person=first), "account.open")
    make_operator(Installation(user), user=user)
    return SetUp(agency, user)


def _take_turn() -> None:
    """Let two who set up at once wait for each other; SQLite's transactions do so by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE agencies_agency IN SHARE ROW EXCLUSIVE MODE")


def _account(person: Person, username: str, password: str) -> User:
    user = User(username=User.normalize_username(username).strip())
    user.first_name, user.last_name = person.given_name, person.family_name
    try:
        validate_password(password, user)
    except ValidationError as mistake:
        raise ValidationError({"password": mistake.messages}) from mistake
    user.set_password(password)
    return user


@transaction.atomic
def keep_key(agency: Agency | None, *, public: str, by: User) -> None:
    """Keep the public half of the backup key, once its private half is on paper; the journal says so.

    agency: the only one there is, None where there are several; then the installation's journal says so.
    """
    writer = system_scope(agency) if agency else Installation(by)
    journal.note(writer, "backup_key.keep", agency or by, {"public": (None, public)})
    keys.keep_public(Path(settings.DATA_FOLDER), public)
