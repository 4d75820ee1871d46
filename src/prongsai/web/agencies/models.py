"""Agency, units, people, posts and committees; accounts; the journal."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.roles import Role

CODE_DIGITS = 8


class Dated(models.Model):
    """Something that holds from a day to a day, both included; an open end is None."""

    valid_from = models.DateField(_("ตั้งแต่วันที่"), null=True, blank=True)
    valid_to = models.DateField(_("ถึงวันที่"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น")})

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class DatedQuerySet(models.QuerySet):
    """Filters by validity."""

    def on(self, day: date) -> DatedQuerySet:
        """Keep what holds on a day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class AgencyKind(models.TextChoices):
    """Kinds of local government."""

    PROVINCE = "pao", _("องค์การบริหารส่วนจังหวัด")
    CITY = "city", _("เทศบาลนคร")
    TOWN = "town", _("เทศบาลเมือง")
    SUBDISTRICT = "subdistrict", _("เทศบาลตำบล")
    TAO = "tao", _("องค์การบริหารส่วนตำบล")
    SPECIAL = "special", _("รูปแบบพิเศษ")


class User(AbstractUser):
    """An account. What it may do follows from the posts that its person holds, not from the account."""

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Agency(models.Model):
    """The municipality. name: in full, with its kind. code: eight digits, text. letter_prefix: ``ลบ ๕๒๗๐๑``.

    closed_on: since when nobody comes in any more; what there is stays, and the public site with it.
    """

    name = models.CharField(_("ชื่อหน่วยงาน"), max_length=200)
    name_en = models.CharField(_("ชื่อภาษาอังกฤษ"), max_length=200, blank=True)
    kind = models.CharField(_("ประเภท"), max_length=20, choices=AgencyKind.choices)
    code = models.CharField(_("รหัส อปท. ๘ หลัก"), max_length=CODE_DIGITS, unique=True)
    province = models.CharField(_("จังหวัด"), max_length=60)
    district = models.CharField(_("อำเภอ"), max_length=80, blank=True)
    subdistrict = models.CharField(_("ตำบล"), max_length=80, blank=True)
    address = models.TextField(_("ที่อยู่"), blank=True)
    phone = models.CharField(_("โทรศัพท์"), max_length=60, blank=True)
    email = models.EmailField(_("อีเมล"), blank=True)
    website = models.URLField(_("เว็บไซต์"), blank=True)
    letter_prefix = models.CharField(_("อักษรย่อและรหัสหนังสือ"), max_length=30, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    closed_on = models.DateField(_("ปิดการใช้งานตั้งแต่"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("หน่วยงาน")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a code that is not eight digits."""
        if not (self.code.isascii() and self.code.isdecimal() and len(self.code) == CODE_DIGITS):
            raise ValidationError({"code": _("รหัส อปท. ต้องเป็นเลขอารบิก ๘ หลัก เช่น 05160101")})

    @property
    def emblem(self) -> bytes:
        """The emblem as PNG, empty where there is none; a query the first time."""
        return self._drawn.get("emblem", b"")

    @property
    def logo(self) -> bytes:
        """The logo as PNG, empty where there is none; a query the first time, the same as the emblem's."""
        return self._drawn.get("logo", b"")

    @cached_property
    def _drawn(self) -> dict[str, bytes]:
        return {which: bytes(content) for which, content in self.pictures.values_list("which", "content")}


class AgencyPicture(models.Model):
    """A picture of an agency, as PNG. Apart from the agency: half a megabyte would come with each row that names it."""

    class Which(models.TextChoices):
        """What it shows."""

        EMBLEM = "emblem", _("ตราสัญลักษณ์ (PNG)")
        LOGO = "logo", _("โลโก้ (PNG)")

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="pictures")
    which = models.CharField(max_length=10, choices=Which.choices)
    content = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("รูปของหน่วยงาน")
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "which"], name="agency_picture_once")]

    def __str__(self) -> str:
        return self.get_which_display()


