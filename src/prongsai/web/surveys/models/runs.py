"""Surveys: a questionnaire asked of somebody between two days."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.questionnaires import model as pure
from prongsai.web.agencies.models import Agency, Unit, User
from prongsai.web.surveys.models.texts import Questionnaire

K = 5  # people: of fewer nothing is ever told


class SurveyState(models.TextChoices):
    """Where a survey stands."""

    DRAFT = "draft", _("กำลังเตรียม")
    OPEN = "open", _("เปิดรับคำตอบ")
    CLOSED = "closed", _("ปิดรับแล้ว รอนับ")
    COUNTED = "counted", _("นับแล้ว")
    DROPPED = "dropped", _("ยกเลิก ไม่เปิดคำตอบ")


class Grouping(models.TextChoices):
    """What the groups of a survey are."""

    NONE = "none", _("ไม่แบ่งกลุ่ม")
    UNIT = "unit", _("ส่วนราชการ")
    SERVICE = "service", _("งานบริการ")
    OTHER = "other", _("กลุ่มที่กำหนดเอง")


class Survey(models.Model):
    """A survey. Once it is open, content, sha256, k and grouping never change; answers are sealed for ``recipient``.

    content: the questionnaire as it was asked. address: random, the end of the open link. recipient: public key
    ``age1…`` of answers that are not counted yet; its other half is a file outside the database and every backup
    (``surveys.keys``). closes_at: answers after it are not taken. is_monthly: counted at the end of each month, for
    surveys that stay open all year. has_link: whoever has the address may answer; else only who has a code.
    window_*: who confirmed that a practice survey may run while the dates of the official one are not known.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="surveys")
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="surveys", verbose_name=_("แบบสอบถาม")
    )
    title = models.CharField(_("ชื่อการสำรวจ"), max_length=200)
    title_en = models.CharField(_("ชื่อภาษาอังกฤษ"), max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    content = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    fiscal_year_be = models.PositiveSmallIntegerField(_("ปีงบประมาณ (พ.ศ.)"))
    grouping = models.CharField(_("แบ่งกลุ่มตาม"), max_length=10, choices=Grouping.choices, default=Grouping.NONE)
    k = models.PositiveSmallIntegerField(_("กลุ่มเล็กที่สุดที่แสดงผล (คน)"), default=K, validators=[MinValueValidator(K)])
    address = models.CharField(max_length=20, unique=True, editable=False)
    has_link = models.BooleanField(_("ตอบได้จากลิงก์หรือ QR โดยไม่ใช้รหัส"), default=True)
    is_monthly = models.BooleanField(_("เปิดทั้งปี นับผลทุกสิ้นเดือน"), default=False)
    opens_on = models.DateField(_("วันเปิด"), null=True, blank=True)
    closes_at = models.DateTimeField(_("ปิดรับเมื่อ"))
    state = models.CharField(max_length=10, choices=SurveyState.choices, default=SurveyState.DRAFT)
    recipient = models.CharField(max_length=80, blank=True, editable=False)
    window_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    window_on = models.DateField(null=True, blank=True)
    window_reason = models.CharField(_("เหตุผลที่ยืนยันว่าไม่ตรงกับช่วงสำรวจทางการ"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("การสำรวจ")
        ordering = ("-fiscal_year_be", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(k__gte=K), name="survey_k_at_least"),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(recipient="") & ~Q(sha256="")), name="survey_open_is_sealed"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def pure(self) -> pure.Questionnaire:
        """What is asked: as frozen at opening, before that as the questionnaire stands."""
        return pure.questionnaire_from(self.content) if self.content else self.questionnaire.pure

    @property
    def is_taking(self) -> bool:
        """Whether answers are taken at this moment."""
        return self.state == SurveyState.OPEN and timezone.now() <= self.closes_at

    @property
    def is_practice(self) -> bool:
        """Whether it practises for an official survey."""
        return pure.Kind(self.kind).is_practice


class Group(models.Model):
    """Whom a survey is asked of: a unit, a service, a group of people. Answers keep it if at least k share it.

    address: random, the end of the group's own link and poster. headcount: how many may answer. quota: of the open
    link no more are taken; taken: how many were, counted only where there is a quota.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="groups")
    name = models.CharField(_("กลุ่ม"), max_length=200)
    name_en = models.CharField(_("ชื่อภาษาอังกฤษ"), max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ส่วนราชการ"))
    address = models.CharField(max_length=20, unique=True, editable=False)
    headcount = models.PositiveIntegerField(_("จำนวนผู้มีสิทธิ์ตอบ"), null=True, blank=True)
    quota = models.PositiveIntegerField(_("รับจากลิงก์ไม่เกิน (คน)"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("กลุ่มผู้ตอบ")
        ordering = ("place", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "name"], name="survey_group_once"),
            models.CheckConstraint(
                condition=Q(quota__isnull=True) | Q(taken__lte=F("quota")), name="survey_group_within_quota"
            ),
        ]

    def __str__(self) -> str:
        return self.name
