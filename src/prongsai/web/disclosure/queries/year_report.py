"""The papers of publication: the request of a release, and everything of a year."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from prongsai.portal.model import BlockKind
from prongsai.reports.forms.publication_report import Publication, PublicationReport, Timing
from prongsai.reports.forms.publication_request import Decision, PublicationRequest, RequestedFile
from prongsai.reports.forms.signing import NOBODY, Signed
from prongsai.thai.fiscal import fiscal_year
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Page, PageKind, PageState, Posting, Release, ReleaseState
from prongsai.web.disclosure.queries.addresses import public_address
from prongsai.web.disclosure.queries.news import limit_of, told_on

_DECISIONS = {
    ReleaseState.APPROVED: Decision.ALLOWED,
    ReleaseState.RETURNED: Decision.RETURNED,
}
DETAILS_MAX = 12
_WORDS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.STEPS)


# --- the request ----------------------------------------------------------------------------------------------------
def asked_for(page: Page, pk: int | None = None) -> Release | None:
    """Give the release of a page that was asked for: the one of a number in the database, else the newest."""
    found = page.releases.filter(requested_at__isnull=False).select_related("requested_by", "decided_by")
    return found.filter(pk=pk).first() if pk else found.order_by("-requested_at", "-pk").first()


def request_of(scope: Scope, page: Page, release: Release) -> PublicationRequest:
    """Give the request form of a release: who asked for what, where it stands, who decided what and when."""
    files = release.files.all()
    return PublicationRequest(
        agency=scope.agency.name,
        asked_on=told_on(release.requested_at),
        topic=release.title,
        year=f"ปีงบประมาณ พ.ศ. {to_thai(str(release.content_year_be))}" if release.content_year_be else "",
        unit=str(page.unit or (page.item.unit if page.item else None) or ""),
        publisher_unit=str(page.publisher_unit or ""),
        received_on=release.received_on,
        address=public_address(page),
        details=_details(release),
        documents=tuple(RequestedFile(one.title, one.name) for one in files),
        requester=_signed(release.requested_by, release.requested_as, told_on(release.requested_at)),
        decision=_DECISIONS.get(ReleaseState(release.state), Decision.WAITING),
        opinion=" ".join(release.decision_note.split()),
        approver=_signed(release.decided_by, release.decided_as, told_on(release.decided_at)),
        published_on=told_on(release.published_at),
        publisher=NOBODY,
    )


def _details(release: Release) -> tuple[str, ...]:
    """Give what the release says, a line each, as much as a form holds."""
    told = [release.summary, release.change_note]
    told += [line for block in release.body if block["kind"] in _WORDS for line in block.get("lines", ())]
    lines = [" ".join(line.split()) for text in told for line in text.splitlines()]
    return tuple(dict.fromkeys(line for line in lines if line))[:DETAILS_MAX]


def _signed(person: Person | None, position: str, on: object) -> Signed:
    """Give a signature. position: as it was kept, with or without the name before it."""
    if person is None:
        return NOBODY
    name = str(person)
    return Signed(name, position.removeprefix(name).strip(), on=on)  # type: ignore[arg-type]


# --- the year -------------------------------------------------------------------------------------------------------
def releases_of(scope: Scope, year_be: int) -> QuerySet[Release]:
    """Give what was asked for, or published, in a fiscal year, by the day of the request."""
    span = fiscal_year(year_be)
    in_year = Q(requested_at__date__range=span) | Q(published_at__date__range=span)
    postings = Prefetch("page__postings", queryset=Posting.objects.select_related("channel"))
    found = Release.objects.filter(in_year, page__agency=scope.agency).exclude(state=ReleaseState.DRAFT)
    found = found.select_related("page__unit", "page__item__unit", "requested_by").prefetch_related(postings)
    return found.order_by("requested_at", "published_at", "pk")


def year_report(scope: Scope, year_be: int, signer: Signed) -> PublicationReport:
    """Give the report of a fiscal year: every publication with its days, whether late, postings, withdrawal."""
    limit = limit_of(scope, year_be)
    releases = list(releases_of(scope, year_be))
    newest = _newest(releases)
    rows = tuple(_row(one, limit, is_newest=one.pk in newest) for one in releases)
    return PublicationReport(scope.agency.name, year_be, scope.today, rows, signer)


def _newest(releases: Iterable[Release]) -> frozenset[int]:
    """Give the last release of each page: postings and withdrawal are told once."""
    last = {one.page_id: one.pk for one in releases}
    return frozenset(last.values())


def _row(release: Release, limit: int, *, is_newest: bool) -> Publication:
    page = release.page
    approved = told_on(release.decided_at) if release.state == ReleaseState.APPROVED else None
    withdrawn = told_on(page.withdrawn_at) if page.state == PageState.WITHDRAWN and is_newest else None
    channels = [str(one.channel) for one in page.postings.all() if one.is_counted] if is_newest else []
    topic = release.title if release.state == ReleaseState.APPROVED else page.title  # a draft is not everybody's
    return Publication(
        topic=f"{topic} (ฉบับที่ {to_thai(str(release.number))})" if release.number > 1 else topic,
        unit=str(page.unit or (page.item.unit if page.item else None) or ""),
        asked_by=str(release.requested_by or ""),
        requested_on=told_on(release.requested_at),
        approved_on=approved,
        published_on=told_on(release.published_at),
        timing=_timing(release, limit),
        channels=tuple(dict.fromkeys(channels)),
        withdrawn_on=withdrawn,
    )


def _timing(release: Release, limit: int) -> Timing | None:
    """Say whether it was in time: items by the assessment's last day, news by the days after the event."""
    page = release.page
    if release.published_at is None:
        return None
    if page.kind == PageKind.ITEM:
        return Timing.LATE if release.is_late else Timing.IN_TIME
    if page.kind == PageKind.NEWS and page.event_on and release.number == 1:
        days = (timezone.localdate(release.published_at) - page.event_on).days
        return Timing.LATE if days > limit else Timing.IN_TIME
    return None
