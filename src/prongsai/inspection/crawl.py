"""Walk a website from its home page, click by click, as an assessor does who looks for a page; and say how far each is.

Breadth first, so that the way found is a shortest one. What robots.txt forbids is left alone, the turns of
``look_all`` are kept. Pages are opened, documents only asked for; other websites are not entered.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property

from prongsai.errors import Problem
from prongsai.inspection import files_services, media
from prongsai.inspection.addresses import Address, BadAddress, parse, place_of, site_of
from prongsai.inspection.model import Link, Seen
from prongsai.inspection.network import Session
from prongsai.inspection.peek import peek
from prongsai.inspection.policy import Policy
from prongsai.inspection.reach import look_all, robots_of
from prongsai.inspection.report import problem
from prongsai.inspection.robots import OURS

PAGE_BYTES = 2_000_000
ALIKE_MAX = 150  # addresses that differ only in the values of their query: calendars and filters have no end
_SHARED_HOSTS = ("sites.google.com",)  # where the path begins with whose site it is
LENGTH_MAX = 500
_SESSION_NAMES = re.compile(r"(?:phpsessid|jsessionid|sid|sessionid|utm_[a-z]+|fbclid|gclid|_ga)=", re.IGNORECASE)
_IN_PATH = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_VALUES = re.compile(r"(?<==)[^&]*")
_NO_PAGE = re.compile(
    r"(?:^|[/?&=_-])(?:logout|signout|log-out|print|add-to-cart|replytocom|wp-admin|wp-json|xmlrpc|feed|share|sort|filter)(?:$|[/?&=.])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Walk:
    """What was met on a walk, by address as it was linked. home: where it began.

    pages: what was seen; of documents, and of pages over 2 MB, without content. clicks: from the home page (0).
    ways: the links clicked one after the other. waiting: what was linked and is not opened yet (the limit came
    first, or the walk was stopped); refused: what robots.txt forbids.
    """

    home: str
    pages: Mapping[str, Seen] = field(default_factory=dict)
    clicks: Mapping[str, int] = field(default_factory=dict)
    ways: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing waits: what is not here is not linked."""
        return not self.waiting

    def find(self, address: str) -> str | None:
        """Give the address under which this walk knows an address, None when it did not meet it."""
        return self._known.find(address)

    @cached_property
    def _known(self) -> "_Known":
        return _Known(self.clicks)


def walk(
    home: str,
    *,
    policy: Policy,
    limit: int = 300,
    before: Walk | None = None,
    stop: Callable[[], bool] | None = None,
    session: Session | None = None,
) -> Walk:
    """Walk a site. limit: pages opened, and as many documents asked for, in this call; never more.

    before: a walk that was stopped, to go on with. stop: asked after each page; on True what is known so far is given.
    """
    with ExitStack() as stack:
        shared = session or stack.enter_context(Session(policy))
        return _Walking(home, policy, shared, limit, before or Walk(home)).walked(stop or (lambda: False))


