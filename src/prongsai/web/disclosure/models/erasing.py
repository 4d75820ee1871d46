"""What was drawn anew or erased for somebody's privacy."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, Person
from prongsai.web.evidence.models import File


class Portrait(models.Model):
    """The picture that the public site shows of an executive: drawn anew, without what a camera wrote into the file.

    drawn: None when the original could not be drawn.
    """

    original = models.OneToOneField(File, models.PROTECT, related_name="+")
    drawn = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("ภาพผู้บริหารในเว็บสาธารณะ")

    def __str__(self) -> str:
        return str(self.original)


class Erasure(models.Model):
    """That something was erased from everywhere for somebody's privacy; the hash stays. places: what held it, counted.

    sha256: of the bytes of a file, or of a release whose words were erased.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="erasures")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    reason = models.TextField(_("เหตุผล"))
    places: Any = models.JSONField(default=dict, blank=True)
    erased_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    erased_as = models.CharField(max_length=300, blank=True)
    erased_at = models.DateTimeField()

    class Meta:
        verbose_name = _("การลบข้อมูลส่วนบุคคลที่เผยแพร่")
        ordering = ("-pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "sha256"], name="erasure_once")]

    def __str__(self) -> str:
        return self.name
