"""A general order of an agency: why, by which law, what is ordered clause by clause, from when."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from prongsai.reports.forms.orders import HEAD, LEGAL_BASES, TAIL, Clauses, bare_clauses, years
from prongsai.reports.forms.paper import Paper
from prongsai.reports.forms.parts import Says
from prongsai.reports.forms.signing import Signed
from prongsai.reports.forms.values import Declared, Kind
from prongsai.reports.papers.lines import tidy

NAME = "order"
TITLE_TH = "คำสั่งทั่วไป"


@dataclass(frozen=True, slots=True)
class Order:
    """An order. number: None until the register gives one. year_be: calendar year of the number.

    reasons: paragraphs before the legal bases. clauses: lines, without their numbers. supersedes: the order that it
    takes the place of, as cited.
    """

    agency: str
    number: int | None
    year_be: int
    subject: str
    reasons: tuple[str, ...]
    legal_bases: tuple[str, ...]
    clauses: tuple[str, ...]
    supersedes: str
    effective: date | None
    ordered_on: date | None
    signer: Signed


PAPER = Paper(
    NAME,
    TITLE_TH,
    Order,
    (
        *HEAD,
        Says(
            "อาศัยอำนาจตามความใน{legal_bases} จึงมีคำสั่ง ดังต่อไปนี้",
            (LEGAL_BASES,),
            accepts=("อาศัยอำนาจตาม{legal_bases}จึงมีคำสั่งดังนี้", "อาศัยอำนาจตาม{legal_bases}จึงออกคำสั่งไว้ ดังต่อไปนี้"),
        ),
        Clauses(Declared("clauses", Kind.LIST, "ข้อความของคำสั่ง")),
        *TAIL,
    ),
    title=lambda order: f"คำสั่ง{order.agency} เรื่อง {order.subject}",
    check=years,
)


def from_json(data: Any) -> Order:
    """Make a record as ``Paper.from_json`` does; numbers of clauses that were typed with them are taken off."""
    order = PAPER.from_json(data)
    return replace(order, clauses=bare_clauses(tidy(order.clauses)))


def sample() -> Order:
    """Give the record of ``reports/data/samples/order.json``."""
    return PAPER.sample()


compose, recognise, to_json = PAPER.compose, PAPER.recognise, PAPER.to_json
