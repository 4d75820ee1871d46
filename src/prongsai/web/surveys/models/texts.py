"""Questionnaires of an office, as they are written; a survey that opens takes a copy that never changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.questionnaires import model as pure
from prongsai.web.agencies.models import Agency, User


class Questionnaire(models.Model):
    """A questionnaire that an office made or took from the library. content: ``questionnaires.model`` as JSON.

    library: the id of the shipped one it is, "" for one of the office's own. Practice questionnaires are never changed.
    """

    JOURNAL_HASHED: ClassVar = frozenset({"content"})  # some 20 kB at every step of writing; surveys keep what they ask

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="questionnaires")
    title = models.CharField(_("ชื่อแบบสอบถาม"), max_length=200)
    kind = models.CharField(_("ชนิด"), max_length=20)
    library = models.SlugField(max_length=60, blank=True)
    content = models.JSONField()
    is_shelved = models.BooleanField(_("เก็บเข้ากรุ"), default=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("แบบสอบถาม")
        ordering = ("kind", "title", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def pure(self) -> pure.Questionnaire:
        """What it says, as frozen records."""
        return pure.questionnaire_from(self.content)
