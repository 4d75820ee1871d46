"""What is asked about a letter: its code, or a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.evidence.forms import SafeFileField

CODE_MAX = 40


class VerifyForm(forms.Form):
    """A code from the panel of a paper, or the file itself."""

    code = forms.CharField(
        label=_("รหัสตรวจสอบ"),
        required=False,
        max_length=CODE_MAX,
        help_text=_("อยู่ในกรอบ “ลงนามทางอิเล็กทรอนิกส์” ของหนังสือ เช่น 7KQ3M-XW9PA-4HT8C พิมพ์เล็กหรือเว้นวรรคก็ได้"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    file = SafeFileField(
        label=_("หรือไฟล์หนังสือ (PDF หรือ Word)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
        help_text=_("ระบบเทียบไฟล์กับฉบับที่ลงนามแล้วทิ้ง ไม่เก็บไว้"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        values = super().clean() or {}
        if not self.errors and bool(values.get("code", "").strip()) == bool(values.get("file")):
            raise ValidationError(_("ใส่รหัส หรือเลือกไฟล์ อย่างใดอย่างหนึ่ง"))
        return values
