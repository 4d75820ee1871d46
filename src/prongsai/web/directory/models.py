"""Who runs the installation, and the official list of codes that agencies are made from."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import CODE_DIGITS, AgencyKind, User


class Operator(models.Model):
    """Somebody who runs the installation: makes agencies, sees their technical state, and nothing from inside one.

    It is of the account, not of a post: whoever also works in an agency has that agency's posts beside it.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="operator", verbose_name=_("บัญชีผู้ใช้"))
    is_open = models.BooleanField(_("ยังทำหน้าที่"), default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("ผู้ดูแลเครื่องแม่ข่าย")
        ordering = ("-is_open", "made_at", "pk")

    def __str__(self) -> str:
        return str(self.user)


class OperatorInvitation(models.Model):
    """A letter to somebody to run the installation too. Only the hash of its token is kept; it works once."""

    name = models.CharField(_("ชื่อ-สกุล"), max_length=200)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("ใช้ได้ถึง"))
    used_at = models.DateTimeField(_("ใช้เมื่อ"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ยกเลิกเมื่อ"), null=True, blank=True)

    class Meta:
        verbose_name = _("คำเชิญผู้ดูแลเครื่องแม่ข่าย")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name


class CodeList(models.Model):
    """A published list of agencies and their codes, as read from a file, before and after it was accepted.

    rows: a dict of the printed texts an agency, by the names of fields, with the line of the file. What is at fault in
    them is worked out anew whenever it is shown. as_of: the day that the list says it is of.
    """

    file_name = models.CharField(_("ชื่อไฟล์"), max_length=255)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(_("ที่มา"), max_length=300)
    as_of = models.DateField(_("ข้อมูล ณ วันที่"))
    rows: Any = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(_("รับเมื่อ"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    JOURNAL_HASHED = ("rows",)

    class Meta:
        verbose_name = _("บัญชีรหัส อปท.")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.file_name


class ListedQuerySet(models.QuerySet):
    """Filters of the list of codes."""

    def standing(self) -> ListedQuerySet:
        """Keep what the newest list has."""
        return self.filter(vanished_on__isnull=True)


class Listed(models.Model):
    """One agency of the official list of codes. vanished_on: the day of the newer list that no longer has it.

    search: name, code, province and district in one, folded, for finding it by a part of any.
    """

    code = models.CharField(_("รหัส อปท. ๘ หลัก"), max_length=CODE_DIGITS, unique=True)
    name = models.CharField(_("ชื่อหน่วยงาน"), max_length=200)
    kind = models.CharField(_("ประเภท"), max_length=20, choices=AgencyKind.choices)
    province = models.CharField(_("จังหวัด"), max_length=60)
    district = models.CharField(_("อำเภอ"), max_length=80, blank=True)
    subdistrict = models.CharField(_("ตำบล"), max_length=80, blank=True)
    website = models.CharField(_("เว็บไซต์"), max_length=200, blank=True)
    listed_in = models.ForeignKey(CodeList, models.PROTECT, related_name="listed", verbose_name=_("บัญชีที่มา"))
    vanished_on = models.DateField(_("ไม่มีในบัญชีตั้งแต่"), null=True, blank=True)
    search = models.CharField(max_length=400, editable=False)

    objects = ListedQuerySet.as_manager()

    class Meta:
        verbose_name = _("หน่วยงานในบัญชีรหัส")
        ordering = ("code",)
        indexes: ClassVar = [
            models.Index(fields=["province"], condition=Q(vanished_on__isnull=True), name="listed_province"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def as_of(self) -> date:
        """The day that its list is of."""
        return self.listed_in.as_of

    @property
    def source(self) -> str:
        """Where its list comes from."""
        return self.listed_in.source
