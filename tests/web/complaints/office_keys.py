"""An opened channel of the made-up municipality: who holds which key, all under one passphrase."""

from __future__ import annotations

from prongsai.web.agencies.models import Agency, Membership, Person, User
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.access import Key
from prongsai.web.complaints.models import Channel, Holder, HolderDuty
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import holders, unlocking
from tests.web import office

PASSPHRASE = "มะม่วงสุก ริมรั้ว สีเหลือง หวานฉ่ำ"
SUPERVISOR = "supervisor"
OUTSIDER = "outsider"
FALLBACK = Role.PRIVACY
HANDLERS = (Role.LEGAL, Role.AUDITOR, Role.SUPPLY)
KEEPERS = (Role.CLERK, Role.PUBLISHER, OUTSIDER)
DUTIES = {
    Role.LEGAL: HolderDuty.HANDLER,
    Role.AUDITOR: HolderDuty.HANDLER,
    Role.SUPPLY: HolderDuty.HANDLER,
    SUPERVISOR: HolderDuty.SUPERVISOR,
    FALLBACK: HolderDuty.FALLBACK,
    Role.CLERK: HolderDuty.KEEPER,
    Role.PUBLISHER: HolderDuty.KEEPER,
    OUTSIDER: HolderDuty.KEEPER,
}
_NAMES = {SUPERVISOR: ("กำกับ", "ดูแลดี"), OUTSIDER: ("ภายนอก", "เก็บมั่น")}


def outsider(agency: Agency, who: str, given: str, family: str) -> User:
    """Make somebody from outside the office, with an account and no post."""
    person = Person.objects.create(
        agency=agency, prefix="นาย", given_name=given, family_name=family, employment="outside"
    )
    user = User(username=f"{who}-{agency.code}", first_name=given, last_name=family, email=f"{who}@example.go.th")
    user.set_password(office.PASSWORD)
    user.save()
    Membership.objects.create(agency=agency, user=user, person=person)
    return user


def scope_for(agency: Agency, who: str) -> Scope:
    """Give the scope of somebody: a Role, SUPERVISOR or OUTSIDER."""
    found = scope_of(User.objects.get(username=f"{who}-{agency.code}"), agency.code)
    assert found is not None
    return found


def named(agency: Agency) -> None:
    """Name everybody, as an administrator does before the channel is open."""
    for who, names in _NAMES.items():
        outsider(agency, who, *names)
    admin = scope_for(agency, Role.ADMIN)
    for who, duty in DUTIES.items():
        holders.name_holder(admin, user=scope_for(agency, who).user, duty=duty)


def keyed(agency: Agency, *people: str) -> None:
    """Let people make their keys."""
    for who in people:
        scope = scope_for(agency, who)
        holder = rolls.awaited(agency, scope.user)
        assert holder is not None
        unlocking.make_key(scope, holder=holder, passphrase=PASSPHRASE)


def build(agency: Agency) -> Channel:
    """Open a channel in which everybody has unlocked once, so that the keepers have their copies."""
    named(agency)
    keyed(agency, *DUTIES)
    scope = scope_for(agency, Role.LEGAL)
    first = rolls.awaited(agency, scope.user)
    assert first is not None
    bundle = unlocking.open_key(scope, holder=first, passphrase=PASSPHRASE)
    holders.open_channel(
        scope, holder=first, bundle=bundle, chosen=list(Holder.objects.filter(agency=agency)), version=None
    )
    for who in DUTIES:
        key_of(agency, who)
    found = rolls.channel_of(agency)
    assert found is not None
    return found


def key_of(agency: Agency, who: str, passphrase: str = PASSPHRASE) -> Key:
    """Unlock somebody's key."""
    scope = scope_for(agency, who)
    holder = rolls.mine(agency, scope.user)
    assert holder is not None
    return Key(holder, unlocking.unlock(scope, holder=holder, passphrase=passphrase))


def holder_of(agency: Agency, who: str) -> Holder:
    """Give somebody's valid row."""
    found = rolls.mine(agency, scope_for(agency, who).user)
    assert found is not None
    return found
