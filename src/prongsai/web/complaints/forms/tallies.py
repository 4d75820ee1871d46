"""Signing statistics."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignForm(forms.Form):
    """What is signed. seen: a mark of the counts that were looked at."""

    hide_small_totals = forms.BooleanField(
        label=_("ไม่แสดงยอดรวมที่น้อยกว่า ๓ เรื่องเป็นตัวเลข"),
        required=False,
        help_text=_("ปกติแสดงยอดรวมทั้งปีตามจริงเพราะข้อ OIT ถามจำนวนเรื่อง ใช้ตัวเลือกนี้เมื่อยอดรวมเองทำให้รู้ได้ว่าเป็นเรื่องของใคร"),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
