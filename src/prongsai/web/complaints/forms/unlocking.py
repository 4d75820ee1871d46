"""Forms of a passphrase: the two of making and changing one, and the one that opens a key."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.web.complaints.services.passphrases import LETTERS_MAX, settled


class PassphraseField(forms.CharField):
    """Words that are not shown. Nothing is cut off them, and they never stand in a page again."""

    def __init__(self, *, autocomplete: str = "off", **kwargs: Any) -> None:
        widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": autocomplete, "spellcheck": "false"})
        super().__init__(max_length=LETTERS_MAX, strip=False, widget=widget, **kwargs)


class UnlockForm(forms.Form):
    """The words that open a key."""

    passphrase = PassphraseField(label=gettext_lazy("รหัสลับของท่าน"))


class KeyForm(forms.Form):
    """New words, twice."""

    new = PassphraseField(
        label=gettext_lazy("รหัสลับใหม่"),
        autocomplete="new-password",
        help_text=gettext_lazy(
            "อย่างน้อย ๑๖ ตัวอักษร หรือ ๔ คำเว้นวรรค คำที่ไม่เกี่ยวข้องกันและไม่เคยใช้ที่อื่นเดาได้ยากที่สุด เช่น ชื่อของใช้สี่อย่างที่นึกขึ้นมาเอง"
        ),
    )
    again = PassphraseField(label=gettext_lazy("พิมพ์รหัสลับใหม่อีกครั้ง"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        given = super().clean() or {}
        new, again = given.get("new"), given.get("again")
        if new and again and settled(new) != settled(again):
            raise ValidationError({"again": _("พิมพ์สองครั้งไม่ตรงกัน")})
        return given


class MakeKeyForm(KeyForm):
    """The first words of a key."""

    is_understood = forms.BooleanField(
        label=gettext_lazy("เข้าใจแล้วว่าไม่มีใครตั้งรหัสลับใหม่ให้ได้ ถ้าลืม ต้องให้ผู้เก็บกุญแจสำรองสองคนช่วยกันกู้คืน")
    )


class ChangeForm(KeyForm):
    """The words of now, and new ones."""

    passphrase = PassphraseField(label=gettext_lazy("รหัสลับปัจจุบัน"))
    field_order = ("passphrase", "new", "again")
