"""Files that come to a letter, readers of a secret one, why a draft is dropped, deliveries."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.forms import EvidenceChoice, SafeFileField
from prongsai.web.evidence.models import Evidence
from prongsai.web.evidence.queries import usable
from prongsai.web.letters.forms.fields import LinesField, Staff
from prongsai.web.letters.models import Delivery, Letter, Way
from prongsai.web.ui.forms import ThaiDateField, ThaiIntegerField

WORD = ".docx"


class WordForm(forms.Form):
    """The Word file of a letter, brought back."""

    file = SafeFileField(
        label=_("ไฟล์ Word ที่แก้แล้ว (.docx)"),
        widget=forms.FileInput(attrs={"accept": WORD}),
        error_messages={"required": _("เลือกไฟล์ Word ที่แก้แล้ว")},
    )

    def clean_file(self) -> Any:
        """Refuse what is no Word file by its name."""
        file = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(WORD):
            raise ValidationError(_("ต้องเป็นไฟล์ Word (.docx) ที่ดาวน์โหลดจากหนังสือฉบับนี้"))
        return file


class AttachmentForm(forms.Form):
    """A file to attach: brought, or one of the evidence that is there."""

    file = SafeFileField(required=False)
    existing = EvidenceChoice(
        Evidence.objects.none(), label=_("หรือหลักฐานที่มีอยู่แล้ว"), required=False, empty_label=_("– ไม่เลือก –")
    )
    number = ThaiIntegerField(label=_("หรือเลขที่หลักฐาน"), required=False, min_value=1)
    title = forms.CharField(
        label=_("ชื่อสิ่งที่ส่งมาด้วย"), required=False, max_length=300, help_text=_("เว้นว่างไว้ได้ ระบบจะใช้ชื่อไฟล์")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["existing"]
        offered.queryset = self.offered = usable(scope).exclude(file=None).select_related("file")

    def clean_number(self) -> Evidence | None:
        """Find the evidence of a number."""
        number = self.cleaned_data["number"]
        found = self.offered.filter(pk=number).first() if number else None
        if number and found is None:
            raise ValidationError(_("ไม่พบหลักฐานเลขที่นี้ หรือหลักฐานนั้นไม่มีไฟล์"))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse more than one of the ways, and none."""
        values = super().clean() or self.cleaned_data
        given = [name for name in ("file", "existing", "number") if values.get(name)]
        if not self.errors and len(given) != 1:
            raise ValidationError(_("เลือกไฟล์ หรือเลือกหลักฐานที่มีอยู่ อย่างใดอย่างหนึ่ง"))
        return values


class ReadersForm(forms.Form):
    """Who else may know of a secret letter, by name."""

    people = LinesField(label=_("ผู้มีสิทธิรู้"), required=False, rows=5, help_text=_("ชื่อบุคลากรบรรทัดละหนึ่งคน"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, scope: Scope, letter: Letter, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"people": list(map(str, letter.readers.all())), "version": letter.version}
        super().__init__(*args, **kwargs)
        self.staff = Staff(scope)

    def clean_people(self) -> Any:
        """Find everybody who is named, with a sentence for each who is not found."""
        found, faults = [], []
        for name in self.cleaned_data["people"]:
            try:
                found.append(self.staff.find(name))
            except ValidationError as fault:
                faults.append(fault)
        if faults:
            raise ValidationError(faults)
        return found


class ReasonForm(forms.Form):
    """Why a draft is dropped."""

    reason = forms.CharField(label=_("เหตุผล"), max_length=500, error_messages={"required": _("บอกเหตุผลที่ยกเลิก")})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewDeliveryForm(forms.Form):
    """Somebody more to whom a letter goes."""

    to = forms.CharField(label=_("ส่งถึง"), max_length=300)
    note = forms.CharField(label=_("ในฐานะ"), max_length=300, help_text=_("เช่น สำเนาเพื่อทราบ"))


class DeliveryForm(forms.Form):
    """When a letter went to an addressee, how, and when it got there."""

    way = forms.ChoiceField(label=_("ช่องทาง"), choices=Way.choices)
    sent_on = ThaiDateField(label=_("ส่งวันที่"))
    received_on = ThaiDateField(label=_("รับวันที่"), required=False, help_text=_("เว้นว่างถ้ายังไม่ได้รับ"))
    received_by = forms.CharField(label=_("ผู้รับ"), max_length=200, required=False)
    note = forms.CharField(label=_("หมายเหตุ"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, scope: Scope, delivery: Delivery, *args: Any, **kwargs: Any) -> None:
        names = ("way", "sent_on", "received_on", "received_by", "note", "version")
        begun = {name: getattr(delivery, name) for name in names}
        kwargs["initial"] = {**begun, "sent_on": delivery.sent_on or scope.today}
        super().__init__(*args, **kwargs)
        self.fields["received_by"].help_text = _("ใส่เมื่อมีวันที่รับ")

    def clean(self) -> dict[str, Any]:
        """Ask who received what was received."""
        values = super().clean() or self.cleaned_data
        if values.get("received_on") and not values.get("received_by"):
            self.add_error("received_by", _("ใส่ชื่อผู้รับ"))
        return values