class AgencyPeriod(Dated):
    """What an agency was called and which kind it was, over time (type history)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="periods")
    kind = models.CharField(_("ประเภท"), max_length=20, choices=AgencyKind.choices)
    name = models.CharField(_("ชื่อหน่วยงาน"), max_length=200)
    basis = models.CharField(_("ที่มา เช่น ประกาศกระทรวง"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ช่วงเวลาของชื่อหน่วยงาน")
        ordering = ("valid_from", "pk")

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    """Levels of a unit, the highest first."""

    OFFICE = "office", _("สำนัก")
    DIVISION = "division", _("กอง")
    SUBDIVISION = "subdivision", _("ฝ่าย")
    SECTION = "section", _("งาน")
    SPECIAL = "special", _("หน่วย")


class Unit(Dated):
    """A part of the agency (สำนัก/กอง/ฝ่าย/งาน)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("ชื่อส่วนราชการ"), max_length=200)
    kind = models.CharField(_("ระดับ"), max_length=20, choices=UnitKind.choices)
    place = models.PositiveIntegerField(_("ลำดับที่แสดง"), default=0)
    phone = models.CharField(_("โทรศัพท์"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("ส่วนราชการ")
        ordering = ("place", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name", "parent"], name="unit_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitAlias(models.Model):
    """Another name by which papers call a unit."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    name = models.CharField(_("ชื่อที่เรียกในเอกสาร"), max_length=200)

    class Meta:
        verbose_name = _("ชื่อที่เรียกในเอกสาร")
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "name"], name="alias_of_one_unit")]

    def __str__(self) -> str:
        return self.name


class Employment(models.TextChoices):
    """On which terms a person serves."""

    ELECTED = "elected", _("ฝ่ายการเมือง")
    OFFICER = "officer", _("พนักงานเทศบาล")
    TEACHER = "teacher", _("พนักงานครูเทศบาล")
    PERMANENT = "permanent", _("ลูกจ้างประจำ")
    MISSION = "mission", _("พนักงานจ้างตามภารกิจ")
    GENERAL = "general", _("พนักงานจ้างทั่วไป")
    OUTSIDE = "outside", _("บุคคลภายนอก")  # an account without a post: counts in no headcount, hears no circular


class Person(models.Model):
    """Somebody who serves or served in the agency. joined_on and left_on make the headcount of a day."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="people")
    prefix = models.CharField(_("คำนำหน้า"), max_length=40, blank=True)
    given_name = models.CharField(_("ชื่อ"), max_length=100)
    family_name = models.CharField(_("นามสกุล"), max_length=100, blank=True)
    employment = models.CharField(_("ประเภทบุคลากร"), max_length=20, choices=Employment.choices, blank=True)
    phone = models.CharField(_("โทรศัพท์"), max_length=60, blank=True)
    email = models.EmailField(_("อีเมล"), blank=True)
    joined_on = models.DateField(_("เริ่มงานวันที่"), null=True, blank=True)
    left_on = models.DateField(_("ปฏิบัติงานวันสุดท้าย"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("บุคคล")
        ordering = ("given_name", "family_name", "pk")

    def __str__(self) -> str:
        return f"{self.prefix}{self.given_name} {self.family_name}".strip()

    def clean(self) -> None:
        """Refuse leaving before joining."""
        if self.joined_on and self.left_on and self.left_on < self.joined_on:
            raise ValidationError({"left_on": _("วันที่พ้นจากงานอยู่ก่อนวันที่เริ่มงาน")})


class Side(models.TextChoices):
    """Both sides of a local government."""

    POLITICAL = "political", _("ฝ่ายการเมือง")
    PERMANENT = "permanent", _("ฝ่ายประจำ")


class Post(Dated):
    """A post. Work and rights belong to it, so that they outlive a change of officer.

    is_head: it heads its unit; without a unit it is of the whole agency (mayor, permanent secretary).
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="posts")
    title = models.CharField(_("ชื่อตำแหน่ง"), max_length=200)
    number = models.CharField(_("เลขที่ตำแหน่ง"), max_length=40, blank=True)
    side = models.CharField(_("ฝ่าย"), max_length=20, choices=Side.choices, default=Side.PERMANENT)
    is_head = models.BooleanField(_("เป็นหัวหน้าส่วนราชการ"), default=False)
    duties = models.TextField(_("หน้าที่"), blank=True)
    place = models.PositiveIntegerField(_("ลำดับที่แสดง"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("ตำแหน่ง")
        ordering = ("place", "title", "pk")

    def __str__(self) -> str:
        return self.title


class PostRole(models.Model):
    """A role given to a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="roles")
    role = models.CharField(_("บทบาท"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("บทบาทของตำแหน่ง")
        ordering = ("role",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "role"], name="post_role_once")]

    def __str__(self) -> str:
        return self.get_role_display()


class Capacity(models.TextChoices):
    """In which right somebody fills a post: as its holder, or by one of the four legal kinds of acting."""

    SELF = "self", _("ผู้ดำรงตำแหน่ง")
    ACTING_FOR = "acting_for", _("รักษาราชการแทน")
    DELEGATED = "delegated", _("ปฏิบัติราชการแทน")
    PERFORMING = "performing_duties", _("ปฏิบัติหน้าที่")
    ACTING_IN_POST = "acting_in_post", _("รักษาการในตำแหน่ง")


class Appointment(Dated):
    """A person in a post, from a day to a day, as its holder or acting, with the order that says so."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    capacity = models.CharField(_("ฐานะ"), max_length=20, choices=Capacity.choices, default=Capacity.SELF)
    order_no = models.CharField(_("คำสั่งที่"), max_length=60, blank=True)
    order_date = models.DateField(_("คำสั่งลงวันที่"), null=True, blank=True)
    scope_text = models.CharField(_("ขอบเขตอำนาจที่มอบ"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("การดำรงตำแหน่ง")
        ordering = ("-valid_from", "pk")

    def __str__(self) -> str:
        return f"{self.person} {self.get_capacity_display()} {self.post}"


class Committee(Dated):
    """A committee or working group, which exists only through an order with dates."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="committees")
    name = models.CharField(_("ชื่อคณะกรรมการหรือคณะทำงาน"), max_length=300)
    order_no = models.CharField(_("คำสั่งที่ (เลขที่/พ.ศ.)"), max_length=60)
    order_date = models.DateField(_("ลงวันที่"))
    duties = models.TextField(_("หน้าที่"), blank=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaces")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("คณะกรรมการ")
        ordering = ("-order_date", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "order_no", "name"], name="committee_once")]

    def __str__(self) -> str:
        return self.name


class CommitteeRole(models.TextChoices):
    """Places in a committee."""

    CHAIR = "chair", _("ประธานกรรมการ")
    VICE = "vice", _("รองประธานกรรมการ")
    MEMBER = "member", _("กรรมการ")
    SECRETARY = "secretary", _("กรรมการและเลขานุการ")
    ASSISTANT = "assistant", _("กรรมการและผู้ช่วยเลขานุการ")


class CommitteeMember(models.Model):
    """A person in a committee."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="committee_places")
    role = models.CharField(_("หน้าที่ในคณะ"), max_length=20, choices=CommitteeRole.choices)
    place = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("กรรมการ")
        ordering = ("place", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["committee", "person"], name="committee_member_once")]

    def __str__(self) -> str:
        return str(self.person)


class JobOrder(Dated):
    """A work assignment by order (คำสั่งมอบหมายงาน): who does what; replaced ones are kept as history."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="job_orders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="job_orders")
    duties = models.TextField(_("งานที่มอบหมาย"))
    order_no = models.CharField(_("คำสั่งที่"), max_length=60)
    order_date = models.DateField(_("ลงวันที่"))
    signer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("ผู้ลงนาม"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("คำสั่งมอบหมายงาน")
        ordering = ("-order_date", "pk")

    def __str__(self) -> str:
        return f"{self.order_no} {self.person}"


class Membership(models.Model):
    """An account's place in an agency: the person it stands for. Closing it takes every right away at once."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    is_open = models.BooleanField(_("เปิดใช้งาน"), default=True)

    class Meta:
        verbose_name = _("บัญชีผู้ใช้ในหน่วยงาน")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "user"], name="member_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(is_open=True), name="one_account_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.agency}"


class Invitation(models.Model):
    """A letter to a person to make an account. Only the hash of its token is kept; it works once, until it expires."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("ใช้ได้ถึง"))
    used_at = models.DateTimeField(_("ใช้เมื่อ"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ยกเลิกเมื่อ"), null=True, blank=True)

    class Meta:
        verbose_name = _("คำเชิญ")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return str(self.person)


class TableImport(models.Model):
    """A pasted or uploaded table of units, people or posts, waiting to be looked at and saved whole.

    rows: lists of texts as pasted, the head first. Fates are worked out anew whenever it is shown.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="table_imports")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    rows = models.JSONField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ตารางนำเข้า")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name or self.kind


class AppendOnly(models.QuerySet):
    """Rows that are added and read, never changed."""

    def update(self, **values: object) -> int:
        """Refuse."""
        raise TypeError("journal entries are never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError("journal entries are never deleted")


class AuditEntry(models.Model):
    """One line of the journal: who did what to which record, what it was before and after.

    number runs without a gap for each agency, and for what is done in none of them (agency None). hash covers every
    field and the hash of the entry before, so that a change of any line shows. changes: field name → [before, after].
    """

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="journal")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.CharField(max_length=300)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_text = models.CharField(max_length=300)
    changes = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("บันทึกการใช้งาน")
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(F("agency"), F("number"), name="journal_number_once"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(agency__isnull=True), name="installation_number_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "subject_type", "subject_id"], name="journal_subject"),
            models.Index(fields=["agency", "at"], name="journal_day"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject_text}"
