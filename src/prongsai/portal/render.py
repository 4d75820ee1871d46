"""Sets pages: the templates, what stands on every page of a site, and links that work below any folder."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from prongsai.portal import shown, words
from prongsai.portal.addresses import FORM, MANIFEST, folder, index, is_outside, link, outside, suffix
from prongsai.portal.english import post_in_english, unit_in_english
from prongsai.portal.model import Asset, FormLink, Page, Site
from prongsai.thai.numerals import to_thai

_HERE = Path(__file__).parent
STYLE, SCRIPT, ICON, FACE = "assets/site.css", "assets/search.js", "assets/icon.svg", "assets/face.svg"
BUILT_IN = ("about", "structure", "executives", "contact")
"""Pages that there are in English too, beside the home page."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Give the templates, compiled once; nothing is printed without being escaped, nothing is missing silently."""
    made = Environment(
        loader=PackageLoader("prongsai.portal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "day": shown.thai_day,
        "short": shown.thai_short,
        "time": shown.thai_time,
        "english_day": shown.english_day,
        "stamp": shown.stamp_of,
        "size": shown.size_of,
        "digits": lambda value: to_thai(str(value)),
        "kind": lambda name: shown.kind_of(suffix(name)),
        "outside": outside,
        "paragraphs": lambda text: [line.strip() for line in text.splitlines() if line.strip()],
        "tel": _telephone,
        "mail": lambda text: escape(text).replace("@", Markup("@<wbr>")),
        "post_en": post_in_english,
        "unit_en": unit_in_english,
    }
    made.tests["outside"] = is_outside
    made.globals |= {"states": words.STATES, "law_states": words.LAW_STATES, "kinds": words.KINDS}
    return made


def _telephone(text: str) -> str:
    """Give what a telephone dials of a number as it is written, or nothing when it has several."""
    number = "".join(one for one in text.translate(_ARABIC) if one in "+0123456789")
    return number if 3 <= len(number) <= 13 and not any(sign in text for sign in ",/") else ""


_UNUSUAL = re.compile("[^\t\n -~\u00a0-\u00ff\u0e01-\u0e5b\u2010-\u2fff]")
_BEYOND = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[{_BEYOND}\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def allowed(text: str) -> str:
    """Give a page without what HTML forbids, which nobody sees, and which would make the whole page invalid."""
    return _FORBIDDEN.sub("", text) if _UNUSUAL.search(text) else text  # nearly every page has none


_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@lru_cache(maxsize=1)
def edition() -> str:
    """Tell these templates and this code from others: pages that others made are made again."""
    files = sorted([*_HERE.glob("*.py"), *_HERE.glob("templates/*")])
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def asset_address(asset: Asset | None) -> str:
    """Give where a picture of the office stands, nothing for none; its name is its content, so it never changes."""
    if asset is None or asset.is_erased:
        return ""
    ending = suffix(asset.name) or "bin"
    return f"assets/office/{asset.sha256[:20]}.{ending}"


@dataclass(frozen=True)
class Press:
    """Sets the pages of one site."""

    site: Site

    @cached_property
    def stamp(self) -> str:
        """Tell what stands on every page: pages on which something else stood are made again."""
        chrome = b"".join(self.set("bare.html", at="index.html", title="", language=each) for each in ("th", "en"))
        return hashlib.sha256(chrome + f"{edition()}{self.site.stamp}{self.years}".encode()).hexdigest()

    def stamp_of(self, stamp: str) -> str:
        """Give the stamp of a page together with that of what stands on every page."""
        return hashlib.sha256(f"{stamp}\0{self.stamp}".encode()).hexdigest()[:20]

    @cached_property
    def paths(self) -> frozenset[str]:
        """Paths of the site's own pages."""
        return frozenset(entry.path for entry in self.site.entries)

    @cached_property
    def _standing(self) -> Mapping[str, str]:
        """Where each path leads by now, small letters throughout: of pages, and old ones."""
        found = {entry.path.lower(): entry.path for entry in self.site.entries}
        for entry in self.site.entries:
            for other in entry.others:
                found.setdefault(other.lower(), entry.path)
        return found

    def page_at(self, path: str) -> str:
        """Give the path of the page that a path leads to by now, nothing when it leads to none."""
        return self._standing.get(path.lower(), "")

    def form_of(self, way: str) -> FormLink | None:
        """Give the form of the application that a link leads to, None when it is not open."""
        return next((one for one in self.site.forms if way == f"{FORM}{one.key}"), None)

    def ways_stamp(self, ways: Iterable[str]) -> str:
        """Tell where links lead by now: a page whose links lead elsewhere than they did is made again."""
        office = self.site.office
        forms = (office.phone, office.address, office.address_en)
        led = [(self.form_of(one), forms) if one.startswith(FORM) else self.page_at(one) for one in ways]
        return hashlib.sha256(repr(led).encode("utf-8", "replace")).hexdigest()[:20]

    @cached_property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """What stands in the menu: key of its word, address."""
        years = (("disclosure", index(str(self.years[0]))),) if self.years else ()
        fixed = {key: (key, index(key)) for key in (*BUILT_IN, "news", "data", "laws")}
        order = ("about", "structure", "executives", "news")
        return (
            ("home", "index.html"),
            *(fixed[key] for key in order),
            *years,
            *(fixed[key] for key in ("data", "laws", "contact")),
        )

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years that have a list, the newest first."""
        return tuple(sorted((year.year_be for year in self.site.years), reverse=True))

    def public(self, address: str) -> str:
        """Give an address as people are shown it, with the site's own address when it is known."""
        return f"{self.site.office.base}{folder(address)}"

    def text(
        self,
        template: str,
        *,
        at: str,
        title: str,
        section: str = "",
        language: str = "th",
        other: str = "",
        crumbs: tuple[tuple[str, str], ...] = (),
        canonical: str = "",
        **given: object,
    ) -> str:
        """Set a page at an address. other: address of the page in the other language; crumbs: (words, address)."""
        office = self.site.office
        named: Mapping[str, object] = {
            "at": at,
            "to": partial(link, at),
            "public": self.public,
            "site": self.site,
            "office": office,
            "name": (office.name_en or office.name) if language == "en" else office.name,
            "title": title,
            "section": section,
            "language": language,
            "w": words.words_of(language),
            "other": other,
            "crumbs": crumbs,
            "canonical": canonical or at,
            "menu": self.english_menu if language == "en" else self.menu,
            "years": self.years,
            "style": STYLE,
            "icon": asset_address(office.emblem) or ICON,
            "has_emblem": bool(asset_address(office.emblem)),
            "face": FACE,
            "manifest": MANIFEST,
            "asset": asset_address,
            "paths": self.paths,
        }
        return allowed(environment().get_template(template).render({**named, **given}))

    @property
    def english_menu(self) -> tuple[tuple[str, str], ...]:
        """What stands in the menu of English pages."""
        return (("home", index("en")), *((key, index(f"en/{key}")) for key in BUILT_IN))

    def set(self, template: str, *, at: str, title: str, **given: object) -> bytes:
        """Set a page as bytes; see ``text``."""
        return self.text(template, at=at, title=title, **given).encode("utf-8", "replace")  # type: ignore[arg-type]


def page_html(site: Site, page: Page) -> str:
    """Give a page as everybody will see it at its address."""
    from prongsai.portal.entry import main_page  # noqa: PLC0415  # reason: it builds on this module

    return main_page(Press(site), page)
