"""The forms of outsiders: what a register asks of them, and the tracking code."""

import secrets
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.registers.model import Fault
from prongsai.registers.rules import faults
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.forms.entry import FieldsForm
from prongsai.web.registers.forms.options import OpenOptions
from prongsai.web.registers.queries.library import Kept

NONCE, TRAP, PUBLISH = "form_word", "homepage", "may_publish"
SECONDS_MIN = 3
SECONDS_MAX = 24 * 3600
_SALT = "prongsai.registers.outside"


class OutsideForm(FieldsForm):
    """What a register asks of outsiders.

    A signed word says when the form was given out: what comes back at once was written by no person, what comes back
    after a day is asked for again. A field that people do not see must stay empty.
    """

    options_of = OpenOptions

    def __init__(self, scope: Scope, kept: Kept, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        asked = [one for one in kept.register.fields_at() if one.outside]
        super().__init__(scope, kept, asked, data, files, **kwargs)
        word = signing.dumps(secrets.token_urlsafe(24), salt=_SALT)
        self.fields[NONCE] = forms.CharField(widget=forms.HiddenInput, initial=word)
        self.fields[TRAP] = forms.CharField(
            label=_("เว้นช่องนี้ว่างไว้"),
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )
        if kept.register.outside and kept.register.outside.publish:
            self.fields[PUBLISH] = forms.BooleanField(
                label=_("ให้เผยแพร่คำถามและคำตอบได้ โดยไม่แสดงชื่อและช่องทางติดต่อ"), required=False
            )

    def judge(self) -> Iterable[Fault]:
        """Hold the rules of a new entry, as far as outsiders are asked."""
        asked = {one.key for one in self.asked}
        found = faults(self.kept.register, self._with_uploads(), today=self.scope.today)
        return [one for one in found if one.field in asked or not one.field]

    def clean_homepage(self) -> str:
        """Refuse what no person filled in."""
        if self.cleaned_data[TRAP]:
            raise ValidationError(_("เว้นช่องนี้ว่างไว้ แล้วส่งอีกครั้ง"))
        return ""

    def clean(self) -> dict[str, Any]:
        """Hold the word of the form against the clock, then the rules."""
        cleaned = super().clean()
        try:
            word = signing.loads(self.cleaned_data.get(NONCE, ""), salt=_SALT, max_age=SECONDS_MAX)
        except signing.BadSignature:
            raise ValidationError(_("แบบฟอร์มนี้เปิดทิ้งไว้นานเกินไป เปิดหน้าใหม่แล้วส่งอีกครั้ง")) from None
        if self._is_too_quick():
            raise ValidationError(_("ส่งเร็วเกินไป รอสักครู่แล้วกดส่งอีกครั้ง"))
        cleaned["nonce"] = word
        return cleaned

    def _is_too_quick(self) -> bool:
        try:
            signing.loads(self.cleaned_data[NONCE], salt=_SALT, max_age=SECONDS_MIN)
        except signing.SignatureExpired:
            return False
        return True

    @property
    def nonce(self) -> str:
        """The random word of the form."""
        return str(self.cleaned_data["nonce"])

    @property
    def may_publish(self) -> bool:
        """Whether question and answer may be shown to everybody."""
        return bool(self.cleaned_data.get(PUBLISH))

    @property
    def may_publish_field(self) -> forms.BoundField | None:
        """The question whether it may be published, where it is asked."""
        return self[PUBLISH] if PUBLISH in self.fields else None


class TrackForm(forms.Form):
    """A tracking code."""

    code = forms.CharField(
        label=_("รหัสติดตาม"),
        max_length=60,
        help_text=_("๑๖ ตัว เช่น AB2C-3DE4-FG5H-6JK7 พิมพ์เล็กหรือมีขีดก็ได้"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ReplyForm(forms.Form):
    """What a sender answers."""

    code = forms.CharField(widget=forms.HiddenInput)
    reply = forms.CharField(label=_("ข้อความถึงเจ้าหน้าที่"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
