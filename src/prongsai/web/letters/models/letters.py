"""A letter, every text that it ever had, what is attached to it, and to whom it went."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, Committee, Person, Post, Unit, User
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.letters.models.numbers import Incoming, Number, Secrecy, Series, Speed, Way
from prongsai.web.plans.models import Dispatch, Report
from prongsai.web.registers.models import Entry


class LetterState(models.TextChoices):
    """How far a letter has come. What is signed stays; it may be replaced or revoked by another one."""

    DRAFT = "draft", _("ร่าง")
    IN_CHAIN = "in_chain", _("อยู่ระหว่างเสนอ")
    RETURNED = "returned", _("ส่งคืนให้แก้ไข")
    SIGNED = "signed", _("ลงนามแล้ว")
    REJECTED = "rejected", _("ไม่อนุมัติ")
    DROPPED = "dropped", _("ยกเลิกร่าง")
    REPLACED = "replaced", _("มีฉบับใหม่แทนแล้ว")


class Letter(models.Model):
    """A letter. paper: the kind of the document engine that it is printed as (``letters.kinds``).

    series, number, dated: its place in the register and the day it bears; neither before it is numbered.
    report, dispatch, entry: what of the platform it carries. answers: the letter that it answers.
    code: what stands in its panel and is asked at ``/verify``; seal: over everything signed, made with the last
    signature. docx, pdf: the signed paper. scan: the paper as it was signed in ink.
    A secret letter is seen only by its drafter, by those who hold a post of its chain, and by ``readers``.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"subject", "reason"})

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="letters")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่วนราชการเจ้าของเรื่อง")
    )
    paper = models.CharField(_("ชนิดหนังสือ"), max_length=40)
    subject = models.CharField(_("เรื่อง"), max_length=500)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    speed = models.CharField(_("ชั้นความเร็ว"), max_length=20, choices=Speed.choices, blank=True)
    secrecy = models.CharField(_("ชั้นความลับ"), max_length=20, choices=Secrecy.choices, blank=True)
    is_circular = models.BooleanField(_("เป็นหนังสือเวียน (ว)"), default=False)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="letters")
    number = models.OneToOneField(Number, models.PROTECT, null=True, blank=True, related_name="letter")
    dated = models.DateField(_("ลงวันที่"), null=True, blank=True)
    drafter = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="letters_drafted")
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="letters")
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, null=True, blank=True, related_name="letters")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="letters")
    answers = models.ForeignKey(Incoming, models.PROTECT, null=True, blank=True, related_name="answered_by")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="letters", editable=False
    )
    readers = models.ManyToManyField(Person, blank=True, related_name="+")
    reason = models.CharField(_("เหตุผล"), max_length=500, blank=True)
    code = models.CharField(max_length=24, null=True, blank=True, unique=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    docx = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    pdf = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    scan = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    shown_with: ClassVar = ("agency",)

    class Meta:
        verbose_name = _("หนังสือ")
        ordering = ("-drafted_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["agency", "state"], name="letter_state")]

    def __str__(self) -> str:
        return str(_("หนังสือลับ")) if self.secrecy else self.subject

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("letters:letter", args=(self.agency.code, self.pk))

    def clean(self) -> None:
        """Refuse what may not stand in the software at all, and what is not of the agency."""
        if self.secrecy == Secrecy.MOST_SECRET:
            raise ValidationError({"secrecy": _("หนังสือลับที่สุดห้ามจัดทำหรือส่งทางระบบ ทำเป็นกระดาษ แล้วลงทะเบียนเลขไว้เท่านั้น")})
        own = (self.unit, self.report, self.dispatch, self.entry, self.answers, self.supersedes)
        if any(_agency_of(one) not in (None, self.agency_id) for one in own):
            raise ValidationError(_("ส่วนราชการ รายงาน และหนังสือที่อ้างถึงต้องเป็นของหน่วยงานนี้"))


def _agency_of(one: models.Model | None) -> int | None:
    if isinstance(one, Dispatch):
        return one.cycle.agency_id
    return getattr(one, "agency_id", None)


class Origin(models.TextChoices):
    """How a text came about."""

    TYPED = "typed", _("พิมพ์ในระบบ")
    FILE = "file", _("นำไฟล์ Word กลับเข้ามา")
    RECORDS = "records", _("จัดทำจากข้อมูลในระบบ")


class LetterText(models.Model):
    """What a letter says, as it was at one time; another wording is another text. Never changed.

    content: the records of ``Letter.paper`` as its ``from_json`` takes them, without number, day and signatures, and
    beside them ``_options`` for the composer. attachments: [{"title", "name", "sha256", "size"}] as they were then.
    sha256: over all that somebody who signs has seen (``letters.seals.text_hash``).
    """

    JOURNAL_HASHED: ClassVar = frozenset({"subject", "content", "attachments", "note"})

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=500)
    content = models.JSONField()
    attachments = models.JSONField(default=list, blank=True)
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.TYPED)
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("สิ่งที่แก้ไข"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ข้อความของหนังสือ")
        ordering = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "number"], name="letter_text_once")]

    def __str__(self) -> str:
        return f"{self.letter} ({self.number})"


class Attachment(models.Model):
    """A file that goes with a letter. A change of them makes another text."""

    JOURNAL_HASHED: ClassVar = frozenset({"title"})

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("สิ่งที่ส่งมาด้วย"), max_length=300)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("สิ่งที่ส่งมาด้วย")
        ordering = ("place", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "file"], name="attachment_once")]

    def __str__(self) -> str:
        return str(self.letter) if self.letter.secrecy else self.title


class Delivery(models.Model):
    """That a letter goes to one of its addressees, and whether it got there."""

    JOURNAL_HASHED: ClassVar = frozenset({"to", "received_by", "note"})

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="deliveries")
    to = models.CharField(_("ถึง"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(_("ช่องทาง"), max_length=10, choices=Way.choices, default=Way.HERE)
    sent_on = models.DateField(_("ส่งวันที่"), null=True, blank=True)
    received_on = models.DateField(_("รับวันที่"), null=True, blank=True)
    received_by = models.CharField(_("ผู้รับ"), max_length=200, blank=True)
    note = models.CharField(_("หมายเหตุ"), max_length=300, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("การส่งหนังสือ")
        ordering = ("place", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(sent_on__isnull=False), name="sent_before_received"
            )
        ]

    def __str__(self) -> str:
        return str(self.letter) if self.letter.secrecy else self.to
