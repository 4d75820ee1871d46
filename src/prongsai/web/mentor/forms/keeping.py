"""What who runs the installation enters of an office and of who looks in it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.thai.collation import sort_key
from prongsai.thai.places import PROVINCES, districts_of, is_district_of, nearest
from prongsai.web.mentor.models import Office
from prongsai.web.ui.forms import VersionedForm


def _provinces() -> list[tuple[str, Any]]:
    return [("", _("ไม่ระบุ")), *((name, name) for name in sorted((one.name for one in PROVINCES), key=sort_key))]


class OfficeForm(VersionedForm):
    """A new office. Where it looks follows from its level; see ``Office.clean``."""

    province = forms.ChoiceField(label=_("จังหวัด"), required=False, choices=_provinces)

    class Meta:
        """Fields in the order of the form."""

        model = Office
        fields = ("name", "level", "province", "district", "contact")
        widgets: ClassVar = {"contact": forms.Textarea(attrs={"rows": 2})}
        help_texts: ClassVar = {
            "name": _("เช่น สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดลพบุรี"),
            "district": _("เฉพาะระดับอำเภอ ไม่ต้องมีคำว่าอำเภอ"),
            "contact": _("หน่วยงานที่เข้าร่วมเห็นข้อความนี้"),
        }

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


class ContactForm(VersionedForm):
    """Name and contact of an office that is there."""

    class Meta:
        """Fields in the order of the form."""

        model = Office
        fields = ("name", "contact")
        widgets: ClassVar = {"contact": forms.Textarea(attrs={"rows": 2})}


class SummonForm(forms.Form):
    """Who is to look in an office."""

    name = forms.CharField(label=_("ชื่อ นามสกุล"), max_length=200)
    email = forms.EmailField(label=_("อีเมล"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "summon_%s")  # it stands beside another form with a name
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Refuse a name that is only blanks."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise ValidationError(_("กรอกชื่อ นามสกุล"))
        return name
