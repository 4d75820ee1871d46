"""One-use codes: whoever holds one may answer once. Only their digests are kept, in no order, beside nobody's name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.surveys.models.runs import Group, Survey

DIGEST_MAX = 43  # base64url of SHA-256 without its filling


class BatchWay(models.TextChoices):
    """How codes reach people."""

    PRINTED = "printed", _("พิมพ์แจก")
    MAILED = "mailed", _("ส่งทางอีเมล")


class Batch(models.Model):
    """Codes that were made together, at least k of a group: within a batch nobody can tell whose is whose."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="batches")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="batches")
    way = models.CharField(max_length=10, choices=BatchWay.choices)
    size = models.PositiveIntegerField()
    made_on = models.DateField()
    is_void = models.BooleanField(_("ยกเลิกรหัสที่ยังไม่ใช้"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ชุดรหัส")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.size}"


class Code(models.Model):
    """The digest of a code. spent: the digest of the form it came with, ``-`` once that answer was counted.

    Rows are written in the order of their digests, which says nothing of the order on paper.
    """

    digest = models.CharField(max_length=DIGEST_MAX, primary_key=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="codes")
    spent = models.CharField(max_length=DIGEST_MAX, blank=True)

    class Meta:
        verbose_name = _("รหัสตอบครั้งเดียว")
        indexes: ClassVar = [models.Index(fields=["batch", "spent"], name="survey_code_spent")]

    def __str__(self) -> str:
        return str(_("รหัสตอบครั้งเดียว"))
