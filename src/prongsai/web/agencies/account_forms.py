"""Forms for invitations."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies import accounts
from prongsai.web.agencies.models import Person, User
from prongsai.web.agencies.scope import Scope

_validators_help = lazy(password_validators_help_text_html, str)


class _ToInvite(forms.ModelChoiceField):
    """Somebody to invite, with the address that the link will go to: others may have entered it."""

    def label_from_instance(self, obj: Any) -> str:
        """Print name and address."""
        if not accounts.mail_is_set():
            return str(obj)
        return f"{obj} · {obj.email or _('ไม่มีอีเมล')}"


class InviteForm(forms.Form):
    """Choose a person who has no account."""

    person = _ToInvite(
        queryset=Person.objects.none(),
        label=_("เชิญใคร"),
        empty_label=_("เลือกบุคคล"),
        help_text=_("มีเฉพาะผู้ที่ยังไม่มีบัญชีและยังปฏิบัติงานอยู่ สิทธิ์มาจากตำแหน่งที่ดำรง ไม่ต้องตั้งที่นี่"),
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = accounts.people_to_invite(scope)  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """Set a username and a password."""

    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=150,
        validators=[User.username_validator],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("ใช้ตอนเข้าระบบ เป็นภาษาไทยหรืออังกฤษก็ได้ ไม่เว้นวรรค เช่น malee.t"),
    )
    password = forms.CharField(
        label=_("รหัสผ่าน"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_validators_help(),
    )
    again = forms.CharField(
        label=_("รหัสผ่านอีกครั้ง"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        cleaned = super().clean() or {}
        if {"password", "again"} <= cleaned.keys() and cleaned["password"] != cleaned["again"]:
            raise ValidationError({"again": _("รหัสผ่านสองช่องไม่ตรงกัน")})
        return cleaned
