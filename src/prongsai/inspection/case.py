"""What a rule is given, and what it gives back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from prongsai.frameworks.model import Element, Framework, Item
from prongsai.inspection.book import Book
from prongsai.inspection.model import Facts, Pile, Verdict
from prongsai.inspection.view import Passage, Source, View


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. where: the page in the document at the address."""

    verdict: Verdict
    reason_th: str
    mend_th: str = ""
    address: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An item with what it discloses. clicks: from the home page to each address, None if nobody walked."""

    framework: Framework
    item: Item
    view: View
    book: Book
    clicks: Mapping[str, int] | None = None
    cache: dict[str, Any] = field(default_factory=dict)

    @property
    def pile(self) -> Pile:
        """What it discloses."""
        return self.view.pile

    @property
    def facts(self) -> Facts:
        """What is known of the office."""
        return self.view.pile.facts

    @property
    def year_be(self) -> int:
        """The fiscal year that the content must be of; that of the assessment when any will do."""
        return self.framework.fiscal_year_be + (self.item.content_year or 0)

    def fill(self, text: str) -> str:
        """Put the year into a text of the framework."""
        year = self.framework.fiscal_year_be
        return text.replace("{year-1}", str(year - 1)).replace("{year}", str(year))


_LOOK = "เปิดดูด้วยตา ถ้าไม่มีจริงให้"
Options = Mapping[str, Any]
Kind = Callable[[Case, Element, Options], Finding]


def passed(
    reason_th: str, source: Source | None = None, passage: Passage | None = None, *, address: str = ""
) -> Finding:
    """Say that a rule holds, and where it was seen."""
    return _finding(Verdict.PASS, reason_th, "", source, passage, address)


def failed(
    reason_th: str, mend_th: str, source: Source | None = None, passage: Passage | None = None, *, address: str = ""
) -> Finding:
    """Say that a rule does not hold, and what to do."""
    return _finding(Verdict.FAIL, reason_th, mend_th, source, passage, address)


def unsure(
    reason_th: str, mend_th: str, source: Source | None = None, passage: Passage | None = None, *, address: str = ""
) -> Finding:
    """Say that a machine cannot tell, and what a person should look at."""
    return _finding(Verdict.CANNOT_TELL, reason_th, mend_th, source, passage, address)


def not_found(case: Case, reason_th: str, mend_th: str) -> Finding:
    """Say that something was not found: a fault, unless something could not be looked into."""
    unseen = case.view.unseen
    if not unseen:
        return Finding(Verdict.FAIL, reason_th, mend_th, case.pile.address)
    why, address = unseen[0]
    return Finding(Verdict.CANNOT_TELL, f"{reason_th} แต่{why}", f"{_LOOK}{mend_th}", address)


def together(findings: Iterable[Finding]) -> Finding:
    """Join what several rules found: a fault before a doubt before a pass."""
    found = list(findings)
    for verdict in (Verdict.FAIL, Verdict.CANNOT_TELL, Verdict.PASS):
        same = [one for one in found if one.verdict is verdict]
        if same:
            reason = _joined([one.reason_th for one in same], " แต่")
            return Finding(verdict, reason, _mends([one.mend_th for one in same]), same[0].address, same[0].where)
    return Finding(Verdict.CANNOT_TELL, "ไม่มีเกณฑ์ให้เครื่องตรวจ", "ให้คนตรวจ")


def _joined(reasons: list[str], but: str) -> str:
    """Join reasons, and say once what all of them end with."""
    parts = list(dict.fromkeys(reasons))
    ends = {part.rpartition(but)[2] for part in parts if but in part}
    if len(ends) == 1 and all(but in part for part in parts):
        parts = [part.rpartition(but)[0] for part in parts]
        return f"{', '.join(parts)}{but}{ends.pop()}"
    return ", ".join(parts)


def _mends(mends: list[str]) -> str:
    """Join what to do, and ask once to look."""
    parts = list(dict.fromkeys(one for one in mends if one))
    asks = any(one.startswith(_LOOK) for one in parts)
    return (_LOOK if asks else "") + ", ".join(one.removeprefix(_LOOK) for one in parts)


def _finding(
    verdict: Verdict, reason: str, mend: str, source: Source | None, passage: Passage | None, address: str
) -> Finding:
    where = source.where_th(passage.where) if source and passage else ""
    return Finding(verdict, reason, mend, address or (source.address if source else ""), where)
