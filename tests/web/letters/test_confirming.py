import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Method
from prongsai.web.letters.services import confirming
from prongsai.web.letters.services.confirming import asks_code, confirm
from tests.web import office

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


@pytest.fixture
def mayor(scope):
    """The mayor."""
    cache.clear()
    return scope(Role.MAYOR)


@pytest.fixture
def with_app(mayor):
    """The mayor, whose account has an app for codes."""
    TOTP.activate(mayor.user, SECRET)
    return mayor


def test_password_confirms_an_account_without_an_app(mayor):
    assert confirm(mayor, password=office.PASSWORD) == Method.PASSWORD
    assert asks_code(mayor.user) is False


def test_account_with_an_app_gives_its_code_and_the_password_alone_is_not_enough(with_app):
    assert asks_code(with_app.user) is True
    with pytest.raises(ValidationError):
        confirm(with_app, password=office.PASSWORD)
    assert confirm(with_app, otp=f" {to_thai(code_now())} ") == Method.SECOND_FACTOR


def test_code_works_once(with_app):
    code = code_now()
    confirm(with_app, otp=code)
    with pytest.raises(ValidationError):
        confirm(with_app, otp=code)


@pytest.mark.parametrize("given", [{}, {"password": "ผิด"}, {"otp": "000000"}])
def test_wrong_one_never_says_which(mayor, given):
    with pytest.raises(ValidationError) as without:
        confirm(mayor, **given)
    TOTP.activate(mayor.user, SECRET)
    with pytest.raises(ValidationError) as with_app:
        confirm(mayor, **given)
    assert without.value.messages == with_app.value.messages == [
        "ยืนยันตัวตนไม่สำเร็จ ตรวจรหัสแล้วลองใหม่ เอกสารยังไม่ได้ลงนาม"
    ]  # fmt: skip


def test_code_is_not_used_up_by_a_wrong_password(with_app):
    with pytest.raises(ValidationError):
        confirm(with_app, password="ผิด", otp=code_now())
    assert confirm(with_app, password=office.PASSWORD, otp=code_now()) == Method.SECOND_FACTOR


def test_after_five_wrong_ones_the_right_one_waits_five_minutes(mayor, monkeypatch):
    for _try in range(confirming.WRONG_MAX):
        with pytest.raises(ValidationError, match="ยืนยันตัวตนไม่สำเร็จ"):
            confirm(mayor, password="เดา")
    with pytest.raises(ValidationError, match="รอ ๕ นาที"):
        confirm(mayor, password=office.PASSWORD)
    assert AuditEntry.objects.filter(action="letter.unconfirmed", user=mayor.user).count() == confirming.WRONG_MAX
    later = timezone.now() + timedelta(minutes=5, seconds=1)
    monkeypatch.setattr(confirming.timezone, "now", lambda: later)
    assert confirm(mayor, password=office.PASSWORD) == Method.PASSWORD


def test_wrong_ones_of_one_account_do_not_stop_another(mayor, scope):
    for _try in range(confirming.WRONG_MAX):
        with pytest.raises(ValidationError):
            confirm(mayor, password="เดา")
    assert confirm(scope(Role.SECRETARY), password=office.PASSWORD) == Method.PASSWORD


def test_software_confirms_nothing(system):
    with pytest.raises(ValidationError):
        confirm(system, password=office.PASSWORD)
