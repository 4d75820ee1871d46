"""What is wrong with an address before it is opened: short links, test machines, names and passwords inside."""

import re
from collections.abc import Iterator

from prongsai.errors import Problem
from prongsai.inspection.addresses import Address, readable_host, site_of
from prongsai.inspection.guard import is_public, literal
from prongsai.inspection.policy import Policy
from prongsai.inspection.report import problem

SHORTENERS = frozenset(
    {"1th.me", "bit.ly", "bl.ink", "buff.ly", "citly.me", "cutt.ly", "dub.sh", "goo.gl", "is.gd", "l.ead.me",
     "lnkd.in", "me-qr.com",
     "ow.ly", "qr.page", "qrco.de", "qrcodes.pro", "rb.gy", "rebrand.ly", "s.id", "scan.page", "short.io",
     "shorturl.asia",
     "shorturl.at", "shorturl.gg", "soo.gd", "t.co", "t.ly", "tiny.cc", "tinyurl.asia", "tinyurl.com", "tny.im", "u.to",
     "url.in.th", "urlr.me", "v.gd", "x.gd"}
)  # fmt: skip
_TEST_LABEL = re.compile(
    r"(?:dev|devel|development|test|testing|staging|stage|uat|sit|demo|beta|sandbox|preview|localhost|local)[0-9]*"
)
_TEST_ENDS = (".local", ".test", ".localhost", ".lan", ".internal", ".intranet", ".invalid", ".example", ".home.arpa")
_TUNNELS = ("ngrok.io", "ngrok-free.app", "ngrok.app", "trycloudflare.com", "loca.lt", "serveo.net", "localtunnel.me")


def signs(address: Address, policy: Policy, *, final: str) -> Iterator[Problem]:
    """Give what an address itself shows. final: where it led, as far as is known."""
    here = str(address)
    if address.has_user:
        yield problem("REACH_USER", here)
    if address.host.removeprefix("www.") in SHORTENERS:
        yield problem("REACH_SHORTENER", here, host=address.host, to=final if final != here else "ที่อยู่ปลายทาง")
    if is_test_host(address, policy):
        yield problem("REACH_TEST_HOST", here, host=readable_host(address.host))


def is_test_host(address: Address, policy: Policy) -> bool:
    """Whether a host is no public website's: a number, ``localhost``, ``staging.``, a tunnel."""
    host, number = address.host, literal(address.host)
    if number is not None:
        return not (policy.may_be_private(host) and not is_public(number))
    if host == "localhost" or "." not in host:
        return not policy.may_be_private(host)
    below = host.removesuffix(site_of(host)).split(".")
    if any(_TEST_LABEL.fullmatch(label) for label in below):
        return True
    return host.endswith(_TEST_ENDS) or any(host.endswith(f".{house}") for house in _TUNNELS)
