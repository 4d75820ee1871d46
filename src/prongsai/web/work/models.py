"""Jobs: a row each, whose times say whether something is to be done, is being done, or rests."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

LEASE = timedelta(minutes=2)


class JobQuerySet(models.QuerySet):
    """Filters by what is to be done."""

    def ready(self, now: datetime) -> JobQuerySet:
        """Keep what is due and in nobody's hands; a lease that nobody renewed has ended."""
        return self.filter(due_at__lte=now).filter(models.Q(leased_until=None) | models.Q(leased_until__lt=now))

    def named(self, names: Collection[str]) -> JobQuerySet:
        """Keep the jobs of some names: those of another version are left alone."""
        return self.filter(name__in=names)


class Job(models.Model):
    """Something to be done in the background. due_at: None while there is nothing to do.

    key: of all who ask for the same thing, the first makes the row. started_at: when the last run began; leased_until:
    until when its worker has it; tries: runs since the last that went well. failed: the kind and the place of the fault
    in our code, never what it said: that may hold a name.
    """

    key = models.CharField(_("กุญแจ"), max_length=200, unique=True)
    name = models.CharField(_("งาน"), max_length=60)
    arguments = models.JSONField(_("รายละเอียด"), default=dict, blank=True)
    is_long = models.BooleanField(_("ใช้เวลานาน"), default=False)
    due_at = models.DateTimeField(_("ถึงกำหนดเมื่อ"), null=True, blank=True)
    started_at = models.DateTimeField(_("เริ่มล่าสุดเมื่อ"), null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(_("เสร็จล่าสุดเมื่อ"), null=True, blank=True)
    tries = models.PositiveIntegerField(_("พยายามแล้ว (ครั้ง)"), default=0)
    failed = models.CharField(_("เหตุที่ทำไม่สำเร็จ"), max_length=500, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("งานเบื้องหลัง")
        ordering = ("key",)
        indexes: ClassVar = [models.Index(fields=["due_at"], name="work_due")]

    def __str__(self) -> str:
        return self.key
