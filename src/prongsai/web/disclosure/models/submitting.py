"""What goes into the national system, what was found of it, and disputes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Person, User
from prongsai.web.cycles.models import Cycle, ItemState
from prongsai.web.disclosure.models.pages import ADDRESS_MAX, Page
from prongsai.web.disclosure.models.releases import Release
from prongsai.web.evidence.models import File


class SubmissionState(models.TextChoices):
    """How far the submission of an item has come."""

    PREPARED = "prepared", _("เตรียมแล้ว")
    APPROVED = "approved", _("ผู้บริหารเห็นชอบ")
    PASTED = "pasted", _("กรอกในระบบแล้ว")


class Submission(models.Model):
    """What is put into the national system for an item: the address, and the words beside it.

    steps: the way from the home page, link by link; pages_text: which page of the file; explanation: the whole text to
    paste. release, sha256: what stood there when it was pasted; from then on a change of either is told before.
    change_reason: why it was written anew after it had been pasted; what was pasted before stays in the chain of proof.
    """

    item = models.OneToOneField(ItemState, models.PROTECT, related_name="submission")
    page = models.ForeignKey(Page, models.PROTECT, null=True, blank=True, related_name="submissions")
    address = models.URLField(_("ลิงก์ที่ยื่น"), max_length=ADDRESS_MAX)
    steps = models.JSONField(default=list, blank=True)
    pages_text = models.CharField(_("หน้าในเอกสาร"), max_length=300, blank=True)
    explanation = models.TextField(_("คำอธิบายที่ยื่น"), blank=True)
    state = models.CharField(max_length=10, choices=SubmissionState.choices, default=SubmissionState.PREPARED)
    prepared_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_as = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    pasted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    pasted_at = models.DateTimeField(null=True, blank=True)
    release = models.ForeignKey(Release, models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    change_reason = models.TextField(_("เหตุผลที่แก้หลังกรอกแล้ว"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("การยื่นข้อมูลในระบบ ITAS")

    def __str__(self) -> str:
        return f"{self.item} {self.address}"


class Inspection(models.Model):
    """What the element check found of an item at a time.

    verdicts: [{"key", "text", "verdict", "reason", "mend", "address", "where"}]; problems: as ``Problem.to_json`` gives
    them. sha256: of what was looked at: the release's, or of the bytes behind an address elsewhere.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"verdicts", "problems"})

    item = models.ForeignKey(ItemState, models.CASCADE, related_name="inspections")
    at = models.DateTimeField()
    address = models.CharField(max_length=ADDRESS_MAX)
    verdicts = models.JSONField(default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("ผลตรวจองค์ประกอบโดยระบบ")
        ordering = ("-at", "-pk")
        indexes: ClassVar = [models.Index(fields=["item", "-at"], name="inspection_history")]

    def __str__(self) -> str:
        return f"{self.item} {self.at:%Y-%m-%d %H:%M}"


class SiteProposal(models.Model):
    """That a page of the office's present site answers an item. steps: [{"text", "address"}] from the home page.

    sureness: 0–100. accepted_at: when somebody took it as the item's publication elsewhere.
    """

    item = models.ForeignKey(ItemState, models.CASCADE, related_name="proposals")
    address = models.URLField(max_length=ADDRESS_MAX)
    sureness = models.PositiveSmallIntegerField()
    why = models.TextField(blank=True)
    steps = models.JSONField(default=list, blank=True)
    found_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("หน้าที่เสนอให้ตอบข้อ")
        ordering = ("item__place", "-sureness", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "address"], name="site_proposal_once")]

    def __str__(self) -> str:
        return f"{self.item.code} {self.address}"


class Objection(models.Model):
    """A dispute of scores. points: [{"item": key, "criterion": …, "words": …}]; pack: the zip, None until made."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="objections")
    points = models.JSONField(default=list, blank=True)
    pack = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    holds = models.JSONField(default=list, blank=True)  # hashes of the files and releases in the pack
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ชุดโต้แย้งผลคะแนน")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"ชุดโต้แย้ง {self.cycle}"
