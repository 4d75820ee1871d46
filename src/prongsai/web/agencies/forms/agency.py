"""Forms of the agency itself."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.thai.collation import sort_key
from prongsai.thai.places import PROVINCES, districts_of, is_district_of, nearest
from prongsai.web.agencies.models import Agency, AgencyPeriod
from prongsai.web.agencies.services import Period
from prongsai.web.ui.forms import ThaiDateField, VersionedForm

_PICTURES = "image/png,image/jpeg,image/webp,image/gif"


def _provinces() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted((each.name for each in PROVINCES), key=sort_key)]


class PictureField(forms.FileField):
    """A picture of the agency, or none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.FileInput(attrs={"accept": _PICTURES}), **kwargs)


class AgencyForm(VersionedForm):
    """Facts of the agency, since when a new name or kind holds, and pictures."""

    province = forms.ChoiceField(label=_("จังหวัด"), choices=_provinces)
    website = forms.URLField(label=_("เว็บไซต์"), required=False, assume_scheme="https")
    changed_on = ThaiDateField(
        label=_("ชื่อหรือประเภทใหม่มีผลตั้งแต่วันที่"),
        required=False,
        help_text=_("ใส่เมื่อเปลี่ยนชื่อหรือยกฐานะ ชื่อเดิมจะอยู่ในประวัติ เว้นว่างถ้าเพียงแก้คำผิด"),
    )
    basis = forms.CharField(
        label=_("ที่มาของการเปลี่ยน"), required=False, max_length=300, help_text=_("เช่น ประกาศกระทรวงมหาดไทย")
    )
    emblem = PictureField(label=_("ตราสัญลักษณ์"), help_text=_("PNG JPEG WebP หรือ GIF ไม่เกิน ๕ MB ระบบวาดใหม่เป็น PNG"))
    emblem_off = forms.BooleanField(label=_("ลบตราสัญลักษณ์"), required=False)
    logo = PictureField(label=_("โลโก้"), help_text=_("ใช้บนหน้าเว็บและรายงาน"))
    logo_off = forms.BooleanField(label=_("ลบโลโก้"), required=False)

    class Meta:
        """Fields in the order of the form."""

        model = Agency
        fields = (
            "name", "name_en", "kind", "province", "district", "subdistrict", "address", "phone", "email", "website",
            "letter_prefix",
        )  # fmt: skip
        help_texts: ClassVar = {"letter_prefix": _("อักษรของจังหวัดกับรหัสหน่วยงาน เช่น ลบ ๕๒๗๐๑")}
        widgets: ClassVar = {"address": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for which in ("emblem", "logo"):
            self.initial.pop(which, None)
            if not getattr(self.instance, which):
                del self.fields[f"{which}_off"]

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned facts, with ``changed_on`` and ``basis``, without the pictures."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "changed_on", "basis")}

    def clean(self) -> dict[str, Any]:
        """Hold the district against the province."""
        given = super().clean() or self.cleaned_data
        place, district = given.get("province"), given.get("district", "")
        given["district"] = district = district.strip().removeprefix("อำเภอ").removeprefix("อ.").strip()
        if place and district and not is_district_of(district, place):
            near = " ".join(nearest(district, districts_of(place)) or districts_of(place)[:3])
            message = _("จังหวัด%(province)sไม่มีอำเภอนี้ ใกล้เคียงคือ %(near)s")
            self.add_error("district", ValidationError(message, params={"province": place, "near": near}))
        return given


class PeriodForm(forms.ModelForm):
    """One row of the history of names and kinds."""

    valid_from = ThaiDateField(label=_("ตั้งแต่วันที่"), required=False, help_text="")
    valid_to = ThaiDateField(label=_("ถึงวันที่"), required=False, help_text="")

    class Meta:
        """Fields in the order of the row."""

        model = AgencyPeriod
        fields = ("name", "kind", "valid_from", "valid_to", "basis")


class OwnRows(forms.BaseModelFormSet):
    """Rows whose keys are looked for among those that were given, not in the whole table."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Let the hidden key be of nothing else."""
        super().add_fields(form, index)
        form.fields["id"].queryset = self.queryset  # type: ignore[attr-defined]


PeriodForms = forms.modelformset_factory(
    AgencyPeriod, PeriodForm, formset=OwnRows, extra=1, max_num=30, can_delete=True
)


def periods_in(rows: Any) -> list[Period]:
    """Give the periods that are left in a valid set of rows."""
    filled = [row for row in rows if row.cleaned_data.get("name") and not row.cleaned_data.get("DELETE")]
    return [Period(**{name: row.cleaned_data[name] for name in Period.__slots__}) for row in filled]
