"""The files of one page: its documents and data, every version of it, English where there is any, old addresses."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from prongsai.errors import FileUnusable
from prongsai.portal import data, shown
from prongsai.portal.addresses import FORM, index, link, safe_name
from prongsai.portal.content import (
    CARDS,
    END,
    PART,
    SAID,
    WAY,
    Run,
    body_runs,
    cut,
    data_run,
    picture_names,
    ways_of,
)
from prongsai.portal.model import Asset, Block, Document, Page, Release, Site, Standing
from prongsai.portal.notices import notice
from prongsai.portal.render import Press, environment
from prongsai.portal.stage import Made
from prongsai.portal.words import words_of
from prongsai.thai.numerals import to_thai

VERSIONS_SHOWN = 20
_ROOMIER = (PART * 9 // 8, PART * 5 // 4)
"""What a part may weigh for a version to keep the parts that it was approved with."""
_WAY = re.compile(f"{WAY}([^{SAID}]*){SAID}([^{END}]*){END}")
_SECTIONS = {"news": "news", "register": "data", "item": "disclosure"}


def files_of(press: Press, page: Page) -> Iterator[Made]:
    """Give every file of a page, each before the first that leads to it; pages that lead to each other are early."""
    yield from documents(press.site, page, page.path)
    yield from tables(press.site, page, page.path)
    now = None if page.withdrawn else page.current
    current: list[Markup] | None = None
    for release in sorted(page.releases, key=lambda one: one.number):
        parts = told(press, page, release)
        current = parts if release is now else current
        yield from _versions(press, page, release, parts)
    if has_english(page):
        yield Made(index(f"en/{page.path}"), _english(press, page))
    yield Made(index(page.path), main_page(press, page, current).encode("utf-8", "replace"), is_early=True)


def leads_of(press: Press, page: Page, addresses: Iterable[str]) -> Iterator[Made]:
    """Give what keeps old addresses of a page alive: pages that lead on, files and data as they are now.

    addresses: of all files of the page. The year's code is only ever told as an address of the page; other old paths
    had versions and files below them.
    """
    versions = [at for at in addresses if at.startswith(f"{page.path}/v") and at.endswith(".html")]
    for other in page.others:
        yield _lead(press, index(other), index(page.path), page.title)
        if other == f"{page.year_be}/{page.code}":
            continue
        yield from documents(press.site, page, other)
        yield from tables(press.site, page, other)
        for at in versions:
            yield _lead(press, f"{other}{at.removeprefix(page.path)}", at, page.title)
        if has_english(page):
            yield _lead(press, index(f"en/{other}"), index(f"en/{page.path}"), page.title_en or page.title)


def _lead(press: Press, at: str, target: str, title: str) -> Made:
    return Made(at, press.set("lead.html", at=at, title=title, target=target, canonical=target))


# --- files ----------------------------------------------------------------------------------------------------------
def documents(site: Site, page: Page, path: str) -> Iterator[Made]:
    """Give the files of every version, and each name's newest below the page itself."""
    newest: dict[str, Made] = {}
    for release in sorted(page.releases, key=lambda one: -one.number):
        for document in release.documents:
            name = safe_name(document.asset.name)
            content, sha256 = _content(site, page, release, document)
            yield Made(f"{path}/v{release.number}/files/{name}", content, sha256)
            newest.setdefault(name, Made(f"{path}/files/{name}", content, sha256))
    yield from newest.values()


def _content(site: Site, page: Page, release: Release, document: Document) -> tuple[Callable[[], bytes] | bytes, str]:
    asset = document.asset
    if asset.is_erased:
        return notice(safe_name(asset.name), erased_words(site, page, document)), ""
    if is_withdrawn(page, release):
        return notice(safe_name(asset.name), withdrawn_words(site, page, document.title)), ""
    return partial(opened, asset), asset.sha256


