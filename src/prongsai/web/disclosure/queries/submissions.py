"""What is put into the national system: for each item the address, the way to it, the words, and what is not ready."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleState, ElementEvidence, ItemState
from prongsai.web.cycles.queries import items_of
from prongsai.web.disclosure.models import (
    Page,
    PageState,
    ProofEntry,
    Reach,
    SiteProposal,
    Submission,
    SubmissionState,
    Watched,
)
from prongsai.web.disclosure.queries.addresses import address_in, site_root

SUBMISSION = "submission"
PAGES_MAX = 300
NO_ADDRESS = gettext_lazy("ยังไม่ได้ตั้งที่อยู่เว็บสาธารณะของหน่วยงาน")
Step = dict[str, str]


# --- what is locked -------------------------------------------------------------------------------------------------
def submissions_of(scope: Scope) -> QuerySet[Submission]:
    """Give the submissions of the agency with who prepared, approved and pasted them."""
    people = ("prepared_by", "approved_by", "pasted_by", "release", "page")
    return Submission.objects.filter(item__cycle__agency=scope.agency).select_related("item__cycle", *people)


def locked_by(page: Page) -> Submission | None:
    """Give the submission that a page answers for: pasted, its cycle open. Changing the page then must be confirmed."""
    pasted = Submission.objects.filter(page=page, state=SubmissionState.PASTED, item__cycle__state=CycleState.OPEN)
    return pasted.select_related("item__cycle").order_by("-item__cycle__fiscal_year_be").first()


def pasted_before(submission: Submission) -> list[ProofEntry]:
    """Give every text that was pasted for an item, the newest first, as the chain of proof holds it."""
    agency = submission.item.cycle.agency_id
    return list(ProofEntry.objects.filter(agency=agency, kind=SUBMISSION, subject=submission.pk).order_by("-number"))


# --- what is known --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Proof:
    """Where in which document an element is answered."""

    element: str
    title: str
    page: str


@dataclass(slots=True)
class Known:
    """What is known of some items, each by the item's key in the database. root: the site's address, "/" at its end."""

    root: str
    pages: Mapping[int, Page]
    submissions: Mapping[int, Submission]
    last: Mapping[int, Sequence[Submission]]
    watched: Mapping[str, Watched]
    ways: Mapping[tuple[int, str], list[Step]]
    proofs: Mapping[int, Sequence[Proof]] = field(default_factory=dict)


def known_of(agency: Agency, items: Iterable[ItemState]) -> Known:
    """Fetch what is known of items; the same few queries however many there are."""
    items, root = list(items), site_root(agency)
    pages = Page.objects.filter(item__in=items).select_related("current", "unit", "publisher_unit")
    people = ("prepared_by", "approved_by", "pasted_by", "release", "page")
    submissions = Submission.objects.filter(item__in=items).select_related(*people)
    found = Known(
        root=root,
        pages={page.item_id: page for page in pages if page.item_id},
        submissions={one.item_id: one for one in submissions},
        last=_last(items),
        watched={},
        ways={(one.item_id, one.address): one.steps for one in SiteProposal.objects.filter(item__in=items)},
        proofs=_proofs(items),
    )
    asked = {address for page in found.pages.values() if (address := address_of(page, root))}
    asked |= {one.address for one in found.submissions.values()}
    found.watched = {one.address: one for one in Watched.objects.filter(agency=agency, address__in=asked)}
    return found


def _last(items: Sequence[ItemState]) -> Mapping[int, list[Submission]]:
    before = Submission.objects.filter(item__next_items__in=items).annotate(now=F("item__next_items"))
    found: dict[int, list[Submission]] = defaultdict(list)
    for one in before.select_related("item__cycle").order_by("pk"):
        found[vars(one)["now"]].append(one)
    return found


def _proofs(items: Sequence[ItemState]) -> Mapping[int, list[Proof]]:
    rows = ElementEvidence.objects.filter(element__item__in=items, evidence__withdrawn_at=None).exclude(page="")
    found: dict[int, list[Proof]] = defaultdict(list)
    for item, text, title, page in rows.order_by("element__place", "pk").values_list(
        "element__item", "element__text", "evidence__title", "page"
    ):
        found[item].append(Proof(text, title, page))
    return found


def address_of(page: Page | None, root: str) -> str:
    """Give where a page is published: elsewhere, or in the site; nothing while the site has no address of its own.

    root: of the site, as ``site_root`` gives it.
    """
    if page is None:
        return ""
    address = page.elsewhere or address_in(root, page.path)
    return address if address.startswith(("http://", "https://")) else ""


# --- the proposal ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed for an item: address, the way there, the page of the file, and the text to paste."""

    address: str
    steps: list[Step]
    pages_text: str
    explanation: str