class _Known:
    """Addresses met, http or https, with or without www and last slash taken as one."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._by_place = {place_of(address): address for address in addresses}

    def find(self, address: str) -> str | None:
        return self._by_place.get(place_of(address))

    def add(self, address: str, as_known: str | None = None) -> None:
        self._by_place.setdefault(place_of(address), as_known or address)


class _Walking:
    """A walk under way."""

    def __init__(self, home: str, policy: Policy, session: Session, limit: int, before: Walk) -> None:
        self._home = _cleaned(parse(home))
        self._site = _site(self._home)
        # The walk asks robots.txt itself, before it opens anything.
        self._policy, self._session = replace(policy, keep_bytes=PAGE_BYTES, ask_robots=False), session
        self._pages, self._clicks = dict(before.pages), dict(before.clicks)
        self._ways, self._refused = dict(before.ways), dict.fromkeys(before.refused)
        self._waiting = dict.fromkeys(before.waiting)
        self._known = _Known([*self._clicks, *self._refused])
        self._alike: dict[str, int] = {}
        self._left = {True: limit, False: limit}

    def walked(self, stop: Callable[[], bool]) -> Walk:
        self._meet(Link(self._home, ""), ())
        is_stopped = False
        while not is_stopped and (wave := self._wave()):
            for papers in (False, True):
                part = [address for address in wave if is_paper(address) is papers]
                is_stopped = is_stopped or self._opened(part, only_head=papers, stop=stop)
        return Walk(self._home, self._pages, self._clicks, self._ways, tuple(self._waiting), tuple(self._refused))

    def _wave(self) -> list[str]:
        """Give what is opened next: everything that is as near as the nearest that waits, as far as the limits go."""
        wave: list[str] = []
        open_for = [address for address in self._waiting if self._left[not is_paper(address)] > 0]
        nearest = min((self._clicks[address] for address in open_for), default=0)
        for address in open_for:
            if self._clicks[address] == nearest and self._left[not is_paper(address)] > 0:
                self._left[not is_paper(address)] -= 1
                wave.append(address)
        return wave

    def _opened(self, wave: list[str], *, only_head: bool, stop: Callable[[], bool]) -> bool:
        """Open a wave; gives whether the walk was stopped in it. Links are met in its order, so that ways last."""
        allowed = [address for address in wave if self._may_ask(address)]
        found: dict[str, Seen] = {}
        is_stopped = False
        for seen in look_all(allowed, policy=self._policy, session=self._session, only_head=only_head):
            found[seen.address] = seen
            if stop():
                is_stopped = True
                break
        for address in allowed:
            if address in found:
                self._note(address, found[address])
        return is_stopped

    def _may_ask(self, address: str) -> bool:
        at = parse(address)
        robots = robots_of(at, self._session, OURS)
        if robots.delay_seconds:
            self._session.gates.slow_down(at.host, robots.delay_seconds)
        if robots.allows(at.target) or address == self._home:  # whoever asks for a page by name may have it
            return True
        self._refused[address] = None
        self._waiting.pop(address, None)
        return False

    def _note(self, address: str, seen: Seen) -> None:
        self._waiting.pop(address, None)
        if address == self._home and seen.final_address:
            self._site = _site(seen.final_address)
        is_page = media.is_page(seen.media_type) and self._is_ours(seen.final_address)
        self._known.add(seen.final_address, address)
        if is_page and seen.content is not None and (seen.status or 0) < 400:
            self._meet_links(address, seen)
        self._pages[address] = seen if is_page else replace(seen, content=None)

    def _meet_links(self, address: str, seen: Seen) -> None:
        page = peek(seen.content or b"", seen.final_address, seen.headers)
        way = self._ways[address]
        for frame in page.frames:  # seen in the same page: no click
            self._meet(Link(frame, ""), way)
        if "nofollow" not in page.robots:
            for link in page.links:
                self._meet(link, way, is_clicked=True)

    def _meet(self, link: Link, way: tuple[Link, ...], *, is_clicked: bool = False) -> None:
        try:
            at = parse(link.address)
        except BadAddress:
            return
        address = _cleaned(at)
        if self._known.find(address) is not None or not self._is_wanted(at, address):
            return
        self._known.add(address)
        self._clicks[address] = len(way) + is_clicked
        self._ways[address] = (*way, Link(address, link.text)) if is_clicked else way
        self._waiting[address] = None

    def _is_wanted(self, at: Address, address: str) -> bool:
        if not self._is_ours(address):
            return is_paper(address)
        if len(address) > LENGTH_MAX or _NO_PAGE.search(at.target):
            return False
        alike = f"{at.host}{_VALUES.sub('', at.target)}"
        self._alike[alike] = self._alike.get(alike, 0) + 1
        return self._alike[alike] <= ALIKE_MAX

    def _is_ours(self, address: str) -> bool:
        return bool(address) and _site(address) == self._site


def _site(address: str) -> tuple[str, str]:
    """Give which site an address is of: the registered name and, at a shared host, the first parts of the path."""
    at = parse(address)
    return site_of(at.host), "/".join(at.path.split("/")[:3]) if at.host in _SHARED_HOSTS else ""


def is_paper(address: str) -> bool:
    """Whether an address looks like that of a document: by its ending, or because a file service has it."""
    at = parse(address)
    promised = media.type_of_suffix(media.suffix_of(at.path))
    return files_services.service_of(at) is not None or (
        bool(promised) and promised not in (media.HTML, media.XML, media.JSON)
    )


def _cleaned(at: Address) -> str:
    """Give an address without what only tells one visit from another."""
    path, _, query = at.target.partition("?")
    kept = [pair for pair in query.split("&") if pair and not _SESSION_NAMES.match(pair)]
    return str(replace(at, target=_IN_PATH.sub("", path) + ("?" + "&".join(kept) if kept else ""), fragment=""))


def distances(found: Walk, addresses: Iterable[str], *, policy: Policy) -> Iterator[Problem]:
    """Give which addresses no click leads to, or too many. Of a walk that is not whole only what is known."""
    for address in addresses:
        known = found.find(address)
        if known is None:
            if found.is_whole:
                yield problem("REACH_UNLINKED", address)
        elif found.clicks[known] > policy.clicks_max:
            way = tuple(link.text for link in found.ways[known])
            yield problem("REACH_FAR", address, way, clicks=found.clicks[known], most=policy.clicks_max)


def duplicates(seen: Iterable[Seen]) -> Iterator[Problem]:
    """Give which of several addresses show the same: the same place after redirects, or the same bytes."""
    groups: dict[str, list[str]] = {}
    for one in seen:
        if one.is_open:
            groups.setdefault(_same(one), []).append(one.address)
    for addresses in groups.values():
        for address in addresses if len(addresses) > 1 else ():
            others = [other for other in addresses if other != address]
            yield problem("REACH_DUPLICATE", address, tuple(others[:5]), others=", ".join(others[:5]))


def _same(seen: Seen) -> str:
    return seen.sha256 if seen.sha256 and seen.size else place_of(seen.final_address)
