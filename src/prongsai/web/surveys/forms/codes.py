"""Forms that make codes, mail them and remind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Group, Survey
from prongsai.web.surveys.queries.codes import people_with_mail
from prongsai.web.surveys.services.codes import BATCH_MAX
from prongsai.web.surveys.services.mailing import MOST, addresses_in
from prongsai.web.ui.forms import ThaiIntegerField
from prongsai.web.ui.templatetags.ui import thai_digits

_TEXT_MAX = 20_000


def group_field(survey: Survey) -> forms.ModelChoiceField[Group]:
    """Make a choice among the groups of a survey."""
    return forms.ModelChoiceField(
        survey.groups.all(), required=False, label=_("กลุ่มผู้ตอบ"), empty_label=str(_("ไม่ระบุกลุ่ม"))
    )


class CodesForm(forms.Form):
    """Whose codes, and how many."""

    size = ThaiIntegerField(label=_("จำนวนรหัส"))

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"group": group_field(survey)} | self.fields
        told = {"k": thai_digits(survey.k), "most": thai_digits(BATCH_MAX)}
        self.fields["size"].help_text = _("%(k)s ถึง %(most)s รหัส เผื่อใบหายไว้บ้าง") % told
        self.fields["size"].widget.attrs["inputmode"] = "numeric"


class ReceiversForm(forms.Form):
    """Who gets a mail: pasted, everybody of the staff with an e-mail, or some of them. Kept nowhere."""

    addresses = forms.CharField(
        label=_("อีเมลผู้รับ"),
        required=False,
        max_length=_TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    everybody = forms.BooleanField(required=False)
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), required=False, label=_("หรือเลือกทีละคน"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, scope: Scope, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = people_with_mail(scope)
        self.staff = staff.count()
        self.fields["people"].queryset = staff  # type: ignore[attr-defined]
        self.fields["everybody"].label = _("บุคลากรทุกคนที่มีอีเมลในระบบ (%(n)s คน)") % {"n": thai_digits(self.staff)}
        told = {"k": thai_digits(survey.k), "most": thai_digits(MOST)}
        self.fields["addresses"].help_text = (
            _("วางได้ทั้งรายการ คั่นด้วยบรรทัด จุลภาค หรือเว้นวรรค %(k)s ถึง %(most)s อีเมล") % told
        )

    def clean(self) -> dict[str, Any]:
        """Put everybody together as ``to``."""
        given = super().clean() or {}
        pasted = addresses_in(given.get("addresses", ""))
        people = self.fields["people"].queryset if given.get("everybody") else given.get("people") or ()  # type: ignore[attr-defined]
        given["to"] = [*pasted, *(one.email for one in people)]
        return given


class MailForm(ReceiversForm):
    """Who gets a mail with a code, and whose answers it brings."""

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, survey=survey, **kwargs)
        self.fields = {"group": group_field(survey)} | self.fields
