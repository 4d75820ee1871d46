"""Addresses as they are seen from outside, and the chain of proof."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency
from prongsai.web.cycles.models import ItemState
from prongsai.web.disclosure.models.pages import ADDRESS_MAX, Page
from prongsai.web.evidence.models import File


class Watch(models.TextChoices):
    """Why an address is looked at."""

    HOME = "home", _("หน้าแรก")
    SUBMITTED = "submitted", _("ยื่นในระบบ ITAS")
    PAGE = "page", _("หน้าของเรา")
    ELSEWHERE = "elsewhere", _("เผยแพร่ที่อื่น")
    POSTING = "posting", _("โพสต์ในช่องทางอื่น")
    OWN = "own", _("เพิ่มเอง")


class Reach(models.TextChoices):
    """How an address was found."""

    UNKNOWN = "unknown", _("ยังไม่เคยตรวจ")
    FINE = "fine", _("เปิดได้")
    WARNING = "warning", _("เปิดได้ แต่มีข้อสังเกต")
    FAULT = "fault", _("ผู้ประเมินเปิดไม่ได้")


class Watched(models.Model):
    """An address that is looked at from outside. codes: of the problems at the last look. since: of this state.

    told: the state that was told last, told_at: when. next_at: not before then. clicks: from the home page, None
    unknown, -1 not reached by links; clicks_at: when they were counted.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="watched")
    address = models.URLField(_("ที่อยู่เว็บ (URL)"), max_length=ADDRESS_MAX)
    why = models.CharField(_("เหตุที่ตรวจ"), max_length=10, choices=Watch.choices, default=Watch.OWN)
    page = models.ForeignKey(Page, models.PROTECT, null=True, blank=True, related_name="watched")
    item = models.ForeignKey(ItemState, models.PROTECT, null=True, blank=True, related_name="watched")
    is_open = models.BooleanField(_("ตรวจต่อไป"), default=True)
    state = models.CharField(max_length=10, choices=Reach.choices, default=Reach.UNKNOWN)
    codes = models.JSONField(default=list, blank=True)
    clicks = models.SmallIntegerField(null=True, blank=True)
    clicks_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    told = models.CharField(max_length=10, choices=Reach.choices, default=Reach.UNKNOWN, editable=False)
    told_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ที่อยู่ที่ตรวจจากภายนอก")
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "address"], name="watched_once")]

    def __str__(self) -> str:
        return self.address


class Occasion(models.TextChoices):
    """Why a look was taken at that time."""

    SCHEDULED = "scheduled", _("ตามรอบ")
    PUBLICATION = "publication", _("เมื่อเผยแพร่")
    SUBMISSION = "submission", _("เมื่อยื่น")
    MANUAL = "manual", _("สั่งตรวจ")


class Check(models.Model):
    """A look at an address. hops: [[status, address], …]; headers: as sent. took_ms: until the last byte.

    sha256, size: of the bytes, also when they were not kept; body: the bytes, kept when they differ from those before.
    picture: how a browser shows it, taken at publication and submission. problems: as ``Problem.to_json`` gives them.
    """

    watched = models.ForeignKey(Watched, models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    occasion = models.CharField(max_length=12, choices=Occasion.choices, default=Occasion.SCHEDULED)
    state = models.CharField(max_length=10, choices=Reach.choices)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    final_address = models.CharField(max_length=ADDRESS_MAX, blank=True)
    hops = models.JSONField(default=list, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    took_ms = models.PositiveIntegerField(null=True, blank=True)
    tls_until = models.DateField(null=True, blank=True)
    problems = models.JSONField(default=list, blank=True)
    body = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    picture = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("ผลการตรวจจากภายนอก")
        ordering = ("-at", "-pk")
        indexes: ClassVar = [models.Index(fields=["watched", "-at"], name="check_history")]

    def __str__(self) -> str:
        return f"{self.watched} {self.at:%Y-%m-%d %H:%M}"


class ProofEntry(models.Model):
    """A link of the chain of proof: what was published, or seen, at a time. hash: over content and the one before.

    kind: ``release``, ``check``, ``withdrawal``, ``erasure``, ``submission``. subject: primary key of what it is about.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="proof_entries")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.SlugField(max_length=20)
    subject = models.PositiveBigIntegerField()
    content = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("ห่วงโซ่พยานหลักฐาน")
        ordering = ("number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "number"], name="proof_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
