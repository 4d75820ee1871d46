"""Which addresses are looked at from outside, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import CycleState, ItemState
from prongsai.web.disclosure.models import Page, PageState, Posting, Site, Submission, SubmissionState, Watch, Watched
from prongsai.web.disclosure.queries.addresses import address_in, site_root
from prongsai.web.evidence.models import check_address

# An address that is looked at for several reasons has the weightiest.
_WEIGHT = (Watch.OWN, Watch.POSTING, Watch.PAGE, Watch.ELSEWHERE, Watch.HOME, Watch.SUBMITTED)


@transaction.atomic
def watch(scope: Scope, *, address: str, why: str, page: Page | None = None, item: ItemState | None = None) -> Watched:
    """Look at an address from now on; one that is looked at already is given back, for the weightier of both reasons.

    It is looked at as soon as the next run comes. Raises ValidationError.
    """
    check_address(address)
    journal.take_turn(scope.agency)
    known = Watched.objects.filter(agency=scope.agency, address=address).first()
    if known is None:
        made = Watched(agency=scope.agency, address=address, why=why, page=page, item=item)
        return journal.create(scope, made, "watched.add")
    reason = max(Watch(known.why), Watch(why), key=_WEIGHT.index)
    known.page, known.item = page or known.page, item or known.item
    return journal.change(
        scope, known, "watched.change", is_open=True, why=reason, page=known.page, item=known.item, next_at=None
    )


@transaction.atomic
def stop(scope: Scope, *, watched: Watched, version: int | None) -> Watched:
    """Look at an address no more; its history stays. Raises Stale."""
    return journal.change(scope, watched, "watched.stop", version=version, is_open=False)


@transaction.atomic
def resume(scope: Scope, *, watched: Watched, version: int | None) -> Watched:
    """Look at an address again. Raises Stale."""
    return journal.change(scope, watched, "watched.resume", version=version, is_open=True, next_at=None)


@dataclass(frozen=True, slots=True)
class _Standing:
    """An address that stands somewhere in what the office discloses."""

    address: str
    why: Watch
    page: Page | None = None
    item: ItemState | None = None


def watch_all(scope: Scope) -> int:
    """Look at everything that the office discloses by: home page, submissions, pages, posts; give how many are new.

    An address that somebody stopped stays stopped.
    """
    known = set(Watched.objects.filter(agency=scope.agency).values_list("address", flat=True))
    new = 0
    for one in _standing(scope):
        if one.address not in known:
            watch(scope, address=one.address, why=one.why, page=one.page, item=one.item)
            known.add(one.address)
            new += 1
    return new


def home_of(scope: Scope) -> str:
    """Give the office's home page, as assessors find it; empty while nobody has entered one."""
    site = Site.objects.filter(agency=scope.agency).first()
    return (site.address if site else "") or scope.agency.website


def _standing(scope: Scope) -> Iterator[_Standing]:
    if home := home_of(scope):
        yield _Standing(home, Watch.HOME)
    pasted = Submission.objects.filter(item__cycle__agency=scope.agency, item__cycle__state=CycleState.OPEN)
    for one in pasted.filter(state=SubmissionState.PASTED).select_related("page", "item"):
        yield _Standing(one.address, Watch.SUBMITTED, one.page, one.item)
    pages = Page.objects.filter(agency=scope.agency, state=PageState.PUBLIC).select_related("item")
    root = site_root(scope.agency)
    for page in pages:
        if page.elsewhere:
            yield _Standing(page.elsewhere, Watch.ELSEWHERE, page, page.item)
        elif page.item_id and root.startswith(("http://", "https://")):
            yield _Standing(address_in(root, page.path), Watch.PAGE, page, page.item)
    for post in Posting.objects.filter(page__in=pages).exclude(address="").select_related("page__item"):
        yield _Standing(post.address, Watch.POSTING, post.page, post.page.item)
