"""Forms of the lists: finding, filtering, taking a published list of codes in, inviting an operator."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.registers.sheet_limits import BYTES_MAX
from prongsai.web.agencies.models import AgencyKind
from prongsai.web.directory.queries.installation import State, provinces_here
from prongsai.web.ui.forms import ThaiDateField

ACCEPT = ".xlsx,.xls,.ods,.csv"
_ALL = ("", _("ทั้งหมด"))


class FilterForm(forms.Form):
    """Which agencies of the installation to list."""

    q = forms.CharField(label=_("ชื่อหรือรหัส"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("ประเภท"), required=False, choices=[_ALL, *AgencyKind.choices])
    province = forms.ChoiceField(label=_("จังหวัด"), required=False)
    state = forms.ChoiceField(label=_("สถานะ"), required=False, choices=[_ALL, *State.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].choices = [_ALL, *((name, name) for name in provinces_here())]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for; a field that cannot be read asks for nothing."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return {name: given.get(name, "") for name in self.fields}


class FindForm(forms.Form):
    """A part of an agency's name or code."""

    q = forms.CharField(
        label=_("ส่วนหนึ่งของชื่อ รหัส อำเภอ หรือจังหวัด"), max_length=100, help_text=_("เช่น สวนพลู ลพบุรี หรือ ทต.บ้าน หรือ 0516")
    )


class UploadForm(forms.Form):
    """A published list of codes as a file."""

    file = forms.FileField(
        label=_("ไฟล์บัญชีรายชื่อ"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("xlsx xls ods หรือ csv ไม่เกิน ๒๐ MB หัวคอลัมน์ต้องมีรหัส อปท. และชื่อ"),
    )
    source = forms.CharField(
        label=_("ที่มา"), max_length=300, help_text=_("เช่น กรมส่งเสริมการปกครองท้องถิ่น ข้อมูลพื้นฐาน อปท. และที่อยู่เว็บที่ดาวน์โหลด")
    )
    as_of = ThaiDateField(label=_("ข้อมูล ณ วันที่"))

    def clean_file(self) -> Any:
        """Refuse a file that is too large to be read."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > BYTES_MAX:
            raise ValidationError(_("ไฟล์ใหญ่เกิน ๒๐ MB"))
        return file


class InviteForm(forms.Form):
    """Whom to invite to run the installation."""

    name = forms.CharField(label=_("ชื่อ-สกุล"), max_length=200, help_text=_("ผู้ที่จะดูแลเครื่องแม่ข่ายร่วมกัน"))


class ManyForm(forms.Form):
    """A table of agencies to make, pasted or as a file. Cleaned: ``content``, ``name``."""

    text = forms.CharField(
        label=_("วางตารางที่นี่"),
        required=False,
        strip=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("แถวแรกเป็นหัวคอลัมน์ รหัส อปท. ชื่อ-สกุล ตำแหน่ง อีเมล คัดลอกจาก Excel แล้ววาง"),
    )
    file = forms.FileField(
        label=_("หรือเลือกไฟล์"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("xlsx xls ods หรือ csv ไม่เกิน ๒๐ MB"),
    )

    def clean(self) -> dict[str, Any]:
        """Take what was pasted or sent."""
        given = self.cleaned_data
        file, text = given.get("file"), given.get("text") or ""
        if not file and not text.strip():
            raise ValidationError(_("วางตาราง หรือเลือกไฟล์ อย่างใดอย่างหนึ่ง"))
        if file and (file.size or 0) > BYTES_MAX:
            raise ValidationError({"file": _("ไฟล์ใหญ่เกิน ๒๐ MB")})
        given["content"], given["name"] = (file.read(), file.name or "") if file else (text.encode(), "table.csv")
        return given
