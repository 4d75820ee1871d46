"""What the first run asks."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.thai.agencies import read_agency_code
from prongsai.thai.collation import sort_key
from prongsai.thai.places import PROVINCES, districts_of, is_district_of, nearest, province
from prongsai.web.agencies.models import Agency
from prongsai.web.operations import services


def _provinces() -> list[tuple[str, str]]:
    names = sorted((each.name for each in PROVINCES), key=sort_key)
    return [("", "—"), *((name, name) for name in names)]


class FirstRunForm(forms.Form):
    """The office, the first person, and the account."""

    name = forms.CharField(label=_("ชื่อหน่วยงาน"), max_length=200, help_text=_("ชื่อเต็มพร้อมประเภท เช่น เทศบาลตำบลบ้านสวนพลู"))
    province = forms.ChoiceField(label=_("จังหวัด"), choices=_provinces)
    district = forms.CharField(label=_("อำเภอ"), max_length=80)
    code = forms.CharField(
        label=_("รหัส อปท. ๘ หลัก"),
        max_length=20,
        help_text=_("รหัสของกรมส่งเสริมการปกครองท้องถิ่น เช่น 05160101 ใช้เป็นส่วนหนึ่งของที่อยู่เว็บ"),
    )
    letter_prefix = forms.CharField(
        label=_("อักษรย่อและรหัสหนังสือ"), max_length=30, required=False, help_text=_("เช่น ลบ ๕๒๗๐๑ ใส่ภายหลังได้")
    )
    units = forms.MultipleChoiceField(
        label=_("ส่วนราชการที่มี"),
        choices=lambda: [(name, name) for name in services.units_offered()],
        initial=services.USUAL_UNITS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("เป็นจุดเริ่มต้น แก้ชื่อ เพิ่ม หรือยกเลิกได้ภายหลัง"),
    )
    person = forms.CharField(label=_("ชื่อ-สกุลของท่าน"), max_length=200, help_text=_("พร้อมคำนำหน้า เช่น นางสาวมาลี ตั้งใจ"))
    post = forms.CharField(label=_("ตำแหน่งของท่าน"), max_length=200, help_text=_("เช่น นักวิเคราะห์นโยบายและแผน"))
    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=150,
        help_text=_("ใช้เข้าสู่ระบบ เช่น malee"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("รหัสผ่าน"),
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("รหัสผ่านอีกครั้ง"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_name(self) -> str:
        """Refuse a name that does not say which kind of agency it is."""
        name = " ".join(self.cleaned_data["name"].split())
        if services.kind_of(name) is None:
            raise ValidationError(_("เขียนชื่อเต็มที่ขึ้นต้นด้วยประเภท เช่น เทศบาลตำบล… เทศบาลเมือง… องค์การบริหารส่วนตำบล…"))
        return name

    def clean_code(self) -> str:
        """Take eight digits, Thai or Arabic; a zero that a spreadsheet dropped is put back."""
        found = read_agency_code(self.cleaned_data["code"])
        if found is None:
            raise ValidationError(_("ไม่ใช่รหัส อปท. ๘ หลัก: สองหลักแรกคือประเภท สองหลักถัดไปคือจังหวัด"))
        return found.text

    def clean(self) -> dict[str, Any]:
        """Hold district and code against the province, and the passwords against each other."""
        given = self.cleaned_data
        place = given.get("province", "")
        if place and given.get("district"):
            self._check_district(place, given["district"])
        found = province(place) if place else None
        if found and given.get("code") and given["code"][2:4] != found.code:
            message = _("หลักที่ ๓–๔ ของรหัสควรเป็น %(code)s ตามจังหวัด%(province)s")
            self.add_error("code", ValidationError(message, params={"code": found.code, "province": found.name}))
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", ValidationError(_("รหัสผ่านสองช่องไม่ตรงกัน")))
        return given

    def _check_district(self, place: str, district: str) -> None:
        bare = district.strip().removeprefix("อำเภอ").removeprefix("อ.").strip()
        self.cleaned_data["district"] = bare
        if not is_district_of(bare, place):
            message = _("จังหวัด%(province)sไม่มีอำเภอนี้ ใกล้เคียงคือ %(near)s")
            names = nearest(bare, districts_of(place)) or districts_of(place)[:3]
            self.add_error("district", ValidationError(message, params={"province": place, "near": " ".join(names)}))

    @property
    def agency(self) -> Agency:
        """The agency that was described."""
        given = self.cleaned_data
        values = {name: given[name] for name in ("name", "province", "district", "code", "letter_prefix")}
        return Agency(kind=services.kind_of(given["name"]) or "", **values)


class PrintedForm(forms.Form):
    """Whether the private half of the backup key is on paper. It travels in the page, and is kept nowhere."""

    private = forms.CharField(widget=forms.HiddenInput)
    printed = forms.BooleanField(
        label=_("พิมพ์แล้วและแยกเก็บทั้งสองใบแล้ว"),
        error_messages={"required": _("พิมพ์กุญแจก่อน แล้วติ๊กช่องนี้ เพราะกุญแจจะไม่แสดงอีก")},
    )
