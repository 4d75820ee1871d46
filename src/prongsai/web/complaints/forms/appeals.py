"""What is asked of a round of appeals, and of an appeal."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import FileKey
from prongsai.web.complaints.forms.reporting import FilesField
from prongsai.web.complaints.models import AppealRound
from prongsai.web.complaints.queries.appeals import evaluators_of, staff_of
from prongsai.web.ui.forms import ThaiDateField, VersionedForm


class RoundForm(VersionedForm):
    """A round of evaluation, its days, and who was evaluated in it."""

    opens_on = ThaiDateField(label=_("ร้องเรียนได้ตั้งแต่วันที่"))
    closes_on = ThaiDateField(label=_("ร้องเรียนได้ถึงวันที่"))
    is_everybody = forms.BooleanField(label=_("ทุกคนที่อยู่ในสำนักงานวันนี้"), required=False)
    evaluated = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("ผู้รับการประเมินในรอบนี้"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("เลือกจากรายการ")},
    )

    class Meta:
        model = AppealRound
        fields = ("name", "opens_on", "closes_on", "evaluated")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._staff = staff_of(scope)
        self.instance.agency = scope.agency
        shown = Q(pk__in=self._staff) | Q(pk__in=[one.pk for one in self.initial.get("evaluated", ())])
        # Of the agency first: a database looks for either of two lists in all people of all agencies.
        self.fields["evaluated"].queryset = scope.agency.people.filter(shown)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put everybody in where that was ticked, and refuse a round of nobody."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_everybody"):
            cleaned["evaluated"] = self._staff
        elif not cleaned.get("evaluated"):
            self.add_error("evaluated", _("เลือกผู้รับการประเมินอย่างน้อยหนึ่งคน"))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What services take."""
        data = self.cleaned_data
        people = list(data["evaluated"])
        return {"name": data["name"], "opens_on": data["opens_on"], "closes_on": data["closes_on"], "evaluated": people}


class AppealForm(forms.Form):
    """Who evaluated, with what result, and why that is not right. held: files that were sent before."""

    evaluator = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("ผู้ประเมินของท่าน"),
        help_text=_("ผู้ประเมินและผู้บังคับบัญชาของผู้ประเมินเปิดเรื่องนี้ไม่ได้"),
        empty_label=_("— เลือกผู้ประเมิน —"),
        error_messages={"required": _("เลือกผู้ประเมินของท่าน"), "invalid_choice": _("เลือกจากรายการ")},
    )
    result = forms.CharField(
        label=_("ผลการประเมินที่ได้รับ"),
        max_length=300,
        help_text=_("เช่น ระดับดี ๗๒ คะแนน"),
        error_messages={"required": _("บอกผลที่ได้รับ")},
    )
    reason = forms.CharField(
        label=_("เหตุที่เห็นว่าไม่เป็นธรรม"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("งานหรือตัวชี้วัดใด คะแนนที่ควรได้ และเพราะเหตุใด"),
        error_messages={"required": _("บอกเหตุที่เห็นว่าไม่เป็นธรรม")},
    )
    files = FilesField(label=_("แนบหลักฐาน"), required=False)  # type: ignore[assignment]
    token = forms.CharField(widget=forms.HiddenInput, max_length=2_000, required=False)

    def __init__(self, data: Any = None, *, scope: Scope, held: Sequence[FileKey] = ()) -> None:
        super().__init__(data, use_required_attribute=False)
        self.held = tuple(held)
        self.fields["evaluator"].queryset = evaluators_of(scope)  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    @property
    def given(self) -> dict[str, Any]:
        """What services take, but for files."""
        return {name: self.cleaned_data[name] for name in ("evaluator", "result", "reason", "token")}

    def refuse_all(self, words: Sequence[str]) -> None:
        """Say why files were not taken."""
        for each in words:
            self.add_error("files", ValidationError(each))
