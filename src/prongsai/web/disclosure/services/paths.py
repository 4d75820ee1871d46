"""Addresses that last: which may be taken, what leads on from an old one, and the names that a page has besides."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prongsai.errors import FileUnusable
from prongsai.portal.addresses import check_path
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import LAWS, PATH, Page, PageKind, PastPath

# First parts under which the site itself puts pages.
RESERVED = frozenset(
    {"about", "assets", "contact", "data", "en", "executives", "files", "index", "laws", "news", "policy", "privacy"}
    | {"proof", "search", "site", "sitemap", "structure"}
)
_NUMBER = re.compile(r"[0-9]{4}|[0-9]{8}")  # lists of years; sites of offices, by their codes
_LAW = re.compile(rf"{LAWS}[^/]+")
_FORMS = {
    PageKind.ITEM: re.compile(r"[0-9]{4}/.+"),
    PageKind.REGISTER: re.compile(r"(?:[0-9]{4}/)?data/[^/]+"),
    PageKind.NEWS: re.compile(r"news/[0-9]{4}/[^/]+"),
}


def hold_path(agency: Agency, kind: str, path: str, page: Page | None = None) -> None:
    """Refuse a path that is none, is the site's own, or is or ever was another page's. Raises ValidationError.

    page: whose it is to be; its own old paths may be taken again, spelt as they were.
    """
    PATH(path)
    if not _fits(kind, path):
        raise ValidationError({"path": _("ที่อยู่นี้สงวนไว้ หรือไม่ใช่รูปแบบของหน้าชนิดนี้ เลือกชื่ออื่น")})
    if is_taken(agency, path, page):
        raise ValidationError({"path": _("ที่อยู่นี้เคยเป็นของหน้าอื่น ใช้ซ้ำไม่ได้ เพราะลิงก์เดิมจะพาไปผิดหน้า")})
    if page is not None and page.past_paths.filter(path__iexact=path).exclude(path=path).exists():
        raise ValidationError({"path": _("ต่างจากที่อยู่เดิมเฉพาะตัวพิมพ์เล็กใหญ่ เลือกชื่ออื่น")})


def _fits(kind: str, path: str) -> bool:
    try:
        check_path(path)
    except FileUnusable:
        return False
    if form := _FORMS.get(PageKind(kind)):
        return form.fullmatch(path) is not None
    first = path.partition("/")[0]
    return _LAW.fullmatch(path) is not None or (first not in RESERVED and not _NUMBER.fullmatch(first))


def is_taken(agency: Agency, path: str, page: Page | None = None) -> bool:
    """Whether a path is or ever was a page's, other than the one given; letters great and small are the same."""
    pages = Page.objects.filter(agency=agency, path__iexact=path)
    past = PastPath.objects.filter(agency=agency, path__iexact=path)
    if page is not None:
        pages, past = pages.exclude(pk=page.pk), past.exclude(page=page)
    return pages.exists() or past.exists()


def lead_on(scope: Scope, page: Page, path: str, *, is_alias: bool = False) -> PastPath | None:
    """Let a path lead to a page for good; None where it does already, or is another page's.

    Letters great and small are the same: on many servers both would be one file.
    """
    if (
        path.lower() in ("", page.path.lower())
        or is_taken(scope.agency, path, page)
        or page.past_paths.filter(path__iexact=path).exists()
    ):
        return None
    return journal.create(scope, PastPath(agency=scope.agency, page=page, path=path, is_alias=is_alias), "page.alias")


def alias_of(page: Page) -> str:
    """Give the path by the year's code that a page of an item has besides: ``2569/O11``; empty for other pages."""
    if page.item is None or not re.fullmatch(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*", page.item.code):
        return ""
    return f"{page.year_be}/{page.item.code}"
