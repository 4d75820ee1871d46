"""When somebody may complain about how their own work was evaluated."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency


class AppealRound(models.Model):
    """A round of evaluation and the days on which those who were evaluated in it may complain, both included."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(_("รอบการประเมิน"), max_length=200)
    opens_on = models.DateField(_("ร้องเรียนได้ตั้งแต่วันที่"))
    closes_on = models.DateField(_("ร้องเรียนได้ถึงวันที่"))
    evaluated = models.ManyToManyField(
        "agencies.Person", related_name="+", verbose_name=_("ผู้รับการประเมินในรอบนี้"), blank=True
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("รอบร้องเรียนผลการประเมิน")
        ordering = ("-opens_on", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "name"], name="appeal_round_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an end before the start."""
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("วันสิ้นสุดอยู่ก่อนวันเริ่มต้น")})