def draft_of(cycle: Cycle, item: ItemState, known: Known) -> Draft:
    """Compose what is proposed for an item out of what is known."""
    page = known.pages.get(item.pk)
    address = address_of(page, known.root)
    steps = _steps(cycle, item, page, address, known)
    proofs = known.proofs.get(item.pk, ())
    pages_text = "; ".join(dict.fromkeys(f"{one.title}: {one.page}" for one in proofs))[:PAGES_MAX]
    return Draft(address, steps, pages_text, _explanation(cycle, item, page, steps, address, proofs))


def _steps(cycle: Cycle, item: ItemState, page: Page | None, address: str, known: Known) -> list[Step]:
    if page is None or not address:
        return []
    if page.elsewhere:
        way = known.ways.get((item.pk, address), [])
        return [{"text": "หน้าแรก", "address": cycle.agency.website}, *way] if way else []
    year = cycle.fiscal_year_be
    return [
        {"text": "หน้าแรก", "address": known.root},
        {"text": f"ITA {year}", "address": f"{known.root}{year}/"},
        {"text": str(item), "address": address},
    ]


def way_text(steps: Iterable[Mapping[str, str]]) -> str:
    """Give a way as one line: ``หน้าแรก → ITA 2569 → O11``."""
    return " → ".join(step.get("text", "") for step in steps)


def _explanation(
    cycle: Cycle, item: ItemState, page: Page | None, steps: list[Step], address: str, proofs: Sequence[Proof]
) -> str:
    """Write the text to paste. It is Thai whatever language is read: it goes to the commission."""
    if page is None:
        return ""
    lines = [f"{cycle.agency.name} เผยแพร่ข้อ {item} ไว้ที่ {address}".rstrip()]
    if steps:
        lines.append(f"การเข้าถึง: {way_text(steps)}")
    lines += _dates(page)
    if proofs:
        lines.append("ตำแหน่งของแต่ละองค์ประกอบ:")
        lines += [f"{number}) {one.element}: {one.title} {one.page}" for number, one in enumerate(proofs, 1)]
    return "\n".join(lines)


def _dates(page: Page) -> Iterator[str]:
    release = page.current
    if release is None:
        return
    if release.content_year_be:
        yield f"เนื้อหาของปีงบประมาณ พ.ศ. {to_thai(str(release.content_year_be))}"
    if release.published_at:
        published = format_date(timezone.localdate(release.published_at), "full")
        yield f"เผยแพร่ฉบับที่ {to_thai(str(release.number))} เมื่อวันที่ {published}"


# --- readiness ------------------------------------------------------------------------------------------------------
def warnings_of(item: ItemState, known: Known) -> Iterator[str]:
    """Say what is not ready of an item. item: with the counts that ``cycles.queries.items_of`` gives."""
    page, submission = known.pages.get(item.pk), known.submissions.get(item.pk)
    address = address_of(page, known.root)
    yield from _page_warnings(page, address)
    yield from _reach_warnings(known.watched, submission.address if submission else address)
    yield from _element_warnings(vars(item))
    if submission:
        yield from _drift_warnings(submission, page, address)


def _page_warnings(page: Page | None, address: str) -> Iterator[str]:
    if page is None:
        yield _("ยังไม่มีหน้าเผยแพร่ของข้อนี้")
    elif page.state == PageState.WITHDRAWN:
        yield _("หน้านี้ถอนแล้ว")
    elif page.state != PageState.PUBLIC:
        yield _("หน้านี้ยังไม่ได้รับอนุญาตเผยแพร่")
    elif not address:
        yield str(NO_ADDRESS)
    if page and page.current and page.current.is_late:
        yield _("เผยแพร่หลังวันสุดท้ายของการเปิดเผยข้อมูล")


def _reach_warnings(watched: Mapping[str, Watched], address: str) -> Iterator[str]:
    seen = watched.get(address)
    if not address:
        return
    if seen is None or seen.state == Reach.UNKNOWN:
        yield _("ยังไม่เคยตรวจที่อยู่นี้จากภายนอก")
        return
    if seen.state in (Reach.FAULT, Reach.WARNING):
        yield _("ตรวจจากภายนอก: {state}").format(state=seen.get_state_display())
    if seen.clicks is not None and seen.clicks < 0:
        yield _("ไม่พบทางจากหน้าแรกมาถึงที่อยู่นี้")


