"""How allauth and axes meet the platform: accounts by invitation only, mail that is kept, attempts counted fairly."""

import unicodedata
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import context
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies import accounts
from prongsai.web.agencies.models import User

IPV6_HOME_BITS = 64


class AccountAdapter(DefaultAccountAdapter):
    """Close the public sign-up; let in only who has an open account; keep every mail until it has left."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ตรวจภาษาของแป้นพิมพ์และปุ่ม Caps Lock แล้วลองใหม่"),
        "incorrect_password": _("รหัสผ่านไม่ถูกต้อง"),
        "incorrect_code": _("รหัสไม่ถูกต้องหรือหมดเวลาแล้ว ใช้รหัสล่าสุดจากแอป และตรวจว่านาฬิกาของโทรศัพท์ตรง"),
        "too_many_login_attempts": _("ใส่รหัสผิดหลายครั้งเกินไป รอ ๑๕ นาทีแล้วลองใหม่"),
        "enter_current_password": _("รหัสผ่านปัจจุบันไม่ถูกต้อง"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up unasked."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the counting to axes: allauth counts by name alone, which a stranger could use to shut a clerk out."""

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Turn away who has left or whose account is closed."""
        if not accounts.may_enter(user):
            user.is_active = False  # for this request; the account itself is left as it is
        return super().pre_login(request, user, **kwargs)

    def is_safe_url(self, url: str | None) -> bool:
        """Follow only addresses of the very host that was asked."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand a mail to an account's owner over to the mail that is kept and retried."""
        user = context.get("user") or User.objects.filter(email__iexact=email, is_active=True).first()
        agency = accounts.agency_of(user) if user else None
        if agency is None:
            return
        message = self.render_mail(template_prefix, email, {"email": email} | context)
        import_string(settings.SEND_MAIL)(agency, to=email, subject=message.subject, text=message.body)


def client_address(request: HttpRequest) -> str | None:
    """Give the address that attempts are counted by: the client's, or for IPv6 its home network; None without any.

    One house owns a whole /64, and could take another address for every guess.
    """
    try:
        address = ip_address(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # so allauth says that there is none: a request of a command or a test
        return None
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_HOME_BITS), strict=False).network_address)
    return str(address)


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Give the name that attempts are counted by: one for all ways to write it that let in the same account."""
    name = (credentials or {}).get("username") or request.POST.get("login", "")
    return unicodedata.normalize("NFKC", str(name)).strip().casefold()[:150]
