"""What the installation itself has been through: the versions that it ran, the backups that were made of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MilestoneKind(models.TextChoices):
    """What it was."""

    VERSION = "version", _("ปรับเป็นรุ่น")
    BACKUP = "backup", _("สำรองข้อมูล")


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """The last of each kind."""

    def last_version(self) -> Milestone | None:
        """Give the version that the data is of."""
        return self.filter(kind=MilestoneKind.VERSION).order_by("pk").last()

    def last_backup(self) -> Milestone | None:
        """Give the last backup that was made of this database."""
        return self.filter(kind=MilestoneKind.BACKUP).order_by("pk").last()


class Milestone(models.Model):
    """A version that the data was brought to, or a backup. version: of the program; size: of the backup, in bytes."""

    kind = models.CharField(_("เหตุการณ์"), max_length=20, choices=MilestoneKind.choices)
    at = models.DateTimeField(_("เมื่อ"), default=timezone.now)
    version = models.CharField(_("รุ่น"), max_length=40)
    size = models.PositiveBigIntegerField(_("ขนาด (ไบต์)"), default=0)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("เหตุการณ์ของระบบ")
        ordering = ("pk",)
        indexes: ClassVar = [models.Index(fields=["kind", "id"], name="milestone_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"