def _element_warnings(counts: Mapping[str, int]) -> Iterator[str]:
    total, passed, failed = counts["n_elements"], counts["n_passed"], counts["n_failed"]
    if failed:
        yield _("ยังขาด {n} องค์ประกอบ").format(n=failed)
    if left := total - passed - failed:
        yield _("ยังไม่ยืนยัน {n} องค์ประกอบ").format(n=left)


def _drift_warnings(submission: Submission, page: Page | None, address: str) -> Iterator[str]:
    if submission.state == SubmissionState.PREPARED:
        yield _("ผู้บริหารยังไม่เห็นชอบข้อความที่จะยื่น")
    if address and address != submission.address:
        yield _("ที่อยู่ของหน้าเปลี่ยนเป็น {address} แล้ว").format(address=address)
    if submission.state == SubmissionState.PASTED and page and is_changed(submission, page):
        yield _("เนื้อหาหรือไฟล์เปลี่ยนหลังจากกรอกในระบบแล้ว")


def is_changed(submission: Submission, page: Page) -> bool:
    """Whether another release stands at the page than when the submission was pasted."""
    return page.current_id != submission.release_id


# --- what changed ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs from last year's submission. before, now: as printed."""

    what: str
    before: str
    now: str


def changes_of(item: ItemState, address: str, pages_text: str, last: Sequence[Submission]) -> tuple[Change, ...]:
    """Hold what is submitted now against what the item's predecessors had; nothing when they had none."""
    if not last:
        return ()
    rows = (
        (_("ข้อ"), ", ".join(one.item.code for one in last), item.code),
        (_("ชื่อข้อ"), " / ".join(one.item.title for one in last), item.title),
        (_("ที่อยู่"), " ".join(one.address for one in last), address),
        (_("หน้าในเอกสาร"), " / ".join(filter(None, (one.pages_text for one in last))), pages_text),
    )
    return tuple(Change(what, before, now) for what, before, now in rows if before != now)


# --- the sheet ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """An item in the sheet. submission None: nothing has been prepared, what is proposed stands in its place."""

    item: ItemState
    page: Page | None
    submission: Submission | None
    address: str
    way: str
    pages_text: str
    explanation: str
    warnings: tuple[str, ...]
    changes: tuple[Change, ...]
    is_new: bool

    @property
    def state(self) -> str:
        """How far it is; empty while nothing has been prepared."""
        return self.submission.state if self.submission else ""

    @property
    def state_label(self) -> str:
        """The same in words."""
        return self.submission.get_state_display() if self.submission else _("ยังไม่เตรียม")


def lines_of(cycle: Cycle) -> tuple[Line, ...]:
    """Give the sheet of a cycle: every item; a handful of queries however many there are."""
    items = list(items_of(cycle))
    known = known_of(cycle.agency, items)
    return tuple(line_of(cycle, item, known) for item in items)


def line_of(cycle: Cycle, item: ItemState, known: Known) -> Line:
    """Give an item's line."""
    submission, draft = known.submissions.get(item.pk), draft_of(cycle, item, known)
    said = submission or draft
    last = known.last.get(item.pk, ())
    return Line(
        item=item,
        page=known.pages.get(item.pk),
        submission=submission,
        address=said.address,
        way=way_text(said.steps),
        pages_text=said.pages_text,
        explanation=said.explanation,
        warnings=tuple(warnings_of(item, known)),
        changes=changes_of(item, said.address, said.pages_text, last),
        is_new=not last,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit that has not sent everything that it prepares: which items, in words."""

    unit: str
    items: tuple[str, ...]


def waiting_for(lines: Iterable[Line]) -> tuple[Waiting, ...]:
    """Give the units whose items have neither a published page nor one that somebody asked to publish."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.page is None or line.page.state == PageState.DRAFT:
            found[str(line.item.unit or "")].append(line.item.code)
    return tuple(Waiting(unit or _("ยังไม่มีผู้รับผิดชอบ"), tuple(codes)) for unit, codes in sorted(found.items()))


def item_of(cycle: Cycle, key: str) -> ItemState | None:
    """Give an item with its counts, None when the cycle has none of that key."""
    return items_of(cycle).select_related("unit", "post", "cycle__agency").filter(key=key).first()


def shared_warnings(lines: Sequence[Line]) -> tuple[str, ...]:
    """Give what is said of every item alike, so that it need be said only once."""
    if len(lines) < 2:
        return ()
    return tuple(one for one in lines[0].warnings if all(one in line.warnings for line in lines))
