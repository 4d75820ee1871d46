"""What is asked about a survey, its groups, and before something is done that cannot be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse
from prongsai.web.surveys.models import Group, Survey
from prongsai.web.surveys.models.runs import K
from prongsai.web.surveys.queries.windows import day_ends
from prongsai.web.ui.forms import ThaiDateField, ThaiIntegerField, VersionedForm

YEAR_MIN, YEAR_MAX = 2560, 2643
PEOPLE_MAX = 1_000_000
NAMES_MAX = 100


class ThaiTimeField(forms.TimeField):
    """A time of day, written ``16.30`` or ``๑๖:๓๐``."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H.%M", "%H:%M"], **kwargs)

    def to_python(self, value: Any) -> time | None:
        """Read a time."""
        return super().to_python(to_arabic(value) if isinstance(value, str) else value)

    def prepare_value(self, value: object) -> object:
        """Show a time as ``16.30``."""
        return f"{value:%H.%M}" if isinstance(value, time) else value


def moment(day: date, at: time | None) -> datetime:
    """Give when a survey closes: at a time of a day, else with the day."""
    return timezone.make_aware(datetime.combine(day, at)) if at else day_ends(day)


class SeenForm(forms.Form):
    """A form about a survey as it was seen. version: 0, which no survey has, where none was posted."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """Give the version that was seen."""
        return self.cleaned_data["version"] or 0


class ClosingForm(SeenForm):
    """Until when answers are taken."""

    closes_on = ThaiDateField(label=_("รับคำตอบถึงวันที่"))
    closes_time = ThaiTimeField(label=_("เวลา"), required=False, help_text=_("เช่น 16.30 เว้นว่างไว้ = ถึงสิ้นวัน"))

    @property
    def closes_at(self) -> datetime:
        """The last moment."""
        return moment(self.cleaned_data["closes_on"], self.cleaned_data["closes_time"])


class SurveyForm(VersionedForm):
    """The settings of a survey in preparation."""

    fiscal_year_be = ThaiIntegerField(label=_("ปีงบประมาณ (พ.ศ.)"), min_value=YEAR_MIN, max_value=YEAR_MAX)
    closes_on = ThaiDateField(label=_("รับคำตอบถึงวันที่"))
    closes_time = ThaiTimeField(label=_("เวลา"), required=False, help_text=_("เช่น 16.30 เว้นว่างไว้ = ถึงสิ้นวัน"))
    k = ThaiIntegerField(
        label=_("กลุ่มเล็กที่สุดที่แสดงผล (คน)"),
        min_value=K,
        max_value=100,
        initial=K,
        help_text=_("กลุ่มที่มีผู้ตอบน้อยกว่านี้ไม่แสดงผลแยก และถ้าทั้งการสำรวจได้น้อยกว่านี้จะเปิดคำตอบไม่ได้"),
    )

    class Meta:
        model = Survey
        fields = ("title", "title_en", "fiscal_year_be", "grouping", "has_link", "is_monthly", "k")
        help_texts = {
            "title": _("ผู้ตอบเห็นชื่อนี้"),
            "title_en": _("เว้นว่างได้ ถ้าไม่ให้ตอบเป็นภาษาอังกฤษ"),
            "has_link": _("ใครมีลิงก์ก็ตอบได้ เหมาะกับประชาชน ถ้าไม่เลือก ผู้ตอบต้องมีรหัสตอบครั้งเดียว เหมาะกับบุคลากร"),
            "is_monthly": _("สำหรับความพึงพอใจที่เก็บตลอดปี ระบบนับทุกวันที่ ๑ เมื่อมีคำตอบพอ"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            local = timezone.localtime(self.instance.closes_at)
            self.fields["closes_on"].initial = local.date()
            self.fields["closes_time"].initial = None if local.second == 59 else local.time()
        if self.instance.kind and self.instance.is_practice:
            del self.fields["is_monthly"]

    def clean(self) -> dict[str, Any]:
        """Refuse a day that is over."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day = cleaned.get("closes_on")
        if day and moment(day, cleaned.get("closes_time")) <= timezone.now():
            self.add_error("closes_on", _("วันปิดรับผ่านไปแล้ว ใส่วันที่อยู่ข้างหน้า"))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What services take."""
        values = {name: value for name, value in self.values.items() if name not in ("closes_on", "closes_time")}
        closes_at = moment(self.cleaned_data["closes_on"], self.cleaned_data["closes_time"])
        return values | {"closes_at": closes_at}


class GroupForm(forms.ModelForm):
    """A group of a survey in preparation."""

    headcount = ThaiIntegerField(
        label=_("จำนวนผู้มีสิทธิ์ตอบ"),
        required=False,
        min_value=0,
        max_value=PEOPLE_MAX,
        help_text=_("เว้นว่างได้ ถ้าไม่ทราบ"),
    )
    quota = ThaiIntegerField(
        label=_("รับจากลิงก์ไม่เกิน (คน)"),
        required=False,
        min_value=1,
        max_value=PEOPLE_MAX,
        help_text=_("เว้นว่างไว้ = ไม่จำกัด"),
    )

    class Meta:
        model = Group
        fields = ("name", "name_en", "headcount", "quota")


class NamesForm(forms.Form):
    """Groups by their names, a line each."""

    names = forms.CharField(
        label=_("เพิ่มกลุ่มเอง บรรทัดละหนึ่งกลุ่ม"), widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000
    )

    def clean_names(self) -> list[str]:
        """Give the names. Refuse too many, and those that are too long."""
        names = list(self._read(self.cleaned_data["names"]))
        if len(names) > NAMES_MAX:
            raise ValidationError(_("เพิ่มได้ครั้งละไม่เกิน ๑๐๐ กลุ่ม"))
        return names

    def _read(self, text: str) -> Iterator[str]:
        most = Group._meta.get_field("name").max_length or 0
        for line in text.splitlines():
            name = collapse(line)
            if len(name) > most:
                raise ValidationError(_("ชื่อกลุ่ม “%(name)s…” ยาวเกินไป"), params={"name": name[:40]})
            if name:
                yield name


class ReasonForm(SeenForm):
    """Why somebody does what others will ask about."""

    reason = forms.CharField(label=_("เหตุผล"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
