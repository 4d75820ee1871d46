"""Other places where the office posts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency, User
from prongsai.web.disclosure.models.pages import ADDRESS_MAX, Page
from prongsai.web.evidence.models import File


class Channel(models.Model):
    """Another place where the office posts: Facebook, LINE, the notice board."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="channels")
    name = models.CharField(_("ช่องทาง"), max_length=120)
    is_online = models.BooleanField(_("เป็นช่องทางออนไลน์"), default=True)
    is_open = models.BooleanField(_("ยังใช้อยู่"), default=True)
    place = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("ช่องทางเผยแพร่")
        ordering = ("place", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "name"], name="channel_name_once")]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """That a page was posted in another channel. With neither an address nor a proof it is planned, and not counted."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="postings")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="postings")
    address = models.URLField(_("ที่อยู่ของโพสต์ (URL)"), max_length=ADDRESS_MAX, blank=True)
    proof = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    posted_on = models.DateField(_("วันที่โพสต์"), null=True, blank=True)
    note = models.CharField(_("หมายเหตุ"), max_length=300, blank=True)
    posted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("การโพสต์ในช่องทางอื่น")
        ordering = ("posted_on", "pk")

    def __str__(self) -> str:
        return f"{self.channel} {self.page}"

    @property
    def is_counted(self) -> bool:
        """Whether something shows that it was posted."""
        return bool(self.posted_on and (self.address or self.proof_id))
