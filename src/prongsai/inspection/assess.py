"""What an assessor finds behind an address or in files: what came, what is wrong with it, which element it answers."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from prongsai.documents.read.load import load
from prongsai.errors import FileUnusable, Problem, Where
from prongsai.frameworks.model import Framework, Item
from prongsai.inspection import answer_signs, crawl, gather, media
from prongsai.inspection.addresses import Address, BadAddress, parse
from prongsai.inspection.body import HEAD_BYTES, Body
from prongsai.inspection.crawl import Walk
from prongsai.inspection.elements import inspect_item
from prongsai.inspection.model import Facts, ItemVerdict, Link, Paper, Pile, Proposal, Seen, Verdict, WebPage
from prongsai.inspection.network import Session
from prongsai.inspection.pages import page_of
from prongsai.inspection.papers import paper_of
from prongsai.inspection.policy import Policy
from prongsai.inspection.propose import proposals
from prongsai.thai.numerals import read_item_code

_NAMED = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:/.*)?|localhost(?::\d+)?(?:/.*)?|[\d.]+(?::\d+)?/.*")
SURE = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one target. seen: of an address, without its content. clicks, way: when the site was walked."""

    target: str
    seen: Seen | None = None
    problems: tuple[Problem, ...] = ()
    items: tuple[ItemVerdict, ...] = ()
    clicks: int | None = None
    way: tuple[Link, ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether nothing is an error and no element fails."""
        told = [*self.problems, *(problem for item in self.items for problem in item.problems)]
        return all(one.severity != "error" for one in told) and all(one.verdict != Verdict.FAIL for one in self.items)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Against what a target is held. item: None when the page itself must tell which one it answers.

    session: to share connections and turns with other looks.
    """

    policy: Policy
    framework: Framework | None = None
    item: Item | None = None
    walk: Walk | None = None
    facts: Facts = field(default_factory=Facts)
    session: Session | None = None


def is_address(target: str) -> bool:
    """Whether a target is an address: it has a scheme, or reads as a name of the web and no such file exists."""
    if "://" in target or target.startswith("//"):
        return True
    if Path(target).exists() or ("/" not in target and media.suffix_of(target)):
        return False
    return _NAMED.fullmatch(target) is not None


# Addresses


def of_seen(seen: Seen, wanted: Wanted) -> Found:
    """Judge what came from an address; with a framework also what it answers, for which its documents are opened."""
    known = wanted.walk.find(_plain(seen.address)) if wanted.walk else None
    problems = list(seen.problems)
    if wanted.walk is not None:
        problems += crawl.distances(wanted.walk, [_plain(seen.address)], policy=wanted.policy)
    item = _item_of(seen, wanted)
    if item is None:
        problems += _inside(seen)
    return Found(
        seen.address,
        replace(seen, content=None),
        tuple(problem.at(replace(problem.where, file=problem.where.file or seen.address)) for problem in problems),
        _verdicts(seen, item, wanted),
        wanted.walk.clicks.get(known) if wanted.walk and known else None,
        wanted.walk.ways.get(known, ()) if wanted.walk and known else (),
    )


def _plain(address: str) -> str:
    try:
        return str(parse(address))
    except BadAddress:
        return address


def _inside(seen: Seen) -> Iterator[Problem]:
    if seen.content and seen.is_open:
        yield from _read(
            seen.content, _name(seen.final_address), seen.final_address, seen.media_type, seen.headers
        ).problems


def _read(content: bytes, name: str, address: str, media_type: str, headers: Mapping[str, str]) -> WebPage | Paper:
    if gather.is_page(content, media_type):
        return page_of(content, address, headers)
    return paper_of(content, name, address, media_type)


def _name(address: str) -> str:
    return unquote(urlsplit(address).path).rpartition("/")[2] or "index.html"


def _verdicts(seen: Seen, item: Item | None, wanted: Wanted) -> tuple[ItemVerdict, ...]:
    if item is None or wanted.framework is None:
        return ()
    pile = gather.pile_of(
        seen.address,
        policy=wanted.policy,
        facts=wanted.facts,
        fetched={seen.address: seen},
        today=wanted.policy.today,
        session=wanted.session,
    )
    return (inspect_item(wanted.framework, item, pile, clicks=_clicks(seen, wanted.walk)),)


def _clicks(seen: Seen, walk: Walk | None) -> Mapping[str, int] | None:
    """Give what a walk knows of the clicks to an address; None when it could not know."""
    if walk is None:
        return None
    known = walk.find(_plain(seen.address))
    if known is None:
        return {} if walk.is_whole else None
    return {seen.address: walk.clicks[known]}


def _item_of(seen: Seen, wanted: Wanted) -> Item | None:
    """Give the item that is asked for, or the one that the address or its page surely tells."""
    if wanted.item is not None or wanted.framework is None:
        return wanted.item
    by_address = item_in(seen.final_address or seen.address, wanted.framework)
    if by_address is not None or not seen.content:
        return by_address
    alone = Walk(seen.address, {seen.address: seen}, {seen.address: 0}, {seen.address: ()})
    own = [one for one in proposals(wanted.framework, alone) if one.address == seen.address and one.sureness >= SURE]
    best = max(own, key=lambda one: one.sureness, default=None)
    return wanted.framework.item_by_key(best.key) if best else None


def item_in(address: str, framework: Framework) -> Item | None:
    """Give the item whose lasting key, or code in the framework's year, is a part of an address (``/2569/O11/``)."""
    parts = unquote(urlsplit(address).path).split("/")
    year = str(framework.fiscal_year_be)
    for part in reversed(parts):
        code = read_item_code(part.rpartition(".")[0] if media.suffix_of(part) else part)
        found = framework.item_by_key(part) or (framework.item(code) if code and year in parts else None)
        if found is not None:
            return found
    return None


# Files


def of_files(paths: Sequence[Path], wanted: Wanted) -> tuple[Found, ...]:
    """Judge files; held against an item they are one pile, its page first. Raises FileUnusable, LimitExceeded."""
    contents = [(path, load(path)) for path in paths]
    if wanted.framework is None or wanted.item is None:
        return tuple(_of_file(path, content) for path, content in contents)
    told = tuple(problem for path, content in contents for problem in _file_signs(path, content))
    verdict = inspect_item(wanted.framework, wanted.item, _pile(contents, wanted))
    return (Found(", ".join(str(path) for path in paths), None, told, (verdict,)),)


def _of_file(path: Path, content: bytes) -> Found:
    told = list(_file_signs(path, content))
    if content:
        told += _read(content, path.name, str(path), _type(path, content), {}).problems
    return Found(str(path), None, tuple({problem.code: problem for problem in told}.values()))


def _file_signs(path: Path, content: bytes) -> Iterator[Problem]:
    """Give what the bytes themselves show, by the same rules as those of an address."""
    at = Address("https", "file", 443, f"/{quote(path.name)}")
    body = Body(len(content), sha256(content).hexdigest(), content[:HEAD_BYTES], content)
    for one in answer_signs.body_signs(at, at, {}, body, _type(path, content), Policy()):
        yield one.at(Where(file=str(path)))


def _type(path: Path, content: bytes) -> str:
    promised = media.type_of_suffix(media.suffix_of(path.name))
    return media.in_full(media.media_type_of(content[:HEAD_BYTES], promised), content)


def _pile(contents: Sequence[tuple[Path, bytes]], wanted: Wanted) -> Pile:
    first = next((one for one in contents if gather.is_page(one[1], _type(*one))), contents[0])
    papers = [(path.name, content, _type(path, content)) for path, content in contents if (path, content) != first]
    headers = {"content-type": _type(*first)}
    return gather.pile_from(quote(first[0].name), first[1], papers, wanted.facts, wanted.policy.today, headers=headers)


# A whole site


def proposed(framework: Framework, walk: Walk) -> tuple[Proposal, ...]:
    """Give for each item the page that surely answers it most."""
    best: dict[str, Proposal] = {}
    for one in proposals(framework, walk):
        best.setdefault(one.key, one)
    return tuple(best.values())


def unanswered(framework: Framework, found: Iterable[Proposal]) -> tuple[Item, ...]:
    """Give the items that no page was proposed for."""
    keys = {one.key for one in found}
    return tuple(item for item in framework.items if item.key not in keys)


def need_file(path: Path) -> Path:
    """Give a path that can be read as a file. Raises FileUnusable."""
    if path.is_dir():
        raise FileUnusable(
            f"{path} is a folder", message_th=f"{path} เป็นโฟลเดอร์", mend_th="ระบุไฟล์ หรือที่อยู่เว็บที่ขึ้นต้นด้วย https://"
        )
    return path
