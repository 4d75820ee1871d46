"""The papers that a letter may be: what each is called, from which series its number comes, who must sign it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.web.letters.models import SeriesKind


class Shape(StrEnum):
    """How its text is written: in the form for letters, that for orders, or by the platform from its records."""

    LETTER = "letter"
    ORDER = "order"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A kind of letter. name: of ``reports.catalogue``. by_top: the top executive signs it last, nobody else."""

    name: str
    title: Promise | str
    series: SeriesKind
    shape: Shape
    by_top: bool = False


_ALL = (
    LetterPaper("memo", _("บันทึกข้อความ"), SeriesKind.OUTGOING, Shape.LETTER),
    LetterPaper("letter", _("หนังสือภายนอก"), SeriesKind.OUTGOING, Shape.LETTER),
    LetterPaper("announcement", _("ประกาศ"), SeriesKind.ANNOUNCEMENT, Shape.LETTER, by_top=True),
    LetterPaper("order", _("คำสั่งทั่วไป"), SeriesKind.ORDER, Shape.ORDER, by_top=True),
    LetterPaper("committee-order", _("คำสั่งแต่งตั้งคณะกรรมการ"), SeriesKind.ORDER, Shape.ORDER, by_top=True),
    LetterPaper("job-order", _("คำสั่งมอบหมายงาน"), SeriesKind.ORDER, Shape.ORDER, by_top=True),
    LetterPaper("gap-memo", _("บันทึกแจ้งผู้รับผิดชอบข้อมูล"), SeriesKind.OUTGOING, Shape.RECORDS),
    LetterPaper(
        "measures-announcement", _("บันทึกเสนอและประกาศมาตรการ"), SeriesKind.OUTGOING, Shape.RECORDS, by_top=True
    ),
    LetterPaper(
        "measures-report", _("บันทึกเสนอ ประกาศ และรายงานผลมาตรการ"), SeriesKind.OUTGOING, Shape.RECORDS, by_top=True
    ),
    LetterPaper("tracking-6", _("บันทึกเสนอรายงานติดตาม รอบ ๖ เดือน"), SeriesKind.OUTGOING, Shape.RECORDS),
    LetterPaper("tracking-12", _("บันทึกเสนอรายงานติดตาม รอบ ๑๒ เดือน"), SeriesKind.OUTGOING, Shape.RECORDS),
    LetterPaper("score-report", _("บันทึกเสนอรายงานผลคะแนน"), SeriesKind.OUTGOING, Shape.RECORDS),
)
LETTER_PAPERS: Mapping[str, LetterPaper] = {one.name: one for one in _ALL}
