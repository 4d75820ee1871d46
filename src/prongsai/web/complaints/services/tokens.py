"""What a reporter's page carries from one answer to the next: closed and dated by the server, which keeps nothing."""

import json
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

LASTS = 12 * 60 * 60  # seconds


def closed(value: Any, purpose: str) -> str:
    """Close something that JSON can hold, for a hidden field. purpose: what it is for; no other can open it."""
    return _keys(purpose).encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()


def opened(token: str, purpose: str) -> Any | None:
    """Open a token of this server that is not older than LASTS; None for any other."""
    try:
        return json.loads(_keys(purpose).decrypt(token.encode(), ttl=LASTS))
    except InvalidToken:
        return None


def _keys(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(purpose, secret)) for secret in secrets])


def _key(purpose: str, secret: str | bytes) -> bytes:
    worked = salted_hmac(f"prongsai.complaints.{purpose}", "token", secret=secret, algorithm="sha256")
    return urlsafe_b64encode(worked.digest())
