"""Looking at what is disclosed as an assessor would: the check, confirming it, finding pages on a present site."""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.inspection.crawl import walk as crawl
from prongsai.inspection.elements import inspect_item
from prongsai.inspection.gather import pile_from, pile_of
from prongsai.inspection.model import ItemVerdict, Pile, Proposal
from prongsai.inspection.network import Session
from prongsai.inspection.policy import Policy
from prongsai.inspection.propose import proposals
from prongsai.inspection.reach import look
from prongsai.portal.model import Site
from prongsai.portal.render import page_html
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ElementState, ItemState, Verdict
from prongsai.web.cycles.queries import framework_of
from prongsai.web.cycles.services import judge, require_open
from prongsai.web.disclosure.models import ADDRESS_MAX, Inspection, Page, SiteProposal
from prongsai.web.disclosure.queries.addresses import public_address
from prongsai.web.disclosure.queries.inspection import BY_CHECK, facts_of, is_inspectable, is_stale, page_of
from prongsai.web.disclosure.queries.site import site_of
from prongsai.web.disclosure.services.checking import usual_policy
from prongsai.web.disclosure.services.pages import ensure_item_page, publish_elsewhere
from prongsai.web.evidence.models import check_address
from prongsai.web.evidence.services import read_file

SECONDS = 20
NO_HOST = "http://localhost"  # a site that nobody has given an address is read as if it stood here
WALK_PAGES = 60
OWN_CLICKS = 2  # menu, list of the year's items


# --- the check ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the check did. left: items that it had no time for; without: those with nothing public."""

    done: int
    left: int
    without: int


def run(scope: Scope, *, item: ItemState, policy: Policy | None = None, site: Site | None = None) -> Inspection:
    """Hold what an item discloses against its elements, and keep what was found.

    Our own page is looked at as it is published, without the network; one elsewhere is opened. site: of the agency,
    when many items are looked at. Raises ValidationError when nothing is public.
    """
    page = page_of(item)
    if page is None or not is_inspectable(page):
        raise ValidationError(_("ข้อ {code} ยังไม่มีหน้าที่เผยแพร่อยู่ จึงยังตรวจองค์ประกอบไม่ได้").format(code=item.code))
    framework = framework_of(item.cycle)
    wanted = framework.item_by_key(item.key)
    if wanted is None:
        raise ValidationError(_("ไฟล์กรอบฉบับปัจจุบันไม่มีข้อนี้แล้ว"))
    # Before the turn is taken: nobody waits while a page is opened.
    looked = _elsewhere(scope, page, policy) if page.elsewhere else _ours(scope, page, site)
    verdict = inspect_item(framework, wanted, looked.pile, clicks=looked.clicks)
    return _keep(scope, item, looked.pile.address, looked.sha256, verdict)


def run_all(scope: Scope, *, items: Iterable[ItemState], policy: Policy | None = None, seconds: float = SECONDS) -> Ran:
    """Run the check over items until the time is up."""
    done, left, without = 0, 0, 0
    until = time.monotonic() + seconds
    site: Site | None = None
    for item in items:
        page = page_of(item)
        if not is_inspectable(page):
            without += 1
        elif time.monotonic() > until:
            left += 1
        else:
            site = site or site_of(scope.agency)
            run(scope, item=item, policy=policy, site=site)
            done += 1
    return Ran(done, left, without)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What an item discloses. clicks: from the home page to its address, None when nobody walked there."""

    pile: Pile
    sha256: str
    clicks: Mapping[str, int] | None


def _ours(scope: Scope, page: Page, site: Site | None) -> _Looked:
    site = site or site_of(scope.agency)
    entry = next((one for one in site.entries if one.path == page.path), None)
    if entry is None or page.current is None:
        raise ValidationError(_("หน้านี้ยังไม่ได้อยู่ในเว็บสาธารณะ"))
    address = urljoin(NO_HOST, public_address(page))
    files = page.current.files.select_related("file__agency").filter(file__erased_at=None)
    papers = [(one.name, read_file(one.file), one.file.media_type) for one in files]
    html = page_html(site, entry.load()).encode()
    pile = pile_from(address, html, papers, facts_of(scope.agency), scope.today)
    return _Looked(pile, page.current.sha256, {address: OWN_CLICKS} if _is_listed(site, page) else None)


def _is_listed(site: Site, page: Page) -> bool:
    """Whether the menu leads to the list of items in which a page stands."""
    newest = max(site.years, key=lambda year: year.year_be, default=None)
    groups = newest.groups if newest else ()
    return any(line.path == page.path for _title, lines in groups for line in lines)


def _elsewhere(scope: Scope, page: Page, policy: Policy | None) -> _Looked:
    policy, facts = policy or usual_policy(), facts_of(scope.agency)
    with Session(policy) as session:
        seen = look(page.elsewhere, policy=policy, session=session)
        known = {page.elsewhere: seen}
        pile = pile_of(page.elsewhere, policy=policy, facts=facts, fetched=known, today=scope.today, session=session)
    walked = SiteProposal.objects.filter(item__cycle__agency=scope.agency, address=page.elsewhere).order_by("found_at")
    met = walked.last()
    return _Looked(pile, seen.sha256, {page.elsewhere: len(met.steps)} if met else None)


@transaction.atomic
def _keep(scope: Scope, item: ItemState, address: str, sha256: str, found: ItemVerdict) -> Inspection:
    journal.take_turn(scope.agency)
    verdicts = [
        {
            "key": one.key,
            "text": one.text_th,
            "verdict": str(one.verdict),
            "reason": one.reason_th,
            "mend": one.mend_th,
            "address": one.address,
            "where": one.where,
        }
        for one in found.elements
    ]
    made = Inspection(
        item=item,
        at=timezone.now(),
        address=address[:ADDRESS_MAX],
        verdicts=verdicts,
        problems=[one.to_json() for one in found.problems],
        sha256=sha256,
        by=scope.user,
    )
    return journal.create(scope, made, "inspection.run")


# --- confirming -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many elements were judged; kept: those a person had judged otherwise, which were left as they are."""

    done: int
    kept: int


