"""What the element check found of the items of a cycle, and what a person has said of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from prongsai.inspection.model import Facts
from prongsai.web.agencies.models import Agency, Appointment
from prongsai.web.agencies.queries import top_executive
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles.models import Cycle, ElementState, ItemState, Verdict
from prongsai.web.cycles.queries import items_of
from prongsai.web.disclosure.models import Inspection, Page, PageState, SiteProposal
from prongsai.web.disclosure.queries.addresses import site_root
from prongsai.web.disclosure.queries.submissions import address_of

# How a judgement begins that a person made by confirming what the check found.
BY_CHECK = "ตรวจโดยระบบ"
_EXECUTIVES = (Role.MAYOR, Role.SECRETARY)


def facts_of(agency: Agency) -> Facts:
    """Give what is known of an office, against which its pages are held: the head, executives of both sides, phone."""
    today = system_scope(agency).today
    head = top_executive(agency, today)
    held = Appointment.objects.filter(agency=agency, post__roles__role__in=_EXECUTIVES).on(today)
    people = [each.person for each in held.select_related("person").order_by("post__place", "pk")]
    names = tuple(dict.fromkeys(str(person) for person in people))
    return Facts(
        name=agency.name,
        province=agency.province,
        head=str(head.person) if head else "",
        executives=names,
        phone=agency.phone,
        is_local=True,
    )


# --- the board ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """An item on the board. counts: verdicts of the last check; is_stale: the page was replaced since."""

    item: ItemState
    page: Page | None
    address: str
    inspection: Inspection | None
    passed: int
    failed: int
    unclear: int
    is_stale: bool

    @property
    def verdict(self) -> str:
        """Fail when any element does, else cannot tell when any cannot, else pass; empty before the first check."""
        if self.inspection is None:
            return ""
        return Verdict.FAIL if self.failed else Verdict.CANNOT_TELL if self.unclear else Verdict.PASS

    @property
    def verdict_label(self) -> str:
        """The same in words."""
        return str(Verdict(self.verdict).label) if self.verdict else _("ยังไม่ได้ตรวจ")


def lines_of(cycle: Cycle) -> tuple[Line, ...]:
    """Give the board of a cycle: every item with its last check; four queries however many there are."""
    newest = Inspection.objects.filter(item=OuterRef("pk")).order_by("-at", "-pk").values("pk")[:1]
    items = list(items_of(cycle).annotate(checked=Subquery(newest)))
    pages, root = pages_of(items), site_root(cycle.agency)
    checks = Inspection.objects.in_bulk([pk for item in items if (pk := vars(item)["checked"])])
    return tuple(_line(item, pages.get(item.pk), checks.get(vars(item)["checked"]), root) for item in items)


def pages_of(items: Sequence[ItemState]) -> dict[int, Page]:
    """Give the pages of items by the item's key in the database; one query."""
    found = Page.objects.filter(item__in=items).select_related("agency", "current")
    return {page.item_id: page for page in found if page.item_id}


def _line(item: ItemState, page: Page | None, found: Inspection | None, root: str) -> Line:
    counts = Counter(one["verdict"] for one in found.verdicts) if found else Counter()
    return Line(
        item,
        page,
        address_of(page, root),
        found,
        counts[Verdict.PASS],
        counts[Verdict.FAIL],
        counts[Verdict.CANNOT_TELL],
        is_stale(page, found),
    )


def counts_of(lines: Sequence[Line]) -> Mapping[str, int]:
    """Count the items of a board by verdict; ``without``: nothing is public; ``unchecked``: nobody has looked."""
    found = Counter(line.verdict or "unchecked" for line in lines if is_inspectable(line.page))
    names = (Verdict.PASS, Verdict.FAIL, Verdict.CANNOT_TELL)
    return {
        **{str(name): found[name] for name in names},
        "unchecked": found["unchecked"],
        "without": sum(not is_inspectable(line.page) for line in lines),
    }


def is_stale(page: Page | None, found: Inspection | None) -> bool:
    """Whether something else stands at the page than was looked at."""
    if page is None or found is None:
        return False
    if page.elsewhere:
        return found.address != page.elsewhere
    return page.current is not None and found.sha256 != page.current.sha256


def is_inspectable(page: Page | None) -> bool:
    """Whether there is something public to look at."""
    return page is not None and page.state == PageState.PUBLIC and bool(page.elsewhere or page.current_id)


# --- an item --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ElementLine:
    """An element with what the check found and what a person said. found: None where the check said nothing of it."""

    element: ElementState
    found: Mapping[str, str] | None

    @property
    def is_own(self) -> bool:
        """Whether a person judged it otherwise than by confirming the check."""
        return bool(self.element.verdict) and not self.element.reason.startswith(BY_CHECK)

    @property
    def may_confirm(self) -> bool:
        """Whether confirming would say something new; that the check cannot tell is for a person to find out."""
        if self.found is None or self.found["verdict"] == Verdict.CANNOT_TELL:
            return False
        return bool(self.found["verdict"] != self.element.verdict)

    @property
    def words(self) -> str:
        """What the check found, in words."""
        return str(Verdict(self.found["verdict"]).label) if self.found else ""


def newest_of(item: ItemState) -> Inspection | None:
    """Give the last check of an item."""
    return Inspection.objects.filter(item=item).select_related("by").first()


def element_lines(item: ItemState, found: Inspection | None) -> tuple[ElementLine, ...]:
    """Give the elements of an item beside what the check found."""
    by_key = {one["key"]: one for one in found.verdicts} if found else {}
    return tuple(ElementLine(one, by_key.get(one.key)) for one in item.elements.select_related("judged_by"))


@dataclass(frozen=True, slots=True)
class General:
    """What holds for every item, as the check found it; nobody judges it beside the elements."""

    found: Mapping[str, str]

    @property
    def words(self) -> str:
        """What the check found, in words."""
        return str(Verdict(self.found["verdict"]).label)


def general_lines(item: ItemState, found: Inspection | None) -> tuple[General, ...]:
    """Give what the check found beside the elements of an item."""
    keys = {one.key for one in item.elements.all()}
    return tuple(General(one) for one in found.verdicts if one["key"] not in keys) if found else ()


def page_of(item: ItemState) -> Page | None:
    """Give the page of an item."""
    return pages_of([item]).get(item.pk)


def proposals_of(cycle: Cycle) -> QuerySet[SiteProposal]:
    """Give which pages of the present site were found to answer which items, the surest of an item first."""
    return SiteProposal.objects.filter(item__cycle=cycle).select_related("item")
