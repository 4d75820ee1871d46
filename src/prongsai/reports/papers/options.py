"""What may be chosen about a paper beside its records."""

from dataclasses import dataclass
from enum import StrEnum

from prongsai.documents.model import Picture
from prongsai.reports.measures_report import Layout


class Closing(StrEnum):
    """What the addressee is asked to do, after จึงเรียนมาเพื่อ."""

    NOTE = "โปรดทราบ"
    CONSIDER = "โปรดพิจารณา"
    APPROVE = "โปรดพิจารณาอนุมัติ"
    PERMIT = "โปรดพิจารณาอนุญาต"
    NOTE_AND_CONSIDER = "โปรดทราบและพิจารณา"
    NOTE_AND_COMPLY = "โปรดทราบและถือปฏิบัติ"
    SIGN = "โปรดลงนาม"
    ACT = "พิจารณาและดำเนินการในส่วนที่เกี่ยวข้องต่อไป"


@dataclass(frozen=True, slots=True)
class Options:
    """layout: of measures. closing: of the memo, when not the usual one of the paper.

    scores_year_be: the year of the scores that a paper on another year's measures prints; unknown without it.
    laws: printed as the memo's head on laws and rules; without them it has none. charts: None: those of the kind.
    """

    layout: Layout = Layout.SEVEN
    closing: Closing | None = None
    scores_year_be: int | None = None
    laws: tuple[str, ...] = ()
    charts: tuple[Picture, ...] | None = None


USUAL = Options()