@transaction.atomic
def confirm(
    scope: Scope, *, inspection: Inspection, keys: Collection[str] | None = None, replaces: bool = False
) -> Confirmed:
    """Take what the check found as one's own judgement.

    keys: which elements; None: all that pass. What a person judged otherwise is left alone unless replaces says so.
    Raises CycleClosed, ValidationError for a check of what no longer stands there.
    """
    item = inspection.item
    require_open(item.cycle)
    if is_stale(page_of(item), inspection):
        raise ValidationError(_("หน้านี้มีฉบับใหม่หลังการตรวจ ตรวจอีกครั้งก่อนยืนยัน"))
    done = kept = 0
    elements = {one.key: one for one in item.elements.select_related("item__cycle__agency")}
    for found in _meant(inspection, keys):
        element = elements.get(found["key"])
        if element is None or element.verdict == found["verdict"]:
            continue
        if _is_own(element) and not replaces:
            kept += 1
            continue
        judge(scope, element=element, verdict=found["verdict"], reason=_reason(scope, found))
        done += 1
    return Confirmed(done, kept)


def _meant(inspection: Inspection, keys: Collection[str] | None) -> list[dict[str, str]]:
    if keys is None:
        return [one for one in inspection.verdicts if one["verdict"] == Verdict.PASS]
    return [one for one in inspection.verdicts if one["key"] in keys]


def _is_own(element: ElementState) -> bool:
    return bool(element.verdict) and not element.reason.startswith(BY_CHECK)


def _reason(scope: Scope, found: dict[str, str]) -> str:
    """Say in Thai who confirmed what; it is kept, whatever language is read."""
    where = f" ({found['where']})" if found["where"] else ""
    return f"{BY_CHECK} ยืนยันโดย {scope.actor}: {found['reason']}{where}"


# --- a site that is there -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk through a site found. pages: opened; left: met but not opened; found: proposals."""

    pages: int
    left: int
    found: int


def walk(
    scope: Scope,
    *,
    cycle: Cycle,
    home: str,
    limit: int = WALK_PAGES,
    seconds: float | None = SECONDS,
    policy: Policy | None = None,
) -> Walked:
    """Walk the office's present site from its home page, and keep which page may answer which item.

    limit: pages; seconds: after which no further page is opened, None for as long as it takes. Raises CycleClosed,
    ValidationError for an address that is none or does not open.
    """
    check_address(home)
    until = time.monotonic() + seconds if seconds else None
    policy = policy or (_hurried(usual_policy()) if seconds else usual_policy())
    found = crawl(home, policy=policy, limit=limit, stop=lambda: until is not None and time.monotonic() > until)
    if not any(seen.is_open for seen in found.pages.values()):
        raise ValidationError(_("เปิดเว็บไซต์นี้ไม่ได้ ตรวจที่อยู่แล้วลองอีกครั้ง"))
    offers = proposals(framework_of(cycle), found)
    return Walked(len(found.pages), len(found.waiting), _keep_proposals(scope, cycle, offers))


def _hurried(policy: Policy) -> Policy:
    """Make a policy quick: somebody waits for the answer, and what does not come soon is left for the command."""
    return replace(policy, connect_seconds=3.0, read_seconds=5.0, total_seconds=6.0, delay_seconds=0.1)


@transaction.atomic
def _keep_proposals(scope: Scope, cycle: Cycle, offers: Sequence[Proposal]) -> int:
    require_open(cycle)
    items = {item.key: item for item in cycle.items.all()}
    known = {(one.item_id, one.address): one for one in SiteProposal.objects.filter(item__cycle=cycle)}
    kept = 0
    for offer in offers:
        item = items.get(offer.key)
        if item is None or len(offer.address) > ADDRESS_MAX:
            continue
        values: dict[str, Any] = {
            "sureness": round(offer.sureness * 100),
            "why": offer.why_th,
            "steps": [{"text": step.text, "address": step.address} for step in offer.steps],
            "found_at": timezone.now(),
        }
        there = known.get((item.pk, offer.address))
        if there is None:
            journal.create(scope, SiteProposal(item=item, address=offer.address, **values), "proposal.add")
        else:
            journal.change(scope, there, "proposal.change", **values)
        kept += 1
    return kept


@transaction.atomic
def accept(scope: Scope, *, proposal: SiteProposal) -> Page:
    """Take a page of the present site as the item's publication. Raises CycleClosed, ValidationError, PageLocked."""
    require_open(proposal.item.cycle)
    page = ensure_item_page(scope, item=proposal.item)
    publish_elsewhere(scope, page=page, version=page.version, address=proposal.address)
    journal.change(scope, proposal, "proposal.accept", accepted_at=timezone.now())
    return page