def opened(asset: Asset) -> bytes:
    """Give the bytes of a file. Raises FileUnusable when it cannot be opened, or is not what was published."""
    assert asset.open_bytes is not None
    try:
        content = asset.open_bytes()
    except FileUnusable:
        raise
    except (OSError, ValueError) as mistake:
        raise FileUnusable(
            f"{asset.name} cannot be opened: {mistake}",
            message_th=f"เปิดไฟล์ {asset.name} ที่เก็บไว้ไม่ได้",
            mend_th="กู้ไฟล์จากชุดสำรอง แล้วเผยแพร่อีกครั้ง",
        ) from mistake
    if hashlib.sha256(content).hexdigest() != asset.sha256:
        raise FileUnusable(
            f"{asset.name} is not what it was when it was published",
            message_th=f"ไฟล์ {asset.name} ที่เก็บไว้ไม่ตรงกับตอนที่อนุญาตให้เผยแพร่",
            mend_th="กู้ไฟล์จากชุดสำรอง แล้วเผยแพร่อีกครั้ง",
        )
    return content


def is_withdrawn(page: Page, release: Release) -> bool:
    """Whether nobody is shown any more what a release said."""
    return bool(page.withdrawn) or release.standing is Standing.WITHDRAWN


def withdrawn_words(site: Site, page: Page, title: str) -> tuple[str, ...]:
    """Say what a withdrawn file was, since when it is, and why."""
    since = f"ตั้งแต่วันที่ {shown.thai_day(page.withdrawn_at)}" if page.withdrawn_at else ""
    why = f"เหตุผล: {' '.join(page.withdrawn.split())}" if page.withdrawn else ""
    return tuple(filter(None, ("ถอนจากการเผยแพร่แล้ว", title, page.title, since, why, _whom(site), _where(site, page))))


def erased_words(site: Site, page: Page, document: Document) -> tuple[str, ...]:
    """Say that a file is gone for good, and by what hash it can be told."""
    said = "ลบเนื้อหาทุกชุดแล้ว เพื่อคุ้มครองข้อมูลส่วนบุคคล คงไว้เพียงลายนิ้วมือของไฟล์"
    hashed = f"SHA-256: {document.asset.sha256}"
    return tuple(filter(None, ("ลบไฟล์นี้แล้ว", document.title, page.title, said, hashed, _whom(site), _where(site, page))))


def erased_table_words(site: Site, page: Page, release: Release, title: str) -> tuple[str, ...]:
    """Say that a table is gone for good, and by what hash the version that it stood in can be told."""
    said = "ลบเนื้อหาของฉบับนี้แล้ว เพื่อคุ้มครองข้อมูลส่วนบุคคล คงไว้เพียงลายนิ้วมือของฉบับ"
    hashed = f"SHA-256: {release.sha256}"
    return tuple(filter(None, ("ลบข้อมูลนี้แล้ว", title, release.title, said, hashed, _whom(site), _where(site, page))))


def _whom(site: Site) -> str:
    office = site.office
    return f"สอบถาม {office.name}" + (f" โทร. {office.phone}" if office.phone else "")


def _where(site: Site, page: Page) -> str:
    return f"{site.office.base}{page.path}/" if site.office.base else ""


def tables(site: Site, page: Page, path: str) -> Iterator[Made]:
    """Give the data files of every version, and each one's newest below the page itself."""
    newest: dict[str, Made] = {}
    for release in sorted(page.releases, key=lambda one: -one.number):
        for at, (table, form) in data.addresses_of("", release.tables).items():
            words = _instead(site, page, release, table.title)
            content = notice(at, words) if words else data.data_file(table, form)
            yield Made(f"{path}/v{release.number}{at}", content)
            newest.setdefault(f"{path}{at}", Made(f"{path}{at}", content))
    yield from newest.values()


def _instead(site: Site, page: Page, release: Release, title: str) -> tuple[str, ...]:
    """Give what is said instead of a table; nothing when the table itself is shown."""
    if release.erased_at:
        return erased_table_words(site, page, release, title)
    return withdrawn_words(site, page, title) if is_withdrawn(page, release) else ()


# --- pages ----------------------------------------------------------------------------------------------------------
BESIDE, ROOT = "\x00", "\x01"
"""What links of content begin with until it is known on which page it stands: the page itself, the site's root."""


def settled(content: Markup, at: str, below: str) -> Markup:
    """Give content with its links as they are on a page; below: where the files stand that it shows."""
    return Markup(content.replace(BESIDE, link(at, below)).replace(ROOT, link(at, "")))


