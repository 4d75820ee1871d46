"""A signed letter goes on to publication: onto the page of an item, a free page or news, as a release in the making."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.thai.fiscal import BE_OFFSET
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import ItemState
from prongsai.web.disclosure.models import FileRole, Page, PageKind, Release
from prongsai.web.disclosure.queries.letters import parts_of, what_of, why_not_publish
from prongsai.web.disclosure.services.files import attach
from prongsai.web.disclosure.services.news import add_news
from prongsai.web.disclosure.services.pages import add_page, ensure_item_page, last_of, making_of, write_release
from prongsai.web.disclosure.services.paths import is_taken
from prongsai.web.evidence.models import File
from prongsai.web.letters.kinds import LETTER_PAPERS
from prongsai.web.letters.models import Letter, SeriesKind

TITLE_MAX = 300
_FOLDERS = {SeriesKind.ANNOUNCEMENT: "announcements", SeriesKind.ORDER: "orders"}
_SIGNED = ("pdf", "docx", "scan")


@dataclass(frozen=True, slots=True)
class Where:
    """Where a letter is to stand: on the page of an item, on a page that there is, else on a new one of a kind."""

    item: ItemState | None = None
    page: Page | None = None
    kind: str = PageKind.FREE


@transaction.atomic
def publish_letter(scope: Scope, *, letter: Letter, where: Where, parts: Iterable[str], title: str = "") -> Release:
    """Put a signed letter into a release in the making, which is asked for and approved as every other one.

    parts: keys of ``queries.letters.parts_of``. title: of the page; empty: the letter's subject on a page that says
    nothing yet, else what the page has. Files that the release has already are not shown twice. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    if why := why_not_publish(letter):
        raise ValidationError(why)
    chosen = _chosen(letter, parts)
    if {letter.agency_id, where.page.agency_id if where.page else letter.agency_id} != {scope.agency.pk}:
        raise ValidationError(_("หนังสือหรือหน้านี้เป็นของหน่วยงานอื่น"))
    page = where.page or _page(scope, letter, where)
    release = _written(scope, letter, page, title)
    for key, words, file in chosen:
        _show(scope, release, file, words, FileRole.SIGNED if key in _SIGNED else FileRole.DOCUMENT)
    journal.note(scope, "release.from_letter", release, {"letter": (None, letter.pk)})
    return release


def _chosen(letter: Letter, parts: Iterable[str]) -> list[tuple[str, str, File]]:
    known, wanted = parts_of(letter), list(dict.fromkeys(parts))
    if not any(key in _SIGNED for key in wanted):
        raise ValidationError({"parts": _("เลือกฉบับลงนามอย่างน้อยหนึ่งไฟล์")})
    if any(key not in known for key in wanted):
        raise ValidationError({"parts": _("หนังสือนี้ไม่มีไฟล์ที่เลือก เปิดหน้านี้ใหม่")})
    return [(key, _title(letter, key, known[key][0]), known[key][1]) for key in wanted]


def _title(letter: Letter, key: str, words: str) -> str:
    """Name a file for the public: the letter by its kind and subject, what goes with it by its own title."""
    if key not in _SIGNED:
        return words[:TITLE_MAX]
    told = f"{what_of(letter)} {letter.subject}"
    return f"{told} (ฉบับสแกน)"[:TITLE_MAX] if key == "scan" else told[:TITLE_MAX]


def _page(scope: Scope, letter: Letter, where: Where) -> Page:
    if where.item is not None:
        return ensure_item_page(scope, item=where.item)
    if where.kind == PageKind.NEWS:
        assert letter.dated
        unit = letter.unit
        return add_news(scope, title=letter.subject[:TITLE_MAX], event_on=letter.dated, text=letter.subject, unit=unit)
    path = _free_path(scope, letter)
    return add_page(scope, kind=PageKind.FREE, title=letter.subject[:TITLE_MAX], path=path, unit=letter.unit)


def _free_path(scope: Scope, letter: Letter) -> str:
    """Give a path that nobody had: what it is, its year, its number: ``announcements/2569/46``."""
    paper = LETTER_PAPERS.get(letter.paper)
    assert letter.dated
    folder = _FOLDERS.get(paper.series, "letters") if paper else "letters"
    year = letter.number.year_be if letter.number else letter.dated.year + BE_OFFSET
    first = path = f"{folder}/{year}/{letter.number.value if letter.number else f'{letter.dated:%m-%d}'}"
    again = 1
    while is_taken(scope.agency, path):
        again += 1
        path = f"{first}-{again}"
    return path


def _written(scope: Scope, letter: Letter, page: Page, title: str) -> Release:
    """Give the release in the making, dated as the letter."""
    fields: dict[str, object] = {"document_date": letter.dated}
    says = making_of(page) or last_of(page)
    if title.strip() or says is None:
        fields["title"] = (title.strip() or letter.subject)[:TITLE_MAX]
    return write_release(scope, page=page, version=None, **fields)


def _show(scope: Scope, release: Release, file: File, title: str, role: str) -> None:
    held = release.files.filter(file=file) | release.files.filter(original=file)
    if not held.exists():
        attach(scope, release=release, file=file, title=title, role=role)
