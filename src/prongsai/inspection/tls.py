"""What is wrong with a host's certificate, and until when it holds: read from its bytes, verified or not.

A connection that is verified says only the first thing that it minds. An office must know all of it: expired, for
another name, from an issuer that nobody knows. So the certificate itself is read (X.509, RFC 5280: validity and
alternative names).
"""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from ipaddress import ip_address

import certifi

from prongsai.inspection.policy import THAI_TIME

_SEQUENCE, _UTC_TIME, _OCTETS, _VERSION, _EXTENSIONS, _DNS, _IP = 0x30, 0x17, 0x04, 0xA0, 0xA3, 0x82, 0x87
_ALTERNATIVE_NAMES = bytes.fromhex("551d11")
_HOST_MISMATCH = (62, 64)  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
_OUT_OF_TIME = (9, 10)  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says: from when until when, and for which names and addresses."""

    begins: datetime
    ends: datetime
    names: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """The last day on which it holds, as Thailand counts days."""
        return self.ends.astimezone(THAI_TIME).date()

    def is_for(self, host: str) -> bool:
        """Whether it names a host, also by ``*`` for one label."""
        return any(_matches(name, host) for name in self.names)


class BadCertificate(ValueError):
    """Bytes that are no certificate."""


class TlsRefused(Exception):
    """A TLS connection that no browser would go on with. codes: all that is wrong; certificate: if one was shown."""

    def __init__(self, codes: tuple[str, ...], certificate: Certificate | None = None) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes
        self.certificate = certificate


@lru_cache(maxsize=8)
def verifying(authorities: str) -> ssl.SSLContext:
    """Give a context that checks as a browser does. authorities: PEM of more authorities, or empty."""
    context = ssl.create_default_context()
    context.load_verify_locations(cafile=certifi.where())
    if authorities:
        context.load_verify_locations(cadata=authorities)
    return context


@lru_cache(maxsize=1)
def unverifying() -> ssl.SSLContext:
    """Give a context for a second look: it takes any certificate, and nothing is ever asked over it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def what_is_wrong(reason: ssl.SSLError, certificate: Certificate | None, host: str, now: datetime) -> tuple[str, ...]:
    """Say what a refused handshake minds: what OpenSSL said first, and what the certificate itself shows."""
    if not isinstance(reason, ssl.SSLCertVerificationError):
        return ("REACH_TLS",)
    code = reason.verify_code
    found = dict.fromkeys(["REACH_TLS_ISSUER"] if code not in (*_HOST_MISMATCH, *_OUT_OF_TIME) else [])
    if code in _OUT_OF_TIME or (certificate and not certificate.begins <= now <= certificate.ends):
        found["REACH_TLS_EXPIRED"] = None
    if code in _HOST_MISMATCH or (certificate and not certificate.is_for(host)):
        found["REACH_TLS_HOST"] = None
    return tuple(found)


def certificate_of(der: bytes) -> Certificate:
    """Read a certificate. Raises BadCertificate."""
    try:
        body = _first(_first(der))
        parts = [part for part in _parts(body) if part[0] != _VERSION]
        begins, ends = (_time(tag, value) for tag, value in _parts(parts[3][1]))
        extensions = next((value for tag, value in parts if tag == _EXTENSIONS), b"")
        return Certificate(begins, ends, tuple(_names(extensions)))
    except (IndexError, ValueError, StopIteration, OverflowError) as reason:
        raise BadCertificate("not an X.509 certificate") from reason


def _first(data: bytes) -> bytes:
    return next(_parts(data))[1]


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give tag and value of each element that stands in a row (DER)."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(data[at : at + count], "big"), at + count
        if at + length > len(data):
            raise ValueError("an element longer than what holds it")
        yield tag, data[at : at + length]
        at += length


def _time(tag: int, value: bytes) -> datetime:
    text = value.decode("ascii")
    if tag == _UTC_TIME:
        text = ("20" if int(text[:2]) < 50 else "19") + text
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _names(extensions: bytes) -> Iterator[str]:
    for _, extension in _parts(_first(extensions)) if extensions else ():
        parts = list(_parts(extension))
        if parts[0][1] != _ALTERNATIVE_NAMES:
            continue
        for tag, value in _parts(_first(parts[-1][1])):
            if tag == _DNS:
                yield value.decode("ascii", "replace").lower()
            elif tag == _IP and len(value) in (4, 16):
                yield str(ip_address(value))


def _matches(name: str, host: str) -> bool:
    head, dot, rest = name.partition(".")
    return name == host or (head == "*" and bool(dot) and host.partition(".")[2] == rest)
