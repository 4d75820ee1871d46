"""Who runs the installation: inviting, coming in by the link, ending, helping who cannot get in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.thai.text import collapse
from prongsai.web.agencies import accounts, journal
from prongsai.web.agencies.accounts import Link
from prongsai.web.agencies.models import Membership, User
from prongsai.web.directory.models import Operator, OperatorInvitation
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services.making import name_of

INVITATION_DAYS = accounts.INVITATION_DAYS


@dataclass(frozen=True, slots=True)
class OperatorInvited:
    """An invitation just made. address: the one time that its link is known."""

    invitation: OperatorInvitation
    address: str


@transaction.atomic
def make_operator(installation: Installation, *, user: User) -> Operator:
    """Let an account run the installation. Raises ValidationError for one that does already."""
    journal.take_turn(installation.agency)
    had = Operator.objects.filter(user=user).first()
    if had is not None and had.is_open:
        raise ValidationError(_("บัญชีนี้เป็นผู้ดูแลเครื่องแม่ข่ายอยู่แล้ว"))
    if had is not None:
        return journal.change(installation, had, "operator.open", is_open=True, made_by=installation.user)
    return journal.create(installation, Operator(user=user, made_by=installation.user), "operator.open")


@transaction.atomic
def invite_operator(installation: Installation, *, name: str, link: Link) -> OperatorInvited:
    """Invite somebody to run the installation too; the link works once, for a new account or one that there is."""
    journal.take_turn(installation.agency)
    token = secrets.token_urlsafe(32)
    invitation = OperatorInvitation(
        name=collapse(name),
        token_sha256=_hash(token),
        made_by=installation.user,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    journal.create(installation, invitation, "invitation.create")
    return OperatorInvited(invitation, link(token))


def open_invitations() -> QuerySet[OperatorInvitation]:
    """Give the invitations that still let somebody in, the newest first."""
    return OperatorInvitation.objects.filter(
        Q(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())
    ).select_related("made_by")


def open_invitation(token: str) -> OperatorInvitation | None:
    """Give the invitation of a token, if it still lets somebody in."""
    return open_invitations().filter(token_sha256=_hash(token)).first()


@transaction.atomic
def withdraw(installation: Installation, *, invitation: OperatorInvitation) -> OperatorInvitation:
    """Withdraw an invitation that is still open. Raises ValidationError."""
    if invitation.used_at or invitation.withdrawn_at:
        raise ValidationError(_("คำเชิญนี้ถูกใช้หรือยกเลิกไปแล้ว"))
    return journal.change(installation, invitation, "invitation.withdraw", withdrawn_at=timezone.now())


@transaction.atomic
def accept(*, token: str, username: str, password: str) -> Operator:
    """Make an account that runs the installation. Raises ValidationError, also for an invitation no longer open."""
    invitation = _taken(token)
    name = name_of(invitation.name)
    user = accounts.new_user(
        given_name=name["given_name"], family_name=name["family_name"], email="", username=username, password=password
    )
    installation = Installation(user)
    journal.create(installation, user, "account.create")
    return _accepted(installation, invitation, user)


@transaction.atomic
def accept_as(*, token: str, user: User) -> Operator:
    """Let an account that there is run the installation. Raises ValidationError."""
    return _accepted(Installation(user), _taken(token), user)


def _taken(token: str) -> OperatorInvitation:
    journal.take_turn(None)
    found = open_invitation(token)
    if found is None:
        raise ValidationError(_("คำเชิญนี้ใช้ไม่ได้แล้ว"))
    return found


def _accepted(installation: Installation, invitation: OperatorInvitation, user: User) -> Operator:
    made = make_operator(installation, user=user)
    journal.change(installation, invitation, "invitation.accept", used_at=timezone.now())
    return made


@transaction.atomic
def end_operator(installation: Installation, *, operator: Operator) -> Operator:
    """Let somebody run the installation no longer. Raises ValidationError for the last one who does."""
    journal.take_turn(installation.agency)
    others = Operator.objects.filter(is_open=True, user__is_active=True).exclude(pk=operator.pk)
    if not others.exists():
        raise ValidationError(_("ปิดไม่ได้: เป็นผู้ดูแลเครื่องแม่ข่ายคนสุดท้าย ให้เชิญคนใหม่ก่อน"))
    journal.change(installation, operator, "operator.close", is_open=False)
    if not Membership.objects.filter(user=operator.user_id, is_open=True).exists():
        accounts.sign_out_everywhere(operator.user)
    return operator


@transaction.atomic
def password_path(installation: Installation, *, operator: Operator) -> str:
    """Make the path by which an operator sets a new password: once, within three days.

    Raises ValidationError for one who is also of an agency: running the installation opens no agency's door.
    """
    if Membership.objects.filter(user=operator.user_id, is_open=True).exists():
        raise ValidationError(_("บัญชีนี้ใช้ในหน่วยงานด้วย ให้ผู้ดูแลระบบของหน่วยงานช่วย"))
    journal.note(installation, "account.password_link", operator.user)
    key = default_token_generator.make_token(operator.user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(operator.user), key])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
