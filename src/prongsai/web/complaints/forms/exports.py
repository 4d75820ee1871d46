"""What is asked before copies of a case are made."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.complaints.services.exporting import Part, Recipient

ROWS = 5
WORDS_MAX = 120
_USUAL = (Part.FACTS, Part.ACCUSED, Part.STEPS, Part.FILES)


class ExportForm(forms.Form):
    """For whom, and what. members: of the committee, who need not be typed."""

    members = forms.MultipleChoiceField(
        label=_("กรรมการสอบข้อเท็จจริงของเรื่องนี้"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parts = forms.MultipleChoiceField(
        label=_("เนื้อหาในสำเนา"),
        choices=Part.choices,
        initial=[part.value for part in _USUAL],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("เลือกเนื้อหาอย่างน้อยหนึ่งส่วน")},
    )
    identity_reason = forms.CharField(
        label=_("ใส่ตัวตนผู้แจ้งด้วย เพราะ"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "ปกติเว้นว่างไว้ กรรมการสอบข้อเท็จจริงได้โดยไม่ต้องรู้ว่าใครแจ้ง ถ้าใส่เหตุผล ตัวตนจะอยู่ในสำเนาทุกฉบับ และมีบันทึกว่าท่านเปิดดู"
        ),
    )

    def __init__(self, data: Any = None, *, members: Sequence[Recipient] = (), has_identity: bool = False) -> None:
        super().__init__(data, auto_id="export_%s")
        self._members = {str(place): one for place, one in enumerate(members)}
        self.fields["members"].choices = [(place, one.words) for place, one in self._members.items()]  # type: ignore[attr-defined]
        if not members:
            del self.fields["members"]
        if not has_identity:
            del self.fields["identity_reason"]
        for number in range(1, ROWS + 1):
            self.fields[f"name_{number}"] = _words(_("ชื่อและนามสกุล"))
            self.fields[f"position_{number}"] = _words(_("ตำแหน่ง"))

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Give the places to type a recipient in."""
        return [(self[f"name_{number}"], self[f"position_{number}"]) for number in range(1, ROWS + 1)]

    @property
    def has_more(self) -> bool:
        """Whether more than the first two places are filled in."""
        return any(name.value() or position.value() for name, position in self.rows[2:])

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """Give everybody who was chosen or typed, each once."""
        chosen = [self._members[place] for place in self.cleaned_data.get("members", ())]
        typed = [
            Recipient(self.cleaned_data[f"name_{number}"], self.cleaned_data[f"position_{number}"])
            for number in range(1, ROWS + 1)
            if self.cleaned_data.get(f"name_{number}")
        ]
        return tuple(dict.fromkeys([*chosen, *typed]))

    def clean(self) -> dict[str, Any]:
        """Refuse copies for nobody, and a position of nobody."""
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, ROWS + 1):
            if cleaned.get(f"position_{number}") and not cleaned.get(f"name_{number}"):
                self.add_error(f"name_{number}", _("ใส่ชื่อของผู้รับสำเนาคนนี้ด้วย"))
        if not self.errors and not self.recipients:
            raise ValidationError(_("ใส่ชื่อผู้รับสำเนาอย่างน้อยหนึ่งคน"))
        return cleaned


def _words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=WORDS_MAX, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
