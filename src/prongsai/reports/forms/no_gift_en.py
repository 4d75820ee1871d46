"""The declaration of the No Gift Policy in English: the same clauses, Arabic digits, a Christian year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Style
from prongsai.errors import Problem
from prongsai.reports.forms.no_gift_th import day_problems, signer_problems
from prongsai.reports.forms.paper import Paper
from prongsai.reports.forms.parts import Emblem, Rule, Says, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Edge, Kind

NAME = "no-gift-en"
TITLE_TH = "ประกาศเจตนารมณ์นโยบายไม่รับของขวัญ (ฉบับภาษาอังกฤษ)"
SUBJECT = "Announcement of Intention on the No Gift Policy from the Performance of Duties"
CLAUSES = (
    "We accept no gift, present or other benefit of any kind in connection with our duties, "
    "whether before, during or after their performance.",
    "We neither ask for such benefits nor let family members or others receive them on our behalf.",
    "We serve the public equally and let no personal tie or private interest influence a decision.",
    "We express good wishes by cards, messages or other means that are not the giving of things.",
    "Where a gift cannot be refused, we report it to the superior and enter it in the register "
    "within the time that the law and the regulations set.",
    "Superiors of every level set the example, see that this policy is kept, and publish a summary of the results.",
)


@dataclass(frozen=True, slots=True)
class NoGiftEn:
    """A declaration. year_ce: the Christian year in which the fiscal year ends."""

    agency: str
    year_ce: int
    declared_on: date | None
    signer: Signed


def _check(declaration: NoGiftEn) -> Sequence[Problem]:
    year_be = declaration.year_ce + 543 if declaration.year_ce is not None else None
    return [*signer_problems(declaration.signer), *day_problems(year_be, declaration.declared_on)]


PAPER = Paper(
    NAME,
    TITLE_TH,
    NoGiftEn,
    (
        Emblem(),
        Says("Announcement of {agency}", (Declared("agency", name="Agency"),), Style.TITLE),
        Words(SUBJECT, Style.TITLE),
        Says(
            "Fiscal Year {year_ce}",
            (Declared("year_ce", Kind.SERIAL, "Fiscal year"),),
            Style.TITLE,
            accepts=("for the Fiscal Year {year_ce}", "for Fiscal Year {year_ce}"),
        ),
        Rule(),
        Words(
            "As the top executive of this agency I hereby declare that I, the executives and all personnel under our "
            "authority shall perform our duties with honesty, transparency and accountability, and shall keep the "
            "following commitments.",
            wanted=True,
        ),
        *(Words(f"{number}. {clause}", Style.HANGING, wanted=True) for number, clause in enumerate(CLAUSES, 1)),
        Words("It is hereby announced to the public."),
        Says("Announced on {declared_on}", (Declared("declared_on", Kind.DATE, "Date"),), Style.CENTRED),
        Signs("signer", name="Top executive"),
    ),
    title=lambda declaration: f"{SUBJECT}, Fiscal Year {declaration.year_ce}",
    check=_check,
    edge=Edge(thai_digits=False, language="en"),
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
