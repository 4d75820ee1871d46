"""Confirming that it is the owner of an account who signs: the password once more, or the code of their app."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.thai.numerals import to_arabic
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import AuditEntry, User
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Method

WRONG_MAX = 5
WITHIN = timedelta(minutes=5)
_REFUSED = "letter.unconfirmed"


def asks_code(user: User | None) -> bool:
    """Whether an account signs with the code of its app: whoever has set up one, the password alone is not enough."""
    return user is not None and _app_of(user) is not None


def confirm(scope: Scope, *, password: str = "", otp: str = "") -> Method:
    """Confirm who asks, and give how. An account with an app gives its code, any other its password.

    Every wrong try stands in the journal, which is also what counts them: after five within five minutes no further one
    is looked at, in whichever process it arrives. Raises ValidationError, which never says what was wrong.
    """
    if scope.user is None:
        raise ValidationError(_("ต้องลงชื่อเข้าใช้ก่อนลงนาม"))
    _hold(scope)
    app = _app_of(scope.user)
    method = _matches(scope.user, app, password, otp)
    _count(scope, is_right=method is not None)
    if method is None:
        raise ValidationError(_("ยืนยันตัวตนไม่สำเร็จ ตรวจรหัสแล้วลองใหม่ เอกสารยังไม่ได้ลงนาม"))
    return method


def _matches(user: User, app: Authenticator | None, password: str, otp: str) -> Method | None:
    """Check what was given. All of it must be right; the code is looked at last, for it works only once."""
    if app is None:
        return Method.PASSWORD if password and user.check_password(password) else None
    if password and not user.check_password(password):
        return None
    code = to_arabic(otp).replace(" ", "")
    return Method.SECOND_FACTOR if code and app.wrap().validate_code(code) else None


def _app_of(user: User) -> Authenticator | None:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()


def _hold(scope: Scope) -> None:
    if _wrong(scope) >= WRONG_MAX:
        raise ValidationError(_("ใส่รหัสผิดหลายครั้ง รอ ๕ นาทีแล้วลองใหม่ ถ้าท่านไม่ได้ลองเอง ให้เปลี่ยนรหัสผ่านทันที"))


@transaction.atomic
def _count(scope: Scope, *, is_right: bool) -> None:
    """Keep a wrong try. Counted again in turn: of many tries at once only five are answered."""
    journal.take_turn(scope.agency)
    _hold(scope)
    if not is_right:
        journal.note(scope, _REFUSED, scope.user)


def _wrong(scope: Scope) -> int:
    since = timezone.now() - WITHIN
    return AuditEntry.objects.filter(agency=scope.agency, user=scope.user, action=_REFUSED, at__gte=since).count()
