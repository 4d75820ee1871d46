"""What is sent round to be read, who has read it and who has acknowledged it, on the screen or on paper."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, Person, Post, Unit, User
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.letters.models.letters import Letter


class Circular(models.Model):
    """A circular. sent_on None: a draft. Whom it binds follows from the staff register on the day that is asked.

    to_everybody, or whoever is in one of units (those under them included), holds one of posts, or is one of people.
    binds_joiners: who comes later must acknowledge it too, counted from their first day. closed_on: no longer counted
    on; the figures stay those of that day. due_on: until when.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="circulars")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="circulars")
    number_text = models.CharField(_("หนังสือที่"), max_length=80, blank=True)
    dated = models.DateField(_("ลงวันที่"), null=True, blank=True)
    title = models.CharField(_("เรื่อง"), max_length=500)
    message = models.TextField(_("ข้อความถึงผู้รับ"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="circulars")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่วนราชการเจ้าของเรื่อง")
    )
    to_everybody = models.BooleanField(_("เวียนถึงบุคลากรทุกคน"), default=True)
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("ส่วนราชการ"))
    posts = models.ManyToManyField(Post, blank=True, related_name="+", verbose_name=_("ตำแหน่ง"))
    people = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name=_("บุคคล"))
    binds_joiners = models.BooleanField(_("ผู้มาใหม่ต้องรับทราบด้วย"), default=True)
    due_on = models.DateField(_("รับทราบภายใน"), null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    shown_with: ClassVar = ("agency",)

    class Meta:
        verbose_name = _("หนังสือเวียน")
        ordering = ("-sent_on", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("letters:circular", args=(self.agency.code, self.pk))

    def clean(self) -> None:
        """Refuse a deadline before it was sent, and a secret letter: that is given from hand to hand."""
        if self.due_on and self.sent_on and self.due_on < self.sent_on:
            raise ValidationError({"due_on": _("กำหนดรับทราบอยู่ก่อนวันที่ส่งเวียน")})
        if self.letter and self.letter.secrecy:
            raise ValidationError({"letter": _("หนังสือลับเวียนไม่ได้ ส่งให้ผู้มีสิทธิรู้ทีละคน")})


class PaperSheet(models.Model):
    """A list signed in ink, scanned and entered. n_signed: how many signatures who entered it counted on the paper.

    people: whose signatures they are, those too who had acknowledged already. taken_back_at: it was entered wrongly and
    counts no more; reason: why.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"reason"})

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="sheets")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    signed_on = models.DateField(_("วันที่ในบัญชีรายชื่อ"))
    n_signed = models.PositiveIntegerField(_("จำนวนลายมือชื่อที่นับได้ในกระดาษ"))
    people = models.ManyToManyField(Person, related_name="+", verbose_name=_("ผู้ลงชื่อ"))
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.CharField(_("เหตุผลที่ถอนบัญชี"), max_length=300, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("บัญชีลงชื่อรับทราบ (กระดาษ)")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.circular} {self.signed_on}"


class Standing(models.TextChoices):
    """How somebody stood when a circular was closed: counted, or gone before they acknowledged it."""

    COUNTED = "counted", _("นับรวม")
    LEFT = "left", _("พ้นไปก่อนรับทราบ")


class Receipt(models.Model):
    """That a person opened a circular, and that they acknowledged it. One a person: twice counts once.

    acknowledged_on: the day; of paper the day on it. sheet: the list on which they signed, None for the screen.
    standing: written for everybody when the circular is closed, so that the figures stay whatever the staff register
    learns later; empty while it is open.
    """

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="receipts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="receipts")
    read_at = models.DateTimeField(null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    sheet = models.ForeignKey(PaperSheet, models.PROTECT, null=True, blank=True, related_name="receipts")
    note = models.CharField(_("หมายเหตุ"), max_length=300, blank=True)
    standing = models.CharField(max_length=10, choices=Standing.choices, blank=True, editable=False)

    class Meta:
        verbose_name = _("การรับทราบ")
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["circular", "person"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.circular}"

    def give_way(self, scope: Scope, kept: Person) -> bool:
        """Join the receipt of the person that this one's is merged into, if there is one; whether it did.

        What came first stays: when it was read, when it was acknowledged, its sheet. Who was counted is counted.
        """
        own = Receipt.objects.filter(circular=self.circular_id, person=kept).first()
        if own is None:
            return False
        values = self._added_to(own)
        journal.delete(scope, self, "person.merge")
        journal.change(scope, own, "person.merge", **values)
        return True

    def _added_to(self, own: Receipt) -> dict[str, Any]:
        read = [one.read_at for one in (own, self) if one.read_at]
        given = [one for one in (own, self) if one.acknowledged_on]
        stood = {own.standing, self.standing}
        values: dict[str, Any] = {"read_at": min(read, default=None), "note": own.note or self.note}
        values["standing"] = next((one for one in Standing if one in stood), "")
        if given:
            first = min(given, key=lambda one: one.acknowledged_on or date.max)
            values |= {name: getattr(first, name) for name in ("acknowledged_on", "acknowledged_at", "sheet")}
        return values
