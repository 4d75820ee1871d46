"""An office's own Word files that papers are written on."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, User
from prongsai.web.evidence.models import File

KIND_MAX = 80


class PaperTemplate(models.Model):
    """One version of an office's template for a kind of paper; its file never changes, and old ones stay.

    kind: a name of ``stationery.queries.kinds_of``. number: 1, 2, … of its kind. is_open: papers of the kind are
    written on it; at most one of a kind.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="paper_templates")
    kind = models.CharField(_("ชนิดเอกสาร"), max_length=KIND_MAX)
    number = models.PositiveIntegerField(_("ฉบับที่"))
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    name = models.CharField(_("ชื่อไฟล์"), max_length=255)
    note = models.CharField(_("หมายเหตุ"), max_length=300, blank=True)
    is_open = models.BooleanField(_("ใช้อยู่"), default=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("แม่แบบเอกสาร")
        ordering = ("kind", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "kind", "number"], name="template_number_once"),
            models.UniqueConstraint(fields=["agency", "kind"], condition=Q(is_open=True), name="template_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    def clean(self) -> None:
        """Refuse a file of another agency."""
        if self.file_id and self.file.agency_id != self.agency_id:
            raise ValidationError(_("ไฟล์ต้องเป็นของหน่วยงานเดียวกัน"))
