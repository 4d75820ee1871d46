"""What the public is told: how complaints are handled, and how many there were."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, Person
from prongsai.web.evidence.models import Evidence, File


class Guideline(models.Model):
    """How complaints about corruption are handled, in the four parts that the assessment asks for.

    adopted_on: the day it holds from, as a number of edition counts them; the parts of an adopted one stay as they are.
    Edition 0 is the one being written, which may still lack a part.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField(default=0, editable=False)
    how = models.TextField(_("๑. วิธีการแจ้งเรื่องของบุคคลภายนอก"), blank=True)
    steps = models.TextField(_("๒. ขั้นตอนการจัดการเรื่อง"), blank=True)
    unit = models.TextField(_("๓. ส่วนงานและผู้รับผิดชอบ"), blank=True)
    times = models.TextField(_("๔. ระยะเวลาดำเนินการ"), blank=True)
    adopted_on = models.DateField(_("ใช้ตั้งแต่วันที่"), null=True, blank=True)
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    adopted_as = models.CharField(max_length=300, blank=True)
    docx = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต")
        ordering = ("-edition", "-pk")

    def __str__(self) -> str:
        return str(_("แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริต"))


class Tally(models.Model):
    """The signed counts of a fiscal year or of its first half, as they stood that day.

    counts: {"total", "done", "pending", "refused", "months": […], "categories": […]}, small ones kept back already, as
    ``reports.forms.complaint_statistics`` takes them. is_none: there was none, which who signed says by that.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    fiscal_year_be = models.PositiveSmallIntegerField(_("ปีงบประมาณ (พ.ศ.)"))
    is_half = models.BooleanField(_("เฉพาะรอบ ๖ เดือนแรก"), default=False)
    counts = models.JSONField()
    is_none = models.BooleanField(_("ไม่มีเรื่องร้องเรียน"), default=False)
    signed_on = models.DateField()
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=300)
    docx = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    xlsx = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("สถิติเรื่องร้องเรียนการทุจริต")
        ordering = ("-fiscal_year_be", "is_half", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "fiscal_year_be", "is_half"],
                condition=models.Q(replaced_by__isnull=True),
                name="tally_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.fiscal_year_be}"
