"""Where the public site of an office stands: its folder, its own address, the addresses of its pages."""

from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.models import Page, Site

ROUTE = "/public"  # under which our server gives the folder of all sites, without Django


def record_of(agency: Agency) -> Site:
    """Give how the site of an agency stands, new and not kept while nobody has said anything. One query."""
    found = Site.objects.select_related("map_picture").filter(agency=agency).first()
    return found or Site(agency=agency)


def folder_of(agency: Agency) -> Path:
    """Give the folder that holds the built site."""
    return Path(settings.SITES_FOLDER) / agency.code


def site_root(agency: Agency) -> str:
    """Give the address of the site with a slash at its end.

    What the office said; else where our own server gives it, without a host where ``PRONGSAI_ORIGINS`` names none. One
    query.
    """
    return root_of(record_of(agency))


def root_of(record: Site) -> str:
    """Give the address of a site as ``site_root`` does; no query."""
    return f"{(record.address or served_at(record.agency)).rstrip('/')}/"


def served_at(agency: Agency) -> str:
    """Give where our own server gives the site."""
    return f"{app_origin()}{ROUTE}/{agency.code}/"


def app_origin() -> str:
    """Give scheme and host of this installation, empty where nobody has said."""
    known = settings.CSRF_TRUSTED_ORIGINS
    return str(known[0]).rstrip("/") if known else ""


def public_address(page: Page) -> str:
    """Give the lasting address of a page: inside the site, or where it is published instead. One query."""
    return page.elsewhere or address_in(site_root(page.agency), page.path)


def stands_at(page: Page, address: str) -> bool:
    """Whether a page is reached at an address: where it is published, its own in the site, an old one that leads on.

    While nobody has said where the site stands, its paths may stand at any host. Two queries.
    """
    record, given = record_of(page.agency), _bare(address)
    paths = [page.path, *page.past_paths.values_list("path", flat=True)]
    if page.elsewhere and given == _bare(page.elsewhere):
        return True
    if not record.address:
        return any(given.endswith(f"/{path}") for path in paths)
    roots = (root_of(record), served_at(page.agency))
    return any(given == _bare(address_in(root, path)) for root in roots for path in paths)


def _bare(address: str) -> str:
    """Give an address without what leads to the same page; one that is none as it is."""
    try:
        scheme, host, path, query, _fragment = urlsplit(address)
    except ValueError:
        return address
    return urlunsplit((scheme.lower(), host.lower(), path.removesuffix("index.html").rstrip("/"), query, ""))


def address_in(root: str, path: str) -> str:
    """Give the lasting address of a path under the root of a site: it ends with a slash."""
    return f"{root}{path.strip('/')}/" if path else root
