"""Series of running numbers, every number that was ever given, and the register of what came in."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, Person, Unit
from prongsai.web.evidence.models import Evidence, File


class SeriesKind(models.TextChoices):
    """What is numbered by itself."""

    OUTGOING = "outgoing", _("หนังสือส่งและบันทึกข้อความ")
    CIRCULAR = "circular", _("หนังสือเวียน (ว)")
    ORDER = "order", _("คำสั่ง")
    ANNOUNCEMENT = "announcement", _("ประกาศ")
    INCOMING = "incoming", _("หนังสือรับ")
    SECRET_OUT = "secret_out", _("หนังสือลับส่ง")
    SECRET_IN = "secret_in", _("หนังสือลับรับ")


# One register for the whole agency: in a second one ``5/2569`` or the 46th letter that came in would be there twice.
OF_AGENCY = frozenset({SeriesKind.ORDER, SeriesKind.ANNOUNCEMENT, SeriesKind.INCOMING, SeriesKind.SECRET_IN})
# Their numbers begin with the agency's letters and code.
WITH_PREFIX = frozenset({SeriesKind.OUTGOING, SeriesKind.CIRCULAR, SeriesKind.SECRET_OUT})
SECRET = frozenset({SeriesKind.SECRET_OUT, SeriesKind.SECRET_IN})
OF_INCOMING = frozenset({SeriesKind.INCOMING, SeriesKind.SECRET_IN})


class Series(models.Model):
    """Running numbers of a kind, of the whole agency or of one unit; they begin anew with every calendar year.

    prefix: what stands before the stroke (``ลบ 52701.1``), in Arabic digits; empty for orders, announcements and what
    came in.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="series")
    kind = models.CharField(_("ทะเบียน"), max_length=20, choices=SeriesKind.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่วนราชการ (ว่างไว้ถ้าใช้ทั้งหน่วยงาน)")
    )
    prefix = models.CharField(_("อักษรย่อและรหัสหน้าเลข"), max_length=40, blank=True)
    is_open = models.BooleanField(_("ใช้งาน"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ทะเบียนเลขหนังสือ")
        ordering = ("kind", "unit__place", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "kind", "unit"], name="series_once"),
            models.UniqueConstraint(fields=["agency", "kind"], condition=Q(unit=None), name="series_of_agency_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit or ''}".strip()

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("letters:series", args=(self.agency.code, self.pk))

    @property
    def is_secret(self) -> bool:
        """Whether its papers are: no subject of theirs stands in the register."""
        return self.kind in SECRET

    @property
    def is_of_incoming(self) -> bool:
        """Whether it numbers what comes in."""
        return self.kind in OF_INCOMING

    def clean(self) -> None:
        """Refuse a register of one unit for what the agency alone gives out, and a prefix where none is printed."""
        if self.unit_id and self.kind in OF_AGENCY:
            raise ValidationError({"unit": _("คำสั่ง ประกาศ และหนังสือรับใช้ทะเบียนเดียวทั้งหน่วยงาน เว้นส่วนราชการว่างไว้")})
        if self.unit and self.unit.agency_id != self.agency_id:
            raise ValidationError({"unit": _("ส่วนราชการต้องเป็นของหน่วยงานนี้")})
        if bool(self.prefix) != (self.kind in WITH_PREFIX):
            need = _("ใส่อักษรย่อและรหัสหน้าเลข เช่น ลบ 52701.1") if not self.prefix else _("ทะเบียนนี้พิมพ์แต่เลข ไม่มีอักษรย่อ")
            raise ValidationError({"prefix": need})


class SeriesYear(models.Model):
    """A calendar year (BE) of a series. last_before: the last number given before this software kept the register."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="years")
    year_be = models.PositiveSmallIntegerField(_("ปี พ.ศ. (ปีปฏิทิน)"))
    last_before = models.PositiveIntegerField(_("เลขล่าสุดก่อนเริ่มใช้ระบบ"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ปีของทะเบียนเลขหนังสือ")
        ordering = ("-year_be",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "year_be"], name="series_year_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year_be}"


class NumberState(models.TextChoices):
    """What became of a number. What is cancelled stays so; what is used may be cancelled until its paper is signed."""

    RESERVED = "reserved", _("จองไว้")
    USED = "used", _("ใช้แล้ว")
    CANCELLED = "cancelled", _("ยกเลิก")


class Number(models.Model):
    """A number that was given, in one transaction with its line in the journal: none is skipped, none given twice.

    text: as it is printed, in Arabic digits: ``ลบ 52701/ว 12``, ``209/2569``, ``46``. subject: what it was taken for;
    empty for secret papers. reason: why it was cancelled.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"subject", "reason"})

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers")
    year_be = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()
    text = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=NumberState.choices, default=NumberState.RESERVED)
    subject = models.CharField(_("เรื่องหรือเหตุที่จอง"), max_length=300, blank=True)
    reason = models.CharField(_("เหตุผลที่ยกเลิก"), max_length=300, blank=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("เลขหนังสือ")
        ordering = ("-year_be", "-value")
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "year_be", "value"], name="number_once")]

    def __str__(self) -> str:
        return self.text


