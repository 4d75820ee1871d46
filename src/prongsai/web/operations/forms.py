"""What the first run asks."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.directory.forms.agency import AgencyForm


class FirstRunForm(AgencyForm):
    """The office, the first person, and the account."""

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

    def clean(self) -> dict[str, Any]:
        """Hold district and code against the province, and the passwords against each other."""
        given = super().clean()
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", ValidationError(_("รหัสผ่านสองช่องไม่ตรงกัน")))
        return given


class PrintedForm(forms.Form):
    """Whether the private half of the backup key is on paper. It travels in the page, and is kept nowhere."""

    private = forms.CharField(widget=forms.HiddenInput)
    printed = forms.BooleanField(
        label=_("พิมพ์แล้วและแยกเก็บทั้งสองใบแล้ว"),
        error_messages={"required": _("พิมพ์กุญแจก่อน แล้วติ๊กช่องนี้ เพราะกุญแจจะไม่แสดงอีก")},
    )
