"""A web server on loopback that gives what a test puts there: no mocks, real sockets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=utf-8"


@dataclass
class Answer:
    """What an address answers with."""

    body: bytes = b""
    media_type: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Web:
    """The server's addresses. asked: paths in the order they were asked for."""

    root: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, text: str, **more: object) -> str:
        """Put a page there; gives its address."""
        self.answers[path] = Answer(text.encode(), **more)  # type: ignore[arg-type]
        return self.root + path

    def put_bytes(self, path: str, body: bytes, media_type: str) -> str:
        """Put a file there; gives its address."""
        self.answers[path] = Answer(body, media_type)
        return self.root + path

    def drop(self, path: str) -> None:
        """Take a page away: 404 from now on."""
        del self.answers[path]


def page(words: str, links: dict[str, str] | None = None) -> str:
    """A whole page of Thai."""
    anchors = "".join(f'<p><a href="{href}">{text}</a></p>' for href, text in (links or {}).items())
    return (
        '<!doctype html><html lang="th"><head><meta charset="utf-8"><title>เทศบาลตำบลบ้านสวนพลู</title></head>'
        f"<body><h1>{words}</h1><p>ข้อมูลของเทศบาลตำบลบ้านสวนพลู จังหวัดลพบุรี ประจำปีงบประมาณ พ.ศ. ๒๕๖๙</p>{anchors}</body></html>"
    )


@contextmanager
def serving() -> Iterator[Web]:
    """Serve until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    web = Web(f"http://127.0.0.1:{server.server_port}")
    server.web = web  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    request_queue_size = 256  # many at once are not turned away


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._give(with_body=True)

    def do_HEAD(self) -> None:
        self._give(with_body=False)

    def _give(self, *, with_body: bool) -> None:
        web: Web = self.server.web  # type: ignore[attr-defined]
        web.asked.append(self.path)
        answer = web.answers.get(self.path, Answer(b"<h1>404</h1>", status=404))
        self.send_response(answer.status)
        for name, value in {"Content-Type": answer.media_type, "Content-Length": str(len(answer.body))}.items():
            self.send_header(name, value)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
