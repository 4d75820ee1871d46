"""Forms of results: what findings are made of, and what the report says besides the figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from prongsai.web.cycles.models import Cycle
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.queries.proposals import cycle_for, most_of, open_cycles, threshold_of
from prongsai.web.ui.forms import ThaiDecimalField
from prongsai.web.ui.templatetags.ui import thai_digits

IMPROVEMENTS_MAX = 3000
LINES_MAX = 20


class ThresholdForm(forms.Form):
    """Below what a result is weak, and the cycle that findings go to."""

    below = ThaiDecimalField(max_digits=5, decimal_places=2)
    cycle = forms.ModelChoiceField(Cycle.objects.none(), label=_("รอบการประเมินที่เปิดอยู่"), empty_label=None)

    def __init__(self, survey: Survey, data: Any = None) -> None:
        super().__init__(data)
        self._usual = threshold_of(survey), cycle_for(survey)
        most = most_of(survey)
        below, cycle = self.fields["below"], self.fields["cycle"]
        below.validators += [MinValueValidator(Decimal(0)), MaxValueValidator(most)]
        below.label = (
            _("เสนอข้อที่ได้คะแนนซ้อมต่ำกว่า (จาก ๑๐๐)")
            if survey.is_practice
            else _("เสนอข้อที่มีค่าเฉลี่ยต่ำกว่า (สูงสุด {most})").format(most=thai_digits(f"{most:f}"))
        )
        below.initial, cycle.initial = self._usual
        cycle.queryset = open_cycles(survey)  # type: ignore[attr-defined]

    @property
    def given(self) -> tuple[Decimal, Cycle | None]:
        """What was asked for, the usual where nothing was or it was refused."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["below"], self.cleaned_data["cycle"]
        return self._usual


class ReportForm(forms.Form):
    """What the report says besides the figures."""

    improvements = forms.CharField(
        label=_("แนวทางปรับปรุงการให้บริการ"),
        help_text=_("บรรทัดละหนึ่งเรื่อง ไม่เกิน ๒๐ เรื่อง เว้นว่างได้"),
        widget=forms.Textarea,
        required=False,
        max_length=IMPROVEMENTS_MAX,
    )
    texts = forms.BooleanField(
        label=_("ใส่ข้อความของผู้ตอบตามที่เขียน แทนคำที่พบบ่อย"),
        help_text=_("ปิดเลขประจำตัว โทรศัพท์ และอีเมลให้แล้ว อ่านดูชื่อบุคคลก่อน ข้อความที่ซ่อนไว้ไม่พิมพ์"),
        required=False,
    )

    def clean_improvements(self) -> str:
        """Refuse more than a page."""
        text = str(self.cleaned_data["improvements"])
        if len(self._lines(text)) > LINES_MAX:
            raise forms.ValidationError(_("ใส่ได้ไม่เกิน ๒๐ เรื่อง รวมเรื่องที่ใกล้กันเป็นบรรทัดเดียว"))
        return text

    @staticmethod
    def _lines(text: str) -> list[str]:
        return [line.strip() for line in text.splitlines() if line.strip()]

    @property
    def given(self) -> dict[str, Any]:
        """What ``queries.report.report_of`` takes."""
        known = self.cleaned_data if self.is_bound else {}
        return {
            "improvements": self._lines(str(known.get("improvements", ""))),
            "with_texts": bool(known.get("texts")),
        }