def main_page(press: Press, page: Page, parts: list[Markup] | None = None) -> str:
    """Set a page at its lasting address: what stands there now, and every version that ever did."""
    release = None if page.withdrawn else page.current
    parts = parts or told(press, page, release)
    at = index(page.path)
    addresses = [at, *_addresses(page, release, len(parts))[1:]]
    versions = sorted(page.releases, key=lambda one: -one.number)[:VERSIONS_SHOWN]
    content = settled(parts[0], at, page.path)
    return _text(press, page, release, at, content=content, parts=addresses, versions=versions)


def _versions(press: Press, page: Page, release: Release, parts: list[Markup]) -> Iterator[Made]:
    """Give a version at its own address, in as many parts as it needs; the later parts are those of the page too."""
    addresses = _addresses(page, release, len(parts))
    below = f"{page.path}/v{release.number}"
    for number, at in reversed(list(enumerate(addresses, 1))):
        content = settled(parts[number - 1], at, below)
        text = _text(press, page, release, at, content=content, parts=addresses, here=number, is_version=True)
        yield Made(at, text.encode("utf-8", "replace"), is_early=len(parts) > 1)
    for number in range(len(parts) + 1, release.parts + 1):
        at = index(f"{below}/page-{number}")
        if is_withdrawn(page, release) or release.erased_at:
            text = _text(press, page, release, at, content=Markup(), parts=[at], here=number, is_version=True)
            yield Made(at, text.encode("utf-8", "replace"))
        else:
            yield _lead(press, at, index(below), release.title or page.title)


def _addresses(page: Page, release: Release | None, count: int) -> list[str]:
    """Give the addresses of the parts of a version."""
    path = f"{page.path}/v{release.number}" if release else page.path
    return [index(path), *(index(f"{path}/page-{number}") for number in range(2, count + 1))]


def _text(
    press: Press,
    page: Page,
    release: Release | None,
    at: str,
    *,
    content: Markup,
    parts: list[str],
    here: int = 1,
    is_version: bool = False,
    versions: Sequence[Release] = (),
) -> str:
    main = index(page.path)
    return press.text(
        "page.html",
        at=at,
        title=(release.title if release else "") or page.title,
        section=_SECTIONS.get(page.kind, ""),
        other=index(f"en/{page.path}") if has_english(page) and not is_version else "",
        crumbs=crumbs_of(press, page, is_version=is_version),
        canonical=main,
        page=page,
        release=release,
        is_version=is_version,
        is_withdrawn=bool(page.withdrawn) or bool(release and is_withdrawn(page, release)),
        content=content,
        parts=parts,
        here=here,
        versions=versions,
        is_wide=bool(release and any(len(table.columns) > CARDS for table in release.tables)),
        main=main,
        shown_address=press.public(main),
    )


def crumbs_of(press: Press, page: Page, *, is_version: bool = False) -> tuple[tuple[str, str], ...]:
    """Say the way to a page: from home over its list."""
    way: list[tuple[str, str]] = []
    if page.kind == "news":
        way.append(("ข่าว", index("news")))
    elif page.kind == "register":
        way.append(("ข้อมูลเปิด", index("data")))
    elif page.kind == "item" and page.year_be in press.years:
        way.append((f"การเปิดเผยข้อมูล ปี {to_thai(str(page.year_be))}", index(str(page.year_be))))
    if is_version:
        way.append((page.title, index(page.path)))
    return tuple(way)


def told(press: Press, page: Page, release: Release | None) -> list[Markup]:
    """Give what a version says in parts, nothing when it is withdrawn."""
    if release is None or is_withdrawn(page, release):
        return [Markup()]
    return [_led(press, part) for part in _parted(page, release)]


def parts_of(release: Release) -> int:
    """Count the pages that a release stands on: to be kept with it when it is approved.

    It does not hang on what else stands in the site, so that it is the same for as long as this edition sets pages.
    """
    return len(cut(_runs(Page("", "", release.title), release)))


def _parted(page: Page, release: Release) -> list[Markup]:
    """Cut what a release says into parts; not into more than it was approved with, where they bear it."""
    runs = list(_runs(page, release))
    parts = cut(runs)
    if len(parts) > release.parts:
        roomier = (cut(runs, limit) for limit in _ROOMIER)
        return next((one for one in roomier if len(one) <= release.parts), parts)
    return parts


