"""Reports: what is sealed, and the few dull columns in clear."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency


class Way(models.TextChoices):
    """By which channel it came."""

    PUBLIC = "public", _("หน้าแจ้งเรื่องสำหรับประชาชน")
    STAFF = "staff", _("หน้าแจ้งเบาะแสสำหรับบุคลากร")
    PAPER = "paper", _("หนังสือ โทรศัพท์ หรือมาด้วยตนเอง")
    APPEAL = "appeal", _("ร้องเรียนผลการประเมินการปฏิบัติงาน")
    MOVED = "moved", _("ย้ายมาจากเรื่องร้องเรียนทั่วไป")


class Category(models.TextChoices):
    """What it is about, in the words of the assessment and of the five offices' papers."""

    CORRUPTION = "corruption", _("ทุจริตต่อหน้าที่")
    BRIBE = "bribe", _("เรียกรับสินบน")
    ABUSE = "abuse", _("ใช้อำนาจหน้าที่โดยมิชอบ")
    PROCUREMENT = "procurement", _("การจัดซื้อจัดจ้าง")
    PROPERTY = "property", _("การใช้ทรัพย์สินของราชการ")
    BUDGET = "budget", _("การใช้งบประมาณเอื้อประโยชน์ผู้ใดผู้หนึ่ง")
    PERSONNEL = "personnel", _("การบริหารงานบุคคล")
    EVALUATION = "evaluation", _("ผลการประเมินการปฏิบัติงาน")
    OTHER = "other", _("อื่น ๆ")


class State(models.TextChoices):
    """Where a case stands. What leads from one to the next: ``states.py``."""

    RECEIVED = "received", _("รับเรื่องแล้ว")
    SCREENING = "screening", _("ตรวจสอบเบื้องต้น")
    WAITING = "waiting", _("รอข้อมูลเพิ่มเติมจากผู้แจ้ง")
    ACCEPTED = "accepted", _("รับไว้ดำเนินการ")
    FINDING = "finding", _("สอบข้อเท็จจริง")
    DISCIPLINE = "discipline", _("ดำเนินการทางวินัย")
    LIABILITY = "liability", _("ดำเนินการความรับผิดทางละเมิด")
    CRIMINAL = "criminal", _("ดำเนินคดีอาญา")
    REFERRED = "referred", _("ส่งต่อหน่วยงานที่มีอำนาจ")
    REFUSED = "refused", _("ไม่รับเรื่อง")
    NO_CASE = "no_case", _("ยุติเรื่อง ไม่พบมูล")
    INFORMED = "informed", _("แจ้งผลแล้ว")
    CLOSED = "closed", _("สิ้นสุด")


class Report(models.Model):
    """A report and its case. In clear: number, day, channel, category, state, when something is due, when it expires.

    number: five random digits, so that no gap tells of a report that one may not see. handle: SHA-256 of what the
    receipt gives, by which its case is found. dialogue_key, case_key: public keys of what the reporter may read too,
    and of what only handlers read. receipt_wrap: the first private key, closed for the receipt; wraps: both and the
    mark of the case in the journal, closed for each handler (``privacy.seal.wraps``). body: what was reported, for the
    dialogue key. roll_version: under which roll it was wrapped. is_stale: somebody lost the right to it, the next who
    opens it closes everything anew. shredded_on: since when nothing but the dull columns is left.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"dialogue_key", "case_key", "handle"})

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    number = models.CharField(_("เลขที่เรื่อง"), max_length=8)
    received_on = models.DateField(_("วันที่รับเรื่อง"))
    way = models.CharField(_("ช่องทาง"), max_length=10, choices=Way.choices)
    category = models.CharField(_("ประเภทเรื่อง"), max_length=12, choices=Category.choices)
    state = models.CharField(_("สถานะ"), max_length=12, choices=State.choices, default=State.RECEIVED)
    due_on = models.DateField(_("กำหนดถัดไป"), null=True, blank=True)
    expires_on = models.DateField(_("วันที่ทำลายข้อมูล"), null=True, blank=True)
    shredded_on = models.DateField(null=True, blank=True)
    handle = models.CharField(max_length=64, unique=True, null=True, editable=False)
    dialogue_key = models.CharField(max_length=80, blank=True, editable=False)
    case_key = models.CharField(max_length=80, blank=True, editable=False)
    receipt_wrap = models.BinaryField(default=b"", blank=True, editable=False)
    wraps = models.BinaryField(default=b"", blank=True, editable=False)
    body = models.BinaryField(default=b"", blank=True, editable=False)
    roll_version = models.PositiveIntegerField(default=1, editable=False)
    is_stale = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("เรื่องร้องเรียนการทุจริต")
        ordering = ("-received_on", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "number"], name="complaint_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "received_on"], name="complaint_day"),
            models.Index(fields=["expires_on"], name="complaint_expiry"),
        ]

    def __str__(self) -> str:
        return str(_("เรื่องในช่องทางแจ้งเรื่องทุจริต"))


class Message(models.Model):
    """Something said or done in a case: who, when and what are inside. is_dialogue: the reporter reads it too."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="messages")
    is_dialogue = models.BooleanField()
    sealed = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("ข้อความในเรื่อง")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.pk)


class SealedFile(models.Model):
    """A sealed file in the folder of sealed files. name: random. Its key stands in what names it, sealed too."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sealed_files")
    name = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("ไฟล์ปิดผนึก")

    def __str__(self) -> str:
        return self.name
