"""Forms of the privacy gate and of erasing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.disclosure.models import GateCheck, GateOutcome


class DecideForm(forms.Form):
    """What becomes of what was found."""

    outcome = forms.ChoiceField(label=_("ตัดสินใจ"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("เหตุผล"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("จำเป็นเมื่อเผยแพร่ตามเดิม เช่น เป็นหมายเลขสำนักงาน หรือกฎหมายให้เปิดเผย"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, check: GateCheck, *args: Any, **kwargs: Any) -> None:
        first = GateOutcome.CLEANED if check.cleaned_id else GateOutcome.RELEASED
        kwargs["initial"] = {"version": check.version, "outcome": first.value}
        super().__init__(*args, **kwargs)
        cleaned = [(GateOutcome.CLEANED.value, _("ใช้ฉบับที่ทำความสะอาดแล้ว (แนะนำ)"))] if check.cleaned_id else []
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            *cleaned,
            (GateOutcome.RELEASED.value, _("เผยแพร่ตามเดิม โดยมีเหตุผล")),
        ]


class EraseForm(forms.Form):
    """Why bytes are erased, and that it is meant."""

    reason = forms.CharField(
        label=_("เหตุผล"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("เช่น เจ้าของข้อมูลขอให้ลบ อย่าใส่ข้อมูลส่วนบุคคลนั้นซ้ำ"),
    )
    is_sure = forms.BooleanField(label=_("เข้าใจว่าไฟล์จะหายถาวร กู้คืนไม่ได้ เหลือเพียงค่าแฮช"))


class EraseReleaseForm(forms.Form):
    """Why the words of a release are erased, by what title it is told from now on, and that it is meant."""

    reason = forms.CharField(
        label=_("เหตุผล"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("เช่น เจ้าของข้อมูลขอให้ลบ อย่าใส่ข้อมูลส่วนบุคคลนั้นซ้ำ"),
    )
    title = forms.CharField(
        label=_("ชื่อเรื่องใหม่ที่ไม่มีข้อมูลส่วนบุคคล"),
        required=False,
        max_length=300,
        help_text=_("เว้นว่างถ้าชื่อเดิมใช้ต่อได้ ถ้าเปลี่ยน ชื่อไฟล์ที่แสดงจะถูกแทนด้วยชื่อในที่อยู่ด้วย"),
    )
    is_sure = forms.BooleanField(label=_("เข้าใจว่าเนื้อหาจะหายถาวร กู้คืนไม่ได้ เหลือเพียงค่าแฮช"))
    version = forms.IntegerField(widget=forms.HiddenInput)