def ways_from(page: Page) -> list[str]:
    """Give the paths and forms that a page's links lead to, in all that is shown of it."""
    shown = [one for one in page.releases if not is_withdrawn(page, one)]
    return sorted(ways_of(block for one in shown for block in (*one.body, *one.body_en)))


def _led(press: Press, content: Markup, language: str = "th") -> Markup:
    """Give content with its links leading where they lead by now; what leads nowhere stays words."""
    if WAY not in content:
        return content
    pieces: Any = environment().get_template("pieces.html").module
    office = press.site.office
    where = (office.address_en or office.address) if language == "en" else office.address

    def anchor(found: re.Match[str]) -> str:
        way, said = found[1], found[2]
        if way.startswith(FORM):
            words = words_of(language)
            return str(pieces.form_link(Markup(said), press.form_of(way), office, words, where)).strip()
        target = press.page_at(way)
        return f'<a href="{ROOT}{quote(index(target))}">{said}</a>' if target else said

    return Markup(_WAY.sub(anchor, content))


def _runs(page: Page, release: Release) -> Iterator[Run]:
    """Give what a release says: its summary and text, its tables, its documents."""
    yield Run("", tuple(f'<p class="lead">{escape(line)}</p>' for line in release.summary.splitlines() if line.strip()))
    yield from _body(release, release.body, release.title or page.title)
    inside = picture_names(release.body)
    yield from _document_runs([one for one in release.documents if safe_name(one.asset.name) not in inside])
    pieces: Any = environment().get_template("pieces.html").module
    for table in () if release.erased_at else release.tables:
        at = f"{BESIDE}/{safe_name(table.key)}" if len(release.tables) > 1 else BESIDE
        yield Run("", (str(pieces.data_links(table.title, [(form, f"{at}.{form}") for form in data.FORMS])),))
        yield data_run(table)


def _body(release: Release, blocks: Sequence[Block], caption: str) -> Iterator[Run]:
    names = {safe_name(document.asset.name) for document in release.documents if not document.asset.is_erased}
    return body_runs(
        blocks,
        caption=caption,
        picture=lambda name: f"{BESIDE}/files/{quote(safe_name(name))}" if safe_name(name) in names else "",
        pictures=release.documents,
    )


def told_blocks(press: Press, blocks: Sequence[Block], at: str) -> Markup:
    """Set running text that belongs to no release, under a heading of a page of the site."""
    runs = body_runs(blocks, caption="", picture=lambda _: "", pictures=(), heading="h3")
    return settled(_led(press, cut(runs)[0]), at, "")


def _document_runs(found: list[Document], language: str = "th") -> Iterator[Run]:
    pieces: Any = environment().get_template("pieces.html").module
    words = words_of(language)
    pictures = [one for one in found if one.role == "picture" and not one.asset.is_erased]
    others = [one for one in found if one not in pictures]
    if pictures:
        yield Run('<div class="gallery">', tuple(str(pieces.picture(one, _file(one))) for one in pictures), "</div>")
    if others:
        made = tuple(str(pieces.document(one, _file(one), words)) for one in others)
        yield Run(f'<h2>{words.files}</h2><ul class="files">', made, "</ul>")


def _file(document: Document) -> str:
    return f"{BESIDE}/files/{quote(safe_name(document.asset.name))}"


# --- English --------------------------------------------------------------------------------------------------------
def has_english(page: Page) -> bool:
    """Whether a page was ever told in English: then its English address stays."""
    return bool(page.title_en) or any(one.title_en or one.body_en for one in page.releases)


def _english(press: Press, page: Page) -> bytes:
    at = index(f"en/{page.path}")
    release = None if page.withdrawn else page.current
    title = (release.title_en if release else "") or page.title_en or page.title
    parts = cut(_english_runs(release, title)) if release else [Markup()]
    return press.set(
        "page_en.html",
        at=at,
        title=title,
        language="en",
        other=index(page.path),
        page=page,
        release=release,
        content=settled(_led(press, parts[0], "en"), at, page.path),
        is_cut=len(parts) > 1,
        shown_address=press.public(at),
    )


def _english_runs(release: Release, title: str) -> Iterator[Run]:
    yield from _body(release, release.body_en, title)
    english = [one for one in release.documents if one.language == "en"]
    yield from _document_runs(english or list(release.documents), "en")
