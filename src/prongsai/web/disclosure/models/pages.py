"""Where the public site stands, its pages, and the paths that lead to them."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, Unit, User
from prongsai.web.cycles.models import ItemState
from prongsai.web.evidence.models import File, check_address
from prongsai.web.registers.models import Entry

PATH_MAX = 200
ADDRESS_MAX = 1000
# A part of a lasting address: readable, the same on every file system, never a name that Windows keeps for itself.
PATH = RegexValidator(
    r"^[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[a-z0-9]+(?:[.-][a-z0-9]+)*)*$", _("ใช้ a–z 0–9 จุด ขีด และ / เท่านั้น")
)


class Licence(models.TextChoices):
    """What others may do with open data, in the words of the government data catalogue."""

    UNSAID = "License not specified", _("ยังไม่ได้กำหนด")
    OPEN = "Open Data Common", _("Open Data Common ใช้ได้ทุกทาง")
    BY = "CC BY", _("CC BY ใช้ได้ทุกทาง ต้องอ้างที่มา")
    BY_SA = "CC BY-SA", _("CC BY-SA ต้องอ้างที่มา และเผยแพร่ต่อแบบเดียวกัน")
    NC = "CC NC", _("CC NC ห้ามใช้หากำไร")


class Site(models.Model):
    """How an office's public site stands. address: where it is served from, empty while nobody has said.

    app_address: of the application, for forms. The texts are plain paragraphs. channels: [{"name", "address"}] of other
    places where the office can be found. layout_version counts what is printed on every page.
    """

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="site")
    address = models.URLField(_("ที่อยู่เว็บสาธารณะ"), max_length=300, blank=True)
    app_address = models.URLField(_("ที่อยู่ของระบบรับเรื่องออนไลน์"), max_length=300, blank=True)
    about = models.TextField(_("เกี่ยวกับหน่วยงาน"), blank=True)
    about_en = models.TextField(_("เกี่ยวกับหน่วยงาน (อังกฤษ)"), blank=True)
    address_en = models.TextField(_("ที่ตั้ง (อังกฤษ)"), blank=True)
    fax = models.CharField(_("โทรสาร"), max_length=60, blank=True)
    hours = models.CharField(_("วันและเวลาทำการ"), max_length=200, blank=True)
    directions = models.TextField(_("การเดินทาง"), blank=True)
    map_picture = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("แผนที่ตั้ง (ภาพ)")
    )
    map_address = models.URLField(_("ลิงก์แผนที่ออนไลน์"), max_length=500, blank=True)
    channels = models.JSONField(_("ช่องทางอื่นของหน่วยงาน"), default=list, blank=True)
    privacy_policy = models.TextField(_("นโยบายคุ้มครองข้อมูลส่วนบุคคล"), blank=True)
    website_policy = models.TextField(_("นโยบายเว็บไซต์"), blank=True)
    license_id = models.CharField(
        _("สัญญาอนุญาตของข้อมูลเปิด"), max_length=40, choices=Licence.choices, default=Licence.UNSAID
    )
    layout_version = models.PositiveIntegerField(default=1, editable=False)
    built_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("เว็บสาธารณะ")

    def __str__(self) -> str:
        return self.address or str(self.agency)


class PageKind(models.TextChoices):
    """What a page is about."""

    ITEM = "item", _("ข้อ OIT")
    REGISTER = "register", _("ตารางจากทะเบียน")
    NEWS = "news", _("ข่าว")
    FREE = "free", _("หน้าทั่วไป")


class PageState(models.TextChoices):
    """What somebody finds at the address."""

    DRAFT = "draft", _("ยังไม่เคยเผยแพร่")
    PUBLIC = "public", _("เผยแพร่อยู่")
    WITHDRAWN = "withdrawn", _("ถอนแล้ว")


LAWS = "laws/"  # free pages below it are the library of laws


class LawState(models.TextChoices):
    """Whether a law, by-law or announcement holds."""

    IN_FORCE = "in_force", _("มีผลใช้บังคับ")
    REPEALED = "repealed", _("ยกเลิกแล้ว")


class Page(models.Model):
    """A lasting address under the site, as ``2569/procurement.monthly``. Once public it never goes.

    title: the office's own name of it; the public sees that of the release, once there is one.
    year_be: the assessed year (items), the fiscal year (registers, news), the year of a law, 0 for none. item_key:
    lasting key of the item. law_state: of a page below ``LAWS``, which must have one, and a year.
    elsewhere: an address outside our site at which the office publishes this instead; then that is the publication.
    event_on: of news, the day of what it tells; entry: of the register of news that it was made from.
    review_on: when somebody must look whether it is still right.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="pages")
    kind = models.CharField(_("ชนิด"), max_length=10, choices=PageKind.choices)
    path = models.CharField(_("ที่อยู่ในเว็บ"), max_length=PATH_MAX, validators=[PATH])
    title = models.CharField(_("ชื่อหน้า"), max_length=300)
    year_be = models.PositiveSmallIntegerField(default=0)
    item = models.ForeignKey(ItemState, models.PROTECT, null=True, blank=True, related_name="pages")
    item_key = models.CharField(max_length=100, blank=True)
    register = models.SlugField(max_length=60, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่วนราชการเจ้าของข้อมูล")
    )
    publisher_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่วนราชการที่นำขึ้นเว็บ")
    )
    elsewhere = models.URLField(_("เผยแพร่อยู่ที่อื่น (URL)"), max_length=ADDRESS_MAX, blank=True)
    event_on = models.DateField(_("วันที่จัดกิจกรรม"), null=True, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="page")
    review_on = models.DateField(_("วันที่ต้องทบทวน"), null=True, blank=True)
    law_state = models.CharField(_("สถานะของกฎหมาย"), max_length=10, choices=LawState.choices, blank=True)
    state = models.CharField(max_length=10, choices=PageState.choices, default=PageState.DRAFT)
    current = models.ForeignKey("Release", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.TextField(_("เหตุผลที่ถอน"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("หน้าเผยแพร่")
        ordering = ("-year_be", "path")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "path"], name="page_path_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(item__isnull=False), name="page_of_item_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a page of others' things, and one that says twice where it stands."""
        check_address(self.elsewhere)
        if self.item and self.item.cycle.agency_id != self.agency_id:
            raise ValidationError(_("ข้อนี้เป็นของหน่วยงานอื่น"))
        self._hold_law()
        self._hold_happened()

    @property
    def is_law(self) -> bool:
        """Whether it stands in the library of laws."""
        return self.kind == PageKind.FREE and self.path.startswith(LAWS)

    def _hold_law(self) -> None:
        """Refuse a law without year and state, and a state of anything else."""
        if self.is_law and not (self.year_be and self.law_state):
            raise ValidationError({"law_state": _("กฎหมายต้องมีปี พ.ศ. และสถานะว่ามีผลใช้บังคับหรือยกเลิกแล้ว")})
        if self.law_state and not self.is_law:
            raise ValidationError({"path": _("หน้ากฎหมายต้องอยู่ใต้ laws/ เช่น laws/waste-2565")})

    def _hold_happened(self) -> None:
        """Refuse news that is told before its event."""
        if self.kind != PageKind.NEWS or self.event_on is None or self.state != PageState.PUBLIC or not self.pk:
            return
        first = self.releases.aggregate(at=models.Min("published_at"))["at"] or timezone.now()
        if timezone.localdate(first) < self.event_on:
            raise ValidationError({"event_on": _("วันที่เผยแพร่อยู่ก่อนวันที่จัดกิจกรรม")})


class PastPath(models.Model):
    """An address that a page had before it was renamed, or has besides (the year's code); it leads on for good."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="past_paths")
    page = models.ForeignKey(Page, models.PROTECT, related_name="past_paths")
    path = models.CharField(max_length=PATH_MAX)
    is_alias = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ที่อยู่เดิมหรือชื่อสำรอง")
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "path"], name="past_path_once")]

    def __str__(self) -> str:
        return self.path
