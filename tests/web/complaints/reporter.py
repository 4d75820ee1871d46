"""Somebody who reports: a browser with an address, a name, a session and a past, none of which may be seen."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

from django.core.signing import TimestampSigner, b62_encode
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prongsai.privacy.seal.receipts import Receipt, read_receipt
from prongsai.web.agencies.models import Agency

ADDRESS = "203.0.113.77"
AGENT = "Mozilla/5.0 (เครื่องของสมชาย)"
SESSION = "session-of-a-clerk"
WHAT = "นายช่างขอเงินห้าพันบาทแลกกับใบอนุญาตก่อสร้าง"


def browser(**headers: str) -> Client:
    """Give a browser that shows everything a browser can show, and asks to be refused without a CSRF token."""
    client = Client(
        enforce_csrf_checks=True,
        raise_request_exception=False,
        REMOTE_ADDR=ADDRESS,
        headers={
            "Host": "testserver",
            "User-Agent": AGENT,
            "Referer": "https://chat.example/who-told-me",
            "X-Forwarded-For": "198.51.100.9",
            "Forwarded": "for=198.51.100.9",
            "X-Real-IP": "198.51.100.9",
            "CF-Connecting-IP": "198.51.100.9",
            "Sec-CH-UA": "Chromium",
            "Authorization": "Basic c2VjcmV0",
            **headers,
        },
    )
    client.cookies["sessionid"] = SESSION
    client.cookies["csrftoken"] = "a" * 32
    return client


def address(agency: Agency, page: str = "report_public") -> str:
    """Give the address of a page."""
    return reverse(page, args=[agency.code])


class _Early(TimestampSigner):
    def timestamp(self) -> str:
        return b62_encode(int(time.time()) - 10)


def early() -> str:
    """Give what a form carries that was given out ten seconds ago."""
    return _Early(salt="prongsai.complaints.form").sign("form")


def hidden(page: str, name: str) -> str:
    """Read a hidden field out of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


@dataclass
class Reporter:
    """Reports and follows by the pages alone."""

    agency: Agency
    client: Client = field(default_factory=browser)

    def asked(self, page: str = "report_public") -> str:
        """Ask for a form; give its token."""
        return hidden(self.client.get(address(self.agency, page)).content.decode(), "token")

    def filled(self, **values: Any) -> dict[str, Any]:
        """Give a form that is filled in, read for ten seconds."""
        said = {
            "mode": "anonymous",
            "category": "bribe",
            "what": WHAT,
            "where": "เคาน์เตอร์กองช่าง",
            "when": "ต้นเดือนมีนาคม",
            "accused_1_position": "นายช่าง",
            "consent": "on",
            "opened": early(),
        }
        return {**said, **({} if "token" in values else {"token": self.asked()}), **values}

    def send(self, page: str = "report_public", **values: Any) -> HttpResponse:
        """Send a report."""
        return self.client.post(address(self.agency, page), self.filled(**values))

    def follow(self, receipt: Receipt, **values: Any) -> HttpResponse:
        """Open a report by its receipt."""
        return self.client.post(address(self.agency, "report_follow"), {"words": " ".join(receipt.thai), **values})


def receipt_in(answer: HttpResponse) -> Receipt:
    """Read the receipt off its page."""
    return read_receipt(" ".join(re.findall(r'class="latin"[^>]*>(\w+)<', answer.content.decode())))
