"""What is done about findings, who was told to do it, and the reports on it."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, Committee, Person, Post, Unit, User
from prongsai.web.cycles.models import Cycle, ElementState, Finding, ItemState
from prongsai.web.evidence.models import Evidence, File


class MeasureState(models.TextChoices):
    """How far a measure is."""

    DRAFT = "draft", _("ร่าง")
    RUNNING = "running", _("กำลังดำเนินการ")
    DONE = "done", _("แล้วเสร็จ")
    CARRIED = "carried", _("ยกไปปีถัดไป")


class Measure(models.Model):
    """A measure. seq and period_text as printed in the paper or typed. issue_title: as printed.

    notes: the paper's last column. source: where it was read: file, place, printed words.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="measures")
    issue_no = models.PositiveSmallIntegerField(_("ประเด็นที่"), null=True, blank=True)
    issue_title = models.CharField(_("ชื่อประเด็น"), max_length=500, blank=True)
    seq = models.CharField(_("ลำดับ"), max_length=20, blank=True)
    title = models.TextField(_("มาตรการ"))
    starts_on = models.DateField(_("เริ่ม"), null=True, blank=True)
    ends_on = models.DateField(_("สิ้นสุด"), null=True, blank=True)
    period_text = models.CharField(_("ระยะเวลาตามที่พิมพ์"), max_length=300, blank=True)
    budget_thb = models.DecimalField(_("งบประมาณ (บาท)"), max_digits=14, decimal_places=2, null=True, blank=True)
    weaknesses = models.JSONField(default=list, blank=True)
    follow_up = models.JSONField(default=list, blank=True)
    notes = models.TextField(_("หมายเหตุ"), blank=True)
    state = models.CharField(_("สถานะ"), max_length=10, choices=MeasureState.choices, default=MeasureState.DRAFT)
    findings = models.ManyToManyField(Finding, blank=True, related_name="measures")
    elements = models.ManyToManyField(ElementState, blank=True, related_name="measures")
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="measures")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_to")
    source = models.JSONField(default=dict, blank=True)
    place = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    shown_with: ClassVar = ("cycle__agency",)

    class Meta:
        verbose_name = _("มาตรการ")
        ordering = ("place", "pk")
        constraints: ClassVar = [
            # Without an issue there is no key: papers without issues number anew in every table.
            models.UniqueConstraint(
                fields=["cycle", "issue_no", "seq"],
                condition=Q(issue_no__isnull=False) & ~Q(seq=""),
                name="measure_key_once",
                violation_error_message=_("ในประเด็นนี้มีมาตรการลำดับนี้แล้ว"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("plans:measure", args=(self.cycle.agency.code, self.pk))

    def clean(self) -> None:
        """Refuse an end before the start."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น")})


class MeasureOwner(models.Model):
    """Who answers for a measure: printed, and the unit or post it means where that is known."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="owners")
    text = models.CharField(_("ผู้รับผิดชอบตามที่พิมพ์"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="measure_places")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.text


class Step(models.Model):
    """A step of a measure, with its own due date and day of doing where they are known."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("ขั้นตอน"))
    due_on = models.DateField(_("กำหนดแล้วเสร็จ"), null=True, blank=True)
    done_on = models.DateField(_("แล้วเสร็จเมื่อ"), null=True, blank=True)

    class Meta:
        verbose_name = _("ขั้นตอน")
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.text


class Progress(models.Model):
    """What was done (result) and what it changed (outcome), on a day. Entries read from a paper may have no day.

    Either text may be empty, not both.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="progress")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="progress")
    on = models.DateField(_("วันที่ดำเนินการ"), null=True, blank=True)
    result = models.TextField(_("ผลการดำเนินการ (ทำอะไร)"), blank=True)
    outcome = models.TextField(_("ผลลัพธ์ (เกิดอะไรขึ้น)"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="progress")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    place = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ความก้าวหน้า")
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.result or self.outcome

    def clean(self) -> None:
        """Refuse an empty entry."""
        if not (self.result.strip() or self.outcome.strip()):
            raise ValidationError({"result": _("กรอกผลการดำเนินการหรือผลลัพธ์อย่างน้อยหนึ่งช่อง")})


class Dispatch(models.Model):
    """An assignment memo as a live table: chosen findings given to units with a deadline. issued_on None: a draft.

    committee: on whose recommendation, its order must be in force on the day of issue.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="dispatches")
    subject = models.CharField(_("เรื่อง"), max_length=300)
    number = models.CharField(_("ที่ (เลขหนังสือ)"), max_length=60, blank=True)
    issued_on = models.DateField(_("ลงวันที่"), null=True, blank=True)
    due_on = models.DateField(_("ส่งภายในวันที่"))
    committee = models.ForeignKey(Committee, models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.CharField(_("มติที่ประชุม (ครั้งที่ และวันที่)"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("บันทึกมอบหมาย")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.subject


class DispatchRow(models.Model):
    """A finding on an assignment memo and who is to answer for it. Issuing the memo makes tasks of it.

    lead: None only with all_units. pilot: tries it first; the others follow when the pilot is accepted.
    """

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="rows")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="dispatch_rows")
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("หน่วยหลัก"))
    supporting = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("หน่วยสนับสนุน"))
    pilot = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("หน่วยนำร่อง")
    )
    all_units = models.BooleanField(_("ทุกหน่วยงาน"), default=False)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("ข้อในบันทึกมอบหมาย")
        ordering = ("place", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dispatch", "finding"], name="finding_once_a_dispatch")
        ]

    def __str__(self) -> str:
        return str(self.finding)

    def clean(self) -> None:
        """Refuse a row that nobody answers for."""
        if self.lead_id is None and not self.all_units:
            raise ValidationError({"lead": _("เลือกหน่วยหลัก หรือเลือกทุกหน่วยงาน")})


class TaskState(models.TextChoices):
    """The way of a task; overdue is worked out from its due date."""

    ASSIGNED = "assigned", _("มอบหมายแล้ว")
    ACKNOWLEDGED = "acknowledged", _("รับทราบแล้ว")
    IN_PROGRESS = "in_progress", _("กำลังดำเนินการ")
    SUBMITTED = "submitted", _("ส่งแล้ว รอตรวจ")
    RETURNED = "returned", _("ส่งคืนให้แก้ไข")
    ACCEPTED = "accepted", _("รับแล้ว")


class Task(models.Model):
    """What one unit has to do about one finding (or measure). "All units" becomes one task each.

    is_lead: the unit that answers for it; others support. is_pilot: tried here first; closing it needs a result.
    """

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, null=True, blank=True, related_name="tasks")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="tasks")
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="tasks")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="tasks")
    item = models.ForeignKey(ItemState, models.PROTECT, null=True, blank=True, related_name="tasks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    title = models.CharField(_("งานที่ต้องทำ"), max_length=500)
    is_lead = models.BooleanField(_("หน่วยหลัก"), default=True)
    is_pilot = models.BooleanField(_("หน่วยนำร่อง"), default=False)
    rolled_out_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="rolled_out")
    due_on = models.DateField(_("กำหนดส่ง"))
    state = models.CharField(_("สถานะ"), max_length=20, choices=TaskState.choices, default=TaskState.ASSIGNED)
    answer = models.TextField(_("สิ่งที่ดำเนินการแล้ว"), blank=True)
    returned_reason = models.TextField(_("เหตุที่ส่งคืน"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="tasks")
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    shown_with: ClassVar = ("cycle__agency",)

    class Meta:
        verbose_name = _("งานที่มอบหมาย")
        ordering = ("due_on", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dispatch", "finding", "unit"], condition=Q(finding__isnull=False), name="task_once_a_finding"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("plans:task", args=(self.cycle.agency.code, self.pk))


class ReportState(models.TextChoices):
    """A report waits for the head, who approves it or sends it back."""

    DRAFT = "draft", _("ร่าง รออนุมัติ")
    APPROVED = "approved", _("อนุมัติแล้ว")
    RETURNED = "returned", _("ส่งคืน")


class Report(models.Model):
    """A paper made of the cycle's records at one time, approved by somebody else than who made it.

    kind: of ``reports.catalogue``. records: what ``prongsai write`` takes, frozen; docx and pdf: the files of them.
    problems: what was wrong or lacking then (``Problem.to_json``). is_confirmed: that other agencies are rightly named.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reports")
    kind = models.CharField(_("ชนิดรายงาน"), max_length=40)
    title = models.CharField(_("ชื่อรายงาน"), max_length=300)
    records = models.JSONField()
    problems = models.JSONField(default=list, blank=True)
    is_confirmed = models.BooleanField(_("ยืนยันชื่อหน่วยงานอื่นแล้ว"), default=False)
    docx = models.ForeignKey(File, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("สถานะ"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_as = models.CharField(_("ในฐานะ"), max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    opinion = models.TextField(_("ความเห็น"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("รายงาน")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.title
