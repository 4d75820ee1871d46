"""The channel of an office, those who hold keys of it, and how a lost key comes back."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, User

KEEPERS = 3  # of whom two together bring a lost key back
HANDLERS_MIN = 2
_DAYS = [MinValueValidator(1), MaxValueValidator(366)]


class Channel(models.Model):
    """The sealed channel of an office. It takes reports once root is set: the first handler, who vouched for the rest.

    roll_version counts every change of who holds keys; a report that was wrapped under an older one is wrapped anew by
    the next handler who opens it. salt: of the keys that receipts give. The days are the office's own clocks;
    retention_days: how long after its end a report is kept; backup_days: for how long the office keeps its backups.
    """

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="complaint_channel")
    root = models.ForeignKey("Holder", models.PROTECT, null=True, blank=True, related_name="+")
    opened_on = models.DateField(null=True, blank=True)
    roll_version = models.PositiveIntegerField(default=1, editable=False)
    salt = models.BinaryField(editable=False)
    receive_days = models.PositiveSmallIntegerField(_("ตรวจรับเรื่องภายใน (วันทำการ)"), default=7, validators=_DAYS)
    reply_days = models.PositiveSmallIntegerField(_("ตอบผู้แจ้งครั้งแรกภายใน (วัน)"), default=15, validators=_DAYS)
    progress_days = models.PositiveSmallIntegerField(_("แจ้งความคืบหน้าทุก (วัน)"), default=30, validators=_DAYS)
    finding_days = models.PositiveSmallIntegerField(_("สอบข้อเท็จจริงให้เสร็จภายใน (วัน)"), default=30, validators=_DAYS)
    retention_days = models.PositiveIntegerField(
        _("เก็บเรื่องที่สิ้นสุดแล้วไว้ (วัน)"), default=730, validators=[MinValueValidator(30), MaxValueValidator(3660)]
    )
    backup_days = models.PositiveIntegerField(
        _("เก็บไฟล์สำรองไว้นานที่สุด (วัน)"), default=90, validators=[MinValueValidator(1), MaxValueValidator(3660)]
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ช่องทางแจ้งเรื่องทุจริต")

    def __str__(self) -> str:
        return str(_("ช่องทางแจ้งเรื่องทุจริต"))


class HolderDuty(models.TextChoices):
    """What somebody holds a key for."""

    HANDLER = "handler", _("ผู้รับเรื่อง")
    SUPERVISOR = "supervisor", _("ผู้กำกับดูแลภายนอก")
    FALLBACK = "fallback", _("ผู้รับเรื่องสำรอง")
    KEEPER = "keeper", _("ผู้เก็บกุญแจสำรอง")


class HolderState(models.TextChoices):
    """How far somebody has come: only who is vouched for gets anything."""

    NAMED = "named", _("เสนอชื่อแล้ว ยังไม่ตั้งรหัสลับ")
    KEYED = "keyed", _("ตั้งรหัสลับแล้ว รอรับรอง")
    ACTIVE = "active", _("ใช้งาน")
    LEFT = "left", _("พ้นหน้าที่")


class Holder(models.Model):
    """Somebody with a key. recipient, verify_key: public halves (age, Ed25519).

    sealed_bundle: the private halves, closed for the key that their passphrase gives with salt and cost (KiB:passes);
    emptied when they leave. vouch: the signature of vouched_by over who this is (``services.vouching.said``).
    replaces: the lost key of which this one takes the place. escrow_of: which keepers the escrow copies were made
    for, "" for none.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="holders")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("บัญชีผู้ใช้"))
    duty = models.CharField(_("หน้าที่"), max_length=12, choices=HolderDuty.choices)
    is_outside = models.BooleanField(_("เป็นบุคคลภายนอกสำนักงาน"), default=False)
    state = models.CharField(max_length=8, choices=HolderState.choices, default=HolderState.NAMED)
    recipient = models.CharField(max_length=80, blank=True)
    verify_key = models.CharField(max_length=64, blank=True)
    salt = models.BinaryField(default=b"", blank=True, editable=False)
    cost = models.CharField(max_length=20, blank=True, editable=False)
    sealed_bundle = models.BinaryField(default=b"", blank=True, editable=False)
    vouched_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    vouch = models.BinaryField(default=b"", blank=True, editable=False)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    escrow_of = models.CharField(max_length=100, blank=True, editable=False)
    named_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    named_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_roll = models.PositiveIntegerField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ผู้ถือกุญแจ")
        ordering = ("duty", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "user"],
                condition=Q(replaces__isnull=True) & ~Q(state="left"),
                name="holder_once",
                violation_error_message=_("บัญชีนี้มีหน้าที่ในช่องทางนี้อยู่แล้ว คนหนึ่งมีได้หน้าที่เดียว"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_duty_display()})"


class Escrow(models.Model):
    """A copy of a handler's private halves, closed for inner and that again for outer: both are needed to open it."""

    holder = models.ForeignKey(Holder, models.CASCADE, related_name="escrows")
    outer = models.ForeignKey(Holder, models.CASCADE, related_name="+")
    inner = models.ForeignKey(Holder, models.CASCADE, related_name="+")
    sealed = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("สำเนากุญแจของผู้เก็บกุญแจ")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "outer", "inner"], name="escrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id}: {self.outer_id} > {self.inner_id}"


class RecoveryState(models.TextChoices):
    """How far a recovery has come."""

    OPEN = "open", _("รอผู้เก็บกุญแจสองคน")
    HALF = "half", _("ผู้เก็บกุญแจคนแรกยินยอมแล้ว")
    DONE = "done", _("กู้คืนแล้ว")
    DROPPED = "dropped", _("ยกเลิก")


class Recovery(models.Model):
    """Bringing back what a lost key opened. to: the new key, of the same person or of a successor.

    layers: what the first keeper opened, still closed for each of the others, {their pk: base64}; emptied at the end.
    handed: the lost private halves closed for the new key, until its holder next unlocks.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    lost = models.ForeignKey(Holder, models.PROTECT, related_name="recoveries", verbose_name=_("กุญแจที่หาย"))
    to = models.ForeignKey(Holder, models.PROTECT, related_name="+", verbose_name=_("กุญแจใหม่"))
    reason = models.CharField(_("เหตุที่ต้องกู้คืน"), max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    first = models.ForeignKey(Holder, models.PROTECT, null=True, blank=True, related_name="+")
    second = models.ForeignKey(Holder, models.PROTECT, null=True, blank=True, related_name="+")
    layers = models.JSONField(default=dict, blank=True, editable=False)
    handed = models.BinaryField(default=b"", blank=True, editable=False)
    state = models.CharField(max_length=8, choices=RecoveryState.choices, default=RecoveryState.OPEN)
    done_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    JOURNAL_HASHED: ClassVar = frozenset({"layers"})

    class Meta:
        verbose_name = _("การกู้คืนกุญแจ")
        ordering = ("-asked_on", "-pk")

    def __str__(self) -> str:
        return f"{self.lost} → {self.to}"
