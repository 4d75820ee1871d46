"""What was signed of each year, what is still to be, and who may sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import HolderDuty, Tally
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.queries.counts import Period

YEARS_SHOWN = 5


class Stands(TextChoices):
    """How the statistics of a period stand. That nothing was signed never means that there was none."""

    NONE = "none", _("ไม่มีเรื่องร้องเรียน")
    SIGNED = "signed", _("ลงชื่อแล้ว")
    MISSING = "missing", _("ยังไม่รายงาน")
    RUNNING = "running", _("ยังไม่สิ้นสุดรอบ")


_TONE = {Stands.NONE: "done", Stands.SIGNED: "done", Stands.MISSING: "late", Stands.RUNNING: "waiting"}


@dataclass(frozen=True, slots=True)
class Line:
    """A period with the tally that stands for it."""

    period: Period
    tally: Tally | None
    stands: Stands

    @property
    def tone(self) -> str:
        """The word by which its badge is coloured."""
        return _TONE[self.stands]


def may_sign(scope: Scope) -> bool:
    """Whether somebody may sign statistics and adopt the guideline: who approves, or holds a handler's key."""
    if scope.can(Power.APPROVE):
        return True
    holder = rolls.mine(scope.agency, scope.user)
    return holder is not None and holder.duty == HolderDuty.HANDLER


def tallies_of(agency: Agency) -> QuerySet[Tally]:
    """Give every tally of an office, replaced ones too."""
    return Tally.objects.filter(agency=agency).select_related("agency", "signed_by", "docx", "pdf", "xlsx", "evidence")


def standing(agency: Agency, period: Period) -> Tally | None:
    """Give the tally that stands for a period; None means that it is not reported, never that there was none."""
    found = tallies_of(agency).filter(
        fiscal_year_be=period.fiscal_year_be, is_half=period.is_half, replaced_by__isnull=True
    )
    return found.first()


def lines_of(scope: Scope) -> Sequence[Line]:
    """Give the periods of the last years, the newest first, and older ones that were signed; one query."""
    this = fiscal_year_be(scope.today)
    signed = {(one.fiscal_year_be, one.is_half): one for one in tallies_of(scope.agency).filter(replaced_by=None)}
    years = sorted({*range(this - YEARS_SHOWN + 1, this + 1), *(year for year, _half in signed)}, reverse=True)
    periods = [Period(year, is_half) for year in years for is_half in (False, True)]
    return [_line(scope, one, signed.get((one.fiscal_year_be, one.is_half))) for one in periods]


def _line(scope: Scope, period: Period, tally: Tally | None) -> Line:
    if tally is not None:
        return Line(period, tally, Stands.NONE if tally.is_none else Stands.SIGNED)
    return Line(period, None, Stands.MISSING if period.has_ended(scope.today) else Stands.RUNNING)


def earlier_of(tally: Tally) -> list[Tally]:
    """Give what was signed of the same period before, the newest first."""
    found = tallies_of(tally.agency).filter(fiscal_year_be=tally.fiscal_year_be, is_half=tally.is_half)
    return list(found.filter(pk__lt=tally.pk).order_by("-pk"))
