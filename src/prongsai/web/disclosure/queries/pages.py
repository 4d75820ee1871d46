"""A page with everything that is known of it: releases and what each changed, files, checks, posts, what locks it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from prongsai.documents.clean.model import KINDS_TH
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import ElementEvidence, ItemState
from prongsai.web.cycles.queries.items import elements_of
from prongsai.web.cycles.queries.register_proofs import lines_of
from prongsai.web.disclosure.models import (
    GateCheck,
    GateOutcome,
    Page,
    PageKind,
    PastPath,
    Posting,
    Release,
    ReleaseFile,
    ReleaseState,
    Submission,
    Watched,
)
from prongsai.web.disclosure.queries import drafts, rights
from prongsai.web.disclosure.queries.addresses import public_address
from prongsai.web.disclosure.queries.differences import Change, changes_between
from prongsai.web.disclosure.queries.outdated import Overtaken, overtaken
from prongsai.web.disclosure.queries.reported import Papers, Preceding, Stop, before, papers_of
from prongsai.web.disclosure.queries.submissions import locked_by
from prongsai.web.disclosure.queries.writers import wrote
from prongsai.web.evidence.models import Evidence
from prongsai.web.evidence.queries import usable
from prongsai.web.registers.models import PeriodClose

UNREAD_TH = "เปิดดูข้างในไม่ได้"


def pages_of(scope: Scope) -> QuerySet[Page]:
    """Give the pages of the agency with what they are printed with."""
    return Page.objects.filter(agency=scope.agency).select_related(
        "agency", "item__cycle", "item__unit", "unit", "publisher_unit", "current"
    )


def releases_of(scope: Scope) -> QuerySet[Release]:
    """Give the releases of the agency's pages."""
    return Release.objects.filter(page__agency=scope.agency).select_related("page__agency", "page__item__cycle")


# --- what the gate found -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CheckLine:
    """A look of the gate. about: the file, or the words; kinds: (what was found, how often)."""

    check: GateCheck
    about: str
    kinds: tuple[tuple[str, int], ...]

    @property
    def waits(self) -> bool:
        """Whether a person must decide."""
        return self.check.outcome == GateOutcome.WAITING

    @property
    def is_clear(self) -> bool:
        """Whether there is nothing to tell of."""
        return self.check.outcome == GateOutcome.NOTHING and not self.kinds


def check_line(check: GateCheck) -> CheckLine:
    """Give a look as a line."""
    counted: dict[str, int] = {}
    for one in check.found:
        kind = kind_name(one["kind"])
        counted[kind] = counted.get(kind, 0) + 1
    return CheckLine(check, check.file.title if check.file else _("ข้อความในหน้า"), tuple(counted.items()))


def kind_name(kind: str) -> str:
    """Name a kind of finding."""
    return KINDS_TH.get(kind) or (UNREAD_TH if kind == "unread" else kind)


