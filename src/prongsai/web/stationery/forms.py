"""The form that takes a template."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.documents.template.gate import BYTES_MAX

_SUFFIX = ".docx"


class UploadForm(forms.Form):
    """A Word file and a note."""

    file = forms.FileField(
        label=_("ไฟล์แม่แบบ (.docx)"),
        help_text=_("ไฟล์ Word ธรรมดา ไม่มีมาโคร ไม่เกิน ๑๐ เมกะไบต์"),
        widget=forms.FileInput(attrs={"accept": _SUFFIX}),
    )
    note = forms.CharField(label=_("หมายเหตุ"), max_length=300, required=False)

    def clean_file(self) -> Any:
        """Refuse other kinds of files, and those that are too large, before they are read."""
        given = self.cleaned_data["file"]
        if not given.name.lower().endswith(_SUFFIX):
            raise forms.ValidationError(_("ต้องเป็นไฟล์ Word นามสกุล .docx (ไม่ใช่ .doc .docm หรือ .dotx)"))
        if given.size > BYTES_MAX:
            raise forms.ValidationError(_("ไฟล์ใหญ่เกิน ๑๐ เมกะไบต์ ลดขนาดรูปในแม่แบบ"))
        return given