class Speed(models.TextChoices):
    """How fast a paper must go."""

    URGENT = "ด่วน", _("ด่วน")
    VERY_URGENT = "ด่วนมาก", _("ด่วนมาก")
    MOST_URGENT = "ด่วนที่สุด", _("ด่วนที่สุด")


class Secrecy(models.TextChoices):
    """How secret a paper is."""

    SECRET = "ลับ", _("ลับ")
    VERY_SECRET = "ลับมาก", _("ลับมาก")
    MOST_SECRET = "ลับที่สุด", _("ลับที่สุด")


class Way(models.TextChoices):
    """How a paper came or went."""

    SARABAN = "saraban", _("ระบบสารบรรณอิเล็กทรอนิกส์ / อีเมลสารบรรณ")
    HAND = "hand", _("ส่งด้วยมือ")
    POST = "post", _("ไปรษณีย์")
    EMAIL = "email", _("อีเมลอื่น")
    HERE = "here", _("ในระบบนี้")


class Incoming(models.Model):
    """A letter that came in. letter_no, dated, sender, addressee, subject: as printed on it.

    handling: what was done with it (การปฏิบัติ). A secret one is seen only by who registered it and by ``readers``; its
    papers are guarded ``files``, since evidence is seen by everybody. letter_no: digits Arabic, in one way of writing.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"subject", "sender", "addressee", "letter_no", "handling", "note"})

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="incoming")
    number = models.OneToOneField(Number, models.PROTECT, related_name="incoming")
    letter_no = models.CharField(_("ที่ (เลขหนังสือ)"), max_length=80, blank=True)
    dated = models.DateField(_("ลงวันที่"), null=True, blank=True)
    sender = models.CharField(_("จาก"), max_length=300)
    addressee = models.CharField(_("ถึง"), max_length=300)
    subject = models.CharField(_("เรื่อง"), max_length=500)
    speed = models.CharField(_("ชั้นความเร็ว"), max_length=20, choices=Speed.choices, blank=True)
    secrecy = models.CharField(_("ชั้นความลับ"), max_length=20, choices=Secrecy.choices, blank=True)
    way = models.CharField(_("ช่องทาง"), max_length=10, choices=Way.choices, default=Way.SARABAN)
    received_at = models.DateTimeField(_("รับเมื่อ"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่งให้ส่วนราชการ")
    )
    due_on = models.DateField(_("ต้องดำเนินการภายใน"), null=True, blank=True)
    done_on = models.DateField(_("ดำเนินการแล้วเมื่อ"), null=True, blank=True)
    handling = models.TextField(_("การปฏิบัติ"), blank=True)
    note = models.CharField(_("หมายเหตุ"), max_length=300, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+")
    files = models.ManyToManyField(File, blank=True, related_name="+")
    readers = models.ManyToManyField(Person, blank=True, related_name="+")
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    shown_with: ClassVar = ("agency", "number")

    class Meta:
        verbose_name = _("หนังสือรับ")
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return f"{self.number} {_('หนังสือลับ') if self.secrecy else self.subject}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("letters:incoming", args=(self.agency.code, self.pk))

    def clean(self) -> None:
        """Refuse what may not stand in the software, what is dated after it came, and a deadline before it came."""
        if self.secrecy == Secrecy.MOST_SECRET:
            raise ValidationError({"secrecy": _("หนังสือลับที่สุดห้ามลงรายละเอียดในระบบ ลงรับในทะเบียนกระดาษ แล้วจองไว้เฉพาะเลข")})
        if self.unit and self.unit.agency_id != self.agency_id:
            raise ValidationError({"unit": _("ส่วนราชการต้องเป็นของหน่วยงานนี้")})
        came = timezone.localtime(self.received_at).date() if self.received_at else None
        if self.dated and came and self.dated > came:
            raise ValidationError({"dated": _("วันที่ของหนังสืออยู่หลังวันที่รับ")})
        if self.due_on and came and self.due_on < came:
            raise ValidationError({"due_on": _("กำหนดดำเนินการอยู่ก่อนวันที่รับ")})
        if self.done_on and came and self.done_on < came:
            raise ValidationError({"done_on": _("วันที่ดำเนินการแล้วอยู่ก่อนวันที่รับ")})
