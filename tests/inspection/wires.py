"""Servers on loopback for tests: answers by host and path, certificates by name, sockets that misbehave."""

from __future__ import annotations

import contextlib
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """What a path answers. raw: the very bytes on the wire instead of all else; wait: seconds before the first byte."""

    body: bytes = b""
    type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    wait: float = 0.0
    act: Callable[[socket.socket], None] | None = None

    def bytes_for(self, method: str) -> bytes:
        if self.raw is not None:
            return self.raw
        heads = {"Content-Type": self.type, "Content-Length": str(len(self.body)), **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in heads.items() if value)
        head = f"HTTP/1.1 {self.status} .\r\n{lines}\r\n".encode()
        return head if method == "HEAD" else head + self.body


def page(
    text: str, *, title: str = "เทศบาลตำบลบ้านสวนพลู", head: str = "", attributes: str = "", **more: object
) -> Reply:
    html = (
        f'<!doctype html><html lang="th"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body{attributes}>{text}</body></html>"
    )
    return Reply(html.encode(), **more)  # type: ignore[arg-type]


def led(to: str, status: int = 302) -> Reply:
    return Reply(b"", status=status, headers={"Location": to})


class Server:
    """Answers by (host, path); a host without certificate is not served over TLS. asked: what was asked for, in order."""

    def __init__(
        self,
        replies: Mapping[tuple[str, str], Reply],
        certificates: Mapping[str, ssl.SSLContext] | None = None,
        other: Reply | None = None,
    ) -> None:
        self.replies, self._certificates = replies, certificates or {}
        self._other = other or page("<h1>404 ไม่พบหน้า</h1>", status=404)
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.at_once, self.most_at_once = 0, 0
        self._lock = threading.Lock()
        self._listening: list[socket.socket] = []
        self._open: set[socket.socket] = set()

    def __enter__(self) -> Server:
        self.plain, self.secure = self._listen(None), self._listen(self._by_name())
        return self

    def __exit__(self, *_: object) -> None:
        for each in [*self._listening, *list(self._open)]:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.plain}"

    def routes(self, *hosts: str) -> dict[str, str]:
        plain = {f"{host}:80": f"127.0.0.1:{self.plain}" for host in hosts}
        return plain | {f"{host}:443": f"127.0.0.1:{self.secure}" for host in hosts}

    def _by_name(self) -> ssl.SSLContext | None:
        if not self._certificates:
            return None
        first = next(iter(self._certificates.values()))

        def choose(sock: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
            sock.context = self._certificates.get(name or "", first)

        first.sni_callback = choose
        return first

    def _listen(self, context: ssl.SSLContext | None) -> int:
        listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._listening.append(listening)
        threading.Thread(target=self._accept, args=(listening, context), daemon=True).start()
        return int(listening.getsockname()[1])

    def _accept(self, listening: socket.socket, context: ssl.SSLContext | None) -> None:
        while True:
            try:
                sock, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock, context), daemon=True).start()

    def _serve(self, sock: socket.socket, context: ssl.SSLContext | None) -> None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            self._open.add(sock)
            if context is not None:
                sock = context.wrap_socket(sock, server_side=True)
            with sock:
                while self._answer(sock):
                    pass
        self._open.discard(sock)

    def _answer(self, sock: socket.socket) -> bool:
        asked = b""
        while b"\r\n\r\n" not in asked:
            came = sock.recv(4096)
            if not came:
                return False
            asked += came
        lines = asked.decode("latin-1").split("\r\n")
        method, path = lines[0].split()[:2]
        heads = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines[1:]}
        host = heads["host"].partition(":")[0]
        with self._lock:
            self.asked.append(f"{method} {heads['host']}{path}")
            self.agents.add(heads.get("user-agent", ""))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return self._reply(sock, host, method, path, heads)
        finally:
            with self._lock:
                self.at_once -= 1

    def _reply(self, sock: socket.socket, host: str, method: str, path: str, heads: Mapping[str, str]) -> bool:
        found = self.replies.get((host, path)) or self.replies.get(("", path)) or self._other
        if "needs-cookie" in found.headers and found.headers["needs-cookie"] not in heads.get("cookie", ""):
            found = Reply(
                status=302, headers={"Location": path, "Set-Cookie": f"{found.headers['needs-cookie']}; Path=/"}
            )
        time.sleep(found.wait)
        if found.act is not None:
            found.act(sock)
            return False
        sock.sendall(found.bytes_for(method))
        is_short = int(found.headers.get("Content-Length", len(found.body))) != len(found.body)
        return found.raw is None and not is_short


class Closed:
    """A port of loopback that refuses connections."""

    def __enter__(self) -> int:
        self._held = socket.socket()
        self._held.bind(("127.0.0.1", 0))
        return int(self._held.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._held.close()


# Certificates

_DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def _authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority for tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - 900 * _DAY).not_valid_after(now + 900 * _DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_usage(is_authority=True), critical=True)
    )  # fmt: skip
    return made.sign(key, hashes.SHA256()), key


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        not is_authority, False, False, False, False, is_authority, is_authority, False, False
    )  # fmt: skip


def authority_pem() -> str:
    return _authority()[0].public_bytes(serialization.Encoding.PEM).decode()


def certificate(*names: str, begins: int = -30, ends: int = 300, is_trusted: bool = True) -> ssl.SSLContext:
    """A server's context with a certificate for names. begins, ends: in days from now."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    authority, authority_key = _authority()
    issuer, signer = (authority.subject, authority_key) if is_trusted else (_name(names[0]), key)
    made = (
        x509.CertificateBuilder().subject_name(_name(names[0])).issuer_name(issuer).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now + begins * _DAY).not_valid_after(now + ends * _DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(private + made.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(path)
    return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
