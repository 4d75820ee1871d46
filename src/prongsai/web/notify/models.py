"""Mail, kept until it has left."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Agency

MOST_TRIES = 10


class MailQuerySet(models.QuerySet):
    """Filters by what is to be done."""

    def unsent(self) -> MailQuerySet:
        """Keep what has not left yet."""
        return self.filter(sent_at__isnull=True)

    def due(self, now: datetime) -> MailQuerySet:
        """Keep what may be tried again by itself."""
        return self.unsent().filter(tries__lt=MOST_TRIES, due_at__lte=now)


class Mail(models.Model):
    """A mail to one address. Unsent ones are tried again; error: why the last try failed.

    Its text is emptied once it has left: it may hold a link that lets somebody in. due_at: not tried again before.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="mail")
    to = models.EmailField(_("ถึง"))
    subject = models.CharField(_("เรื่อง"), max_length=300)
    text = models.TextField(_("ข้อความ"), blank=True)
    made_at = models.DateTimeField(_("ส่งเมื่อ"), auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("ออกไปเมื่อ"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("พยายามแล้ว (ครั้ง)"), default=0)
    error = models.CharField(_("เหตุที่ส่งไม่ได้"), max_length=500, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("จดหมาย")
        ordering = ("-made_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["sent_at", "due_at"], name="mail_unsent")]

    def __str__(self) -> str:
        return f"{self.to} {self.subject}"

    def clean(self) -> None:
        """Refuse a subject of several lines: what follows would be read as further heads of the mail."""
        if len(self.subject.splitlines()) > 1:
            raise ValidationError({"subject": _("เรื่องของจดหมายต้องเป็นบรรทัดเดียว")})
