"""Forms for reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """The head's decision on a report. is_confirmed is asked only where another agency is named."""

    decision = forms.ChoiceField(choices=[("approve", _("อนุมัติ")), ("return", _("ส่งคืน"))])
    opinion = forms.CharField(label=_("ความเห็น"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    is_confirmed = forms.BooleanField(label=_("ยืนยันว่าชื่อหน่วยงานอื่นในรายงานถูกต้อง"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        return {
            "approve": given["decision"] == "approve",
            "opinion": given["opinion"],
            "is_confirmed": given["is_confirmed"],
            "version": given["version"],
        }
