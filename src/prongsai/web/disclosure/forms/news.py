"""What is written of a piece of news."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.queries import units_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.forms import SafeFileField
from prongsai.web.ui.forms import ThaiDateField

PICTURES = 3


class NewsForm(forms.Form):
    """Topic, day of the event, text, and a few pictures, each with what it shows."""

    title = forms.CharField(label=_("เรื่อง"), max_length=300)
    event_on = ThaiDateField(label=_("วันที่จัดกิจกรรม"), help_text=_("กิจกรรมหลายวันให้ใส่วันสุดท้าย เช่น 15/1/2569"))
    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("ส่วนราชการเจ้าของเรื่อง"), required=False)
    text = forms.CharField(
        label=_("เนื้อข่าว"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("ใคร ทำอะไร ที่ไหน เมื่อไร ผลเป็นอย่างไร ขึ้นบรรทัดใหม่คือย่อหน้าใหม่"),
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(scope.agency)  # type: ignore[attr-defined]
        for number in range(1, PICTURES + 1):
            self.fields[f"picture_{number}"] = SafeFileField(
                label=_("ภาพที่ {n}").format(n=number),
                required=False,
                widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
            )
            self.fields[f"shows_{number}"] = forms.CharField(
                label=_("ภาพที่ {n} แสดงอะไร").format(n=number), required=False, max_length=300
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a picture of which nobody says what it shows, and a file that is none."""
        values = super().clean() or {}
        for number in range(1, PICTURES + 1):
            picture = values.get(f"picture_{number}")
            if picture and not str(picture.name).lower().endswith((".jpg", ".jpeg", ".png")):
                self.add_error(f"picture_{number}", ValidationError(_("ใช้ภาพ jpg หรือ png")))
            if picture and not values.get(f"shows_{number}", "").strip():
                self.add_error(f"shows_{number}", ValidationError(_("บอกว่าภาพแสดงอะไร ผู้ที่มองไม่เห็นภาพจะได้ทราบ")))
        return values

    @property
    def pictures(self) -> Iterator[tuple[UploadedFile, str]]:
        """The pictures that were sent, each with what it shows."""
        for number in range(1, PICTURES + 1):
            if picture := self.cleaned_data.get(f"picture_{number}"):
                yield picture, self.cleaned_data[f"shows_{number}"].strip()
