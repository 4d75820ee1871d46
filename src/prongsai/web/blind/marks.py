"""What somebody who asks a blind page is counted by: a mark of the address that nothing leads back from."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from prongsai.web.agencies.adapter import client_address

MARK = "prongsai.mark"  # where it stands in ``request.META``
HOUR_S = 3600


@dataclass(slots=True)
class _Key:
    """A random key of this hour. When it goes, no mark leads back to an address, nor to one of another hour."""

    value: bytes = b""
    until: float = 0.0


_key = _Key()
_lock = threading.Lock()


def mark_of(request: HttpRequest) -> str:
    """Give what an address is counted by within this hour; "" where the address says nothing of who asks.

    That is so of a proxy that passes no address on, and of this machine's own, by which the onion service comes: many
    come through them, and one of them must not shut the others out.
    """
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and not request.META.get("HTTP_X_FORWARDED_FOR"):
        return ""
    try:
        address = client_address(request)
    except ImproperlyConfigured:  # fewer proxies than the office said
        address = None
    if not address or ip_address(address).is_loopback or ip_address(address).is_unspecified:  # "::" is the net of ::1
        return ""
    return hmac.digest(_key_of_now(), address.encode(), "sha256").hex()


def _key_of_now() -> bytes:
    now = time.monotonic()
    with _lock:
        if now >= _key.until:
            _key.value, _key.until = secrets.token_bytes(32), now + HOUR_S
        return _key.value
