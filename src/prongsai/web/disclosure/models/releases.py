"""What a page says from one day on, its files, and what the privacy gate found in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Person, User
from prongsai.web.disclosure.models.pages import Page
from prongsai.web.evidence.models import Evidence, File


class ReleaseState(models.TextChoices):
    """How far a release has come. Approved ones are frozen."""

    DRAFT = "draft", _("ร่าง")
    REQUESTED = "requested", _("ขออนุญาตเผยแพร่แล้ว")
    RETURNED = "returned", _("ส่งกลับให้แก้ไข")
    APPROVED = "approved", _("อนุญาตแล้ว")


class Release(models.Model):
    """What a page says from one day on, with its files. number: of the approved ones 1, 2, …; 0 until then.

    body, body_en: blocks, as ``prongsai.portal.model`` reads them from JSON. content_year_be: the fiscal year it is
    about; document_date: printed in it; received_on: when it reached whoever publishes. tables: frozen at approval from
    the register, each with key, title, head, rows, numeric, columns. sha256: over all that is shown. is_late:
    published after the assessment's last day for disclosure. parts: on how many pages it stood when it was approved.
    reports: the letters by which it was reported to executives, frozen at approval, each {"what", "number", "dated",
    "by", "is_approved"}.
    withdrawn_at: when it was taken away, for good: what follows it never shows it again. erased_at: when its words were
    erased for somebody's privacy; the hash and the names of its tables stay.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"summary", "body", "body_en", "tables", "change_note"})

    page = models.ForeignKey(Page, models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.DRAFT)
    title = models.CharField(_("ชื่อเรื่อง"), max_length=300)
    title_en = models.CharField(_("ชื่อเรื่อง (อังกฤษ)"), max_length=300, blank=True)
    summary = models.TextField(_("สาระสำคัญ"), blank=True)
    body = models.JSONField(default=list, blank=True)
    body_en = models.JSONField(default=list, blank=True)
    tables = models.JSONField(default=list, blank=True)
    reports = models.JSONField(default=list, blank=True, editable=False)
    content_year_be = models.PositiveSmallIntegerField(_("ปีงบประมาณของเนื้อหา (พ.ศ.)"), null=True, blank=True)
    document_date = models.DateField(_("วันที่ในเอกสาร"), null=True, blank=True)
    received_on = models.DateField(_("วันที่ได้รับข้อมูล"), null=True, blank=True)
    change_note = models.CharField(_("สิ่งที่เปลี่ยนจากฉบับก่อน"), max_length=500, blank=True)
    requested_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    requested_as = models.CharField(max_length=300, blank=True)
    requested_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_as = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(_("ความเห็น"), blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64, blank=True)
    parts = models.PositiveSmallIntegerField(default=1, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("เหตุผลที่ถอน"), blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ฉบับเผยแพร่")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "number"], condition=Q(number__gt=0), name="release_number_once"),
            models.UniqueConstraint(fields=["page"], condition=~Q(state="approved"), name="release_one_in_the_making"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ฉบับที่ {self.number}" if self.number else self.title


class FileRole(models.TextChoices):
    """What a file of a release is."""

    DOCUMENT = "document", _("เอกสาร")
    SIGNED = "signed", _("ฉบับลงนาม")
    TABLE = "table", _("ตารางข้อมูล")
    PICTURE = "picture", _("ภาพ")


class ReleaseFile(models.Model):
    """A file shown with a release. name: as in its address, Latin, once in the page for one file for good.

    original: the file before it was cleaned or masked, None when it is shown as it came. evidence: where it comes from.
    text: what everybody is told of a picture, or of what the file holds.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="files")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    original = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=10, choices=FileRole.choices, default=FileRole.DOCUMENT)
    title = models.CharField(_("ชื่อไฟล์ที่แสดง"), max_length=300)
    text = models.CharField(_("คำอธิบาย"), max_length=500, blank=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="th")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("ไฟล์ที่เผยแพร่")
        ordering = ("place", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["release", "name"], name="release_file_once")]

    def __str__(self) -> str:
        return self.title


class GateOutcome(models.TextChoices):
    """What a person decided of what the gate found."""

    WAITING = "waiting", _("รอตัดสินใจ")
    NOTHING = "nothing", _("ไม่พบ")
    CLEANED = "cleaned", _("ใช้ฉบับที่ทำความสะอาดแล้ว")
    RELEASED = "released", _("เผยแพร่ตามเดิมโดยมีเหตุผล")


class GateCheck(models.Model):
    """What the privacy gate found in a file of a release, or in its own words (file None), and what was decided.

    sha256: of what was looked at; another file, another check. found: [{"kind", "where", "text", "masked"}], the found
    text itself covered. cleaned: the proposed copy.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"found"})

    release = models.ForeignKey(Release, models.CASCADE, related_name="gate_checks")
    file = models.ForeignKey(ReleaseFile, models.CASCADE, null=True, blank=True, related_name="gate_checks")
    sha256 = models.CharField(max_length=64)
    found = models.JSONField(default=list, blank=True)
    cleaned = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=GateOutcome.choices, default=GateOutcome.WAITING)
    reason = models.TextField(_("เหตุผล"), blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("การตรวจข้อมูลส่วนบุคคลก่อนเผยแพร่")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.file or self.release}"
