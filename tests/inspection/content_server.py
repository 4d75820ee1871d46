"""The content site over HTTP: every item of the clean twin, and every fault of content, at an address of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from tests.inspection.content_faults import CONTENT
from tests.inspection.content_site import CLEAN, Disclosed
from tests.inspection.wires import HTML, Reply, Server, certificate, page

HOST = "www.suanphlu.go.th"


class Held(NamedTuple):
    """An address with the item that it is held against. name: of the clean twin, or the number of the fault."""

    name: str
    year_be: int
    item: str

    @property
    def address(self) -> str:
        return f"https://{HOST}/{self.name}/{self.year_be}/{self.item}/"


TWIN = tuple(Held(name, one.year_be, one.item) for name, one in CLEAN.items())
FAULTY = tuple(
    Held(f"fault{one.number}", one.disclosed.year_be, one.disclosed.item) for one in CONTENT if one.number <= 40
)


def replies() -> Iterator[tuple[tuple[str, str], Reply]]:
    yield (HOST, "/"), page("<p>หน้าแรกของเทศบาลตำบลบ้านสวนพลู</p>")
    faults = {f"fault{one.number}": one.disclosed for one in CONTENT}
    for held in (*TWIN, *FAULTY):
        yield from _of(held, CLEAN.get(held.name) or faults[held.name])


def _of(held: Held, disclosed: Disclosed) -> Iterator[tuple[tuple[str, str], Reply]]:
    path = f"/{held.name}/{held.year_be}/{held.item}/"
    html = disclosed.html()
    for name, content, kind in disclosed.files():
        yield (HOST, path + quote(name)), Reply(content, kind)
        if f'"{name}"'.encode() not in html:  # a paper that the page's own list leaves out: there must be a way to it
            html = html.replace(b"</main>", f'<p><a href="{name}">{name}</a></p></main>'.encode())
    yield (HOST, path), Reply(html, dict(disclosed.headers).get("content-type", HTML))


@contextlib.contextmanager
def serving() -> Iterator[dict[str, str]]:
    """Serve the content site; gives the routes to it."""
    with Server(dict(replies()), {HOST: certificate(HOST)}) as server:
        yield server.routes(HOST)
