"""A year's assessment of one agency."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, Post, Unit, User
from prongsai.web.evidence.models import Evidence, File


class CycleState(models.TextChoices):
    """A closed cycle is read-only."""

    OPEN = "open", _("เปิดอยู่")
    CLOSED = "closed", _("ปิดแล้ว")


class Cycle(models.Model):
    """Agency × framework.

    fiscal_year_be: the assessed year, the framework's. measures_year_be: in which the measures are carried out.
    framework_sha256: the edition it was opened with.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cycles")
    framework_id = models.SlugField(_("กรอบการประเมิน"), max_length=60)
    framework_kind = models.CharField(max_length=30)
    framework_sha256 = models.CharField(max_length=64)
    fiscal_year_be = models.PositiveSmallIntegerField(_("ปีที่ประเมิน (พ.ศ.)"))
    measures_year_be = models.PositiveSmallIntegerField(_("ปีที่ดำเนินมาตรการ (พ.ศ.)"))
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    target_pct = models.DecimalField(_("คะแนนเป้าหมาย"), max_digits=5, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=10, choices=CycleState.choices, default=CycleState.OPEN)
    opened_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("รอบการประเมิน")
        ordering = ("-fiscal_year_be", "framework_id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "framework_id"], name="cycle_framework_once"),
            models.UniqueConstraint(fields=["agency", "framework_kind", "fiscal_year_be"], name="cycle_year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.framework_kind.upper()} ปีงบประมาณ {self.fiscal_year_be}"


class CycleDate(models.Model):
    """A step of the commission's calendar, as the office entered it. key: the framework's calendar key or ``own-N``."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="dates")
    key = models.SlugField(max_length=60)
    name = models.CharField(_("ขั้นตอน"), max_length=300)
    starts_on = models.DateField(_("เริ่ม"), null=True, blank=True)
    ends_on = models.DateField(_("สิ้นสุด"), null=True, blank=True)
    source = models.CharField(_("ที่มา เช่น เลขหนังสือ"), max_length=300, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("กำหนดการ")
        ordering = ("place", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["cycle", "key"], name="cycle_date_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an end before the start."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น")})


class Work(models.TextChoices):
    """How far the work on an item is."""

    NOT_STARTED = "not_started", _("ยังไม่เริ่ม")
    IN_PROGRESS = "in_progress", _("กำลังดำเนินการ")
    READY = "ready", _("พร้อมส่ง")
    SUBMITTED = "submitted", _("ส่งแล้ว")


class CarryState(models.TextChoices):
    """Whether what last year's items left to this one is settled. Splits and merges are asked."""

    NONE = "none", _("ไม่มีข้อเดิม")
    CARRIED = "carried", _("ยกมาแล้ว")
    ASK = "ask", _("รอยืนยัน")


class ItemState(models.Model):
    """An item of the framework in a cycle. key and code are the framework's; title as it was when the cycle opened.

    remark: what this year's assessor wrote. last_*: what last year's item left: score 0–100, the assessor's remark, the
    codes it had.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="items")
    key = models.CharField(max_length=100)
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=500)
    indicator = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("ส่วนราชการเจ้าของ")
    )
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("ตำแหน่งผู้รับผิดชอบ")
    )
    due_on = models.DateField(_("กำหนดส่ง"), null=True, blank=True)
    work = models.CharField(_("สถานะ"), max_length=20, choices=Work.choices, default=Work.NOT_STARTED)
    note = models.TextField(_("บันทึก"), blank=True)
    remark = models.TextField(_("ข้อสังเกตของผู้ประเมินปีนี้"), blank=True)
    carry = models.CharField(max_length=10, choices=CarryState.choices, default=CarryState.NONE)
    last_items = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="next_items")
    last_codes = models.CharField(max_length=200, blank=True)
    last_score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    last_remark = models.TextField(_("ข้อสังเกตของผู้ประเมินปีก่อน"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ข้อ OIT")
        ordering = ("place",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["cycle", "key"], name="item_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Verdict(models.TextChoices):
    """What a person says of an element."""

    PASS = "pass", _("ครบ")
    FAIL = "fail", _("ยังขาด")
    CANNOT_TELL = "cannot_tell", _("ตอบไม่ได้")


class ElementState(models.Model):
    """One checkable requirement of an item. verdict empty: nobody has looked yet."""

    item = models.ForeignKey(ItemState, models.CASCADE, related_name="elements")
    key = models.CharField(max_length=100)
    text = models.TextField()
    place = models.PositiveSmallIntegerField()
    verdict = models.CharField(_("ผลตรวจ"), max_length=20, choices=Verdict.choices, blank=True)
    reason = models.TextField(_("เหตุผล"), blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    evidence = models.ManyToManyField(Evidence, through="ElementEvidence", related_name="elements")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("องค์ประกอบด้านข้อมูล")
        ordering = ("place",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "key"], name="element_once")]

    def __str__(self) -> str:
        return self.text


class ElementEvidence(models.Model):
    """Evidence for an element. page: where in the document to look."""

    element = models.ForeignKey(ElementState, models.CASCADE, related_name="proofs")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="element_links")
    page = models.CharField(_("หน้า / ตำแหน่งในเอกสาร"), max_length=100, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["element", "evidence"], name="element_evidence_once")]

    def __str__(self) -> str:
        return f"{self.element} – {self.evidence}"


class ScoreKind(models.TextChoices):
    """Whose scores they are."""

    OFFICIAL = "official", _("ผลทางการของ ป.ป.ช.")
    OWN = "own", _("หน่วยงานประเมินเอง")


class ScoreSnapshot(models.Model):
    """Scores as they were given at one time; never edited, only followed by a newer one.

    given: what was entered, the form that ``prongsai score`` takes ({"indicators", "items", "overall", "level"}).
    result: what ``prongsai score --json`` makes of it.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="scores")
    kind = models.CharField(_("ที่มาของคะแนน"), max_length=10, choices=ScoreKind.choices)
    given = models.JSONField()
    result = models.JSONField()
    overall_pct = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    level = models.CharField(max_length=60, blank=True)
    source = models.CharField(_("ที่มา เช่น ชื่อไฟล์"), max_length=300, blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("ภาพคะแนน")
        ordering = ("-taken_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.overall_pct or ''}"


class Analysis(models.Model):
    """The analysis of a cycle's result. texts: issue number → what a person wrote in place of the generated words.

    snapshot: the scores that it rests on; approved_by None: a draft. written_by: who wrote last, who may not approve.
    """

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="analysis")
    snapshot = models.ForeignKey(ScoreSnapshot, models.PROTECT, null=True, blank=True, related_name="+")
    texts = models.JSONField(default=dict, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_as = models.CharField(_("ในฐานะ"), max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("การวิเคราะห์ผลการประเมิน")

    def __str__(self) -> str:
        return f"การวิเคราะห์ผลการประเมิน {self.cycle}"


class FindingState(models.TextChoices):
    """Whether somebody is at it."""

    OPEN = "open", _("ยังไม่มีมาตรการ")
    COVERED = "covered", _("มีมาตรการแล้ว")
    CLOSED = "closed", _("ปิดแล้ว")


class Finding(models.Model):
    """A gap: what is short, why, and who answers for it. score: last year's, 0–100.

    variants: other printings of the same gap, kept whole. source: where it was read, as printed.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="findings")
    item = models.ForeignKey(ItemState, models.PROTECT, null=True, blank=True, related_name="findings")
    indicator = models.CharField(_("ตัวชี้วัด"), max_length=20, blank=True)
    issue_no = models.PositiveSmallIntegerField(_("ประเด็นที่"), null=True, blank=True)
    printed_code = models.CharField(max_length=20, blank=True)
    title = models.CharField(_("เรื่อง"), max_length=500)
    score = models.DecimalField(_("คะแนนปีก่อน"), max_digits=5, decimal_places=2, null=True, blank=True)
    what_was_done = models.TextField(_("ผลการดำเนินการปีก่อน"), blank=True)
    advice = models.TextField(_("ข้อเสนอแนะ"), blank=True)
    elements_text = models.TextField(_("องค์ประกอบที่ระบุในเอกสาร"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("ส่วนราชการรับผิดชอบ")
    )
    units_text = models.CharField(_("ผู้รับผิดชอบตามเอกสาร"), max_length=500, blank=True)
    state = models.CharField(_("สถานะ"), max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    closed_reason = models.TextField(_("เหตุผลที่ปิด"), blank=True)
    variants = models.JSONField(default=list, blank=True)
    source = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ประเด็นที่ต้องปรับปรุง")
        ordering = ("issue_no", "indicator", "pk")

    def __str__(self) -> str:
        return self.title
