"""Offices that mentor agencies, who looks in them, which agencies take part, the figures they see, what they write."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, User
from prongsai.web.cycles.models import Cycle, Work


class Level(models.TextChoices):
    """How wide an office looks."""

    DISTRICT = "district", _("ระดับอำเภอ")
    PROVINCE = "province", _("ระดับจังหวัด")
    NATION = "nation", _("ระดับประเทศ")


class Office(models.Model):
    """An office that mentors: of a district, a province or the nation. contact: how agencies reach it, in words."""

    name = models.CharField(_("ชื่อหน่วยงานพี่เลี้ยง"), max_length=200)
    level = models.CharField(_("ระดับ"), max_length=10, choices=Level.choices)
    province = models.CharField(_("จังหวัด"), max_length=60, blank=True)
    district = models.CharField(_("อำเภอ"), max_length=80, blank=True)
    contact = models.TextField(_("ช่องทางติดต่อ"), blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("หน่วยงานพี่เลี้ยง")
        ordering = ("level", "province", "district", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="mentor_office_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Ask for the place that the level needs, and for no more."""
        needs = {Level.NATION: (), Level.PROVINCE: ("province",)}.get(Level(self.level), ("province", "district"))
        missing = {name: _("ระดับนี้ต้องระบุช่องนี้") for name in needs if not getattr(self, name)}
        if missing:
            raise ValidationError(missing)
        for name in ("province", "district"):
            if name not in needs:
                setattr(self, name, "")

    def covers(self, agency: Agency) -> bool:
        """Whether an agency lies where the office looks."""
        return self.province in ("", agency.province) and self.district in ("", agency.district)


class Mentor(models.Model):
    """Somebody who looks in an office. Closing it shuts the door at once."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="mentors")
    user = models.ForeignKey(User, models.PROTECT, related_name="mentors")
    is_open = models.BooleanField(_("เปิดใช้งาน"), default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ผู้ใช้ของหน่วยงานพี่เลี้ยง")
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["office", "user"], name="mentor_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.office}"


class Summons(models.Model):
    """A letter that asks somebody to look in an office. Only the hash of its token is kept; it works once."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="summonses")
    name = models.CharField(_("ชื่อ นามสกุล"), max_length=200)
    email = models.EmailField(_("อีเมล"), blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("ใช้ได้ถึง"))
    used_at = models.DateTimeField(_("ใช้เมื่อ"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ยกเลิกเมื่อ"), null=True, blank=True)

    class Meta:
        verbose_name = _("คำเชิญผู้ใช้ของหน่วยงานพี่เลี้ยง")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """That an agency lets an office see its figures, from a day on.

    shows_examples: its good public pages may be shown to others as examples.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="participations")
    office = models.ForeignKey(Office, models.PROTECT, related_name="participations")
    joined_on = models.DateField(_("เข้าร่วมวันที่"))
    joined_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    left_on = models.DateField(_("ออกวันที่"), null=True, blank=True)
    left_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    shows_examples = models.BooleanField(_("ให้ใช้หน้าเว็บที่เผยแพร่แล้วเป็นตัวอย่างที่ดี"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("การเข้าร่วมกับหน่วยงานพี่เลี้ยง")
        ordering = ("-joined_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "agency"], condition=Q(left_on__isnull=True), name="participation_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency} – {self.office}"


class Size(models.TextChoices):
    """How many serve in an agency, in bands."""

    UNKNOWN = "unknown", _("ไม่ทราบจำนวนคน")
    TINY = "tiny", _("น้อยกว่า ๓๐ คน")
    SMALL = "small", _("๓๐–๗๙ คน")
    MIDDLE = "middle", _("๘๐–๑๙๙ คน")
    LARGE = "large", _("๒๐๐–๔๙๙ คน")
    HUGE = "huge", _("๕๐๐ คนขึ้นไป")


class Standing(models.Model):
    """How a cycle of an agency stands, in figures, as of a moment: all that an office ever sees of it.

    complete: items whose every element is met; not_started,
    in_progress, done: items by how far the work is. last_*: the newest official result of a year before. pages: public
    ones. unreached, warned: addresses that an assessor cannot open, or that open with something to mend.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="standings")
    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="standing")
    framework_id = models.SlugField(max_length=60)
    at = models.DateTimeField()
    size = models.CharField(max_length=10, choices=Size.choices, default=Size.UNKNOWN)
    items = models.PositiveSmallIntegerField(default=0)
    complete = models.PositiveSmallIntegerField(default=0)
    not_started = models.PositiveSmallIntegerField(default=0)
    in_progress = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    elements = models.PositiveSmallIntegerField(default=0)
    met = models.PositiveSmallIntegerField(default=0)
    ready_pct = models.PositiveSmallIntegerField(default=0)
    late_items = models.PositiveSmallIntegerField(default=0)
    late_tasks = models.PositiveSmallIntegerField(default=0)
    missed_duties = models.PositiveIntegerField(default=0)
    last_year_be = models.PositiveSmallIntegerField(null=True, blank=True)
    last_pct = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    last_level = models.CharField(max_length=60, blank=True)
    pages = models.PositiveIntegerField(default=0)
    unreached = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("ภาพรวมที่หน่วยงานพี่เลี้ยงเห็น")
        ordering = ("agency__code", "pk")
        indexes: ClassVar = [
            models.Index(fields=["framework_id", "agency"], name="standing_framework"),
            models.Index(fields=["framework_id", "size", "ready_pct"], name="standing_size"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.framework_id}"


class ItemStanding(models.Model):
    """How an item stands. key: lasting. is_done: handed in or ready for it. is_complete: every element is met.

    example: address of its public page, where it is complete.
    """

    standing = models.ForeignKey(Standing, models.CASCADE, related_name="lines")
    key = models.CharField(max_length=100)
    work = models.CharField(max_length=20, choices=Work.choices, default=Work.NOT_STARTED)
    met = models.PositiveSmallIntegerField(default=0)
    elements = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    is_done = models.BooleanField(default=False)
    is_complete = models.BooleanField(default=False)
    example = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("ความพร้อมรายข้อที่หน่วยงานพี่เลี้ยงเห็น")
        ordering = ("standing", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["standing", "key"], name="item_standing_once")]
        indexes: ClassVar = [
            models.Index(fields=["due_on", "standing"], name="item_standing_due", condition=Q(is_done=False)),
            models.Index(fields=["key", "standing"], name="item_standing_example", condition=~Q(example="")),
            models.Index(fields=["key", "is_complete", "standing"], name="item_standing_tally"),
        ]

    def __str__(self) -> str:
        return f"{self.standing} {self.key}"


