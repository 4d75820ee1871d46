"""A handover: what is handed over by whom to whom, signed by both."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, Person, Unit, User
from prongsai.web.evidence.models import File
from prongsai.web.letters.models import Method


class HandoverState(models.TextChoices):
    """How far a handover has come: the list is frozen by the first signature."""

    DRAFT = "draft", _("กำลังจัดทำ")
    GIVEN = "given", _("ผู้ส่งมอบลงนามแล้ว")
    TAKEN = "taken", _("รับมอบครบถ้วนแล้ว")


class Kind(models.TextChoices):
    """What kind of thing is handed over, in the order of the list."""

    LETTER = "letter", _("หนังสือที่ร่างหรืออยู่ระหว่างเสนอ")
    SIGNING = "signing", _("หนังสือที่รอลงนามตามตำแหน่ง")
    NUMBER = "number", _("เลขหนังสือที่จองไว้")
    INCOMING = "incoming", _("หนังสือรับที่ยังไม่แล้วเสร็จ")
    CIRCULAR = "circular", _("หนังสือเวียนที่ยังไม่รับทราบ")
    DUTY = "duty", _("งานประจำตามตำแหน่ง")
    MEASURE = "measure", _("มาตรการที่เป็นผู้รับผิดชอบ")
    TASK = "task", _("งานที่มอบหมายส่วนราชการ")
    REPORT = "report", _("รายงานและบันทึกมอบหมายที่ยังไม่เสร็จ")
    RELEASE = "release", _("หน้าเว็บที่กำลังเขียน")
    ENTRY = "entry", _("รายการในทะเบียนที่เป็นผู้ขอหรือมีชื่อ")
    PROPERTY = "property", _("ทรัพย์สินที่ยืมหรือครอบครอง")
    COMMITTEE = "committee", _("คณะกรรมการและคณะทำงาน")
    JOB = "job", _("คำสั่งมอบหมายงาน")
    ACTING = "acting", _("การรักษาราชการแทนและมอบอำนาจ")
    EXTRA = "extra", _("เรื่องอื่นที่เขียนเพิ่ม")


class Fate(models.TextChoices):
    """What becomes of a thing that is handed over."""

    MOVED = "moved", _("ระบบโอนให้ผู้รับมอบ")
    POST = "post", _("อยู่กับตำแหน่งหรือส่วนราชการ")
    HAND = "hand", _("ต้องดำเนินการเอง")


class Handover(models.Model):
    """A handover. effective_on: from which day what is handed over is the taker's. unit: the giver's, when it began.

    extra: rows that somebody wrote, each {"title", "about", "due_on", "note"}. left_out: keys of rows that are not part
    of it, because somebody else takes them over.
    rows: frozen with the first signature, or before it so that the list can be signed in ink (frozen_at); each {"kind",
    "key", "title", "about", "due_on", "address", "fate", "moves": whether the software moves it to the taker, "note"}.
    moved: keys of the rows that were moved with the second signature.
    given_by: who signed for handing over, with the reason (given_reason) where it is not the giver. given_as, taken_as:
    the posts of who signed, as they stood. given_on, taken_on: the days of the signatures; of paper those on it.
    docx, pdf: the list; scan: as it was signed in ink.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"rows", "extra", "note"})

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="handovers_given", verbose_name=_("ผู้ส่งมอบ"))
    taker = models.ForeignKey(Person, models.PROTECT, related_name="handovers_taken", verbose_name=_("ผู้รับมอบ"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    reason = models.CharField(_("เหตุที่ส่งมอบ"), max_length=300)
    effective_on = models.DateField(_("ส่งมอบวันที่"))
    note = models.TextField(_("เรื่องที่ต้องติดตามและคำแนะนำ"), blank=True)
    extra = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    rows = models.JSONField(default=list, blank=True)
    moved = models.JSONField(default=list, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=HandoverState.choices, default=HandoverState.DRAFT)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    given_reason = models.CharField(max_length=300, blank=True, editable=False)
    given_method = models.CharField(max_length=15, choices=Method.choices, blank=True, editable=False)
    given_on = models.DateField(null=True, blank=True, editable=False)
    given_at = models.DateTimeField(null=True, blank=True, editable=False)
    given_as = models.CharField(max_length=300, blank=True, editable=False)
    taken_method = models.CharField(max_length=15, choices=Method.choices, blank=True, editable=False)
    taken_on = models.DateField(null=True, blank=True, editable=False)
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_as = models.CharField(max_length=300, blank=True, editable=False)
    docx = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    pdf = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    scan = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    shown_with: ClassVar = ("agency",)

    class Meta:
        verbose_name = _("การส่งมอบงาน")
        ordering = ("-effective_on", "-pk")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(giver=F("taker")), name="handover_between_two")]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("handover:handover", args=(self.agency.code, self.pk))

    def clean(self) -> None:
        """Refuse to hand over to oneself, and people of another agency."""
        if self.giver_id and self.giver_id == self.taker_id:
            raise ValidationError({"taker": _("ผู้รับมอบต้องเป็นคนละคนกับผู้ส่งมอบ")})
        people = [getattr(self, name) for name in ("giver", "taker") if getattr(self, f"{name}_id")]
        if any(one.agency_id != self.agency_id for one in people):
            raise ValidationError(_("ผู้ส่งมอบและผู้รับมอบต้องเป็นบุคลากรของหน่วยงานนี้"))
