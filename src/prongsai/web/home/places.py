"""Where a duty is filled in, and where what comes of it will be public."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.reports.catalogue import TITLES
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import ItemState
from prongsai.web.cycles.queries import cycles_of
from prongsai.web.disclosure.models import Page, PageKind, PageState, Submission
from prongsai.web.disclosure.queries.addresses import address_in, site_root
from prongsai.web.duties.declared import Standard
from prongsai.web.duties.models import Duty
from prongsai.web.letters.kinds import LETTER_PAPERS
from prongsai.web.registers.queries.library import Kept, all_kept
from prongsai.web.registers.queries.periods import duty_key
from prongsai.web.registers.queries.rights import may_see

ITA = "ita"


@dataclass(frozen=True, slots=True)
class Link:
    """Where something is, and what it is called."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Place:
    """An item of the year's framework. page: its page in the office; address: at which the public finds it, or ""."""

    item: Link
    page: Link | None
    address: str


class Of(Enum):
    """Which cycle a page is about: the year's own, the one whose measures are carried out in the year, or none."""

    OWN = "own"
    MEASURES = "measures"
    NONE = "none"


# Pages that a standard duty may name: what the link says, of which cycle, and who may open it.
PAGES: Mapping[str, tuple[Promise | str, Of, Power]] = {
    "plans:executive": (_("หน้าผู้บริหารติดตาม"), Of.MEASURES, Power.SEE_WORK),
    "plans:reports": (_("หน้ารายงานมาตรการ"), Of.MEASURES, Power.SEE_WORK),
    "cycles:analysis": (_("หน้าวิเคราะห์ผลการประเมิน"), Of.MEASURES, Power.SEE_WORK),
    "cycles:scores": (_("หน้าผลคะแนน"), Of.OWN, Power.SEE_WORK),
    "complaint_tallies": (_("สถิติเรื่องร้องเรียนการทุจริต"), Of.NONE, Power.SEE_WORK),
    "complaint_guideline": (_("คู่มือจัดการเรื่องร้องเรียนการทุจริต"), Of.NONE, Power.SEE_WORK),
    "agencies:committees": (_("หน้าคณะกรรมการ"), Of.NONE, Power.SEE_PEOPLE),
}


class Places:
    """What is known of a fiscal year (BE): registers, cycles, items, pages and submissions; at most seven queries."""

    def __init__(self, scope: Scope, year_be: int) -> None:
        """Fetch everything at once."""
        self.scope = scope
        self.kept: dict[str, Kept] = {one.id: one for one in all_kept(scope, year_be) if self._is_shown(one)}
        self.of_key: dict[str, list[Kept]] = defaultdict(list)
        for one in self.kept.values():
            if one.register.due:
                self.of_key[duty_key(one.register)].append(one)
        known = list(cycles_of(scope).filter(framework_kind=ITA))
        self.own = next((one for one in known if one.fiscal_year_be == year_be), None)
        self.measures = next((one for one in known if one.measures_year_be == year_be), self.own)
        self.items = {one.key: one for one in ItemState.objects.filter(cycle=self.own)}
        pages = Page.objects.filter(agency=scope.agency, item__cycle=self.own, kind=PageKind.ITEM).order_by("pk")
        self.pages = {page.item_id: page for page in pages}
        self.given = dict(Submission.objects.filter(item__cycle=self.own).values_list("item", "address"))
        self.root = site_root(scope.agency)

    def _is_shown(self, kept: Kept) -> bool:
        return kept.is_open and may_see(self.scope, kept.register)

    # --- where it is filled in ------------------------------------------------------------------------------------
    def form_of(self, duty: Duty, standard: Standard | None) -> Link | None:
        """Give where a duty is filled in: its register, the page or the paper of the standard duty."""
        for kept in self.of_key.get(duty.key, ()):
            return self._register(kept, duty.fiscal_year_be)
        kind, _colon, name = standard.form.partition(":") if standard else ("", "", "")
        if kind == "register":
            known = self.kept.get(name)
            return self._register(known, duty.fiscal_year_be) if known else None
        if kind == "paper":
            return self._paper(name)
        return self._page(name) if kind == "page" else None

    def _register(self, kept: Kept, year_be: int) -> Link:
        address = self._to("registers:register", kept.id)
        asked = "" if kept.register.standing else f"?{urlencode({'year': year_be})}"
        return Link(kept.name, f"{address}{asked}")

    def _paper(self, kind: str) -> Link | None:
        if not self.scope.can(Power.DO_WORK):
            return None
        known = kind in LETTER_PAPERS
        return Link(TITLES[kind], self._to("letters:letter_add", kind) if known else self._to("letters:letter_choose"))

    def _page(self, route: str) -> Link | None:
        text, of, power = PAGES[route]
        if not self.scope.can(power):
            return None
        if of is Of.NONE:
            return Link(str(text), self._to(route))
        cycle = self.own if of is Of.OWN else self.measures
        return Link(str(text), self._to(route, cycle.framework_id)) if cycle else None

    # --- where it will be public ----------------------------------------------------------------------------------
    def place_of(self, duty: Duty, standard: Standard | None) -> Place | None:
        """Give the item that a duty proves, the first that the year's framework has, with its page and address."""
        keys = [*(standard.items if standard else ()), *self._fed(duty)]
        item = next((self.items[key] for key in keys if key in self.items), None)
        if item is None or self.own is None:
            return None
        page = self.pages.get(item.pk)
        link = Link(page.title, self._to("disclosure:page", page.pk)) if page else None
        here = Link(str(item), self._to("cycles:item", self.own.framework_id, item.key))
        return Place(here, link, self._address(item, page))

    def _fed(self, duty: Duty) -> list[str]:
        return [feed.item for kept in self.of_key.get(duty.key, ()) for feed in kept.register.feeds]

    def _address(self, item: ItemState, page: Page | None) -> str:
        """Give what was entered in the national system, else where the page stands once it is public."""
        if given := self.given.get(item.pk):
            return given
        if page is None or page.state != PageState.PUBLIC:
            return page.elsewhere if page else ""
        return page.elsewhere or address_in(self.root, page.path)

    def _to(self, route: str, *args: object) -> str:
        return reverse(route, args=[self.scope.agency.code, *args])
