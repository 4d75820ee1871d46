"""Files kept by their hash, and the evidence made of them or of addresses."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, Unit, User


class File(models.Model):
    """Bytes that never change: known by their SHA-256, kept in ``EVIDENCE_FOLDER``; one row an agency and hash.

    media_type: found in the bytes, not in the name. name: as it was first uploaded. size in bytes. is_guarded: opened
    only through the record that holds it, which asks who may. erased_at: the bytes are gone for somebody's privacy.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    is_guarded = models.BooleanField(default=False, editable=False)
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("ไฟล์")
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "sha256"], name="file_once")]

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """Something that proves: a file or an address. A newer revision points at the one it takes the place of.

    content_year_be: the fiscal year that the content is about; document_date: printed on it; received_on: when the
    office got it. Three different things.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="evidence")
    title = models.CharField(_("ชื่อหลักฐาน"), max_length=300)
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="evidence")
    address = models.URLField(_("ที่อยู่เว็บ (URL)"), max_length=1000, blank=True)
    content_year_be = models.PositiveSmallIntegerField(_("ปีงบประมาณของเนื้อหา (พ.ศ.)"), null=True, blank=True)
    document_date = models.DateField(_("วันที่ในเอกสาร"), null=True, blank=True)
    received_on = models.DateField(_("วันที่ได้รับ"), null=True, blank=True)
    note = models.TextField(_("หมายเหตุ"), blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    revision_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="revised_by")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("หลักฐาน")
        ordering = ("-added_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse evidence that is neither a file nor an address or both, a bad address, and what others own."""
        if bool(self.file_id) == bool(self.address):
            raise ValidationError(_("เลือกไฟล์หรือใส่ที่อยู่เว็บ อย่างใดอย่างหนึ่ง"))
        check_address(self.address)
        if any(thing and thing.agency_id != self.agency_id for thing in (self.file, self.unit, self.revision_of)):
            raise ValidationError(_("ไฟล์ ส่วนราชการ และฉบับเดิมต้องเป็นของหน่วยงานเดียวกัน"))


def check_address(address: str) -> None:
    """Refuse an address that is no web address, or that carries somebody's name and password."""
    if not address:
        return
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        raise ValidationError({"address": _("ที่อยู่เว็บต้องขึ้นต้นด้วย http:// หรือ https://")})
    if parts.username is not None or parts.password is not None:
        raise ValidationError({"address": _("อย่าใส่ชื่อผู้ใช้หรือรหัสผ่านไว้ในที่อยู่เว็บ")})
