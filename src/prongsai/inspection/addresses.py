"""Addresses as clerks write them: Thai names, Thai paths, missing schemes; and which of them are one site."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

ADDRESS_MAX = 4_000
_PORTS = {"http": 80, "https": 443}
_KEPT_IN_PATH = "/%:@!$&'()*+,;=~-._"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9]+(?:/|$))")
_LOOSE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
# Second levels under which names are given out: below them a name has three parts.
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "go", "gov", "in", "mi", "net", "or", "org"})
_THAI_SECOND_LEVELS = frozenset({"ธุรกิจ", "เน็ต", "รัฐบาล", "ศึกษา", "องค์กร", "ทหาร"})
# Houses that give a name below theirs to everybody: each name is a site of its own.
_SHARED_HOUSES = ("blogspot.com", "wordpress.com", "wixsite.com", "weebly.com", "github.io", "netlify.app", "web.app")


class BadAddress(ValueError):
    """Nothing that a browser would open. scheme: what it begins with, empty when it is no address at all."""

    def __init__(self, text: str, scheme: str = "") -> None:
        super().__init__(text)
        self.scheme = scheme


@dataclass(frozen=True, slots=True)
class Address:
    """An address in parts, as it goes over the wire: host in ASCII and lower case, target with everything escaped."""

    scheme: str
    host: str
    port: int
    target: str
    fragment: str = ""
    has_user: bool = False

    @property
    def authority(self) -> str:
        """Host and, unless it is the usual one, port: what the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.target.partition("?")[0]

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parse(text: str) -> Address:
    """Take an address apart. Without a scheme it is https, as browsers have it. Raises BadAddress."""
    text = re.sub(r"[\t\r\n]", "", text.strip().strip("\x00"))
    if not text or len(text) > ADDRESS_MAX:
        raise BadAddress(text[:200])
    text = text if _SCHEME.match(text) else f"https://{text.lstrip('/')}"
    scheme, _, rest = text.partition(":")
    if scheme.lower() not in _PORTS:
        raise BadAddress(text[:200], scheme.lower())
    try:
        parts = urlsplit(f"{scheme}://{rest.replace(chr(92), '/').lstrip('/')}")
        port = parts.port
    except ValueError as reason:
        raise BadAddress(text[:200]) from reason
    scheme = parts.scheme.lower()
    target = _escaped(parts.path or "/", _KEPT_IN_PATH) + (
        f"?{_escaped(parts.query, '?/' + _KEPT_IN_PATH)}" * bool(parts.query)
    )
    return Address(
        scheme,
        _ascii_host(parts.hostname or "", text),
        port or _PORTS[scheme],
        target,
        parts.fragment,
        "@" in parts.netloc,
    )


def _escaped(text: str, kept: str) -> str:
    return quote(_LOOSE_PERCENT.sub("%25", text), safe=kept, errors="replace")


def _ascii_host(host: str, text: str) -> str:
    """Give a host in ASCII (IDNA). An IPv6 literal stays as it is, without brackets."""
    if ":" in host:
        return host.lower()
    try:
        found = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError as reason:
        raise BadAddress(text[:200]) from reason
    if not _HOST.fullmatch(found) or ".." in found or max(map(len, found.split("."))) > 63:
        raise BadAddress(text[:200])
    return found.rstrip(".")


def joined(base: str, reference: str) -> str:
    """Give where a reference on a page leads, without its fragment. Raises BadAddress for what no browser opens."""
    reference = reference.strip()
    try:
        return str(parse(urljoin(base, reference.replace("\\", "/"))))
    except ValueError as reason:
        raise reason if isinstance(reason, BadAddress) else BadAddress(reference[:200]) from reason


def readable_host(host: str) -> str:
    """Give a host with its Thai letters back."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


def site_of(host: str) -> str:
    """Give the name that an office registered: ``ita.ban.go.th`` and ``www.ban.go.th`` are one site."""
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit() or len(labels) < 3:
        return host
    if any(host.endswith(f".{house}") for house in _SHARED_HOUSES):
        return host.removeprefix("www.")
    has_second = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    has_second = has_second or readable_host(labels[-2]) in _THAI_SECOND_LEVELS
    return ".".join(labels[-3 if has_second else -2 :])


def same_place(one: Address, other: Address) -> bool:
    """Whether two addresses differ only in http or https, ``www.``, a last slash or a fragment."""
    return _place(one) == _place(other)


def _place(address: Address) -> tuple[str, str]:
    path, mark, query = address.target.partition("?")
    return address.host.removeprefix("www."), f"{path.rstrip('/')}{mark}{query}"


def place_of(address: str) -> str:
    """Give what addresses of one place have in common: http or https, ``www.`` and a last slash make no difference."""
    scheme, _, rest = address.partition("://")
    rest = rest if scheme in ("http", "https") else address
    host, slash, path = rest.partition("/")
    path, mark, query = path.partition("?")
    return f"{host.removeprefix('www.')}{slash}{path}".rstrip("/") + mark + query
