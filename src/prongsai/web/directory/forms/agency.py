"""What describes an agency: in the first run, and when one is made from the list of codes or by hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.thai.agencies import read_agency_code
from prongsai.thai.collation import sort_key
from prongsai.thai.places import PROVINCES, districts_of, is_district_of, nearest, province
from prongsai.web.agencies.models import Agency, AgencyKind
from prongsai.web.agencies.services.agency import letter_prefix
from prongsai.web.directory.models import Listed
from prongsai.web.directory.queries.kinds import USUAL_UNITS, kind_of, prefix_begins, unit_name, units_offered

POST = "ผู้ประสานงาน ITA"  # kept as it is, whatever language the page is read in
_FROM_LIST = ("name", "province", "district", "subdistrict", "code", "website")
_BLANK = ("", "—")


def provinces() -> list[tuple[str, str]]:
    """Give the provinces to choose from, in the order of the dictionary."""
    names = sorted((each.name for each in PROVINCES), key=sort_key)
    return [_BLANK, *((name, name) for name in names)]


class AgencyForm(forms.Form):
    """Name, place, code and units of an agency."""

    name = forms.CharField(label=_("ชื่อหน่วยงาน"), max_length=200, help_text=_("ชื่อเต็มพร้อมประเภท เช่น เทศบาลตำบลบ้านสวนพลู"))
    province = forms.ChoiceField(label=_("จังหวัด"), choices=provinces)
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
        choices=lambda: [(name, name) for name in units_offered()],
        initial=USUAL_UNITS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("เป็นจุดเริ่มต้น แก้ชื่อ เพิ่ม หรือยกเลิกได้ภายหลัง"),
    )

    def clean_name(self) -> str:
        """Refuse a name that does not say which kind of agency it is."""
        name = " ".join(self.cleaned_data["name"].split())
        if kind_of(name) is None:
            raise ValidationError(_("เขียนชื่อเต็มที่ขึ้นต้นด้วยประเภท เช่น เทศบาลตำบล… เทศบาลเมือง… องค์การบริหารส่วนตำบล…"))
        return name

    def clean_code(self) -> str:
        """Take eight digits, Thai or Arabic; a zero that a spreadsheet dropped is put back."""
        found = read_agency_code(self.cleaned_data["code"])
        if found is None:
            raise ValidationError(_("ไม่ใช่รหัส อปท. ๘ หลัก: สองหลักแรกคือประเภท สองหลักถัดไปคือจังหวัด"))
        return found.text

    def clean(self) -> dict[str, Any]:
        """Hold district and code against the province."""
        given = self.cleaned_data
        place = given.get("province", "")
        if place and given.get("district"):
            self._check_district(place, given["district"])
        found = province(place) if place else None
        if found and given.get("code") and given["code"][2:4] != found.code:
            message = _("หลักที่ ๓–๔ ของรหัสควรเป็น %(code)s ตามจังหวัด%(province)s")
            self.add_error("code", ValidationError(message, params={"code": found.code, "province": found.name}))
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
        names = ("name", "province", "district", "subdistrict", "code", "letter_prefix", "website")
        values = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Agency(kind=kind_of(values["name"]) or "", **values)


class MakeForm(AgencyForm):
    """An agency for others: with the first person, who is invited. listed: the row of the list it is made from."""

    subdistrict = forms.CharField(label=_("ตำบล"), max_length=80, required=False)
    website = forms.URLField(label=_("เว็บไซต์"), required=False, assume_scheme="https")
    person = forms.CharField(
        label=_("ชื่อ-สกุลผู้ดูแลระบบคนแรก"), max_length=200, help_text=_("พร้อมคำนำหน้า เช่น นางสาวมาลี ตั้งใจ")
    )
    post = forms.CharField(label=_("ตำแหน่ง"), max_length=200, initial=POST)
    email = forms.EmailField(label=_("อีเมล"), required=False)
    field_order = ("name", "code", "province", "district", "subdistrict", "website", "letter_prefix", "units")

    def __init__(self, *args: Any, listed: Listed | None = None, **kwargs: Any) -> None:
        kind = AgencyKind(listed.kind) if listed else None
        if listed:
            told = {name: getattr(listed, name) for name in _FROM_LIST}
            kwargs["initial"] = told | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if kind and listed:
            self._fit(kind, listed.province)

    def _fit(self, kind: AgencyKind, province_name: str) -> None:
        """Call units as this kind does, and say how its letters begin."""
        self.fields["units"].choices = [(name, unit_name(name, kind)) for name in units_offered()]  # type: ignore[attr-defined]
        if begins := prefix_begins(kind, province_name):
            words = _("ขึ้นต้นด้วย %(begins)s ตามด้วยเลขของหน่วยงานจนครบห้าหลัก เว้นว่างแล้วใส่ภายหลังได้")
            self.fields["letter_prefix"].help_text = words % {"begins": begins}

    def clean_letter_prefix(self) -> str:
        """Write letters and code in one way."""
        given = self.cleaned_data["letter_prefix"].strip()
        if not given:
            return ""
        try:
            return letter_prefix(given)
        except ValidationError as mistake:
            raise ValidationError(mistake.message_dict["letter_prefix"]) from mistake


class FirstForm(forms.Form):
    """Whom to invite as the first person of an agency, again or instead of who never came."""

    person = forms.CharField(label=_("ชื่อ-สกุล"), max_length=200, help_text=_("พร้อมคำนำหน้า เช่น นางสาวมาลี ตั้งใจ"))
    post = forms.CharField(label=_("ตำแหน่ง"), max_length=200, initial=POST)
    email = forms.EmailField(label=_("อีเมล"), required=False)
