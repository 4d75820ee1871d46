"""Open an address as an assessor's browser would, and say what is wrong with what comes.

``look`` opens one; ``look_all`` many at once, politely to each host, and gives each as it is done. Nothing is run;
cookies live as long as one look; no address of an internal network is opened unless the policy says so.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime

from prongsai.errors import Problem, Where
from prongsai.inspection import address_signs, answer_signs, files_services, media, page_signs, tls
from prongsai.inspection.addresses import Address, BadAddress, joined, parse, readable_host
from prongsai.inspection.body import Body, BrokenEncoding, Taking, UnknownEncoding, decoded
from prongsai.inspection.guard import NoWay
from prongsai.inspection.many import all_of
from prongsai.inspection.model import Hop, Seen
from prongsai.inspection.network import Answer, Session, Turn
from prongsai.inspection.peek import Peek, peek
from prongsai.inspection.policy import Policy
from prongsai.inspection.report import problem, until
from prongsai.inspection.robots import Robots, read_robots
from prongsai.inspection.wire import Clock

_REDIRECTS = (301, 302, 303, 307, 308)
_NO_BODY = (204, 205, 304)
_LED_ON_BYTES = 64_000  # of a redirect's own body: read so that the connection can go on
_REFRESH_SECONDS_MAX = 5.0
_COOKIES_MAX, _COOKIE_LENGTH_MAX = 30, 2_000
_HEAD_REFUSED = (400, 403, 404, 405, 500, 501)


def look(address: str, *, policy: Policy, session: Session | None = None) -> Seen:
    """Open one address. session: to share connections, turns and names. Raises nothing for what it meets.

    It has room for its own large body, and waits for none that looks of the same session still hold: whoever asks may
    be the one who must let them go.
    """
    if session is None:
        with Session(policy) as own:
            return look(address, policy=policy, session=own)
    return Look(address, policy, session, Turn(threading.Semaphore())).seen()


def look_all(
    addresses: Iterable[str],
    *,
    policy: Policy,
    workers: int = 16,
    session: Session | None = None,
    only_head: bool = False,
) -> Iterator[Seen]:
    """Open many addresses, at most ``workers`` at once; gives each as it is done, under the address as given.

    Addresses are taken as they are needed, so they may be without end. Whoever stops asking stops the work; to go
    on, give what is not seen yet. only_head: documents are asked for their headers only. In memory: the bodies being
    read (of those over 1 MB no more than four at once), and as many finished looks as there are workers.
    """
    with ExitStack() as stack:
        shared = session or stack.enter_context(Session(policy))
        yield from all_of(
            addresses,
            lambda address, turn: Look(address, policy, shared, turn, only_head=only_head).seen(),
            shared,
            workers,
        )


class Look:
    """One address being opened: what has been met so far."""

    def __init__(self, address: str, policy: Policy, session: Session, turn: Turn, *, only_head: bool = False) -> None:
        self._given, self._policy, self._session, self._turn = address, policy, session, turn
        self._method = "HEAD" if only_head else "GET"
        self._at, self._began = datetime.now(UTC), time.monotonic()
        self._clock = Clock(policy.total_seconds)
        self._problems: dict[str, Problem] = {}
        self._hops: list[Hop] = []
        self._cookies: dict[str, dict[str, str]] = {}
        self._visited: set[tuple[str, str]] = set()
        self._tls_until: date | None = None
        self._final: Address | None = None
        self._status: int | None = None
        self._headers: dict[str, str] = {}
        self._body: Body | None = None
        self._page: Peek | None = None
        self._took_ms: int | None = None

    def seen(self) -> Seen:
        """Open it, judge it, and give what was seen."""
        try:
            asked = parse(self._given)
        except BadAddress as reason:
            self._say("REACH_SCHEME" if reason.scheme else "REACH_ADDRESS", scheme=reason.scheme)
            return self._result("")
        self._final = asked
        self._open(asked)
        self._took_ms = round((time.monotonic() - self._began - self._clock.waited) * 1000)
        media_type = self._media_type()
        self._judge(asked, media_type)
        return self._result(media_type)

    # Going there

    def _open(self, asked: Address) -> None:
        try:
            self._follow(asked)
        except NoWay as reason:
            at = self._final or asked
            self._status = None if self._status in _REDIRECTS else self._status
            self._say(reason.code, **{"host": readable_host(at.host), **self._came(), **reason.words})
        except tls.TlsRefused as reason:
            day = reason.certificate.last_day if reason.certificate else None
            for code in reason.codes:
                self._say(code, host=readable_host((self._final or asked).host), **until(day))
            self._note(reason.certificate)

    def _follow(self, address: Address) -> None:
        to: Address | None = address
        while to is not None:
            self._final, self._status, self._headers = to, None, {}
            if (str(to), self._cookie_line(to)) in self._visited:
                raise NoWay("REACH_LOOP")
            self._visited.add((str(to), self._cookie_line(to)))
            if len(self._hops) > self._policy.hops_max:
                raise NoWay("REACH_HOPS", most=self._policy.hops_max)
            to = self._step(to)

    def _step(self, address: Address) -> Address | None:
        """Ask for an address; gives where it leads on, None when it is the end."""
        with self._session.ask(address, self._clock, method=self._method, cookies=self._cookie_line(address)) as answer:
            self._status, self._headers, self._body, self._page = answer.status, answer.headers, None, None
            self._note(answer.certificate)
            self._keep_cookies(address, answer)
            if answer.status in (429, 503) and answer.headers.get("retry-after", "").isdigit():
                self._session.gates.slow_down(address.host, float(answer.headers["retry-after"][:4]))
            if answer.status in _REDIRECTS and "location" in answer.headers:
                Taking(0, _LED_ON_BYTES).all_of(answer.pieces())
                return self._led_to(address, answer.headers["location"])
            if self._method == "HEAD" and answer.status in _HEAD_REFUSED:
                self._method = "GET"
                self._visited.clear()
                return address
            self._take(answer)
        return self._refreshed(address)

    def _led_to(self, address: Address, location: str) -> Address:
        self._hops.append(Hop(self._status or 0, str(address)))
        try:
            return parse(joined(str(address), location))
        except BadAddress as reason:
            raise NoWay("REACH_SCHEME" if reason.scheme else "REACH_BROKEN", scheme=reason.scheme) from reason

    def _take(self, answer: Answer) -> None:
        if self._method == "HEAD" or answer.status in _NO_BODY:
            return
        taking = Taking(self._policy.keep_bytes, self._policy.bytes_max, lambda: self._turn.take(self._clock))
        try:
            taking.all_of(decoded(answer.pieces(), answer.headers.get("content-encoding", "")))
        except UnknownEncoding as reason:
            self._say("REACH_ENCODING", encoding=reason)
            taking.all_of(answer.pieces())
            taking.drop()
        except BrokenEncoding as reason:
            self._say("REACH_ENCODING", encoding=reason)
        finally:
            self._body = taking.done()

    def _refreshed(self, address: Address) -> Address | None:
        """Read a page; gives where its ``meta refresh`` leads, which browsers follow."""
        if self._body is None or not media.is_page(self._media_type()):
            return None
        content = self._body.content if self._body.content is not None else self._body.head
        self._page = peek(content, str(address), self._headers)
        refresh = self._page.refresh
        if refresh is None or refresh[0] > _REFRESH_SECONDS_MAX or not 200 <= (self._status or 0) < 300:
            return None
        to = parse(refresh[1])
        if str(to) == str(address):
            return None
        self._hops.append(Hop(self._status or 0, str(address)))
        return to

    # Cookies, certificates

    def _cookie_line(self, address: Address) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.get(address.host, {}).items())

    def _keep_cookies(self, address: Address, answer: Answer) -> None:
        """Keep cookies for this look and this host: without them some websites send every visitor round and round."""
        kept = self._cookies.setdefault(address.host, {})
        for name, value in answer.sent:
            pair = value.partition(";")[0].strip()
            if (
                name == "set-cookie"
                and "=" in pair
                and pair.isascii()
                and pair.isprintable()
                and len(kept) < _COOKIES_MAX
            ):
                key, _, said = pair[:_COOKIE_LENGTH_MAX].partition("=")
                kept[key.strip()] = said.strip()

    def _note(self, certificate: tls.Certificate | None) -> None:
        if certificate is not None:
            self._tls_until = min(self._tls_until or certificate.last_day, certificate.last_day)

    # Judging

    def _judge(self, asked: Address, media_type: str) -> None:
        final = self._final or asked
        self._add(address_signs.signs(asked, self._policy, final=str(final)))
        self._judge_certificate(asked, final)
        if self._status is None:
            return
        is_short = "REACH_SHORTENER" in self._problems
        service = files_services.service_of(asked) or files_services.service_of(final)
        if self._judge_service(asked, final, service):
            return
        self._add(answer_signs.status_signs(asked, self._status, self._headers))
        if not 200 <= self._status < 300:
            return
        self._add(answer_signs.way_signs(asked, final, tuple(self._hops), is_short=is_short))
        if service is not None:
            self._say("REACH_FILE_SERVICE", service=service.name)
        self._judge_body(asked, final, media_type)
        if self._took_ms and self._took_ms > self._policy.slow_ms:
            self._say("REACH_SLOW", seconds=round(self._took_ms / 1000, 1))

    def _judge_certificate(self, asked: Address, final: Address) -> None:
        days = (self._tls_until - self._policy.today).days if self._tls_until else self._policy.tls_days + 1
        if self._status is not None and days <= self._policy.tls_days and self._tls_until:
            self._say("REACH_TLS_SOON", days=days, **until(self._tls_until))
        if self._status is not None and final.scheme == "http" and not self._policy.may_be_private(final.host):
            self._say("REACH_NO_TLS")

    def _judge_service(self, asked: Address, final: Address, service: files_services.Service | None) -> bool:
        """Tell a file service's wall; gives whether it is one."""
        if service is None:
            return False
        page = self._page
        words = f"{page.title} {page.text}" if page is not None else ""
        if files_services.is_gone(service, words):
            self._say("REACH_NOT_FOUND", status=self._status)
        elif (
            files_services.is_door(final, service)
            or files_services.is_wall(service, words)
            or self._status in (401, 403)
        ):
            self._say("REACH_PERMISSION", service=service.name)
        else:
            return False
        return True

    def _judge_body(self, asked: Address, final: Address, media_type: str) -> None:
        if self._status in _NO_BODY:
            self._say("REACH_EMPTY")
        elif self._body is not None and not self._is_broken:
            self._add(answer_signs.body_signs(asked, final, self._headers, self._body, media_type, self._policy))
        if self._page is not None and self._body is not None and self._body.size:
            has_moved = bool(self._hops)
            self._add(page_signs.signs(asked, final, self._page, self._headers, has_moved=has_moved))
        elif page_signs.is_unlisted(None, self._headers):
            self._say("REACH_NOINDEX")
        if self._policy.ask_robots and not self._is_broken and not self._robots_of(final).allows(final.target):
            self._say("REACH_ROBOTS")

    @property
    def _is_broken(self) -> bool:
        return any(
            code in self._problems for code in ("REACH_TRUNCATED", "REACH_TIMEOUT", "REACH_BROKEN", "REACH_ENCODING")
        )

    def _robots_of(self, address: Address) -> Robots:
        return robots_of(address, self._session, "*")

    def _media_type(self) -> str:
        if self._status is None:
            return ""
        sent = self._headers.get("content-type", "")
        if self._body is None:
            return sent.partition(";")[0].strip().lower()
        found = media.media_type_of(self._body.head, sent)
        return media.in_full(found, self._body.content) if self._body.content is not None else found

    def _came(self) -> dict[str, object]:
        """Give how much came of how much was announced, for the sentence about what did not come whole."""
        announced = self._headers.get("content-length", "")
        return {"size": self._body.size if self._body else 0, "of": f" / {announced}" if announced.isdigit() else ""}

    def _say(self, code: str, **words: object) -> None:
        self._problems.setdefault(code, problem(code, self._given, **words))

    def _add(self, found: Iterable[Problem]) -> None:
        for each in found:
            self._problems.setdefault(each.code, each.at(Where(file=self._given)))

    def _result(self, media_type: str) -> Seen:
        body = self._body
        announced = self._headers.get("content-length", "")
        size = body.size if body else int(announced) if self._method == "HEAD" and announced.isdigit() else None
        return Seen(
            address=self._given,
            at=self._at,
            final_address=str(self._final) if self._final else "",
            status=self._status,
            hops=tuple(self._hops),
            headers=self._headers,
            media_type=media_type,
            size=size,
            sha256=body.sha256 if body else "",
            content=body.content if body else None,
            took_ms=self._took_ms,
            tls_until=self._tls_until,
            problems=tuple(self._problems.values()),
        )


def robots_of(address: Address, session: Session, program: str) -> Robots:
    """Give what a host's robots.txt asks of a program; once a session. A host without one asks nothing."""
    key = f"{address.scheme}://{address.authority}"
    content = session.once("robots", key, lambda: _robots_bytes(address, session))
    return session.once(f"robots of {program}", key, lambda: read_robots(content, program))


def _robots_bytes(address: Address, session: Session) -> bytes:
    at = Address(address.scheme, address.host, address.port, "/robots.txt")
    taking = Taking(500_000, 500_000)
    try:
        with session.ask(at, Clock(min(10.0, session.policy.total_seconds))) as answer:
            if answer.status == 200 and "html" not in answer.headers.get("content-type", ""):
                taking.all_of(decoded(answer.pieces(), answer.headers.get("content-encoding", "")))
    except (NoWay, tls.TlsRefused, UnknownEncoding, BrokenEncoding):
        return b""
    return taking.done().content or b""