class FaultSource(models.TextChoices):
    """Where a fault was found."""

    ELEMENT = "element", _("องค์ประกอบที่ยังขาด")
    PAGE = "page", _("หน้าเว็บหรือไฟล์ที่เผยแพร่")


class FaultStanding(models.Model):
    """A fault of an agency. key: of the item, empty for what is of no item; code: the element's key or the fault's.

    since: the first day on which it was seen.
    """

    standing = models.ForeignKey(Standing, models.CASCADE, related_name="faults")
    source = models.CharField(max_length=10, choices=FaultSource.choices)
    key = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=100)
    since = models.DateField()

    class Meta:
        verbose_name = _("ข้อบกพร่องที่หน่วยงานพี่เลี้ยงเห็น")
        ordering = ("standing", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standing", "source", "key", "code"], name="fault_standing_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "key", "code", "standing", "since"], name="fault_standing_cluster")
        ]

    def __str__(self) -> str:
        return f"{self.standing} {self.key} {self.code}"


class Message(models.Model):
    """What an office says to agencies that take part. to_text: whom it was meant for, in words."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="messages")
    subject = models.CharField(_("เรื่อง"), max_length=300)
    text = models.TextField(_("ข้อความ"))
    due_on = models.DateField(_("ตอบภายในวันที่"), null=True, blank=True)
    to_text = models.CharField(_("ถึง"), max_length=300)
    sent_by = models.ForeignKey(Mentor, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ข้อความถึงหน่วยงานที่เข้าร่วม")
        ordering = ("-sent_at", "-pk")

    def __str__(self) -> str:
        return self.subject


class Receipt(models.Model):
    """A message at an agency: when it was acknowledged, and its one answer."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="receipts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="mentor_messages")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("คำตอบ"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ข้อความจากหน่วยงานพี่เลี้ยง")
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "agency"], name="mentor_receipt_once")]
        indexes: ClassVar = [models.Index(fields=["agency"], name="receipt_unread", condition=Q(read_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.message} – {self.agency}"
