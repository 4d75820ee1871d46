"""Accounts: inviting a person, coming in by an invitation, closing, helping who cannot get in."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, Appointment, Invitation, Membership, Person, User
from prongsai.web.agencies.queries.powers import keepers_on
from prongsai.web.agencies.scope import Scope

INVITATION_DAYS = 7
Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation just made. address: the one time that its link is known. is_mailed: also on its way by mail."""

    invitation: Invitation
    address: str
    is_mailed: bool


# --- inviting -------------------------------------------------------------------------------------------------------
@transaction.atomic
def invite(scope: Scope, *, person: Person, link: Link) -> Invited:
    """Invite a person; earlier invitations end. link: makes the address of a token.

    Raises ValidationError for who has an account, has left or is of another agency.
    """
    journal.take_turn(scope.agency)
    _check_invitable(scope.agency, person, scope.today)
    for earlier in open_invitations(scope).filter(person=person):
        withdraw(scope, invitation=earlier)
    token = secrets.token_urlsafe(32)
    expires_at = timezone.now() + timedelta(days=INVITATION_DAYS)
    invitation = Invitation(
        agency=scope.agency, person=person, token_sha256=_hash(token), made_by=scope.user, expires_at=expires_at
    )
    journal.create(scope, invitation, "invitation.create")
    address = link(token)
    is_mailed = bool(person.email) and mail_is_set()
    if is_mailed:
        _mail_invitation(scope, person, address)
    return Invited(invitation, address, is_mailed)


def withdraw(scope: Scope, *, invitation: Invitation) -> Invitation:
    """Withdraw an invitation that is still open. Raises ValidationError for one that was used or is withdrawn."""
    if invitation.used_at or invitation.withdrawn_at:
        raise ValidationError(_("คำเชิญนี้ถูกใช้หรือยกเลิกไปแล้ว"))
    return journal.change(scope, invitation, "invitation.withdraw", withdrawn_at=timezone.now())


def open_invitation(token: str, today: date | None = None) -> Invitation | None:
    """Give the invitation of a token, if it still lets its person in."""
    today = today or timezone.localdate()
    invited = Invitation.objects.filter(_open(), agency__closed_on__isnull=True).select_related("agency", "person")
    found = invited.filter(token_sha256=_hash(token)).first()
    return found if found and _invitable(found.agency, today).filter(pk=found.person_id).exists() else None


@transaction.atomic
def accept(*, token: str, username: str, password: str) -> Membership:
    """Make the account of an invited person. Raises ValidationError, also when the invitation is no longer open."""
    invitation = open_invitation(token)
    if invitation is None:
        raise ValidationError(_("คำเชิญนี้ใช้ไม่ได้แล้ว"))
    journal.take_turn(invitation.agency)
    invitation = open_invitation(token)  # again, now that nobody else can use it
    if invitation is None:
        raise ValidationError(_("คำเชิญนี้ถูกใช้ไปแล้ว"))
    person = invitation.person
    user = new_user(
        given_name=person.given_name,
        family_name=person.family_name,
        email=person.email,
        username=username,
        password=password,
    )
    scope = Scope(invitation.agency, user, invitation.person, frozenset(), frozenset())
    journal.create(scope, user, "account.create")
    member = Membership(agency=invitation.agency, user=user, person=invitation.person)
    journal.create(scope, member, "account.open")
    journal.change(scope, invitation, "invitation.accept", used_at=timezone.now())
    return member


def new_user(*, given_name: str, family_name: str, email: str, username: str, password: str) -> User:
    """Make an account that is not saved yet. Raises ValidationError for a name that is taken or a weak password."""
    name = User.normalize_username(username).strip()
    if User.objects.filter(username__iexact=name).exists():
        raise ValidationError({"username": _("มีผู้ใช้ชื่อนี้แล้ว เลือกชื่ออื่น")})
    user = User(username=name, first_name=given_name, last_name=family_name, email=email)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    return user


def _mail_invitation(scope: Scope, person: Person, address: str) -> None:
    text = _(
        "เรียน {person}\n\n{agency} เชิญท่านเปิดบัญชีผู้ใช้ระบบงาน ITA “โปร่งใส”\n"
        "เปิดลิงก์นี้เพื่อตั้งชื่อผู้ใช้และรหัสผ่าน ใช้ได้ครั้งเดียว ภายใน {days} วัน\n\n{address}\n\n"
        "หากท่านไม่ได้เกี่ยวข้อง ไม่ต้องทำอะไร ลิงก์จะหมดอายุเอง\n"
    ).format(person=person, agency=scope.agency, days=INVITATION_DAYS, address=address)
    subject = _("คำเชิญเปิดบัญชีผู้ใช้ {agency}").format(agency=scope.agency)
    import_string(settings.SEND_MAIL)(scope, to=person.email, subject=subject, text=text)


def _check_invitable(agency: Agency, person: Person, today: date) -> None:
    if not _invitable(agency, today).filter(pk=person.pk).exists():
        raise ValidationError(_("เชิญไม่ได้: มีบัญชีอยู่แล้ว พ้นจากงานแล้ว หรือไม่ใช่บุคลากรของหน่วยงานนี้"))


