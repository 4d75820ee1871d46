"""The forms of who follows a report: the receipt, and a message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.privacy.seal.receipts import Receipt, ReceiptUnreadable, read_receipt
from prongsai.web.complaints.forms.reporting import LONGEST, FilesField, ToldForm

_TYPED_MAX = 600


class ReceiptForm(forms.Form):
    """The words of a receipt, typed in any of its spellings."""

    words = forms.CharField(
        label=_("คำทั้งเจ็ดในใบรับ"),
        help_text=_("พิมพ์ตามลำดับ เว้นวรรคระหว่างคำ จะใช้คำไทยหรือคำอักษรโรมันก็ได้ ไม่ต้องใส่เลข"),
        max_length=_TYPED_MAX,
        error_messages={"required": _("พิมพ์คำทั้งเจ็ดในใบรับ")},
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_words(self) -> Receipt:
        """Read the receipt; a wrong word is named, with the nearest ones."""
        return _read(self.cleaned_data["words"])


class SayForm(ToldForm):
    """A message to who handles the report. words: of the receipt, hidden; said: whether this form was sent."""

    words = forms.CharField(widget=forms.HiddenInput, max_length=_TYPED_MAX)
    text = forms.CharField(
        label=_("ข้อความถึงผู้รับเรื่อง"),
        help_text=_("ตอบคำถาม เล่าเพิ่มเติม หรือแจ้งว่าถูกกลั่นแกล้งหรือข่มขู่ ถ้าไม่ต้องการให้รู้ว่าเป็นใคร อย่าพิมพ์ชื่อหรือเบอร์โทรของท่าน"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
    files = FilesField(label=_("แนบภาพหรือไฟล์"), required=False)  # type: ignore[assignment]  # a field, no attribute

    def __init__(self, *args: Any, is_empty_fine: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_empty_fine = is_empty_fine

    def clean(self) -> dict[str, Any]:
        """Ask for words or a file."""
        data = super().clean() or {}
        if not data.get("text") and not self._is_empty_fine:
            self.add_error("text", _("พิมพ์ข้อความ หรือแนบไฟล์"))
        return data


def _read(text: str) -> Receipt:
    try:
        return read_receipt(text)
    except ReceiptUnreadable as unreadable:
        raise forms.ValidationError(unreadable.one_line) from None
