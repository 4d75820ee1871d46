"""What programs read: the map of the site for search engines, the feed of news, what robots may do."""

from collections.abc import Iterator
from functools import partial
from heapq import nlargest
from uuid import NAMESPACE_URL, uuid5

from prongsai.portal.addresses import index
from prongsai.portal.model import Entry
from prongsai.portal.render import Press, allowed, environment
from prongsai.portal.shown import local, stamp_of
from prongsai.portal.stage import Made

_NEWEST = 40
_MOST = 40_000  # a map of more addresses must be cut
_NEVER = "2000-01-01T00:00:00+07:00"


def feeds(press: Press) -> Iterator[Made]:
    """Give feed, maps and robots.txt. Addresses are whole when the site's own address is known."""
    yield Made("feed.xml", partial(_feed, press))
    yield from _maps(press)
    yield Made("robots.txt", partial(_robots, press))


def _feed(press: Press) -> bytes:
    told = (one for one in press.site.entries if not one.is_withdrawn)
    dated = [(local(one.published_at), one.path, one) for one in told if one.published_at]
    newest = [one for *_, one in nlargest(_NEWEST, dated, key=lambda each: each[:2])]
    text = (
        environment()
        .get_template("feed.xml")
        .render(
            office=press.site.office,
            entries=[(identity(press, one), one, press.public(index(one.path))) for one in newest],
            updated=stamp_of(newest[0].published_at) if newest else _NEVER,
            feed_id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'prongsai/{press.site.office.code}')}",
            home=press.public("index.html"),
            address=press.public("feed.xml"),
        )
    )
    return allowed(text).encode("utf-8", "replace")


def identity(press: Press, entry: Entry) -> str:
    """Give a name for a page that stays when the site moves."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'prongsai/{press.site.office.code}/{entry.path}')}"


def _maps(press: Press) -> Iterator[Made]:
    fixed = ("index.html", *(address for _, address in press.menu[1:]), "privacy/index.html", "policy/index.html")
    told = [(press.public(at), stamp_of(press.site.updated_at) if at == "index.html" else "") for at in fixed]
    told += [
        (press.public(index(one.path)), stamp_of(one.published_at))
        for one in press.site.entries
        if not one.is_withdrawn
    ]
    template = environment().get_template("sitemap.xml")
    if len(told) <= _MOST:
        yield Made("sitemap.xml", partial(_set, template, kind="urlset", entry="url", told=told))
        return
    pieces = [told[at : at + _MOST] for at in range(0, len(told), _MOST)]
    for number, piece in enumerate(pieces, 1):
        yield Made(f"sitemap-{number}.xml", partial(_set, template, kind="urlset", entry="url", told=piece))
    names = [(press.public(f"sitemap-{number}.xml"), "") for number in range(1, len(pieces) + 1)]
    yield Made("sitemap.xml", partial(_set, template, kind="sitemapindex", entry="sitemap", told=names))


def _set(template, **given: object) -> bytes:  # type: ignore[no-untyped-def]  # reason: a template of jinja2
    return allowed(str(template.render(**given))).encode("utf-8", "replace")


def _robots(press: Press) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    if press.site.office.base:
        lines.append(f"Sitemap: {press.site.office.base}sitemap.xml")
    return ("\n".join(lines) + "\n").encode()
