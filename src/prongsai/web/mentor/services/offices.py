"""Offices and who looks in them: made by who runs the installation, entered by a link that works once."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import accounts, journal
from prongsai.web.agencies.models import User
from prongsai.web.mentor.access import Keeper
from prongsai.web.mentor.models import Mentor, Office, Summons
from prongsai.web.mentor.queries.offices import open_summonses

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Summoned:
    """An invitation just made. address: the one time that its link is known."""

    summons: Summons
    address: str


def make_office(keeper: Keeper, *, office: Office) -> Office:
    """Make an office. Raises ValidationError."""
    office.made_by = keeper.user
    return journal.create(keeper, office, "mentor_office.create")


def change_office(keeper: Keeper, *, office: Office, version: int | None = None, **values: object) -> Office:
    """Change name or contact of an office; where it looks stays, since agencies joined it for that.

    Raises ValidationError, Stale.
    """
    return journal.change(keeper, office, "mentor_office.change", version=version, **values)


# --- who looks in it ------------------------------------------------------------------------------------------------
@transaction.atomic
def summon(keeper: Keeper, *, office: Office, name: str, email: str = "", link: Link) -> Summoned:
    """Invite somebody to look in an office. link: makes the address of a token. Raises ValidationError."""
    token = secrets.token_urlsafe(32)
    summons = Summons(
        office=office,
        name=name,
        email=email,
        token_sha256=_hash(token),
        made_by=keeper.user,
        expires_at=timezone.now() + timedelta(days=accounts.INVITATION_DAYS),
    )
    journal.create(keeper, summons, "invitation.create")
    return Summoned(summons, link(token))


def withdraw(keeper: Keeper, *, summons: Summons) -> Summons:
    """Withdraw an invitation that is still open. Raises ValidationError for one that was used or is withdrawn."""
    if summons.used_at or summons.withdrawn_at:
        raise ValidationError(_("คำเชิญนี้ถูกใช้หรือยกเลิกไปแล้ว"))
    return journal.change(keeper, summons, "invitation.withdraw", withdrawn_at=timezone.now())


def open_summons(token: str) -> Summons | None:
    """Give the invitation of a token, if it still lets somebody in."""
    return open_summonses().filter(token_sha256=_hash(token)).first()


@transaction.atomic
def accept_anew(*, token: str, username: str, password: str) -> Mentor:
    """Make the account of who was invited. Raises ValidationError, also when the invitation is no longer open."""
    summons = _taken(token)
    given, _blank, family = summons.name.strip().partition(" ")
    user = accounts.new_user(
        given_name=given, family_name=family.strip(), email=summons.email, username=username, password=password
    )
    journal.create(Keeper(user), user, "account.create")
    return _entered(summons, user)


@transaction.atomic
def accept_as(*, token: str, user: User) -> Mentor:
    """Let an account that is there look in the office. Raises ValidationError as ``accept_anew``."""
    return _entered(_taken(token), user)


def _taken(token: str) -> Summons:
    journal.take_turn(None)
    summons = open_summons(token)  # now that nobody else can use it
    if summons is None:
        raise ValidationError(_("คำเชิญนี้ใช้ไม่ได้แล้ว"))
    return summons


def _entered(summons: Summons, user: User) -> Mentor:
    keeper = Keeper(user)
    journal.change(keeper, summons, "invitation.accept", used_at=timezone.now())
    found = Mentor.objects.filter(office=summons.office, user=user).first()
    if found is not None:
        return journal.change(keeper, found, "mentor.open", is_open=True)
    return journal.create(keeper, Mentor(office=summons.office, user=user), "mentor.open")


@transaction.atomic
def close(keeper: Keeper, *, mentor: Mentor) -> Mentor:
    """Shut the door at once: whoever belongs nowhere else is signed out everywhere."""
    journal.change(keeper, mentor, "mentor.close", is_open=False)
    if not accounts.may_enter(mentor.user):
        accounts.sign_out_everywhere(mentor.user)
    return mentor


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
