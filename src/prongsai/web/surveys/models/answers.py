"""Answers: sealed boxes until they are counted, then rows that were shuffled, with nothing that leads back."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.surveys.models.codes import DIGEST_MAX
from prongsai.web.surveys.models.runs import Group, Survey


class Box(models.Model):
    """A sheet that was taken, sealed over equally many bytes whatever is in it. Emptied when it is counted.

    key: the digest of the form it came with, so that a form that is sent twice counts once. sealed: None once counted;
    such rows stay until the survey closes, for a form that is sent once more after a month was counted.
    """

    key = models.CharField(max_length=DIGEST_MAX, primary_key=True)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="boxes")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="boxes")
    sealed = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("คำตอบที่ปิดผนึก")
        indexes: ClassVar = [
            models.Index(
                fields=["survey", "group"], condition=models.Q(sealed__isnull=False), name="survey_box_waiting"
            )
        ]

    def __str__(self) -> str:
        return str(_("คำตอบที่ปิดผนึก"))


class Count(models.Model):
    """The opening of all boxes of a survey at once, at least k.

    number: 1, 2, … of its survey. received: how many boxes there were. Answers of groups with fewer than k are
    kept without a group.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="counts")
    number = models.PositiveSmallIntegerField()
    counted_on = models.DateField()
    received = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("การนับคำตอบ")
        ordering = ("number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "number"], name="survey_count_once")]

    def __str__(self) -> str:
        return f"{self.survey} {self.number}"


class Answer(models.Model):
    """The rated answers of one sheet. group: None where fewer than k of the count share it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    count = models.ForeignKey(Count, models.PROTECT, related_name="answers")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="answers")
    values = models.JSONField()

    class Meta:
        verbose_name = _("คำตอบ")

    def __str__(self) -> str:
        return str(_("คำตอบ"))


class Aside(models.Model):
    """One answer about who answered, or in words, apart from every other answer of its sheet and from its group.

    is_hidden: words that somebody took out of what is shown, because they name a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    count = models.ForeignKey(Count, models.PROTECT, related_name="asides")
    question = models.CharField(max_length=40)
    value = models.JSONField()
    is_text = models.BooleanField()
    is_hidden = models.BooleanField(_("ไม่แสดง"), default=False)

    class Meta:
        verbose_name = _("คำตอบที่เก็บแยก")
        indexes: ClassVar = [models.Index(fields=["count", "question"], name="survey_aside_question")]

    def __str__(self) -> str:
        return str(_("คำตอบที่เก็บแยก"))
