"""Letters on their way to the public: what of one may be published, on which pages, and where it stands already."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import CycleState, ItemState
from prongsai.web.disclosure.models import Page, PageKind, PageState, Release, ReleaseFile, ReleaseState
from prongsai.web.disclosure.queries import rights
from prongsai.web.disclosure.queries.addresses import address_in, site_root
from prongsai.web.disclosure.queries.reported import DECIDED, Preceding, preceding_of, what_of
from prongsai.web.evidence.models import File
from prongsai.web.letters.models import Letter, LetterState

__all__ = ["Place", "Preceding", "places_of", "preceding_of", "what_of", "why_not_publish"]


class Stands(TextChoices):
    """How a letter stands on a page."""

    CURRENT = "current", gettext_lazy("เผยแพร่อยู่")
    MAKING = "making", gettext_lazy("กำลังทำ")
    PAST = "past", gettext_lazy("อยู่ในฉบับก่อน")
    WITHDRAWN = "withdrawn", gettext_lazy("ถอนแล้ว")


@dataclass(frozen=True, slots=True)
class Place:
    """A page that shows a letter, or will. address: the lasting one. release: the newest that holds it."""

    page: Page
    release: Release
    stands: Stands
    address: str

    @property
    def tone(self) -> str:
        """The word by which its badge is coloured."""
        return {Stands.CURRENT: "done", Stands.MAKING: "draft", Stands.WITHDRAWN: "late"}.get(self.stands, "changed")


# --- where it stands ------------------------------------------------------------------------------------------------
def places_of(letter: Letter) -> tuple[Place, ...]:
    """Give the pages that show the signed paper of a letter, those where it is public first; two queries at most."""
    return () if letter.secrecy else places_showing(letter.agency, _own(letter))


def places_showing(agency: Agency, files: Collection[int]) -> tuple[Place, ...]:
    """Give the pages that show one of some files (keys), those where it is public first; two queries at most."""
    if not files:
        return ()
    held = ReleaseFile.objects.filter(Q(file__in=files) | Q(original__in=files), release__page__agency=agency)
    newest: dict[int, ReleaseFile] = {}
    for one in held.select_related("release__page").order_by("release__made_at", "release"):
        page = one.release.page
        if page.pk not in newest or newest[page.pk].release_id != page.current_id:
            newest[page.pk] = one
    root = site_root(agency) if newest else ""
    places = [_place(one.release, root) for one in newest.values()]
    return tuple(sorted(places, key=lambda one: (list(Stands).index(one.stands), one.page.pk)))


def _place(release: Release, root: str) -> Place:
    page = release.page
    address = page.elsewhere or address_in(root, page.path)
    if release.state != ReleaseState.APPROVED:
        return Place(page, release, Stands.MAKING, address)
    if release.withdrawn_at or page.state == PageState.WITHDRAWN:
        return Place(page, release, Stands.WITHDRAWN, address)
    return Place(page, release, Stands.CURRENT if release.pk == page.current_id else Stands.PAST, address)


# --- what may be published ------------------------------------------------------------------------------------------
def why_not_publish(letter: Letter) -> str:
    """Say why a letter may not go on to publication; empty when it may."""
    if letter.secrecy:
        return _("หนังสือลับเผยแพร่ไม่ได้")
    if letter.state == LetterState.REPLACED:
        return _("หนังสือนี้มีฉบับใหม่แทนแล้ว เผยแพร่ฉบับใหม่")
    if letter.state != LetterState.SIGNED:
        return _("เผยแพร่ได้เมื่อลงนามแล้ว")
    return "" if letter.docx_id or letter.pdf_id or letter.scan_id else _("หนังสือนี้ไม่มีไฟล์ฉบับลงนาม")


def may_publish_letter(scope: Scope, letter: Letter) -> bool:
    """Whether a letter may go on to publication by who asks: on some page that they may write on, or a new one."""
    if why_not_publish(letter):
        return False
    wide = rights.may_publish(scope)
    if wide or rights.may_add(scope, PageKind.FREE):
        return True
    return items_for(scope, may_publish=wide).exists() or pages_for(scope, may_publish=wide).exists()


def parts_of(letter: Letter) -> Mapping[str, tuple[str, File]]:
    """Give what of a letter can be shown: key → its words and file. The signed paper first, then what goes with it."""
    own = (
        ("pdf", _("ฉบับลงนาม (PDF)"), letter.pdf),
        ("scan", _("ฉบับสแกนที่ลงนามด้วยหมึก"), letter.scan),
        ("docx", _("ฉบับลงนาม (Word)"), letter.docx),
    )
    found = {key: (words, file) for key, words, file in own if file and file.erased_at is None}
    for one in letter.attachments.select_related("file"):
        if one.file.erased_at is None:
            found[f"attachment-{one.pk}"] = (one.title, one.file)
    return found


# --- where to -------------------------------------------------------------------------------------------------------
def items_for(scope: Scope, *, may_publish: bool) -> QuerySet[ItemState]:
    """Give the items of open cycles on whose pages somebody may publish: everybody's for who publishes."""
    found = ItemState.objects.filter(cycle__agency=scope.agency, cycle__state=CycleState.OPEN)
    mine = found if may_publish else found.filter(unit__in=scope.unit_ids)
    return mine.select_related("cycle").order_by("-cycle__fiscal_year_be", "place", "pk")


def pages_for(scope: Scope, *, may_publish: bool) -> QuerySet[Page]:
    """Give the free pages that somebody may write on."""
    found = Page.objects.filter(agency=scope.agency, kind=PageKind.FREE)
    mine = found if may_publish else found.filter(unit__in=scope.unit_ids)
    return mine.order_by("title", "pk")


# --- overtaken ------------------------------------------------------------------------------------------------------
def newer_of(pages: Iterable[Page]) -> Mapping[int, Letter]:
    """Give, by the keys of pages, the letter that replaced one that a page shows; one query where none was replaced."""
    shown = [one for one in pages if one.current_id]
    current = {one.current_id: one.pk for one in shown}
    held = ReleaseFile.objects.filter(release__in=current).order_by()
    own = Q(pk__in=())
    for files in (held.values("file"), held.exclude(original=None).values("original")):
        own |= Q(docx__in=files) | Q(pdf__in=files) | Q(scan__in=files)
    of = {one.agency_id for one in shown}
    replaced = list(Letter.objects.filter(own, agency__in=of, state=LetterState.REPLACED, secrecy="")) if shown else []
    if not replaced:
        return {}
    newest = _newest(replaced)
    by_file = {pk: newest[one.pk] for one in replaced if one.pk in newest for pk in _own(one)}
    rows = held.values_list("release_id", "file_id", "original_id")
    return {current[release]: by_file[pk] for release, *pks in rows for pk in pks if pk in by_file}


def _own(letter: Letter) -> tuple[int, ...]:
    return tuple(pk for pk in (letter.docx_id, letter.pdf_id, letter.scan_id) if pk)


def _newest(replaced: Iterable[Letter]) -> Mapping[int, Letter]:
    """Give what stands in the place of each letter by now; a query for every time that one was replaced again."""
    first = {one.pk: one for one in replaced}
    last = dict(first)
    while True:
        wanted = [one.pk for one in last.values() if one.state == LetterState.REPLACED]
        later = Letter.objects.filter(supersedes__in=wanted, state__in=DECIDED).select_related("agency")
        found = {one.supersedes_id: one for one in later}
        if not found:
            return {pk: one for pk, one in last.items() if one.state == LetterState.SIGNED}
        last = {pk: found.get(one.pk, one) for pk, one in last.items()}
