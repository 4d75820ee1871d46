"""Papers brought in, and the rows read from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, User
from prongsai.web.cycles.models import Cycle
from prongsai.web.evidence.models import File


class Intake(models.Model):
    """A paper that was read. report: what ``prongsai read --json`` says of it, kept whole. problems: those of lint too.

    cycle: where its rows go; chosen before the first row is accepted. One file is taken in once.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="intakes")
    file = models.ForeignKey(File, models.PROTECT, related_name="intakes")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="intakes")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True)
    fiscal_year_be = models.PositiveSmallIntegerField(null=True, blank=True)
    report = models.JSONField()
    problems = models.JSONField(default=list, blank=True)
    confidence = models.FloatField()
    needs_person = models.BooleanField(default=False)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("เอกสารนำเข้า")
        ordering = ("-taken_at", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "file"], name="intake_once")]

    def __str__(self) -> str:
        return self.title or self.file.name


class RowKind(models.TextChoices):
    """What a row becomes when it is accepted."""

    GAP = "gap", _("ประเด็นที่ต้องปรับปรุง")
    MEASURE = "measure", _("มาตรการ")
    INDICATOR = "indicator", _("แนวทางยกระดับรายตัวชี้วัด")
    TRACKING = "tracking", _("เรื่องที่กำกับติดตาม")
    SCORES = "scores", _("คะแนน")
    PERSON = "person", _("บุคคล")


class RowState(models.TextChoices):
    """Nothing is in the cycle before acceptance."""

    WAITING = "waiting", _("รอตรวจ")
    ACCEPTED = "accepted", _("รับแล้ว")
    REJECTED = "rejected", _("ไม่รับ")


class IntakeRow(models.Model):
    """One record read from the paper. values: as they will be saved, mended or not; read: as the reader gave them.

    problems: those that stand in the row (is_clean: none of them an error or warning). target: what it became.
    """

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=RowKind.choices)
    title = models.CharField(max_length=500)
    read = models.JSONField()
    values = models.JSONField()
    problems = models.JSONField(default=list, blank=True)
    confidence = models.FloatField(default=1.0)
    is_clean = models.BooleanField(default=True)
    is_mended = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RowState.choices, default=RowState.WAITING)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.BigIntegerField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("แถวนำเข้า")
        ordering = ("place", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["intake", "place"], name="intake_row_once")]

    def __str__(self) -> str:
        return self.title
