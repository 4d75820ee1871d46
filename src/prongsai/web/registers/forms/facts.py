"""The form by which somebody confirms a fact, or takes a confirmation back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.registers.services.facts import SOURCE_MAX


class FactForm(forms.Form):
    """What a fact was held against; of a fact that is confirmed, why it no longer is."""

    source = forms.CharField(
        label=_("ตรวจกับอะไร"),
        max_length=SOURCE_MAX,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("เช่น ระเบียบกระทรวงการคลังฯ ข้อ ๖๒ ฉบับที่อ่านเมื่อวันใด หรือหนังสือสั่งการเลขที่ใด"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_confirmed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_confirmed:
            self.fields["source"].label = _("เหตุผลที่ถอนการยืนยัน")
            self.fields["source"].help_text = ""

    def renew(self, current: Any) -> None:
        """Carry the current version, so that saving again is a decision and no accident."""
        data: Any = self.data
        self.data = data.copy()
        self.data["version"] = str(current.version if current.pk else 0)  # type: ignore[index]