# --- closing and helping --------------------------------------------------------------------------------------------
@transaction.atomic
def close(scope: Scope, *, member: Membership) -> Membership:
    """Close an account at once: it is signed out everywhere and cannot come in again.

    Raises ValidationError for the last account that can keep accounts.
    """
    journal.take_turn(scope.agency)
    keepers = keepers_on(scope.agency, scope.today)
    if keepers.filter(pk=member.pk).exists() and not keepers.exclude(pk=member.pk).exists():
        raise ValidationError(_("ปิดไม่ได้: เป็นบัญชีผู้ดูแลระบบบัญชีสุดท้าย ให้เชิญผู้ดูแลระบบคนใหม่ก่อน"))
    journal.change(scope, member, "account.close", is_open=False)
    for invitation in open_invitations(scope).filter(person=member.person_id):
        withdraw(scope, invitation=invitation)
    if not Membership.objects.filter(user=member.user_id, is_open=True).exists() and not enters_beside(member.user):
        journal.change(scope, member.user, "account.end", is_active=False)
    sign_out_everywhere(member.user)
    return member


@transaction.atomic
def end_two_step(scope: Scope, *, member: Membership) -> int:
    """Turn two-step sign-in off for somebody who lost phone and codes; give how many devices that were."""
    _check_own(scope, member)
    journal.note(scope, "two_step.end", member.user)
    count, _kinds = Authenticator.objects.filter(user=member.user).delete()
    sign_out_everywhere(member.user)
    return count


@transaction.atomic
def password_path(scope: Scope, *, member: Membership) -> str:
    """Make the path by which somebody without mail sets a new password: once, within three days."""
    _check_own(scope, member)
    journal.note(scope, "account.password_link", member.user)
    key = default_token_generator.make_token(member.user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(member.user), key])


def sign_out_everywhere(user: User) -> None:
    """End every session of an account."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def _check_own(scope: Scope, member: Membership) -> None:
    # One office must not open the door of another by helping an account that both know.
    is_elsewhere = Membership.objects.filter(user=member.user, is_open=True).exclude(pk=member.pk).exists()
    # Nor the door of the installation; where it holds one office alone, there is nobody else to shut out.
    runs_more = enters_beside(member.user) and Agency.objects.exclude(pk=scope.agency.pk).exists()
    if not member.is_open or is_elsewhere or runs_more:
        raise ValidationError(_("บัญชีนี้ปิดแล้ว หรือใช้กับหน่วยงานอื่นด้วย เจ้าของต้องแก้ด้วยตนเอง"))


# --- reading --------------------------------------------------------------------------------------------------------
def mail_is_set() -> bool:
    """Whether the installation can send mail."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def may_enter(user: User, today: date | None = None) -> bool:
    """Whether somebody has an open account in any agency that they still serve and that is not closed, or beside them.

    Beside them: who runs the installation, and whoever else ``MAY_ALSO_ENTER`` knows.
    """
    serving = _serving(today or timezone.localdate(), "person__")
    members = Membership.objects.filter(serving, user=user, is_open=True, agency__closed_on__isnull=True)
    return user.is_active and (members.exists() or enters_beside(user))


def enters_beside(user: User) -> bool:
    """Whether somebody comes in without being of any agency."""
    return any(import_string(path)(user) for path in settings.MAY_ALSO_ENTER)


def agency_of(user: User) -> Agency | None:
    """Give the first agency in which somebody has an open account."""
    return Agency.objects.filter(memberships__user=user, memberships__is_open=True).first()


def accounts_of(scope: Scope) -> QuerySet[Membership]:
    """Give the agency's accounts, open ones first, with person, ``held`` appointments and ``two_step``."""
    held = Appointment.objects.on(scope.today).select_related("post").prefetch_related("post__roles")
    two_step = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
    return (
        Membership.objects.filter(agency=scope.agency)
        .select_related("user", "person")
        .prefetch_related(Prefetch("person__appointments", held, to_attr="held"))
        .annotate(two_step=Exists(two_step))
        .order_by("-is_open", "person__given_name", "person__family_name", "pk")
    )


def places_of(user: User, today: date | None = None) -> QuerySet[Membership]:
    """Give somebody's open accounts with agency, person and ``held`` appointments."""
    held = Appointment.objects.on(today or timezone.localdate()).select_related("post__unit")
    places = Membership.objects.filter(user=user, is_open=True).select_related("agency", "person")
    return places.prefetch_related(Prefetch("person__appointments", held, to_attr="held")).order_by("agency__code")


def open_invitations(scope: Scope) -> QuerySet[Invitation]:
    """Give the invitations that still let somebody in, the newest first."""
    return Invitation.objects.filter(_open(), agency=scope.agency).select_related("person", "made_by")


def people_to_invite(scope: Scope) -> QuerySet[Person]:
    """Give who serves in the agency and has no open account."""
    return _invitable(scope.agency, scope.today)


def _invitable(agency: Agency, today: date) -> QuerySet[Person]:
    here = Person.objects.filter(_serving(today), agency=agency, merged_into__isnull=True)
    return here.exclude(memberships__in=Membership.objects.filter(agency=agency, is_open=True))


def _serving(today: date, path: str = "") -> Q:
    return Q(**{f"{path}left_on__isnull": True}) | Q(**{f"{path}left_on__gte": today})


def _open() -> Q:
    return Q(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
