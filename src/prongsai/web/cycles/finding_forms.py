"""Forms about findings."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.thai.numerals import read_score
from prongsai.web.agencies.models import Unit
from prongsai.web.cycles.models import Cycle, Finding
from prongsai.web.cycles.queries import framework_of
from prongsai.web.cycles.queries.findings import issue_head, issues_of
from prongsai.web.ui.forms import VersionedForm
from prongsai.web.ui.templatetags.ui import thai_digits

NONE = ("", "–")


class ScoreField(forms.DecimalField):
    """A score of 0–100; a zero may be written ○, ๐ or 0, and nothing stays nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, decimal_places=2, **kwargs)

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        """Read a score. Raises ValidationError for what is none."""
        if value in self.empty_values:
            return None
        number = value if isinstance(value, Decimal) else read_score(str(value))
        if number is None:
            raise ValidationError(_("อ่านคะแนน “%(value)s” ไม่ได้ เขียนแบบ 85.5"), params={"value": value})
        return super().to_python(number)


class FindingForm(VersionedForm):
    """A finding of a cycle: the choices are the cycle's items, the framework's indicators and issues."""

    score = ScoreField(label=_("คะแนนปีก่อน (0–100)"), required=False, help_text=_("เว้นว่างถ้ายังไม่ทราบ"))
    indicator = forms.ChoiceField(label=_("ตัวชี้วัด"), required=False)
    issue_no = forms.TypedChoiceField(label=_("ประเด็นมาตรการ"), required=False, coerce=int, empty_value=None)

    class Meta:
        """Fields in the order of the form."""

        model = Finding
        fields = (
            "item", "indicator", "title", "score", "what_was_done", "advice", "elements_text", "unit", "units_text",
            "issue_no",
        )  # fmt: skip
        labels: ClassVar = {
            "item": _("ข้อ OIT"),
            "title": _("เรื่องที่ต้องปรับปรุง"),
            "what_was_done": _("สิ่งที่ทำไปแล้วในปีก่อน"),
            "elements_text": _("องค์ประกอบที่ต้องมี"),
            "units_text": _("ผู้รับผิดชอบอื่น (ตามที่เขียนในเอกสาร)"),
        }
        widgets: ClassVar = {
            "title": forms.TextInput,
            "what_was_done": forms.Textarea(attrs={"rows": 3}),
            "advice": forms.Textarea(attrs={"rows": 4}),
            "elements_text": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, cycle: Cycle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        framework = framework_of(cycle)
        items: Any = self.fields["item"]
        items.queryset, items.empty_label = cycle.items.order_by("place"), _("– ไม่ใช่ข้อ OIT –")
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(agency=cycle.agency)
        units.empty_label = _("– ยังไม่กำหนด –")
        indicator: Any = self.fields["indicator"]
        indicator.choices = [NONE, *((one.code, f"{one.code} {one.name_th}") for one in framework.indicators)]
        indicator.help_text = _("เว้นว่างได้ถ้าเลือกข้อ OIT แล้ว")
        issue: Any = self.fields["issue_no"]
        issue.choices = [NONE, *((one.no, thai_digits(issue_head(one))) for one in issues_of(framework).issues)]

    def beside(self, current: Any) -> tuple[tuple[str, object, object], ...]:
        """Give label, what stands now and what was typed, of the fields where they differ."""
        pairs = ((self.fields[name].label, getattr(current, name), typed) for name, typed in self.values.items())
        return tuple((str(label), now, typed) for label, now, typed in pairs if (now or "") != (typed or ""))

    def renew(self, current: Any) -> None:
        """Carry the current version, so that saving again is a decision and no accident."""
        data: Any = self.data
        self.data = {**data.dict(), "version": str(current.version)}

    def clean(self) -> dict[str, Any]:
        """Take the indicator of the item where none is chosen."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("item") and not cleaned.get("indicator"):
            cleaned["indicator"] = cleaned["item"].indicator
        return cleaned


class CloseForm(forms.Form):
    """Why a finding is closed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("เหตุผลที่ปิด"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("เช่น ปีนี้ไม่มีข้อนี้แล้ว หรือดำเนินการครบและตรวจแล้ว"),
    )

    def __init__(self, *args: Any, needs_reason: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


class MergeForm(forms.Form):
    """Which of two findings stays, and which becomes a variant of it."""

    finding = forms.ModelChoiceField(Finding.objects.none())
    other = forms.ModelChoiceField(Finding.objects.none())
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, cycle: Cycle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("finding", "other"):
            field: Any = self.fields[name]
            field.queryset = Finding.objects.filter(cycle=cycle)
