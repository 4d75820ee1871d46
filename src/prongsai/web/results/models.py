"""Published tables of results, as they were taken in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import User


class TableState(models.TextChoices):
    """How far a table is. replaced: a newer one of its year counts instead; it is kept."""

    READ = "read", _("รอจับคู่ช่อง")
    CHECKING = "checking", _("กำลังตรวจ")
    CHECKED = "checked", _("ตรวจแล้ว รอรับ")
    ACCEPTED = "accepted", _("รับแล้ว")
    REPLACED = "replaced", _("มีตารางใหม่แทน")


class ResultFile(models.Model):
    """A published file as it came, kept once however many tables are in it and however often it was taken in."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField(_("ไฟล์"), editable=False)

    class Meta:
        verbose_name = _("ไฟล์ผลการประเมินที่เผยแพร่")

    def __str__(self) -> str:
        return self.sha256


class ResultTable(models.Model):
    """A published table of results. file: the file as it came; place: which of its tables this is, from 0.

    mapping: what a person said of the columns (``comparison.columns.changed``). framework: its id where it is not the
    usual one of the year. problems, years, rows_count, agencies_count: what checking found, worked out anew each time.
    """

    file_name = models.CharField(_("ชื่อไฟล์"), max_length=255)
    file = models.ForeignKey(ResultFile, models.PROTECT, related_name="tables", editable=False)
    place = models.PositiveIntegerField(default=0, editable=False)
    title = models.CharField(_("ข้อความหัวตาราง"), max_length=400, blank=True)
    source = models.CharField(_("แหล่งที่มา"), max_length=300)
    mapping: Any = models.JSONField(_("การจับคู่ช่อง"), default=dict, blank=True)
    framework = models.CharField(_("กรอบที่ใช้ตรวจ"), max_length=100, blank=True)
    state = models.CharField(_("สถานะ"), max_length=10, choices=TableState.choices, default=TableState.READ)
    years: Any = models.JSONField(default=list, blank=True)
    rows_count = models.PositiveIntegerField(_("จำนวนแถว"), default=0)
    agencies_count = models.PositiveIntegerField(_("จำนวนหน่วยงาน"), default=0)
    errors_count = models.PositiveIntegerField(_("จำนวนข้อขัดแย้ง"), default=0)
    problems: Any = models.JSONField(default=list, blank=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(_("นำเข้าเมื่อ"), auto_now_add=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(_("รับเมื่อ"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced")
    version = models.PositiveIntegerField(default=1, editable=False)

    JOURNAL_HASHED = ("problems", "mapping")

    class Meta:
        verbose_name = _("ตารางผลการประเมินที่เผยแพร่")
        ordering = ("-taken_at", "-pk")

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed or thrown away."""
        return self.state in (TableState.READ, TableState.CHECKING, TableState.CHECKED)
