"""Setting an office up."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from prongsai.errors import ProngsaiError
from prongsai.thai.agencies import KINDS, AgencyKind, read_agency
from prongsai.thai.names import read_name
from prongsai.thai.units import standard_units
from prongsai.web.agencies import journal
from prongsai.web.agencies import services as agencies
from prongsai.web.agencies.models import Agency, Membership, Person, UnitKind, User
from prongsai.web.agencies.models import AgencyKind as Kind
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.operations import keys

FIRST_ROLES = (Role.ADMIN, Role.COORDINATOR)
SECRETARIAT = "สำนักปลัดเทศบาล"
# Those that nearly every office has; ticked from the start.
USUAL_UNITS = (SECRETARIAT, "กองคลัง", "กองช่าง", "กองการศึกษา", "กองสาธารณสุขและสิ่งแวดล้อม", "หน่วยตรวจสอบภายใน")
_SECRETARIATS = {Kind.TAO: "สำนักปลัดองค์การบริหารส่วนตำบล", Kind.PROVINCE: "สำนักปลัดองค์การบริหารส่วนจังหวัด"}
_UNIT_KINDS = {"สำนัก": UnitKind.OFFICE, "กอง": UnitKind.DIVISION, "หน่วย": UnitKind.SPECIAL}
_KINDS = dict(zip(KINDS, (Kind.SPECIAL, Kind.PROVINCE, Kind.CITY, Kind.TOWN, Kind.SUBDISTRICT, Kind.TAO), strict=True))


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


def kind_of(name: str) -> Kind | None:
    """Guess the kind of an agency from its full name; None when the name does not say."""
    found = read_agency(name)
    if found:
        return _KINDS[found.kind]
    return next((_KINDS[kind] for kind in KINDS if kind.name and _opens(name, kind)), None)


def _opens(name: str, kind: AgencyKind) -> bool:
    return name.strip().startswith(kind.name) and len(name.strip()) > len(kind.name)


def units_offered() -> tuple[str, ...]:
    """Give the standard units of the highest levels, by name."""
    others = {"สำนักปลัดองค์การบริหารส่วนตำบล"}  # stands for SECRETARIAT in its kind of agency
    return tuple(unit.name for unit in standard_units() if unit.kind in _UNIT_KINDS and unit.name not in others)


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

    person: the name as written, with its title. units: names of standard units. Raises AlreadySetUp, ValidationError
    (fields by the names of these arguments, those of the agency by their own).
    """
    _take_turn()
    if Agency.objects.exists():
        raise AlreadySetUp
    agency.full_clean()
    agency.save(force_insert=True)
    scope = system_scope(agency)
    journal.note(scope, "agency.set_up", agency)
    _make_units(scope, units)
    first = agencies.add_person(scope, **_name(person))
    place = agencies.add_post(scope, title=post, roles=roles)
    agencies.appoint(scope, person=first, post=place, valid_from=scope.today)
    user = _account(first, username, password)
    journal.create(scope, user, "account.create")
    journal.create(scope, Membership(agency=agency, user=user, person=first), "account.open")
    return SetUp(agency, user)


def _take_turn() -> None:
    """Let two who set up at once wait for each other; SQLite's transactions do so by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE agencies_agency IN SHARE ROW EXCLUSIVE MODE")


def _make_units(scope: Scope, names: Iterable[str]) -> None:
    known = {unit.name: unit for unit in standard_units()}
    for place, chosen in enumerate(names, start=1):
        name = _SECRETARIATS.get(Kind(scope.agency.kind), chosen) if chosen == SECRETARIAT else chosen
        standard = known.get(name)
        kind = _UNIT_KINDS[standard.kind] if standard else UnitKind.OFFICE
        aliases = standard.aliases if standard else ("สำนักปลัด",)
        agencies.add_unit(scope, name=name, kind=kind, place=place, aliases=aliases)


def _name(text: str) -> dict[str, Any]:
    found = read_name(text)
    if found:
        return {"prefix": found.title, "given_name": found.given, "family_name": found.surname}
    given, _, family = " ".join(text.split()).partition(" ")
    return {"given_name": given, "family_name": family}


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
def keep_key(agency: Agency, *, public: str) -> None:
    """Keep the public half of the backup key, once its private half is on paper; the journal says so."""
    journal.note(system_scope(agency), "backup_key.keep", agency, {"public": (None, public)})
    keys.keep_public(Path(settings.DATA_FOLDER), public)
