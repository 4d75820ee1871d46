"""The four parts of the guideline."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.reports.forms.complaint_guideline import PARTS
from prongsai.thai.numerals import to_thai
from prongsai.web.complaints.models import Guideline
from prongsai.web.ui.forms import VersionedForm

_HELP = {
    "how": _("บอกทุกช่องทางที่คนภายนอกใช้ได้ รวมช่องทางของ ป.ป.ช. และ ป.ป.ท. ข้อละบรรทัด"),
    "steps": _("ตั้งแต่รับเรื่องจนแจ้งผลและสิ้นสุด ข้อละบรรทัด"),
    "unit": _("ส่วนงานและตำแหน่งที่รับผิดชอบ ใครรับแทนเมื่อผู้บริหารถูกร้อง ข้อละบรรทัด"),
    "times": _("แต่ละขั้นตอนใช้เวลากี่วัน ให้ตรงกับกำหนดที่ตั้งไว้ในช่องทาง ข้อละบรรทัด"),
}


class GuidelineForm(VersionedForm):
    """What each part says, an item a line."""

    class Meta:
        model = Guideline
        fields = tuple(PARTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["version"].initial = 0
        for name in PARTS:
            field = self.fields[name]
            field.widget = forms.Textarea(attrs={"rows": 6})
            field.help_text = _HELP[name]
            field.required = False  # a draft may still lack a part; an adopted one may not


class AdoptForm(forms.Form):
    """What who adopts it has looked at."""

    ticked = forms.MultipleChoiceField(
        label=_("ตรวจแล้วว่ามีครบ"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(key, to_thai(title)) for key, title in PARTS.items()],
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
