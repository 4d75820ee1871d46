"""Signing how many complaints there were: what stands on that day is frozen, on paper and as evidence."""

from collections.abc import Mapping
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.errors import ProngsaiError
from prongsai.reports.forms import complaint_statistics
from prongsai.reports.forms.complaint_statistics import ComplaintStatistics
from prongsai.reports.forms.signing import Signed
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Tally
from prongsai.web.complaints.queries import proofs
from prongsai.web.complaints.queries.counts import Period, counts_of, kept_of, mark_of
from prongsai.web.complaints.queries.tallies import may_sign, standing
from prongsai.web.complaints.services.proofs import Proof, attach, files_of, prove
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.registers.services.periods import position_of

KINDS = ("docx", "pdf", "xlsx")


class CountsChanged(ProngsaiError):
    """A case was entered or went on since the counts were seen."""

    def __init__(self) -> None:
        super().__init__(
            "the counts are no longer those that were seen",
            message_th="จำนวนเรื่องเปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้ จึงยังไม่ได้ลงชื่อ",
            mend_th="ตรวจจำนวนที่แสดงอยู่ตอนนี้ แล้วลงชื่ออีกครั้ง",
        )


@override("th")  # what is signed and published is Thai, whatever language its maker reads
def sign_tally(scope: Scope, *, period: Period, hide_small_totals: bool = False, seen: str | None = None) -> Tally:
    """Freeze the counts of a period that has ended, signed by who asks; of none it is the statement that says so.

    seen: ``queries.counts.mark_of`` what was looked at. What was signed of the period before stays and is replaced. The
    papers become evidence of the items that ask for them. Raises CountsChanged, ValidationError.
    """
    _hold_signer(scope, period)
    statistics = _signed(scope, counts_of(scope.agency, period, hide_small_totals=hide_small_totals))
    if seen is not None and seen != mark_of(statistics):
        raise CountsChanged
    # Before the turn is taken: files are not written while others wait for the database.
    title = complaint_statistics.PAPER.title(statistics)
    files = files_of(scope, complaint_statistics.compose(statistics), title, KINDS)
    return _settle(scope, period, statistics, files)


def _hold_signer(scope: Scope, period: Period) -> None:
    if not may_sign(scope):
        raise ValidationError(_("ลงชื่อได้เฉพาะผู้รับเรื่องหรือผู้บริหาร"))
    if scope.person is None:
        raise ValidationError(_("ต้องมีผู้ลงชื่อ บัญชีนี้ไม่ได้ผูกกับบุคคลใด"))
    if not period.has_ended(scope.today):
        raise ValidationError(_("ยังไม่สิ้นสุดรอบ ลงชื่อได้เมื่อพ้นวันสุดท้ายของรอบ"))


def _signed(scope: Scope, counted: ComplaintStatistics) -> ComplaintStatistics:
    signer = Signed(str(scope.person), position_of(scope), on=scope.today)
    return replace(counted, reported_on=scope.today, signer=signer)


@transaction.atomic
def _settle(scope: Scope, period: Period, statistics: ComplaintStatistics, files: Mapping[str, File]) -> Tally:
    journal.take_turn(scope.agency)
    now = counts_of(scope.agency, period, hide_small_totals=statistics.hide_small_totals)
    if mark_of(now) != mark_of(statistics):
        raise CountsChanged
    before = standing(scope.agency, period)
    if before is not None:  # makes room for the new one, which it then names
        Tally.objects.filter(pk=before.pk).update(replaced_by=before.pk)
    tally = Tally(
        agency=scope.agency,
        fiscal_year_be=period.fiscal_year_be,
        is_half=period.is_half,
        counts=kept_of(statistics),
        is_none=statistics.total == 0,
        signed_on=scope.today,
        signed_by=scope.person,
        signed_as=statistics.signer.position,
        evidence=_prove(scope, period, statistics, files, before),
        **files,
    )
    journal.create(scope, tally, "complaint.none" if tally.is_none else "complaint.tally")
    if before is not None:
        Tally.objects.filter(pk=before.pk).update(replaced_by=tally.pk)
        journal.note(scope, "complaint.tally_replace", before, {"replaced_by": (None, tally.pk)})
    return tally


def _prove(
    scope: Scope,
    period: Period,
    statistics: ComplaintStatistics,
    files: Mapping[str, File],
    before: Tally | None,
) -> Evidence:
    """Make the paper evidence of every element, the workbook besides of the one that asks for both."""
    title, year = complaint_statistics.PAPER.title(statistics), period.fiscal_year_be
    kind = "pdf" if "pdf" in files else "docx"
    paper = prove(scope, Proof(f"{title} ({kind.upper()})", files[kind], _of(before, kind)), year_be=year)
    sheet = prove(scope, Proof(f"{title} (XLSX)", files["xlsx"], _of(before, "xlsx")), year_be=year)
    elements = list(proofs.elements_of(scope.agency, proofs.STATISTICS, year))
    attach(scope, elements, paper)
    attach(scope, [one for one in elements if one.key == proofs.FILES], sheet)
    return paper


def _of(before: Tally | None, kind: str) -> File | None:
    return getattr(before, kind) if before is not None else None