# --- the page -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release with its files and what it changed. preceding: the letters by which executives had it before them."""

    release: Release
    files: tuple[ReleaseFile, ...]
    changes: tuple[Change, ...]
    preceding: tuple[Preceding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do with a page just now. why_not: why who decides on requests may not on this one."""

    draft: bool
    decide: bool
    give_back: bool
    publish: bool
    withdraw: bool
    judge: bool
    erase: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything that the page of a page shows. draft: in the making, with its files; missing: what it still needs.

    is_making_hidden: there is one in the making, which who asks may not read; nothing of it is told.
    """

    page: Page
    address: str
    draft: ReleaseLine | None
    checks: tuple[CheckLine, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    releases: tuple[ReleaseLine, ...]
    postings: tuple[Posting, ...]
    watched: tuple[Watched, ...]
    past: tuple[PastPath, ...]
    lock: Submission | None
    overtaken: Overtaken | None
    rights: Rights
    is_making_hidden: bool = False
    stops: tuple[Stop, ...] = ()

    @property
    def waiting(self) -> int:
        """How many looks of the gate wait for a decision."""
        return sum(one.waits for one in self.checks)

    @property
    def clear(self) -> int:
        """How many looks of the gate found nothing."""
        return sum(one.is_clear for one in self.checks)

    @property
    def told_checks(self) -> tuple[CheckLine, ...]:
        """The looks that are told one by one: of those that found nothing only a single one."""
        return tuple(one for one in self.checks if not one.is_clear) if self.clear > 1 else self.checks


def page_view(scope: Scope, page: Page, tables: Sequence[Mapping[str, object]] = ()) -> PageView:
    """Give a page; the number of queries is the same however many releases and files there are."""
    found = _releases(page)
    making = next((one for one in found if one.state != ReleaseState.APPROVED), None)
    approved = [one for one in found if one is not making]
    draft = making if making and rights.may_see_draft(scope, page, making) else None
    papers = papers_of(page.agency, [file for one in found for file in one.files.all()])
    lines = [_line(papers, one, before) for one, before in zip(approved, [*approved[1:], None], strict=False)]
    draft_line = _line(papers, draft, approved[0] if approved else None) if draft else None
    given = [dict(one) for one in tables]
    return PageView(
        page=page,
        address=public_address(page),
        draft=draft_line,
        checks=tuple(check_line(check) for check in _checks(draft, given)) if draft else (),
        missing=drafts.missing_of(draft, draft_line.files, given) if draft and draft_line else (),
        notes=(*_notes(page, draft), *_replaced(papers, draft_line)),
        releases=tuple(lines),
        postings=tuple(page.postings.select_related("channel")),
        watched=tuple(page.watched.filter(is_open=True)),
        past=tuple(page.past_paths.order_by("pk")),
        lock=locked_by(page),
        overtaken=overtaken(scope, [page]).get(page.pk),
        rights=_rights(scope, page, draft),
        is_making_hidden=making is not None and draft is None,
        stops=papers.stops(draft_line.files) if draft_line else (),
    )


def _releases(page: Page) -> list[Release]:
    files = Prefetch("files", ReleaseFile.objects.select_related("file", "original", "evidence"))
    found = page.releases.select_related("requested_by", "decided_by", "written_by").prefetch_related(files)
    releases = sorted(found, key=lambda one: one.number or 1 << 30, reverse=True)
    for one in releases:
        one.page = page
    return releases


def _line(papers: Papers, release: Release, last: Release | None) -> ReleaseLine:
    files = tuple(release.files.all())
    changes = changes_between(last, release, list(last.files.all()), files) if last else ()
    return ReleaseLine(release, files, changes, before(release, papers.preceding(files)))


def _checks(draft: Release, tables: Sequence[dict[str, object]]) -> list[GateCheck]:
    words = drafts.hash_of_words(drafts.words_of(draft, tables))
    return [check for check in drafts.current_checks(draft, list(draft.files.all()), words) if check]


def _notes(page: Page, draft: Release | None) -> tuple[str, ...]:
    """Say what is not wrong by itself, and mostly is."""
    expected = drafts.expected_year(page) if draft else None
    if draft is None or expected is None or draft.content_year_be in (None, expected):
        return ()
    words = _("ข้อนี้ถามข้อมูลของปี {expected} แต่ฉบับนี้ระบุปี {given} ตรวจอีกครั้งว่าใช้เอกสารถูกปี")
    return (to_thai(words.format(expected=expected, given=draft.content_year_be)),)


def _replaced(papers: Papers, draft: ReleaseLine | None) -> tuple[str, ...]:
    """Say of which letters in a release a newer one stands in the place."""
    words = _("หนังสือ “{subject}” มีฉบับใหม่แทนแล้ว ตรวจว่าตั้งใจเผยแพร่ฉบับเก่า")
    return tuple(words.format(subject=one.subject) for one in papers.replaced(draft.files)) if draft else ()


def _rights(scope: Scope, page: Page, draft: Release | None) -> Rights:
    asked = draft is not None and draft.state == ReleaseState.REQUESTED
    own = bool(draft and asked and (rights.is_own(scope, draft) or wrote(scope, draft)))
    decides = bool(draft and asked and rights.may_decide(scope, draft))
    return Rights(
        draft=rights.may_draft(scope, page),
        decide=decides and not own,
        give_back=bool(draft and asked and rights.may_return(scope, draft)),
        publish=rights.may_publish(scope),
        withdraw=rights.may_withdraw(scope),
        judge=rights.may_judge(scope),
        erase=rights.may_erase(scope),
        why_not=_("ท่านขอหรือเขียนฉบับนี้เอง ให้ผู้มีอำนาจคนอื่นพิจารณา") if own and scope.can(Power.APPROVE) else "",
    )


# --- what may be attached -------------------------------------------------------------------------------------------
def evidence_for(scope: Scope, page: Page) -> QuerySet[Evidence]:
    """Give the evidence with a file that belongs to what a page is about: of the item's elements, or closed periods."""
    mine: Any
    if page.item:
        mine = {*_tied(page.item), *_proven(page.item, scope)}
    elif page.kind == PageKind.REGISTER:
        closes = PeriodClose.objects.filter(agency=scope.agency, register=page.register, reopened_at=None)
        mine = closes.filter(fiscal_year_be=page.year_be).values("evidence")
    else:
        return Evidence.objects.none()
    found = usable(scope).filter(file__isnull=False, file__is_guarded=False, pk__in=mine)
    return found.select_related("file").order_by("-added_at", "-pk")


def _tied(item: ItemState) -> Iterator[int]:
    return iter(ElementEvidence.objects.filter(element__item=item).values_list("evidence_id", flat=True))


def _proven(item: ItemState, scope: Scope) -> Iterator[int]:
    """Give the evidence of closed periods by which registers prove the item."""
    for line in lines_of(item, elements_of(item), scope.today):
        yield from (one.pk for proof in line.proofs for one in proof.evidence)
