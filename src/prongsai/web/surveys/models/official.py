"""How many have answered the official surveys, as the commission's system shows it and somebody typed it in."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import User
from prongsai.web.cycles.models import Cycle


class OfficialCount(models.Model):
    """A reading: of an instrument of a cycle, on a day, perhaps of one part of it, so many of so many had answered.

    part: of an instrument that is collected in parts, 0 for the whole. headcount: how many may answer (known or
    estimated), by which the rule of the year gives how many must.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="official_counts")
    instrument = models.CharField(_("แบบ"), max_length=10)
    part = models.PositiveSmallIntegerField(_("ส่วนที่"), default=0)
    read_on = models.DateField(_("วันที่ดูจากระบบ"))
    headcount = models.PositiveIntegerField(_("จำนวนผู้มีสิทธิ์ตอบ"), validators=[MinValueValidator(1)])
    reached = models.PositiveIntegerField(_("ตอบแล้ว"))
    note = models.CharField(_("หมายเหตุ"), max_length=300, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("จำนวนผู้ตอบแบบทางการ")
        ordering = ("instrument", "part", "-read_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "instrument", "part", "read_on"], name="official_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.reached}"
