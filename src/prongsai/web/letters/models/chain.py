"""The posts that a letter goes through, and what was said and signed at each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Appointment, Capacity, Person, Post, User
from prongsai.web.evidence.models import File
from prongsai.web.letters.models.letters import Letter, LetterText


class StepKind(models.TextChoices):
    """What is done at a step."""

    MAKE = "make", _("ผู้จัดทำ")
    OPINION = "opinion", _("ให้ความเห็น")
    DECIDE = "decide", _("ลงนาม / สั่งการ")


class CurrentSteps(models.Manager):
    """The steps that a letter goes through now; ``Step.every`` has those too that an earlier chain had."""

    def get_queryset(self) -> models.QuerySet:
        """Leave out what was taken out of the chain."""
        return super().get_queryset().filter(removed_at=None)


class Step(models.Model):
    """A step of a letter's way up, in the order of place. Of a post; the first may be of a person (who drafted it).

    opinion_of: printed over the opinion (``ความเห็น ปลัดเทศบาล``). removed_at: taken out of the chain after somebody had
    signed at it; kept for that signature, which is voided.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ตำแหน่ง"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    opinion_of = models.CharField(_("ความเห็นของ"), max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CurrentSteps()
    every = models.Manager()

    class Meta:
        verbose_name = _("ลำดับการเสนอ")
        ordering = ("place",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "place"], condition=Q(removed_at=None), name="step_place_once"),
            models.CheckConstraint(condition=Q(post__isnull=False) | Q(person__isnull=False), name="step_of_somebody"),
        ]

    def __str__(self) -> str:
        return self.opinion_of or str(self.post or self.person)


class Decision(models.TextChoices):
    """What is decided at a step."""

    FORWARD = "forward", _("เสนอต่อ")
    APPROVE = "approve", _("อนุมัติ / ลงนาม")
    ACKNOWLEDGE = "acknowledge", _("ทราบ")
    RETURN = "return", _("ส่งคืนให้แก้ไข")
    REJECT = "reject", _("ไม่อนุมัติ")


class Method(models.TextChoices):
    """How it was signed. A place is left for certificates: another method, with its signed file in ``scan``."""

    PASSWORD = "password", _("ยืนยันด้วยรหัสผ่าน")
    SECOND_FACTOR = "second_factor", _("ยืนยันด้วยรหัสจากแอป (ปัจจัยที่สอง)")
    SCAN = "scan", _("ลงนามในกระดาษ แนบสำเนาสแกน")


class Endorsement(models.Model):
    """What somebody said and signed at a step, on the text that they saw. Never changed, only voided.

    name, position, capacity, order: as they stood on that day, whatever changes later; position: lines under the name.
    signed_on: the day; of paper the day in ink, else that of signed_at. sha256: of the text that was seen. previous:
    the seal of the endorsement before it, of this letter; seal: over all of this (``letters.seals.endorsement_seal``).
    """

    JOURNAL_HASHED: ClassVar = frozenset({"opinion"})

    step = models.ForeignKey(Step, models.CASCADE, related_name="endorsements")
    text = models.ForeignKey(LetterText, models.CASCADE, related_name="endorsements")
    decision = models.CharField(_("ผล"), max_length=15, choices=Decision.choices)
    opinion = models.TextField(_("ความเห็น"), blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="endorsements")
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=300)
    position = models.JSONField(default=list, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity.choices, default=Capacity.SELF)
    order = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(_("วันที่ลงนาม"))
    signed_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(max_length=15, choices=Method.choices)
    scan = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("ความเห็นและการลงนาม")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step"], condition=Q(voided_at=None), name="step_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.get_decision_display()}"
