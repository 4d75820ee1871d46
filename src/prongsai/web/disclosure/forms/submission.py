"""What is written of a submission."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.web.disclosure.models import Submission, SubmissionState
from prongsai.web.disclosure.queries.submissions import Draft
from prongsai.web.evidence.forms import AddressField

STEPS_MAX = 12
_ARROW = "|"


def steps_text(steps: list[dict[str, str]]) -> str:
    """Write a way as lines: ``words | address``."""
    return "\n".join(f"{one.get('text', '')} {_ARROW} {one.get('address', '')}".rstrip(f" {_ARROW}") for one in steps)


class SubmissionForm(forms.Form):
    """The address, the way there, the page of the file and the text."""

    address = AddressField(label=_("ลิงก์ที่ยื่น"))
    steps = forms.CharField(
        label=_("ทางจากหน้าแรก"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("บรรทัดละหนึ่งคลิก: คำที่กด | ที่อยู่"),
    )
    pages_text = forms.CharField(label=_("หน้าในเอกสาร"), required=False, max_length=300)
    explanation = forms.CharField(
        label=_("คำอธิบายที่ยื่น"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 9})
    )
    reason = forms.CharField(
        label=_("เหตุผลที่แก้หลังกรอกแล้ว"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, submission: Submission | None, draft: Draft, data: Any = None) -> None:
        """Begin with what was prepared, else with what is proposed."""
        said = submission or draft
        start = {name: getattr(said, name) for name in ("address", "pages_text", "explanation")}
        start |= {"steps": steps_text(said.steps), "version": submission.version if submission else None}
        super().__init__(data, initial=start)
        if submission is None or submission.state != SubmissionState.PASTED:
            del self.fields["reason"]

    def clean_steps(self) -> list[dict[str, str]]:
        """Read the way; a line without an address is only words."""
        lines = [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > STEPS_MAX:
            raise ValidationError(_("ทางยาวเกิน ๑๒ คลิก"))
        pairs = [line.partition(_ARROW) for line in lines]
        return [{"text": text.strip(), "address": address.strip()} for text, _bar, address in pairs]
