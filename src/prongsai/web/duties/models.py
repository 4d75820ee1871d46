"""What comes round every month, quarter, half-year or year, and each time that it is due."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.thai.months import MONTHS
from prongsai.web.agencies.models import Agency, Person, Post, Unit

DAYS_MAX = 366
# In the order of the fiscal year: October first.
MONTH_CHOICES = [(number, MONTHS[number - 1]) for number in (10, 11, 12, *range(1, 10))]


class Rhythm(models.TextChoices):
    """How often a duty comes round in a fiscal year."""

    MONTHLY = "monthly", _("ทุกเดือน")
    QUARTERLY = "quarterly", _("ทุกไตรมาส")
    HALF_YEARLY = "half_yearly", _("ทุก ๖ เดือน")
    YEARLY = "yearly", _("ทุกปี")
    ONCE = "once", _("ครั้งเดียว")


class DutyKind(models.TextChoices):
    """What kind of obligation it is; the executive's follow-up has rules of its own."""

    GENERAL = "general", _("งานประจำ")
    FOLLOW_UP = "follow_up", _("ผู้บริหารติดตามประจำเดือน")
    REPORT = "report", _("รายงานตามรอบ")


class Duty(models.Model):
    """A recurring obligation in a fiscal year. days_after: the last day to do it, counted from the period's end.

    key: which standard duty it came from. month: in which month of the year it comes, for yearly ones and those of one
    time; without it their period is the whole year.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="duties")
    fiscal_year_be = models.PositiveSmallIntegerField(_("ปีงบประมาณ (พ.ศ.)"))
    kind = models.CharField(_("ประเภท"), max_length=20, choices=DutyKind.choices, default=DutyKind.GENERAL)
    key = models.SlugField(max_length=60, blank=True, editable=False)
    title = models.CharField(_("งาน"), max_length=300)
    how = models.TextField(_("ต้องทำอะไร"), blank=True)
    rhythm = models.CharField(_("รอบ"), max_length=20, choices=Rhythm.choices)
    month = models.PositiveSmallIntegerField(
        _("เดือนที่ทำ (งานรายปีหรือครั้งเดียว)"), choices=MONTH_CHOICES, null=True, blank=True
    )
    days_after = models.SmallIntegerField(_("ครบกำหนดกี่วันหลังสิ้นรอบ"), default=10)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่วนราชการ"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ตำแหน่ง"))
    is_open = models.BooleanField(_("เปิดใช้"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ภาระงานประจำ")
        ordering = ("title", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "fiscal_year_be", "title"],
                name="duty_once_a_year",
                violation_error_message=_("ปีนี้มีงานชื่อนี้แล้ว"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a month for what comes more often, a limit beyond a year, a unit or post of another agency."""
        if self.month and self.rhythm not in (Rhythm.YEARLY, Rhythm.ONCE):
            raise ValidationError({"month": _("ระบุเดือนได้เฉพาะงานรายปีหรือครั้งเดียว")})
        if not -DAYS_MAX <= self.days_after <= DAYS_MAX:
            raise ValidationError({"days_after": _("กำหนดได้ไม่เกินหนึ่งปีก่อนหรือหลังสิ้นรอบ")})
        if any(one and one.agency_id != self.agency_id for one in (self.unit, self.post)):
            raise ValidationError(_("ส่วนราชการและตำแหน่งต้องเป็นของหน่วยงานนี้"))


class Occurrence(models.Model):
    """One due instance of a duty. Done when done_on is set; past its due_on it is missed and stays so visibly.

    is_nothing: a signed statement that there was nothing to report. by_register: a register's period was closed, whose
    table is its proof; several may then be done on one day.
    """

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="occurrences")
    label = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(_("วันที่ดำเนินการ"), null=True, blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.TextField(_("ผลการดำเนินการ / ข้อสั่งการ"), blank=True)
    is_nothing = models.BooleanField(_("ไม่มีเรื่องต้องรายงานในรอบนี้"), default=False)
    by_register = models.BooleanField(default=False, editable=False)
    evidence = models.ManyToManyField("evidence.Evidence", blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("งวด")
        ordering = ("due_on", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["duty", "starts_on", "ends_on"], name="occurrence_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.label}"
