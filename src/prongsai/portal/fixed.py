"""Pages that every site has: home, the office itself, how to find what one looks for, and what proves the rest."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from prongsai.portal.addresses import MANIFEST, index
from prongsai.portal.entry import opened, told_blocks
from prongsai.portal.model import Asset, Entry, Official, Site
from prongsai.portal.render import BUILT_IN, FACE, ICON, SCRIPT, STYLE, Press, asset_address
from prongsai.portal.stage import Made

_STATIC = Path(__file__).parent / "static"
_NEWS, _UPDATES = 5, 6


def statics(press: Press) -> Iterator[Made]:
    """Give what pages are dressed in: style, fonts, search, pictures of the office."""
    for address, name in ((STYLE, "site.css"), (SCRIPT, "search.js"), (ICON, "icon.svg"), (FACE, "face.svg")):
        yield Made(address, (_STATIC / name).read_bytes())
    for font in sorted((_STATIC / "fonts").iterdir()):
        yield Made(f"assets/fonts/{font.name}", font.read_bytes())
    for asset in pictures_of(press.site):
        if asset.open_bytes:
            yield Made(asset_address(asset), partial(opened, asset), asset.sha256)


def pictures_of(site: Site) -> Iterator[Asset]:
    """Give the office's own pictures."""
    found = (site.office.emblem, site.office.map_picture, *(one.photo for one in (*site.political, *site.permanent)))
    return (asset for asset in found if asset is not None)


def home(press: Press) -> Made:
    """Give the home page; it is written last, when all it leads to stands."""
    site = press.site
    told = sorted((one for one in site.entries if not one.is_withdrawn), key=_newest, reverse=True)
    year = max(site.years, key=lambda one: one.year_be, default=None)
    lines = [line for _, lines in year.groups for line in lines] if year else []
    open_states = ("published", "elsewhere")
    return _page(
        press,
        "home.html",
        "",
        site.office.name,
        section="home",
        other=index("en"),
        news=[one for one in told if one.kind == "news"][:_NEWS],
        updates=[one for one in told if one.kind != "news"][:_UPDATES],
        year=year,
        items=len(lines),
        items_open=sum(line.state in open_states for line in lines),
        datasets=sum(one.has_data for one in told),
        heads=[*_chief(site.political, "political"), *site.permanent[:1]],
    )


def _chief(officials: tuple[Official, ...], side: str) -> list[Official]:
    return [one for one in officials if one.side == side][:1]


def _newest(entry: Entry) -> tuple[float, str]:
    return (entry.published_at.timestamp() if entry.published_at else 0.0, entry.path)


def office_pages(press: Press) -> Iterator[Made]:
    """Give the pages that tell who the office is, in Thai and English."""
    free = [one for one in press.site.entries if one.kind == "free"]
    sides = {side: [one for one in press.site.political if one.side == side] for side in ("political", "council")} | {
        "permanent": list(press.site.permanent)
    }
    for language in ("th", "en"):
        for key in BUILT_IN:
            path = key if language == "th" else f"en/{key}"
            at = index(path)
            yield _page(
                press,
                f"{key}.html",
                path,
                _TITLES[key][language == "en"],
                section=key,
                language=language,
                other=index(f"en/{key}" if language == "th" else key),
                sides=sides,
                free=free,
                powers=told_blocks(press, press.site.powers, at) if language == "th" else "",
            )
    english = [one for one in press.site.entries if one.title_en and not one.is_withdrawn]
    english.sort(key=_newest, reverse=True)
    name = press.site.office.name_en or press.site.office.name
    yield _page(
        press, "home_en.html", "en", name, section="home", language="en", other="index.html", pages=english[:60]
    )


_TITLES = {
    "about": ("เกี่ยวกับหน่วยงาน", "About us"),
    "structure": ("โครงสร้าง หน้าที่และอำนาจ", "Structure and duties"),
    "executives": ("ผู้บริหาร", "Executives"),
    "contact": ("ติดต่อเรา", "Contact us"),
}


def service_pages(press: Press) -> Iterator[Made]:
    """Give the pages that help and explain: policies, search, proof, and what stands where nothing is found."""
    office = press.site.office
    yield _page(press, "privacy.html", "privacy", "นโยบายคุ้มครองข้อมูลส่วนบุคคล", text=office.privacy_policy)
    yield _page(press, "policy.html", "policy", "นโยบายเว็บไซต์", text=office.website_policy)
    yield _page(press, "proof.html", "proof", "หลักฐานการเผยแพร่", manifest=MANIFEST)
    at = "404.html"
    yield Made(at, partial(press.set, "missing.html", at=at, title="ไม่พบหน้านี้"))


def search_page(press: Press, shards: int) -> Made:
    """Give the page on which people search. shards: how many files of words it reads."""
    return _page(press, "search.html", "search", "ค้นหา", shards=shards, script=SCRIPT)


def _page(press: Press, template: str, path: str, title: str, **given: object) -> Made:
    at = index(path)
    return Made(at, partial(press.set, template, at=at, title=title, **given))
